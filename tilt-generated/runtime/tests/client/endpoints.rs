//! Endpoints that the API's document does not have.

use crate::server::{OPEN, Server, Tested, error_of, json};
use tilt_runtime as rt;

static API: rt::Api = rt::Api {
    schemes: &[
        rt::Scheme {
            name: "bearer",
            kind: rt::SchemeKind::Bearer,
        },
        rt::Scheme {
            name: "api_key",
            kind: rt::SchemeKind::ApiKey {
                location: rt::Location::Header,
                name: "X-Key",
            },
        },
    ],
    ..OPEN
};

#[tokio::test]
async fn an_endpoint_is_asked_with_the_credentials_of_all_others() -> Tested {
    let server = Server::always(json("201 Created", r#"{"id":7}"#)).await?;
    let client = server.builder(&API).secret(1, "k-1".into()).build()?;
    let response = client
        .request(rt::Method::Post, "/v2/things?dry=1")
        .query("who", "a b&c")
        .header("X-Trace", "t-1")
        .json(&vec![1, 2])
        .await?;
    assert_eq!(response.status(), 201);
    let body: rt::Map<i64> = response.body_as()?;
    assert_eq!(body.get("id"), Some(&7));
    let asked = server.asked_once();
    let line = (asked.method.as_str(), asked.target.as_str());
    assert_eq!(line, ("POST", "/v2/things?dry=1&who=a%20b%26c"));
    assert_eq!(asked.header("x-key"), Some("k-1"));
    assert_eq!(asked.header("x-trace"), Some("t-1"));
    assert_eq!(asked.header("content-type"), Some("application/json"));
    assert_eq!(asked.text(), "[1,2]");
    // Without credentials, the server is the one to say what it needs.
    server
        .builder(&API)
        .build()?
        .request(rt::Method::Get, "/")
        .await?;
    assert_eq!(server.asked_once().header("x-key"), None);
    Ok(())
}

#[tokio::test]
async fn its_errors_and_retries_are_those_of_all_others() -> Tested {
    let server = Server::always(json("503 Service Unavailable", r#"{"code":"down"}"#)).await?;
    let client = server.builder(&OPEN).build()?;
    for (method, times) in [
        (rt::Method::Post, 1),
        (rt::Method::Patch, 1),
        (rt::Method::Get, 2),
        (rt::Method::Put, 2),
    ] {
        let error = error_of(client.request(method, "/x").attempts(2).await)?;
        assert_eq!(error.api().and_then(|it| it.code()), Some("down"));
        assert_eq!(server.asked().len(), times, "{method:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_path_that_leads_elsewhere_is_not_asked() -> Tested {
    let server = Server::always(json("200 OK", "{}")).await?;
    let client = server.builder(&OPEN).build()?;
    for path in [
        "",
        "x",
        "/../x",
        "/%2e%2e/x",
        "/a#b",
        "/a b",
        "@example.com/",
    ] {
        let error = error_of(client.request(rt::Method::Get, path).await)?;
        assert_eq!(error.kind(), rt::ErrorKind::InvalidRequest, "{path}");
    }
    assert!(server.asked().is_empty());
    Ok(())
}
