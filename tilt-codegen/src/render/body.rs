//! What an operation sends: its arguments, and the enum of a body that has several media types.

use super::layout::{docs, ident, tokens};
use super::operation::encoding;
use super::source::code;
use super::type_ref::TypeRefs;
use crate::model::{Body, BodyMedia, Operation, Payload, RequestBody, Sdk, TypeRef};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The type of an argument, and its value.
pub(super) fn argument(sdk: &Sdk, name: &Ident, ty: &TypeRef) -> (TokenStream, TokenStream) {
    let argument = TypeRefs::elsewhere(sdk).argument(ty, &name.to_string());
    (tokens(&argument.ty), tokens(&argument.value))
}

/// The type of a body argument, and the statement that sets it.
pub(super) fn body_argument(
    sdk: &Sdk,
    body: &RequestBody,
    name: &Ident,
    call: &TokenStream,
) -> (TokenStream, TokenStream) {
    match &body.body {
        Body::Single(media) => {
            let (ty, value) = body_type(sdk, &media.payload, name);
            let statement = set_body(media, call, &value, &quote!(#name));
            (ty, statement)
        }
        Body::Choice { name: choice, .. } => {
            let choice = ident(choice);
            (quote!(#choice), quote!(#name.set(&mut #call);))
        }
    }
}

/// The type of a body's argument, and its value.
fn body_type(sdk: &Sdk, payload: &Payload, name: &Ident) -> (TokenStream, TokenStream) {
    match payload {
        Payload::Json(item)
        | Payload::Form { ty: item, .. }
        | Payload::Multipart { ty: item, .. } => argument(sdk, name, item),
        Payload::Text | Payload::EventStream(_) => {
            (quote!(impl Into<String>), quote!(#name.into()))
        }
        Payload::Bytes => (quote!(impl Into<rt::Bytes>), quote!(#name)),
        Payload::JsonLines(item) => {
            let list = TypeRef::List(Box::new(item.clone()));
            argument(sdk, name, &list)
        }
    }
}

/// The statement that sets a body to a value; `plain` is the value where its type is known.
fn set_body(
    media: &BodyMedia,
    call: &TokenStream,
    value: &TokenStream,
    plain: &TokenStream,
) -> TokenStream {
    let content_type = &media.content_type;
    match &media.payload {
        Payload::Json(_) => quote!(#call.json(#content_type, &#value);),
        Payload::Form { encodings, .. } => {
            let encodings = encodings.iter().map(|(property, it)| {
                let it = encoding(*it);
                quote!((#property, #it))
            });
            quote!(#call.form(#content_type, &#value, &[#(#encodings),*]);)
        }
        Payload::Multipart { content_types, .. } => {
            let types = content_types
                .iter()
                .map(|(property, it)| quote!((#property, #it)));
            quote!(#call.multipart(&#value, &[#(#types),*]);)
        }
        Payload::Text | Payload::EventStream(_) => {
            let text = local_text(plain, value);
            quote!(#call.body(#content_type, #text);)
        }
        Payload::Bytes => quote!(#call.body(#content_type, #plain);),
        Payload::JsonLines(_) => quote!(#call.json_lines(#content_type, &#value);),
    }
}

/// A text argument as a `String`: its conversion has more than one target here.
fn local_text(plain: &TokenStream, value: &TokenStream) -> TokenStream {
    if plain.to_string() == value.to_string() {
        quote!(#plain)
    } else {
        quote!(Into::<String>::into(#plain))
    }
}

/// The enum of a body that has several media types.
pub(super) fn body_choice(
    sdk: &Sdk,
    operation: &Operation,
    name: &str,
    variants: &[(String, BodyMedia)],
) -> TokenStream {
    let name = ident(name);
    let about = format!("What [`{}`] can send.", operation.call);
    let (mut declared, mut arms) = (Vec::new(), Vec::new());
    for (variant, media) in variants {
        let about = docs(&format!("As {}.", code(&media.content_type)));
        let variant = ident(variant);
        let held = held_body(sdk, &media.payload);
        declared.push(quote!(#about #variant(#held)));
        let body = quote!(body);
        let set = set_body(media, &quote!(call), &body, &body);
        arms.push(quote!(Self::#variant(body) => { #set }));
    }
    let about = docs(&about);
    quote! {
        #about
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "a body is made to be sent, not to be kept")]
        pub enum #name {
            #(#declared,)*
        }

        impl #name {
            #[inline]
            fn set<R>(self, call: &mut rt::Call<R>) {
                match self {
                    #(#arms)*
                }
            }
        }
    }
}

fn held_body(sdk: &Sdk, payload: &Payload) -> TokenStream {
    match payload {
        Payload::Json(item)
        | Payload::Form { ty: item, .. }
        | Payload::Multipart { ty: item, .. } => TypeRefs::elsewhere(sdk).tokens(item),
        Payload::Text | Payload::EventStream(_) => quote!(String),
        Payload::Bytes => quote!(rt::Bytes),
        Payload::JsonLines(item) => {
            let item = TypeRefs::elsewhere(sdk).tokens(item);
            quote!(Vec<#item>)
        }
    }
}
