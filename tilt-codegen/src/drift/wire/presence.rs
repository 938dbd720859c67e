//! Meanings of single members of objects: which are left out, which are required, which are only names.

use super::Comparison;
use super::edit::{Parts, Site};
use super::words::is_words;
use crate::dialect::{ignored, media_type};
use crate::drift::grammar::{Form, Kind, Member};
use crate::drift::rules::Action;
use crate::place::unescape;
use crate::source::Node;
use serde_json::Value;

/// Whether more depends on a thing that came or went than on others of its kind: a status of success, a required
/// header, an operation that was announced to end.
pub(super) fn is_weighty(
    c: &Comparison<'_>,
    kind: Kind,
    key: &str,
    name: &str,
    node: Node<'_>,
    is_old: bool,
) -> bool {
    let side = if is_old { c.old } else { c.new };
    match (kind, key) {
        (Kind::Operation, "responses") => name.starts_with('2'),
        (Kind::PathItem, "additionalOperations") => is_old && is_deprecated(node),
        (Kind::Response, "headers") => {
            let target = side.documents.follow(node).unwrap_or(node);
            is_true(target, "required")
        }
        _ => false,
    }
}

/// Whether a schema of headers asks for none: it says no more than what they are called and of which types.
fn may_be_left_out(schema: Node<'_>) -> bool {
    let mut keys = schema.members().map(|(key, _)| key);
    keys.all(|key| is_words(key) || matches!(key, "type" | "properties"))
}

/// The member of the table for an object that came or went.
pub(super) fn presence<'d>(
    c: &Comparison<'d>,
    kind: Kind,
    key: &'static str,
    old: Option<Node<'d>>,
    new: Option<Node<'d>>,
) -> (Kind, &'static str, Action) {
    let is_required = |node: Node<'d>| is_true(c.new.follow(node), "required");
    match (kind, key, old, new) {
        (Kind::PathItem, _, Some(old), _) if is_deprecated(old) => {
            (kind, "operations", Action::RequiredRemoved)
        }
        (Kind::PathItem, _, Some(_), _) => (kind, "operations", Action::Removed),
        (Kind::PathItem, _, None, _) => (kind, "operations", Action::Added),
        (Kind::Operation, "requestBody", None, Some(new)) if is_required(new) => {
            (kind, key, Action::RequiredAdded)
        }
        (Kind::Message | Kind::MessageTrait, "headers", Some(old), _)
            if may_be_left_out(c.old.follow(old)) =>
        {
            (kind, key, Action::Unset)
        }
        (Kind::Message | Kind::MessageTrait, "headers", None, Some(new))
            if may_be_left_out(c.new.follow(new)) =>
        {
            (kind, key, Action::Set)
        }
        (_, _, Some(_), _) => (kind, key, Action::Removed),
        (_, _, None, _) => (kind, key, Action::Added),
    }
}

/// Whether a member, which the specifications define, says nothing where it stands: headers are no part of an
/// address, and no refresh tokens come with these flows (RFC 6749, sections 4.2.2 and 4.4.3).
pub(super) fn says_nothing(kind: Kind, key: &str, object: Node<'_>, site: &Site) -> bool {
    match (kind, key) {
        (Kind::Header, "allowReserved" | "allowEmptyValue") => true,
        (Kind::Parameter, "allowReserved" | "allowEmptyValue") => {
            object.get("in").and_then(|place| place.as_str()) == Some("header")
        }
        (Kind::OAuthFlow, "refreshUrl") => {
            let flow = site.address.split_last().map(|(_, flow)| flow);
            matches!(flow, Some("clientCredentials" | "implicit"))
        }
        _ => false,
    }
}

/// Whether a header is ignored where it stands.
pub(super) fn is_ignored_header(kind: Kind, key: &str, name: &str) -> bool {
    match (kind, key) {
        (Kind::Operation, "parameters") => ignored::is_ignored_parameter(name),
        (Kind::Response, "headers") => ignored::is_ignored_of_answer(name),
        _ => false,
    }
}

/// Whether an answer of this status has no content, whatever is said of it.
pub(super) fn has_no_content(kind: Kind, key: &str, site: &Site) -> bool {
    let status = site.address.split_last().map(|(_, status)| status.parse());
    (kind, key) == (Kind::Response, "content")
        && matches!(status, Some(Ok(code)) if ignored::is_without_content(code))
}

/// Whether a schema says nothing: without one, anything goes.
pub(super) fn is_anything(kind: Kind, schema: Node<'_>, owner: &Site) -> bool {
    let is_empty = match schema.value {
        Value::Bool(any) => *any,
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    is_empty || kind == Kind::MediaType && is_any_bytes(schema, owner)
}

/// Whether the schema of a body that is no JSON, no form and no text says that it is bytes, as one without a schema is
/// (OpenAPI 3.1.1, section 4.8.14.2).
fn is_any_bytes(schema: Node<'_>, media: &Site) -> bool {
    let name = media.address.split_last().map(|(_, name)| name);
    let name = media_type::essence(&unescape(name.unwrap_or_default()));
    let is_of_parts_or_text = name.starts_with("multipart/") || name.starts_with("text/");
    let mut says = schema.members().map(|(key, value)| (key, value.as_str()));
    !media_type::may_be_json(&name)
        && !media_type::is_form(&name)
        && !is_of_parts_or_text
        && schema.get("format").is_some()
        && says.all(|it| matches!(it, ("type", Some("string")) | ("format", Some("binary"))))
}

/// Whether a member is what its object is known by, and so is told with it.
pub(super) fn is_identity(
    kind: Kind,
    key: &str,
    (old, new): Parts<'_>,
    around: (Node<'_>, Node<'_>),
) -> bool {
    let text = |node: Option<Node<'_>>| {
        node.and_then(|it| it.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    match (kind, key) {
        (Kind::Server, "url") | (Kind::Tag, "name") => true,
        // The template says the place, and no request the name (RFC 6570); headers have no case.
        (Kind::Parameter, "name") => match text(around.1.get("in")).as_str() {
            "path" => true,
            "header" => text(old).eq_ignore_ascii_case(&text(new)),
            _ => false,
        },
        // Names of HTTP's schemes have no case (RFC 9110, section 11.1).
        (Kind::SecurityScheme, "scheme") => {
            old.is_some() && text(old).eq_ignore_ascii_case(&text(new))
        }
        // Nor have those of headers (section 5.1).
        (Kind::SecurityScheme, "name") => {
            text(around.1.get("in")) == "header" && text(old).eq_ignore_ascii_case(&text(new))
        }
        _ => false,
    }
}

/// The value that leaving out a member means.
pub(super) fn default(kind: Kind, member: &'static Member, object: Node<'_>) -> Option<Value> {
    match (kind, member.key) {
        (Kind::Parameter, "style") => Some(default_style(object).into()),
        (Kind::Parameter, "explode") => {
            let style = object.get("style").and_then(|style| style.as_str());
            let style = style.unwrap_or_else(|| default_style(object));
            Some((style == "form").into())
        }
        // Any of the three stands for all (OpenAPI 3.1.1, section 4.8.15.1.2).
        (Kind::Encoding, "style") => {
            let is_styled = ["explode", "allowReserved"].iter();
            let mut is_styled = is_styled.filter(|key| object.get(key).is_some());
            is_styled.next().map(|_| "form".into())
        }
        (Kind::Encoding, "explode") => {
            let style = object.get("style").and_then(|style| style.as_str());
            let is_styled = style.is_some() || object.get("allowReserved").is_some();
            is_styled.then(|| (style.unwrap_or("form") == "form").into())
        }
        _ => member
            .default
            .and_then(|default| serde_json::from_str(default).ok()),
    }
}

/// OpenAPI 3.1.1, section 4.8.12.2.2.
fn default_style(parameter: Node<'_>) -> &'static str {
    match parameter.get("in").and_then(|place| place.as_str()) {
        Some("query" | "cookie") => "form",
        _ => "simple",
    }
}

pub(super) fn is_true(node: Node<'_>, key: &str) -> bool {
    node.get(key).and_then(|flag| flag.value.as_bool()) == Some(true)
}

pub(super) fn is_deprecated(node: Node<'_>) -> bool {
    is_true(node, "deprecated")
}

/// The operations of a path, by their methods.
pub(super) fn operations<'d>(
    item: Node<'d>,
) -> impl Iterator<Item = (&'static str, Node<'d>)> + Clone {
    let members = Kind::PathItem.members().iter();
    members
        .filter(|member| member.form == Form::One(Kind::Operation))
        .filter_map(move |member| Some((member.key, item.get(member.key)?)))
}
