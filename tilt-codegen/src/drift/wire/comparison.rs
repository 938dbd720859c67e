//! The walk through two states of the documents at once, object by object. References are not followed where both lead
//! to what has the same name: that is compared at its own place, once.

use super::difference::{Difference, address_of};
use super::edit::{Around, Callers, Edit, Owner, Parts, Site, Way, places};
use super::presence::operations;
use super::reach::Reach;
use super::renames::ScopeRenames;
use super::same::{Renames, same};
use super::side::Side;
use super::{Comparison, shown};
use crate::drift::grammar::Kind;
use crate::drift::rules::{Action, Subject, rule};
use crate::place::Pointer;
use crate::source::Node;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet, VecDeque};

impl<'d> Comparison<'d> {
    pub(super) fn new(old: Side<'d>, new: Side<'d>, reach: &'d (Reach, Reach)) -> Comparison<'d> {
        Comparison {
            reach,
            around: Around::default(),
            old,
            new,
            renames: Renames::new(),
            scopes: ScopeRenames::new(),
            is_bundled: old.is_bundled() && new.is_bundled(),
            visited: HashSet::new(),
            queue: VecDeque::new(),
            edits: Vec::new(),
            replaced: HashMap::new(),
            elsewhere: HashSet::new(),
            called: HashMap::new(),
            written: OnceCell::new(),
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
    ) {
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
            seen: HashSet::from([(site.owner, site.way)]),
            not,
            old,
            new,
            before,
            after,
            at: (None, None),
            parts: Vec::new(),
        });
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
            return self.schemas(old, new, site);
        }
        let first = self.edits.len();
        self.pair_by_reference(kind, old, new, site);
        self.one_edit(first, (old, new), site);
    }

    fn pair_by_reference(&mut self, kind: Kind, old: Node<'d>, new: Node<'d>, site: &Site) {
        match (self.old.reference(old), self.new.reference(new)) {
            (Some((was, old_target)), Some((is, new_target))) if self.is_one(was, is) => {
                let address = address_of(&self.new, is, new_target);
                self.definition(kind, old_target, new_target, site.subject, address);
                for key in ["summary", "description"] {
                    self.text(kind, key, old.get(key), new.get(key), (old, new), site);
                }
            }
            (None, None) => self.whole(kind, old, new, site),
            (was, is) => {
                let first = self.edits.len();
                let (old_target, new_target) = (self.old.follow(old), self.new.follow(new));
                self.whole(kind, old_target, new_target, site);
                let references = was.map(|it| it.0).zip(is.map(|it| it.0));
                match references {
                    Some((was, is)) => self.other_definition(first, (was, is), (old, new), site),
                    None => {
                        let reference =
                            |node: Node<'d>| Some(node).filter(|it| it.get("$ref").is_some());
                        self.told_at(first, (reference(old), reference(new)));
                    }
                }
            }
        }
    }

    /// Whether an operation or an event has it.
    pub(super) fn is_used(&self, node: Node<'d>) -> bool {
        let (old, new) = self.reach;
        old.is_reached(node.key()) || new.is_reached(node.key())
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
            callers: self.callers(kind, old, new),
            subject,
            address,
            required: [false; 2],
        };
        let site = site.owned(Some(old), Some(new));
        self.queue.push_back((kind, old, new, site));
    }

    /// The callers of the operations in a definition: its users on either side say it.
    fn callers(&self, kind: Kind, old: Node<'d>, new: Node<'d>) -> Callers {
        let of = |side: &Side<'d>, reach: &Reach, node: Node<'d>| match kind {
            Kind::PathItem => reach.callers(node),
            Kind::Callback => node
                .members()
                .map(|(_, item)| reach.callers(side.follow(item)))
                .fold(Callers::default(), Callers::or),
            _ => Callers::PROGRAM,
        };
        of(&self.old, &self.reach.0, old).or(of(&self.new, &self.reach.1, new))
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
            Kind::Schema => {
                let first = self.edits.len();
                self.schemas(old, new, site);
                self.forms_of_definition(first, (old, new), site);
            }
            Kind::Callback => self.callback(old, new, site),
            Kind::Message | Kind::AsyncOperation => {
                let moved = self.moved_into_traits(kind, (old, new), site);
                self.members_but(&moved, kind, (old, new), site);
            }
            Kind::PathItem => self.path_item(old, new, site),
            Kind::SecurityScheme => {
                // Another kind of scheme has other members.
                let first = self.edits.len();
                self.members(kind, old, new, site);
                self.as_first(first, |edit| edit.rule.member == "type", site);
            }
            Kind::Parameter | Kind::Header => {
                let first = self.edits.len();
                self.members(kind, old, new, site);
                let form =
                    |node: Node<'d>| [node.get("schema").is_some(), node.get("content").is_some()];
                // The one form in place of the other is one change, of how it is written.
                if form(old) != form(new) && old.get("schema").or(new.get("schema")).is_some() {
                    let of_form = ["schema", "content", "style", "explode", "allowReserved"];
                    let is_part = |edit: &Edit<'d>| of_form.contains(&&*edit.rule.member);
                    self.as_first_of(first, |it| it.rule.member == "content", is_part, site);
                }
            }
            Kind::MediaType => {
                let first = self.edits.len();
                self.members(kind, old, new, site);
                self.forms_of_parts(first, (old, new), site);
            }
            Kind::Channel => {
                let turned = self.other_direction(old, new, site);
                self.members_but(&turned.unwrap_or_default(), kind, (old, new), site);
            }
            Kind::OAuthFlows => {
                let moved = self.other_flow(old, new, site);
                self.members_but(&moved.unwrap_or_default(), kind, (old, new), site);
            }
            _ => self.members(kind, old, new, site),
        }
    }

    fn path_item(&mut self, old: Node<'d>, new: Node<'d>, site: &Site) {
        // Others may refer to it.
        let users = self.reach.0.callers(old).and(self.reach.1.callers(new));
        let site = &Site {
            callers: site.callers.or(users),
            ..site.clone()
        };
        let before = self.enter(old, new, site);
        let moved = self.other_method(old, new, site);
        let mut told: Vec<&str> = moved.into_iter().flatten().collect();
        let all = operations(old).chain(operations(new));
        let elsewhere = all.filter(|(_, it)| self.elsewhere.contains(&it.key()));
        told.extend(elsewhere.map(|(method, _)| method));
        self.members_but(&told, Kind::PathItem, (old, new), site);
        self.around = before;
    }

    pub(super) fn members(&mut self, kind: Kind, old: Node<'d>, new: Node<'d>, site: &Site) {
        self.members_but(&[], kind, (old, new), site);
    }

    /// The members of two objects, without some that are compared already.
    fn members_but(
        &mut self,
        told: &[&str],
        kind: Kind,
        (old, new): (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let added = new.members().filter(|(key, _)| old.get(key).is_none());
        let keys = old.members().chain(added).map(|(key, _)| key);
        let keys: Vec<&'d str> = keys.filter(|key| !told.contains(key)).collect();
        let before = self.edits.len();
        for key in keys {
            let parts = (old.get(key), new.get(key));
            let first = self.edits.len();
            match kind.member(key) {
                Some(member) => self.member(kind, member, parts, (old, new), site),
                None => self.extra(kind, key, parts, (old, new), site),
            }
            self.whole_member(first, key, parts, (old, new), site);
        }
        if !told.contains(&"security") {
            self.inherited(kind, old, new, site);
        }
        self.respelled(before, |key| kind.member(key).is_some(), (old, new), site);
    }

    /// A member that no specification defines.
    pub(super) fn extra(
        &mut self,
        kind: Kind,
        key: &'d str,
        parts: Parts<'d>,
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
        let (kind, member, action) = match key.starts_with("x-") && !is_known {
            true => (Kind::Info, "x-", Action::Changed),
            false => (kind, key, action),
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
        let (old, new) = places((old, new), around);
        self.edit(difference, old, new, &site);
    }
}
