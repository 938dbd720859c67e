//! Maps and lists of objects: who is who in the other document, and who is new, gone, or called otherwise.

use super::difference::Difference;
use super::edit::{Owner, Parts, Site, Way, places};
use super::label::label;
use super::matched::{Matched, Pair, matched};
use super::operations::template;
use super::ranges::{Renamed, of_ranges};
use super::schema::encodings::{is_of_property_that_is_gone, says_default};
use super::side::Side;
use super::told_by_name::ToldByName;
use super::{Comparison, presence, shown};
use crate::drift::extensions::has_extensions;
use crate::drift::grammar::Kind;
use crate::drift::media_type::spelled;
use crate::drift::rules::{Action, Subject};
use crate::place::unescape;
use crate::source::{Node, NodeKey};

impl<'d> Comparison<'d> {
    pub(super) fn map(
        &mut self,
        kind: Kind,
        key: &'static str,
        inner: Kind,
        parts: Parts<'d>,
        around: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        if presence::has_no_content(kind, key, site) {
            return self.text(kind, key, parts.0, parts.1, around, site);
        }
        let objects = around;
        let outer = site;
        let site = &site.at(key);
        let around = places(parts, around);
        let is_extended = has_extensions(kind, key);
        for (name, old, new) in extensions(parts, is_extended) {
            self.extra(kind, name, (old, new), around, site);
        }
        match kind {
            Kind::OpenApi if key == "paths" => return self.paths(parts, around, site),
            Kind::Components | Kind::AsyncComponents => {
                return components(self, kind, key, inner, parts, around, site);
            }
            _ => {}
        }
        let names = &self.around.names;
        let known = |name: &str| match (kind, key) {
            // As the new address calls it.
            (Kind::Channel, "parameters") => (*names.get(name).unwrap_or(&name)).to_owned(),
            _ => known_by(key, name),
        };
        let mut matched = matched(parts, is_extended, known);
        if kind == Kind::MediaType {
            self.drop_default_encodings(&mut matched, objects, outer);
        }
        let renamed = renamed(self, kind, key, &mut matched);
        let mut both = matched.both.iter();
        let has_success = both.any(|(name, ..)| name.starts_with('2'));
        for (name, old, is, new) in &matched.both {
            let inside = self.part(inner, &site.at(name), (Some(*old), Some(*new)));
            match inner {
                Kind::Channel => self.channel((name, *old), (is, *new), &inside),
                _ => self.pair(inner, *old, *new, &inside),
            }
        }
        self.renamed(kind, key, inner, (renamed, has_success), site);
        if matches!(key, "content" | "responses") {
            self.within_range((kind, key, inner), &mut matched, site);
        }
        self.came_and_went(kind, key, inner, (matched, around), site);
    }

    /// Members that are the same under other keys.
    fn renamed(
        &mut self,
        kind: Kind,
        key: &'static str,
        inner: Kind,
        (all, has_success): (Vec<Renamed<'d>>, bool),
        site: &Site,
    ) {
        for renamed in all {
            let (Some((was, old)), Some((is, new))) = (renamed.was.first(), renamed.is.first())
            else {
                continue;
            };
            let difference = renamed.difference(kind, member(kind, key), has_success);
            self.called_otherwise(inner, (was, *old), (is, *new));
            let inside = self.part(inner, &site.at(was), (Some(*old), Some(*new)));
            self.edit(difference, *old, *new, &inside);
        }
    }

    /// Members that one of two maps has.
    fn came_and_went(
        &mut self,
        kind: Kind,
        key: &'static str,
        inner: Kind,
        (matched, around): (Matched<'d>, (Node<'d>, Node<'d>)),
        site: &Site,
    ) {
        let member = member(kind, key);
        let ignored = |name: &str| {
            let is_ignored = presence::is_ignored_header(kind, key, name);
            is_ignored.then(|| Difference::ignored(kind, key, name))
        };
        for (name, old) in matched.removed {
            let action = match presence::is_weighty(self, kind, key, name, old, true) {
                true => Action::RequiredRemoved,
                false => Action::Removed,
            };
            let difference = Difference::new(kind, member, action).from(shown::code(name));
            let difference = ignored(name).unwrap_or(difference);
            let inside = self.part(inner, &site.at(name), (Some(old), None));
            self.edit(difference, old, around.1, &inside);
        }
        for (name, new) in matched.added {
            let action = match presence::is_weighty(self, kind, key, name, new, false) {
                true => Action::RequiredAdded,
                false => Action::Added,
            };
            let difference = Difference::new(kind, member, action).to(shown::code(name));
            let difference = ignored(name).unwrap_or(difference);
            let inside = self.part(inner, &site.at(name), (None, Some(new)));
            self.edit(difference, around.0, new, &inside);
        }
    }

    /// Without encodings that say what leaving them out means, and those that come and go with their properties.
    fn drop_default_encodings(
        &self,
        matched: &mut Matched<'d>,
        (old, new): (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let media_type = site.address.split_last().map(|(_, token)| token);
        let media_type = unescape(media_type.unwrap_or_default());
        let says = |side: &Side<'d>, media: Node<'d>, name: &str, encoding: Node<'d>| {
            !says_default(side, media, (&media_type, name), encoding)
        };
        // Properties are told with all that is said of them.
        let (was, is) = ((&self.old, old), (&self.new, new));
        matched.removed.retain(|(name, encoding)| {
            says(&self.old, old, name, *encoding) && !is_of_property_that_is_gone(was, is, name)
        });
        matched.added.retain(|(name, encoding)| {
            says(&self.new, new, name, *encoding) && !is_of_property_that_is_gone(is, was, name)
        });
    }

    /// The site of a part. Owners are what operations can be counted of, which is known where they are defined.
    fn part(&self, inner: Kind, site: &Site, (old, new): Parts<'d>) -> Site {
        let owned = || {
            let old = old.map(|node| self.old.follow(node));
            site.owned(old, new.map(|node| self.new.follow(node)))
        };
        match inner {
            // Its operations, and those that are on it, say whether the API sends or the program.
            Kind::Channel | Kind::AsyncServer => Site {
                way: Way::Own,
                ..owned()
            },
            Kind::PathItem => owned(),
            Kind::Operation | Kind::Message => site.owned(old, new),
            _ => site.clone(),
        }
    }
}

/// The member of the table: operations are operations, whichever the method.
fn member(kind: Kind, key: &'static str) -> &'static str {
    match (kind, key) {
        (Kind::PathItem, "additionalOperations") => "operations",
        _ => key,
    }
}

/// Keys that are spelled in several ways: headers (RFC 9110, section 5.1), media types (section 8.3.1).
fn known_by(key: &str, name: &str) -> String {
    match key {
        "headers" => name.to_ascii_lowercase(),
        "content" => spelled(name),
        "channels" => template(name),
        _ => name.to_owned(),
    }
}

/// A member of two maps, where they have it.
type Member<'d> = (&'d str, Option<Node<'d>>, Option<Node<'d>>);

fn extensions<'d>(parts: Parts<'d>, is_extended: bool) -> Vec<Member<'d>> {
    let keys = |part: Option<Node<'d>>| {
        let members = part.into_iter().flat_map(|map| map.members());
        members
            .map(|(key, _)| key)
            .filter(|key| is_extended && key.starts_with("x-"))
            .collect::<Vec<_>>()
    };
    let mut all = keys(parts.0);
    all.extend(keys(parts.1));
    all.sort_unstable();
    all.dedup();
    let get = |part: Option<Node<'d>>, key| part.and_then(|map: Node<'d>| map.get(key));
    let all = all.into_iter();
    all.map(|key| (key, get(parts.0, key), get(parts.1, key)))
        .collect()
}

/// Members that are the same under other keys.
fn renamed<'d>(
    c: &Comparison<'d>,
    kind: Kind,
    key: &str,
    matched: &mut Matched<'d>,
) -> Vec<Renamed<'d>> {
    let mut all = match key {
        "content" | "responses" => of_ranges(c, key, matched),
        _ => Vec::new(),
    };
    let rest = match kind {
        // A status that answers the same is no other status.
        Kind::Operation if key == "responses" => renamed_statuses(c, matched),
        Kind::MediaType => Vec::new(),
        _ if key == "content" => {
            let mut all = matched.renamed(c);
            all.extend(matched.nearest(|_, _, old, new| c.same(old, new)));
            all
        }
        _ => matched.renamed(c),
    };
    all.extend(rest.into_iter().map(Renamed::one));
    all
}

/// One status in place of one other; of several, where both are successes or neither is.
fn renamed_statuses<'d>(c: &Comparison<'d>, matched: &mut Matched<'d>) -> Vec<Pair<'d>> {
    match (&matched.removed[..], &matched.added[..]) {
        ([_], [_]) => matched.renamed(c),
        _ => matched.nearest(|was, is, old, new| {
            was.starts_with('2') == is.starts_with('2') && c.same(old, new)
        }),
    }
}

/// Definitions. Each is compared at its own place; one that came or went is told where it is used.
fn components<'d>(
    c: &mut Comparison<'d>,
    kind: Kind,
    key: &'static str,
    inner: Kind,
    parts: Parts<'d>,
    around: (Node<'d>, Node<'d>),
    site: &Site,
) {
    let subject = match inner {
        Kind::Parameter => Subject::Parameter,
        Kind::Header => Subject::Header,
        Kind::MediaType | Kind::RequestBody | Kind::Response | Kind::Message => Subject::Body,
        _ => Subject::Property,
    };
    let renames = c.renames.clone();
    let matched = matched(parts, false, str::to_owned);
    for (name, old, _, new) in &matched.both {
        c.definition(inner, *old, *new, subject, site.at(name).address);
    }
    let is_used = |c: &Comparison<'d>, node: Node<'d>| is_used(c, inner, node);
    let mut is_new_name = Vec::new();
    let values = names_as_values(c, inner, &matched);
    for (name, old) in matched.removed {
        let to = renames.get(name).map(String::as_str);
        let to = to.and_then(|to| Some((to, parts.1?.get(to)?)));
        if let Some((to, new)) = to {
            is_new_name.push(to.to_owned());
            let value = values[0].is_other_value(name, (&values[1], to));
            let difference = Difference::new(kind, key, renaming_of(&value))
                .from(shown::code(name))
                .to(shown::code(to));
            let inside = site.at(name).defined(old, new);
            c.edit(difference, old, new, &inside);
            c.seen_with(value.unwrap_or_default());
            c.definition(inner, old, new, subject, site.at(to).address);
        } else if !is_used(c, old) {
            let difference = Difference::new(kind, key, Action::Removed).from(shown::code(name));
            c.edit(
                difference,
                old,
                around.1,
                &site.at(name).defined(old, around.1),
            );
        }
    }
    for (name, new) in matched.added {
        if !is_new_name.iter().any(|it| it == name) && !is_used(c, new) {
            let difference = Difference::new(kind, key, Action::Added).to(shown::code(name));
            c.edit(
                difference,
                around.0,
                new,
                &site.at(name).defined(around.0, new),
            );
        }
    }
}

/// Whether an operation or an event has a definition. Of a callback, its operations are what is counted.
fn is_used<'d>(c: &Comparison<'d>, inner: Kind, node: Node<'d>) -> bool {
    let has_used = |item| {
        let mut operations = presence::operations(item);
        operations.any(|(_, operation)| c.is_used(operation))
    };
    match inner {
        Kind::Callback => node.members().any(|(_, item)| has_used(item)),
        _ => c.is_used(node),
    }
}

/// The schemas whose names are values, before and after, where some have other names.
fn names_as_values<'d>(
    c: &Comparison<'d>,
    inner: Kind,
    matched: &Matched<'d>,
) -> [ToldByName<'d>; 2] {
    let mut names = matched.removed.iter().map(|(name, _)| *name);
    match inner == Kind::Schema && names.any(|name| c.renames.contains_key(name)) {
        true => [ToldByName::of(&c.old), ToldByName::of(&c.new)],
        false => Default::default(),
    }
}

/// The action of another name, which may be another value.
fn renaming_of<T>(value: &Option<T>) -> Action {
    match value {
        Some(_) => Action::RequiredRenamed,
        None => Action::Renamed,
    }
}

impl Comparison<'_> {
    /// The last edit is seen wherever these schemas are.
    fn seen_with(&mut self, [olds, news]: [Vec<NodeKey>; 2]) {
        let owners = olds.into_iter().map(|old| (Some(old), None));
        let owners = owners.chain(news.into_iter().map(|new| (None, Some(new))));
        if let Some(edit) = self.edits.last_mut() {
            let seen = owners.map(|(old, new)| (Owner { old, new }, Way::Own));
            edit.seen.extend(seen);
        }
    }
}

impl Site {
    fn defined(&self, old: Node<'_>, new: Node<'_>) -> Site {
        self.of_users(Some(old), Some(new))
    }
}

impl<'d> Comparison<'d> {
    /// Objects in lists, known by their names, or by being equal.
    pub(super) fn list(
        &mut self,
        kind: Kind,
        key: &'static str,
        inner: Kind,
        parts: Parts<'d>,
        around: (Node<'d>, Node<'d>),
        site: &Site,
    ) {
        let site = &site.at(key);
        let elements = |part: Option<Node<'d>>| -> Vec<Node<'d>> {
            part.into_iter().flat_map(|list| list.elements()).collect()
        };
        let (olds, mut news) = (elements(parts.0), elements(parts.1));
        let places = places(parts, around);
        let mut gone = Vec::new();
        for old in olds {
            let is_it = |new: &Node<'d>| match (label(old), label(*new)) {
                (Some(was), Some(is)) => was == is,
                (None, None) => self.same(old, *new),
                _ => false,
            };
            match news.iter().position(is_it) {
                Some(number) => {
                    let new = news.remove(number);
                    let inside = site.at(&label(old).unwrap_or_default());
                    let inside = of_list(kind, inner, &inside, (Some(old), Some(new)));
                    self.pair(inner, old, new, &inside);
                }
                None => gone.push(old),
            }
        }
        // Without names, the order is all there is; one in place of one is that one, changed.
        let is_one = gone.len() == 1 && !matches!(inner, Kind::Tag);
        let is_nameless = || gone.iter().chain(&news).all(|node| label(*node).is_none());
        if gone.len() == news.len() && (is_one || is_nameless()) {
            for (old, new) in gone.into_iter().zip(news) {
                self.pair(inner, old, new, site);
            }
            return;
        }
        if let ([old], [new]) = (&gone[..], &news[..]) {
            let name = |node: &Node<'d>| label(*node).unwrap_or_default();
            let difference = Difference::new(kind, key, Action::Replaced)
                .from(shown::code(&name(old)))
                .to(shown::code(&name(new)));
            let inside = of_list(kind, inner, &site.at(&name(old)), (Some(*old), Some(*new)));
            return self.edit(difference, *old, *new, &inside);
        }
        let both = ((gone, news), places);
        self.elements_alone(kind, key, inner, both, site);
    }

    /// Elements that one of two lists has.
    fn elements_alone(
        &mut self,
        kind: Kind,
        key: &'static str,
        inner: Kind,
        ((gone, news), places): Alone<'d>,
        site: &Site,
    ) {
        for old in gone {
            let name = label(old).unwrap_or_default();
            let difference = Difference::new(kind, key, Action::Removed).from(shown::code(&name));
            let inside = of_list(kind, inner, &site.at(&name), (Some(old), None));
            self.edit(difference, old, places.1, &inside);
        }
        for new in news {
            let name = label(new).unwrap_or_default();
            let difference = Difference::new(kind, key, Action::Added).to(shown::code(&name));
            let inside = of_list(kind, inner, &site.at(&name), (None, Some(new)));
            self.edit(difference, places.0, new, &inside);
        }
    }
}

/// Elements of the old and of the new list alone, and both lists.
type Alone<'d> = ((Vec<Node<'d>>, Vec<Node<'d>>), (Node<'d>, Node<'d>));

/// The site of an element of a list. A tag of OpenAPI is that of the operations that have it.
fn of_list(kind: Kind, inner: Kind, site: &Site, (old, new): Parts<'_>) -> Site {
    match (kind, inner) {
        (Kind::OpenApi, Kind::Tag) => site.owned(old, new),
        _ => site.clone(),
    }
}
