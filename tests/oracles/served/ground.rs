//! The ground of the servers: each answers all operations of one SDK with values that a file lists, and tells in a header of
//! each answer what of the request has arrived.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::error::Error as StdError;
use std::fmt::Write as _;
use std::io::{self, Read};
use tilt_runtime::http::{HeaderName, HeaderValue, StatusCode};
use tilt_runtime::server::{
    Authorize, Body, Context, Credential, Event, Events, Lines, Operation, Problem, Refusal,
    Reply, Service,
};
use tilt_runtime::{Scheme, Wire};

/// The secrets that clients of the programs have.
const SECRETS: [&str; 2] = ["secret", "token"];

/// The header that tells what arrived, as hexadecimal digits of JSON.
const ARRIVED: HeaderName = HeaderName::from_static("arrived");

/// The answers of each operation.
pub struct Api {
    answers: Vec<Vec<Answer>>,
}

/// An answer that an operation may give.
#[derive(Deserialize)]
pub struct Answer {
    /// The number of its variant.
    pub variant: usize,
    status: u16,
    value: Value,
    headers: Map<String, Value>,
}

/// The parts of a request that arrived.
#[derive(Default, Serialize)]
pub struct Arrived {
    /// By place and name, such as `query limit`.
    arguments: Map<String, Value>,
    body: Option<Value>,
}

impl Api {
    /// The answer that is asked for, else the first one.
    pub fn answer(&self, operation: usize, context: &Context) -> Result<&Answer, Problem> {
        let wishes = context.headers().get_all("prefer").iter();
        let mut wishes = wishes.filter_map(|it| it.to_str().ok()?.strip_prefix("answer="));
        let number = wishes.find_map(|it| it.parse().ok()).unwrap_or(0);
        let answers = self.answers.get(operation);
        let answer = answers.and_then(|it| it.get(number));
        answer.ok_or_else(|| told("no answer of this number"))
    }
}

impl Arrived {
    /// Adds the value of a parameter.
    pub fn argument<T: Serialize>(&mut self, name: &str, value: &T) -> Result<(), Problem> {
        self.arguments.insert(name.to_owned(), json(value)?);
        Ok(())
    }

    /// Adds a body that has a form in JSON.
    pub fn body<T: Serialize>(&mut self, body: &T) -> Result<(), Problem> {
        self.body = Some(json(body)?);
        Ok(())
    }

    /// Adds a body of bytes.
    pub fn bytes(&mut self, body: &[u8]) {
        self.body = Some(String::from_utf8_lossy(body).into());
    }

    /// The reply that tells of it.
    pub fn reply<T>(&self, body: T) -> Result<Reply<T>, Problem> {
        let text = serde_json::to_string(self).map_err(|error| told(&error.to_string()))?;
        let mut digits = String::new();
        for byte in text.bytes() {
            write!(digits, "{byte:02x}").map_err(|error| told(&error.to_string()))?;
        }
        let digits = HeaderValue::from_str(&digits).map_err(|error| told(&error.to_string()))?;
        Ok(Reply::new(body).header(ARRIVED, digits))
    }
}

impl Answer {
    pub fn status(&self) -> Result<StatusCode, Problem> {
        StatusCode::from_u16(self.status).map_err(|error| told(&error.to_string()))
    }

    /// The value of a header, where the answer has it.
    pub fn header<T: Wire>(&self, name: &str) -> Result<Option<T>, Problem> {
        let value = self.headers.get(name);
        value.map(read).transpose()
    }

    pub fn json<T: Wire>(&self) -> Result<T, Problem> {
        read(&self.value)
    }

    pub fn text(&self) -> String {
        match &self.value {
            Value::String(text) => text.clone(),
            value => value.to_string(),
        }
    }

    pub fn bytes(&self) -> Body {
        self.text().into()
    }

    pub fn events<T: Wire + Send>(&self) -> Result<Events<T>, Problem> {
        Ok([Event::from(self.json::<T>()?)].into_iter().collect())
    }

    pub fn lines<T: Wire + Send>(&self) -> Result<Lines<T>, Problem> {
        Ok([self.json::<T>()?].into_iter().collect())
    }
}

fn read<T: Wire>(value: &Value) -> Result<T, Problem> {
    let text = value.to_string();
    let mut deserializer = serde_json::Deserializer::from_str(&text);
    T::read(&mut deserializer).map_err(|error| told(&format!("{error} in {text}")))
}

fn json<T: Serialize>(value: &T) -> Result<Value, Problem> {
    serde_json::to_value(value).map_err(|error| told(&error.to_string()))
}

/// A fault of the program, not of the request.
fn told(what: &str) -> Problem {
    Problem::internal().detail(what.to_owned())
}

/// Lets in who has one of the secrets.
struct Judge;

impl Authorize for Judge {
    type Principal = ();

    async fn authorize(
        &self,
        _: &'static Scheme,
        credential: Credential<'_>,
        _: &'static [&'static str],
        _: &'static Operation,
    ) -> Result<(), Refusal> {
        let is_known = match credential {
            Credential::ApiKey(it) | Credential::Bearer(it) | Credential::Other(it) => {
                SECRETS.contains(&it)
            }
            Credential::Basic { user, password } => {
                SECRETS.contains(&user) && SECRETS.contains(&password)
            }
            Credential::Certificate(_) => true,
            _ => false,
        };
        is_known.then_some(()).ok_or(Refusal::Unauthorized)
    }
}

/// Serves at an address that standard output tells, until standard input ends.
pub async fn run(service: impl FnOnce(Api) -> Service) -> Result<(), Box<dyn StdError>> {
    let file = std::env::args().nth(1).ok_or("no file of answers")?;
    let answers = serde_json::from_slice(&std::fs::read(file)?)?;
    let service = service(Api { answers }).at("").authorized_by(Judge);
    let router = service.into_router();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    std::thread::spawn(|| {
        let read = io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(i32::from(read.is_err()));
    });
    Ok(axum::serve(listener, router).await?)
}
