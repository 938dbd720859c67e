//! The whole way: a DMS over loopback, the client that is generated from its document, the mapping, and the local Tilt.

mod dealer;
mod generated_server;

use dealer::{Dealer, TOKEN, vehicle};
use tilt_inventory::{Dms, DmsError, Mapping};
use tilt_sandbox::{ChangeKind, Inventory, InventorySource, Pull, PullOutcome, Sandbox};

const A: &str = "1HGCM82633A004352";
const B: &str = "2HGCM82633A004352";
const C: &str = "3HGCM82633A004352";

async fn start(dealer: &Dealer, token: &str) -> Sandbox {
    let dms = Dms::new(&dealer.url, Some(token.into())).expect("a client");
    let sandbox = Sandbox::builder().manual_clock();
    let sandbox = sandbox.inventory(Inventory::from(dms)).start().await;
    sandbox.expect("a sandbox")
}

async fn pull(sandbox: &Sandbox) -> Pull {
    sandbox.pull_inventory().await.expect("there is a dealer")
}

fn prices(sandbox: &Sandbox) -> Vec<(String, i64)> {
    let vehicles = sandbox.inventory().into_iter().map(|it| it.vehicle);
    vehicles.map(|it| (it.vin, it.price_cents)).collect()
}

/// VINs with prices, as [`prices`] gives them.
fn at<const N: usize>(prices: [(&str, i64); N]) -> Vec<(String, i64)> {
    let prices = prices.map(|(vin, cents)| (vin.to_owned(), cents));
    prices.into()
}

fn why(pull: &Pull) -> &str {
    match &pull.outcome {
        PullOutcome::Failed { why } => why,
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test]
async fn all_pages_are_read_and_an_unchanged_list_costs_one_request() {
    let dealer = Dealer::start(&[vehicle(A, 100), vehicle(B, 200), vehicle(C, 300)]).await;
    let sandbox = start(&dealer, TOKEN).await;

    pull(&sandbox).await;
    assert_eq!(dealer.queries(), ["first all", "2 all"]);
    assert_eq!(prices(&sandbox), at([(A, 100), (B, 200), (C, 300)]));

    assert_eq!(pull(&sandbox).await.outcome, PullOutcome::Unchanged);
    assert_eq!(dealer.queries(), ["first \"0\""]);

    dealer.change(|lot| lot.vehicles[2]["pricing"]["list_cents"] = 250.into());
    let PullOutcome::Read { changes, .. } = pull(&sandbox).await.outcome else {
        panic!("the list is another one");
    };
    let [change] = &changes[..] else {
        panic!("{changes:?}");
    };
    let ChangeKind::Changed(differences) = &change.kind else {
        panic!("{change:?}");
    };
    assert_eq!(change.vin, C);
    assert_eq!(
        (differences[0].from.as_str(), differences[0].to.as_str()),
        ("300", "250")
    );
}

#[tokio::test]
async fn a_vehicle_that_the_document_forbids_is_refused_with_its_place() {
    let mut strange = vehicle(C, 300);
    strange["status"] = "melted".into();
    let dealer = Dealer::start(&[vehicle(A, 100), vehicle("short", 200), strange]).await;
    let sandbox = start(&dealer, TOKEN).await;

    let PullOutcome::Read { refused, .. } = pull(&sandbox).await.outcome else {
        panic!("the list is read");
    };

    let places: Vec<&str> = refused.iter().map(|it| it.place.as_str()).collect();
    assert_eq!(
        places,
        ["page 1, /vehicles/1/vin", "page 2, /vehicles/0/status"]
    );
    assert!(refused[0].reason.contains("does not match"), "{refused:?}");
    assert_eq!(refused[0].vin.as_deref(), Some("short"));
    assert_eq!(prices(&sandbox), at([(A, 100)]));
}

#[tokio::test]
async fn a_server_that_fails_half_way_or_goes_in_a_circle_changes_nothing() {
    let dealer = Dealer::start(&[vehicle(A, 100), vehicle(B, 200), vehicle(C, 300)]).await;
    let sandbox = start(&dealer, TOKEN).await;
    pull(&sandbox).await;
    let before = prices(&sandbox);

    dealer.change(|lot| {
        lot.vehicles[0]["pricing"]["list_cents"] = 1.into();
        lot.breaks = true;
    });
    let broken = pull(&sandbox).await;
    assert!(why(&broken).starts_with("page 2: "), "{broken:?}");
    assert!(why(&broken).contains("500"), "{broken:?}");
    assert_eq!(prices(&sandbox), before);

    dealer.change(|lot| (lot.breaks, lot.circles) = (false, true));
    dealer.queries();
    let endless = pull(&sandbox).await;
    assert!(why(&endless).contains("page"), "{endless:?}");
    assert!(
        dealer.queries().len() <= 3,
        "a mark that comes again is an end"
    );
    assert_eq!(prices(&sandbox), before);

    dealer.change(|lot| lot.circles = false);
    pull(&sandbox).await;
    assert_eq!(prices(&sandbox), at([(A, 1), (B, 200), (C, 300)]));
}

#[tokio::test]
async fn an_answer_that_the_type_cannot_hold_fails_the_pull() {
    let mut nameless = vehicle(A, 100);
    nameless.as_object_mut().expect("an object").remove("make");
    let dealer = Dealer::start(&[vehicle(B, 200), nameless]).await;

    let refused = pull(&start(&dealer, TOKEN).await).await;

    assert!(why(&refused).contains("make"), "{refused:?}");
}

#[tokio::test]
async fn a_secret_is_sent_where_the_mapping_says_and_shown_nowhere() {
    let dealer = Dealer::start(&[vehicle(A, 100)]).await;
    let secret = "wrong-token-9";
    let dms = Dms::new(&dealer.url, Some(secret.into())).expect("a client");
    let shown = format!("{dms:?} {} {:?}", dms.name(), Inventory::from(dms.clone()));
    assert!(!shown.contains(secret), "{shown}");

    let refused = pull(&start(&dealer, secret).await).await;

    assert!(why(&refused).contains("401"), "{refused:?}");
    assert!(!why(&refused).contains(secret), "{refused:?}");
    let open = "operation = \"GET /vehicles\"\nlist.vehicles = \"/vehicles\"\n[vehicle]\nvin = \"/vin\"\nyear = \"/year\"\n\
                make = \"/make\"\nmodel = \"/model\"\nprice = \"/price\"\nprice_unit = \"cents\"\nstatus = \"/status\"";
    let open = Mapping::from_toml(open).expect("a mapping");
    let refused = Dms::with(open, &dealer.url, Some(secret.into()));
    assert!(matches!(refused, Err(DmsError::NoHeader)), "{refused:?}");
    let refused = Dms::new(&dealer.url, None);
    assert!(matches!(refused, Err(DmsError::NoSecret)), "{refused:?}");
    let refused = Dms::new("http://192.168.5.5:9000", Some(secret.into()));
    let refused = refused.map_err(|error| error.to_string());
    assert!(
        refused.is_err_and(|told| told.contains("has to be https")),
        "of another machine"
    );
    let refused = Dms::new("http://ann:word@dealer.example", Some(secret.into()));
    let refused = refused.expect_err("credentials do not go in the address");
    assert!(
        !format!("{refused} {refused:?}").contains("word"),
        "{refused:?}"
    );
}
