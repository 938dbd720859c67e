//! Differences between two states of the documents, and their effect on programs in use.

mod as_one;
mod channels;
mod comparison;
mod difference;
mod edit;
mod label;
mod maps;
mod matched;
mod members;
mod messages;
mod methods;
mod moved;
mod operations;
mod parameters;
mod part_forms;
mod presence;
mod ranges;
mod reach;
mod renames;
mod same;
mod schema;
mod security;
mod servers;
mod shifted;
mod shown;
mod side;
mod told_by_name;
mod traits;
mod unstated;
mod words;
mod written;

use self::edit::{Around, Edit, Site, Way};
pub(super) use self::label::label;
pub(super) use self::reach::Reach;
use self::renames::ScopeRenames;
use self::same::Renames;
pub(super) use self::same::canonical;
pub(super) use self::side::{Side, event_operations};
pub(super) use self::words::is_words;
use self::written::Written;
use crate::drift::grammar::Kind;
use crate::drift::rules::{Action, Rule};
use crate::drift::{Direction, Severity};
use crate::place::Pointer;
use crate::source::{Node, NodeKey};
use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

/// The walk through two states at once, and what it found. Its methods are in the files of this room, by what they compare;
/// each may go on with any other, since documents are made of what they are made of.
struct Comparison<'d> {
    reach: &'d (Reach, Reach),
    /// The path that is being compared.
    around: Around<'d>,
    old: Side<'d>,
    new: Side<'d>,
    renames: Renames,
    scopes: ScopeRenames,
    /// Whether equal values say the same: everything that they refer to is compared anyway.
    is_bundled: bool,
    visited: HashSet<(NodeKey, NodeKey)>,
    queue: VecDeque<(Kind, Node<'d>, Node<'d>, Site)>,
    edits: Vec<Edit<'d>>,
    /// The edits between a definition and what stands in its place elsewhere: the same at each of its uses.
    replaced: HashMap<(NodeKey, String), Vec<usize>>,
    /// Operations that are compared with one of another path.
    elsewhere: HashSet<NodeKey>,
    /// Operations and events that are counted under another name now: the new one by the old one.
    called: HashMap<String, String>,
    /// Of the old and of the new state, once somebody asks.
    written: OnceCell<[Written<'d>; 2]>,
}

/// One difference, judged.
#[derive(Debug)]
pub(super) struct Judged<'d> {
    pub(super) of: &'static Rule,
    pub(super) rule: String,
    pub(super) severity: Severity,
    pub(super) directions: BTreeSet<Direction>,
    pub(super) message: String,
    /// Its place in words that stay true.
    pub(super) address: Pointer,
    pub(super) old: Node<'d>,
    pub(super) new: Node<'d>,
    /// The places where it is told.
    pub(super) told: (Node<'d>, Node<'d>),
    /// Operations, and events, by name, sorted.
    pub(super) operations: Vec<&'d str>,
    pub(super) events: Vec<&'d str>,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// The part of documents that an edit is of, as far as items of the SDK depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// Anything on the wire.
    Values,
    /// Members that no specification defines, of which the generator reads some.
    Extensions,
    /// Words alone, which change no item but its documentation.
    Words,
}

impl Judged<'_> {
    /// The values that differ are told where `before` and `after` have all of them, with nothing left out. Of a part that is
    /// added or removed they have its name, if anything.
    pub(super) fn tells_values(&self) -> bool {
        let is_whole = matches!(
            self.of.action,
            Action::Added
                | Action::RequiredAdded
                | Action::WholeAdded
                | Action::Removed
                | Action::RequiredRemoved
                | Action::WholeRemoved
        );
        let mut all = self.before.iter().chain(&self.after);
        !is_whole && self.about() != About::Words && !all.any(|text| shown::is_cut(text))
    }

    /// The values before and after, as texts. That of what is not there would be the whole around it.
    pub(super) fn values(&self) -> [Option<String>; 2] {
        // Alternatives have no order.
        let is_set = self.of.member == "security";
        let text = |node: Node<'_>| match node.value.as_array().filter(|_| is_set) {
            Some(all) => {
                let mut all: Vec<String> = all.iter().map(same::canonical).collect();
                all.sort();
                Some(all.join(" or "))
            }
            None => Some(same::canonical(node.value)),
        };
        let is_around =
            |one: Node<'_>, other: Node<'_>| one.value.is_object() && !other.value.is_object();
        match self.of.action {
            Action::Added | Action::RequiredAdded | Action::WholeAdded => [None, text(self.new)],
            Action::Removed | Action::RequiredRemoved | Action::WholeRemoved => {
                [text(self.old), None]
            }
            _ if is_around(self.old, self.new) => [None, text(self.new)],
            _ if is_around(self.new, self.old) => [text(self.old), None],
            _ => [text(self.old), text(self.new)],
        }
    }

    pub(super) fn about(&self) -> About {
        match (self.of.kind, self.of.member.as_str(), self.of.action) {
            (Kind::Info, "x-", _) => About::Extensions,
            (Kind::Info, ..) | (_, "", Action::Reworded) => About::Words,
            _ => About::Values,
        }
    }
}

/// The operations and events that the parts of both states belong to.
pub(super) fn reach(old: Side<'_>, new: Side<'_>) -> (Reach, Reach) {
    (Reach::of(old), Reach::of(new))
}

/// Compares two states, in the order of the old documents.
pub(super) fn compare<'d>(
    old: Side<'d>,
    new: Side<'d>,
    reach: &'d (Reach, Reach),
) -> Vec<Judged<'d>> {
    let mut comparison = Comparison::new(old, new, reach);
    comparison.renames = renames::renames(old, new);
    comparison.scopes = renames::scopes(old, new, &comparison.renames);
    for (was, is) in reach.0.messages_of(&reach.1) {
        comparison.called(was.clone(), is.clone());
    }
    for (kind, roots) in [
        (Kind::OpenApi, (old.openapi, new.openapi)),
        (Kind::AsyncApi, (old.asyncapi, new.asyncapi)),
    ] {
        if let (Some(old), Some(new)) = (old.root(roots.0), new.root(roots.1)) {
            comparison.pair(kind, old, new, &Site::root());
        }
        comparison.finish();
    }
    let (edits, called) = (comparison.edits, comparison.called);
    let names = reach.1.names();
    let called = called.iter();
    let called = called
        .filter_map(|(was, is)| Some((was.as_str(), *names.get(is.as_str())?)))
        .collect();
    let edits = edits.into_iter();
    edits.map(|edit| judge(edit, reach, &called)).collect()
}

fn judge<'d>(
    edit: Edit<'d>,
    (old, new): &'d (Reach, Reach),
    called: &HashMap<&str, &'d str>,
) -> Judged<'d> {
    let Reached {
        mut directions,
        operations,
        events,
    } = reached(&edit, old, new, called);
    let whole = directions.clone();
    leave_out(&mut directions, edit.not);
    let (rule, severity) = edit.rule.judge(edit.subject, &directions);
    let parts = edit.parts.iter().map(|part| {
        let mut directions = whole.clone();
        leave_out(&mut directions, part.not);
        part.rule.judge(part.subject, &directions).1
    });
    let severity = parts.max().unwrap_or(severity);
    Judged {
        of: edit.rule,
        rule,
        severity,
        directions,
        message: sentence(&edit),
        address: edit.address,
        old: edit.old,
        new: edit.new,
        told: edit::places(edit.at, (edit.old, edit.new)),
        operations,
        events,
        before: edit.before,
        after: edit.after,
    }
}

fn leave_out(directions: &mut BTreeSet<Direction>, not: Option<Direction>) {
    let Some(not) = not else {
        return;
    };
    directions.remove(&not);
    // Events are received as answers are.
    if not == Direction::Answer {
        directions.remove(&Direction::Event);
    }
}

/// The operations and events that an edit has to do with, and the ways that their values go.
struct Reached<'d> {
    directions: BTreeSet<Direction>,
    operations: Vec<&'d str>,
    events: Vec<&'d str>,
}

fn reached<'d>(
    edit: &Edit<'d>,
    old: &'d Reach,
    new: &'d Reach,
    called: &HashMap<&str, &'d str>,
) -> Reached<'d> {
    let mut directions = BTreeSet::new();
    let mut operations = Vec::new();
    let mut events = Vec::new();
    for (owner, way) in &edit.seen {
        let mut found = [(owner.old, old), (owner.new, new)]
            .into_iter()
            .filter_map(|(key, reach)| Some((key?, reach)))
            .peekable();
        let is_whole = found.peek().is_none();
        directions.extend(way.directions());
        let mut name = |reach: &'d Reach, root| {
            let (name, is_event) = reach.name(root);
            let name = match std::ptr::eq(reach, old) {
                true => called.get(name).copied().unwrap_or(name),
                false => name,
            };
            let names = if is_event {
                &mut events
            } else {
                &mut operations
            };
            names.push(name);
        };
        for (key, reach) in found {
            if *way == Way::Own {
                directions.extend(reach.directions(key));
            }
            for root in reach.roots(key) {
                name(reach, root);
            }
        }
        if is_whole {
            for root in new.all(edit.new.document) {
                name(new, root);
            }
        }
    }
    for names in [&mut operations, &mut events] {
        names.sort_unstable();
        names.dedup();
    }
    Reached {
        directions,
        operations,
        events,
    }
}

/// The sentence of the rule, with the place and the values.
fn sentence(edit: &Edit<'_>) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_default();
    let around = edit.address.beginnings().nth(2);
    let what = around.filter(|_| is_alternative(edit));
    let what = what.unwrap_or(&edit.address);
    let text = edit
        .rule
        .says
        .replace("{what}", &shown::place(what))
        .replace("{before}", &value(&edit.before))
        .replace("{after}", &value(&edit.after));
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => text,
    }
}

/// An alternative that came or went is one of the schema that has it, whose address it is under.
fn is_alternative(edit: &Edit<'_>) -> bool {
    let list = edit.address.split_last().map(|(list, _)| list);
    let keyword = list.as_ref().and_then(|it| it.split_last());
    let is_choice = matches!(&*edit.rule.member, "oneOf" | "anyOf");
    is_choice && keyword.is_some_and(|(_, it)| it == edit.rule.member)
}
