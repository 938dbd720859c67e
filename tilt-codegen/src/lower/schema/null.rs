//! Whether null is valid for schemas.

use super::TypeBuilder;
use crate::dialect::keyword;
use crate::lower::draft::Conjunction;
use crate::source::Node;

impl<'d> TypeBuilder<'d, '_> {
    /// Whether null is valid for what a reference leads to.
    pub(super) fn target_accepts_null(&mut self, target: Node<'d>) -> bool {
        if let Some(&known) = self.null.get(&target.key()) {
            return known;
        }
        // A schema that only refers on accepts what its target accepts: a chain is walked once. A cycle
        // adds nothing to what its members accept.
        let mut way = Vec::new();
        let mut at = target;
        let accepts = loop {
            if let Some(&known) = self.null.get(&at.key()) {
                break known;
            }
            self.null.insert(at.key(), false);
            way.push(at.key());
            let only_refers = at
                .value
                .as_object()
                .is_some_and(|members| members.len() == 1);
            let reference = keyword::reference(at);
            let next = reference
                .filter(|_| only_refers)
                .and_then(|r| self.context.documents().resolve(at, r).ok());
            match next {
                Some(next) => at = next,
                None => break self.accepts_null(&Conjunction::one(at)),
            }
        };
        for key in way {
            self.null.insert(key, accepts);
        }
        accepts
    }

    pub(in crate::lower) fn accepts_null(&mut self, conjunction: &Conjunction<'d>) -> bool {
        self.accepts_null_within(conjunction, 0)
    }

    fn accepts_null_within(&mut self, conjunction: &Conjunction<'d>, depth: usize) -> bool {
        // Deeper alternatives than this are nobody's way of saying null.
        if depth > 16 {
            return false;
        }
        let flat = self.flatten(conjunction);
        if flat.nullable {
            return true;
        }
        if !flat.types.is_empty() {
            return false;
        }
        let alternatives: Vec<Node<'d>> = flat
            .leaves
            .iter()
            .flat_map(|leaf| leaf.schema.one_of.iter().chain(&leaf.schema.any_of))
            .copied()
            .collect();
        alternatives.iter().any(|node| {
            if let Some(&known) = self.null.get(&node.key()) {
                return known;
            }
            self.null.insert(node.key(), false);
            let one = Conjunction::one(*node);
            let accepts = self.accepts_null_within(&one, depth + 1);
            self.null.insert(node.key(), accepts);
            accepts
        })
    }
}
