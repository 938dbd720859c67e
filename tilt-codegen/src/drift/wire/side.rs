//! One of the two states that are compared.

use crate::source::{DocumentId, Documents, Node};

/// The documents of one state.
#[derive(Debug, Clone, Copy)]
pub(in crate::drift) struct Side<'d> {
    pub(in crate::drift) documents: &'d Documents,
    pub(in crate::drift) openapi: Option<DocumentId>,
    pub(in crate::drift) asyncapi: Option<DocumentId>,
}

impl<'d> Side<'d> {
    pub(super) fn root(&self, id: Option<DocumentId>) -> Option<Node<'d>> {
        id.map(|id| self.documents.get(id).node())
    }

    /// Whether every reference leads to a place that is compared anyway.
    pub(super) fn is_bundled(&self) -> bool {
        let roots = [self.openapi, self.asyncapi].iter().flatten().count();
        self.documents.all().len() == roots
    }

    /// The target of the reference in a node; the node itself, where there is none, or it leads nowhere.
    pub(in crate::drift) fn follow(&self, node: Node<'d>) -> Node<'d> {
        self.documents.follow(node).unwrap_or(node)
    }

    /// The reference of a node, and what it leads to in the end.
    pub(in crate::drift) fn reference(&self, node: Node<'d>) -> Option<(&'d str, Node<'d>)> {
        let reference = node.get("$ref")?.as_str()?;
        let target = self.documents.follow(node).ok()?;
        Some((reference, target))
    }
}

/// The last piece of a reference: the name of a component.
pub(super) fn name_of(reference: &str) -> &str {
    let path = reference.rsplit('/').next().unwrap_or(reference);
    path.rsplit('#').next().unwrap_or(path)
}
