//! Keys that begin with `x-`: extensions of objects, and names like any other in maps, which no specification extends.

use super::grammar::Kind;
use crate::source::Node;

/// True of a map whose keys that begin with `x-` are no names: OpenAPI 3.1.1, sections 4.8.8 (paths) and 4.8.16 (responses).
pub(super) fn has_extensions(kind: Kind, key: &str) -> bool {
    matches!(
        (kind, key),
        (Kind::OpenApi, "paths") | (Kind::Operation, "responses")
    )
}

/// The members of a map by their names.
pub(super) fn named<'d>(
    map: Node<'d>,
    has_extensions: bool,
) -> impl Iterator<Item = (&'d str, Node<'d>)> {
    map.members()
        .filter(move |(key, _)| !(has_extensions && key.starts_with("x-")))
}
