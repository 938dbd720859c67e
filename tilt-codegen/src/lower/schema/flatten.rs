//! Conjunctions of schemas as one: references followed, `allOf` taken apart.

use std::collections::HashSet;

use crate::diagnostic::{Code, Problem};
use crate::dialect::keyword;
use crate::dialect::schema::{self, Additional, JsonType, Schema, Types};
use crate::lower::budget::Cost;
use crate::lower::draft::{Conjunct, Conjunction, ConjunctionKey, Taken};
use crate::lower::schema::TypeBuilder;
use crate::model::{Scalar, TypeRef};
use crate::source::{Node, NodeKey};

/// A schema that lists many things takes longer to read: so many count as one composition more.
const LISTED_PER_COMPOSITION: usize = 16;

/// The schemas of a conjunction, none of which has a reference or an `allOf` left.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Flat<'d> {
    pub key: ConjunctionKey,
    /// The outermost first; never empty.
    pub leaves: Vec<Leaf<'d>>,
    /// The types that all leaves allow; empty: any type.
    pub types: Types,
    pub nullable: bool,
    /// Whether no leaf names a type: `types` are what the other keywords imply.
    pub is_typeless: bool,
}

#[derive(Debug, Clone)]
pub(in crate::lower) struct Leaf<'d> {
    pub schema: Schema<'d>,
    pub conjunct: Conjunct<'d>,
}

impl<'d> TypeBuilder<'d, '_> {
    pub(in crate::lower) fn flatten(&mut self, conjunction: &Conjunction<'d>) -> Flat<'d> {
        let mut seen = HashSet::new();
        let (mut leaves, nullable) = self.leaves(conjunction, &mut seen);
        self.settle(&mut leaves, &seen);
        let types = self.common_types(&leaves);
        let null = types.has(JsonType::Null)
            || leaves.iter().any(|leaf| {
                leaf.schema
                    .enumeration
                    .is_some_and(|values| values.iter().any(|v| v.is_null()))
            });
        Flat {
            key: conjunction.key(),
            types,
            nullable: nullable || null,
            is_typeless: leaves.iter().all(|leaf| leaf.schema.types.is_empty()),
            leaves,
        }
    }

    /// The leaves of a conjunction, and whether any schema on the way says `nullable`; `seen` gets all
    /// of these schemas.
    fn leaves(
        &mut self,
        conjunction: &Conjunction<'d>,
        seen: &mut HashSet<(NodeKey, Taken)>,
    ) -> (Vec<Leaf<'d>>, bool) {
        let mut leaves: Vec<Leaf<'d>> = Vec::new();
        let mut stack: Vec<Conjunct<'d>> = conjunction.conjuncts.iter().rev().copied().collect();
        let mut nullable = false;
        while let Some(conjunct) = stack.pop() {
            if !seen.insert((conjunct.node.key(), conjunct.without)) {
                continue;
            }
            let count = 1 + schema::listed(conjunct.node) / LISTED_PER_COMPOSITION;
            if !self.context.spend(Cost::Composition, count, conjunct.node) {
                break;
            }
            let mut schema = conjunct.strip(self.read(conjunct.node));
            nullable |= schema.nullable;
            for child in schema.all_of.iter().rev() {
                stack.push(Conjunct::whole(*child));
            }
            if let Some(reference) = schema.reference
                && let Some(target) = self.target(conjunct.node, reference)
            {
                stack.push(Conjunct::whole(target));
                if self.siblings_are_ignored(conjunct.node) {
                    continue;
                }
            }
            schema.reference = None;
            schema.all_of.clear();
            let without = Taken {
                composition: true,
                ..conjunct.without
            };
            leaves.push(Leaf {
                schema,
                conjunct: Conjunct {
                    without,
                    ..conjunct
                },
            });
        }
        if leaves.is_empty()
            && let Some(&conjunct) = conjunction.conjuncts.first()
        {
            // References that only lead to each other.
            let schema = Schema::nothing(conjunct.node);
            leaves.push(Leaf { schema, conjunct });
        }
        (leaves, nullable)
    }

    /// Alternatives one of which holds here already are settled: a schema that extends its own base,
    /// where the base lists it among its kinds.
    fn settle(&mut self, leaves: &mut [Leaf<'d>], seen: &HashSet<(NodeKey, Taken)>) {
        let whole = |node: &NodeKey| seen.contains(&(*node, Taken::default()));
        for leaf in leaves {
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
    }

    /// The types that all leaves allow; a finding where there are none. Keywords that are about another type than the one
    /// that is stated say nothing (JSON Schema Validation, 6): `items` beside an alternative that is a text.
    fn common_types(&mut self, leaves: &[Leaf<'d>]) -> Types {
        let mut types = Types::default();
        let mut conflict = false;
        let (stated, implied): (Vec<&Leaf<'d>>, Vec<&Leaf<'d>>) = leaves
            .iter()
            .partition(|leaf| !leaf.schema.types.is_empty());
        for leaf in stated {
            let both = types.and(leaf.schema.types);
            conflict |= both.is_empty();
            types = both;
        }
        // Nor do they narrow what is stated: `minLength` beside a text or null.
        for leaf in implied {
            if !types.is_empty() || conflict {
                break;
            }
            types = leaf.schema.implied_types();
        }
        if conflict && let Some(first) = leaves.first() {
            self.context.problem(Problem::new(
                Code::CONFLICTING_TYPES,
                first.conjunct.node,
                "these schemas allow no common type; any JSON is taken",
            ));
        }
        types
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
                documents.resolve(*branch, reference).ok()
            };
            let nodes = branches.iter().copied();
            let nodes = nodes.chain(branches.iter().filter_map(target));
            nodes.map(|node| node.key()).collect()
        })
    }

    /// The target of a reference; a finding where there is none.
    pub(in crate::lower) fn target(&mut self, node: Node<'d>, reference: &str) -> Option<Node<'d>> {
        match self.context.documents().resolve(node, reference) {
            Ok(target) if keyword::is_document(target) => {
                let message = "the reference leads to the whole document, which is no schema; any JSON is taken in its place";
                self.context
                    .problem(Problem::new(Code::UNRESOLVED_REFERENCE, node, message));
                None
            }
            Ok(target) => Some(target),
            Err(error) if error.leaves_the_documents() => {
                self.context.problem(error.at(node));
                None
            }
            Err(error) => {
                let message = format!("{error}; any JSON is taken in its place");
                let problem = Problem::new(Code::UNRESOLVED_REFERENCE, node, message);
                self.context.problem(problem.help(error.advice()));
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
        let mut stack: Vec<Conjunct<'d>> = conjunction.conjuncts.clone();
        let mut steps = 0;
        while let Some(conjunct) = stack.pop() {
            steps += 1;
            if steps > 64 {
                return None;
            }
            let mut schema = conjunct.strip(Schema::read(conjunct.node));
            if let Some(reference) = schema.reference.take() {
                let target = self
                    .context
                    .documents()
                    .resolve(conjunct.node, reference)
                    .ok()
                    .filter(|target| !keyword::is_document(*target))?;
                if found.is_some_and(|found: Node<'_>| found.key() != target.key()) {
                    return None;
                }
                found = Some(target);
                if self.siblings_are_ignored(conjunct.node) {
                    continue;
                }
            }
            stack.extend(
                std::mem::take(&mut schema.all_of)
                    .into_iter()
                    .map(Conjunct::whole),
            );
            if !schema.is_annotation_only() {
                return None;
            }
        }
        found
    }
}

impl<'d> Conjunct<'d> {
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

    /// A type that the keywords imply, as far as no schema names one. A struct keeps other values itself.
    pub(in crate::lower) fn loose(&self, ty: TypeRef) -> TypeRef {
        match ty {
            TypeRef::Named(_) | TypeRef::Scalar(Scalar::Any) => ty,
            ty if self.is_typeless => TypeRef::Loose(Box::new(ty)),
            ty => ty,
        }
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
                || matches!(schema.others(), Additional::Schema(_))
                || !schema.pattern_properties.is_empty()
                || schema.enumeration.is_some()
                || schema.constant.is_some()
                || schema.items.is_some()
                || !schema.prefix_items.is_empty()
        })
    }
}
