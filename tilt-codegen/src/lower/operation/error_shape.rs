//! Where an error body carries its code, its message and the id of the request.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Setting;
use crate::diagnostic::Code;
use crate::lock::{CODE, MESSAGE, REQUEST_ID};
use crate::lower::context::Context;
use crate::lower::naming::unnamed::OperationName;
use crate::model::{ErrorShape, Operation, Payload, Scalar, Shape, Struct, Type, TypeId, TypeRef};

/// Property names that codes, messages and request ids usually have, best first.
const CODES: &[&str] = &["code", "error_code", "errorCode", "error", "type"];
const MESSAGES: &[&str] = &[
    "message",
    "detail",
    "error_description",
    "error_message",
    "title",
    "description",
];
const REQUEST_IDS: &[&str] = &[
    "request_id",
    "requestId",
    "trace_id",
    "traceId",
    "correlation_id",
];

/// As configured, or as it was as long as an error body has that, or as the most common error body tells.
pub(in crate::lower) fn error_shape(
    context: &mut Context<'_>,
    operations: &[(OperationName, Operation)],
    types: &[Type],
) -> ErrorShape {
    check(context, operations, types);
    let config = &context.config.errors;
    let common = most_common(operations, types);
    let bodies: Vec<&Struct> = bodies(operations, types).collect();
    let previous = &context.previous.names.errors;
    let find = |part: &str, names: &[&str]| {
        let before = previous.get(part).filter(|name| {
            let mut bodies = bodies.iter();
            bodies.any(|body| has_text(types, Some(body), name))
        });
        before.cloned().or_else(|| {
            let found = names.iter().find(|name| has_text(types, common, name));
            found.map(|name| (*name).to_owned())
        })
    };
    let or_found = |set: &Option<String>, part: &str, names: &[&str]| {
        set.clone().or_else(|| find(part, names))
    };
    ErrorShape {
        code: or_found(&config.code, CODE, CODES),
        message: or_found(&config.message, MESSAGE, MESSAGES),
        request_id: or_found(&config.request_id, REQUEST_ID, REQUEST_IDS),
    }
}

/// Reports settings that name a property which no error body has, where there are error bodies.
fn check(context: &mut Context<'_>, operations: &[(OperationName, Operation)], types: &[Type]) {
    let errors = operations.iter().flat_map(|(_, it)| &it.errors);
    let bodies = errors.filter_map(|error| match &error.payload {
        Some(Payload::Json(ty)) => Some(ty),
        _ => None,
    });
    let mut properties: BTreeSet<&str> = BTreeSet::new();
    for body in bodies {
        add_properties(&mut properties, body, types, MOST_NESTED);
    }
    if properties.is_empty() {
        return;
    }
    let settings = &context.config.errors;
    for (key, name) in [
        ("code", &settings.code),
        ("message", &settings.message),
        ("request_id", &settings.request_id),
    ] {
        let Some(name) = name.as_ref().filter(|it| !properties.contains(it.as_str())) else {
            continue;
        };
        if context.may_be_left_out(name) {
            continue;
        }
        let message = format!(
            "no body of an error has a property `{}`",
            name.escape_debug()
        );
        let help = format!("correct `{key}` in [errors], or remove it");
        let setting = Setting::Error(key);
        context.at_setting(setting, Code::UNMATCHED_ERROR_PROPERTY, message, help);
    }
}

/// So deep are aliases and unions looked through.
const MOST_NESTED: usize = 4;

fn add_properties<'t>(
    properties: &mut BTreeSet<&'t str>,
    ty: &'t TypeRef,
    types: &'t [Type],
    left: usize,
) {
    let named = match ty {
        TypeRef::Boxed(inner) | TypeRef::Nullable(inner) => inner,
        ty => ty,
    };
    let TypeRef::Named(id) = named else { return };
    let inner: Vec<&TypeRef> = match types.get(id.0).map(|ty| &ty.shape) {
        Some(Shape::Struct(structure)) => {
            properties.extend(structure.fields.iter().map(|field| field.wire.as_str()));
            return;
        }
        Some(Shape::Alias(ty)) => vec![ty],
        Some(Shape::Union(union)) => union.variants.iter().map(|it| &it.ty).collect(),
        Some(Shape::Enum(_) | Shape::Id(_)) | None => return,
    };
    for ty in inner.into_iter().filter(|_| left > 0) {
        add_properties(properties, ty, types, left - 1);
    }
}

/// The error bodies that are objects.
fn bodies<'t>(
    operations: &[(OperationName, Operation)],
    types: &'t [Type],
) -> impl Iterator<Item = &'t Struct> {
    let errors = operations.iter().flat_map(|(_, it)| &it.errors);
    errors.filter_map(|error| {
        let Some(Payload::Json(TypeRef::Named(id))) = error.payload else {
            return None;
        };
        match &types.get(id.0)?.shape {
            Shape::Struct(structure) => Some(structure),
            _ => None,
        }
    })
}

fn most_common<'t>(
    operations: &[(OperationName, Operation)],
    types: &'t [Type],
) -> Option<&'t Struct> {
    let mut counts: BTreeMap<TypeId, usize> = BTreeMap::new();
    let errors = operations
        .iter()
        .flat_map(|(_, operation)| &operation.errors);
    for error in errors {
        if let Some(Payload::Json(TypeRef::Named(id))) = error.payload {
            *counts.entry(id).or_default() += 1;
        }
    }
    // Ties go to the type that comes first.
    let (id, _) = counts
        .into_iter()
        .max_by_key(|(id, count)| (*count, std::cmp::Reverse(*id)))?;
    match &types.get(id.0)?.shape {
        Shape::Struct(structure) => Some(structure),
        _ => None,
    }
}

fn has_text(types: &[Type], structure: Option<&Struct>, name: &str) -> bool {
    let field =
        structure.and_then(|structure| structure.fields.iter().find(|field| field.wire == name));
    field.is_some_and(|field| match &field.ty {
        TypeRef::Scalar(Scalar::String) => true,
        TypeRef::Named(id) => match &types[id.0].shape {
            Shape::Enum(_) => true,
            Shape::Id(form) => form.is_text(),
            Shape::Struct(_) | Shape::Union(_) | Shape::Alias(_) => false,
        },
        _ => false,
    })
}
