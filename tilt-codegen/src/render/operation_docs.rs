//! Documentation of operations: the words of the document, and what the model adds to them.

use super::answer_docs::answers;
use super::quoted::or;
use super::source::code;
use crate::identifier::bare;
use crate::model::{
    Location, Operation, Parameter, Payload, ResponseHeader, Retry, Scalar, Sdk, StatusRange,
    TypeRef,
};
use std::collections::BTreeSet;

/// The documentation of an operation's method.
pub(crate) fn method(sdk: &Sdk, operation: &Operation) -> String {
    let request = code(&format!("{} {}", operation.method.as_str(), operation.path));
    let mut links = BTreeSet::new();
    let answers = answers(sdk, operation, &mut links);
    let said = or(&operation.docs, &operation.summary);
    let mut text = match said.trim_end() {
        "" => format!("{request}\n\n{answers}"),
        said => format!("{said}\n\n{request}\n\n{answers}"),
    };
    let scopes: Vec<String> = operation
        .scopes
        .iter()
        .filter_map(|scope| sdk.scopes.get(*scope))
        .map(|scope| code(&scope.wire))
        .collect();
    match scopes.len() {
        0 => {}
        1 => text.push_str(&format!("\n\nNeeds the scope {}.", scopes[0])),
        _ => text.push_str(&format!("\n\nNeeds the scopes {}.", scopes.join(", "))),
    }
    text.push_str("\n\n");
    text.push_str(&retry(operation));
    arguments(operation, &mut text);
    if !operation.response_headers.is_empty() {
        text.push_str("\n\n# Response headers\n");
        for header in &operation.response_headers {
            response_header(header, &mut text);
        }
    }
    text.push_str("\n\n# Errors\n\n");
    text.push_str(match operation.errors.is_empty() {
        true => "[`Error`](rt::Error).",
        false => {
            "[`Error`](rt::Error), with one of these answers as [`Error::Api`](rt::Error::Api):\n"
        }
    });
    for error in &operation.errors {
        let status = status(error.status);
        let body = error
            .payload
            .as_ref()
            .and_then(|payload| link(sdk, payload, &mut links));
        let says = match error.summary.as_str() {
            "" => String::new(),
            summary => format!(": {summary}"),
        };
        let body = body.map(|body| format!(" ({body})")).unwrap_or_default();
        let by = error.media_type.as_deref();
        let by = by.map(|it| format!(" by {}", code(it))).unwrap_or_default();
        text.push_str(&format!("\n* {status}{by}{body}{says}"));
    }
    if !links.is_empty() {
        text.push('\n');
    }
    for name in links {
        text.push_str(&format!("\n[`{name}`]: super::super::types::{name}"));
    }
    text
}

/// Whether a request is sent again.
fn retry(operation: &Operation) -> String {
    match &operation.retry {
        Retry::Repeatable => "Sent again where an answer is lost: twice does the same as once.".to_owned(),
        Retry::Keyed { header, lifetime } => {
            let header = code(header);
            let lives = lifetime.map(|it| format!(", which lives {}", time(it)));
            let lives = lives.unwrap_or_default();
            format!("Sent again where an answer is lost, with the same {header}{lives}.")
        }
        Retry::Once => {
            "Sent once: where an answer is lost, it is not known whether the request was carried out.".to_owned()
        }
    }
}

/// A time in its largest whole unit.
fn time(seconds: u64) -> String {
    let units = [
        (86_400, "day"),
        (3600, "hour"),
        (60, "minute"),
        (1, "second"),
    ];
    // A day has 24 hours where nobody looks at a calendar.
    let fits = |(unit, _): &&(u64, &str)| seconds.is_multiple_of(*unit) && seconds / unit > 1;
    let (unit, name) = units.iter().find(fits).unwrap_or(&(1, "second"));
    match seconds / unit {
        1 => format!("1 {name}"),
        number => format!("{number} {name}s"),
    }
}

fn arguments(operation: &Operation, text: &mut String) {
    let required = operation.positional().map(|(_, parameter)| parameter);
    let required: Vec<&Parameter> = required
        .filter(|parameter| !parameter.docs.0.trim().is_empty())
        .collect();
    let required = required.iter().map(|it| (&it.name, &it.summary));
    let body = operation
        .body
        .iter()
        .filter(|it| it.is_argument && !it.summary.is_empty());
    let mut all = required
        .chain(body.map(|it| (&it.name, &it.summary)))
        .peekable();
    if all.peek().is_none() {
        return;
    }
    text.push_str("\n\n# Arguments\n");
    for (name, summary) in all {
        text.push_str(&format!("\n* `{}`: {summary}", bare(name)));
    }
}

fn response_header(header: &ResponseHeader, text: &mut String) {
    text.push_str(&format!("\n* {}", code(&header.name)));
    if header.status != StatusRange::Default {
        text.push_str(&format!(" ({})", status(header.status)));
    }
    if !header.summary.is_empty() {
        text.push_str(": ");
        text.push_str(&header.summary);
    }
}

/// The documentation of a parameter's setter.
pub(crate) fn setter(parameter: &Parameter) -> String {
    let location = match parameter.location {
        Location::Path => "Path parameter",
        Location::Query => "Query parameter",
        Location::Header => "Header",
        Location::Cookie => "Cookie",
    };
    let mut place = format!("{location} {}.", code(&parameter.wire));
    if let Some(text) = parameter.constant() {
        place.push_str(&format!(" {} where nothing sets it.", code(text)));
    }
    let docs = parameter.docs.0.trim_end();
    if docs.is_empty() {
        return place;
    }
    format!("{docs}\n\n{place}")
}

fn link<'s>(sdk: &'s Sdk, payload: &Payload, links: &mut BTreeSet<&'s str>) -> Option<String> {
    match payload {
        Payload::Json(TypeRef::Named(id)) => {
            let name = &sdk.types.get(id.0)?.name;
            links.insert(name);
            Some(format!("[`{name}`]"))
        }
        Payload::Json(TypeRef::Scalar(Scalar::Any)) => Some("any JSON".to_owned()),
        Payload::Text => Some("text".to_owned()),
        _ => None,
    }
}

pub(crate) fn status(status: StatusRange) -> String {
    match status {
        StatusRange::Code(code) => code.to_string(),
        StatusRange::Class(class) => format!("{class}xx"),
        StatusRange::Default => "any other status".to_owned(),
    }
}
