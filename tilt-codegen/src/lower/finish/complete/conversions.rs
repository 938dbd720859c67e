//! Conversions: how arguments and setters take values, and which unions are `From` the types of their variants.

use std::collections::{BTreeSet, HashMap};

use super::patches;
use crate::identifier::{bare, may_be_setter};
use crate::lock::ArgumentNames;
use crate::model::{
    Body, Constant, Construction, Conversion, EnumRepr, Field, Payload, Presence, RequestBody,
    Rest, Scalar, ScalarKind, Sdk, Shape, Struct, Type, TypeId, TypeRef, Union,
};

/// Decides it for all types and operations. `names` say which properties had a method that sets them to null, and then
/// which have one.
pub(super) fn complete(sdk: &mut Sdk, names: &mut [(String, ArgumentNames)]) {
    let patched = patches::of(sdk);
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
    for (index, (ty, decided)) in sdk.types.iter_mut().zip(decided).enumerate() {
        match (&mut ty.shape, decided) {
            (Shape::Struct(shape), Decided::Fields(fields)) => {
                complete_struct(shape, fields);
                let mut none = BTreeSet::new();
                let nulls = names.get_mut(index).map(|(_, it)| &mut it.nulls);
                let is_patch = patched.contains(&TypeId(index));
                complete_nulls(shape, is_patch, nulls.unwrap_or(&mut none));
            }
            (Shape::Union(shape), Decided::Variants(from)) => {
                for (variant, from) in shape.variants.iter_mut().zip(from) {
                    variant.from = from.is_type;
                    variant.from_text = from.is_text;
                    variant.from_string = from.is_text && !from.is_string;
                }
            }
            _ => {}
        }
    }
}

/// The decisions about a type, made before any type is changed.
enum Decided {
    /// For each field, how it is taken, and whether there is a choice that nobody is asked to make.
    Fields(Vec<(Conversion, bool)>),
    /// For each variant, how the union is made of it.
    Variants(Vec<Made>),
    Nothing,
}

/// The ways in which a union is made of a variant.
#[derive(Debug, PartialEq)]
pub(super) struct Made {
    /// By its type.
    pub(super) is_type: bool,
    /// By any text.
    pub(super) is_text: bool,
    /// By its type, which is `String`.
    is_string: bool,
}

fn decide(types: &[Type], id: TypeId) -> Decided {
    match &types[id.0].shape {
        Shape::Struct(shape) => {
            let fields = shape.fields.iter();
            let decided =
                fields.map(|field| (conversion(types, &field.ty), is_choice(types, field)));
            Decided::Fields(decided.collect())
        }
        Shape::Union(shape) => Decided::Variants(decide_from(types, shape, id)),
        Shape::Enum(_) | Shape::Id(_) | Shape::Alias(_) => Decided::Nothing,
    }
}

/// A variant's type that others have too, or that is the union itself, does not tell the variant.
pub(super) fn decide_from(types: &[Type], union: &Union, id: TypeId) -> Vec<Made> {
    let variants = union.variants.iter();
    let plain: Vec<TypeRef> = variants
        .map(|variant| plain(types, &variant.ty, MAX_NESTING))
        .collect();
    let mut uses: HashMap<&TypeRef, usize> = HashMap::new();
    for ty in &plain {
        *uses.entry(ty).or_default() += 1;
    }
    let is_only_text = plain.iter().filter(|ty| is_text(types, ty)).count() == 1;
    plain
        .iter()
        .map(|ty| {
            let is_type = uses.get(ty) == Some(&1) && *ty != TypeRef::Named(id);
            Made {
                is_type,
                is_text: is_only_text && is_text(types, ty),
                is_string: is_type && *ty == TypeRef::Scalar(Scalar::String),
            }
        })
        .collect()
}

/// Whether any text becomes a value of this type.
pub(super) fn is_text(types: &[Type], ty: &TypeRef) -> bool {
    let scalar = match ty {
        TypeRef::Scalar(scalar) => *scalar,
        TypeRef::Named(id) => match types.get(id.0).map(|ty| &ty.shape) {
            Some(Shape::Enum(shape)) => return shape.repr == EnumRepr::String,
            Some(Shape::Id(form)) => return form.is_text(),
            _ => return false,
        },
        _ => return false,
    };
    matches!(scalar.kind(), ScalarKind::String | ScalarKind::Text)
}

/// Whether a property may be given or left as it is.
fn is_choice(types: &[Type], field: &Field) -> bool {
    match (field.presence, &field.fixed) {
        (Presence::Required, None) => false,
        // Values that were added to a constant.
        (_, Some(Constant::Variant(id, _))) => match &types[id.0].shape {
            Shape::Enum(shape) => shape.variants.len() > 1,
            _ => false,
        },
        (_, Some(Constant::String(_))) => true,
        (Presence::Required, Some(_)) => false,
        _ => true,
    }
}

fn complete_struct(shape: &mut Struct, decided: Vec<(Conversion, bool)>) {
    let is_read = shape.construction == Construction::Read;
    for (field, (conversion, is_choice)) in shape.fields.iter_mut().zip(decided) {
        field.setter = !is_read && is_choice && !field.only_read && may_be_setter(&field.name);
        field.conversion = conversion;
    }
}

/// Gives properties the methods that set them to null. Where another property is called so, the one that had the method
/// before keeps it, and the other is set as a field.
fn complete_nulls(shape: &mut Struct, is_patch: bool, before: &mut BTreeSet<String>) {
    let names = shape.fields.iter().enumerate();
    let names: HashMap<String, usize> = names.map(|(at, it)| (it.name.clone(), at)).collect();
    let had = std::mem::take(before);
    for index in 0..shape.fields.len() {
        let field = &shape.fields[index];
        if !field.setter || !may_be_null(shape, field, is_patch) {
            continue;
        }
        let (method, wire) = (format!("null_{}", bare(&field.name)), field.wire.clone());
        match names.get(&method) {
            Some(_) if !had.contains(&wire) => continue,
            Some(other) => shape.fields[*other].setter = false,
            None => {}
        }
        shape.fields[index].null_setter = Some(method);
        before.insert(wire);
    }
}

/// Whether null is another thing than leaving a property out: where the document says so, and in a merge patch, where
/// null takes the place of a value among all other properties.
fn may_be_null(shape: &Struct, field: &Field, is_patch: bool) -> bool {
    match field.presence {
        Presence::OptionalNullable => field.takes_null || is_patch,
        Presence::Optional => is_patch && shape.rest == Rest::Any,
        Presence::Required | Presence::Nullable => false,
    }
}

fn conversion(types: &[Type], ty: &TypeRef) -> Conversion {
    // Callers give what is meant.
    if let TypeRef::Loose(inner) = ty {
        return conversion(types, inner);
    }
    match behind_aliases(types, ty) {
        TypeRef::Tuple(_) | TypeRef::Map(_) => Conversion::None,
        TypeRef::Scalar(scalar) => match scalar.kind() {
            ScalarKind::Bool | ScalarKind::Integer | ScalarKind::Null => Conversion::None,
            _ => Conversion::Into,
        },
        TypeRef::Named(id) => match types.get(id.0).map(|ty| &ty.shape) {
            Some(Shape::Struct(shape)) => match shape.construction.named_arguments() {
                Some(_) => Conversion::Into,
                None => Conversion::None,
            },
            _ => Conversion::Into,
        },
        TypeRef::Boxed(inner) => conversion(types, inner),
        TypeRef::List(_) | TypeRef::Nullable(_) | TypeRef::Loose(_) => Conversion::Into,
    }
}

fn body_conversion(types: &[Type], body: &RequestBody) -> Conversion {
    match &body.body {
        Body::Choice { .. } => Conversion::Into,
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

/// The end of any number of aliases.
pub(in crate::lower) fn behind_aliases<'t>(types: &'t [Type], mut ty: &'t TypeRef) -> &'t TypeRef {
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

/// A type with no aliases in it, as deep as it matters.
pub(in crate::lower) fn without_aliases(types: &[Type], ty: &TypeRef) -> TypeRef {
    plain(types, ty, MAX_NESTING)
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
    use crate::lower::finish::complete::tests::{INTEGER, TEXT, field, ty};
    use crate::model::{Field, Rest, UnionVariant};

    fn completed(shapes: Vec<Shape>) -> Vec<Shape> {
        let mut sdk = Sdk {
            types: shapes.into_iter().map(ty).collect(),
            ..Sdk::default()
        };
        complete(&mut sdk, &mut []);
        sdk.types.into_iter().map(|ty| ty.shape).collect()
    }

    fn completed_struct(fields: Vec<Field>) -> Struct {
        let shape = Shape::Struct(Struct {
            fields,
            rest: Rest::Any,
            hidden: Vec::new(),
            takes_any: false,
            construction: Construction::Empty,
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
        let from = union.variants.iter();
        let from: Vec<_> = from.map(|it| (it.from, it.from_text)).collect();
        assert_eq!(
            from,
            [
                (false, false),
                (false, false),
                (true, false),
                (false, false)
            ]
        );
    }

    #[test]
    fn a_union_is_from_any_text_by_the_only_variant_that_is_one() {
        let date = TypeRef::Scalar(Scalar::Date);
        let union = |types: &[TypeRef]| {
            let union = Union {
                variants: types.iter().cloned().map(UnionVariant::of).collect(),
                discriminator: None,
            };
            match completed(vec![Shape::Union(union)]).pop() {
                Some(Shape::Union(union)) => {
                    let variants = union.variants.into_iter();
                    let made = variants.map(|it| (it.from_text, it.from_string));
                    made.collect::<Vec<_>>()
                }
                other => panic!("{other:?}"),
            }
        };
        let none = (false, false);
        assert_eq!(union(&[INTEGER, date.clone()]), [none, (true, true)]);
        assert_eq!(union(&[INTEGER, TEXT]), [none, (true, false)]);
        assert_eq!(union(&[TEXT, date]), [none, none]);
    }

    #[test]
    fn a_method_that_sets_to_null_stays_when_a_property_of_its_name_comes() {
        let fields = ["note", "null_note"];
        let fields = fields.map(|it| field(it, TEXT, Presence::OptionalNullable));
        let completed = |before: &mut BTreeSet<String>| {
            let mut shape = completed_struct(fields.to_vec());
            for field in &mut shape.fields {
                (field.setter, field.null_setter) = (true, None);
            }
            complete_nulls(&mut shape, false, before);
            let of = |it: &Field| (it.setter, it.null_setter.clone());
            [of(&shape.fields[0]), of(&shape.fields[1])]
        };
        let of_other = Some("null_null_note".to_owned());
        let mut before = BTreeSet::new();
        assert_eq!(completed(&mut before), [(true, None), (true, of_other)]);
        assert_eq!(before, BTreeSet::from(["null_note".to_owned()]));
        let mut before = BTreeSet::from(["note".to_owned()]);
        let kept = Some("null_note".to_owned());
        assert_eq!(completed(&mut before), [(true, kept), (false, None)]);
        assert_eq!(before, BTreeSet::from(["note".to_owned()]));
    }

    #[test]
    fn setters_are_for_what_the_constructor_does_not_take() {
        let shape = completed_struct(vec![
            field("id", TEXT, Presence::Required),
            field("count", INTEGER, Presence::Optional),
            field("note", TEXT, Presence::Nullable),
            field("new", TEXT, Presence::Optional),
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
}
