//! The ground of the programs: each calls the operations of one SDK, as it is told by lines of JSON.
//!
//! Requests go to a relay, which keeps them, and gives the answer that the line has, or that of the server behind it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::error::Error as StdError;
use std::future::Future;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;
use tilt_runtime::{ApiError, Error, Wire};

/// Servers that make answers up take their time, and nobody is in a hurry.
pub const PATIENCE: Duration = Duration::from_secs(3600);

/// A call that is to be made.
#[derive(Deserialize)]
pub struct Order {
    /// The number of the operation.
    operation: usize,
    /// By place and name, such as `query limit`.
    arguments: Map<String, Value>,
    body: Option<Body>,
    #[serde(flatten)]
    server: Server,
    /// The documented headers that its answer has, as the SDK reads them.
    #[serde(skip)]
    headers: RefCell<Map<String, Value>>,
}

#[derive(Deserialize)]
struct Body {
    /// The number of its media type.
    form: usize,
    value: Value,
}

/// The answer, or what is asked of the server behind the relay.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Server {
    Answer(Message),
    Prefer(String),
}

/// An answer, or what there was of it.
#[derive(Clone, Default, Deserialize, Serialize)]
struct Message {
    status: u16,
    media_type: String,
    body: String,
    /// Prism's objections to the request, where its answer is a documented one all the same.
    #[serde(default)]
    violations: String,
    /// Tells what of the request has arrived, as a generated server says it.
    #[serde(default)]
    arrived: String,
    /// The other lines of the head of an answer that a generated server gives.
    #[serde(default)]
    headers: Vec<String>,
}

/// A request with its answer.
#[derive(Serialize)]
struct Exchange {
    /// The lines of its head.
    head: Vec<String>,
    body: String,
    answer: Message,
}

/// The outcome of a call.
#[derive(Serialize)]
struct Outcome {
    exchanges: Vec<Exchange>,
    told: Told,
    headers: Map<String, Value>,
}

/// An answer as the SDK has it.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Told {
    /// It has none.
    Nothing,
    /// A value, in JSON again.
    Json(String),
    /// Its text, or its bytes as such.
    Text(String),
    /// Items of a stream, in JSON again.
    Items(Vec<String>),
    /// An argument is none for the SDK.
    Argument(String),
    /// The call failed, by no documented error.
    Failed(String),
}

type Failure = Box<dyn StdError>;
pub type Answer<'c> = Pin<Box<dyn Future<Output = Result<Told, Failure>> + 'c>>;

impl Order {
    /// The value of a parameter that has to be there.
    pub fn argument<T: Wire>(&self, name: &str) -> Result<T, Refused> {
        let value = self.optional(name)?;
        value.ok_or_else(|| Refused(format!("{name}: no value")))
    }

    /// The value of a parameter.
    pub fn optional<T: Wire>(&self, name: &str) -> Result<Option<T>, Refused> {
        let value = self.arguments.get(name);
        value.map(|value| read(value, name)).transpose()
    }

    /// Keeps a header of the answer.
    pub fn header<T: Serialize>(
        &self,
        name: &str,
        value: Result<Option<T>, Error>,
    ) -> Result<(), Failure> {
        if let Some(value) = value? {
            let value = serde_json::to_value(value)?;
            self.headers.borrow_mut().insert(name.to_owned(), value);
        }
        Ok(())
    }

    /// The number of the body's media type.
    pub fn form(&self) -> Option<usize> {
        self.body.as_ref().map(|it| it.form)
    }

    /// The body, which has a form in JSON.
    pub fn body<T: Wire>(&self) -> Result<T, Refused> {
        let body = self.body.as_ref();
        let body = body.ok_or_else(|| Refused("no body".to_owned()))?;
        read(&body.value, "the body")
    }

    /// The body, which is text; what is none is its JSON.
    pub fn text(&self) -> String {
        match self.body.as_ref().map(|it| &it.value) {
            Some(Value::String(text)) => text.clone(),
            Some(value) => value.to_string(),
            None => String::new(),
        }
    }
}

/// An argument that the SDK does not take.
#[derive(Debug)]
pub struct Refused(String);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Refused {}

fn read<T: Wire>(value: &Value, name: &str) -> Result<T, Refused> {
    let text = value.to_string();
    let mut deserializer = serde_json::Deserializer::from_str(&text);
    T::read(&mut deserializer).map_err(|error| Refused(format!("{name}: {error} in {text}")))
}

/// A value that the SDK read.
pub fn json<T: Serialize>(value: &T) -> Result<Told, Failure> {
    Ok(Told::Json(serde_json::to_string(value)?))
}

/// An item of a stream.
pub fn item<T: Serialize>(value: &T) -> Result<String, Failure> {
    Ok(serde_json::to_string(value)?)
}

/// An error, which the documented one is read from.
pub fn error(
    error: Error,
    documented: impl FnOnce(u16, &ApiError) -> Option<Result<Told, Failure>>,
) -> Result<Told, Failure> {
    let told = error
        .api()
        .and_then(|it| documented(it.status().as_u16(), it));
    told.unwrap_or_else(|| Err(error.into()))
}

/// Whether an error is of this media type, whatever its parameters are.
pub fn is_of(error: &ApiError, media_type: &str) -> bool {
    let essence = |it: &str| {
        it.split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    };
    let came = error
        .headers()
        .get("content-type")
        .and_then(|it| it.to_str().ok());
    came.is_some_and(|came| essence(came) == essence(media_type))
}

/// Makes the calls that standard input asks for.
pub async fn run<C>(
    client: impl FnOnce(&str) -> C,
    operations: &[for<'c> fn(&'c C, &'c Order) -> Answer<'c>],
) -> Result<(), Failure> {
    let relay = Relay::start(std::env::args().nth(1))?;
    let client = client(&relay.url);
    for line in io::stdin().lines() {
        let order: Order = serde_json::from_str(&line?)?;
        relay.expect(order.server.clone());
        let call = operations.get(order.operation).ok_or("no such operation")?;
        let told = call(&client, &order).await.unwrap_or_else(|error| {
            match error.downcast_ref::<Refused>() {
                Some(refused) => Told::Argument(refused.to_string()),
                None => Told::Failed(chain(error.as_ref())),
            }
        });
        let outcome = Outcome {
            exchanges: relay.seen.try_iter().collect(),
            told,
            headers: order.headers.take(),
        };
        println!("{}", serde_json::to_string(&outcome)?);
    }
    Ok(())
}

fn chain(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text += &format!(": {error}");
        source = error.source();
    }
    text
}

/// A server that stands between the SDK and the one that answers.
struct Relay {
    url: String,
    next: Arc<Mutex<Server>>,
    seen: mpsc::Receiver<Exchange>,
}

/// The path of the endpoint at which clients get tokens.
const TOKENS: &str = "/tokens-of-the-relay";

impl Relay {
    fn start(behind: Option<String>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}", listener.local_addr()?);
        let next = Arc::new(Mutex::new(Server::Answer(Message::default())));
        let (sender, seen) = mpsc::channel();
        let server = Arc::clone(&next);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let server = server.lock().expect("nobody panics").clone();
                let done = stream.and_then(|it| serve(it, server, behind.as_deref(), &sender));
                if let Err(error) = done {
                    eprintln!("the relay: {error}");
                }
            }
        });
        Ok(Self { url, next, seen })
    }

    fn expect(&self, server: Server) {
        *self.next.lock().expect("nobody panics") = server;
    }
}

/// The endpoint at which clients of a relay get their tokens.
pub fn tokens(url: &str) -> String {
    format!("{url}{TOKENS}")
}

fn serve(
    mut stream: TcpStream,
    server: Server,
    behind: Option<&str>,
    sender: &mpsc::Sender<Exchange>,
) -> io::Result<()> {
    let (head, body) = message(&mut BufReader::new(stream.try_clone()?), "")?;
    let method = head.first().and_then(|line| line.split(' ').next());
    let method = method.unwrap_or_default().to_owned();
    let target = head.first().and_then(|line| line.split(' ').nth(1));
    if target == Some(TOKENS) {
        let token = Message {
            status: 200,
            media_type: "application/json".to_owned(),
            body: r#"{"access_token": "token", "token_type": "Bearer", "expires_in": 86400}"#
                .to_owned(),
            ..Message::default()
        };
        return write(&mut stream, &method, &token);
    }
    let answer = match (server, behind) {
        (Server::Answer(answer), _) => answer,
        (Server::Prefer(wish), Some(behind)) => ask(behind, &method, &head, &body, &wish)?,
        (Server::Prefer(_), None) => return Err(io::Error::other("nobody to ask")),
    };
    // Known before the client can go on.
    let exchange = Exchange {
        head,
        body: String::from_utf8_lossy(&body).into_owned(),
        answer: answer.clone(),
    };
    sender.send(exchange).map_err(io::Error::other)?;
    write(&mut stream, &method, &answer)
}

/// Sends a request on, with what is wished of the answer.
fn ask(
    behind: &str,
    method: &str,
    head: &[String],
    body: &[u8],
    wish: &str,
) -> io::Result<Message> {
    let mut stream = TcpStream::connect(behind)?;
    let dropped = ["connection", "transfer-encoding", "content-length", "host"];
    let mut text = String::new();
    for (at, line) in head.iter().enumerate() {
        let name = line
            .split(':')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        if at == 0 || !dropped.contains(&name.as_str()) {
            text += &format!("{line}\r\n");
        }
    }
    if !wish.is_empty() {
        text += &format!("prefer: {wish}\r\n");
    }
    let is_framed = |line: &String| {
        let line = line.to_ascii_lowercase();
        line.starts_with("content-length:") || line.starts_with("transfer-encoding:")
    };
    if head.iter().any(is_framed) {
        text += &format!("content-length: {}\r\n", body.len());
    }
    text += &format!("host: {behind}\r\nconnection: close\r\n\r\n");
    stream.write_all(text.as_bytes())?;
    stream.write_all(body)?;
    let (head, body) = message(&mut BufReader::new(stream), method)?;
    let status = head
        .first()
        .and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let arrived = header(&head, "arrived").unwrap_or_default();
    let told = ["arrived", "content-type", "date", "sl-violations"];
    let is_other = |line: &&String| {
        let name = line.split(':').next().unwrap_or_default();
        let mut told = told.iter().chain(&dropped);
        !told.any(|it| it.eq_ignore_ascii_case(name))
    };
    let headers = head.iter().skip(1).filter(is_other).cloned();
    Ok(Message {
        headers: match arrived.is_empty() {
            true => Vec::new(),
            false => headers.collect(),
        },
        status: status.ok_or_else(|| io::Error::other("no status"))?,
        media_type: header(&head, "content-type").unwrap_or_default(),
        body: String::from_utf8_lossy(&body).into_owned(),
        violations: header(&head, "sl-violations").unwrap_or_default(),
        arrived,
    })
}

fn write(stream: &mut TcpStream, method: &str, answer: &Message) -> io::Result<()> {
    let Message {
        status,
        media_type,
        body,
        headers,
        ..
    } = answer;
    let mut text = format!("HTTP/1.1 {status} Status\r\nconnection: close\r\n");
    if !media_type.is_empty() {
        text += &format!("content-type: {media_type}\r\n");
    }
    for line in headers {
        text += &format!("{line}\r\n");
    }
    let is_empty = method == "HEAD" || [204, 304].contains(status);
    if !is_empty {
        text += &format!("content-length: {}\r\n", body.len());
    }
    text += "\r\n";
    if !is_empty {
        text += body;
    }
    stream.write_all(text.as_bytes())
}

/// A request, or the answer to one of this method.
fn message(reader: &mut impl BufRead, asked: &str) -> io::Result<(Vec<String>, Vec<u8>)> {
    let mut head = Vec::new();
    loop {
        let line = line(reader)?;
        if line.is_empty() {
            break;
        }
        head.push(line);
    }
    let mut body = Vec::new();
    if asked == "HEAD" {
        return Ok((head, body));
    }
    let is_chunked = header(&head, "transfer-encoding").is_some_and(|it| it.contains("chunked"));
    let length = header(&head, "content-length").and_then(|it| it.parse::<u64>().ok());
    if is_chunked {
        loop {
            let size = line(reader)?;
            let size = size.split(';').next().unwrap_or_default().trim();
            let size = u64::from_str_radix(size, 16).map_err(io::Error::other)?;
            reader.take(size).read_to_end(&mut body)?;
            line(reader)?;
            if size == 0 {
                break;
            }
        }
    } else if let Some(length) = length {
        reader.take(length).read_to_end(&mut body)?;
    } else if !asked.is_empty() {
        reader.read_to_end(&mut body)?;
    }
    Ok((head, body))
}

fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line)?;
    let line = String::from_utf8_lossy(&line);
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn header(head: &[String], name: &str) -> Option<String> {
    let named = head.iter().filter_map(|line| line.split_once(':'));
    let mut named = named.filter(|(key, _)| key.eq_ignore_ascii_case(name));
    named.next().map(|(_, value)| value.trim().to_owned())
}
