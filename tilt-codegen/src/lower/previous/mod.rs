//! Names of the generation before, by where the things that had them stand now.

pub(in crate::lower) mod address;
mod alternative;
mod labels;
mod operations;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::lock::{Address, ArgumentNames, Names, TypeNames, Way};
use crate::lower::draft::{Draft, Origin, PreviousName};
use crate::lower::previous::address::Addresses;
use crate::lower::sources::Sources;
use crate::model::{Shape, TypeRef};
use crate::source::{Node, NodeKey};

/// Names that are to be kept.
pub(in crate::lower) struct PreviousNames<'n> {
    pub names: &'n Names,
    types: Vec<(&'n str, &'n TypeNames)>,
    /// The type and the number of each place: of several that stand there, that of answers.
    by_place: HashMap<(Vec<NodeKey>, bool), PreviousName>,
    /// The types of properties that parts of an object describe, by each of the schemas that do now.
    by_parts: HashMap<NodeKey, Vec<(Vec<NodeKey>, PreviousName)>>,
    /// Of each type, the types that have its schemas, by the way on which they do; itself among them.
    ways: Vec<[Option<usize>; 3]>,
    operations: operations::Recognized<'n>,
}

impl<'n> PreviousNames<'n> {
    pub(in crate::lower) fn new(names: &'n Names, sources: Sources<'_>) -> Self {
        let mut previous = Self {
            names,
            types: Vec::new(),
            by_place: HashMap::new(),
            by_parts: HashMap::new(),
            ways: Vec::new(),
            operations: operations::Recognized::default(),
        };
        let mut addresses = Addresses::new(sources);
        let mut resolver = Resolver {
            names,
            addresses: &mut addresses,
            types: HashMap::new(),
        };
        let mut places = Vec::new();
        for (ty, (name, described)) in names.types.iter().enumerate() {
            previous.types.push((name, described));
            previous.ways.push([None; 3]);
            let described = described.places.iter().enumerate();
            places.extend(described.map(|(rank, place)| (PreviousName { ty, rank }, place)));
        }
        let mut found = vec![None; places.len()];
        resolver.resolve_all(&places, &mut found);
        for (name, place) in places.iter().filter(|(_, place)| !place.is_projection) {
            let parts = resolver.parts_at(place);
            for part in &parts {
                let described = previous.by_parts.entry(*part).or_default();
                described.push((parts.clone(), *name));
            }
        }
        let places = places.into_iter();
        let (known, lost): (Vec<_>, Vec<_>) = places.zip(found).partition(|(_, it)| it.is_some());
        let mut kept = HashSet::new();
        for ((name, place), nodes) in known {
            let at = (nodes.unwrap_or_default(), place.is_projection);
            kept.insert(at.clone());
            previous.stands(at, place.way, name);
        }
        let lost: Vec<_> = lost.into_iter().map(|(place, _)| place).collect();
        for ((name, place), nodes) in lost.iter().zip(resolver.resolve_moved(&lost)) {
            let at = nodes.map(|nodes| (nodes, place.is_projection));
            // A type that stands there has its own name, if it was there before.
            if let Some(at) = at.filter(|at| !kept.contains(at)) {
                previous.stands(at, place.way, *name);
            }
        }
        previous
    }

    /// Notes that a type has what stands at a place on its way.
    fn stands(&mut self, key: (Vec<NodeKey>, bool), way: Way, name: PreviousName) {
        self.ways[name.ty][way as usize] = Some(name.ty);
        let at = self.by_place.entry(key).or_insert(name);
        let known = self.ways[at.ty];
        let same_way = known[way as usize];
        if at.ty == name.ty || same_way.is_some_and(|ty| ty != name.ty) {
            // Once more, or a second line for the same.
            *at = name;
            return;
        }
        let way_of_first = Way::ALL
            .into_iter()
            .find(|it| known[*it as usize] == Some(at.ty));
        if way_of_first.is_some_and(|first| way < first) {
            *at = name;
        }
        for of in known.into_iter().flatten().chain([name.ty]) {
            for (all, one) in self.ways[of].iter_mut().zip(known) {
                *all = all.or(one);
            }
            self.ways[of][way as usize] = Some(name.ty);
        }
    }

    /// Whether the schemas of a type had one type in both directions.
    pub(in crate::lower) fn went_both_ways(&self, name: PreviousName) -> bool {
        let [answer, both, request] = self.ways[name.ty];
        both.is_some() && answer.is_none() && request.is_none()
    }

    /// Whether the schemas of a type had one of answers and one of requests.
    pub(in crate::lower) fn was_split(&self, name: PreviousName) -> bool {
        let [answer, _, request] = self.ways[name.ty];
        answer.is_some() && request.is_some()
    }

    /// Whether a type of the same schemas was in requests.
    pub(in crate::lower) fn was_sent(&self, name: PreviousName) -> bool {
        let [_, both, request] = self.ways[name.ty];
        both.is_some() || request.is_some()
    }

    /// The type that had the same schemas on this way.
    pub(in crate::lower) fn on(&self, name: PreviousName, way: Way) -> Option<PreviousName> {
        let ty = self.ways[name.ty][way as usize]?;
        Some(PreviousName { ty, ..name })
    }

    /// The type that stood at this place.
    pub(in crate::lower) fn at(
        &self,
        conjuncts: &[NodeKey],
        is_projection: bool,
    ) -> Option<PreviousName> {
        if self.by_place.is_empty() {
            return None;
        }
        let exact = self.by_place.get(&(conjuncts.to_vec(), is_projection));
        exact.copied().or_else(|| match is_projection {
            true => None,
            false => self.at_parts(conjuncts),
        })
    }

    /// The type of the property that other parts of an object described, or other numbers of them.
    fn at_parts(&self, conjuncts: &[NodeKey]) -> Option<PreviousName> {
        let described = self.by_parts.get(conjuncts.first()?)?;
        let is_same = |parts: &[NodeKey]| {
            parts.iter().all(|it| conjuncts.contains(it))
                && conjuncts.iter().all(|it| parts.contains(it))
        };
        let found = described.iter().find(|(parts, _)| is_same(parts));
        found.map(|(_, name)| *name)
    }

    /// The type of one of these schemas that others restate: the only one that any of them had by itself.
    pub(in crate::lower) fn restated(&self, conjuncts: &[NodeKey]) -> Option<PreviousName> {
        let alone = |it: &NodeKey| self.by_place.get(&(vec![*it], false)).copied();
        let mut known = conjuncts.iter().filter_map(alone);
        let first = known.next()?;
        known.all(|it| it.ty == first.ty).then_some(first)
    }

    /// The names that drafts keep: of several that stand at places of one type, the one at most of them
    /// has its name, or else the one at the earliest.
    pub(in crate::lower) fn type_names(&self, drafts: &[Draft<'_>]) -> Vec<Option<String>> {
        let mut claims: HashMap<(usize, usize), (usize, usize)> = HashMap::new();
        let mut twins: HashMap<usize, Vec<usize>> = HashMap::new();
        for (index, draft) in drafts.iter().enumerate() {
            if let Origin::Twin(of) = draft.origin {
                twins.entry(of.0).or_default().push(index);
            }
        }
        let places = drafts.iter().enumerate();
        for (index, draft) in places.filter(|(_, it)| !matches!(it.origin, Origin::Twin(_))) {
            let Some(at) = draft.previous_name else {
                continue;
            };
            let index = merged_into(drafts, index);
            // Each place is one of the type in either direction.
            for &index in twins.get(&index).into_iter().flatten().chain([&index]) {
                let draft = &drafts[index];
                let heir = draft.previous_name.filter(|_| has_name(draft));
                if let Some(heir) = heir
                    && self.ways[at.ty].contains(&Some(heir.ty))
                {
                    let (places, rank) = claims.entry((heir.ty, index)).or_insert((0, at.rank));
                    *places += 1;
                    *rank = at.rank.min(*rank);
                }
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

    /// The name of the type that stood where a draft stands, even where another has that name now.
    pub(in crate::lower) fn name_of(&self, draft: &Draft<'_>) -> Option<&'n str> {
        Some(self.types.get(draft.previous_name?.ty)?.0)
    }

    /// Previous names of the fields or variants of a draft's type.
    pub(in crate::lower) fn members(
        &self,
        draft: &Draft<'_>,
    ) -> Option<&'n BTreeMap<String, String>> {
        Some(&self.types.get(draft.previous_name?.ty)?.1.members)
    }

    /// The properties that made values of a draft's type.
    pub(in crate::lower) fn arguments(&self, draft: &Draft<'_>) -> Option<&'n ArgumentNames> {
        Some(&self.types.get(draft.previous_name?.ty)?.1.arguments)
    }
}

/// Finds what stands at addresses, of which most begin at a type.
struct Resolver<'n, 'a, 'd> {
    names: &'n Names,
    addresses: &'a mut Addresses<'d>,
    /// The nodes at the first places of types; `None` as well while one is looked for.
    types: HashMap<&'n str, Option<Node<'d>>>,
}

impl<'n, 'd> Resolver<'n, '_, 'd> {
    /// The schemas at places. Alternatives that have grown are found when all others are.
    fn resolve_all(
        &mut self,
        places: &[(PreviousName, &'n Address)],
        found: &mut [Option<Vec<NodeKey>>],
    ) {
        loop {
            for ((_, place), found) in places.iter().zip(found.iter_mut()) {
                if found.is_none() {
                    let schemas = place.schemas.iter();
                    let nodes = schemas.map(|schema| Some(self.resolve(schema)?.key()));
                    *found = nodes.collect();
                }
            }
            if !self.addresses.recognize() {
                return;
            }
            self.types.retain(|_, node| node.is_some());
        }
    }

    /// The same of places that are lost by themselves: something around them may have become a component.
    fn resolve_moved(
        &mut self,
        places: &[(PreviousName, &'n Address)],
    ) -> Vec<Option<Vec<NodeKey>>> {
        let mut found = vec![None; places.len()];
        self.addresses.follow_references();
        self.types.retain(|_, node| node.is_some());
        self.resolve_all(places, &mut found);
        found
    }

    /// All schemas of the property of which a place is that of some, where it is one.
    fn parts_at(&mut self, place: &'n Address) -> Vec<NodeKey> {
        let mut pointers = place.schemas.iter().map(|schema| {
            let (from, pointer) = match schema.split_once('#') {
                Some((document, pointer)) => (document, pointer),
                None => schema.split_at(schema.find('/').unwrap_or(schema.len())),
            };
            (from, address::of_property(pointer))
        });
        let Some((from, Some(property))) = pointers.next() else {
            return Vec::new();
        };
        if !pointers.all(|(it, of)| it == from && of.as_ref() == Some(&property)) {
            return Vec::new();
        }
        let root = match place.schemas.first() {
            Some(first) if first.contains('#') => self.addresses.root(from),
            _ => self.resolve(from),
        };
        let parts = root.map(|root| self.addresses.all_parts(root, &property));
        parts.unwrap_or_default()
    }

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

/// The draft that a draft was merged into in the end.
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
        (Origin::Inline | Origin::Component(_) | Origin::Twin(_), Some(_)) => true,
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
        TypeRef::Boxed(ty) | TypeRef::Loose(ty) => type_key(ty, name),
        TypeRef::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|item| type_key(item, name)).collect();
            format!("({})", items.join(","))
        }
    }
}
