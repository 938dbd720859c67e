//! The SDK's examples of calls, against the local Tilt. Those of a receiver and of a journal have files of their own.

use std::error::Error;
use std::time::Duration;

use crate::tilt::Tilt;

#[allow(dead_code, reason = "its `main` is for people")]
#[path = "../../../tilt-generated/examples/hosted_checkout.rs"]
mod hosted_checkout;
#[allow(dead_code, reason = "its `main` is for people")]
#[path = "../../../tilt-generated/examples/pos_launch.rs"]
mod pos_launch;
#[allow(dead_code, reason = "its `main` is for people")]
#[path = "../../../tilt-generated/examples/quickstart.rs"]
mod quickstart;

#[tokio::test]
async fn the_quickstart_sells_something() -> Result<(), Box<dyn Error>> {
    let tilt = Tilt::start().await;
    let order = quickstart::sell(&tilt.client).await?;
    tilt.advance().await;
    assert!(hosted_checkout::is_paid(&tilt.client, order).await?);
    tilt.judge();
    Ok(())
}

#[tokio::test]
async fn a_hosted_form_is_open_for_five_minutes() -> Result<(), Box<dyn Error>> {
    let tilt = Tilt::start().await;
    let order = hosted_checkout::begin(&tilt.client, tilt.location()).await?;
    let begun = order.created_at.to_system_time()?;
    let after = |seconds| hosted_checkout::redirect(&order, begun + Duration::from_secs(seconds));
    assert!(after(0).is_some_and(|url| url.contains("/checkout?token=")));
    assert!(after(299).is_some() && after(300).is_none());
    assert!(!hosted_checkout::is_paid(&tilt.client, order.order_id.clone()).await?);
    let mut unreadable = order.clone();
    unreadable.expires_at = Some("soon".into());
    assert_eq!(hosted_checkout::redirect(&unreadable, begun), None);
    tilt.judge();
    Ok(())
}

#[tokio::test]
async fn a_user_is_launched_into_the_pos() -> Result<(), Box<dyn Error>> {
    let tilt = Tilt::start().await;
    let link = pos_launch::launch(&tilt.client, "user-17", tilt.location()).await?;
    assert!(link.launch_url.expose().contains("/launch?token="));
    tilt.judge();
    Ok(())
}
