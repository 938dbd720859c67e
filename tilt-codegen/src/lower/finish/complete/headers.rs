//! The headers of all answers: one of a name, whatever the operation.

use std::collections::BTreeMap;

use crate::identifier::{self, Order};
use crate::model::{Header, ResponseHeader, Scalar, Sdk};

pub(super) fn of(sdk: &Sdk) -> Vec<Header> {
    let operations = sdk.resources.iter().flat_map(|it| &it.operations);
    let headers = operations.flat_map(|operation| &operation.response_headers);
    // Case says nothing (RFC 9110, 5.1).
    let mut named: BTreeMap<String, Vec<&ResponseHeader>> = BTreeMap::new();
    for header in headers.filter(|header| is_header(&header.name)) {
        let name = header.name.to_ascii_lowercase();
        named.entry(name).or_default().push(header);
    }
    let names = identifier::unique(
        named.keys().map(String::as_str),
        |_| None,
        |wire| vec![identifier::snake(wire)],
        Order::Text,
    );
    let merged = named.values().zip(names);
    let mut headers: Vec<Header> = merged.map(|(same, name)| merge(same, &name)).collect();
    headers.sort_by(|a, b| a.name.cmp(&b.name));
    headers
}

fn merge(same: &[&ResponseHeader], name: &str) -> Header {
    let first = same[0];
    let agree = same.iter().all(|header| header.ty == first.ty);
    let wire = same.iter().map(|header| &header.name).min();
    let docs = same.iter().map(|header| &header.docs);
    let docs = docs.filter(|docs| !docs.0.is_empty()).min();
    Header {
        name: name.to_ascii_uppercase(),
        wire: wire.unwrap_or(&first.name).clone(),
        ty: if agree { first.ty } else { Scalar::String },
        docs: docs.cloned().unwrap_or_default(),
    }
}

/// Whether it is the name of one (RFC 9110, 5.6.2), which OpenAPI does not say to ignore.
fn is_header(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let has_word = name.bytes().any(|byte| byte.is_ascii_alphanumeric());
    has_word && name.bytes().all(is_token) && !name.eq_ignore_ascii_case("content-type")
}
