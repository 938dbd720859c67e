//! Sample values of the types that users read: what is required, as small as it can be.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};

use super::conversions::behind_aliases;
use crate::model::{
    Constant, EnumRepr, Field, IdForm, Mapped, Presence, Sample, SampleValue, Scalar, ScalarKind,
    Shape, Struct, Type, TypeId, TypeRef,
};

/// Samples of all types of answers and events that have one. A type that must contain itself has none.
pub(in crate::lower) fn of(types: &[Type], mapped: &[Mapped]) -> Vec<Sample> {
    let known = Known { types, mapped };
    let chosen = Finite::of(known).chosen;
    let is_read = |id: &TypeId| types[id.0].usage.output || !types[id.0].usage.input;
    let mut pending: Vec<TypeId> = (0..types.len()).map(TypeId).filter(is_read).collect();
    let mut samples = BTreeMap::new();
    while let Some(id) = pending.pop() {
        if samples.contains_key(&id) {
            continue;
        }
        if let Some(value) = chosen[id.0].and_then(|first| of_type(known, id, first)) {
            value.each(&mut |id| pending.push(id));
            samples.insert(id, value);
        }
    }
    let samples = samples.into_iter();
    samples.map(|(ty, value)| Sample { ty, value }).collect()
}

/// Types, and those in the place of some.
#[derive(Clone, Copy)]
struct Known<'t> {
    types: &'t [Type],
    mapped: &'t [Mapped],
}

impl Known<'_> {
    /// Whether a property must be there of which no valid value is known.
    fn has_none(self, field: &Field) -> bool {
        field.is_asked_for() && field.sample.is_none() && self.is_unknown(&field.ty)
    }

    /// Whether a value has one of a mapped type, of which the documents have none.
    fn is_unknown(self, ty: &TypeRef) -> bool {
        match behind_aliases(self.types, ty) {
            TypeRef::Scalar(Scalar::Mapped(id)) => self.mapped[id.0].sample.is_none(),
            TypeRef::Boxed(inner) | TypeRef::Loose(inner) => self.is_unknown(inner),
            TypeRef::Tuple(items) => items.iter().any(|item| self.is_unknown(item)),
            _ => false,
        }
    }
}

/// Of a union, the sample of this variant.
fn of_type(known: Known<'_>, id: TypeId, variant: usize) -> Option<SampleValue> {
    let types = known.types;
    Some(match &types[id.0].shape {
        Shape::Struct(shape) => structure(known, shape),
        Shape::Union(shape) => value(known, &shape.variants.get(variant)?.ty, None),
        Shape::Enum(shape) => SampleValue::Json(match shape.variants.first() {
            Some(variant) => variant.value.clone(),
            None => none_of(shape.repr),
        }),
        Shape::Id(form) => SampleValue::Json(match form {
            IdForm::Uuid => text(Scalar::Uuid).into(),
            IdForm::Text => "id".into(),
            IdForm::Integer | IdForm::Unsigned => json!(1),
        }),
        Shape::Alias(_) => return None,
    })
}

fn structure(known: Known<'_>, shape: &Struct) -> SampleValue {
    let members = shape.fields.iter().filter_map(|field| {
        let value = match (field.presence, &field.fixed) {
            (Presence::Required, Some(constant)) => SampleValue::Json(json(known.types, constant)),
            (Presence::Required, None) => value(known, &field.ty, field.sample.as_ref()),
            (Presence::Nullable, _) => SampleValue::Json(Value::Null),
            (Presence::Optional | Presence::OptionalNullable, _) => return None,
        };
        Some((field.wire.clone(), value))
    });
    SampleValue::Object(members.collect())
}

/// A value of a type: the stated one, where it is of the type.
fn value(known: Known<'_>, ty: &TypeRef, stated: Option<&Value>) -> SampleValue {
    let types = known.types;
    match behind_aliases(types, ty) {
        TypeRef::Scalar(Scalar::Mapped(id)) => {
            let value = stated.or(known.mapped[id.0].sample.as_ref());
            SampleValue::Json(value.cloned().unwrap_or_default())
        }
        TypeRef::Scalar(it) => SampleValue::Json(match stated.filter(|value| is(*it, value)) {
            Some(value) => value.clone(),
            None => scalar(*it),
        }),
        TypeRef::Named(id) => match stated.filter(|value| is_value_of(&types[id.0], value)) {
            Some(value) => SampleValue::Json(value.clone()),
            None => SampleValue::Of(*id),
        },
        TypeRef::List(_) => SampleValue::Array(Vec::new()),
        TypeRef::Map(_) => SampleValue::Object(Vec::new()),
        TypeRef::Nullable(_) => SampleValue::Json(Value::Null),
        TypeRef::Boxed(inner) | TypeRef::Loose(inner) => value(known, inner, stated),
        TypeRef::Tuple(items) => {
            let items = items.iter().map(|item| value(known, item, None));
            SampleValue::Array(items.collect())
        }
    }
}

/// Whether a type without parts has a value.
fn is_value_of(ty: &Type, value: &Value) -> bool {
    match &ty.shape {
        Shape::Enum(shape) => shape.variants.iter().any(|variant| variant.value == *value),
        Shape::Id(IdForm::Text | IdForm::Uuid) => value.is_string(),
        Shape::Id(IdForm::Integer) => value.is_i64(),
        Shape::Id(IdForm::Unsigned) => value.is_u64(),
        Shape::Struct(_) | Shape::Union(_) | Shape::Alias(_) => false,
    }
}

fn is(scalar: Scalar, value: &Value) -> bool {
    match scalar.kind() {
        ScalarKind::Bool => value.is_boolean(),
        ScalarKind::Integer => value
            .as_i64()
            .is_some_and(|value| super::constants::fits(value, scalar)),
        ScalarKind::Number => value.is_number(),
        ScalarKind::String | ScalarKind::Text => value.is_string(),
        ScalarKind::Any => true,
        ScalarKind::Null | ScalarKind::Content | ScalarKind::Mapped => false,
    }
}

fn scalar(scalar: Scalar) -> Value {
    match scalar.kind() {
        ScalarKind::Bool => false.into(),
        ScalarKind::Integer | ScalarKind::Number => 0.into(),
        ScalarKind::String | ScalarKind::Text | ScalarKind::Content => text(scalar).into(),
        ScalarKind::Any | ScalarKind::Null | ScalarKind::Mapped => Value::Null,
    }
}

fn text(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::DateTime => "2025-01-31T09:30:00Z",
        Scalar::Date => "2025-01-31",
        Scalar::Time => "09:30:00Z",
        Scalar::Duration => "P1D",
        Scalar::Uuid => "0190a7c2-5b0e-7d2e-8f57-0b2b6d3f4a11",
        Scalar::Decimal => "0",
        _ => "",
    }
}

/// Of an enum that lists nothing.
fn none_of(repr: EnumRepr) -> Value {
    match repr {
        EnumRepr::String => "".into(),
        EnumRepr::Integer => 0.into(),
        EnumRepr::Any => Value::Null,
    }
}

fn json(types: &[Type], constant: &Constant) -> Value {
    match constant {
        Constant::Variant(id, index) => match types.get(id.0).map(|ty| &ty.shape) {
            Some(Shape::Enum(shape)) => {
                let variant = shape.variants.get(*index);
                variant.map_or(Value::Null, |variant| variant.value.clone())
            }
            _ => Value::Null,
        },
        Constant::Null => Value::Null,
        Constant::Bool(value) => (*value).into(),
        Constant::Integer(value) | Constant::Number(value) => (*value).into(),
        Constant::String(text) | Constant::Text(_, text) => text.as_str().into(),
        Constant::Any(value) => value.clone(),
    }
}

/// The types that have a finite value.
struct Finite {
    /// Of a union, the variant that was found to have one first: none with fewer parts has.
    chosen: Vec<Option<usize>>,
}

impl Finite {
    /// From types without parts to those that need them: each type is looked at once for each of its parts.
    fn of(known: Known<'_>) -> Self {
        let types = known.types;
        let mut chosen: Vec<Option<usize>> = vec![None; types.len()];
        let mut missing: Vec<usize> = vec![0; types.len()];
        let mut users: Vec<Vec<(usize, usize)>> = vec![Vec::new(); types.len()];
        let mut found = VecDeque::new();
        for (index, ty) in types.iter().enumerate() {
            let first = match &ty.shape {
                Shape::Struct(shape) => {
                    let needed = shape.fields.iter().filter(|field| field.is_asked_for());
                    for id in needed.flat_map(|field| parts(types, &field.ty)) {
                        missing[index] += 1;
                        users[id.0].push((index, 0));
                    }
                    if shape.fields.iter().any(|field| known.has_none(field)) {
                        missing[index] += 1;
                    }
                    (missing[index] == 0).then_some(0)
                }
                Shape::Union(shape) => {
                    let mut first = None;
                    for (at, variant) in shape.variants.iter().enumerate() {
                        if known.is_unknown(&variant.ty) {
                            continue;
                        }
                        match parts(types, &variant.ty).as_slice() {
                            [] => first = first.or(Some(at)),
                            [one] => users[one.0].push((index, at)),
                            // A variant that needs several is the last that anybody would choose.
                            _ => {}
                        }
                    }
                    missing[index] = 1;
                    first
                }
                Shape::Enum(_) | Shape::Id(_) => Some(0),
                Shape::Alias(_) => None,
            };
            if let Some(first) = first {
                chosen[index] = Some(first);
                found.push_back(index);
            }
        }
        while let Some(index) = found.pop_front() {
            for (user, at) in std::mem::take(&mut users[index]) {
                missing[user] = missing[user].saturating_sub(1);
                if missing[user] == 0 && chosen[user].is_none() {
                    chosen[user] = Some(at);
                    found.push_back(user);
                }
            }
        }
        Self { chosen }
    }
}

/// The types of which a value of this type has one.
fn parts(types: &[Type], ty: &TypeRef) -> Vec<TypeId> {
    match behind_aliases(types, ty) {
        TypeRef::Named(id) => vec![*id],
        TypeRef::Boxed(inner) | TypeRef::Loose(inner) => parts(types, inner),
        TypeRef::Tuple(items) => items.iter().flat_map(|item| parts(types, item)).collect(),
        TypeRef::Scalar(_) | TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Nullable(_) => {
            Vec::new()
        }
    }
}
