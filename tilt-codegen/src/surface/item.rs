//! The items of a surface, as data.

use serde::Serialize;

/// One thing that users of an SDK see. Types are written as `inspect` shows them, such as
/// `[Order]`, `{String}` (a map) or `String or null`. New kinds of items and new members may come.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(tag = "item", rename_all = "lowercase")]
#[non_exhaustive]
pub enum Item {
    /// Another name of a type.
    Alias {
        /// Its name.
        name: String,
        /// The type.
        target: String,
    },
    /// An identifier with a type of its own.
    Id {
        /// The type's name.
        name: String,
        /// `text`, `i64` or `u64`.
        of: String,
    },
    /// A struct.
    Struct {
        /// Its name.
        name: String,
        /// The type of properties without a field of their own, where it is not any JSON.
        others: Option<String>,
    },
    /// A field of a struct.
    Field {
        /// The struct.
        owner: String,
        /// Its name in Rust.
        name: String,
        /// Its name on the wire.
        property: String,
        /// Its type, without what `presence` says.
        #[serde(rename = "type")]
        ty: String,
        /// Whether it may be absent or null.
        presence: FieldPresence,
    },
    /// A property that is always the same text.
    Constant {
        /// The struct.
        owner: String,
        /// Its name on the wire.
        property: String,
        /// The text.
        value: String,
    },
    /// A way to make a struct.
    Constructor {
        /// The struct.
        owner: String,
        /// Its arguments.
        arguments: Vec<Argument>,
        /// The form in which they are asked for.
        by: ConstructedBy,
    },
    /// A method that sets a field of a struct.
    Setter {
        /// The struct.
        owner: String,
        /// The field, and how it is given.
        argument: Argument,
    },
    /// A method that sets a field of a struct to null.
    NullSetter {
        /// The struct.
        owner: String,
        /// The method.
        name: String,
    },
    /// A conversion of a type into a union.
    From {
        /// The union.
        owner: String,
        /// The type; `text` is any text.
        #[serde(rename = "type")]
        ty: String,
    },
    /// An enum of values.
    Enum {
        /// Its name.
        name: String,
        /// The type of a value that it does not know.
        of: String,
    },
    /// A variant of an enum.
    Variant {
        /// The enum.
        owner: String,
        /// Its name in Rust.
        name: String,
        /// Its value on the wire.
        value: serde_json::Value,
    },
    /// A union: an enum whose variants have types.
    Union {
        /// Its name.
        name: String,
        /// The property that tells the variants apart, where there is one.
        discriminator: Option<String>,
    },
    /// A variant of a union.
    Alternative {
        /// The union.
        owner: String,
        /// Its name in Rust.
        name: String,
        /// Its type.
        #[serde(rename = "type")]
        ty: String,
        /// The values of the discriminator that select it.
        values: Vec<String>,
    },
    /// A method of the client.
    Operation(Method),
    /// A method of a trait that a server implements.
    Served(Served),
    /// A kind of event.
    Event {
        /// The variant.
        name: String,
        /// The kind on the wire.
        kind: String,
        /// The type of the payload.
        #[serde(rename = "type")]
        ty: String,
    },
    /// A method of the enum of events that gives a property which they have in common.
    Accessor {
        /// The method.
        name: String,
        /// The property on the wire.
        property: String,
        /// The property's type.
        #[serde(rename = "type")]
        ty: String,
        /// The variants of documented kinds that do not have it.
        absent: Vec<String>,
    },
    /// A channel by which one kind of event comes, and no other.
    Channel {
        /// Its template.
        channel: String,
        /// The variant.
        event: String,
    },
    /// The order in which the templates of channels are tried, where there are several.
    Channels {
        /// Their templates.
        order: Vec<String>,
    },
    /// The operation that the first program in the README calls.
    Example {
        /// The accessor of its resource.
        resource: String,
        /// The method.
        method: String,
    },
    /// A place where the API runs.
    Environment {
        /// The variant.
        name: String,
        /// Its base URL.
        url: String,
    },
    /// A way to authenticate.
    Security {
        /// The method of the client's builder.
        method: String,
        /// The scheme's key in the document.
        scheme: String,
    },
    /// A header that answers have.
    Header {
        /// The constant.
        name: String,
        /// The header.
        header: String,
        /// The type of its value.
        #[serde(rename = "type")]
        ty: String,
    },
    /// An OAuth2 scope.
    Scope {
        /// The variant.
        name: String,
        /// The scope on the wire.
        scope: String,
    },
}

/// A method of the client.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Method {
    /// The accessor of its resource.
    pub resource: String,
    /// The method.
    pub name: String,
    /// In the order of the document, the body last.
    pub arguments: Vec<Argument>,
    /// The type of its answer; `()` is nothing.
    pub answer: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path's template.
    pub path: String,
    /// OAuth2 scopes that it requires.
    pub scopes: Vec<String>,
    /// Whether its list can be walked page by page.
    pub paged: bool,
    /// Whether a request may be sent again when its answer is lost: `repeatable`, `keyed` with the header of the key, or
    /// `once`.
    pub retry: String,
}

/// A method of a trait that a server implements.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Served {
    /// The trait, with its module.
    pub owner: String,
    /// The method.
    pub name: String,
    /// The struct of its request.
    pub request: String,
    /// The fields of the request, in the order of the document, the body last.
    pub fields: Vec<Argument>,
    /// The enum of its answers.
    pub answer: String,
    /// The documented answers, each with the type of its body; `()` is nothing.
    pub answers: Vec<Argument>,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path's template, or the name of a webhook.
    pub path: String,
}

/// An argument of a method or a constructor.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Its type; several forms of a body are separated by ` | `.
    #[serde(rename = "type")]
    pub ty: String,
    /// Whether it is taken as anything that is `Into` its type.
    pub into: bool,
    /// Whether it may be left out.
    pub optional: bool,
    /// Whether callers of an operation name it, in a struct of such arguments.
    pub named: bool,
}

/// A way to make a struct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ConstructedBy {
    /// From the struct of its name in the module `required`, whose fields the arguments are.
    Name,
    /// By `new`, which takes the arguments in this order.
    Position,
    /// By `new` or `Default`, without arguments.
    Default,
}

/// Whether a field may be absent or null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FieldPresence {
    /// Neither.
    Required,
    /// Absent.
    Optional,
    /// Null.
    Nullable,
    /// Both, told apart.
    OptionalNullable,
}
