//! The surface of an SDK: everything that a user of it sees, item by item, in a stable order.

use std::fmt;

use serde::Serialize;

use crate::identifier::bare;
use crate::model::{
    Body, Conversion, Enum, EnumRepr, Events, Example, Field, Operation, Payload, Presence,
    Reading, Rest, Scalar, Sdk, Shape, Struct, Success, Type, TypeRef,
};

/// Types, operations and events, a line each: what `inspect` prints and `drift` compares.
pub fn surface(sdk: &Sdk) -> String {
    items(sdk).iter().map(|item| format!("{item}\n")).collect()
}

/// The same as data, in the order of the lines.
pub fn items(sdk: &Sdk) -> Vec<Item> {
    let mut items = Vec::new();
    for ty in &sdk.types {
        type_items(sdk, ty, &mut items);
    }
    for resource in &sdk.resources {
        for operation in &resource.operations {
            items.push(operation_item(sdk, &resource.name, operation));
        }
    }
    if let Some(events) = &sdk.events {
        event_items(sdk, events, &mut items);
    }
    items.extend(
        sdk.environments
            .iter()
            .map(|environment| Item::Environment {
                name: environment.name.clone(),
                url: environment.url.clone(),
            }),
    );
    items.extend(sdk.security_schemes.iter().map(|scheme| Item::Security {
        method: scheme.method.clone(),
        scheme: scheme.wire.clone(),
    }));
    items.extend(sdk.scopes.iter().map(|scope| Item::Scope {
        name: scope.name.clone(),
        scope: scope.wire.clone(),
    }));
    items.extend(sdk.example.and_then(|example| example_item(sdk, example)));
    items.sort_by_cached_key(Item::line);
    items
}

/// One thing that users of an SDK see. Types are written as `inspect` shows them, such as
/// `[Order]`, `{String}` (a map) or `String or null`. New kinds of items and new members may come.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(tag = "item", rename_all = "lowercase")]
#[non_exhaustive]
pub enum Item {
    /// Another name of a type.
    Alias {
        /// Its name.
        name: String,
        /// The type.
        target: String,
    },
    /// A struct.
    Struct {
        /// Its name.
        name: String,
        /// The type of properties without a field of their own, where it is not any JSON.
        others: Option<String>,
    },
    /// A field of a struct.
    Field {
        /// The struct.
        owner: String,
        /// Its name in Rust.
        name: String,
        /// Its name on the wire.
        property: String,
        /// Its type, without what `presence` says.
        #[serde(rename = "type")]
        ty: String,
        /// Whether it may be absent or null.
        presence: FieldPresence,
    },
    /// The constructor of a struct. One without arguments comes with `Default`.
    Constructor {
        /// The struct.
        owner: String,
        /// Its arguments.
        arguments: Vec<Argument>,
        /// Whether there is `Default` too.
        default: bool,
    },
    /// A method that sets a field of a struct.
    Setter {
        /// The struct.
        owner: String,
        /// The field, and how it is given.
        argument: Argument,
    },
    /// A conversion of a type into a union.
    From {
        /// The union.
        owner: String,
        /// The type.
        #[serde(rename = "type")]
        ty: String,
    },
    /// An enum of values.
    Enum {
        /// Its name.
        name: String,
        /// The type of a value that it does not know.
        of: String,
    },
    /// A variant of an enum.
    Variant {
        /// The enum.
        owner: String,
        /// Its name in Rust.
        name: String,
        /// Its value on the wire.
        value: serde_json::Value,
    },
    /// A union: an enum whose variants have types.
    Union {
        /// Its name.
        name: String,
        /// The property that tells the variants apart, where there is one.
        discriminator: Option<String>,
    },
    /// A variant of a union.
    Alternative {
        /// The union.
        owner: String,
        /// Its name in Rust.
        name: String,
        /// Its type.
        #[serde(rename = "type")]
        ty: String,
        /// The values of the discriminator that select it.
        values: Vec<String>,
    },
    /// A method of the client.
    Operation(Method),
    /// A kind of event.
    Event {
        /// The variant.
        name: String,
        /// The kind on the wire.
        kind: String,
        /// The type of the payload.
        #[serde(rename = "type")]
        ty: String,
    },
    /// A channel by which one kind of event comes, and no other.
    Channel {
        /// Its template.
        channel: String,
        /// The variant.
        event: String,
    },
    /// The order in which the templates of channels are tried, where there are several.
    Channels {
        /// Their templates.
        order: Vec<String>,
    },
    /// The operation that the first program in the README calls.
    Example {
        /// The accessor of its resource.
        resource: String,
        /// The method.
        method: String,
    },
    /// A place where the API runs.
    Environment {
        /// The variant.
        name: String,
        /// Its base URL.
        url: String,
    },
    /// A way to authenticate.
    Security {
        /// The method of the client's builder.
        method: String,
        /// The scheme's key in the document.
        scheme: String,
    },
    /// An OAuth2 scope.
    Scope {
        /// The variant.
        name: String,
        /// The scope on the wire.
        scope: String,
    },
}

/// A method of the client.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Method {
    /// The accessor of its resource.
    pub resource: String,
    /// The method.
    pub name: String,
    /// In the order of the document, the body last.
    pub arguments: Vec<Argument>,
    /// The type of its answer; `()` is nothing.
    pub answer: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path's template.
    pub path: String,
    /// OAuth2 scopes that it requires.
    pub scopes: Vec<String>,
    /// Whether its list can be walked page by page.
    pub paged: bool,
}

/// An argument of a method or a constructor.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Its type; several forms of a body are separated by ` | `.
    #[serde(rename = "type")]
    pub ty: String,
    /// Whether it is taken as anything that is `Into` its type.
    pub into: bool,
    /// Whether it may be left out.
    pub optional: bool,
}

impl Argument {
    fn line(&self) -> String {
        let into = if self.into { "into " } else { "" };
        let optional = if self.optional { "?" } else { "" };
        format!("{}: {into}{}{optional}", self.name, self.ty)
    }
}

/// Whether a field may be absent or null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FieldPresence {
    /// Neither.
    Required,
    /// Absent.
    Optional,
    /// Null.
    Nullable,
    /// Both, told apart.
    OptionalNullable,
}

/// On one line, without control characters: text of a document goes to terminals from here.
impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line();
        let mut rest = line.as_str();
        while let Some((at, control)) = rest.char_indices().find(|(_, c)| c.is_control()) {
            write!(f, "{}{}", &rest[..at], control.escape_default())?;
            rest = &rest[at + control.len_utf8()..];
        }
        f.write_str(rest)
    }
}

impl Item {
    fn line(&self) -> String {
        match self {
            Item::Alias { name, target } => format!("type {name} = {target}"),
            Item::Struct { name, others } => {
                let others = others.as_ref().map(|ty| format!(" and others: {ty}"));
                format!("type {name} struct{}", others.unwrap_or_default())
            }
            Item::Field {
                owner,
                name,
                property,
                ty,
                presence,
            } => field_line(owner, name, property, ty, *presence),
            Item::Constructor {
                owner,
                default: true,
                ..
            } => format!("type {owner} default"),
            Item::Constructor {
                owner, arguments, ..
            } => format!("type {owner} new({})", list(arguments)),
            Item::Setter { owner, argument } => format!("type {owner} set({})", argument.line()),
            Item::From { owner, ty } => format!("type {owner} from {ty}"),
            Item::Enum { name, of } => format!("type {name} enum of {of}"),
            Item::Variant { owner, name, value } => format!("type {owner}::{name} = {value}"),
            Item::Union {
                name,
                discriminator,
            } => {
                let by = discriminator.as_ref().map(|by| format!(" by {by:?}"));
                format!("type {name} union{}", by.unwrap_or_default())
            }
            Item::Alternative {
                owner,
                name,
                ty,
                values,
            } => {
                let values = match values.is_empty() {
                    true => String::new(),
                    false => format!(" for {values:?}"),
                };
                format!("type {owner}::{name}({ty}){values}")
            }
            Item::Operation(method) => method.line(),
            Item::Event { name, kind, ty } => format!("event {name} {kind:?} {ty}"),
            Item::Channel { channel, event } => format!("channel {channel:?} {event}"),
            Item::Channels { order } => format!("channels {order:?}"),
            Item::Example { resource, method } => format!("example {resource}.{method}"),
            Item::Environment { name, url } => format!("environment {name} {url}"),
            Item::Security { method, scheme } => format!("security {method} {scheme}"),
            Item::Scope { name, scope } => format!("scope {name} {scope}"),
        }
    }
}

impl Method {
    fn line(&self) -> String {
        let scopes: String = self
            .scopes
            .iter()
            .map(|scope| format!(" [{scope}]"))
            .collect();
        format!(
            "operation {}.{}({}) -> {} = {} {}{scopes}{}",
            self.resource,
            self.name,
            list(&self.arguments),
            self.answer,
            self.method,
            self.path,
            if self.paged { " paged" } else { "" }
        )
    }
}

fn list(arguments: &[Argument]) -> String {
    let arguments: Vec<String> = arguments.iter().map(Argument::line).collect();
    arguments.join(", ")
}

fn field_line(
    owner: &str,
    name: &str,
    property: &str,
    ty: &str,
    presence: FieldPresence,
) -> String {
    let presence = match presence {
        FieldPresence::Required => "",
        FieldPresence::Optional => "?",
        FieldPresence::Nullable => " or null",
        FieldPresence::OptionalNullable => "? or null",
    };
    let wire = match property == bare(name) {
        true => String::new(),
        false => format!(" ({property:?})"),
    };
    format!("type {owner}.{name}{wire}: {ty}{presence}")
}

fn type_items(sdk: &Sdk, ty: &Type, items: &mut Vec<Item>) {
    let owner = &ty.name;
    match &ty.shape {
        Shape::Alias(target) => items.push(Item::Alias {
            name: owner.clone(),
            target: name(sdk, target),
        }),
        Shape::Struct(structure) => {
            items.push(Item::Struct {
                name: owner.clone(),
                others: match &structure.rest {
                    Rest::Any => None,
                    Rest::Typed(ty) => Some(name(sdk, ty)),
                },
            });
            let fields = structure.fields.iter();
            items.extend(fields.map(|field| field_item(sdk, owner, field)));
            making_items(sdk, owner, structure, items);
        }
        Shape::Enum(Enum { repr, variants }) => {
            let of = match repr {
                EnumRepr::String => "String",
                EnumRepr::Integer => "i64",
                EnumRepr::Any => "Value",
            };
            items.push(Item::Enum {
                name: owner.clone(),
                of: of.to_owned(),
            });
            items.extend(variants.iter().map(|variant| Item::Variant {
                owner: owner.clone(),
                name: variant.name.clone(),
                value: variant.value.clone(),
            }));
        }
        Shape::Union(union) => {
            items.push(Item::Union {
                name: owner.clone(),
                discriminator: union.discriminator.clone(),
            });
            items.extend(union.variants.iter().map(|variant| Item::Alternative {
                owner: owner.clone(),
                name: variant.name.clone(),
                ty: name(sdk, &variant.ty),
                values: variant.discriminator_values.clone(),
            }));
            let from = union.variants.iter().filter(|variant| variant.from);
            items.extend(from.map(|variant| Item::From {
                owner: owner.clone(),
                ty: name(sdk, &variant.ty),
            }));
        }
    }
}

/// How values of a struct are made.
fn making_items(sdk: &Sdk, owner: &str, structure: &Struct, items: &mut Vec<Item>) {
    let argument = |field: &Field| Argument {
        name: field.name.clone(),
        ty: name(sdk, &field.ty),
        into: field.conversion == Conversion::Into,
        optional: false,
    };
    let fields = structure.fields.iter();
    let taken = fields
        .clone()
        .filter(|field| field.presence == Presence::Required && field.fixed.is_none());
    items.push(Item::Constructor {
        owner: owner.to_owned(),
        arguments: taken.map(argument).collect(),
        default: structure.default.is_some(),
    });
    items.extend(
        fields
            .filter(|field| field.setter)
            .map(|field| Item::Setter {
                owner: owner.to_owned(),
                argument: argument(field),
            }),
    );
}

fn event_items(sdk: &Sdk, events: &Events, items: &mut Vec<Item>) {
    for kind in &events.kinds {
        items.push(Item::Event {
            name: kind.variant.clone(),
            kind: kind.wire.clone(),
            ty: name(sdk, &kind.ty),
        });
        items.extend(kind.own_channels.iter().map(|channel| Item::Channel {
            channel: channel.clone(),
            event: kind.variant.clone(),
        }));
    }
    if events.channels.len() > 1 {
        items.push(Item::Channels {
            order: events.channels.clone(),
        });
    }
}

fn example_item(sdk: &Sdk, example: Example) -> Option<Item> {
    let resource = sdk.resources.get(example.resource)?;
    let operation = resource.operations.get(example.operation)?;
    Some(Item::Example {
        resource: resource.name.clone(),
        method: operation.name.clone(),
    })
}

fn field_item(sdk: &Sdk, owner: &str, field: &Field) -> Item {
    Item::Field {
        owner: owner.to_owned(),
        name: field.name.clone(),
        property: field.wire.clone(),
        ty: name(sdk, &field.ty),
        presence: match field.presence {
            Presence::Required => FieldPresence::Required,
            Presence::Optional => FieldPresence::Optional,
            Presence::Nullable => FieldPresence::Nullable,
            Presence::OptionalNullable => FieldPresence::OptionalNullable,
        },
    }
}

fn operation_item(sdk: &Sdk, resource: &str, operation: &Operation) -> Item {
    let mut arguments: Vec<Argument> = Vec::new();
    for parameter in &operation.parameters {
        arguments.push(Argument {
            name: parameter.name.clone(),
            ty: name(sdk, &parameter.ty),
            into: parameter.conversion == Conversion::Into,
            optional: !parameter.required,
        });
    }
    if let Some(body) = &operation.body {
        let ty = match &body.body {
            Body::Single(media) => payload(sdk, &media.payload),
            Body::Choice { variants, .. } => {
                let variants = variants
                    .iter()
                    .map(|(_, media)| payload(sdk, &media.payload));
                variants.collect::<Vec<_>>().join(" | ")
            }
        };
        arguments.push(Argument {
            name: body.name.clone(),
            ty,
            into: body.conversion == Conversion::Into,
            optional: !body.required,
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
