//! The headers of deliveries: parameters of webhooks, and what the schemas of AsyncAPI say of a message's headers.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::Announced;
use crate::diagnostic::{Code, Problem};
use crate::dialect::asyncapi::Message;
use crate::dialect::ignored::is_ignored_parameter;
use crate::dialect::{keyword, openapi};
use crate::lower::draft::Conjunction;
use crate::lower::operation::answers::is_header_name;
use crate::lower::schema::TypeBuilder;
use crate::model::{EventHeader, Location, Scalar};
use crate::source::Node;

/// A header that a message or a webhook states.
#[derive(Clone)]
pub(super) struct Stated<'d> {
    node: Node<'d>,
    pub(super) name: String,
    schema: Option<Node<'d>>,
    required: bool,
    description: Option<String>,
}

pub(super) fn of_webhook<'d>(
    types: &mut TypeBuilder<'d, '_>,
    webhook: &openapi::Operation<'d>,
) -> Vec<Stated<'d>> {
    let mut stated = Vec::new();
    for parameter in &webhook.parameters {
        if let Some(why) = unread(parameter) {
            let message = format!(
                "the parameter `{}` is not part of the event: {why}",
                parameter.name
            );
            let problem = Problem::new(Code::WEBHOOK_PARAMETER, parameter.node, message);
            types.context.problem(problem);
            continue;
        }
        stated.push(Stated {
            node: parameter.node,
            name: parameter.name.clone(),
            schema: parameter.schema,
            required: parameter.required,
            description: parameter.description.clone(),
        });
    }
    stated
}

/// Why a parameter is nothing that a delivery gives.
fn unread(parameter: &openapi::Parameter<'_>) -> Option<&'static str> {
    match parameter.location {
        Location::Header if !is_header_name(&parameter.name) => Some("no header can be called so"),
        Location::Header => {
            is_ignored_parameter(&parameter.name).then_some("OpenAPI says to ignore it")
        }
        Location::Query | Location::Path => {
            Some("it stands in the URL, which the receiver gives and its server reads")
        }
        Location::Cookie => Some("cookies of deliveries are not kept"),
    }
}

pub(super) fn of_message<'d>(
    types: &mut TypeBuilder<'d, '_>,
    message: &Message<'d>,
) -> Vec<Stated<'d>> {
    let mut stated: Vec<Stated<'d>> = Vec::new();
    for headers in &message.headers {
        let flat = types.flatten(&Conjunction::one(*headers));
        let mut is_read = true;
        let leaves = flat.leaves.iter().map(|leaf| &leaf.schema);
        let is_required = |name: &str| leaves.clone().any(|leaf| leaf.required.contains(&name));
        for (name, node) in leaves.clone().flat_map(|leaf| &leaf.properties) {
            is_read &= is_header_name(name);
            if is_header_name(name) {
                stated.push(Stated {
                    node: *node,
                    name: (*name).to_owned(),
                    schema: Some(*node),
                    required: is_required(name),
                    description: keyword::description(*node).map(str::to_owned),
                });
            }
        }
        if !is_read || leaves.clone().all(|leaf| leaf.properties.is_empty()) {
            let message = "a message's headers are read by name, each as a property of this schema";
            let problem = Problem::new(Code::MESSAGE_HEADERS, *headers, message);
            types.context.problem(problem);
        }
    }
    stated
}

/// The headers of an event with their types, but for that of its signature, which is looked at before.
pub(super) fn typed<'d>(
    types: &mut TypeBuilder<'d, '_>,
    event: &Announced<'d>,
) -> Vec<EventHeader> {
    let signature = types.context.config.events.signature.as_ref();
    let signature = signature.map(|signature| signature.header.as_str());
    let mut headers = Vec::new();
    for header in &event.headers {
        if signature.is_some_and(|name| name.eq_ignore_ascii_case(&header.name)) {
            continue;
        }
        if !types.context.hold(header.node, header.name.len()) {
            break;
        }
        headers.push(EventHeader {
            name: header.name.clone(),
            ty: header
                .schema
                .map_or(Scalar::String, |schema| types.in_text(schema)),
            required: header.required,
            docs: types
                .context
                .described(header.node, header.description.as_deref()),
            summary: String::new(),
        });
    }
    one_each(headers, |one, other| one || other)
}

/// The headers of an event that is stated in several places: required where each of them requires it.
pub(super) fn of_both(ours: Vec<EventHeader>, theirs: Vec<EventHeader>) -> Vec<EventHeader> {
    let in_one = |mut header: EventHeader, others: &[EventHeader]| {
        let is = |other: &EventHeader| other.name.eq_ignore_ascii_case(&header.name);
        header.required &= others.iter().any(is);
        header
    };
    let all = ours.iter().map(|it| in_one(it.clone(), &theirs));
    let all = all.chain(theirs.iter().map(|it| in_one(it.clone(), &ours)));
    one_each(all.collect(), |one, other| one && other)
}

/// One header of each name, of which case says nothing; text, where its types differ.
fn one_each(headers: Vec<EventHeader>, required: fn(bool, bool) -> bool) -> Vec<EventHeader> {
    let mut named: BTreeMap<String, EventHeader> = BTreeMap::new();
    for header in headers {
        match named.entry(header.name.to_ascii_lowercase()) {
            Entry::Vacant(place) => {
                place.insert(header);
            }
            Entry::Occupied(mut same) => {
                let same = same.get_mut();
                same.required = required(same.required, header.required);
                if same.ty != header.ty {
                    same.ty = Scalar::String;
                }
                if same.docs.0.is_empty() {
                    same.docs = header.docs;
                }
            }
        }
    }
    named.into_values().collect()
}
