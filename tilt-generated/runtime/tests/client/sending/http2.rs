//! HTTP/2: requests that a server refuses by it, so that they may be sent again whatever they do, and connections that fall
//! silent.

use super::script::{GET, KEYED, Longest, ONCE, call};
use crate::server::{OPEN, Tested, error_of};
use crate::turns::ByHand;
use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tilt_runtime as rt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;

/// The debug data of a GOAWAY: what the server likes to tell.
const TOLD: &str = "mark-debug-data";

/// The server's answer to each request: a frame that says what became of it.
#[derive(Debug, Clone, Copy)]
enum Refusal {
    /// `RST_STREAM` with this code.
    Reset(u8),
    /// `GOAWAY` for streams up to this one.
    GoAway(u8),
}

/// A frame of HTTP/2 (RFC 9113, section 4.1).
fn frame(kind: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0, 0, payload.len() as u8, kind, 0, 0, 0, 0, stream];
    frame.extend_from_slice(payload);
    frame
}

async fn refuse(
    mut stream: TcpStream,
    refusal: Refusal,
    requests: &AtomicUsize,
) -> std::io::Result<()> {
    let mut preface = [0; 24];
    stream.read_exact(&mut preface).await?;
    stream.write_all(&frame(SETTINGS, 0, &[])).await?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let length = usize::from(head[1]) << 8 | usize::from(head[2]);
        stream.read_exact(&mut vec![0; length]).await?;
        if head[3] != HEADERS {
            continue;
        }
        requests.fetch_add(1, Ordering::Relaxed);
        match refusal {
            Refusal::Reset(code) => {
                let frame = frame(RST_STREAM, head[8], &[0, 0, 0, code]);
                stream.write_all(&frame).await?;
            }
            Refusal::GoAway(last) => {
                let told = [&[0, 0, 0, last, 0, 0, 0, 0][..], TOLD.as_bytes()].concat();
                let frame = frame(GOAWAY, 0, &told);
                stream.write_all(&frame).await?;
                return stream.shutdown().await;
            }
        }
    }
}

/// The error of a payment whose every attempt is refused so, and how many requests there were.
async fn refused(
    refusal: Refusal,
    attempts: u32,
) -> Result<(rt::Error, usize), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let requests = Arc::new(AtomicUsize::new(0));
    let seen = requests.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let seen = seen.clone();
            tokio::spawn(async move { refuse(stream, refusal, &seen).await });
        }
    });
    let builder = rt::Client::builder(&OPEN, rt::Environment::custom(url, None));
    let builder = builder.http_client(|http| http.http2_prior_knowledge());
    let client = builder.random(Longest).build()?;
    let error = error_of(call(&client, &ONCE).attempts(attempts).await)?;
    Ok((error, requests.load(Ordering::Relaxed)))
}

#[tokio::test]
async fn what_the_server_did_not_look_at_is_sent_again_and_was_not_carried_out() -> Tested {
    const REFUSED_STREAM: u8 = 7;
    for refusal in [Refusal::Reset(REFUSED_STREAM), Refusal::GoAway(0)] {
        // The HTTP client sends nothing again by itself.
        for attempts in [1, 2] {
            let (error, requests) = refused(refusal, attempts).await?;
            assert_eq!(requests, attempts as usize, "{refusal:?}");
            assert_eq!(error.kind(), rt::ErrorKind::Transport, "{refusal:?}");
            assert!(!error.may_have_been_sent() && error.is_retryable());
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_the_server_may_have_looked_at_is_unknown() -> Tested {
    const CANCEL: u8 = 8;
    for refusal in [Refusal::Reset(CANCEL), Refusal::GoAway(1)] {
        let (error, requests) = refused(refusal, 2).await?;
        assert_eq!(requests, 1, "{refusal:?}");
        assert_eq!(error.kind(), rt::ErrorKind::OutcomeUnknown, "{refusal:?}");
        let (mut shown, mut source) = (format!("{error:?} {error}"), error.source());
        while let Some(cause) = source {
            shown.push_str(&format!(" {cause:?} {cause}"));
            source = cause.source();
        }
        // The server's text goes no further, and the reason is there.
        assert!(!shown.contains(TOLD), "{shown}");
    }
    Ok(())
}

/// Connections and requests of a server that falls silent with the first request, for good on that connection. All that
/// comes later it answers.
#[derive(Debug, Default)]
struct Silent {
    connections: AtomicUsize,
    requests: AtomicUsize,
}

impl Silent {
    async fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        /// `:status: 200` by its number in HPACK's table (RFC 7541, appendix A).
        const OK: [u8; 1] = [0x88];
        const END_STREAM_AND_HEADERS: u8 = 5;
        stream.read_exact(&mut [0; 24]).await?;
        stream.write_all(&frame(SETTINGS, 0, &[])).await?;
        loop {
            let mut head = [0; 9];
            stream.read_exact(&mut head).await?;
            let length = usize::from(head[1]) << 8 | usize::from(head[2]);
            stream.read_exact(&mut vec![0; length]).await?;
            if head[3] == HEADERS && self.requests.fetch_add(1, Ordering::Relaxed) > 0 {
                let mut answer = frame(HEADERS, head[8], &OK);
                answer[4] = END_STREAM_AND_HEADERS;
                stream.write_all(&answer).await?;
            }
        }
    }
}

#[tokio::test]
async fn nothing_more_goes_out_on_a_connection_that_fell_silent() -> Tested {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let server = Arc::new(Silent::default());
    let serving = server.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            serving.connections.fetch_add(1, Ordering::Relaxed);
            let serving = serving.clone();
            tokio::spawn(async move { serving.serve(stream).await });
        }
    });
    let clock = ByHand::new();
    let builder = rt::Client::builder(&OPEN, rt::Environment::custom(url, None));
    let client = builder
        .http_client(|http| http.http2_prior_knowledge())
        .clock(clock.clone())
        .build()?;
    let silent = tokio::spawn(call(&client, &GET).attempts(1).within(SECOND).into_future());
    while server.requests.load(Ordering::Relaxed) == 0 {
        tokio::task::yield_now().await;
    }
    clock.advance(1);
    assert_eq!(error_of(silent.await?)?.kind(), rt::ErrorKind::Deadline);
    for operation in [&GET, &KEYED, &GET] {
        call(&client, operation).await?;
    }
    assert_eq!(server.connections.load(Ordering::Relaxed), 2);
    Ok(())
}

const SECOND: std::time::Duration = std::time::Duration::from_secs(1);
