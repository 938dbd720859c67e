//! The members of two maps: who is who in the other document, and who is new, gone, or called otherwise.

use super::Comparison;
use super::edit::Parts;
use crate::drift::extensions::named;
use crate::source::Node;
use std::collections::{BTreeMap, HashMap};

/// A member of both, under the keys that it has.
pub(super) type Pair<'d> = (&'d str, Node<'d>, &'d str, Node<'d>);

/// The members of two maps, by what they are known by.
pub(super) struct Matched<'d> {
    pub(super) both: Vec<Pair<'d>>,
    pub(super) removed: Vec<(&'d str, Node<'d>)>,
    pub(super) added: Vec<(&'d str, Node<'d>)>,
}

/// Matches members of maps by key, and those that are left up to what a spelling of the key does not say.
pub(super) fn matched<'d>(
    parts: Parts<'d>,
    has_extensions: bool,
    known_by: impl Fn(&str) -> String,
) -> Matched<'d> {
    let members = |part: Option<Node<'d>>| -> Vec<(&'d str, Node<'d>)> {
        let maps = part.into_iter();
        maps.flat_map(|map| named(map, has_extensions)).collect()
    };
    let mut added = members(parts.1);
    let numbers = || added.iter().enumerate();
    let exact: HashMap<&str, usize> = numbers().map(|(number, (key, _))| (*key, number)).collect();
    let olds = members(parts.0);
    let mut is_taken = vec![false; added.len()];
    for number in olds.iter().filter_map(|(key, _)| exact.get(key)) {
        is_taken[*number] = true;
    }
    let by_key: HashMap<String, usize> = numbers()
        .filter(|(number, _)| !is_taken[*number])
        .map(|(number, (key, _))| (known_by(key), number))
        .collect();
    let mut matched = Matched {
        both: Vec::new(),
        removed: Vec::new(),
        added: Vec::new(),
    };
    for (key, old) in olds {
        let number = match exact.get(key) {
            Some(number) => Some(*number),
            None => by_key
                .get(&known_by(key))
                .copied()
                .filter(|it| !is_taken[*it]),
        };
        match number {
            Some(number) => {
                is_taken[number] = true;
                let (name, new) = added[number];
                matched.both.push((key, old, name, new));
            }
            None => matched.removed.push((key, old)),
        }
    }
    let mut taken = is_taken.into_iter();
    added.retain(|_| !taken.next().unwrap_or(false));
    matched.added = added;
    matched
}

impl<'d> Matched<'d> {
    /// Takes out those that are the same under another key, where there is no doubt about it.
    pub(super) fn renamed(&mut self, c: &Comparison<'d>) -> Vec<Pair<'d>> {
        self.renamed_if(|old, new| c.same(old, new))
    }

    pub(super) fn renamed_if(
        &mut self,
        is_same: impl Fn(Node<'d>, Node<'d>) -> bool,
    ) -> Vec<Pair<'d>> {
        // A map that was written anew is no list of renames, and is not looked through for them.
        const MOST: usize = 200;
        if self.removed.len().min(self.added.len()) == 0
            || self.removed.len() * self.added.len() > MOST * MOST
        {
            return Vec::new();
        }
        let pairs = self.pairs(is_same);
        let renamed = pairs
            .iter()
            .map(|(old, new)| {
                let (was, old) = self.removed[*old];
                let (is, new) = self.added[*new];
                (was, old, is, new)
            })
            .collect();
        let (olds, news): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        remove(&mut self.removed, &olds);
        remove(&mut self.added, &news);
        renamed
    }

    /// Takes out those that are the same, each with the one whose name is the most alike: as few as can be are gone, or new.
    pub(super) fn nearest(
        &mut self,
        is_same: impl Fn(&str, &str, Node<'d>, Node<'d>) -> bool,
    ) -> Vec<Pair<'d>> {
        // In any order of the document.
        self.removed.sort_unstable_by_key(|(name, _)| *name);
        self.added.sort_unstable_by_key(|(name, _)| *name);
        let mut pairs = Vec::new();
        self.removed.retain(|(was, old)| {
            let added = self.added.iter().enumerate().rev();
            let like = added.filter(|(_, (is, new))| is_same(was, is, *old, *new));
            let best = like.max_by_key(|(_, (is, _))| likeness(was, is));
            let Some(best) = best.map(|(number, _)| number) else {
                return true;
            };
            let (is, new) = self.added.remove(best);
            pairs.push((*was, *old, is, new));
            false
        });
        pairs
    }

    /// Those that are the same, by their numbers. Of several that are all the same, as many are gone as came, and each is
    /// the one whose name is the most alike.
    fn pairs(&self, is_same: impl Fn(Node<'d>, Node<'d>) -> bool) -> Vec<(usize, usize)> {
        let like: Vec<Vec<usize>> = self
            .removed
            .iter()
            .map(|(_, old)| {
                let added = self.added.iter().enumerate();
                let like = added.filter(|(_, (_, new))| is_same(*old, *new));
                like.map(|(number, _)| number).collect()
            })
            .collect();
        let mut groups: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for (number, like) in like.iter().enumerate() {
            groups.entry(like.clone()).or_default().push(number);
        }
        let users = |new: &usize| like.iter().filter(|like| like.contains(new)).count();
        let mut pairs = Vec::new();
        for (mut news, mut olds) in groups {
            if news.len() != olds.len() || news.iter().any(|new| users(new) != olds.len()) {
                continue;
            }
            // In any order of the document.
            olds.sort_unstable_by_key(|old| self.removed[*old].0);
            news.sort_unstable_by_key(|new| self.added[*new].0);
            for old in olds {
                let alike = |new: &usize| likeness(self.removed[old].0, self.added[*new].0);
                let best = (0..news.len()).rev().max_by_key(|at| alike(&news[*at]));
                pairs.extend(best.map(|at| (old, news.remove(at))));
            }
        }
        pairs.sort_unstable();
        pairs
    }
}

/// The number of characters that two names have in common at both ends.
pub(super) fn likeness(one: &str, other: &str) -> usize {
    let pairs = |one: &mut dyn Iterator<Item = char>, other: &mut dyn Iterator<Item = char>| {
        one.zip(other).take_while(|(a, b)| a == b).count()
    };
    pairs(&mut one.chars(), &mut other.chars())
        + pairs(&mut one.chars().rev(), &mut other.chars().rev())
}

fn remove<T>(list: &mut Vec<T>, numbers: &[usize]) {
    let mut number = 0;
    list.retain(|_| {
        number += 1;
        !numbers.contains(&(number - 1))
    });
}
