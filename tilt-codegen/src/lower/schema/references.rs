//! References between schemas: what they lead to is a draft of its own.

use super::{TypeBuilder, Typed};
use crate::lower::budget::Cost;
use crate::lower::draft::{Draft, Origin, Site};
use crate::model::{TypeId, TypeRef};
use crate::place::file_name;
use crate::source::{Node, NodeKey};

impl<'d> TypeBuilder<'d, '_> {
    pub(super) fn reserve(&mut self, node: Node<'d>, origin: Origin) -> TypeId {
        // Too many are noticed where the next schema is built.
        self.context.afford(Cost::Type, node);
        let id = TypeId(self.arena.drafts.len());
        let previous = self.context.previous.at(&[node.key()], false);
        self.arena.drafts.push(Draft::new(node, origin, previous));
        id
    }

    /// A draft, still to be built, of what something may refer to.
    pub(super) fn referred(&mut self, node: Node<'d>, origin: Origin) -> TypeId {
        let id = self.reserve(node, origin);
        self.arena.drafts[id.0].referenced = true;
        self.arena.targets.insert(node.key(), id);
        self.arena.queue.push_back(id);
        id
    }

    /// The type of what a reference leads to.
    pub(super) fn reference(&mut self, target: Node<'d>, site: &Site) -> Typed {
        let nullable = self.target_accepts_null(target);
        let id = match self.arena.targets.get(&target.key()) {
            Some(&id) => id,
            None => {
                let origin = self.target_origin(target);
                self.referred(target, origin)
            }
        };
        if self.arena.drafts[id.0].origin == Origin::Inline {
            self.arena.drafts[id.0].sites.push(site.clone());
        }
        Typed {
            ty: TypeRef::Named(id),
            nullable,
        }
    }

    /// A target outside of `components.schemas` has a name where its pointer ends in one.
    fn target_origin(&mut self, target: Node<'d>) -> Origin {
        let documents = self.context.documents();
        let pointers = self.pointers.get_or_insert_with(|| {
            let targets: Vec<NodeKey> = documents.reference_targets();
            let pointers = documents.pointers(&targets).into_iter().flatten();
            targets.iter().copied().zip(pointers).collect()
        });
        let pointer = pointers.get(&target.key()).cloned().unwrap_or_default();
        let Some((before, last)) = pointer.split_last() else {
            let name = &documents.get(target.document).name;
            let file = file_name(name);
            let stem = file.split('.').next().unwrap_or(file);
            return Origin::Component(stem.to_owned());
        };
        let parent = before.split_last().map_or("", |(_, token)| token);
        let named = matches!(parent, "schemas" | "definitions" | "$defs" | "")
            || self.context.documents().root_of(target.document) != target.document
                && !matches!(parent, "properties" | "items" | "allOf" | "oneOf" | "anyOf");
        if named {
            Origin::Component(crate::place::pointer::unescape(last).into_owned())
        } else {
            Origin::Inline
        }
    }
}
