//! The execution of operations: which statuses are success, what a token is asked
//! for.

use std::collections::BTreeSet;

use super::conversions::behind_aliases;
use crate::dialect::media_type;
use crate::model::{
    BodyMedia, Execution, Operation, Payload, Reading, RequestBody, Scalar, Sdk, StatusRange,
    Success, Type, TypeRef,
};

pub(super) fn complete(sdk: &mut Sdk) {
    let types = &sdk.types;
    let operations = sdk.resources.iter_mut().flat_map(|it| &mut it.operations);
    for operation in operations {
        for payload in operation.success.payloads_mut() {
            reach_text(types, payload);
        }
        let decided = std::mem::take(&mut operation.execution);
        operation.execution = Execution {
            accept: decided.accept,
            statuses: statuses(&operation.success),
            streams: streams(&operation.success),
            whole: whole(&operation.success),
            binary: binary(&operation.success),
            scopes: scopes(operation),
            read_by: None,
            echoes: Vec::new(),
            body_echoes: decided.body_echoes,
            hidden: Vec::new(),
        };
    }
}

/// Puts the text in place of what is only another name for it: events of text are read otherwise than others.
fn reach_text(types: &[Type], payload: &mut Payload) {
    const TEXT: TypeRef = TypeRef::Scalar(Scalar::String);
    if let Payload::EventStream(ty) = payload
        && *behind_aliases(types, ty) == TEXT
    {
        *ty = TEXT;
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

/// Lines of which nothing says that they are values: one text, also where others are a stream.
fn whole(success: &Success) -> Vec<(StatusRange, String)> {
    let Success::Choice { variants, .. } = success else {
        return Vec::new();
    };
    let is_lines = |it: &&String| media_type::is_json_lines(&media_type::essence(it));
    let texts = variants.iter().filter(|it| {
        let reading = it.payload.as_ref().map(Payload::reading);
        reading == Some(Reading::Text)
    });
    texts
        .flat_map(|it| it.content_types.iter().map(move |media| (it.status, media)))
        .filter(|(_, media)| streams(success) && is_lines(media))
        .map(|(status, media)| (status, media.clone()))
        .collect()
}

fn binary(success: &Success) -> Vec<(StatusRange, Option<String>)> {
    let is_binary = |payload: &Payload| payload.reading() == Reading::Bytes;
    match success {
        Success::Empty => Vec::new(),
        Success::Single(payload) => {
            let all = is_binary(payload).then_some((StatusRange::Default, None));
            all.into_iter().collect()
        }
        Success::Choice { variants, .. } => {
            let has_else = |status: StatusRange| {
                let mut same = variants.iter().filter(|it| it.status == status);
                same.any(|it| !it.payload.as_ref().is_some_and(is_binary))
            };
            let of_bytes = variants
                .iter()
                .filter(|it| it.payload.as_ref().is_some_and(is_binary));
            let mut binary = Vec::new();
            for it in of_bytes {
                match has_else(it.status) {
                    true => {
                        let media_types = it.content_types.iter().cloned();
                        binary.extend(media_types.map(|media| (it.status, Some(media))));
                    }
                    false => binary.push((it.status, None)),
                }
            }
            binary.dedup();
            binary
        }
    }
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
