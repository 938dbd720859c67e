//! Events: AsyncAPI messages and OpenAPI webhooks, each told from the others by a value in its
//! payload, its message's name, or its look.

use std::collections::{BTreeMap, BTreeSet};

use crate::config;
use crate::diagnostic::{Code, Problem};
use crate::dialect::{asyncapi, keyword, openapi};
use crate::identifier::{self, Order};
use crate::lower::context::Context;
use crate::lower::finish::kinds::Kinds;
use crate::lower::finish::variants::{Looks, look_of};
use crate::lower::naming::known::type_key;
use crate::lower::schema::TypeBuilder;
use crate::lower::schema::describe;
use crate::lower::schema::draft::{Conjunction, Place};
use crate::model::{Docs, Events, Scalar, Shape, Signature, SignatureEncoding, TypeRef, Union};
use crate::source::Node;

/// An event before its types are final.
pub(in crate::lower) struct DraftEvent {
    wire: String,
    pub ty: TypeRef,
    channels: BTreeSet<String>,
    docs: Docs,
    deprecated: bool,
}

/// A payload, and where it was found.
struct Announced<'d> {
    node: Node<'d>,
    payload: Option<Node<'d>>,
    /// What the document calls it.
    name: Option<String>,
    channel: Option<String>,
    /// What the operation that carries it is called.
    operation: Option<String>,
    /// The only message on its channel.
    alone: bool,
    docs: Docs,
    deprecated: bool,
}

/// Property names that usually tell events apart.
const KIND_PROPERTIES: &[&str] = &[
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

pub(in crate::lower) struct DraftEvents {
    pub events: Vec<DraftEvent>,
    pub kind_property: Option<String>,
}

/// Collects the events of both documents.
pub(in crate::lower) fn collect<'d, 'w>(
    types: &mut TypeBuilder<'d, '_>,
    asyncapi: Option<&asyncapi::EventApi<'d>>,
    webhooks: impl Iterator<Item = &'w openapi::Operation<'d>>,
) -> DraftEvents
where
    'd: 'w,
{
    let mut announced: Vec<Announced<'d>> = Vec::new();
    for message in asyncapi.into_iter().flat_map(|events| &events.messages) {
        announced.push(Announced {
            node: message.node,
            payload: message.payload,
            name: message.name.map(str::to_owned),
            operation: message.operation_id.map(str::to_owned),
            channel: message.channel.map(str::to_owned),
            alone: message.siblings == 1,
            docs: types.context.documented(message.node, || {
                describe::paragraphs([message.title, message.summary, message.description])
            }),
            deprecated: message.deprecated,
        });
    }
    for webhook in webhooks {
        let content = webhook.body.iter().flat_map(|body| &body.content);
        let json = content
            .clone()
            .find(|media| media.media_type.contains("json"));
        let media = json.or(content.clone().next());
        announced.push(Announced {
            node: webhook.node,
            payload: media.and_then(|media| media.schema),
            name: Some(webhook.path.to_owned()),
            operation: None,
            channel: Some(webhook.path.to_owned()),
            alone: true,
            docs: types.context.documented(webhook.node, || {
                let texts = [webhook.summary.as_deref(), webhook.description.as_deref()];
                describe::paragraphs(texts)
            }),
            deprecated: webhook.deprecated,
        });
    }
    let announced: Vec<Announced<'d>> = announced
        .into_iter()
        .flat_map(|event| alternatives(types, event))
        .collect();
    let kind_property = kind_property(types, &announced);
    let mut events: BTreeMap<(String, String), DraftEvent> = BTreeMap::new();
    for event in announced {
        let wires = wires(types, &event, kind_property.as_deref());
        let shared = wires.len() > 1;
        for wire in wires {
            let bytes =
                wire.len() + event.docs.0.len() + event.channel.as_ref().map_or(0, String::len);
            if !types.context.hold(event.node, bytes) {
                break;
            }
            let suggestions = payload_names(if shared { None } else { Some(&wire) });
            let ty = match event.payload {
                Some(payload) => types
                    .node(payload, &Place::suggested(suggestions))
                    .standalone(),
                None => TypeRef::Scalar(Scalar::Any),
            };
            let key = (wire.clone(), format!("{ty:?}"));
            let on_channel = |known: &DraftEvent| {
                event
                    .channel
                    .as_ref()
                    .is_some_and(|channel| known.channels.contains(channel))
            };
            if event.name.is_none() && events.get(&key).is_some_and(on_channel) {
                let problem = Problem::new(
                    Code::INDISTINCT_MESSAGE,
                    event.node,
                    "a message without a name, on the channel and with the payload of another, is the same event",
                );
                types.context.problem(problem);
            }
            let entry = events.entry(key).or_insert_with(|| DraftEvent {
                wire,
                ty,
                channels: BTreeSet::new(),
                docs: event.docs.clone(),
                deprecated: event.deprecated,
            });
            entry.channels.extend(event.channel.clone());
        }
    }
    DraftEvents {
        events: events.into_values().collect(),
        kind_property,
    }
}

/// Names for the payload of one kind of event, or of all.
fn payload_names(wire: Option<&str>) -> Vec<String> {
    match wire.map(identifier::type_name) {
        Some(kind) => vec![
            kind.clone(),
            format!("{kind}Event"),
            format!("{kind}Payload"),
        ],
        None => vec!["EventPayload".to_owned()],
    }
}

/// A payload that is one of several schemas announces several events.
fn alternatives<'d>(types: &mut TypeBuilder<'d, '_>, event: Announced<'d>) -> Vec<Announced<'d>> {
    let Some(payload) = event.payload else {
        return vec![event];
    };
    let flat = types.flatten(&Conjunction::one(payload));
    let substantive = flat.is_substantive();
    let branches: Vec<Node<'d>> = flat
        .leaves
        .iter()
        .flat_map(|leaf| leaf.schema.one_of.iter().chain(&leaf.schema.any_of))
        .copied()
        .collect();
    let objects = |types: &mut TypeBuilder<'d, '_>, node: &Node<'d>| {
        let flat = types.flatten(&Conjunction::one(*node));
        flat.leaves
            .iter()
            .any(|leaf| !leaf.schema.properties.is_empty())
    };
    if branches.len() < 2 || substantive || !branches.iter().all(|node| objects(types, node)) {
        return vec![event];
    }
    branches
        .into_iter()
        .map(|branch| {
            let reference = keyword::reference(branch);
            let name = reference.and_then(|reference| reference.rsplit('/').next());
            let title = keyword::title(branch);
            Announced {
                node: event.node,
                payload: Some(branch),
                name: name
                    .or(title)
                    .map(str::to_owned)
                    .or_else(|| event.name.clone()),
                channel: event.channel.clone(),
                operation: event.operation.clone(),
                alone: false,
                docs: types.context.documented(branch, || {
                    let own = keyword::description(branch);
                    own.map_or_else(|| event.docs.clone(), describe::text)
                }),
                deprecated: event.deprecated,
            }
        })
        .collect()
}

/// The property that names the kind: configured, or one whose value is fixed in every payload.
fn kind_property<'d>(types: &mut TypeBuilder<'d, '_>, events: &[Announced<'d>]) -> Option<String> {
    let configured = &types.context.config.events.kind;
    if configured.is_some() {
        return configured.clone();
    }
    let with_payload: Vec<&Announced<'d>> = events
        .iter()
        .filter(|event| event.payload.is_some())
        .collect();
    if with_payload.is_empty() {
        return None;
    }
    let mut discriminators = Vec::new();
    for event in &with_payload {
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
    let candidates = discriminators
        .into_iter()
        .chain(KIND_PROPERTIES.iter().copied());
    for property in candidates {
        let mut seen = std::collections::HashSet::new();
        let tells = with_payload.iter().all(|event| {
            let values = values_of(types, event, property);
            !values.is_empty() && values.into_iter().all(|value| seen.insert(value))
        });
        if tells {
            return Some(property.to_owned());
        }
    }
    None
}

/// The values that a payload lists for a property.
fn values_of<'d>(
    types: &mut TypeBuilder<'d, '_>,
    event: &Announced<'d>,
    property: &str,
) -> Vec<String> {
    let Some(payload) = event.payload else {
        return Vec::new();
    };
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
                for value in listed.filter_map(|value| value.as_str()) {
                    if types.context.hold(node, value.len()) {
                        values.push(value.to_owned());
                    }
                }
                if depth < 4 {
                    let nested = schema.one_of.iter().chain(&schema.any_of).rev();
                    stack.extend(nested.map(|node| (*node, depth + 1)));
                }
            }
        }
    }
    let mut seen = std::collections::HashSet::new();
    values.retain(|value| seen.insert(value.clone()));
    values
}

/// The kinds that a payload announces.
fn wires<'d>(
    types: &mut TypeBuilder<'d, '_>,
    event: &Announced<'d>,
    kind_property: Option<&str>,
) -> Vec<String> {
    if let Some(property) = kind_property {
        let values = values_of(types, event, property);
        // A shared payload lists all kinds; which of them a message is, its name tells.
        let named = event
            .name
            .as_deref()
            .filter(|name| values.len() > 1 && matches_one(name, &values));
        if let Some(name) = named {
            return values
                .into_iter()
                .filter(|value| identifier::words(value) == identifier::words(name))
                .collect();
        }
        if !values.is_empty() {
            return values;
        }
        if let Some(value) = schema_name(types, event, property) {
            return vec![value];
        }
    }
    let channel = event.channel.as_deref().filter(|_| event.alone);
    let wire = match (event.name.as_deref(), channel) {
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
    };
    if let Some(property) = kind_property {
        let problem = Problem::new(
            Code::GUESSED_EVENT_KIND,
            event.node,
            format!(
                "the payload does not say what its `{property}` is: `{wire}` is taken from the name of the message"
            ),
        );
        types.context.problem(problem);
    }
    vec![wire.to_owned()]
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
    discriminated.then(|| crate::source::unescape(name).into_owned())
}

fn matches_one(name: &str, values: &[String]) -> bool {
    values
        .iter()
        .any(|value| identifier::words(value) == identifier::words(name))
}

/// The model's events, once types are final.
pub(in crate::lower) fn finish(
    context: &Context<'_>,
    draft: DraftEvents,
    types: &[crate::model::Type],
    unrenamed: &dyn Fn(usize) -> String,
    looks: &mut Looks,
) -> Option<Events> {
    if draft.events.is_empty() {
        return None;
    }
    let config = &context.config.events;
    let mut events = draft.events;
    let keys: Vec<(String, String)> = events
        .iter()
        .map(|event| (event.wire.clone(), type_key(&event.ty, unrenamed)))
        .collect();
    let known = known_variants(&keys, &context.previous.names.events);
    let unique = identifier::unique(
        events.iter().map(|event| event.wire.as_str()),
        |at| known[at].clone(),
        |wire| vec![identifier::variant_name(wire)],
        Order::Text,
    );
    let mut kinds: Vec<crate::model::EventKind> = events
        .drain(..)
        .zip(unique)
        .map(|(event, variant)| crate::model::EventKind {
            variant,
            wire: event.wire,
            ty: event.ty,
            channels: event.channels.into_iter().collect(),
            own_channels: Vec::new(),
            docs: event.docs,
            deprecated: event.deprecated,
        })
        .collect();
    kinds.sort_by(|a, b| a.variant.cmp(&b.variant));
    let by_type = Kinds::of(types);
    let variants = kinds
        .iter()
        .map(|kind| {
            let mut variant = look_of(types, &by_type, &kind.ty, looks);
            variant.name = kind.variant.clone();
            variant
        })
        .collect();
    let id = config
        .id
        .clone()
        .or_else(|| common_id(types, &by_type, &kinds));
    Some(Events {
        name: "Event".to_owned(),
        kinds,
        channels: Vec::new(),
        kind_property: draft.kind_property.map(|property| vec![property]),
        id_property: id.map(|property| vec![property]),
        union: Union {
            variants,
            discriminator: None,
        },
        signature: config.signature.as_ref().map(|signature| Signature {
            header: signature.header.clone(),
            prefix: signature.prefix.clone(),
            encoding: match signature.encoding {
                config::SignatureEncoding::Hex => SignatureEncoding::Hex,
                config::SignatureEncoding::Base64 => SignatureEncoding::Base64,
            },
        }),
    })
}

/// What the variants of events were called: by what they are on the wire and their payload, or else
/// by the first alone.
fn known_variants(
    keys: &[(String, String)],
    known: &BTreeMap<(String, String), String>,
) -> Vec<Option<String>> {
    let mut left = known.clone();
    let mut found: Vec<Option<String>> = keys.iter().map(|key| left.remove(key)).collect();
    for (found, (wire, _)) in found.iter_mut().zip(keys) {
        if found.is_none() {
            let from = (wire.clone(), String::new());
            let next = left.range(from..).next().map(|(key, _)| key.clone());
            let same = next.filter(|(other, _)| other == wire);
            *found = same.and_then(|key| left.remove(&key));
        }
    }
    found
}

fn common_id(
    types: &[crate::model::Type],
    by_type: &Kinds,
    kinds: &[crate::model::EventKind],
) -> Option<String> {
    ["event_id", "eventId"]
        .into_iter()
        .find(|name| {
            kinds.iter().all(|kind| {
                let (_, _, end) = by_type.look(&kind.ty);
                let shape = end.and_then(|id| Some(&types.get(id.0)?.shape));
                let Some(Shape::Struct(shape)) = shape else {
                    return false;
                };
                shape.fields.iter().any(|field| field.wire == *name)
            })
        })
        .map(str::to_owned)
}
