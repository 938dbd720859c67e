//! The server: `server/`, with a trait for each resource; and `received/`, with one for webhooks and one for callbacks.

mod answers;
mod operations;
mod requests;

use super::File;
use super::quoted::{docs, ident, or};
use super::security;
use super::source::{self, Source};
use crate::identifier::bare;
use crate::model::{
    Operation, PathSegment, Payload, Reading, RequestBody, Resource, Sdk, Served, TypeRef,
};
use proc_macro2::TokenStream;
use quote::quote;

/// One side of an API, with a trait for each group of its operations.
struct Side<'s> {
    folder: &'static str,
    guide: &'static [&'static str],
    /// The path that all operations are under.
    base: &'s str,
    groups: &'s [Resource],
}

/// The modules of both sides, as far as there are operations, and each group.
pub(super) fn files(sdk: &Sdk, served: &Served) -> Vec<File> {
    let sides = [
        Side {
            folder: "server",
            guide: GUIDE,
            base: &served.base,
            groups: &sdk.resources,
        },
        Side {
            folder: "received",
            guide: RECEIVED,
            base: "",
            groups: &sdk.received,
        },
    ];
    let sides = sides.iter().filter(|side| !side.groups.is_empty());
    sides
        .flat_map(|side| {
            let index = File {
                path: format!("{}/mod.rs", side.folder),
                contents: index(sdk, side),
            };
            let groups = side.groups.iter().map(|group| File {
                path: format!("{}/{}.rs", side.folder, bare(&group.name)),
                contents: resource(sdk, group),
            });
            std::iter::once(index).chain(groups)
        })
        .collect()
}

const RECEIVED: &[&str] = &[
    "Requests of the API to its clients, who serve them: webhooks and callbacks, a method for each.",
    "",
    "A method that is not implemented answers 501. What does not fit the documents of the API is refused before a method is",
    "called, by a problem document (RFC 9457) that says where and why.",
    "",
    "The documents do not say where these requests go. Each has a path that is made of its name, unless it is",
    "[`mounted`](rt::server::Service::mounted) at another.",
];

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

fn index(sdk: &Sdk, side: &Side<'_>) -> String {
    let mut source = Source::generated();
    for line in side.guide {
        source.inner_docs(line, None);
    }
    for resource in side.groups {
        source.apart();
        source.line(&format!("pub mod {};", source::ident(&resource.name)));
    }
    source.apart();
    source.line("use tilt_runtime as rt;");
    let schemes = sdk.security_schemes.iter().map(security::scheme);
    let base = side.base;
    source.item(quote! {
        /// The path that all operations are under.
        const BASE: &str = #base;
    });
    source.item(quote! {
        static SCHEMES: &[rt::Scheme] = &[#(#schemes),*];
    });
    source.item(service(side.groups));
    source.finish()
}

/// The function that makes a service of an implementation of everything.
fn service(groups: &[Resource]) -> TokenStream {
    let bounds = groups.iter().map(|resource| {
        let (module, name) = (ident(&resource.name), ident(&resource.type_name));
        quote!(self::#module::#name)
    });
    let mut resources = groups.iter().map(|resource| {
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
    let group = bare(&resource.name);
    let mut operations = resource.operations.iter();
    let about = match operations.any(|it| it.served.placed.is_some()) {
        true => format!("The {group} of the API."),
        false => format!("The operations on {group}."),
    };
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
        if let Some(name) = &operation.served.placed {
            source.item(operations::placed(sdk, resource, operation, name));
        }
    }
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
    let mut place = source::code(&place);
    if operation.served.placed.is_some() {
        let path = operation.segments.iter().filter_map(|it| match it {
            PathSegment::Literal(text) => Some(text.as_str()),
            PathSegment::Parameter(_) => None,
        });
        let path = source::code(&path.collect::<String>());
        place.push_str(&format!(", at {path} unless it is mounted elsewhere"));
    }
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
