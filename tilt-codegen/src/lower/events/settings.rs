//! Settings of events that find nothing in what the API sends.

use super::Announced;
use crate::config::{HeaderName, Setting, Signature};
use crate::diagnostic::Code;
use crate::lower::draft::Conjunction;
use crate::lower::schema::TypeBuilder;
use crate::source::Node;

/// So deep are alternatives of a payload looked at.
const DEEPEST: usize = 4;

/// Reports properties that no payload has, and headers of signatures that no message has where they have others.
pub(super) fn check<'d>(types: &mut TypeBuilder<'d, '_>, announced: &[Announced<'d>]) {
    let settings = &types.context.config.events;
    let properties = [("kind", &settings.kind), ("id", &settings.id)];
    let properties = properties
        .into_iter()
        .filter_map(|(key, name)| Some((key, name.as_ref()?)));
    for (key, name) in properties {
        let mut payloads = announced.iter().filter_map(|event| event.payload);
        if payloads.any(|payload| has_property(types, payload, name)) {
            continue;
        }
        let message = format!(
            "no payload of an event has a property `{}`",
            name.escape_debug()
        );
        let help = format!("correct `{key}` in [events], or remove it");
        let setting = Setting::Event(key);
        types
            .context
            .at_setting(setting, Code::UNMATCHED_EVENT_PROPERTY, message, help);
    }
    if let Some(signature) = &settings.signature {
        check_headers(types, announced, signature);
    }
}

fn check_headers<'d>(
    types: &mut TypeBuilder<'d, '_>,
    announced: &[Announced<'d>],
    signature: &Signature,
) {
    let mut stated: Vec<&str> = Vec::new();
    for event in announced {
        stated.extend(event.headers.iter().map(|header| header.name.as_str()));
    }
    // Most documents state no headers, and then they say nothing about those of signatures.
    if stated.is_empty() {
        return;
    }
    let headers = [
        ("header", Some(&signature.header), "the signature"),
        (
            "timestamp",
            signature.timestamp.as_ref(),
            "the time of signing",
        ),
        ("id", signature.id.as_ref(), "the id of a delivery"),
    ];
    for (key, header, content) in headers {
        let Some(header) = header.map(HeaderName::as_str) else {
            continue;
        };
        if stated.iter().any(|name| name.eq_ignore_ascii_case(header)) {
            continue;
        }
        let message = format!(
            "events have headers, and none of them is `{header}`, which is to have {content}"
        );
        let help = format!("correct `{key}` in [events.signature]");
        let code = Code::UNMATCHED_SIGNATURE_HEADER;
        types
            .context
            .at_setting(Setting::SignatureHeader(key), code, message, help);
    }
}

fn has_property<'d>(types: &mut TypeBuilder<'d, '_>, payload: Node<'d>, wanted: &str) -> bool {
    let mut stack = vec![(payload, 0)];
    while let Some((node, depth)) = stack.pop() {
        let flat = types.flatten(&Conjunction::one(node));
        for schema in flat.leaves.iter().map(|leaf| &leaf.schema) {
            if schema.properties.iter().any(|(name, _)| *name == wanted) {
                return true;
            }
            if depth < DEEPEST {
                let nested = schema.one_of.iter().chain(&schema.any_of);
                stack.extend(nested.map(|node| (*node, depth + 1)));
            }
        }
    }
    false
}
