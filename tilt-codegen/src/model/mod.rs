//! The API as a Rust programmer thinks of it.
//!
//! Everything that the generated crate shows is decided here: what becomes a struct, an enum, a
//! union or an alias, what each thing is called, what is boxed, which operation pages. `render`
//! turns this into source text and decides nothing; `surface` prints it.
//!
//! All names in the model are final: legal Rust identifiers (raw where needed), unique in their
//! scope, and clear of the prelude.

#![allow(
    missing_docs,
    reason = "names are the terms of the specifications; what they do not say is said"
)]

use std::borrow::Cow;
use std::collections::BTreeSet;

mod constraints;
mod definition;
mod documentation;
mod events;
mod example;
mod mapped;
mod operation;
mod pagination;
mod parameter;
mod place_in_words;
mod sample;
mod scalar;
mod security;
mod types;
mod visit;

pub use constraints::Constraints;
pub use definition::Definition;
pub use events::{
    EventAccessor, EventBody, EventField, EventHeader, EventKind, EventVersion, Events,
    KeyEncoding, KindSaid, Signature, SignatureEncoding, SignatureHash, SignedPart, SignedTime,
    TimePlace,
};
pub use example::{ArgumentForm, ExampleArgument, ExampleBody, ExampleCall, Examples, Program};
pub use mapped::{Mapped, MappedOrigin};
pub use operation::{
    Answer, AnswerOf, Answered, Body, BodyMedia, ErrorResponse, Execution, HttpMethod,
    NamedArguments, Operation, OperationServer, PartEncoding, PathSegment, Payload, Reading,
    RequestBody, Resource, ResponseHeader, Retry, Sender, ServedOperation, StatusRange, Success,
    SuccessVariant,
};
pub use pagination::{Pagination, PaginationStyle, Slot};
pub use parameter::{Location, Parameter, ParameterEncoding, ParameterStyle, Supply};
pub use sample::{Sample, SampleValue};
pub use scalar::{MappedId, Scalar, ScalarKind, ScalarName};
pub use security::{Scope, SecurityAlternative, SecurityKind, SecurityScheme};
pub use types::{
    Constant, Construction, Conversion, Enum, EnumRepr, EventNames, Field, IdForm, JsonKinds,
    Module, Presence, Rest, SchemaPlace, Shape, Struct, Tag, Tagged, Type, TypeId, TypeRef, Union,
    UnionVariant, Usage, Variant,
};

/// A whole SDK.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sdk {
    pub info: Info,
    /// Sorted by module, then name. A [`TypeId`] is an index into it.
    pub types: Vec<Type>,
    /// Types that settings name in place of generated ones.
    pub mapped: Vec<Mapped>,
    /// The modules that the types stand in, sorted by name.
    pub modules: Vec<Module>,
    /// The JSON Schemas of the types and of what these refer to, sorted by name.
    pub definitions: Vec<Definition>,
    /// The constraints on requests, and what these refer to, sorted by name.
    pub constraints: Vec<Constraints>,
    /// Samples of the types that users read, in the order of the types.
    pub samples: Vec<Sample>,
    /// Sorted by accessor name.
    pub resources: Vec<Resource>,
    /// Requests that the API sends to its clients, who serve them, where a server is made: webhooks and callbacks. Sorted by
    /// module.
    pub received: Vec<Resource>,
    pub events: Option<Events>,
    /// In the order of the document (or of the configuration).
    pub environments: Vec<Environment>,
    /// Names of the variables in [servers of operations](OperationServer).
    pub operation_variables: BTreeSet<String>,
    /// Sorted by the name of the scheme. [`SecurityAlternative`] refers to it by index.
    pub security_schemes: Vec<SecurityScheme>,
    /// Every OAuth2 scope of the API, sorted by wire name.
    pub scopes: Vec<Scope>,
    pub errors: ErrorShape,
    /// Statuses that say that a request was not carried out, sorted.
    pub refused: Vec<u16>,
    /// The headers of all answers and events, sorted by name.
    pub headers: Vec<Header>,
    /// Cargo features by which users choose which operations they compile, sorted: one for each tag of
    /// the document, or for each resource where tags tell nothing apart. None, where all are one part.
    pub features: Vec<String>,
    /// The `recursion_limit` that a crate of these types needs, if rustc's own is too low.
    pub recursion_limit: Option<usize>,
    /// The parts of the API by which users are shown how it is used.
    pub examples: Examples,
    /// The programs beside a crate.
    pub programs: Vec<Program>,
    /// The server, where one is made.
    pub served: Option<Served>,
    /// Whether the index of operations names each of them; else, their resources alone.
    pub indexed: bool,
}

/// The server of an API.
#[derive(Debug, Clone, PartialEq)]
pub struct Served {
    /// The path that all operations are under: of the first environment; empty: none.
    pub base: String,
    /// No client is made of the operations.
    pub alone: bool,
    /// All that is checked of requests, and what it refers to, sorted by name.
    pub constraints: Vec<Constraints>,
}

impl Sdk {
    /// Whether there is a client.
    pub fn is_called(&self) -> bool {
        !self.resources.is_empty() && !self.served.as_ref().is_some_and(|it| it.alone)
    }

    /// Whether the names of events say which variant of a type their data is.
    pub fn is_named_event(&self, data: &TypeRef) -> bool {
        let TypeRef::Named(id) = data else {
            return false;
        };
        let shape = self.types.get(id.0).map(|ty| &ty.shape);
        matches!(shape, Some(Shape::Union(union)) if union.is_of_events())
    }

    /// Whether events have headers.
    pub fn has_event_headers(&self) -> bool {
        let mut kinds = self.events.iter().flat_map(|events| &events.kinds);
        kinds.any(|kind| !kind.headers.is_empty())
    }

    /// Whether there are constants for headers.
    pub fn has_headers(&self) -> bool {
        let has_answers = self.is_called() || self.is_served();
        self.has_event_headers() || has_answers && !self.headers.is_empty()
    }

    /// The constant of a header, of which case says nothing (RFC 9110, 5.1).
    pub fn header(&self, name: &str) -> Option<&Header> {
        let mut headers = self.headers.iter();
        headers.find(|header| header.wire.eq_ignore_ascii_case(name))
    }

    /// Whether there is a server, of either side.
    pub fn is_served(&self) -> bool {
        self.served.is_some() && !(self.resources.is_empty() && self.received.is_empty())
    }

    /// All operations that a server answers.
    pub(crate) fn served_operations(&self) -> impl Iterator<Item = &Operation> {
        let groups = self.resources.iter().chain(&self.received);
        groups.flat_map(|group| &group.operations)
    }
}

/// A header that answers or events have.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// A constant's, such as `RETRY_AFTER`.
    pub name: String,
    pub wire: String,
    /// A scalar, or a list or a map of such; text, where operations and events do not agree.
    pub ty: TypeRef,
    /// Whether members of a map are `name=value`.
    pub explode: bool,
    pub docs: Docs,
}

/// Title, version and description, as the document states them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Info {
    pub title: String,
    /// The version of the API, not of the crate.
    pub version: String,
    pub docs: Docs,
    /// The first paragraph of `docs`, if that begins with one.
    pub beginning: Docs,
    /// The rest of `docs`, with headings below those of a page.
    pub more: Docs,
}

/// Text from a document, cleaned so that it is safe and valid as rustdoc Markdown: no doctest, no
/// broken link, no control characters. Empty when there is nothing to say.
#[derive(Debug, Clone, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub struct Docs(pub String);

/// A place where the API runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Environment {
    /// A variant-like name, such as `Dev`.
    pub name: String,
    /// May contain `{variable}`s of `variables`. May be relative (then users must give a base).
    pub url: String,
    pub variables: Vec<ServerVariable>,
    /// Where tokens come from in this environment, if it differs from the security scheme's.
    pub token_url: Option<String>,
    /// Its number among the servers of the document; nothing, where settings say it.
    pub server: Option<usize>,
    pub docs: Docs,
}

/// A variable in the URL of an environment, or of an operation's own server.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerVariable {
    pub name: String,
    /// Its value unless the user gives one. Without it, users must.
    pub default: Option<String>,
    pub allowed: Vec<String>,
    pub docs: Docs,
}

impl ServerVariable {
    /// The text in its place while the user gives no value: without a default, the variable as the URL has it.
    pub(crate) fn initial(&self) -> Cow<'_, str> {
        match &self.default {
            Some(default) => Cow::Borrowed(default),
            None => Cow::Owned(format!("{{{}}}", self.name)),
        }
    }
}

impl Environment {
    /// Whether its URL is a path on whatever serves the document, so that users must give a base.
    pub(crate) fn is_relative(&self) -> bool {
        !self.url.contains("://")
    }
}

/// Where an error body carries what every user asks for: property names at its top level.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ErrorShape {
    pub code: Option<String>,
    pub message: Option<String>,
    pub request_id: Option<String>,
}
