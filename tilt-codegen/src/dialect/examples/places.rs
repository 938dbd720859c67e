//! The places where documents have examples, and the schema that each belongs to.

use crate::dialect::roles::{Role, Way, inside};
use crate::source::{DocumentId, Documents, Node, NodeKey};
use std::collections::HashSet;

/// An example or a default.
#[derive(Debug, Clone, Copy)]
pub(super) struct Example<'d> {
    pub schema: Node<'d>,
    pub value: Node<'d>,
    pub way: Way,
    /// The word for it.
    pub what: &'static str,
}

/// All examples in these parts and in what they refer to.
pub(super) fn examples<'d>(
    documents: &'d Documents,
    mut parts: Vec<(Role, Node<'d>)>,
    ignores_siblings: &dyn Fn(Node<'_>) -> bool,
) -> Vec<Example<'d>> {
    let mut examples = Vec::new();
    let roots = parts.iter().filter(|(role, _)| *role == Role::Root);
    let roots: Vec<DocumentId> = roots.map(|(_, node)| node.document).collect();
    // Few objects are referred to that do not come by themselves, so few have to be known again.
    let comes_by_itself = |node: Node<'_>, reference: &str| {
        reference.starts_with("#/components/") && roots.contains(&node.document)
    };
    let mut followed: HashSet<(Role, NodeKey)> = HashSet::new();
    parts.reverse();
    while let Some((role, node)) = parts.pop() {
        let reference = node.get("$ref").and_then(|it| it.as_str());
        if let Some(reference) = reference {
            let target = match comes_by_itself(node, reference) {
                true => None,
                false => documents.resolve(node, reference).ok(),
            };
            let target = target.filter(|target| followed.insert((role, target.key())));
            parts.extend(target.map(|target| (role, target)));
            if role != Role::PathItem && (role != Role::Schema || ignores_siblings(node)) {
                continue;
            }
        }
        of_object(documents, role, node, &mut examples);
        let first = parts.len();
        for (key, child) in node.members() {
            inside(role, key, child, &mut parts);
        }
        parts[first..].reverse();
    }
    let mut met: HashSet<(NodeKey, NodeKey)> = HashSet::new();
    examples.retain(|it: &Example<'d>| met.insert((it.schema.key(), it.value.key())));
    examples
}

/// The examples that an object has itself.
fn of_object<'d>(
    documents: &'d Documents,
    role: Role,
    node: Node<'d>,
    examples: &mut Vec<Example<'d>>,
) {
    let mut add = |schema: Option<Node<'d>>, value, way, what| {
        examples.extend(schema.map(|schema| Example {
            schema,
            value,
            way,
            what,
        }));
    };
    match role {
        Role::Schema => {
            let listed = node.get("examples").into_iter();
            let listed = listed.flat_map(|it| it.elements());
            for value in node.get("example").into_iter().chain(listed) {
                add(Some(node), value, Way::Value, "example");
            }
            if let Some(value) = node.get("default") {
                add(Some(node), value, Way::Value, "default");
            }
        }
        Role::Parameter | Role::Media(Some(_)) => {
            let way = match role {
                Role::Media(Some(way)) => way,
                _ => Way::Parameter,
            };
            let named = node.get("examples").into_iter();
            let named = named.flat_map(|it| it.members());
            let named = named.filter_map(|(_, it)| {
                let it = documents.follow(it).ok()?;
                it.get("value").or_else(|| it.get("dataValue"))
            });
            for value in node.get("example").into_iter().chain(named) {
                add(node.get("schema"), value, way, "example");
            }
        }
        Role::Message => {
            let listed = node.get("examples").into_iter();
            for example in listed.flat_map(|it| it.elements()) {
                for (key, what) in [("payload", "example"), ("headers", "example of headers")] {
                    if let Some(value) = example.get(key) {
                        add(node.get(key), value, Way::Json, what);
                    }
                }
            }
        }
        _ => {}
    }
}
