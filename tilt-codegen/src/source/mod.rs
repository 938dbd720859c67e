//! Bytes to documents: JSON and YAML in, values with a place in their text out.
//!
//! A document keeps its text. Line and column of a value are looked up only when a diagnostic needs
//! them, so documents without problems pay nothing for them.

mod document;
mod documents;
mod duplicate;
mod edits;
mod fault;
mod files;
mod folder;
mod ids;
mod json;
mod json_text;
mod lengths;
mod load;
mod locate;
mod lookup;
mod loose;
mod node;
mod parsed;
mod pointer_tree;
mod position;
mod prose;
mod reference;
mod uri;
mod walk;
mod yaml;
mod yaml_mend;
mod yaml_text;

pub use crate::limits::Limits;
pub use document::Input;

#[doc(hidden)]
// for the tests and tools of this workspace, which look into documents themselves
pub use {
    crate::place::{DocumentId, NodeKey, Pointer, Position, escape, unescape},
    document::{Document, Format},
    documents::{Documents, Referrer},
    node::Node,
    reference::{ReferenceError, ReferenceErrorKind},
};

pub(crate) use documents::Resource;
pub(crate) use edits::ASIDE;
pub(crate) use load::Allowance;
pub(crate) use node::kind;
#[cfg(test)]
mod chance_tests;
#[cfg(test)]
mod reference_tests;
#[cfg(test)]
mod tests;
