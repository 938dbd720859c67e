//! Bodies that operations send: arguments, and the enum of a body that has several media types.

use super::operation::{pairs, style};
use super::quoted::{docs, ident, tokens};
use super::source::{Source, code};
use super::type_ref::TypeRefs;
use crate::model::{
    Body, BodyMedia, Conversion, Operation, PartEncoding, Payload, RequestBody, Scalar, Sdk,
    TypeRef,
};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// The type of an argument, and its value.
pub(super) fn argument(
    sdk: &Sdk,
    name: &Ident,
    ty: &TypeRef,
    conversion: Conversion,
) -> (TokenStream, TokenStream) {
    let argument = TypeRefs::elsewhere(sdk).argument(ty, conversion, &name.to_string());
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
            let (ty, value) = body_type(sdk, &media.payload, name, body.conversion);
            let statement = set_body(media, call, &value, name, body.conversion);
            (ty, statement)
        }
        Body::Choice { name: choice, .. } => {
            let choice = ident(choice);
            (
                quote!(impl Into<#choice>),
                quote!(Into::<#choice>::into(#name).set(&mut #call);),
            )
        }
    }
}

/// The type of a body's argument, and its value.
fn body_type(
    sdk: &Sdk,
    payload: &Payload,
    name: &Ident,
    conversion: Conversion,
) -> (TokenStream, TokenStream) {
    match payload {
        Payload::Json(item)
        | Payload::Form { ty: item, .. }
        | Payload::Multipart { ty: item, .. } => argument(sdk, name, item, conversion),
        Payload::JsonLines(item) => {
            let list = TypeRef::List(Box::new(item.clone()));
            argument(sdk, name, &list, conversion)
        }
        Payload::Text | Payload::EventStream(_) | Payload::Bytes => {
            let ty = held_body(sdk, payload);
            match conversion {
                Conversion::None => (ty, quote!(#name)),
                Conversion::Into => (quote!(impl Into<#ty>), quote!(#name.into())),
            }
        }
    }
}

/// The statement that sets a body to the value of an argument.
fn set_body(
    media: &BodyMedia,
    call: &TokenStream,
    value: &TokenStream,
    argument: &Ident,
    conversion: Conversion,
) -> TokenStream {
    let content_type = &media.content_type;
    match &media.payload {
        Payload::Json(_) => quote!(#call.json(#content_type, &#value);),
        Payload::Form { encodings, .. } => {
            let encodings = pairs(encodings);
            quote!(#call.form(#content_type, &#value, &[#(#encodings),*]);)
        }
        Payload::Multipart { parts, .. } => {
            let parts = parts.iter().map(|(property, it)| {
                let it = part_encoding(it);
                quote!((#property, #it))
            });
            quote!(#call.multipart(#content_type, &#value, &[#(#parts),*]);)
        }
        Payload::Text | Payload::EventStream(_) => {
            let text = match conversion {
                Conversion::None => quote!(#argument),
                Conversion::Into => quote!(#argument.into()),
            };
            quote!(#call.text(#content_type, #text);)
        }
        Payload::Bytes => quote!(#call.body(#content_type, #argument);),
        Payload::JsonLines(_) => quote!(#call.json_lines(#content_type, &#value);),
    }
}

/// The value of an `rt::PartEncoding`.
pub(super) fn part_encoding(encoding: &PartEncoding) -> TokenStream {
    match encoding {
        PartEncoding::Types(types) => quote!(rt::PartEncoding::Types(#types)),
        PartEncoding::Text(media_type) => quote!(rt::PartEncoding::Text(#media_type)),
        PartEncoding::Encoded {
            media_type,
            transfer,
        } => {
            quote!(rt::PartEncoding::Encoded { media_type: #media_type, transfer: #transfer })
        }
        PartEncoding::Styled { style, explode } => {
            let style = self::style(*style);
            quote!(rt::PartEncoding::Styled { style: rt::Style::#style, explode: #explode })
        }
        PartEncoding::WithHeaders { encoding, headers } => {
            let encoding = part_encoding(encoding);
            let headers = headers.iter().map(|(name, value)| quote!((#name, #value)));
            quote!(rt::PartEncoding::WithHeaders { headers: &[#(#headers),*], encoding: &#encoding })
        }
    }
}

/// The enum of a body that has several media types.
pub(super) fn body_choice(
    source: &mut Source,
    sdk: &Sdk,
    operation: &Operation,
    name: &str,
    variants: &[(String, BodyMedia)],
    condition: Option<&TokenStream>,
) {
    let name = ident(name);
    let about = docs(&format!("A body that [`{}`] sends.", operation.call));
    let body = format_ident!("body");
    let (mut declared, mut arms) = (Vec::new(), Vec::new());
    for (variant, media) in variants {
        let about = docs(&format!("As {}.", code(&media.content_type)));
        let variant = ident(variant);
        let held = held_body(sdk, &media.payload);
        declared.push(quote!(#about #variant(#held)));
        let set = set_body(
            media,
            &quote!(call),
            &quote!(#body),
            &body,
            Conversion::None,
        );
        arms.push(quote!(Self::#variant(body) => { #set }));
    }
    source.item(quote! {
        #condition
        #about
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "a body is made to be sent, not to be kept")]
        pub enum #name {
            #(#declared,)*
        }
    });
    let set = quote! {
        #[inline]
        fn set<R>(self, call: &mut rt::Call<R>) {
            match self {
                #(#arms)*
            }
        }
    };
    source.implementation(quote!(#condition impl #name), &[set]);
    conversions(source, sdk, &name, variants, condition);
}

/// From what a body takes into the enum of its forms.
fn conversions(
    source: &mut Source,
    sdk: &Sdk,
    name: &Ident,
    variants: &[(String, BodyMedia)],
    condition: Option<&TokenStream>,
) {
    for (variant, media) in variants {
        let variant = ident(variant);
        let mut from = |given: TokenStream, value: &TokenStream, size: Option<TokenStream>| {
            let method = quote! {
                #[inline]
                fn from(body: #given) -> Self {
                    Self::#variant(#value)
                }
            };
            let item = quote!(#condition impl #size From<#given> for #name);
            source.implementation(item, &[method]);
        };
        let value = from_argument(sdk, &media.payload);
        for (given, size) in forms(sdk, media) {
            from(given, &value, size);
        }
        if !media.from {
            continue;
        }
        from(held_body(sdk, &media.payload), &quote!(body), None);
        if let Some(named) = media.named.and_then(|id| sdk.types.get(id.0)) {
            let named = super::source::ident(&named.name);
            let given = tokens(&format!("{REQUIRED}::{named}"));
            from(given, &quote!(body.into()), None);
        }
    }
}

/// The types that become a body of this form, beside what it holds; and the length of an array, where it is one of any.
fn forms(sdk: &Sdk, media: &BodyMedia) -> Vec<(TokenStream, Option<TokenStream>)> {
    let mut forms = Vec::new();
    let is_bytes = media.payload == Payload::Bytes;
    let size = || Some(quote!(<const N: usize>));
    if media.from && is_bytes {
        for bytes in [quote!(rt::Bytes), quote!(Vec<u8>), quote!(&'static [u8])] {
            forms.push((bytes, None));
        }
        forms.push((quote!(&'static [u8; N]), size()));
    }
    if media.from_text {
        let text = if is_bytes {
            quote!(&'static str)
        } else {
            quote!(&str)
        };
        forms.push((text, None));
        if !(media.from && holds_string(&media.payload)) {
            forms.push((quote!(String), None));
        }
    }
    let types = TypeRefs::elsewhere(sdk);
    forms.extend(media.also_from.iter().map(|ty| (types.tokens(ty), None)));
    let item = match &media.payload {
        Payload::JsonLines(item) => Some(item),
        Payload::Json(TypeRef::List(item)) => Some(&**item),
        _ => None,
    };
    if let Some(item) = item.filter(|_| media.from) {
        let item = types.tokens(item);
        forms.push((quote!([#item; N]), size()));
    }
    forms
}

fn holds_string(payload: &Payload) -> bool {
    match payload {
        Payload::Text | Payload::EventStream(_) => true,
        Payload::Json(ty) => *ty == TypeRef::Scalar(Scalar::String),
        _ => false,
    }
}

/// The value of a form, of an argument `body`.
fn from_argument(sdk: &Sdk, payload: &Payload) -> TokenStream {
    match payload {
        Payload::Json(ty) => argument(sdk, &format_ident!("body"), ty, Conversion::Into).1,
        _ => quote!(body.into()),
    }
}

/// The module of named arguments, from a resource.
const REQUIRED: &str = "super::super::required";

fn held_body(sdk: &Sdk, payload: &Payload) -> TokenStream {
    match payload {
        Payload::Json(item)
        | Payload::Form { ty: item, .. }
        | Payload::Multipart { ty: item, .. } => TypeRefs::elsewhere(sdk).tokens(item),
        Payload::Text | Payload::EventStream(_) => quote!(String),
        Payload::Bytes => quote!(rt::Upload),
        Payload::JsonLines(item) => {
            let item = TypeRefs::elsewhere(sdk).tokens(item);
            quote!(Vec<#item>)
        }
    }
}
