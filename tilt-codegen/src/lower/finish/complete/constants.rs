//! Constants: the required properties that have one legal value, which nobody is asked for.

use serde_json::Value;

use super::conversions::behind_aliases;
use crate::model::{Constant, Field, Presence, Scalar, ScalarKind, Shape, Type, TypeRef};

/// Leaves those constants that their types have, where the property is always there.
pub(super) fn complete(types: &mut [Type]) {
    let fitting: Vec<Vec<Option<Constant>>> = types
        .iter()
        .map(|ty| match &ty.shape {
            Shape::Struct(shape) => {
                let fields = shape.fields.iter();
                fields.map(|field| constant(types, field)).collect()
            }
            Shape::Enum(_) | Shape::Union(_) | Shape::Id(_) | Shape::Alias(_) => Vec::new(),
        })
        .collect();
    for (ty, fitting) in types.iter_mut().zip(fitting) {
        if let Shape::Struct(shape) = &mut ty.shape {
            for (field, fitting) in shape.fields.iter_mut().zip(fitting) {
                field.fixed = fitting;
            }
        }
    }
}

fn constant(types: &[Type], field: &Field) -> Option<Constant> {
    let constant = field.fixed.clone();
    let constant = constant.filter(|_| field.presence == Presence::Required)?;
    fitting(types, constant, &field.ty)
}

/// A constant as a type holds it; nothing where the type has no such value.
fn fitting(types: &[Type], constant: Constant, ty: &TypeRef) -> Option<Constant> {
    let scalar = match behind_aliases(types, ty) {
        TypeRef::Scalar(scalar) => *scalar,
        TypeRef::Named(named) => {
            return match constant {
                Constant::Variant(id, index) if id == *named => {
                    let Shape::Enum(shape) = &types.get(id.0)?.shape else {
                        return None;
                    };
                    shape.variants.get(index).map(|_| constant)
                }
                _ => None,
            };
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
