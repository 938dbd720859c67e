//! Values for developers to look at, without what may be a secret: of JSON that no type describes, nobody knows what it
//! is. Its names and forms are shown, and neither its texts nor its numbers.

use crate::data::{Value, Wire};
use std::fmt::{Debug, Formatter, Result};

/// A value of a generated type.
#[doc(hidden)]
pub struct Shown<'v, T>(pub &'v T);

impl<T: Wire> Debug for Shown<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.0.show(f)
    }
}

/// Shows a variant of a union.
///
/// # Errors
///
/// When the formatter fails.
#[doc(hidden)]
pub fn show_variant(f: &mut Formatter<'_>, name: &str, value: &dyn Debug) -> Result {
    let name = name.strip_prefix("r#").unwrap_or(name);
    f.debug_tuple(name).field(value).finish()
}

/// JSON that no type describes.
pub(crate) struct Undescribed<'v>(pub(crate) &'v Value);

impl Debug for Undescribed<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.0 {
            Value::Null => f.write_str("Null"),
            Value::Bool(value) => write!(f, "Bool({value})"),
            Value::Number(_) => f.write_str("Number(…)"),
            Value::String(_) => f.write_str("String(…)"),
            Value::Array(elements) => {
                f.write_str("Array ")?;
                f.debug_list()
                    .entries(elements.iter().map(Undescribed))
                    .finish()
            }
            Value::Object(members) => {
                f.write_str("Object ")?;
                let members = members
                    .iter()
                    .map(|(name, value)| (name, Undescribed(value)));
                f.debug_map().entries(members).finish()
            }
        }
    }
}

/// A value that is never shown.
pub(crate) struct Hidden;

impl Debug for Hidden {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("[REDACTED]")
    }
}
