//! Conversions: how arguments and setters take values, which structs have `Default`, which unions are
//! `From` the types of their variants, and which constants constructors fill in.

use std::collections::HashMap;

use serde_json::Value;

use crate::model::{
    Body, Constant, Conversion, Field, Payload, Presence, RequestBody, Scalar, ScalarKind, Sdk,
    Shape, Struct, StructDefault, Type, TypeId, TypeRef, Union,
};

pub(super) fn complete(sdk: &mut Sdk) {
    let types = &sdk.types;
    let ids = (0..types.len()).map(TypeId);
    let decided: Vec<Decided> = ids.map(|id| decide(types, id)).collect();
    let operations = sdk.resources.iter_mut().flat_map(|it| &mut it.operations);
    for operation in operations {
        for parameter in &mut operation.parameters {
            parameter.conversion = conversion(types, &parameter.ty);
        }
        if let Some(body) = &mut operation.body {
            body.conversion = body_conversion(types, body);
        }
    }
    for (ty, decided) in sdk.types.iter_mut().zip(decided) {
        match (&mut ty.shape, decided) {
            (Shape::Struct(shape), Decided::Fields(fields)) => {
                complete_struct(shape, fields, ty.usage.input);
            }
            (Shape::Union(shape), Decided::Variants(from)) => {
                for (variant, from) in shape.variants.iter_mut().zip(from) {
                    variant.from = from;
                }
            }
            _ => {}
        }
    }
}

/// The decisions about a type, made before any type is changed.
enum Decided {
    /// For each field, its constant and how it is taken.
    Fields(Vec<(Option<Constant>, Conversion)>),
    /// For each variant, whether the union is `From` its type.
    Variants(Vec<bool>),
    Nothing,
}

fn decide(types: &[Type], id: TypeId) -> Decided {
    match &types[id.0].shape {
        Shape::Struct(shape) => {
            let fields = shape.fields.iter();
            Decided::Fields(fields.map(|field| decide_field(types, field)).collect())
        }
        Shape::Union(shape) => Decided::Variants(decide_from(types, shape, id)),
        Shape::Enum(_) | Shape::Alias(_) => Decided::Nothing,
    }
}

fn decide_field(types: &[Type], field: &Field) -> (Option<Constant>, Conversion) {
    let fixed = field
        .fixed
        .as_ref()
        .filter(|_| field.presence == Presence::Required)
        .and_then(|constant| fitting(types, constant.clone(), &field.ty));
    (fixed, conversion(types, &field.ty))
}

/// A variant's type that others have too, or that is the union itself, does not tell the variant.
fn decide_from(types: &[Type], union: &Union, id: TypeId) -> Vec<bool> {
    let variants = union.variants.iter();
    let plain: Vec<TypeRef> = variants
        .map(|variant| plain(types, &variant.ty, MAX_NESTING))
        .collect();
    let mut uses: HashMap<&TypeRef, usize> = HashMap::new();
    for ty in &plain {
        *uses.entry(ty).or_default() += 1;
    }
    plain
        .iter()
        .map(|ty| uses.get(ty) == Some(&1) && *ty != TypeRef::Named(id))
        .collect()
}

fn complete_struct(
    shape: &mut Struct,
    decided: Vec<(Option<Constant>, Conversion)>,
    is_input: bool,
) {
    let mut has_required = false;
    let mut takes_arguments = false;
    for (field, (fixed, conversion)) in shape.fields.iter_mut().zip(decided) {
        let is_required = field.presence == Presence::Required;
        has_required |= is_required;
        takes_arguments |= is_required && fixed.is_none();
        // `new` is the constructor's; such a field is set by its name.
        field.setter = is_input && !is_required && field.name != "new";
        (field.fixed, field.conversion) = (fixed, conversion);
    }
    shape.default = match (has_required, takes_arguments) {
        (false, _) => Some(StructDefault::Empty),
        (true, false) => Some(StructDefault::Fixed),
        (true, true) => None,
    };
}

fn conversion(types: &[Type], ty: &TypeRef) -> Conversion {
    match behind_aliases(types, ty) {
        TypeRef::Tuple(_) | TypeRef::Map(_) => Conversion::None,
        TypeRef::Scalar(scalar) => match scalar.kind() {
            ScalarKind::Bool | ScalarKind::Integer | ScalarKind::Null => Conversion::None,
            _ => Conversion::Into,
        },
        TypeRef::Named(id) => match types.get(id.0).map(|ty| &ty.shape) {
            Some(Shape::Struct(_)) => Conversion::None,
            _ => Conversion::Into,
        },
        TypeRef::Boxed(inner) => conversion(types, inner),
        TypeRef::List(_) | TypeRef::Nullable(_) => Conversion::Into,
    }
}

fn body_conversion(types: &[Type], body: &RequestBody) -> Conversion {
    match &body.body {
        Body::Choice { .. } => Conversion::None,
        Body::Single(media) => match &media.payload {
            Payload::Json(ty) | Payload::Form { ty, .. } | Payload::Multipart { ty, .. } => {
                conversion(types, ty)
            }
            Payload::Text | Payload::Bytes | Payload::EventStream(_) | Payload::JsonLines(_) => {
                Conversion::Into
            }
        },
    }
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

fn fits(value: i64, scalar: Scalar) -> bool {
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

/// The end of any number of aliases.
fn behind_aliases<'t>(types: &'t [Type], mut ty: &'t TypeRef) -> &'t TypeRef {
    // No chain is longer than there are types; one that closes upon itself ends somewhere.
    for _ in 0..=types.len() {
        let TypeRef::Named(id) = ty else { break };
        let Some(Shape::Alias(target)) = types.get(id.0).map(|ty| &ty.shape) else {
            break;
        };
        ty = target;
    }
    ty
}

/// How deep aliases are looked through: deeper types are told apart by their names.
const MAX_NESTING: usize = 16;

/// A type with no aliases in it.
fn plain(types: &[Type], ty: &TypeRef, depth: usize) -> TypeRef {
    let Some(depth) = depth.checked_sub(1) else {
        return ty.clone();
    };
    let ty = behind_aliases(types, ty).clone();
    ty.map_inner(&mut |ty| plain(types, &ty, depth))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Docs, Rest, UnionVariant, Usage};

    const TEXT: TypeRef = TypeRef::Scalar(Scalar::String);
    const INTEGER: TypeRef = TypeRef::Scalar(Scalar::I64);

    fn ty(shape: Shape) -> Type {
        Type {
            name: String::new(),
            module: String::new(),
            docs: Docs::default(),
            deprecated: false,
            shape,
            usage: Usage {
                input: true,
                output: true,
            },
            pointer: String::new().into(),
            places: Vec::new(),
        }
    }

    fn field(name: &str, ty: TypeRef, presence: Presence, fixed: Option<Constant>) -> Field {
        Field {
            name: name.to_owned(),
            wire: name.to_owned(),
            ty,
            presence,
            fixed,
            conversion: Conversion::None,
            setter: false,
            docs: Docs::default(),
            deprecated: false,
        }
    }

    fn completed(shapes: Vec<Shape>) -> Vec<Shape> {
        let mut sdk = Sdk {
            types: shapes.into_iter().map(ty).collect(),
            ..Sdk::default()
        };
        complete(&mut sdk);
        sdk.types.into_iter().map(|ty| ty.shape).collect()
    }

    fn completed_struct(fields: Vec<Field>) -> Struct {
        let shape = Shape::Struct(Struct {
            fields,
            rest: Rest::Any,
            default: None,
        });
        match completed(vec![shape]).pop() {
            Some(Shape::Struct(shape)) => shape,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_union_is_from_the_types_that_one_variant_has_behind_all_aliases() {
        let itself = TypeRef::Named(TypeId(0));
        let alias = TypeRef::Named(TypeId(1));
        let variants = [TEXT, alias, INTEGER, itself];
        let shapes = completed(vec![
            Shape::Union(Union {
                variants: variants.into_iter().map(UnionVariant::of).collect(),
                discriminator: None,
            }),
            Shape::Alias(TEXT),
        ]);
        let Shape::Union(union) = &shapes[0] else {
            panic!("{shapes:?}");
        };
        let from: Vec<bool> = union.variants.iter().map(|it| it.from).collect();
        assert_eq!(from, [false, false, true, false]);
    }

    #[test]
    fn a_struct_has_default_where_its_constructor_asks_for_nothing() {
        let optional = || field("note", TEXT, Presence::Optional, None);
        let constant = Constant::String("a".to_owned());
        let fixed = field("kind", TEXT, Presence::Required, Some(constant));
        let taken = field("id", TEXT, Presence::Required, None);
        let empty = completed_struct(vec![optional()]);
        assert_eq!(empty.default, Some(StructDefault::Empty));
        let filled = completed_struct(vec![optional(), fixed.clone()]);
        assert_eq!(filled.default, Some(StructDefault::Fixed));
        let asking = completed_struct(vec![optional(), fixed, taken]);
        assert_eq!(asking.default, None);
    }

    #[test]
    fn setters_are_for_what_the_constructor_does_not_take() {
        let shape = completed_struct(vec![
            field("id", TEXT, Presence::Required, None),
            field("count", INTEGER, Presence::Optional, None),
            field("note", TEXT, Presence::Nullable, None),
            field("new", TEXT, Presence::Optional, None),
        ]);
        let decided: Vec<_> = shape
            .fields
            .iter()
            .map(|field| (field.setter, field.conversion))
            .collect();
        let expected = [
            (false, Conversion::Into),
            (true, Conversion::None),
            (true, Conversion::Into),
            (false, Conversion::Into),
        ];
        assert_eq!(decided, expected);
    }

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
