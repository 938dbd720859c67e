//! A document as data.

use crate::dialect::{Requirement, SecurityScheme};
use crate::model::{HttpMethod, Location, ParameterStyle, StatusRange};
use crate::source::{DocumentId, Documents, Node};

/// The content of OpenAPI documents. Everything that the document holds in a map is sorted by key.
#[derive(Debug, Clone)]
pub(crate) struct Api<'d> {
    pub title: String,
    pub version: String,
    pub description: Option<String>,
    pub servers: Vec<Server>,
    pub editions: Editions,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Edition {
    V3_0,
    V3_1,
    /// 3.2 and later.
    V3_2,
}

impl Edition {
    /// That of a version as it is written; without one, 3.1.
    pub(in crate::dialect) fn of(version: Option<&str>) -> Self {
        let is = |edition: &str| version.is_some_and(|it| it.starts_with(edition));
        match (is("3.0"), is("3.2")) {
            (true, _) => Edition::V3_0,
            (_, true) => Edition::V3_2,
            _ => Edition::V3_1,
        }
    }
}

/// The versions of documents, by their roots.
#[derive(Debug, Clone, Default)]
pub(crate) struct Editions(Vec<(DocumentId, Edition)>);

impl Editions {
    /// That of one document.
    pub(crate) fn one(root: DocumentId, edition: Edition) -> Self {
        Self(vec![(root, edition)])
    }

    pub(super) fn extend(&mut self, others: Editions) {
        self.0.extend(others.0);
    }

    /// That of the document that a node belongs to; `None` where this is none of OpenAPI.
    pub(crate) fn of(&self, documents: &Documents, node: Node<'_>) -> Option<Edition> {
        let root = documents.root_of(node.document);
        let mut editions = self.0.iter();
        let (_, edition) = editions.find(|(document, _)| *document == root)?;
        Some(*edition)
    }

    /// Whether siblings of a `$ref` say nothing there.
    pub(crate) fn ignore_ref_siblings(&self, documents: &Documents, node: Node<'_>) -> bool {
        self.of(documents, node) == Some(Edition::V3_0)
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
    /// Nothing, where the variable is not declared.
    pub default: Option<String>,
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
    /// Requests that the API sends in return, where they are asked for.
    pub callbacks: Vec<Callback<'d>>,
}

/// A callback of an operation. The paths of its operations are expressions, which say where requests go.
#[derive(Debug, Clone)]
pub(crate) struct Callback<'d> {
    pub name: &'d str,
    pub operations: Vec<Operation<'d>>,
}

/// Whether callbacks are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Callbacks {
    Read,
    /// Each is a finding.
    Reported,
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
    pub required: bool,
    /// Members of an object are `name=value`.
    pub explode: bool,
    pub schema: Option<Node<'d>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Media<'d> {
    pub node: Node<'d>,
    /// As written.
    pub media_type: &'d str,
    pub schema: Option<Node<'d>>,
    /// `schema` is that of each item of a sequence, not of the whole.
    pub is_of_items: bool,
    /// Events whose data depends on their names; there is no `schema` then.
    pub events: Option<Events<'d>>,
    pub encodings: Vec<Encoding<'d>>,
}

/// Server-sent events by their names.
#[derive(Debug, Clone)]
pub(crate) struct Events<'d> {
    /// The list of their schemas.
    pub at: Node<'d>,
    pub kinds: Vec<EventData<'d>>,
}

/// The data of events with some names.
#[derive(Debug, Clone)]
pub(crate) struct EventData<'d> {
    /// Empty: all that no others are named.
    pub names: Vec<&'d str>,
    pub data: Node<'d>,
    /// `data` is the schema of the JSON that is in the text.
    pub is_content: bool,
}

/// A header of a part.
#[derive(Debug, Clone)]
pub(crate) struct PartHeader<'d> {
    pub name: &'d str,
    pub required: bool,
    pub schema: Option<Node<'d>>,
}

/// How one property of a form body is written.
#[derive(Debug, Clone)]
pub(crate) struct Encoding<'d> {
    pub node: Node<'d>,
    pub property: &'d str,
    /// Headers of a part: what there is but its media type.
    pub headers: Option<Node<'d>>,
    /// The same, one by one.
    pub part_headers: Vec<PartHeader<'d>>,
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
