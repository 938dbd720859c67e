//! The names of everything, kept from one generation to the next: `names.lock`.
//!
//! Where two names of a document become one identifier, one of the two gives way, and no function
//! of the document alone can tell which of them came later. This file can: what it names keeps its
//! name, and what is new is named around that.
//!
//! It has a line for each thing, in a fixed order; lines of what belongs to a thing stand below it,
//! indented by a space:
//!
//! ```text
//! names 1
//! accessor resource resource EventResource
//! environment https://api.example.com Default
//! error code error
//! event order.paid OrderPaid OrderPaidEvent
//! header x-rate-left X_RATE_LEFT i64
//! kind event_type
//! operation GET /orders/{id} orders.get
//!  parameter query created[gte] created_gte
//!  * query/currency body
//!  () query/currency
//!  = query/version 2024-01-01
//!  answer "200 application/json" Success
//!  feature orders
//! scope orders:read OrdersRead
//! security bearerAuth bearer_auth
//! type Order openapi#/components/schemas/Order
//!  createdAt created_at
//!  * currency total
//!  () currency total
//!  = object order
//!  ~ note
//! type OrderStatus Order/properties/status
//!  + openapi#/paths/~1orders/get/parameters/query.status/schema
//!  on-hold OnHold
//! ```
//!
//! An accessor is a property that events have in common, by its name on the wire, its method and its type: it
//! stays when an event comes that does not have it.
//!
//! Behind `error` stand what is asked of errors (`code`, `message` or `request_id`) and the property of their bodies that
//! it is read from, as long as one has it.
//!
//! Behind `kind` stands the property by which events tell their kind, in which the values of all `event` lines are: it
//! is read as long as an event has it, whatever constants come beside it, unless `codegen.toml` names another.
//!
//! Where a type stands is a JSON pointer that begins at a document, or at the first place of another
//! type.
//!
//! A type with properties that are read-only or write-only, in itself or in what it contains, has `<` behind its places
//! where it is that of answers, and `>` where it is that of requests:
//!
//! ```text
//! type User openapi#/components/schemas/User <
//! type UserInput openapi#/components/schemas/User >
//!  * name password
//! ```
//!
//! So a schema that has two types keeps both, even when nothing of one direction is left in it; the type of an answer
//! stays that when a request is added, and that of a request stays that when an answer is. A place without a mark is
//! one type in both directions, and stays one when a property of it becomes read-only or write-only: then that is
//! optional.
//!
//! Behind `*` stand the properties that whoever makes a value of the type has to name, in their order; behind `()`
//! those that its `new` takes, or took in a generation before: so no value is ever taken for another property's. Behind
//! `=` stand a property that is filled in without being asked for, and its value: when the document allows others, it
//! still is. Behind `~` stand the properties that a method sets to null, whatever property is called as that
//! method (`null_note`). Below an operation, these lines say the same of the parameters beside the path, and of the body, which is
//! `named/body` where callers name it; `=` of those in the path as well. Those in the path are taken by position, in its order,
//! unless `*` has `named/path`. An operation is known by its method and path, whatever the parameters in that are called.
//!
//! Fields and parameters that are called what the document calls them have no line: nothing can
//! take such a name away. A thing that is no longer in the document leaves the file: its name is free again,
//! for users of it have to change their code in any case.

mod read;
mod write;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use read::read;

use crate::file::File;
use crate::model::Location;
use std::fmt::{self, Write};

/// The name of the file, beside the manifest of a crate.
pub const FILE_NAME: &str = "names.lock";

impl Names {
    /// The file, for the folder of a crate.
    pub fn file(&self) -> File {
        File {
            path: FILE_NAME.to_owned(),
            contents: self.to_string(),
        }
    }

    /// How long the file is, in bytes, without making it.
    pub(crate) fn extent(&self) -> usize {
        let mut length = Length(0);
        // Counting does not fail.
        let _ = write!(length, "{self}");
        length.0
    }
}

struct Length(usize);

impl fmt::Write for Length {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.saturating_add(text.len());
        Ok(())
    }
}

/// The names of everything in an SDK, by what it is in the documents. As text, it is the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    /// By the property's name on the wire.
    pub(crate) accessors: BTreeMap<String, AccessorNames>,
    /// By URL.
    pub(crate) environments: BTreeMap<String, String>,
    /// The properties of errors, by what they are read as: `code`.
    pub(crate) errors: BTreeMap<String, String>,
    /// By value on the wire and type of the payload.
    pub(crate) events: BTreeMap<(String, String), String>,
    /// By name on the wire, in lower case.
    pub(crate) headers: BTreeMap<String, HeaderNames>,
    /// The property that names the kinds of events.
    pub(crate) kind: Option<String>,
    /// By `METHOD /path`.
    pub(crate) operations: BTreeMap<String, OperationNames>,
    /// By name on the wire.
    pub(crate) scopes: BTreeMap<String, String>,
    /// By key in the document.
    pub(crate) security: BTreeMap<String, String>,
    /// By the type's name: before `[types.rename]`, as all names here.
    pub(crate) types: BTreeMap<String, TypeNames>,
}

/// The method of a property that events have in common.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct AccessorNames {
    pub name: String,
    /// The type of the property.
    pub ty: String,
}

/// The constant of a header that answers have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeaderNames {
    pub name: String,
    /// The type of its value, as Rust calls it.
    pub ty: String,
}

/// The names of an operation and of what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct OperationNames {
    pub resource: String,
    pub method: String,
    /// The struct of the call, where it is not called after the method.
    pub call: Option<String>,
    /// By location and name on the wire.
    pub parameters: BTreeMap<(String, String), String>,
    /// Variants of a body of several media types, by media type.
    pub bodies: BTreeMap<String, String>,
    /// The media types that bodies go out as where callers name none.
    pub defaults: BTreeSet<String>,
    /// Of several media types, the one that any text goes out as.
    pub text: Option<String>,
    /// Variants of an answer of several forms, by status and media type: one form may have several.
    pub answers: BTreeMap<String, String>,
    /// The arguments that callers are asked for: `query/from`, `body`.
    pub arguments: ArgumentNames,
    /// The properties that lead to the items of a list in pages.
    pub items: Option<Vec<String>>,
    /// The features of the crate of which it needs one; empty where the crate has none.
    pub features: BTreeSet<String>,
}

/// Where a type stands, and what its parts are called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct TypeNames {
    /// The first is the one that the name is known for: where the schemas at them become different,
    /// those at most of them keep it, or else the one at the first.
    pub places: Vec<Address>,
    /// Fields by property, variants by value or by type.
    pub members: BTreeMap<String, String>,
    /// The properties that make a value of it.
    pub arguments: ArgumentNames,
}

/// The properties that users gave when they made a value of a type, or the arguments of a call.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ArgumentNames {
    /// Those to be named.
    pub required: Vec<String>,
    /// Texts that are there without being asked for, by property or argument.
    pub constants: BTreeMap<String, String>,
    /// Those by position: as they are taken, and as they were taken before.
    pub positional: Vec<Vec<String>>,
    /// Those that a method sets to null.
    pub nulls: BTreeSet<String>,
}

/// The body among the arguments of a call.
pub(crate) const BODY_ADDRESS: &str = "body";

/// The same, where callers name it.
pub(crate) const NAMED_BODY_ADDRESS: &str = "named/body";

/// The parameters of the path among the arguments of a call, where callers name them.
pub(crate) const NAMED_PATH_ADDRESS: &str = "named/path";

/// The path in the key of an operation.
pub(crate) fn path_of(key: &str) -> &str {
    key.split_once(' ').map_or(key, |(_, path)| path)
}

/// A parameter among the arguments of a call.
pub(crate) fn parameter_address(location: Location, wire: &str) -> String {
    format!("{}/{wire}", location.word())
}

/// Where a type stands in the documents: at one schema, or at several that hold together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Address {
    /// Such as `openapi#/components/schemas/Order` or `Order/properties/status`; never empty.
    pub schemas: Vec<String>,
    /// The schemas have a type by themselves, and this is the part of it for one kind of JSON.
    pub is_projection: bool,
    /// The way on which the type has what stands there.
    pub way: Way,
}

/// On which way a type has the properties of its schemas. Only one with properties of one direction, or with
/// such a type in it, is another type in the other direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Way {
    /// In answers: it has no write-only properties.
    Answer,
    /// In both: it has all of them, or there is no difference.
    Both,
    /// In requests: it has no read-only properties.
    Request,
}

impl Way {
    /// In the order in which they go before each other.
    pub(crate) const ALL: [Way; 3] = [Way::Answer, Way::Both, Way::Request];
}

/// The properties of errors that are read.
pub(crate) const CODE: &str = "code";
pub(crate) const MESSAGE: &str = "message";
pub(crate) const REQUEST_ID: &str = "request_id";

/// The first words of the lines.
const ACCESSOR: &str = "accessor";
const ENVIRONMENT: &str = "environment";
const ERROR: &str = "error";
const EVENT: &str = "event";
const HEADER: &str = "header";
const KIND: &str = "kind";
const OPERATION: &str = "operation";
const SCOPE: &str = "scope";
const SECURITY: &str = "security";
const TYPE: &str = "type";
const PARAMETER: &str = "parameter";
const BODY: &str = "body";
const DEFAULT: &str = "default";
const TEXT: &str = "text";
const ANSWER: &str = "answer";
const FEATURE: &str = "feature";
const ITEMS: &str = "items";
/// Another place of a type.
const ALSO: &str = "+";
/// Stands behind the address of a projection.
const PROJECTION: &str = "!";
/// Stands behind the address of a type of answers.
const ANSWERED: &str = "<";
/// Stands behind the address of a type of requests.
const SENT: &str = ">";
/// Stands before properties that are to be named.
const REQUIRED: &str = "*";
/// Stands before a property that users need not give, and its value.
const CONSTANT: &str = "=";
/// Stands before properties that are taken by position.
const POSITIONAL: &str = "()";
/// Stands before properties that a method sets to null.
const NULLS: &str = "~";
/// The file's format.
const FORMAT: &str = "names";
const VERSION: &str = "1";
