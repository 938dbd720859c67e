//! Real pairs, of which no change stands alone: an operation of which no harm is told has no value that shows some.

use super::super::documents::{State, folder};
use super::super::pairs::{EXPECTED, PAIRS};
use super::witnesses::{Search, Witnesses, search};
use super::{UNSEEN, is_harm};
use crate::drift::Direction;
use crate::drift::rules::ends;
use crate::drift::wire::{self, Judged};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// So many operations and events of a pair are judged in each direction: all, of most.
const JUDGED: usize = 6;

/// So many values of each.
const VALUES: usize = 300;

/// All that is told of what an operation sends or receives.
type Told<'e, 'd> = BTreeMap<&'d str, Vec<&'e Judged<'d>>>;

#[test]
fn no_value_shows_harm_in_real_pairs_where_none_is_told() {
    let Some(pairs) = folder(PAIRS) else {
        return;
    };
    crate::stack::on_a_large_stack(|| {
        let mut faults = BTreeSet::new();
        let mut all = 0;
        for expected in EXPECTED {
            let [old, new] = expected.states(&pairs);
            let (judged, values) = judge(expected.name, &old, &new, &mut faults);
            all += judged;
            eprintln!("{}: {judged} judged, {values} values", expected.name);
        }
        assert!(all > 0, "nothing was judged");
        let faults: Vec<String> = faults.into_iter().collect();
        assert!(
            faults.is_empty(),
            "{} faults\n{}",
            faults.len(),
            faults.join("\n")
        );
    });
}

/// How many operations and events were judged, and by how many values.
fn judge(name: &str, old: &State, new: &State, faults: &mut BTreeSet<String>) -> (usize, usize) {
    let (was, is) = (old.side(), new.side());
    let reach = wire::reach(was, is);
    let edits = wire::compare(was, is, &reach);
    let (mut judged, mut values) = (0, 0);
    let opened = [old, new].map(|it| opened(&it.value));
    for way in [Direction::Request, Direction::Answer, Direction::Event] {
        let told = told(&edits, way);
        let documents = match way {
            Direction::Request => [&old.value, &new.value],
            Direction::Answer | Direction::Event => opened.each_ref(),
        };
        // From all over the document.
        let step = told.len().div_ceil(JUDGED).max(1);
        for (of, edits) in told.into_iter().step_by(step) {
            if edits.iter().any(|edit| may_harm(edit, way)) {
                continue;
            }
            match witnesses(documents, way, of, &edits) {
                Ok(None) => {}
                Ok(Some(found)) => {
                    judged += 1;
                    values += found.judged;
                    if let Some(value) = found.of(way) {
                        let rules: BTreeSet<&str> = edits.iter().map(|it| &*it.rule).collect();
                        faults.insert(format!("{name}, {of}, {way:?}: {rules:?}, but {value}"));
                    }
                }
                Err(reason) => {
                    faults.insert(format!("{name}, {of}, {way:?}: {reason}"));
                }
            }
        }
    }
    (judged, values)
}

/// A document whose objects are all open: programs keep properties that they don't know, of closed objects too.
fn opened(document: &Value) -> Value {
    let mut opened = document.clone();
    open(&mut opened);
    opened
}

fn open(value: &mut Value) {
    match value {
        Value::Object(members) => {
            let closing = ["additionalProperties", "unevaluatedProperties"];
            members.retain(|key, it| !closing.contains(&&**key) || *it != Value::Bool(false));
            members.values_mut().for_each(open);
        }
        Value::Array(elements) => elements.iter_mut().for_each(open),
        _ => {}
    }
}

fn told<'e, 'd>(edits: &'e [Judged<'d>], way: Direction) -> Told<'e, 'd> {
    let mut told = Told::new();
    for edit in edits.iter().filter(|it| it.directions.contains(&way)) {
        let names = match way {
            Direction::Event => &edit.events,
            Direction::Request | Direction::Answer => &edit.operations,
        };
        for name in names {
            told.entry(name).or_default().push(edit);
        }
    }
    told
}

/// Whether harm is told, or nobody can tell, or none is told of what values show all the same.
fn may_harm(edit: &Judged<'_>, way: Direction) -> bool {
    let is_excused = || {
        let mut all = UNSEEN
            .iter()
            .filter(|it| !it.is_told && it.ways.contains(&way));
        all.any(|it| it.rules.iter().any(|end| ends(&edit.rule, end)))
    };
    is_harm(edit.of.change, way) != Some(false) || is_excused()
}

/// Values of an operation or event, looked for around its first change.
fn witnesses(
    [old, new]: [&Value; 2],
    way: Direction,
    of: &str,
    edits: &[&Judged<'_>],
) -> Result<Option<Witnesses>, String> {
    let address = edits.first().map(|it| it.address.to_string());
    let asked = Search {
        way,
        only: &[of],
        address: address.unwrap_or_default(),
        most: VALUES,
    };
    search(old, new, &asked)
}
