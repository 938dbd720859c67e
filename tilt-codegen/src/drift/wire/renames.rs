//! Components that have another name and are otherwise the same.

use super::matched::matched;
use super::same::Renames;
use super::side::Side;
use crate::source::{DocumentId, Node};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// The new name by the old one.
pub(super) fn renames(old: Side<'_>, new: Side<'_>) -> Renames {
    let mut renames = Renames::new();
    for (old_root, new_root) in [(old.openapi, new.openapi), (old.asyncapi, new.asyncapi)] {
        let (Some(was), Some(is)) = (components(old, old_root), components(new, new_root)) else {
            continue;
        };
        for (map, old_map) in was.members() {
            renames.extend(of_map(map, old_map, is.get(map)));
        }
    }
    renames
}

/// The new names of scopes, by the new name of their scheme and their old one.
pub(super) type ScopeRenames = HashMap<(String, String), String>;

/// Scopes in the place of others: of a flow, the only one that is new for the only one that is gone.
pub(super) fn scopes(old: Side<'_>, new: Side<'_>, renames: &Renames) -> ScopeRenames {
    let mut scopes = ScopeRenames::new();
    for (old_root, new_root) in [(old.openapi, new.openapi), (old.asyncapi, new.asyncapi)] {
        let schemes = |side, root| components(side, root)?.get("securitySchemes");
        let (Some(was), Some(is)) = (schemes(old, old_root), schemes(new, new_root)) else {
            continue;
        };
        for (name, old_scheme) in was.members() {
            let name = renames.get(name).map_or(name, String::as_str);
            let Some(new_scheme) = is.get(name) else {
                continue;
            };
            let flows = (
                old.follow(old_scheme).get("flows"),
                new.follow(new_scheme).get("flows"),
            );
            let Some((old_flows, new_flows)) = flows.0.zip(flows.1) else {
                continue;
            };
            for (flow, old_flow) in old_flows.members() {
                let replaced = new_flows.get(flow).and_then(|it| replaced(old_flow, it));
                scopes.extend(replaced.map(|(was, is)| ((name.to_owned(), was), is)));
            }
        }
    }
    scopes
}

/// The scope of a flow that is gone, and the one that is there for it.
fn replaced(old: Node<'_>, new: Node<'_>) -> Option<(String, String)> {
    let (was, is) = (known_scopes(old)?, known_scopes(new)?);
    let only = |some: &HashSet<&str>, others: &HashSet<&str>| {
        let mut missing = some.difference(others);
        let first = missing.next()?.to_string();
        missing.next().is_none().then_some(first)
    };
    Some((only(&was, &is)?, only(&is, &was)?))
}

fn known_scopes(flow: Node<'_>) -> Option<HashSet<&str>> {
    let scopes = flow.get("scopes").or_else(|| flow.get("availableScopes"))?;
    Some(scopes.members().map(|(name, _)| name).collect())
}

fn components(side: Side<'_>, root: Option<DocumentId>) -> Option<Node<'_>> {
    side.root(root)?.get("components")
}

fn of_map(map: &str, old: Node<'_>, new: Option<Node<'_>>) -> Renames {
    let matched = matched((Some(old), new), false, str::to_owned);
    let mut renames = Renames::new();
    let mut is_taken: HashSet<&str> = HashSet::new();
    // The same but for itself: a schema may refer to itself by its name.
    let content = |name: &str, node: &Node<'_>| without_name(node.value, map, name);
    let mut added: HashMap<String, Vec<&str>> = HashMap::new();
    for (name, node) in &matched.added {
        added.entry(content(name, node)).or_default().push(name);
    }
    let mut by_content: HashMap<String, usize> = HashMap::new();
    for (name, node) in &matched.removed {
        *by_content.entry(content(name, node)).or_default() += 1;
    }
    for (name, node) in &matched.removed {
        let content = content(name, node);
        if let Some([only]) = added.get(&content).map(Vec::as_slice)
            && by_content[&content] == 1
            && is_taken.insert(only)
        {
            renames.insert((*name).to_owned(), (*only).to_owned());
        }
    }
    // One is gone and one is new, and they are much the same.
    let rest = |all: &[(&str, Node<'_>)], is_told: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let numbers = all.iter().enumerate();
        numbers
            .filter(|(_, (name, _))| !is_told(name))
            .map(|(number, _)| number)
            .collect()
    };
    let gone = rest(&matched.removed, &|name| renames.contains_key(name));
    let came = rest(&matched.added, &|name| is_taken.contains(name));
    for number in gone {
        let (name, node) = matched.removed[number];
        let alike: Vec<usize> = came
            .iter()
            .copied()
            .filter(|other| are_alike(node.value, matched.added[*other].1.value))
            .collect();
        if let [only] = alike[..] {
            let (other, _) = matched.added[only];
            if is_taken.insert(other) {
                renames.insert(name.to_owned(), other.to_owned());
            }
        }
    }
    renames
}

/// Components of another kind may have the same name.
fn without_name(value: &Value, map: &str, name: &str) -> String {
    super::same::canonical(value).replace(&format!("/{map}/{name}\""), "/\"")
}

/// Whether two objects have most of their properties in common, and more than one or two, or all but one; or two enums of their
/// values.
fn are_alike(old: &Value, new: &Value) -> bool {
    let values = |value: &Value| -> Option<HashSet<String>> {
        let values = value.get("enum")?.as_array()?;
        Some(values.iter().map(Value::to_string).collect())
    };
    let names = |value: &Value| -> Option<HashSet<String>> {
        let properties = value.get("properties")?.as_object()?;
        Some(properties.keys().cloned().collect())
    };
    let said = |value: &Value| names(value).or_else(|| values(value));
    let (Some(old), Some(new)) = (said(old), said(new)) else {
        return false;
    };
    let common = old.intersection(&new).count();
    let (least, most) = (old.len().min(new.len()), old.len().max(new.len()));
    let has_one_more = common >= 2 && common == least && common + 1 >= most;
    has_one_more || common >= 3 && common * 4 >= most * 3
}
