//! Members of objects, by their form.

use super::difference::{Difference, turned};
use super::edit::{Parts, Site, places};
use super::same::same;
use super::schema::encodings::is_single;
use super::side::Side;
use super::unstated::said;
use super::{Comparison, presence, shown, unstated};
use crate::drift::grammar::{Form, Kind, Member};
use crate::drift::rules::{Action, Subject};
use crate::source::Node;
use serde_json::Value;
use std::collections::BTreeSet;

impl<'d> Comparison<'d> {
    pub(super) fn member(
        &mut self,
        kind: Kind,
        member: &'static Member,
        parts: Parts<'d>,
        around: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let site = &turned(site, self.new.turn(kind, member));
        let key = member.key;
        // A whole map or list may stand elsewhere, as the generator reads it.
        let parts = match member.form {
            Form::Map(_) | Form::List(_) => (
                parts.0.map(|part| self.old.follow(part)),
                parts.1.map(|part| self.new.follow(part)),
            ),
            _ => parts,
        };
        match member.form {
            Form::Text if kind == Kind::Components => {
                self.named_texts(kind, key, parts, around, site)
            }
            Form::Text => self.text(kind, key, parts.0, parts.1, around, site),
            Form::Value => self.value(kind, member, parts, around, site),
            Form::Names => self.names(kind, key, parts, around, site),
            Form::Keys => self.keys(kind, key, parts, around, site),
            Form::One(inner) => self.one(kind, member, inner, parts, around, site),
            Form::Map(inner) => self.map(kind, key, inner, parts, around, site),
            Form::List(inner) => self.list(kind, key, inner, parts, around, site),
            Form::Messages => self.messages(parts, around, site),
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
        let says = |part: Option<Node<'d>>| part.filter(|it| !unstated::is_empty(it.value));
        let (old, new) = (says(old), says(new));
        let is_same = match (old, new) {
            (Some(old), Some(new)) => self.same(old, new),
            (None, None) => true,
            _ => false,
        };
        if !is_same {
            let difference = Difference::new(kind, key, Action::Reworded).from(format!("`{key}`"));
            let (old, new) = places((old, new), around);
            self.edit(difference, old, new, site);
        }
    }

    /// Words that have names, by which others refer to them.
    fn named_texts(
        &mut self,
        kind: Kind,
        key: &str,
        parts: Parts<'d>,
        around: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let get = |part: Option<Node<'d>>, name: &str| part.and_then(|map| map.get(name));
        let maps = [parts.0, parts.1].into_iter().flatten();
        let names: BTreeSet<&str> = maps.flat_map(|map| map.members()).map(|it| it.0).collect();
        let both = names
            .into_iter()
            .map(|name| (get(parts.0, name), get(parts.1, name)));
        let others: Vec<Parts<'d>> = both
            .filter(|(old, new)| !old.zip(*new).is_some_and(|(old, new)| self.same(old, new)))
            .collect();
        let first = self.edits.len();
        match others[..] {
            [(old, new)] => self.text(kind, key, old, new, places(parts, around), site),
            _ => self.text(kind, key, parts.0, parts.1, around, site),
        }
        if let Some(edit) = self.edits.get_mut(first) {
            let seen = others.iter().map(|(old, new)| {
                let site = site.of_users(*old, *new);
                (site.owner, site.way)
            });
            edit.seen = seen.collect();
        }
    }

    fn value(
        &mut self,
        kind: Kind,
        member: &'static Member,
        parts: Parts<'d>,
        around: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        if presence::is_identity(kind, member.key, parts, around) {
            return;
        }
        let site = &match kind {
            // Of the messages that have none of their own.
            Kind::AsyncApi if member.key == "defaultContentType" => site.of_users(parts.0, parts.1),
            _ => site.clone(),
        };
        let says = |side: &Side<'d>, part: Option<Node<'d>>| {
            part.filter(|it| !unstated::is_default(side, kind, member.key, *it))
        };
        let parts = match parts {
            (Some(_), Some(_)) => parts,
            (old, new) => (says(&self.old, old), says(&self.new, new)),
        };
        let (old, new) = self.stated(kind, member, parts, around);
        let action = match (&old, &new) {
            (Some(old), Some(new)) if same(old, new, &self.renames) => return,
            (Some(old), Some(new)) if said(member.key, old) == said(member.key, new) => return,
            (Some(Value::Bool(_)), Some(Value::Bool(is))) if member.is_flag() => match is {
                true => Action::Set,
                false => Action::Unset,
            },
            (Some(_), Some(_)) => Action::Changed,
            (None, Some(_)) => Action::Added,
            (Some(_), None) => Action::Removed,
            (None, None) => return,
        };
        let places = places(parts, around);
        let is_idle = || {
            let (old, new) = (self.old, self.new);
            member.key == "explode"
                && matches!(kind, Kind::Parameter | Kind::Header)
                && is_single(&old, around.0)
                && is_single(&new, around.1)
        };
        if presence::says_nothing(kind, member.key, around.1, site) || is_idle() {
            let difference = Difference::new(kind, member.key, Action::Reworded)
                .from(format!("`{}`", member.key));
            return self.edit(difference, places.0, places.1, site);
        }
        let difference = Difference {
            before: old.as_ref().map(shown::value),
            after: new.as_ref().map(shown::value),
            ..Difference::new(kind, member.key, action)
        };
        self.edit(difference, places.0, places.1, site);
    }

    /// The values of both; of one that states none, the one that it has then.
    fn stated(
        &self,
        kind: Kind,
        member: &'static Member,
        parts: Parts<'d>,
        around: (Node<'d>, Node<'d>),
    ) -> (Option<Value>, Option<Value>) {
        let stated = |part: Option<Node<'d>>, object: Node<'d>| -> Option<Value> {
            let default = || presence::default(kind, member, object);
            part.map(|node| node.value.clone()).or_else(default)
        };
        // A message that states its content type for the first time had that of the document.
        let of_document = |side: &Side<'d>, object: Node<'d>, other: Option<Node<'d>>| {
            let asks = kind == Kind::Message && member.key == "contentType" && other.is_some();
            let own = asks && object.get("traits").is_none();
            let default = unstated::content_type(side).filter(|_| own);
            default.map(|it| it.value.clone())
        };
        let old = stated(parts.0, around.0);
        let old = old.or_else(|| of_document(&self.old, around.0, parts.1));
        let new = stated(parts.1, around.1);
        let new = new.or_else(|| of_document(&self.new, around.1, parts.0));
        (old, new)
    }

    /// A set of texts.
    fn names(
        &mut self,
        kind: Kind,
        key: &str,
        parts: Parts<'d>,
        around: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let all = |part: Option<Node<'d>>| -> BTreeSet<&'d str> {
            let elements = part.into_iter().flat_map(|list| list.elements());
            elements.filter_map(|name| name.as_str()).collect()
        };
        let sets = match (kind, key) {
            (Kind::Channel, "servers") if parts.0.is_some() || parts.1.is_some() => {
                let of = |side: &Side<'d>, channel| side.server_names(side.asyncapi, channel);
                (of(&self.old, around.0), of(&self.new, around.1))
            }
            _ => (all(parts.0), all(parts.1)),
        };
        // Without a list of values, a variable has any (OpenAPI 3.1.1, section 4.8.6).
        let is_any = |names: &BTreeSet<&str>| kind == Kind::ServerVariable && names.is_empty();
        let is_listed = match (is_any(&sets.0), is_any(&sets.1)) {
            (true, false) => Some(Action::Set),
            (false, true) => Some(Action::Unset),
            _ => None,
        };
        if let Some(action) = is_listed {
            let difference = Difference::new(kind, key, action)
                .from(codes(&sets.0))
                .to(codes(&sets.1));
            let (old, new) = places(parts, around);
            return self.edit(difference, old, new, site);
        }
        self.sets(kind, key, sets, parts, around, site);
    }

    /// A map in which the keys count, and the values are words.
    fn keys(
        &mut self,
        kind: Kind,
        key: &str,
        parts: Parts<'d>,
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
        parts: Parts<'d>,
        around: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let places = places(parts, around);
        // The member of a map, or the element of a list, that is the first of some names.
        let place = |part: Option<Node<'d>>, names: &[&&str]| {
            let (part, name) = (part?, names.first()?);
            let mut elements = part.elements();
            part.get(name)
                .or_else(|| elements.find(|it| it.as_str() == Some(name)))
        };
        let last = |c: &Self| c.edits.len().saturating_sub(1);
        let added: Vec<_> = new.difference(&old).collect();
        let removed: Vec<_> = old.difference(&new).collect();
        if added.len() == 1 && removed.len() == 1 {
            let told = (place(parts.0, &removed), place(parts.1, &added));
            let difference = Difference::new(kind, key, Action::Replaced)
                .from(codes(removed))
                .to(codes(added));
            self.edit(difference, places.0, places.1, site);
            return self.told_at(last(self), told);
        }
        if !added.is_empty() {
            let told = (None, place(parts.1, &added));
            let difference = Difference::new(kind, key, Action::ValueAdded).to(codes(added));
            self.edit(difference, places.0, places.1, site);
            self.told_at(last(self), told);
        }
        if !removed.is_empty() {
            let told = (place(parts.0, &removed), None);
            let difference = Difference::new(kind, key, Action::ValueRemoved).from(codes(removed));
            self.edit(difference, places.0, places.1, site);
            self.told_at(last(self), told);
        }
    }

    fn one(
        &mut self,
        kind: Kind,
        member: &'static Member,
        inner: Kind,
        parts: Parts<'d>,
        around: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let key = member.key;
        let inside = subject(kind, inner, &site.at(key));
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
                let is_any = |node| presence::is_anything(kind, node, site);
                if inner == Kind::Schema && old.or(new).is_some_and(is_any) {
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
                let (kind, key, action) = presence::presence(self, kind, key, old, new);
                let difference = Difference {
                    before: old.map(|node| shown::value(node.value)),
                    after: new.map(|node| shown::value(node.value)),
                    ..Difference::new(kind, key, action)
                };
                let site = match inner {
                    Kind::Operation => inside.owned(old, new),
                    Kind::RequestBody => site.clone(),
                    Kind::Schema => site.with(inside.subject),
                    _ => inside,
                };
                let (old, new) = places((old, new), around);
                self.edit(difference, old, new, &site);
            }
        }
    }
}

fn codes<'n>(names: impl IntoIterator<Item = &'n &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| shown::code(name)).collect();
    names.join(", ")
}

/// The subject of a schema is the part that it is the schema of.
fn subject(kind: Kind, inner: Kind, site: &Site) -> Site {
    match (kind, inner) {
        (Kind::MediaType, Kind::Schema) => site.with(Subject::Body),
        (Kind::Parameter, Kind::Schema) => site.with(Subject::Parameter),
        (Kind::Header, Kind::Schema) => site.with(Subject::Header),
        _ => site.clone(),
    }
}
