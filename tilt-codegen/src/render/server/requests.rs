//! Requests: a struct for each operation, and the enum of a body that has several media types.

use super::super::body::part_encoding;
use super::super::operation::pairs;
use super::super::operation_docs;
use super::super::quoted::{docs, ident, or};
use super::super::source::{Source, code};
use super::super::type_ref::TypeRefs;
use crate::identifier::bare;
use crate::model::{Body, BodyMedia, Operation, Payload, RequestBody, Resource, Sdk};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The struct of a request, and how it is read.
pub(super) fn write(source: &mut Source, sdk: &Sdk, resource: &Resource, operation: &Operation) {
    let name = ident(&operation.served.request);
    let method = bare(&operation.name);
    let about = docs(&format!(
        "A request for [`{method}`]({}::{method}).",
        resource.type_name
    ));
    let context = ident(&operation.served.context);
    let (mut declared, mut read) = (Vec::new(), Vec::new());
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let about = docs(&operation_docs::setter(parameter));
        let field = ident(&parameter.name);
        let ty = TypeRefs::elsewhere(sdk).tokens(&parameter.ty);
        let index = Literal::usize_unsuffixed(index);
        if parameter.required {
            declared.push(quote!(#about pub #field: #ty,));
            read.push(quote!(#field: incoming.required(#index)?,));
        } else {
            declared.push(quote!(#about pub #field: Option<#ty>,));
            read.push(quote!(#field: incoming.optional(#index)?,));
        }
    }
    if let Some(body) = &operation.body {
        let (field, value) = body_field(sdk, operation, body);
        declared.push(field);
        read.push(value);
    }
    source.item(quote! {
        #about
        #[derive(Debug)]
        #[non_exhaustive]
        pub struct #name {
            #(#declared)*
            /// The headers of the request, who sent it, and all else that it says.
            pub #context: rt::server::Context,
        }
    });
    let method = quote! {
        fn read(incoming: rt::server::Incoming) -> Result<Self, rt::server::Problem> {
            Ok(Self {
                #(#read)*
                #context: incoming.into_context(),
            })
        }
    };
    source.implementation(quote!(impl #name), &[method]);
    if let Some(Body::Choice { variants, .. }) = operation.body.as_ref().map(|it| &it.body) {
        choice(source, sdk, operation, variants);
    }
}

/// The field of a body, and how it is read.
fn body_field(sdk: &Sdk, operation: &Operation, body: &RequestBody) -> (TokenStream, TokenStream) {
    let about = docs(or(&body.docs, "The body of the request."));
    let field = ident(&body.name);
    let (ty, value) = self::body(sdk, operation, &body.body);
    let (media, found) = match &body.body {
        Body::Single(media) if media.other.is_empty() => (quote!(), quote!(_)),
        Body::Single(_) | Body::Choice { .. } => (quote!(let media =), quote!(media)),
    };
    if body.required {
        let read = quote!(#field: { #media incoming.required_body()?; #value },);
        return (quote!(#about pub #field: #ty,), read);
    }
    let read = quote! {
        #field: match incoming.body()? {
            Some(#found) => Some(#value),
            None => None,
        },
    };
    (quote!(#about pub #field: Option<#ty>,), read)
}

/// The type of a body, and the expression that reads it.
fn body(sdk: &Sdk, operation: &Operation, body: &Body) -> (TokenStream, TokenStream) {
    match body {
        Body::Single(media) => {
            let read = match media.other.as_slice() {
                [] => read(&media.payload),
                _ => {
                    let arms = readings(media).enumerate().map(|(index, (_, payload))| {
                        let index = Literal::usize_unsuffixed(index);
                        let read = read(payload);
                        quote!(#index => #read,)
                    });
                    quote!(match media { #(#arms)* _ => Err(rt::server::Problem::internal()) })
                }
            };
            (held(sdk, &media.payload), quote!(#read?))
        }
        Body::Choice { .. } => {
            let name = ident(&operation.served.body);
            (quote!(#name), quote!(#name::read(media, &incoming)?))
        }
    }
}

/// The enum of a body that has several media types.
fn choice(source: &mut Source, sdk: &Sdk, operation: &Operation, variants: &[(String, BodyMedia)]) {
    let name = ident(&operation.served.body);
    let about = docs(&format!("The body of a [`{}`].", operation.served.request));
    let declared = variants.iter().map(|(variant, media)| {
        let about = docs(&format!("As {}.", code(&media.content_type)));
        let (variant, held) = (ident(variant), held(sdk, &media.payload));
        quote!(#about #variant(#held))
    });
    source.item(quote! {
        #about
        #[derive(Debug)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "a body is taken apart, not kept")]
        pub enum #name {
            #(#declared,)*
        }
    });
    let read = variants.iter().flat_map(|(variant, media)| {
        readings(media).map(move |(_, payload)| (ident(variant), read(payload)))
    });
    let arms = read.enumerate().map(|(index, (variant, read))| {
        let index = Literal::usize_unsuffixed(index);
        quote!(#index => #read.map(Self::#variant))
    });
    let method = quote! {
        fn read(
            media: usize,
            incoming: &rt::server::Incoming,
        ) -> Result<Self, rt::server::Problem> {
            match media {
                #(#arms,)*
                _ => Err(rt::server::Problem::internal()),
            }
        }
    };
    source.implementation(quote!(impl #name), &[method]);
}

/// The media types that a value may have, each with how it is read.
pub(super) fn readings(media: &BodyMedia) -> impl Iterator<Item = (&String, &Payload)> {
    let other = media
        .other
        .iter()
        .map(|(content_type, it)| (content_type, it));
    std::iter::once((&media.content_type, &media.payload)).chain(other)
}

fn read(payload: &Payload) -> TokenStream {
    match payload {
        Payload::Json(_) => quote!(incoming.json()),
        Payload::JsonLines(_) => quote!(incoming.json_lines()),
        Payload::Text | Payload::EventStream(_) => quote!(incoming.text()),
        Payload::Bytes => quote!(incoming.upload()),
        Payload::Form { encodings, .. } => {
            let encodings = pairs(encodings);
            quote!(incoming.form(&[#(#encodings),*]))
        }
        Payload::Multipart { parts, .. } => {
            let parts = parts.iter().map(|(property, it)| {
                let it = part_encoding(it);
                quote!((#property, #it))
            });
            quote!(incoming.multipart(&[#(#parts),*]))
        }
    }
}

fn held(sdk: &Sdk, payload: &Payload) -> TokenStream {
    let types = TypeRefs::elsewhere(sdk);
    match payload {
        Payload::Json(item)
        | Payload::Form { ty: item, .. }
        | Payload::Multipart { ty: item, .. } => types.tokens(item),
        Payload::Text | Payload::EventStream(_) => quote!(String),
        Payload::Bytes => quote!(rt::server::Upload),
        Payload::JsonLines(item) => {
            let item = types.tokens(item);
            quote!(Vec<#item>)
        }
    }
}
