//! Security of requests, and the servers that they go to.

use super::difference::Difference;
use super::edit::{Parts, Site, places};
use super::{Comparison, shown};
use crate::drift::grammar::Kind;
use crate::drift::rules::Action;
use crate::source::Node;
use std::collections::{BTreeMap, BTreeSet};

/// Schemes that are needed together, and their scopes.
type Requirement = BTreeMap<String, BTreeSet<String>>;

pub(super) fn of_document<'d>(c: &mut Comparison<'d>, old: Node<'d>, new: Node<'d>) {
    let lists = (old.get("security"), new.get("security"));
    // Operations that have their own, before or after, are judged by what holds for them.
    let all = [old, new].map(|root| operations(root).collect::<Vec<_>>());
    let inherits = |all: &Vec<Node<'d>>| all.iter().any(|it| it.get("security").is_none());
    let [was, is] = [inherits(&all[0]), inherits(&all[1])];
    // Of both, or of nobody.
    if was == is {
        let site = Site::root().of_users(lists.0, lists.1);
        compare(c, Kind::OpenApi, lists, (old, new), &site);
    }
}

/// Connections and messages of AsyncAPI have to prove something, each on its own.
pub(super) fn of_messages<'d>(
    c: &mut Comparison<'d>,
    kind: Kind,
    old: Node<'d>,
    new: Node<'d>,
    site: &Site,
) {
    let lists = (old.get("security"), new.get("security"));
    let site = site.of_users(lists.0, lists.1);
    compare(c, kind, lists, (old, new), &site);
}

fn operations<'d>(root: Node<'d>) -> impl Iterator<Item = Node<'d>> {
    let maps = ["paths", "webhooks"].into_iter();
    let items = maps.filter_map(move |map| root.get(map));
    let items = items.flat_map(|map| map.members());
    items.flat_map(|(_, item)| super::presence::operations(item).map(|(_, operation)| operation))
}

pub(super) fn of_operation<'d>(c: &mut Comparison<'d>, old: Node<'d>, new: Node<'d>, site: &Site) {
    let own = (old.get("security"), new.get("security"));
    if own.0.is_none() && own.1.is_none() {
        return;
    }
    let root = (c.old.root(c.old.openapi), c.new.root(c.new.openapi));
    let of_root = |root: Option<Node<'d>>| root.and_then(|root| root.get("security"));
    let lists = (
        own.0.or_else(|| of_root(root.0)),
        own.1.or_else(|| of_root(root.1)),
    );
    compare(c, Kind::Operation, lists, (old, new), site);
}

fn compare<'d>(
    c: &mut Comparison<'d>,
    kind: Kind,
    lists: Parts<'d>,
    around: (Node<'d>, Node<'d>),
    site: &Site,
) {
    let old: BTreeSet<Requirement> = requirements(lists.0)
        .into_iter()
        .map(|schemes| with_new_names(c, schemes))
        .collect();
    let new: BTreeSet<Requirement> = requirements(lists.1).into_iter().collect();
    // No requirement is a choice of nothing.
    let nothing = BTreeSet::from([Requirement::new()]);
    let asks = |all: BTreeSet<Requirement>| match all.is_empty() {
        true => nothing.clone(),
        false => all,
    };
    let (old, new) = (asks(old), asks(new));
    let removed: Vec<&Requirement> = old.difference(&new).collect();
    let added: Vec<&Requirement> = new.difference(&old).collect();
    if removed.is_empty() && added.is_empty() {
        return;
    }
    let action = match (&removed[..], &added[..]) {
        (_, _) if old == nothing && !new.is_superset(&nothing) => Action::Set,
        (_, _) if new == nothing => Action::Unset,
        ([], _) => Action::Added,
        (_, []) => Action::Removed,
        ([was], [is]) => of_one(was, is),
        _ => Action::Changed,
    };
    let nothing = match action {
        Action::Added | Action::Removed => "requests without credentials",
        _ => "nothing",
    };
    let difference = Difference::new(kind, "security", action)
        .from(words(&removed, nothing))
        .to(words(&added, nothing));
    let renamed = |schemes| with_new_names(c, schemes);
    let was = removed.first().and_then(|it| place(lists.0?, it, &renamed));
    let is = added.first().and_then(|it| place(lists.1?, it, &|it| it));
    let is = match (action, &removed[..], &added[..]) {
        (Action::ValueAdded, [was], [is]) => further_scope(lists.1, was, is),
        _ => is,
    };
    let was = match (action, &removed[..], &added[..]) {
        (Action::ValueRemoved, [was], [is]) => further_scope(lists.0, is, was),
        _ => was,
    };
    let (old, new) = places(lists, around);
    let first = c.edits.len();
    c.edit(difference, old, new, site);
    c.told_at(first, (was, is));
}

/// The requirement as the new document calls its schemes and scopes.
fn with_new_names(c: &Comparison<'_>, schemes: Requirement) -> Requirement {
    let renamed = schemes.into_iter().map(|(name, scopes)| {
        let name = c.renames.get(&name).cloned().unwrap_or(name);
        let scopes = scopes.into_iter().map(|scope| {
            // Told of the scheme.
            let renamed = c.scopes.get(&(name.clone(), scope.clone()));
            renamed.cloned().unwrap_or(scope)
        });
        let scopes = scopes.collect();
        (name, scopes)
    });
    renamed.collect()
}

/// The element of a list that asks for some schemes.
fn place<'d>(
    list: Node<'d>,
    wanted: &Requirement,
    named: &dyn Fn(Requirement) -> Requirement,
) -> Option<Node<'d>> {
    let mut elements = list.elements();
    elements.find(|it| named(requirement(*it)) == *wanted)
}

/// The first scope that one of two requirements has alone, or else the requirement.
fn further_scope<'d>(
    list: Option<Node<'d>>,
    few: &Requirement,
    more: &Requirement,
) -> Option<Node<'d>> {
    let element = place(list?, more, &|it| it)?;
    let scopes = element.members().flat_map(|(scheme, scopes)| {
        let known = few.get(scheme);
        scopes.elements().filter(move |scope| {
            let is_known =
                |known: &BTreeSet<String>| scope.as_str().is_some_and(|it| known.contains(it));
            !known.is_some_and(is_known)
        })
    });
    scopes.into_iter().next().or(Some(element))
}

/// The same schemes with more scopes, or with fewer.
fn of_one(was: &Requirement, is: &Requirement) -> Action {
    let within = |small: &Requirement, large: &Requirement| {
        small.len() == large.len()
            && small.iter().all(|(scheme, scopes)| {
                large
                    .get(scheme)
                    .is_some_and(|other| scopes.is_subset(other))
            })
    };
    match (within(was, is), within(is, was)) {
        (true, _) => Action::ValueAdded,
        (_, true) => Action::ValueRemoved,
        _ => Action::Changed,
    }
}

fn requirements(list: Option<Node<'_>>) -> Vec<Requirement> {
    let elements = list.into_iter().flat_map(|list| list.elements());
    elements.map(requirement).collect()
}

fn requirement(element: Node<'_>) -> Requirement {
    let schemes = element.members().map(|(scheme, scopes)| {
        let scopes = scopes.elements();
        let scopes = scopes.filter_map(|scope| scope.as_str().map(str::to_owned));
        (scheme.to_owned(), scopes.collect())
    });
    schemes.collect()
}

fn words(all: &[&Requirement], nothing: &str) -> String {
    let one = |requirement: &&Requirement| {
        let schemes = requirement.iter().map(|(scheme, scopes)| {
            let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
            match scopes.is_empty() {
                true => shown::code(scheme),
                false => shown::code(&format!("{scheme}: {}", scopes.join(", "))),
            }
        });
        let schemes: Vec<String> = schemes.collect();
        match schemes.is_empty() {
            true => nothing.to_owned(),
            false => schemes.join(" with "),
        }
    };
    let all: Vec<String> = all.iter().map(one).collect();
    match all.is_empty() {
        true => "nothing".to_owned(),
        false => all.join(" or "),
    }
}

/// The addresses of a list of servers; without any, the one at `/` (OpenAPI 3.1.1, section 4.8.1.1).
pub(super) fn addresses(list: Option<Node<'_>>) -> BTreeSet<&str> {
    let servers = list.into_iter().flat_map(|list| list.elements());
    let addresses: BTreeSet<&str> = servers
        .filter_map(|server| server.get("url")?.as_str())
        .collect();
    match addresses.is_empty() {
        true => BTreeSet::from(["/"]),
        false => addresses,
    }
}

/// One list in the place of another, which stands elsewhere: one change, whatever is in them.
pub(super) fn other_servers<'d>(
    c: &mut Comparison<'d>,
    lists: Parts<'d>,
    (old, new): (Node<'d>, Node<'d>),
    site: &Site,
) {
    let shown = |list: Option<Node<'d>>| {
        let all: Vec<String> = addresses(list).into_iter().map(shown::code).collect();
        all.join(", ")
    };
    let difference = Difference::new(Kind::OpenApi, "servers", Action::Changed)
        .from(shown(lists.0))
        .to(shown(lists.1));
    c.edit(difference, old, new, &site.at("servers"));
}

type ByAddress<'d> = (&'d str, Node<'d>);

/// Servers that have another address: the only one that is gone and the only one that came, and those that say the same
/// of themselves.
fn moved<'d>(
    c: &Comparison<'d>,
    gone: &mut Vec<ByAddress<'d>>,
    came: &mut Vec<ByAddress<'d>>,
) -> Vec<(ByAddress<'d>, ByAddress<'d>)> {
    if let ([_], [_]) = (&gone[..], &came[..]) {
        return gone.drain(..).zip(came.drain(..)).collect();
    }
    let rest = |node: Node<'d>| -> Vec<(&'d str, Node<'d>)> {
        node.members().filter(|(key, _)| *key != "url").collect()
    };
    let is_it = |old: &ByAddress<'d>, new: &ByAddress<'d>| {
        let (was, is) = (rest(old.1), rest(new.1));
        let mut all = was.iter();
        !was.is_empty()
            && was.len() == is.len()
            && all.all(|(key, old)| new.1.get(key).is_some_and(|new| c.same(*old, new)))
    };
    let mut moved = Vec::new();
    gone.retain(|old| {
        let mut others = came.iter().enumerate().filter(|(_, new)| is_it(old, new));
        let only = match (others.next(), others.next()) {
            (Some((number, _)), None) => number,
            _ => return true,
        };
        moved.push((*old, came.remove(only)));
        false
    });
    moved
}

/// Whether requests of an operation go to another server of those that it had: to the first of them.
fn is_called_elsewhere(olds: &[ByAddress<'_>], news: &[ByAddress<'_>], around: Node<'_>) -> bool {
    let addresses = |all: &[ByAddress<'_>]| -> BTreeSet<String> {
        all.iter().map(|(url, _)| (*url).to_owned()).collect()
    };
    // Programs choose among those of a document.
    let is_of_document = around.get("openapi").is_some();
    !is_of_document && olds[0].0 != news[0].0 && addresses(olds) == addresses(news)
}

/// One address in the place of another.
fn other_address<'d>(
    c: &mut Comparison<'d>,
    ((was, old), (is, new)): (ByAddress<'d>, ByAddress<'d>),
    site: &Site,
) {
    let difference = Difference::new(Kind::OpenApi, "servers", Action::Changed)
        .from(shown::code(was))
        .to(shown::code(is));
    c.edit(difference, old, new, &site.at(was));
}

/// Servers, which are known by their addresses; without a list, the one at `/` (OpenAPI 3.1.1, section 4.8.1.1).
pub(super) fn servers<'d>(
    c: &mut Comparison<'d>,
    lists: Parts<'d>,
    around: (Node<'d>, Node<'d>),
    site: &Site,
) {
    let site = &site.at("servers");
    let all = |list: Option<Node<'d>>, around: Node<'d>| -> Vec<(&'d str, Node<'d>)> {
        let servers: Vec<_> = list
            .into_iter()
            .flat_map(|list| list.elements())
            .filter_map(|server| Some((server.get("url")?.as_str()?, server)))
            .collect();
        match servers.is_empty() {
            true => vec![("/", around)],
            false => servers,
        }
    };
    let (olds, mut news) = (all(lists.0, around.0), all(lists.1, around.1));
    if is_called_elsewhere(&olds, &news, around.1) {
        other_address(c, (olds[0], news[0]), site);
    }
    let mut gone = Vec::new();
    for (url, old) in olds {
        match news.iter().position(|(other, _)| *other == url) {
            Some(number) => {
                let (_, new) = news.remove(number);
                // The whole document stands for a server that nobody wrote.
                if old.get("url").is_some() && new.get("url").is_some() {
                    c.pair(Kind::Server, old, new, &site.at(url));
                }
            }
            None => gone.push((url, old)),
        }
    }
    let of = |action| Difference::new(Kind::OpenApi, "servers", action);
    for pair in moved(c, &mut gone, &mut news) {
        other_address(c, pair, site);
    }
    let around = places(lists, around);
    for (url, old) in gone {
        let difference = of(Action::Removed).from(shown::code(url));
        c.edit(difference, old, around.1, &site.at(url));
    }
    for (url, new) in news {
        let difference = of(Action::Added).to(shown::code(url));
        c.edit(difference, around.0, new, &site.at(url));
    }
}
