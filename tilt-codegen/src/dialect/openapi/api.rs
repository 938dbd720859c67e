//! A document as data.

use crate::dialect::{Requirement, SecurityScheme};
use crate::model::{HttpMethod, Location, ParameterStyle, StatusRange};
use crate::source::Node;

/// The content of an OpenAPI document. Everything that the document holds in a map is sorted by key.
#[derive(Debug, Clone)]
pub(crate) struct Api<'d> {
    pub title: String,
    pub version: String,
    pub description: Option<String>,
    pub servers: Vec<Server>,
    pub edition: Edition,
    /// In the order of the document: name and description.
    pub tags: Vec<(String, Option<String>)>,
    pub operations: Vec<Operation<'d>>,
    /// OpenAPI 3.1 `webhooks`: the path is the webhook's name.
    pub webhooks: Vec<Operation<'d>>,
    /// `components.schemas`.
    pub schemas: Vec<(&'d str, Node<'d>)>,
    pub security_schemes: Vec<SecurityScheme<'d>>,
    /// Where schemes are defined, if neither the document nor an operation says anything of `security`.
    pub unstated_security: Option<Node<'d>>,
}

/// The version of OpenAPI, as far as it changes what a document means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edition {
    V3_0,
    /// 3.1 and later.
    V3_1,
}

impl Edition {
    /// Whether siblings of `$ref` say nothing.
    pub(crate) fn ignores_ref_siblings(self) -> bool {
        self == Self::V3_0
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Server {
    /// Its number in the list, in which others may be no servers.
    pub at: usize,
    pub url: String,
    pub description: Option<String>,
    pub variables: Vec<ServerVariable>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ServerVariable {
    pub name: String,
    pub default: String,
    pub allowed: Vec<String>,
    pub description: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Operation<'d> {
    pub node: Node<'d>,
    pub path: &'d str,
    pub method: HttpMethod,
    pub id: Option<String>,
    pub summary: Option<String>,
    pub description: Option<String>,
    pub deprecated: bool,
    pub tags: Vec<String>,
    /// In the order of the document, those of the path item last.
    pub parameters: Vec<Parameter<'d>>,
    pub body: Option<RequestBody<'d>>,
    pub responses: Vec<(StatusRange, Response<'d>)>,
    /// With the document's default where the operation has none of its own.
    pub security: Vec<Requirement>,
    pub server: Option<Server>,
}

#[derive(Debug, Clone)]
pub(crate) struct Parameter<'d> {
    pub node: Node<'d>,
    pub name: String,
    pub location: Location,
    pub required: bool,
    pub deprecated: bool,
    pub description: Option<String>,
    pub style: ParameterStyle,
    pub explode: bool,
    pub allow_reserved: bool,
    pub schema: Option<Node<'d>>,
    /// In place of `schema`, where there is any.
    pub content: Vec<Media<'d>>,
}

#[derive(Debug, Clone)]
pub(crate) struct RequestBody<'d> {
    pub node: Node<'d>,
    pub description: Option<String>,
    /// `None`: the document does not say, which means that it may be left out.
    pub required: Option<bool>,
    pub content: Vec<Media<'d>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Response<'d> {
    pub node: Node<'d>,
    pub description: Option<String>,
    pub content: Vec<Media<'d>>,
    pub headers: Vec<ResponseHeader<'d>>,
}

#[derive(Debug, Clone)]
pub(crate) struct ResponseHeader<'d> {
    pub node: Node<'d>,
    pub name: &'d str,
    pub description: Option<String>,
    pub schema: Option<Node<'d>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Media<'d> {
    pub node: Node<'d>,
    /// As written.
    pub media_type: &'d str,
    pub schema: Option<Node<'d>>,
    pub encodings: Vec<Encoding<'d>>,
}

/// How one property of a form body is written.
#[derive(Debug, Clone)]
pub(crate) struct Encoding<'d> {
    pub property: &'d str,
    /// Headers of a part: what there is but its media type.
    pub headers: Option<Node<'d>>,
    pub content_type: Option<String>,
    pub style: Option<ParameterStyle>,
    pub explode: Option<bool>,
    pub allow_reserved: bool,
}

impl Encoding<'_> {
    /// The style, and whether it explodes, where any of its keywords is there: the content type says nothing then.
    pub(crate) fn styled(&self) -> Option<(ParameterStyle, bool)> {
        let is_styled = self.style.is_some() || self.explode.is_some() || self.allow_reserved;
        let style = self.style.unwrap_or(ParameterStyle::Form);
        let explode = self.explode.unwrap_or(style == ParameterStyle::Form);
        is_styled.then_some((style, explode))
    }
}
