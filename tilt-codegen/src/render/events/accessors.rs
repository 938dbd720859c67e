//! The methods of the enum of events that give what payloads have in common.

use super::boxed;
use crate::model::{
    EventAccessor, EventField, EventKind, Events, Presence, Scalar, ScalarKind, Sdk, TypeRef,
};
use crate::render::quoted::{docs, ident};
use crate::render::type_ref::TypeRefs;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn methods<'e>(
    sdk: &'e Sdk,
    events: &'e Events,
) -> impl Iterator<Item = TokenStream> + use<'e> {
    let accessors = events.accessors.iter();
    accessors.map(move |accessor| method(sdk, events, accessor))
}

/// The form in which a value is given.
#[derive(Clone, Copy)]
enum Given {
    /// `T`
    Copied,
    /// `&T`
    Borrowed,
    /// `&str` of a `String`, `&[T]` of a `Vec<T>`.
    Unsized,
}

impl Given {
    fn of(ty: &TypeRef) -> Self {
        match ty {
            TypeRef::List(_) | TypeRef::Scalar(Scalar::String) => Self::Unsized,
            TypeRef::Scalar(scalar) => match scalar.kind() {
                ScalarKind::Bool | ScalarKind::Integer | ScalarKind::Null => Self::Copied,
                _ => Self::Borrowed,
            },
            _ => Self::Borrowed,
        }
    }

    fn tokens(self, types: TypeRefs<'_>, ty: &TypeRef) -> TokenStream {
        match (self, ty) {
            (Self::Copied, ty) => types.tokens(ty),
            (Self::Unsized, TypeRef::List(item)) => {
                let item = types.tokens(item);
                quote!(&[#item])
            }
            (Self::Unsized, _) => quote!(&str),
            (Self::Borrowed, ty) => {
                let ty = types.tokens(ty);
                quote!(&#ty)
            }
        }
    }
}

fn method(sdk: &Sdk, events: &Events, accessor: &EventAccessor) -> TokenStream {
    let name = ident(&accessor.name);
    let given = Given::of(&accessor.ty);
    let ty = given.tokens(TypeRefs::elsewhere(sdk), &accessor.ty);
    let arms = groups(events, accessor).into_iter().map(|group| {
        let variants = group.variants.iter().map(|variant| ident(variant));
        let value = value(group.field, given);
        quote!(#(Self::#variants(event))|* => #value)
    });
    let rest = match accessor.fields.iter().all(Option::is_some) {
        true => quote!(Self::Unknown(_)),
        false => quote!(_),
    };
    let docs = docs(&accessor.docs.0);
    quote! {
        #docs
        #[inline]
        pub fn #name(&self) -> Option<#ty> {
            match self {
                #(#arms,)*
                #rest => None,
            }
        }
    }
}

/// Variants of one type, which one arm reads.
struct Group<'e> {
    field: &'e EventField,
    variants: Vec<&'e str>,
}

fn groups<'e>(events: &'e Events, accessor: &'e EventAccessor) -> Vec<Group<'e>> {
    let mut groups: Vec<Group<'e>> = Vec::new();
    let mut by_type: std::collections::HashMap<(&TypeRef, bool), usize> = Default::default();
    let fields = events.kinds.iter().zip(&accessor.fields).enumerate();
    for (index, (kind, field)) in fields {
        let Some(field) = field else {
            continue;
        };
        let EventKind { ty, variant, .. } = kind;
        let ty = (ty, boxed(events, index));
        let group = *by_type.entry(ty).or_insert(groups.len());
        match groups.get_mut(group) {
            Some(group) => group.variants.push(variant),
            None => groups.push(Group {
                field,
                variants: vec![variant],
            }),
        }
    }
    groups
}

fn value(field: &EventField, given: Given) -> TokenStream {
    let name = ident(&field.name);
    let place = quote!(event.#name);
    let derefs = field.boxed || matches!(given, Given::Unsized);
    match (field.presence, given) {
        (Presence::Required, Given::Copied) => quote!(Some(#place)),
        (Presence::Required, _) => quote!(Some(&#place)),
        (Presence::Optional | Presence::Nullable, Given::Copied) => place,
        (Presence::Optional | Presence::Nullable, _) if derefs => quote!(#place.as_deref()),
        (Presence::Optional | Presence::Nullable, _) => quote!(#place.as_ref()),
        (Presence::OptionalNullable, Given::Copied) => quote!(#place.into_option()),
        (Presence::OptionalNullable, _) if derefs => quote!(#place.value().map(|it| &**it)),
        (Presence::OptionalNullable, _) => quote!(#place.value()),
    }
}
