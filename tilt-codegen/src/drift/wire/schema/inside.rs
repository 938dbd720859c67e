//! Schemas inside of a keyword that both have: what differs in one of them is told of what it is about.

use super::super::Comparison;
use super::super::edit::Site;
use crate::drift::grammar::Kind;
use crate::drift::rules::Subject;
use crate::source::Node;

/// Whether all that differs is told as that of schemas at the same places of both.
pub(super) fn compare<'d>(
    c: &mut Comparison<'d>,
    key: &str,
    (old, new): (Node<'d>, Node<'d>),
    site: &Site,
) -> bool {
    let Some(pairs) = pairs(key, old, new) else {
        return false;
    };
    let site = site.at(key).with(Subject::Property);
    for (name, was, is) in pairs {
        let site = match name.is_empty() {
            true => site.clone(),
            false => site.at(&name),
        };
        c.pair(Kind::Schema, was, is, &site);
    }
    true
}

type Inside<'d> = (String, Node<'d>, Node<'d>);

/// The schemas that hold for the same values, where neither has others.
fn pairs<'d>(key: &str, old: Node<'d>, new: Node<'d>) -> Option<Vec<Inside<'d>>> {
    let is_schema = |node: Node<'d>| node.value.is_object();
    match key {
        "prefixItems" => {
            let (olds, news) = (old.elements(), new.elements());
            let pairs = olds.zip(news).enumerate();
            let pairs: Vec<_> = pairs
                .map(|(at, (was, is))| (at.to_string(), was, is))
                .collect();
            let is_all = |list: Node<'d>| list.elements().count() == pairs.len();
            (is_all(old) && is_all(new)).then_some(pairs)
        }
        "patternProperties" => {
            let pairs = old
                .members()
                .map(|(name, was)| Some((name.to_owned(), was, new.get(name)?)));
            let pairs = pairs.collect::<Option<Vec<_>>>()?;
            (new.members().count() == pairs.len()).then_some(pairs)
        }
        "unevaluatedItems" | "unevaluatedProperties" => {
            (is_schema(old) && is_schema(new)).then(|| vec![(String::new(), old, new)])
        }
        _ => None,
    }
}
