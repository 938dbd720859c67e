//! Answers of operations: how they are read, and the enum of those that differ.

use super::operation::status;
use super::operation_docs;
use super::quoted::{docs, ident};
use super::source::{Source, code};
use super::type_ref::TypeRefs;
use crate::model::{Operation, Reading, Scalar, Sdk, Success, SuccessVariant, TypeRef};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The data of an event that is text, which is given as it comes.
pub(super) const TEXT: &TypeRef = &TypeRef::Scalar(Scalar::String);

/// The marker by which the runtime reads an answer.
pub(super) fn reply(sdk: &Sdk, success: &Success) -> String {
    let types = TypeRefs::elsewhere(sdk);
    match success {
        Success::Empty => "rt::Empty".to_owned(),
        Success::Choice { name, .. } => name.clone(),
        Success::Single(payload) => match payload.reading() {
            Reading::Json(item) => format!("rt::Json<{}>", types.text(item)),
            Reading::Text => "rt::Text".to_owned(),
            Reading::Bytes => "rt::Binary".to_owned(),
            Reading::Events(TEXT) => "rt::TextEvents".to_owned(),
            Reading::Events(item) if sdk.is_named_event(item) => {
                format!("rt::NamedEvents<{}>", types.text(item))
            }
            Reading::Events(item) => format!("rt::Events<{}>", types.text(item)),
            Reading::Lines(item) => format!("rt::Lines<{}>", types.text(item)),
        },
    }
}

/// The enum of answers that differ by status or media type.
pub(super) fn answer_choice(
    source: &mut Source,
    sdk: &Sdk,
    operation: &Operation,
    name: &str,
    variants: &[SuccessVariant],
    condition: Option<&TokenStream>,
) {
    let name = ident(name);
    let about = docs(&format!("An answer to [`{}`].", operation.call));
    let declared = variants.iter().map(|answer| declared(sdk, answer));
    source.item(quote! {
        #condition
        #about
        #[derive(Debug)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "an answer is taken apart, not kept")]
        pub enum #name {
            #(#declared,)*
        }
    });
    let forms = variants.iter().map(form);
    let arms = variants.iter().enumerate().map(|(index, answer)| {
        let index = Literal::usize_unsuffixed(index);
        let read = read(sdk, answer);
        quote!(Some(#index) => #read)
    });
    source.item(quote! {
        #condition
        impl rt::Reply for #name {
            type Output = Self;

            #[inline]
            fn read(answer: rt::Answer) -> Result<Self, rt::Error> {
                match answer.which(&[#(#forms),*]) {
                    #(#arms,)*
                    _ => Err(answer.undocumented()),
                }
            }
        }
    });
}

/// The variant that holds an answer.
fn declared(sdk: &Sdk, answer: &SuccessVariant) -> TokenStream {
    let about = docs(&answer_docs(answer));
    let variant = ident(&answer.name);
    let types = TypeRefs::elsewhere(sdk);
    let held = answer
        .payload
        .as_ref()
        .map(|payload| match payload.reading() {
            Reading::Json(item) => types.tokens(item),
            Reading::Text => quote!(String),
            Reading::Bytes => quote!(rt::Download),
            Reading::Events(item) => {
                let item = types.tokens(item);
                quote!(rt::EventStream<#item>)
            }
            Reading::Lines(item) => {
                let item = types.tokens(item);
                quote!(rt::JsonLines<#item>)
            }
        });
    let held = held.map(|held| quote!((#held)));
    quote!(#about #variant #held)
}

/// The status and the media types by which the runtime tells an answer.
fn form(answer: &SuccessVariant) -> TokenStream {
    let status = status(answer.status);
    let media_types = &answer.content_types;
    quote!((#status, &[#(#media_types),*]))
}

/// The expression that reads an answer as its variant.
fn read(sdk: &Sdk, answer: &SuccessVariant) -> TokenStream {
    let variant = ident(&answer.name);
    let Some(payload) = &answer.payload else {
        return quote!(Ok(Self::#variant));
    };
    match payload.reading() {
        Reading::Json(_) => quote!(answer.json().map(Self::#variant)),
        Reading::Text => quote!(answer.text().map(Self::#variant)),
        Reading::Bytes => quote!(Ok(Self::#variant(answer.download()))),
        Reading::Events(TEXT) => quote!(Ok(Self::#variant(answer.text_events()))),
        Reading::Events(item) if sdk.is_named_event(item) => {
            quote!(Ok(Self::#variant(answer.named_events())))
        }
        Reading::Events(_) => quote!(Ok(Self::#variant(answer.events()))),
        Reading::Lines(_) => quote!(Ok(Self::#variant(answer.lines()))),
    }
}

fn answer_docs(answer: &SuccessVariant) -> String {
    let status = operation_docs::status(answer.status);
    let media_types: Vec<String> = answer.content_types.iter().map(|it| code(it)).collect();
    let told = match media_types.is_empty() {
        true => format!("{status}."),
        false => format!("{status}, as {}.", media_types.join(" or ")),
    };
    match answer.docs.0.trim_end() {
        "" => told,
        said => format!("{said}\n\n{told}"),
    }
}
