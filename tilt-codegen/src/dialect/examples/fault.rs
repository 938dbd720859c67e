//! Reasons for which a value is not what a schema describes.

use crate::dialect::schema::{JsonType, Types};
use serde_json::Value;
use std::fmt;

/// A value that breaks what a schema says, and how.
#[derive(Debug, Clone, Copy)]
pub(super) struct Misfit<'d, 'v> {
    pub at: &'v Value,
    pub fault: Fault<'d, 'v>,
}

/// That a value is what a schema describes, or how it is not.
pub(super) type Verdict<'d, 'v> = Result<(), Misfit<'d, 'v>>;

#[derive(Debug, Clone, Copy)]
pub(super) enum Fault<'d, 'v> {
    /// It is of none of these types.
    Type(Types, JsonType),
    /// It is none of the values of `enum` or `const`.
    Value(&'d [Value]),
    /// A property is required that it has not.
    Missing(&'d str),
    /// It has a property that there may not be.
    Unexpected(&'v str),
    /// It has a property whose name is not what `propertyNames` describes.
    Name(&'v str),
    /// It breaks a limit.
    Limit(&'static str, &'d Value),
    /// It fits none of the alternatives of this keyword.
    Alternatives(&'static str),
    /// Nothing may be here.
    Nothing,
}

/// The values that a message lists.
const MOST: usize = 5;

/// The longest value in a message, in characters.
const LONGEST: usize = 60;

impl fmt::Display for Fault<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(types, found) => {
                let names: Vec<&str> = types.iter().map(JsonType::name).collect();
                write!(f, "expected {}, found {}", names.join(" or "), found.name())
            }
            Self::Value([only]) => write!(f, "expected {}", short(only)),
            Self::Value(listed) => {
                let mut values: Vec<String> = listed.iter().take(MOST).map(short).collect();
                if let more @ 1.. = listed.len().saturating_sub(MOST) {
                    values.push(format!("{more} more"));
                }
                write!(f, "expected one of {}", values.join(", "))
            }
            Self::Missing(name) => write!(f, "`{}` is required", name.escape_debug()),
            Self::Unexpected(name) => write!(f, "there is no property `{}`", name.escape_debug()),
            Self::Name(name) => write!(f, "`propertyNames` has no `{}`", name.escape_debug()),
            Self::Limit(keyword, limit) => write!(f, "`{keyword}` is {}", short(limit)),
            Self::Alternatives(keyword) => write!(f, "it fits none of `{keyword}`"),
            Self::Nothing => f.write_str("no value is allowed here"),
        }
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", text[..end].escape_debug()),
        None => format!("`{}`", text.replace('`', "'")),
    }
}
