//! A server on loopback that answers each path with a script of raw bytes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

pub(crate) const OPENAPI: &str = "/pos/v1/.well-known/openapi.json";
pub(crate) const ASYNCAPI: &str = "/pos/v1/.well-known/asyncapi.json";

/// The answer of a path.
#[derive(Clone)]
pub(crate) enum Script {
    /// These bytes, then the end of the connection.
    Raw(Vec<u8>),
    /// These bytes, then one more byte for as long as anyone listens.
    Drip(Vec<u8>),
    /// These bytes, then nothing, with the connection kept open.
    Silence(Vec<u8>),
    /// This head, then zeros without end.
    Flood(Vec<u8>),
}

impl Script {
    pub(crate) fn answer(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Self {
        let mut raw = head(status, headers, body.len());
        raw.extend_from_slice(body);
        Script::Raw(raw)
    }

    pub(crate) fn document(body: &str, etag: &str) -> Self {
        Self::answer(
            "200 OK",
            &[("etag", etag), ("content-type", "application/json")],
            body.as_bytes(),
        )
    }
}

/// A response's head that promises a body of this length.
pub(crate) fn head(status: &str, headers: &[(&str, &str)], length: usize) -> Vec<u8> {
    let mut head =
        format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    head.into_bytes()
}

pub(crate) struct Server {
    pub(crate) base: String,
    scripts: Arc<Mutex<HashMap<String, Script>>>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let scripts = Arc::new(Mutex::new(HashMap::new()));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let server = Self {
            base,
            scripts: scripts.clone(),
            requests: requests.clone(),
        };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, scripts.clone(), requests.clone()));
            }
        });
        server
    }

    pub(crate) fn on(&self, path: &str, script: Script) -> &Self {
        self.scripts.lock().unwrap().insert(path.to_owned(), script);
        self
    }

    /// Every request's head, in lower case, sorted by path.
    pub(crate) fn take_requests(&self) -> Vec<String> {
        let mut requests = std::mem::take(&mut *self.requests.lock().unwrap());
        requests.sort();
        requests
    }
}

async fn serve(
    stream: TcpStream,
    scripts: Arc<Mutex<HashMap<String, Script>>>,
    requests: Arc<Mutex<Vec<String>>>,
) {
    let mut stream = BufReader::new(stream);
    let mut request = String::new();
    while !request.ends_with("\r\n\r\n") {
        if stream.read_line(&mut request).await.unwrap_or(0) == 0 {
            return;
        }
    }
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    requests.lock().unwrap().push(request.to_lowercase());
    let script = scripts.lock().unwrap().get(&path).cloned();
    let script = script.unwrap_or_else(|| Script::answer("404 Not Found", &[], b""));
    // The client may hang up whenever it has seen enough.
    let _ = perform(&mut stream, script).await;
}

async fn perform(stream: &mut BufReader<TcpStream>, script: Script) -> std::io::Result<()> {
    match script {
        Script::Raw(bytes) => {
            stream.write_all(&bytes).await?;
            stream.shutdown().await
        }
        Script::Drip(bytes) => {
            stream.write_all(&bytes).await?;
            loop {
                stream.write_all(b" ").await?;
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            }
        }
        Script::Silence(bytes) => {
            stream.write_all(&bytes).await?;
            std::future::pending().await
        }
        Script::Flood(bytes) => {
            stream.write_all(&bytes).await?;
            let zeros = vec![b'0'; 1 << 16];
            loop {
                stream.write_all(&zeros).await?;
            }
        }
    }
}
