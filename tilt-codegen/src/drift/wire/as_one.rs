//! Several differences that are one edit of a document: a map or a list that came or went as a whole, a key that is
//! spelled otherwise, a reference in the place of another. Each is told once, as grave as the gravest of what it is made of.

use super::difference::Difference;
use super::edit::{Edit, Part, Parts, Site, places};
use super::side::{Side, name_of};
use super::words::is_words;
use super::{Comparison, shown, unstated};
use crate::drift::grammar::Kind;
use crate::drift::rules::{Action, has_rule};
use crate::source::{Node, NodeKey};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

impl<'d> Comparison<'d> {
    /// One difference in the place of those since the first that are part of it.
    pub(super) fn as_one(
        &mut self,
        first: usize,
        is_part: impl Fn(&Edit<'d>) -> bool,
        difference: Difference<'_>,
        (old, new): (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        if self.edits[first..].iter().filter(|it| is_part(it)).count() < 2 {
            return;
        }
        let mut one = Vec::new();
        let mut moved: HashMap<usize, usize> = HashMap::new();
        let all = self.edits.split_off(first);
        for (number, edit) in (first..).zip(all) {
            match is_part(&edit) {
                true => one.push(edit),
                false => {
                    moved.insert(number, self.edits.len());
                    self.edits.push(edit);
                }
            }
        }
        let number = self.edits.len();
        for edits in self.replaced.values_mut() {
            for edit in edits.iter_mut().filter(|edit| **edit >= first) {
                *edit = moved.get(edit).copied().unwrap_or(number);
            }
            edits.dedup();
        }
        self.edit(difference, old, new, site);
        // It is seen where they are.
        self.edits[number].seen.clear();
        for edit in one {
            self.edits[number].seen.extend(edit.seen);
            let itself = Part {
                rule: edit.rule,
                subject: edit.subject,
                not: edit.not,
            };
            let parts = match edit.parts.is_empty() {
                true => vec![itself],
                false => edit.parts,
            };
            self.edits[number].parts.extend(parts);
        }
    }

    /// Leaves out some of the differences since the first.
    pub(super) fn without(&mut self, first: usize, dropped: &HashSet<usize>) {
        let mut moved: HashMap<usize, usize> = HashMap::new();
        let all = self.edits.split_off(first);
        for (number, edit) in (first..).zip(all).filter(|(it, _)| !dropped.contains(it)) {
            moved.insert(number, self.edits.len());
            self.edits.push(edit);
        }
        for edits in self.replaced.values_mut() {
            edits.retain(|edit| *edit < first || moved.contains_key(edit));
            for edit in edits.iter_mut() {
                *edit = moved.get(edit).copied().unwrap_or(*edit);
            }
        }
    }

    /// The first difference that is the reason of all others since: they are part of it.
    pub(super) fn as_first(
        &mut self,
        first: usize,
        is_it: impl Fn(&Edit<'d>) -> bool,
        site: &Site,
    ) {
        self.as_first_of(first, is_it, |_| true, site);
    }

    /// The same of those that are part of it.
    pub(super) fn as_first_of(
        &mut self,
        first: usize,
        is_it: impl Fn(&Edit<'d>) -> bool,
        is_part: impl Fn(&Edit<'d>) -> bool,
        site: &Site,
    ) {
        let Some(reason) = self.edits[first..].iter().find(|edit| is_it(edit)) else {
            return;
        };
        let (rule, places) = (reason.rule, (reason.old, reason.new));
        let difference = Difference {
            before: reason.before.clone(),
            after: reason.after.clone(),
            not: reason.not,
            ..Difference::new(rule.kind, &rule.member, rule.action)
        };
        self.as_one(first, is_part, difference, places, site);
    }

    /// A member that only one of two objects has is one difference, whatever is in it.
    pub(super) fn whole_member(
        &mut self,
        first: usize,
        key: &str,
        parts: Parts<'d>,
        around: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let says = |part: Option<Node<'d>>| part.filter(|it| !unstated::is_empty(it.value));
        let of = |action| Difference::new(Kind::Operation, "", action);
        let difference = match (says(parts.0), says(parts.1)) {
            (Some(old), None) => {
                let old = self.old.follow(old);
                of(Action::WholeRemoved).from(shown::member(key, old.value))
            }
            (None, Some(new)) => {
                let new = self.new.follow(new);
                of(Action::WholeAdded).to(shown::member(key, new.value))
            }
            _ => return,
        };
        self.as_one(first, |_| true, difference, places(parts, around), site);
    }

    /// A value under another key, where one of the keys means nothing: what is said of both is one difference.
    pub(super) fn respelled(
        &mut self,
        first: usize,
        is_known: impl Fn(&str) -> bool,
        (old, new): (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        if self.edits.len() < first + 2 {
            return;
        }
        for (was, is) in self.other_keys(is_known, (old, new)) {
            let (Some(before), Some(after)) = (old.get(was), new.get(is)) else {
                continue;
            };
            let (olds, news) = (inside(before), inside(after));
            let is_part =
                |edit: &Edit<'d>| olds.contains(&edit.old.key()) || news.contains(&edit.new.key());
            let difference = respelling(was, is);
            self.as_one(first, is_part, difference, (before, after), site);
        }
    }

    /// One definition in the place of another that is still there, no other name for it, is one difference.
    pub(super) fn other_definition(
        &mut self,
        first: usize,
        (was, is): (&str, &str),
        (old, new): (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let is_there = |side: &Side<'d>, at, text| side.documents.resolve(at, text).is_ok();
        if is_there(&self.new, new, was) && is_there(&self.old, old, is) {
            let difference = Difference::new(Kind::Response, "$ref", Action::Replaced)
                .from(shown::code(name_of(was)))
                .to(shown::code(name_of(is)));
            self.as_one(first, |_| true, difference, (old, new), site);
        }
    }

    /// Differences from a definition are told at the reference that they came in place of.
    pub(super) fn told_at(&mut self, first: usize, (old, new): Parts<'d>) {
        for edit in &mut self.edits[first..] {
            edit.at.0 = old.or(edit.at.0);
            edit.at.1 = new.or(edit.at.1);
        }
    }

    /// All since the first are one, where two values differ in one member of one object: it came, or went, or has a key
    /// that means nothing.
    pub(super) fn one_edit(
        &mut self,
        first: usize,
        (mut old, mut new): (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        if self.edits.len() < first + 2 {
            return;
        }
        while let Some((was, is)) = self.only_other(old, new) {
            (old, new) = (was, is);
        }
        let (gone, came) = (alone(old, new), alone(new, old));
        let mut both = old
            .members()
            .filter_map(|(key, was)| Some((was, new.get(key)?)));
        if both.any(|(was, is)| !self.same(was, is)) {
            return;
        }
        match (&gone[..], &came[..]) {
            ([(key, was)], []) => {
                self.whole_member(first, key, (Some(*was), None), (old, new), site);
            }
            ([], [(key, is)]) => {
                self.whole_member(first, key, (None, Some(*is)), (old, new), site);
            }
            ([was], [is]) if self.is_other_key(says_something, was, is) => {
                self.as_one(
                    first,
                    |_| true,
                    respelling(was.0, is.0),
                    (was.1, is.1),
                    site,
                );
            }
            _ => {}
        }
    }

    /// The one part of two objects, or two lists, that makes all the difference.
    fn only_other(&self, old: Node<'d>, new: Node<'d>) -> Option<(Node<'d>, Node<'d>)> {
        let mut pairs: Vec<(Node<'d>, Node<'d>)> = match (old.value, new.value) {
            (Value::Object(was), Value::Object(is)) if was.len() == is.len() => {
                let members = old.members();
                let pairs = members.map(|(key, was)| Some((was, new.get(key)?)));
                pairs.collect::<Option<_>>()?
            }
            (Value::Array(was), Value::Array(is)) if was.len() == is.len() => {
                old.elements().zip(new.elements()).collect()
            }
            _ => return None,
        };
        pairs.retain(|(was, is)| !self.same(*was, *is));
        match pairs[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The new key of each old one, of which one is unknown, where there is no doubt about it.
    fn other_keys(
        &self,
        is_known: impl Fn(&str) -> bool,
        (old, new): (Node<'d>, Node<'d>),
    ) -> Vec<(&'d str, &'d str)> {
        let (gone, came) = (alone(old, new), alone(new, old));
        let is_it = |was: &Member<'d>, is: &Member<'d>| self.is_other_key(&is_known, was, is);
        let gone = gone.iter().filter_map(|was| {
            let mut others = came.iter().filter(|is| is_it(was, is));
            let (only, more) = (others.next()?, others.next());
            let is_one = gone.iter().filter(|was| is_it(was, only)).count() == 1;
            (more.is_none() && is_one).then_some((was.0, only.0))
        });
        gone.collect()
    }

    fn is_other_key(
        &self,
        is_known: impl Fn(&str) -> bool,
        was: &Member<'d>,
        is: &Member<'d>,
    ) -> bool {
        !(is_known(was.0) && is_known(is.0)) && self.same(was.1, is.1)
    }
}

type Member<'d> = (&'d str, Node<'d>);

/// The members of an object whose keys another one does not have.
fn alone<'d>(node: Node<'d>, other: Node<'d>) -> Vec<Member<'d>> {
    let members = node.members();
    members
        .filter(|(key, _)| other.get(key).is_none())
        .collect()
}

/// Whether a key says something in any object.
fn says_something(key: &str) -> bool {
    !key.starts_with("x-") && (key == "summary" || is_words(key) || has_rule(None, key))
}

fn respelling(was: &str, is: &str) -> Difference<'static> {
    let is_extension = was.starts_with("x-") && is.starts_with("x-");
    let difference = match is_extension {
        true => Difference::new(Kind::Info, "x-", Action::Changed),
        false => Difference::new(Kind::Operation, "", Action::Respelled),
    };
    difference.from(shown::code(was)).to(shown::code(is))
}

/// A value and those that are directly inside of it.
fn inside(node: Node<'_>) -> HashSet<NodeKey> {
    let members = node.members().map(|(_, value)| value);
    let all = members.chain(node.elements()).chain([node]);
    all.map(|node| node.key()).collect()
}
