//! Answers of bytes, which are read while they arrive.

use crate::server::{Answer, OPEN, Server, Tested, error_of, json};
use crate::turns::{ByHand, stands_still};
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tilt_runtime as rt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

static GET: rt::Operation = rt::Operation {
    path: "/file",
    binary: &[(rt::Status::Any, "*")],
    retry: rt::Retry::Repeatable,
    ..rt::Operation::NEW
};

const SIZE: u64 = 64 << 20;

/// A server that answers with a body of this size as fast as it can be sent, and counts what it has sent.
async fn pouring(size: u64) -> std::io::Result<(String, Arc<AtomicU64>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let sent: Arc<AtomicU64> = Arc::default();
    let counted = sent.clone();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        let _ = stream.read(&mut [0; 4096]).await?;
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n");
        stream.write_all(head.as_bytes()).await?;
        let piece = vec![7; 64 << 10];
        while counted.load(Ordering::Relaxed) < size {
            let sent = stream.write(&piece).await? as u64;
            counted.fetch_add(sent, Ordering::Relaxed);
        }
        stream.read(&mut [0]).await
    });
    Ok((url, sent))
}

fn client(url: &str) -> rt::Builder {
    rt::Client::builder(&OPEN, rt::Environment::custom(url, None))
}

#[tokio::test]
async fn a_server_sends_no_more_than_is_read() -> Tested {
    let (url, sent) = pouring(SIZE).await?;
    let call = client(&url).build()?.call::<rt::Binary>(&GET);
    let mut file = call.await?;
    assert_eq!(file.length(), Some(SIZE));
    let mut read = 0;
    let ahead = stands_still(|| sent.load(Ordering::Relaxed)).await;
    // The rest is in no buffer of the client, and those of the system are smaller.
    assert!(ahead < SIZE / 2, "{ahead}");
    while let Some(piece) = file.try_next().await? {
        read += piece.len() as u64;
    }
    assert_eq!(read, SIZE);
    Ok(())
}

#[tokio::test]
async fn a_download_of_any_size_is_copied_to_a_writer() -> Tested {
    let (url, _) = pouring(SIZE).await?;
    let client = client(&url).response_limit(1000).build()?;
    let mut file = client.call::<rt::Binary>(&GET).await?;
    let mut first = [0; 10];
    file.read_exact(&mut first).await?;
    assert_eq!(first, [7; 10]);
    assert_eq!(file.copy_to(&mut tokio::io::sink()).await?, SIZE - 10);
    Ok(())
}

#[tokio::test]
async fn what_is_collected_has_a_limit() -> Tested {
    let body = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n0123456789";
    for body in [
        body.to_owned(),
        body.replace("Connection: close", "Content-Length: 10"),
    ] {
        let server = Server::always(body).await?;
        let client = client(&server.url).response_limit(9).build()?;
        let file = client.call::<rt::Binary>(&GET).await?;
        let error = error_of(file.bytes().await)?;
        assert_eq!(
            error.to_string(),
            "GET /file was carried out (200 OK), but its answer cannot be had: the answer is longer than the client \
             allows (the limit is 9 bytes)"
        );
        let file = client.call::<rt::Binary>(&GET).await?;
        assert_eq!(file.bytes_within(10).await?, "0123456789");
    }
    Ok(())
}

#[tokio::test]
async fn a_download_that_breaks_off_is_never_taken_for_the_whole() -> Tested {
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n";
    for body in [chunked, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabcd"] {
        let server = Server::always(body).await?;
        let mut file = server.call::<rt::Binary>(&GET)?.await?;
        assert_eq!(file.try_next().await?.as_deref(), Some(&b"abcd"[..]));
        let error = error_of(file.try_next().await)?;
        assert_eq!(error.kind(), rt::ErrorKind::Transport, "{error}");
        assert_eq!(error.status().map(|it| it.as_u16()), Some(200));
        assert_eq!(file.try_next().await?, None);
        let mut file = server.call::<rt::Binary>(&GET)?.await?;
        let error = file.copy_to(&mut Vec::new()).await.err();
        let inner = error.as_ref().and_then(|error| error.get_ref());
        let inner = inner.and_then(|it| (it as &(dyn Error + 'static)).downcast_ref());
        assert!(matches!(inner, Some(rt::Error::Transport(_))), "{error:?}");
    }
    Ok(())
}

/// A server that sends this head, and what it is told to after that.
async fn told(head: &'static str) -> std::io::Result<(String, mpsc::Sender<&'static str>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let (sender, mut pieces) = mpsc::channel::<&str>(1);
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        let _ = stream.read(&mut [0; 4096]).await?;
        stream.write_all(head.as_bytes()).await?;
        while let Some(piece) = pieces.recv().await {
            stream.write_all(piece.as_bytes()).await?;
        }
        std::io::Result::Ok(())
    });
    Ok((url, sender))
}

#[tokio::test]
async fn a_download_that_goes_on_has_no_deadline_and_one_that_stops_has() -> Tested {
    let (url, pieces) = told("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n").await?;
    let clock = ByHand::new();
    let client = client(&url).clock(clock.clone()).build()?;
    let call = client.call::<rt::Binary>(&GET);
    let mut file = call.within(Duration::from_secs(60)).await?;
    for _ in 0..10 {
        clock.advance(29);
        pieces.send("abc").await?;
        assert_eq!(file.try_next().await?.as_deref(), Some(&b"abc"[..]));
    }
    let late = tokio::spawn(async move { file.try_next().await });
    tokio::task::yield_now().await;
    clock.advance(31);
    let error = error_of(late.await?)?;
    let rt::Error::Transport(error) = error else {
        return Err(error.into());
    };
    assert_eq!(error.kind(), rt::TransportKind::Timeout);
    Ok(())
}

#[tokio::test]
async fn only_what_is_documented_as_bytes_is_handed_out_as_it_arrives() -> Tested {
    static CHOICE: rt::Operation = rt::Operation {
        binary: &[
            (rt::Status::Code(200), "application/zip"),
            (rt::Status::Code(200), "image/png"),
            (rt::Status::Code(203), "*"),
        ],
        ..rt::Operation::NEW
    };
    for (status, content_type, is_streamed) in [
        (200, "application/zip", true),
        (200, "IMAGE/PNG; x=y", true),
        (200, "application/json", false),
        (200, "image/gif", false),
        (201, "application/zip", false),
        (203, "image/gif", true),
    ] {
        let answer = format!("HTTP/1.1 {status} OK\r\nContent-Type: {content_type}\r\n\r\n{{}}");
        let server = Server::start(move |_| Answer::Pieces(vec![answer.clone().into()])).await?;
        let response = server.call::<rt::Binary>(&CHOICE)?.send().await?;
        assert_eq!(response.bytes().is_empty(), is_streamed, "{content_type}");
        assert_eq!(response.into_body().bytes().await?, "{}");
    }
    let server = Server::always(json("404 Not Found", r#"{"code":"gone"}"#)).await?;
    let error = error_of(server.call::<rt::Binary>(&GET)?.await)?;
    assert_eq!(error.api().and_then(|error| error.code()), Some("gone"));
    Ok(())
}

#[tokio::test]
async fn what_is_read_while_it_arrives_is_no_longer_than_the_client_or_the_call_allows() -> Tested {
    let body = "0123456789".repeat(10);
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nConnection: close\r\n";
    for head in [
        format!("{head}Content-Length: 100\r\n\r\n"),
        format!("{head}\r\n"),
    ] {
        let server = Server::always(head + &body).await?;
        // Of the client, and of the call, which counts where there are both.
        for (client, limit, is_whole) in [
            (Some(100), None, true),
            (Some(99), None, false),
            (None, Some(99), false),
            (Some(99), Some(100), true),
            (Some(100), Some(99), false),
        ] {
            let mut builder = server.builder(&OPEN);
            if let Some(limit) = client {
                builder = builder.stream_limit(limit);
            }
            let client = builder.build()?;
            let mut call = client.call::<rt::Binary>(&GET);
            if let Some(limit) = limit {
                call = call.stream_limit(limit);
            }
            let mut download = call.await?;
            let mut to = Vec::new();
            match download.copy_to(&mut to).await {
                Ok(length) => assert!(is_whole && length == 100, "{limit:?}"),
                Err(error) => {
                    assert!(!is_whole && to.len() < 100, "{limit:?}: {error}");
                    let told = error.to_string();
                    assert!(told.contains("the limit is 99 bytes"), "{told}");
                }
            }
        }
    }
    Ok(())
}
