//! Operations as items.

use super::item::{Argument, Item, Method};
use super::name::name;
use crate::model::{Body, Conversion, Operation, Payload, Reading, Retry, Sdk, Success};

pub(super) fn operation_item(sdk: &Sdk, resource: &str, operation: &Operation) -> Item {
    let mut arguments: Vec<Argument> = Vec::new();
    let named = operation.named.iter().flat_map(|named| &named.parameters);
    let named: Vec<usize> = named.copied().collect();
    let parameters = operation.parameters.iter().enumerate();
    for (index, parameter) in parameters.filter(|(_, it)| it.is_argument() || it.has_setter()) {
        arguments.push(Argument {
            named: named.contains(&index),
            name: parameter.name.clone(),
            ty: name(sdk, &parameter.ty),
            into: parameter.conversion == Conversion::Into && !named.contains(&index),
            optional: !parameter.is_argument(),
        });
    }
    if let Some(body) = &operation.body {
        arguments.push(Argument {
            named: operation.named_body().is_some(),
            name: body.name.clone(),
            ty: forms(sdk, &body.body),
            into: body.conversion == Conversion::Into,
            optional: !body.is_argument,
        });
    }
    let scopes = operation.scopes.iter();
    Item::Operation(Method {
        resource: resource.to_owned(),
        name: operation.name.clone(),
        arguments,
        answer: answer(sdk, &operation.success),
        method: operation.method.as_str().to_owned(),
        path: operation.path.clone(),
        scopes: scopes
            .map(|scope| sdk.scopes[*scope].wire.clone())
            .collect(),
        paged: operation.pagination.is_some(),
        retry: match &operation.retry {
            Retry::Repeatable => "repeatable".to_owned(),
            Retry::Keyed { header, .. } => format!("keyed {header}"),
            Retry::Once => "once".to_owned(),
        },
    })
}

fn answer(sdk: &Sdk, success: &Success) -> String {
    match success {
        Success::Empty => "()".to_owned(),
        Success::Single(single) => reading(sdk, single.reading()),
        Success::Choice { variants, .. } => {
            let variants = variants.iter().map(|variant| {
                let ty = variant.payload.as_ref().map(|p| reading(sdk, p.reading()));
                format!(
                    "{}: {}",
                    variant.name,
                    ty.unwrap_or_else(|| "()".to_owned())
                )
            });
            format!("({})", variants.collect::<Vec<_>>().join(" | "))
        }
    }
}

/// The types of a body, by its media types.
pub(super) fn forms(sdk: &Sdk, body: &Body) -> String {
    match body {
        Body::Single(media) => payload(sdk, &media.payload),
        Body::Choice { variants, .. } => {
            let variants = variants
                .iter()
                .map(|(_, media)| payload(sdk, &media.payload));
            variants.collect::<Vec<_>>().join(" | ")
        }
    }
}

fn payload(sdk: &Sdk, payload: &Payload) -> String {
    match payload {
        Payload::Json(ty) => name(sdk, ty),
        Payload::Form { ty, .. } => format!("form {}", name(sdk, ty)),
        Payload::Multipart { ty, .. } => format!("multipart {}", name(sdk, ty)),
        Payload::Text => "text".to_owned(),
        Payload::Bytes => "bytes".to_owned(),
        Payload::EventStream(ty) => format!("events of {}", name(sdk, ty)),
        Payload::JsonLines(ty) => format!("lines of {}", name(sdk, ty)),
    }
}

pub(super) fn reading(sdk: &Sdk, reading: Reading<'_>) -> String {
    match reading {
        Reading::Json(ty) => name(sdk, ty),
        Reading::Text => "text".to_owned(),
        Reading::Bytes => "bytes".to_owned(),
        Reading::Events(ty) => format!("events of {}", name(sdk, ty)),
        Reading::Lines(ty) => format!("lines of {}", name(sdk, ty)),
    }
}
