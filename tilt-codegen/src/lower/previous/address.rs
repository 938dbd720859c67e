//! Where schemas stand, in words that stay true when a document grows.
//!
//! An address is a JSON pointer behind the name of its document, but for elements of lists, whose
//! number changes with every one that comes before them: those are called after what they say of
//! themselves.

use std::collections::HashMap;
use std::sync::Arc;

use crate::dialect::keyword;
use crate::lower::previous::labels::Labels;
use crate::lower::sources::Sources;
use crate::model::SchemaPlace;
use crate::place::pointer::{self, Pointer};
use crate::source::{DocumentId, Documents, Node, NodeKey};
use serde_json::Value;

/// Stands for `#` in a name or label: an address has it once, after the document. No pointer has
/// this, since `~` in a name is `~0`.
const NUMBER_SIGN: &str = "~2";

/// Addresses of schemas, and schemas of addresses.
pub(in crate::lower) struct Addresses<'d> {
    documents: &'d Documents,
    /// Documents by what they are called in addresses.
    by_name: HashMap<String, DocumentId>,
    /// Documents, and what they are called in addresses, by root and file.
    by_file: HashMap<(DocumentId, String), (DocumentId, Arc<str>)>,
    lists: HashMap<NodeKey, Labels>,
    /// The nodes at pointers, and the addresses that these have.
    nodes: HashMap<(DocumentId, usize), (Node<'d>, Pointer)>,
    /// Whether addresses lead through references.
    follows: bool,
}

/// An address that shares what it begins with.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::lower) struct Standing {
    /// With `#`.
    document: Arc<str>,
    pointer: Pointer,
}

impl Standing {
    /// As text, from the innermost thing around it that has a name of its own, where there is one.
    pub(in crate::lower) fn text(&self, named: &HashMap<Standing, String>) -> String {
        let around = self.pointer.beginnings().skip(1).find_map(|pointer| {
            let around = Standing {
                document: Arc::clone(&self.document),
                pointer: pointer.clone(),
            };
            Some((named.get(&around)?.as_str(), pointer.depth()))
        });
        let (from, depth) = around.unwrap_or((&self.document, 0));
        format!("{from}{}", self.pointer.text_behind(depth))
    }
}

/// The steps of a pointer in an address.
fn tokens(pointer: &str) -> Vec<String> {
    let tokens = pointer.split('/').skip(1);
    tokens
        .map(|token| pointer::unescape(&token.replace(NUMBER_SIGN, "#")).into_owned())
        .collect()
}

/// The steps to a property without those into parts of objects; `None` for what is no property.
pub(in crate::lower) fn of_property(pointer: &str) -> Option<Vec<String>> {
    let mut steps = tokens(pointer).into_iter();
    let (mut kept, mut is_property) = (Vec::new(), false);
    while let Some(step) = steps.next() {
        is_property = keyword::has_properties(&step);
        if keyword::has_parts(&step) {
            steps.next();
            continue;
        }
        kept.push(step);
        if is_property {
            kept.extend(steps.next());
        }
    }
    is_property.then_some(kept)
}

/// Schemas that are looked at for one address, where it does not lead anywhere by itself.
const MOST_TRIED: usize = 200;

/// The keyword of a list whose element a token stands for.
fn before(tokens: &[String], depth: usize) -> &str {
    depth.checked_sub(1).map_or("", |it| tokens[it].as_str())
}

impl<'d> Addresses<'d> {
    pub(in crate::lower) fn new(sources: Sources<'d>) -> Self {
        let mut addresses = Self {
            documents: sources.documents,
            by_name: HashMap::new(),
            by_file: HashMap::new(),
            lists: HashMap::new(),
            nodes: HashMap::new(),
            follows: false,
        };
        for document in sources.documents.iter() {
            let root = match sources.rank(document.id) {
                rank if rank == sources.openapi.len() => "asyncapi".to_owned(),
                0 => "openapi".to_owned(),
                rank => format!("openapi+{}", sources.file_of(rank).replace('#', "%23")),
            };
            let name = match sources.documents.file_of(document.id).as_str() {
                "" => root,
                file => format!("{root}:{}", file.replace('#', "%23")),
            };
            let file = (document.root, document.name.clone());
            let named = (document.id, Arc::from(format!("{name}#")));
            addresses.by_file.insert(file, named);
            addresses.by_name.insert(name, document.id);
        }
        addresses
    }

    /// Lets addresses lead through references: something around what stood there may have become a component.
    pub(in crate::lower) fn follow_references(&mut self) {
        self.follows = true;
    }

    /// The node at an address that begins at a document.
    pub(in crate::lower) fn resolve(&mut self, address: &str) -> Option<Node<'d>> {
        let (name, pointer) = address.split_once('#')?;
        self.descend(self.root(name)?, pointer)
    }

    /// A document by what it is called in addresses.
    pub(in crate::lower) fn root(&self, name: &str) -> Option<Node<'d>> {
        Some(self.documents.get(*self.by_name.get(name)?).node())
    }

    /// The node at an address below another.
    pub(in crate::lower) fn descend(&mut self, from: Node<'d>, pointer: &str) -> Option<Node<'d>> {
        let tokens = tokens(pointer);
        self.straight(from, &tokens)
            .or_else(|| self.through_parts(from, &tokens))
    }

    fn straight(&mut self, from: Node<'d>, tokens: &[String]) -> Option<Node<'d>> {
        let mut at = from;
        for depth in 0..tokens.len() {
            at = self.child(at, tokens, depth)?;
        }
        Some(at)
    }

    /// The member of a node that one of the tokens stands for.
    fn child(&mut self, at: Node<'d>, tokens: &[String], depth: usize) -> Option<Node<'d>> {
        let token = tokens.get(depth)?;
        match at.value {
            Value::Array(_) => {
                let index = self.labels(at, before(tokens, depth)).find(token)?;
                at.index(index)
            }
            _ => at.get(token).or_else(|| {
                let target = self.documents.follow(at).ok().filter(|_| self.follows)?;
                target.get(token)
            }),
        }
    }

    /// The node at an address that other parts of its schemas lead to: properties of all parts are of one object,
    /// wherever they stand.
    fn through_parts(&mut self, from: Node<'d>, tokens: &[String]) -> Option<Node<'d>> {
        // The last is tried first.
        let mut open = vec![(from, 0)];
        for _ in 0..MOST_TRIED {
            let (at, depth) = open.pop()?;
            let Some(token) = tokens.get(depth) else {
                return Some(at);
            };
            let is_list = matches!(at.value, Value::Array(_));
            if is_list && keyword::has_parts(before(tokens, depth)) {
                open.extend(self.parts(at.elements(), depth + 1));
            } else if !is_list && (keyword::has_parts(token) || keyword::has_properties(token)) {
                open.extend(self.parts(keyword::all_of(at), depth));
            }
            let next = self.child(at, tokens, depth);
            open.extend(next.map(|next| (next, depth + 1)));
        }
        None
    }

    /// All schemas of a property: each part of an object may have one.
    pub(in crate::lower) fn all_parts(
        &mut self,
        from: Node<'d>,
        property: &[String],
    ) -> Vec<NodeKey> {
        let mut open = vec![(from, 0)];
        let mut found = Vec::new();
        for _ in 0..MOST_TRIED {
            let Some((at, depth)) = open.pop() else { break };
            let Some(token) = property.get(depth) else {
                found.push(at.key());
                continue;
            };
            if keyword::has_properties(token) {
                open.extend(self.parts(keyword::all_of(at), depth));
            }
            let next = self.child(at, property, depth);
            open.extend(next.map(|next| (next, depth + 1)));
        }
        found
    }

    /// Parts of a schema, the first of them last.
    fn parts(&self, parts: impl Iterator<Item = Node<'d>>, depth: usize) -> Vec<(Node<'d>, usize)> {
        let followed = parts.map(|part| self.documents.follow(part).unwrap_or(part));
        let mut followed: Vec<_> = followed.take(MOST_TRIED).map(|it| (it, depth)).collect();
        followed.reverse();
        followed
    }

    /// Takes the labels so far that no element has for those of elements that no label led to: whether any was
    /// taken, so that more can be found.
    pub(in crate::lower) fn recognize(&mut self) -> bool {
        let mut any = false;
        for list in self.lists.values_mut() {
            any |= list.recognize();
        }
        any
    }

    /// Where a schema of one root document stands. The place must live as long as this does: beginnings
    /// that places share are looked up once.
    pub(in crate::lower) fn standing(
        &mut self,
        root: DocumentId,
        schema: &SchemaPlace,
    ) -> Option<Standing> {
        let (id, name) = self.by_file.get(&(root, schema.document.clone()))?;
        let document = Arc::clone(name);
        let root = self.documents.get(*id).node();
        let key = |pointer: &Pointer| (root.document, pointer.address());
        let mut new = Vec::new();
        let mut at = (root, Pointer::default());
        for pointer in schema.pointer.beginnings() {
            if let Some(found) = self.nodes.get(&key(pointer)) {
                at = found.clone();
                break;
            }
            new.push(pointer);
        }
        for pointer in new.into_iter().rev() {
            if let Some((_, token)) = pointer.split_last() {
                at = self.below(&at, token)?;
                self.nodes.insert(key(pointer), at.clone());
            }
        }
        Some(Standing {
            document,
            pointer: at.1,
        })
    }

    fn below(
        &mut self,
        (node, pointer): &(Node<'d>, Pointer),
        token: &str,
    ) -> Option<(Node<'d>, Pointer)> {
        match node.value {
            Value::Array(_) => {
                let index: usize = token.parse().ok()?;
                let keyword = pointer.split_last().map_or("", |(_, last)| last);
                let label = self.labels(*node, keyword).of_element(index)?;
                let label = pointer::escape(label).replace('#', NUMBER_SIGN);
                Some((node.index(index)?, pointer.piece(label)))
            }
            _ => {
                let below = node.get(&pointer::unescape(token))?;
                Some((below, pointer.piece(token.replace('#', NUMBER_SIGN))))
            }
        }
    }

    fn labels(&mut self, list: Node<'d>, keyword: &str) -> &mut Labels {
        let labels = self.lists.entry(list.key());
        labels.or_insert_with(|| Labels::of(list, keyword))
    }
}
