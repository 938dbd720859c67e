//! Maps and lists of objects: who is who in the other document, and who is new, gone, or called otherwise.

use super::comparison::{Comparison, Difference};
use super::edit::{Owner, Site, Way};
use super::{operations, shown};
use crate::drift::Direction;
use crate::drift::grammar::Kind;
use crate::drift::rules::{Action, Subject};
use crate::source::Node;
use std::collections::HashMap;

type Parts<'d> = (Option<Node<'d>>, Option<Node<'d>>);

/// The members of two maps, by what they are known by.
pub(super) struct Matched<'d> {
    pub(super) both: Vec<(&'d str, Node<'d>, &'d str, Node<'d>)>,
    pub(super) removed: Vec<(&'d str, Node<'d>)>,
    pub(super) added: Vec<(&'d str, Node<'d>)>,
}

/// Matches members by key, up to what a spelling of the key does not say.
pub(super) fn matched<'d>(parts: Parts<'d>, known_by: impl Fn(&str) -> String) -> Matched<'d> {
    let members = |part: Option<Node<'d>>| -> Vec<(&'d str, Node<'d>)> {
        let members = part.into_iter().flat_map(|map| map.members());
        members.filter(|(key, _)| !key.starts_with("x-")).collect()
    };
    let mut added = members(parts.1);
    let by_key: HashMap<String, usize> = added
        .iter()
        .enumerate()
        .map(|(number, (key, _))| (known_by(key), number))
        .collect();
    let mut is_taken = vec![false; added.len()];
    let mut matched = Matched {
        both: Vec::new(),
        removed: Vec::new(),
        added: Vec::new(),
    };
    for (key, old) in members(parts.0) {
        match by_key.get(&known_by(key)) {
            Some(number) if !is_taken[*number] => {
                is_taken[*number] = true;
                let (name, new) = added[*number];
                matched.both.push((key, old, name, new));
            }
            _ => matched.removed.push((key, old)),
        }
    }
    let mut taken = is_taken.into_iter();
    added.retain(|_| !taken.next().unwrap_or(false));
    matched.added = added;
    matched
}

impl<'d> Matched<'d> {
    /// Takes out those that are the same under another key, where there is no doubt about it.
    pub(super) fn renamed(
        &mut self,
        c: &Comparison<'d>,
    ) -> Vec<(&'d str, Node<'d>, &'d str, Node<'d>)> {
        self.renamed_if(|old, new| c.same(old, new))
    }

    pub(super) fn renamed_if(
        &mut self,
        is_same: impl Fn(Node<'d>, Node<'d>) -> bool,
    ) -> Vec<(&'d str, Node<'d>, &'d str, Node<'d>)> {
        // A map that was written anew is no list of renames, and is not looked through for them.
        const MOST: usize = 200;
        if self.removed.len().min(self.added.len()) == 0
            || self.removed.len() * self.added.len() > MOST * MOST
        {
            return Vec::new();
        }
        let like = |node: Node<'d>, others: &[(&'d str, Node<'d>)], flip: bool| -> Vec<usize> {
            let numbers = 0..others.len();
            numbers
                .filter(|number| match flip {
                    false => is_same(node, others[*number].1),
                    true => is_same(others[*number].1, node),
                })
                .collect()
        };
        let mut pairs = Vec::new();
        for (number, (_, old)) in self.removed.iter().enumerate() {
            if let [only] = like(*old, &self.added, false)[..]
                && like(self.added[only].1, &self.removed, true) == [number]
            {
                pairs.push((number, only));
            }
        }
        let renamed = pairs
            .iter()
            .map(|(old, new)| {
                let (was, old) = self.removed[*old];
                let (is, new) = self.added[*new];
                (was, old, is, new)
            })
            .collect();
        let (olds, news): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        remove(&mut self.removed, &olds);
        remove(&mut self.added, &news);
        renamed
    }
}

fn remove<T>(list: &mut Vec<T>, numbers: &[usize]) {
    let mut number = 0;
    list.retain(|_| {
        number += 1;
        !numbers.contains(&(number - 1))
    });
}

pub(super) fn map<'d>(
    c: &mut Comparison<'d>,
    kind: Kind,
    key: &'static str,
    inner: Kind,
    parts: Parts<'d>,
    around: (Node<'d>, Node<'d>),
    site: &Site,
) {
    let site = &site.at(key);
    for (name, old, new) in extensions(parts) {
        let around = (parts.0.unwrap_or(around.0), parts.1.unwrap_or(around.1));
        c.extra(kind, name, (old, new), around, site);
    }
    match kind {
        Kind::OpenApi if key == "paths" => return operations::paths(c, parts, around, site),
        Kind::Components | Kind::AsyncComponents => {
            return components(c, kind, key, inner, parts, around, site);
        }
        _ => {}
    }
    let mut matched = matched(parts, |name| known_by(key, name));
    let renamed = match kind {
        // A status that answers the same is no other status.
        Kind::Operation if key == "responses" => renamed_statuses(c, &mut matched),
        Kind::MediaType => Vec::new(),
        _ => matched.renamed(c),
    };
    for (name, old, _, new) in &matched.both {
        let inside = part(inner, &site.at(name), *old, *new);
        c.pair(inner, *old, *new, &inside);
    }
    for (was, old, is, new) in renamed {
        let difference = Difference::new(kind, key, Action::Renamed)
            .from(shown::code(was))
            .to(shown::code(is));
        let inside = part(inner, &site.at(was), old, new);
        c.edit(difference, old, new, &inside);
    }
    let around = (parts.0.unwrap_or(around.0), parts.1.unwrap_or(around.1));
    for (name, old) in matched.removed {
        let action = match operations::is_weighty(c, kind, key, name, old, true) {
            true => Action::RequiredRemoved,
            false => Action::Removed,
        };
        let difference = Difference::new(kind, key, action).from(shown::code(name));
        let inside = site.at(name).owned_if(inner, Some(old), None);
        c.edit(difference, old, around.1, &inside);
    }
    for (name, new) in matched.added {
        let action = match operations::is_weighty(c, kind, key, name, new, false) {
            true => Action::RequiredAdded,
            false => Action::Added,
        };
        let difference = Difference::new(kind, key, action).to(shown::code(name));
        let inside = site.at(name).owned_if(inner, None, Some(new));
        c.edit(difference, around.0, new, &inside);
    }
}

fn part<'d>(inner: Kind, site: &Site, old: Node<'d>, new: Node<'d>) -> Site {
    site.owned_if(inner, Some(old), Some(new))
}

impl Site {
    /// Owners are what operations can be counted of.
    pub(super) fn owned_if(
        &self,
        inner: Kind,
        old: Option<Node<'_>>,
        new: Option<Node<'_>>,
    ) -> Site {
        match inner {
            Kind::PathItem | Kind::Channel | Kind::Operation | Kind::Message => {
                self.owned(old, new)
            }
            _ => self.clone(),
        }
    }
}

/// Keys that are spelled in several ways: headers (RFC 9110, section 5.1), media types (section 8.3.1).
fn known_by(key: &str, name: &str) -> String {
    match key {
        "headers" => name.to_ascii_lowercase(),
        "content" => {
            let pieces = name.split(';').map(str::trim);
            let mut pieces: Vec<String> = pieces.map(str::to_ascii_lowercase).collect();
            if let [_, parameters @ ..] = pieces.as_mut_slice() {
                parameters.sort_unstable();
            }
            pieces.join(";")
        }
        _ => name.to_owned(),
    }
}

fn extensions<'d>(parts: Parts<'d>) -> Vec<(&'d str, Option<Node<'d>>, Option<Node<'d>>)> {
    let keys = |part: Option<Node<'d>>| {
        let members = part.into_iter().flat_map(|map| map.members());
        members
            .map(|(key, _)| key)
            .filter(|key| key.starts_with("x-"))
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

type Renamed<'d> = Vec<(&'d str, Node<'d>, &'d str, Node<'d>)>;

/// One status in place of one other of its class.
fn renamed_statuses<'d>(c: &Comparison<'d>, matched: &mut Matched<'d>) -> Renamed<'d> {
    match (&matched.removed[..], &matched.added[..]) {
        ([(was, old)], [(is, new)]) if was.as_bytes().first() == is.as_bytes().first() => {
            if c.same(*old, *new) {
                return matched.renamed(c);
            }
            Vec::new()
        }
        _ => Vec::new(),
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
    let matched = matched(parts, str::to_owned);
    for (name, old, _, new) in &matched.both {
        c.definition(inner, *old, *new, subject, site.at(name).address);
    }
    let around = (parts.0.unwrap_or(around.0), parts.1.unwrap_or(around.1));
    let is_used = |c: &Comparison<'d>, node: Node<'d>| c.is_used(node);
    let mut is_new_name = Vec::new();
    for (name, old) in matched.removed {
        let to = renames.get(name).map(String::as_str);
        let to = to.and_then(|to| Some((to, parts.1?.get(to)?)));
        if let Some((to, new)) = to {
            is_new_name.push(to.to_owned());
            let difference = Difference::new(kind, key, Action::Renamed)
                .from(shown::code(name))
                .to(shown::code(to));
            let inside = site.at(name).defined(old, new);
            c.edit(difference, old, new, &inside);
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

impl Site {
    fn defined(&self, old: Node<'_>, new: Node<'_>) -> Site {
        Site {
            way: Way::Own,
            ..self.owned(Some(old), Some(new))
        }
    }
}

/// Objects in lists, known by their names, or by being equal.
pub(super) fn list<'d>(
    c: &mut Comparison<'d>,
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
    let name = |node: Node<'d>| {
        let text = |key| node.get(key).and_then(|name: Node<'d>| name.as_str());
        text("name").or(text("$ref"))
    };
    let (olds, mut news) = (elements(parts.0), elements(parts.1));
    let places = (parts.0.unwrap_or(around.0), parts.1.unwrap_or(around.1));
    let mut gone = Vec::new();
    for old in olds {
        let is_it = |new: &Node<'d>| match (name(old), name(*new)) {
            (Some(was), Some(is)) => was == is,
            (None, None) => c.same(old, *new),
            _ => false,
        };
        match news.iter().position(is_it) {
            Some(number) => {
                let new = news.remove(number);
                c.pair(inner, old, new, &site.at(name(old).unwrap_or("")));
            }
            None => gone.push(old),
        }
    }
    // Without names, the order is all there is; one in place of one is that one, changed.
    let is_one = gone.len() == 1 && !matches!(inner, Kind::Tag);
    let is_nameless = || gone.iter().chain(&news).all(|node| name(*node).is_none());
    if gone.len() == news.len() && (is_one || is_nameless()) {
        for (old, new) in gone.into_iter().zip(news) {
            c.pair(inner, old, new, site);
        }
        return;
    }
    for old in gone {
        let label = name(old).unwrap_or("");
        let difference = Difference::new(kind, key, Action::Removed).from(shown::code(label));
        c.edit(difference, old, places.1, &site.at(label));
    }
    for new in news {
        let label = name(new).unwrap_or("");
        let difference = Difference::new(kind, key, Action::Added).to(shown::code(label));
        c.edit(difference, places.0, new, &site.at(label));
    }
}

/// The site of a whole document.
pub(super) fn root_site() -> Site {
    Site {
        owner: Owner::default(),
        way: Way::Fixed(Direction::Request),
        is_called_back: false,
        subject: Subject::Property,
        address: crate::place::Pointer::default(),
        required: [false; 2],
    }
}
