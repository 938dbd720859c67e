//! Properties that stand in another part of `allOf`, or beside it: all parts hold, so the schema says the same.

use super::super::Comparison;
use super::super::edit::Edit;
use super::whole::{is_made_of_parts, whole};
use super::{Pair, views};
use crate::drift::grammar::Kind;
use crate::drift::rules::Action;
use std::collections::HashSet;

/// Leaves out of the differences since the first those that only move properties from part to part.
pub(super) fn leave_out<'d>(c: &mut Comparison<'d>, first: usize, pair: &Pair<'d, '_>) {
    let is_made = is_made_of_parts(&pair.old) && is_made_of_parts(&pair.new);
    let mut edits = c.edits[first..].iter();
    if !(is_made && edits.any(|it| comes_or_goes(it).is_some())) {
        return;
    }
    if is_same_as_a_whole(c, pair) {
        let dropped =
            (first..c.edits.len()).filter(|at| c.edits[*at].rule.action != Action::Reworded);
        let dropped = dropped.collect();
        return c.without(first, &dropped);
    }
    let mut dropped = pairs(c, first);
    dropped.extend(said_elsewhere(c, first, pair));
    c.without(first, &dropped);
}

/// The numbers of properties that one part has alone and that the other schema has in another part, which may be a definition.
fn said_elsewhere<'d>(c: &Comparison<'d>, first: usize, pair: &Pair<'d, '_>) -> HashSet<usize> {
    let wholes = [whole(&pair.old, &c.old), whole(&pair.new, &c.new)];
    let is_said = |edit: &Edit<'d>| {
        let (node, other) = match comes_or_goes(edit)? {
            true => (edit.new, wholes[0].as_ref()?),
            false => (edit.old, wholes[1].as_ref()?),
        };
        let name = name(edit)?;
        let mut lists = other.all("properties");
        let said = lists.find_map(|it| it.get(&name))?;
        let mut required = other.all("required").flat_map(|list| list.elements());
        let is_required = required.any(|it| it.as_str() == Some(&name));
        let was_required = matches!(
            edit.rule.action,
            Action::RequiredAdded | Action::RequiredRemoved
        );
        Some(is_required == was_required && c.same(said, node))
    };
    let numbers = first..c.edits.len();
    let said = numbers.filter(|at| {
        let edit = &c.edits[*at];
        is_property(edit) && is_said(edit) == Some(true)
    });
    said.collect()
}

fn is_property(edit: &Edit<'_>) -> bool {
    !matches!(&*edit.rule.member, "allOf" | "")
}

fn name(edit: &Edit<'_>) -> Option<String> {
    edit.address.split_last().map(|(_, name)| name.to_owned())
}

/// Whether properties, or a part that may have some, came (or went).
fn comes_or_goes(edit: &Edit<'_>) -> Option<bool> {
    let is_about = edit.rule.kind == Kind::Schema
        && matches!(&*edit.rule.member, "properties" | "closed" | "allOf");
    match edit.rule.action {
        Action::WholeAdded => Some(true),
        Action::WholeRemoved => Some(false),
        _ if !is_about => None,
        Action::Added | Action::RequiredAdded | Action::Set => Some(true),
        Action::Removed | Action::RequiredRemoved | Action::Unset => Some(false),
        Action::Replaced => Some(true),
        _ => None,
    }
}

/// Whether nothing but words differs where all parts are written as one schema.
fn is_same_as_a_whole<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) -> bool {
    let Some((old, new)) = whole(&pair.old, &c.old).zip(whole(&pair.new, &c.new)) else {
        return false;
    };
    let first = c.edits.len();
    let (queued, replaced) = (c.queue.len(), c.replaced.clone());
    views(
        c,
        &Pair {
            old,
            new,
            site: pair.site,
        },
    );
    let mut edits = c.edits.drain(first..);
    let is_same = edits.all(|edit| edit.rule.action == Action::Reworded);
    drop(edits);
    c.queue.truncate(queued);
    c.replaced = replaced;
    is_same
}

/// The numbers of properties that are gone from one place and are new at another one, as they were.
fn pairs<'d>(c: &Comparison<'d>, first: usize) -> HashSet<usize> {
    let mut dropped = HashSet::new();
    let of = |comes| {
        let all = c.edits.iter().enumerate().skip(first);
        all.filter(move |(_, it)| is_property(it) && comes_or_goes(it) == Some(comes))
    };
    for (gone, old) in of(false) {
        let is_it = |new: &Edit<'d>| {
            let is_asked = (old.rule.action == Action::RequiredRemoved)
                == (new.rule.action == Action::RequiredAdded);
            is_asked && name(old) == name(new) && c.same(old.old, new.new)
        };
        let mut others = of(true).filter(|(at, it)| !dropped.contains(at) && is_it(it));
        if let Some((came, _)) = others.next() {
            dropped.extend([gone, came]);
        }
    }
    dropped
}
