//! Bytes to documents: JSON and YAML in, values with a place in their text out.
//!
//! A document keeps its text. Line and column of a value are looked up only when a diagnostic needs
//! them, so documents without problems pay nothing for them.

mod document;
mod documents;
mod duplicate;
mod fault;
mod json;
mod json_text;
mod limits;
mod load;
mod node;
mod parsed;
mod pointer;
mod pointer_tree;
mod position;
mod reference;
mod walk;
mod yaml;
mod yaml_text;

pub use document::{Document, Format, Input};
pub use documents::Documents;
pub use limits::Limits;
pub use node::{DocumentId, Node, NodeKey};
pub use pointer::{escape, unescape};
pub use position::Position;
pub use reference::{ReferenceError, ReferenceErrorKind};

pub(crate) use position::locate;
#[cfg(test)]
mod chance_tests;
#[cfg(test)]
mod tests;
