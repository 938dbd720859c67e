//! Bodies that are read while they are sent.

use crate::sending::script::{Longest, NO_CONNECTION, Script, Stepping, TIMEOUT, status};
use crate::server::{OPEN, Server, Tested, error_of, json};
use crate::turns::{ByHand, stands_still};
use std::error::Error;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tilt_runtime as rt;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

static POST: rt::Operation = rt::Operation {
    method: rt::Method::Post,
    path: "/files",
    ..rt::Operation::NEW
};

static PUT: rt::Operation = rt::Operation {
    method: rt::Method::Put,
    path: "/file",
    retry: rt::Retry::Repeatable,
    ..rt::Operation::NEW
};

const SIZE: u64 = 64 << 20;

/// A reader of so many bytes, which counts those that were read.
#[derive(Clone)]
struct Counted {
    left: u64,
    read: Arc<AtomicU64>,
}

fn counted(size: u64) -> Counted {
    Counted {
        left: size,
        read: Arc::default(),
    }
}

impl AsyncRead for Counted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let length = self.left.min(buffer.remaining() as u64);
        buffer.put_slice(&vec![7; length as usize]);
        self.left -= length;
        self.read.fetch_add(length, Ordering::Relaxed);
        Poll::Ready(Ok(()))
    }
}

async fn listen() -> io::Result<(TcpListener, rt::Builder)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let builder = rt::Client::builder(&OPEN, rt::Environment::custom(url, None));
    Ok((listener, builder.random(Longest)))
}

/// The head of a request, of which the body is not read.
async fn head(stream: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    Ok(String::from_utf8_lossy(&head).to_ascii_lowercase())
}

fn upload(
    client: &rt::Client,
    operation: &'static rt::Operation,
    body: rt::Upload,
) -> rt::Call<rt::Empty> {
    let mut call = client.call::<rt::Empty>(operation);
    call.body("application/octet-stream", body);
    call
}

const DONE: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

#[tokio::test]
async fn no_more_is_read_than_a_server_takes() -> Tested {
    let (listener, builder) = listen().await?;
    let source = counted(SIZE);
    let body = rt::Upload::reader(source.clone()).with_length(SIZE);
    let call = upload(&builder.build()?, &POST, body);
    let sending = tokio::spawn(call.into_future());
    let (mut stream, _) = listener.accept().await?;
    let head = head(&mut stream).await?;
    assert!(
        head.contains(&format!("content-length: {SIZE}\r\n")),
        "{head}"
    );
    let ahead = stands_still(|| source.read.load(Ordering::Relaxed)).await;
    // The rest is in no buffer of the client, and those of the system are smaller.
    assert!(ahead < SIZE / 2, "{ahead}");
    let mut whole = (&mut stream).take(SIZE);
    assert_eq!(
        tokio::io::copy(&mut whole, &mut tokio::io::sink()).await?,
        SIZE
    );
    stream.write_all(DONE).await?;
    sending.await??;
    Ok(())
}

#[tokio::test]
async fn a_body_of_unknown_length_is_sent_in_chunks() -> Tested {
    let (listener, builder) = listen().await?;
    let call = upload(&builder.build()?, &POST, rt::Upload::reader(&b"abc"[..]));
    let sending = tokio::spawn(call.into_future());
    let (mut stream, _) = listener.accept().await?;
    let head = head(&mut stream).await?;
    assert!(head.contains("transfer-encoding: chunked\r\n"), "{head}");
    let mut body = [0; 13];
    stream.read_exact(&mut body).await?;
    assert_eq!(&body, b"3\r\nabc\r\n0\r\n\r\n");
    stream.write_all(DONE).await?;
    sending.await??;
    Ok(())
}

#[tokio::test]
async fn a_file_is_sent_with_its_length() -> Tested {
    let server = Server::always(json("200 OK", "{}")).await?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("a.bin");
    let content: Vec<u8> = (0..200_000_u32).map(|it| it as u8).collect();
    std::fs::write(&path, &content)?;
    let client = server.builder(&OPEN).build()?;
    upload(&client, &POST, rt::Upload::file(&path)).await?;
    let asked = server.asked_once();
    assert_eq!(asked.header("content-length"), Some("200000"));
    assert_eq!(asked.body, content);
    let read = rt::Upload::read(io::Cursor::new(content.clone()));
    upload(&client, &POST, read.with_length(200_000)).await?;
    assert_eq!(server.asked_once().body, content);
    std::fs::remove_file(&path)?;
    let error = error_of(upload(&client, &POST, rt::Upload::file(&path)).await)?;
    assert!(
        error
            .to_string()
            .starts_with("POST /files was not sent: `body` cannot be read: "),
        "{error}"
    );
    assert_eq!(server.asked(), []);
    Ok(())
}

#[tokio::test]
async fn a_file_in_a_form_is_read_while_it_is_sent() -> Tested {
    let server = Server::always(json("200 OK", "{}")).await?;
    let client = server.builder(&OPEN).build()?;
    let form = |file: rt::Part| [("a", rt::Part::new("x")), ("file", file.file_name("f.txt"))];
    let form = |file| {
        form(file)
            .into_iter()
            .collect::<std::collections::BTreeMap<_, _>>()
    };
    let mut texts = Vec::new();
    let streamed = rt::Upload::reader(&b"content"[..]).with_length(7);
    for part in [rt::Part::new("content"), rt::Part::new(streamed)] {
        let mut call = client.call::<rt::Empty>(&POST);
        call.multipart("multipart/form-data", &form(part), &[]);
        call.await?;
        let asked = server.asked_once();
        let content_type = asked.header("content-type").ok_or("no content type")?;
        let (_, boundary) = content_type.split_once("boundary=").ok_or("no boundary")?;
        texts.push(asked.text().replace(boundary, "B"));
    }
    assert!(texts[0].contains("filename=\"f.txt\"") && texts[0].contains("\r\n\r\ncontent\r\n"));
    assert_eq!(texts[0], texts[1]);
    // Elsewhere, what is not read yet has no form.
    let part = rt::Part::new(rt::Upload::reader(&b"content"[..]));
    assert!(serde_json::to_string(&part).is_err());
    Ok(())
}

#[tokio::test]
async fn what_can_be_read_once_is_sent_again_only_if_it_was_not_read() -> Tested {
    for (operation, kind) in [
        (&PUT, rt::ErrorKind::OutcomeUnknown),
        (&POST, rt::ErrorKind::OutcomeUnknown),
    ] {
        let script = Script::new([TIMEOUT]);
        let error = error_of(upload(&script.client()?, operation, once()).await)?;
        assert_eq!(error.kind(), kind, "{error}");
    }
    // Refused is refused, and that is all that can be told.
    let script = Script::new([status(429)]);
    let error = error_of(upload(&script.client()?, &POST, once()).await)?;
    assert_eq!(error.kind(), rt::ErrorKind::RateLimited);
    assert!(!error.may_have_been_sent());
    Ok(())
}

fn once() -> rt::Upload {
    rt::Upload::reader(&b"abc"[..])
}

/// Finds no server the first time.
#[derive(Default)]
struct Finding(AtomicU64);

impl rt::reqwest::dns::Resolve for Finding {
    fn resolve(&self, _: rt::reqwest::dns::Name) -> rt::reqwest::dns::Resolving {
        let found = self.0.fetch_add(1, Ordering::Relaxed) > 0;
        Box::pin(async move {
            if !found {
                return Err("no such server".into());
            }
            let address = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
            Ok(Box::new(std::iter::once(address)) as rt::reqwest::dns::Addrs)
        })
    }
}

#[tokio::test]
async fn what_was_not_begun_is_sent_once_a_connection_comes_about() -> Tested {
    let server = Server::always(json("200 OK", "{}")).await?;
    let url = server.url.replace("127.0.0.1", "server.test");
    let finding = Arc::new(Finding::default());
    let client = rt::Client::builder(&OPEN, rt::Environment::custom(url, None))
        .allow_plain_http()
        .http_client(move |http| http.dns_resolver(finding.clone()))
        .build()?;
    upload(&client, &POST, once().with_length(3)).await?;
    assert_eq!(server.asked_once().text(), "abc");
    Ok(())
}

#[tokio::test]
async fn what_is_made_anew_is_sent_again_with_the_same_bytes() -> Tested {
    let script = Script::new([TIMEOUT, status(200)]);
    let body = rt::Upload::anew(|| async { Ok(&b"abc"[..]) });
    upload(&script.client()?, &PUT, body).await?;
    let sent: Vec<_> = script.sent().into_iter().map(|it| it.into_body()).collect();
    assert_eq!(sent, ["abc", "abc"]);
    // A payment is not, whatever its body is.
    let script = Script::new([TIMEOUT]);
    let body = rt::Upload::anew(|| async { Ok(&b"abc"[..]) });
    let error = error_of(upload(&script.client()?, &POST, body).await)?;
    assert_eq!(error.kind(), rt::ErrorKind::OutcomeUnknown);
    Ok(())
}

#[tokio::test]
async fn a_key_goes_with_the_same_bytes_and_so_with_no_source_twice() -> Tested {
    static KEYED: rt::Operation = rt::Operation {
        retry: rt::Retry::Keyed {
            header: "Idempotency-Key",
            lifetime: None,
        },
        ..POST
    };
    let body = || rt::Upload::anew(|| async { Ok(&b"abc"[..]) });
    let script = Script::new([TIMEOUT]);
    let error = error_of(upload(&script.client()?, &KEYED, body()).await)?;
    assert_eq!(error.kind(), rt::ErrorKind::OutcomeUnknown);
    // It was not carried out: another one may come.
    let script = Script::new([NO_CONNECTION, status(200)]);
    upload(&script.client()?, &KEYED, body()).await?;
    Ok(())
}

/// Gives a piece, and fails.
struct Failing(bool);

impl io::Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if std::mem::replace(&mut self.0, true) {
            return Err(io::Error::other("the disk is gone"));
        }
        buffer[0] = b'a';
        Ok(1)
    }
}

#[tokio::test]
async fn a_source_that_fails_leaves_the_outcome_open_and_says_why() -> Tested {
    let (listener, builder) = listen().await?;
    tokio::spawn(async move {
        let mut all = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            all.clear();
            let _ = stream.read_to_end(&mut all).await;
        }
    });
    let client = builder.build()?;
    for (body, cause) in [
        (rt::Upload::read(Failing(false)), "the disk is gone"),
        (once().with_length(2), "there are more bytes than was said"),
        (once().with_length(4), "there are fewer bytes than was said"),
    ] {
        let error = error_of(upload(&client, &PUT, body).await)?;
        let unknown = error.outcome_unknown().ok_or("a part was sent")?;
        let lost = rt::AttemptEnd::Lost(rt::TransportKind::Source);
        assert_eq!(unknown.attempts().len(), 1, "{error}");
        assert_eq!(unknown.attempts()[0].end(), lost, "{error}");
        let source = unknown.last().source().map(ToString::to_string);
        assert_eq!(source.as_deref(), Some(cause));
    }
    Ok(())
}

#[tokio::test]
async fn an_upload_that_moves_has_no_deadline_and_one_that_stops_has() -> Tested {
    let (listener, builder) = listen().await?;
    let clock = ByHand::new();
    let client = builder
        .clock(clock.clone())
        .timeout(Duration::from_secs(60))
        .build()?;
    let (mut writer, reader) = tokio::io::duplex(8);
    let call = upload(&client, &POST, rt::Upload::reader(reader));
    let sending = tokio::spawn(call.into_future());
    let (mut stream, _) = listener.accept().await?;
    head(&mut stream).await?;
    for _ in 0..10 {
        clock.advance(29);
        writer.write_all(b"abc").await?;
        let mut chunk = [0; 8];
        stream.read_exact(&mut chunk).await?;
        assert_eq!(&chunk, b"3\r\nabc\r\n");
    }
    assert!(!sending.is_finished());
    clock.advance(31);
    let error = error_of(sending.await?)?;
    let unknown = error.outcome_unknown().ok_or("nobody answered")?;
    let late = rt::AttemptEnd::Lost(rt::TransportKind::Timeout);
    assert_eq!(unknown.attempts()[0].end(), late);
    Ok(())
}

#[tokio::test]
async fn an_answer_is_read_although_the_upload_took_all_the_time() -> Tested {
    let (listener, builder) = listen().await?;
    let clock = ByHand::new();
    let client = builder
        .clock(clock.clone())
        .timeout(Duration::from_secs(20))
        .build()?;
    let mut call = client.call::<rt::Text>(&POST);
    call.body("text/plain", once().with_length(3));
    let sending = tokio::spawn(call.into_future());
    let (mut stream, _) = listener.accept().await?;
    head(&mut stream).await?;
    stream.read_exact(&mut [0; 3]).await?;
    clock.advance(25);
    stream
        .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
        .await?;
    stands_still(|| 0).await;
    stream.write_all(b"ok").await?;
    assert_eq!(sending.await??, "ok");
    Ok(())
}

#[tokio::test]
async fn a_limit_for_one_call_holds_for_an_upload_that_moves() -> Tested {
    let (listener, builder) = listen().await?;
    let clock = ByHand::new();
    let client = builder.clock(clock.clone()).build()?;
    let (mut writer, reader) = tokio::io::duplex(8);
    let call = upload(&client, &POST, rt::Upload::reader(reader));
    let sending = tokio::spawn(call.within(Duration::from_secs(40)).into_future());
    let (mut stream, _) = listener.accept().await?;
    head(&mut stream).await?;
    clock.advance(29);
    writer.write_all(b"abc").await?;
    stream.read_exact(&mut [0; 8]).await?;
    clock.advance(12);
    let error = error_of(sending.await?)?;
    assert!(error.outcome_unknown().is_some(), "{error}");
    Ok(())
}

#[tokio::test]
async fn a_transport_of_the_users_has_the_body_whole_and_within_a_limit() -> Tested {
    let script = Script::new([status(200)]);
    let builder = script.builder(&Stepping::default()).response_limit(10);
    let client = builder.build()?;
    upload(&client, &POST, once()).await?;
    assert_eq!(script.sent()[0].body(), "abc");
    let error = error_of(upload(&client, &POST, rt::Upload::reader(counted(11))).await)?;
    assert!(
        error.to_string().contains("longer than 10 bytes"),
        "{error}"
    );
    assert!(!error.may_have_been_sent());
    Ok(())
}
