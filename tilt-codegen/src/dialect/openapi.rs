//! OpenAPI 3.0 to 3.2: operations, parameters, bodies, responses.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::copies::Copies;
use super::{Requirement, SecurityScheme, security, shell};
use crate::diagnostic::{Code, Problem, Problems};
use crate::model::{HttpMethod, Location, ParameterStyle, StatusRange};
use crate::source::{DocumentId, Documents, Node};

/// The content of an OpenAPI document. Everything that the document holds in a map is sorted by key.
#[derive(Debug, Clone)]
pub(crate) struct Api<'d> {
    pub title: String,
    pub version: String,
    pub description: Option<String>,
    pub servers: Vec<Server>,
    /// The whole document.
    pub node: Node<'d>,
    /// OpenAPI 3.0: siblings of `$ref` say nothing.
    pub ignores_ref_siblings: bool,
    /// In the order of the document: name and description.
    pub tags: Vec<(String, Option<String>)>,
    pub operations: Vec<Operation<'d>>,
    /// OpenAPI 3.1 `webhooks`: the path is the webhook's name.
    pub webhooks: Vec<Operation<'d>>,
    /// `components.schemas`.
    pub schemas: Vec<(&'d str, Node<'d>)>,
    pub security_schemes: Vec<SecurityScheme<'d>>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Server {
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
    /// `content` in place of `schema`.
    pub media: Option<Media<'d>>,
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
    /// Name, description and node.
    pub headers: Vec<(&'d str, Option<String>, Node<'d>)>,
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
    pub content_type: Option<String>,
    pub style: Option<ParameterStyle>,
    pub explode: Option<bool>,
    pub allow_reserved: bool,
}

/// Reads a whole document.
pub(crate) fn read<'d>(
    documents: &'d Documents,
    root: DocumentId,
    problems: &mut Problems,
) -> Api<'d> {
    Reader {
        documents,
        root: documents.get(root).node(),
        problems,
        default_security: Vec::new(),
        copies: Copies::new(documents.limits()),
    }
    .api()
}

struct Reader<'d, 'p> {
    documents: &'d Documents,
    root: Node<'d>,
    problems: &'p mut Problems,
    default_security: Vec<Requirement>,
    copies: Copies,
}

const METHODS: [(&str, HttpMethod); 8] = [
    ("delete", HttpMethod::Delete),
    ("get", HttpMethod::Get),
    ("head", HttpMethod::Head),
    ("options", HttpMethod::Options),
    ("patch", HttpMethod::Patch),
    ("post", HttpMethod::Post),
    ("put", HttpMethod::Put),
    ("trace", HttpMethod::Trace),
];

impl<'d> Reader<'d, '_> {
    fn api(mut self) -> Api<'d> {
        let root = self.root;
        let info = root.get("info").unwrap_or(root);
        let text = |node: Node<'_>, key: &str| {
            node.get(key)
                .and_then(|text| text.as_str())
                .map(str::to_owned)
        };
        self.default_security =
            security::requirements(root.get("security"), self.problems).unwrap_or_default();
        let components = root.get("components");
        let component = |key: &str| components.and_then(|components| components.get(key));
        let mut schemas: Vec<_> = component("schemas")
            .into_iter()
            .flat_map(|schemas| schemas.members())
            .collect();
        schemas.sort_unstable_by_key(|(name, _)| *name);
        let tags = root
            .get("tags")
            .into_iter()
            .flat_map(|tags| tags.elements());
        Api {
            node: root,
            ignores_ref_siblings: text(root, "openapi").is_some_and(|it| it.starts_with("3.0")),
            title: text(info, "title").unwrap_or_else(|| "API".to_owned()),
            version: text(info, "version").unwrap_or_default(),
            description: text(info, "description"),
            servers: self.servers(root),
            tags: tags
                .filter_map(|tag| Some((text(tag, "name")?, text(tag, "description"))))
                .collect(),
            operations: self.path_items(root.get("paths")),
            webhooks: self.path_items(root.get("webhooks")),
            schemas,
            security_schemes: security::schemes(
                self.documents,
                component("securitySchemes"),
                self.problems,
            ),
        }
    }

    fn finding(&mut self, code: Code, at: Node<'_>, message: impl Into<String>) {
        self.problems.push(Problem::new(code, at, message));
    }

    /// The object that a chain of references leads to; reported where it leads nowhere.
    fn follow(&mut self, node: Node<'d>, what: &str) -> Option<Node<'d>> {
        match self.documents.follow(node) {
            Ok(target) if target.value.is_object() => {
                let affordable = self.copies.object(target, self.problems);
                affordable.then_some(target)
            }
            Ok(target) if target.value.is_null() => None,
            Ok(_) => {
                self.problems.push(Problem::new(
                    Code::MALFORMED_OBJECT,
                    node,
                    format!("this {what} is no object"),
                ));
                None
            }
            Err(error) => {
                self.problems.push(Problem::new(
                    Code::DANGLING_REFERENCE,
                    node,
                    format!("{what}: {error}"),
                ));
                None
            }
        }
    }

    fn servers(&mut self, owner: Node<'d>) -> Vec<Server> {
        let Some(list) = owner.get("servers") else {
            return Vec::new();
        };
        list.elements()
            .filter_map(|node| {
                if !self.copies.whole(node, self.problems) {
                    return None;
                }
                let server: openapiv3::Server = shell::read(
                    node,
                    "server",
                    &["url", "description", "variables"],
                    json!({"url": ""}),
                    self.problems,
                )?;
                let mut variables: Vec<_> = server
                    .variables
                    .into_iter()
                    .flatten()
                    .map(|(name, variable)| ServerVariable {
                        name,
                        default: variable.default,
                        allowed: variable.enumeration,
                        description: variable.description,
                    })
                    .collect();
                variables.sort_by(|a, b| a.name.cmp(&b.name));
                Some(Server {
                    url: server.url,
                    description: server.description,
                    variables,
                })
            })
            .collect()
    }

    fn path_items(&mut self, map: Option<Node<'d>>) -> Vec<Operation<'d>> {
        let mut items: Vec<_> = map
            .into_iter()
            .flat_map(|map| map.members())
            .filter(|(path, _)| !path.starts_with("x-"))
            .collect();
        items.sort_unstable_by_key(|(path, _)| *path);
        let mut operations = Vec::new();
        for (path, node) in items {
            if !self.copies.within_limit() {
                break;
            }
            let Some(item) = self.follow(node, "path item") else {
                continue;
            };
            // 3.1 allows siblings of a path item's reference.
            let sources = if item.key() == node.key() {
                vec![item]
            } else {
                vec![node, item]
            };
            for (key, method) in METHODS {
                let operation = sources.iter().find_map(|source| source.get(key));
                if let Some(operation) = operation.filter(|node| !node.value.is_null()) {
                    operations.extend(self.operation(path, method, operation, item));
                }
            }
            for (key, node) in item.members() {
                let known = METHODS.iter().any(|(name, _)| *name == key)
                    || matches!(
                        key,
                        "parameters" | "servers" | "summary" | "description" | "$ref"
                    )
                    || key.starts_with("x-");
                if !known {
                    self.finding(
                        Code::UNKNOWN_MEMBER,
                        node,
                        format!("path item member `{key}`"),
                    );
                }
            }
        }
        operations
    }

    fn operation(
        &mut self,
        path: &'d str,
        method: HttpMethod,
        node: Node<'d>,
        item: Node<'d>,
    ) -> Option<Operation<'d>> {
        let node = self.follow(node, "operation")?;
        let shell: openapiv3::Operation = shell::read(
            node,
            "operation",
            &[
                "tags",
                "summary",
                "description",
                "operationId",
                "deprecated",
            ],
            json!({"responses": {}}),
            self.problems,
        )?;
        let root = self.root;
        let lists = [
            node.get("tags"),
            node.get("security").or_else(|| root.get("security")),
        ];
        for list in lists.into_iter().flatten() {
            if !self.copies.whole(list, self.problems) {
                return None;
            }
        }
        for key in ["callbacks"] {
            if let Some(at) = node.get(key).filter(|at| at.members().next().is_some()) {
                self.finding(Code::CALLBACK, at, "callbacks are not part of the client");
            }
        }
        let security = security::requirements(node.get("security"), self.problems)
            .unwrap_or_else(|| self.default_security.clone());
        let server = self
            .servers(node)
            .into_iter()
            .chain(self.servers(item))
            .next();
        let body = node
            .get("requestBody")
            .and_then(|body| self.follow(body, "request body"))
            .and_then(|body| self.request_body(body));
        Some(Operation {
            node,
            path,
            method,
            id: shell.operation_id.filter(|id| !id.trim().is_empty()),
            summary: shell.summary.or_else(|| text(item, "summary")),
            description: shell.description.or_else(|| text(item, "description")),
            deprecated: shell.deprecated,
            tags: shell.tags,
            parameters: self.parameters(node, item),
            body,
            responses: self.responses(node.get("responses")),
            security,
            server,
        })
    }

    fn parameters(&mut self, operation: Node<'d>, item: Node<'d>) -> Vec<Parameter<'d>> {
        let mut seen = HashSet::new();
        let mut parameters = Vec::new();
        for owner in [operation, item] {
            let Some(list) = owner.get("parameters") else {
                continue;
            };
            for node in list.elements() {
                let Some(node) = self.follow(node, "parameter") else {
                    continue;
                };
                let Some(parameter) = self.parameter(node) else {
                    continue;
                };
                // The operation's own parameter wins over the path item's.
                if seen.insert((parameter.location, parameter.name.clone())) {
                    parameters.push(parameter);
                } else if owner.key() == operation.key() {
                    self.finding(
                        Code::DUPLICATE_PARAMETER,
                        node,
                        format!("parameter `{}` is there twice", parameter.name),
                    );
                }
            }
        }
        parameters
    }

    fn parameter(&mut self, node: Node<'d>) -> Option<Parameter<'d>> {
        let location = match node.get("in").and_then(|at| at.as_str()) {
            Some("path") => Location::Path,
            Some("query") => Location::Query,
            Some("header") => Location::Header,
            Some("cookie") => Location::Cookie,
            other => {
                let found = other.unwrap_or("nothing");
                self.problems.push(Problem::new(
                    Code::MALFORMED_PARAMETER,
                    node,
                    format!("`in` is {found}, expected path, query, header or cookie"),
                ));
                return None;
            }
        };
        let keys = ["name", "description", "required", "deprecated", "in"];
        let blank = json!({"name": "", "in": "query", "schema": {}});
        let read: openapiv3::Parameter =
            shell::read(node, "parameter", &keys, blank, self.problems)?;
        let data = read.parameter_data();
        if data.name.is_empty() {
            // Converters write such rows of a form; nothing can be sent under no name.
            let message = "a parameter without a `name` cannot be sent; ignored";
            self.problems
                .push(Problem::new(Code::UNNAMED_PARAMETER, node, message));
            return None;
        }
        let media = node
            .get("content")
            .and_then(|content| self.media(content).into_iter().next());
        let (style, explode) = self.style(node, location);
        Some(Parameter {
            node,
            name: data.name,
            location,
            required: data.required || location == Location::Path,
            deprecated: data.deprecated.unwrap_or_default(),
            description: data.description,
            style,
            explode,
            allow_reserved: node
                .get("allowReserved")
                .is_some_and(|flag| flag.value == true),
            schema: node.get("schema"),
            media,
        })
    }

    fn style(&mut self, node: Node<'d>, location: Location) -> (ParameterStyle, bool) {
        let default = match location {
            Location::Path | Location::Header => ParameterStyle::Simple,
            Location::Query | Location::Cookie => ParameterStyle::Form,
        };
        let style = match node.get("style").and_then(|style| style.as_str()) {
            None => default,
            Some(name) => match style_named(name) {
                Some(style) => style,
                None => {
                    self.finding(
                        Code::UNKNOWN_STYLE,
                        node,
                        format!("style `{name}` is none of OpenAPI's; the default is used"),
                    );
                    default
                }
            },
        };
        let explode = node
            .get("explode")
            .and_then(|explode| explode.value.as_bool());
        (style, explode.unwrap_or(style == ParameterStyle::Form))
    }

    fn request_body(&mut self, node: Node<'d>) -> Option<RequestBody<'d>> {
        let shell: openapiv3::RequestBody = shell::read(
            node,
            "request body",
            &["description", "required"],
            json!({"content": {}}),
            self.problems,
        )?;
        let says = node
            .get("required")
            .is_some_and(|required| required.value.is_boolean());
        Some(RequestBody {
            node,
            description: shell.description,
            required: says.then_some(shell.required),
            content: node
                .get("content")
                .map(|map| self.media(map))
                .unwrap_or_default(),
        })
    }

    fn responses(&mut self, map: Option<Node<'d>>) -> Vec<(StatusRange, Response<'d>)> {
        let mut responses = Vec::new();
        for (key, node) in map.into_iter().flat_map(|map| map.members()) {
            if key.starts_with("x-") {
                continue;
            }
            let Some(status) = status_range(key) else {
                self.finding(
                    Code::MALFORMED_STATUS,
                    node,
                    format!("`{key}` is no status, expected 200, 2XX or default"),
                );
                continue;
            };
            if let Some(node) = self.follow(node, "response") {
                responses.extend(self.response(node).map(|response| (status, response)));
            }
        }
        responses.sort_by_key(|(status, _)| *status);
        responses.dedup_by_key(|(status, _)| *status);
        responses
    }

    fn response(&mut self, node: Node<'d>) -> Option<Response<'d>> {
        let shell: openapiv3::Response = shell::read(
            node,
            "response",
            &["description"],
            json!({"description": ""}),
            self.problems,
        )?;
        if let Some(at) = node.get("links").filter(|at| at.members().next().is_some()) {
            self.finding(
                Code::LINK,
                at,
                "links between operations are not part of the client",
            );
        }
        let mut headers = Vec::new();
        for (name, header) in node
            .get("headers")
            .into_iter()
            .flat_map(|map| map.members())
        {
            if let Some(header) = self.follow(header, "header") {
                headers.push((name, text(header, "description"), header));
            }
        }
        headers.sort_by_key(|(name, ..)| *name);
        Some(Response {
            node,
            description: Some(shell.description).filter(|text| !text.is_empty()),
            content: node
                .get("content")
                .map(|map| self.media(map))
                .unwrap_or_default(),
            headers,
        })
    }

    fn media(&mut self, map: Node<'d>) -> Vec<Media<'d>> {
        let mut content: Vec<_> = map
            .members()
            .filter(|(media_type, _)| !media_type.starts_with("x-"))
            .map_while(|(media_type, node)| {
                let affordable = self.copies.object(node, self.problems);
                affordable.then_some((media_type, node))
            })
            .collect::<Vec<_>>()
            .into_iter()
            .map(|(media_type, node)| {
                let encodings = node.get("encoding").map(|map| self.encodings(map));
                // 3.2 spells the items of a stream so.
                let schema = node.get("schema").or_else(|| node.get("itemSchema"));
                let encodings = encodings.unwrap_or_default();
                Media {
                    node,
                    media_type,
                    schema,
                    encodings,
                }
            })
            .collect();
        content.sort_by_key(|media| media.media_type);
        content
    }

    fn encodings(&mut self, map: Node<'d>) -> Vec<Encoding<'d>> {
        let mut encodings: Vec<_> = map
            .members()
            .map_while(|(property, node)| {
                let affordable = self.copies.object(node, self.problems);
                affordable.then_some((property, node))
            })
            .collect::<Vec<_>>()
            .into_iter()
            .map(|(property, node)| {
                if let Some(headers) = node.get("headers") {
                    self.finding(Code::PART_HEADER, headers, "headers of a part are not sent");
                }
                Encoding {
                    property,
                    content_type: text(node, "contentType"),
                    style: node
                        .get("style")
                        .and_then(|s| s.as_str())
                        .and_then(style_named),
                    explode: node.get("explode").and_then(|flag| flag.value.as_bool()),
                    allow_reserved: node.get("allowReserved").is_some_and(|f| f.value == true),
                }
            })
            .collect();
        encodings.sort_by_key(|encoding| encoding.property);
        encodings
    }
}

fn style_named(name: &str) -> Option<ParameterStyle> {
    Some(match name {
        "matrix" => ParameterStyle::Matrix,
        "label" => ParameterStyle::Label,
        "simple" => ParameterStyle::Simple,
        "form" => ParameterStyle::Form,
        "spaceDelimited" => ParameterStyle::SpaceDelimited,
        "pipeDelimited" => ParameterStyle::PipeDelimited,
        "deepObject" => ParameterStyle::DeepObject,
        _ => return None,
    })
}

fn status_range(key: &str) -> Option<StatusRange> {
    if key == "default" {
        return Some(StatusRange::Default);
    }
    let bytes = key.as_bytes();
    if let [class @ b'1'..=b'5', b'x' | b'X', b'x' | b'X'] = bytes {
        return Some(StatusRange::Class(class - b'0'));
    }
    let code = key.parse().ok().filter(|code| (100..=599).contains(code))?;
    Some(StatusRange::Code(code))
}

fn text(node: Node<'_>, key: &str) -> Option<String> {
    node.get(key)
        .map(|text| text.value)
        .and_then(Value::as_str)
        .map(str::to_owned)
}
