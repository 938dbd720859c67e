//! The comparison of two trees of items.

use super::Change;
use super::kind::{Kind, Told};
use super::made_of::{self, Part};
use super::matched::pairs;
use super::node::{Difference, Fact, Facts, ItemPlace, Node};
use crate::drift::finding::{Bump, Effect, ItemChange};
use crate::model::Presence;
use std::collections::{BTreeSet, HashMap, HashSet};

pub(super) fn compare(old: &Node, new: &Node) -> Vec<Change> {
    let mut comparison = Comparison {
        // The first features make everything depend on one of them, which is one change.
        features: has_features(old) == has_features(new),
        places_of_features: [old, new]
            .into_iter()
            .flat_map(places_of_features)
            .collect(),
        changes: Vec::new(),
        changed: HashSet::new(),
        reshaped: reshaped(old, new),
        events: HashSet::new(),
        made_of: Vec::new(),
        asked: Vec::new(),
        residues: Vec::new(),
    };
    if !comparison.features {
        let (before, after) = match has_features(new) {
            true => (None, Some("with features")),
            false => (Some("with features"), None),
        };
        let bump = if before.is_none() {
            Bump::Major
        } else {
            Bump::Minor
        };
        let item = change(&old.path, Effect::FeatureChanged, bump, before, after);
        let places = (&*places_of_features(old), &*places_of_features(new));
        comparison.tell(item, (Some(old), Some(new)), places);
    }
    comparison.pair(old, new, &Around::default());
    comparison.residues();
    let mut changes = comparison.changes;
    changes.sort_by(|one, other| {
        let key = |it: &Change| (it.item.item.clone(), it.item.effect);
        key(one).cmp(&key(other))
    });
    changes
}

fn features(node: &Node) -> impl Iterator<Item = &Node> {
    node.children.iter().filter(|it| it.kind == Kind::Feature)
}

fn has_features(node: &Node) -> bool {
    features(node).next().is_some()
}

fn places_of_features(node: &Node) -> Vec<ItemPlace> {
    features(node).flat_map(|it| it.places.clone()).collect()
}

struct Comparison<'n> {
    features: bool,
    places_of_features: Vec<ItemPlace>,
    changes: Vec<Change>,
    /// The slots of types of which something is told.
    changed: HashSet<String>,
    /// The slots of types that have become another kind of type.
    reshaped: HashSet<String>,
    /// The kinds of events that both have.
    events: HashSet<&'n str>,
    /// The parts that make another item of what is told now.
    made_of: Vec<Part>,
    /// The properties that the type asks for, before or after, alone.
    asked: Vec<Part>,
    /// All pairs, and what is told of them so far.
    residues: Vec<Residue<'n>>,
}

/// A pair of items, of which there may be more to tell.
struct Residue<'n> {
    old: &'n Node,
    new: &'n Node,
    /// Something is told of it.
    own: bool,
    /// Something is told of it, or of what is in it.
    any: bool,
}

/// The things around a pair of items that bear on it.
#[derive(Clone, Copy, Default)]
struct Around<'n> {
    renamed: bool,
    /// Its signature is another one.
    changed: bool,
    /// The properties of new fields as the old ones have them.
    moved: Option<&'n HashMap<&'n str, &'n str>>,
}

impl<'n> Comparison<'n> {
    fn tell(
        &mut self,
        change: ItemChange,
        nodes: (Option<&Node>, Option<&Node>),
        (old, new): (&[ItemPlace], &[ItemPlace]),
    ) {
        let both = || nodes.0.into_iter().chain(nodes.1);
        self.changes.push(Change {
            item: change,
            old: old.to_vec(),
            new: new.to_vec(),
            made_of: self.made_of.clone(),
            depends: both().flat_map(Node::named).cloned().collect(),
            event: both().find_map(Node::event).map(str::to_owned),
        });
    }

    fn told(
        &mut self,
        old: &Node,
        new: &Node,
        (effect, bump): (Effect, Bump),
        before: Option<&str>,
        after: Option<&str>,
    ) {
        let item = change(&old.path, effect, bump, before, after);
        self.tell(item, (Some(old), Some(new)), (&old.places, &new.places));
    }

    /// Compares two items that are one.
    fn pair(&mut self, old: &'n Node, new: &'n Node, around: &Around<'_>) {
        let before = self.changes.len();
        let renamed = self.name(old, new, around);
        self.made_of = match old.kind {
            Kind::Method => made_of::of_method(old, new),
            kind if made_of::is_way(kind) => self.asked.clone(),
            _ => Vec::new(),
        };
        let changed = self.signature(old, new, around);
        self.made_of.clear();
        // They follow from its type.
        if !changed || old.kind == Kind::Method {
            self.meaning(old, new);
            let behaviour = differing(&old.behaviour, &new.behaviour);
            self.facts(old, new, behaviour, (Effect::BehaviourOnly, Bump::Patch));
        }
        self.deprecation(old, new);
        self.condition(old, new);
        let own = self.changes.len() > before;
        if old.kind == Kind::Events {
            self.events = events(old).intersection(&events(new)).copied().collect();
        }
        let pairs = pairs(&old.children, &new.children);
        let moved: HashMap<&str, &str> = pairs
            .both
            .iter()
            .filter(|(old, _)| old.kind == Kind::Field)
            .filter_map(|(old, new)| Some((new.identity.as_deref()?, old.identity.as_deref()?)))
            .collect();
        let inside = Around {
            renamed: renamed || around.renamed && old.kind.follows(),
            changed,
            moved: Some(&moved),
        };
        if old.kind == Kind::Type {
            self.asked = made_of::of_type(old, new);
        }
        // Of another kind of type, everything is another: that is told.
        if !(changed && old.kind == Kind::Type) {
            for (old, new) in pairs.both {
                self.pair(old, new, &inside);
            }
            let ways = |all: Vec<&'n Node>| -> [Vec<&'n Node>; 2] {
                let (ways, rest) = all.into_iter().partition(|it| made_of::is_way(it.kind));
                [ways, rest]
            };
            let ([gone_ways, gone], [ways, came]) = (ways(pairs.gone), ways(pairs.came));
            self.made_of = self.asked.clone();
            self.come_and_go(old, gone_ways, ways);
            self.made_of.clear();
            self.come_and_go(old, gone, came);
        }
        let any = self.changes.len() > before;
        if any && old.kind == Kind::Type {
            self.changed.insert(old.slot.clone());
        }
        self.residues.push(Residue { old, new, own, any });
    }

    fn name(&mut self, old: &Node, new: &Node, around: &Around<'_>) -> bool {
        if old.name == new.name {
            return false;
        }
        if !old.kind.is_named() {
            let told = (Effect::DocsOnly, Bump::Patch);
            self.told(old, new, told, Some(&old.name), Some(&new.name));
        } else if !(around.renamed && old.kind.follows()) {
            let told = (Effect::Renamed, Bump::Major);
            self.told(old, new, told, Some(&old.path), Some(&new.path));
        }
        true
    }

    /// Compares what the compiler sees; whether programs that use it fail, or may.
    fn signature(&mut self, old: &Node, new: &Node, around: &Around<'_>) -> bool {
        let shown = (
            Some(old.signature.shown.as_str()),
            Some(new.signature.shown.as_str()),
        );
        let difference = match old.kind {
            // Its type is the field's.
            Kind::Setter | Kind::NewArgument if around.changed => Difference::None,
            Kind::New | Kind::Required => {
                return self.construction(old, new, around);
            }
            _ => old.signature.difference(&new.signature, &self.reshaped),
        };
        let effect = old.kind.changes();
        match difference {
            Difference::None => {}
            Difference::Widened => {
                self.told(old, new, (effect, Bump::Minor), shown.0, shown.1);
                return false;
            }
            Difference::Changed => {
                self.told(old, new, (effect, Bump::Major), shown.0, shown.1);
                return true;
            }
        }
        if old.presence == new.presence {
            return false;
        }
        let effect = match old.presence {
            Some(Presence::Required) => Effect::NowOptional,
            _ => Effect::TypeChanged,
        };
        // Both are an `Option`: programs compile.
        let is_option =
            |it: &Node| matches!(it.presence, Some(Presence::Optional | Presence::Nullable));
        let keeps = is_option(old) && is_option(new);
        let bump = if keeps { Bump::Minor } else { Bump::Major };
        self.told(old, new, (effect, bump), shown.0, shown.1);
        !keeps
    }

    /// Compares what is asked for when a value is made. The types are those of fields, which are compared there.
    fn construction(&mut self, old: &Node, new: &Node, around: &Around<'_>) -> bool {
        let moved = |wire: &'_ String| -> String {
            let before = around.moved.and_then(|it| it.get(wire.as_str()));
            before.map_or_else(|| wire.clone(), |it| (*it).to_owned())
        };
        let mut positions: Vec<String> = new.positions.iter().map(moved).collect();
        let mut before = old.positions.clone();
        if old.kind == Kind::Required {
            positions.sort();
            before.sort();
        }
        if positions == before {
            return false;
        }
        let is_same = old.signature.difference(&new.signature, &self.reshaped) == Difference::None;
        let effect = match old.kind {
            Kind::New if is_same => Effect::SilentlyDifferent,
            _ => Effect::SignatureChanged,
        };
        let (before, after) = (&old.signature.shown, &new.signature.shown);
        self.told(old, new, (effect, Bump::Major), Some(before), Some(after));
        true
    }

    fn meaning(&mut self, old: &Node, new: &Node) {
        let silent = (Effect::SilentlyDifferent, Bump::Major);
        self.facts(old, new, differing(&old.meaning, &new.meaning), silent);
        let stated = differing(&old.stated, &new.stated);
        let (both, one) = stated
            .into_iter()
            .partition(|(_, old, new)| old.is_some() && new.is_some());
        self.facts(old, new, both, silent);
        let one: Vec<_> = one;
        self.facts(old, new, one, (Effect::BehaviourOnly, Bump::Patch));
    }

    fn facts(&mut self, old: &Node, new: &Node, facts: Vec<Differing<'_>>, told: (Effect, Bump)) {
        for (about, before, after) in facts {
            let text = |fact: Option<&Fact>| fact.map(|it| format!("{about}: {}", it.value));
            let (was, is) = (text(before), text(after));
            let item = change(&old.path, told.0, told.1, was.as_deref(), is.as_deref());
            let places = |fact: Option<&Fact>, node: &Node| {
                let own = fact.map(|it| it.places.clone()).unwrap_or_default();
                [own, node.places.clone()].concat()
            };
            let (was, is) = (places(before, old), places(after, new));
            self.tell(item, (Some(old), Some(new)), (&was, &is));
        }
    }

    fn deprecation(&mut self, old: &Node, new: &Node) {
        if old.deprecated != new.deprecated {
            let (before, after, bump) = match new.deprecated {
                true => (None, Some("deprecated"), Bump::Minor),
                false => (Some("deprecated"), None, Bump::Patch),
            };
            self.told(old, new, (Effect::Deprecated, bump), before, after);
        }
    }

    fn condition(&mut self, old: &Node, new: &Node) {
        if !self.features || old.features == new.features {
            return;
        }
        // Always is with any feature, and without one.
        let keeps = new.features.is_empty()
            || !old.features.is_empty() && old.features.is_subset(&new.features);
        let bump = if keeps { Bump::Minor } else { Bump::Major };
        let text = |features: &BTreeSet<String>| match features.is_empty() {
            true => "always".to_owned(),
            false => {
                let each: Vec<&str> = features.iter().map(String::as_str).collect();
                format!("with {}", each.join(" or "))
            }
        };
        let (before, after) = (text(&old.features), text(&new.features));
        let told = (Effect::FeatureChanged, bump);
        self.told(old, new, told, Some(&before), Some(&after));
    }

    fn come_and_go(&mut self, old: &Node, gone: Vec<&Node>, came: Vec<&Node>) {
        // A program that has none of the ways that are left cannot authenticate.
        let is_way = |it: &&Node| it.kind == Kind::Authentication;
        let lost = gone.iter().filter(|it| is_way(it)).count();
        let is_locked = lost > 0 && lost == old.children.iter().filter(is_way).count();
        for node in gone {
            let told = match is_way(&node) && is_locked {
                true => Some((Effect::SilentlyDifferent, Bump::Major)),
                false => node.kind.comes_and_goes().1,
            };
            self.alone(node, told, false);
            if node.kind.tells_inside() {
                node.children
                    .iter()
                    .for_each(|it| self.alone(it, it.kind.comes_and_goes().1, false));
            }
        }
        for node in came.into_iter().filter(|it| !(is_locked && is_way(it))) {
            self.alone(node, node.kind.comes_and_goes().0, true);
            if node.kind.tells_inside() {
                node.children
                    .iter()
                    .for_each(|it| self.alone(it, it.kind.comes_and_goes().0, true));
            }
        }
    }

    /// An item that one of the SDKs has.
    fn alone(&mut self, node: &Node, told: Told, is_new: bool) {
        // Events that came or went are told themselves.
        let follows = node.kind == Kind::AccessorEvent
            && node
                .event()
                .is_some_and(|event| !self.events.contains(event));
        let Some((effect, bump)) = told.filter(|_| !follows) else {
            return;
        };
        let shown = Some(node.signature.shown.as_str()).filter(|it| !it.is_empty());
        let (before, after) = if is_new { (None, shown) } else { (shown, None) };
        let item = change(&node.path, effect, bump, before, after);
        // The first ones come with any, as the last ones go.
        let places = match node.kind == Kind::Feature && !self.features {
            true => self.places_of_features.clone(),
            false => node.places.clone(),
        };
        match is_new {
            true => self.tell(item, (None, Some(node)), (&[], &places)),
            false => self.tell(item, (Some(node), None), (&places, &[])),
        }
    }

    /// Tells what differs where nothing else does.
    fn residues(&mut self) {
        for Residue { old, new, own, any } in std::mem::take(&mut self.residues) {
            let depends = old.depends.iter().chain(&new.depends);
            let follows = depends.into_iter().any(|it| self.changed.contains(it));
            let before = self.changes.len();
            if !any && !follows {
                let facts = differing(&old.residue, &new.residue);
                self.facts(old, new, facts, (Effect::BehaviourOnly, Bump::Patch));
            }
            let is_told = |it: &Self| own || it.changes.len() > before;
            // They speak of all that is told before.
            let told = (Effect::DocsOnly, Bump::Patch);
            if old.docs != new.docs && !is_told(self) {
                self.told(old, new, told, Some(&old.docs), Some(&new.docs));
            }
            // That of the crate is about the whole, and follows from nothing in it.
            let is_of_crate = old.kind == Kind::Crate;
            if is_of_crate || !any && !follows && !is_told(self) {
                let facts = differing(&old.residual_docs, &new.residual_docs);
                self.facts(old, new, facts, told);
            }
        }
    }
}

/// The types that have become another kind of type.
fn reshaped(old: &Node, new: &Node) -> HashSet<String> {
    let pairs = pairs(&old.children, &new.children).both.into_iter();
    let types = pairs.filter(|(old, _)| old.kind == Kind::Type);
    let none = HashSet::new();
    let reshaped = types
        .filter(|(old, new)| old.signature.difference(&new.signature, &none) != Difference::None);
    reshaped.map(|(old, _)| old.slot.clone()).collect()
}

/// The kinds of events.
fn events(node: &Node) -> HashSet<&str> {
    let kinds = node.children.iter().filter(|it| it.kind == Kind::Event);
    kinds.filter_map(|it| it.identity.as_deref()).collect()
}

fn change(
    item: &str,
    effect: Effect,
    bump: Bump,
    before: Option<&str>,
    after: Option<&str>,
) -> ItemChange {
    // Documentation that is empty is none.
    let text = |text: Option<&str>| text.filter(|it| !it.is_empty()).map(str::to_owned);
    ItemChange {
        item: item.to_owned(),
        effect,
        bump,
        before: text(before),
        after: text(after),
    }
}

/// A fact by what it is about, before, and after.
type Differing<'f> = (&'f str, Option<&'f Fact>, Option<&'f Fact>);

fn differing<'f>(old: &'f Facts, new: &'f Facts) -> Vec<Differing<'f>> {
    let all: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let all = all
        .into_iter()
        .map(|about| (about.as_str(), old.get(about), new.get(about)));
    let value = |fact: Option<&'f Fact>| fact.map(|it| it.value.as_str());
    all.filter(|(_, old, new)| value(*old) != value(*new))
        .collect()
}
