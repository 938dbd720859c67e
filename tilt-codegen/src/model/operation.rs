//! Operations, grouped into resources.

#![allow(
    missing_docs,
    reason = "names are the terms of the specifications; what they do not say is said"
)]

use super::{Docs, ServerVariable, TypeRef};

/// A group of operations, reached by an accessor of the client: `client.orders()`.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Accessor and module name, `snake_case`: `orders`.
    pub name: String,
    /// `Orders`: not in the namespace of [`Sdk::types`](super::Sdk::types).
    pub type_name: String,
    pub docs: Docs,
    /// Sorted by name.
    pub operations: Vec<Operation>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Method name, unique in its resource: `create`.
    pub name: String,
    /// Name of the struct that the method returns (and that setters hang on), unique over all
    /// resources: `CreateOrders`... chosen by the model, ends in `Call`.
    pub call: String,
    /// The operationId, or else `METHOD path`.
    pub id: String,
    pub method: HttpMethod,
    /// As the document writes it, for documentation.
    pub path: String,
    pub segments: Vec<PathSegment>,
    /// A fixed query string in the path key (`/x?action=y`), as pairs.
    pub fixed_query: Vec<(String, String)>,
    pub docs: Docs,
    pub deprecated: bool,
    /// Path parameters in the order of the template, then the others in the order of the document.
    pub parameters: Vec<Parameter>,
    pub body: Option<RequestBody>,
    pub success: Success,
    /// Statuses that are no success, sorted.
    pub errors: Vec<ErrorResponse>,
    pub response_headers: Vec<ResponseHeader>,
    /// Any one of these will do; empty: no authentication.
    pub security: Vec<SecurityAlternative>,
    /// Indexes into [`Sdk::scopes`](super::Sdk::scopes): what the caller's token must carry.
    pub scopes: Vec<usize>,
    pub pagination: Option<Pagination>,
    /// Tags of the document, as identifiers: see [`Features`](super::Features).
    pub features: Vec<String>,
    /// A server of the path or operation, in place of the environment's.
    pub server: Option<OperationServer>,
    /// JSON pointer of the operation.
    pub pointer: String,
}

/// Where one operation is, instead of where the API runs.
#[derive(Debug, Clone, PartialEq)]
pub struct OperationServer {
    /// May contain `{variable}`s of `variables`, and may be relative.
    pub url: String,
    pub variables: Vec<ServerVariable>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HttpMethod {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

/// A piece of a path template; literal text may contain `/`.
#[derive(Debug, Clone, PartialEq)]
pub enum PathSegment {
    Literal(String),
    /// Index into [`Operation::parameters`].
    Parameter(usize),
}

/// A required parameter is an argument of the method, an optional one a setter.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// `snake_case`, unique among the arguments and setters of the operation.
    pub name: String,
    pub wire: String,
    pub location: Location,
    pub ty: TypeRef,
    pub required: bool,
    pub encoding: ParameterEncoding,
    /// What the API assumes where the parameter is not given.
    pub default: Option<serde_json::Value>,
    pub docs: Docs,
    pub deprecated: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParameterEncoding {
    Styled {
        style: ParameterStyle,
        explode: bool,
        /// `allowReserved`
        reserved: bool,
    },
    /// `content: application/json`
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParameterStyle {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RequestBody {
    /// Argument (required) or setter (optional) name, `body` unless taken.
    pub name: String,
    pub required: bool,
    pub body: Body,
    pub docs: Docs,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    Single(BodyMedia),
    /// Several media types with different schemas: an enum of this name, one variant each.
    Choice {
        name: String,
        variants: Vec<(String, BodyMedia)>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct BodyMedia {
    /// As it goes into `Content-Type`.
    pub content_type: String,
    pub payload: Payload,
}

/// What a body is and how it is written or read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Payload {
    Json(TypeRef),
    /// `application/x-www-form-urlencoded`; the encoding of each property that is not the default.
    Form {
        ty: TypeRef,
        encodings: Vec<(String, ParameterEncoding)>,
    },
    /// `multipart/form-data`; content types of parts that are not the default.
    Multipart {
        ty: TypeRef,
        content_types: Vec<(String, String)>,
    },
    /// `String`: text, XML, CSV.
    Text,
    /// `rt::Bytes`
    Bytes,
    /// `text/event-stream`, each event's data of this type.
    EventStream(TypeRef),
    /// `application/x-ndjson` and the like, each line of this type.
    JsonLines(TypeRef),
}

impl Payload {
    /// The type of what is read or written: of each item, where there are several.
    pub(crate) fn item(&self) -> Option<&TypeRef> {
        match self {
            Payload::Json(ty)
            | Payload::Form { ty, .. }
            | Payload::Multipart { ty, .. }
            | Payload::EventStream(ty)
            | Payload::JsonLines(ty) => Some(ty),
            Payload::Text | Payload::Bytes => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Success {
    /// No body: `()`.
    Empty,
    Single(Payload),
    /// Several statuses or media types with different types: an enum of this name.
    Choice {
        name: String,
        variants: Vec<SuccessVariant>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct SuccessVariant {
    pub name: String,
    pub status: StatusRange,
    /// `None`: no body.
    pub payload: Option<Payload>,
    /// To tell several media types of one status apart.
    pub content_type: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusRange {
    Code(u16),
    /// `4XX` is `Class(4)`.
    Class(u8),
    Default,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ErrorResponse {
    pub status: StatusRange,
    pub payload: Option<Payload>,
    pub docs: Docs,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ResponseHeader {
    pub status: StatusRange,
    pub name: String,
    pub docs: Docs,
}

/// All of these schemes together.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityAlternative {
    /// Indexes into [`Sdk::security_schemes`](super::Sdk::security_schemes), with the scopes (as
    /// indexes into [`Sdk::scopes`](super::Sdk::scopes)). Empty: anonymous access is allowed.
    pub schemes: Vec<(usize, Vec<usize>)>,
}

/// How to walk a list over several requests.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    pub style: PaginationStyle,
    /// Type of one item.
    pub item: TypeRef,
    /// Property names from the response's root to the array of items; empty: the response is it.
    pub items: Vec<String>,
}

/// Parameters are indexes into [`Operation::parameters`]; the others are property paths.
#[derive(Debug, Clone, PartialEq)]
pub enum PaginationStyle {
    Offset {
        offset: usize,
        total: Option<Vec<String>>,
    },
    Page {
        page: usize,
        /// The number of the first page.
        first: u64,
        total: Option<Vec<String>>,
    },
    Cursor {
        cursor: usize,
        next: Vec<String>,
    },
}
