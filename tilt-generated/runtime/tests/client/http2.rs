//! HTTP/2, whose peers may refuse a request and say that it was not processed.

use crate::server::{OPEN, Tested, error_of};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tilt_runtime as rt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

static POST: rt::Operation = rt::Operation {
    method: rt::Method::Post,
    ..rt::Operation::NEW
};

/// A frame of HTTP/2 (RFC 9113, section 4.1).
fn frame(kind: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0, 0, payload.len() as u8, kind, 0, 0, 0, 0, stream];
    frame.extend_from_slice(payload);
    frame
}

/// Refuses each request, by a frame that says that it was not processed.
async fn refuse(mut stream: TcpStream, requests: &AtomicUsize) -> std::io::Result<()> {
    const HEADERS: u8 = 1;
    const RST_STREAM: u8 = 3;
    const SETTINGS: u8 = 4;
    const REFUSED_STREAM: [u8; 4] = [0, 0, 0, 7];
    let mut preface = [0; 24];
    stream.read_exact(&mut preface).await?;
    stream.write_all(&frame(SETTINGS, 0, &[])).await?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let length = usize::from(head[1]) << 8 | usize::from(head[2]);
        stream.read_exact(&mut vec![0; length]).await?;
        if head[3] == HEADERS {
            requests.fetch_add(1, Ordering::Relaxed);
            let refusal = frame(RST_STREAM, head[8], &REFUSED_STREAM);
            stream.write_all(&refusal).await?;
        }
    }
}

#[tokio::test]
async fn the_http_client_sends_nothing_again_by_itself() -> Tested {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let requests = Arc::new(AtomicUsize::new(0));
    let seen = requests.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let seen = seen.clone();
            tokio::spawn(async move { refuse(stream, &seen).await });
        }
    });
    let environment = rt::Environment::custom(url, None);
    let builder = rt::Client::builder(&OPEN, environment);
    let client = builder.http_client(|http| http.http2_prior_knowledge());
    error_of(client.build()?.call::<rt::Empty>(&POST).attempts(1).await)?;
    assert_eq!(requests.load(Ordering::Relaxed), 1);
    Ok(())
}
