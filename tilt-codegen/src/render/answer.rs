//! What an operation is answered with.

use super::layout::{docs, ident};
use super::operation::status;
use super::operation_docs;
use super::source::code;
use super::type_ref::TypeRefs;
use crate::model::{Operation, Payload, Sdk, Success, SuccessVariant};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The marker by which the runtime reads an answer.
pub(super) fn reply(sdk: &Sdk, success: &Success) -> String {
    let types = TypeRefs::elsewhere(sdk);
    match success {
        Success::Empty => "rt::Empty".to_owned(),
        Success::Choice { name, .. } => name.clone(),
        Success::Single(payload) => match payload {
            Payload::Json(item) => format!("rt::Json<{}>", types.text(item)),
            Payload::Text | Payload::Form { .. } => "rt::Text".to_owned(),
            Payload::Bytes | Payload::Multipart { .. } => "rt::Binary".to_owned(),
            Payload::EventStream(item) => format!("rt::Events<{}>", types.text(item)),
            Payload::JsonLines(item) => format!("rt::Lines<{}>", types.text(item)),
        },
    }
}

/// The enum of answers that differ by status or media type.
pub(super) fn answer_choice(
    sdk: &Sdk,
    operation: &Operation,
    name: &str,
    variants: &[SuccessVariant],
) -> TokenStream {
    let name = ident(name);
    let about = docs(&format!("What [`{}`] is answered with.", operation.call));
    let (mut declared, mut kinds, mut arms) = (Vec::new(), Vec::new(), Vec::new());
    for (index, answer) in variants.iter().enumerate() {
        let about = docs(&answer_docs(answer));
        let variant = ident(&answer.name);
        let status = status(answer.status);
        let media_type = match &answer.content_type {
            Some(media_type) => quote!(Some(#media_type)),
            None => quote!(None),
        };
        kinds.push(quote!((#status, #media_type)));
        let index = Literal::usize_unsuffixed(index);
        let read = |ty: TokenStream, read: TokenStream| {
            (
                quote!(#variant(#ty)),
                quote!(Some(#index) => answer.#read().map(Self::#variant)),
            )
        };
        let (declaration, arm) = match &answer.payload {
            None => (quote!(#variant), quote!(Some(#index) => Ok(Self::#variant))),
            Some(Payload::Json(item)) => read(TypeRefs::elsewhere(sdk).tokens(item), quote!(json)),
            Some(Payload::Text | Payload::Form { .. }) => read(quote!(String), quote!(text)),
            Some(Payload::Bytes | Payload::Multipart { .. }) => {
                read(quote!(rt::Bytes), quote!(bytes))
            }
            Some(Payload::EventStream(item)) => {
                let item = TypeRefs::elsewhere(sdk).tokens(item);
                (
                    quote!(#variant(rt::EventStream<#item>)),
                    quote!(Some(#index) => Ok(Self::#variant(answer.events()))),
                )
            }
            Some(Payload::JsonLines(item)) => {
                let item = TypeRefs::elsewhere(sdk).tokens(item);
                (
                    quote!(#variant(rt::JsonLines<#item>)),
                    quote!(Some(#index) => Ok(Self::#variant(answer.lines()))),
                )
            }
        };
        declared.push(quote!(#about #declaration));
        arms.push(arm);
    }
    quote! {
        #about
        #[derive(Debug)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "an answer is taken apart, not kept")]
        pub enum #name {
            #(#declared,)*
        }

        impl rt::Reply for #name {
            type Output = Self;

            #[inline]
            fn read(answer: rt::Answer) -> Result<Self, rt::Error> {
                match answer.which(&[#(#kinds),*]) {
                    #(#arms,)*
                    _ => Err(answer.undocumented()),
                }
            }
        }
    }
}

fn answer_docs(answer: &SuccessVariant) -> String {
    let status = operation_docs::status(answer.status);
    match &answer.content_type {
        Some(media_type) => format!("{status}, as {}.", code(media_type)),
        None => format!("{status}."),
    }
}
