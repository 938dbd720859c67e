//! A document with the files that it refers to, and what references in them lead to.

use super::document::{Document, Input};
use super::load::{Allowance, Loader};
use super::position;
use super::reference::{self, ReferenceErrorKind};
use super::walk::{Ways, walk};
use super::{DocumentId, Limits, Node, NodeKey, Pointer, Position, ReferenceError};
use super::{fault, lengths};
use crate::diagnostic::{Diagnostics, Problem};
use crate::place::pointer;
use serde_json::Value;
use std::collections::HashMap;

/// Root documents and the files that they refer to.
#[derive(Debug)]
pub struct Documents(Loader);

impl Documents {
    /// Without any document yet.
    pub fn new(limits: &Limits) -> Documents {
        Documents(Loader::new(limits))
    }

    /// Adds a root document and all files that it refers to: its own, also where another root refers
    /// to the same.
    ///
    /// A reference that leads nowhere is no error here, because not everything that looks like a
    /// reference is one (examples are data): [`resolve`](Self::resolve) tells.
    pub fn add(&mut self, root: Input) -> Result<DocumentId, Diagnostics> {
        let id = self.0.open_root(root)?;
        self.0.load_references()?;
        Ok(id)
    }

    /// Reads one root document and all files that it refers to.
    pub fn load(root: Input, limits: &Limits) -> Result<Documents, Diagnostics> {
        let mut documents = Documents::new(limits);
        documents.add(root)?;
        Ok(documents)
    }

    /// Reads one document and nothing that it refers to.
    pub(crate) fn load_alone(root: Input, limits: &Limits) -> Result<Documents, Diagnostics> {
        let mut documents = Documents::new(limits);
        documents.0.open_root(root)?;
        documents.0.take_errors()?;
        Ok(documents)
    }

    /// Every document of the set.
    pub fn all(&self) -> &[Document] {
        &self.0.documents
    }

    /// The root document that was added first.
    pub fn root(&self) -> &Document {
        &self.0.documents[0]
    }

    /// Its value.
    pub fn root_node(&self) -> Node<'_> {
        self.root().node()
    }

    /// Any document of the set.
    pub fn get(&self, id: DocumentId) -> &Document {
        &self.0.documents[id.0 as usize]
    }

    /// The root document that led to a document.
    pub(crate) fn root_of(&self, id: DocumentId) -> DocumentId {
        self.get(id).root
    }

    /// A document's file as its root document would refer to it; empty for the root itself.
    pub(crate) fn file_of(&self, id: DocumentId) -> String {
        let document = self.get(id);
        match document.root == id {
            true => String::new(),
            false => self.0.relative(document),
        }
    }

    /// The node at a pointer.
    pub(crate) fn at(&self, id: DocumentId, pointer: &Pointer) -> Option<Node<'_>> {
        let document = self.get(id);
        let value = lookup(&document.value, &pointer.to_string()).ok()?;
        Some(Node {
            document: id,
            value,
        })
    }

    /// All documents, each root before what it refers to.
    pub fn iter(&self) -> impl Iterator<Item = &Document> {
        self.0.documents.iter()
    }

    /// Findings of the loading; none is an error.
    pub fn findings(&self) -> &[Problem] {
        &self.0.findings
    }

    /// Limits on what the documents may cost.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Changes a root document, then loads what it newly refers to. It may cost
    /// what earlier changes and the documents left of the limits.
    pub(crate) fn edit<T>(
        &mut self,
        id: DocumentId,
        change: impl FnOnce(&mut Value, &mut Allowance) -> T,
    ) -> Result<T, Diagnostics> {
        let mut allowance = self.0.allowance();
        let root = &mut self.0.documents[id.0 as usize];
        let result = change(&mut root.value, &mut allowance);
        root.forget_names();
        self.0.spend_to(&allowance);
        let root = self.get(id);
        let long = lengths::check(&root.value, root.text(), root.format, &self.0.limits);
        if let Some(fault) = long {
            let items = fault::diagnose(&root.name, root.text(), vec![fault]);
            return Err(Diagnostics::new(items, self.0.limits.errors));
        }
        self.0.load_references().map(|()| result)
    }

    /// The target of a reference in a document: one step, where that is a reference again.
    ///
    /// `#/a/b`, `#`, `#anchor`, `file.yaml#/a`, and the `$id` of a schema. A pointer without a
    /// file starts at the root of its document, also below an `$id`.
    pub fn resolve(&self, from: DocumentId, reference: &str) -> Result<Node<'_>, ReferenceError> {
        self.step(from, reference).map_err(|kind| ReferenceError {
            reference: reference.to_owned(),
            kind,
        })
    }

    /// Follows `$ref` from value to value until there is none. A node without `$ref` is itself.
    pub fn follow<'d>(&'d self, node: Node<'d>) -> Result<Node<'d>, ReferenceError> {
        let mut at = node;
        let mut seen = Vec::new();
        while let Some(reference) = at.get("$ref").and_then(|reference| reference.as_str()) {
            let error = |kind| ReferenceError {
                reference: reference.to_owned(),
                kind,
            };
            if seen.contains(&at.key()) {
                return Err(error(ReferenceErrorKind::Cycle));
            }
            if seen.len() >= self.limits().chain {
                return Err(error(ReferenceErrorKind::TooLong {
                    limit: self.limits().chain,
                }));
            }
            seen.push(at.key());
            at = self.resolve(at.document, reference)?;
        }
        Ok(at)
    }

    fn step(&self, from: DocumentId, reference: &str) -> Result<Node<'_>, ReferenceErrorKind> {
        let (file, fragment) = reference::split(reference);
        let base = if file.is_empty() {
            self.get(from).node()
        } else {
            self.file(from, file)?
        };
        let document = self.get(base.document);
        if fragment.is_empty() {
            return Ok(base);
        }
        let decoded = reference::decode(fragment);
        let found = match decoded.starts_with('/') {
            true => lookup(base.value, &decoded)
                // A percent sign that nobody escaped stands for itself.
                .or_else(|missing| lookup(base.value, fragment).map_err(|_| missing)),
            false => match document.names().anchors.get(decoded.as_ref()) {
                Some(pointer) => lookup(&document.value, &pointer.to_string()),
                None => Err(format!("#{decoded}")),
            },
        };
        let dangling = |missing| ReferenceErrorKind::Dangling {
            missing,
            document: document.name.clone(),
        };
        let value = found.map_err(dangling)?;
        Ok(Node {
            document: document.id,
            value,
        })
    }

    /// The document, or the schema with that `$id`, that the part before `#` names.
    fn file(&self, from: DocumentId, file: &str) -> Result<Node<'_>, ReferenceErrorKind> {
        let target = self.0.targets.get(&(from, file.to_owned()));
        if let Some(Ok(id)) = target {
            return Ok(self.get(*id).node());
        }
        let document = self.get(from);
        let schema = document.names().ids.get(file);
        let schema = schema.and_then(|pointer| lookup(&document.value, &pointer.to_string()).ok());
        match (schema, target) {
            (Some(value), _) => Ok(Node {
                document: from,
                value,
            }),
            (None, Some(Err(kind))) => Err(kind.clone()),
            (None, _) => Err(reference::file_path(file)
                .err()
                .unwrap_or(ReferenceErrorKind::NotLoaded)),
        }
    }

    /// The JSON pointers of nodes, found in one walk. `None`: not in these documents.
    pub fn pointers(&self, keys: &[NodeKey]) -> Vec<Option<Pointer>> {
        let mut wanted: HashMap<NodeKey, Vec<usize>> = HashMap::new();
        for (index, key) in keys.iter().enumerate() {
            wanted.entry(*key).or_default().push(index);
        }
        let mut documents: Vec<DocumentId> = keys.iter().map(NodeKey::document).collect();
        documents.sort_unstable();
        documents.dedup();
        let mut found = vec![None; keys.len()];
        for id in documents {
            let Some(document) = self.0.documents.get(id.0 as usize) else {
                continue;
            };
            let mut ways = Ways::default();
            walk(document.node(), &mut |node, path| {
                ways.enter(path);
                for index in wanted.get(&node.key()).into_iter().flatten() {
                    found[*index] = Some(ways.here(path));
                }
            });
        }
        found
    }

    /// The targets of the references of all documents, one step each.
    pub(crate) fn reference_targets(&self) -> Vec<NodeKey> {
        let mut targets = Vec::new();
        for document in self.iter() {
            walk(document.node(), &mut |node, _| {
                let reference = node.get("$ref").and_then(|reference| reference.as_str());
                let target = reference.and_then(|r| self.resolve(document.id, r).ok());
                targets.extend(target.map(|target| target.key()));
            });
        }
        targets
    }

    /// The schemas whose `allOf` refers to another, each with that.
    pub(crate) fn extended(&self) -> Vec<(Node<'_>, NodeKey)> {
        let mut extended = Vec::new();
        for document in self.iter() {
            walk(document.node(), &mut |node, _| {
                let all_of = node.get("allOf").into_iter();
                for element in all_of.flat_map(|all_of| all_of.elements()) {
                    let reference = element.get("$ref").and_then(|it| it.as_str());
                    let target = reference.and_then(|r| self.resolve(document.id, r).ok());
                    extended.extend(target.map(|target| (node, target.key())));
                }
            });
        }
        extended
    }

    /// The places of JSON pointers, found in one pass over the text. A value that is not in the text
    /// (an overlay may have added it) is shown at its nearest ancestor.
    pub fn positions(&self, id: DocumentId, pointers: &[Pointer]) -> Vec<Option<Position>> {
        let document = self.get(id);
        position::positions(document.text(), document.format, pointers)
    }

    /// A scalar as the document writes it: the version `1.10` of a YAML file is a number whose
    /// value is 1.1. Meant for the few places where that matters; it reads the text again.
    pub fn written(&self, node: Node<'_>) -> Option<&str> {
        if node.value.is_array() || node.value.is_object() {
            return None;
        }
        let pointer = self.pointers(&[node.key()]).pop().flatten()?;
        let position = self.positions(node.document, &[pointer]).pop().flatten()?;
        self.get(node.document)
            .text()
            .get(position.offset..position.offset + position.length)
    }
}

/// The value at a pointer, or the pointer up to what is missing.
fn lookup<'v>(value: &'v Value, pointer: &str) -> Result<&'v Value, String> {
    let mut at = value;
    let tokens = pointer::tokens(pointer).ok_or_else(|| pointer.to_owned())?;
    for (depth, token) in tokens.enumerate() {
        at = pointer::child(at, &token).ok_or_else(|| {
            let pieces: Vec<&str> = pointer.split('/').take(depth + 2).collect();
            pieces.join("/")
        })?;
    }
    Ok(at)
}
