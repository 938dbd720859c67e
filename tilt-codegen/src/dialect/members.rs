//! Members of objects: those that a specification does not know, and those that stand elsewhere.

use super::keyword;
use crate::diagnostic::{Code, Problem, Problems};
use crate::source::{Documents, Node, kind};
use serde_json::Value;

/// Reports the members of an object that are neither known nor extensions.
pub(super) fn unknown(node: Node<'_>, what: &str, known: &[&str], problems: &mut Problems) {
    let others = node.members();
    let others = others.filter(|(key, _)| !known.contains(key) && !key.starts_with("x-"));
    for (key, member) in others {
        problems.push(Problem::new(
            Code::UNKNOWN_MEMBER,
            member,
            format!("{what} member `{key}`"),
        ));
    }
}

/// A map of an object, also where the document only refers to it.
pub(super) fn map<'d>(
    documents: &'d Documents,
    owner: Node<'d>,
    key: &str,
    problems: &mut Problems,
) -> Option<Node<'d>> {
    member(documents, owner, key, problems, |value| match value {
        Value::Object(_) => None,
        _ => Some("an object"),
    })
}

/// The elements of a list of an object, also where the document only refers to it.
pub(super) fn list<'d>(
    documents: &'d Documents,
    owner: Node<'d>,
    key: &str,
    problems: &mut Problems,
) -> impl Iterator<Item = Node<'d>> + use<'d> {
    let list = member(documents, owner, key, problems, |value| match value {
        Value::Array(_) => None,
        _ => Some("an array"),
    });
    list.into_iter().flat_map(|list| list.elements())
}

fn member<'d>(
    documents: &'d Documents,
    owner: Node<'d>,
    key: &str,
    problems: &mut Problems,
    expected: impl Fn(&Value) -> Option<&'static str>,
) -> Option<Node<'d>> {
    let node = owner.get(key)?;
    if keyword::reference(node).is_none() {
        return Some(node);
    }
    let target = match documents.follow(node) {
        Ok(target) => target,
        Err(error) => {
            problems.push(error.of(key, node));
            return None;
        }
    };
    match expected(target.value) {
        Some(expected) => {
            let found = kind(target.value);
            let message = format!("`{key}` leads to {found}, expected {expected}");
            problems.push(Problem::new(Code::MALFORMED_DOCUMENT, node, message));
            None
        }
        None => {
            let message = format!("`{key}` is read from where this leads");
            problems.push(Problem::new(Code::MEMBER_REFERENCE, node, message));
            Some(target)
        }
    }
}
