//! References that depend on the way to them (JSON Schema 2020-12 core, 8.2.3.2; `$recursiveRef`: 2019-09 core, 8.2.4.2).
//!
//! `$dynamicRef` leads to the outermost schema resource on that way that has the anchor. Where no other one can be outside of
//! the one that it names by itself, it is a `$ref`, and becomes one before anything is read.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::openapi::Edition;
use super::roles::{Role, inside};
use crate::source::{DocumentId, Documents, Node, NodeKey, Pointer, Resource};

const KEYWORDS: [&str; 2] = ["$dynamicRef", "$recursiveRef"];

/// Makes a `$ref` of each reference that can lead to one schema only.
pub(crate) fn settle(documents: &mut Documents, roots: &[DocumentId]) {
    let is_dynamic = |node: Node<'_>| KEYWORDS.iter().any(|key| node.get(key).is_some());
    if !documents.any(&is_dynamic) {
        return;
    }
    let mut settled: Vec<(NodeKey, &'static str)> = Vec::new();
    for root in roots {
        let root = documents.get(*root).node();
        let version = root.get("openapi").and_then(|it| it.as_str());
        if version.is_some_and(|it| Edition::of(Some(it)) >= Edition::V3_1) {
            settled.extend(Scopes::of(documents, root).settled());
        }
    }
    let keys: Vec<NodeKey> = settled.iter().map(|(key, _)| *key).collect();
    let pointers = documents.pointers(&keys);
    let renamed: Vec<(DocumentId, Pointer, &'static str)> = settled
        .iter()
        .zip(pointers)
        .filter_map(|((key, keyword), pointer)| Some((key.document(), pointer?, *keyword)))
        .collect();
    documents.rename(&renamed, "$ref");
}

/// A reference whose target depends on the way to it.
struct Dynamic<'d> {
    node: Node<'d>,
    keyword: &'static str,
    text: &'d str,
}

/// The schemas that a document reaches, by the resources that they are in.
struct Scopes<'d> {
    documents: &'d Documents,
    dynamic: Vec<Dynamic<'d>>,
    /// Schemas by the name that they can be found by from inside; `$recursiveAnchor` has none.
    anchors: HashMap<&'d str, Vec<Node<'d>>>,
    /// The resources that others refer to, by these.
    entered: HashMap<Resource, HashSet<Resource>>,
}

impl<'d> Scopes<'d> {
    fn of(documents: &'d Documents, root: Node<'d>) -> Self {
        let mut scopes = Self {
            documents,
            dynamic: Vec::new(),
            anchors: HashMap::new(),
            entered: HashMap::new(),
        };
        let mut met = HashSet::new();
        let mut parts = vec![(Role::Root, root)];
        while let Some((role, node)) = parts.pop() {
            if !met.insert((role, node.key())) {
                continue;
            }
            if role == Role::Schema {
                scopes.schema(node);
            }
            for key in ["$ref"].iter().chain(&KEYWORDS) {
                let reference = node.get(key).and_then(|it| it.as_str());
                let target = reference.and_then(|it| documents.resolve(node, it).ok());
                let target = target.filter(|_| role == Role::Schema || *key == "$ref");
                parts.extend(target.map(|target| (role, target)));
            }
            for (key, child) in node.members() {
                inside(role, key, child, &mut parts);
            }
        }
        scopes
    }

    /// Notes what a schema says of scopes.
    fn schema(&mut self, node: Node<'d>) {
        let text = |key: &str| node.get(key)?.as_str();
        for keyword in KEYWORDS {
            if let Some(text) = text(keyword) {
                self.dynamic.push(Dynamic {
                    node,
                    keyword,
                    text,
                });
            }
        }
        if let Some(name) = text("$dynamicAnchor") {
            self.anchors.entry(name).or_default().push(node);
        }
        if is_recursive(node) {
            self.anchors.entry("").or_default().push(node);
        }
        let from = self.documents.resource(node);
        for reference in ["$ref", KEYWORDS[0], KEYWORDS[1]]
            .into_iter()
            .filter_map(text)
        {
            if let Ok(target) = self.documents.resolve(node, reference) {
                let to = self.documents.resource(target);
                self.entered.entry(from).or_default().insert(to);
            }
        }
        // A schema with an `$id` of its own is entered from the one around it.
        for (key, child) in node.members() {
            let mut parts = Vec::new();
            inside(Role::Schema, key, child, &mut parts);
            let schemas = parts
                .into_iter()
                .map(|(_, part)| part)
                .filter(|it| it.value.is_object());
            let inner = schemas.map(|part| self.documents.resource(part));
            let inner: Vec<Resource> = inner.filter(|it| *it != from).collect();
            self.entered.entry(from).or_default().extend(inner);
        }
    }

    fn settled(&self) -> Vec<(NodeKey, &'static str)> {
        let settled = self.dynamic.iter().filter(|it| self.is_settled(it));
        settled.map(|it| (it.node.key(), it.keyword)).collect()
    }

    /// Whether no way leads to another schema than the one that the reference names.
    fn is_settled(&self, dynamic: &Dynamic<'d>) -> bool {
        let Dynamic {
            node,
            keyword,
            text,
        } = *dynamic;
        let Ok(target) = self.documents.resolve(node, text) else {
            return false;
        };
        let is_schema = target.get("openapi").is_none();
        let fragment = text.split_once('#').map_or("", |(_, fragment)| fragment);
        let name = match keyword {
            "$dynamicRef" => target
                .get("$dynamicAnchor")
                .and_then(|it| it.as_str())
                .filter(|name| *name == fragment),
            _ => is_recursive(target).then_some(""),
        };
        let others = name.and_then(|name| self.anchors.get(name));
        let mut others = others.into_iter().flatten();
        let (of_target, here) = (
            self.documents.resource(target),
            self.documents.resource(node),
        );
        let is_outside = |other: &Node<'d>| {
            let resource = self.documents.resource(*other);
            other.key() != target.key() && (resource == of_target || self.reaches(resource, here))
        };
        let has_one =
            node.get("$ref").is_some() || KEYWORDS.iter().all(|it| node.get(it).is_some());
        is_schema && !has_one && !others.any(is_outside)
    }

    /// Whether a way leads from one resource to another.
    fn reaches(&self, from: Resource, to: Resource) -> bool {
        let mut met = HashSet::from([from]);
        let mut pending = vec![from];
        while let Some(at) = pending.pop() {
            if at == to {
                return true;
            }
            let next = self.entered.get(&at).into_iter().flatten();
            pending.extend(next.filter(|it| met.insert(**it)));
        }
        false
    }
}

fn is_recursive(node: Node<'_>) -> bool {
    node.get("$recursiveAnchor")
        .is_some_and(|it| it.value == &Value::Bool(true))
}
