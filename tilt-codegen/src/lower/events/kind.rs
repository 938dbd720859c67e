//! The property that names the kinds of events.

use std::collections::HashSet;

use super::Announced;
use super::wire::{KIND_PROPERTIES, name_of, own_values};
use crate::diagnostic::{Code, Problem};
use crate::identifier;
use crate::lower::draft::Conjunction;
use crate::lower::schema::TypeBuilder;
use crate::model::EventBody;

/// The property that names the kind: configured, or that of the generation before, or one whose value is fixed in
/// every payload, or else in most, or in those that it calls as their messages are called.
pub(super) fn kind_property<'d, 'e>(
    types: &mut TypeBuilder<'d, '_>,
    events: impl Iterator<Item = &'e Announced<'d>>,
) -> Option<String>
where
    'd: 'e,
{
    let configured = &types.context.config.events.kind;
    if configured.is_some() {
        return configured.clone();
    }
    let is_read =
        |event: &&Announced<'d>| event.payload.is_some() && event.body != EventBody::Unread;
    let with_payload: Vec<&Announced<'d>> = events.filter(is_read).collect();
    if with_payload.is_empty() {
        return None;
    }
    if let Some(kept) = kept(types, &with_payload) {
        return Some(kept);
    }
    let (mut of_most, mut of_shared, mut of_some) = (None, None, None);
    for property in candidates(types, &with_payload) {
        let told = told(types, &with_payload, property);
        let most = |count: usize| count >= 2 && count * 2 > with_payload.len();
        match told.events == with_payload.len() {
            true if !told.shares => return Some(property.to_owned()),
            // One more event, with a value of another, leaves all others to it.
            true if most(told.values) => of_shared = of_shared.or(Some(property)),
            false if !told.shares && most(told.events) => of_most = of_most.or(Some(property)),
            false if !told.shares && told.is_kind => of_some = of_some.or(Some(property)),
            _ => {}
        }
    }
    let of_any_name = by_any_name(types, &with_payload);
    let of_several = of_most.or(of_shared).or(of_some).map(str::to_owned);
    of_any_name.or(of_several)
}

/// The property by which the generation before told kinds, as long as an event has it: no other takes kinds from it.
/// Where it has one value in several events, it tells nothing any more.
fn kept<'d>(types: &mut TypeBuilder<'d, '_>, events: &[&Announced<'d>]) -> Option<String> {
    let property = types.context.previous.names.kind.clone()?;
    let told = told(types, events, &property);
    (told.values > 1 || told.events == 1).then_some(property)
}

/// The properties that may name kinds, those of discriminators first.
fn candidates<'d>(types: &mut TypeBuilder<'d, '_>, events: &[&Announced<'d>]) -> Vec<&'d str> {
    let mut discriminators = Vec::new();
    for event in events {
        discriminators.extend(event.selected.as_ref().map(|it| it.property));
        if let Some(payload) = event.payload {
            let flat = types.flatten(&Conjunction::one(payload));
            discriminators.extend(
                flat.leaves
                    .iter()
                    .filter_map(|leaf| leaf.schema.discriminator.as_ref())
                    .map(|d| d.property),
            );
        }
    }
    discriminators.sort_unstable();
    discriminators.dedup();
    let usual = KIND_PROPERTIES.iter().copied();
    discriminators.into_iter().chain(usual).collect()
}

/// A property as what tells events apart.
struct Told {
    /// The number of events in whose payloads it has values.
    events: usize,
    /// The number of these values.
    values: usize,
    /// Two events have the same.
    shares: bool,
    /// It names kinds, and nothing else of that name: it is a discriminator of payloads, says so itself, or its values
    /// are called as events are. A `type` may be that of a card.
    is_kind: bool,
}

fn told<'d>(types: &mut TypeBuilder<'d, '_>, events: &[&Announced<'d>], property: &str) -> Told {
    let mut seen = HashSet::new();
    let mut told = Told {
        events: 0,
        values: 0,
        shares: false,
        is_kind: true,
    };
    let of_events = identifier::words(property).iter().any(|it| it == "event");
    for event in events {
        let values = own_values(types, event, property);
        if values.is_empty() {
            continue;
        }
        told.events += 1;
        let selected = event.selected.as_ref();
        told.is_kind &= of_events
            || selected.is_some_and(|it| it.property == property)
            || values.iter().all(|value| calls(value, event));
        for value in values {
            told.shares |= !seen.insert(value);
        }
    }
    told.values = seen.len();
    told.is_kind &= told.events > 0;
    told
}

/// Whether a value has all words of an event's name.
fn calls(value: &str, event: &Announced<'_>) -> bool {
    let value = identifier::words(value);
    let name = identifier::words(name_of(event));
    !name.is_empty() && name.iter().all(|word| value.contains(word))
}

/// A property of any name that all payloads require, and that has a value of its own in each.
fn by_any_name<'d>(types: &mut TypeBuilder<'d, '_>, events: &[&Announced<'d>]) -> Option<String> {
    let (first, others) = events
        .split_first()
        .filter(|(_, others)| !others.is_empty())?;
    let mut candidates = required_of(types, first);
    candidates.sort_unstable();
    candidates.dedup();
    candidates.into_iter().find_map(|property| {
        let mut seen = HashSet::new();
        let mut own = |types: &mut TypeBuilder<'d, '_>, event: &Announced<'d>| {
            let values = own_values(types, event, property);
            values.len() == 1 && values.into_iter().all(|value| seen.insert(value))
        };
        let tells = own(types, first)
            && others
                .iter()
                .all(|event| own(types, event) && required_of(types, event).contains(&property));
        tells.then(|| property.to_owned())
    })
}

/// The properties that a payload has to have.
fn required_of<'d>(types: &mut TypeBuilder<'d, '_>, event: &Announced<'d>) -> Vec<&'d str> {
    let Some(payload) = event.payload else {
        return Vec::new();
    };
    let flat = types.flatten(&Conjunction::one(payload));
    let leaves = flat.leaves.iter();
    leaves
        .flat_map(|leaf| leaf.schema.required.clone())
        .collect()
}

/// Reports a property of which nothing says that it names kinds, although some payloads alone fix it.
pub(super) fn report_unread<'d>(types: &mut TypeBuilder<'d, '_>, events: &[Announced<'d>]) {
    for property in KIND_PROPERTIES {
        let mut fixed = Vec::new();
        for event in events.iter().filter(|it| it.body != EventBody::Unread) {
            if let [value] = own_values(types, event, property).as_slice() {
                fixed.push((event, value.clone()));
            }
        }
        let values: HashSet<&String> = fixed.iter().map(|(_, value)| value).collect();
        let (Some((event, value)), true) = (fixed.first(), values.len() == fixed.len()) else {
            continue;
        };
        let message = format!(
            "the payload of `{}` has `{property}`, always `{}`, and others have none: events are not told by it",
            name_of(event),
            value.escape_debug()
        );
        let help = format!("[events] kind = \"{property}\" if it says which event one is");
        let problem = Problem::new(Code::UNREAD_EVENT_KIND, event.node, message).help(help);
        types.context.problem(problem);
        return;
    }
}
