//! An item as a line: of `inspect`, and of the snapshots.

use std::fmt;

use super::item::{Argument, ConstructedBy, FieldPresence, Item, Method, Served};
use crate::identifier::bare;

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
    pub(super) fn line(&self) -> String {
        match self {
            Item::Alias { name, target } => format!("type {name} = {target}"),
            Item::Id { name, of } => format!("type {name} id of {of}"),
            Item::Struct { name, others } => {
                format!("type {name} struct{}", rest(others.as_deref()))
            }
            Item::Field {
                owner,
                name,
                property,
                ty,
                presence,
            } => field_line(owner, name, property, ty, *presence),
            Item::Constant {
                owner,
                property,
                value,
            } => format!("type {owner} {property:?} = {value:?}"),
            Item::Constructor {
                owner,
                arguments,
                by,
            } => format!("type {owner} {}", construction(arguments, *by)),
            Item::NullSetter { owner, name } => format!("type {owner} {name}()"),
            Item::Setter { owner, argument } => format!("type {owner} set({})", argument.line()),
            Item::From { owner, ty } => format!("type {owner} from {ty}"),
            Item::Enum { name, of } => format!("type {name} enum of {of}"),
            Item::Variant { owner, name, value } => format!("type {owner}::{name} = {value}"),
            Item::Union {
                name,
                discriminator,
            } => format!("type {name} union{}", selector(discriminator.as_deref())),
            Item::Alternative {
                owner,
                name,
                ty,
                values,
            } => format!("type {owner}::{name}({ty}){}", selecting(values)),
            Item::Operation(method) => method.line(),
            Item::Served(method) => method.line(),
            Item::Event { name, kind, ty } => format!("event {name} {kind:?} {ty}"),
            Item::Accessor {
                name,
                property,
                ty,
                absent,
            } => {
                let (property, absent) = (wire(name, property), lacking(absent));
                format!("event.{name}{property}: {ty}{absent}")
            }
            Item::Channel { channel, event } => format!("channel {channel:?} {event}"),
            Item::Channels { order } => format!("channels {order:?}"),
            Item::Example { resource, method } => format!("example {resource}.{method}"),
            Item::Environment { name, url } => format!("environment {name} {url}"),
            Item::Security { method, scheme } => format!("security {method} {scheme}"),
            Item::Header { name, header, ty } => format!("header {name} {header:?}: {ty}"),
            Item::Scope { name, scope } => format!("scope {name} {scope}"),
        }
    }
}

fn construction(arguments: &[Argument], by: ConstructedBy) -> String {
    match by {
        ConstructedBy::Default => "default".to_owned(),
        ConstructedBy::Position => format!("new({})", list(arguments)),
        ConstructedBy::Name => format!("required {{ {} }}", list(arguments)),
    }
}

/// The kinds of events that have no such property.
fn lacking(kinds: &[String]) -> String {
    match kinds {
        [] => String::new(),
        some => format!(" not of {}", some.join(", ")),
    }
}

/// The type of all other properties.
fn rest(others: Option<&str>) -> String {
    let others = others.map(|ty| format!(" and others: {ty}"));
    others.unwrap_or_default()
}

/// The property that tells alternatives apart.
fn selector(discriminator: Option<&str>) -> String {
    let by = discriminator.map(|by| format!(" by {by:?}"));
    by.unwrap_or_default()
}

/// The values that select an alternative.
fn selecting(values: &[String]) -> String {
    match values.is_empty() {
        true => String::new(),
        false => format!(" for {values:?}"),
    }
}

impl Method {
    fn line(&self) -> String {
        let scopes: String = self
            .scopes
            .iter()
            .map(|scope| format!(" [{scope}]"))
            .collect();
        let paged = if self.paged { " paged" } else { "" };
        format!(
            "operation {}.{}({}) -> {} = {} {}{scopes}{paged}{}",
            self.resource,
            self.name,
            list(&self.arguments),
            self.answer,
            self.method,
            self.path,
            self.retried()
        )
    }

    /// Whether requests may be sent again, where that is not what HTTP says of their method.
    fn retried(&self) -> String {
        let usual = match self.method.as_str() {
            "POST" | "PATCH" => "once",
            _ => "repeatable",
        };
        match self.retry == usual {
            true => String::new(),
            false => format!(" {}", self.retry),
        }
    }
}

impl Served {
    fn line(&self) -> String {
        format!(
            "serves {}.{}({} {{ {} }}) -> {} {{ {} }} = {} {}",
            self.owner,
            self.name,
            self.request,
            list(&self.fields),
            self.answer,
            list(&self.answers),
            self.method,
            self.path
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
    let wire = wire(name, property);
    format!("type {owner}.{name}{wire}: {ty}{presence}")
}

/// The name on the wire, where it is another.
fn wire(name: &str, property: &str) -> String {
    match property == bare(name) {
        true => String::new(),
        false => format!(" ({property:?})"),
    }
}

impl Argument {
    fn line(&self) -> String {
        let into = if self.into { "into " } else { "" };
        let optional = if self.optional { "?" } else { "" };
        let named = if self.named { "." } else { "" };
        format!("{named}{}: {into}{}{optional}", self.name, self.ty)
    }
}
