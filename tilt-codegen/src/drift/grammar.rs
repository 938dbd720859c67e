//! The objects of OpenAPI 3.x and AsyncAPI 2.x and their members, as data: which are documentation, which are values,
//! and which are objects again. Schemas are the exception: `schema/` takes them apart.
//!
//! Sources: OpenAPI Specification 3.0.4 and 3.1.1, section 4.8; AsyncAPI Specification 2.6.0, section "Schema".

use crate::drift::Direction;
use serde::Deserialize;

/// A kind of object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub(crate) enum Kind {
    Info,
    Tag,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    Schema,
    ServerVariable,
    OpenApi,
    Components,
    Server,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Header,
    Callback,
    Link,
    AsyncApi,
    AsyncComponents,
    AsyncServer,
    Channel,
    ChannelParameter,
    AsyncOperation,
    OperationTrait,
    Message,
    MessageTrait,
    CorrelationId,
}

/// The form of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Words for people, whatever is in it.
    Text,
    /// Compared as a whole.
    Value,
    /// A set of texts, in any order.
    Names,
    /// An object.
    One(Kind),
    /// Objects by key.
    Map(Kind),
    /// Objects in a list, which are known by what they say.
    List(Kind),
    /// A map of texts for people, in which only the keys count.
    Keys,
    /// One message, or several in `oneOf`.
    Messages,
    /// An operation's own, or else that of its path or of the whole document: compared by operation.
    Inherited,
}

/// A member of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member {
    pub(crate) key: &'static str,
    pub(crate) form: Form,
    /// The value that leaving it out means, as JSON.
    pub(crate) default: Option<&'static str>,
    /// The way that what is inside travels, where it differs from the way of the object.
    pub(crate) turn: Turn,
}

impl Member {
    /// Whether it says something where it is true, and nothing where it is not. `explode` says something either way.
    pub(crate) fn is_flag(&self) -> bool {
        self.default == Some("false") && self.key != "explode"
    }
}

/// The way that something inside of an object travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Turn {
    /// As the object does.
    Stay,
    /// Into an operation.
    Asked,
    /// Out of an operation.
    Answered,
    /// Operations of the other side: the API calls the program.
    Back,
    /// From the API to the program, by itself.
    Pushed,
    /// From the program to the API.
    Sent,
}

impl Turn {
    /// The way of the part; `None`: that of the object. Where the API is the one who calls, both sides change places.
    pub(crate) fn way(self, is_called_back: bool) -> Option<Direction> {
        match (self, is_called_back) {
            (Turn::Stay, _) => None,
            (Turn::Asked, false) | (Turn::Answered | Turn::Back, true) | (Turn::Sent, _) => {
                Some(Direction::Request)
            }
            (Turn::Answered, false) => Some(Direction::Answer),
            (Turn::Asked, true) | (Turn::Back, false) | (Turn::Pushed, _) => Some(Direction::Event),
        }
    }

    /// Whether the API calls inside of it.
    pub(crate) fn is_called_back(self, around: bool) -> bool {
        around != (self == Turn::Back)
    }
}

const fn member(key: &'static str, form: Form) -> Member {
    Member {
        key,
        form,
        default: None,
        turn: Turn::Stay,
    }
}

const fn or(key: &'static str, form: Form, default: &'static str) -> Member {
    Member {
        key,
        form,
        default: Some(default),
        turn: Turn::Stay,
    }
}

const fn turned(key: &'static str, form: Form, turn: Turn) -> Member {
    Member {
        key,
        form,
        default: None,
        turn,
    }
}

use Form::{Inherited, Keys, List, Map, Messages, Names, One, Text, Value};

impl Kind {
    /// All members that the specifications define; those of schemas are elsewhere.
    pub(crate) fn members(self) -> &'static [Member] {
        match self {
            Kind::Info => INFO,
            Kind::Tag => TAG,
            Kind::SecurityScheme => SECURITY_SCHEME,
            Kind::OAuthFlows => OAUTH_FLOWS,
            Kind::OAuthFlow => OAUTH_FLOW,
            Kind::Schema | Kind::Callback => &[],
            Kind::ServerVariable => SERVER_VARIABLE,
            Kind::OpenApi => OPENAPI,
            Kind::Components => COMPONENTS,
            Kind::Server => SERVER,
            Kind::PathItem => PATH_ITEM,
            Kind::Operation => OPERATION,
            Kind::Parameter => PARAMETER,
            Kind::RequestBody => REQUEST_BODY,
            Kind::MediaType => MEDIA_TYPE,
            Kind::Encoding => ENCODING,
            Kind::Response => RESPONSE,
            Kind::Header => HEADER,
            Kind::Link => LINK,
            Kind::AsyncApi => ASYNCAPI,
            Kind::AsyncComponents => ASYNC_COMPONENTS,
            Kind::AsyncServer => ASYNC_SERVER,
            Kind::Channel => CHANNEL,
            Kind::ChannelParameter => CHANNEL_PARAMETER,
            Kind::AsyncOperation => ASYNC_OPERATION,
            Kind::OperationTrait => OPERATION_TRAIT,
            Kind::Message => MESSAGE,
            Kind::MessageTrait => MESSAGE_TRAIT,
            Kind::CorrelationId => CORRELATION_ID,
        }
    }

    pub(crate) fn member(self, key: &str) -> Option<&'static Member> {
        self.members().iter().find(|member| member.key == key)
    }
}

static INFO: &[Member] = &[
    member("title", Text),
    member("summary", Text),
    member("description", Text),
    member("termsOfService", Text),
    member("contact", Text),
    member("license", Text),
    member("version", Value),
];

static TAG: &[Member] = &[
    member("name", Value),
    member("summary", Text),
    member("description", Text),
    member("externalDocs", Text),
    member("parent", Text),
    member("kind", Text),
];

static SECURITY_SCHEME: &[Member] = &[
    member("type", Value),
    member("description", Text),
    member("name", Value),
    member("in", Value),
    member("scheme", Value),
    member("bearerFormat", Text),
    member("flows", One(Kind::OAuthFlows)),
    member("openIdConnectUrl", Value),
    member("oauth2MetadataUrl", Value),
    or("deprecated", Value, "false"),
    member("scopes", Names),
];

static OAUTH_FLOWS: &[Member] = &[
    member("implicit", One(Kind::OAuthFlow)),
    member("password", One(Kind::OAuthFlow)),
    member("clientCredentials", One(Kind::OAuthFlow)),
    member("authorizationCode", One(Kind::OAuthFlow)),
    member("deviceAuthorization", One(Kind::OAuthFlow)),
];

static OAUTH_FLOW: &[Member] = &[
    member("authorizationUrl", Value),
    member("deviceAuthorizationUrl", Value),
    member("tokenUrl", Value),
    member("refreshUrl", Value),
    member("scopes", Keys),
    member("availableScopes", Keys),
];

static SERVER_VARIABLE: &[Member] = &[
    member("enum", Names),
    member("default", Value),
    member("description", Text),
    member("examples", Text),
];

static OPENAPI: &[Member] = &[
    member("openapi", Value),
    member("$self", Text),
    member("jsonSchemaDialect", Value),
    member("info", One(Kind::Info)),
    or("servers", Inherited, r#"[{"url": "/"}]"#),
    member("paths", Map(Kind::PathItem)),
    turned("webhooks", Map(Kind::PathItem), Turn::Back),
    member("components", One(Kind::Components)),
    or("security", Inherited, "[]"),
    member("tags", List(Kind::Tag)),
    member("externalDocs", Text),
];

static COMPONENTS: &[Member] = &[
    member("schemas", Map(Kind::Schema)),
    member("responses", Map(Kind::Response)),
    member("parameters", Map(Kind::Parameter)),
    member("examples", Text),
    member("requestBodies", Map(Kind::RequestBody)),
    member("headers", Map(Kind::Header)),
    member("securitySchemes", Map(Kind::SecurityScheme)),
    member("links", Map(Kind::Link)),
    member("callbacks", Map(Kind::Callback)),
    member("pathItems", Map(Kind::PathItem)),
    member("mediaTypes", Map(Kind::MediaType)),
];

static SERVER: &[Member] = &[
    member("url", Value),
    member("name", Text),
    member("description", Text),
    member("variables", Map(Kind::ServerVariable)),
];

static PATH_ITEM: &[Member] = &[
    member("summary", Text),
    member("description", Text),
    member("get", One(Kind::Operation)),
    member("put", One(Kind::Operation)),
    member("post", One(Kind::Operation)),
    member("delete", One(Kind::Operation)),
    member("options", One(Kind::Operation)),
    member("head", One(Kind::Operation)),
    member("patch", One(Kind::Operation)),
    member("trace", One(Kind::Operation)),
    member("query", One(Kind::Operation)),
    member("additionalOperations", Map(Kind::Operation)),
    member("servers", Inherited),
    member("parameters", Inherited),
];

static OPERATION: &[Member] = &[
    or("tags", Names, "[]"),
    member("summary", Text),
    member("description", Text),
    member("externalDocs", Text),
    member("operationId", Value),
    turned("parameters", Inherited, Turn::Asked),
    turned("requestBody", One(Kind::RequestBody), Turn::Asked),
    turned("responses", Map(Kind::Response), Turn::Answered),
    turned("callbacks", Map(Kind::Callback), Turn::Back),
    or("deprecated", Value, "false"),
    member("security", Inherited),
    member("servers", Inherited),
];

static PARAMETER: &[Member] = &[
    member("name", Value),
    member("in", Value),
    member("description", Text),
    or("required", Value, "false"),
    or("deprecated", Value, "false"),
    or("allowEmptyValue", Value, "false"),
    member("style", Value),
    member("explode", Value),
    or("allowReserved", Value, "false"),
    member("schema", One(Kind::Schema)),
    member("content", Map(Kind::MediaType)),
    member("example", Text),
    member("examples", Text),
];

static REQUEST_BODY: &[Member] = &[
    member("description", Text),
    member("content", Map(Kind::MediaType)),
    or("required", Value, "false"),
];

static MEDIA_TYPE: &[Member] = &[
    member("schema", One(Kind::Schema)),
    member("itemSchema", One(Kind::Schema)),
    member("example", Text),
    member("examples", Text),
    member("encoding", Map(Kind::Encoding)),
    member("prefixEncoding", Value),
    member("itemEncoding", Value),
];

static ENCODING: &[Member] = &[
    member("contentType", Value),
    member("headers", Map(Kind::Header)),
    member("style", Value),
    member("explode", Value),
    or("allowReserved", Value, "false"),
];

static RESPONSE: &[Member] = &[
    member("summary", Text),
    member("description", Text),
    member("headers", Map(Kind::Header)),
    member("content", Map(Kind::MediaType)),
    member("links", Map(Kind::Link)),
];

static HEADER: &[Member] = &[
    member("description", Text),
    or("required", Value, "false"),
    or("deprecated", Value, "false"),
    or("allowEmptyValue", Value, "false"),
    or("style", Value, r#""simple""#),
    or("explode", Value, "false"),
    or("allowReserved", Value, "false"),
    member("schema", One(Kind::Schema)),
    member("content", Map(Kind::MediaType)),
    member("example", Text),
    member("examples", Text),
];

static LINK: &[Member] = &[
    member("operationRef", Value),
    member("operationId", Value),
    member("parameters", Value),
    member("requestBody", Value),
    member("description", Text),
    member("server", Value),
];

static ASYNCAPI: &[Member] = &[
    member("asyncapi", Value),
    member("id", Text),
    member("info", One(Kind::Info)),
    member("servers", Map(Kind::AsyncServer)),
    member("defaultContentType", Value),
    member("channels", Map(Kind::Channel)),
    member("components", One(Kind::AsyncComponents)),
    member("tags", List(Kind::Tag)),
    member("externalDocs", Text),
];

static ASYNC_COMPONENTS: &[Member] = &[
    member("schemas", Map(Kind::Schema)),
    member("servers", Map(Kind::AsyncServer)),
    member("serverVariables", Map(Kind::ServerVariable)),
    member("channels", Map(Kind::Channel)),
    member("messages", Map(Kind::Message)),
    member("securitySchemes", Map(Kind::SecurityScheme)),
    member("parameters", Map(Kind::ChannelParameter)),
    member("correlationIds", Map(Kind::CorrelationId)),
    member("operationTraits", Map(Kind::OperationTrait)),
    member("messageTraits", Map(Kind::MessageTrait)),
    member("serverBindings", Value),
    member("channelBindings", Value),
    member("operationBindings", Value),
    member("messageBindings", Value),
];

static ASYNC_SERVER: &[Member] = &[
    member("url", Value),
    member("protocol", Value),
    member("protocolVersion", Value),
    member("description", Text),
    member("variables", Map(Kind::ServerVariable)),
    member("security", Inherited),
    member("tags", Text),
    member("bindings", Value),
];

static CHANNEL: &[Member] = &[
    member("description", Text),
    member("servers", Names),
    turned("subscribe", One(Kind::AsyncOperation), Turn::Pushed),
    turned("publish", One(Kind::AsyncOperation), Turn::Sent),
    member("parameters", Map(Kind::ChannelParameter)),
    member("bindings", Value),
];

static CHANNEL_PARAMETER: &[Member] = &[
    member("description", Text),
    member("schema", One(Kind::Schema)),
    member("location", Value),
];

static ASYNC_OPERATION: &[Member] = &[
    member("operationId", Value),
    member("summary", Text),
    member("description", Text),
    member("security", Inherited),
    member("tags", Text),
    member("externalDocs", Text),
    member("bindings", Value),
    member("traits", List(Kind::OperationTrait)),
    member("message", Messages),
];

static OPERATION_TRAIT: &[Member] = &[
    member("operationId", Value),
    member("summary", Text),
    member("description", Text),
    member("security", Inherited),
    member("tags", Text),
    member("externalDocs", Text),
    member("bindings", Value),
];

static MESSAGE: &[Member] = &[
    member("messageId", Value),
    member("headers", One(Kind::Schema)),
    member("payload", One(Kind::Schema)),
    member("correlationId", One(Kind::CorrelationId)),
    member("schemaFormat", Value),
    member("contentType", Value),
    member("name", Value),
    member("title", Text),
    member("summary", Text),
    member("description", Text),
    member("tags", Text),
    member("externalDocs", Text),
    member("bindings", Value),
    member("examples", Text),
    member("traits", List(Kind::MessageTrait)),
];

static MESSAGE_TRAIT: &[Member] = &[
    member("messageId", Value),
    member("headers", One(Kind::Schema)),
    member("correlationId", One(Kind::CorrelationId)),
    member("schemaFormat", Value),
    member("contentType", Value),
    member("name", Value),
    member("title", Text),
    member("summary", Text),
    member("description", Text),
    member("tags", Text),
    member("externalDocs", Text),
    member("bindings", Value),
    member("examples", Text),
];

static CORRELATION_ID: &[Member] = &[member("description", Text), member("location", Value)];
