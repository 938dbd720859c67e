//! Operations, grouped into resources.

#![allow(
    missing_docs,
    reason = "names are the terms of the specifications; what they do not say is said"
)]

use super::{
    Conversion, Docs, Pagination, Parameter, ParameterEncoding, ParameterStyle,
    SecurityAlternative, ServerVariable, TypeId, TypeRef,
};
use std::collections::BTreeSet;

/// A group of operations, reached by an accessor of the client: `client.orders()`.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Accessor and module name, `snake_case`: `orders`.
    pub name: String,
    /// `Orders`: not in the namespace of [`Sdk::types`](super::Sdk::types).
    pub type_name: String,
    pub docs: Docs,
    /// The resource is there with any of these features; always, where there are none.
    pub features: BTreeSet<String>,
    /// Whether operations of it name types of the SDK: with any of these features, or always where the
    /// list is empty.
    pub names_types: Option<BTreeSet<String>>,
    /// Sorted by name.
    pub operations: Vec<Operation>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Method name, unique in its resource: `create`.
    pub name: String,
    /// Name of the struct that the method returns (and that setters hang on), unique over all
    /// resources: `CreateOrderCall`.
    pub call: String,
    /// The operationId, or else `METHOD path`.
    pub id: String,
    pub method: HttpMethod,
    /// As the document writes it, for documentation.
    pub path: String,
    pub segments: Vec<PathSegment>,
    /// A fixed query string in the path key (`/x?action=y&flag`), as pairs, of which some have no value.
    pub fixed_query: Vec<(String, Option<String>)>,
    pub docs: Docs,
    /// The beginning of `docs` in one line, for lists; where there is none, what its names say, if they say something.
    pub summary: String,
    /// Callers are warned, by `#[deprecated]`.
    pub deprecated: bool,
    /// Path parameters in the order of the template, then the others in the order of the document.
    pub parameters: Vec<Parameter>,
    pub body: Option<RequestBody>,
    pub success: Success,
    /// The document's words about the answer of success; nothing, where it has several, each with its own.
    pub answered: Option<Answered>,
    /// Statuses that are no success, sorted.
    pub errors: Vec<ErrorResponse>,
    pub response_headers: Vec<ResponseHeader>,
    /// Everything that a server may answer with, in the order of the document; empty, where no server is made.
    pub answers: Vec<Answer>,
    /// Its names on a server's side; empty, where no server is made.
    pub served: ServedOperation,
    /// Any one of these will do; empty: no authentication.
    pub security: Vec<SecurityAlternative>,
    /// Indexes into [`Sdk::scopes`](super::Sdk::scopes): what the caller's token must carry.
    pub scopes: Vec<usize>,
    pub pagination: Option<Pagination>,
    /// Tags of the document, as identifiers.
    pub tags: Vec<String>,
    /// The operation is there with any of these features; none, where it is whenever its resource is.
    pub features: BTreeSet<String>,
    pub execution: Execution,
    pub retry: Retry,
    /// The name of its [`Constraints`](super::Constraints), if there is anything to check.
    pub constraints: Option<String>,
    /// The required arguments that callers name, where positions would not tell them apart.
    pub named: Option<NamedArguments>,
    /// A server of the path or operation, in place of the environment's.
    pub server: Option<OperationServer>,
    /// The sender of its requests.
    pub sender: Sender,
    /// JSON pointer of the operation.
    pub pointer: crate::place::pointer::Pointer,
}

/// The side that sends the requests of an operation, and is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Sender {
    /// Clients: it is one of the paths.
    #[default]
    Client,
    /// The API, to its clients: a webhook or a callback.
    Api,
}

/// The names of what a server has for an operation, unique in the module of its resource; and where it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServedOperation {
    /// `CreateOrderRequest`
    pub request: String,
    /// `CreateOrderBody`, where there are several media types.
    pub body: String,
    /// `CreateOrderAnswer`
    pub answer: String,
    /// The field of a request for what no parameter is.
    pub context: String,
    /// The static variable by which a server puts it elsewhere: `ORDER_SHIPPED`; none, where the document has its path.
    pub placed: Option<String>,
    /// The path of [`Operation::server`], where it differs from that of all operations.
    pub base: Option<String>,
    /// Its constraints among [`Served::constraints`](super::Served::constraints).
    pub constraints: Option<String>,
}

/// A struct of arguments, beside the call's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedArguments {
    /// `GetRateRequired`
    pub name: String,
    /// Its fields, as indexes into [`Operation::parameters`]: all that are required beside the path, with those in it or
    /// without, or none.
    pub parameters: Vec<usize>,
    /// Whether the body is a field of it, behind them.
    pub body: bool,
}

/// How requests are sent and answers are told apart, beyond what the documented operation says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Execution {
    /// The value of `Accept` (RFC 9110, 12.5.1), documented media types first; empty: nothing is read.
    pub accept: String,
    /// Statuses of success that are not 2xx, sorted.
    pub statuses: Vec<StatusRange>,
    /// Whether an answer is read while it comes.
    pub streams: bool,
    /// The statuses and media types of lines that are one text, beside what is read while it comes.
    pub whole: Vec<(StatusRange, String)>,
    /// The statuses, and the media types of each, of which an answer is bytes. No media type: all of the status.
    pub binary: Vec<(StatusRange, Option<String>)>,
    /// Indexes into [`Sdk::scopes`](super::Sdk::scopes): all that a token is asked for, where that is
    /// more than [`Operation::security`] says.
    pub scopes: Vec<usize>,
    /// The method of the client that reads what the operation changes: `orders().get`.
    pub read_by: Option<String>,
    /// Indexes of parameters whose value is also a property of the answer, with the property.
    pub echoes: Vec<(usize, String)>,
    /// Properties at the top of the body that stand at the top of the answer with the same value, sorted.
    pub body_echoes: Vec<String>,
    /// Indexes of parameters whose value no error shows.
    pub hidden: Vec<usize>,
}

/// Whether a request may be sent again when its answer is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Retry {
    /// Once or several times is the same.
    Repeatable,
    /// With the same idempotency key.
    Keyed {
        header: String,
        /// Seconds for which the API knows a key, if that is stated.
        lifetime: Option<u64>,
    },
    Once,
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

impl HttpMethod {
    /// As a request says it (RFC 9110, 9.1).
    pub fn as_str(self) -> &'static str {
        match self {
            HttpMethod::Get => "GET",
            HttpMethod::Put => "PUT",
            HttpMethod::Post => "POST",
            HttpMethod::Delete => "DELETE",
            HttpMethod::Options => "OPTIONS",
            HttpMethod::Head => "HEAD",
            HttpMethod::Patch => "PATCH",
            HttpMethod::Trace => "TRACE",
        }
    }
}

/// A piece of a path template; literal text may contain `/`.
#[derive(Debug, Clone, PartialEq)]
pub enum PathSegment {
    Literal(String),
    /// Index into [`Operation::parameters`].
    Parameter(usize),
}

impl Operation {
    /// The query that is always sent, as the path key has it.
    pub fn fixed_query(&self) -> String {
        let pairs = self.fixed_query.iter().map(|(name, value)| match value {
            Some(value) => format!("{name}={value}"),
            None => name.clone(),
        });
        pairs.collect::<Vec<_>>().join("&")
    }

    /// The form of an answer's body; `None`: it has none.
    pub fn payload(&self, answer: &Answer) -> Option<&Payload> {
        match answer.of {
            AnswerOf::Error(index) => self.errors.get(index)?.payload.as_ref(),
            AnswerOf::Success(index) => match &self.success {
                Success::Empty => None,
                Success::Single(payload) => Some(payload),
                Success::Choice { variants, .. } => variants.get(index)?.payload.as_ref(),
            },
        }
    }

    /// The headers that an answer is documented to have.
    pub fn headers<'o>(&'o self, answer: &Answer) -> impl Iterator<Item = &'o ResponseHeader> {
        let status = answer.status;
        let headers = self.response_headers.iter();
        headers.filter(move |header| header.status == status)
    }

    /// Those of them that whoever answers gives it.
    pub fn given_headers<'o>(
        &'o self,
        answer: &Answer,
    ) -> impl Iterator<Item = &'o ResponseHeader> {
        self.headers(answer).filter(|it| !it.comes_by_itself)
    }

    /// The parameters that callers give by position.
    pub(crate) fn positional(&self) -> impl Iterator<Item = (usize, &Parameter)> {
        let parameters = self.parameters.iter().enumerate();
        parameters.filter(|(index, it)| {
            let named = self.named.as_ref().map(|named| &named.parameters);
            it.is_argument() && !named.is_some_and(|named| named.contains(index))
        })
    }

    /// Those that they name.
    pub(crate) fn named_parameters(&self) -> impl Iterator<Item = (usize, &Parameter)> {
        let named = self.named.iter().flat_map(|named| &named.parameters);
        named.filter_map(|index| Some((*index, self.parameters.get(*index)?)))
    }

    /// The body, where they name it.
    pub(crate) fn named_body(&self) -> Option<&RequestBody> {
        let is_named = self.named.as_ref().is_some_and(|named| named.body);
        self.body.as_ref().filter(|_| is_named)
    }

    /// The same, where everything that becomes it is taken as it is.
    pub(crate) fn generic_body(&self) -> Option<&RequestBody> {
        self.named_body()
            .filter(|body| body.conversion == Conversion::Into)
    }
}

/// How the part of a property is written in a multipart body.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PartEncoding {
    /// As one of these media types and ranges, by commas.
    Types(String),
    /// Text that has the form of this media type already.
    Text(String),
    /// Text that has the form of this media type already, in an encoding of RFC 2045 that the part says.
    Encoded {
        media_type: String,
        transfer: String,
    },
    /// By a style, without percent-encoding.
    Styled {
        style: ParameterStyle,
        explode: bool,
    },
    /// With headers of its own.
    WithHeaders {
        encoding: Box<PartEncoding>,
        headers: Vec<(String, String)>,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct RequestBody {
    /// Argument (required) or setter (optional) name, `body` unless taken.
    pub name: String,
    /// Every request has it.
    pub required: bool,
    /// Callers are asked for it: it is required, or it was before.
    pub is_argument: bool,
    pub body: Body,
    /// How the argument or the setter takes it.
    pub conversion: Conversion,
    pub docs: Docs,
    /// The first paragraph of `docs` in one line, where it is an argument.
    pub summary: String,
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
    /// Of several, whether the body is `From` what this one takes: so a second media type changes no program.
    pub from: bool,
    /// Of several that take the same, the body is `From` it by the one where this is lowest; by none, where none has it.
    /// It is taken away when that is decided: an earlier generation may say the same in another way.
    pub precedence: Option<u8>,
    /// Of several, whether the body is `From` any text by this one. Before that is decided, whether it was so in an
    /// earlier generation.
    pub from_text: bool,
    /// Of several, the types that the body is `From` by this one as well: what becomes its value by `into()`.
    pub also_from: Vec<TypeRef>,
    /// If it is, the type of which it takes the named arguments as well.
    pub named: Option<TypeId>,
    /// Other media types of the same value: clients send none of them, servers read each. Their payloads say how; they name no
    /// type, for it is that of `payload`.
    pub other: Vec<(String, Payload)>,
}

/// The form of a body, which says how it is written or read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Payload {
    Json(TypeRef),
    /// `application/x-www-form-urlencoded`; the encoding of each property that is not the default.
    Form {
        ty: TypeRef,
        encodings: Vec<(String, ParameterEncoding)>,
    },
    /// `multipart/form-data` and its kin; the encoding of each property that is not the default.
    Multipart {
        ty: TypeRef,
        parts: Vec<(String, PartEncoding)>,
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

/// How an answer is read, with the type of what is read: of each item, where there are several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading<'t> {
    Json(&'t TypeRef),
    /// `String`
    Text,
    /// `rt::Bytes`
    Bytes,
    /// `rt::EventStream`
    Events(&'t TypeRef),
    /// `rt::JsonLines`
    Lines(&'t TypeRef),
}

impl Payload {
    /// How it is read as an answer: a form as its text, a multipart body as its bytes.
    pub fn reading(&self) -> Reading<'_> {
        match self {
            Payload::Json(ty) => Reading::Json(ty),
            Payload::Text | Payload::Form { .. } => Reading::Text,
            Payload::Bytes | Payload::Multipart { .. } => Reading::Bytes,
            Payload::EventStream(ty) => Reading::Events(ty),
            Payload::JsonLines(ty) => Reading::Lines(ty),
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
    /// The media types and ranges that are read so, as documents write them, which tell several of one status apart;
    /// empty: no body.
    pub content_types: Vec<String>,
    /// Empty, where they say no more than that it is a success.
    pub docs: Docs,
}

/// The words of a document about an answer of success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub status: StatusRange,
    pub docs: Docs,
    /// The first paragraph of `docs` in one line.
    pub summary: String,
}

/// One form of an answer, as a server gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// A variant's: after the status, and after the media type where that is not plain JSON.
    pub name: String,
    pub status: StatusRange,
    /// As it goes into `Content-Type`; empty: no body.
    pub content_type: String,
    pub of: AnswerOf,
}

/// Where the payload of an [`Answer`] stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerOf {
    /// In [`Operation::success`]: of a choice, by index.
    Success(usize),
    /// In [`Operation::errors`], by index.
    Error(usize),
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
    /// The media type of one that comes beside the first of its status; as the document writes it.
    pub media_type: Option<String>,
    pub payload: Option<Payload>,
    pub docs: Docs,
    /// The first paragraph of `docs` in one line, for lists; empty where there is none.
    pub summary: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ResponseHeader {
    pub status: StatusRange,
    pub name: String,
    /// Every answer of the status has it.
    pub required: bool,
    /// Whatever sends the answer sees to it: an implementation does not.
    pub comes_by_itself: bool,
    /// A scalar, or a list or a map of such.
    pub ty: TypeRef,
    /// Whether members of a map are `name=value`.
    pub explode: bool,
    pub docs: Docs,
    /// The first paragraph of `docs` in one line, for lists; empty where there is none.
    pub summary: String,
}
