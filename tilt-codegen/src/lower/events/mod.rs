//! Events: AsyncAPI messages and OpenAPI webhooks, each told from the others by a value in its
//! payload, its message's name, or its form.

mod alternatives;
mod headers;
mod kind;
mod operations;
mod settings;
mod wire;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use self::alternatives::alternatives;
use self::headers::Stated;
use self::kind::{kind_property, report_unread};
use self::operations::Candidate;
use self::wire::{Claims, Wires, name_of, own_values, version, wires};
use crate::diagnostic::{Code, Problem};
use crate::dialect::schema::JsonType;
use crate::dialect::{asyncapi, media_type, openapi};
use crate::identifier;
use crate::lower::draft::{Conjunction, Site};
use crate::lower::operation::parts::form_encodings;
use crate::lower::schema::TypeBuilder;
use crate::lower::schema::describe;
use crate::model::{Docs, EventBody, EventHeader, EventVersion, KindSaid, Scalar, TypeRef};
use crate::source::Node;

/// An event before its types are final.
pub(in crate::lower) struct DraftEvent {
    pub wire: String,
    pub said: KindSaid,
    /// Its name where no property of the payload tells it, under which an earlier generation may know it.
    pub name: String,
    /// Names that it may have had where another property told it.
    pub former: BTreeSet<String>,
    pub ty: TypeRef,
    pub body: EventBody,
    /// Deliveries of it have no body.
    pub is_empty: bool,
    pub channels: BTreeSet<String>,
    pub headers: Vec<EventHeader>,
    pub docs: Docs,
    pub deprecated: bool,
}

/// A payload, and where it was found.
struct Announced<'d> {
    node: Node<'d>,
    payload: Option<Node<'d>>,
    body: EventBody,
    /// The discriminator that selects it among several payloads.
    selected: Option<Selected<'d>>,
    /// Its name in the document.
    name: Option<String>,
    channel: Option<String>,
    /// The id of the operation that carries it.
    operation: Option<String>,
    /// The operation by which the API receives it.
    received: Option<Node<'d>>,
    /// Names under which an earlier generation had it, although the API receives it.
    former: BTreeSet<String>,
    headers: Vec<Stated<'d>>,
    /// The only message on its channel.
    alone: bool,
    docs: Docs,
    deprecated: bool,
}

/// The property of a discriminator, and the values of it that select a payload.
struct Selected<'d> {
    property: &'d str,
    values: Vec<String>,
}

pub(in crate::lower) struct DraftEvents {
    pub events: Vec<DraftEvent>,
    pub kind_property: Option<String>,
    pub version: Option<EventVersion>,
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
    if let Some(events) = asyncapi {
        for candidate in operations::candidates(types.context, &events.messages) {
            announced.push(of_message(types, &candidate));
        }
    }
    for webhook in webhooks {
        announced.push(of_webhook(types, webhook));
    }
    let announced: Vec<Announced<'d>> = announced
        .into_iter()
        .flat_map(|event| alternatives(types, event))
        .collect();
    let mut announced = operations::sent(types, announced);
    settings::check(types, &announced);
    let kind_property = kind_property(types, announced.iter());
    if kind_property.is_none() {
        report_unread(types, &announced);
    }
    told_before(types, &mut announced, kind_property.as_deref());
    let version = version(types, &announced);
    DraftEvents {
        events: draft(types, announced, kind_property.as_deref()),
        kind_property,
        version,
    }
}

/// Notes what events were called where another property told them: they keep their names.
fn told_before<'d>(
    types: &mut TypeBuilder<'d, '_>,
    announced: &mut [Announced<'d>],
    kind_property: Option<&str>,
) {
    let before = types.context.previous.names.kind.clone();
    let Some(before) = before.filter(|it| kind_property != Some(it)) else {
        return;
    };
    for event in announced {
        let values = own_values(types, event, &before);
        event.former.extend(values);
    }
}

fn of_message<'d>(types: &mut TypeBuilder<'d, '_>, candidate: &Candidate<'_, 'd>) -> Announced<'d> {
    let message = candidate.message;
    Announced {
        node: message.node,
        payload: message.payload,
        body: match message.content_type {
            Some(form) if media_type::is_form(form) => EventBody::Form(Vec::new()),
            Some(other) if !media_type::may_be_json(other) => EventBody::Unread,
            _ => EventBody::Json,
        },
        selected: None,
        name: message.name.map(str::to_owned),
        operation: message.operation_id.map(str::to_owned),
        received: candidate.received,
        former: BTreeSet::new(),
        headers: headers::of_message(types, message),
        channel: Some(message.channel.to_owned()),
        alone: message.siblings == 1,
        docs: types.context.documented(message.node, || {
            describe::paragraphs([message.title, message.summary, message.description])
        }),
        deprecated: message.deprecated,
    }
}

fn of_webhook<'d>(
    types: &mut TypeBuilder<'d, '_>,
    webhook: &openapi::Operation<'d>,
) -> Announced<'d> {
    let (payload, body) = body_of(types, webhook);
    Announced {
        node: webhook.node,
        payload,
        body,
        selected: None,
        name: Some(webhook.path.to_owned()),
        operation: None,
        received: None,
        former: BTreeSet::new(),
        headers: headers::of_webhook(types, webhook),
        channel: Some(webhook.path.to_owned()),
        alone: true,
        docs: types.context.documented(webhook.node, || {
            let texts = [webhook.summary.as_deref(), webhook.description.as_deref()];
            describe::paragraphs(texts)
        }),
        deprecated: webhook.deprecated,
    }
}

/// The payload of a webhook, and how it is written. A form is read beside JSON where both are of one schema.
fn body_of<'d>(
    types: &mut TypeBuilder<'d, '_>,
    webhook: &openapi::Operation<'d>,
) -> (Option<Node<'d>>, EventBody) {
    let content = webhook.body.iter().flat_map(|body| &body.content);
    let form = content.clone().find(|media| {
        media_type::is_form(media.media_type) && media.schema.is_some_and(|it| is_object(types, it))
    });
    let is_json = |media: &&openapi::Media<'d>| media_type::may_be_json(media.media_type);
    let json = content.clone().find(is_json);
    let schema = |media: &openapi::Media<'d>| media.schema.map(|it| it.value);
    let form = form.filter(|form| json.is_none_or(|json| schema(form) == schema(json)));
    for other in content.clone() {
        let is_read = [json, form].into_iter().flatten();
        let mut is_read = is_read.map(|it| it.node.key());
        if is_json(&other) || is_read.any(|it| it == other.node.key()) {
            continue;
        }
        let message = format!(
            "a webhook of `{}` is not read: its event is an unknown one",
            other.media_type
        );
        let problem = Problem::new(Code::OTHER_EVENT_BODY, other.node, message);
        types.context.problem(problem);
    }
    let body = match (json, form) {
        (Some(_), Some(form)) => EventBody::Either(form_encodings(form)),
        (None, Some(form)) => EventBody::Form(form_encodings(form)),
        (None, None) if content.clone().next().is_some() => EventBody::Unread,
        (_, None) => EventBody::Json,
    };
    let media = json.or(form).or(content.clone().next());
    (media.and_then(|media| media.schema), body)
}

/// Whether a schema is of objects, with properties that a form can have.
fn is_object<'d>(types: &mut TypeBuilder<'d, '_>, schema: Node<'d>) -> bool {
    let flat = types.flatten(&Conjunction::one(schema));
    let proper = flat.proper_types();
    proper.iter().eq([JsonType::Object])
        || flat.types.is_empty()
            && flat
                .leaves
                .iter()
                .any(|leaf| !leaf.schema.properties.is_empty())
}

/// Events by what they are on the wire and their payload: one of several channels is one event.
fn draft<'d>(
    types: &mut TypeBuilder<'d, '_>,
    announced: Vec<Announced<'d>>,
    kind_property: Option<&str>,
) -> Vec<DraftEvent> {
    let mut events: BTreeMap<(String, String), DraftEvent> = BTreeMap::new();
    let mut silent = Silent::default();
    let claims = Claims::of(types, &announced, kind_property);
    for event in &announced {
        let Wires { own, beside, said } = wires(types, event, kind_property, &claims);
        let named = own.len();
        let headers = headers::typed(types, event);
        for (number, wire) in own.into_iter().chain(beside).enumerate() {
            let bytes =
                wire.len() + event.docs.0.len() + event.channel.as_ref().map_or(0, String::len);
            if !types.context.hold(event.node, bytes) {
                break;
            }
            let suggestions = payload_names(if named > 1 { None } else { Some(&wire) });
            let ty = match event.payload {
                Some(payload) => types
                    .node(payload, &Site::suggested(suggestions))
                    .standalone(),
                None => TypeRef::Scalar(Scalar::Any),
            };
            let key = (wire.clone(), format!("{:?}", types.arena.canonical(&ty)));
            if kind_property.is_none() || said != KindSaid::Named {
                silent.note(types, event, &key);
            }
            report_same(types, event, events.get(&key));
            let entry = events.entry(key).or_insert_with(|| DraftEvent {
                // One beside that of the message never had its name.
                name: if number < named {
                    name_of(event)
                } else {
                    &wire
                }
                .to_owned(),
                former: event.former.clone(),
                wire,
                said,
                ty,
                body: event.body.clone(),
                is_empty: event.payload.is_none(),
                channels: BTreeSet::new(),
                headers: headers.clone(),
                docs: event.docs.clone(),
                deprecated: event.deprecated,
            });
            entry.body = std::mem::take(&mut entry.body).or(event.body.clone());
            let stated = std::mem::take(&mut entry.headers);
            entry.headers = headers::of_both(stated, headers.clone());
            entry.channels.extend(event.channel.clone());
        }
    }
    events.into_values().collect()
}

/// Reports a message without a name that nothing tells from an event which is known already.
fn report_same(types: &mut TypeBuilder<'_, '_>, event: &Announced<'_>, known: Option<&DraftEvent>) {
    let (None, Some(channel), Some(known)) = (&event.name, &event.channel, known) else {
        return;
    };
    if known.channels.contains(channel) {
        let message = "a message without a name, on the channel and with the payload of another, is the same event";
        let problem = Problem::new(Code::INDISTINCT_MESSAGE, event.node, message);
        types.context.problem(problem);
    }
}

/// Payloads that do not say their kind, each with the first event that has it.
#[derive(Default)]
struct Silent(HashMap<String, String>);

impl Silent {
    /// Reports an event that has the payload of another.
    fn note(
        &mut self,
        types: &mut TypeBuilder<'_, '_>,
        event: &Announced<'_>,
        key: &(String, String),
    ) {
        let (wire, payload) = key;
        if event.payload.is_none() || matches!(event.body, EventBody::Form(_) | EventBody::Unread) {
            return;
        }
        let first = self
            .0
            .entry(payload.clone())
            .or_insert_with(|| wire.clone());
        if first == wire {
            return;
        }
        let message = format!(
            "`{wire}` has the payload of `{first}`, which does not say which it is: one that comes by no channel is an unknown event"
        );
        let problem = Problem::new(Code::INDISTINCT_EVENTS, event.node, message);
        types.context.problem(problem);
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
