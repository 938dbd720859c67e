//! The HTTP clients that requests are sent by, and what users may change of them.

use crate::server::{OPEN, Server, Tested, error_of, json};
use tilt_runtime as rt;

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
