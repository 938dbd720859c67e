//! An API and its token endpoint, which give back all that they get in every way that a server might.

use crate::{GIVEN, PLANTED};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::error::Error;
use std::io;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    Http1,
    Http2WithTls,
}

impl Protocol {
    /// Those who must have logged something, so that the search means something.
    pub(crate) fn logged(self) -> &'static [&'static str] {
        match self {
            Self::Http1 => &["log reqwest", "event hyper_util"],
            Self::Http2WithTls => &["log reqwest", "event hyper_util", "event h2", "log rustls"],
        }
    }
}

pub(crate) struct Peer {
    pub(crate) url: String,
    pub(crate) certificate: Option<Vec<u8>>,
    talk: Arc<Talk>,
}

/// All that came and went.
#[derive(Default)]
struct Talk {
    seen: Mutex<String>,
    sent: Mutex<String>,
}

fn note(notes: &Mutex<String>, text: &str) {
    if let Ok(mut notes) = notes.lock() {
        notes.push_str(text);
        notes.push('\n');
    }
}

impl Peer {
    pub(crate) async fn start(protocol: Protocol) -> Result<Self, Box<dyn Error>> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (certificate, acceptor) = match protocol {
            Protocol::Http1 => (None, None),
            Protocol::Http2WithTls => {
                let (certificate, acceptor) = tls()?;
                (Some(certificate), Some(acceptor))
            }
        };
        let scheme = if acceptor.is_some() { "https" } else { "http" };
        let talk = Arc::<Talk>::default();
        let shared = talk.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, talk) = (acceptor.clone(), shared.clone());
                tokio::spawn(async move {
                    match acceptor {
                        None => serve(protocol, stream, talk).await,
                        Some(acceptor) => {
                            if let Ok(stream) = acceptor.accept(stream).await {
                                serve(protocol, stream, talk).await;
                            }
                        }
                    }
                });
            }
        });
        Ok(Self {
            url: format!("{scheme}://{address}"),
            certificate,
            talk,
        })
    }

    /// All that came, as text, with the credentials of HTTP basic decoded.
    pub(crate) fn seen(&self) -> String {
        self.talk
            .seen
            .lock()
            .map(|it| it.clone())
            .unwrap_or_default()
    }

    pub(crate) fn sent(&self) -> String {
        self.talk
            .sent
            .lock()
            .map(|it| it.clone())
            .unwrap_or_default()
    }
}

fn tls() -> Result<(Vec<u8>, TlsAcceptor), Box<dyn Error>> {
    let own = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()])?;
    let certificate = own.cert.der().clone();
    let key = PrivateKeyDer::try_from(own.signing_key.serialize_der())?;
    let provider = Arc::new(tokio_rustls::rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)?;
    config.alpn_protocols = vec![b"h2".to_vec()];
    Ok((certificate.to_vec(), TlsAcceptor::from(Arc::new(config))))
}

async fn serve<S>(protocol: Protocol, stream: S, talk: Arc<Talk>)
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let stream = TokioIo::new(stream);
    let service = service_fn(move |request| {
        let talk = talk.clone();
        async move { answer(request, &talk).await }
    });
    // Ends with an error where the answer is to break off.
    let _ = match protocol {
        Protocol::Http1 => {
            let server = hyper::server::conn::http1::Builder::new();
            server.serve_connection(stream, service).await
        }
        Protocol::Http2WithTls => {
            let server = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
            server.serve_connection(stream, service).await
        }
    };
}

async fn answer(request: Request<Incoming>, talk: &Talk) -> io::Result<Response<Full<Bytes>>> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let echo = as_text(&head, &body);
    note(&talk.seen, &echo);
    note(&talk.seen, &basic(&head).unwrap_or_default());
    let (status, body) = match end(&head) {
        "drop" => return Err(io::ErrorKind::ConnectionReset.into()),
        end => said(end, &echo),
    };
    note(&talk.sent, &body);
    let response = Response::builder()
        .status(status)
        .header("content-type", "application/json")
        .header("set-cookie", "mark-cookie-of-the-answer")
        .header("x-request-id", "req-1")
        .body(Full::new(Bytes::from(body)));
    response.map_err(io::Error::other)
}

fn as_text(head: &Parts, body: &[u8]) -> String {
    let mut text = format!("{} {}", head.method, head.uri);
    for (name, value) in &head.headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        text.push_str(&format!("\n{name}: {value}"));
    }
    text.push_str(&format!("\n\n{}", String::from_utf8_lossy(body)));
    text
}

/// The credentials of HTTP basic.
fn basic(head: &Parts) -> Option<String> {
    let value = head.headers.get("authorization")?.to_str().ok()?;
    let pair = STANDARD.decode(value.strip_prefix("Basic ")?).ok()?;
    Some(String::from_utf8_lossy(&pair).into_owned())
}

/// The end that the request asks for: by the path of the token endpoint, and by the query elsewhere.
fn end(head: &Parts) -> &str {
    let end = match head.uri.path().strip_prefix("/token/") {
        Some("well") => Some("token"),
        Some(end) => Some(end),
        None => {
            let query = head.uri.query().and_then(|it| it.split("at=").nth(1));
            query.and_then(|it| it.split('&').next())
        }
    };
    end.unwrap_or_default()
}

fn said(end: &str, echo: &str) -> (u16, String) {
    let echo = serde_json::Value::from(echo);
    match end {
        "token" => {
            let token = PLANTED[1];
            (
                200,
                format!("{{\"access_token\":\"{token}\",\"expires_in\":3600}}"),
            )
        }
        "well" => (200, serde_json::Value::from(GIVEN).to_string()),
        "list" => (
            200,
            format!("{{\"items\":[\"{GIVEN}\"],\"next\":\"{GIVEN}\"}}"),
        ),
        "garbage" => (200, format!("{{\"url\":\"{GIVEN}\",\"{GIVEN}\": {echo}")),
        "status" => (503, String::from("<p>mark-proxy</p>")),
        "unauthorized" => (401, GIVEN.to_owned()),
        _ => {
            let names = [
                "code",
                "message",
                "request_id",
                "error",
                "error_description",
            ];
            let members = names.map(|name| format!("\"{name}\":{echo}"));
            (400, format!("{{{}}}", members.join(",")))
        }
    }
}
