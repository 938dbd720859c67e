//! Alternatives: `oneOf`, `anyOf`, and lists of types.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Problem};
use crate::dialect::keyword;
use crate::dialect::schema::{JsonType, Types};
use crate::lower::budget::Cost;
use crate::lower::draft::{Conjunct, Conjunction, Site, Step};
use crate::lower::schema::discriminator::{Mapping, Selection, resolve};
use crate::lower::schema::enumeration::{ScalarAlternatives, scalar_of};
use crate::lower::schema::flatten::Flat;
use crate::lower::schema::{TypeBuilder, Typed};
use crate::model::{Scalar, Shape, TypeId, TypeRef, Union, UnionVariant};
use crate::source::{Node, NodeKey};

/// One alternative on its way into a union.
pub(super) struct Alternative {
    pub typed: Typed,
    pub label: Option<String>,
    pub discriminator_values: Vec<String>,
    pub schema_names: Vec<String>,
    /// The one that has also values of the discriminator which select no other.
    pub any_other: bool,
}

impl Alternative {
    /// One that nothing selects so far.
    pub(super) fn new(typed: Typed, label: Option<String>) -> Self {
        Self {
            typed,
            label,
            discriminator_values: Vec::new(),
            schema_names: Vec::new(),
            any_other: false,
        }
    }

    pub(super) fn select(&mut self, by: Selection) {
        self.discriminator_values.extend(by.values);
        self.schema_names.extend(by.name);
    }
}

/// The alternatives of one schema of a conjunction, and what is left without them.
struct Choice<'d> {
    /// The schema that lists them.
    node: Node<'d>,
    branches: Vec<Node<'d>>,
    /// The same schemas, once this choice is made.
    base: Vec<Conjunct<'d>>,
    /// Whether these say anything beside the alternatives.
    is_substantive: bool,
    /// The properties that must be there whichever is chosen.
    required: Vec<&'d str>,
}

impl<'d> Choice<'d> {
    /// One alternative, together with what is left without all of them.
    fn with(&self, branch: Node<'d>) -> Conjunction<'d> {
        let is_taken = self.is_substantive || self.completes(branch);
        let base = self.base.iter().filter(|_| is_taken).copied();
        Conjunction {
            conjuncts: base.chain([Conjunct::whole(branch)]).collect(),
        }
    }

    /// Whether what is left makes a property required that stands in an alternative. One that is referred to stays the type
    /// that it is.
    fn completes(&self, branch: Node<'d>) -> bool {
        let mut properties = keyword::properties(branch).into_iter().flatten();
        let is_own = |name: &str| keyword::required(branch).any(|own| own == name);
        keyword::reference(branch).is_none()
            && properties.any(|(name, _)| self.required.contains(&name) && !is_own(name))
    }
}

impl<'d> TypeBuilder<'d, '_> {
    /// The type of schemas with alternatives; `None` where there are none that matter to a type.
    pub(in crate::lower) fn union(
        &mut self,
        flat: &Flat<'d>,
        site: &Site,
        id: Option<TypeId>,
    ) -> Option<Typed> {
        let chosen = flat
            .leaves
            .iter()
            .position(|leaf| !leaf.schema.one_of.is_empty() || !leaf.schema.any_of.is_empty())?;
        let choice = self.choice(flat, chosen);
        let branches = &choice.branches;
        if self.branches_only_constrain(branches) {
            let problem = Problem::new(
                Code::ALTERNATIVES_OF_CONSTRAINTS,
                choice.node,
                "alternatives that only constrain are not shown by the type",
            );
            self.context.problem(problem);
            let conjunction = Conjunction {
                conjuncts: choice.base,
            };
            return Some(match id {
                // The draft that is being built is what is left without the alternatives.
                Some(id) => self.rebuild(&conjunction, site, id),
                None => self.typed(&conjunction, site),
            });
        }
        if let Some(only) = self.only_proper_branch(branches) {
            return Some(self.only_branch(flat, &choice, only, site, id));
        }
        // A file in a form is no text, though its schema is one of texts.
        if branches.iter().any(|it| self.files.contains(&it.key())) {
            return Some(self.union_of_branches(flat, &choice, site, id));
        }
        for kind in [JsonType::String, JsonType::Integer] {
            let types = flat.proper_types();
            if (types.is_empty() || types == Types::only(kind))
                && let Some(scalars) = self.alternatives_of_scalars(branches, kind)
            {
                return self.union_of_scalars(flat, branches, kind, scalars, site, id);
            }
        }
        if flat.proper_types().iter().count() == 1
            && !flat.proper_types().has(JsonType::Object)
            && !flat.proper_types().has(JsonType::Array)
        {
            // Alternatives within one scalar type: formats and patterns.
            return None;
        }
        Some(self.union_of_branches(flat, &choice, site, id))
    }

    /// Takes the alternatives of one leaf out of a conjunction.
    fn choice(&mut self, flat: &Flat<'d>, chosen: usize) -> Choice<'d> {
        let leaf = &flat.leaves[chosen];
        let mut base: Vec<Conjunct<'d>> = flat.leaves.iter().map(|leaf| leaf.conjunct).collect();
        let branches = match leaf.schema.one_of.is_empty() {
            false => {
                base[chosen].without.one_of = true;
                leaf.schema.one_of.clone()
            }
            true => {
                base[chosen].without.any_of = true;
                leaf.schema.any_of.clone()
            }
        };
        let rest = self.flatten(&Conjunction {
            conjuncts: base.clone(),
        });
        Choice {
            node: leaf.conjunct.node,
            base,
            is_substantive: rest.is_substantive() || self.has_another_choice(&branches, &rest),
            required: rest
                .leaves
                .iter()
                .flat_map(|leaf| leaf.schema.required.iter().copied())
                .collect(),
            branches,
        }
    }

    /// Whether other alternatives with properties of their own hold beside those that are chosen among. The same ones, which
    /// two parts of an `allOf` may list, are chosen once.
    fn has_another_choice(&self, chosen: &[Node<'d>], rest: &Flat<'d>) -> bool {
        let documents = self.context.documents();
        let target = |branch: &Node<'d>| {
            let reference = keyword::reference(*branch)?;
            documents.resolve(*branch, reference).ok()
        };
        let listed: HashSet<NodeKey> = chosen
            .iter()
            .map(|branch| target(branch).unwrap_or(*branch).key())
            .collect();
        let others = rest
            .leaves
            .iter()
            .flat_map(|leaf| leaf.schema.one_of.iter().chain(&leaf.schema.any_of));
        others.into_iter().any(|branch| match target(branch) {
            Some(target) => !listed.contains(&target.key()),
            None => keyword::properties(*branch).is_some(),
        })
    }

    /// Alternatives of one are that one, where it stands and with what it is called.
    fn only_branch(
        &mut self,
        flat: &Flat<'d>,
        choice: &Choice<'d>,
        only: Node<'d>,
        site: &Site,
        id: Option<TypeId>,
    ) -> Typed {
        let conjunction = choice.with(only);
        let mut typed = match id {
            Some(id) if self.sole_reference(&conjunction).is_none() => {
                self.rebuild(&conjunction, site, id)
            }
            _ => self.typed(&conjunction, site),
        };
        typed.nullable |= flat.nullable || choice.branches.len() > 1;
        typed
    }

    /// Alternatives that are all of one scalar type.
    fn union_of_scalars(
        &mut self,
        flat: &Flat<'d>,
        branches: &[Node<'d>],
        kind: JsonType,
        scalars: ScalarAlternatives,
        site: &Site,
        id: Option<TypeId>,
    ) -> Option<Typed> {
        let ScalarAlternatives { values, is_open } = scalars;
        let nullable = flat.nullable || self.any_accepts_null(branches);
        // That a text may be empty is nothing to choose.
        let says_nothing = values.iter().all(|it| it.is_empty_text());
        let places: Vec<_> = flat.key.iter().map(|(node, _)| *node).collect();
        let had_a_type = id.is_some() || self.context.previous.at(&places, false).is_some();
        let typed = if values.is_empty() || says_nothing && !had_a_type {
            self.one_scalar(branches, kind)
        } else {
            let typed = self.enumerate(flat, values, site, id)?;
            if let TypeRef::Named(id) = typed.ty {
                self.arena.drafts[id.0].is_open |= is_open;
            }
            typed
        };
        Some(Typed {
            nullable: nullable || typed.nullable,
            ..typed
        })
    }

    /// A union with a variant for each alternative; those of one type are one.
    fn union_of_branches(
        &mut self,
        flat: &Flat<'d>,
        choice: &Choice<'d>,
        site: &Site,
        id: Option<TypeId>,
    ) -> Typed {
        let mut leaves = flat.leaves.iter();
        let discriminated =
            leaves.find_map(|leaf| Some((leaf.schema.discriminator.clone()?, leaf.conjunct.node)));
        // A named draft must exist before its variants, which stand in it.
        let reserved = id.unwrap_or_else(|| self.start(flat, None));
        let within = Site::of_type(reserved);
        let mut nullable = flat.nullable;
        let mapping = discriminated
            .as_ref()
            .map(|(discriminator, node)| self.mapping(discriminator, *node));
        let discriminator = discriminated.map(|(discriminator, _)| discriminator);
        let mut alternatives: Vec<Alternative> = Vec::new();
        let mut met: HashMap<TypeRef, usize> = HashMap::new();
        // For each branch, what selects it, and the alternative that it is.
        let (mut claims, mut claimants, mut claiming) = (Vec::new(), Vec::new(), Vec::new());
        let labels = self.labels(
            &choice.branches,
            discriminator.as_ref(),
            choice.is_substantive,
        );
        for (branch, label) in choice.branches.iter().zip(labels) {
            if !self.context.afford(Cost::Member, *branch) {
                break;
            }
            let step = Step::Variant(label.clone().unwrap_or_default());
            let typed = self.variant(&choice.with(*branch), &within.then(step));
            nullable |= typed.nullable;
            if self.arena.canonical(&typed.ty) == TypeRef::Scalar(Scalar::Null) {
                nullable = true;
                continue;
            }
            let mapping = mapping.as_ref();
            let claimed = mapping.map(|it| self.claims_within(it, *branch));
            claims.push(claimed.unwrap_or_default());
            claiming.push(*branch);
            let canonical = self.arena.canonical(&typed.ty);
            let at = *met.entry(canonical).or_insert(alternatives.len());
            claimants.push(at);
            if at == alternatives.len() {
                alternatives.push(Alternative::new(typed, label));
            }
        }
        self.report_idle(mapping.as_ref(), choice.node, &claims);
        self.report_unstated(mapping.as_ref(), choice);
        if let Some(at) = mapping.and_then(|it| self.default_of(&it, &claiming)) {
            alternatives[claimants[at]].any_other = true;
        }
        for (at, selection) in claimants.into_iter().zip(resolve(claims)) {
            alternatives[at].select(selection);
        }
        let property = discriminator.map(|discriminator| discriminator.property.to_owned());
        self.assemble(reserved, id, alternatives, property, nullable, site)
    }

    /// Reports a discriminator that is in none of the alternatives.
    fn report_unstated(&mut self, mapping: Option<&Mapping<'d>>, choice: &Choice<'d>) {
        let Some(property) = mapping.map(Mapping::property) else {
            return;
        };
        let mut branches = choice.branches.iter();
        if branches.any(|it| self.states(&choice.with(*it), property)) {
            return;
        }
        let message = format!(
            "no alternative states the property `{property}`: it is written beside what one has, and read from there"
        );
        let problem = Problem::new(Code::UNSTATED_DISCRIMINATOR, choice.node, message);
        self.context.problem(problem);
    }

    /// The type of one alternative. A value that fits none is kept by the union.
    fn variant(&mut self, conjunction: &Conjunction<'d>, site: &Site) -> Typed {
        let Typed { ty, nullable } = self.typed(conjunction, site);
        let ty = ty.meant();
        Typed { ty, nullable }
    }

    /// The type of a list of JSON types.
    pub(in crate::lower) fn union_of_kinds(
        &mut self,
        flat: &Flat<'d>,
        types: Types,
        site: &Site,
        id: Option<TypeId>,
    ) -> Typed {
        let reserved = id.unwrap_or_else(|| self.start(flat, None));
        let within = Site::of_type(reserved);
        let mut alternatives = Vec::new();
        for kind in types.iter() {
            if kind == JsonType::Integer && types.has(JsonType::Number) {
                continue;
            }
            let name = match kind {
                JsonType::Object => "Object",
                JsonType::Array => "Array",
                _ => "Value",
            };
            let site = within.then(Step::Variant(name.to_owned()));
            let only = Flat {
                types: Types::only(kind),
                nullable: false,
                ..flat.clone()
            };
            // The draft stands for the union; what is below it is inline.
            let ty = self.of_kind(&only, kind, &site, None);
            let typed = Typed {
                ty,
                nullable: false,
            };
            alternatives.push(Alternative::new(typed, None));
        }
        self.assemble(reserved, id, alternatives, None, flat.nullable, site)
    }

    pub(super) fn assemble(
        &mut self,
        reserved: TypeId,
        id: Option<TypeId>,
        mut alternatives: Vec<Alternative>,
        discriminator: Option<String>,
        nullable: bool,
        site: &Site,
    ) -> Typed {
        let any = |alternative: &Alternative| alternative.typed.ty == TypeRef::Scalar(Scalar::Any);
        let only = if alternatives.iter().any(any) {
            Some(TypeRef::Scalar(Scalar::Any))
        } else if alternatives.is_empty() {
            Some(TypeRef::Scalar(if nullable {
                Scalar::Null
            } else {
                Scalar::Any
            }))
        } else if alternatives.len() == 1
            && (id.is_some() || !self.arena.drafts[reserved.0].referenced)
        {
            Some(alternatives.remove(0).typed.ty)
        } else {
            None
        };
        if let Some(ty) = only {
            self.arena.drafts[reserved.0].shape = Some(Shape::Alias(ty.clone()));
            return Typed { ty, nullable };
        }
        let labels = alternatives
            .iter()
            .map(|alternative| alternative.label.clone())
            .collect();
        let variants = alternatives
            .into_iter()
            .map(|alternative| UnionVariant {
                discriminator_values: alternative.discriminator_values,
                schema_names: alternative.schema_names,
                any_other: alternative.any_other,
                ..UnionVariant::of(alternative.typed.ty)
            })
            .collect();
        self.arena.drafts[reserved.0].labels = labels;
        let ty = self.finish(
            reserved,
            Shape::Union(Union {
                variants,
                discriminator,
            }),
            site,
        );
        Typed { ty, nullable }
    }

    /// Builds a draft again from schemas that have lost their alternatives.
    fn rebuild(&mut self, conjunction: &Conjunction<'d>, site: &Site, id: TypeId) -> Typed {
        let flat = self.flatten(conjunction);
        self.build(&flat, site, Some(id))
    }

    fn any_accepts_null(&mut self, branches: &[Node<'d>]) -> bool {
        branches
            .iter()
            .any(|branch| self.accepts_null(&Conjunction::one(*branch)))
    }

    /// Alternatives without a list of values: their common format, if they have one.
    pub(super) fn one_scalar(&mut self, branches: &[Node<'d>], kind: JsonType) -> Typed {
        let mut types: Vec<TypeRef> = Vec::new();
        for branch in branches {
            let flat = self.flatten(&Conjunction::one(*branch));
            if flat.proper_types().is_empty() {
                continue;
            }
            let site = Site::suggested(vec!["Value".to_owned()]);
            let ty = self.of_kind(&flat, kind, &site, None);
            if !types.contains(&ty) {
                types.push(ty);
            }
        }
        let ty = match <[TypeRef; 1]>::try_from(types) {
            Ok([one]) => one,
            Err(_) => scalar_of(kind),
        };
        Typed {
            ty,
            nullable: false,
        }
    }

    /// The one alternative that is not just null, where there is exactly one.
    fn only_proper_branch(&self, branches: &[Node<'d>]) -> Option<Node<'d>> {
        let mut proper = branches
            .iter()
            .filter(|branch| !self.is_only_null(**branch));
        match (proper.next(), proper.next(), proper.next()) {
            (Some(only), None, _) => Some(*only),
            (Some(one), Some(two), None) => {
                let is_nullable = |one: &Node<'d>, two: &Node<'d>| {
                    keyword::reference(*one).is_some() && keyword::is_any_object_or_null(*two)
                };
                let first = is_nullable(one, two).then_some(*one);
                first.or_else(|| is_nullable(two, one).then_some(*two))
            }
            _ => None,
        }
    }

    /// Whether an alternative, or what it refers to, is null and nothing else.
    fn is_only_null(&self, branch: Node<'d>) -> bool {
        /// Longer chains of references are nobody's way of saying null.
        const LONGEST: usize = 8;
        let documents = self.context.documents();
        let follow = |at: &Node<'d>| documents.resolve(*at, keyword::reference(*at)?).ok();
        std::iter::successors(Some(branch), follow)
            .take(LONGEST)
            .any(keyword::is_only_null)
    }

    /// Whether no branch says anything that a type could show.
    fn branches_only_constrain(&mut self, branches: &[Node<'d>]) -> bool {
        branches.iter().all(|branch| {
            let schema = self.read(*branch);
            let types = schema.types.without(JsonType::Null);
            schema.reference.is_none()
                && schema.boolean != Some(false)
                && (types.is_empty() || types == Types::only(JsonType::Object))
                && !schema.types.has(JsonType::Null)
                && schema.properties.is_empty()
                && schema.enumeration.is_none()
                && schema.constant.is_none()
                && schema.all_of.is_empty()
                && schema.any_of.is_empty()
                && schema.one_of.is_empty()
                && schema.items.is_none()
                && schema.prefix_items.is_empty()
                && schema.format.is_none()
                && schema.implied_types().without(JsonType::Null) == types
                && (!schema.required.is_empty() || !schema.inexpressible.is_empty())
        })
    }
}
