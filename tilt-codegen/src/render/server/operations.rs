//! Operations as data for the runtime's service, with what calls the methods.

use super::super::operation::{parameter, security, template};
use super::super::quoted::{docs, ident, tokens};
use super::requests::readings;
use crate::identifier::bare;
use crate::model::{
    AnswerOf, Location, Operation, Parameter, ParameterEncoding, ParameterStyle, Payload,
    RequestBody, Resource, Sdk, Shape, TypeRef,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

/// The function that makes a service of an implementation of one resource.
pub(super) fn service(sdk: &Sdk, resource: &Resource) -> TokenStream {
    let name = ident(&resource.type_name);
    let operations = resource.operations.iter().map(|operation| {
        let method = ident(&operation.name);
        let request = ident(&operation.served.request);
        let deprecated = operation
            .deprecated
            .then(|| quote!(#[allow(deprecated, reason = "the operation is there while it is")]));
        let answered = quote! {
            |api, incoming| Box::pin(async move {
                let request = #request::read(incoming)?;
                #deprecated
                let answer = #name::#method(&*api, request).await?;
                answer.into_response()
            })
        };
        if let Some(placed) = &operation.served.placed {
            let placed = ident(placed);
            return quote!((&#placed, #answered));
        }
        let data = data(sdk, operation);
        quote! {
            {
                static OPERATION: rt::server::Operation = #data;
                (&OPERATION, #answered)
            }
        }
    });
    // The trait may be called as the parameter is.
    let api = if resource.type_name == "A" { "B" } else { "A" };
    let api = ident(api);
    quote! {
        /// The operations of this group, answered by an implementation.
        pub fn service<#api: #name>(api: impl Into<::std::sync::Arc<#api>>) -> rt::server::Service {
            rt::server::Service::of(&api.into(), super::BASE, super::SCHEMES, &[#(#operations),*])
        }
    }
}

/// The static variable of an operation that may be put elsewhere.
pub(super) fn placed(
    sdk: &Sdk,
    resource: &Resource,
    operation: &Operation,
    name: &str,
) -> TokenStream {
    let method = bare(&operation.name);
    let about = docs(&format!(
        "[`{method}`]({}::{method}), as [`mounted`](rt::server::Service::mounted) takes it.",
        resource.type_name
    ));
    let (name, data) = (ident(name), data(sdk, operation));
    quote! {
        #about
        pub static #name: rt::server::Operation = #data;
    }
}

/// The value of an `rt::server::Operation`: what differs from its `NEW`.
fn data(sdk: &Sdk, operation: &Operation) -> TokenStream {
    let id = &operation.id;
    let method = ident(&heck::AsUpperCamelCase(operation.method.as_str()).to_string());
    let path = template(operation);
    let mut fields = quote!(id: #id, method: rt::Method::#method, path: #path,);
    if let Some(base) = &operation.served.base {
        fields.extend(quote!(base: Some(#base),));
    }
    if !operation.fixed_query.is_empty() {
        let pairs = operation.fixed_query.iter();
        let pairs = pairs.map(|(name, value)| {
            let value = value.as_deref().unwrap_or_default();
            quote!((#name, #value))
        });
        fields.extend(quote!(query: &[#(#pairs),*],));
    }
    if !operation.parameters.is_empty() {
        let inputs = operation.parameters.iter().map(|it| input(sdk, it));
        fields.extend(quote!(parameters: &[#(#inputs),*],));
    }
    if let Some(body) = &operation.body {
        let media = || RequestBody::media(body).into_iter().flat_map(readings);
        let types = media().map(|(content_type, _)| content_type);
        fields.extend(quote!(bodies: &[#(#types),*],));
        let uploads = media().enumerate();
        let uploads = uploads.filter(|(_, (_, payload))| matches!(payload, Payload::Bytes));
        let uploads: Vec<Literal> = uploads
            .map(|(at, _)| Literal::usize_unsuffixed(at))
            .collect();
        if !uploads.is_empty() {
            fields.extend(quote!(uploads: &[#(#uploads),*],));
        }
    }
    let answers = answers(operation);
    if !answers.is_empty() {
        fields.extend(quote!(answers: &[#(#answers),*],));
    }
    if !operation.security.is_empty() {
        let ways = operation.security.iter().map(|way| security(sdk, way));
        fields.extend(quote!(security: &[#(#ways),*],));
    }
    if let Some(name) = &operation.served.constraints {
        let name = tokens(&format!("super::super::server_constraints::{name}"));
        fields.extend(quote!(constraints: Some(&#name),));
    }
    quote!(rt::server::Operation { #fields ..rt::server::Operation::NEW })
}

/// The media types of success; none, where one of its answers has no body.
fn answers(operation: &Operation) -> BTreeSet<&str> {
    let success = operation.answers.iter();
    let success = success.filter(|it| matches!(it.of, AnswerOf::Success(_)));
    let types: BTreeSet<&str> = success.map(|it| it.content_type.as_str()).collect();
    match types.contains("") {
        true => BTreeSet::new(),
        false => types,
    }
}

fn input(sdk: &Sdk, it: &Parameter) -> TokenStream {
    let data = parameter(it);
    match spread(sdk, it) {
        Some(properties) => quote!(rt::server::Input::spread(#data, &[#(#properties),*])),
        None => quote!(rt::server::Input::new(#data)),
    }
}

/// The properties of an object that are parameters each; none are named of one that may have any.
fn spread(sdk: &Sdk, parameter: &Parameter) -> Option<Vec<String>> {
    let is_paired = matches!(parameter.location, Location::Query | Location::Cookie);
    let ParameterEncoding::Styled {
        style,
        explode: true,
        ..
    } = parameter.encoding
    else {
        return None;
    };
    (is_paired && style != ParameterStyle::DeepObject)
        .then(|| properties(sdk, &parameter.ty))
        .flatten()
}

/// The properties of a type of objects; `None`, where it may be anything else.
fn properties(sdk: &Sdk, ty: &TypeRef) -> Option<Vec<String>> {
    match ty {
        TypeRef::Map(_) => Some(Vec::new()),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) | TypeRef::Loose(inner) => {
            properties(sdk, inner)
        }
        TypeRef::Scalar(_) | TypeRef::List(_) | TypeRef::Tuple(_) => None,
        TypeRef::Named(id) => match &sdk.types.get(id.0)?.shape {
            Shape::Struct(shape) => {
                let fields = shape.fields.iter();
                Some(fields.map(|field| field.wire.clone()).collect())
            }
            Shape::Alias(inner) => properties(sdk, inner),
            // Its variants are structs of their own, never the union again: see `lower/circles`.
            Shape::Union(_) | Shape::Enum(_) | Shape::Id(_) => None,
        },
    }
}
