//! The kinds of events on the wire: the property that names them, and its values in each payload.

use std::collections::{HashMap, HashSet};

use super::Announced;
use crate::config::Setting;
use crate::diagnostic::{Code, Problem};
use crate::dialect::keyword;
use crate::identifier;
use crate::lower::draft::Conjunction;
use crate::lower::schema::TypeBuilder;
use crate::model::{EventVersion, KindSaid};
use crate::place::pointer::unescape;
use crate::source::Node;
use serde_json::Value;

/// Property names that usually tell events apart.
pub(super) const KIND_PROPERTIES: &[&str] = &[
    "event_kind",
    "eventKind",
    "event_type",
    "eventType",
    "event_name",
    "eventName",
    "event",
    "type",
    "kind",
    "action",
    "topic",
];

/// The values of a property in a payload. A shared payload lists all kinds; which of them a message is, its name tells.
pub(super) fn own_values<'d>(
    types: &mut TypeBuilder<'d, '_>,
    event: &Announced<'d>,
    property: &str,
) -> Vec<String> {
    if let Some(selected) = event.selected.as_ref().filter(|it| it.property == property) {
        return selected.values.clone();
    }
    let values = values_of(types, event, property);
    let named = event
        .name
        .as_deref()
        .filter(|name| values.len() > 1 && matches_one(name, &values));
    match named.map(identifier::words) {
        Some(words) => {
            let values = values.into_iter();
            values.filter(|it| identifier::words(it) == words).collect()
        }
        None => values,
    }
}

/// The values that a payload lists for a property.
fn values_of<'d>(
    types: &mut TypeBuilder<'d, '_>,
    event: &Announced<'d>,
    property: &str,
) -> Vec<String> {
    event
        .payload
        .map(|payload| values_in(types, payload, property))
        .unwrap_or_default()
}

/// Whether a value that a property always has, and that no other has, tells payloads apart.
pub(super) fn are_tagged<'d>(types: &mut TypeBuilder<'d, '_>, payloads: &[Node<'d>]) -> bool {
    let configured = types.context.config.events.kind.clone();
    let properties = configured.iter().map(String::as_str);
    properties
        .chain(KIND_PROPERTIES.iter().copied())
        .any(|property| {
            let mut seen = HashSet::new();
            payloads.iter().all(|payload| {
                let values = values_in(types, *payload, property);
                !values.is_empty() && values.into_iter().all(|value| seen.insert(value))
            })
        })
}

fn values_in<'d>(
    types: &mut TypeBuilder<'d, '_>,
    payload: Node<'d>,
    property: &str,
) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    listed_in(types, payload, property, text)
}

/// The values that a payload lists for a property, of those that have a text.
fn listed_in<'d>(
    types: &mut TypeBuilder<'d, '_>,
    payload: Node<'d>,
    property: &str,
    text: fn(&Value) -> Option<String>,
) -> Vec<String> {
    let flat = types.flatten(&Conjunction::one(payload));
    let nodes: Vec<Node<'d>> = flat
        .leaves
        .iter()
        .flat_map(|leaf| &leaf.schema.properties)
        .filter(|(name, _)| *name == property)
        .map(|(_, node)| *node)
        .collect();
    let mut values: Vec<String> = Vec::new();
    for node in nodes {
        let mut stack = vec![(node, 0)];
        while let Some((node, depth)) = stack.pop() {
            let flat = types.flatten(&Conjunction::one(node));
            for schema in flat.leaves.iter().map(|leaf| &leaf.schema) {
                let listed = schema.enumeration.unwrap_or_default();
                let listed = schema.constant.into_iter().chain(listed);
                for value in listed.filter_map(text) {
                    if types.context.hold(node, value.len()) {
                        values.push(value);
                    }
                }
                if depth < 4 {
                    let nested = schema.one_of.iter().chain(&schema.any_of).rev();
                    stack.extend(nested.map(|node| (*node, depth + 1)));
                }
            }
        }
    }
    let mut seen = HashSet::new();
    values.retain(|value| seen.insert(value.clone()));
    values
}

/// The versions that payloads state, where settings name the property. A payload that states none takes any.
pub(super) fn version<'d>(
    types: &mut TypeBuilder<'d, '_>,
    events: &[Announced<'d>],
) -> Option<EventVersion> {
    let property = types.context.config.events.version.clone()?;
    let mut known = Vec::new();
    for payload in events.iter().filter_map(|event| event.payload) {
        let stated = listed_in(types, payload, &property, |value| match value {
            Value::String(text) => Some(text.to_string()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        });
        known.extend(stated);
    }
    known.sort();
    known.dedup();
    if known.is_empty() {
        let message = format!("no payload states a value of `{}`", property.escape_debug());
        let help = "correct the name, remove the setting, or state the version by an overlay";
        let code = Code::UNSTATED_EVENT_VERSION;
        types
            .context
            .at_setting(Setting::Event("version"), code, message, help.to_owned());
        return None;
    }
    Some(EventVersion { property, known })
}

/// The kinds that a payload announces.
pub(super) struct Wires {
    pub own: Vec<String>,
    /// Those that it lists beside the one that its message is called after, and that no other message is of.
    pub beside: Vec<String>,
    pub said: KindSaid,
}

impl Wires {
    fn new(own: Vec<String>, said: KindSaid) -> Self {
        let beside = Vec::new();
        Self { own, beside, said }
    }
}

/// The names of messages by the kinds that their payloads list and by their own words.
pub(super) struct Claims<'e> {
    listed: HashMap<String, HashSet<&'e str>>,
    called: HashMap<Vec<String>, HashSet<&'e str>>,
}

impl<'e> Claims<'e> {
    pub(super) fn of<'d>(
        types: &mut TypeBuilder<'d, '_>,
        events: &'e [Announced<'d>],
        kind_property: Option<&str>,
    ) -> Self {
        let mut claims = Self {
            listed: HashMap::new(),
            called: HashMap::new(),
        };
        for event in events {
            let name = name_of(event);
            let called = claims.called.entry(identifier::words(name)).or_default();
            called.insert(name);
            for value in kind_property.map_or_else(Vec::new, |it| values_of(types, event, it)) {
                claims.listed.entry(value).or_default().insert(name);
            }
        }
        claims
    }

    /// Whether a kind is of no message but that of this name.
    fn are_of(&self, value: &str, name: &str) -> bool {
        let listed = self.listed.get(value);
        let called = self.called.get(&identifier::words(value));
        let mut all = listed.into_iter().chain(called).flatten();
        all.all(|other| *other == name)
    }
}

/// The kinds that a payload announces, and whether it says them.
pub(super) fn wires<'d>(
    types: &mut TypeBuilder<'d, '_>,
    event: &Announced<'d>,
    kind_property: Option<&str>,
    claims: &Claims<'_>,
) -> Wires {
    let wire = name_of(event);
    let (Some(property), Some(payload)) = (kind_property, event.payload) else {
        return Wires::new(vec![wire.to_owned()], KindSaid::Named);
    };
    let values = own_values(types, event, property);
    if !values.is_empty() {
        let mut beside = match &event.selected {
            Some(selected) if selected.property == property => Vec::new(),
            _ => values_of(types, event, property),
        };
        beside.retain(|it| !values.contains(it) && claims.are_of(it, wire));
        return Wires {
            beside,
            ..Wires::new(values, KindSaid::Named)
        };
    }
    if let Some(value) = schema_name(types, event, property) {
        return Wires::new(vec![value], KindSaid::Named);
    }
    let is_configured = types.context.config.events.kind.is_some();
    let flat = types.flatten(&Conjunction::one(payload));
    let mut leaves = flat.leaves.iter().flat_map(|leaf| &leaf.schema.properties);
    let said = match leaves.any(|(name, _)| *name == property) {
        false => KindSaid::Nowhere,
        true if is_configured => KindSaid::Named,
        true => KindSaid::ByAnyValue,
    };
    let otherwise = match said {
        KindSaid::Named => "",
        _ => "; one that comes by no channel is known by what it looks like",
    };
    let message = format!(
        "the payload does not say what its `{property}` is: `{wire}` is taken from the name of the message{otherwise}"
    );
    let problem = Problem::new(Code::GUESSED_EVENT_KIND, event.node, message);
    types.context.problem(problem);
    Wires::new(vec![wire.to_owned()], said)
}

/// The name of an event where no property of its payload tells it.
pub(super) fn name_of<'e>(event: &'e Announced<'_>) -> &'e str {
    let channel = event.channel.as_deref().filter(|_| event.alone);
    match (event.name.as_deref(), channel) {
        // The same words: the channel keeps the spelling that is on the wire.
        (Some(name), Some(channel)) if identifier::words(name) == identifier::words(channel) => {
            if name.contains(['.', '_', '-']) {
                name
            } else {
                channel
            }
        }
        (Some(name), _) => name,
        // A channel with parameters is a pattern, not a name.
        (None, Some(channel)) if !channel.contains('{') || event.operation.is_none() => channel,
        (None, _) => event
            .operation
            .as_deref()
            .or(event.channel.as_deref())
            .unwrap_or("message"),
    }
}

/// AsyncAPI's discriminator: its value is the name of the schema (2.6, "Schema Object").
fn schema_name<'d>(
    types: &mut TypeBuilder<'d, '_>,
    event: &Announced<'d>,
    property: &str,
) -> Option<String> {
    let payload = event.payload?;
    let reference = keyword::reference(payload)?;
    let flat = types.flatten(&Conjunction::one(payload));
    let discriminated = flat.leaves.iter().any(|leaf| {
        let discriminator = leaf.schema.discriminator.as_ref();
        discriminator.is_some_and(|it| it.property == property)
    });
    let name = reference.rsplit('/').next().unwrap_or(reference);
    discriminated.then(|| unescape(name).into_owned())
}

fn matches_one(name: &str, values: &[String]) -> bool {
    values
        .iter()
        .any(|value| identifier::words(value) == identifier::words(name))
}
