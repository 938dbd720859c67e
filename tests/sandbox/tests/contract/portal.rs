//! The admin portal as a browser without scripts sees it.

use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use tilt_sandbox::{DeliveryStatus, PaymentStatus};

use crate::api::{Api, LOCATIONS, ORDER};

/// A browser that is signed in.
pub(crate) struct Portal {
    http: Client,
    base: String,
    cookie: String,
    form_token: String,
}

impl Portal {
    pub(crate) async fn enter(api: &Api) -> Self {
        let http = Client::builder().no_proxy().redirect(Policy::none());
        let mut portal = Self {
            http: http.build().expect("a client"),
            base: api.sandbox.api_url(),
            cookie: String::new(),
            form_token: String::new(),
        };
        let entered = portal.http.post(portal.url("/admin/sign-in"));
        let entered = entered.send().await.expect("an answer");
        assert_eq!(entered.status(), 303);
        let cookie = entered.headers()["set-cookie"].to_str().expect("text");
        portal.cookie = cookie.split(';').next().expect("a pair").to_owned();
        let page = portal.see("/admin/clients").await;
        let from = page.split("name=\"form_token\" value=\"").nth(1);
        let token = from.and_then(|rest| rest.split('"').next());
        portal.form_token = token.expect("a token").to_owned();
        portal
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    pub(crate) async fn see(&self, path: &str) -> String {
        let request = self.http.get(self.url(path)).header("cookie", &self.cookie);
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        answer.text().await.expect("text")
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let request = self
            .http
            .post(self.url(path))
            .header("cookie", &self.cookie);
        request.form(fields).send().await.expect("an answer")
    }

    /// Sends a form, and follows to what it leads to.
    pub(crate) async fn send(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let token = ("form_token", self.form_token.as_str());
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([token]).collect();
        let answer = self.post(path, &fields).await;
        assert_eq!(answer.status(), 303, "{path}");
        let to = answer.headers()["location"].to_str().expect("a path");
        self.see(to).await
    }
}

/// The text between two others.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split(before).nth(1).unwrap_or_default();
    rest.split(after).next().unwrap_or_default()
}

#[tokio::test]
async fn a_client_of_the_portal_gets_tokens_for_its_scopes_until_it_is_revoked() {
    let mut api = Api::start().await;
    let portal = Portal::enter(&api).await;
    let fields = [
        ("name", "Till <1>"),
        ("scope", "tilt/payments:create"),
        ("scope", "tilt/payments:read"),
        ("limit", "standard"),
    ];
    let made = portal.send("/admin/clients", &fields).await;
    assert!(made.contains("Till &#60;1&#62;"), "{made}");
    let id = between(&made, "has the id ", ".").to_owned();
    let secret = between(&made, "shown this once: <code>", "</code>").to_owned();
    assert!(
        !portal.see("/admin/clients").await.contains(&secret),
        "once"
    );
    let second = [fields[0], fields[1]];
    let token = ("form_token", portal.form_token.as_str());
    let second = [&second[..], &[token]].concat();
    let answer = portal.post("/admin/clients", &second).await;
    let to = answer.headers()["location"].to_str().expect("a path");
    for other in ["/admin/clients", "/admin/webhooks"] {
        portal.see(other).await;
    }
    for (is_told, when) in [(true, "another window takes nothing"), (false, "once")] {
        let told = portal.see(to).await.contains("shown this once");
        assert_eq!(told, is_told, "{when}");
    }

    let scope = "tilt/payments:create tilt/payments:read";
    let (status, _) = api.ask_for_token(&id, &secret, "tilt/locations:read").await;
    assert_eq!(status, 400);
    let (status, answer) = api.ask_for_token(&id, &secret, scope).await;
    assert_eq!(status, 200, "{answer}");
    api.use_token(answer["access_token"].as_str().map(String::from));
    assert_eq!(api.get(LOCATIONS, &[]).await.status, 403);
    api.order(5000).await;

    let rotated = portal
        .send(&format!("/admin/clients/{id}/rotate"), &[])
        .await;
    let other = between(&rotated, "shown this once: <code>", "</code>");
    assert_eq!(api.ask_for_token(&id, &secret, scope).await.0, 400);
    assert_eq!(api.ask_for_token(&id, other, scope).await.0, 200);
    let gone = portal
        .send(&format!("/admin/clients/{id}/revoke"), &[])
        .await;
    assert!(gone.contains("is shut out"), "{gone}");
    assert_eq!(api.ask_for_token(&id, other, scope).await.0, 400);
    let body = api.order_body(5000);
    let refused = api.post(crate::api::ORDERS, &[], &body).await;
    assert_eq!(refused.status, 401, "with a token of before");
}

#[tokio::test]
async fn nobody_gets_in_or_sends_a_form_from_elsewhere() {
    let api = Api::start().await;
    let portal = Portal::enter(&api).await;
    for path in [
        "clients",
        "webhooks",
        "transactions",
        "locations",
        "inventory",
        "clock",
        "faults",
    ] {
        let stranger = portal.http.get(portal.url(&format!("/admin/{path}")));
        let stranger = stranger.send().await.expect("an answer");
        assert_eq!(stranger.status(), 303, "{path}");
        assert_eq!(stranger.headers()["location"], "/admin");
    }
    for path in [
        "/admin/clients",
        "/admin/webhooks",
        "/admin/inventory/pull",
        "/admin/clock",
        "/admin/clock/midnight",
        "/admin/faults",
        "/admin/faults/clear",
        "/admin/sign-out",
        "/admin/clients/sandbox-client/revoke",
        "/admin/deliveries/0/replay",
    ] {
        for fields in [&[("form_token", "guess")][..], &[]] {
            let foreign = portal.post(path, fields).await;
            assert_eq!(foreign.status(), 403, "{path}");
        }
    }
    assert_eq!(api.sandbox.now().to_string(), "2026-01-15T09:00:00Z");
    let answer = portal
        .post("/admin/sign-out", &[("form_token", &portal.form_token)])
        .await;
    assert_eq!(answer.status(), 303);
    let request = portal.http.get(portal.url("/admin/clients"));
    let answer = request.header("cookie", &portal.cookie).send().await;
    assert_eq!(answer.expect("an answer").status(), 303);
}

#[tokio::test]
async fn transactions_are_found_by_reference_and_settle_at_midnight() {
    let api = Api::start().await;
    let portal = Portal::enter(&api).await;
    let mut body = api.order_body(123_456);
    body["external_reference"] = "INV-<7>".into();
    let order = api.post(crate::api::ORDERS, &[], &body).await;
    let order = order.text("order_id").to_owned();
    api.order(700).await;
    let payment = api.pay(&order, 123_456).await;
    portal
        .send("/admin/clock", &[("count", "1"), ("unit", "minutes")])
        .await;

    let all = portal.see("/admin/transactions").await;
    for text in ["1,234.56 USD", "7.00 USD", "INV-&#60;7&#62;", "approved"] {
        assert!(all.contains(text), "{text}\n{all}");
    }
    let found = portal.see("/admin/transactions?reference=inv-").await;
    assert!(
        found.contains(&payment) && !found.contains("7.00 USD"),
        "{found}"
    );
    let none = portal.see("/admin/transactions?reference=other").await;
    assert!(none.contains("None with that reference"), "{none}");
    portal.send("/admin/clock/midnight", &[]).await;
    let settled = api.sandbox.payment(&payment).expect("a payment");
    assert_eq!(settled.status, PaymentStatus::Settled);
}

#[tokio::test]
async fn an_operator_cancels_a_payment_before_it_is_processed() {
    let api = Api::start().await;
    let portal = Portal::enter(&api).await;
    let order = api.order(5000).await;
    let payment = api.pay(&order, 5000).await;
    let cancel = format!("/admin/payments/{payment}/cancel");
    let page = portal.send(&cancel, &[]).await;
    assert!(page.contains("is cancelled"), "{page}");
    let again = portal.send(&cancel, &[]).await;
    assert!(
        again.contains("Not cancelled: the payment is cancelled"),
        "{again}"
    );
    let other = portal.send("/admin/payments/other/cancel", &[]).await;
    assert!(other.contains("no such payment"), "{other}");
}

#[tokio::test]
async fn a_webhook_of_the_portal_is_signed_by_its_own_secret_and_replayed() {
    let api = Api::start().await;
    let receiver = crate::receiver::Receiver::start().await;
    let portal = Portal::enter(&api).await;
    let bad = portal
        .send("/admin/webhooks", &[("url", "http://example.com/")])
        .await;
    assert!(bad.contains("Not registered"), "{bad}");
    let made = portal
        .send("/admin/webhooks", &[("url", &receiver.url)])
        .await;
    let secret = between(&made, "shown this once: <code>", "</code>").to_owned();
    assert!(secret.starts_with("whsec_"), "{made}");
    api.paid(5000).await;
    let seen = portal.see("/admin/webhooks").await;
    assert!(
        seen.contains("payment.approved") && seen.contains("answered 204"),
        "{seen}"
    );
    portal.send("/admin/deliveries/0/replay", &[]).await;
    api.advance(0).await;
    assert_eq!(receiver.kinds(), ["payment.approved", "payment.approved"]);
    let events = receiver.events();
    for event in &events {
        let expected = tilt_sandbox::sign(&secret, &event.body);
        assert_eq!(event.headers[tilt_sandbox::SIGNATURE_HEADER], expected);
    }
    portal
        .send("/admin/webhooks/remove", &[("url", &receiver.url)])
        .await;
    api.paid(5000).await;
    assert_eq!(receiver.kinds().len(), 2);
}

#[tokio::test]
async fn an_endpoint_is_registered_once_and_gets_nothing_after_it_was_removed() {
    let api = Api::start().await;
    let receiver = crate::receiver::Receiver::start().await;
    let portal = Portal::enter(&api).await;
    let url = [("url", receiver.url.as_str())];
    let made = portal.send("/admin/webhooks", &url).await;
    let secret = between(&made, "shown this once: <code>", "</code>").to_owned();
    let again = portal.send("/admin/webhooks", &url).await;
    assert!(
        again.contains("already") && !again.contains("<code>whsec_"),
        "{again}"
    );
    receiver.answer_with([500]);
    api.paid(5000).await;
    assert_eq!(receiver.kinds().len(), 1);

    let gone = portal.send("/admin/webhooks/remove", &url).await;
    assert!(gone.contains("dead letter"), "{gone}");
    api.advance(24 * 60 * 60).await;
    assert_eq!(receiver.kinds().len(), 1);
    let refused = portal.send("/admin/deliveries/0/replay", &[]).await;
    assert!(refused.contains("was removed"), "{refused}");

    let made = portal.send("/admin/webhooks", &url).await;
    let other = between(&made, "shown this once: <code>", "</code>").to_owned();
    assert_ne!(other, secret);
    portal.send("/admin/deliveries/0/replay", &[]).await;
    api.advance(0).await;
    let replayed = &receiver.events()[1];
    assert_eq!(
        replayed.headers[tilt_sandbox::SIGNATURE_HEADER],
        tilt_sandbox::sign(&other, &replayed.body)
    );
}

#[tokio::test]
async fn faults_meet_the_api_and_no_page() {
    let api = Api::start().await;
    let portal = Portal::enter(&api).await;
    portal
        .send(
            "/admin/faults",
            &[("fault", "500"), ("route", ""), ("times", "1")],
        )
        .await;
    let shown = portal.see("/admin/faults").await;
    assert!(
        shown.contains("answer 500, and do nothing: any operation, once"),
        "{shown}"
    );
    assert_eq!(api.get(LOCATIONS, &[]).await.status, 500);
    assert_eq!(api.get(LOCATIONS, &[]).await.status, 200);
    let route = format!("GET {ORDER}");
    let fields = [("fault", "429"), ("route", route.as_str()), ("times", "2")];
    portal.send("/admin/faults", &fields).await;
    let fields = [("fault", "events_late"), ("route", ""), ("times", "3")];
    let shown = portal.send("/admin/faults", &fields).await;
    for told in [
        format!("answer 429, and do nothing: {route}, 2 times"),
        "so that others overtake them: events, 3 times".to_owned(),
    ] {
        assert!(shown.contains(&told), "{told}\n{shown}");
    }
    assert_eq!(api.get(LOCATIONS, &[]).await.status, 200);
    let order = api.order(5000).await;
    assert_eq!(api.get(ORDER, &[&order]).await.status, 429);
    portal.send("/admin/faults/clear", &[]).await;
    assert_eq!(api.get(ORDER, &[&order]).await.status, 200);
    for fields in [
        [("fault", "other"), ("route", ""), ("times", "1")],
        [("fault", "500"), ("route", "GET /other"), ("times", "1")],
        [("fault", "500"), ("route", ""), ("times", "0")],
    ] {
        portal.send("/admin/faults", &fields).await;
    }
    assert!(portal.see("/admin/faults").await.contains("None is on"));
}

#[tokio::test]
async fn events_come_twice_and_out_of_order_when_asked_to() {
    let api = Api::start().await;
    let receiver = crate::receiver::Receiver::start().await;
    api.sandbox.register_webhook(&receiver.url).expect("a URL");
    let portal = Portal::enter(&api).await;
    let faults = |fault| [("fault", fault), ("route", ""), ("times", "1")];
    portal.send("/admin/faults", &faults("events_twice")).await;
    api.paid(5000).await;
    assert_eq!(receiver.kinds(), ["payment.approved", "payment.approved"]);
    let events = receiver.events();
    assert_eq!(events[0].json()["event_id"], events[1].json()["event_id"]);

    portal.send("/admin/faults", &faults("events_late")).await;
    let (first, _) = api.paid(5100).await;
    let (second, _) = api.paid(5200).await;
    api.advance(60).await;
    let orders: Vec<String> = receiver.events()[2..]
        .iter()
        .map(|event| {
            event.json()["resource"]["order_id"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    assert_eq!(orders, [second, first], "the later one overtakes");
    let states = api.sandbox.deliveries();
    assert!(
        states
            .iter()
            .all(|it| it.status == DeliveryStatus::Delivered)
    );
}

#[tokio::test]
async fn the_portal_sets_the_card_that_a_location_is_shown() {
    let api = Api::start().await;
    let portal = Portal::enter(&api).await;
    let path = format!("/admin/locations/{}/card", api.location());
    let page = portal.send(&path, &[("card", "4000 0000 0000 0002")]).await;
    assert!(page.contains("present that card"), "{page}");
    let (order, payment) = api.paid(5000).await;
    assert_eq!(api.payment_status(&order, &payment).await, "declined");
    for (path, card) in [
        (path.as_str(), "1"),
        ("/admin/locations/other/card", "4111111111111111"),
    ] {
        let page = portal.send(path, &[("card", card)]).await;
        assert!(page.contains("There is no such"), "{page}");
    }
}

#[tokio::test]
async fn the_portal_is_not_reached_by_a_name_that_somebody_lets_lead_here() {
    let api = Api::start().await;
    let portal = Portal::enter(&api).await;
    for (host, status) in [
        ("evil.example", 421),
        ("localhost.evil.example:4010", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost:4010", 200),
        ("tilt.localhost", 200),
        ("127.0.0.1:4010", 200),
        ("[::1]:4010", 200),
    ] {
        let request = portal.http.get(portal.url("/admin/clients"));
        let request = request.header("host", host);
        let answer = request.header("cookie", &portal.cookie).send();
        assert_eq!(answer.await.expect("an answer").status(), status, "{host}");
    }
    let root = portal.http.get(portal.url("/")).send();
    assert_eq!(
        root.await.expect("an answer").headers()["location"],
        "/admin"
    );
}
