//! The connections that requests go out on.

use super::script::{DELETE, GET, KEYED, Longest, ONCE, call};
use crate::server::{OPEN, Tested};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tilt_runtime as rt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

/// A server that leaves connections open, and answers so many requests on each: the one after them is lost.
struct Keeping {
    url: String,
    connections: Arc<AtomicUsize>,
}

impl Keeping {
    async fn start(requests: usize) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let connections: Arc<AtomicUsize> = Arc::default();
        let counted = connections.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(answer(stream, requests));
            }
        });
        Ok(Self { url, connections })
    }

    fn client(&self) -> Result<rt::Client, rt::Error> {
        let environment = rt::Environment::custom(&self.url, None);
        let builder = rt::Client::builder(&OPEN, environment);
        builder.random(Longest).build()
    }

    fn connections(&self) -> usize {
        self.connections.swap(0, Ordering::Relaxed)
    }
}

async fn answer(mut stream: TcpStream, requests: usize) -> std::io::Result<()> {
    for _ in 0..requests {
        whole(&mut stream).await?;
        stream.write_all(ANSWER).await?;
    }
    whole(&mut stream).await
}

/// Reads a request with its body, which is `[5000]` in these tests.
async fn whole(stream: &mut TcpStream) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"[5000]") {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(())
}

#[tokio::test]
async fn only_what_may_be_repeated_goes_out_on_a_connection_that_was_used() -> Tested {
    let server = Keeping::start(100).await?;
    let client = server.client()?;
    for _ in 0..5 {
        call(&client, &ONCE).await?;
    }
    assert_eq!(server.connections(), 5);
    for operation in [&GET, &DELETE, &KEYED] {
        call(&client, operation).await?;
    }
    assert_eq!(server.connections(), 1);
    Ok(())
}

#[tokio::test]
async fn a_connection_that_the_server_is_closing_makes_no_payment_unknown() -> Tested {
    let server = Keeping::start(1).await?;
    let client = server.client()?;
    for _ in 0..20 {
        call(&client, &ONCE).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_user_cannot_have_payments_sent_on_connections_that_were_used() -> Tested {
    let server = Keeping::start(100).await?;
    let environment = rt::Environment::custom(&server.url, None);
    let builder = rt::Client::builder(&OPEN, environment);
    let client = builder
        .http_client(|http| http.pool_max_idle_per_host(9))
        .build()?;
    for _ in 0..3 {
        call(&client, &ONCE).await?;
    }
    assert_eq!(server.connections(), 3);
    Ok(())
}

/// Lets so much time pass for all that waits in this thread, without waiting.
async fn pass(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

#[tokio::test]
async fn no_connection_is_kept_for_as_long_as_load_balancers_keep_them() -> Tested {
    let server = Keeping::start(100).await?;
    let client = server.client()?;
    for (idle, is_kept) in [(0, false), (40, true), (40, true), (59, false)] {
        pass(Duration::from_secs(idle)).await;
        call(&client, &GET).await?;
        assert_eq!(server.connections() == 0, is_kept, "{idle} s");
    }
    Ok(())
}
