//! The answers of a method: those of success, errors, headers, pages.

use super::super::kind::Kind;
use super::super::node::{Fact, Node, Part, Signature};
use super::super::scope::Scope;
use super::wire::{sent_in, status};
use crate::model::{
    Answered, ErrorResponse, Operation, Pagination, PaginationStyle, Payload, Reading, Resource,
    ResponseHeader, Slot, Success, SuccessVariant,
};

/// The type of the answer of success.
pub(super) fn signature(scope: &Scope<'_>, success: &Success) -> (String, Vec<Part>) {
    match success {
        Success::Empty => ("()".to_owned(), vec![Part::word("()")]),
        Success::Single(payload) => read(scope, payload),
        Success::Choice { name, variants: _ } => {
            (name.clone(), vec![Part::word("one of several answers")])
        }
    }
}

/// The type that a body is read as.
fn read(scope: &Scope<'_>, payload: &Payload) -> (String, Vec<Part>) {
    let (form, ty) = match payload.reading() {
        Reading::Json(ty) => return (scope.shown(ty), vec![scope.part(ty, false)]),
        Reading::Text => ("String", None),
        Reading::Bytes => ("Download", None),
        Reading::Events(ty) => ("EventStream", Some(ty)),
        Reading::Lines(ty) => ("JsonLines", Some(ty)),
    };
    let shown = match ty {
        Some(ty) => format!("{form}<{}>", scope.shown(ty)),
        None => form.to_owned(),
    };
    let mut part = ty.map_or_else(Part::default, |ty| scope.part(ty, false));
    part.ty = format!("{form}<{}>", part.ty);
    part.expanded = format!("{form}<{}>", part.expanded);
    (shown, vec![part])
}

/// Adds what an operation answers.
pub(super) fn add(scope: &Scope<'_>, resource: &Resource, operation: &Operation, node: &mut Node) {
    several(scope, resource, operation, node);
    if let Some(answered) = &operation.answered {
        described(answered, node);
    }
    let errors = operation.errors.iter();
    let errors = errors.map(|it| error(scope, it, node));
    let headers = operation.response_headers.iter();
    let headers = headers.map(|it| header(scope, it, node));
    let pages = operation.pagination.iter();
    let pages = pages.map(|it| pages_of(scope, it, operation, node));
    let answered: Vec<Node> = errors.chain(headers).chain(pages).collect();
    node.children.extend(answered);
}

/// The words about the only answer of success.
fn described(answered: &Answered, method: &mut Node) {
    let Answered {
        status: code,
        docs,
        // The beginning of `docs`.
        summary: _,
    } = answered;
    let code = status(*code);
    let places = method.places.iter();
    let places = places.map(|it| it.inside(&["responses", &code, "description"]));
    let fact = Fact {
        value: docs.0.clone(),
        places: places.collect(),
    };
    method.residual_docs.insert("the answer".to_owned(), fact);
}

/// The answers of an operation that has several.
fn several(scope: &Scope<'_>, resource: &Resource, operation: &Operation, node: &mut Node) {
    let Success::Choice { name, variants } = &operation.success else {
        return;
    };
    let path = format!("resources::{}::{name}", resource.name);
    for variant in variants {
        let SuccessVariant {
            name,
            status: code,
            payload,
            content_types,
            docs,
        } = variant;
        let mut answer = Node::new(Kind::Answer, format!("{path}::{name}"), name);
        let mut media: Vec<&str> = content_types.iter().map(String::as_str).collect();
        media.sort_unstable();
        let media = media.join(", ");
        answer.docs.clone_from(&docs.0);
        answer.identity = Some(format!("{} {media}", status(*code)));
        answer.meaning("the status", status(*code));
        // One that comes in more of them is the same value.
        answer.behaviour("the media types", media);
        answer.places = node
            .places
            .iter()
            .map(|it| it.inside(&["responses", &status(*code)]))
            .collect();
        let (shown, parts) = match payload {
            Some(payload) => read(scope, payload),
            None => (String::new(), Vec::new()),
        };
        answer.signature = Signature { shown, parts };
        node.children.push(answer);
    }
    let choice = Node::only(Kind::MethodType, path, name);
    node.children.push(Node {
        slot: "answer".to_owned(),
        ..choice
    });
}

/// A status that is no success. Programs name the type of its body when they read it.
fn error(scope: &Scope<'_>, error: &ErrorResponse, method: &Node) -> Node {
    let ErrorResponse {
        status: code,
        media_type,
        payload,
        docs,
        // The beginning of `docs`.
        summary: _,
    } = error;
    let code = status(*code);
    let slot = match media_type {
        Some(media_type) => format!("{code} {media_type}"),
        None => code.clone(),
    };
    let path = format!("{} (error {slot})", method.path);
    let mut node = Node::new(Kind::ErrorAnswer, path, slot);
    node.docs.clone_from(&docs.0);
    let places = method.places.iter();
    node.places = places.map(|it| it.inside(&["responses", &code])).collect();
    if let Some(payload) = payload {
        let part = payload.item().map(|ty| scope.part(ty, false));
        let ty = part.map_or_else(|| "none".to_owned(), |it| it.expanded);
        node.stated
            .insert("the type of its body".to_owned(), Fact::new(ty));
        node.depends = payload.item().map(|ty| scope.named(ty)).unwrap_or_default();
    }
    node
}

fn header(scope: &Scope<'_>, header: &ResponseHeader, method: &Node) -> Node {
    let ResponseHeader {
        status: code,
        name,
        ty,
        explode: _,
        docs,
        // The beginning of `docs`.
        summary: _,
        // Programs that call see the type alone.
        required: _,
        comes_by_itself: _,
    } = header;
    let code = status(*code);
    let slot = format!("{code} {}", name.to_ascii_lowercase());
    let path = format!("{} (header {name} of {code})", method.path);
    let mut node = Node::new(Kind::AnswerHeader, path, slot);
    node.docs.clone_from(&docs.0);
    node.behaviour("its type", scope.expanded(ty));
    let places = method.places.iter();
    node.places = places
        .map(|it| it.inside(&["responses", &code, "headers", name]))
        .collect();
    node
}

/// `items` and `pages`: programs see the type of an item, whatever the way to get at it.
fn pages_of(
    scope: &Scope<'_>,
    pagination: &Pagination,
    operation: &Operation,
    method: &Node,
) -> Node {
    let Pagination {
        style,
        item,
        items,
        more,
        done,
    } = pagination;
    let path = format!("{}().items", method.path);
    let mut node = Node::only(Kind::Paging, path, "items");
    node.places.clone_from(&method.places);
    node.signature = Signature {
        shown: format!("Items<{}>", scope.shown(item)),
        parts: vec![scope.part(item, false)],
    };
    node.behaviour("how it is walked", walked(style, operation));
    node.behaviour("where items are", items.join("."));
    if let Some(more) = more {
        node.behaviour("where it says that there are more", more.join("."));
    }
    if let Some(done) = done {
        node.behaviour("where it says that it was the last page", done.join("."));
    }
    node
}

/// The place of a request, for people.
fn sent_at(slot: &Slot, operation: &Operation) -> String {
    let parameter = |index: usize| {
        let parameter = operation.parameters.get(index);
        parameter
            .map(|it| sent_in(it.location, &it.wire))
            .unwrap_or_default()
    };
    match slot {
        Slot::Parameter(index) => parameter(*index),
        Slot::Property {
            parameter: index,
            name,
        } => format!("{name} of {}", parameter(*index)),
        Slot::Body { path, .. } => format!("{} of the body", path.join(".")),
    }
}

fn walked(style: &PaginationStyle, operation: &Operation) -> String {
    let parameter = |slot: &Slot| sent_at(slot, operation);
    let total = |total: &Option<Vec<String>>| match total {
        Some(path) => format!(", up to {}", path.join(".")),
        None => String::new(),
    };
    match style {
        PaginationStyle::Offset { offset, total: of } => {
            format!("by {} as an offset{}", parameter(offset), total(of))
        }
        PaginationStyle::Page {
            page,
            first,
            total: of,
        } => format!("by {} from {first}{}", parameter(page), total(of)),
        PaginationStyle::Cursor { cursor, next } => {
            format!("by {} from {}", parameter(cursor), next.join("."))
        }
        PaginationStyle::LastId { after, id } => {
            format!("by {} from {} of the last", parameter(after), id.join("."))
        }
        PaginationStyle::Url { next } => format!("by the address in {}", next.join(".")),
        PaginationStyle::Relation {
            links,
            relation,
            url,
        } => {
            let links = links.join(".");
            format!("by the {url} of the next of {links}, by {relation}")
        }
        PaginationStyle::Header {
            parameter: slot,
            header,
        } => format!("by {} from the header {header}", parameter(slot)),
        PaginationStyle::Link => "by the header Link".to_owned(),
    }
}
