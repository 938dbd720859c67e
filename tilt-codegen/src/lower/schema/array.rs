//! Arrays: lists, and tuples where the length is exact.

use serde_json::Value;

use super::TypeBuilder;
use super::flatten::{Flat, Leaf};
use crate::diagnostic::{Code, Problem};
use crate::dialect::keyword;
use crate::dialect::schema::Schema;
use crate::lower::draft::{Conjunct, Conjunction, Site, Step};
use crate::model::{Scalar, TypeRef};
use crate::source::Node;

impl<'d> TypeBuilder<'d, '_> {
    pub(super) fn array(&mut self, flat: &Flat<'d>, site: &Site) -> TypeRef {
        let site = site.then(Step::Item);
        let mut leaves = flat.leaves.iter();
        if let Some(leaf) = leaves.find(|leaf| !leaf.schema.prefix_items.is_empty()) {
            return self.positions(leaf, &site);
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

    /// An array with positions: a tuple, or a list where all elements are alike.
    fn positions(&mut self, leaf: &Leaf<'d>, site: &Site) -> TypeRef {
        let schema = &leaf.schema;
        let length = schema.prefix_items.len() as u64;
        let least = schema.constraints.min_items.and_then(Value::as_u64);
        let is_closed = schema.max_items == Some(length);
        let is_exact = least == Some(length) && is_closed;
        if is_exact && (2..=12).contains(&length) {
            let items = schema.prefix_items.iter();
            let items = items.map(|item| self.node(*item, site).standalone());
            return TypeRef::Tuple(items.collect());
        }
        if let Some(item) = self.alike(schema, is_closed) {
            return TypeRef::List(Box::new(self.node(item, site).standalone()));
        }
        let (what, advice) = match (is_exact, is_closed) {
            (true, _) => ("with more positions than a tuple has", ""),
            (false, true) => (
                "that may be shorter than its positions",
                "give it `minItems`, in an overlay if need be",
            ),
            (false, false) => (
                "with positions but no exact length",
                "give it `minItems` and `maxItems`, in an overlay if need be",
            ),
        };
        let message = format!("an array {what} is a list of any JSON");
        let problem = Problem::new(Code::OPEN_TUPLE, leaf.conjunct.node, message);
        self.context.problem(problem.help(advice));
        TypeRef::List(Box::new(TypeRef::Scalar(Scalar::Any)))
    }

    /// The schema of all elements, where each position has the same, and what comes after them.
    fn alike(&self, schema: &Schema<'d>, is_closed: bool) -> Option<Node<'d>> {
        let documents = self.context.documents();
        let (first, others) = schema.prefix_items.split_first()?;
        let rest = schema.items.filter(|_| !is_closed);
        let target = |node: Node<'d>| documents.follow(node).unwrap_or(node);
        let all = others.iter().copied().chain(rest);
        let mut alike = all.map(|node| keyword::are_alike(target(node), target(*first)));
        ((is_closed || rest.is_some()) && alike.all(|it| it)).then_some(*first)
    }
}
