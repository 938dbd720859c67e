//! Faults that tests put in a client's way.

use std::time::Duration;

use http::Method;
use tilt_sandbox::{Fault, Trigger};

use crate::api::{Api, LOCATIONS, ORDERS};

fn create(api: &Api) -> reqwest::RequestBuilder {
    api.request(&Method::POST, ORDERS, &[])
        .json(&api.order_body(5000))
}

#[tokio::test]
async fn an_injected_answer_has_no_effect_and_comes_once() {
    let api = Api::start().await;
    api.sandbox.inject(Trigger::next(), Fault::status(500));
    let answer = api.send(Method::POST, ORDERS, create(&api)).await;
    assert_eq!(answer.error(), (500, "injected_fault"));
    assert!(api.sandbox.orders().is_empty());
    let answer = api.send(Method::POST, ORDERS, create(&api)).await;
    assert_eq!(answer.status, 201);
}

#[tokio::test]
async fn the_second_request_to_a_route_can_be_limited() {
    let api = Api::start().await;
    let second = Trigger::to(Method::POST, ORDERS).after(1);
    api.sandbox.inject(second, Fault::too_many_requests(7));
    assert_eq!(api.get(LOCATIONS, &[]).await.status, 200);
    assert_eq!(
        api.send(Method::POST, ORDERS, create(&api)).await.status,
        201
    );
    let limited = api.send(Method::POST, ORDERS, create(&api)).await;
    assert_eq!(limited.status, 429);
    assert_eq!(limited.headers["retry-after"], "7");
}

#[tokio::test]
async fn a_lost_answer_took_effect_and_a_lost_request_did_not() {
    let api = Api::start().await;
    for (fault, orders) in [(Fault::LostRequest, 0), (Fault::LostAnswer, 1)] {
        api.sandbox.inject(Trigger::next(), fault);
        let error = create(&api).send().await.expect_err("no answer");
        assert!(!error.is_connect() && !error.is_timeout(), "{error:?}");
        assert_eq!(api.sandbox.orders().len(), orders);
    }
    let answer = api.send(Method::POST, ORDERS, create(&api)).await;
    assert_eq!(answer.status, 201, "a new connection is not cut");
}

#[tokio::test]
async fn a_truncated_answer_has_a_head_and_half_a_body() {
    let api = Api::start().await;
    api.sandbox.inject(Trigger::next(), Fault::TruncatedAnswer);
    let answer = create(&api).send().await.expect("a head");
    assert_eq!(answer.status(), 201);
    assert!(answer.bytes().await.is_err());
    assert_eq!(api.sandbox.orders().len(), 1);
}

#[tokio::test]
async fn a_delayed_answer_comes_after_the_client_gave_up() {
    let api = Api::start().await;
    let for_ever = Duration::from_secs(3600);
    api.sandbox.inject(Trigger::next(), Fault::Delay(for_ever));
    let request = create(&api).timeout(Duration::from_millis(100));
    let error = request.send().await.expect_err("no answer");
    assert!(error.is_timeout());
}

#[tokio::test]
async fn an_injected_answer_can_be_what_a_proxy_says() {
    let api = Api::start().await;
    let fault = Fault::Answer {
        status: 502,
        headers: vec![("content-type", "text/html".into())],
        body: "<h1>Bad gateway</h1>".into(),
    };
    api.sandbox.inject(Trigger::next().times(2), fault);
    for _ in 0..2 {
        let answer = create(&api).send().await.expect("an answer");
        assert_eq!(answer.status(), 502);
        assert_eq!(answer.headers()["content-type"], "text/html");
        assert_eq!(answer.text().await.expect("text"), "<h1>Bad gateway</h1>");
    }
}

#[tokio::test]
async fn the_token_endpoint_can_fail_as_well() {
    let api = Api::start().await;
    let trigger = Trigger::to(Method::POST, "/oauth2/token");
    api.sandbox.inject(trigger, Fault::status(503));
    let (id, secret) = (api.sandbox.client_id(), api.sandbox.client_secret());
    let (status, answer) = api.ask_for_token(id, &secret, "").await;
    assert_eq!(
        (status, answer["error"].as_str()),
        (503, Some("temporarily_unavailable"))
    );
}

#[tokio::test]
async fn a_dropped_sandbox_stops_answering() {
    let api = Api::start().await;
    let request = api.request(&Method::GET, LOCATIONS, &[]);
    let request = request.build().expect("a request");
    let Api { sandbox, http, .. } = api;
    drop(sandbox);
    // A sandbox of another test may get the port: it does not know the token.
    loop {
        let again = request.try_clone().expect("no body");
        match http.execute(again).await {
            Ok(answer) if answer.status() == 200 => tokio::task::yield_now().await,
            Ok(_) | Err(_) => break,
        }
    }
}

#[tokio::test]
async fn secrets_are_not_in_debug_output() {
    let api = Api::start().await;
    api.get(LOCATIONS, &[]).await;
    let shown = format!("{:?} {:?}", api.sandbox, api.sandbox.exchanges());
    for secret in [
        api.sandbox.client_secret(),
        api.sandbox.signing_secret().into(),
    ] {
        assert!(!shown.contains(&secret));
    }
    assert!(shown.contains("GET /pos/v1/locations -> 200"));
}
