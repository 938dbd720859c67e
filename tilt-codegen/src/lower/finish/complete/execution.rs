//! How operations are executed: what is accepted, which statuses are success, what a token is asked
//! for.

use std::collections::{BTreeSet, HashSet};

use crate::model::{
    BodyMedia, Execution, Operation, Payload, Reading, RequestBody, Sdk, StatusRange, Success,
    TypeRef,
};

pub(super) fn complete(sdk: &mut Sdk) {
    let operations = sdk.resources.iter_mut().flat_map(|it| &mut it.operations);
    for operation in operations {
        operation.execution = Execution {
            accept: accept(&operation.success),
            statuses: statuses(&operation.success),
            streams: streams(&operation.success),
            scopes: scopes(operation),
            read_by: None,
            echoes: Vec::new(),
        };
    }
}

fn accept(success: &Success) -> String {
    match success {
        Success::Empty => String::new(),
        Success::Single(payload) => accepted(payload).to_owned(),
        Success::Choice { variants, .. } => {
            let mut met = HashSet::new();
            let types = variants.iter().filter_map(|variant| {
                let stated = variant.content_type.as_deref();
                let own = variant.payload.as_ref().map(accepted);
                stated.or(own).filter(|it| met.insert(*it))
            });
            types.collect::<Vec<_>>().join(", ")
        }
    }
}

/// The media types of a payload: text and lines have many names, of which others will do too.
fn accepted(payload: &Payload) -> &'static str {
    match payload {
        Payload::Json(_) => "application/json",
        Payload::Form { .. } => "application/x-www-form-urlencoded",
        Payload::Multipart { .. } => "multipart/form-data",
        Payload::Text => "text/plain, */*;q=0.5",
        Payload::Bytes => "*/*",
        Payload::EventStream(_) => "text/event-stream",
        Payload::JsonLines(_) => "application/x-ndjson, */*;q=0.5",
    }
}

fn statuses(success: &Success) -> Vec<StatusRange> {
    let Success::Choice { variants, .. } = success else {
        return Vec::new();
    };
    let statuses: BTreeSet<StatusRange> = variants.iter().map(|variant| variant.status).collect();
    let beyond = |status: &StatusRange| match status {
        StatusRange::Code(code) => code / 100 != 2,
        StatusRange::Class(class) => *class != 2,
        StatusRange::Default => false,
    };
    statuses.into_iter().filter(beyond).collect()
}

fn readings(success: &Success) -> impl Iterator<Item = Reading<'_>> {
    success.payloads().into_iter().map(Payload::reading)
}

fn streams(success: &Success) -> bool {
    readings(success).any(|reading| matches!(reading, Reading::Events(_) | Reading::Lines(_)))
}

/// Every scope of the operation, where one of them is in no way to authenticate.
fn scopes(operation: &Operation) -> Vec<usize> {
    let ways = operation.security.iter().flat_map(|way| &way.schemes);
    let in_security: BTreeSet<usize> = ways.flat_map(|(_, scopes)| scopes).copied().collect();
    if operation.scopes.iter().all(|it| in_security.contains(it)) {
        Vec::new()
    } else {
        operation.scopes.clone()
    }
}

/// Whether an argument, the body, the answer or an item of it names a type of the SDK.
pub(super) fn names_types(operation: &Operation) -> bool {
    let parameters = operation.parameters.iter().map(|it| &it.ty);
    let sent = operation.body.iter().flat_map(RequestBody::media);
    let read = readings(&operation.success);
    let items = operation.pagination.iter().map(|pages| &pages.item);
    parameters
        .chain(sent.filter_map(sent_type))
        .chain(read.filter_map(read_type))
        .chain(items)
        .any(TypeRef::names_types)
}

/// The type of a body that callers give; events are sent as text.
fn sent_type(media: &BodyMedia) -> Option<&TypeRef> {
    match &media.payload {
        Payload::EventStream(_) => None,
        payload => payload.item(),
    }
}

fn read_type(reading: Reading<'_>) -> Option<&TypeRef> {
    match reading {
        Reading::Json(ty) | Reading::Events(ty) | Reading::Lines(ty) => Some(ty),
        Reading::Text | Reading::Bytes => None,
    }
}
