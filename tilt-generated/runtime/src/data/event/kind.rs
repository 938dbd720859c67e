//! The kind of an event, and who says it.

use crate::data::{Known, Wire};

/// The kind that a payload is read as.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Kind<'k> {
    /// The payload names it, and may otherwise be whatever the type of that kind keeps.
    Named(&'k str),
    /// The channel or the look of the payload says it: so the payload has to be one of the alternatives of that kind, or to
    /// name another.
    Assumed(&'k str),
}

impl<'k> From<&'k str> for Kind<'k> {
    fn from(name: &'k str) -> Self {
        Self::Named(name)
    }
}

impl<'k> Kind<'k> {
    pub(super) fn name(self) -> &'k str {
        let (Self::Named(name) | Self::Assumed(name)) = self;
        name
    }

    /// The payload, where it may be one of this kind.
    pub(super) fn fitting<T: Wire>(self, payload: T) -> Result<T, String> {
        match (self, payload.known()) {
            (Self::Assumed(_), Known::NotAtAll) => {
                Err("is none of the alternatives of its kind".to_owned())
            }
            _ => Ok(payload),
        }
    }
}
