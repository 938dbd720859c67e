//! An HTTP/1.1 server on loopback that writes raw answers and keeps what it was asked.

use std::sync::{Arc, Mutex};
use tilt_runtime as rt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(it, _)| it == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// The server's answer to a request.
pub(crate) enum Answer {
    /// These pieces, each sent by itself; then the connection is closed.
    Pieces(Vec<Vec<u8>>),
    /// Nothing, for as long as the client waits.
    Silence,
    /// This, and no more for as long as the client waits.
    Stalled(Vec<u8>),
}

pub(crate) struct Server {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    pub(crate) async fn start(
        answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let (answer, log) = (Arc::new(answer), asked.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, log) = (answer.clone(), log.clone());
                tokio::spawn(async move {
                    let _ = serve(stream, &*answer, &log).await;
                });
            }
        });
        Ok(Self { url, asked })
    }

    /// A server that gives every request this answer.
    pub(crate) async fn always(answer: impl Into<Vec<u8>>) -> std::io::Result<Self> {
        let answer = answer.into();
        Self::start(move |_| Answer::Pieces(vec![answer.clone()])).await
    }

    /// A server that gives these answers one after another.
    pub(crate) async fn in_turn(answers: Vec<Vec<u8>>) -> std::io::Result<Self> {
        let answers = Mutex::new(answers.into_iter());
        Self::start(move |_| {
            let answer = answers.lock().ok().and_then(|mut it| it.next());
            Answer::Pieces(vec![answer.unwrap_or_else(|| json("500 Too Much", "{}"))])
        })
        .await
    }

    /// The same of answers of these bodies.
    pub(crate) async fn pages(bodies: &[&str]) -> std::io::Result<Self> {
        Self::in_turn(bodies.iter().map(|body| json("200 OK", body)).collect()).await
    }

    /// The targets of the requests since the last time.
    pub(crate) fn targets(&self) -> Vec<String> {
        self.asked().into_iter().map(|it| it.target).collect()
    }

    /// The requests since the last time.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked
            .lock()
            .map(|mut it| std::mem::take(&mut *it))
            .unwrap_or_default()
    }

    /// The one request since the last time.
    pub(crate) fn asked_once(&self) -> Asked {
        let mut asked = self.asked();
        assert_eq!(asked.len(), 1, "{asked:?}");
        asked.remove(0)
    }
}

async fn serve(
    mut stream: TcpStream,
    answer: &(dyn Fn(&Asked) -> Answer + Send + Sync),
    log: &Mutex<Vec<Asked>>,
) -> std::io::Result<()> {
    let asked = read(&mut stream).await?;
    if let Ok(mut log) = log.lock() {
        log.push(asked.clone());
    }
    match answer(&asked) {
        Answer::Silence => {
            let mut rest = Vec::new();
            stream.read_to_end(&mut rest).await?;
        }
        Answer::Stalled(beginning) => {
            stream.write_all(&beginning).await?;
            let mut rest = Vec::new();
            stream.read_to_end(&mut rest).await?;
        }
        Answer::Pieces(pieces) => {
            for piece in pieces {
                stream.write_all(&piece).await?;
                stream.flush().await?;
                tokio::task::yield_now().await;
            }
            stream.shutdown().await?;
        }
    }
    Ok(())
}

async fn read(stream: &mut TcpStream) -> std::io::Result<Asked> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(at) = bytes.windows(4).position(|it| it == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let mut lines = text.split("\r\n");
    let mut words = lines
        .next()
        .unwrap_or_default()
        .split(' ')
        .map(str::to_owned);
    let mut asked = Asked {
        method: words.next().unwrap_or_default(),
        target: words.next().unwrap_or_default(),
        ..Asked::default()
    };
    for line in lines {
        if let Some((name, value)) = line.split_once(": ") {
            asked
                .headers
                .push((name.to_ascii_lowercase(), value.to_owned()));
        }
    }
    let length = asked
        .header("content-length")
        .and_then(|it| it.parse().ok());
    let end = head + 4 + length.unwrap_or(0);
    while bytes.len() < end {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    asked.body = bytes[head + 4..end].to_vec();
    Ok(asked)
}

/// A JSON answer.
pub(crate) fn json(status: &str, body: &str) -> Vec<u8> {
    with_type(status, "application/json", body)
}

/// An answer with a body of some media type.
pub(crate) fn with_type(status: &str, media_type: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

pub(crate) type Tested = Result<(), Box<dyn std::error::Error>>;

/// An API without authentication.
pub(crate) static OPEN: rt::Api = rt::Api {
    user_agent: "test/1",
    schemes: &[],
    errors: rt::ErrorShape {
        code: Some("code"),
        message: None,
        request_id: None,
    },
    refused: &[],
};

impl Server {
    /// The builder for this server.
    pub(crate) fn builder(&self, api: &'static rt::Api) -> rt::Builder {
        let token_url = format!("{}/token", self.url);
        rt::Client::builder(api, rt::Environment::custom(&self.url, Some(token_url)))
    }

    /// A call of an operation of an open API.
    pub(crate) fn call<R>(
        &self,
        operation: &'static rt::Operation,
    ) -> Result<rt::Call<R>, rt::Error> {
        Ok(self.builder(&OPEN).build()?.call(operation))
    }
}

/// The error of what must not go well.
pub(crate) fn error_of<T>(result: Result<T, rt::Error>) -> Result<rt::Error, &'static str> {
    result.err().ok_or("this had to fail")
}
