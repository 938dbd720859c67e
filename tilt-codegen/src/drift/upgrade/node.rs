//! An item of an SDK, taken apart into what is compared.

use super::kind::Kind;
use crate::model::Presence;
use crate::place::Pointer;
use std::collections::{BTreeSet, HashSet};

/// A place that an item comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::drift) struct ItemPlace {
    pub(in crate::drift) document: ItemDocument,
    /// JSON pointer. A part of a schema that refers to others may stand in any of the places of its item.
    pub(in crate::drift) pointer: Pointer,
}

/// The document of a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::drift) enum ItemDocument {
    /// The one of operations; of an API that has none, that of events.
    Operations,
    /// AsyncAPI's.
    Events,
    /// By its name, as it was given.
    Named(String),
}

impl ItemPlace {
    /// A place in the document of the operations.
    pub(super) fn of_api(pointer: &Pointer) -> Self {
        Self {
            document: ItemDocument::Operations,
            pointer: pointer.clone(),
        }
    }

    /// A place in the document of the events, by the keys that lead to it.
    pub(super) fn of_events(keys: &[&str]) -> Self {
        Self {
            document: ItemDocument::Events,
            ..Self::at(keys)
        }
    }

    /// A place in that document, by the keys that lead to it.
    pub(super) fn at(keys: &[&str]) -> Self {
        Self::of_api(&Pointer::default()).inside(keys)
    }

    /// A place inside of this one.
    pub(super) fn inside(&self, keys: &[&str]) -> Self {
        let pointer = keys
            .iter()
            .fold(self.pointer.clone(), |at, key| at.child(key));
        Self {
            document: self.document.clone(),
            pointer,
        }
    }
}

/// An item, and the items inside of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// Its path in Rust.
    pub(super) path: String,
    /// Its place among the items of its kind around it: those of one slot are one item in both SDKs.
    pub(super) slot: String,
    /// Its name, that of a renamed item around it left aside.
    pub(super) name: String,
    /// The thing on the wire that it stands for: by it, items that no slot has in common are known again.
    pub(super) identity: Option<String>,
    pub(super) signature: Signature,
    pub(super) presence: Option<Presence>,
    /// The targets of the arguments that are given by position.
    pub(super) positions: Vec<String>,
    /// The meaning of it: with another one, programs compile and do something else.
    pub(super) meaning: Facts,
    /// Likewise where both SDKs say something. That one says nothing is no other meaning.
    pub(super) stated: Facts,
    pub(super) behaviour: Facts,
    pub(super) docs: String,
    pub(super) deprecated: bool,
    /// It is there with any of these features; always, where there are none.
    pub(super) features: BTreeSet<String>,
    pub(super) places: Vec<ItemPlace>,
    pub(super) children: Vec<Node>,
    /// Behaviour that follows from other things as well: it counts where nothing else differs, neither in this item nor in the types `depends`.
    pub(super) residue: Facts,
    /// Documentation of that kind.
    pub(super) residual_docs: Facts,
    /// Slots of types.
    pub(super) depends: BTreeSet<String>,
}

/// Facts by what they are about, sorted. There are few of an item, and many items.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts(Vec<(String, Fact)>);

impl Facts {
    pub(super) fn insert(&mut self, about: String, fact: Fact) {
        match self.position(&about) {
            Ok(at) => self.0[at].1 = fact,
            Err(at) => self.0.insert(at, (about, fact)),
        }
    }

    pub(super) fn get(&self, about: &str) -> Option<&Fact> {
        let at = self.position(about).ok()?;
        Some(&self.0[at].1)
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(about, _)| about)
    }

    pub(super) fn extend(&mut self, others: Facts) {
        for (about, fact) in others.0 {
            self.insert(about, fact);
        }
    }

    fn position(&self, about: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(other, _)| other.as_str().cmp(about))
    }

    fn is_same(&self, other: &Facts) -> bool {
        let mut pairs = self.0.iter().zip(&other.0);
        self.0.len() == other.0.len()
            && pairs.all(|((about, fact), (other, new))| about == other && fact.value == new.value)
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) value: String,
    /// Places that are more exact than the item's.
    pub(super) places: Vec<ItemPlace>,
}

impl Fact {
    pub(super) fn new(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            places: Vec::new(),
        }
    }

    pub(super) fn at(value: impl Into<String>, place: ItemPlace) -> Self {
        Self {
            value: value.into(),
            places: vec![place],
        }
    }
}

/// An item as the compiler sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Signature {
    /// As users read it.
    pub(super) shown: String,
    pub(super) parts: Vec<Part>,
}

/// A type in a signature.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// Renamed types by their old names.
    pub(super) ty: String,
    /// The same with aliases replaced by what they stand for.
    pub(super) expanded: String,
    /// Whether anything is taken that is `Into` it.
    pub(super) into: bool,
    /// Expanded types that are `Into` it.
    pub(super) from: BTreeSet<String>,
    /// The slots of the types that it names.
    pub(super) named: BTreeSet<String>,
    /// Whether its type may become any other: nobody names it.
    pub(super) unnamed: bool,
}

/// The difference of one signature from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Difference {
    None,
    /// Programs that compiled do so still.
    Widened,
    Changed,
}

impl Part {
    pub(super) fn difference(&self, new: &Part, reshaped: &HashSet<String>) -> Difference {
        let is_same = self.ty == new.ty || self.expanded == new.expanded;
        if is_same && self.named.iter().any(|it| reshaped.contains(it)) {
            return Difference::None;
        }
        match (is_same, self.into, new.into) {
            (true, before, after) if before == after && self.from == new.from => Difference::None,
            (true, before, after) if after || !before => match self.from.is_subset(&new.from) {
                true => Difference::Widened,
                false => Difference::Changed,
            },
            (true, ..) => Difference::Changed,
            (false, ..) if self.unnamed => Difference::Widened,
            (false, ..) if new.from.contains(&self.expanded) => Difference::Widened,
            (false, ..) => Difference::Changed,
        }
    }
}

impl Signature {
    /// `reshaped` are types that have become another kind of type: how they are taken follows from it.
    pub(super) fn difference(&self, new: &Signature, reshaped: &HashSet<String>) -> Difference {
        if self.parts.len() != new.parts.len() {
            return Difference::Changed;
        }
        let parts = self.parts.iter().zip(&new.parts);
        let differences = parts.map(|(old, new)| old.difference(new, reshaped));
        differences.max().unwrap_or(Difference::None)
    }

    /// Of a word that is compared as it is.
    pub(super) fn word(shown: impl Into<String>) -> Self {
        let shown = shown.into();
        Self {
            parts: vec![Part::word(&shown)],
            shown,
        }
    }
}

impl Part {
    pub(super) fn word(text: &str) -> Self {
        Self {
            ty: text.to_owned(),
            expanded: text.to_owned(),
            ..Self::default()
        }
    }
}

impl Node {
    /// The slots of the types that it depends on, and of those in its signature.
    pub(super) fn named(&self) -> impl Iterator<Item = &String> {
        let of_signature = self.signature.parts.iter().flat_map(|it| &it.named);
        self.depends.iter().chain(of_signature)
    }

    /// The event that it is, or is about, as it is called on the wire.
    pub(super) fn event(&self) -> Option<&str> {
        match self.kind {
            Kind::Event | Kind::AccessorEvent => self.identity.as_deref(),
            _ => None,
        }
    }

    /// An item that is known by its name.
    pub(super) fn new(kind: Kind, path: impl Into<String>, name: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            kind,
            path: path.into(),
            slot: name.clone(),
            name,
            ..Self::default()
        }
    }

    /// An item of which there is one in what is around it, whatever it is called.
    pub(super) fn only(kind: Kind, path: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            slot: String::new(),
            ..Self::new(kind, path, name)
        }
    }

    /// Two are the same where nothing would be told of them, nor of their parts: they differ in their places at most.
    pub(super) fn is_same(&self, new: &Node) -> bool {
        let Node {
            kind,
            path,
            slot,
            name,
            identity,
            signature,
            presence,
            positions,
            meaning,
            stated,
            behaviour,
            docs,
            deprecated,
            features,
            places: _,
            children,
            residue,
            residual_docs,
            depends,
        } = self;
        let known = (kind, path, slot, name, identity, docs);
        let plain = (presence, positions, deprecated, features, depends);
        let facts = [meaning, stated, behaviour, residue, residual_docs];
        let others = [
            &new.meaning,
            &new.stated,
            &new.behaviour,
            &new.residue,
            &new.residual_docs,
        ];
        let mut facts = facts.into_iter().zip(others);
        let mut inner = children.iter().zip(&new.children);
        let is_known = (
            &new.kind,
            &new.path,
            &new.slot,
            &new.name,
            &new.identity,
            &new.docs,
        );
        let is_plain = (
            &new.presence,
            &new.positions,
            &new.deprecated,
            &new.features,
            &new.depends,
        );
        known == is_known
            && plain == is_plain
            && *signature == new.signature
            && facts.all(|(old, new)| old.is_same(new))
            && children.len() == new.children.len()
            && inner.all(|(old, new)| old.is_same(new))
    }

    pub(super) fn meaning(&mut self, about: &str, value: impl Into<String>) {
        self.meaning.insert(about.to_owned(), Fact::new(value));
    }

    pub(super) fn behaviour(&mut self, about: &str, value: impl Into<String>) {
        self.behaviour.insert(about.to_owned(), Fact::new(value));
    }
}
