//! What things were called in the generation before, by where they stand now.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::lock::{Names, OperationNames, TypeNames};
use crate::lower::context::Sources;
use crate::lower::naming::address::Addresses;
use crate::lower::schema::draft::{Draft, Origin};
use crate::model::{Shape, TypeRef};
use crate::source::{Node, NodeKey};

/// Names that are to be kept.
pub(in crate::lower) struct Known<'n> {
    pub names: &'n Names,
    types: Vec<(&'n str, &'n TypeNames)>,
    /// The type and the number of each place.
    by_place: HashMap<(Vec<NodeKey>, bool), Held>,
}

/// A place that a type had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) struct Held {
    /// Which type.
    pub ty: usize,
    /// Which of its places.
    pub rank: usize,
}

impl<'n> Known<'n> {
    pub(in crate::lower) fn new(names: &'n Names, sources: Sources<'_>) -> Self {
        let mut known = Self {
            names,
            types: Vec::new(),
            by_place: HashMap::new(),
        };
        let mut addresses = Addresses::new(sources);
        let mut resolver = Resolver {
            names,
            addresses: &mut addresses,
            types: HashMap::new(),
        };
        for (ty, (name, described)) in names.types.iter().enumerate() {
            known.types.push((name, described));
            for (rank, place) in described.places.iter().enumerate() {
                let schemas = place.schemas.iter();
                let nodes = schemas.map(|schema| Some(resolver.resolve(schema)?.key()));
                let nodes: Option<Vec<NodeKey>> = nodes.collect();
                if let Some(nodes) = nodes {
                    known
                        .by_place
                        .insert((nodes, place.is_projection), Held { ty, rank });
                }
            }
        }
        known
    }

    /// The type that stood at this place.
    pub(in crate::lower) fn held(&self, parts: &[NodeKey], part: bool) -> Option<Held> {
        if self.by_place.is_empty() {
            return None;
        }
        self.by_place.get(&(parts.to_vec(), part)).copied()
    }

    /// Which of the drafts keep which names: of several that stand at places of one type, the one at
    /// most of them, or else the one at the earliest.
    pub(in crate::lower) fn type_names(&self, drafts: &[Draft<'_>]) -> Vec<Option<String>> {
        let mut claims: HashMap<(usize, usize), (usize, usize)> = HashMap::new();
        for (index, draft) in drafts.iter().enumerate() {
            let Some(held) = draft.held else {
                continue;
            };
            let index = merged_into(drafts, index);
            let heir = drafts[index].held.filter(|_| has_name(&drafts[index]));
            if heir.is_some_and(|heir| heir.ty == held.ty) {
                let (places, rank) = claims.entry((held.ty, index)).or_insert((0, held.rank));
                *places += 1;
                *rank = held.rank.min(*rank);
            }
        }
        let mut heirs: Vec<Option<(Reverse<usize>, usize, usize)>> = vec![None; self.types.len()];
        for ((ty, index), (places, rank)) in claims {
            let claim = (Reverse(places), rank, index);
            heirs[ty] = heirs[ty].into_iter().chain([claim]).min();
        }
        let mut names = vec![None; drafts.len()];
        for (ty, heir) in heirs.into_iter().enumerate() {
            if let Some((.., index)) = heir {
                names[index] = Some(self.types[ty].0.to_owned());
            }
        }
        names
    }

    /// What the type was called that stood where a draft stands, whoever has that name now.
    pub(in crate::lower) fn held_name(&self, draft: &Draft<'_>) -> Option<&'n str> {
        Some(self.types.get(draft.held?.ty)?.0)
    }

    /// What the fields or variants of a draft's type were called.
    pub(in crate::lower) fn members(
        &self,
        draft: &Draft<'_>,
    ) -> Option<&'n BTreeMap<String, String>> {
        Some(&self.types.get(draft.held?.ty)?.1.members)
    }

    /// What an operation was called, and its parts.
    pub(in crate::lower) fn operation(&self, key: &str) -> Option<&'n OperationNames> {
        self.names.operations.get(key)
    }
}

/// Finds what stands at addresses, of which most begin at a type.
struct Resolver<'n, 'a, 'd> {
    names: &'n Names,
    addresses: &'a mut Addresses<'d>,
    /// What stands at the first places of types; `None` as well while it is looked for.
    types: HashMap<&'n str, Option<Node<'d>>>,
}

impl<'n, 'd> Resolver<'n, '_, 'd> {
    fn resolve(&mut self, address: &'n str) -> Option<Node<'d>> {
        // From type to type until one is found, and back. A file that leads in circles leads nowhere.
        let mut way: Vec<(Option<&'n str>, &'n str)> = Vec::new();
        let mut at = address;
        let mut owner = None;
        let mut node = loop {
            if at.contains('#') {
                let node = self.addresses.resolve(at);
                way.push((owner, ""));
                break node;
            }
            let (ty, rest) = at.split_at(at.find('/').unwrap_or(at.len()));
            way.push((owner, rest));
            if let Some(known) = self.types.get(ty) {
                break *known;
            }
            let Some((ty, described)) = self.names.types.get_key_value(ty) else {
                break None;
            };
            self.types.insert(ty, None);
            let first = described.places.first();
            let Some([only]) = first.map(|first| first.schemas.as_slice()) else {
                break None;
            };
            owner = Some(ty.as_str());
            at = only;
        };
        for (owner, rest) in way.into_iter().rev() {
            node = node.and_then(|node| self.addresses.descend(node, rest));
            if let Some(owner) = owner {
                self.types.insert(owner, node);
            }
        }
        node
    }
}

/// The draft that a draft is part of in the end.
fn merged_into(drafts: &[Draft<'_>], mut index: usize) -> usize {
    while let Origin::Merged(target) = drafts[index].origin {
        index = target.0;
    }
    index
}

/// Whether a draft becomes a type with a name.
fn has_name(draft: &Draft<'_>) -> bool {
    match (&draft.origin, &draft.shape) {
        (Origin::Merged(_), _) | (_, None) => false,
        (Origin::Inline, Some(Shape::Alias(_))) => false,
        (Origin::Inline | Origin::Component(_), Some(_)) => true,
    }
}

/// A type as the key of a variant: in the names before any of them is replaced.
pub(in crate::lower) fn type_key(ty: &TypeRef, name: &dyn Fn(usize) -> String) -> String {
    match ty {
        TypeRef::Scalar(scalar) => format!("{scalar:?}").to_lowercase(),
        TypeRef::Named(id) => name(id.0),
        TypeRef::List(item) => format!("[{}]", type_key(item, name)),
        TypeRef::Map(value) => format!("{{{}}}", type_key(value, name)),
        TypeRef::Nullable(ty) => format!("{}?", type_key(ty, name)),
        TypeRef::Boxed(ty) => type_key(ty, name),
        TypeRef::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|item| type_key(item, name)).collect();
            format!("({})", items.join(","))
        }
    }
}
