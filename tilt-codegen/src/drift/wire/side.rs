//! One of the two states that are compared.

use crate::config::EventOperations;
use crate::drift::grammar::{Kind, Member, Turn};
use crate::source::{DocumentId, Documents, Node};
use std::collections::BTreeSet;

/// The documents of one state.
#[derive(Debug, Clone, Copy)]
pub(in crate::drift) struct Side<'d> {
    pub(in crate::drift) documents: &'d Documents,
    pub(in crate::drift) openapi: Option<DocumentId>,
    pub(in crate::drift) asyncapi: Option<DocumentId>,
    /// The operations of channels that bring events.
    pub(in crate::drift) events: EventOperations,
}

/// The operations that bring events, by a document that has any.
pub(in crate::drift) fn event_operations(
    documents: &Documents,
    asyncapi: Option<DocumentId>,
) -> Option<EventOperations> {
    let has = |verb| has_operation(documents, asyncapi, verb);
    EventOperations::meant(has("publish"), has("subscribe"))
}

/// Whether a channel has an operation of this word, with messages.
fn has_operation(documents: &Documents, asyncapi: Option<DocumentId>, verb: &str) -> bool {
    let channels = asyncapi.and_then(|id| documents.get(id).node().get("channels"));
    let mut channels = channels.into_iter().flat_map(|it| it.members());
    channels.any(|(_, channel)| {
        let channel = documents.follow(channel).unwrap_or(channel);
        let operation = channel.get(verb).and_then(|it| documents.follow(it).ok());
        operation.is_some_and(|it| it.get("message").is_some())
    })
}

impl<'d> Side<'d> {
    pub(super) fn root(&self, id: Option<DocumentId>) -> Option<Node<'d>> {
        id.map(|id| self.documents.get(id).node())
    }

    /// Whether a channel has an operation of this word, with messages.
    pub(super) fn has_operation(&self, verb: &str) -> bool {
        has_operation(self.documents, self.asyncapi, verb)
    }

    /// The way of a member of an object.
    pub(super) fn turn(&self, kind: Kind, member: &Member) -> Turn {
        match (kind, member.key, self.events) {
            (Kind::Channel, "publish", EventOperations::Publish | EventOperations::Both) => {
                Turn::Pushed
            }
            (Kind::Channel, "subscribe", EventOperations::Publish) => Turn::Sent,
            _ => member.turn,
        }
    }

    /// The servers that a channel is on: all of the document, where it names none (AsyncAPI 2.6.0, "Channel Item Object").
    pub(super) fn servers_of(&self, root: Option<DocumentId>, channel: Node<'d>) -> Vec<Node<'d>> {
        let all = self.root(root).and_then(|root| root.get("servers"));
        let names = self.server_names(root, channel);
        let servers = names.into_iter().filter_map(|name| all?.get(name));
        servers.collect()
    }

    /// The names of those.
    pub(super) fn server_names(
        &self,
        root: Option<DocumentId>,
        channel: Node<'d>,
    ) -> BTreeSet<&'d str> {
        let list = channel.get("servers").into_iter();
        let stated: BTreeSet<&str> = list
            .flat_map(|list| list.elements())
            .filter_map(|name| name.as_str())
            .collect();
        if !stated.is_empty() {
            return stated;
        }
        let all = self.root(root).and_then(|root| root.get("servers"));
        let all = all.into_iter().flat_map(|map| map.members());
        all.map(|(name, _)| name).collect()
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

    /// The name of the schema that a reference leads to, among those of its document.
    pub(super) fn component(&self, from: Node<'d>, reference: &str) -> Option<&'d str> {
        let target = self.documents.resolve(from, reference).ok()?;
        let root = self.documents.get(target.document).node();
        let mut schemas = root.get("components")?.get("schemas")?.members();
        let (name, _) = schemas.find(|(_, schema)| schema.key() == target.key())?;
        Some(name)
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
