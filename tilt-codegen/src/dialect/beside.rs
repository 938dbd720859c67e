//! Members beside a `$ref`: what of them a document means.
//!
//! A Reference Object has nothing beside its `$ref` that counts (OpenAPI 3.0.4, 4.8.23; OpenAPI 3.1.1, 4.8.23, but for
//! `summary` and `description`; AsyncAPI 2.6 by JSON Schema draft 7, 8.3). Schemas are no such objects since OpenAPI 3.1.
//! Authors of 3.0 write there what they mean of the place alone. So nothing narrows a schema from beside its reference: it
//! is taken out before anything is read, for types, requests, definitions and comparison alike. Words stay, and
//! the three keywords that are [`HEARD`]: they refuse no value.

use std::collections::{HashMap, HashSet};

use super::openapi::Edition;
use super::roles::{Role, inside};
use crate::diagnostic::{Code, Diagnostics, Problem, Problems};
use crate::source::{ASIDE, DocumentId, Documents, Node, NodeKey, Pointer};

/// Keywords of schemas that refuse no value of the schema beside them.
const HEARD: [&str; 3] = ["nullable", "readOnly", "writeOnly"];

/// Words, and what is for other places to refer to.
const WORDS: [&str; 16] = [
    "$ref",
    "$anchor",
    "$comment",
    "$defs",
    "$id",
    "$schema",
    "default",
    "definitions",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "summary",
    "title",
    "xml",
];

/// Reports what stands beside references and is to be ignored, and takes it out of schemas.
pub(crate) fn take_out(documents: &mut Documents, roots: &[DocumentId]) -> Diagnostics {
    let has_more = |node: Node<'_>| {
        let mut members = node.members();
        node.get("$ref").is_some() && members.any(|(key, _)| !is_silent(key))
    };
    if !documents.any(&has_more) {
        return Diagnostics::default();
    }
    let mut problems = Problems::within(documents.limits());
    let mut ignored = Vec::new();
    for root in roots {
        let root = documents.get(*root).node();
        Walk::of(documents, root).report(root, &mut problems, &mut ignored);
    }
    let pointers = documents.pointers(&ignored);
    let members = ignored.iter().zip(pointers);
    let mut members: Vec<Member> = members
        .filter_map(|(key, pointer)| Some((key.document(), pointer?, None)))
        .collect();
    let findings = documents.locate(problems);
    let redirected = put_aside(documents, &mut members);
    documents.redirect(redirected);
    documents.remove(&members);
    findings
}

/// A member that is ignored, and what it is called where it is kept for references.
type Member = (DocumentId, Pointer, Option<String>);

/// Names members that references lead into, and says how these find them.
fn put_aside(documents: &Documents, members: &mut [Member]) -> Vec<(DocumentId, Pointer, String)> {
    let mut inside: HashMap<NodeKey, usize> = HashMap::new();
    for (index, (document, member, _)) in members.iter().enumerate() {
        let mut parts: Vec<Node<'_>> = documents.at(*document, member).into_iter().collect();
        while let Some(part) = parts.pop() {
            inside.insert(part.key(), index);
            parts.extend(part.elements().chain(part.members().map(|(_, it)| it)));
        }
    }
    let mut references = documents.references();
    references.retain(|(_, target)| inside.contains_key(target));
    let targets: Vec<NodeKey> = references.iter().map(|(_, target)| *target).collect();
    let from: Vec<NodeKey> = references.iter().map(|(node, _)| node.key()).collect();
    let places = documents
        .pointers(&from)
        .into_iter()
        .zip(documents.pointers(&targets));
    let mut redirected = Vec::new();
    for ((node, target), places) in references.into_iter().zip(places) {
        let (Some(index), (Some(from), Some(to))) = (inside.get(&target), places) else {
            continue;
        };
        let (_, member, aside) = &mut members[*index];
        let name = aside.get_or_insert_with(|| index.to_string());
        let text = node.get("$ref").and_then(|it| it.as_str());
        let file = text.and_then(|it| it.split('#').next()).unwrap_or_default();
        let inside = to.text_behind(member.depth());
        let text = format!("{file}#/{ASIDE}/{name}{inside}");
        redirected.push((node.document, from, text));
    }
    redirected
}

fn is_silent(key: &str) -> bool {
    key.starts_with("x-") || WORDS.contains(&key)
}

struct Walk<'d> {
    documents: &'d Documents,
    /// The specification, where schemas have Reference Objects.
    strict: Option<&'static str>,
    met: HashSet<(Role, NodeKey)>,
}

impl<'d> Walk<'d> {
    fn of(documents: &'d Documents, root: Node<'d>) -> Self {
        let version = root.get("openapi");
        let edition = version.map(|it| Edition::of(it.as_str()));
        Self {
            documents,
            strict: match edition {
                Some(Edition::V3_0) => Some("OpenAPI 3.0"),
                Some(_) => None,
                None => Some("AsyncAPI 2"),
            },
            met: HashSet::new(),
        }
    }

    /// Walks through all objects of a document and of what they refer to.
    fn report(mut self, root: Node<'d>, problems: &mut Problems, ignored: &mut Vec<NodeKey>) {
        let mut parts = vec![(Role::Root, root)];
        while let Some((role, node)) = parts.pop() {
            if !self.met.insert((role, node.key())) {
                continue;
            }
            let reference = node.get("$ref").and_then(|it| it.as_str());
            if let Some(reference) = reference {
                let target = self.documents.resolve(node, reference).ok();
                parts.extend(target.map(|target| (role, target)));
                match role {
                    // OpenAPI says of these that what both have is undefined.
                    Role::PathItem | Role::Channel | Role::Root => {}
                    Role::Schema if self.strict.is_none() => {}
                    role => {
                        self.members(role, node, problems, ignored);
                        continue;
                    }
                }
            }
            let first = parts.len();
            for (key, child) in node.members() {
                inside(role, key, child, &mut parts);
            }
            parts[first..].reverse();
        }
    }

    /// Reports the members beside a reference.
    fn members(
        &self,
        role: Role,
        node: Node<'d>,
        problems: &mut Problems,
        ignored: &mut Vec<NodeKey>,
    ) {
        for (key, member) in node.members().filter(|(key, _)| !is_silent(key)) {
            let specification = self.strict.unwrap_or("OpenAPI");
            let message = match role {
                Role::Schema if HEARD.contains(&key) => {
                    format!(
                        "`{key}` beside a `$ref` is heard, which {specification} says to ignore"
                    )
                }
                Role::Schema => {
                    ignored.push(member.key());
                    format!("`{key}` beside a `$ref` is ignored, as {specification} says")
                }
                _ => format!("`{key}` beside a `$ref` is ignored, as {specification} says"),
            };
            problems.push(Problem::new(Code::BESIDE_REFERENCE, member, message));
        }
    }
}
