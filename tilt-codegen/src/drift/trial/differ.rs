//! Takes two documents apart into the pieces in which they differ. Members are paired by their keys, elements by what they
//! are; others, where an edit is known to be in both.

use super::merge::{Entry, Merge, Piece};
use super::places::{EditPlaces, within};
use crate::source::Node;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet};

/// A pair of values that pieces are in.
pub(super) struct Around {
    pub(super) around: Option<usize>,
    /// The edits that stand at one of the two, or inside.
    pub(super) edits: BTreeSet<usize>,
    /// It holds things that have nothing to do with each other.
    pub(super) is_collection: bool,
}

pub(super) struct Differ<'d, 'p> {
    places: &'p EditPlaces,
    pub(super) pieces: Vec<Piece<'d>>,
    pub(super) arounds: Vec<Around>,
}

/// The keys that lead to a pair of values, as far as they matter.
#[derive(Clone, Copy, Default)]
struct Path<'d> {
    first: &'d str,
    depth: usize,
}

impl<'d> Path<'d> {
    fn at(self, key: &'d str) -> Self {
        Path {
            first: if self.depth == 0 { key } else { self.first },
            depth: self.depth + 1,
        }
    }

    fn is_collection(self) -> bool {
        let most = match self.first {
            "paths" | "webhooks" | "channels" => 1,
            "components" => 2,
            _ => 0,
        };
        self.depth <= most
    }
}

/// Members or elements of both, of the old one, and of the new one, by their numbers.
#[derive(Default)]
struct Paired {
    /// Of those of the new one: the partner.
    partners: HashMap<usize, usize>,
    taken: HashSet<usize>,
}

impl Paired {
    fn pair(&mut self, old: usize, new: usize) {
        self.partners.insert(new, old);
        self.taken.insert(old);
    }
}

type Items<'d> = Vec<(&'d str, Node<'d>)>;

impl<'d, 'p> Differ<'d, 'p> {
    pub(super) fn new(places: &'p EditPlaces) -> Self {
        Differ {
            places,
            pieces: Vec::new(),
            arounds: Vec::new(),
        }
    }

    /// Two whole documents.
    pub(super) fn documents(&mut self, old: Node<'d>, new: Node<'d>) -> Merge<'d> {
        self.values(old, new, ["", ""], None, Path::default())
    }

    fn values(
        &mut self,
        old: Node<'d>,
        new: Node<'d>,
        keys: [&'d str; 2],
        around: Option<usize>,
        path: Path<'d>,
    ) -> Merge<'d> {
        if old.value == new.value {
            return Merge::Same(old.value);
        }
        let is_list = old.value.is_array();
        let are_alike = matches!(
            (old.value, new.value),
            (Value::Object(_), Value::Object(_)) | (Value::Array(_), Value::Array(_))
        );
        if !are_alike {
            let piece = self.piece(Some(old), Some(new), keys, around, false);
            let (old, new) = (old.value, new.value);
            return Merge::Whole { piece, old, new };
        }
        let here = self.arounds.len();
        self.arounds.push(Around {
            around,
            edits: BTreeSet::new(),
            is_collection: path.is_collection(),
        });
        self.found(here, self.places.at(Some(old), Some(new)));
        let (olds, news) = (items(old), items(new));
        let paired = match is_list {
            true => self.elements(&olds, &news),
            false => self.members(&olds, &news),
        };
        let entries = self.entries((olds, news), &paired, here, path);
        match is_list {
            true => Merge::List(entries),
            false => Merge::Object(entries),
        }
    }

    /// In the order of the old one, what is new after that which it follows.
    fn entries(
        &mut self,
        (olds, news): (Items<'d>, Items<'d>),
        paired: &Paired,
        here: usize,
        path: Path<'d>,
    ) -> Vec<Entry<'d>> {
        let mut after: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
        let (mut of, mut last) = (HashMap::new(), None);
        for number in 0..news.len() {
            match paired.partners.get(&number) {
                Some(old) => {
                    of.insert(*old, number);
                    last = Some(*old);
                }
                None => after.entry(last).or_default().push(number),
            }
        }
        let mut entries = Vec::new();
        for old in std::iter::once(None).chain((0..olds.len()).map(Some)) {
            if let Some((number, (key, value))) = old.map(|it| (it, olds[it])) {
                entries.push(match of.get(&number) {
                    Some(new) => self.both([(key, value), news[*new]], here, path),
                    None => {
                        let keys = [key, ""];
                        let piece = self.piece(Some(value), None, keys, Some(here), false);
                        let value = value.value;
                        Entry::Gone { piece, key, value }
                    }
                });
            }
            for (key, value) in after.remove(&old).into_iter().flatten().map(|it| news[it]) {
                let piece = self.piece(None, Some(value), ["", key], Some(here), false);
                let value = value.value;
                entries.push(Entry::Came { piece, key, value });
            }
        }
        entries
    }

    fn both(
        &mut self,
        [old, new]: [(&'d str, Node<'d>); 2],
        here: usize,
        path: Path<'d>,
    ) -> Entry<'d> {
        let keys = [old.0, new.0];
        let is_renamed = old.0 != new.0;
        let renamed =
            is_renamed.then(|| self.piece(Some(old.1), Some(new.1), keys, Some(here), true));
        Entry::Both {
            keys,
            renamed,
            value: self.values(old.1, new.1, keys, Some(here), path.at(old.0)),
        }
    }

    fn piece(
        &mut self,
        old: Option<Node<'d>>,
        new: Option<Node<'d>>,
        keys: [&'d str; 2],
        around: Option<usize>,
        is_name: bool,
    ) -> usize {
        let around = around.unwrap_or_default();
        // The inside of a renamed value is looked at by itself.
        if !is_name {
            self.found(around, within(self.places, old, new));
        }
        self.pieces.push(Piece {
            old,
            new,
            keys,
            around,
            is_name,
        });
        self.pieces.len() - 1
    }

    /// Edits are in all pairs that they are inside of.
    fn found(&mut self, at: usize, edits: BTreeSet<usize>) {
        let mut next = Some(at).filter(|_| !edits.is_empty());
        while let Some(around) = next.and_then(|it| self.arounds.get_mut(it)) {
            around.edits.extend(edits.iter().copied());
            next = around.around;
        }
    }

    fn members(&self, olds: &Items<'d>, news: &Items<'d>) -> Paired {
        let numbers: HashMap<&str, usize> = olds
            .iter()
            .enumerate()
            .map(|(number, (key, _))| (*key, number))
            .collect();
        let mut paired = Paired::default();
        for (number, (key, _)) in news.iter().enumerate() {
            if let Some(old) = numbers.get(key) {
                paired.pair(*old, number);
            }
        }
        self.by_edits(olds, news, &mut paired);
        paired
    }

    fn elements(&self, olds: &Items<'d>, news: &Items<'d>) -> Paired {
        let mut paired = Paired::default();
        pair_by(olds, news, &mut paired, |it| {
            Some(crate::drift::wire::canonical(it.value))
        });
        self.by_edits(olds, news, &mut paired);
        pair_by(olds, news, &mut paired, identity);
        // Elements that are left on both sides, as many, are in their places.
        let left = |count: usize, is_taken: &dyn Fn(usize) -> bool| -> Vec<usize> {
            (0..count).filter(|it| !is_taken(*it)).collect()
        };
        let was = left(olds.len(), &|it| paired.taken.contains(&it));
        let is = left(news.len(), &|it| paired.partners.contains_key(&it));
        if was.len() == is.len() {
            for (old, new) in was.into_iter().zip(is) {
                let [one, other] = [olds[old].1.value, news[new].1.value];
                if one.is_object() && other.is_object() {
                    paired.pair(old, new);
                }
            }
        }
        paired
    }

    /// Pairs those that have edits in common.
    fn by_edits(&self, olds: &Items<'d>, news: &Items<'d>, paired: &mut Paired) {
        let mut of_old: HashMap<usize, usize> = HashMap::new();
        for (number, (_, old)) in olds.iter().enumerate() {
            if !paired.taken.contains(&number) {
                let edits = within(self.places, Some(*old), None);
                of_old.extend(edits.into_iter().map(|edit| (edit, number)));
            }
        }
        if of_old.is_empty() {
            return;
        }
        for (number, (_, new)) in news.iter().enumerate() {
            if paired.partners.contains_key(&number) {
                continue;
            }
            let edits = within(self.places, None, Some(*new)).into_iter();
            let mut found = edits.filter_map(|edit| of_old.get(&edit).copied());
            if let Some(old) = found.find(|it| !paired.taken.contains(it)) {
                paired.pair(old, number);
            }
        }
    }
}

fn items<'d>(node: Node<'d>) -> Items<'d> {
    let elements = node.elements().map(|it| ("", it));
    node.members().chain(elements).collect()
}

/// Pairs those that have the same text, the first ones first.
fn pair_by<'d>(
    olds: &Items<'d>,
    news: &Items<'d>,
    paired: &mut Paired,
    text: impl Fn(Node<'d>) -> Option<String>,
) {
    let mut of_old: HashMap<String, Vec<usize>> = HashMap::new();
    for (number, (_, old)) in olds.iter().enumerate().rev() {
        if !paired.taken.contains(&number)
            && let Some(text) = text(*old)
        {
            of_old.entry(text).or_default().push(number);
        }
    }
    for (number, (_, new)) in news.iter().enumerate() {
        if paired.partners.contains_key(&number) {
            continue;
        }
        let found = text(*new).and_then(|text| of_old.get_mut(&text)?.pop());
        if let Some(old) = found {
            paired.pair(old, number);
        }
    }
}

/// The words that an element says of itself: a parameter's name and place, a server's URL, a reference.
fn identity(element: Node<'_>) -> Option<String> {
    let keys = ["$ref", "name", "in", "url", "title"];
    let words = keys.iter().filter_map(|key| element.get(key)?.as_str());
    let words: Vec<&str> = words.collect();
    (!words.is_empty()).then(|| words.join("\n"))
}
