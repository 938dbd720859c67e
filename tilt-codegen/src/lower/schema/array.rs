//! Arrays: lists, and tuples where the length is exact.

use serde_json::Value;

use super::TypeBuilder;
use super::flatten::Flat;
use crate::diagnostic::{Code, Problem};
use crate::lower::draft::{Conjunct, Conjunction, Site, Step};
use crate::model::{Scalar, TypeRef};

impl<'d> TypeBuilder<'d, '_> {
    pub(super) fn array(&mut self, flat: &Flat<'d>, site: &Site) -> TypeRef {
        let site = site.then(Step::Item);
        let prefix = flat
            .leaves
            .iter()
            .find(|leaf| !leaf.schema.prefix_items.is_empty());
        if let Some(leaf) = prefix {
            let schema = leaf.schema.clone();
            let length = schema.prefix_items.len() as u64;
            let least = schema.constraints.min_items.and_then(Value::as_u64);
            let exact = least == Some(length) && schema.max_items == Some(length);
            if exact && (2..=12).contains(&length) {
                let items = schema.prefix_items.iter();
                let items = items.map(|item| self.node(*item, &site).standalone());
                return TypeRef::Tuple(items.collect());
            }
            let problem = Problem::new(
                Code::OPEN_TUPLE,
                leaf.conjunct.node,
                "an array with positions but no exact length is a list of any JSON",
            );
            self.context.problem(problem);
            return TypeRef::List(Box::new(TypeRef::Scalar(Scalar::Any)));
        }
        let conjuncts: Vec<_> = flat
            .leaves
            .iter()
            .filter_map(|leaf| leaf.schema.items)
            .map(Conjunct::whole)
            .collect();
        if conjuncts.is_empty() {
            return TypeRef::List(Box::new(TypeRef::Scalar(Scalar::Any)));
        }
        let items = Conjunction { conjuncts };
        TypeRef::List(Box::new(self.typed(&items, &site).standalone()))
    }
}
