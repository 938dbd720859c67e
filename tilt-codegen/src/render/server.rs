//! The server: `server/`, with a trait for each resource.

mod answers;
mod operations;
mod requests;

use super::File;
use super::quoted::{docs, ident, or};
use super::security;
use super::source::{self, Source};
use crate::identifier::bare;
use crate::model::{Operation, Payload, Reading, RequestBody, Resource, Sdk, Served, TypeRef};
use proc_macro2::TokenStream;
use quote::quote;

/// The module of the server, and each resource.
pub(super) fn files(sdk: &Sdk, served: &Served) -> Vec<File> {
    let mut files = vec![File {
        path: "server/mod.rs".to_owned(),
        contents: index(sdk, served),
    }];
    files.extend(sdk.resources.iter().map(|resource| File {
        path: format!("server/{}.rs", bare(&resource.name)),
        contents: self::resource(sdk, resource),
    }));
    files
}

const GUIDE: &[&str] = &[
    "The server's side of the API: a trait for each group of operations, with a method for each.",
    "",
    "A method that is not implemented answers 501, so that an implementation may begin with one, and goes on to compile",
    "when the API grows. What does not fit the documents of the API is refused before a method is called, by a problem",
    "document (RFC 9457) that says where and why.",
    "",
    "Operations that need credentials are refused until [`authorized_by`](rt::server::Service::authorized_by) says who",
    "judges them.",
];

fn index(sdk: &Sdk, served: &Served) -> String {
    let mut source = Source::generated();
    for line in GUIDE {
        source.inner_docs(line, None);
    }
    for resource in &sdk.resources {
        source.apart();
        source.line(&format!("pub mod {};", source::ident(&resource.name)));
    }
    source.apart();
    source.line("use tilt_runtime as rt;");
    let schemes = sdk.security_schemes.iter().map(security::scheme);
    let base = &served.base;
    source.item(quote! {
        /// The path that all operations are under.
        const BASE: &str = #base;
    });
    source.item(quote! {
        static SCHEMES: &[rt::Scheme] = &[#(#schemes),*];
    });
    source.item(service(sdk));
    source.finish()
}

/// The function that makes a service of an implementation of everything.
fn service(sdk: &Sdk) -> TokenStream {
    let bounds = sdk.resources.iter().map(|resource| {
        let (module, name) = (ident(&resource.name), ident(&resource.type_name));
        quote!(self::#module::#name)
    });
    let mut resources = sdk.resources.iter().map(|resource| {
        let module = ident(&resource.name);
        quote!(self::#module::service::<A>(api.clone()))
    });
    let first = resources.next();
    quote! {
        /// All operations, answered by one implementation.
        pub fn service<A>(api: impl Into<::std::sync::Arc<A>>) -> rt::server::Service
        where
            A: #(#bounds)+*,
        {
            let api: ::std::sync::Arc<A> = api.into();
            #first #(.and(#resources))*
        }
    }
}

fn resource(sdk: &Sdk, resource: &Resource) -> String {
    let name = ident(&resource.type_name);
    let about = format!("The operations on {}.", bare(&resource.name));
    let about = docs(or(&resource.docs, &about));
    let mut source = Source::generated();
    source.line(&format!("//! See [`{name}`]."));
    source.apart();
    if resource.operations.iter().any(names_types) {
        source.line("use super::super::types;");
    }
    source.line("use tilt_runtime as rt;");
    let methods: Vec<_> = resource.operations.iter().map(method).collect();
    source.implementation(
        quote!(#about pub trait #name: Send + Sync + 'static),
        &methods,
    );
    source.item(operations::service(sdk, resource));
    for operation in &resource.operations {
        requests::write(&mut source, sdk, resource, operation);
        answers::write(&mut source, sdk, resource, operation);
    }
    source.finish()
}

/// Whether requests or answers of an operation name types of the SDK.
fn names_types(operation: &Operation) -> bool {
    let is_read = |payload: &Payload| match payload {
        Payload::Text | Payload::Bytes | Payload::EventStream(_) => false,
        other => other.item().is_some_and(TypeRef::names_types),
    };
    let is_written = |payload: &Payload| match payload.reading() {
        Reading::Json(ty) | Reading::Events(ty) | Reading::Lines(ty) => ty.names_types(),
        Reading::Text | Reading::Bytes => false,
    };
    let mut media = operation.body.iter().flat_map(RequestBody::media);
    let mut answers = operation.answers.iter();
    let mut parameters = operation.parameters.iter();
    parameters.any(|it| it.ty.names_types())
        || media.any(|it| is_read(&it.payload))
        || answers.any(|it| operation.payload(it).is_some_and(is_written))
}

/// The method of a trait.
fn method(operation: &Operation) -> TokenStream {
    let place = format!("{} {}", operation.method.as_str(), operation.path);
    let place = source::code(&place);
    let about = match operation.docs.0.trim_end() {
        "" => format!("Answers the operation.\n\n{place}"),
        text => format!("{text}\n\n{place}"),
    };
    let about = docs(&about);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let name = ident(&operation.name);
    let request = ident(&operation.served.request);
    let answer = ident(&operation.served.answer);
    quote! {
        #about
        #deprecated
        fn #name(
            &self,
            request: #request,
        ) -> impl Future<Output = Result<#answer, rt::server::Problem>> + Send {
            let _ = request;
            async { Err(rt::server::Problem::not_implemented()) }
        }
    }
}
