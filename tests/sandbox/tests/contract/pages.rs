//! The pages as a browser without scripts sees them: what they lead to, and what they refuse.

use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde_json::json;
use tilt_sandbox::TestCard;

use crate::api::{Api, LAUNCH_TOKENS, ORDER, ORDERS, VOID};

/// A browser that is told where it is sent, and does not go.
fn browser() -> Client {
    let client = Client::builder().no_proxy().redirect(Policy::none());
    client.build().expect("a client")
}

fn location(response: &Response) -> &str {
    let header = response.headers().get("location");
    header.and_then(|it| it.to_str().ok()).unwrap_or_default()
}

/// A page's text, checked for what each page promises.
async fn page(response: Response) -> (u16, String) {
    let header = |name: &str| {
        let value = response.headers().get(name);
        value.and_then(|it| it.to_str().ok()).unwrap_or_default()
    };
    assert!(header("content-security-policy").starts_with("default-src 'none'"));
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(header("referrer-policy"), "no-referrer");
    let status = response.status().as_u16();
    (status, response.text().await.expect("text"))
}

fn card(number: &str) -> [(&'static str, String); 4] {
    let own = |text: &str| text.to_owned();
    [
        ("card_number", own(number)),
        ("expiry", own("12/30")),
        ("cvv", own("123")),
        ("zip", own("62701")),
    ]
}

/// An order of 50 dollars with a form, its id and the form's link.
async fn hosted(api: &Api) -> (String, String) {
    let mut body = api.order_body(5000);
    body["description"] = "Brakes <b>& more</b>".into();
    body["return_url"] = "https://shop.example/thanks?cart=7".into();
    body["cancel_url"] = "https://shop.example/cart".into();
    let order = api.post(ORDERS, &[], &body).await;
    let text = |name: &str| order.text(name).to_owned();
    (text("order_id"), text("hosted_checkout_url"))
}

#[tokio::test]
async fn a_customer_pays_by_the_hosted_form_and_is_sent_back_once() {
    let api = Api::start().await;
    let (order, url) = hosted(&api).await;
    let (status, shown) = page(browser().get(&url).send().await.expect("an answer")).await;
    assert_eq!(status, 200);
    for text in [
        "Main Street Motors",
        "50.00 USD",
        "Brakes &#60;b&#62;&#38; more",
        "https://shop.example/cart",
    ] {
        assert!(shown.contains(text), "{text}\n{shown}");
    }

    let paid = browser()
        .post(&url)
        .form(&card(TestCard::VisaApproved.number()));
    let paid = paid.send().await.expect("an answer");

    assert_eq!(paid.status(), 303);
    assert_eq!(
        location(&paid),
        format!("https://shop.example/thanks?cart=7&order_id={order}&status=paid")
    );
    assert_eq!(api.get(ORDER, &[&order]).await.text("status"), "paid");
    for again in [
        browser().get(&url),
        browser().post(&url).form(&card("4111111111111111")),
    ] {
        let (status, text) = page(again.send().await.expect("an answer")).await;
        assert_eq!(status, 410);
        assert!(text.contains("Already paid"), "{text}");
    }
    let paid = api.get(ORDER, &[&order]).await;
    assert_eq!(paid.body["payments"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_form_that_was_paid_by_stays_closed_when_its_payment_is_voided() {
    let api = Api::start().await;
    let (order, url) = hosted(&api).await;
    let paid = browser().post(&url).form(&card("4111111111111111"));
    assert_eq!(paid.send().await.expect("an answer").status(), 303);
    let paid = api.get(ORDER, &[&order]).await;
    let payment = paid.body["payments"][0]["payment_id"].as_str();
    let payment = payment.expect("a payment").to_owned();
    let voided = api.post(VOID, &[&order, &payment], &json!({})).await;
    assert_eq!(voided.status, 200);
    for seconds in [0, 300] {
        api.advance(seconds).await;
        let again = browser().post(&url).form(&card("4111111111111111"));
        let (status, text) = page(again.send().await.expect("an answer")).await;
        assert_eq!(status, 410);
        assert!(text.contains("Already paid"), "{text}");
    }
}

#[tokio::test]
async fn the_event_of_a_hosted_payment_arrives_as_well() {
    let api = Api::start().await;
    let receiver = crate::receiver::Receiver::start().await;
    api.sandbox.register_webhook(&receiver.url).expect("a URL");
    let (_, url) = hosted(&api).await;
    let paid = browser()
        .post(&url)
        .form(&card(TestCard::AmexApproved.number()));
    assert_eq!(paid.send().await.expect("an answer").status(), 303);
    api.advance(0).await;
    let deliveries = api.sandbox.deliveries();
    assert_eq!(deliveries.len(), 1);
    assert_eq!(deliveries[0].event_kind, "payment.approved");
}

#[tokio::test]
async fn a_declined_card_stays_on_the_page_and_another_one_pays() {
    let api = Api::start().await;
    let (order, url) = hosted(&api).await;
    for (number, reason) in [
        (TestCard::VisaDeclined.number(), "do not honor"),
        ("4242424242424242", "none of the test cards"),
        ("4111111111111112", "Enter the number"),
    ] {
        let declined = browser().post(&url).form(&card(number));
        let (status, text) = page(declined.send().await.expect("an answer")).await;
        assert_eq!(status, 422);
        assert!(text.contains(reason), "{reason}\n{text}");
        assert!(!text.contains(&format!("value=\"{number}")), "{text}");
        assert_eq!(api.get(ORDER, &[&order]).await.text("status"), "open");
    }
    let paid = browser().post(&url).form(&card("5500 0000 0000 0004"));
    assert_eq!(paid.send().await.expect("an answer").status(), 303);
}

#[tokio::test]
async fn a_form_that_has_expired_says_so_and_charges_nothing() {
    let api = Api::start().await;
    let (order, url) = hosted(&api).await;
    api.advance(300).await;
    let late = browser().post(&url).form(&card("4111111111111111"));
    let (status, text) = page(late.send().await.expect("an answer")).await;
    assert_eq!(status, 410);
    assert!(text.contains("has expired"), "{text}");
    assert_eq!(api.get(ORDER, &[&order]).await.text("status"), "open");
    let unknown = format!("{}/checkout?token=other", api.sandbox.api_url());
    let (status, _) = page(browser().get(unknown).send().await.expect("an answer")).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn a_browser_is_sent_to_no_program() {
    let api = Api::start().await;
    for url in ["javascript:alert(1)", "data:text/html,x"] {
        let mut body = api.order_body(5000);
        body["return_url"] = url.into();
        body["cancel_url"] = "https://shop.example/cart".into();
        let refused = api.post(ORDERS, &[], &body).await;
        assert_eq!(refused.status, 400, "{url}");
    }
}

/// Launches `display_name`, and gives the cookie of the session.
async fn launch(api: &Api, display_name: &str) -> String {
    let body = json!({
        "external_user_id": "u-7",
        "display_name": display_name,
        "location_id": api.location().to_string(),
        "role_slug": "location_supervisor",
    });
    let url = api.post(LAUNCH_TOKENS, &[], &body).await;
    let url = url.text("launch_url").to_owned();
    let looked = browser().head(&url).send().await.expect("an answer");
    assert_eq!(looked.status(), 303, "HEAD uses nothing up");
    assert!(looked.headers().get("set-cookie").is_none());
    let entered = browser().get(&url).send().await.expect("an answer");
    assert_eq!(
        (entered.status().as_u16(), location(&entered)),
        (303, "/sale")
    );
    let cookie = entered.headers()["set-cookie"].to_str().expect("text");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
    let cookie = cookie.split(';').next().expect("a pair").to_owned();
    let (status, text) = page(browser().get(&url).send().await.expect("an answer")).await;
    assert_eq!(status, 410);
    assert!(text.contains("was used"), "{text}");
    cookie
}

/// The value of the form's token.
fn form_token(page: &str) -> String {
    let from = page.split("name=\"form_token\" value=\"").nth(1);
    let token = from.and_then(|rest| rest.split('"').next());
    token.expect("a token").to_owned()
}

#[tokio::test]
async fn a_launched_user_sells_under_a_name_and_a_role() {
    let api = Api::start().await;
    let sale = format!("{}/sale", api.sandbox.api_url());
    let cookie = launch(&api, "Ada <L>").await;
    let get = || browser().get(&sale).header("cookie", &cookie);
    let (status, text) = page(get().send().await.expect("an answer")).await;
    assert_eq!(status, 200);
    for expected in [
        "Ada &#60;L&#62;",
        "location_supervisor",
        "Main Street Motors",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    let send = async |token: &str, amount: &str, number: &str| {
        let mut form = card(number).to_vec();
        form.push(("form_token", token.to_owned()));
        form.push(("amount", amount.to_owned()));
        form.push(("description", "Tyres".to_owned()));
        let request = browser().post(&sale).header("cookie", &cookie);
        request.form(&form).send().await.expect("an answer")
    };
    let token = form_token(&text);

    assert_eq!(
        send("other", "49.90", "4111111111111111").await.status(),
        403
    );
    let (status, text) = page(send(&token, "0", "4111111111111111").await).await;
    assert_eq!(status, 422);
    assert!(text.contains("amount above nothing"), "{text}");
    assert!(api.sandbox.orders().is_empty());
    let (status, text) = page(send(&token, "49.90", "4000000000000002").await).await;
    assert_eq!(status, 422);
    assert!(text.contains("do not honor"), "{text}");
    let sold = send(&token, "49.90", "4111111111111111").await;
    assert_eq!(sold.status(), 303);

    let orders = api.sandbox.orders();
    let states = orders.iter().map(|it| (it.total_cents, it.status()));
    assert_eq!(states.collect::<Vec<_>>(), [(4990, "open"), (4990, "paid")]);
    assert!(location(&sold).ends_with(&orders[1].order_id.to_string()));
    let [open, paid] = [0, 1].map(|at: usize| orders[at].order_id.to_string());
    for (order, is_told) in [(paid, true), (open, false), ("any".to_owned(), false)] {
        let shown = browser().get(format!("{sale}?order={order}"));
        let shown = shown.header("cookie", &cookie).send().await;
        let (_, text) = page(shown.expect("an answer")).await;
        assert_eq!(text.contains(" is paid."), is_told, "{order}\n{text}");
    }
    let signed_out = browser()
        .post(format!("{}/sign-out", api.sandbox.api_url()))
        .header("cookie", &cookie)
        .form(&[("form_token", &token)]);
    page(signed_out.send().await.expect("an answer")).await;
    let (status, _) = page(get().send().await.expect("an answer")).await;
    assert_eq!(status, 401);
}

#[tokio::test]
async fn a_launch_link_expires_and_a_stranger_is_not_signed_in() {
    let api = Api::start().await;
    let body = json!({"external_user_id": "u-7", "location_id": api.location().to_string()});
    let url = api.post(LAUNCH_TOKENS, &[], &body).await;
    let nobody = json!({"external_user_id": "", "location_id": api.location().to_string()});
    let refused = api.post(LAUNCH_TOKENS, &[], &nobody).await;
    assert_eq!(refused.error(), (422, "empty_user_id"));
    api.advance(600).await;
    let late = browser().get(url.text("launch_url")).send().await;
    let (status, text) = page(late.expect("an answer")).await;
    assert_eq!(status, 410);
    assert!(text.contains("has expired"), "{text}");
    let sale = format!("{}/sale", api.sandbox.api_url());
    let stranger = browser().get(sale).header("cookie", "tilt_pos=guess");
    let (status, _) = page(stranger.send().await.expect("an answer")).await;
    assert_eq!(status, 401);
}
