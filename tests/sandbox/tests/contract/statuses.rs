//! Every documented status of every operation can be had from the sandbox, and no other.

use std::collections::BTreeSet;

use http::Method;
use serde_json::{Value, json};
use tilt_sandbox::{Exchange, Location, PaymentStatus, RateLimit, Sandbox, scope};

use crate::api::{
    Api, LAUNCH_TOKENS, LOCATION, LOCATIONS, ORDER, ORDERS, PAYMENT, PAYMENTS, REFUND, REFUNDS,
    VOID,
};
use crate::oracle::Oracle;

const NOBODY: &str = "00000000-0000-4000-8000-000000000000";
const NO_ID: &str = "not-a-uuid";

/// An operation, ids that it accepts as far as their form goes, and a body that it accepts.
struct Case {
    method: Method,
    route: &'static str,
    ids: &'static [&'static str],
    body: Option<Value>,
    scope: &'static str,
}

fn cases(api: &Api) -> Vec<Case> {
    let case = |method, route, ids, body, scope| Case {
        method,
        route,
        ids,
        body,
        scope,
    };
    let payment = json!({"method": "card", "amount_cents": 100});
    let refund = json!({"amount_cents": 100});
    let launch = json!({"external_user_id": "u-1", "location_id": api.location().to_string()});
    let (get, post) = (|| Method::GET, || Method::POST);
    vec![
        case(
            post(),
            ORDERS,
            &[],
            Some(api.order_body(100)),
            scope::PAYMENTS_CREATE,
        ),
        case(get(), ORDER, &[NOBODY], None, scope::PAYMENTS_READ),
        case(
            post(),
            PAYMENTS,
            &[NOBODY],
            Some(payment),
            scope::PAYMENTS_CREATE,
        ),
        case(get(), PAYMENT, &[NOBODY; 2], None, scope::PAYMENTS_READ),
        case(post(), VOID, &[NOBODY; 2], None, scope::PAYMENTS_CREATE),
        case(
            post(),
            REFUNDS,
            &[NOBODY; 2],
            Some(refund),
            scope::PAYMENTS_REFUND,
        ),
        case(get(), REFUND, &[NOBODY; 3], None, scope::PAYMENTS_READ),
        case(get(), LOCATIONS, &[], None, scope::LOCATIONS_READ),
        case(get(), LOCATION, &[NOBODY], None, scope::LOCATIONS_READ),
        case(post(), LAUNCH_TOKENS, &[], Some(launch), scope::POS_LAUNCH),
    ]
}

async fn run(api: &Api, case: &Case) -> (u16, String) {
    let mut request = api.request(&case.method, case.route, case.ids);
    if let Some(body) = &case.body {
        request = request.json(body);
    }
    let answer = api.send(case.method.clone(), case.route, request).await;
    (answer.status, answer.text("error").into())
}

#[tokio::test]
async fn every_documented_status_occurs_and_no_other() {
    let seen: BTreeSet<String> = exchanges().await.iter().map(line).collect();
    let documented = Oracle::new().statuses();
    let missing: Vec<_> = documented.difference(&seen).collect();
    let undocumented: Vec<_> = seen.difference(&documented).collect();
    assert!(missing.is_empty(), "never seen: {missing:?}");
    assert!(undocumented.is_empty(), "not documented: {undocumented:?}");
}

/// Exchanges that show every status of every operation.
pub(crate) async fn exchanges() -> Vec<Exchange> {
    let mut exchanges = Vec::new();
    for api in [
        successes().await,
        wrong_requests().await,
        without_access().await,
        without_resources().await,
        conflicts().await,
        over_the_limit().await,
    ] {
        exchanges.extend(api.sandbox.exchanges().into_iter().filter(is_api));
    }
    exchanges
}

fn is_api(exchange: &Exchange) -> bool {
    exchange.uri.path().starts_with("/pos/v1")
}

fn line(exchange: &Exchange) -> String {
    let route = exchange.route.as_deref().unwrap_or_default();
    format!("{} {route} {}", exchange.method, exchange.status.as_u16())
}

async fn successes() -> Api {
    let api = Api::start().await;
    let (order, payment) = api.paid(5000).await;
    api.get(ORDER, &[&order]).await;
    api.get(PAYMENT, &[&order, &payment]).await;
    let refund = api.refund(&order, &payment, 100).await;
    api.get(REFUND, &[&order, &payment, refund.text("refund_id")])
        .await;
    let (order, payment) = api.paid(5000).await;
    let request = api.request(&Method::POST, VOID, &[&order, &payment]);
    api.send(Method::POST, VOID, request).await;
    api.get(LOCATIONS, &[]).await;
    api.get(LOCATION, &[&api.location().to_string()]).await;
    let user = json!({"external_user_id": "u-1", "location_id": api.location().to_string()});
    api.post(LAUNCH_TOKENS, &[], &user).await;
    api
}

async fn wrong_requests() -> Api {
    let api = Api::start().await;
    for case in cases(&api) {
        let ids = vec![NO_ID; case.ids.len()];
        let mut request = api.request(&case.method, case.route, &ids);
        if case.body.is_some() {
            request = request.json(&json!([]));
        }
        if case.route == LOCATIONS {
            request = request.query(&[("limit", "201")]);
        }
        let answer = api.send(case.method, case.route, request).await;
        assert_eq!(answer.error(), (400, "invalid_request"), "{}", case.route);
    }
    api
}

async fn without_access() -> Api {
    let mut api = Api::start().await;
    let every = [
        scope::LOCATIONS_READ,
        scope::PAYMENTS_READ,
        scope::PAYMENTS_CREATE,
    ]
    .into_iter()
    .chain([scope::PAYMENTS_REFUND, scope::POS_LAUNCH]);
    let every: Vec<&str> = every.collect();
    for case in cases(&api) {
        api.use_token(None);
        assert_eq!(run(&api, &case).await, (401, "unauthorized".into()));
        api.use_token(Some("not-a-token".into()));
        assert_eq!(run(&api, &case).await, (401, "invalid_token".into()));
        let others: Vec<&str> = every
            .iter()
            .copied()
            .filter(|scope| *scope != case.scope)
            .collect();
        let token = api.mint(&others).await;
        api.use_token(token);
        assert_eq!(run(&api, &case).await, (403, "insufficient_scope".into()));
    }
    api
}

async fn without_resources() -> Api {
    let api = Api::start().await;
    let missing = |route| match route {
        ORDER | PAYMENTS | PAYMENT | VOID | REFUNDS | REFUND => "order_not_found",
        _ => "location_not_found",
    };
    for mut case in cases(&api) {
        if case.route == LOCATIONS {
            continue;
        }
        if let Some(body) = &mut case.body
            && body.get("location_id").is_some()
        {
            body["location_id"] = NOBODY.into();
        }
        let expected = (404, missing(case.route).to_owned());
        assert_eq!(run(&api, &case).await, expected, "{}", case.route);
    }
    let (order, payment) = api.paid(5000).await;
    let answer = api.get(PAYMENT, &[&order, NOBODY]).await;
    assert_eq!(answer.error(), (404, "payment_not_found"));
    let answer = api.get(REFUND, &[&order, &payment, NOBODY]).await;
    assert_eq!(answer.error(), (404, "refund_not_found"));
    api
}

async fn conflicts() -> Api {
    let api = Api::start().await;
    let key = |request: reqwest::RequestBuilder| request.header("Idempotency-Key", NOBODY);
    for (total, expected) in [(100, 201), (101, 409)] {
        let request = api.request(&Method::POST, ORDERS, &[]);
        let request = key(request).json(&api.order_body(total));
        assert_eq!(
            api.send(Method::POST, ORDERS, request).await.status,
            expected
        );
    }

    let (order, payment) = api.paid(5000).await;
    let card = json!({"method": "card", "amount_cents": 1});
    let answer = api.post(PAYMENTS, &[&order], &card).await;
    assert_eq!(answer.error(), (409, "order_already_paid"));
    let answer = api.refund(&order, &payment, 5001).await;
    assert_eq!(answer.error(), (422, "amount_too_high"));
    api.sandbox
        .set_payment_status(&payment, PaymentStatus::Declined)
        .expect("a payment");
    let answer = api.refund(&order, &payment, 1).await;
    assert_eq!(answer.error(), (409, "payment_not_refundable"));
    let request = api.request(&Method::POST, VOID, &[&order, &payment]);
    let answer = api.send(Method::POST, VOID, request).await;
    assert_eq!(answer.error(), (409, "payment_not_voidable"));

    let order = api.order(100).await;
    let card = json!({"method": "card", "amount_cents": 101});
    let answer = api.post(PAYMENTS, &[&order], &card).await;
    assert_eq!(answer.error(), (422, "amount_too_high"));

    let warehouse = Location::new("Warehouse").features(["inventory"]);
    let id = warehouse.location_id.to_string();
    api.sandbox.add_location(warehouse);
    let body = json!({"location_id": id, "total_cents": 100});
    let order = api.post(ORDERS, &[], &body).await;
    let card = json!({"method": "card", "amount_cents": 100});
    let answer = api.post(PAYMENTS, &[order.text("order_id")], &card).await;
    assert_eq!(answer.error(), (422, "payments_not_enabled"));
    api
}

async fn over_the_limit() -> Api {
    let builder = Sandbox::builder().manual_clock();
    let api = Api::with(builder.rate_limit(RateLimit::new(1, 1))).await;
    assert_eq!(api.get(LOCATIONS, &[]).await.status, 200);
    for case in cases(&api) {
        assert_eq!(run(&api, &case).await, (429, "rate_limited".into()));
    }
    api
}

#[tokio::test]
async fn paths_and_methods_that_do_not_exist_are_answered_with_an_envelope() {
    let api = Api::start().await;
    for (method, path, expected) in [
        (Method::GET, "/pos/v1/nothing", (404, "not_found")),
        (Method::GET, "/pos/v1/orders", (405, "method_not_allowed")),
        (
            Method::PUT,
            "/pos/v1/locations",
            (405, "method_not_allowed"),
        ),
    ] {
        let request = api.request(&method, path, &[]);
        let response = request.send().await.expect("an answer");
        let status = response.status().as_u16();
        let body: Value = response.json().await.expect("JSON");
        assert_eq!(
            (status, body["error"].as_str()),
            (expected.0, Some(expected.1))
        );
        assert!(body["request_id"].is_string() && body["message"].is_string());
    }
}

#[tokio::test]
async fn the_limit_gives_way_with_time() {
    let api = Api::with(Sandbox::builder().manual_clock()).await;
    for _ in 0..10 {
        assert_eq!(api.get(LOCATIONS, &[]).await.status, 200, "a burst of 10");
    }
    let answer = api.get(LOCATIONS, &[]).await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.headers["retry-after"], "1");
    api.advance(1).await;
    for _ in 0..5 {
        assert_eq!(api.get(LOCATIONS, &[]).await.status, 200, "5 per second");
    }
    assert_eq!(api.get(LOCATIONS, &[]).await.status, 429);
}
