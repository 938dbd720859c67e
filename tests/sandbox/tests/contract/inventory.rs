//! Vehicles that are pulled, whatever from: what changes, what is refused, what fails.

use std::time::Duration;

use tilt_sandbox::{
    ChangeKind, Inventory, InventoryPage, InventoryPages, InventorySource, NextPage, Pull,
    PullOutcome, Sandbox, SandboxError,
};

use crate::api::Api;
use crate::dealer::{Dealer, List, list, offer, page};
use crate::portal::Portal;

const A: &str = "1HGCM82633A004352";
const B: &str = "2HGCM82633A004352";

async fn start(dealer: &Dealer) -> Sandbox {
    let inventory = Inventory::from(dealer.clone());
    let sandbox = Sandbox::builder().manual_clock().inventory(inventory);
    sandbox.start().await.expect("a sandbox")
}

async fn pulled(sandbox: &Sandbox) -> Pull {
    sandbox.pull_inventory().await.expect("there is a dealer")
}

/// Prices by VIN.
fn prices(sandbox: &Sandbox) -> Vec<(String, i64)> {
    let vehicles = sandbox.inventory().into_iter().map(|it| it.vehicle);
    vehicles.map(|it| (it.vin, it.price_cents)).collect()
}

fn changes(pull: &Pull) -> Vec<(&str, &ChangeKind)> {
    match &pull.outcome {
        PullOutcome::Read { changes, .. } => {
            let changes = changes.iter();
            changes.map(|it| (it.vin.as_str(), &it.kind)).collect()
        }
        other => unreachable!("{other:?}"),
    }
}

/// The place and the reason of each fault.
fn refused(pull: &Pull) -> Vec<(&str, &str)> {
    match &pull.outcome {
        PullOutcome::Read { refused, .. } => {
            let refused = refused.iter();
            refused
                .map(|it| (it.place.as_str(), it.reason.as_str()))
                .collect()
        }
        other => unreachable!("{other:?}"),
    }
}

fn why(pull: &Pull) -> &str {
    match &pull.outcome {
        PullOutcome::Failed { why } => why,
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test]
async fn each_pull_tells_what_is_new_what_changed_and_what_is_gone() {
    let dealer = Dealer::lists([
        List {
            pages: vec![page(&[offer(A, 100)], None), page(&[offer(B, 200)], None)],
            error: None,
        },
        list(&[offer(A, 90)]),
        list(&[offer(A, 90)]),
    ]);
    let sandbox = start(&dealer).await;

    let first = pulled(&sandbox).await;
    assert_eq!(
        changes(&first),
        [(A, &ChangeKind::New), (B, &ChangeKind::New)]
    );
    assert_eq!(prices(&sandbox), [(A.to_owned(), 100), (B.to_owned(), 200)]);

    let second = pulled(&sandbox).await;
    let [
        (vin, ChangeKind::Changed(differences)),
        (B, ChangeKind::Gone),
    ] = changes(&second)[..]
    else {
        panic!("{second:?}");
    };
    let [difference] = &differences[..] else {
        panic!("{differences:?}");
    };
    assert_eq!((vin, difference.property.as_str()), (A, "price"));
    assert_eq!(
        (difference.from.as_str(), difference.to.as_str()),
        ("100", "90")
    );

    assert_eq!(changes(&pulled(&sandbox).await), []);
    assert_eq!(
        sandbox.inventory()[0].differences,
        *differences,
        "of its last change"
    );
}

#[tokio::test]
async fn a_pull_comes_at_the_start_and_at_each_interval() {
    let dealer = Dealer::lists([]);
    let inventory = Inventory::from(dealer.clone()).every(Duration::from_secs(60));
    let sandbox = Sandbox::builder().manual_clock().inventory(inventory);
    let sandbox = sandbox.start().await.expect("a sandbox");
    for (seconds, pulls) in [(0, 1), (59, 1), (1, 2), (120, 4)] {
        let advanced = sandbox.advance(Duration::from_secs(seconds)).await;
        advanced.expect("the clock is manual");
        assert_eq!(sandbox.pulls().len(), pulls, "after {seconds} s more");
    }
}

#[tokio::test]
async fn a_list_that_is_known_changes_nothing() {
    let known = List {
        pages: vec![page(&[offer(A, 100)], Some("\"1\""))],
        error: None,
    };
    let unchanged = List {
        pages: vec![InventoryPage::Unchanged],
        error: None,
    };
    let dealer = Dealer::lists([known, unchanged]);
    let sandbox = start(&dealer).await;
    pulled(&sandbox).await;

    let second = pulled(&sandbox).await;

    assert_eq!(second.outcome, PullOutcome::Unchanged);
    assert_eq!(prices(&sandbox), [(A.to_owned(), 100)]);
    pulled(&sandbox).await;
    let known = dealer.known();
    assert_eq!(
        known,
        [None, Some("\"1\"".to_owned()), Some("\"1\"".to_owned())]
    );
}

#[tokio::test]
async fn a_list_that_fails_half_way_leaves_what_was_there() {
    let broken = List {
        pages: vec![page(&[offer(B, 1)], Some("\"2\""))],
        error: Some("the line is cut"),
    };
    let moved = List {
        pages: vec![page(&[], Some("\"2\"")), page(&[], Some("\"3\""))],
        error: None,
    };
    let late = List {
        pages: vec![page(&[], None), InventoryPage::Unchanged],
        error: None,
    };
    let first = List {
        pages: vec![page(&[offer(A, 100)], Some("\"1\""))],
        error: None,
    };
    let dealer = Dealer::lists([first, broken, moved, late]);
    let sandbox = start(&dealer).await;
    pulled(&sandbox).await;

    for expected in [
        "page 2: the line is cut",
        "page 2: the list is another one",
        "page 2: the list is another one",
    ] {
        let pull = pulled(&sandbox).await;
        assert!(why(&pull).starts_with(expected), "{pull:?}");
        assert_eq!(prices(&sandbox), [(A.to_owned(), 100)]);
    }
    let known = dealer.known();
    assert_eq!(
        known.last(),
        Some(&Some("\"1\"".to_owned())),
        "and is known by its name"
    );
}

#[tokio::test]
async fn a_vehicle_that_is_refused_stays_as_it_was_known() {
    let mut unread = offer(B, 0);
    unread.vehicle = Err(vec![(
        "/vehicles/1/status".into(),
        "it is none of the list".into(),
    )]);
    let bad = "1HGCM82633A00435I";
    let dealer = Dealer::lists([
        list(&[offer(A, 100), offer(B, 200)]),
        list(&[offer(A, -1), unread, offer(bad, 5)]),
        list(&[offer(A, 90), offer(A, 80)]),
    ]);
    let sandbox = start(&dealer).await;
    pulled(&sandbox).await;

    let second = pulled(&sandbox).await;

    assert_eq!(changes(&second), []);
    assert_eq!(prices(&sandbox), [(A.to_owned(), 100), (B.to_owned(), 200)]);
    let faults = refused(&second);
    assert_eq!(
        faults[0],
        ("page 1, /vehicles/0, its price", "a price is not negative")
    );
    assert_eq!(
        faults[1],
        ("page 1, /vehicles/1/status", "it is none of the list")
    );
    assert_eq!(faults[2].0, "page 1, /vehicles/0, its vin");
    let third = pulled(&sandbox).await;
    assert_eq!(refused(&third).len(), 1, "{third:?}");
    assert_eq!(
        prices(&sandbox),
        [(A.to_owned(), 90)],
        "the first of two counts"
    );
}

#[tokio::test]
async fn no_more_is_kept_of_a_pull_than_its_first_changes_and_faults() {
    let mut offers: Vec<_> = (0..502).map(|at| offer(&format!("{at:017}"), 1)).collect();
    offers.extend((0..103).map(|_| offer("none", 1)));
    let sandbox = start(&Dealer::lists([list(&offers)])).await;

    let pull = pulled(&sandbox).await;

    let PullOutcome::Read {
        changes,
        more_changes,
        refused,
        more_refused,
        ..
    } = pull.outcome
    else {
        panic!("the list is read");
    };
    assert_eq!((changes.len(), more_changes), (500, 2));
    assert_eq!((refused.len(), more_refused), (100, 3));
    assert_eq!(sandbox.inventory().len(), 502);
}

#[tokio::test]
async fn a_pull_that_read_a_list_outlives_those_that_did_not() {
    let unchanged = List {
        pages: vec![InventoryPage::Unchanged],
        error: None,
    };
    let broken = List {
        pages: Vec::new(),
        error: Some("nobody is there"),
    };
    let nothing = (0..60).map(|at| [&unchanged, &broken][at % 2].clone());
    let dealer = Dealer::lists([list(&[offer(A, 100)])].into_iter().chain(nothing));
    let sandbox = start(&dealer).await;
    for _ in 0..61 {
        pulled(&sandbox).await;
    }

    let pulls = sandbox.pulls();

    assert_eq!(pulls.len(), 50);
    assert_eq!(changes(&pulls[0]), [(A, &ChangeKind::New)]);
}

/// A list that never ends, or never comes.
struct Endless {
    vehicles: usize,
    answers: bool,
}

impl InventorySource for Endless {
    fn name(&self) -> String {
        "endless".to_owned()
    }

    fn read(&self, _: Option<&str>) -> Box<dyn InventoryPages> {
        Box::new(Self { ..*self })
    }
}

impl InventoryPages for Endless {
    fn next(&mut self) -> NextPage<'_> {
        Box::pin(async move {
            if !self.answers {
                std::future::pending::<()>().await;
            }
            let offers = vec![offer(A, 1); self.vehicles];
            Ok(Some(page(&offers, None)))
        })
    }
}

#[tokio::test]
async fn a_list_without_end_fails_at_a_limit() {
    for (vehicles, answers, expected) in [
        (0, true, "is not over after 1000 pages"),
        (101, true, "has more than 10000 vehicles"),
        (0, false, "was not read within 5 ms"),
    ] {
        let mut inventory = Inventory::from(Endless { vehicles, answers });
        if !answers {
            inventory = inventory.within(Duration::from_millis(5));
        }
        let sandbox = Sandbox::builder().manual_clock().inventory(inventory);
        let sandbox = sandbox.start().await.expect("a sandbox");
        let pull = pulled(&sandbox).await;
        assert!(why(&pull).contains(expected), "{pull:?}");
    }
}

#[tokio::test]
async fn without_a_dealer_there_is_nothing_to_pull() {
    let api = Api::start().await;
    let refused = api.sandbox.pull_inventory().await;
    assert!(
        matches!(refused, Err(SandboxError::NoInventory)),
        "{refused:?}"
    );
    let portal = Portal::enter(&api).await;
    let page = portal.see("/admin/inventory").await;
    assert!(page.contains("There is nothing to pull from"), "{page}");
}

#[tokio::test]
async fn the_vehicles_are_kept_over_restarts_and_the_condition_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let dealer = Dealer::lists([List {
        pages: vec![page(&[offer(A, 100)], Some("\"1\""))],
        error: None,
    }]);
    let start = async || {
        let builder = Sandbox::builder().inventory(Inventory::from(dealer.clone()));
        let builder = builder
            .manual_clock()
            .state_file(folder.path().join("tilt.json"));
        builder.start().await.expect("a sandbox")
    };
    let first = start().await;
    let pull = pulled(&first).await;
    let (vehicles, pulls) = (first.inventory(), first.pulls());
    assert_eq!(pulls, [pull]);
    drop(first);

    let second = start().await;

    assert_eq!((second.inventory(), second.pulls()), (vehicles, pulls));
    second
        .advance(Duration::ZERO)
        .await
        .expect("the clock is manual");
    assert_eq!(second.pulls().len(), 2, "a start pulls once");
    assert_eq!(dealer.known(), [None, None]);
}

#[tokio::test]
async fn a_person_pulls_and_sees_what_came_of_it() {
    let mut unread = offer("<b>", 0);
    unread.vehicle = Err(vec![("/vehicles/1/vin".into(), "\"<b>\" is no VIN".into())]);
    let broken = List {
        pages: Vec::new(),
        error: Some("nobody is there"),
    };
    let lists = [
        list(&[offer(A, 1_999_900)]),
        list(&[offer(A, 1_899_900), unread]),
        broken,
    ];
    let inventory = Inventory::from(Dealer::lists(lists));
    let api = Api::with(Sandbox::builder().manual_clock().inventory(inventory)).await;
    let portal = Portal::enter(&api).await;
    let page = portal.see("/admin/inventory").await;
    assert!(
        page.contains("the dealer &#60;1&#62;</code> every 15 min"),
        "{page}"
    );

    portal.send("/admin/inventory/pull", &[]).await;
    let page = portal.send("/admin/inventory/pull", &[]).await;
    for expected in [
        "Pages read: 1; vehicles taken: 1; changes: 1; faults of refused vehicles: 1.",
        "2024 Honda Accord",
        "18,999.00",
        "price 19,999.00 → 18,999.00",
        "<code>&#60;b&#62;</code> page 1, /vehicles/1/vin: &#34;&#60;b&#62;&#34; is no VIN",
        "1HGCM82633A004352 is new",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    let page = portal.send("/admin/inventory/pull", &[]).await;
    assert!(page.contains("page 1: nobody is there"), "{page}");
    let shown = format!("{:?}", api.sandbox.inventory());
    assert!(shown.contains("1899900"), "it stays: {shown}");
}
