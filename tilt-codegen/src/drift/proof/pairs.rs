//! Real pairs of documents, and what their publishers say of them.

use super::documents::{State, compare, folder, read};
use crate::drift::Severity;
use std::collections::BTreeMap;
use std::path::Path;

/// The environment variable that names a folder of pairs: `old.json` and `new.json` in a folder each.
pub(super) const PAIRS: &str = "TILT_DRIFT_PAIRS";

/// The verdict that is right for a pair.
pub(super) struct Pair {
    pub(super) name: &'static str,
    /// The gravest finding for programs in use.
    gravest: Severity,
    /// There are no more findings, where somebody said so.
    most: usize,
}

impl Pair {
    /// Both of its documents, in a folder of pairs.
    pub(super) fn states(&self, pairs: &Path) -> [State; 2] {
        ["old.json", "new.json"].map(|name| {
            let path = pairs.join(self.name).join(name);
            State::of(self.name, read(&path))
        })
    }
}

const fn pair(name: &'static str, gravest: Severity) -> Pair {
    let most = usize::MAX;
    Pair {
        name,
        gravest,
        most,
    }
}

const fn small(name: &'static str, gravest: Severity, most: usize) -> Pair {
    Pair {
        name,
        gravest,
        most,
    }
}

use Severity::{Additive, Breaking, Editorial, Warning};

pub(super) const EXPECTED: &[Pair] = &[
    small("qdrant-oneof", Editorial, 10),
    small("square-2025-08", Editorial, 2),
    pair("omicron-nexus", Editorial),
    small("omicron-disk-types", Additive, 1),
    pair("adyen-checkout-71", Additive),
    pair("box-2026-06", Additive),
    pair("ballerina-asgardeo", Additive),
    // Its changelog tells of additions; a token in an answer may be null now, too.
    pair("lithic-2026-08", Breaking),
    // The same; a value of requests (`entity_link`) is gone, too.
    pair("mt-2026-08", Breaking),
    small("twilio-api-2.5.0", Warning, 60),
    small("stripe-2020-08-27", Breaking, 200),
    pair("plaid-2026-06", Breaking),
    // Its publisher calls it breaking, for the types: nothing says that the service refuses the property that is gone.
    pair("twilio-intelligence-1.56.0", Warning),
    pair("qdrant-search-removed", Breaking),
    pair("svix-deprecated-ops", Breaking),
];

#[test]
fn real_pairs_are_what_their_publishers_say() {
    let Some(pairs) = folder(PAIRS) else {
        return;
    };
    crate::stack::on_a_large_stack(|| {
        let mut faults = Vec::new();
        for expected in EXPECTED {
            let [old, new] = expected.states(&pairs);
            let found = compare(&old, &new);
            let gravest = found.iter().map(|it| it.severity).max();
            eprintln!("{}: {} findings, {gravest:?}", expected.name, found.len());
            let is_right = gravest.unwrap_or(Editorial) == expected.gravest;
            if is_right && found.len() <= expected.most {
                continue;
            }
            let mut rules: BTreeMap<_, Vec<&str>> = BTreeMap::new();
            for it in &found {
                let key = (std::cmp::Reverse(it.severity), it.rule.as_str());
                rules.entry(key).or_default().push(&it.address);
            }
            let rules = rules.iter().map(|((severity, rule), places)| {
                let first: Vec<&str> = places.iter().take(4).copied().collect();
                format!(
                    "  {:?} {rule}, {}: {}",
                    severity.0,
                    places.len(),
                    first.join(", ")
                )
            });
            let rules: Vec<String> = rules.take(30).collect();
            faults.push(format!(
                "{}: {} findings\n{}",
                expected.name,
                found.len(),
                rules.join("\n")
            ));
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    });
}
