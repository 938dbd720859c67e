//! Resources: a file each, with the operations as methods, and what these return.

use super::File;
use super::call;
use super::condition::Conditions;
use super::method::method;
use super::quoted::{docs, ident, or};
use super::source::{self, Source};
use crate::identifier::bare;
use crate::model::{Resource, Sdk};
use quote::quote;

/// The module of all resources, and each of them.
pub(crate) fn files(sdk: &Sdk, conditions: Conditions) -> Vec<File> {
    let mut files = vec![File {
        path: "resources/mod.rs".to_owned(),
        contents: index(sdk, conditions),
    }];
    files.extend(sdk.resources.iter().map(|resource| File {
        path: format!("resources/{}.rs", bare(&resource.name)),
        contents: self::resource(sdk, resource, conditions),
    }));
    files
}

fn index(sdk: &Sdk, conditions: Conditions) -> String {
    let mut source = Source::generated();
    source.line("//! The operations of the API, grouped by what they are about.");
    super::index::write(&mut source, sdk, conditions);
    for (index, resource) in sdk.resources.iter().enumerate() {
        let condition = conditions.on(&resource.features);
        // Modules without a condition follow each other.
        if index == 0 || !condition.is_always() {
            source.apart();
        }
        condition.write(&mut source);
        source.line(&format!("pub mod {};", source::ident(&resource.name)));
    }
    source.apart();
    // A resource may be called as the runtime is, and as that is here elsewhere.
    source.open("::tilt_runtime::call! {");
    source.docs("A call of an operation, which is sent when it is awaited.");
    source.line("pub struct Call;");
    source.close("}");
    source.finish()
}

fn resource(sdk: &Sdk, resource: &Resource, conditions: Conditions) -> String {
    let name = ident(&resource.type_name);
    let about = format!("The operations on {}.", bare(&resource.name));
    let about = docs(or(&resource.docs, &about));
    let mut source = Source::generated();
    source.line(&format!("//! See [`{name}`]."));
    source.apart();
    if let Some(features) = &resource.names_types {
        conditions.on(features).write(&mut source);
        source.line("use super::super::types;");
    }
    source.line("use tilt_runtime as rt;");
    source.item(quote! {
        #about
        #[derive(Debug, Clone)]
        pub struct #name {
            pub(crate) client: rt::Client,
        }
    });
    let operations = resource.operations.iter();
    let methods: Vec<_> = operations
        .map(|operation| method(sdk, operation, conditions.on(&operation.features)))
        .collect();
    source.implementation(quote!(impl #name), &methods);
    for operation in &resource.operations {
        let condition = conditions.on(&operation.features);
        call::write(&mut source, sdk, resource, operation, condition);
    }
    call::markers(&mut source, resource, conditions);
    source.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::complete;
    use crate::model::{
        Body, BodyMedia, Conversion, Docs, Execution, HttpMethod, Location, Operation, Pagination,
        PaginationStyle, Parameter, ParameterEncoding, ParameterStyle, PathSegment, Payload,
        RequestBody, Retry, Scalar, Slot, StatusRange, Success, SuccessVariant, Supply, TypeRef,
    };
    use std::collections::BTreeSet;

    pub(super) fn parameter(name: &str, location: Location, ty: TypeRef) -> Parameter {
        let in_query = matches!(location, Location::Query | Location::Cookie);
        Parameter {
            name: name.to_owned(),
            wire: name.to_owned(),
            location,
            ty,
            conversion: Conversion::None,
            required: location == Location::Path,
            supply: match location {
                Location::Path => Supply::Argument,
                _ => Supply::Setter,
            },
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
            minimum: None,
            docs: Docs::default(),
            summary: String::new(),
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
            answered: None,
            errors: Vec::new(),
            response_headers: Vec::new(),
            answers: Vec::new(),
            served: crate::model::ServedOperation::default(),
            sender: crate::model::Sender::default(),
            security: Vec::new(),
            scopes: Vec::new(),
            pagination: None,
            tags: Vec::new(),
            features: BTreeSet::new(),
            execution: Execution {
                accept: "application/json".to_owned(),
                ..Execution::default()
            },
            retry: Retry::Repeatable,
            constraints: None,
            named: None,
            summary: String::new(),
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
            features: BTreeSet::new(),
            names_types: None,
            operations: vec![operation],
        };
        let sdk = Sdk {
            resources: vec![resource],
            ..Sdk::default()
        };
        let sdk = complete(sdk, &mut [], &mut std::collections::BTreeMap::new(), &[]);
        self::resource(&sdk, &sdk.resources[0], Conditions::None)
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
                    offset: Slot::Parameter(1),
                    total: Some(vec!["total".to_owned()]),
                },
                item: TEXT,
                items: vec!["items".to_owned()],
                more: Some(vec!["meta".to_owned(), "more".to_owned()]),
                done: None,
            }),
            ..get("list")
        }));
    }

    fn answer(
        name: &str,
        status: StatusRange,
        payload: Option<Payload>,
        content_type: Option<&str>,
    ) -> SuccessVariant {
        SuccessVariant {
            name: name.to_owned(),
            status,
            payload,
            content_types: content_type.map(str::to_owned).into_iter().collect(),
            docs: Docs::default(),
        }
    }

    fn media(content_type: &str, payload: Payload) -> BodyMedia {
        BodyMedia {
            from: true,
            precedence: Some(1),
            from_text: false,
            also_from: Vec::new(),
            named: None,
            other: Vec::new(),
            content_type: content_type.to_owned(),
            payload,
        }
    }

    #[test]
    fn bodies_and_answers_of_several_kinds_are_enums() {
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
        insta::assert_snapshot!(rendered(Operation {
            method: HttpMethod::Post,
            body: Some(RequestBody {
                name: "body".to_owned(),
                required: true,
                is_argument: true,
                body: Body::Choice {
                    name: "UploadThingsBody".to_owned(),
                    variants,
                },
                conversion: Conversion::None,
                docs: Docs::default(),
                summary: String::new(),
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
                    answer(
                        "PartialContent",
                        StatusRange::Code(206),
                        Some(Payload::Bytes),
                        Some("image/png"),
                    ),
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
                is_argument: false,
                body: Body::Single(BodyMedia {
                    from: false,
                    precedence: None,
                    from_text: false,
                    also_from: Vec::new(),
                    named: None,
                    other: Vec::new(),
                    content_type: "text/csv".to_owned(),
                    payload: Payload::Text,
                }),
                conversion: Conversion::None,
                docs: Docs::default(),
                summary: String::new(),
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
