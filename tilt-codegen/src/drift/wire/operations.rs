//! Paths and operations, with what they have of their path and of the whole document.

use super::difference::{Difference, turned};
use super::edit::{Around, Parts, Site, places};
use super::matched::{Matched, matched};
use super::presence::{is_deprecated, is_true, operations};
use super::{Comparison, security, shown};
use crate::drift::grammar::{Kind, Turn};
use crate::drift::rules::{Action, Subject};
use crate::source::Node;

impl<'d> Comparison<'d> {
    /// Paths, which are known by their templates, but for the names in braces (OpenAPI 3.1.1, section 4.8.8.2).
    pub(super) fn paths(&mut self, parts: Parts<'d>, around: (Node<'d>, Node<'d>), site: &Site) {
        let mut matched = matched(parts, true, template);
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
fn template(path: &str) -> String {
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
                security::servers(self, lists, (old, new), site);
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
    let is_other = lists.0.is_some() != lists.1.is_some();
    match is_other && security::addresses(all.0) != security::addresses(all.1) {
        true => security::other_servers(c, all, places(lists, objects), site),
        false => security::servers(c, all, objects, site),
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

/// Parameters of a path. One that an operation has instead is compared there.
fn shared_parameters<'d>(c: &mut Comparison<'d>, old: Node<'d>, new: Node<'d>, site: &Site) {
    let first = c.edits.len();
    let lists = (old.get("parameters"), new.get("parameters"));
    let mut matched = parameters(c, lists);
    let (outer, site) = (site, &site.with(Subject::Parameter).at("parameters"));
    for (id, old, new) in std::mem::take(&mut matched.both) {
        c.pair(Kind::Parameter, old, new, &site.at(&id));
    }
    let has = |c: &Comparison<'d>, is_new: bool, item: Node<'d>, id: &str| {
        let mut all = operations(item).peekable();
        all.peek().is_some()
            && all.all(|(_, operation)| {
                let list = operation.get("parameters").into_iter();
                let mut ids = list
                    .flat_map(|list| list.elements())
                    .map(|parameter| identity(c, parameter, is_new));
                ids.any(|it| is_one(&it, id))
            })
    };
    matched.removed.retain(|(id, _)| !has(c, true, new, id));
    matched.added.retain(|(id, _)| !has(c, false, old, id));
    leftover(c, matched, places(lists, (old, new)), site);
    c.whole_member(first, "parameters", lists, (old, new), outer);
}

/// Parameters of an operation, which stand before those of its path.
fn of_operation<'d>(
    c: &mut Comparison<'d>,
    own: Parts<'d>,
    shared: Parts<'d>,
    around: (Node<'d>, Node<'d>),
    site: &Site,
) {
    let first = c.edits.len();
    let mut matched = parameters(c, own);
    let (outer, site) = (site, &site.with(Subject::Parameter).at("parameters"));
    for (id, old, new) in std::mem::take(&mut matched.both) {
        c.pair(Kind::Parameter, old, new, &site.at(&id));
    }
    let list = |part: Option<Node<'d>>| -> Vec<Node<'d>> {
        part.into_iter().flat_map(|list| list.elements()).collect()
    };
    let (olds, news) = (list(shared.0), list(shared.1));
    let mut moved = Vec::new();
    matched.removed.retain(|(id, old)| {
        let new = news
            .iter()
            .find(|new| is_one(&identity(c, **new, true), id));
        new.inspect(|new| moved.push((id.clone(), *old, **new)))
            .is_none()
    });
    matched.added.retain(|(id, new)| {
        let old = olds
            .iter()
            .find(|old| is_one(&identity(c, **old, false), id));
        old.inspect(|old| moved.push((id.clone(), **old, *new)))
            .is_none()
    });
    for (id, old, new) in moved {
        c.pair(Kind::Parameter, old, new, &site.at(&id));
    }
    leftover(c, matched, places(own, around), site);
    c.whole_member(first, "parameters", own, around, outer);
}

/// Parameters, by place and name.
struct Parameters<'d> {
    both: Vec<(String, Node<'d>, Node<'d>)>,
    removed: Vec<(String, Node<'d>)>,
    added: Vec<(String, Node<'d>)>,
}

fn parameters<'d>(c: &Comparison<'d>, lists: Parts<'d>) -> Parameters<'d> {
    let all = |list: Option<Node<'d>>, is_new: bool| -> Vec<(String, Node<'d>)> {
        let elements = list.into_iter().flat_map(|list| list.elements());
        elements
            .map(|parameter| (identity(c, parameter, is_new), parameter))
            .collect()
    };
    let mut added = all(lists.1, true);
    let mut both = Vec::new();
    let mut removed = Vec::new();
    for (id, old) in all(lists.0, false) {
        let reference = |node: Node<'d>| node.get("$ref").and_then(|it| it.as_str());
        let is_it = |(other, new): &(String, Node<'d>)| {
            // A definition is itself, whatever it is called on the wire now.
            let referred = match (reference(old), reference(*new)) {
                (Some(was), Some(is)) => c.is_one(was, is),
                _ => false,
            };
            referred || is_one(other, &id)
        };
        match added.iter().position(is_it) {
            Some(number) => both.push((id, old, added.remove(number).1)),
            None => removed.push((id, old)),
        }
    }
    Parameters {
        both,
        removed,
        added,
    }
}

/// Two parameters are one by place and name; names of headers have no case (RFC 9110, section 5.1).
fn is_one(one: &str, other: &str) -> bool {
    one == other || one.starts_with("header ") && one.eq_ignore_ascii_case(other)
}

/// Place and name; of the old document, as the new one calls it in the path.
fn identity<'d>(c: &Comparison<'d>, parameter: Node<'d>, is_new: bool) -> String {
    let side = if is_new { c.new } else { c.old };
    let target = side.follow(parameter);
    let text = |key| {
        let text = target.get(key).and_then(|text| text.as_str());
        text.unwrap_or_default()
    };
    let (place, name) = (text("in"), text("name"));
    match place {
        "path" if !is_new => {
            let name = c.around.names.get(name).copied().unwrap_or(name);
            format!("{place} {name}")
        }
        _ => format!("{place} {name}"),
    }
}

/// Parameters that are not found: renamed, moved, new or gone.
fn leftover<'d>(
    c: &mut Comparison<'d>,
    mut parameters: Parameters<'d>,
    around: (Node<'d>, Node<'d>),
    site: &Site,
) {
    while let Some((old, new)) = one_and_the_same(c, &parameters) {
        let (id, old) = parameters.removed.remove(old);
        let (_, new) = parameters.added.remove(new);
        c.pair(Kind::Parameter, old, new, &site.at(&id));
    }
    let of = |action| Difference::new(Kind::Operation, "parameters", action);
    for (id, old) in parameters.removed {
        let difference = of(Action::Removed).from(shown::code(&id));
        c.edit(difference, old, around.1, &site.at(&id));
    }
    for (id, new) in parameters.added {
        let action = match is_true(c.new.follow(new), "required") {
            true => Action::RequiredAdded,
            false => Action::Added,
        };
        let difference = of(action).to(shown::code(&id));
        c.edit(difference, around.0, new, &site.at(&id));
    }
}

/// One with the same name elsewhere, or, of one that is gone and one that is new, the same with another name.
fn one_and_the_same<'d>(c: &Comparison<'d>, parameters: &Parameters<'d>) -> Option<(usize, usize)> {
    let name = |id: &str| id.split_once(' ').map(|(_, name)| name.to_lowercase());
    for (number, (id, _)) in parameters.removed.iter().enumerate() {
        let mut others = parameters.added.iter();
        if let Some(other) = others.position(|(other, _)| name(other) == name(id)) {
            return Some((number, other));
        }
    }
    let place = |id: &str| id.split_once(' ').map(|(place, _)| place.to_owned());
    // Without a place and a name, an element is what is left of one.
    let is_nameless = |id: &str| id == " ";
    match (&parameters.removed[..], &parameters.added[..]) {
        ([(id, _)], [(other, _)]) if is_nameless(id) || is_nameless(other) => Some((0, 0)),
        ([(id, old)], [(other, new)]) if place(id) == place(other) => {
            let (old, new) = (c.old.follow(*old), c.new.follow(*new));
            let alike = ["schema", "content", "required"].into_iter().all(|key| {
                match (old.get(key), new.get(key)) {
                    (Some(old), Some(new)) => c.same(old, new),
                    (None, None) => true,
                    _ => false,
                }
            });
            alike.then_some((0, 0))
        }
        _ => None,
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
