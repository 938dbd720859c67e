//! One document, with its text.

use super::ids::Ids;
use super::lookup;
use super::parsed::Written;
use super::{DocumentId, Node, NodeKey};
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
    /// A file. Files that it refers to are loaded with it where they are in a folder around it, or in folders below
    /// that.
    Within {
        /// The folder that no reference may leave.
        folder: PathBuf,
        /// The file, in this folder or in one below.
        path: PathBuf,
    },
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
    ids: OnceLock<Ids>,
    /// Scalars that print in another way than they are written.
    pub(super) written: Vec<Written>,
    /// Indexes into these.
    written_at: OnceLock<HashMap<NodeKey, usize>>,
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
            ids: OnceLock::new(),
            written: Vec::new(),
            written_at: OnceLock::new(),
        }
    }

    /// The same with another value, and without the text of this one.
    pub(super) fn with_value(&self, value: Value) -> Document {
        Document::new(
            self.id,
            self.root,
            self.name.clone(),
            self.path.clone(),
            value,
            self.format,
            String::new(),
        )
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

    pub(super) fn ids(&self) -> &Ids {
        let ids = || Ids::of(self.id, &self.value);
        self.ids.get_or_init(ids)
    }

    /// A number or boolean of the document as it is written, where it prints in another way.
    pub(super) fn written(&self, value: NodeKey) -> Option<&str> {
        let places = self.written_at.get_or_init(|| {
            let places = self
                .written
                .iter()
                .enumerate()
                .filter_map(|(index, written)| {
                    let value = lookup::strictly(&self.value, &written.pointer).ok()?;
                    let is_same = *value == written.value || written.is_restored(value);
                    is_same.then(|| (NodeKey::new(self.id, value), index))
                });
            places.collect()
        });
        let index = places.get(&value)?;
        Some(&self.written[*index].text)
    }

    /// Whether a value is a text that was null before [`restore_texts`](Self::restore_texts).
    pub(super) fn is_restored(&self, value: Node<'_>) -> bool {
        value.value.is_string() && self.written(value.key()).is_some()
    }

    /// Makes texts of scalars that are meant as such, as they are written: those that `restore` is given to. The word `null`
    /// stays null.
    pub(super) fn restore_texts(
        &mut self,
        restore: impl FnOnce(&mut Value, &mut dyn FnMut(&mut Value)),
    ) {
        let mut texts = HashMap::new();
        for written in &self.written {
            if let Ok(value) = lookup::strictly(&self.value, &written.pointer)
                && *value == written.value
            {
                texts.insert(NodeKey::new(self.id, value), written.text.clone());
            }
        }
        let id = self.id;
        restore(&mut self.value, &mut |value| {
            let text = texts.remove(&NodeKey::new(id, value));
            if value.is_null() && text.is_none() {
                return;
            }
            *value = Value::String(text.unwrap_or_else(|| value.to_string()));
        });
        self.forget_places();
    }

    /// To be called when the value was changed.
    pub(super) fn forget_places(&mut self) {
        self.ids = OnceLock::new();
        self.written_at = OnceLock::new();
    }
}
