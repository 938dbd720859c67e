//! A link that signs one of your users in to the POS. `cargo xtask sandbox` runs a local Tilt and prints what to set:
//!
//! ```console
//! TILT_API=… TILT_TOKEN_URL=… CLIENT_ID=… CLIENT_SECRET=… LOCATION=… \
//!     cargo run -p tilt-generated --example pos_launch
//! ```

use std::env::var;
use std::error::Error;
use tilt_generated::types::{CreateLaunchToken, LaunchRole, LaunchToken, LocationId};
use tilt_generated::{Client, Environment, required};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let local = Environment::custom(var("TILT_API")?).with_token_url(var("TILT_TOKEN_URL")?);
    let tilt = Client::builder(local)
        .credentials(var("CLIENT_ID")?, var("CLIENT_SECRET")?)
        .build()?;
    let link = launch(&tilt, "user-17", var("LOCATION")?.into()).await?;
    // A server answers with a redirect, and writes the URL nowhere: whoever has it is signed in, once.
    println!("until {}: {}", link.expires_at, link.launch_url.expose());
    Ok(())
}

/// A link for the user that has this id in your system, which must never become another user's.
pub(crate) async fn launch(
    tilt: &Client,
    user: &str,
    location: LocationId,
) -> Result<LaunchToken, tilt_generated::Error> {
    let user = CreateLaunchToken::from(required::CreateLaunchToken {
        external_user_id: user.into(),
        location_id: location,
    });
    let user = user.display_name("Alice Example");
    let user = user.role_slug(LaunchRole::LocationCashier);
    tilt.launch_tokens().create(user).await
}
