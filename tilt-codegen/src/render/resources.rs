//! Resources: a file each, with the operations as methods, and what these return.

use super::File;
use super::layout::{Layout, docs, ident, or, tokens};
use super::operation::{encoding, local, operation, pagination, status};
use super::operation_docs;
use super::source::code;
use super::type_ref::TypeRefs;
use crate::model::{
    Body, BodyMedia, Operation, Payload, RequestBody, Resource, Sdk, Success, SuccessVariant,
    TypeRef,
};
use proc_macro2::Spacing::Joint;
use proc_macro2::{Ident, Literal, TokenStream, TokenTree};
use quote::quote;

/// The module of all resources, and each of them.
pub(crate) fn files(sdk: &Sdk) -> Vec<File> {
    let mut files = vec![File {
        path: "resources/mod.rs".to_owned(),
        contents: index(sdk),
    }];
    files.extend(sdk.resources.iter().map(|resource| File {
        path: format!("resources/{}.rs", resource.name.trim_start_matches("r#")),
        contents: self::resource(sdk, resource),
    }));
    files
}

fn index(sdk: &Sdk) -> String {
    let names = sdk.resources.iter().map(|resource| ident(&resource.name));
    let mut layout = Layout::default();
    layout.text("//! The operations of the API, grouped by what they are about.\n");
    layout.items(quote!(#(pub mod #names;)*));
    layout.finish()
}

fn resource(sdk: &Sdk, resource: &Resource) -> String {
    let name = ident(&resource.type_name);
    let about = format!(
        "The operations on {}.",
        resource.name.trim_start_matches("r#")
    );
    let about = docs(or(&resource.docs, &about));
    let methods = resource
        .operations
        .iter()
        .map(|operation| method(sdk, operation));
    let head = quote! {
        #about
        #[derive(Debug, Clone)]
        pub struct #name {
            pub(crate) client: rt::Client,
        }

        impl #name {
            #(#methods)*
        }
    };
    let calls: Vec<(String, TokenStream)> = resource
        .operations
        .iter()
        .map(|operation| (declaration(sdk, resource, operation), call(sdk, operation)))
        .collect();
    let replies = resource
        .operations
        .iter()
        .map(|operation| tokens(&reply(sdk, &operation.success)));
    let uses_types = std::iter::once(head.clone())
        .chain(calls.iter().map(|(_, tokens)| tokens.clone()))
        .chain(replies)
        .any(mentions_types);
    let mut layout = Layout::default();
    layout.text(&format!("//! See [`{name}`].\n"));
    layout.items(if uses_types {
        quote! { use super::super::types; use tilt_runtime as rt; }
    } else {
        quote! { use tilt_runtime as rt; }
    });
    layout.items(head);
    for (declaration, tokens) in calls {
        layout.text(&declaration);
        layout.items(tokens);
    }
    layout.finish()
}

/// Whether tokens have a path into the module of the data types: `types` alone may be an argument.
fn mentions_types(tokens: TokenStream) -> bool {
    let mut after_types = false;
    tokens.into_iter().any(|token| match token {
        TokenTree::Punct(punct) => {
            let is_path = after_types && punct.as_char() == ':' && punct.spacing() == Joint;
            after_types = false;
            is_path
        }
        TokenTree::Ident(ident) => {
            after_types = ident == "types";
            false
        }
        TokenTree::Group(group) => {
            after_types = false;
            mentions_types(group.stream())
        }
        TokenTree::Literal(_) => false,
    })
}

/// The method of a resource that begins a call.
fn method(sdk: &Sdk, operation: &Operation) -> TokenStream {
    let about = docs(&operation_docs::method(sdk, operation));
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let name = ident(&operation.name);
    let returned = ident(&operation.call);
    let call = local(operation, "call");
    let mut arguments = Vec::new();
    let mut settings = Vec::new();
    for (index, parameter) in operation.parameters.iter().enumerate() {
        if parameter.required {
            let name = ident(&parameter.name);
            let (ty, value) = argument(sdk, &name, &parameter.ty);
            let index = Literal::usize_unsuffixed(index);
            arguments.push(quote!(#name: #ty));
            settings.push(quote!(#call.set(#index, &#value);));
        }
    }
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        let name = ident(&body.name);
        let (ty, statement) = body_argument(sdk, body, &name, &quote!(#call));
        arguments.push(quote!(#name: #ty));
        settings.push(statement);
    }
    let data = self::operation(sdk, operation);
    let body = if settings.is_empty() {
        quote! {
            static OPERATION: rt::Operation = #data;
            let #call = self.client.call(&OPERATION);
        }
    } else {
        quote! {
            static OPERATION: rt::Operation = #data;
            let mut #call = self.client.call(&OPERATION);
            #(#settings)*
        }
    };
    // `self` counts.
    let many = (arguments.len() > 6).then(
        || quote!(#[allow(clippy::too_many_arguments, reason = "the operation requires them")]),
    );
    let operator = is_operator(&operation.name, arguments.len(), true).then(not_an_operator);
    let required = operation.parameters.iter().filter(|it| it.required);
    let placeholder = placeholder(required.map(|it| it.name.as_str()));
    let result = if call == "call" {
        quote!(#returned { call })
    } else {
        quote!(#returned { call: #call })
    };
    quote! {
        #about
        #deprecated
        #many
        #operator
        #placeholder
        pub fn #name(&self, #(#arguments),*) -> #returned {
            #body
            #result
        }
    }
}

/// The struct that stands for a call of an operation.
fn declaration(sdk: &Sdk, resource: &Resource, operation: &Operation) -> String {
    let (name, reply) = (&operation.call, reply(sdk, &operation.success));
    let method = operation.name.trim_start_matches("r#");
    let whose = &resource.type_name;
    format!(
        "rt::call! {{\n    /// A call of [`{method}`]({whose}::{method}).\n    \
         pub struct {name}({reply});\n}}\n"
    )
}

/// What goes with the struct: setters, the walk over a list, enums of bodies and answers.
fn call(sdk: &Sdk, operation: &Operation) -> TokenStream {
    let name = ident(&operation.call);
    let mut methods: Vec<TokenStream> = operation
        .parameters
        .iter()
        .enumerate()
        .filter(|(_, parameter)| !parameter.required)
        .map(|(index, parameter)| {
            let about = docs(&operation_docs::setter(parameter));
            let deprecated = parameter.deprecated.then(|| quote!(#[deprecated]));
            let operator = is_operator(&parameter.name, 1, false).then(not_an_operator);
            let placeholder = placeholder(std::iter::once(parameter.name.as_str()));
            let name = ident(&parameter.name);
            let (ty, value) = argument(sdk, &name, &parameter.ty);
            let index = Literal::usize_unsuffixed(index);
            quote! {
                #about
                #deprecated
                #operator
                #placeholder
                pub fn #name(mut self, #name: #ty) -> Self {
                    self.call.set(#index, &#value);
                    self
                }
            }
        })
        .collect();
    if let Some(body) = operation.body.as_ref().filter(|body| !body.required) {
        let about = docs(or(&body.docs, "The body of the request."));
        let name = ident(&body.name);
        let (ty, statement) = body_argument(sdk, body, &name, &quote!(self.call));
        methods.push(quote! {
            #about
            pub fn #name(mut self, #name: #ty) -> Self {
                #statement
                self
            }
        });
    }
    if let Some(pages) = &operation.pagination {
        let item = TypeRefs::elsewhere(sdk).tokens(&pages.item);
        let pages = pagination(pages);
        methods.push(quote! {
            /// All items of the list, over as many requests as it takes.
            pub fn items(self) -> rt::Items<#item> {
                static PAGES: rt::Pagination = #pages;
                self.call.items(&PAGES)
            }
        });
    }
    let methods = (!methods.is_empty()).then(|| quote!(impl #name { #(#methods)* }));
    let body = operation.body.as_ref().and_then(|body| match &body.body {
        Body::Single(_) => None,
        Body::Choice { name, variants } => Some(body_choice(sdk, operation, name, variants)),
    });
    let answer = match &operation.success {
        Success::Choice { name, variants } => Some(answer_choice(sdk, operation, name, variants)),
        Success::Empty | Success::Single(_) => None,
    };
    quote!(#methods #body #answer)
}

/// The marker by which the runtime reads an answer.
fn reply(sdk: &Sdk, success: &Success) -> String {
    let types = TypeRefs::elsewhere(sdk);
    match success {
        Success::Empty => "rt::Empty".to_owned(),
        Success::Choice { name, .. } => name.clone(),
        Success::Single(payload) => match payload {
            Payload::Json(item) => format!("rt::Json<{}>", types.text(item)),
            Payload::Text | Payload::Form { .. } => "rt::Text".to_owned(),
            Payload::Bytes | Payload::Multipart { .. } => "rt::Binary".to_owned(),
            Payload::EventStream(item) => format!("rt::Events<{}>", types.text(item)),
            Payload::JsonLines(item) => format!("rt::Lines<{}>", types.text(item)),
        },
    }
}

/// The type of an argument, and its value.
fn argument(sdk: &Sdk, name: &Ident, ty: &TypeRef) -> (TokenStream, TokenStream) {
    let argument = TypeRefs::elsewhere(sdk).argument(ty, &name.to_string());
    (tokens(&argument.ty), tokens(&argument.value))
}

/// The type of a body argument, and the statement that sets it.
fn body_argument(
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
fn body_choice(
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

/// The enum of answers that differ by status or media type.
fn answer_choice(
    sdk: &Sdk,
    operation: &Operation,
    name: &str,
    variants: &[SuccessVariant],
) -> TokenStream {
    let name = ident(name);
    let about = docs(&format!("What [`{}`] is answered with.", operation.call));
    let (mut declared, mut kinds, mut arms) = (Vec::new(), Vec::new(), Vec::new());
    for (index, answer) in variants.iter().enumerate() {
        let about = docs(&answer_docs(answer));
        let variant = ident(&answer.name);
        let status = status(answer.status);
        let media_type = match &answer.content_type {
            Some(media_type) => quote!(Some(#media_type)),
            None => quote!(None),
        };
        kinds.push(quote!((#status, #media_type)));
        let index = Literal::usize_unsuffixed(index);
        let read = |ty: TokenStream, read: TokenStream| {
            (
                quote!(#variant(#ty)),
                quote!(Some(#index) => answer.#read().map(Self::#variant)),
            )
        };
        let (declaration, arm) = match &answer.payload {
            None => (quote!(#variant), quote!(Some(#index) => Ok(Self::#variant))),
            Some(Payload::Json(item)) => read(TypeRefs::elsewhere(sdk).tokens(item), quote!(json)),
            Some(Payload::Text | Payload::Form { .. }) => read(quote!(String), quote!(text)),
            Some(Payload::Bytes | Payload::Multipart { .. }) => {
                read(quote!(rt::Bytes), quote!(bytes))
            }
            Some(Payload::EventStream(item)) => {
                let item = TypeRefs::elsewhere(sdk).tokens(item);
                (
                    quote!(#variant(rt::EventStream<#item>)),
                    quote!(Some(#index) => Ok(Self::#variant(answer.events()))),
                )
            }
            Some(Payload::JsonLines(item)) => {
                let item = TypeRefs::elsewhere(sdk).tokens(item);
                (
                    quote!(#variant(rt::JsonLines<#item>)),
                    quote!(Some(#index) => Ok(Self::#variant(answer.lines()))),
                )
            }
        };
        declared.push(quote!(#about #declaration));
        arms.push(arm);
    }
    quote! {
        #about
        #[derive(Debug)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "an answer is taken apart, not kept")]
        pub enum #name {
            #(#declared,)*
        }

        impl rt::Reply for #name {
            type Output = Self;

            fn read(answer: rt::Answer) -> Result<Self, rt::Error> {
                match answer.which(&[#(#kinds),*]) {
                    #(#arms,)*
                    _ => Err(answer.undocumented()),
                }
            }
        }
    }
}

fn answer_docs(answer: &SuccessVariant) -> String {
    let status = operation_docs::status(answer.status);
    match &answer.content_type {
        Some(media_type) => format!("{status}, as {}.", code(media_type)),
        None => format!("{status}."),
    }
}

/// Clippy takes these names for forgotten placeholders.
fn placeholder<'n>(mut names: impl Iterator<Item = &'n str>) -> Option<TokenStream> {
    names
        .any(|name| ["foo", "baz", "quux"].contains(&name))
        .then(|| quote!(#[allow(clippy::disallowed_names, reason = "the name is the API's")]))
}

fn not_an_operator() -> TokenStream {
    quote!(#[allow(clippy::should_implement_trait, reason = "the name is the API's")])
}

/// Whether a method looks like that of a trait of the standard library.
fn is_operator(name: &str, arguments: usize, by_reference: bool) -> bool {
    let by_reference_names: &[&str] = match arguments {
        0 => &["as_ref", "borrow", "clone", "deref"],
        1 => &["cmp", "eq", "hash", "index"],
        _ => &[],
    };
    let by_value_names: &[&str] = match arguments {
        0 => &["into_iter", "neg", "not"],
        1 => &[
            "add", "bitand", "bitor", "bitxor", "div", "mul", "rem", "shl", "shr", "sub",
        ],
        _ => &[],
    };
    let names = if by_reference {
        by_reference_names
    } else {
        by_value_names
    };
    names.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Docs, HttpMethod, Location, Pagination, PaginationStyle, Parameter, ParameterEncoding,
        ParameterStyle, PathSegment, Scalar, StatusRange,
    };

    pub(super) fn parameter(name: &str, location: Location, ty: TypeRef) -> Parameter {
        let in_query = matches!(location, Location::Query | Location::Cookie);
        Parameter {
            name: name.to_owned(),
            wire: name.to_owned(),
            location,
            ty,
            required: location == Location::Path,
            encoding: ParameterEncoding::Styled {
                style: if in_query {
                    ParameterStyle::Form
                } else {
                    ParameterStyle::Simple
                },
                explode: in_query,
                reserved: false,
            },
            default: None,
            docs: Docs::default(),
            deprecated: false,
        }
    }

    pub(super) fn get(name: &str) -> Operation {
        Operation {
            name: name.to_owned(),
            call: format!("{}ThingsCall", heck::AsUpperCamelCase(name)),
            id: name.to_owned(),
            method: HttpMethod::Get,
            path: "/things".to_owned(),
            segments: vec![PathSegment::Literal("/things".to_owned())],
            fixed_query: Vec::new(),
            docs: Docs::default(),
            deprecated: false,
            parameters: Vec::new(),
            body: None,
            success: Success::Empty,
            errors: Vec::new(),
            response_headers: Vec::new(),
            security: Vec::new(),
            scopes: Vec::new(),
            pagination: None,
            idempotency_key: None,
            features: Vec::new(),
            server: None,
            pointer: String::new(),
        }
    }

    const TEXT: TypeRef = TypeRef::Scalar(Scalar::String);

    fn rendered(operation: Operation) -> String {
        let resource = Resource {
            name: "things".to_owned(),
            type_name: "Things".to_owned(),
            docs: Docs::default(),
            operations: vec![operation],
        };
        self::resource(&Sdk::default(), &resource)
    }

    #[test]
    fn required_parameters_are_arguments_and_the_others_setters() {
        let mut id = parameter("id", Location::Path, TEXT);
        id.docs = Docs("Which thing.\n\nIn detail.".to_owned());
        let mut tags = parameter("tags", Location::Query, TypeRef::List(Box::new(TEXT)));
        tags.wire = "tags[]".to_owned();
        tags.encoding = ParameterEncoding::Json;
        let limit = parameter("limit", Location::Query, TypeRef::Scalar(Scalar::I64));
        insta::assert_snapshot!(rendered(Operation {
            parameters: vec![id, tags, limit],
            segments: vec![
                PathSegment::Literal("/things/".to_owned()),
                PathSegment::Parameter(0),
                PathSegment::Literal(".json".to_owned()),
            ],
            success: Success::Single(Payload::Json(TypeRef::Scalar(Scalar::Any))),
            docs: Docs("Reads a thing.".to_owned()),
            ..get("get")
        }));
    }

    #[test]
    fn a_list_has_its_items() {
        let parameters = vec![
            parameter("limit", Location::Query, TypeRef::Scalar(Scalar::I64)),
            parameter("offset", Location::Query, TypeRef::Scalar(Scalar::I64)),
        ];
        insta::assert_snapshot!(rendered(Operation {
            parameters,
            success: Success::Single(Payload::Json(TypeRef::Scalar(Scalar::Any))),
            pagination: Some(Pagination {
                style: PaginationStyle::Offset {
                    offset: 1,
                    limit: Some(0),
                    total: Some(vec!["total".to_owned()]),
                },
                item: TEXT,
                items: vec!["items".to_owned()],
            }),
            ..get("list")
        }));
    }

    #[test]
    fn bodies_and_answers_of_several_kinds_are_enums() {
        let media = |content_type: &str, payload| BodyMedia {
            content_type: content_type.to_owned(),
            payload,
        };
        let variants = vec![
            (
                "Json".to_owned(),
                media("application/json", Payload::Json(TEXT)),
            ),
            ("Csv".to_owned(), media("text/csv", Payload::Text)),
            (
                "Bytes".to_owned(),
                media("application/octet-stream", Payload::Bytes),
            ),
        ];
        let answer = |name: &str, status, payload: Option<Payload>, content_type: Option<&str>| {
            SuccessVariant {
                name: name.to_owned(),
                status,
                payload,
                content_type: content_type.map(str::to_owned),
            }
        };
        insta::assert_snapshot!(rendered(Operation {
            method: HttpMethod::Post,
            body: Some(RequestBody {
                name: "body".to_owned(),
                required: true,
                body: Body::Choice {
                    name: "UploadThingsBody".to_owned(),
                    variants,
                },
                docs: Docs::default(),
            }),
            success: Success::Choice {
                name: "UploadThingsAnswer".to_owned(),
                variants: vec![
                    answer(
                        "Success",
                        StatusRange::Code(200),
                        Some(Payload::Json(TEXT)),
                        Some("application/json"),
                    ),
                    answer(
                        "Events",
                        StatusRange::Code(200),
                        Some(Payload::EventStream(TEXT)),
                        Some("text/event-stream"),
                    ),
                    answer("SeeOther", StatusRange::Code(303), None, None),
                ],
            },
            ..get("upload")
        }));
    }

    #[test]
    fn a_text_body_may_be_left_out() {
        insta::assert_snapshot!(rendered(Operation {
            method: HttpMethod::Put,
            body: Some(RequestBody {
                name: "body".to_owned(),
                required: false,
                body: Body::Single(BodyMedia {
                    content_type: "text/csv".to_owned(),
                    payload: Payload::Text,
                }),
                docs: Docs::default(),
            }),
            ..get("put")
        }));
    }

    #[test]
    fn names_that_rust_would_stumble_over() {
        let call = parameter("call", Location::Path, TEXT);
        let mut index = parameter("sub", Location::Query, TypeRef::Scalar(Scalar::I64));
        index.deprecated = true;
        insta::assert_snapshot!(rendered(Operation {
            parameters: vec![call, index],
            deprecated: true,
            ..get("index")
        }));
    }
}
