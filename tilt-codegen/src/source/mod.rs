//! Bytes to documents: JSON and YAML in, values with a place in their text out.
//!
//! A document keeps its text. Line and column of a value are looked up only when a diagnostic needs
//! them, so documents without problems pay nothing for them.

mod documents;
mod duplicate;
mod fault;
mod json;
mod json_text;
mod lengths;
mod limits;
mod load;
mod node;
mod pointer;
mod position;
mod reference;
mod yaml;
mod yaml_text;

pub use documents::{Document, DocumentId, Documents, Format, Input};
pub use limits::Limits;
pub use node::{Node, NodeKey};
pub use pointer::{escape, unescape};
pub use position::Position;
pub use reference::{ReferenceError, ReferenceErrorKind};

pub(crate) use load::Allowance;
pub(crate) use position::locate;
#[cfg(test)]
mod chance_tests;
#[cfg(test)]
mod tests;
