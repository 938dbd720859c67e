//! The other side of operations: the traits of a server, what their methods are asked and what they answer with.
//!
//! A method that an implementation leaves out answers by itself, requests are read alone, and answers written alone: one more
//! of anything is no work for anybody.

use super::super::kind::Kind;
use super::super::node::{ItemPlace, Node, Part, Signature};
use super::super::scope::Scope;
use super::places::of_parameter;
use super::wire::status;
use crate::identifier::bare;
use crate::model::{
    Answer, Body, BodyMedia, Operation, Parameter, PathSegment, Payload, Presence, Reading,
    RequestBody, Resource, Sdk, ServedOperation, StatusRange, TypeRef,
};

/// Operations that one trait has, in the module of one side.
#[derive(Clone, Copy)]
pub(super) struct Group<'s> {
    side: Side,
    resource: &'s Resource,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Server,
    /// Of what the API sends.
    Received,
}

/// A method of a trait.
pub(super) type Served<'s> = (Group<'s>, &'s Operation);

/// The traits, where there is a server.
pub(super) fn groups(sdk: &Sdk) -> impl Iterator<Item = Group<'_>> {
    let of = |side, all| std::iter::repeat(side).zip(all);
    let server = of(Side::Server, sdk.resources.iter());
    let all = server.chain(of(Side::Received, sdk.received.iter()));
    let is_served = sdk.served.is_some();
    all.filter(move |_| is_served)
        .map(|(side, resource)| Group { side, resource })
}

pub(super) fn methods(sdk: &Sdk) -> impl Iterator<Item = Served<'_>> {
    groups(sdk).flat_map(|group| group.resource.operations.iter().map(move |it| (group, it)))
}

impl Group<'_> {
    fn module(self) -> String {
        let side = match self.side {
            Side::Server => "server",
            Side::Received => "received",
        };
        format!("{side}::{}", bare(&self.resource.name))
    }

    /// Its name in both SDKs.
    fn slot(self, scope: &Scope<'_>) -> String {
        match self.side {
            Side::Server => format!("server::{}", scope.resource(&self.resource.name)),
            Side::Received => self.module(),
        }
    }
}

/// A trait, without its methods.
pub(super) fn group(scope: &Scope<'_>, group: Group<'_>) -> Node {
    let name = &group.resource.type_name;
    let path = format!("{}::{name}", group.module());
    let operations = group.resource.operations.iter();
    Node {
        slot: group.slot(scope),
        places: operations
            .map(|it| ItemPlace::of_api(&it.pointer))
            .collect(),
        ..Node::new(Kind::ServerTrait, path, name)
    }
}

/// The name of a method in both SDKs.
pub(super) fn slot(scope: &Scope<'_>, (group, operation): Served<'_>) -> String {
    format!("{}::{}", group.slot(scope), bare(&operation.name))
}

pub(super) fn method(scope: &Scope<'_>, served: Served<'_>) -> Node {
    let (group, operation) = served;
    let ServedOperation {
        request,
        body: _, // by `held`
        answer,
        context,
        // It comes and goes with the method, whose name it has.
        placed: _,
        base,
        // It names a check, which the wire tells.
        constraints: _,
    } = &operation.served;
    let module = group.module();
    let path = format!(
        "{module}::{}::{}",
        group.resource.type_name,
        bare(&operation.name)
    );
    let mut node = Node {
        identity: Some(format!("{} {}", operation.method.as_str(), operation.path)),
        places: vec![ItemPlace::of_api(&operation.pointer)],
        signature: Signature {
            shown: format!("({request}) -> {answer}"),
            parts: vec![Part::word(request), Part::word(answer)],
        },
        ..Node::new(Kind::ServerMethod, path, slot(scope, served))
    };
    node.behaviour("its method and path", {
        let base = base.as_deref().unwrap_or_default();
        format!(
            "{} {base}{}",
            operation.method.as_str(),
            positions(operation)
        )
    });
    let request = format!("{module}::{request}");
    let parameters = operation.parameters.iter();
    let mut inside: Vec<Node> = parameters
        .map(|it| parameter(scope, &request, it, &node))
        .collect();
    if let Some(body) = &operation.body {
        inside.extend(self::body(scope, &module, (operation, body), &node));
    }
    inside.push(Node {
        slot: "the context".to_owned(),
        signature: Signature::word("Context"),
        places: node.places.clone(),
        ..Node::new(
            Kind::ServerField,
            format!("{request}::{}", bare(context)),
            context,
        )
    });
    let answer = format!("{module}::{answer}");
    let answers = operation.answers.iter();
    inside.extend(answers.map(|it| self::answer(scope, &answer, operation, it)));
    node.children = inside;
    node
}

/// The path of an operation without the names in it, which no request shows.
fn positions(operation: &Operation) -> String {
    let pieces = operation.segments.iter().map(|segment| match segment {
        PathSegment::Literal(text) => text.as_str(),
        PathSegment::Parameter(_) => "{}",
    });
    pieces.collect()
}

/// The field of a parameter in a request.
fn parameter(scope: &Scope<'_>, request: &str, parameter: &Parameter, method: &Node) -> Node {
    let is_there = parameter.required;
    let name = &parameter.name;
    let mut node = field(request, name, is_there);
    node.identity = Some(format!("{} {}", parameter.location.word(), parameter.wire));
    node.signature = shown(
        scope.shown(&parameter.ty),
        scope.part(&parameter.ty, false),
        is_there,
    );
    node.places = of_parameter(&method.places, parameter);
    node
}

fn field(request: &str, name: &str, is_there: bool) -> Node {
    Node {
        presence: Some(match is_there {
            true => Presence::Required,
            false => Presence::Optional,
        }),
        ..Node::new(
            Kind::ServerField,
            format!("{request}::{}", bare(name)),
            name,
        )
    }
}

fn shown(shown: String, part: Part, is_there: bool) -> Signature {
    Signature {
        shown: match is_there {
            true => shown,
            false => format!("Option<{shown}>"),
        },
        parts: vec![part],
    }
}

/// The field of a body, and the variants of one that has several media types.
fn body(
    scope: &Scope<'_>,
    module: &str,
    (operation, body): (&Operation, &RequestBody),
    method: &Node,
) -> Vec<Node> {
    let is_there = body.required;
    let request = format!("{module}::{}", operation.served.request);
    let mut node = field(&request, &body.name, is_there);
    node.slot = "the body".to_owned();
    let place = |media: &BodyMedia| {
        let keys = ["requestBody", "content", &media.content_type];
        let places = method.places.iter().map(|it| it.inside(&keys));
        places.collect::<Vec<_>>()
    };
    let (text, part, variants) = match &body.body {
        Body::Single(media) => {
            node.places = place(media);
            let (text, part) = held(scope, &media.payload);
            (text, part, Vec::new())
        }
        Body::Choice { variants, .. } => {
            let choice = &operation.served.body;
            let places = method.places.iter();
            node.places = places.map(|it| it.inside(&["requestBody"])).collect();
            let variants = variants.iter().map(|(name, media)| {
                let (shown, part) = held(scope, &media.payload);
                Node {
                    identity: Some(media.content_type.clone()),
                    places: place(media),
                    signature: Signature {
                        shown,
                        parts: vec![part],
                    },
                    ..Node::new(
                        Kind::ServerVariant,
                        format!("{module}::{choice}::{}", bare(name)),
                        name,
                    )
                }
            });
            let part = Part::word("one of several bodies");
            (choice.clone(), part, variants.collect())
        }
    };
    node.signature = shown(text, part, is_there);
    [vec![node], variants].concat()
}

/// The type that a body is given to a method as.
fn held(scope: &Scope<'_>, payload: &Payload) -> (String, Part) {
    let of = |ty: &TypeRef| (scope.shown(ty), scope.part(ty, false));
    let word = |text: &str| (text.to_owned(), Part::word(text));
    match payload {
        Payload::Json(ty) | Payload::Form { ty, .. } | Payload::Multipart { ty, .. } => of(ty),
        Payload::Text | Payload::EventStream(_) => word("String"),
        Payload::Bytes => word("Upload"),
        Payload::JsonLines(ty) => of(&TypeRef::List(Box::new(ty.clone()))),
    }
}

/// The variant of an answer.
fn answer(scope: &Scope<'_>, path: &str, operation: &Operation, answer: &Answer) -> Node {
    let Answer {
        name,
        status: code,
        content_type,
        of: _, // by `payload`
    } = answer;
    let (form, ty) = match operation.payload(answer).map(Payload::reading) {
        None => ("()", None),
        Some(Reading::Json(ty)) => ("", Some(ty)),
        Some(Reading::Text) => ("String", None),
        Some(Reading::Bytes) => ("Body", None),
        Some(Reading::Events(ty)) => ("Events", Some(ty)),
        Some(Reading::Lines(ty)) => ("Lines", Some(ty)),
    };
    let status_of_its_own = match code {
        StatusRange::Code(_) => "",
        StatusRange::Class(_) | StatusRange::Default => "StatusCode, ",
    };
    let around = |text: String| match (form, ty) {
        ("", _) => format!("{status_of_its_own}Reply<{text}>"),
        (_, Some(_)) => format!("{status_of_its_own}Reply<{form}<{text}>>"),
        (_, None) => format!("{status_of_its_own}Reply<{form}>"),
    };
    let part = ty.map_or_else(Part::default, |ty| scope.part(ty, false));
    let place = ItemPlace::of_api(&operation.pointer);
    let mut node = Node {
        identity: Some(format!("{} {content_type}", status(*code))),
        places: vec![place.inside(&["responses", &status(*code)])],
        signature: Signature {
            shown: around(ty.map_or_else(String::new, |ty| scope.shown(ty))),
            parts: vec![Part {
                ty: around(part.ty.clone()),
                expanded: around(part.expanded.clone()),
                ..part
            }],
        },
        ..Node::new(
            Kind::ServerVariant,
            format!("{path}::{}", bare(name)),
            format!("answer {name}"),
        )
    };
    node.meaning("the status", status(*code));
    node.behaviour("the media type", content_type);
    let headers = operation.given_headers(answer).filter(|it| it.required);
    let headers: Vec<&str> = headers.map(|it| it.name.as_str()).collect();
    node.meaning("the headers that it always has", headers.join(", "));
    node
}
