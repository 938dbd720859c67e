//! Where something is: which document, which value, which line.

mod node_map;
pub(crate) mod pointer;
mod position;

pub(crate) use node_map::NodeMap;
pub use pointer::{Pointer, escape, unescape};
pub use position::Position;
pub(crate) use position::locate;

use serde_json::Value;
use std::hash::{Hash, Hasher};

/// A document of a set, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(pub u32);

/// The name of a document's file, without the folder.
pub(crate) fn file_name(document: &str) -> &str {
    document.rsplit(['/', '\\']).next().unwrap_or(document)
}

/// A place in a loaded document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// A value.
    Node(NodeKey),
    /// A JSON pointer. Where nothing is there, the nearest ancestor that exists is shown.
    Pointer(DocumentId, Pointer),
}

/// Tells one place in a document from all others, even where values are equal.
///
/// It is the address of the value, so it is good for looking things up and for nothing else: its
/// order changes from run to run, which is why it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeKey {
    document: DocumentId,
    address: usize,
}

impl Hash for NodeKey {
    /// No two documents have a value at one address.
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.address);
    }
}

impl NodeKey {
    /// The place of a value in its document.
    pub(crate) fn new(document: DocumentId, value: &Value) -> NodeKey {
        NodeKey {
            document,
            address: std::ptr::from_ref(value).addr(),
        }
    }

    /// The document that the place is in.
    pub fn document(&self) -> DocumentId {
        self.document
    }
}

impl From<NodeKey> for Place {
    fn from(key: NodeKey) -> Self {
        Place::Node(key)
    }
}
