//! Generated code as it looks, written by hand: a client, its resources, its events.

mod client;
mod events;
mod resources;
mod types;

use crate::server::{Answer, Server, Tested, json};
use client::{Client, Environment, Scope};
use events::{Event, webhooks};
use types::CreateOrder;

const TOKEN: &str = r#"{"access_token":"t-1","token_type":"Bearer","expires_in":3600}"#;

async fn api() -> std::io::Result<Server> {
    Server::start(|asked| {
        let answer = match asked.target.split('?').next() {
            Some("/token") => json("200 OK", TOKEN),
            Some("/pos/v1/orders") => json(
                "201 Created",
                r#"{"order_id":"o-1","total_cents":5000,"new":1}"#,
            ),
            Some("/pos/v1/orders/o-1") => {
                json("200 OK", r#"{"order_id":"o-1","total_cents":5000}"#)
            }
            Some("/pos/v1/locations") if asked.target.contains("offset=2") => {
                json("200 OK", r#"{"items":[{"location_id":"c"}],"total":3}"#)
            }
            Some("/pos/v1/locations") => json(
                "200 OK",
                r#"{"items":[{"location_id":"a"},{"location_id":"b"}],"total":3}"#,
            ),
            _ => json(
                "404 Not Found",
                r#"{"error":"order_not_found","message":"No such order.","request_id":"req_1"}"#,
            ),
        };
        Answer::Pieces(vec![answer])
    })
    .await
}

fn client(server: &Server) -> Result<Client, tilt_runtime::Error> {
    let token_url = format!("{}/token", server.url);
    Client::builder(Environment::custom(&server.url, token_url))
        .credentials("id", "secret")
        .scopes([
            Scope::PaymentsCreate,
            Scope::PaymentsRead,
            Scope::LocationsRead,
        ])
        .build()
}

#[tokio::test]
async fn a_call_is_awaited() -> Tested {
    let server = api().await?;
    let tilt = client(&server)?;
    let order = tilt
        .orders()
        .create(CreateOrder::new("l-1", 5000).customer_name("Alice"))
        .idempotency_key("key-1")
        .await?;
    assert_eq!(order.order_id, "o-1");
    let asked = server.asked();
    assert_eq!(asked.len(), 2);
    assert_eq!(
        asked[0].text(),
        "grant_type=client_credentials&client_id=id&client_secret=secret\
         &scope=tilt%2Fpayments%3Acreate%20tilt%2Fpayments%3Aread%20tilt%2Flocations%3Aread"
    );
    assert_eq!(asked[1].method, "POST");
    assert_eq!(asked[1].target, "/pos/v1/orders");
    assert_eq!(asked[1].header("idempotency-key"), Some("key-1"));
    assert_eq!(asked[1].header("authorization"), Some("Bearer t-1"));
    assert_eq!(asked[1].header("content-type"), Some("application/json"));
    assert_eq!(asked[1].header("accept"), Some("application/json"));
    assert_eq!(asked[1].header("user-agent"), Some("golden/0.1.0"));
    assert_eq!(
        asked[1].text(),
        r#"{"location_id":"l-1","total_cents":5000,"customer_name":"Alice"}"#
    );
    Ok(())
}

#[tokio::test]
async fn an_answer_can_be_had_with_status_and_headers() -> Tested {
    let server = api().await?;
    let response = client(&server)?.orders().get("o-1").send().await?;
    assert_eq!(response.status(), 200);
    assert_eq!(response.header("Content-Type"), Some("application/json"));
    assert_eq!(response.into_body().total_cents, 5000);
    Ok(())
}

#[tokio::test]
async fn an_error_says_what_the_api_says() -> Tested {
    let server = api().await?;
    let result = client(&server)?.orders().get("o-2").await;
    let Err(error) = result else {
        return Err("there is no such order".into());
    };
    assert_eq!(
        error.to_string(),
        "GET /pos/v1/orders/{order_id} answered 404 Not Found: order_not_found: \
         No such order. (request req_1)"
    );
    let api = error.api().ok_or("the API answered")?;
    assert_eq!(api.code(), Some("order_not_found"));
    assert_eq!(api.request_id(), Some("req_1"));
    Ok(())
}

#[tokio::test]
async fn items_are_asked_for_page_by_page() -> Tested {
    let server = api().await?;
    let mut ids = Vec::new();
    let mut locations = client(&server)?
        .locations()
        .list()
        .limit(2)
        .search("main")
        .items();
    while let Some(location) = locations.try_next().await? {
        ids.push(location.location_id);
    }
    assert_eq!(ids, ["a", "b", "c"]);
    let targets: Vec<_> = server.asked().into_iter().map(|it| it.target).collect();
    assert_eq!(
        targets,
        [
            "/token",
            "/pos/v1/locations?limit=2&search=main",
            "/pos/v1/locations?limit=2&offset=2&search=main"
        ]
    );
    Ok(())
}

#[tokio::test]
async fn pages_are_had_with_all_that_they_say() -> Tested {
    let server = api().await?;
    let mut pages = client(&server)?.locations().list().limit(2).pages();
    let mut seen = Vec::new();
    while let Some(page) = pages.try_next().await? {
        assert_eq!(page.header("Content-Type"), Some("application/json"));
        seen.push((page.body().items.len(), page.body().total));
    }
    assert_eq!(seen, [(2, 3), (1, 3)]);
    Ok(())
}

#[tokio::test]
async fn a_call_can_be_spawned() -> Tested {
    let server = api().await?;
    let call = client(&server)?.orders().get("o-1");
    let order = tokio::spawn(call.into_future()).await??;
    assert_eq!(order.order_id, "o-1");
    Ok(())
}

#[test]
fn a_delivery_is_verified_and_told_apart() -> Tested {
    let body = br#"{"event_id":"evt_1","event_kind":"payment.approved"}"#;
    // By `openssl dgst -sha256 -hmac whsec`.
    let signature = "hmac-sha256=56983e160597535b13d97b180ea0b7d4a6beeaa3ebaee09dc6c20b520b29167f";
    let mut headers = http::HeaderMap::new();
    headers.insert("X-Tilt-Signature", signature.parse()?);
    let delivery = webhooks::Verifier::new("whsec").receive(&headers, &body[..])?;
    assert_eq!(delivery.id(), Some("evt_1"));
    assert_eq!(delivery.kind(), Some("payment.approved"));
    match delivery.event() {
        Event::PaymentApproved(event) => assert_eq!(event.event_id, "evt_1"),
        Event::Unknown(event) => return Err(format!("{event:?}").into()),
    }
    let unknown = Event::parse(br#"{"event_kind":"payment.failed"}"#);
    let Event::Unknown(unknown) = unknown else {
        return Err("nobody knows that kind".into());
    };
    assert_eq!(unknown.kind(), Some("payment.failed"));
    Ok(())
}
