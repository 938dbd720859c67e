//! Properties of a body that the answer repeats.

use std::collections::BTreeSet;

use crate::config::Setting;
use crate::diagnostic::{Code, Problem};
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
        report_uncompared(context, operation, types);
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
                "no JSON body and its answer have a property `{}` of the same type",
                name.escape_debug()
            );
            let help = "correct it, or take it out of [retry]".to_owned();
            let setting = Setting::Retry("echoes", index);
            context.error(setting, Code::UNMATCHED_ECHO, message, help);
        }
    }
}

/// Tells of properties that the settings name in a body that is a form, or may be: such bodies are written in ways of
/// their own, or while they are sent.
fn report_uncompared(context: &mut Context<'_>, operation: &Operation, types: &[Type]) {
    let Some(body) = &operation.body else { return };
    let media: Vec<&BodyMedia> = match &body.body {
        Body::Single(media) => vec![media],
        Body::Choice { variants, .. } => variants.iter().map(|(_, media)| media).collect(),
    };
    let is_one = media.len() == 1;
    let read = answer(operation);
    for name in &context.config.retry.echoes {
        let has = |ty| field(ty, name, types).is_some();
        let sent = media.iter().any(|media| match &media.payload {
            Payload::Form { ty, .. } | Payload::Multipart { ty, .. } => has(ty),
            Payload::Json(ty) => !is_one && has(ty),
            _ => false,
        });
        if sent && read.is_some_and(has) {
            let name = name.escape_debug();
            let message = format!("`{name}` of this body is not compared with the answer");
            let place = context.place_of(operation);
            context.problem(Problem::new(Code::UNCOMPARED_ECHO, place, message));
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

fn is_repeated(operation: &Operation, name: &str, types: &[Type]) -> bool {
    let sent = operation.body.as_ref().and_then(body);
    let read = answer(operation);
    let property = |ty| field(ty, name, types).and_then(|it| scalar(&it.ty, types));
    match (sent.and_then(property), read.and_then(property)) {
        (Some(sent), Some(read)) => sent == read,
        _ => false,
    }
}

fn body(body: &RequestBody) -> Option<&TypeRef> {
    match &body.body {
        Body::Single(media) => match &media.payload {
            Payload::Json(ty) => Some(ty),
            _ => None,
        },
        Body::Choice { .. } => None,
    }
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
