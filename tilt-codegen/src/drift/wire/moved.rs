//! Operations that stand under another path now: each is known by its `operationId`, which no other one has (OpenAPI 3.1.1,
//! section 4.8.10.1).

use super::Comparison;
use super::difference::Difference;
use super::edit::{Around, Site};
use super::matched::Matched;
use super::operations::names;
use super::presence::operations;
use super::reach::operation_name as name;
use super::shown;
use super::side::Side;
use crate::drift::grammar::Kind;
use crate::drift::rules::Action;
use crate::source::Node;
use std::collections::HashMap;

/// An operation that one of two states does not have where it stands.
#[derive(Clone, Copy)]
struct Alone<'d> {
    path: &'d str,
    item: Node<'d>,
    operation: Node<'d>,
}

/// By method and id; none, where there are several.
type ById<'d> = HashMap<(&'static str, &'d str), Option<Alone<'d>>>;

impl<'d> Comparison<'d> {
    /// Compares operations that have another path, and takes out paths of which nothing else is left to tell.
    pub(super) fn moved_operations(&mut self, matched: &mut Matched<'d>, site: &Site) {
        let both = || matched.both.iter();
        let olds = both().map(|(was, old, _, new)| (*was, *old, Some(*new)));
        let olds = olds.chain(matched.removed.iter().map(|(was, old)| (*was, *old, None)));
        let news = both().map(|(_, old, is, new)| (*is, *new, Some(*old)));
        let news = news.chain(matched.added.iter().map(|(is, new)| (*is, *new, None)));
        let gone = by_id(olds, &self.old, &self.new);
        let came = by_id(news, &self.new, &self.old);
        let mut moved: Vec<(&'static str, Alone<'d>, Alone<'d>)> = gone
            .iter()
            .filter_map(|(id, old)| Some((id.0, (*old)?, (*came.get(id)?)?)))
            .collect();
        moved.sort_unstable_by_key(|(method, old, _)| (old.path, *method));
        for (method, old, new) in moved {
            self.moved_operation(method, old, new, site);
        }
        let is_told = |side: &Side<'d>, item: Node<'d>| {
            let mut all = operations(side.follow(item)).peekable();
            all.peek().is_some() && all.all(|(_, it)| self.elsewhere.contains(&it.key()))
        };
        matched.removed.retain(|(_, old)| !is_told(&self.old, *old));
        matched.added.retain(|(_, new)| !is_told(&self.new, *new));
    }

    fn moved_operation(
        &mut self,
        method: &'static str,
        old: Alone<'d>,
        new: Alone<'d>,
        site: &Site,
    ) {
        let (was, is) = (name(method, old.path), name(method, new.path));
        let around = Around {
            item: (Some(old.item), Some(new.item)),
            path: (old.path, new.path),
            // Names in braces are the same at the same place, if there are as many places.
            names: match names(old.path).count() == names(new.path).count() {
                true => names(old.path).zip(names(new.path)).collect(),
                false => HashMap::new(),
            },
        };
        let before = std::mem::replace(&mut self.around, around);
        let (old, new) = (old.operation, new.operation);
        self.elsewhere.extend([old.key(), new.key()]);
        let difference = Difference::new(Kind::OpenApi, "operations", Action::Renamed)
            .from(shown::code(&was))
            .to(shown::code(&is));
        let inside = site.at(self.around.path.0).at(method);
        let inside = inside.owned(Some(old), Some(new));
        self.called(was, is);
        self.edit(difference, old, new, &inside);
        self.pair(Kind::Operation, old, new, &inside);
        self.around = before;
    }
}

/// The operations of items that have no such method in the other state.
fn by_id<'d>(
    items: impl Iterator<Item = (&'d str, Node<'d>, Option<Node<'d>>)>,
    side: &Side<'d>,
    other: &Side<'d>,
) -> ById<'d> {
    let mut by_id = ById::new();
    for (path, item, there) in items {
        let item = side.follow(item);
        let there = there.map(|it| other.follow(it));
        for (method, operation) in operations(item) {
            let is_there = there.is_some_and(|it| it.get(method).is_some());
            let id = operation.get("operationId").and_then(|id| id.as_str());
            let Some(id) = id.filter(|id| !id.is_empty() && !is_there) else {
                continue;
            };
            let alone = Alone {
                path,
                item,
                operation,
            };
            let entry = by_id.entry((method, id));
            entry.and_modify(|it| *it = None).or_insert(Some(alone));
        }
    }
    by_id
}
