//! Adding something to a document never changes what was there: not with the names file that users keep, and for this API
//! not without.

use std::collections::BTreeSet;
use std::sync::Mutex;

use tilt_tests::api::Api;
use tilt_tests::growth::{GROWTHS, Growth};
use tilt_tests::random::Random;

const MOST_BYTES: u64 = 60 << 10;

#[test]
fn what_was_there_stays_as_it_was() {
    let apis = Api::all().expect("the documents of this project");
    let corpus = Api::corpus(MOST_BYTES).expect("the corpus");
    let corpus: Vec<Api> = corpus.into_iter().map(Api::with_own_names).collect();
    let tried = apis
        .iter()
        .map(|api| (api, 4))
        .chain(corpus.iter().map(|api| (api, 2)));
    let changes = Mutex::new(BTreeSet::new());
    std::thread::scope(|scope| {
        for (api, seeds) in tried {
            let changes = &changes;
            scope.spawn(move || {
                for (what, growth) in GROWTHS {
                    let changed = changed(api, what, growth, seeds);
                    changes.lock().expect("the changes").extend(changed);
                }
            });
        }
    });
    let changes: Vec<_> = changes
        .into_inner()
        .expect("the changes")
        .into_iter()
        .collect();
    assert!(changes.is_empty(), "{}", changes.join("\n"));
}

#[test]
fn every_way_to_grow_finds_a_place() {
    let api = Api::accepted().expect("the accepted documents");
    for (what, growth) in GROWTHS {
        let mut grown =
            (0..20).filter(|seed| growth(&mut api.clone(), &mut Random::new(*seed)).is_some());
        assert!(grown.next().is_some(), "{what}");
    }
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
                let after: BTreeSet<&str> = after.lines().map(essential).collect();
                // The first program, and the order in which channels are tried, name nothing.
                // The same holds of the text of a constant, which has no field before it has a choice.
                let is_constant = |line: &str| {
                    line.starts_with("type ") && line.contains(" \"") && line.contains("\" = \"")
                };
                let is_name = |line: &&str| {
                    !line.starts_with("example ")
                        && !line.starts_with("channels ")
                        && !is_constant(line)
                };
                let before = before.lines().filter(is_name).map(essential);
                let gone = before.filter(|line| !after.contains(line));
                changes.extend(gone.map(|line| format!("{context}: {line}")));
            }
        }
    }
    changes
}

/// The values that select a union's variant may become more.
fn essential(line: &str) -> &str {
    line.split(" for [").next().unwrap_or(line)
}
