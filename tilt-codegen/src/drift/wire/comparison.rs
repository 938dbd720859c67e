//! The walk through two states of the documents at once, object by object. References are not followed where both lead
//! to what has the same name: that is compared at its own place, once.

use super::edit::{Edit, Owner, Seen, Site, Way};
use super::reach::Reach;
use super::same::{Renames, same};
use super::side::Side;
use super::{operations, schema, shown};
use crate::drift::Direction;
use crate::drift::grammar::{Form, Kind, Member, Turn};
use crate::drift::rules::{Action, Subject, rule};
use crate::place::Pointer;
use crate::source::{Node, NodeKey};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

/// The walk, and what it found.
pub(super) struct Comparison<'d> {
    reach: &'d (Reach, Reach),
    /// The path that is being compared.
    pub(super) around: operations::Around<'d>,
    pub(super) old: Side<'d>,
    pub(super) new: Side<'d>,
    pub(super) renames: Renames,
    /// Whether equal values say the same: everything that they refer to is compared anyway.
    pub(super) is_bundled: bool,
    visited: HashSet<(NodeKey, NodeKey)>,
    queue: VecDeque<(Kind, Node<'d>, Node<'d>, Site)>,
    owners: HashMap<Owner, usize>,
    pub(super) owner_list: Vec<Owner>,
    pub(super) edits: Vec<Edit<'d>>,
    /// The edits between a definition and what stands in its place elsewhere: the same at each of its uses.
    pub(super) replaced: HashMap<(NodeKey, String), Vec<usize>>,
}

/// A difference, in the words of the table.
pub(super) struct Difference<'m> {
    pub(super) kind: Kind,
    pub(super) member: &'m str,
    pub(super) action: Action,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// A way on which the part does not travel.
    pub(super) not: Option<Direction>,
}

impl<'m> Difference<'m> {
    pub(super) fn new(kind: Kind, member: &'m str, action: Action) -> Difference<'m> {
        Difference {
            kind,
            member,
            action,
            before: None,
            after: None,
            not: None,
        }
    }

    pub(super) fn from(self, before: impl Into<String>) -> Self {
        Difference {
            before: Some(before.into()),
            ..self
        }
    }

    pub(super) fn to(self, after: impl Into<String>) -> Self {
        Difference {
            after: Some(after.into()),
            ..self
        }
    }
}

impl<'d> Comparison<'d> {
    pub(super) fn new(old: Side<'d>, new: Side<'d>, reach: &'d (Reach, Reach)) -> Comparison<'d> {
        Comparison {
            reach,
            around: operations::Around::default(),
            old,
            new,
            renames: Renames::new(),
            is_bundled: old.is_bundled() && new.is_bundled(),
            visited: HashSet::new(),
            queue: VecDeque::new(),
            owners: HashMap::new(),
            owner_list: Vec::new(),
            edits: Vec::new(),
            replaced: HashMap::new(),
        }
    }

    /// Everything that was put off, until there is nothing.
    pub(super) fn finish(&mut self) {
        while let Some((kind, old, new, site)) = self.queue.pop_front() {
            self.whole(kind, old, new, &site);
        }
    }

    pub(super) fn edit(
        &mut self,
        difference: Difference<'_>,
        old: Node<'d>,
        new: Node<'d>,
        site: &Site,
    ) -> usize {
        let seen = self.seen(site);
        let Difference {
            kind,
            member,
            action,
            before,
            after,
            not,
        } = difference;
        self.edits.push(Edit {
            rule: rule(kind, member, action),
            address: site.address.clone(),
            subject: site.subject,
            seen: BTreeSet::from([seen]),
            not,
            old,
            new,
            before,
            after,
        });
        self.edits.len() - 1
    }

    pub(super) fn seen(&mut self, site: &Site) -> Seen {
        let next = self.owner_list.len();
        let owner = *self.owners.entry(site.owner).or_insert(next);
        if owner == next {
            self.owner_list.push(site.owner);
        }
        Seen {
            owner,
            way: site.way,
        }
    }

    pub(super) fn same(&self, old: Node<'d>, new: Node<'d>) -> bool {
        same(old.value, new.value, &self.renames)
    }

    /// Whether two references lead to one definition: it has the same name, or has another now.
    pub(super) fn is_one(&self, old: &str, new: &str) -> bool {
        super::same::same_reference(old, new, &self.renames)
    }

    /// Two objects that stand at one place, or references to them.
    pub(super) fn pair(&mut self, kind: Kind, old: Node<'d>, new: Node<'d>, site: &Site) {
        if self.is_bundled && self.same(old, new) {
            return;
        }
        if kind == Kind::Schema {
            return schema::schemas(self, old, new, site);
        }
        match (self.old.reference(old), self.new.reference(new)) {
            (Some((was, old_target)), Some((is, new_target))) if self.is_one(was, is) => {
                self.definition(kind, old_target, new_target, site.subject, address_of(is));
                for key in ["summary", "description"] {
                    self.text(kind, key, old.get(key), new.get(key), (old, new), site);
                }
            }
            (None, None) => self.whole(kind, old, new, site),
            _ => {
                let (old, new) = (self.old.follow(old), self.new.follow(new));
                self.whole(kind, old, new, site);
            }
        }
    }

    /// Whether an operation or an event has it.
    pub(super) fn is_used(&self, node: Node<'d>) -> bool {
        let (old, new) = self.reach;
        old.is_reached(node.key()) || new.is_reached(node.key())
    }

    /// Schemes as the new documents call them.
    pub(super) fn renamed_schemes<T>(
        &self,
        schemes: std::collections::BTreeMap<String, T>,
    ) -> std::collections::BTreeMap<String, T>
    where
        std::collections::BTreeMap<String, T>: FromIterator<(String, T)>,
    {
        let renamed = schemes.into_iter().map(|(name, scopes)| {
            let name = self.renames.get(&name).cloned().unwrap_or(name);
            (name, scopes)
        });
        renamed.collect()
    }

    /// A component, or another definition, is compared at its own place, once.
    pub(super) fn definition(
        &mut self,
        kind: Kind,
        old: Node<'d>,
        new: Node<'d>,
        subject: Subject,
        address: Pointer,
    ) {
        if self.visited.contains(&(old.key(), new.key())) || self.is_bundled && self.same(old, new)
        {
            return;
        }
        let site = Site {
            owner: Owner::default(),
            way: Way::Own,
            is_called_back: kind == Kind::Callback,
            subject,
            address,
            required: [false; 2],
        };
        let site = site.owned(Some(old), Some(new));
        self.queue.push_back((kind, old, new, site));
    }

    /// Two objects, neither of which is a reference.
    fn whole(&mut self, kind: Kind, old: Node<'d>, new: Node<'d>, site: &Site) {
        if !self.visited.insert((old.key(), new.key())) {
            return;
        }
        if self.is_bundled && self.same(old, new) {
            return;
        }
        match kind {
            Kind::Schema => schema::schemas(self, old, new, site),
            Kind::Callback => operations::callback(self, old, new, site),
            Kind::PathItem => {
                let before = operations::enter(self, old, new, site);
                self.members(kind, old, new, site);
                self.around = before;
            }
            _ => self.members(kind, old, new, site),
        }
    }

    fn members(&mut self, kind: Kind, old: Node<'d>, new: Node<'d>, site: &Site) {
        let added = new.members().filter(|(key, _)| old.get(key).is_none());
        let keys: Vec<&'d str> = old.members().chain(added).map(|(key, _)| key).collect();
        for key in keys {
            let parts = (old.get(key), new.get(key));
            match kind.member(key) {
                Some(member) => self.member(kind, member, parts, (old, new), site),
                None => self.extra(kind, key, parts, (old, new), site),
            }
        }
        operations::inherited(self, kind, old, new, site);
    }

    /// A member that no specification defines.
    pub(super) fn extra(
        &mut self,
        kind: Kind,
        key: &'d str,
        parts: (Option<Node<'d>>, Option<Node<'d>>),
        around: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let (old, new) = parts;
        let action = match parts {
            (Some(old), Some(new)) if self.same(old, new) => return,
            (Some(_), Some(_)) => Action::Changed,
            (None, Some(_)) => Action::Added,
            (Some(_), None) => Action::Removed,
            (None, None) => return,
        };
        let shown = |node: Option<Node<'d>>| node.map(|node| shown::value(node.value));
        let missing = || Some("nothing".to_owned());
        let is_known = (kind, key) == (Kind::Operation, "x-sunset");
        let (kind, member, action) = match () {
            () if is_known => (kind, key, action),
            () if key.starts_with("x-") => (Kind::Info, "x-", Action::Changed),
            () => (kind, key, action),
        };
        let difference = Difference {
            before: shown(old).or_else(missing),
            after: shown(new).or_else(missing),
            ..Difference::new(kind, member, action)
        };
        let site = match is_known {
            true => site.clone(),
            false => site.at(key),
        };
        let (old, new) = (old.unwrap_or(around.0), new.unwrap_or(around.1));
        self.edit(difference, old, new, &site);
    }

    fn member(
        &mut self,
        kind: Kind,
        member: &'static Member,
        parts: (Option<Node<'d>>, Option<Node<'d>>),
        around: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let site = &turned(site, member.turn);
        let key = member.key;
        match member.form {
            Form::Text => self.text(kind, key, parts.0, parts.1, around, site),
            Form::Value => self.value(kind, member, parts, around, site),
            Form::Names => self.names(kind, key, parts, around, site),
            Form::Keys => self.keys(kind, key, parts, around, site),
            Form::One(inner) => self.one(kind, member, inner, parts, around, site),
            Form::Map(inner) => super::maps::map(self, kind, key, inner, parts, around, site),
            Form::List(inner) => super::maps::list(self, kind, key, inner, parts, around, site),
            Form::Messages => super::messages::messages(self, parts, around, site),
            Form::Inherited => {}
        }
    }

    /// Words for people.
    pub(super) fn text(
        &mut self,
        kind: Kind,
        key: &str,
        old: Option<Node<'d>>,
        new: Option<Node<'d>>,
        around: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let is_same = match (old, new) {
            (Some(old), Some(new)) => self.same(old, new),
            (None, None) => true,
            _ => false,
        };
        if !is_same {
            let difference = Difference::new(kind, key, Action::Reworded).from(format!("`{key}`"));
            let (old, new) = (old.unwrap_or(around.0), new.unwrap_or(around.1));
            let site = Site {
                address: site.address.clone(),
                ..site.at(key)
            };
            self.edit(difference, old, new, &site);
        }
    }

    fn value(
        &mut self,
        kind: Kind,
        member: &'static Member,
        parts: (Option<Node<'d>>, Option<Node<'d>>),
        around: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        if operations::is_identity(kind, member.key, parts, around) {
            return;
        }
        let stated = |part: Option<Node<'d>>, object: Node<'d>| -> Option<Value> {
            let default = || operations::default(kind, member, object);
            part.map(|node| node.value.clone()).or_else(default)
        };
        let old = stated(parts.0, around.0);
        let new = stated(parts.1, around.1);
        let action = match (&old, &new) {
            (Some(old), Some(new)) if same(old, new, &self.renames) => return,
            (Some(Value::Bool(_)), Some(Value::Bool(is))) if member.is_flag() => match is {
                true => Action::Set,
                false => Action::Unset,
            },
            (Some(_), Some(_)) => Action::Changed,
            (None, Some(_)) => Action::Added,
            (Some(_), None) => Action::Removed,
            (None, None) => return,
        };
        let difference = Difference {
            before: old.as_ref().map(shown::value),
            after: new.as_ref().map(shown::value),
            ..Difference::new(kind, member.key, action)
        };
        let (old, new) = (parts.0.unwrap_or(around.0), parts.1.unwrap_or(around.1));
        self.edit(difference, old, new, site);
    }

    /// A set of texts.
    fn names(
        &mut self,
        kind: Kind,
        key: &str,
        parts: (Option<Node<'d>>, Option<Node<'d>>),
        around: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let all = |part: Option<Node<'d>>| -> BTreeSet<&'d str> {
            let elements = part.into_iter().flat_map(|list| list.elements());
            elements.filter_map(|name| name.as_str()).collect()
        };
        self.sets(kind, key, (all(parts.0), all(parts.1)), parts, around, site);
    }

    /// A map in which the keys count, and the values are words.
    fn keys(
        &mut self,
        kind: Kind,
        key: &str,
        parts: (Option<Node<'d>>, Option<Node<'d>>),
        around: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let all = |part: Option<Node<'d>>| -> BTreeSet<&'d str> {
            let members = part.into_iter().flat_map(|map| map.members());
            members.map(|(key, _)| key).collect()
        };
        self.sets(kind, key, (all(parts.0), all(parts.1)), parts, around, site);
        if let (Some(old), Some(new)) = parts {
            for (name, was) in old.members() {
                if let Some(is) = new.get(name) {
                    self.text(kind, name, Some(was), Some(is), (was, is), site);
                }
            }
        }
    }

    fn sets(
        &mut self,
        kind: Kind,
        key: &str,
        (old, new): (BTreeSet<&str>, BTreeSet<&str>),
        parts: (Option<Node<'d>>, Option<Node<'d>>),
        around: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let codes = |names: Vec<&&str>| {
            let names: Vec<String> = names.into_iter().map(|name| shown::code(name)).collect();
            names.join(", ")
        };
        let places = (parts.0.unwrap_or(around.0), parts.1.unwrap_or(around.1));
        let added: Vec<_> = new.difference(&old).collect();
        if !added.is_empty() {
            let difference = Difference::new(kind, key, Action::ValueAdded).to(codes(added));
            self.edit(difference, places.0, places.1, site);
        }
        let removed: Vec<_> = old.difference(&new).collect();
        if !removed.is_empty() {
            let difference = Difference::new(kind, key, Action::ValueRemoved).from(codes(removed));
            self.edit(difference, places.0, places.1, site);
        }
    }

    fn one(
        &mut self,
        kind: Kind,
        member: &'static Member,
        inner: Kind,
        parts: (Option<Node<'d>>, Option<Node<'d>>),
        around: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let key = member.key;
        let inside = match (kind, inner) {
            // The subject is what it stands in.
            (Kind::MediaType, Kind::Schema) => site.at(key).with(Subject::Body),
            (Kind::Parameter, Kind::Schema) => site.at(key).with(Subject::Parameter),
            (Kind::Header, Kind::Schema) => site.at(key).with(Subject::Header),
            _ => site.at(key),
        };
        match parts {
            (Some(old), Some(new)) => {
                let inside = match inner {
                    Kind::Operation => inside.owned(Some(old), Some(new)),
                    _ => inside,
                };
                self.pair(inner, old, new, &inside);
            }
            (None, None) => {}
            (old, new) => {
                // Without a schema, anything goes: the same as with one that says nothing.
                let says_nothing = |node: Node<'d>| {
                    matches!(node.value, Value::Bool(true))
                        || node
                            .value
                            .as_object()
                            .is_some_and(serde_json::Map::is_empty)
                };
                if inner == Kind::Schema && old.or(new).is_some_and(says_nothing) {
                    return;
                }
                if inner == Kind::Components || inner == Kind::AsyncComponents {
                    let empty = Node {
                        document: old.or(new).map_or(around.0.document, |node| node.document),
                        value: &Value::Null,
                    };
                    return self.members(
                        inner,
                        old.unwrap_or(empty),
                        new.unwrap_or(empty),
                        &inside,
                    );
                }
                let (kind, key, action) = operations::presence(self, kind, key, old, new);
                let difference = Difference {
                    before: old.map(|node| shown::value(node.value)),
                    after: new.map(|node| shown::value(node.value)),
                    ..Difference::new(kind, key, action)
                };
                let site = match inner {
                    Kind::Operation => inside.owned(old, new),
                    Kind::RequestBody | Kind::Schema => site.clone(),
                    _ => inside,
                };
                let (old, new) = (old.unwrap_or(around.0), new.unwrap_or(around.1));
                self.edit(difference, old, new, &site);
            }
        }
    }
}

/// The address of what a reference leads to.
pub(super) fn address_of(reference: &str) -> Pointer {
    let fragment = reference
        .split_once('#')
        .map_or("", |(_, fragment)| fragment);
    Pointer::from(&*percent_encoding::percent_decode_str(fragment).decode_utf8_lossy())
}

/// A part that travels on a way of its own.
pub(super) fn turned(site: &Site, turn: Turn) -> Site {
    let fixed = |direction| Way::Fixed(direction);
    let way = match (turn, site.is_called_back) {
        (Turn::Stay, _) => site.way,
        (Turn::Asked, false) | (Turn::Answered, true) | (Turn::Sent, _) => {
            fixed(Direction::Request)
        }
        (Turn::Answered, false) => fixed(Direction::Answer),
        (Turn::Asked, true) | (Turn::Pushed, _) => fixed(Direction::Event),
        (Turn::Back, false) => fixed(Direction::Event),
        (Turn::Back, true) => fixed(Direction::Request),
    };
    Site {
        way,
        is_called_back: site.is_called_back != (turn == Turn::Back),
        ..site.clone()
    }
}
