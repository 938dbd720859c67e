//! Paths and operations, with what they have of their path and of the whole document.

use super::difference::{Difference, turned};
use super::edit::{Around, Parts, Site, places};
use super::matched::{Matched, matched};
use super::parameters::{of_operation, shared_parameters};
use super::presence::{is_deprecated, operations};
use super::{Comparison, security, servers, shown};
use crate::drift::grammar::{Kind, Turn};
use crate::drift::rules::Action;
use crate::source::Node;

impl<'d> Comparison<'d> {
    /// Paths, which are known by their templates, but for the names in braces (OpenAPI 3.1.1, section 4.8.8.2).
    pub(super) fn paths(&mut self, parts: Parts<'d>, around: (Node<'d>, Node<'d>), site: &Site) {
        let mut matched = matched(parts, true, template);
        for (was, old, is, new) in self.shifted_paths(&mut matched) {
            let inside = site.at(was).owned(Some(old), Some(new));
            item(self, (was, old), (is, new), &inside);
        }
        let renamed = matched.renamed_if(|old, new| {
            let (was, is) = (operation_ids(old), operation_ids(new));
            self.same(old, new) || (!was.is_empty() && was == is)
        });
        self.moved_operations(&mut matched, site);
        for (was, old, is, new) in std::mem::take(&mut matched.both) {
            let inside = site.at(was).owned(Some(old), Some(new));
            if was != is {
                let difference = Difference::new(Kind::OpenApi, "paths", Action::Reworded)
                    .from(shown::code(was))
                    .to(shown::code(is));
                self.edit(difference, old, new, &inside);
            }
            item(self, (was, old), (is, new), &inside);
        }
        for (was, old, is, new) in renamed {
            let inside = site.at(was).owned(Some(old), Some(new));
            let difference = Difference::new(Kind::OpenApi, "paths", Action::Renamed)
                .from(shown::code(was))
                .to(shown::code(is));
            self.edit(difference, old, new, &inside);
            item(self, (was, old), (is, new), &inside);
        }
        came_and_went(self, matched, around, site);
    }
}

fn came_and_went<'d>(
    c: &mut Comparison<'d>,
    matched: Matched<'d>,
    around: (Node<'d>, Node<'d>),
    site: &Site,
) {
    for (name, old) in matched.removed {
        let action = match operations(c.old.follow(old)).all(|(_, it)| is_deprecated(it)) {
            true => Action::RequiredRemoved,
            false => Action::Removed,
        };
        let difference = Difference::new(Kind::OpenApi, "paths", action).from(shown::code(name));
        let inside = site.at(name).owned(Some(c.old.follow(old)), None);
        c.edit(difference, old, around.1, &inside);
    }
    for (name, new) in matched.added {
        let difference =
            Difference::new(Kind::OpenApi, "paths", Action::Added).to(shown::code(name));
        let inside = site.at(name).owned(None, Some(c.new.follow(new)));
        c.edit(difference, around.0, new, &inside);
    }
}

fn item<'d>(
    c: &mut Comparison<'d>,
    (was, old): (&'d str, Node<'d>),
    (is, new): (&'d str, Node<'d>),
    site: &Site,
) {
    let names = names(was).zip(names(is)).collect();
    let before = std::mem::replace(
        &mut c.around,
        Around {
            item: (None, None),
            path: (was, is),
            names,
        },
    );
    c.called_by_path(c.old.follow(old), c.new.follow(new));
    c.pair(Kind::PathItem, old, new, site);
    c.around = before;
}

/// A template without the names in braces.
pub(super) fn template(path: &str) -> String {
    let mut template = String::new();
    let mut depth = 0_usize;
    for c in path.chars() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                template.push_str("{}");
            }
            _ if depth == 0 => template.push(c),
            _ => {}
        }
    }
    template
}

/// The names in braces.
pub(super) fn names(path: &str) -> impl Iterator<Item = &str> {
    let pieces = path.split('{').skip(1);
    pieces.map(|piece| piece.split('}').next().unwrap_or(piece))
}

fn operation_ids(item: Node<'_>) -> Vec<(&'static str, &str)> {
    operations(item)
        .filter_map(|(method, operation)| Some((method, operation.get("operationId")?.as_str()?)))
        .collect()
}

impl<'d> Comparison<'d> {
    /// Members that an object has of its own, or else of the object around it.
    pub(super) fn inherited(&mut self, kind: Kind, old: Node<'d>, new: Node<'d>, site: &Site) {
        match kind {
            Kind::OpenApi => {
                security::of_document(self, old, new);
                let lists = (old.get("servers"), new.get("servers"));
                let first = self.edits.len();
                // Of the operations that have none of their own, nor of their paths.
                let site = &site.owned(lists.0, lists.1);
                if self.shifted_servers(site).is_some() {
                    return;
                }
                servers::servers(self, lists, (old, new), site);
                self.whole_member(first, "servers", lists, (old, new), site);
            }
            Kind::Operation => {
                let item = self.around.item;
                let own = (old.get("parameters"), new.get("parameters"));
                let shared = (
                    item.0.and_then(|item| item.get("parameters")),
                    item.1.and_then(|item| item.get("parameters")),
                );
                let asked = turned(site, Turn::Asked);
                of_operation(self, own, shared, (old, new), &asked);
                security::of_operation(self, old, new, &asked);
                own_servers(self, (old, new), item, site);
            }
            Kind::PathItem => servers_of_path(self, (old, new), site),
            Kind::AsyncServer | Kind::AsyncOperation | Kind::OperationTrait => {
                security::of_messages(self, kind, old, new, site);
            }
            _ => {}
        }
    }
}

/// Its own servers; an empty list is none.
fn stated(object: Node<'_>) -> Option<Node<'_>> {
    let list = object.get("servers");
    list.filter(|list| list.elements().next().is_some())
}

/// Servers of a path, for those of its operations that have none of their own, before and after.
fn servers_of_path<'d>(c: &mut Comparison<'d>, (old, new): (Node<'d>, Node<'d>), site: &Site) {
    let mut both = operations(old).filter_map(|(method, old)| Some((old, new.get(method)?)));
    let inherits = both.any(|(old, new)| stated(old).is_none() && stated(new).is_none());
    if inherits {
        around(c, (stated(old), stated(new)), (old, new), site);
    }
}

/// Servers of an operation that has some of its own, before or after.
fn own_servers<'d>(
    c: &mut Comparison<'d>,
    (old, new): (Node<'d>, Node<'d>),
    item: Parts<'d>,
    site: &Site,
) {
    let own = (stated(old), stated(new));
    if own.0.is_some() || own.1.is_some() {
        let lists = (
            own.0.or_else(|| item.0.and_then(stated)),
            own.1.or_else(|| item.1.and_then(stated)),
        );
        around(c, lists, (old, new), site);
    }
}

/// Servers where a list stands for that of the whole document, in one of them at least.
fn around<'d>(
    c: &mut Comparison<'d>,
    lists: Parts<'d>,
    objects: (Node<'d>, Node<'d>),
    site: &Site,
) {
    if lists.0.is_none() && lists.1.is_none() {
        return;
    }
    let of = |root: Option<Node<'d>>| root.and_then(|root| root.get("servers"));
    let all = (
        lists.0.or_else(|| of(c.old.root(c.old.openapi))),
        lists.1.or_else(|| of(c.new.root(c.new.openapi))),
    );
    if site.callers.api && !site.callers.program {
        // The program says where it is called.
        let is_same = lists
            .0
            .zip(lists.1)
            .is_some_and(|(old, new)| c.same(old, new));
        if !is_same {
            let difference = Difference::ignored(Kind::Operation, "servers", "servers");
            let (old, new) = places(lists, objects);
            c.edit(difference, old, new, site);
        }
        return;
    }
    let is_other = lists.0.is_some() != lists.1.is_some();
    match is_other && servers::addresses(all.0) != servers::addresses(all.1) {
        true => servers::other_servers(c, all, places(lists, objects), site),
        false => servers::servers(c, all, objects, site),
    }
}

impl<'d> Comparison<'d> {
    /// The operations of a path know it.
    pub(super) fn enter(&mut self, old: Node<'d>, new: Node<'d>, site: &Site) -> Around<'d> {
        let names = self.around.names.clone();
        let around = Around {
            item: (Some(old), Some(new)),
            path: self.around.path,
            names,
        };
        let before = std::mem::replace(&mut self.around, around);
        shared_parameters(self, old, new, &turned(site, Turn::Asked));
        before
    }
}

impl<'d> Comparison<'d> {
    /// A callback: paths by the expression that says where they are called.
    pub(super) fn callback(&mut self, old: Node<'d>, new: Node<'d>, site: &Site) {
        let mut matched = matched((Some(old), Some(new)), true, str::to_owned);
        let renamed = matched.renamed(self);
        for (name, old, _, new) in &matched.both {
            item(
                self,
                ("", *old),
                ("", *new),
                &site.at(name).owned(Some(*old), Some(*new)),
            );
        }
        let of = |action| Difference::new(Kind::Callback, "", action);
        for (was, old, is, new) in renamed {
            let difference = of(Action::Renamed)
                .from(shown::code(was))
                .to(shown::code(is));
            self.edit(
                difference,
                old,
                new,
                &site.at(was).owned(Some(old), Some(new)),
            );
        }
        for (name, item) in matched.removed {
            let difference = of(Action::Removed).from(shown::code(name));
            self.edit(
                difference,
                item,
                new,
                &site.at(name).owned(Some(item), None),
            );
        }
        for (name, item) in matched.added {
            let difference = of(Action::Added).to(shown::code(name));
            self.edit(
                difference,
                old,
                item,
                &site.at(name).owned(None, Some(item)),
            );
        }
        for (key, value) in old.members().filter(|(key, _)| key.starts_with("x-")) {
            self.extra(
                Kind::Callback,
                key,
                (Some(value), new.get(key)),
                (old, new),
                site,
            );
        }
        for (key, value) in new.members().filter(|(key, _)| key.starts_with("x-")) {
            if old.get(key).is_none() {
                self.extra(Kind::Callback, key, (None, Some(value)), (old, new), site);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_braces_are_not_part_of_a_path() {
        assert_eq!(template("/a/{id}/b{x}"), template("/a/{key}/b{y}"));
        assert_ne!(template("/a/{id}"), template("/a/id"));
        assert_eq!(names("/a/{id}/b{x}").collect::<Vec<_>>(), ["id", "x"]);
    }
}
