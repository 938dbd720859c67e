//! Answers: an enum of the documented ones for each operation.

use super::super::answer::TEXT;
use super::super::operation_docs;
use super::super::quoted::{docs, ident};
use super::super::source::{Source, code};
use super::super::type_ref::TypeRefs;
use crate::identifier::bare;
use crate::model::{Answer, Operation, Reading, Resource, Sdk, StatusRange};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The enum of an operation's answers, and how they are written.
pub(super) fn write(source: &mut Source, sdk: &Sdk, resource: &Resource, operation: &Operation) {
    let name = ident(&operation.served.answer);
    let method = bare(&operation.name);
    let about = docs(&format!(
        "The answers to [`{method}`]({}::{method}).",
        resource.type_name
    ));
    let answers = || operation.answers.iter();
    let declared = answers().map(|answer| declared(sdk, operation, answer));
    source.item(quote! {
        #about
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "an answer is written, not kept")]
        pub enum #name {
            #(#declared,)*
            /// An answer that is not documented.
            Other(rt::server::Response),
        }
    });
    let arms = answers().map(|answer| arm(sdk, operation, answer));
    let method = quote! {
        fn into_response(self) -> Result<rt::server::Response, rt::server::Problem> {
            match self {
                #(#arms,)*
                Self::Other(response) => Ok(response),
            }
        }
    };
    source.implementation(quote!(impl #name), &[method]);
}

/// The variant of an answer. One of several statuses is told which.
fn declared(sdk: &Sdk, operation: &Operation, answer: &Answer) -> TokenStream {
    let status = match answer.status {
        StatusRange::Default => "Any other status".to_owned(),
        status => operation_docs::status(status),
    };
    let about = match answer.content_type.as_str() {
        "" => format!("{status}."),
        content_type => format!("{status}, as {}.", code(content_type)),
    };
    let about = docs(&format!("{about}{}", headers(sdk, operation, answer)));
    let variant = ident(&answer.name);
    let types = TypeRefs::elsewhere(sdk);
    let reading = operation.payload(answer).map(|it| it.reading());
    let held = match reading {
        None => quote!(()),
        Some(Reading::Json(ty)) => types.tokens(ty),
        Some(Reading::Text) => quote!(String),
        Some(Reading::Bytes) => quote!(rt::server::Body),
        Some(Reading::Events(ty)) => {
            let ty = types.tokens(ty);
            quote!(rt::server::Events<#ty>)
        }
        Some(Reading::Lines(ty)) => {
            let ty = types.tokens(ty);
            quote!(rt::server::Lines<#ty>)
        }
    };
    match answer.status {
        StatusRange::Code(_) => quote!(#about #variant(rt::server::Reply<#held>)),
        StatusRange::Class(_) | StatusRange::Default => {
            quote!(#about #variant(rt::http::StatusCode, rt::server::Reply<#held>))
        }
    }
}

/// The documented headers of an answer with the constants that they are set by.
fn headers(sdk: &Sdk, operation: &Operation, answer: &Answer) -> String {
    let headers = operation.given_headers(answer);
    let lines = headers.filter_map(|header| {
        let name = &sdk.header(&header.name)?.name;
        let always = match header.required {
            true => " (always)",
            false => "",
        };
        let about = match header.summary.as_str() {
            "" => String::new(),
            text => format!(": {text}"),
        };
        Some(format!(
            "\n* [`{name}`](super::super::headers::{name}){always}{about}"
        ))
    });
    match lines.collect::<String>() {
        lines if lines.is_empty() => lines,
        lines => format!("\n\nIts headers:\n{lines}"),
    }
}

/// The names of the headers without which there is no such answer.
fn required<'o>(sdk: &Sdk, operation: &'o Operation, answer: &Answer) -> Vec<&'o str> {
    let headers = operation.given_headers(answer).filter(|it| it.required);
    let headers = headers.filter(|it| sdk.header(&it.name).is_some());
    headers.map(|it| it.name.as_str()).collect()
}

/// The arm that writes an answer.
fn arm(sdk: &Sdk, operation: &Operation, answer: &Answer) -> TokenStream {
    let variant = ident(&answer.name);
    let content_type = &answer.content_type;
    let (pattern, status) = match answer.status {
        StatusRange::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            (quote!(Self::#variant(reply)), quote!(#code))
        }
        StatusRange::Class(_) | StatusRange::Default => (
            quote!(Self::#variant(status, reply)),
            quote!(status.as_u16()),
        ),
    };
    let reply = match required(sdk, operation, answer).as_slice() {
        [] => quote!(reply),
        names => quote!(reply.requires(&[#(#names),*])),
    };
    let written = match operation.payload(answer).map(|it| it.reading()) {
        None => quote!(#reply.empty(#status)),
        Some(Reading::Json(_)) => quote!(#reply.json(#status, #content_type)),
        Some(Reading::Text) => quote!(#reply.text(#status, #content_type)),
        Some(Reading::Bytes) => quote!(#reply.bytes(#status, #content_type)),
        Some(Reading::Events(TEXT)) => quote!(#reply.text_events(#status, #content_type)),
        Some(Reading::Events(item)) if sdk.is_named_event(item) => {
            quote!(#reply.named_events(#status, #content_type))
        }
        Some(Reading::Events(_)) => quote!(#reply.events(#status, #content_type)),
        Some(Reading::Lines(_)) => quote!(#reply.lines(#status, #content_type)),
    };
    quote!(#pattern => #written)
}
