//! Alternatives: `oneOf`, `anyOf`, and lists of types.

use std::collections::HashMap;

use crate::diagnostic::{Code, Problem};
use crate::dialect::keyword;
use crate::dialect::schema::{Discriminator, JsonType, Schema, Types};
use crate::lower::budget::Cost;
use crate::lower::schema::draft::{Conjunction, Part, Place, Step};
use crate::lower::schema::enumeration::scalar_of;
use crate::lower::schema::flatten::Flat;
use crate::lower::schema::{TypeBuilder, Typed};
use crate::model::{Scalar, Shape, TypeId, TypeRef, Union, UnionVariant};
use crate::source::{Node, NodeKey};

/// One alternative on its way into a union.
struct Alternative {
    typed: Typed,
    label: Option<String>,
    discriminator_values: Vec<String>,
}

/// A discriminator, from its other end.
struct Mapping<'d> {
    property: &'d str,
    /// Values by the name or reference that the document writes.
    by_text: HashMap<&'d str, Vec<&'d str>>,
    /// Values by the schema that this leads to.
    by_target: HashMap<NodeKey, Vec<&'d str>>,
}

impl<'d> TypeBuilder<'d, '_> {
    /// The type of schemas with alternatives; `None` where there are none that matter to a type.
    pub(in crate::lower) fn union(
        &mut self,
        flat: &Flat<'d>,
        place: &Place,
        id: Option<TypeId>,
    ) -> Option<Typed> {
        let chosen = flat
            .leaves
            .iter()
            .position(|leaf| !leaf.schema.one_of.is_empty() || !leaf.schema.any_of.is_empty())?;
        let leaf = &flat.leaves[chosen];
        let is_one_of = !leaf.schema.one_of.is_empty();
        let branches = if is_one_of {
            leaf.schema.one_of.clone()
        } else {
            leaf.schema.any_of.clone()
        };
        // The same schemas, once this choice is made.
        let mut base: Vec<Part<'d>> = flat.leaves.iter().map(|leaf| leaf.part).collect();
        if is_one_of {
            base[chosen].without.one_of = true;
        } else {
            base[chosen].without.any_of = true;
        }
        let rest = self.flatten(&Conjunction {
            parts: base.clone(),
        });
        if self.branches_only_constrain(&branches) {
            let problem = Problem::new(
                Code::ALTERNATIVES_OF_CONSTRAINTS,
                leaf.part.node,
                "alternatives that only constrain are not shown by the type",
            );
            self.context.problem(problem);
            let conjunction = Conjunction { parts: base };
            return Some(match id {
                // The draft that is being built is what is left without the alternatives.
                Some(id) => self.rebuild(&conjunction, place, id),
                None => self.typed(&conjunction, place),
            });
        }
        if let Some(only) = only_proper_branch(&branches) {
            // Alternatives of one are that one, where it stands and with what it is called.
            let mut parts = if rest.is_substantive() {
                base
            } else {
                Vec::new()
            };
            parts.push(Part::whole(only));
            let conjunction = Conjunction { parts };
            let mut typed = match id {
                Some(id) if self.sole_reference(&conjunction).is_none() => {
                    self.rebuild(&conjunction, place, id)
                }
                _ => self.typed(&conjunction, place),
            };
            typed.nullable |= flat.nullable || branches.len() > 1;
            return Some(typed);
        }
        for kind in [JsonType::String, JsonType::Integer] {
            let fits = flat.proper_types().is_empty() || flat.proper_types() == Types::only(kind);
            if !fits {
                continue;
            }
            if let Some(values) = self.alternatives_of_scalars(&branches, kind) {
                let nullable = flat.nullable || self.any_accepts_null(&branches);
                let typed = if values.is_empty() {
                    self.one_scalar(&branches, kind)
                } else {
                    self.enumerate(flat, values, place, id)?
                };
                return Some(Typed {
                    nullable: nullable || typed.nullable,
                    ..typed
                });
            }
        }
        if flat.proper_types().iter().count() == 1
            && !flat.proper_types().has(JsonType::Object)
            && !flat.proper_types().has(JsonType::Array)
        {
            // Alternatives within one scalar type: formats and patterns.
            return None;
        }
        let substantive = rest.is_substantive();
        let discriminator = flat
            .leaves
            .iter()
            .find_map(|leaf| leaf.schema.discriminator.clone());
        // A named draft must exist before its variants, which stand in it.
        let reserved = id.unwrap_or_else(|| self.start(flat, None));
        let within = Place::of_type(reserved);
        let mut nullable = flat.nullable;
        let leaves = &flat.leaves;
        let discriminated = leaves
            .iter()
            .find(|leaf| leaf.schema.discriminator.is_some());
        let discriminated = discriminated.unwrap_or(leaf);
        let mapping = discriminator
            .as_ref()
            .map(|discriminator| self.mapping(discriminator, discriminated.part.node));
        let mut alternatives: Vec<Alternative> = Vec::new();
        let mut known: HashMap<TypeRef, usize> = HashMap::new();
        for branch in &branches {
            if !self.context.afford(Cost::Member, *branch) {
                break;
            }
            let schema = Schema::read(*branch);
            let label = self.label(&schema, discriminator.as_ref());
            let parts = if substantive {
                base.iter().copied().chain([Part::whole(*branch)]).collect()
            } else {
                vec![Part::whole(*branch)]
            };
            let step = Step::Variant(label.clone().unwrap_or_default());
            let conjunction = Conjunction { parts };
            let typed = self.typed(&conjunction, &within.then(step));
            nullable |= typed.nullable;
            if typed.ty == TypeRef::Scalar(Scalar::Null) {
                nullable = true;
                continue;
            }
            let values = mapping
                .as_ref()
                .map(|mapping| self.discriminator_values(mapping, *branch))
                .unwrap_or_default();
            match known.get(&typed.ty) {
                Some(&at) => alternatives[at].discriminator_values.extend(values),
                None => {
                    known.insert(typed.ty.clone(), alternatives.len());
                    alternatives.push(Alternative {
                        typed,
                        label,
                        discriminator_values: values,
                    });
                }
            }
        }
        let property = discriminator.map(|discriminator| discriminator.property.to_owned());
        Some(self.assemble(reserved, id, alternatives, property, nullable, place))
    }

    /// The type of a list of JSON types.
    pub(in crate::lower) fn union_of_kinds(
        &mut self,
        flat: &Flat<'d>,
        types: Types,
        place: &Place,
        id: Option<TypeId>,
    ) -> Typed {
        let reserved = id.unwrap_or_else(|| self.start(flat, None));
        let within = Place::of_type(reserved);
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
            let place = within.then(Step::Variant(name.to_owned()));
            let only = Flat {
                types: Types::only(kind),
                nullable: false,
                ..flat.clone()
            };
            // The draft stands for the union; what is below it is inline.
            let ty = self.of_kind(&only, kind, &place, None);
            alternatives.push(Alternative {
                typed: Typed {
                    ty,
                    nullable: false,
                },
                label: None,
                discriminator_values: Vec::new(),
            });
        }
        self.assemble(reserved, id, alternatives, None, flat.nullable, place)
    }

    fn assemble(
        &mut self,
        reserved: TypeId,
        id: Option<TypeId>,
        mut alternatives: Vec<Alternative>,
        discriminator: Option<String>,
        nullable: bool,
        place: &Place,
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
            place,
        );
        Typed { ty, nullable }
    }

    /// Builds a draft again from schemas that have lost their alternatives.
    fn rebuild(&mut self, conjunction: &Conjunction<'d>, place: &Place, id: TypeId) -> Typed {
        let flat = self.flatten(conjunction);
        self.build(&flat, place, Some(id))
    }

    fn any_accepts_null(&mut self, branches: &[Node<'d>]) -> bool {
        branches
            .iter()
            .any(|branch| self.accepts_null(&Conjunction::one(*branch)))
    }

    /// Alternatives without a list of values: their common format, if they have one.
    fn one_scalar(&mut self, branches: &[Node<'d>], kind: JsonType) -> Typed {
        let mut types: Vec<TypeRef> = Vec::new();
        for branch in branches {
            let flat = self.flatten(&Conjunction::one(*branch));
            if flat.proper_types().is_empty() {
                continue;
            }
            let place = Place::suggested(vec!["Value".to_owned()]);
            let ty = self.of_kind(&flat, kind, &place, None);
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

    /// What the document calls an alternative without a name.
    fn label(
        &mut self,
        schema: &Schema<'d>,
        discriminator: Option<&Discriminator<'d>>,
    ) -> Option<String> {
        if schema.reference.is_some() {
            return None;
        }
        if let Some(title) = schema.title.filter(|title| is_name_like(title)) {
            return Some(title.to_owned());
        }
        let of = |name: &str, node: &Node<'d>| {
            let property = Schema::read(*node);
            let value = property.constant.or(match property.enumeration {
                Some([one]) => Some(one),
                _ => None,
            })?;
            let text = value.as_str()?;
            (discriminator.is_none_or(|d| d.property == name)).then(|| text.to_owned())
        };
        let flat = self.flatten(&Conjunction::one(schema.node));
        let properties = flat.leaves.iter().flat_map(|leaf| &leaf.schema.properties);
        let mut constants = properties.filter_map(|(name, node)| of(name, node));
        constants.next()
    }

    /// A discriminator's values by what they are mapped to.
    fn mapping(&self, discriminator: &Discriminator<'d>, at: Node<'d>) -> Mapping<'d> {
        let mut mapping = Mapping {
            property: discriminator.property,
            by_text: HashMap::new(),
            by_target: HashMap::new(),
        };
        for (value, mapped) in discriminator.mapping() {
            mapping.by_text.entry(mapped).or_default().push(value);
            if let Ok(target) = self.context.documents().resolve(at.document, mapped) {
                let values = mapping.by_target.entry(target.key()).or_default();
                values.push(value);
            }
        }
        mapping
    }

    /// The values of the discriminator that select a branch (OpenAPI 3.1, 4.8.25): those mapped to
    /// it, or else the name of its schema; and what its own property says.
    fn discriminator_values(&mut self, mapping: &Mapping<'d>, branch: Node<'d>) -> Vec<String> {
        let documents = self.context.documents();
        let reference = keyword::reference(branch);
        let target = reference.and_then(|r| documents.resolve(branch.document, r).ok());
        let name = reference.map(|reference| reference.rsplit('/').next().unwrap_or(reference));
        let by_text = [name, reference].into_iter().flatten();
        let by_text = by_text.filter_map(|text| mapping.by_text.get(text));
        let by_target = target.and_then(|target| mapping.by_target.get(&target.key()));
        let mut values: Vec<String> = by_text
            .chain(by_target)
            .flatten()
            .map(|value| (*value).to_owned())
            .collect();
        let flat = self.flatten(&Conjunction::one(branch));
        for leaf in &flat.leaves {
            for (property, node) in &leaf.schema.properties {
                if *property != mapping.property {
                    continue;
                }
                let own = self.flatten(&Conjunction::one(*node));
                for schema in own.leaves.iter().map(|leaf| &leaf.schema) {
                    let listed = schema.enumeration.unwrap_or_default();
                    let listed = schema.constant.into_iter().chain(listed);
                    values.extend(listed.filter_map(|value| value.as_str()).map(str::to_owned));
                }
            }
        }
        if values.is_empty()
            && let Some(name) = name
        {
            values.push(name.to_owned());
        }
        values.sort();
        values.dedup();
        values
    }
}

/// The one alternative that is not just null, where there is exactly one.
fn only_proper_branch<'d>(branches: &[Node<'d>]) -> Option<Node<'d>> {
    let is_null = |branch: &Node<'d>| {
        let schema = Schema::read(*branch);
        schema.types == Types::only(JsonType::Null)
            || schema.constant.is_some_and(serde_json::Value::is_null)
    };
    let mut proper = branches.iter().filter(|branch| !is_null(branch));
    let only = proper.next().copied();
    only.filter(|_| proper.next().is_none())
}

/// Whether a title reads like a name and not like a sentence.
pub(in crate::lower) fn is_name_like(title: &str) -> bool {
    let words = title.split_whitespace().count();
    (1..=4).contains(&words)
        && title.len() <= 40
        && title
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.'))
        && title.chars().any(char::is_alphabetic)
}
