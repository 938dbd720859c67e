//! Values of a discriminator that select an alternative of an alternative.

use super::TypeBuilder;
use super::discriminator::{Claims, Mapping, resolve};
use crate::lower::draft::Conjunction;
use crate::source::Node;

/// Unions inside each other that are looked into.
const DEEPEST: usize = 8;

impl<'d> TypeBuilder<'d, '_> {
    /// The claims of an alternative, and of those in it where it is a union itself.
    pub(super) fn claims_within(&mut self, mapping: &Mapping<'d>, branch: Node<'d>) -> Claims {
        self.claims_to(mapping, branch, DEEPEST)
    }

    fn claims_to(&mut self, mapping: &Mapping<'d>, branch: Node<'d>, depth: usize) -> Claims {
        let (mut claims, schema) = self.claims_of_branch(mapping, branch);
        let Some(depth) = depth.checked_sub(1) else {
            return claims;
        };
        let flat = self.flatten(&Conjunction::one(schema));
        let property = mapping.property();
        let mut inner = None;
        let mut branches = Vec::new();
        for leaf in &flat.leaves {
            let own = leaf.schema.discriminator.as_ref();
            if let Some(own) = own.filter(|own| own.property == property) {
                inner = Some(self.mapping(own, leaf.conjunct.node));
            }
            if branches.is_empty() {
                branches.extend(leaf.schema.one_of.iter().chain(&leaf.schema.any_of));
            }
        }
        let mut of_inner = Vec::new();
        let mut are_listed = !branches.is_empty();
        for branch in branches {
            let by_outer = self.claims_to(mapping, branch, depth);
            are_listed &= by_outer.is_listed;
            if let Some(inner) = &inner {
                of_inner.push(self.claims_to(inner, branch, depth));
            } else if by_outer.own.is_empty() {
                // Nothing inside would write which of them it is.
                continue;
            }
            claims.mapped.extend(by_outer.mapped);
            claims.own.extend(by_outer.own);
        }
        claims.is_listed |= are_listed;
        let selections = resolve(of_inner).into_iter();
        claims.own.extend(selections.flat_map(|it| it.values));
        for list in [&mut claims.mapped, &mut claims.own] {
            list.sort();
            list.dedup();
        }
        claims
    }
}
