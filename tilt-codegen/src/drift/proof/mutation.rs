//! Kinds of changes, as data.

use crate::drift::Severity;
use crate::drift::grammar::Kind;
use serde_json::{Map, Value};

/// The object after a change.
type Edit = Box<dyn Fn(&Value) -> Option<Value>>;

/// A kind of change.
pub(super) struct Mutation {
    pub(super) name: String,
    /// The kind of object that is edited.
    pub(super) on: Kind,
    /// The part of it whose way counts; the object itself, if empty.
    pub(super) part: &'static str,
    /// The object after the change; nothing, where the change cannot be made.
    pub(super) edit: Edit,
    pub(super) forth: Expected,
    /// Of the way back.
    pub(super) back: Expected,
}

/// The one finding that a change gives.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected {
    /// Ends of rule ids, any of which it may be, between bars.
    pub(super) rules: &'static str,
    pub(super) sent: Severity,
    pub(super) received: Severity,
    /// Of a property that may be left out, where that is something else.
    pub(super) received_of_optional: Option<Severity>,
    /// Of what is written as text, where that is something else.
    pub(super) of_text: Option<&'static Expected>,
}

pub(super) use Severity::{Additive, Breaking, Editorial, Warning};

pub(super) const fn gives(rules: &'static str, sent: Severity, received: Severity) -> Expected {
    Expected {
        rules,
        sent,
        received,
        received_of_optional: None,
        of_text: None,
    }
}

/// The same on all ways.
pub(super) const fn always(rules: &'static str, severity: Severity) -> Expected {
    gives(rules, severity, severity)
}

pub(super) static WORDS: Expected = always("text-changed", Editorial);

pub(super) fn on(
    kind: Kind,
    name: impl Into<String>,
    edit: impl Fn(&Value) -> Option<Value> + 'static,
    forth: Expected,
    back: Expected,
) -> Mutation {
    Mutation {
        name: name.into(),
        on: kind,
        part: "",
        edit: Box::new(edit),
        forth,
        back,
    }
}

impl Mutation {
    /// The ways of a part are those that count.
    pub(super) fn of(self, part: &'static str) -> Mutation {
        Mutation { part, ..self }
    }
}

pub(super) fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// With a member that it does not have.
pub(super) fn set(key: &'static str, value: &'static str) -> impl Fn(&Value) -> Option<Value> {
    move |object| {
        let absent = object.get(key).is_none();
        absent.then(|| with(object, key, json(value)))
    }
}

/// With another value of a member that it has, which may be nothing.
pub(super) fn change(
    key: &'static str,
    edit: impl Fn(&Value) -> Option<Value>,
) -> impl Fn(&Value) -> Option<Value> {
    move |object| Some(with(object, key, edit(object.get(key)?)?))
}

/// With more in the text of a member.
pub(super) fn reword(key: &'static str) -> impl Fn(&Value) -> Option<Value> {
    change(key, |text| {
        Some(format!("{} (renewed)", text.as_str()?).into())
    })
}

pub(super) fn with(object: &Value, key: &str, value: Value) -> Value {
    let mut object = object.clone();
    object[key] = value;
    object
}

pub(super) fn without(object: &Value, key: &str) -> Option<Value> {
    let mut members = object.as_object()?.clone();
    members.shift_remove(key)?;
    Some(members.into())
}

/// With another key for a member, at its place.
pub(super) fn renamed(map: &Value, key: &str, to: &str) -> Option<Value> {
    let members = map.as_object()?.iter();
    let members = members.map(|(name, value)| {
        let name = if name == key { to } else { name };
        (name.to_owned(), value.clone())
    });
    Some(members.collect::<Map<_, _>>().into())
}

/// With one more element in a list.
pub(super) fn pushed(list: &Value, element: Value) -> Option<Value> {
    let mut elements = list.as_array()?.clone();
    elements.push(element);
    Some(elements.into())
}

/// The last element of a list becomes another one.
pub(super) fn one_for_another(list: &Value, element: Value) -> Option<Value> {
    let mut elements = list.as_array()?.clone();
    *elements.last_mut()? = element;
    Some(elements.into())
}

/// The edit where something holds.
pub(super) fn where_(
    holds: impl Fn(&Value) -> bool,
    edit: impl Fn(&Value) -> Option<Value>,
) -> impl Fn(&Value) -> Option<Value> {
    move |object| match holds(object) {
        true => edit(object),
        false => None,
    }
}
