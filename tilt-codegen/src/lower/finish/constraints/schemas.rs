//! All schemas that requests refer to, each once.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::dialect::schema::checked::{self, Checked};
use crate::identifier;
use crate::source::{Documents, NodeKey};

/// The schemas that requests refer to.
pub(super) struct Schemas<'d> {
    documents: &'d Documents,
    all: HashMap<NodeKey, Checked<'d>>,
    /// Each with its name, in the order in which they were met.
    names: Vec<(NodeKey, String)>,
    /// Those in which there is something to refuse a request for.
    constraining: HashSet<NodeKey>,
    /// Names of read-only properties: no request has to have them.
    read_only: HashSet<&'d str>,
}

impl<'d> Schemas<'d> {
    pub(super) fn of<'c>(
        documents: &'d Documents,
        roots: impl Iterator<Item = &'c Checked<'d>> + Clone,
    ) -> Self
    where
        'd: 'c,
    {
        let mut schemas = Self {
            documents,
            all: HashMap::new(),
            names: Vec::new(),
            constraining: HashSet::new(),
            read_only: HashSet::new(),
        };
        let mut pending: VecDeque<_> = roots.clone().flat_map(references).collect();
        while let Some((from, reference)) = pending.pop_front() {
            let Ok(target) = documents.resolve(from, reference) else {
                continue;
            };
            let key = target.key();
            if schemas.all.contains_key(&key) {
                continue;
            }
            let read = checked::read(target);
            pending.extend(references(&read));
            let last = reference.rsplit(['/', '#']).next().unwrap_or(reference);
            schemas.names.push((key, identifier::type_name(last)));
            schemas.all.insert(key, read);
        }
        schemas.note_read_only(roots);
        schemas.note_constraining();
        schemas
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Checked<'d>> {
        self.names.iter().filter_map(|(key, _)| self.all.get(key))
    }

    pub(super) fn names(&self) -> &[(NodeKey, String)] {
        &self.names
    }

    pub(super) fn get(&self, key: &NodeKey) -> Option<&Checked<'d>> {
        self.all.get(key)
    }

    /// The schema that another refers to.
    pub(super) fn target(&self, schema: &Checked<'d>) -> Option<NodeKey> {
        let (from, reference) = schema.reference?;
        let target = self.documents.resolve(from, reference).ok()?;
        Some(target.key()).filter(|key| self.all.contains_key(key))
    }

    /// Whether there is something in it to refuse a request for.
    pub(super) fn constrains(&self, schema: &Checked<'d>) -> bool {
        let mut constrains = false;
        schema.each(&mut |it| {
            constrains = constrains
                || self.constrains_itself(it)
                || self
                    .target(it)
                    .is_some_and(|it| self.constraining.contains(&it));
        });
        constrains
    }

    fn constrains_itself(&self, schema: &Checked<'d>) -> bool {
        !schema.assertions.is_empty()
            || schema
                .dependent
                .iter()
                .any(|(_, names)| self.needed(names).next().is_some())
            || schema
                .alternatives
                .iter()
                .any(|it| self.requirements(it).is_some())
    }

    /// The names that a request may have to have.
    pub(super) fn needed<'n>(&'n self, names: &'n [&'d str]) -> impl Iterator<Item = &'d str> + 'n {
        let names = names.iter().copied();
        names.filter(|name| !self.read_only.contains(name))
    }

    /// The sets of properties of which an object has to have one, where alternatives say nothing else.
    pub(super) fn requirements(&self, alternatives: &[Checked<'d>]) -> Option<Vec<Vec<&'d str>>> {
        let sets = alternatives.iter().map(|it| {
            let names = it.required.as_slice();
            let is_all = it.only_requires() && self.needed(names).count() == names.len();
            is_all.then(|| names.to_vec())
        });
        sets.collect()
    }

    fn note_read_only<'c>(&mut self, roots: impl Iterator<Item = &'c Checked<'d>>)
    where
        'd: 'c,
    {
        let mut read_only = HashSet::new();
        let mut note = |it: &Checked<'d>| {
            for (name, property) in &it.properties {
                let target = self.target(property).and_then(|key| self.all.get(&key));
                let parts = property.all_of.iter();
                let parts = parts.flat_map(|part| {
                    let target = self.target(part).and_then(|key| self.all.get(&key));
                    [Some(part), target].into_iter().flatten()
                });
                if [Some(property), target]
                    .into_iter()
                    .flatten()
                    .chain(parts)
                    .any(|it| it.read_only)
                {
                    read_only.insert(*name);
                }
            }
        };
        roots.for_each(|it| it.each(&mut note));
        self.all.values().for_each(|it| it.each(&mut note));
        self.read_only = read_only;
    }

    /// From those that constrain by themselves to those that refer to them.
    fn note_constraining(&mut self) {
        let mut referring: HashMap<NodeKey, Vec<NodeKey>> = HashMap::new();
        let mut found = Vec::new();
        for (key, schema) in &self.all {
            schema.each(&mut |it| {
                if self.constrains_itself(it) {
                    found.push(*key);
                }
                if let Some(target) = self.target(it) {
                    referring.entry(target).or_default().push(*key);
                }
            });
        }
        while let Some(key) = found.pop() {
            if self.constraining.insert(key) {
                found.extend(referring.get(&key).into_iter().flatten());
            }
        }
    }
}

/// All references in a schema.
fn references<'d>(schema: &Checked<'d>) -> Vec<(crate::source::Node<'d>, &'d str)> {
    let mut references = Vec::new();
    schema.each(&mut |it| references.extend(it.reference));
    references
}
