//! The HTTP clients that requests are sent by, and what users may change of them.

use crate::server::{OPEN, Server, Tested, error_of, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tilt_runtime as rt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

static POST: rt::Operation = rt::Operation {
    method: rt::Method::Post,
    ..rt::Operation::NEW
};

#[tokio::test]
async fn a_redirect_is_not_followed_whatever_the_user_sets() -> Tested {
    let elsewhere = Server::always(json("200 OK", "{}")).await?;
    let redirect = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nLocation: {}/\r\nContent-Length: 0\r\n\
         Connection: close\r\n\r\n",
        elsewhere.url
    );
    let server = Server::always(redirect).await?;
    let builder = server.builder(&OPEN).http_client(|http| {
        let all = rt::reqwest::redirect::Policy::limited(10);
        http.redirect(all)
    });
    let error = error_of(builder.build()?.call::<rt::Empty>(&POST).await)?;
    assert_eq!(error.status().map(|it| it.as_u16()), Some(307));
    server.asked_once();
    assert_eq!(elsewhere.asked(), []);
    Ok(())
}

#[tokio::test]
async fn plain_http_goes_through_no_proxy_that_the_user_sets() -> Tested {
    let server = Server::always(json("200 OK", "{}")).await?;
    let proxy = Server::always(json("200 OK", "{}")).await?;
    let url = proxy.url.clone();
    let builder =
        server
            .builder(&OPEN)
            .http_client(move |http| match rt::reqwest::Proxy::all(&url) {
                Ok(proxy) => http.proxy(proxy),
                Err(_) => http,
            });
    builder.build()?.call::<rt::Empty>(&POST).await?;
    server.asked_once();
    assert_eq!(proxy.asked(), []);
    Ok(())
}

#[tokio::test]
async fn the_user_adds_to_the_http_client() -> Tested {
    let server = Server::always(json("200 OK", "{}")).await?;
    let builder = server.builder(&OPEN).http_client(|http| {
        let value = rt::http::HeaderValue::from_static("1");
        let name = rt::http::HeaderName::from_static("x-more");
        http.default_headers([(name, value)].into_iter().collect())
    });
    builder.build()?.call::<rt::Empty>(&POST).await?;
    assert_eq!(server.asked_once().header("x-more"), Some("1"));
    Ok(())
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[tokio::test]
async fn an_application_makes_http_clients_of_its_own() -> Tested {
    let server = Server::always(json("200 OK", "{}")).await?;
    let response = rt::reqwest::Client::new().get(&server.url).send().await?;
    assert_eq!(response.status(), 200);
    Ok(())
}

/// A frame of HTTP/2 (RFC 9113, section 4.1).
fn frame(kind: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0, 0, payload.len() as u8, kind, 0, 0, 0, 0, stream];
    frame.extend_from_slice(payload);
    frame
}

/// Refuses each request, by a frame that says that it was not processed.
#[cfg(feature = "http2")]
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

#[cfg(feature = "http2")]
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
    error_of(client.build()?.call::<rt::Empty>(&POST).await)?;
    assert_eq!(requests.load(Ordering::Relaxed), 1);
    Ok(())
}
