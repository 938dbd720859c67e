//! The items of a type: what it is, its members, how its values are made.

use super::item::{Argument, ConstructedBy, FieldPresence, Item};
use super::name::name;
use crate::model::{
    Construction, Conversion, Enum, EnumRepr, Field, IdForm, Presence, Rest, Sdk, Shape, Struct,
    Type, TypeRef, Union,
};

pub(super) fn type_items(sdk: &Sdk, ty: &Type, items: &mut Vec<Item>) {
    let owner = &ty.name;
    match &ty.shape {
        Shape::Alias(target) => items.push(Item::Alias {
            name: owner.clone(),
            target: name(sdk, target),
        }),
        Shape::Id(form) => items.push(Item::Id {
            name: owner.clone(),
            of: match form {
                IdForm::Text | IdForm::Uuid => "text",
                IdForm::Integer => "i64",
                IdForm::Unsigned => "u64",
            }
            .to_owned(),
        }),
        Shape::Struct(structure) => {
            items.push(Item::Struct {
                name: owner.clone(),
                others: match &structure.rest {
                    Rest::Any => None,
                    Rest::Typed(ty) => Some(name(sdk, ty)),
                },
            });
            let fields = structure.fields.iter();
            items.extend(fields.map(|field| match field.constant() {
                Some((_, value)) => Item::Constant {
                    owner: owner.clone(),
                    property: field.wire.clone(),
                    value: value.to_owned(),
                },
                None => field_item(sdk, owner, field),
            }));
            making_items(sdk, owner, structure, items);
        }
        Shape::Enum(values) => enum_items(owner, values, items),
        Shape::Union(union) => union_items(sdk, owner, union, items),
    }
}

fn enum_items(owner: &str, Enum { repr, variants }: &Enum, items: &mut Vec<Item>) {
    let of = match repr {
        EnumRepr::String => "String",
        EnumRepr::Integer => "i64",
        EnumRepr::Any => "Value",
    };
    items.push(Item::Enum {
        name: owner.to_owned(),
        of: of.to_owned(),
    });
    items.extend(variants.iter().map(|variant| Item::Variant {
        owner: owner.to_owned(),
        name: variant.name.clone(),
        value: variant.value.clone(),
    }));
}

fn union_items(sdk: &Sdk, owner: &str, union: &Union, items: &mut Vec<Item>) {
    items.push(Item::Union {
        name: owner.to_owned(),
        discriminator: union.discriminator.clone(),
    });
    items.extend(union.variants.iter().map(|variant| Item::Alternative {
        owner: owner.to_owned(),
        name: variant.name.clone(),
        ty: name(sdk, &variant.ty),
        values: variant.discriminator_values.clone(),
    }));
    let from = union.variants.iter().filter(|variant| variant.from);
    items.extend(from.map(|variant| Item::From {
        owner: owner.to_owned(),
        ty: name(sdk, &variant.ty),
    }));
    if union.variants.iter().any(|variant| variant.from_text) {
        items.push(Item::From {
            owner: owner.to_owned(),
            ty: "text".to_owned(),
        });
    }
}

/// How values of a struct are made.
fn making_items(sdk: &Sdk, owner: &str, structure: &Struct, items: &mut Vec<Item>) {
    let argument = |field: &Field| Argument {
        name: field.name.clone(),
        ty: name(sdk, given(&field.ty)),
        into: field.conversion == Conversion::Into,
        optional: false,
        named: false,
    };
    let constructor = |arguments: Vec<Argument>, by| Item::Constructor {
        owner: owner.to_owned(),
        arguments,
        by,
    };
    match &structure.construction {
        Construction::Read => {}
        Construction::Empty | Construction::Fixed => {
            items.push(constructor(Vec::new(), ConstructedBy::Default));
        }
        Construction::Named {
            arguments,
            positional,
        } => {
            let fields = arguments.iter().filter_map(|at| structure.fields.get(*at));
            let arguments: Vec<Argument> = fields.map(argument).collect();
            if *positional {
                items.push(constructor(arguments.clone(), ConstructedBy::Position));
            }
            let named = arguments.into_iter().map(|argument| Argument {
                into: false,
                ..argument
            });
            items.push(constructor(named.collect(), ConstructedBy::Name));
        }
    }
    let fields = structure.fields.iter();
    items.extend(
        fields
            .filter(|field| field.setter)
            .map(|field| Item::Setter {
                owner: owner.to_owned(),
                argument: argument(field),
            }),
    );
    items.extend(structure.fields.iter().filter_map(|field| {
        Some(Item::NullSetter {
            owner: owner.to_owned(),
            name: field.null_setter.clone()?,
        })
    }));
}

/// The type of what users give: what is around it is put there for them.
fn given(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::Boxed(inner) | TypeRef::Loose(inner) => given(inner),
        ty => ty,
    }
}

fn field_item(sdk: &Sdk, owner: &str, field: &Field) -> Item {
    Item::Field {
        owner: owner.to_owned(),
        name: field.name.clone(),
        property: field.wire.clone(),
        ty: name(sdk, &field.ty),
        presence: match field.presence {
            Presence::Required => FieldPresence::Required,
            Presence::Optional => FieldPresence::Optional,
            Presence::Nullable => FieldPresence::Nullable,
            Presence::OptionalNullable => FieldPresence::OptionalNullable,
        },
    }
}
