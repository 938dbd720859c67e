//! The pages of the local Tilt in a real browser: what a customer, a cashier and an administrator do, and what axe-core
//! says of each page. Pictures are written to `target/screenshots`.

mod dealer;
mod driver;

use std::process::Command;

use dealer::Dealer;
use driver::{Driver, axe, look, start};
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use tilt_sandbox::{Inventory, Sandbox, TestCard};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// A sandbox, and a token for its API.
struct Tilt {
    sandbox: Sandbox,
    http: reqwest::Client,
    token: String,
}

impl Tilt {
    async fn start() -> Self {
        let sandbox = Sandbox::builder().manual_clock().rate_limit(None);
        let sandbox = sandbox.start().await.expect("a sandbox");
        let http = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a client");
        let secret = sandbox.client_secret();
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", sandbox.client_id()),
            ("client_secret", &secret),
            ("scope", ""),
        ];
        let answer = http.post(sandbox.token_url()).form(&form).send().await;
        let answer: Value = answer.expect("an answer").json().await.expect("JSON");
        let token = answer["access_token"].as_str().expect("a token").to_owned();
        Self {
            sandbox,
            http,
            token,
        }
    }

    async fn post(&self, path: &str, mut body: Value) -> Value {
        body["location_id"] = self.sandbox.locations()[0].location_id.to_string().into();
        let request = self.http.post(format!("{}{path}", self.sandbox.api_url()));
        let request = request.bearer_auth(&self.token).json(&body);
        let answer = request.send().await.expect("an answer");
        answer.json().await.expect("JSON")
    }
}

/// A shop that says thanks to everybody who comes.
async fn shop() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = [0; 4096];
                let page = "<!doctype html><html lang=en><title>Shop</title><h1>Thanks</h1></html>";
                let answer = format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{page}",
                    page.len()
                );
                // A browser may hang up at any time.
                let _ = stream.read(&mut request).await;
                let _ = stream.write_all(answer.as_bytes()).await;
            });
        }
    });
    format!("http://{address}/thanks")
}

// A click may lead to another page, and what comes next must not meet the old one: each of these waits for its own.

async fn fill(browser: &Client, id: &str, text: &str) {
    let field = browser.wait().for_element(Locator::Id(id)).await;
    let field = field.expect("a field");
    field.clear().await.expect("an empty field");
    field.send_keys(text).await.expect("a text");
}

/// A page may be replaced while something is looked for on it, and between that and using what was found.
const ATTEMPTS: usize = 10;

async fn press(browser: &Client, text: &str) {
    let button = format!("//*[self::button or self::a][normalize-space()='{text}']");
    let mut clicked = Ok(());
    for _ in 0..ATTEMPTS {
        let found = browser.wait().for_element(Locator::XPath(&button)).await;
        let is_found = found.is_ok();
        clicked = match found {
            Ok(found) => found.click().await,
            Err(error) => Err(error),
        };
        let is_over = match &clicked {
            Ok(()) | Err(CmdError::WaitTimeout) => true,
            // A click that failed otherwise may have been one.
            Err(error) => is_found && !error.is_stale_element_reference(),
        };
        if is_over {
            break;
        }
    }
    clicked.expect("a click");
}

/// Waits for a page that has this text; gives all text of it.
async fn shown(browser: &Client, text: &str) -> String {
    let page = format!("//body[contains(normalize-space(.), '{text}')]");
    let mut read = Ok(String::new());
    for _ in 0..ATTEMPTS {
        let found = browser.wait().for_element(Locator::XPath(&page)).await;
        assert!(found.is_ok(), "no page has `{text}`: {found:?}");
        read = found.expect("a page").text().await;
        let is_replaced = |error: &CmdError| error.is_stale_element_reference();
        if !read.as_ref().is_err_and(is_replaced) {
            break;
        }
    }
    read.expect("text")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_pays_by_keyboard_and_comes_back_to_the_shop() {
    let Some(driver) = start() else { return };
    let (axe, tilt, shop) = (axe(), Tilt::start().await, shop().await);
    let browser = driver.browser().await;
    let body = json!({
        "total_cents": 12_345, "description": "Brakes, front", "external_reference": "INV-7",
        "return_url": shop, "cancel_url": format!("{shop}?cancelled"),
    });
    let order = tilt.post("/pos/v1/orders", body).await;
    let url = order["hosted_checkout_url"].as_str().expect("a link");
    browser.goto(url).await.expect("the page");
    look(&browser, axe.as_deref(), "checkout").await;

    card(&browser, TestCard::VisaDeclined).await;
    press(&browser, "Pay 123.45 USD").await;
    shown(&browser, "do not honor").await;
    look(&browser, axe.as_deref(), "checkout-declined").await;

    // From the number on by keyboard alone; expiry and ZIP are still there.
    let number = browser
        .find(Locator::Id("card_number"))
        .await
        .expect("a field");
    number
        .send_keys(TestCard::VisaApproved.number())
        .await
        .expect("digits");
    let keys = [
        Key::Tab.into(),
        Key::Tab.into(),
        '1',
        '2',
        '3',
        Key::Enter.into(),
    ];
    for key in keys {
        let field = browser.active_element().await.expect("a field");
        field.send_keys(&key.to_string()).await.expect("a key");
    }
    shown(&browser, "Thanks").await;
    let done = browser.current_url().await.expect("a URL");
    let id = order["order_id"].as_str().expect("an id");
    assert_eq!(done.as_str(), format!("{shop}?order_id={id}&status=paid"));
    browser.goto(url).await.expect("the page");
    shown(&browser, "Already paid").await;
    look(&browser, axe.as_deref(), "checkout-paid").await;
    browser.close().await.expect("the end");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cashier_is_launched_and_takes_a_payment() {
    let Some(driver) = start() else { return };
    let (axe, tilt) = (axe(), Tilt::start().await);
    let browser = driver.browser().await;
    let body = json!({"external_user_id": "u-7", "display_name": "Ada"});
    let launch = tilt.post("/pos/v1/launch-tokens", body).await;
    // The link is on a page of the partner's, which is another site.
    let elsewhere = shop().await.replace("127.0.0.1", "localhost");
    browser.goto(&elsewhere).await.expect("the page");
    let follow = "location.href = arguments[0]";
    let followed = browser.execute(follow, vec![launch["launch_url"].clone()]);
    followed.await.expect("a page");
    shown(&browser, "Ada, location_cashier").await;
    assert!(browser.current_url().await.expect("a URL").path() == "/sale");
    shown(&browser, "Ada, location_cashier").await;
    look(&browser, axe.as_deref(), "sale").await;
    fill(&browser, "amount", "49.90").await;
    fill(&browser, "description", "Tyres").await;
    card(&browser, TestCard::DiscoverApproved).await;
    press(&browser, "Take payment").await;
    let sold = shown(&browser, "is paid").await;
    assert!(sold.contains("49.90 USD"), "{sold}");
    look(&browser, axe.as_deref(), "sale-paid").await;
    press(&browser, "Sign out").await;
    shown(&browser, "Signed out").await;
    browser.close().await.expect("the end");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_a_customer_pays_a_cashier_sells_and_the_portal_lists_both() {
    let Some(driver) = start() else { return };
    let (tilt, shop) = (Tilt::start().await, shop().await);
    let browser = driver.without_scripts().await;
    let page = "data:text/html,<p id=text>none</p><script>text.textContent = 'ran'</script>";
    browser.goto(page).await.expect("a page");
    shown(&browser, "none").await;

    let order = json!({"total_cents": 12_345, "return_url": shop, "cancel_url": shop});
    let order = tilt.post("/pos/v1/orders", order).await;
    let url = order["hosted_checkout_url"].as_str().expect("a link");
    browser.goto(url).await.expect("the page");
    card(&browser, TestCard::VisaDeclined).await;
    press(&browser, "Pay 123.45 USD").await;
    shown(&browser, "do not honor").await;
    card(&browser, TestCard::VisaApproved).await;
    press(&browser, "Pay 123.45 USD").await;
    shown(&browser, "Thanks").await;

    let launch = json!({"external_user_id": "u-7", "display_name": "Ada"});
    let launch = tilt.post("/pos/v1/launch-tokens", launch).await;
    let url = launch["launch_url"].as_str().expect("a link");
    browser.goto(url).await.expect("the page");
    fill(&browser, "amount", "49.90").await;
    card(&browser, TestCard::DiscoverApproved).await;
    press(&browser, "Take payment").await;
    shown(&browser, "is paid").await;

    let portal = format!("{}/admin", tilt.sandbox.api_url());
    browser.goto(&portal).await.expect("the portal");
    press(&browser, "Sign in").await;
    press(&browser, "Transactions").await;
    let page = shown(&browser, "49.90 USD").await;
    assert!(page.contains("123.45 USD"), "{page}");
    browser.close().await.expect("the end");
}

/// Fills in a card that has years to go.
async fn card(browser: &Client, card: TestCard) {
    for (id, text) in [
        ("card_number", card.number()),
        ("expiry", "12/30"),
        ("cvv", "123"),
        ("zip", "62701"),
    ] {
        fill(browser, id, text).await;
    }
}

/// The JSON that curl is answered with.
fn curl(arguments: &[&str]) -> Value {
    let mut curl = Command::new("curl");
    let output = curl.args(["--noproxy", "*", "-s"]).args(arguments).output();
    let output = output.expect("curl runs");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Makes a client in the portal; gives its id and secret.
async fn provision(browser: &Client, axe: Option<&str>, base: &str) -> (String, String) {
    browser
        .goto(&format!("{base}/admin"))
        .await
        .expect("the portal");
    look(browser, axe, "admin").await;
    press(browser, "Sign in").await;
    press(browser, "API clients").await;
    look(browser, axe, "admin-clients").await;
    fill(browser, "name", "Quick start").await;
    for scope in ["tilt/payments:create", "tilt/payments:read"] {
        let choice = format!("input[value='{scope}']");
        let choice = browser.find(Locator::Css(&choice)).await.expect("a choice");
        choice.click().await.expect("a click");
    }
    press(browser, "Create client").await;
    let said = shown(browser, "shown this once").await;
    look(browser, axe, "admin-client-made").await;
    let after = |before: &str| said.split(before).nth(1).unwrap_or_default();
    let id = after("has the id ").split('.').next().expect("an id");
    let secret = after("shown this once: ").split_whitespace().next();
    (id.to_owned(), secret.expect("a secret").to_owned())
}

/// The two commands of the documentation's quick start; gives the id of the order.
fn charge(tilt: &Tilt, (id, secret): (&str, &str)) -> String {
    let token = curl(&[
        "-X",
        "POST",
        &tilt.sandbox.token_url(),
        "-d",
        "grant_type=client_credentials",
        "-d",
        &format!("client_id={id}"),
        "-d",
        &format!("client_secret={secret}"),
        "-d",
        "scope=tilt/payments:create tilt/payments:read",
    ]);
    let location = tilt.sandbox.locations()[0].location_id.to_string();
    let order =
        json!({"location_id": location, "total_cents": 4990, "external_reference": "INV-1042"});
    let order = curl(&[
        "-X",
        "POST",
        &format!("{}/pos/v1/orders", tilt.sandbox.api_url()),
        "-H",
        &format!(
            "Authorization: Bearer {}",
            token["access_token"].as_str().expect("a token")
        ),
        "-H",
        "Content-Type: application/json",
        "-d",
        &order.to_string(),
    ]);
    order["order_id"].as_str().expect("an id").to_owned()
}

/// The documentation's quick start: a client from the portal, two commands, and the charge is in Transactions.
async fn quick_start(driver: &Driver, axe: Option<&str>, tilt: &Tilt) -> Client {
    let browser = driver.browser().await;
    let (id, secret) = provision(&browser, axe, &tilt.sandbox.api_url()).await;
    let order = charge(tilt, (&id, &secret));
    press(&browser, "Transactions").await;
    let page = shown(&browser, &order).await;
    for expected in ["49.90 USD", "INV-1042", "open"] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn the_quick_start_is_followed_word_for_word_and_each_page_of_the_portal_is_accessible() {
    let Some(driver) = start() else { return };
    let (axe, tilt) = (axe(), Tilt::start().await);
    let axe = axe.as_deref();
    let browser = quick_start(&driver, axe, &tilt).await;
    look(&browser, axe, "admin-transactions").await;
    fill(&browser, "reference", "1042").await;
    press(&browser, "Search").await;
    shown(&browser, "INV-1042").await;
    for (tab, name) in [
        ("Webhooks", "admin-webhooks"),
        ("Locations and users", "admin-locations"),
        ("Clock", "admin-clock"),
        ("Faults", "admin-faults"),
    ] {
        press(&browser, tab).await;
        look(&browser, axe, name).await;
    }
    press(&browser, "Transactions").await;
    // A charge that comes now is seen without a reload.
    tilt.post("/pos/v1/orders", json!({"total_cents": 777}))
        .await;
    let live = Locator::XPath("//td[normalize-space()='7.77 USD']");
    browser
        .wait()
        .for_element(live)
        .await
        .expect("the page looks again");
    browser.close().await.expect("the end");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_pulls_vehicles_and_sees_what_changed_and_what_was_refused() {
    let Some(driver) = start() else { return };
    let axe = axe();
    let sandbox = Sandbox::builder().manual_clock();
    let sandbox = sandbox.inventory(Inventory::from(Dealer::default()));
    let sandbox = sandbox.start().await.expect("a sandbox");
    let browser = driver.browser().await;
    let portal = format!("{}/admin", sandbox.api_url());
    browser.goto(&portal).await.expect("the portal");
    press(&browser, "Sign in").await;
    press(&browser, "Inventory").await;
    shown(&browser, "None yet.").await;
    press(&browser, "Pull now").await;
    shown(&browser, "changes: 2").await;
    press(&browser, "Pull now").await;
    let page = shown(&browser, "faults of refused vehicles: 1").await;
    for expected in [
        "price 24,999.00 → 23,499.00",
        "5YJSA1E26HF000337 is gone",
        "page 1, /vehicles/1/vin",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    look(&browser, axe.as_deref(), "admin-inventory").await;
    browser.close().await.expect("the end");
}
