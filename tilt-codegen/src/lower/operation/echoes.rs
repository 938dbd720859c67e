//! Properties of a body that the answer repeats.

use std::collections::BTreeSet;

use crate::config::Setting;
use crate::diagnostic::Code;
use crate::lower::context::Context;
use crate::lower::naming::unnamed::OperationName;
use crate::model::{
    Body, BodyMedia, Field, Operation, Payload, RequestBody, Shape, Success, Type, TypeRef,
};

/// Notes, for each operation, those that the settings name and that stand at the top of the body and of the answer with the
/// same type. That a name and a type are the same says nothing by itself: an API may round, add or correct.
pub(in crate::lower) fn decide(
    context: &mut Context<'_>,
    operations: &mut [(OperationName, Operation)],
    types: &[Type],
) {
    let stated = &context.config.retry.echoes;
    let mut used = BTreeSet::new();
    for (_, operation) in operations.iter_mut() {
        let echoed: BTreeSet<&String> = stated
            .iter()
            .filter(|name| is_repeated(operation, name, types))
            .collect();
        used.extend(echoed.iter().copied());
        operation.execution.body_echoes = echoed.into_iter().cloned().collect();
    }
    for (index, name) in stated.iter().enumerate() {
        if !used.contains(name) {
            let message = format!(
                "no body, JSON or a form, and its answer have a property `{}` of the same type",
                name.escape_debug()
            );
            let help = "correct it, or take it out of [retry]".to_owned();
            let setting = Setting::Retry("echoes", index);
            context.at_setting(setting, Code::UNMATCHED_ECHO, message, help);
        }
    }
}

/// The type of the answer, where that is JSON alone.
fn answer(operation: &Operation) -> Option<&TypeRef> {
    match &operation.success {
        Success::Single(Payload::Json(ty)) => Some(ty),
        _ => None,
    }
}

/// Whether the answer has the property, and every form of the body that has it, with one type of scalar.
fn is_repeated(operation: &Operation, name: &str, types: &[Type]) -> bool {
    let property = |ty| field(ty, name, types).map(|it| scalar(&it.ty, types));
    let read = answer(operation).and_then(property).flatten();
    let body = operation.body.as_ref().map(media).unwrap_or_default();
    let mut sent = body.into_iter().filter_map(property).peekable();
    read.is_some() && sent.peek().is_some() && sent.all(|sent| sent == read)
}

/// The types of a body that is JSON or a form.
fn media(body: &RequestBody) -> Vec<&TypeRef> {
    let media: Vec<&BodyMedia> = match &body.body {
        Body::Single(media) => vec![media],
        Body::Choice { variants, .. } => variants.iter().map(|(_, media)| media).collect(),
    };
    let media = media.into_iter();
    media
        .filter_map(|media| match &media.payload {
            Payload::Json(ty) | Payload::Form { ty, .. } | Payload::Multipart { ty, .. } => {
                Some(ty)
            }
            _ => None,
        })
        .collect()
}

fn field<'t>(ty: &TypeRef, name: &str, types: &'t [Type]) -> Option<&'t Field> {
    let TypeRef::Named(id) = ty else { return None };
    match &types.get(id.0)?.shape {
        Shape::Struct(shape) => shape.fields.iter().find(|it| it.wire == name),
        _ => None,
    }
}

/// A type that has no parts: texts, numbers and ids.
fn scalar<'t>(ty: &'t TypeRef, types: &'t [Type]) -> Option<&'t TypeRef> {
    match ty {
        TypeRef::Scalar(_) => Some(ty),
        TypeRef::Named(id) => match &types.get(id.0)?.shape {
            Shape::Id(_) => Some(ty),
            Shape::Alias(target @ TypeRef::Scalar(_)) => Some(target),
            _ => None,
        },
        _ => None,
    }
}
