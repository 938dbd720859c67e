//! Types from words: of a request, or of an event that is a form.

mod misfit;
mod pairs;
mod reading;
mod words;

pub(crate) use misfit::Misfit;
#[cfg(feature = "server")]
pub(crate) use misfit::MisfitKind;
pub(crate) use pairs::Pairs;
#[cfg(feature = "server")]
pub(crate) use pairs::content;
pub(crate) use reading::read;
#[cfg(feature = "server")]
pub(crate) use words::{Escapes, Given, Parts, Text, decoded, part_text};
