//! Operations, and the bodies that they send.

mod accept;
mod answered;
pub(in crate::lower) mod answers;
pub(in crate::lower) mod authorization;
mod constant;
pub(in crate::lower) mod echoes;
pub(in crate::lower) mod environments;
pub(in crate::lower) mod error_shape;
pub(in crate::lower) mod forms;
mod framing;
mod headers;
pub(in crate::lower) mod listed;
pub(in crate::lower) mod media;
pub(in crate::lower) mod nested;
pub(in crate::lower) mod pagination;
mod parameter_content;
pub(in crate::lower) mod parameters;
mod part_headers;
pub(in crate::lower) mod parts;
pub(in crate::lower) mod retry;
pub(in crate::lower) mod security;
pub(in crate::lower) mod select;
mod served;
mod status_names;
mod template;
pub(in crate::lower) mod undefined_style;

use std::collections::{BTreeSet, HashSet};

use crate::diagnostic::{Code, Problem};
use crate::dialect::openapi;
use crate::identifier::{self, Order};
use crate::lock::{BODY_ADDRESS, NAMED_BODY_ADDRESS, OperationNames};
use crate::lower::draft::Conjunction;
use crate::lower::draft::Suggestions;
use crate::lower::naming::paths;
use crate::lower::naming::unnamed::OperationName;
use crate::lower::operation::answers::{
    Answers, errors, response_headers, response_names, success,
};
use crate::lower::operation::media::{media_label, sent_as, told_apart};
use crate::lower::operation::parameters::parameters;
use crate::lower::operation::security::{Required, Security};
use crate::lower::operation::template::template;
use crate::lower::schema::TypeBuilder;
use crate::lower::schema::describe;
use crate::model::{
    Body, BodyMedia, Conversion, Docs, Execution, Operation, OperationServer, RequestBody, Retry,
    Sender, ServedOperation,
};

/// The way of requests for an operation: their sender and their path.
pub(in crate::lower) struct Route<'r> {
    pub sender: Sender,
    /// Tells the operation from all others of its HTTP method: what the document calls the path.
    pub path: &'r str,
    pub template: &'r str,
}

/// Makes an operation of what the document says. Its types refer to drafts.
pub(in crate::lower) fn operation<'d>(
    types: &mut TypeBuilder<'d, '_>,
    security: &Security,
    spec: &openapi::Operation<'d>,
    name: &OperationName,
    route: &Route<'_>,
    pointer: crate::place::pointer::Pointer,
) -> Operation {
    let config = types.context.config;
    let key = paths::key(spec.method, route.path);
    let previous = types.context.previous.operation(&key);
    let mut parameters = parameters(types, spec, name, previous);
    let (segments, fixed_query) = template(types, spec, route.template, &mut parameters, previous);
    let docs = described(types, spec);
    let body = spec
        .body
        .as_ref()
        .and_then(|body| request_body(types, body, name, previous));
    let required = required(security, spec, route);
    let mut answers = Answers::sort(spec);
    let names = response_names(spec, name, config);
    let succeeded = success(types, &mut answers, name, &names, previous);
    let (errors, of_errors) = errors(types, &answers, name);
    Operation {
        name: name.method.clone(),
        call: call_name(name),
        id: spec.id.clone().unwrap_or(key),
        method: spec.method,
        path: route.path.to_owned(),
        segments,
        fixed_query,
        docs,
        deprecated: spec.deprecated,
        parameters,
        body,
        success: succeeded.success,
        answered: succeeded.answered,
        errors,
        answers: served::answers(config, &succeeded.served, &of_errors),
        served: ServedOperation::default(),
        response_headers: response_headers(types, spec),
        security: required.alternatives,
        scopes: required.scopes,
        pagination: None,
        tags: spec.tags.iter().map(|tag| identifier::snake(tag)).collect(),
        features: BTreeSet::new(),
        execution: execution(&answers),
        retry: Retry::Once,
        constraints: None,
        named: None,
        summary: String::new(),
        server: own_server(spec, route),
        sender: route.sender,
        pointer,
    }
}

fn described<'d>(types: &mut TypeBuilder<'d, '_>, spec: &openapi::Operation<'d>) -> Docs {
    let texts = [spec.summary.as_deref(), spec.description.as_deref()];
    let context = &mut types.context;
    context.documented(spec.node, || describe::paragraphs(texts))
}

fn required(security: &Security, spec: &openapi::Operation<'_>, route: &Route<'_>) -> Required {
    match route.sender {
        // Credentials that clients are assumed to need say nothing of the API.
        Sender::Api if spec.security.is_empty() => Required::default(),
        Sender::Client | Sender::Api => security.of_operation(spec),
    }
}

/// The server of its own, which says where the API is, and nothing of its clients.
fn own_server(spec: &openapi::Operation<'_>, route: &Route<'_>) -> Option<OperationServer> {
    let server = spec.server.as_ref();
    let server = server.filter(|_| route.sender == Sender::Client)?;
    Some(OperationServer {
        url: server.url.clone(),
        variables: environments::server_variables(server),
    })
}

/// Everything but what is asked for is decided when all of the SDK is known.
fn execution(answers: &Answers<'_, '_>) -> Execution {
    Execution {
        accept: accept::accept(answers),
        ..Execution::default()
    }
}

/// `CreateOrderCall`, `ListOrdersForCustomerCall`.
pub(in crate::lower) fn call_name(name: &OperationName) -> String {
    identifier::type_name(&format!("{}_call", name.phrase()))
}

fn request_body<'d>(
    types: &mut TypeBuilder<'d, '_>,
    spec: &openapi::RequestBody<'d>,
    operation: &OperationName,
    previous: Option<&OperationNames>,
) -> Option<RequestBody> {
    let suggestions = request_names(operation);
    let forms = forms::sent(types, &spec.content, &suggestions);
    let alternatives = forms.into_iter().filter_map(|form| {
        let content_type = sent_as(form.first()?.media_type, &form.payload);
        Some(BodyMedia {
            from: false,
            precedence: precedence(&content_type, previous),
            from_text: took_text(&content_type, previous),
            also_from: Vec::new(),
            named: None,
            other: form.other(&content_type),
            content_type,
            payload: form.payload,
        })
    });
    let alternatives = alternatives.collect();
    let body = body(alternatives, operation, previous)?;
    let required = spec.required.unwrap_or_else(|| {
        // Callers who had none to give go on without one, as the document lets them.
        let had_none = previous.is_some_and(|it| {
            let asked = &it.arguments.required;
            !asked.iter().any(|it| [BODY_ADDRESS, NAMED_BODY_ADDRESS].contains(&it.as_str()))
        });
        let needed = !had_none && needs_content(types, spec);
        if needed {
            let problem = Problem::new(
                Code::BODY_WITHOUT_REQUIRED,
                spec.node,
                "the body is not said to be required, but it has properties that are: it is taken as required",
            );
            types.context.problem(problem);
        }
        needed
    });
    let text = spec.description.as_deref();
    let docs = types.context.described(spec.node, text);
    Some(RequestBody {
        // No parameter is called so: see `identifier::NameKind::Parameter`.
        name: "body".to_owned(),
        required,
        is_argument: required,
        body,
        conversion: Conversion::None,
        docs,
        summary: String::new(),
    })
}

/// A body of one media type, or an enum of several.
fn body(
    mut alternatives: Vec<BodyMedia>,
    operation: &OperationName,
    previous: Option<&OperationNames>,
) -> Option<Body> {
    if alternatives.len() <= 1 {
        return Some(Body::Single(alternatives.pop()?));
    }
    let labels = alternatives.iter();
    let labels = labels.map(|it| (media_label(&it.content_type), it.content_type.as_str()));
    let labels = told_apart(labels.collect());
    let labels = identifier::unique(
        labels.iter().map(String::as_str),
        |at| {
            let name = previous?.bodies.get(&alternatives[at].content_type)?;
            Some(name.clone())
        },
        |label| vec![identifier::variant_name(label)],
        Order::Given,
    );
    let name = format!(
        "{}_{}_body",
        identifier::bare(&operation.method),
        operation.resource
    );
    Some(Body::Choice {
        name: identifier::type_name(&name),
        variants: labels.into_iter().zip(alternatives).collect(),
    })
}

/// Whether every media type of a body is an object with required properties.
fn needs_content<'d>(types: &mut TypeBuilder<'d, '_>, spec: &openapi::RequestBody<'d>) -> bool {
    !spec.content.is_empty()
        && spec.content.iter().all(|media| {
            media.schema.is_some_and(|schema| {
                let flat = types.flatten(&Conjunction::one(schema));
                flat.leaves.iter().any(|leaf| {
                    let schema = &leaf.schema;
                    let required: HashSet<&&str> = schema.required.iter().collect();
                    let mut properties = schema.properties.iter();
                    properties.any(|(name, _)| required.contains(name))
                })
            })
        })
}

fn request_names(operation: &OperationName) -> Suggestions {
    let short = identifier::type_name(&operation.phrase());
    Suggestions {
        own: vec![short.clone(), format!("{short}Request")],
        shared: Vec::new(),
    }
}

/// The place of a media type among those that take the same: what took it before is the first, so that a media type that
/// is added changes no call; among patches, callers have to say which is meant.
fn precedence(content_type: &str, previous: Option<&OperationNames>) -> Option<u8> {
    if previous.is_some_and(|it| it.defaults.contains(content_type)) {
        return Some(0);
    }
    (!media::is_patch(content_type)).then_some(1)
}

/// Whether a text went out as this media type, if as any: as the one that is noted, or as the only one that there was. That
/// one is not noted where it is a way to write any value.
fn took_text(content_type: &str, previous: Option<&OperationNames>) -> bool {
    let Some(previous) = previous else {
        return false;
    };
    match &previous.text {
        Some(noted) => noted == content_type,
        None if !previous.bodies.is_empty() => false,
        None if previous.defaults.is_empty() => media::meaning(content_type).is_empty(),
        None => previous.defaults.contains(content_type),
    }
}
