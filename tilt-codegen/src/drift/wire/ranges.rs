//! Statuses and media types that stand for several others (OpenAPI 3.1.1, sections 4.8.13, 4.8.14 and 4.8.16), and one of them in
//! the place of others.

use super::Comparison;
use super::difference::Difference;
use super::edit::Site;
use super::matched::Matched;
use super::shown;
use crate::drift::grammar::Kind;
use crate::drift::media_type::spelled;
use crate::drift::rules::Action;
use crate::source::Node;

/// Members of a map that are the same under other keys: one in the place of one, or a range and some of what it stands for.
#[derive(Default)]
pub(super) struct Renamed<'d> {
    pub(super) was: Vec<(&'d str, Node<'d>)>,
    pub(super) is: Vec<(&'d str, Node<'d>)>,
}

impl<'d> Renamed<'d> {
    pub(super) fn one((was, old, is, new): (&'d str, Node<'d>, &'d str, Node<'d>)) -> Self {
        Renamed {
            was: vec![(was, old)],
            is: vec![(is, new)],
        }
    }

    /// The difference, in which each key is named.
    pub(super) fn difference(
        &self,
        kind: Kind,
        key: &'static str,
        has_success: bool,
    ) -> Difference<'static> {
        let pairs = self.was.iter();
        let pairs = pairs.flat_map(|was| self.is.iter().map(move |is| (was.0, is.0)));
        let mut renamings: Vec<_> = pairs
            .map(|names| renaming(kind, key, names, has_success))
            .collect();
        // Of several statuses, what is said of a success.
        renamings.sort_by_key(|(member, _)| *member != "success");
        let first = renamings.first().copied();
        let (member, action) = first.unwrap_or((key, Action::Renamed));
        let codes = |all: &[(&str, Node<'_>)]| {
            let all: Vec<String> = all.iter().map(|(name, _)| shown::code(name)).collect();
            all.join(", ")
        };
        Difference::new(kind, member, action)
            .from(codes(&self.was))
            .to(codes(&self.is))
    }
}

/// Takes out ranges in whose place some come of what they stand for and say the same, and the reverse.
pub(super) fn of_ranges<'d>(
    c: &Comparison<'d>,
    key: &str,
    matched: &mut Matched<'d>,
) -> Vec<Renamed<'d>> {
    let is_in = |range: &str, name: &str| match key {
        "content" => stands_for(range, name),
        _ => has_status(range, name),
    };
    let mut all = Vec::new();
    for range in matched.removed.clone() {
        let is_of = |it: &(&str, Node<'d>)| is_in(range.0, it.0) && c.same(range.1, it.1);
        let is = taken(&mut matched.added, is_of);
        if !is.is_empty() {
            matched.removed.retain(|it| it.0 != range.0);
            let was = vec![range];
            all.push(Renamed { was, is });
        }
    }
    for range in matched.added.clone() {
        let is_of = |it: &(&str, Node<'d>)| is_in(range.0, it.0) && c.same(it.1, range.1);
        let was = taken(&mut matched.removed, is_of);
        if !was.is_empty() {
            matched.added.retain(|it| it.0 != range.0);
            let is = vec![range];
            all.push(Renamed { was, is });
        }
    }
    all
}

fn taken<T: Clone>(list: &mut Vec<T>, is_it: impl Fn(&T) -> bool) -> Vec<T> {
    let (taken, rest) = list.iter().cloned().partition(is_it);
    *list = rest;
    taken
}

impl<'d> Comparison<'d> {
    /// A member that comes beside a range which has it, or goes and leaves one: what both say differently is all there is to it.
    pub(super) fn within_range(
        &mut self,
        (kind, key, inner): (Kind, &'static str, Kind),
        matched: &mut Matched<'d>,
        site: &Site,
    ) {
        let ranges: Vec<_> = matched.both.clone();
        let around = |name: &str| {
            let mut all = ranges.iter().filter(|it| is_in(key, it.0, name));
            // The narrower one counts.
            let first = all.next()?;
            Some(
                all.fold(first, |it, other| match is_in(key, it.0, other.0) {
                    true => other,
                    false => it,
                }),
            )
        };
        for (name, old) in std::mem::take(&mut matched.removed) {
            match around(name) {
                Some((_, _, range, new)) => {
                    let difference = Difference::new(kind, key, Action::ValueRemoved)
                        .from(shown::code(name))
                        .to(shown::code(range));
                    self.as_range(difference, inner, (old, *new), &site.at(name));
                }
                None => matched.removed.push((name, old)),
            }
        }
        for (name, new) in std::mem::take(&mut matched.added) {
            match around(name) {
                Some((range, old, ..)) => {
                    let difference = Difference::new(kind, key, Action::ValueAdded)
                        .from(shown::code(range))
                        .to(shown::code(name));
                    self.as_range(difference, inner, (*old, new), &site.at(name));
                }
                None => matched.added.push((name, new)),
            }
        }
    }

    fn as_range(
        &mut self,
        difference: Difference<'static>,
        inner: Kind,
        (old, new): (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let first = self.edits.len();
        self.edit(difference, old, new, site);
        self.pair(inner, old, new, site);
        self.as_first(first, |_| true, site);
    }
}

/// Whether a key stands for another one in such a map. Of `default` nobody knows which statuses it was meant for.
fn is_in(key: &str, range: &str, name: &str) -> bool {
    match key {
        "content" => stands_for(range, name),
        _ => range != "default" && has_status(range, name),
    }
}

/// The member of the table and the action for another name.
fn renaming(
    kind: Kind,
    key: &'static str,
    (was, is): (&str, &str),
    has_success: bool,
) -> (&'static str, Action) {
    match (kind, key) {
        (Kind::Operation, "responses") => status_in_place(was, is, has_success),
        (Kind::RequestBody | Kind::Response, "content") => {
            match (stands_for(was, is), stands_for(is, was)) {
                (true, _) => (key, Action::Specialized),
                (_, true) => (key, Action::Generalized),
                _ => (key, Action::Renamed),
            }
        }
        _ => (key, Action::Renamed),
    }
}

/// A program that reads a success wants that one, and a class has all of its statuses. Where nothing else is a success,
/// `default` is.
fn status_in_place(was: &str, is: &str, has_success: bool) -> (&'static str, Action) {
    let is_class = |status: &str| status.ends_with("XX");
    let is_of_class = || was.as_bytes().first() == is.as_bytes().first();
    let is_success = |status: &str| status.starts_with('2');
    let is_any = |status: &str| status == "default" && !has_success;
    let is_wider =
        |one: &str, other: &str| is_any(one) || is_class(one) && !is_class(other) && is_of_class();
    match () {
        () if is_success(is) && is_wider(was, is) => ("success", Action::Specialized),
        () if is_success(was) && is_wider(is, was) => ("success", Action::Generalized),
        () if is_success(was) => ("responses", Action::RequiredRenamed),
        () if is_class(is) && !is_class(was) && is_of_class() => ("responses", Action::Generalized),
        () => ("responses", Action::Renamed),
    }
}

/// Whether a class of statuses has another one, as `default` has all.
fn has_status(range: &str, status: &str) -> bool {
    match range.strip_suffix("XX") {
        Some(class) => status.strip_prefix(class).is_some_and(|rest| rest != "XX"),
        None => range == "default" && status != "default",
    }
}

/// Whether a range of media types has another one; one without parameters has those with some (RFC 9110, section 12.5.1).
fn stands_for(range: &str, other: &str) -> bool {
    let (range, other) = (spelled(range), spelled(other));
    match range.strip_suffix("/*") {
        Some("*") => other != range,
        Some(ty) => {
            let rest = other.strip_prefix(ty).and_then(|it| it.strip_prefix('/'));
            rest.is_some_and(|subtype| subtype != "*")
        }
        None => {
            let rest = other.strip_prefix(&*range);
            !range.contains(';') && rest.is_some_and(|rest| rest.starts_with(';'))
        }
    }
}
