//! The surface of an SDK: what a user of it sees, one line each, in a stable order.

use std::fmt::Write as _;

use crate::model::names::bare;
use crate::model::{
    Body, Conversion, Enum, EnumRepr, Events, Field, Operation, Payload, Presence, Reading, Rest,
    Scalar, Sdk, Shape, Struct, Success, Type, TypeRef,
};

/// Types, operations and events, a line each: what `inspect` prints and `drift` compares.
pub fn surface(sdk: &Sdk) -> String {
    let mut lines = Vec::new();
    for ty in &sdk.types {
        type_lines(sdk, ty, &mut lines);
    }
    for resource in &sdk.resources {
        for operation in &resource.operations {
            lines.push(operation_line(sdk, &resource.name, operation));
        }
    }
    if let Some(events) = &sdk.events {
        event_lines(sdk, events, &mut lines);
    }
    for environment in &sdk.environments {
        lines.push(format!(
            "environment {} {}",
            environment.name, environment.url
        ));
    }
    for scheme in &sdk.security_schemes {
        lines.push(format!("security {} {}", scheme.method, scheme.wire));
    }
    for scope in &sdk.scopes {
        lines.push(format!("scope {} {}", scope.name, scope.wire));
    }
    lines.extend(example_line(sdk));
    lines.sort();
    lines.push(String::new());
    // Text of a document goes to terminals from here.
    let text = lines.join("\n");
    text.chars()
        .flat_map(|c| {
            let plain = c == '\n' || !c.is_control();
            let escaped = (!plain).then(|| c.escape_default()).into_iter().flatten();
            plain.then_some(c).into_iter().chain(escaped)
        })
        .collect()
}

fn type_lines(sdk: &Sdk, ty: &Type, lines: &mut Vec<String>) {
    let owner = &ty.name;
    match &ty.shape {
        Shape::Alias(target) => lines.push(format!("type {owner} = {}", name(sdk, target))),
        Shape::Struct(structure) => {
            let rest = match &structure.rest {
                Rest::Any => String::new(),
                Rest::Typed(ty) => format!(" and others: {}", name(sdk, ty)),
            };
            lines.push(format!("type {owner} struct{rest}"));
            for field in &structure.fields {
                lines.push(field_line(sdk, owner, field));
            }
            making_lines(sdk, owner, structure, lines);
        }
        Shape::Enum(Enum { repr, variants }) => {
            let repr = match repr {
                EnumRepr::String => "String",
                EnumRepr::Integer => "i64",
                EnumRepr::Any => "Value",
            };
            lines.push(format!("type {owner} enum of {repr}"));
            for variant in variants {
                lines.push(format!(
                    "type {owner}::{} = {}",
                    variant.name, variant.value
                ));
            }
        }
        Shape::Union(union) => {
            let by = union.discriminator.as_deref();
            let by = by
                .map(|property| format!(" by {property:?}"))
                .unwrap_or_default();
            lines.push(format!("type {owner} union{by}"));
            for variant in &union.variants {
                let mut line =
                    format!("type {owner}::{}({})", variant.name, name(sdk, &variant.ty));
                if !variant.discriminator_values.is_empty() {
                    // Writing to a string does not fail.
                    let _ = write!(line, " for {:?}", variant.discriminator_values);
                }
                lines.push(line);
                if variant.from {
                    lines.push(format!("type {owner} from {}", name(sdk, &variant.ty)));
                }
            }
        }
    }
}

/// How values of a struct are made: its constructor with its arguments, and its setters.
fn making_lines(sdk: &Sdk, owner: &str, structure: &Struct, lines: &mut Vec<String>) {
    let fields = structure.fields.iter();
    let arguments = fields
        .clone()
        .filter(|field| field.presence == Presence::Required && field.fixed.is_none())
        .map(|field| {
            format!(
                "{}: {}",
                field.name,
                taken(sdk, field.conversion, &field.ty)
            )
        });
    lines.push(match structure.default {
        Some(_) => format!("type {owner} default"),
        None => format!(
            "type {owner} new({})",
            arguments.collect::<Vec<_>>().join(", ")
        ),
    });
    for field in fields.filter(|field| field.setter) {
        lines.push(format!(
            "type {owner} set {}({})",
            field.name,
            taken(sdk, field.conversion, &field.ty)
        ));
    }
}

/// A type as an argument takes it.
fn taken(sdk: &Sdk, conversion: Conversion, ty: &TypeRef) -> String {
    converted(conversion, name(sdk, ty))
}

fn converted(conversion: Conversion, ty: String) -> String {
    match conversion {
        Conversion::None => ty,
        Conversion::Into => format!("into {ty}"),
    }
}

fn event_lines(sdk: &Sdk, events: &Events, lines: &mut Vec<String>) {
    for kind in &events.kinds {
        let ty = name(sdk, &kind.ty);
        lines.push(format!("event {} {:?} {ty}", kind.variant, kind.wire));
        for channel in &kind.own_channels {
            lines.push(format!("channel {channel:?} {}", kind.variant));
        }
    }
    // One alone has no order.
    if events.channels.len() > 1 {
        lines.push(format!("channels {:?}", events.channels));
    }
}

fn example_line(sdk: &Sdk) -> Option<String> {
    let example = sdk.example?;
    let resource = sdk.resources.get(example.resource)?;
    let operation = resource.operations.get(example.operation)?;
    Some(format!("example {}.{}", resource.name, operation.name))
}

fn field_line(sdk: &Sdk, owner: &str, field: &Field) -> String {
    let ty = name(sdk, &field.ty);
    let ty = match field.presence {
        Presence::Required => ty,
        Presence::Optional => format!("{ty}?"),
        Presence::Nullable => format!("{ty} or null"),
        Presence::OptionalNullable => format!("{ty}? or null"),
    };
    let wire = if field.wire == bare(&field.name) {
        String::new()
    } else {
        format!(" ({:?})", field.wire)
    };
    format!("type {owner}.{}{wire}: {ty}", field.name)
}

fn operation_line(sdk: &Sdk, resource: &str, operation: &Operation) -> String {
    let mut arguments: Vec<String> = Vec::new();
    for parameter in &operation.parameters {
        let optional = if parameter.required { "" } else { "?" };
        let ty = taken(sdk, parameter.conversion, &parameter.ty);
        arguments.push(format!("{}: {ty}{optional}", parameter.name));
    }
    if let Some(body) = &operation.body {
        let optional = if body.required { "" } else { "?" };
        let ty = match &body.body {
            Body::Single(media) => payload(sdk, &media.payload),
            Body::Choice { variants, .. } => {
                let variants = variants
                    .iter()
                    .map(|(_, media)| payload(sdk, &media.payload));
                variants.collect::<Vec<_>>().join(" | ")
            }
        };
        let ty = converted(body.conversion, ty);
        arguments.push(format!("{}: {ty}{optional}", body.name));
    }
    let answer = match &operation.success {
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
    };
    let mut line = format!(
        "operation {resource}.{}({}) -> {answer} = {} {}",
        operation.name,
        arguments.join(", "),
        operation.method.as_str(),
        operation.path
    );
    for scope in &operation.scopes {
        // Writing to a string does not fail.
        let _ = write!(line, " [{}]", sdk.scopes[*scope].wire);
    }
    if operation.pagination.is_some() {
        line.push_str(" paged");
    }
    line
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

fn reading(sdk: &Sdk, reading: Reading<'_>) -> String {
    match reading {
        Reading::Json(ty) => name(sdk, ty),
        Reading::Text => "text".to_owned(),
        Reading::Bytes => "bytes".to_owned(),
        Reading::Events(ty) => format!("events of {}", name(sdk, ty)),
        Reading::Lines(ty) => format!("lines of {}", name(sdk, ty)),
    }
}

/// A type as a user reads it.
pub(crate) fn name(sdk: &Sdk, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(id) => sdk.types[id.0].name.clone(),
        TypeRef::List(item) => format!("[{}]", name(sdk, item)),
        TypeRef::Map(value) => format!("{{{}}}", name(sdk, value)),
        TypeRef::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|item| name(sdk, item)).collect();
            format!("({})", items.join(", "))
        }
        TypeRef::Nullable(ty) => format!("{} or null", name(sdk, ty)),
        TypeRef::Boxed(ty) => name(sdk, ty),
        TypeRef::Scalar(scalar) => match scalar {
            Scalar::Bool => "bool",
            Scalar::I8 => "i8",
            Scalar::I16 => "i16",
            Scalar::I32 => "i32",
            Scalar::I64 => "i64",
            Scalar::U8 => "u8",
            Scalar::U16 => "u16",
            Scalar::U32 => "u32",
            Scalar::U64 => "u64",
            Scalar::Number => "Number",
            Scalar::String => "String",
            Scalar::DateTime => "DateTime",
            Scalar::Date => "Date",
            Scalar::Time => "Time",
            Scalar::Duration => "Duration",
            Scalar::Uuid => "Uuid",
            Scalar::Secret => "SecretText",
            Scalar::Decimal => "Decimal",
            Scalar::Base64 => "Base64",
            Scalar::Any => "Value",
            Scalar::Null => "()",
            Scalar::Bytes => "Bytes",
            Scalar::File => "File",
        }
        .to_owned(),
    }
}
