//! Operations that are the same under another method or path, and so are counted once, and flows in the place of others.

use super::Comparison;
use super::difference::{Difference, turned};
use super::edit::Site;
use super::presence::operations;
use super::reach::operation_name as name;
use super::shown;
use crate::drift::grammar::Kind;
use crate::drift::rules::Action;
use crate::source::Node;

/// The operations that a channel may have.
const VERBS: [&str; 2] = ["publish", "subscribe"];

type ByMethod<'d> = (&'static str, Node<'d>);

impl<'d> Comparison<'d> {
    /// Operations are known by what they are called now.
    pub(super) fn called(&mut self, was: String, is: String) {
        if was != is {
            self.called.insert(was, is);
        }
    }

    /// Path items by name are webhooks; those by path are compared by what they are.
    pub(super) fn called_webhook(&mut self, kind: Kind, was: &str, is: &str) {
        if kind == Kind::PathItem {
            self.called(format!("webhook {was}"), format!("webhook {is}"));
        }
    }

    /// The operations of a path that is called otherwise now.
    pub(super) fn called_by_path(&mut self, old: Node<'d>, new: Node<'d>) {
        let (was, is) = self.around.path;
        for (method, _) in operations(old) {
            if new.get(method).is_some() {
                self.called(name(method, was), name(method, is));
            }
        }
        if let Some(((before, _), (after, _))) = self.moved(old, new) {
            self.called(name(before, was), name(after, is));
        }
    }

    /// Compares the one operation that has another method now, if there is one; the members that it was and is.
    pub(super) fn other_method(
        &mut self,
        old: Node<'d>,
        new: Node<'d>,
        site: &Site,
    ) -> Option<[&'static str; 2]> {
        let ((was, old), (is, new)) = self.moved(old, new)?;
        let turn = Kind::PathItem.member(was)?.turn;
        let site = turned(site, turn).at(was).owned(Some(old), Some(new));
        let difference = Difference::new(Kind::PathItem, "operations", Action::Renamed)
            .from(shown::code(&was.to_uppercase()))
            .to(shown::code(&is.to_uppercase()));
        let (before, after) = self.around.path;
        self.called(name(was, before), name(is, after));
        self.edit(difference, old, new, &site);
        self.pair(Kind::Operation, old, new, &site);
        Some([was, is])
    }

    /// The one operation that has another method.
    fn moved(&self, old: Node<'d>, new: Node<'d>) -> Option<(ByMethod<'d>, ByMethod<'d>)> {
        let is_here = |node: Node<'d>| !self.elsewhere.contains(&node.key());
        let gone: Vec<_> = operations(old)
            .filter(|(it, old)| new.get(it).is_none() && is_here(*old))
            .collect();
        let came: Vec<_> = operations(new)
            .filter(|(it, new)| old.get(it).is_none() && is_here(*new))
            .collect();
        let ([(was, old)], [(is, new)]) = (&gone[..], &came[..]) else {
            return None;
        };
        let id = |node: Node<'d>| node.get("operationId").and_then(|it| it.as_str());
        let has_id = id(*old).is_some() && id(*old) == id(*new);
        (has_id || self.same(*old, *new)).then_some(((*was, *old), (*is, *new)))
    }

    /// Compares the one operation of a channel whose messages go the other way now, if there is one; the members that it
    /// was and is.
    pub(super) fn other_direction(
        &mut self,
        old: Node<'d>,
        new: Node<'d>,
        site: &Site,
    ) -> Option<[&'static str; 2]> {
        let [was, is] = match VERBS.map(|it| (old.get(it).is_some(), new.get(it).is_some())) {
            [(true, false), (false, true)] => VERBS,
            [(false, true), (true, false)] => [VERBS[1], VERBS[0]],
            _ => return None,
        };
        let (old, new) = (old.get(was)?, new.get(is)?);
        let is_same = |key| match (old.get(key), new.get(key)) {
            (Some(old), Some(new)) => self.same(old, new),
            _ => false,
        };
        if !is_same("operationId") && !is_same("message") {
            return None;
        }
        let turn = |key| Some(self.new.turn(Kind::Channel, Kind::Channel.member(key)?));
        let turns = (turn(was)?, turn(is)?);
        let inside = turned(site, turns.1).at(is);
        // The way of the channel is another one if one of them was sent and the other is received, or other channels have
        // the word that it had; else the word alone is.
        let is_word =
            turns.0 == turns.1 && !self.new.has_operation(was) && !self.old.has_operation(is);
        let (before, after) = (shown::code(was), shown::code(is));
        let difference = match is_word {
            true => Difference::new(Kind::Channel, "operations", Action::Reworded)
                .from(format!("{before}, now {after}")),
            false => Difference::new(Kind::Channel, "operations", Action::Renamed)
                .from(before)
                .to(after),
        };
        self.edit(difference, old, new, site);
        self.pair(Kind::AsyncOperation, old, new, &inside);
        Some([was, is])
    }

    /// The one flow in the place of another, if there is one; the members that it was and is.
    pub(super) fn other_flow(
        &mut self,
        old: Node<'d>,
        new: Node<'d>,
        site: &Site,
    ) -> Option<[&'d str; 2]> {
        let flows = |node: Node<'d>, other: Node<'d>| -> Vec<(&'d str, Node<'d>)> {
            let is_other =
                |key: &str| other.get(key).is_none() && Kind::OAuthFlows.member(key).is_some();
            node.members().filter(|(key, _)| is_other(key)).collect()
        };
        let (gone, came) = (flows(old, new), flows(new, old));
        let ([(was, old)], [(is, new)]) = (&gone[..], &came[..]) else {
            return None;
        };
        let difference = Difference::new(Kind::OAuthFlows, "", Action::Renamed)
            .from(shown::code(was))
            .to(shown::code(is));
        self.edit(difference, *old, *new, &site.at(was));
        Some([was, is])
    }
}
