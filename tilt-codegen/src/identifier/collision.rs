//! Collisions: one of two wire names that become one identifier gives way, and gets another.

use std::collections::{BTreeMap, HashMap, HashSet};

use heck::ToUpperCamelCase;

use super::{bare, fingerprint};

/// One identifier for each wire name, in the order given. Those that have a name by now keep it, and
/// the others are named around them.
///
/// Where several wire names become one identifier, the one that is spelled like it keeps it, or
/// else the first in `order`; the others get a longer name that they have, or a word that says how
/// they are spelled, which depends on nothing else in the document.
pub(crate) fn unique<'w>(
    wires: impl IntoIterator<Item = &'w str>,
    previous_name: impl Fn(usize) -> Option<String>,
    candidates: impl Fn(&str) -> Vec<String>,
    order: Order,
) -> Vec<String> {
    let wires: Vec<&str> = wires.into_iter().collect();
    let mut taken: HashSet<String> = HashSet::new();
    let mut names: Vec<Option<String>> = (0..wires.len())
        .map(|index| previous_name(index).filter(|name| taken.insert(name.clone())))
        .collect();
    let kept = taken.clone();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, wire) in wires.iter().enumerate() {
        if names[index].is_none() {
            let name = candidates(wire).into_iter().next().unwrap_or_default();
            groups.entry(name).or_default().push(index);
        }
    }
    taken.extend(groups.keys().cloned());
    let mut next: HashMap<String, usize> = HashMap::new();
    for (name, mut members) in groups {
        let plain = bare(&name);
        let is_snake = plain.starts_with(|c: char| c.is_lowercase());
        members.sort_by(|&a, &b| {
            let exact = |i: usize| wires[i] != plain;
            let by_text = match order {
                Order::Given => std::cmp::Ordering::Equal,
                Order::Text => {
                    // `displayName` is nearer to `display_name` than `DisplayName` is.
                    let foreign = |i: usize| is_snake && wires[i].starts_with(char::is_uppercase);
                    (foreign(a), wires[a]).cmp(&(foreign(b), wires[b]))
                }
            };
            exact(a).cmp(&exact(b)).then(by_text).then(a.cmp(&b))
        });
        let mut members = members.into_iter();
        if !kept.contains(&name)
            && let Some(first) = members.next()
        {
            names[first] = Some(name.clone());
        }
        for index in members {
            let longer = candidates(wires[index]).into_iter().skip(1);
            let name = longer
                .into_iter()
                .find(|longer| !taken.contains(longer))
                .unwrap_or_else(|| distinguish(plain, wires[index], &taken, &mut next));
            taken.insert(name.clone());
            names[index] = Some(name);
        }
    }
    names.into_iter().map(Option::unwrap_or_default).collect()
}

/// The order of precedence where names collide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// The order of a list in the document.
    Given,
    /// The text of the names: for maps, whose order means nothing.
    Text,
}

fn distinguish(
    name: &str,
    wire: &str,
    taken: &HashSet<String>,
    next: &mut HashMap<String, usize>,
) -> String {
    let snake = name.starts_with(|c: char| c.is_lowercase());
    let join = |suffix: &str| {
        if snake {
            format!("{}_{suffix}", name.trim_end_matches('_'))
        } else {
            format!("{name}{}", suffix.to_upper_camel_case())
        }
    };
    let telling = [style(wire).to_owned(), format!("{:08x}", fingerprint(wire))];
    let telling = telling.iter().map(|suffix| join(suffix));
    if let Some(free) = telling.into_iter().find(|name| !taken.contains(name)) {
        return free;
    }
    // Two equal wire names, or a fingerprint met twice. Names are only ever taken.
    let number = next.entry(name.to_owned()).or_insert(2);
    loop {
        let numbered = join(&number.to_string());
        *number += 1;
        if !taken.contains(&numbered) {
            return numbered;
        }
    }
}

/// How a name is spelled, in a word.
fn style(wire: &str) -> &'static str {
    let has = |test: fn(char) -> bool| wire.chars().any(test);
    if wire.ends_with("[]") {
        "array"
    } else if wire.contains('.') {
        "dotted"
    } else if wire.contains('-') {
        "kebab"
    } else if wire.contains('/') {
        "path"
    } else if wire.contains(':') {
        "colon"
    } else if wire.contains(' ') {
        "spaced"
    } else if wire.contains('[') {
        "indexed"
    } else if wire.starts_with('$') {
        "dollar"
    } else if wire.starts_with('_') {
        "underscored"
    } else if !has(char::is_lowercase) && has(char::is_uppercase) {
        "upper"
    } else if wire.contains('_') {
        "snake"
    } else if wire.starts_with(char::is_uppercase) {
        "pascal"
    } else if has(char::is_uppercase) {
        "camel"
    } else {
        "lower"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identifier::{field_name, type_name, variant_name};

    fn told_apart<const N: usize>(
        wires: [&str; N],
        name: fn(&str) -> String,
        order: Order,
    ) -> Vec<String> {
        unique(wires, |_| None, |wire| vec![name(wire)], order)
    }

    #[test]
    fn colliding_names_are_told_apart_by_their_spelling() {
        let names = told_apart(["createdAt", "created_at"], field_name, Order::Text);
        assert_eq!(names, ["created_at_camel", "created_at"]);
        let names = told_apart(["CardResponse", "card_response"], type_name, Order::Text);
        assert_eq!(names, ["CardResponse", "CardResponseSnake"]);
        let names = told_apart(["AND", "and"], variant_name, Order::Given);
        assert_eq!(names, ["And", "AndLower"]);
        let names = told_apart(
            ["domain.created", "domain-created"],
            variant_name,
            Order::Given,
        );
        assert_eq!(names, ["DomainCreated", "DomainCreatedKebab"]);
        let names = told_apart(["m", "M"], field_name, Order::Text);
        assert_eq!(names, ["m", "m_upper"]);
        let names = told_apart(["DisplayName", "displayName"], field_name, Order::Text);
        assert_eq!(names, ["display_name_pascal", "display_name"]);
    }

    #[test]
    fn what_has_a_name_keeps_it_and_others_are_named_around_it() {
        let previous_name = |index: usize| (index == 1).then(|| "pull_request".to_owned());
        let wires = ["pull_request", "pullRequest", "Pull-Request"];
        let names = unique(
            wires,
            previous_name,
            |wire| vec![field_name(wire)],
            Order::Text,
        );
        assert_eq!(
            names,
            ["pull_request_snake", "pull_request", "pull_request_kebab"]
        );
    }
}
