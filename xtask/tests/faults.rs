//! Orders are paid through a proxy that breaks what can break. A sound client and sound receivers keep every law; each
//! mistake that programs make breaks one, which shows that the reconciliation can fail.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails says so by panicking"
)]

use std::process::Command;

/// Of the run: whether all laws held, and the report.
fn run(orders: u32, control: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask-live"))
        .args(["faults", "--seed", "1", "--orders", &orders.to_string()])
        .args(control)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let report = text(output.stdout) + &text(output.stderr);
    let laws_hold = match output.status.code() {
        Some(0) => true,
        Some(1) if report.contains("BROKEN") => false,
        code => panic!("{code:?}: {report}"),
    };
    (laws_hold, report)
}

/// The run with this mistake breaks these laws.
#[track_caller]
fn breaks(control: &str, orders: u32, laws: &[&str]) {
    let (laws_hold, report) = run(orders, &["--control", control]);
    assert!(!laws_hold, "{report}");
    for law in laws {
        let broken = format!("BROKEN: {law}: ");
        assert!(report.contains(&broken), "{law}: {report}");
    }
}

#[test]
fn every_law_holds_whatever_goes_wrong() {
    let (laws_hold, report) = run(200, &[]);
    assert!(laws_hold, "{report}");
    for fault in [
        "401",
        "429, date",
        "429, seconds",
        "500",
        "502",
        "503",
        "GOAWAY below the request",
        "REFUSED_STREAM",
        "another's answer",
        "answer broken off",
        "answer dropped",
        "answer too late",
        "connection closed where idle",
        "connection refused",
        "effect too late",
        "reset after the effect",
        "reset before the request",
        "reset, no effect",
        "silence",
        "delivery lost",
        "answer lost",
        "at both receivers at once",
        "again after others",
        "while in work elsewhere",
        "receiver failed, slow or gone",
        "receiver killed, the other takes over",
    ] {
        let met = report.lines().any(|it| it.trim().starts_with(fault));
        assert!(met, "no request met `{fault}`: {report}");
    }
}

#[test]
fn a_client_that_sends_everything_again_pays_twice() {
    let laws = ["no order is doubled", "no payment is doubled"];
    breaks("retry-everything", 50, &laws);
}

#[test]
fn a_client_that_sends_nothing_again_misses_orders_that_have_a_key() {
    let laws = [
        "no order is missing",
        "no payment is missing",
        "no refund is missing",
        "no void is missing",
    ];
    breaks("retry-nothing", 60, &laws);
}

#[test]
fn a_client_whose_reversals_are_repeatable_refunds_twice() {
    breaks("repeatable-reversals", 100, &["no refund is doubled"]);
}

#[test]
fn a_client_that_believes_the_last_error_hides_refunds_and_voids() {
    let laws = [
        "the client is right about refunds",
        "the client is right about voids",
    ];
    breaks("last-error-wins", 100, &laws);
}

#[test]
fn a_client_without_a_budget_makes_an_outage_worse() {
    breaks("no-budget", 100, &["no outage is amplified"]);
}

#[test]
fn a_receiver_that_marks_before_it_handles_loses_events() {
    breaks("mark-first", 50, &["no event is lost"]);
}

#[test]
fn a_receiver_that_accepts_while_in_work_loses_events() {
    breaks("accept-in-work", 50, &["no event is lost"]);
}
