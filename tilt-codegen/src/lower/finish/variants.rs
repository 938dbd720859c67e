//! Distinctions between a union's variants, and their names.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use crate::identifier;
use crate::lower::draft::MAX_TAG_VALUES;
use crate::lower::finish::Facts;
use crate::lower::finish::kinds::Kinds;
use crate::lower::finish::nested_variants::distinguish_union;
use crate::lower::naming;
use crate::lower::previous::type_key;
use crate::model::{
    Constant, Enum, Field, Mapped, Presence, Scalar, ScalarKind, Shape, Struct, Tag, Type, TypeId,
    TypeRef, UnionVariant,
};

/// Bytes of names and values that may still be copied into variants, to tell them apart: a struct may
/// be a variant of many unions.
#[derive(Debug)]
pub(in crate::lower) struct Distinctions {
    left: usize,
    /// Bytes of those in unions inside unions that may still be read; beyond, such unions are not told from others.
    nested: usize,
    /// Types that are no generated ones.
    pub mapped: Vec<Mapped>,
    /// Types whose lists of values tell nothing, since others are valid.
    pub open: Rc<HashSet<TypeId>>,
    /// The first type whose names could not be repeated once more.
    pub over: Option<TypeId>,
}

impl Distinctions {
    pub(in crate::lower) fn new(limit: usize, mapped: &[Mapped]) -> Self {
        Self {
            left: limit,
            nested: limit,
            mapped: mapped.to_vec(),
            open: Rc::default(),
            over: None,
        }
    }

    /// A budget for the unions inside a union.
    fn inside(&self) -> Self {
        Self {
            left: self.nested,
            nested: self.nested,
            mapped: Vec::new(),
            open: Rc::clone(&self.open),
            over: None,
        }
    }

    fn pay(&mut self, bytes: usize) -> bool {
        let left = self.left.checked_sub(bytes);
        self.left = left.unwrap_or_default();
        left.is_some()
    }
}

/// Fills in the distinctions between the variants of all unions, and their names.
pub(in crate::lower) fn describe_variants(
    types: &mut [Type],
    facts: &[Facts<'_>],
    distinctions: &mut Distinctions,
) {
    let kinds = Kinds::of(types, &distinctions.mapped);
    let described: Vec<Option<Vec<UnionVariant>>> = types
        .iter()
        .zip(facts)
        .map(|(ty, own)| {
            let Shape::Union(union) = &ty.shape else {
                return None;
            };
            if distinctions.over.is_some() {
                return None;
            }
            let names: Vec<String> = union
                .variants
                .iter()
                .map(|variant| type_label(facts, &distinctions.mapped, &variant.ty))
                .collect();
            let mut labels = own.labels.clone();
            labels.resize(names.len(), None);
            let previous = |at: usize| {
                let name = |id: usize| facts[id].previous_name.to_owned();
                let key = type_key(&union.variants[at].ty, &name);
                own.member(&key, identifier::is_variant_name)
                    .map(str::to_owned)
            };
            let names = naming::variant_names(&names, &labels, previous);
            let variants = union.variants.iter().zip(names).map(|(variant, name)| {
                let mut variant = variant.clone();
                variant.name = name;
                distinguish(
                    types,
                    facts,
                    &kinds,
                    &variant.ty.clone(),
                    &mut variant,
                    distinctions,
                    0,
                );
                variant
            });
            Some(variants.collect())
        })
        .collect();
    for (ty, variants) in types.iter_mut().zip(described) {
        if let (Shape::Union(union), Some(variants)) = (&mut ty.shape, variants) {
            union.variants = variants;
        }
    }
}

/// A variant of this type, told from others as far as `distinctions` lasts.
pub(in crate::lower) fn distinction(
    types: &[Type],
    kinds: &Kinds,
    ty: &TypeRef,
    distinctions: &mut Distinctions,
) -> UnionVariant {
    let mut variant = UnionVariant::of(ty.clone());
    distinguish(types, &[], kinds, ty, &mut variant, distinctions, 0);
    variant
}

/// Adds the distinctions of a type to a variant.
fn distinguish(
    types: &[Type],
    facts: &[Facts<'_>],
    kinds: &Kinds,
    ty: &TypeRef,
    variant: &mut UnionVariant,
    distinctions: &mut Distinctions,
    depth: usize,
) {
    let (own, holds_struct, end) = kinds.of_type(ty);
    variant.kinds = own;
    // A struct directly in a variant is boxed: see `UnionVariant::boxed`.
    variant.boxed |= holds_struct;
    let Some((id, target)) = end.and_then(|id| Some((id, types.get(id.0)?))) else {
        return;
    };
    let affordable = match &target.shape {
        Shape::Struct(structure) => {
            let facts = facts.get(id.0);
            variant.closed = facts.is_some_and(|facts| facts.closed);
            let absent = facts.map_or(&[][..], |facts| facts.absent);
            let none = BTreeMap::new();
            let listed = facts.map_or(&none, |facts| &facts.listed);
            distinguish_struct(types, structure, listed, variant, distinctions)
                && distinguish_absent(absent, variant, distinctions)
        }
        Shape::Enum(enumeration) => enumeration.variants.iter().all(|listed| {
            let affordable = distinctions.pay(ITEM + listed.value.as_str().map_or(0, str::len));
            if affordable {
                variant.values.push(listed.value.clone());
            }
            affordable
        }),
        Shape::Union(union) if depth < DEEPEST => {
            let mut inside = distinctions.inside();
            distinguish_union(union, variant, |inner| {
                let mut told = UnionVariant::of(inner.ty.clone());
                let ty = &inner.ty;
                distinguish(types, facts, kinds, ty, &mut told, &mut inside, depth + 1);
                inside.over.is_none().then_some(told)
            });
            distinctions.nested = inside.left.min(inside.nested);
            distinctions.pay(size(variant))
        }
        Shape::Union(_) | Shape::Id(_) | Shape::Alias(_) => true,
    };
    if !affordable {
        distinctions.over.get_or_insert(id);
    }
}

/// Unions in unions are looked through so far: they may be in themselves.
const DEEPEST: usize = 4;

/// Bytes of the names and values that tell a variant from others.
fn size(variant: &UnionVariant) -> usize {
    let names = variant.properties.iter().chain(&variant.required);
    let values = variant.tags.iter().flat_map(|tag| &tag.values);
    let values = values.filter_map(Value::as_str).map(str::len);
    names
        .map(String::len)
        .chain(values)
        .map(|it| ITEM + it)
        .sum()
}

/// Bytes that an item of a list takes beside its text.
const ITEM: usize = 24;

fn distinguish_struct(
    types: &[Type],
    structure: &Struct,
    listed: &BTreeMap<String, Vec<Value>>,
    variant: &mut UnionVariant,
    distinctions: &mut Distinctions,
) -> bool {
    for field in &structure.fields {
        let is_open = matches!(field.ty, TypeRef::Named(id) if distinctions.open.contains(&id));
        let tag = values_of(types, field).filter(|_| !is_open);
        let tag = tag.or_else(|| listed.get(&field.wire).cloned());
        let values = tag.as_ref().map_or(0, |values| {
            let texts = values.iter().filter_map(Value::as_str);
            texts.map(|text| ITEM + text.len()).sum()
        });
        if !distinctions.pay(2 * (ITEM + field.wire.len()) + values) {
            return false;
        }
        variant.properties.push(field.wire.clone());
        if matches!(field.presence, Presence::Required | Presence::Nullable) {
            variant.required.push(field.wire.clone());
        }
        if let Some(mut values) = tag {
            let may_be_null = matches!(
                field.presence,
                Presence::Nullable | Presence::OptionalNullable
            );
            if may_be_null && !values.contains(&Value::Null) {
                values.push(Value::Null);
            }
            variant.tags.push(Tag {
                property: field.wire.clone(),
                values,
            });
        }
    }
    true
}

/// A value may have properties of the other direction nevertheless.
fn distinguish_absent(
    absent: &[String],
    variant: &mut UnionVariant,
    distinctions: &mut Distinctions,
) -> bool {
    absent.iter().all(|wire| {
        let affordable = distinctions.pay(ITEM + wire.len());
        if affordable {
            variant.properties.push(wire.clone());
        }
        affordable
    })
}

/// The values that a property may have, where they are few.
fn values_of(types: &[Type], field: &Field) -> Option<Vec<Value>> {
    if let (true, Some(Constant::String(text))) = (field.is_constant(), &field.fixed) {
        return Some(vec![text.as_str().into()]);
    }
    let listed = string_enum(types, &field.ty)?;
    Some(listed.variants.iter().map(|it| it.value.clone()).collect())
}

fn string_enum<'t>(types: &'t [Type], ty: &TypeRef) -> Option<&'t Enum> {
    let TypeRef::Named(id) = ty else {
        return None;
    };
    match &types.get(id.0)?.shape {
        Shape::Enum(enumeration) if enumeration.variants.len() <= MAX_TAG_VALUES => {
            Some(enumeration)
        }
        _ => None,
    }
}

/// The name of a variant of this type.
fn type_label(facts: &[Facts<'_>], mapped: &[Mapped], ty: &TypeRef) -> String {
    let type_label = |ty| type_label(facts, mapped, ty);
    match ty {
        TypeRef::Named(id) => facts
            .get(id.0)
            .map(|facts| facts.label.to_owned())
            .unwrap_or_default(),
        TypeRef::List(item) => format!("{}List", type_label(item)),
        TypeRef::Map(value) if **value == TypeRef::Scalar(Scalar::Any) => "Object".to_owned(),
        TypeRef::Map(value) => format!("{}Map", type_label(value)),
        TypeRef::Tuple(_) => "Tuple".to_owned(),
        TypeRef::Nullable(ty) | TypeRef::Boxed(ty) | TypeRef::Loose(ty) => type_label(ty),
        TypeRef::Scalar(Scalar::Mapped(id)) => mapped_label(&mapped[id.0].name).to_owned(),
        TypeRef::Scalar(scalar) => scalar_label(*scalar).to_owned(),
    }
}

/// The last name of a path.
fn mapped_label(path: &str) -> &str {
    let path = path.split('<').next().unwrap_or(path);
    path.rsplit("::").next().unwrap_or(path)
}

fn scalar_label(scalar: Scalar) -> &'static str {
    match (scalar.kind(), scalar) {
        (ScalarKind::Bool, _) => "Bool",
        (ScalarKind::Integer, _) => "Integer",
        (ScalarKind::Number, _) => "Number",
        (ScalarKind::Any, _) => "Any",
        (ScalarKind::Null, _) => "Null",
        (_, Scalar::DateTime) => "DateTime",
        (_, Scalar::Date) => "Date",
        (_, Scalar::Time) => "Time",
        (_, Scalar::Duration) => "Duration",
        (_, Scalar::Uuid) => "Uuid",
        (_, Scalar::Secret) => "Secret",
        (_, Scalar::File) => "File",
        (_, Scalar::Decimal) => "Decimal",
        (ScalarKind::String | ScalarKind::Text | ScalarKind::Content | ScalarKind::Mapped, _) => {
            "String"
        }
    }
}
