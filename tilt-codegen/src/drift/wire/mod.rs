//! Differences between two states of the documents, and their effect on programs in use.

mod comparison;
mod difference;
mod edit;
mod maps;
mod matched;
mod members;
mod messages;
mod operations;
mod presence;
mod reach;
mod renames;
mod same;
mod schema;
mod security;
mod shown;
mod side;

use self::edit::{Around, Edit, Site, Way};
pub(super) use self::reach::Reach;
use self::same::Renames;
pub(super) use self::side::Side;
use crate::drift::grammar::Kind;
use crate::drift::rules::{Action, Rule};
use crate::drift::{Direction, Severity};
use crate::place::Pointer;
use crate::source::{Node, NodeKey};
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
    /// Whether equal values say the same: everything that they refer to is compared anyway.
    is_bundled: bool,
    visited: HashSet<(NodeKey, NodeKey)>,
    queue: VecDeque<(Kind, Node<'d>, Node<'d>, Site)>,
    edits: Vec<Edit<'d>>,
    /// The edits between a definition and what stands in its place elsewhere: the same at each of its uses.
    replaced: HashMap<(NodeKey, String), Vec<usize>>,
}

/// One difference, judged.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) of: &'static Rule,
    pub(super) rule: String,
    pub(super) severity: Severity,
    pub(super) directions: BTreeSet<Direction>,
    pub(super) message: String,
    /// Its place in words that stay true.
    pub(super) address: Pointer,
    pub(super) old: NodeKey,
    pub(super) new: NodeKey,
    /// Operations, and events, by name.
    pub(super) operations: BTreeSet<String>,
    pub(super) events: BTreeSet<String>,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

impl Judged {
    /// Whether it is about words alone, which change no item but its documentation.
    pub(super) fn is_of_words(&self) -> bool {
        let (kind, action) = (self.of.kind, self.of.action);
        kind == Kind::Info || action == Action::Reworded && self.of.member.is_empty()
    }
}

/// The operations and events that the parts of both states belong to.
pub(super) fn reach(old: Side<'_>, new: Side<'_>) -> (Reach, Reach) {
    (Reach::of(old), Reach::of(new))
}

/// Compares two states, in the order of the old documents.
pub(super) fn compare(old: Side<'_>, new: Side<'_>, reach: &(Reach, Reach)) -> Vec<Judged> {
    let mut comparison = Comparison::new(old, new, reach);
    comparison.renames = renames::renames(old, new);
    for (kind, roots) in [
        (Kind::OpenApi, (old.openapi, new.openapi)),
        (Kind::AsyncApi, (old.asyncapi, new.asyncapi)),
    ] {
        if let (Some(old), Some(new)) = (old.root(roots.0), new.root(roots.1)) {
            comparison.pair(kind, old, new, &Site::root());
        }
        comparison.finish();
    }
    let edits = comparison.edits.into_iter();
    edits.map(|edit| judge(edit, reach)).collect()
}

fn judge(edit: Edit<'_>, (old, new): &(Reach, Reach)) -> Judged {
    let mut directions = BTreeSet::new();
    let mut operations = BTreeSet::new();
    let mut events = BTreeSet::new();
    for (owner, way) in &edit.seen {
        let mut found = [(owner.old, old), (owner.new, new)]
            .into_iter()
            .filter_map(|(key, reach)| Some((key?, reach)))
            .peekable();
        let is_whole = found.peek().is_none();
        if let Way::Fixed(direction) = way {
            directions.insert(*direction);
        }
        let mut name = |reach: &Reach, root| {
            let (name, is_event) = reach.name(root);
            let names = if is_event {
                &mut events
            } else {
                &mut operations
            };
            names.insert(name.to_owned());
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
            for root in new.all() {
                name(new, root);
            }
        }
    }
    if let Some(not) = edit.not {
        directions.remove(&not);
        // Events are received as answers are.
        if not == Direction::Answer {
            directions.remove(&Direction::Event);
        }
    }
    let (rule, severity) = edit.rule.judge(edit.subject, &directions);
    Judged {
        of: edit.rule,
        rule,
        severity,
        directions,
        message: sentence(&edit),
        address: edit.address,
        old: edit.old.key(),
        new: edit.new.key(),
        operations,
        events,
        before: edit.before,
        after: edit.after,
    }
}

/// The sentence of the rule, with the place and the values.
fn sentence(edit: &Edit<'_>) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_default();
    let text = edit
        .rule
        .says
        .replace("{what}", &shown::place(&edit.address))
        .replace("{before}", &value(&edit.before))
        .replace("{after}", &value(&edit.after));
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => text,
    }
}
