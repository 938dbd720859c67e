//! The rules, held against values: a change that does harm to programs in use has a value of requests that
//! was valid and is not any more, or one of answers and events that was not valid and is; and no other change has one.

mod messages;
mod pairs;
mod unseen;
mod witnesses;

use self::unseen::UNSEEN;
use self::witnesses::{Search, Witnesses, search};
use super::documents::{CORPUS, Chance, State, folder, specs};
use super::places;
use crate::drift::Direction;
use crate::drift::rules::{Change, Relation, all, ends, examples};
use crate::drift::wire::{self, Judged};
use serde_json::Value;
use std::collections::BTreeSet;

/// The changes that were judged, and all that speaks against the rules.
#[derive(Default)]
struct Report {
    changes: usize,
    values: usize,
    shown: usize,
    /// Entries of the table that were needed, each with the rule that needed it.
    needed: BTreeSet<(usize, &'static str)>,
    faults: BTreeSet<String>,
}

impl Report {
    /// Judges all that two states are told to differ in.
    fn judge(&mut self, what: &str, old: &State, new: &State) {
        let (was, is) = (old.side(), new.side());
        let reach = wire::reach(was, is);
        let edits = wire::compare(was, is, &reach);
        // Where one change is several, none of them is all that there is to see.
        let [edit] = &edits[..] else {
            return;
        };
        for way in &edit.directions {
            self.judge_way(what, (old, new), edit, *way);
        }
    }

    fn judge_way(
        &mut self,
        what: &str,
        states: (&State, &State),
        edit: &Judged<'_>,
        way: Direction,
    ) {
        let Some(is_harm) = is_harm(edit.of.change, way) else {
            return;
        };
        let fault = |text: String| format!("{}, {way:?}: {text} ({what})", edit.rule);
        let found = match found(states, edit, way, is_harm) {
            Ok(Some(found)) => found,
            Ok(None) => return,
            Err(reason) => {
                self.faults.insert(fault(reason));
                return;
            }
        };
        self.changes += 1;
        self.values += found.judged;
        let witness = found.of(way);
        self.shown += usize::from(witness.is_some());
        if is_harm == witness.is_some() {
            return;
        }
        let mut entries = UNSEEN.iter().enumerate();
        let entry = entries.find_map(|(number, it)| {
            let end = it.rules.iter().find(|end| ends(&edit.rule, end))?;
            let is_it = it.ways.contains(&way) && it.is_told == is_harm;
            is_it.then_some((number, *end))
        });
        let text = match (entry, witness) {
            (Some(entry), _) => {
                self.needed.insert(entry);
                return;
            }
            (None, Some(it)) => format!("harmless, but {it}"),
            (None, None) => "harmful, but no value shows it".to_owned(),
        };
        self.faults.insert(fault(text));
    }

    fn conclude(&self) {
        let (changes, values, shown) = (self.changes, self.values, self.shown);
        eprintln!("{changes} changes, {values} values, {shown} that show a change");
        let faults: Vec<&str> = self.faults.iter().map(String::as_str).collect();
        assert!(
            faults.is_empty(),
            "{} faults\n{}",
            faults.len(),
            faults.join("\n")
        );
    }
}

/// Whether a change does harm: what programs send may be refused where less is valid, and what they receive may be new to
/// them where more is. Nothing, where nobody can tell.
fn is_harm(change: Change, way: Direction) -> Option<bool> {
    let (relation, harmful) = match way {
        Direction::Request => (change.sent, Relation::Narrows),
        Direction::Answer | Direction::Event => (change.received, Relation::Widens),
    };
    match relation {
        Relation::CannotTell => None,
        relation => Some(relation == harmful || relation == Relation::Replaces),
    }
}

/// Values of the messages that a change reaches. A part may travel this way in some of them only, so that several are tried.
fn found(
    (old, new): (&State, &State),
    edit: &Judged<'_>,
    way: Direction,
    is_harm: bool,
) -> Result<Option<Witnesses>, String> {
    let names = match way {
        Direction::Event => &edit.events,
        Direction::Request | Direction::Answer => &edit.operations,
    };
    let (most, tried) = match is_harm {
        true => (20_000, 6),
        false => (300, 1),
    };
    let mut found = None;
    let of_all = names.is_empty().then_some(&[][..]);
    for only in names.chunks(1).take(tried).chain(of_all) {
        let asked = Search {
            way,
            only,
            address: edit.address.to_string(),
            most,
        };
        found = search(&old.value, &new.value, &asked)?.or(found);
        if found.as_ref().is_some_and(|it| it.of(way).is_some()) {
            break;
        }
    }
    Ok(found)
}

/// Judges the example of each rule, and nothing else.
fn of_rules(report: &mut Report) {
    for rule in all() {
        let parsed = |text: &str| -> Value {
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
        };
        let state = |text: &str| State::of("example", examples::document(rule.kind, parsed(text)));
        let (before, after) = (&rule.example.0, &rule.example.1);
        let (old, new) = (state(before), state(after));
        report.judge(&format!("{before} → {after}"), &old, &new);
    }
}

/// Judges changes of each kind in the accepted documents, and the ways back: all of them, or some.
fn of_mutations(report: &mut Report, step: usize) {
    let all = super::mutations();
    for state in specs() {
        let mut places = places::places(&state.value);
        Chance::of(&state.name).shuffle(&mut places);
        for mutation in all.iter().step_by(step) {
            let of_kind = places.iter().filter(|it| it.kind == mutation.on);
            let edited = of_kind.into_iter().find_map(|place| {
                let object = state.value.pointer(&place.pointer)?;
                let edited = (mutation.edit)(object).filter(|edited| edited != object)?;
                let mut document = state.value.clone();
                *document.pointer_mut(&place.pointer)? = edited;
                Some((place, state.edited(document)))
            });
            let Some((place, edited)) = edited else {
                continue;
            };
            let what = format!("{} at {}{}", mutation.name, state.name, place.pointer);
            report.judge(&what, &state, &edited);
            report.judge(&format!("{what}, back"), &edited, &state);
        }
    }
}

/// All changes of the accepted documents take minutes; where there is a corpus, there is time.
#[test]
fn values_show_what_the_rules_say() {
    let is_whole = folder(CORPUS).is_some();
    let mut report = Report::default();
    of_rules(&mut report);
    of_mutations(&mut report, if is_whole { 1 } else { 8 });
    for (entry, unseen) in UNSEEN.iter().enumerate().filter(|_| is_whole) {
        let rules = unseen.rules.iter();
        for rule in rules.filter(|rule| !report.needed.contains(&(entry, **rule))) {
            let reason = unseen.reason;
            let fault = format!("values show what {rule} says, although it is said: {reason}");
            report.faults.insert(fault);
        }
    }
    report.conclude();
}
