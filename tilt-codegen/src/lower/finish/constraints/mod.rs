//! The constraints that documents state for requests, as far as there is something to check: of each operation, and of
//! each schema that is referred to.

mod schemas;
mod writer;

use std::collections::{HashMap, HashSet};

use self::schemas::Schemas;
use self::writer::{By, Writer};
use crate::diagnostic::{Code, Problem};
use crate::dialect::openapi;
use crate::dialect::schema::checked::{self, Checked};
use crate::lower::context::Context;
use crate::lower::operation::{forms, media};
use crate::lower::received;
use crate::model::{Body, BodyMedia, Constraints, HttpMethod, Operation, Payload, Sdk, Sender};
use crate::source::{Documents, Node, NodeKey};
use serde_json::json;

/// The parts of the requests of one operation, by the names that the runtime has for them. Some are only read, by servers.
type Parts<'d> = Vec<(String, Sent, Checked<'d>)>;

/// Whether clients send it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sent {
    Yes,
    No,
}

/// A part of a request, as it stands in the document.
struct Part<'d> {
    name: String,
    sent: Sent,
    schema: Node<'d>,
    /// It is sent as text, whatever the schema says.
    is_text: bool,
}

/// So many schemas refer to each other at most, before it is said what a text is.
const REFERENCES: usize = 32;

/// Whether a schema describes texts alone: that of XML says something of what is in it.
fn is_text<'d>(
    documents: &'d Documents,
    schema: &Checked<'d>,
    (references, seen): (usize, &mut HashSet<NodeKey>),
) -> bool {
    if schema.types() == Some(&json!(["string"])) {
        return true;
    }
    let Some(references) = references.checked_sub(1) else {
        return false;
    };
    let target = schema.reference.and_then(|(from, reference)| {
        let target = documents.resolve(from, reference).ok()?;
        let is_new = seen.insert(target.key());
        is_new.then(|| checked::read(target))
    });
    let mut parts = target.iter().chain(&schema.all_of);
    parts.any(|it| is_text(documents, it, (references, &mut *seen)))
}

/// States the constraints of all operations.
pub(in crate::lower) fn state<'d>(
    context: &mut Context<'d>,
    api: &openapi::Api<'d>,
    sdk: &mut Sdk,
) {
    let specs = api.operations.iter();
    let mut specs: HashMap<(HttpMethod, &str), &openapi::Operation<'d>> =
        specs.map(|it| ((it.method, it.path), it)).collect();
    let received = received::of(api);
    specs.extend(
        received
            .iter()
            .map(|it| ((it.spec.method, it.path.as_str()), it.spec)),
    );
    let documents = context.documents();
    let operations = || sdk.served_operations();
    let parts = operations().map(|operation| {
        let spec = specs.get(&(operation.method, operation.path.as_str()));
        let requests = spec.map(|spec| requests(operation, spec));
        let requests = requests.into_iter().flatten();
        let read = requests.map(|it| {
            let checked = checked::read(it.schema);
            (it, checked)
        });
        let is_text = |checked: &Checked<'d>| {
            let mut seen = HashSet::new();
            is_text(documents, checked, (REFERENCES, &mut seen))
        };
        let held = read.filter(|(it, checked)| !it.is_text || is_text(checked));
        held.map(|(it, checked)| (it.name, it.sent, checked))
            .collect()
    });
    let parts: Vec<Parts<'d>> = parts.collect();
    let roots = || parts.iter().flatten().map(|(_, _, it)| it);
    let schemas = Schemas::of(documents, roots());
    report_patterns(context, roots().chain(schemas.all()));
    let written = |by| {
        let mut writer = Writer::new(&schemas, by, context.config.limits.output);
        let is_held = |it: &(&Operation, _)| by == By::Server || it.0.sender == Sender::Client;
        let names = operations().zip(&parts).filter(is_held);
        let names = names.map(|(operation, parts)| writer.operation(&operation.call, parts));
        (names.collect::<Vec<_>>(), writer.finish())
    };
    let (names, constraints) = written(By::Client);
    let served = sdk.served.is_some().then(|| written(By::Server));
    sdk.constraints = constraints;
    // Requests of the API stand behind those of clients.
    for (operation, name) in all(sdk).zip(names) {
        operation.constraints = name;
    }
    if let Some((names, constraints)) = served {
        serve(sdk, names, constraints);
    }
}

/// The constraints by which a server reads requests, which has more of them than clients send.
fn serve(sdk: &mut Sdk, names: Vec<Option<String>>, constraints: Vec<Constraints>) {
    for (operation, name) in all(sdk).zip(names) {
        operation.served.constraints = name;
    }
    if let Some(served) = &mut sdk.served {
        served.constraints = constraints;
    }
}

fn all(sdk: &mut Sdk) -> impl Iterator<Item = &mut Operation> {
    let groups = sdk.resources.iter_mut().chain(&mut sdk.received);
    groups.flat_map(|it| &mut it.operations)
}

/// The parts of an operation's requests that have a schema.
fn requests<'d>(operation: &Operation, spec: &openapi::Operation<'d>) -> Vec<Part<'d>> {
    let mut parts = Vec::new();
    for parameter in &operation.parameters {
        let stated = spec.parameters.iter();
        let mut stated =
            stated.filter(|it| it.location == parameter.location && it.name == parameter.wire);
        let schema = stated.next().and_then(|it| {
            let described = forms::preferred(&it.content)
                .first()
                .map(|media| media.schema);
            described.unwrap_or(it.schema)
        });
        let name = format!("{} {}", parameter.location.word(), parameter.wire);
        parts.extend(schema.map(|schema| Part {
            name,
            sent: Sent::Yes,
            schema,
            is_text: false,
        }));
    }
    let body = operation.body.as_ref().map(|body| &body.body);
    let forms: Vec<&BodyMedia> = match body {
        None => Vec::new(),
        Some(Body::Single(form)) => vec![form],
        Some(Body::Choice { variants, .. }) => variants.iter().map(|(_, form)| form).collect(),
    };
    let content = spec.body.as_ref().map(|body| body.content.as_slice());
    let payloads = forms.into_iter().flat_map(|form| {
        let other = form.other.iter();
        let other = other.map(|(content_type, payload)| (Sent::No, content_type, payload));
        std::iter::once((Sent::Yes, &form.content_type, &form.payload)).chain(other)
    });
    for (sent, content_type, payload) in payloads {
        match payload {
            Payload::Json(_)
            | Payload::Form { .. }
            | Payload::JsonLines(_)
            | Payload::Multipart { .. }
            | Payload::Text => {}
            Payload::Bytes | Payload::EventStream(_) => continue,
        }
        let mut content = content.unwrap_or_default().iter();
        let media = content.find(|it| media::content_type(it.media_type, payload) == *content_type);
        let schema = media.and_then(|media| media.schema);
        parts.extend(schema.map(|schema| Part {
            name: format!("body {content_type}"),
            sent,
            schema,
            is_text: *payload == Payload::Text,
        }));
    }
    parts
}

/// Says which patterns are not checked.
fn report_patterns<'c, 'd: 'c>(
    context: &mut Context<'d>,
    all: impl Iterator<Item = &'c Checked<'d>>,
) {
    let mut patterns: Vec<Node<'d>> = Vec::new();
    let mut met = HashSet::new();
    for checked in all {
        checked.each(&mut |it| {
            patterns.extend(it.unchecked_pattern.filter(|at| met.insert(at.key())));
        });
    }
    for at in patterns {
        let message = "the pattern is not checked before requests are sent";
        context.problem(Problem::new(Code::UNCHECKED_PATTERN, at, message));
    }
}
