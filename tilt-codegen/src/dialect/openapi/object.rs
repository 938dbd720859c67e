//! The objects of OpenAPI: the word for each, and its members in any version from 3.0 to 3.2.

use crate::diagnostic::Problems;
use crate::dialect::members;
use crate::source::Node;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Object {
    Document,
    Components,
    PathItem,
    Operation,
    /// Its members are expressions, which say where it goes.
    Callback,
    Parameter,
    Header,
    RequestBody,
    Response,
    MediaType,
    Encoding,
}

impl Object {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Components => "components",
            Self::PathItem => "path item",
            Self::Operation => "operation",
            Self::Callback => "callback",
            Self::Parameter => "parameter",
            Self::Header => "header",
            Self::RequestBody => "request body",
            Self::Response => "response",
            Self::MediaType => "media type",
            Self::Encoding => "encoding",
        }
    }

    /// Reports the members of an object that are neither its own nor extensions.
    pub(super) fn check(self, node: Node<'_>, problems: &mut Problems) {
        if let Some(members) = self.members() {
            members::unknown(node, self.word(), members, problems);
        }
    }

    /// `None`: a map.
    fn members(self) -> Option<&'static [&'static str]> {
        Some(match self {
            Self::Callback => return None,
            Self::Document => DOCUMENT,
            Self::Components => COMPONENTS,
            Self::PathItem => PATH_ITEM,
            Self::Operation => OPERATION,
            Self::Parameter => PARAMETER,
            Self::Header => HEADER,
            Self::RequestBody => REQUEST_BODY,
            Self::Response => RESPONSE,
            Self::MediaType => MEDIA_TYPE,
            Self::Encoding => ENCODING,
        })
    }
}

const DOCUMENT: &[&str] = &[
    "$self",
    "components",
    "externalDocs",
    "info",
    "jsonSchemaDialect",
    "openapi",
    "paths",
    "security",
    "servers",
    "tags",
    "webhooks",
];

const COMPONENTS: &[&str] = &[
    "callbacks",
    "examples",
    "headers",
    "links",
    "mediaTypes",
    "parameters",
    "pathItems",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
];

const PATH_ITEM: &[&str] = &[
    "$ref",
    "additionalOperations",
    "delete",
    "description",
    "get",
    "head",
    "options",
    "parameters",
    "patch",
    "post",
    "put",
    "query",
    "servers",
    "summary",
    "trace",
];

const OPERATION: &[&str] = &[
    "callbacks",
    "deprecated",
    "description",
    "externalDocs",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "servers",
    "summary",
    "tags",
];

const PARAMETER: &[&str] = &[
    "allowEmptyValue",
    "allowReserved",
    "content",
    "deprecated",
    "description",
    "example",
    "examples",
    "explode",
    "in",
    "name",
    "required",
    "schema",
    "style",
];

const HEADER: &[&str] = &[
    "allowEmptyValue",
    "allowReserved",
    "content",
    "deprecated",
    "description",
    "example",
    "examples",
    "explode",
    "required",
    "schema",
    "style",
];

const REQUEST_BODY: &[&str] = &["content", "description", "required"];

const RESPONSE: &[&str] = &["content", "description", "headers", "links", "summary"];

const MEDIA_TYPE: &[&str] = &[
    "$ref",
    "description",
    "encoding",
    "example",
    "examples",
    "itemEncoding",
    "itemSchema",
    "prefixEncoding",
    "schema",
    "summary",
];

const ENCODING: &[&str] = &[
    "allowReserved",
    "contentType",
    "encoding",
    "explode",
    "headers",
    "itemEncoding",
    "prefixEncoding",
    "style",
];
