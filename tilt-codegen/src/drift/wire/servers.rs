//! The servers that requests go to.

use super::difference::Difference;
use super::edit::{Parts, Site, places};
use super::{Comparison, shown};
use crate::drift::grammar::Kind;
use crate::drift::rules::Action;
use crate::source::Node;
use std::collections::BTreeSet;

/// The addresses of a list of servers; without any, the one at `/` (OpenAPI 3.1.1, section 4.8.1.1).
pub(super) fn addresses(list: Option<Node<'_>>) -> BTreeSet<&str> {
    let servers = list.into_iter().flat_map(|list| list.elements());
    let addresses: BTreeSet<&str> = servers
        .filter_map(|server| Some(spelled(server.get("url")?.as_str()?)))
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
    // Where nothing else is said, the variables are what stood there.
    let is_wider = was != is && variables(old).next().is_none() && called(is, new) == spelled(was);
    let action = match is_wider {
        true => Action::Generalized,
        false => Action::Changed,
    };
    let difference = Difference::new(Kind::OpenApi, "servers", action)
        .from(shown::code(was))
        .to(shown::code(is));
    c.edit(difference, old, new, &site.at(was));
}

/// An address without the `/` at its end: requests have one behind it anyway.
fn spelled(url: &str) -> &str {
    match url.trim_end_matches('/') {
        "" => url,
        rest => rest,
    }
}

fn variables(server: Node<'_>) -> impl Iterator<Item = (&str, &str)> {
    let map = server.get("variables").into_iter();
    let all = map.flat_map(|map| map.members());
    all.filter_map(|(name, variable)| Some((name, variable.get("default")?.as_str()?)))
}

/// The address of a server whose variables have their defaults.
fn called(url: &str, server: Node<'_>) -> String {
    let url = variables(server).fold(url.to_owned(), |url, (name, default)| {
        url.replace(&format!("{{{name}}}"), default)
    });
    spelled(&url).to_owned()
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
        match news
            .iter()
            .position(|(other, _)| spelled(other) == spelled(url))
        {
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
