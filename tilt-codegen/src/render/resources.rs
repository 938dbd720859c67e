//! Resources: a file each, with the operations as methods, and what these return.

use super::File;
use super::answer::{answer_choice, reply};
use super::body::{argument, body_argument, body_choice};
use super::gate::{attribute, gate};
use super::layout::{Layout, docs, ident, or, tokens};
use super::operation::{local, operation, pagination};
use super::operation_docs;
use super::type_ref::TypeRefs;
use crate::model::{Body, Features, Operation, Resource, Sdk, Success};
use proc_macro2::Spacing::Joint;
use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::quote;
use std::collections::BTreeSet;

/// The module of all resources, and each of them.
pub(crate) fn files(sdk: &Sdk, features: &Features) -> Vec<File> {
    let mut files = vec![File {
        path: "resources/mod.rs".to_owned(),
        contents: index(sdk, features),
    }];
    files.extend(sdk.resources.iter().map(|resource| File {
        path: format!("resources/{}.rs", resource.name.trim_start_matches("r#")),
        contents: self::resource(sdk, resource, features),
    }));
    files
}

fn index(sdk: &Sdk, features: &Features) -> String {
    let modules = sdk.resources.iter().map(|resource| {
        let name = ident(&resource.name);
        let gate = gate(&features.of_operations(resource, &resource.operations));
        quote!(#gate pub mod #name;)
    });
    let mut layout = Layout::default();
    layout.text("//! The operations of the API, grouped by what they are about.\n");
    layout.items(quote!(#(#modules)*));
    layout.finish()
}

fn resource(sdk: &Sdk, resource: &Resource, features: &Features) -> String {
    let name = ident(&resource.type_name);
    let about = format!(
        "The operations on {}.",
        resource.name.trim_start_matches("r#")
    );
    let about = docs(or(&resource.docs, &about));
    let of_all = features.of_operations(resource, &resource.operations);
    // What the whole module needs goes without saying.
    let needed = |operation: &Operation| {
        let needed = features.of_operations(resource, [operation]);
        if needed == of_all {
            BTreeSet::new()
        } else {
            needed
        }
    };
    let operations: Vec<_> = resource
        .operations
        .iter()
        .map(|operation| {
            let needed = needed(operation);
            Rendered {
                method: method(sdk, operation, gate(&needed)),
                declaration: declaration(sdk, resource, operation),
                call: call(sdk, operation),
                uses_types: mentions_types(tokens(&reply(sdk, &operation.success))),
                needed,
            }
        })
        .collect();
    let methods = operations.iter().map(|operation| &operation.method);
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
    let mut layout = Layout::default();
    layout.text(&format!("//! See [`{name}`].\n"));
    let types = import_of_types(&operations);
    layout.items(quote! { #types use tilt_runtime as rt; });
    layout.items(head);
    for operation in operations {
        let gate = gate(&operation.needed);
        let condition = gate.as_ref().map(|gate| format!("{}\n", attribute(gate)));
        layout.text(&(condition.unwrap_or_default() + &operation.declaration));
        layout.items(gated(operation.call, gate));
    }
    layout.finish()
}

/// An operation as source.
struct Rendered {
    method: TokenStream,
    declaration: String,
    call: TokenStream,
    uses_types: bool,
    /// Features, beyond those that the module needs.
    needed: BTreeSet<String>,
}

/// The import of the data types, where and when an operation uses them.
fn import_of_types(operations: &[Rendered]) -> Option<TokenStream> {
    let users: Vec<_> = operations
        .iter()
        .filter(|operation| {
            operation.uses_types
                || mentions_types(operation.method.clone())
                || mentions_types(operation.call.clone())
        })
        .collect();
    let always = users.iter().any(|operation| operation.needed.is_empty());
    let needed = users.iter().flat_map(|operation| &operation.needed);
    let gate = if always {
        None
    } else {
        gate(&needed.cloned().collect())
    };
    (!users.is_empty()).then(|| quote! { #gate use super::super::types; })
}

/// Items, each under a condition.
fn gated(items: TokenStream, gate: Option<TokenStream>) -> TokenStream {
    let Some(gate) = gate else {
        return items;
    };
    match syn::parse2::<syn::File>(items.clone()) {
        Ok(file) => {
            let items = file.items;
            quote!(#(#gate #items)*)
        }
        // Not reached with tokens from this crate, as in `layout`.
        Err(_) => items,
    }
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
fn method(sdk: &Sdk, operation: &Operation, gate: Option<TokenStream>) -> TokenStream {
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
    // `self` counts.
    let many = (arguments.len() > 6).then(
        || quote!(#[allow(clippy::too_many_arguments, reason = "the operation requires them")]),
    );
    let operator = is_operator(&operation.name, arguments.len(), true).then(not_an_operator);
    let constructor = (operation.name == "new")
        .then(|| quote!(#[allow(clippy::new_ret_no_self, reason = "the name is the API's")]));
    let required = operation.parameters.iter().filter(|it| it.required);
    let placeholder = placeholder(required.map(|it| it.name.as_str()));
    let wrapped = match (has_methods(operation), call == "call") {
        (false, _) => quote!(#call),
        (true, true) => quote!(#returned { call }),
        (true, false) => quote!(#returned { call: #call }),
    };
    let calling = quote!(self.client.call(&OPERATION));
    let body = match (settings.is_empty(), has_methods(operation)) {
        (true, false) => calling,
        (true, true) => quote!(let #call = #calling; #wrapped),
        (false, _) => quote!(let mut #call = #calling; #(#settings)* #wrapped),
    };
    quote! {
        #about
        #gate
        #deprecated
        #many
        #operator
        #constructor
        #placeholder
        #[inline]
        pub fn #name(&self, #(#arguments),*) -> #returned {
            static OPERATION: rt::Operation = #data;
            #body
        }
    }
}

/// Whether calls of an operation can do more than what every call can.
fn has_methods(operation: &Operation) -> bool {
    let has_setter = operation.parameters.iter().any(|it| !it.required);
    let has_body_setter = operation.body.as_ref().is_some_and(|body| !body.required);
    has_setter || has_body_setter || operation.pagination.is_some()
}

/// The type that stands for a call of an operation. It has a name of its own even where it is the
/// runtime's, so that it keeps it when it gets a method.
fn declaration(sdk: &Sdk, resource: &Resource, operation: &Operation) -> String {
    let (name, reply) = (&operation.call, reply(sdk, &operation.success));
    let method = operation.name.trim_start_matches("r#");
    let about = format!(
        "/// A call of [`{method}`]({}::{method}).",
        resource.type_name
    );
    if has_methods(operation) {
        format!("rt::call! {{\n    {about}\n    pub struct {name}({reply});\n}}\n")
    } else {
        format!("{about}\npub type {name} = rt::Call<{reply}>;\n")
    }
}

/// What goes with it: setters, the walk over a list, enums of bodies and answers.
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
                #[inline]
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
            #[inline]
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
            #[inline]
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
        BodyMedia, Docs, HttpMethod, Location, Pagination, PaginationStyle, Parameter,
        ParameterEncoding, ParameterStyle, PathSegment, Payload, RequestBody, Scalar, StatusRange,
        SuccessVariant, TypeRef,
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
            features: Vec::new(),
            server: None,
            pointer: Default::default(),
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
        self::resource(&Sdk::default(), &resource, &Features::none())
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
