//! What a conjunction of schemas says together: references followed, `allOf` taken apart.

use std::collections::HashSet;

use crate::diagnostic::{Code, Problem};
use crate::dialect::keyword;
use crate::dialect::schema::{Additional, JsonType, Schema, Types};
use crate::lower::budget::Cost;
use crate::lower::schema::TypeBuilder;
use crate::lower::schema::draft::{Conjunction, ConjunctionKey, Part, Taken};
use crate::source::{Node, NodeKey};

/// The schemas of a conjunction, none of which has a reference or an `allOf` left.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Flat<'d> {
    pub key: ConjunctionKey,
    /// The outermost first; never empty.
    pub leaves: Vec<Leaf<'d>>,
    /// What all leaves allow; empty: any type.
    pub types: Types,
    pub nullable: bool,
}

#[derive(Debug, Clone)]
pub(in crate::lower) struct Leaf<'d> {
    pub schema: Schema<'d>,
    pub part: Part<'d>,
}

impl<'d> TypeBuilder<'d, '_> {
    pub(in crate::lower) fn flatten(&mut self, conjunction: &Conjunction<'d>) -> Flat<'d> {
        let mut leaves: Vec<Leaf<'d>> = Vec::new();
        let mut seen = HashSet::new();
        let mut stack: Vec<Part<'d>> = conjunction.parts.iter().rev().copied().collect();
        let mut nullable = false;
        while let Some(part) = stack.pop() {
            if !seen.insert((part.node.key(), part.without)) {
                continue;
            }
            if !self.context.afford(Cost::Composition, part.node) {
                break;
            }
            let mut schema = part.strip(self.read(part.node));
            nullable |= schema.nullable;
            for child in schema.all_of.iter().rev() {
                stack.push(Part::whole(*child));
            }
            if let Some(reference) = schema.reference
                && let Some(target) = self.target(part.node, reference)
            {
                stack.push(Part::whole(target));
                if self.siblings_are_ignored(part.node) {
                    continue;
                }
            }
            schema.reference = None;
            schema.all_of.clear();
            let without = Taken {
                composition: true,
                ..part.without
            };
            leaves.push(Leaf {
                schema,
                part: Part { without, ..part },
            });
        }
        if leaves.is_empty()
            && let Some(&part) = conjunction.parts.first()
        {
            // References that only lead to each other.
            let schema = Schema::nothing(part.node);
            leaves.push(Leaf { schema, part });
        }
        // Alternatives one of which holds here already are settled: a schema that extends its own
        // base, where the base lists it among its kinds.
        let whole = |node: &NodeKey| seen.contains(&(*node, Taken::default()));
        for leaf in &mut leaves {
            let Schema {
                node,
                one_of,
                any_of,
                ..
            } = &mut leaf.schema;
            for (keyword, branches) in [("oneOf", one_of), ("anyOf", any_of)] {
                if branches.is_empty() {
                    continue;
                }
                let listed = self.listed_alternatives((node.key(), keyword), branches);
                let settled = match listed.len() < seen.len() {
                    true => listed.iter().any(whole),
                    false => seen
                        .iter()
                        .any(|(node, taken)| *taken == Taken::default() && listed.contains(node)),
                };
                if settled {
                    branches.clear();
                }
            }
        }
        let mut types = Types::default();
        let mut conflict = false;
        for leaf in &leaves {
            let implied = leaf.schema.implied_types();
            let both = types.and(implied);
            conflict |= both.is_empty() && !(types.is_empty() && implied.is_empty());
            types = both;
        }
        if conflict && let Some(first) = leaves.first() {
            self.context.problem(Problem::new(
                Code::CONFLICTING_TYPES,
                first.part.node,
                "these schemas allow no common type; any JSON is taken",
            ));
        }
        let null = types.has(JsonType::Null)
            || leaves.iter().any(|leaf| {
                leaf.schema
                    .enumeration
                    .is_some_and(|values| values.iter().any(|v| v.is_null()))
            });
        Flat {
            key: conjunction.key(),
            leaves,
            types,
            nullable: nullable || null,
        }
    }

    /// The alternatives that a schema lists, and what they refer to: looked up once, since all of them may
    /// extend the schema that lists them.
    fn listed_alternatives(
        &mut self,
        list: (NodeKey, &'static str),
        branches: &[Node<'d>],
    ) -> &HashSet<NodeKey> {
        let documents = self.context.documents();
        self.alternatives.entry(list).or_insert_with(|| {
            let target = |branch: &Node<'d>| {
                let reference = keyword::reference(*branch)?;
                documents.resolve(branch.document, reference).ok()
            };
            let nodes = branches.iter().copied();
            let nodes = nodes.chain(branches.iter().filter_map(target));
            nodes.map(|node| node.key()).collect()
        })
    }

    /// The target of a reference; a finding where there is none.
    pub(in crate::lower) fn target(&mut self, node: Node<'d>, reference: &str) -> Option<Node<'d>> {
        match self.context.documents().resolve(node.document, reference) {
            Ok(target) => Some(target),
            Err(error) if error.leaves_the_documents() => {
                self.context.problem(error.at(node));
                None
            }
            Err(error) => {
                self.context.problem(Problem::new(
                    Code::UNRESOLVED_REFERENCE,
                    node,
                    format!("{error}; any JSON is taken in its place"),
                ));
                None
            }
        }
    }

    /// The one schema that a conjunction stands for, where all else in it is annotation.
    pub(in crate::lower) fn sole_reference(
        &mut self,
        conjunction: &Conjunction<'d>,
    ) -> Option<Node<'d>> {
        let mut found = None;
        let mut stack: Vec<Part<'d>> = conjunction.parts.clone();
        let mut steps = 0;
        while let Some(part) = stack.pop() {
            steps += 1;
            if steps > 64 {
                return None;
            }
            let mut schema = part.strip(Schema::read(part.node));
            if let Some(reference) = schema.reference.take() {
                let target = self
                    .context
                    .documents()
                    .resolve(part.node.document, reference)
                    .ok()?;
                if found.is_some_and(|found: Node<'_>| found.key() != target.key()) {
                    return None;
                }
                found = Some(target);
                if self.siblings_are_ignored(part.node) {
                    continue;
                }
            }
            stack.extend(
                std::mem::take(&mut schema.all_of)
                    .into_iter()
                    .map(Part::whole),
            );
            if !schema.is_annotation_only() {
                return None;
            }
        }
        found
    }
}

impl<'d> Part<'d> {
    fn strip(self, mut schema: Schema<'d>) -> Schema<'d> {
        if self.without.composition {
            schema.reference = None;
            schema.all_of.clear();
        }
        if self.without.one_of {
            schema.one_of.clear();
        }
        if self.without.any_of {
            schema.any_of.clear();
        }
        schema
    }
}

impl<'d> Flat<'d> {
    /// The outermost leaf that says something.
    pub(in crate::lower) fn first(&self) -> &Leaf<'d> {
        &self.leaves[0]
    }

    /// Types other than null; empty: any.
    pub(in crate::lower) fn proper_types(&self) -> Types {
        self.types.without(JsonType::Null)
    }

    /// Whether the leaves say anything about objects beyond being one.
    pub(in crate::lower) fn is_substantive(&self) -> bool {
        self.leaves.iter().any(|leaf| {
            let schema = &leaf.schema;
            !schema.properties.is_empty()
                || matches!(schema.additional, Additional::Schema(_))
                || !schema.pattern_properties.is_empty()
                || schema.enumeration.is_some()
                || schema.constant.is_some()
                || schema.items.is_some()
                || !schema.prefix_items.is_empty()
        })
    }
}
