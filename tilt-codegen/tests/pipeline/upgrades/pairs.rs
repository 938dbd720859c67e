//! The pairs in `tests/upgrades`: each effect several times, each with all that becomes of the items.

#[path = "../../upgrades/stated.rs"]
mod stated;

use super::pair::{Base, lines, word};
use proptest::prelude::*;
use serde_json::Value;
use stated::{EFFECTS, Stated};
use std::path::{Path, PathBuf};
use tilt_codegen::drift::{ItemChange, item_changes as changes};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/upgrades")
}

fn all() -> impl Iterator<Item = (&'static str, Stated)> {
    let each = EFFECTS.into_iter();
    each.flat_map(|effect| {
        stated::of(&folder(), effect)
            .into_iter()
            .map(move |it| (effect, it))
    })
}

/// The name of each pair, and both documents.
pub(super) fn all_documents() -> impl Iterator<Item = (String, Value, Value)> {
    let first = stated::document(&folder());
    all().map(move |(effect, stated)| {
        let (old, new) = stated.documents(&first);
        (format!("{effect}: {}", stated.name), old, new)
    })
}

/// A pair of models is dear, so that one walk over all pairs has these laws in it too: nothing becomes of what is the same, and
/// what comes one way goes the other.
#[test]
fn pairs_change_the_items_that_they_state() {
    let mut wrong = String::new();
    let mut found = Vec::new();
    let first = Base::of(stated::document(&folder()));
    for (effect, stated) in all() {
        let (old, new) = stated.documents(&first.document);
        let other = (old != first.document).then(|| Base::of(old));
        let old = other.as_ref().unwrap_or(&first);
        let new = old.next(&new);
        let new = new.unwrap_or_else(|it| panic!("{}: {it:?}", stated.name));
        let old = old.sdk.clone();
        let (there, back) = (changes(&old, &new), changes(&new, &old));
        let mut check = |is: bool, law: &str| {
            if !is {
                wrong += &format!("{effect}: {}: {law}\n", stated.name);
            }
        };
        check(changes(&old, &old).is_empty(), "the old one is itself");
        check(changes(&new, &new).is_empty(), "the new one is itself");
        let has_effect = effect == "nothing" || there.iter().any(|it| word(it.effect) == effect);
        check(has_effect, "there is no such effect");
        check(
            items(&there, &CAME) == items(&back, &WENT),
            "what comes goes",
        );
        check(
            items(&there, &WENT) == items(&back, &CAME),
            "what goes comes",
        );
        for (told, stated, way) in [
            (lines(&there), &stated.items, "there"),
            (lines(&back), &stated.back, "back"),
        ] {
            let law = format!("{way}, this is told: {told:#?}");
            check(told == *stated, &law);
        }
        found.push(serde_json::json!([
            effect,
            stated.name,
            lines(&there),
            lines(&back)
        ]));
    }
    if let Ok(file) = std::env::var("UPGRADES_TOLD") {
        std::fs::write(file, Value::from(found).to_string()).expect("a file");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

const CAME: [&str; 3] = ["added", "new-variant", "renamed"];
const WENT: [&str; 2] = ["removed", "renamed"];

/// The number of items that came, or that went. Arguments that are named change what they are arguments of.
fn items(changes: &[ItemChange], effects: &[&str]) -> usize {
    let told = changes
        .iter()
        .filter(|it| effects.contains(&word(it.effect).as_str()));
    told.filter(|it| !it.item.contains("Required::")).count()
}

#[test]
fn each_effect_has_pairs() {
    for effect in EFFECTS {
        assert!(stated::of(&folder(), effect).len() >= 3, "{effect}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    /// Several changes at once: the laws hold, and each item is told once for each effect and what it is about.
    #[test]
    fn laws_hold_for_several_changes(chosen in prop::collection::vec(any::<prop::sample::Index>(), 2..6)) {
        let all: Vec<Stated> = all().map(|(_, it)| it).collect();
        let old = Base::of(stated::document(&folder()));
        let mut new = old.document.clone();
        for index in chosen {
            let mut more = new.clone();
            if index.get(&all).apply(&mut more).is_some() {
                new = more;
            }
        }
        // Two changes may contradict each other.
        let Ok(new) = old.next(&new) else {
            return Ok(());
        };
        let old = old.sdk;
        prop_assert!(changes(&old, &old).is_empty());
        prop_assert!(changes(&new, &new).is_empty());
        let (there, back) = (changes(&old, &new), changes(&new, &old));
        prop_assert_eq!(items(&there, &CAME), items(&back, &WENT));
        prop_assert_eq!(items(&there, &WENT), items(&back, &CAME));
        let mut each: Vec<_> = there.iter().collect();
        each.sort();
        let before = each.len();
        each.dedup();
        prop_assert_eq!(each.len(), before);
    }
}
