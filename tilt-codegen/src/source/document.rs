//! One document, with its text.

use super::walk::{Ways, walk};
use super::{DocumentId, Node, Pointer};
use serde_json::Value;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::OnceLock;

/// Where a root document comes from.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Input {
    /// A file. Files that it refers to in its folder, and in folders below, are loaded with it.
    Path(PathBuf),
    /// Bytes with a name to show. They cannot refer to other files.
    Bytes {
        /// The document's name in diagnostics.
        name: String,
        /// Its content.
        bytes: Vec<u8>,
    },
}

impl Input {
    /// The file, where there is one: for what is written by a first run and read by the next.
    pub fn if_exists(path: impl Into<PathBuf>) -> Option<Input> {
        let path = path.into();
        path.exists().then_some(Input::Path(path))
    }
}

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
    /// The root document that was asked for and led to it; of a root, itself.
    pub root: DocumentId,
    /// The file, as the user named it.
    pub name: String,
    /// Its content.
    pub value: Value,
    /// How it is written.
    pub format: Format,
    pub(super) path: Option<PathBuf>,
    text: String,
    names: OnceLock<Names>,
}

/// Where the schemas of a document are that have a name of their own.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Pointers by `$anchor`.
    pub(super) anchors: HashMap<String, Pointer>,
    /// Pointers by `$id`.
    pub(super) ids: HashMap<String, Pointer>,
}

impl Document {
    pub(super) fn new(
        id: DocumentId,
        root: DocumentId,
        name: String,
        path: Option<PathBuf>,
        value: Value,
        format: Format,
        text: String,
    ) -> Document {
        Document {
            id,
            root,
            name,
            value,
            format,
            path,
            text,
            names: OnceLock::new(),
        }
    }

    /// Its text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The value as a node.
    pub fn node(&self) -> Node<'_> {
        Node {
            document: self.id,
            value: &self.value,
        }
    }

    pub(super) fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(&self.value))
    }

    /// To be called when the value was changed.
    pub(super) fn forget_names(&mut self) {
        self.names = OnceLock::new();
    }
}

impl Names {
    fn of(value: &Value) -> Names {
        let mut names = Names::default();
        let root = Node {
            document: DocumentId(0),
            value,
        };
        let mut ways = Ways::default();
        walk(root, &mut |node, path| {
            ways.enter(path);
            let text = |key| node.get(key).and_then(|value| value.as_str());
            for anchor in [text("$anchor"), text("$dynamicAnchor")]
                .into_iter()
                .flatten()
            {
                names
                    .anchors
                    .entry(anchor.to_owned())
                    .or_insert_with(|| ways.here(path));
            }
            if let Some(id) = text("$id") {
                let id = id.strip_suffix('#').unwrap_or(id);
                names
                    .ids
                    .entry(id.to_owned())
                    .or_insert_with(|| ways.here(path));
            }
        });
        names
    }
}
