//! Security of requests.

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
        ([was], [is]) if of_one(was, is) != Action::Changed => of_one(was, is),
        (_, _) if removed.iter().all(|was| is_enough(was, &new)) => Action::Generalized,
        (_, []) => Action::Removed,
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

/// Whether requests that prove all this prove enough still: what else they bring is left alone.
fn is_enough(was: &Requirement, all: &BTreeSet<Requirement>) -> bool {
    let asks_no_more = |is: &Requirement| {
        let mut schemes = is.iter();
        schemes.all(|(scheme, scopes)| was.get(scheme).is_some_and(|known| scopes.is_subset(known)))
    };
    all.iter().any(asks_no_more)
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
