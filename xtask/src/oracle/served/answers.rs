//! The answers that servers give.

use super::super::calls::program::operations;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tilt_codegen::model::{
    Answer, AnswerOf, Operation, Reading, Scalar, Sdk, StatusRange, TypeRef,
};

/// A body of a documented answer, as the judge makes it.
#[derive(Deserialize)]
pub(super) struct Made {
    method: String,
    path: String,
    /// In upper case, as the document writes it.
    status: String,
    media_type: String,
    value: Value,
}

/// A documented header of an answer, as the judge makes it.
#[derive(Deserialize)]
pub(super) struct MadeHeader {
    method: String,
    path: String,
    /// In upper case, as the document writes it.
    status: String,
    name: String,
    value: Value,
}

/// Says that a body is compressed: clients undo it, and take the header away.
const CODING: &str = "content-encoding";

/// An answer, as servers are told.
#[derive(Debug, Serialize)]
pub(super) struct Given {
    variant: usize,
    pub(super) status: u16,
    pub(super) media_type: String,
    pub(super) value: Value,
    /// By their names, as the SDK's constants have them.
    pub(super) headers: BTreeMap<String, Value>,
    /// Whether there is a body.
    pub(super) is_empty: bool,
}

/// Those of each operation, in the order of the programs.
pub(super) fn of(sdk: &Sdk, made: &[Made], headers: &[MadeHeader]) -> Vec<Vec<Given>> {
    let operations = operations(sdk);
    operations
        .map(|(_, operation)| of_operation(sdk, operation, made, headers))
        .collect()
}

fn of_operation(
    sdk: &Sdk,
    operation: &Operation,
    made: &[Made],
    headers: &[MadeHeader],
) -> Vec<Given> {
    let of_it = |it: &&Made| {
        operation.path == it.path && operation.method.as_str().eq_ignore_ascii_case(&it.method)
    };
    let made: Vec<&Made> = made.iter().filter(of_it).collect();
    let mut given = Vec::new();
    for (variant, answer) in operation.answers.iter().enumerate() {
        let status = status(operation, answer);
        let give = |value: Value| Given {
            variant,
            status,
            media_type: answer.content_type.clone(),
            value,
            headers: headers_of(sdk, operation, answer, headers),
            is_empty: operation.payload(answer).is_none(),
        };
        let Some(payload) = operation.payload(answer) else {
            given.push(give(Value::Null));
            continue;
        };
        let same = made.iter().filter(|it| {
            it.status == written(answer.status)
                && essence(&it.media_type) == essence(&answer.content_type)
        });
        let values: Vec<Value> = same.map(|it| it.value.clone()).collect();
        let is_text = matches!(payload.reading(), Reading::Text | Reading::Bytes);
        // Ranges of media types have no schema that says more.
        let text = (values.is_empty() && is_text).then(|| Value::from("text"));
        given.extend(values.into_iter().chain(text).map(give));
    }
    given
}

/// The headers of an answer that a header can hold: text, where that is what the SDK's constant takes.
fn headers_of(
    sdk: &Sdk,
    operation: &Operation,
    answer: &Answer,
    made: &[MadeHeader],
) -> BTreeMap<String, Value> {
    let of_it = made.iter().filter(|it| {
        operation.path == it.path
            && operation.method.as_str().eq_ignore_ascii_case(&it.method)
            && it.status == written(answer.status)
    });
    let is_given = |name: &str| {
        let mut given = operation.given_headers(answer);
        !name.eq_ignore_ascii_case(CODING) && given.any(|it| it.name.eq_ignore_ascii_case(name))
    };
    let of_it = of_it.filter(|it| is_given(&it.name));
    let constants = of_it.filter_map(|it| Some((sdk.header(&it.name)?, &it.value)));
    let texts = constants.map(|(header, value)| match header.ty {
        TypeRef::Scalar(Scalar::String) => (header, Value::from(text(value))),
        _ => (header, value.clone()),
    });
    let is_visible = |value: &Value| {
        let text = text(value);
        text.bytes().all(|it| matches!(it, b' '..=b'~')) && text.trim() == text
    };
    let fitting = texts.filter(|(_, value)| is_visible(value) && is_told_apart(value));
    fitting
        .map(|(header, value)| (header.wire.clone(), value))
        .collect()
}

/// Whether the members of a value can be told apart in a header, which has no way to escape what stands between them.
fn is_told_apart(value: &Value) -> bool {
    let is_one = |text: &str| !text.is_empty() && !text.contains([',', '=']) && text.trim() == text;
    match value {
        Value::Array(items) => !items.is_empty() && items.iter().all(|it| is_one(&text(it))),
        Value::Object(members) => {
            let mut members = members.iter();
            members.len() > 0 && members.all(|(name, it)| is_one(name) && is_one(&text(it)))
        }
        _ => true,
    }
}

/// A value in the style of headers (OpenAPI 3.1.1, 4.8.21).
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, it)| format!("{name},{}", text(it)));
            members.collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    }
}

fn written(status: StatusRange) -> String {
    match status {
        StatusRange::Code(code) => code.to_string(),
        StatusRange::Class(class) => format!("{class}XX"),
        StatusRange::Default => "DEFAULT".to_owned(),
    }
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// A status that an answer may have, and no other one of the operation.
fn status(operation: &Operation, answer: &Answer) -> u16 {
    let from = match (answer.status, answer.of) {
        (StatusRange::Code(code), _) => return code,
        (StatusRange::Class(class), _) => u16::from(class) * 100,
        (StatusRange::Default, AnswerOf::Success(_)) => 200,
        (StatusRange::Default, AnswerOf::Error(_)) => 500,
    };
    let others: BTreeSet<StatusRange> = operation.answers.iter().map(|it| it.status).collect();
    let mut free = (from..from + 100).filter(|it| !others.contains(&StatusRange::Code(*it)));
    free.next().unwrap_or(from)
}
