//! The headers of all answers and events: one of a name, whatever has it.

use std::collections::BTreeMap;

use crate::identifier::{self, Order};
use crate::lock::HeaderNames;
use crate::lower::operation::answers::is_header_name;
use crate::model::{Docs, Header, Scalar, ScalarName, Sdk, TypeRef};

/// A header as an answer or an event has it.
struct Stated<'s> {
    name: &'s String,
    ty: TypeRef,
    explode: bool,
    docs: &'s Docs,
}

impl Stated<'_> {
    /// Whether it can be one, and is none that OpenAPI says to ignore.
    fn is_header(&self) -> bool {
        is_header_name(self.name) && !self.name.eq_ignore_ascii_case("content-type")
    }
}

/// A header keeps the constant and the type of the generation before, as long as anything has it so.
pub(in crate::lower) fn of(sdk: &Sdk, previous: &BTreeMap<String, HeaderNames>) -> Vec<Header> {
    let groups = sdk.resources.iter().chain(&sdk.received);
    let operations = groups.flat_map(|it| &it.operations);
    let of_answers = operations.flat_map(|operation| &operation.response_headers);
    let of_answers = of_answers.map(|it| Stated {
        name: &it.name,
        ty: it.ty.clone(),
        explode: it.explode,
        docs: &it.docs,
    });
    let kinds = sdk.events.iter().flat_map(|events| &events.kinds);
    let of_events = kinds.flat_map(|kind| &kind.headers).map(|it| Stated {
        name: &it.name,
        ty: TypeRef::Scalar(it.ty),
        explode: false,
        docs: &it.docs,
    });
    let mut named: BTreeMap<String, Vec<Stated<'_>>> = BTreeMap::new();
    for header in of_answers.chain(of_events).filter(Stated::is_header) {
        named.entry(key(header.name)).or_default().push(header);
    }
    let names = identifier::unique(
        named.keys().map(String::as_str),
        |at| {
            let before = named.keys().nth(at).and_then(|key| previous.get(key));
            before.map(|it| it.name.to_ascii_lowercase())
        },
        |wire| vec![identifier::snake(wire)],
        Order::Text,
    );
    let merged = named.iter().zip(names);
    let mut headers: Vec<Header> = merged
        .map(|((key, same), name)| merge(sdk, same, &name, previous.get(key)))
        .collect();
    headers.sort_by(|a, b| a.name.cmp(&b.name));
    headers
}

/// The names of constants, for the generations to come.
pub(in crate::lower) fn names(sdk: &Sdk) -> BTreeMap<String, HeaderNames> {
    let names = sdk.headers.iter().map(|header| {
        let names = HeaderNames {
            name: header.name.clone(),
            ty: type_name(sdk, &header.ty),
        };
        (key(&header.wire), names)
    });
    names.collect()
}

/// Case says nothing (RFC 9110, 5.1).
fn key(wire: &str) -> String {
    wire.to_ascii_lowercase()
}

fn type_name(sdk: &Sdk, ty: &TypeRef) -> String {
    match ty {
        TypeRef::List(item) => format!("[{}]", type_name(sdk, item)),
        TypeRef::Map(item) => format!("{{{}}}", type_name(sdk, item)),
        TypeRef::Scalar(scalar) => match scalar.name() {
            ScalarName::Std(name) | ScalarName::Runtime(name) => name.to_owned(),
            ScalarName::Mapped(id) => sdk.mapped[id.0].name.clone(),
        },
        _ => String::new(),
    }
}

fn merge(sdk: &Sdk, same: &[Stated<'_>], name: &str, previous: Option<&HeaderNames>) -> Header {
    let first = &same[0];
    let kept = same
        .iter()
        .find(|header| previous.is_some_and(|it| it.ty == type_name(sdk, &header.ty)));
    let is_same = |header: &Stated<'_>| header.ty == first.ty && header.explode == first.explode;
    let agree = same.iter().all(is_same);
    // Programs read any list and object as its text before these had types.
    let was_text = previous.is_some_and(|it| it.ty == "String");
    let text = TypeRef::Scalar(Scalar::String);
    let wire = same.iter().map(|header| header.name).min();
    let docs = same.iter().map(|header| header.docs);
    let docs = docs.filter(|docs| !docs.0.is_empty()).min();
    Header {
        name: name.to_ascii_uppercase(),
        wire: wire.unwrap_or(first.name).clone(),
        ty: match kept {
            Some(kept) => kept.ty.clone(),
            None if agree && !(was_text && has_parts(&first.ty)) => first.ty.clone(),
            None => text,
        },
        explode: kept.unwrap_or(first).explode,
        docs: docs.cloned().unwrap_or_default(),
    }
}

fn has_parts(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::List(_) | TypeRef::Map(_))
}
