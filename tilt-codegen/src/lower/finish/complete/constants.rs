//! Constants: the required properties that have one legal value, which nobody is asked for, and those that may be left out
//! and tell the variants of a union apart. A document states it where the property is, or by an enum of one value.

use std::collections::BTreeMap;

use serde_json::Value;

use super::conversions::behind_aliases;
use crate::lock::ArgumentNames;
use crate::model::{
    Constant, Field, Presence, Scalar, ScalarKind, Shape, Struct, Type, TypeId, TypeRef,
};

/// Finds the constants that their types have, where the property is always there. `arguments` say which there were
/// before, and then which there are: what was the only value of a property stays in it when others come, for
/// nobody was asked for it.
pub(super) fn complete(types: &mut [Type], arguments: &mut [(String, ArgumentNames)]) {
    for index in 0..types.len() {
        let Shape::Struct(shape) = &types[index].shape else {
            continue;
        };
        let mut none = ArgumentNames::default();
        let names = arguments.get_mut(index).map(|(_, it)| it);
        let names = names.unwrap_or(&mut none);
        let fields = shape.fields.iter();
        let fixed = fields.map(|it| constant(types, it).or_else(|| kept(types, names, it)));
        let fixed: Vec<Option<Constant>> = fixed.collect();
        names.constants = match types[index].is_made() {
            true => texts(types, shape, &fixed),
            false => BTreeMap::new(),
        };
        if let Shape::Struct(shape) = &mut types[index].shape {
            for (field, fixed) in shape.fields.iter_mut().zip(fixed) {
                field.fixed = fixed;
            }
        }
    }
}

/// The value that a property had when it was the only one.
fn kept(types: &[Type], names: &ArgumentNames, field: &Field) -> Option<Constant> {
    let text = names.constants.get(&field.wire)?;
    let is_filled_in = matches!(field.presence, Presence::Required | Presence::Optional);
    let constant = is_filled_in.then(|| Constant::String(text.clone()))?;
    fitting(types, constant, &field.ty)
}

/// The texts among constants, by property.
fn texts(types: &[Type], shape: &Struct, fixed: &[Option<Constant>]) -> BTreeMap<String, String> {
    let fields = shape.fields.iter().zip(fixed);
    let texts = fields.filter_map(|(field, constant)| {
        let text = match constant.as_ref()? {
            Constant::Variant(id, index) => match &types.get(id.0)?.shape {
                Shape::Enum(shape) => shape.variants.get(*index)?.value.as_str()?,
                _ => return None,
            },
            Constant::String(text) | Constant::Text(_, text) => text,
            Constant::Null
            | Constant::Bool(_)
            | Constant::Integer(_)
            | Constant::Number(_)
            | Constant::Any(_) => return None,
        };
        Some((field.wire.clone(), text.to_owned()))
    });
    texts.collect()
}

fn constant(types: &[Type], field: &Field) -> Option<Constant> {
    match (field.presence, field.fixed.clone()) {
        (Presence::Required | Presence::Optional, Some(constant)) => {
            fitting(types, constant, &field.ty)
        }
        (Presence::Required, None) => match behind_aliases(types, &field.ty) {
            TypeRef::Scalar(Scalar::Null) => Some(Constant::Null),
            _ => only_variant(types, &field.ty),
        },
        _ => None,
    }
}

/// The only variant of an enum.
fn only_variant(types: &[Type], ty: &TypeRef) -> Option<Constant> {
    let TypeRef::Named(id) = behind_aliases(types, ty) else {
        return None;
    };
    match &types.get(id.0)?.shape {
        Shape::Enum(shape) if shape.variants.len() == 1 => Some(Constant::Variant(*id, 0)),
        _ => None,
    }
}

/// The variant of an enum that has a value.
fn variant(types: &[Type], id: TypeId, value: &Value) -> Option<Constant> {
    let Shape::Enum(shape) = &types.get(id.0)?.shape else {
        return None;
    };
    let index = shape.variants.iter().position(|it| it.value == *value)?;
    Some(Constant::Variant(id, index))
}

/// A constant as a type holds it; nothing where the type has no such value.
fn fitting(types: &[Type], constant: Constant, ty: &TypeRef) -> Option<Constant> {
    let scalar = match behind_aliases(types, ty) {
        TypeRef::Scalar(scalar) => *scalar,
        TypeRef::Named(named) => {
            let value = match constant {
                Constant::Variant(id, _) if id == *named => return Some(constant),
                Constant::String(text) => text.into(),
                Constant::Integer(value) => value.into(),
                _ => return None,
            };
            return variant(types, *named, &value);
        }
        _ => return None,
    };
    match (constant, scalar) {
        (Constant::Bool(value), Scalar::Bool) => Some(Constant::Bool(value)),
        (Constant::Bool(value), Scalar::Any) => Some(Constant::Any(Value::Bool(value))),
        (Constant::Integer(value), Scalar::Any) => Some(Constant::Any(value.into())),
        (Constant::Integer(value), Scalar::Number) => Some(Constant::Number(value)),
        (Constant::Integer(value), scalar) => {
            fits(value, scalar).then_some(Constant::Integer(value))
        }
        (Constant::String(value), Scalar::String) => Some(Constant::String(value)),
        (Constant::String(value), Scalar::Any) => Some(Constant::Any(value.into())),
        (Constant::String(value), scalar) if scalar.kind() == ScalarKind::Text => {
            Some(Constant::Text(scalar, value))
        }
        _ => None,
    }
}

pub(super) fn fits(value: i64, scalar: Scalar) -> bool {
    match scalar {
        Scalar::I8 => i8::try_from(value).is_ok(),
        Scalar::I16 => i16::try_from(value).is_ok(),
        Scalar::I32 => i32::try_from(value).is_ok(),
        Scalar::I64 => true,
        Scalar::U8 => u8::try_from(value).is_ok(),
        Scalar::U16 => u16::try_from(value).is_ok(),
        Scalar::U32 => u32::try_from(value).is_ok(),
        Scalar::U64 => u64::try_from(value).is_ok(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_that_its_type_does_not_have_is_not_filled_in() {
        let fitting = |constant, scalar| fitting(&[], constant, &TypeRef::Scalar(scalar));
        assert_eq!(fitting(Constant::Integer(300), Scalar::U8), None);
        assert_eq!(fitting(Constant::Integer(-1), Scalar::U64), None);
        assert_eq!(
            fitting(Constant::Integer(255), Scalar::U8),
            Some(Constant::Integer(255))
        );
        assert_eq!(fitting(Constant::Bool(true), Scalar::String), None);
        assert_eq!(
            fitting(Constant::String("2020-01-01".into()), Scalar::Date),
            Some(Constant::Text(Scalar::Date, "2020-01-01".into()))
        );
    }
}
