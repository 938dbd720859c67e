//! The headers of all answers: one of a name, whatever the operation.

use std::collections::BTreeMap;

use crate::identifier::{self, Order};
use crate::lock::HeaderNames;
use crate::model::{Header, ResponseHeader, Scalar, ScalarName, Sdk};

/// A header keeps the constant and the type of the generation before, as long as an operation has it so.
pub(in crate::lower) fn of(sdk: &Sdk, previous: &BTreeMap<String, HeaderNames>) -> Vec<Header> {
    let operations = sdk.resources.iter().flat_map(|it| &it.operations);
    let headers = operations.flat_map(|operation| &operation.response_headers);
    let mut named: BTreeMap<String, Vec<&ResponseHeader>> = BTreeMap::new();
    for header in headers.filter(|header| is_header(&header.name)) {
        named.entry(key(&header.name)).or_default().push(header);
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
            ty: type_name(sdk, header.ty),
        };
        (key(&header.wire), names)
    });
    names.collect()
}

/// Case says nothing (RFC 9110, 5.1).
fn key(wire: &str) -> String {
    wire.to_ascii_lowercase()
}

fn type_name(sdk: &Sdk, ty: Scalar) -> String {
    match ty.name() {
        ScalarName::Std(name) | ScalarName::Runtime(name) => name.to_owned(),
        ScalarName::Mapped(id) => sdk.mapped[id.0].name.clone(),
    }
}

fn merge(
    sdk: &Sdk,
    same: &[&ResponseHeader],
    name: &str,
    previous: Option<&HeaderNames>,
) -> Header {
    let first = same[0];
    let kept = same
        .iter()
        .find(|header| previous.is_some_and(|it| it.ty == type_name(sdk, header.ty)));
    let agree = same.iter().all(|header| header.ty == first.ty);
    let wire = same.iter().map(|header| &header.name).min();
    let docs = same.iter().map(|header| &header.docs);
    let docs = docs.filter(|docs| !docs.0.is_empty()).min();
    Header {
        name: name.to_ascii_uppercase(),
        wire: wire.unwrap_or(&first.name).clone(),
        ty: match kept {
            Some(kept) => kept.ty,
            None if agree => first.ty,
            None => Scalar::String,
        },
        docs: docs.cloned().unwrap_or_default(),
    }
}

/// Whether it is the name of one (RFC 9110, 5.6.2), which OpenAPI does not say to ignore.
fn is_header(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let has_word = name.bytes().any(|byte| byte.is_ascii_alphanumeric());
    has_word && name.bytes().all(is_token) && !name.eq_ignore_ascii_case("content-type")
}
