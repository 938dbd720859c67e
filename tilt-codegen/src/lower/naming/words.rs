//! Words in names: those that say nothing by themselves, and the thing that a name is about.

use crate::identifier;

/// Property names that say nothing without the thing they belong to.
pub(super) const GENERIC: &[&str] = &[
    "action",
    "actions",
    "active",
    "after",
    "as",
    "at",
    "attribute",
    "attributes",
    "before",
    "body",
    "bottom",
    "by",
    "category",
    "code",
    "config",
    "configuration",
    "content",
    "context",
    "current",
    "data",
    "detail",
    "details",
    "disabled",
    "element",
    "embedded",
    "enabled",
    "end",
    "entries",
    "entry",
    "error",
    "errors",
    "event",
    "events",
    "extra",
    "fields",
    "filter",
    "filters",
    "first",
    "for",
    "format",
    "from",
    "group",
    "has",
    "if",
    "in",
    "inf",
    "info",
    "input",
    "item",
    "items",
    "key",
    "keys",
    "kind",
    "last",
    "left",
    "level",
    "link",
    "links",
    "list",
    "lower",
    "max",
    "maximum",
    "meta",
    "metadata",
    "method",
    "min",
    "minimum",
    "mode",
    "name",
    "next",
    "node",
    "now",
    "object",
    "objects",
    "of",
    "old",
    "on",
    "operation",
    "operator",
    "option",
    "options",
    "order_by",
    "other",
    "output",
    "parameter",
    "parameters",
    "params",
    "payload",
    "per",
    "permissions",
    "prev",
    "previous",
    "properties",
    "property",
    "query",
    "reason",
    "record",
    "records",
    "relationships",
    "request",
    "resource",
    "response",
    "result",
    "results",
    "right",
    "role",
    "rule",
    "rules",
    "scope",
    "settings",
    "sort",
    "source",
    "spec",
    "start",
    "state",
    "status",
    "summary",
    "target",
    "to",
    "top",
    "type",
    "unit",
    "upper",
    "usage",
    "user",
    "value",
    "values",
    "version",
    "when",
    "with",
];

/// Those of them that only hold what the thing is about.
pub(super) const CONTAINERS: &[&str] = &[
    "attributes",
    "body",
    "content",
    "data",
    "embedded",
    "object",
    "output",
    "payload",
    "properties",
    "relationships",
    "request",
    "response",
    "result",
    "results",
    "value",
];

/// Words in front of or behind what a type is about.
const VERBS: &[&str] = &[
    "create", "update", "patch", "replace", "new", "add", "get", "list", "post", "put", "created",
];
const SUFFIXES: &[&str] = &[
    "request", "response", "dto", "input", "output", "body", "params", "payload", "detail",
    "details", "schema", "model",
];

/// The thing that a type is about: `CreateOrderRequest` is about an order.
pub(super) fn entity(root: &str) -> Vec<String> {
    let mut words = identifier::words(root);
    // `ListOrObject` is about a list.
    let joins = |word: &String| matches!(word.as_str(), "and" | "of" | "or");
    // `PostPage` has posts.
    let is_held = |words: &[String]| match words {
        [post, held] => {
            matches!(post.as_str(), "patch" | "post" | "put")
                && matches!(held.as_str(), "list" | "page")
        }
        _ => false,
    };
    while words.len() > 1
        && words
            .first()
            .is_some_and(|word| VERBS.contains(&word.as_str()))
        && !words.get(1).is_some_and(joins)
        && !is_held(&words)
    {
        words.remove(0);
    }
    while words.len() > 1
        && words
            .last()
            .is_some_and(|word| SUFFIXES.contains(&word.as_str()))
    {
        words.pop();
    }
    words
}

/// Joins two lists of words; what the first ends with and the second starts with is said once.
pub(super) fn overlap(head: &[String], tail: &[String]) -> Vec<String> {
    let shared = (1..=head.len().min(tail.len()))
        .rev()
        .find(|&n| head[head.len() - n..] == tail[..n])
        .unwrap_or(0);
    head.iter().chain(&tail[shared..]).cloned().collect()
}

/// Whether a title reads like a name and not like a sentence.
pub(in crate::lower) fn is_name_like(title: &str) -> bool {
    let words = title.split_whitespace().count();
    (1..=4).contains(&words)
        && title.len() <= 40
        && title
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.'))
        && title.chars().any(char::is_alphabetic)
}
