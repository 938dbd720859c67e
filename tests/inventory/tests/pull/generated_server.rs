//! The example server over SQLite, whose HTTP is generated from the same document as the client that pulls from it.

#[path = "../../examples/dms_server.rs"]
#[allow(
    dead_code,
    reason = "the example has a program around what is tried here"
)]
mod dms_server;

use dms_server::{Lot, Token, router, something_to_see};
use tilt_inventory::Dms;
use tilt_inventory::generated::types::Vehicle;
use tilt_sandbox::{ChangeKind, Inventory, PullOutcome, Sandbox};

const TOKEN: &str = "dealer-token-7";

fn vehicle(number: usize, cents: i64) -> Vehicle {
    let mut vehicle = something_to_see();
    vehicle.vin = format!("1HGCM82633A{number:06}");
    vehicle.pricing.list_cents = cents;
    vehicle
}

/// The address of a server of this file, which runs as long as the test.
async fn serve(path: &str, token: &str) -> String {
    let lot = Lot::open(path).expect("a file");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = router(lot, Token(token.to_owned()));
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}")
}

async fn sandbox(url: &str) -> Sandbox {
    let dms = Dms::new(url, Some(TOKEN.into())).expect("a client");
    let sandbox = Sandbox::builder()
        .manual_clock()
        .inventory(Inventory::from(dms));
    sandbox.start().await.expect("a sandbox")
}

#[tokio::test]
async fn a_generated_client_pulls_from_a_generated_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vehicles.db");
    let path = path.to_str().expect("a path in UTF-8");
    // Writes as the dealer's own programs do, beside the server.
    let lot = Lot::open(path).expect("a file");
    for number in 0..51 {
        lot.put(&vehicle(number, 100)).expect("a vehicle");
    }
    let sandbox = sandbox(&serve(path, TOKEN).await).await;
    let pull = async || {
        sandbox
            .pull_inventory()
            .await
            .expect("there is a dealer")
            .outcome
    };

    pull().await;
    assert_eq!(sandbox.inventory().len(), 51, "two pages");
    assert_eq!(pull().await, PullOutcome::Unchanged);

    lot.put(&vehicle(50, 90)).expect("a vehicle");
    let PullOutcome::Read {
        changes, refused, ..
    } = pull().await
    else {
        panic!("the list is another one");
    };
    assert!(refused.is_empty(), "{refused:?}");
    let [change] = &changes[..] else {
        panic!("{changes:?}");
    };
    assert!(matches!(change.kind, ChangeKind::Changed(_)), "{change:?}");
}

#[tokio::test]
async fn a_generated_server_refuses_who_has_another_token() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vehicles.db");
    let url = serve(path.to_str().expect("a path in UTF-8"), "another").await;

    let outcome = sandbox(&url)
        .await
        .pull_inventory()
        .await
        .expect("there is a dealer")
        .outcome;

    let PullOutcome::Failed { why } = outcome else {
        panic!("{outcome:?}");
    };
    assert!(why.contains("401"), "{why}");
}
