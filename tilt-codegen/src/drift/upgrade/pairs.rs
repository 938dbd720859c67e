//! Types and resources of the new SDK that the old one had under another name.
//!
//! A name that both have is one type: that is how a program sees it. Of the others, those that stand in one place
//! of the documents are one, and then those that stand in the same place of things that both have, and look alike. Parts of
//! others, which no item uses, are one with the only type among their siblings that looks the same.

mod alike;
mod uses;

use crate::model::{Sdk, TypeId};
use crate::place::file_name;
use alike::{look, look_alike};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use uses::Uses;

#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// Of types of the new SDK, the name that they had.
    names: HashMap<TypeId, String>,
    /// From new names of resources to old ones, where they differ.
    pub(super) resources: HashMap<String, String>,
}

/// The types that have no partner yet, and those that have one.
struct Matching<'s> {
    old: &'s Sdk,
    new: &'s Sdk,
    of_new: HashMap<TypeId, TypeId>,
    of_old: HashMap<TypeId, TypeId>,
}

type Votes = BTreeMap<(TypeId, TypeId), usize>;

impl Pairs {
    pub(super) fn of(old: &Sdk, new: &Sdk) -> Self {
        let mut matching = Matching {
            old,
            new,
            of_new: HashMap::new(),
            of_old: HashMap::new(),
        };
        matching.by_name();
        matching.take(matching.by_place());
        while matching.take(matching.by_use()) || matching.take(matching.by_look()) {}
        let names = matching.of_new.iter();
        Self {
            names: names
                .map(|(new, at)| (*new, old.types[at.0].name.clone()))
                .collect(),
            resources: resources(old, new),
        }
    }

    /// The name that a type of the new SDK had.
    pub(super) fn old_name(&self, id: TypeId) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }
}

impl Matching<'_> {
    fn pair(&mut self, old: TypeId, new: TypeId) {
        self.of_old.insert(old, new);
        self.of_new.insert(new, old);
    }

    fn by_name(&mut self) {
        let names = self.old.types.iter().enumerate();
        let names: HashMap<&str, TypeId> = names
            .map(|(index, ty)| (ty.name.as_str(), TypeId(index)))
            .collect();
        for (index, ty) in self.new.types.iter().enumerate() {
            if let Some(old) = names.get(ty.name.as_str()) {
                self.pair(*old, TypeId(index));
            }
        }
    }

    /// The places that types without a partner have in common.
    fn by_place(&self) -> Votes {
        let (files, new_files) = (Files::of(self.old), Files::of(self.new));
        let mut at: HashMap<(&str, &crate::place::Pointer), Vec<TypeId>> = HashMap::new();
        for (index, ty) in self.old.types.iter().enumerate() {
            let id = TypeId(index);
            if !self.of_old.contains_key(&id) {
                for place in ty.places.iter().flatten() {
                    at.entry((files.name(&place.document), &place.pointer))
                        .or_default()
                        .push(id);
                }
            }
        }
        let mut votes = Votes::new();
        for (index, ty) in self.new.types.iter().enumerate() {
            let id = TypeId(index);
            if !self.of_new.contains_key(&id) {
                for place in ty.places.iter().flatten() {
                    let old = at.get(&(new_files.name(&place.document), &place.pointer));
                    for old in old.into_iter().flatten() {
                        *votes.entry((*old, id)).or_default() += 1;
                    }
                }
            }
        }
        votes
    }

    /// The uses that types without a partner, which look alike, have in common.
    fn by_use(&self) -> Votes {
        let mut votes = Votes::new();
        let pairs = |new| self.of_new.get(&new).copied();
        Uses::of(self.old, self.new, &pairs).each(&mut |old, new| {
            let are_free = !self.of_old.contains_key(&old) && !self.of_new.contains_key(&new);
            if are_free && look_alike(self.old, old, self.new, new) {
                *votes.entry((old, new)).or_default() += 1;
            }
        });
        votes
    }

    /// Types without a partner that look the same beside each other, as no other does.
    fn by_look(&self) -> Votes {
        let old = alone_by_look(self.old, &self.of_old);
        let new = alone_by_look(self.new, &self.of_new);
        let both = old
            .into_iter()
            .filter_map(|(look, old)| Some((old?, (*new.get(&look)?)?)));
        both.map(|pair| (pair, 1)).collect()
    }

    /// Pairs types, those with the most votes first; of as many, in an order that is the same both ways.
    fn take(&mut self, votes: Votes) -> bool {
        let mut votes: Vec<_> = votes.into_iter().collect();
        votes.sort_by_cached_key(|((old, new), count)| {
            let names = [&self.old.types[old.0].name, &self.new.types[new.0].name];
            let (first, second) = (names.iter().min(), names.iter().max());
            (
                Reverse(*count),
                first.map(|it| (*it).clone()),
                second.map(|it| (*it).clone()),
            )
        });
        let before = self.of_new.len();
        for ((old, new), _) in votes {
            if !self.of_old.contains_key(&old) && !self.of_new.contains_key(&new) {
                self.pair(old, new);
            }
        }
        self.of_new.len() > before
    }
}

/// The names by which files of both SDKs are told: none where there is one file, which may be called otherwise.
struct Files {
    is_one: bool,
}

impl Files {
    fn of(sdk: &Sdk) -> Files {
        let mut places = sdk.types.iter().flat_map(|it| it.places.iter().flatten());
        let first = places.next().map(|it| it.document.as_str());
        Files {
            is_one: places.all(|it| Some(it.document.as_str()) == first),
        }
    }

    /// Without the folder.
    fn name<'n>(&self, document: &'n str) -> &'n str {
        match self.is_one {
            true => "",
            false => file_name(document),
        }
    }
}

/// The types without a partner by where they stand and what they look like; none, where there are several.
fn alone_by_look(sdk: &Sdk, pairs: &HashMap<TypeId, TypeId>) -> HashMap<String, Option<TypeId>> {
    let files = Files::of(sdk);
    let mut alone = HashMap::new();
    for (index, ty) in sdk.types.iter().enumerate() {
        let id = TypeId(index);
        if pairs.contains_key(&id) {
            continue;
        }
        let own = ty
            .places
            .iter()
            .flatten()
            .find(|it| it.pointer == ty.pointer);
        if let (Some(place), Some(look)) = (own, look(&ty.shape)) {
            let siblings = place.pointer.to_string();
            let siblings = siblings.rsplit_once('/').map_or("", |it| it.0);
            let key = format!("{}#{siblings} {look}", files.name(&place.document));
            alone
                .entry(key)
                .and_modify(|it| *it = None)
                .or_insert(Some(id));
        }
    }
    alone
}

/// Resources under other names, by the operations that they have in common.
fn resources(old: &Sdk, new: &Sdk) -> HashMap<String, String> {
    let names =
        |sdk: &Sdk| -> HashSet<String> { sdk.resources.iter().map(|it| it.name.clone()).collect() };
    let (before, after) = (names(old), names(new));
    let mut at = HashMap::new();
    for resource in old.resources.iter().filter(|it| !after.contains(&it.name)) {
        for operation in &resource.operations {
            at.insert((operation.method, &operation.path), &resource.name);
        }
    }
    let mut votes: BTreeMap<(&String, &String), usize> = BTreeMap::new();
    for resource in new.resources.iter().filter(|it| !before.contains(&it.name)) {
        for operation in &resource.operations {
            if let Some(old) = at.get(&(operation.method, &operation.path)) {
                *votes.entry((*old, &resource.name)).or_default() += 1;
            }
        }
    }
    let mut votes: Vec<_> = votes.into_iter().collect();
    votes.sort_by_key(|((old, new), count)| (Reverse(*count), *old.min(new), *old.max(new)));
    let (mut pairs, mut taken) = (HashMap::new(), HashSet::new());
    for ((old, new), _) in votes {
        if !pairs.contains_key(new) && taken.insert(old) {
            pairs.insert(new.clone(), old.clone());
        }
    }
    pairs
}
