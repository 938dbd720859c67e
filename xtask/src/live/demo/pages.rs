//! Pages for people: the hosted payment form and the POS, by HTTP as a browser sends it.

use super::payments::failed;
use super::transcript::Transcript;
use super::{DemoError, expect};
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client as Browser, Response, StatusCode};
use std::time::SystemTime;
use tilt_generated::types::{CreateLaunchToken, CreateOrder, LaunchRole, LocationId, OrderStatus};
use tilt_generated::{Client, HostedCheckout, required};
use tilt_sandbox::{Sandbox, TestCard};

const TOTAL_CENTS: i64 = 1999;
const BACK: &str = "https://shop.example.com/thanks";

pub(crate) async fn show(
    tilt: &Client,
    location: LocationId,
    sandbox: &Sandbox,
    transcript: &mut Transcript,
) -> Result<(), DemoError> {
    let browser = Browser::builder()
        .no_proxy()
        .redirect(Policy::none())
        .build()
        .map_err(unreachable("start a browser"))?;
    checkout(tilt, location.clone(), &browser, transcript).await?;
    launch(tilt, location, &browser, sandbox, transcript).await
}

async fn checkout(
    tilt: &Client,
    location: LocationId,
    browser: &Browser,
    transcript: &mut Transcript,
) -> Result<(), DemoError> {
    transcript.step("Pay an order on Tilt's own page");
    let order = CreateOrder::new(location, TOTAL_CENTS)
        .return_url(BACK)
        .cancel_url("https://shop.example.com/cart");
    let order = tilt
        .orders()
        .create(order)
        .await
        .map_err(failed("create an order"))?;
    let HostedCheckout::Open(url) = order.hosted_checkout(SystemTime::now()) else {
        return expect(false, "an order with a form", &order);
    };
    let form = browser
        .get(url.expose())
        .send()
        .await
        .map_err(unreachable("open the form"))?;
    expect(form.status() == StatusCode::OK, "the form", form.status())?;
    let number = TestCard::VisaApproved.number();
    let paid = browser
        .post(url.expose())
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(format!(
            "card_number={number}&expiry=12%2F30&cvv=123&zip=62701"
        ));
    let paid = paid.send().await.map_err(unreachable("send the form"))?;
    let back = header(&paid, LOCATION.as_str());
    expect(back.starts_with(BACK), "the way back to the shop", &back)?;
    transcript.fact("back at", back);
    let order = tilt
        .orders()
        .get(order.order_id)
        .await
        .map_err(failed("read the order"))?;
    transcript.fact("status", &order.status);
    expect(
        order.status == OrderStatus::Paid,
        "a paid order",
        &order.status,
    )
}

async fn launch(
    tilt: &Client,
    location: LocationId,
    browser: &Browser,
    sandbox: &Sandbox,
    transcript: &mut Transcript,
) -> Result<(), DemoError> {
    transcript.step("Launch the POS for a user");
    let user = CreateLaunchToken::from(required::CreateLaunchToken {
        external_user_id: "user-17".into(),
        location_id: location,
    });
    let user = user
        .display_name("Alice Example")
        .role_slug(LaunchRole::LocationCashier);
    let link = tilt
        .launch_tokens()
        .create(user)
        .await
        .map_err(failed("create a launch token"))?;
    let entered = browser.get(link.launch_url.expose()).send().await;
    let entered = entered.map_err(unreachable("follow the link"))?;
    let page = header(&entered, LOCATION.as_str());
    let session = header(&entered, SET_COOKIE.as_str());
    let session = session.split(';').next().unwrap_or_default().to_owned();
    let sale = browser
        .get(format!("{}{page}", sandbox.api_url()))
        .header(COOKIE, session);
    let sale = sale.send().await.map_err(unreachable("open the sale"))?;
    let text = sale.text().await.map_err(unreachable("read the sale"))?;
    expect(
        text.contains("Alice Example"),
        "the sale of this user",
        &page,
    )?;
    transcript.fact("signed in at", page);
    let again = browser.get(link.launch_url.expose()).send().await;
    let again = again
        .map_err(unreachable("follow the link again"))?
        .status();
    transcript.fact("again", again);
    expect(again == StatusCode::GONE, "a link that works once", again)
}

/// A header of an answer, or nothing.
fn header(response: &Response, name: &str) -> String {
    let value = response.headers().get(name).and_then(|it| it.to_str().ok());
    value.unwrap_or_default().to_owned()
}

/// Without the address, which is a secret.
fn unreachable(action: &'static str) -> impl FnOnce(reqwest::Error) -> DemoError {
    move |error| DemoError::Page {
        action,
        error: error.without_url(),
    }
}
