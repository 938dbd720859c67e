//! Discriminators on the way out: a union writes that of the variant which it holds.
//!
//! - A variant without the property, or without a value for it, gets the value that selects it. One that was read by a
//!   union without the property is written back without it.
//! - A text that does not select the variant gives way to the one that does.
//! - All else is written as it is.

use super::{Branch, Union};
use crate::data::content::Content;
use crate::data::{Value, json_value};
use serde::ser::Serializer;

/// The discriminators that the unions around a value write.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Tags<'t> {
    pub(crate) property: &'static str,
    branch: &'static Branch,
    pub(crate) around: Option<&'t Self>,
}

impl<'t> Tags<'t> {
    /// Those of a union and of the ones around it.
    pub const fn new(
        property: &'static str,
        branch: &'static Branch,
        around: Option<&'t Self>,
    ) -> Self {
        Self {
            property,
            branch,
            around,
        }
    }

    /// The text that selects the variant, in place of one that does not.
    pub(crate) fn instead_of(&self, text: &str) -> Option<&'static str> {
        let values = self.branch.discriminators;
        let instead = !self.branch.any_other && !values.contains(&text);
        values.first().copied().filter(|_| instead)
    }

    /// The value that selects the variant; none where no value does.
    pub(crate) fn value(&self) -> Option<Value> {
        let text = *self.branch.discriminators.first()?;
        let mut tags = self.branch.tags.iter();
        if let Some((_, values)) = tags.find(|(name, _)| *name == self.property) {
            let mut values = values.iter().map(|json| json_value(json));
            return values.find(|value| selector(value) == text);
        }
        Some(self.branch.written.map_or_else(|| text.into(), json_value))
    }
}

fn selector(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A union in which variants get discriminators, made by [`tagged_union!`](crate::tagged_union!).
#[doc(hidden)]
pub trait TaggedUnion: Union {
    /// Writes the variant with its discriminator, and with those of the unions around.
    ///
    /// # Errors
    ///
    /// When the serializer fails.
    fn write<S: Serializer>(
        &self,
        around: Option<&Tags<'_>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error>;
}

/// How a value is read as a variant.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, Default)]
pub struct Attempt {
    /// Another variant may be tried after this one.
    pub(super) keep: bool,
    /// The discriminator of this union, or of one around it, is not there.
    pub(crate) untagged: bool,
}

/// Reads an object as a variant that is a union, in which structs get the discriminators of this one, too.
#[doc(hidden)]
pub fn read_union_variant<T: Union, U>(
    value: &mut Content<'_>,
    attempt: Attempt,
    variant: fn(Box<T>) -> U,
) -> Option<U> {
    let mut own;
    let value = match attempt.keep {
        true => {
            own = value.clone();
            &mut own
        }
        false => value,
    };
    super::choose_within(value, attempt.untagged).map(|union| variant(Box::new(union)))
}

#[cfg(test)]
mod tests;
