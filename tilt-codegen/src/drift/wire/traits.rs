//! Traits of messages and operations, which say the same where they stand as in what has them (AsyncAPI 2.6.0, "Message Trait
//! Object" and "Operation Trait Object").

use super::Comparison;
use super::difference::Difference;
use super::edit::{Parts, Site, places};
use super::label::label;
use super::same::same;
use super::side::Side;
use crate::drift::grammar::{Form, Kind};
use crate::drift::rules::Action;
use crate::source::Node;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

impl<'d> Comparison<'d> {
    /// The members of a message or an operation that are compared already, since traits say them on one side.
    pub(super) fn moved_into_traits(
        &mut self,
        kind: Kind,
        (old, new): (Node<'d>, Node<'d>),
        site: &Site,
    ) -> Vec<&'d str> {
        if old.get("traits").is_none() && new.get("traits").is_none() {
            return Vec::new();
        }
        if self.says_same(kind, old, new) {
            let all = old.members().chain(new.members()).map(|(key, _)| key);
            return all.filter(|key| *key != "message").collect();
        }
        let Some(moved) = self.moved_members(kind, old, new) else {
            return Vec::new();
        };
        let first = self.edits.len();
        for (key, parts) in &moved {
            if let Some(member) = kind.member(key) {
                self.member(kind, member, *parts, (old, new), site);
            }
        }
        let mut edits = self.edits[first..].iter();
        if edits.all(|edit| edit.rule.action == Action::Reworded) {
            let words = Difference::new(kind, "traits", Action::Reworded).from("`traits`");
            let parts = places((old.get("traits"), new.get("traits")), (old, new));
            self.as_one(first, |_| true, words, parts, site);
        }
        let keys = moved.into_iter().map(|(key, _)| key);
        keys.chain(["traits"]).collect()
    }

    /// Whether both say the same with their traits.
    fn says_same(&self, kind: Kind, old: Node<'d>, new: Node<'d>) -> bool {
        let (old, new) = (applied(&self.old, kind, old), applied(&self.new, kind, new));
        old.zip(new)
            .is_some_and(|(old, new)| same(&old, &new, &self.renames))
    }

    /// The members that traits of one side say and not those of the other, where that one says them in another place. Words may
    /// be left out.
    fn moved_members(
        &self,
        kind: Kind,
        old: Node<'d>,
        new: Node<'d>,
    ) -> Option<Vec<(&'d str, Parts<'d>)>> {
        let (olds, news) = (traits(old), traits(new));
        let alone = |all: &[Node<'d>], others: &[Node<'d>]| -> Vec<Node<'d>> {
            let is_other = |it: &&Node<'d>| !others.iter().any(|is| self.is_one_trait(**it, *is));
            all.iter().filter(is_other).copied().collect()
        };
        let (gone, came) = (alone(&olds, &news), alone(&news, &olds));
        // As many are compared with each other.
        if gone.len() == came.len() {
            return None;
        }
        let keys = |all: &[Node<'d>], side: &Side<'d>| -> BTreeSet<&'d str> {
            let members = all.iter().flat_map(|it| side.follow(*it).members());
            members.map(|(key, _)| key).collect()
        };
        let mut all = keys(&gone, &self.old);
        all.extend(keys(&came, &self.new));
        let (olds, news) = (sources(&self.old, old), sources(&self.new, new));
        let moved = all.into_iter().map(|key| {
            let form = kind.member(key)?.form;
            let first = |all: &[Node<'d>]| all.iter().find_map(|it| it.get(key));
            match form {
                Form::Text => Some((key, (first(&olds), first(&news)))),
                Form::Inherited => None,
                _ => {
                    let (old, new) = (self.only_said(&olds, key)?, self.only_said(&news, key)?);
                    Some((key, (Some(old), Some(new))))
                }
            }
        });
        moved.collect()
    }

    fn is_one_trait(&self, old: Node<'d>, new: Node<'d>) -> bool {
        label(old).is_some() && label(old) == label(new) || self.same(old, new)
    }

    /// The one value that is said of a member.
    fn only_said(&self, sources: &[Node<'d>], key: &str) -> Option<Node<'d>> {
        let mut all = sources.iter().filter_map(|it| it.get(key));
        let first = all.next()?;
        all.all(|it| self.same(first, it)).then_some(first)
    }
}

fn traits<'d>(object: Node<'d>) -> Vec<Node<'d>> {
    let list = object.get("traits").into_iter();
    list.flat_map(|list| list.elements()).collect()
}

/// An object and its traits, in the order in which they are asked: the object, then the last trait.
fn sources<'d>(side: &Side<'d>, object: Node<'d>) -> Vec<Node<'d>> {
    let traits = traits(object).into_iter().rev();
    let traits = traits.map(|it| side.follow(it));
    [object].into_iter().chain(traits).collect()
}

/// The members of an object with those of its traits; none, where they say several things of one.
fn applied(side: &Side<'_>, kind: Kind, object: Node<'_>) -> Option<Value> {
    let mut all = Map::new();
    for (key, value) in sources(side, object).iter().flat_map(|it| it.members()) {
        // Messages are compared by themselves.
        if matches!(key, "traits" | "message") {
            continue;
        }
        let is_text = kind.member(key).is_some_and(|it| it.form == Form::Text);
        match all.get_mut(key) {
            None => {
                all.insert(key.to_owned(), value.value.clone());
            }
            Some(_) if is_text => {}
            Some(said) => merge(said, value.value)?,
        }
    }
    Some(Value::Object(all))
}

/// Merged where neither says otherwise than the other one.
fn merge(into: &mut Value, from: &Value) -> Option<()> {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                match into.get_mut(key) {
                    Some(said) => merge(said, value)?,
                    None => {
                        into.insert(key.clone(), value.clone());
                    }
                }
            }
            Some(())
        }
        (into, from) => (into == from).then_some(()),
    }
}
