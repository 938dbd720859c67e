//! The arguments of a method: by position, by name, and those that setters take; and its body.

use super::super::kind::Kind;
use super::super::node::{Fact, ItemPlace, Node, Part, Signature};
use super::super::scope::Scope;
use super::Sources;
use super::answers;
use super::encodings::{is_pair_default, is_part_default, properties};
use super::places::of_parameter;
use super::wire::sent_in;
use crate::drift::media_type::spelled;
use crate::model::{
    Body, BodyMedia, Conversion, NamedArguments, Operation, Parameter, ParameterEncoding,
    ParameterStyle, PartEncoding, Payload, RequestBody, Resource, Scalar, Shape, TypeRef,
};
use std::collections::BTreeSet;

/// Adds the arguments and the answer to the signature of a method, and what is to say of each.
pub(super) fn add(
    sources: &Sources<'_>,
    resource: &Resource,
    operation: &Operation,
    node: &mut Node,
) {
    let scope = sources.scope;
    let mut shown = Vec::new();
    for (position, (_, parameter)) in operation.positional().enumerate() {
        let into = parameter.conversion == Conversion::Into;
        let mut argument = argument(scope, Kind::Argument, parameter, node);
        argument.path = format!("{}({})", node.path, parameter.name);
        argument.slot = position.to_string();
        node.signature.parts.push(scope.part(&parameter.ty, into));
        shown.push(format!("{}: {}", parameter.name, argument.signature.shown));
        // Its type is the method's.
        argument.signature = Signature::default();
        node.children.push(argument);
    }
    if let Some(NamedArguments {
        name,
        parameters: _, // by `named_parameters`
        body: _,       // by `named_body`
    }) = &operation.named
    {
        let path = format!("resources::{}::{name}", resource.name);
        node.signature.parts.push(Part::word("named arguments"));
        shown.push(format!("required: {name}"));
        for (_, parameter) in operation.named_parameters() {
            let mut argument = argument(scope, Kind::NamedArgument, parameter, node);
            argument.path = format!("{path}::{}", parameter.name);
            argument.signature = plain(scope, &parameter.ty);
            node.children.push(argument);
        }
        let named = Node::only(Kind::MethodType, path, name);
        node.children.push(Node {
            slot: "required".to_owned(),
            ..named
        });
    }
    for parameter in operation.parameters.iter().filter(|it| it.has_setter()) {
        let mut argument = argument(scope, Kind::OptionalArgument, parameter, node);
        argument.path = format!("{}().{}", node.path, parameter.name);
        node.children.push(argument);
    }
    for parameter in &operation.parameters {
        node.children.extend(constant(parameter, node));
    }
    if let Some(body) = &operation.body {
        let named = operation.named.as_ref().filter(|it| it.body);
        let named = named.map(|it| format!("resources::{}::{}", resource.name, it.name));
        add_body(scope, resource, (body, named), &mut shown, node);
    }
    let (answer, parts) = answers::signature(scope, &operation.success);
    node.signature.parts.extend(parts);
    node.signature.shown = format!("({}) -> {answer}", shown.join(", "));
}

fn plain(scope: &Scope<'_>, ty: &TypeRef) -> Signature {
    Signature {
        shown: scope.shown(ty),
        parts: vec![scope.part(ty, false)],
    }
}

fn taken(scope: &Scope<'_>, ty: &TypeRef, conversion: Conversion) -> Signature {
    let into = conversion == Conversion::Into;
    let shown = scope.shown(super::fields::unboxed(ty));
    Signature {
        shown: match into {
            true => format!("impl Into<{shown}>"),
            false => shown,
        },
        parts: vec![scope.part(super::fields::unboxed(ty), into)],
    }
}

fn argument(scope: &Scope<'_>, kind: Kind, parameter: &Parameter, method: &Node) -> Node {
    let Parameter {
        name,
        wire,
        location,
        ty,
        conversion,
        required: _, // of servers
        // The kind of argument, and the value of a constant.
        supply: _,
        encoding,
        default,
        // Of pages, the number of the first is told with the answer; else it is a constraint.
        minimum: _,
        docs,
        // The beginning of `docs`.
        summary: _,
        deprecated,
    } = parameter;
    let mut node = Node::new(kind, "", name);
    let sent = sent_in(*location, wire);
    node.identity = Some(format!("{} {wire}", location.word()));
    node.signature = taken(scope, ty, *conversion);
    node.meaning(
        "sent as",
        format!("{sent}, {}", style(*encoding, is_single(scope, ty))),
    );
    if let Some(default) = default {
        node.stated
            .insert("its default".to_owned(), Fact::new(default.to_string()));
    }
    node.docs.clone_from(&docs.0);
    node.deprecated = *deprecated;
    node.places = of_parameter(&method.places, parameter);
    node
}

/// The value of a parameter that nobody is asked for.
fn constant(parameter: &Parameter, method: &Node) -> Option<Node> {
    let text = parameter.constant()?;
    let path = format!("{}({})", method.path, parameter.name);
    let mut value = Node::only(Kind::Detail, path, "value");
    value.slot.clone_from(&parameter.wire);
    value.meaning("the value that is filled in", text);
    value.places = of_parameter(&method.places, parameter);
    Some(value)
}

/// The way in which a value is written. A single one is alike whether or not it is exploded.
fn style(encoding: ParameterEncoding, is_single: bool) -> String {
    let is_exploded = |style, explode| match is_single {
        true => style == ParameterStyle::Form,
        false => explode,
    };
    match encoding {
        ParameterEncoding::Json => "JSON".to_owned(),
        ParameterEncoding::Text => "text".to_owned(),
        ParameterEncoding::Form => "a form".to_owned(),
        ParameterEncoding::Styled {
            style,
            explode,
            reserved,
        } => format!(
            "{style:?}{}{}",
            if is_exploded(style, explode) {
                ", exploded"
            } else {
                ""
            },
            if reserved {
                ", reserved characters as they are"
            } else {
                ""
            }
        ),
    }
}

fn is_single(scope: &Scope<'_>, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Scalar(Scalar::Any | Scalar::Mapped(_)) => false,
        TypeRef::Scalar(_) => true,
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => is_single(scope, inner),
        TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Tuple(_) | TypeRef::Loose(_) => false,
        TypeRef::Named(id) => match scope.ty(*id).map(|ty| &ty.shape) {
            Some(Shape::Enum(_) | Shape::Id(_)) => true,
            // An alias never leads to itself but through another type.
            Some(Shape::Alias(inner)) => is_single(scope, inner),
            Some(Shape::Struct(_) | Shape::Union(_)) | None => false,
        },
    }
}

fn add_body(
    scope: &Scope<'_>,
    resource: &Resource,
    (body, named): (&RequestBody, Option<String>),
    shown: &mut Vec<String>,
    method: &mut Node,
) {
    let RequestBody {
        name,
        required: _, // of servers
        is_argument,
        body: content,
        conversion,
        docs,
        // The beginning of `docs`.
        summary: _,
    } = body;
    let kind = match is_argument {
        true => Kind::Body,
        false => Kind::OptionalArgument,
    };
    let path = match &named {
        Some(named) => format!("{named}::{name}"),
        None if *is_argument => format!("{}({name})", method.path),
        None => format!("{}().{name}", method.path),
    };
    let mut node = Node::only(kind, path, name);
    node.identity = Some("body".to_owned());
    node.docs.clone_from(&docs.0);
    let into = *conversion == Conversion::Into;
    let signature = match content {
        Body::Single(media) => {
            node.places = body_places(method, media);
            let (text, part) = written(scope, &media.payload, into);
            let sent = sent_as(scope, media, &node, part.expanded.clone());
            method.children.push(sent);
            Signature {
                shown: match into {
                    true => format!("impl Into<{text}>"),
                    false => text,
                },
                parts: vec![part],
            }
        }
        Body::Choice { name, variants } => several(scope, resource, name, variants, method),
    };
    if *is_argument {
        if named.is_none() {
            shown.push(format!("{name}: {}", signature.shown));
        }
        method.signature.parts.extend(signature.parts);
    } else {
        node.signature = signature;
    }
    method.children.push(node);
}

fn body_places(method: &Node, media: &BodyMedia) -> Vec<ItemPlace> {
    let keys = ["requestBody", "content", &media.content_type];
    method.places.iter().map(|it| it.inside(&keys)).collect()
}

/// The forms of a body that has several, and what is taken for them.
fn several(
    scope: &Scope<'_>,
    resource: &Resource,
    name: &str,
    variants: &[(String, BodyMedia)],
    method: &mut Node,
) -> Signature {
    let path = format!("resources::{}::{name}", resource.name);
    let mut from = BTreeSet::new();
    for (variant, media) in variants {
        let mut form = Node::new(Kind::BodyForm, format!("{path}::{variant}"), variant);
        form.places = body_places(method, media);
        form.identity = Some(media.content_type.clone());
        let (shown, part) = written(scope, &media.payload, false);
        // A form that is taken by its type is sent as where it is the only one.
        if media.from_text {
            from.insert(written(scope, &Payload::Text, false).1.expanded);
        }
        if media.from {
            from.insert(part.expanded.clone());
            method
                .children
                .push(sent_as(scope, media, &form, part.expanded.clone()));
        } else {
            form.children
                .push(sent_as(scope, media, &form, String::new()));
        }
        form.signature = Signature {
            shown,
            parts: vec![part],
        };
        method.children.push(form);
    }
    let choice = Node::only(Kind::MethodType, path, name);
    method.children.push(Node {
        slot: "body".to_owned(),
        ..choice
    });
    Signature {
        shown: format!("impl Into<{name}>"),
        parts: vec![Part {
            into: true,
            from,
            ..Part::word("one of several bodies")
        }],
    }
}

/// The way in which a form of a body is written, where the same is given.
fn sent_as(scope: &Scope<'_>, media: &BodyMedia, form: &Node, given: String) -> Node {
    let BodyMedia {
        content_type,
        payload,
        from: _,       // the signature's, where there are several
        from_text: _,  // likewise
        also_from: _,  // follows from the type
        precedence: _, // decides `from`
        named: _,      // follows from `from` and the type
        other: _,      // no client sends them
    } = media;
    let (written, of, mut parts) = parts(scope, payload);
    let mut node = Node::only(Kind::Detail, &form.path, "sent as");
    node.slot = format!("sent {given}");
    node.places.clone_from(&form.places);
    // One that comes or goes is told as a property.
    let fields = of.into_iter().flat_map(|ty| properties(scope, ty));
    for (property, _) in fields {
        let at = parts.iter().position(|(name, _)| *name == property);
        let stated = at.map(|at| parts.remove(at).1);
        let mut part = Node::only(Kind::Detail, &form.path, "sent as");
        part.slot = property.to_owned();
        let encodings = form.places.iter();
        let encodings = encodings.map(|it| it.inside(&["encoding", property]));
        part.places = encodings.chain(form.places.clone()).collect();
        let stated = stated.unwrap_or_else(|| "as its type says".to_owned());
        part.meaning("sent as", format!("{property}: {stated}"));
        node.children.push(part);
    }
    let mut rest: Vec<String> = parts
        .into_iter()
        .map(|(name, stated)| format!(", {name}: {stated}"))
        .collect();
    rest.sort();
    node.meaning(
        "sent as",
        format!("{}, {written}{}", spelled(content_type), rest.concat()),
    );
    node
}

/// The form of a body, its type where properties are written one by one, and how those are that are not written as
/// their types say.
fn parts<'s>(
    scope: &Scope<'_>,
    payload: &'s Payload,
) -> (&'static str, Option<&'s TypeRef>, Vec<(&'s str, String)>) {
    match payload {
        Payload::Json(_) => ("JSON", None, Vec::new()),
        Payload::Form { ty, encodings } => {
            let encodings = encodings
                .iter()
                .filter(|(property, it)| !is_pair_default(scope, ty, property, *it));
            let encodings = encodings.map(|(property, it)| (property.as_str(), style(*it, false)));
            ("a form", Some(ty), encodings.collect())
        }
        Payload::Multipart { ty, parts } => {
            let parts = parts
                .iter()
                .filter(|(property, it)| !is_part_default(scope, ty, property, it));
            let parts = parts.map(|(property, it)| (property.as_str(), part(it)));
            ("parts", Some(ty), parts.collect())
        }
        Payload::Text => ("text", None, Vec::new()),
        Payload::Bytes => ("bytes", None, Vec::new()),
        Payload::EventStream(_) => ("events", None, Vec::new()),
        Payload::JsonLines(_) => ("lines of JSON", None, Vec::new()),
    }
}

/// The form in which a part is written.
fn part(encoding: &PartEncoding) -> String {
    match encoding {
        PartEncoding::Types(types) => types.clone(),
        PartEncoding::Text(media_type) => format!("{media_type} as it is"),
        PartEncoding::Encoded {
            media_type,
            transfer,
        } => format!("{media_type} in {transfer}"),
        PartEncoding::Styled { style: it, explode } => style(
            ParameterEncoding::Styled {
                style: *it,
                explode: *explode,
                reserved: false,
            },
            false,
        ),
        PartEncoding::WithHeaders { encoding, headers } => {
            let headers = headers
                .iter()
                .map(|(name, value)| format!("{name}: {value}"));
            let headers: Vec<String> = headers.collect();
            let encoding = part(encoding);
            format!("{encoding} with {}", headers.join(", "))
                .trim_start()
                .to_owned()
        }
    }
}

/// The type that a body is given as.
fn written(scope: &Scope<'_>, payload: &Payload, into: bool) -> (String, Part) {
    let word = |text: &str| {
        let part = Part {
            into,
            ..Part::word(text)
        };
        (text.to_owned(), part)
    };
    match payload {
        Payload::Json(ty) | Payload::Form { ty, .. } | Payload::Multipart { ty, .. } => {
            (scope.shown(ty), scope.part(ty, into))
        }
        Payload::JsonLines(ty) => {
            let list = TypeRef::List(Box::new(ty.clone()));
            (scope.shown(&list), scope.part(&list, into))
        }
        Payload::Text | Payload::EventStream(_) => word("String"),
        Payload::Bytes => word("Upload"),
    }
}
