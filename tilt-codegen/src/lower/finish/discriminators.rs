//! Discriminators, once types are final: constructors fill in what has one legal value, and unions write what their
//! variants have not.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::model::{
    Constant, EnumRepr, Presence, Scalar, ScalarKind, Shape, Tagged, Type, TypeId, TypeRef, Union,
    UnionVariant,
};
use serde_json::Value;

/// The values that programs gave for properties before.
pub(in crate::lower) trait Before {
    /// Whether they named it: they go on naming it.
    fn was_asked_for(&self, id: TypeId, property: &str) -> bool;

    /// The value that they got without asking: it stays that when another union comes that selects the struct by another.
    fn filled_in(&self, id: TypeId, property: &str) -> Option<&str>;

    /// Whether there was the type.
    fn was_there(&self, id: TypeId) -> bool;
}

/// A discriminator of a variant that is a struct has one legal value: its constructor fills it in. So it does with one that
/// may be left out, and is then what tells the variant from the others, unless programs could set it before.
pub(in crate::lower) fn fix(types: &mut [Type], before: &dyn Before) {
    let mut found: HashMap<(TypeId, &str), Option<Constant>> = HashMap::new();
    for ty in types.iter() {
        let Shape::Union(union) = &ty.shape else {
            continue;
        };
        for (property, variant) in telling(union)
            .into_iter()
            .flat_map(|property| union.variants.iter().map(move |it| (property, it)))
        {
            let Some(id) = end(types, &variant.ty) else {
                continue;
            };
            let constant = constant(types, id, property, variant, before);
            let is_kept = |it: &Option<Constant>| {
                let text = it.as_ref().and_then(|it| text(types, it));
                text.is_some() && text.as_deref() == before.filled_in(id, property)
            };
            let known = found
                .entry((id, property))
                .or_insert_with(|| constant.clone());
            // Two unions that select it by different values.
            if *known != constant && !is_kept(known) {
                *known = constant.filter(|it| is_kept(&Some(it.clone())));
            }
        }
    }
    let found: Vec<(TypeId, String, Constant)> = found
        .into_iter()
        .filter_map(|((id, property), constant)| Some((id, property.to_owned(), constant?)))
        .collect();
    for (id, property, constant) in found {
        if let Shape::Struct(structure) = &mut types[id.0].shape {
            let mut fields = structure.fields.iter_mut();
            if let Some(field) = fields.find(|field| field.wire == property) {
                field.fixed = Some(constant);
            }
        }
    }
}

/// The properties whose values tell the variants of a union apart: its discriminator, or else each that has one value in
/// every variant, and another in each.
fn telling(union: &Union) -> Vec<&str> {
    if let Some(property) = &union.discriminator {
        return vec![property];
    }
    let mut values: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for tag in union.variants.iter().flat_map(|variant| &variant.tags) {
        if let [value] = tag.values.as_slice() {
            let of_property = values.entry(&tag.property).or_default();
            of_property.insert(value.to_string());
        }
    }
    let variants = union.variants.len();
    values.retain(|_, values| variants > 1 && values.len() == variants);
    values.into_keys().collect()
}

fn constant(
    types: &[Type],
    id: TypeId,
    property: &str,
    variant: &UnionVariant,
    before: &dyn Before,
) -> Option<Constant> {
    let Shape::Struct(structure) = &types[id.0].shape else {
        return None;
    };
    let mut fields = structure.fields.iter();
    let field = fields.find(|it| it.wire == property)?;
    let was_settable = || before.was_there(id) && before.filled_in(id, property).is_none();
    match field.presence {
        Presence::Required => {}
        Presence::Optional if !was_settable() => {}
        _ => return None,
    }
    let listed = match end(types, &field.ty).map(|id| (id, &types[id.0].shape)) {
        Some((id, Shape::Enum(listed))) if listed.repr == EnumRepr::String => Some((id, listed)),
        _ => None,
    };
    if let Some((id, listed)) = listed
        && listed.variants.len() == 1
    {
        return Some(Constant::Variant(id, 0));
    }
    let [value] = variant.discriminator_values.as_slice() else {
        return None;
    };
    if variant.any_other || before.was_asked_for(id, property) {
        return None;
    }
    if let Some((id, listed)) = listed {
        let mut variants = listed.variants.iter();
        let at = variants.position(|it| it.value.as_str() == Some(value))?;
        return Some(Constant::Variant(id, at));
    }
    match (&field.ty, value.as_str()) {
        (TypeRef::Scalar(Scalar::String), _) => Some(Constant::String(value.clone())),
        (TypeRef::Scalar(Scalar::Bool), "true") => Some(Constant::Bool(true)),
        (TypeRef::Scalar(Scalar::Bool), "false") => Some(Constant::Bool(false)),
        // Only texts that may be left out are known to be filled in by the next generation.
        (TypeRef::Scalar(scalar), number) if field.presence == Presence::Required => {
            let is_number = matches!(scalar.kind(), ScalarKind::Integer | ScalarKind::Number);
            let number = number.parse().ok().filter(|_| is_number);
            number.map(Constant::Integer)
        }
        _ => None,
    }
}

/// A constant on the wire, where it can select a variant.
fn text<'t>(types: &'t [Type], constant: &'t Constant) -> Option<Cow<'t, str>> {
    match constant {
        Constant::Variant(id, index) => match &types.get(id.0)?.shape {
            Shape::Enum(listed) => listed.variants.get(*index)?.value.as_str().map(Cow::from),
            _ => None,
        },
        Constant::String(text) | Constant::Text(_, text) => Some(text.into()),
        Constant::Bool(value) => Some(value.to_string().into()),
        Constant::Integer(value) | Constant::Number(value) => Some(value.to_string().into()),
        Constant::Null | Constant::Any(_) => None,
    }
}

/// Marks the variants of unions that have to write a discriminator: of those whose structs have it in any case, there is
/// nothing to write.
pub(in crate::lower) fn tag(types: &mut [Type]) {
    let mut tagged: HashSet<TypeId> = HashSet::new();
    for index in 0..types.len() {
        let Shape::Union(union) = &types[index].shape else {
            continue;
        };
        if let Some(property) = &union.discriminator {
            lacking(types, TypeId(index), property, &mut tagged);
        }
    }
    let marks: Vec<(TypeId, Vec<Option<Tagged>>)> = tagged
        .iter()
        .filter_map(|id| match &types[id.0].shape {
            Shape::Union(union) => Some((*id, marks(types, union, &tagged))),
            _ => None,
        })
        .collect();
    write_as_declared(types);
    for (id, marks) in marks {
        if let Shape::Union(union) = &mut types[id.0].shape {
            for (variant, mark) in union.variants.iter_mut().zip(marks) {
                variant.tagged = mark;
            }
        }
    }
}

/// Notes the discriminators that are numbers and Booleans in the structs of their variants: mappings have texts alone.
fn write_as_declared(types: &mut [Type]) {
    for index in 0..types.len() {
        let Shape::Union(union) = &types[index].shape else {
            continue;
        };
        let Some(property) = &union.discriminator else {
            continue;
        };
        let written: Vec<Option<Value>> = union
            .variants
            .iter()
            .map(|variant| {
                let text = variant.discriminator_values.first()?;
                let json = serde_json::from_str::<Value>(text).ok();
                let json = json.filter(|it| it.is_number() || it.is_boolean())?;
                is_declared_as(types, &variant.ty, property, &json).then_some(json)
            })
            .collect();
        if let Shape::Union(union) = &mut types[index].shape {
            for (variant, written) in union.variants.iter_mut().zip(written) {
                variant.discriminator_json = written;
            }
        }
    }
}

/// Whether the property of the first struct that a type may be has values like this.
fn is_declared_as(types: &[Type], ty: &TypeRef, property: &str, json: &Value) -> bool {
    let mut met = HashSet::new();
    let mut stack: Vec<TypeId> = end(types, ty).into_iter().collect();
    while let Some(id) = stack.pop().filter(|_| met.len() <= types.len()) {
        match &types[id.0].shape {
            Shape::Struct(structure) => {
                let mut fields = structure.fields.iter();
                if let Some(field) = fields.find(|it| it.wire == property) {
                    return has_value(types, &field.ty, json);
                }
            }
            Shape::Union(union) if met.insert(id) => {
                let inside = union.variants.iter().rev();
                stack.extend(inside.filter_map(|it| end(types, &it.ty)));
            }
            _ => {}
        }
    }
    false
}

fn has_value(types: &[Type], ty: &TypeRef, json: &Value) -> bool {
    if let TypeRef::Scalar(scalar) = ty {
        return match scalar.kind() {
            ScalarKind::Bool => json.is_boolean(),
            ScalarKind::Integer | ScalarKind::Number => json.is_number(),
            _ => false,
        };
    }
    match end(types, ty).map(|id| &types[id.0].shape) {
        Some(Shape::Enum(listed)) => listed.variants.iter().any(|it| it.value == *json),
        _ => false,
    }
}

/// Adds the unions on the ways to structs that may be without a property, from a union with that discriminator.
fn lacking(types: &[Type], from: TypeId, property: &str, tagged: &mut HashSet<TypeId>) {
    let mut way_to: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    let mut met = HashSet::from([from]);
    let mut stack = vec![from];
    let mut lacking = Vec::new();
    while let Some(id) = stack.pop() {
        let Shape::Union(union) = &types[id.0].shape else {
            continue;
        };
        for variant in &union.variants {
            // The outermost has no value for it.
            let has_none = id == from && variant.discriminator_values.is_empty();
            let Some(end) = end(types, &variant.ty).filter(|_| variant.boxed && !has_none) else {
                continue;
            };
            match &types[end.0].shape {
                Shape::Struct(structure) => {
                    let mut fields = structure.fields.iter();
                    let field = fields.find(|it| it.wire == property);
                    let field = field.filter(|it| it.presence == Presence::Required);
                    let fixed = field.and_then(|it| it.fixed.as_ref());
                    // Another union may select it by the value that it has.
                    let selects = union.discriminator.as_deref() == Some(property)
                        && !variant.discriminator_values.is_empty();
                    let has = fixed.is_some_and(|fixed| {
                        let values = &variant.discriminator_values;
                        let is_value = |it: &str| values.iter().any(|value| value == it);
                        !selects || text(types, fixed).is_none_or(|it| is_value(&it))
                    });
                    if !has {
                        lacking.push(id);
                    }
                }
                Shape::Union(_) => {
                    way_to.entry(end).or_default().push(id);
                    if met.insert(end) {
                        stack.push(end);
                    }
                }
                Shape::Enum(_) | Shape::Id(_) | Shape::Alias(_) => {}
            }
        }
    }
    let mut back = HashSet::new();
    while let Some(id) = lacking.pop() {
        if back.insert(id) {
            lacking.extend(way_to.get(&id).into_iter().flatten());
        }
    }
    tagged.extend(back);
}

fn marks(types: &[Type], union: &Union, tagged: &HashSet<TypeId>) -> Vec<Option<Tagged>> {
    let variants = union.variants.iter();
    variants
        .map(|variant| {
            let end = end(types, &variant.ty).filter(|_| variant.boxed)?;
            match &types[end.0].shape {
                Shape::Struct(_) => Some(Tagged::Record),
                Shape::Union(_) => tagged.contains(&end).then_some(Tagged::Union),
                Shape::Enum(_) | Shape::Id(_) | Shape::Alias(_) => None,
            }
        })
        .collect()
}

/// The type with a shape of its own that a reference leads to, if nothing is between.
fn end(types: &[Type], ty: &TypeRef) -> Option<TypeId> {
    let mut ty = ty;
    for _ in 0..=types.len() {
        let TypeRef::Named(id) = ty else {
            return None;
        };
        match &types.get(id.0)?.shape {
            Shape::Alias(target) => ty = target,
            _ => return Some(*id),
        }
    }
    None
}
