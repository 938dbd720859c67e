//! An operation as data for the runtime's executor.

use super::client::server_variable;
use super::layout::ident;
use super::operation_docs::verb;
use crate::model::{
    Location, Operation, Pagination, PaginationStyle, Parameter, ParameterEncoding, ParameterStyle,
    PathSegment, Payload, Sdk, SecurityAlternative, StatusRange, Success,
};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use std::collections::BTreeSet;

/// The value of an `rt::Operation`: what differs from `rt::Operation::NEW`.
pub(crate) fn operation(sdk: &Sdk, operation: &Operation) -> TokenStream {
    let id = &operation.id;
    let mut fields = quote!(id: #id,);
    let method = ident(&heck::AsUpperCamelCase(verb(operation.method)).to_string());
    fields.extend(quote!(method: rt::Method::#method,));
    let path = template(operation);
    fields.extend(quote!(path: #path,));
    if !operation.fixed_query.is_empty() {
        let pairs = operation
            .fixed_query
            .iter()
            .map(|(name, value)| quote!((#name, #value)));
        fields.extend(quote!(query: &[#(#pairs),*],));
    }
    if !operation.parameters.is_empty() {
        let parameters = operation.parameters.iter().map(parameter);
        fields.extend(quote!(parameters: &[#(#parameters),*],));
    }
    let accept = accept(&operation.success);
    if !accept.is_empty() {
        fields.extend(quote!(accept: #accept,));
    }
    let success = success(&operation.success);
    if !success.is_empty() {
        fields.extend(quote!(success: &[#(#success),*],));
    }
    if streams(&operation.success) {
        fields.extend(quote!(streams: true,));
    }
    if !operation.security.is_empty() {
        let security = operation.security.iter().map(|way| security(sdk, way));
        fields.extend(quote!(security: &[#(#security),*],));
    }
    let in_security: BTreeSet<usize> = operation
        .security
        .iter()
        .flat_map(|way| &way.schemes)
        .flat_map(|(_, it)| it)
        .copied()
        .collect();
    if operation
        .scopes
        .iter()
        .any(|scope| !in_security.contains(scope))
    {
        let scopes = scopes(sdk, &operation.scopes);
        fields.extend(quote!(scopes: #scopes,));
    }
    if let Some(server) = &operation.server {
        let url = &server.url;
        fields.extend(quote!(server: Some(#url),));
        if !server.variables.is_empty() {
            let variables = server.variables.iter().map(server_variable);
            fields.extend(quote!(server_variables: &[#(#variables),*],));
        }
    }
    quote!(rt::Operation { #fields ..rt::Operation::NEW })
}

fn template(operation: &Operation) -> String {
    let mut path = String::new();
    for segment in &operation.segments {
        match segment {
            PathSegment::Literal(text) => path.push_str(text),
            PathSegment::Parameter(index) => {
                if let Some(parameter) = operation.parameters.get(*index) {
                    path.push('{');
                    path.push_str(&parameter.wire);
                    path.push('}');
                }
            }
        }
    }
    path
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let name = &parameter.wire;
    let constructor = match parameter.location {
        Location::Path => quote!(path),
        Location::Query => quote!(query),
        Location::Header => quote!(header),
        Location::Cookie => quote!(cookie),
    };
    let default = ParameterEncoding::Styled {
        style: match parameter.location {
            Location::Path | Location::Header => ParameterStyle::Simple,
            Location::Query | Location::Cookie => ParameterStyle::Form,
        },
        explode: matches!(parameter.location, Location::Query | Location::Cookie),
        reserved: false,
    };
    let base = quote!(rt::Parameter::#constructor(#name));
    if parameter.encoding == default {
        return base;
    }
    let encoding = encoding(parameter.encoding);
    quote!(#base.encoded(#encoding))
}

/// The value of an `rt::Encoding`.
pub(crate) fn encoding(encoding: ParameterEncoding) -> TokenStream {
    match encoding {
        ParameterEncoding::Json => quote!(rt::Encoding::Json),
        ParameterEncoding::Styled {
            style,
            explode,
            reserved,
        } => {
            let style = match style {
                ParameterStyle::Matrix => quote!(Matrix),
                ParameterStyle::Label => quote!(Label),
                ParameterStyle::Simple => quote!(Simple),
                ParameterStyle::Form => quote!(Form),
                ParameterStyle::SpaceDelimited => quote!(SpaceDelimited),
                ParameterStyle::PipeDelimited => quote!(PipeDelimited),
                ParameterStyle::DeepObject => quote!(DeepObject),
            };
            let constructor = if reserved {
                quote!(reserved)
            } else {
                quote!(style)
            };
            quote!(rt::Encoding::#constructor(rt::Style::#style, #explode))
        }
    }
}

/// What the client can read, in the order of the document.
fn accept(success: &Success) -> String {
    match success {
        Success::Empty => String::new(),
        Success::Single(payload) => accepted(payload).to_owned(),
        Success::Choice { variants, .. } => {
            let mut types: Vec<&str> = Vec::new();
            for variant in variants {
                let stated = variant.content_type.as_deref();
                let own = variant.payload.as_ref().map(accepted);
                types.extend(stated.or(own).filter(|it| !types.contains(it)));
            }
            types.join(", ")
        }
    }
}

fn accepted(payload: &Payload) -> &'static str {
    match payload {
        Payload::Json(_) => "application/json",
        Payload::Form { .. } => "application/x-www-form-urlencoded",
        Payload::Multipart { .. } => "multipart/form-data",
        Payload::Text => "text/plain, */*;q=0.5",
        Payload::Bytes => "*/*",
        Payload::EventStream(_) => "text/event-stream",
        Payload::JsonLines(_) => "application/x-ndjson, */*;q=0.5",
    }
}

/// The documented statuses of success that are not 2xx.
fn success(success: &Success) -> Vec<TokenStream> {
    let Success::Choice { variants, .. } = success else {
        return Vec::new();
    };
    let statuses: BTreeSet<StatusRange> = variants.iter().map(|variant| variant.status).collect();
    let beyond = |status: &StatusRange| match status {
        StatusRange::Code(code) => code / 100 != 2,
        StatusRange::Class(class) => *class != 2,
        StatusRange::Default => false,
    };
    statuses.into_iter().filter(beyond).map(status).collect()
}

/// The value of an `rt::Status`.
pub(crate) fn status(status: StatusRange) -> TokenStream {
    match status {
        StatusRange::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(rt::Status::Code(#code))
        }
        StatusRange::Class(class) => {
            let class = Literal::u8_unsuffixed(class);
            quote!(rt::Status::Class(#class))
        }
        StatusRange::Default => quote!(rt::Status::Any),
    }
}

fn streams(success: &Success) -> bool {
    let is_stream =
        |payload: &Payload| matches!(payload, Payload::EventStream(_) | Payload::JsonLines(_));
    match success {
        Success::Empty => false,
        Success::Single(payload) => is_stream(payload),
        Success::Choice { variants, .. } => variants
            .iter()
            .filter_map(|variant| variant.payload.as_ref())
            .any(is_stream),
    }
}

fn security(sdk: &Sdk, way: &SecurityAlternative) -> TokenStream {
    let schemes = way.schemes.iter().map(|(scheme, needed)| {
        let scheme = Literal::usize_unsuffixed(*scheme);
        let scopes = scopes(sdk, needed);
        quote!((#scheme, #scopes))
    });
    quote!(&[#(#schemes),*])
}

fn scopes(sdk: &Sdk, scopes: &[usize]) -> TokenStream {
    let scopes = scopes
        .iter()
        .filter_map(|scope| sdk.scopes.get(*scope))
        .map(|scope| &scope.wire);
    quote!(&[#(#scopes),*])
}

/// The value of an `rt::Pagination`.
pub(crate) fn pagination(pagination: &Pagination) -> TokenStream {
    let path = |path: &[String]| quote!(&[#(#path),*]);
    let index = |index: usize| Literal::usize_unsuffixed(index);
    let optional = |it: &Option<Vec<String>>| match it {
        Some(it) => {
            let it = path(it);
            quote!(Some(#it))
        }
        None => quote!(None),
    };
    let style = match &pagination.style {
        PaginationStyle::Offset { offset, total } => {
            let (offset, total) = (index(*offset), optional(total));
            quote!(Offset { offset: #offset, total: #total })
        }
        PaginationStyle::Page { page, first, total } => {
            let first = proc_macro2::Literal::u64_unsuffixed(*first);
            let (page, total) = (index(*page), optional(total));
            quote!(Page { page: #page, first: #first, total: #total })
        }
        PaginationStyle::Cursor { cursor, next } => {
            let (cursor, next) = (index(*cursor), path(next));
            quote!(Cursor { cursor: #cursor, next: #next })
        }
    };
    let items = path(&pagination.items);
    quote!(rt::Pagination { style: rt::PageStyle::#style, items: #items })
}

/// A name for a local variable that no argument has.
pub(crate) fn local(operation: &Operation, wanted: &str) -> proc_macro2::Ident {
    let mut name = wanted.to_owned();
    while operation
        .parameters
        .iter()
        .any(|parameter| parameter.name == name)
        || operation
            .body
            .as_ref()
            .is_some_and(|body| body.name == name)
    {
        name.push('_');
    }
    format_ident!("{name}")
}
