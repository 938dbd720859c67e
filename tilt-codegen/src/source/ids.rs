//! The schemas of a document that have a URI of their own by `$id` (JSON Schema 2020-12 core, 8.2), and
//! the anchors of each.

use super::walk::{Step, Ways, walk};
use super::{DocumentId, Node, NodeKey, Pointer, uri};
use crate::place::NodeMap;
use serde_json::Value;
use std::collections::HashMap;

/// The document itself, among its identified schemas.
pub(super) const WHOLE: usize = 0;

/// The document and the schemas in it that have an `$id`: bases of references.
#[derive(Debug)]
pub(super) struct Ids {
    items: Vec<Identified>,
    by_uri: HashMap<String, usize>,
    /// The identified schema that an object, or the text of a reference, is in, where there is one.
    of: NodeMap<usize>,
    /// Pointers by anchor, the first of each in the document.
    anchors: HashMap<String, Pointer>,
    /// Schemas with a URI that another one has before them.
    repeated: Vec<usize>,
}

#[derive(Debug, Default)]
struct Identified {
    /// Empty where there is none.
    uri: String,
    at: Pointer,
    anchors: HashMap<String, Pointer>,
}

impl Ids {
    pub(super) fn of(document: DocumentId, value: &Value) -> Ids {
        let mut ids = Ids {
            items: vec![Identified::default()],
            by_uri: HashMap::new(),
            of: NodeMap::default(),
            anchors: HashMap::new(),
            repeated: Vec::new(),
        };
        // Those around what is visited, with their depths.
        let mut open: Vec<(usize, usize)> = vec![(0, WHOLE)];
        let mut ways = Ways::default();
        walk(Node { document, value }, &mut |node, path| {
            ways.enter(path);
            let depth = path.len();
            while open.len() > 1 && open.last().is_some_and(|(at, _)| *at >= depth) {
                open.pop();
            }
            // Few objects have one of these names, and none is looked up in those that have not.
            let has_name = node.members().any(|(key, _)| key.starts_with('$'));
            let text = |key| node.get(key).filter(|_| has_name)?.as_str();
            // A whole document of OpenAPI has it by `$self` (OpenAPI 3.2.0, section 4.1.1).
            let of_whole = || text("$self").filter(|_| depth == 0);
            if let Some(id) = text("$id").or_else(of_whole) {
                match id.strip_prefix('#') {
                    // As the first drafts have it.
                    Some(anchor) => {
                        let identified = open.last().map_or(WHOLE, |(_, it)| *it);
                        ids.anchor(identified, anchor, || ways.here(path));
                    }
                    None => {
                        let around = open.last().map_or(WHOLE, |(_, it)| *it);
                        let identified = ids.add(around, id, depth == 0, || ways.here(path));
                        open.push((depth, identified));
                    }
                }
            }
            let identified = open.last().map_or(WHOLE, |(_, it)| *it);
            for anchor in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
                ids.anchor(identified, anchor, || ways.here(path));
            }
            let is_reference = matches!(path.last(), Some(Step::Key("$ref")));
            if identified != WHOLE && (node.value.is_object() || is_reference) {
                ids.of.insert(node.key(), identified);
            }
        });
        ids
    }

    fn add(
        &mut self,
        around: usize,
        id: &str,
        is_whole: bool,
        at: impl FnOnce() -> Pointer,
    ) -> usize {
        let id = id.strip_suffix('#').unwrap_or(id);
        let uri = uri::join(&self.items[around].uri, id);
        let identified = match is_whole {
            true => WHOLE,
            false => self.items.len(),
        };
        if *self.by_uri.entry(uri.clone()).or_insert(identified) != identified {
            self.repeated.push(identified);
        }
        match is_whole {
            true => self.items[WHOLE].uri = uri,
            false => self.items.push(Identified {
                uri,
                at: at(),
                anchors: HashMap::new(),
            }),
        }
        identified
    }

    fn anchor(&mut self, identified: usize, anchor: &str, at: impl FnOnce() -> Pointer) {
        let at = at();
        let own = &mut self.items[identified].anchors;
        own.entry(anchor.to_owned()).or_insert_with(|| at.clone());
        self.anchors.entry(anchor.to_owned()).or_insert(at);
    }

    /// The identified schema that an object is in.
    pub(super) fn around(&self, node: NodeKey) -> usize {
        self.of.get(&node).copied().unwrap_or(WHOLE)
    }

    /// The identified schema that a reference without its fragment names, as it is written in another.
    pub(super) fn named(&self, from: usize, reference: &str) -> Option<usize> {
        let uri = self.uri(from, reference);
        self.of_uri(&uri).or_else(|| self.of_uri(reference))
    }

    /// The URI of a reference without its fragment, as it is written in an identified schema.
    pub(super) fn uri(&self, from: usize, reference: &str) -> String {
        uri::join(&self.items[from].uri, reference)
    }

    pub(super) fn of_uri(&self, uri: &str) -> Option<usize> {
        self.by_uri.get(uri).copied()
    }

    /// The places of schemas whose URI another one has before them, with that.
    pub(super) fn repeated(&self) -> impl Iterator<Item = (&Pointer, &str)> {
        let items = self.repeated.iter().map(|it| &self.items[*it]);
        items.map(|it| (&it.at, it.uri.as_str()))
    }

    pub(super) fn pointer(&self, identified: usize) -> &Pointer {
        &self.items[identified].at
    }

    /// The schema with an anchor: in an identified one, or else anywhere.
    pub(super) fn anchored(&self, identified: usize, anchor: &str) -> Option<&Pointer> {
        let own = self.items[identified].anchors.get(anchor);
        own.or_else(|| self.anchors.get(anchor))
    }
}
