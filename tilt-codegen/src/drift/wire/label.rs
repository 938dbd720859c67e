//! Elements of lists, by what they say of themselves.

use crate::source::Node;

/// The name that an object in a list is known by, if it has any.
pub(in crate::drift) fn label(node: Node<'_>) -> Option<String> {
    let text = |key| node.get(key).and_then(|it: Node<'_>| it.as_str());
    let of_parameter = || Some(format!("{} {}", text("in")?, text("name")?));
    let keys = ["name", "url", "messageId"].into_iter();
    text("$ref")
        .map(str::to_owned)
        .or_else(of_parameter)
        .or_else(|| keys.filter_map(text).next().map(str::to_owned))
}
