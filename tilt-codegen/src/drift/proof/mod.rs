//! The proof of the comparison: every kind of change at every place is one finding with the severity that follows, the
//! way back gives the reverse, and other spellings of one thing give nothing.

mod by_values;
mod contents;
mod documents;
mod events;
mod items_of_pairs;
mod members;
mod mutation;
mod names;
mod objects;
mod operations;
mod pairs;
mod places;
mod plain;
mod product_tests;
mod properties;
mod reached;
mod relations;
mod rewrites;
mod schemas;
mod two_edits;
mod values;

use self::documents::{Found, State, corpus, specs};
use self::mutation::{Expected, Mutation};
use self::places::{Place, Ways};
use self::reached::Reached;
use crate::drift::grammar::Kind;
use crate::drift::{Direction, Severity};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Faults, with how many changes were made.
#[derive(Default)]
struct Report {
    kinds: BTreeSet<String>,
    places: BTreeSet<String>,
    made: usize,
    missed: usize,
    wrong: usize,
    extra: usize,
    /// The first ones of each kind of change.
    faults: BTreeMap<String, Vec<String>>,
}

impl Report {
    fn fault(&mut self, kind: &str, fault: String) {
        self.faults.entry(kind.to_owned()).or_default().push(fault);
    }

    fn conclude(&self, of: &str) {
        eprintln!(
            "{of}: {} kinds at {} places, {} changes: {} missed, {} wrong, {} extra",
            self.kinds.len(),
            self.places.len(),
            self.made,
            self.missed,
            self.wrong,
            self.extra
        );
        let faults = self.faults.iter().map(|(kind, faults)| {
            let first: Vec<&str> = faults.iter().take(3).map(String::as_str).collect();
            format!("{kind} ({}):\n  {}", faults.len(), first.join("\n  "))
        });
        let faults: Vec<String> = faults.collect();
        assert!(faults.is_empty(), "{of}:\n{}", faults.join("\n"));
    }

    /// The finding that one change should give, and those that it gave.
    fn judge(&mut self, change: &Change<'_>, found: &[Found]) {
        let Change {
            kind,
            place,
            expected,
            ways,
            reach,
            old,
            new,
        } = change;
        let at = format!("{}{}", old.name, place);
        let shown: Vec<String> = found
            .iter()
            .map(|it| format!("{} {:?} at {}", it.rule, it.severity, it.address))
            .collect();
        let severity = expected.severity(ways, is_optional_property(old, place));
        match found {
            [] => {
                self.missed += 1;
                self.fault(kind, format!("{at}: missed"));
            }
            [one] => {
                let is_near = [&one.old, &one.new].iter().any(|it| is_near(it, place));
                let ends = |end: &str| one.rule == end || one.rule.ends_with(&format!("-{end}"));
                let is_right = expected.rules.split('|').any(ends) && one.severity == severity;
                let is_counted = reach.is_none_or(|reach| reach == one.reach);
                if !is_counted {
                    self.wrong += 1;
                    let counts = format!("{:?}, not {reach:?}", one.reach);
                    self.fault(kind, format!("{at}: reaches {counts}: {shown:?}"));
                }
                if !is_right || !is_near {
                    self.wrong += 1;
                    let pointers = format!("{} and {}", one.old, one.new);
                    self.fault(
                        kind,
                        format!(
                            "{at}: {severity:?} {} of {ways:?}, not {shown:?}, {pointers}",
                            expected.rules
                        ),
                    );
                }
            }
            _ => {
                self.extra += 1;
                self.fault(kind, format!("{at}: {shown:#?}"));
            }
        }
        let is_seen = found.iter().any(|it| it.severity > Severity::Editorial);
        if is_seen && old.outline() == new.outline() {
            self.wrong += 1;
            self.fault(
                kind,
                format!("{at}: no line of the outline differs: {shown:?}"),
            );
        }
    }
}

struct Change<'s> {
    kind: &'s str,
    place: &'s str,
    expected: Expected,
    ways: &'s BTreeSet<Direction>,
    /// The numbers of operations and events, where the change is of a part of some.
    reach: Option<(usize, usize)>,
    old: &'s State,
    new: &'s State,
}

impl Expected {
    /// Of a schema at a place.
    fn at(self, document: &Value, place: &str) -> Expected {
        let of_text = self.of_text.filter(|_| places::is_text(document, place));
        of_text.copied().unwrap_or(self)
    }

    fn severity(&self, ways: &BTreeSet<Direction>, is_optional: bool) -> Severity {
        let of = |way: &Direction| match way {
            Direction::Request => self.sent,
            _ if is_optional => self.received_of_optional.unwrap_or(self.received),
            Direction::Answer | Direction::Event => self.received,
        };
        ways.iter().map(of).max().unwrap_or(Severity::Editorial)
    }
}

/// Whether a schema is that of a property which may be left out.
fn is_optional_property(state: &State, place: &str) -> bool {
    let Some((object, name)) = place.rsplit_once("/properties/") else {
        return false;
    };
    let required = state
        .value
        .pointer(object)
        .and_then(|it| it["required"].as_array());
    let name = crate::place::unescape(name);
    !name.contains('/') && !required.is_some_and(|all| all.iter().any(|it| *it == *name))
}

/// At the place, inside of it, or around it.
fn is_near(found: &str, place: &str) -> bool {
    let depth = |pointer: &str| pointer.matches('/').count();
    let within = |inner: &str, outer: &str| {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    within(found, place) || within(place, found) && depth(place) <= depth(found) + 2
}

fn mutations() -> Vec<Mutation> {
    let mut all = schemas::mutations();
    all.extend(objects::mutations());
    all
}

/// Parts are in operations and events, rather than the other way around.
fn is_part(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Schema
            | Kind::Operation
            | Kind::Parameter
            | Kind::RequestBody
            | Kind::MediaType
            | Kind::Response
            | Kind::Header
            | Kind::Message
            | Kind::MessageTrait
    )
}

/// A change of each kind at a place.
fn mutate(
    report: &mut Report,
    state: &State,
    place: &Place,
    (ways, reached): (&Ways<'_>, &Reached),
    all: &[&Mutation],
) {
    let object = state
        .value
        .pointer(&place.pointer)
        .expect("a place of the document");
    for mutation in all.iter().filter(|it| it.on == place.kind) {
        let Some(edited) = (mutation.edit)(object).filter(|edited| edited != object) else {
            continue;
        };
        let mut document = state.value.clone();
        *document
            .pointer_mut(&place.pointer)
            .expect("a place of the document") = edited;
        let edited = state.edited(document);
        let counted = match mutation.part {
            "" => place.pointer.clone(),
            part => format!("{}/{part}", place.pointer),
        };
        report.kinds.insert(mutation.name.clone());
        report
            .places
            .insert(format!("{}{}", state.name, place.pointer));
        report.made += 1;
        let change = Change {
            kind: &mutation.name,
            place: &place.pointer,
            expected: mutation.forth.at(&state.value, &place.pointer),
            ways: &ways.at(&counted),
            reach: is_part(place.kind).then(|| reached.at(&place.pointer)),
            old: state,
            new: &edited,
        };
        let [forth, backwards] = documents::both_ways(state, &edited);
        report.judge(&change, &forth);
        let back = format!("{}, back", mutation.name);
        let change = Change {
            kind: &back,
            expected: mutation.back.at(&state.value, &place.pointer),
            old: &edited,
            new: state,
            ..change
        };
        report.judge(&change, &backwards);
    }
}

#[test]
fn every_change_is_one_finding_and_its_reverse_the_reverse() {
    let mut report = Report::default();
    let all = mutations();
    let all: Vec<&Mutation> = all.iter().collect();
    // Every place takes a minute; where there is a corpus, there is time.
    let most = match documents::folder(documents::CORPUS) {
        Some(_) => usize::MAX,
        None => 6,
    };
    for state in specs().into_iter().chain([documents::shared()]) {
        let (ways, reached) = (Ways::of(&state.value), Reached::of(&state.value));
        let mut places = places::places(&state.value);
        documents::Chance::of(&state.name).shuffle(&mut places);
        let mut made: BTreeMap<&str, usize> = BTreeMap::new();
        for place in places {
            let object = state.value.pointer(&place.pointer);
            let mut rest = all.clone();
            rest.retain(|it| {
                let is_free = it.on == place.kind && made.get(&*it.name) < Some(&most);
                is_free && object.is_some_and(|object| (it.edit)(object).is_some())
            });
            for mutation in &rest {
                *made.entry(&mutation.name).or_default() += 1;
            }
            mutate(&mut report, &state, &place, (&ways, &reached), &rest);
        }
    }
    report.conclude("the accepted documents");
}

#[test]
fn changes_of_other_documents_are_one_finding_each() {
    crate::stack::on_a_large_stack(|| {
        let mut report = Report::default();
        let all = mutations();
        for state in corpus() {
            let (ways, reached) = (Ways::of(&state.value), Reached::of(&state.value));
            let places = places::places(&state.value);
            let mut chance = documents::Chance::of(&state.name);
            for _ in 0..60 {
                let place = &places[chance.below(places.len())];
                if !places::is_unlike_others(&state.value, &place.pointer) {
                    continue;
                }
                let fitting: Vec<&Mutation> = all
                    .iter()
                    .filter(|it| it.on == place.kind)
                    .filter(|it| {
                        let object: &Value = state.value.pointer(&place.pointer).expect("a place");
                        (it.edit)(object).is_some_and(|edited| edited != *object)
                    })
                    .collect();
                if let Some(number) = chance.one_of(fitting.len()) {
                    let ways = (&ways, &reached);
                    mutate(&mut report, &state, place, ways, &fitting[number..=number]);
                }
            }
        }
        report.conclude("the corpus");
    });
}

/// Other spellings give nothing.
fn rewrite(faults: &mut Vec<String>, state: &State) {
    for rewrite in rewrites::rewrites() {
        let Some((old, new)) = rewrite.of(state) else {
            continue;
        };
        let [forth, back] = documents::both_ways(&old, &new);
        for (way, found) in [("", forth), (", back", back)] {
            let shown: Vec<String> = found
                .iter()
                .take(3)
                .map(|it| format!("  {} {:?} at {}", it.rule, it.severity, it.address))
                .collect();
            if !shown.is_empty() {
                let count = found.len();
                let shown = shown.join("\n");
                let (name, of) = (rewrite.name, &state.name);
                faults.push(format!("{of}: {name}{way}: {count}\n{shown}"));
            }
        }
    }
}

#[test]
fn other_spellings_of_one_thing_are_no_findings() {
    let mut faults = Vec::new();
    for state in specs() {
        rewrite(&mut faults, &state);
    }
    crate::stack::on_a_large_stack(|| {
        for state in corpus() {
            rewrite(&mut faults, &state);
        }
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
