//! A document with the files that it refers to, and what references in them lead to.

use super::document::{Document, Input};
use super::ids::WHOLE;
use super::load::{Allowance, Loader};
use super::lookup::{self, Meant};
use super::position;
use super::reference::{self, ReferenceErrorKind};
use super::walk::{Ways, walk};
use super::{DocumentId, Limits, Node, NodeKey, Pointer, Position, ReferenceError};
use super::{fault, lengths};
use crate::diagnostic::{Diagnostics, Problem};
use crate::place::NodeMap;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Root documents and the files that they refer to.
#[derive(Debug)]
pub struct Documents(pub(super) Loader);

/// Where a reference is written: in an object of a document, or somewhere in it.
#[derive(Debug, Clone, Copy)]
pub struct Referrer {
    document: DocumentId,
    key: Option<NodeKey>,
}

impl From<DocumentId> for Referrer {
    fn from(document: DocumentId) -> Self {
        let key = None;
        Referrer { document, key }
    }
}

impl From<Node<'_>> for Referrer {
    fn from(node: Node<'_>) -> Self {
        Referrer {
            document: node.document,
            key: Some(node.key()),
        }
    }
}

/// A schema that has a URI of its own, or a document: among those of a document.
pub(crate) type Resource = (DocumentId, usize);

/// The value that a reference starts from, and its way from there.
struct Base<'d, 'r> {
    node: Node<'d>,
    /// Of the schemas of the document that have an `$id`, the one that the value is.
    identified: usize,
    fragment: &'r str,
}

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
        let value = lookup::at(&document.value, pointer)?;
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

    /// The number of values that were read.
    pub(crate) fn values(&self) -> usize {
        self.0.nodes
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
        root.forget_places();
        self.0.spend_to(&allowance);
        let root = self.get(id);
        let long = lengths::check(&root.value, root.text(), root.format, &self.0.limits);
        if let Some(fault) = long {
            let items = fault::diagnose(&root.name, root.text(), vec![fault]);
            return Err(Diagnostics::new(items, self.0.limits.errors));
        }
        self.0.load_references().map(|()| result)
    }

    /// The same documents with other values, which may refer to what these refer to. They have no text, and so no lines.
    pub(crate) fn with_values(&self, values: BTreeMap<DocumentId, Value>) -> Option<Documents> {
        let mut loader = self.0.with_values(values);
        loader.load_references().ok()?;
        Some(Documents(loader))
    }

    /// The schema resource that a value is in (JSON Schema 2020-12 core, 4.3.5): the document, or what has an `$id` in it.
    pub(crate) fn resource(&self, node: Node<'_>) -> Resource {
        let ids = self.get(node.document).ids();
        (node.document, ids.around(node.key()))
    }

    /// The target of a reference in a document: one step, where that is a reference again.
    ///
    /// `#/a/b`, `#`, `#anchor`, `file.yaml#/a`, and the `$id` of a schema, which is the base of all references in
    /// that (JSON Schema 2020-12 core, 8.2). A pointer that leads nowhere there starts at the root of the document,
    /// and one that does not either is read as it is meant, where that is plain: see `loose_references`.
    pub fn resolve(
        &self,
        from: impl Into<Referrer>,
        reference: &str,
    ) -> Result<Node<'_>, ReferenceError> {
        self.step(from.into(), reference)
            .map_err(|kind| ReferenceError {
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
            at = self.resolve(at, reference)?;
        }
        Ok(at)
    }

    fn step(&self, from: Referrer, reference: &str) -> Result<Node<'_>, ReferenceErrorKind> {
        let base = self.base(from, reference)?;
        self.strictly(&base).or_else(|missing| {
            let meant = self.loosely(&base).map(|meant| meant.node);
            meant.ok_or(ReferenceErrorKind::Dangling {
                missing,
                document: self.get(base.node.document).name.clone(),
            })
        })
    }

    /// The value that a reference starts from.
    fn base<'r>(
        &self,
        from: Referrer,
        reference: &'r str,
    ) -> Result<Base<'_, 'r>, ReferenceErrorKind> {
        let (file, fragment) = reference::split(reference);
        let document = self.get(from.document);
        let within = |identified| {
            let pointer = document.ids().pointer(identified);
            let value = lookup::at(&document.value, pointer)?;
            Some(Node {
                document: document.id,
                value,
            })
        };
        let around = || from.key.map_or(WHOLE, |key| document.ids().around(key));
        if file.is_empty() {
            let identified = around();
            return Ok(Base {
                node: within(identified).unwrap_or(document.node()),
                identified,
                fragment,
            });
        }
        let target = self.0.targets.get(&(from.document, file.to_owned()));
        let named = || document.ids().named(around(), file);
        let embedded = |identified| {
            let node = within(identified)?;
            Some((node, identified))
        };
        let (node, identified) = match (target, named().and_then(embedded)) {
            (_, Some(found)) => found,
            (Some(Ok(id)), None) => (self.get(*id).node(), WHOLE),
            (target, None) => {
                let uri = document.ids().uri(around(), file);
                match (self.identified(&uri), target) {
                    (Some(found), _) => found,
                    (None, Some(Err(kind))) => return Err(kind.clone()),
                    (None, _) => {
                        let kind = reference::file_path(file).err();
                        return Err(kind.unwrap_or(ReferenceErrorKind::NotLoaded));
                    }
                }
            }
        };
        Ok(Base {
            node,
            identified,
            fragment,
        })
    }

    /// The schema that has a URI by its `$id`, in any of the documents: its own file may be called otherwise.
    fn identified(&self, uri: &str) -> Option<(Node<'_>, usize)> {
        self.iter().find_map(|document| {
            let identified = document.ids().of_uri(uri)?;
            let value = lookup::at(&document.value, document.ids().pointer(identified))?;
            let document = document.id;
            Some((Node { document, value }, identified))
        })
    }

    /// The value at a pointer or with an anchor; or else what is missing.
    fn strictly<'d>(&'d self, base: &Base<'d, '_>) -> Result<Node<'d>, String> {
        let Base {
            node,
            identified,
            fragment,
        } = *base;
        if fragment.is_empty() {
            return Ok(node);
        }
        let document = self.get(node.document);
        let decoded = reference::decode(fragment);
        let pointed = |from: &'d Value| {
            lookup::strictly(from, &decoded)
                // A percent sign that nobody escaped stands for itself.
                .or_else(|missing| lookup::strictly(from, fragment).map_err(|_| missing))
        };
        let value = match decoded.starts_with('/') {
            true => pointed(node.value).or_else(|missing| match identified {
                WHOLE => Err(missing),
                _ => pointed(&document.value).map_err(|_| missing),
            }),
            false => {
                let pointer = document.ids().anchored(identified, &decoded);
                let value = pointer.and_then(|pointer| lookup::at(&document.value, pointer));
                value.ok_or_else(|| format!("#{decoded}"))
            }
        }?;
        Ok(Node {
            document: document.id,
            value,
        })
    }

    /// The value that is meant by a fragment that leads nowhere.
    fn loosely<'d>(&'d self, base: &Base<'d, '_>) -> Option<Meant<'d>> {
        let decoded = reference::decode(base.fragment);
        let is_pointer = decoded.starts_with('/');
        let follow = |node| self.follow_strictly(node);
        is_pointer.then(|| lookup::loosely(base.node, &decoded, &follow))?
    }

    /// The value that a reference means, where it leads nowhere as it is written.
    pub(super) fn meant<'d>(&'d self, from: Node<'d>, reference: &str) -> Option<Meant<'d>> {
        let base = self.base(from.into(), reference).ok()?;
        match self.strictly(&base) {
            Ok(_) => None,
            Err(_) => self.loosely(&base),
        }
    }

    /// The value that a node refers to, by references that lead where they say; `None` where it is none.
    fn follow_strictly<'d>(&'d self, node: Node<'d>) -> Option<Node<'d>> {
        let mut at = node;
        for _ in 0..self.limits().chain {
            let Some(reference) = at.get("$ref").and_then(|reference| reference.as_str()) else {
                return Some(at).filter(|at| at.key() != node.key());
            };
            let base = self.base(at.into(), reference).ok()?;
            at = self.strictly(&base).ok()?;
        }
        None
    }

    /// The JSON pointers of nodes, found in one walk. `None`: not in these documents.
    pub fn pointers(&self, keys: &[NodeKey]) -> Vec<Option<Pointer>> {
        let mut wanted: NodeMap<Vec<usize>> = NodeMap::default();
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

    /// Whether any value of any document is such a one.
    pub(crate) fn any(&self, is: &dyn Fn(Node<'_>) -> bool) -> bool {
        let mut any = false;
        for document in self.iter() {
            walk(document.node(), &mut |node, _| any = any || is(node));
        }
        any
    }

    /// The targets of the references of all documents, one step each.
    pub(crate) fn reference_targets(&self) -> Vec<NodeKey> {
        let references = self.references().into_iter();
        references.map(|(_, target)| target).collect()
    }

    /// The objects of all documents that are references which lead somewhere, with their targets.
    pub(crate) fn references(&self) -> Vec<(Node<'_>, NodeKey)> {
        let mut references = Vec::new();
        for document in self.iter() {
            walk(document.node(), &mut |node, _| {
                let reference = node.get("$ref").and_then(|reference| reference.as_str());
                let target = reference.and_then(|r| self.resolve(node, r).ok());
                references.extend(target.map(|target| (node, target.key())));
            });
        }
        references
    }

    /// The schemas whose `allOf` refers to another, each with that.
    pub(crate) fn extended(&self) -> Vec<(Node<'_>, NodeKey)> {
        let mut extended = Vec::new();
        for document in self.iter() {
            walk(document.node(), &mut |node, _| {
                let all_of = node.get("allOf").into_iter();
                for element in all_of.flat_map(|all_of| all_of.elements()) {
                    let reference = element.get("$ref").and_then(|it| it.as_str());
                    let target = reference.and_then(|r| self.resolve(element, r).ok());
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

    /// Whether a text was null before it was taken for the text that is written.
    pub(crate) fn is_restored(&self, node: Node<'_>) -> bool {
        self.get(node.document).is_restored(node)
    }

    /// A string, number or boolean as the text that the document writes: `1.10` of a YAML document is a number whose
    /// value is 1.1, and a text all the same where one is meant.
    pub fn written<'d>(&'d self, node: Node<'d>) -> Option<Cow<'d, str>> {
        match node.value {
            Value::String(text) => Some(Cow::Borrowed(text)),
            Value::Number(_) | Value::Bool(_) => {
                let written = self.get(node.document).written(node.key());
                Some(written.map_or_else(|| Cow::Owned(node.value.to_string()), Cow::Borrowed))
            }
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }
}
