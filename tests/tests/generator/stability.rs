//! Adding something to a document never changes what was there.

use std::collections::BTreeSet;

use tilt_tests::api::Api;
use tilt_tests::growth::{GROWTHS, Growth};
use tilt_tests::random::Random;

const MOST_BYTES: u64 = 60 << 10;

#[test]
fn what_was_there_stays_as_it_was() {
    let mut changes = BTreeSet::new();
    for api in Api::all().expect("the documents of this project") {
        for (what, growth) in GROWTHS {
            changes.extend(changed(&api, what, growth, 12));
        }
    }
    for api in Api::corpus(MOST_BYTES).expect("the corpus") {
        for (what, growth) in GROWTHS {
            changes.extend(changed(&api, what, growth, 2));
        }
    }
    let changes: Vec<_> = changes.into_iter().collect();
    assert!(changes.is_empty(), "{}", changes.join("\n"));
}

/// The lines of the surface that adding something took away.
fn changed(api: &Api, what: &str, growth: Growth, seeds: u64) -> Vec<String> {
    let Ok(before) = api.surface() else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    for seed in 0..seeds {
        let mut grown = api.clone();
        let Some(added) = growth(&mut grown, &mut Random::new(seed)) else {
            continue;
        };
        let context = format!("{}, after {what} ({added})", api.name);
        match grown.surface() {
            Err(diagnostics) => changes.push(format!("{context}: {diagnostics}")),
            Ok(after) => {
                let after: BTreeSet<&str> = after.lines().collect();
                let gone = before.lines().filter(|line| !after.contains(line));
                changes.extend(gone.map(|line| format!("{context}: {line}")));
            }
        }
    }
    changes
}
