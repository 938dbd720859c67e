//! An operation as data for the runtime's executor.

use super::environments::server_variable;
use super::quoted::ident;
use crate::model::{
    Execution, Location, Operation, Pagination, PaginationStyle, Parameter, ParameterEncoding,
    ParameterStyle, PathSegment, Retry, Sdk, SecurityAlternative, Slot, StatusRange,
};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

/// The value of an `rt::Operation`: what differs from `rt::Operation::NEW`.
pub(crate) fn operation(sdk: &Sdk, operation: &Operation) -> TokenStream {
    let id = &operation.id;
    let method = ident(&heck::AsUpperCamelCase(operation.method.as_str()).to_string());
    let path = template(operation);
    let mut fields = quote!(id: #id, method: rt::Method::#method, path: #path,);
    if !operation.fixed_query.is_empty() {
        let query = operation.fixed_query();
        fields.extend(quote!(query: #query,));
    }
    if !operation.parameters.is_empty() {
        let parameters = operation.parameters.iter().map(parameter);
        fields.extend(quote!(parameters: &[#(#parameters),*],));
    }
    let execution = &operation.execution;
    if !execution.accept.is_empty() {
        let accept = &execution.accept;
        fields.extend(quote!(accept: #accept,));
    }
    if !execution.statuses.is_empty() {
        let statuses = execution.statuses.iter().copied().map(status);
        fields.extend(quote!(success: &[#(#statuses),*],));
    }
    if execution.streams {
        fields.extend(quote!(streams: true,));
    }
    fields.extend(whole(execution));
    fields.extend(binary(execution));
    if !operation.security.is_empty() {
        let security = operation.security.iter().map(|way| security(sdk, way));
        fields.extend(quote!(security: &[#(#security),*],));
    }
    if !execution.scopes.is_empty() {
        let scopes = scopes(sdk, &execution.scopes);
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
    fields.extend(retry(&operation.retry));
    fields.extend(reads(execution));
    fields.extend(hidden(execution));
    if let Some(name) = &operation.constraints {
        let name = super::source::ident(name);
        let name = super::quoted::tokens(&format!("super::super::constraints::{name}"));
        fields.extend(quote!(constraints: Some(&#name),));
    }
    quote!(rt::Operation { #fields ..rt::Operation::NEW })
}

/// The answers that are one text beside those that are streams, with their media types.
fn whole(execution: &Execution) -> TokenStream {
    if execution.whole.is_empty() {
        return TokenStream::new();
    }
    let whole = execution.whole.iter().map(|(of, media_type)| {
        let of = status(*of);
        quote!((#of, #media_type))
    });
    quote!(whole: &[#(#whole),*],)
}

/// The answers that are bytes, with their media types.
fn binary(execution: &Execution) -> TokenStream {
    if execution.binary.is_empty() {
        return TokenStream::new();
    }
    let binary = execution.binary.iter().map(|(of, media_type)| {
        let (of, media_type) = (status(*of), media_type.as_deref().unwrap_or("*"));
        quote!((#of, #media_type))
    });
    quote!(binary: &[#(#binary),*],)
}

/// The parameters whose values no error shows.
fn hidden(execution: &Execution) -> TokenStream {
    if execution.hidden.is_empty() {
        return TokenStream::new();
    }
    let hidden = execution.hidden.iter();
    let hidden = hidden.map(|it| Literal::usize_unsuffixed(*it));
    quote!(hidden: &[#(#hidden),*],)
}

/// Whether requests are sent again; nothing, where they are sent once.
fn retry(retry: &Retry) -> TokenStream {
    match retry {
        Retry::Once => TokenStream::new(),
        Retry::Repeatable => quote!(retry: rt::Retry::Repeatable,),
        Retry::Keyed { header, lifetime } => {
            let lifetime = match lifetime {
                Some(seconds) => {
                    let seconds = Literal::u64_unsuffixed(*seconds);
                    quote!(Some(::core::time::Duration::from_secs(#seconds)))
                }
                None => quote!(None),
            };
            quote!(retry: rt::Retry::Keyed { header: #header, lifetime: #lifetime },)
        }
    }
}

/// The operation by which callers find out what became of a request.
fn reads(execution: &Execution) -> TokenStream {
    let mut fields = TokenStream::new();
    if let Some(method) = &execution.read_by {
        fields.extend(quote!(read_by: Some(#method),));
    }
    if !execution.echoes.is_empty() {
        let echoes = execution.echoes.iter().map(|(parameter, property)| {
            let parameter = Literal::usize_unsuffixed(*parameter);
            quote!((#parameter, #property))
        });
        fields.extend(quote!(echoes: &[#(#echoes),*],));
    }
    if !execution.body_echoes.is_empty() {
        let properties = &execution.body_echoes;
        fields.extend(quote!(body_echoes: &[#(#properties),*],));
    }
    fields
}

pub(super) fn template(operation: &Operation) -> String {
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

/// The value of an `rt::Parameter`.
pub(super) fn parameter(parameter: &Parameter) -> TokenStream {
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
        ParameterEncoding::Text => quote!(rt::Encoding::Text),
        ParameterEncoding::Form => quote!(rt::Encoding::Form),
        ParameterEncoding::Styled {
            style,
            explode,
            reserved,
        } => {
            let style = self::style(style);
            let constructor = if reserved {
                quote!(reserved)
            } else {
                quote!(style)
            };
            quote!(rt::Encoding::#constructor(rt::Style::#style, #explode))
        }
    }
}

/// Properties of a form with their encodings.
pub(crate) fn pairs(encodings: &[(String, ParameterEncoding)]) -> Vec<TokenStream> {
    let pair = |(property, it): &(String, ParameterEncoding)| {
        let it = encoding(*it);
        quote!((#property, #it))
    };
    encodings.iter().map(pair).collect()
}

/// The variant of an `rt::Style`.
pub(crate) fn style(style: ParameterStyle) -> TokenStream {
    match style {
        ParameterStyle::Matrix => quote!(Matrix),
        ParameterStyle::Label => quote!(Label),
        ParameterStyle::Simple => quote!(Simple),
        ParameterStyle::Form => quote!(Form),
        ParameterStyle::SpaceDelimited => quote!(SpaceDelimited),
        ParameterStyle::PipeDelimited => quote!(PipeDelimited),
        ParameterStyle::DeepObject => quote!(DeepObject),
    }
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

/// The schemes of one way to authenticate, with their scopes.
pub(super) fn security(sdk: &Sdk, way: &SecurityAlternative) -> TokenStream {
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
    let optional = |it: &Option<Vec<String>>| match it {
        Some(it) => {
            let it = path(it);
            quote!(Some(#it))
        }
        None => quote!(None),
    };
    let style = match &pagination.style {
        PaginationStyle::Offset { offset, total } => {
            let (offset, total) = (slot(offset), optional(total));
            quote!(Offset { offset: #offset, total: #total })
        }
        PaginationStyle::Page { page, first, total } => {
            let first = proc_macro2::Literal::u64_unsuffixed(*first);
            let (page, total) = (slot(page), optional(total));
            quote!(Page { page: #page, first: #first, total: #total })
        }
        PaginationStyle::Cursor { cursor, next } => {
            let (cursor, next) = (slot(cursor), path(next));
            quote!(Cursor { cursor: #cursor, next: #next })
        }
        PaginationStyle::LastId { after, id } => {
            let (after, id) = (slot(after), path(id));
            quote!(LastId { after: #after, id: #id })
        }
        PaginationStyle::Url { next } => {
            let next = path(next);
            quote!(Url { next: #next })
        }
        PaginationStyle::Relation {
            links,
            relation,
            url,
        } => {
            let links = path(links);
            quote!(Relation { links: #links, relation: #relation, url: #url })
        }
        PaginationStyle::Header { parameter, header } => {
            let parameter = slot(parameter);
            quote!(Header { parameter: #parameter, header: #header })
        }
        PaginationStyle::Link => quote!(Link),
    };
    let items = path(&pagination.items);
    if pagination.more.is_none() && pagination.done.is_none() {
        return quote!(rt::Pagination::new(rt::PageStyle::#style, #items));
    }
    let (more, done) = (optional(&pagination.more), optional(&pagination.done));
    quote!(rt::Pagination {
        style: rt::PageStyle::#style,
        items: #items,
        more: #more,
        done: #done,
    })
}

/// The value of an `rt::Slot`.
fn slot(slot: &Slot) -> TokenStream {
    let index = |index: &usize| Literal::usize_unsuffixed(*index);
    match slot {
        Slot::Parameter(parameter) => {
            let parameter = index(parameter);
            quote!(rt::Slot::Parameter(#parameter))
        }
        Slot::Property { parameter, name } => {
            let parameter = index(parameter);
            quote!(rt::Slot::Property(#parameter, #name))
        }
        Slot::Body { path, is_number } => {
            let kind = match is_number {
                true => quote!(BodyNumber),
                false => quote!(Body),
            };
            quote!(rt::Slot::#kind(&[#(#path),*]))
        }
    }
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
