//! Vehicles of a dealer, pulled into the portal.

#[path = "../../../../tests/inventory/examples/dms_server.rs"]
#[allow(dead_code, reason = "its `main` is for people")]
mod dms_server;

use super::transcript::Transcript;
use super::{DemoError, expect};
use dms_server::{Lot, Token, router, something_to_see};
use tilt_inventory::Dms;
use tilt_sandbox::{Inventory, Sandbox};

const TOKEN: &str = "token-of-the-dealer";

/// A dealer with one vehicle, as a source for the local Tilt.
pub(crate) async fn dealer() -> Result<Inventory, DemoError> {
    // In memory: it ends with the demo.
    let lot = Lot::open(":memory:").map_err(DemoError::Dealer)?;
    lot.put(&something_to_see()).map_err(DemoError::Dealer)?;
    let io = |error| DemoError::Io {
        action: "listen as a dealer",
        error,
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .map_err(io)?;
    let address = listener.local_addr().map_err(io)?;
    let router = router(lot, Token(TOKEN.to_owned()));
    tokio::spawn(async move { axum::serve(listener, router).await });
    let dms = Dms::new(&format!("http://{address}"), Some(TOKEN.into())).map_err(DemoError::Dms)?;
    Ok(Inventory::from(dms))
}

pub(crate) async fn show(sandbox: &Sandbox, transcript: &mut Transcript) -> Result<(), DemoError> {
    transcript.step("Pull the inventory of a dealer");
    let pull = sandbox.pull_inventory().await;
    let vehicles = sandbox.inventory();
    let [held] = &vehicles[..] else {
        return expect(false, "one vehicle", pull);
    };
    let vehicle = &held.vehicle;
    transcript.fact(
        "vehicle",
        format_args!("{} {} {}", vehicle.year, vehicle.make, vehicle.model),
    );
    transcript.fact("price", super::transcript::dollars(vehicle.price_cents));
    Ok(())
}
