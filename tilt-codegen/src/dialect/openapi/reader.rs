//! Operations: the methods of a path, of which there is one table (those of OpenAPI 3.2 are not in it).

use std::collections::HashSet;

use serde_json::{Value, json};

use super::api::{Api, Callback, Callbacks, Edition, Editions, Operation, Server};
use super::object::Object;
use super::paths;
use crate::diagnostic::{Code, Problem, Problems};
use crate::dialect::copies::Copies;
use crate::dialect::{Requirement, members, security, shell};
use crate::model::HttpMethod;
use crate::recognize::{self, Specification};
use crate::source::{DocumentId, Documents, Node, NodeKey};

pub(super) struct ApiReader<'d, 'p> {
    pub(super) documents: &'d Documents,
    root: Node<'d>,
    pub(super) edition: Edition,
    pub(super) problems: &'p mut Problems,
    default_security: Vec<Requirement>,
    /// Whether the document or an operation so far has `security`.
    states_security: bool,
    pub(super) default_servers: Vec<Server>,
    callbacks: Callbacks,
    pub(super) copies: Copies,
    /// Objects whose members were looked at.
    checked: HashSet<NodeKey>,
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

impl<'d, 'p> ApiReader<'d, 'p> {
    pub(super) fn new(
        documents: &'d Documents,
        root: DocumentId,
        callbacks: Callbacks,
        problems: &'p mut Problems,
    ) -> Self {
        let version = recognize::version(&documents.get(root).value, Specification::OpenApi);
        ApiReader {
            documents,
            root: documents.get(root).node(),
            edition: Edition::of(version.as_deref()),
            problems,
            default_security: Vec::new(),
            states_security: false,
            default_servers: Vec::new(),
            callbacks,
            copies: Copies::new(documents.limits()),
            checked: HashSet::new(),
        }
    }

    pub(super) fn api(mut self) -> Api<'d> {
        let root = self.root;
        let info = self.map(root, "info").unwrap_or(root);
        self.default_security =
            security::requirements(root.get("security"), self.problems).unwrap_or_default();
        self.states_security = root.get("security").is_some();
        self.default_servers = self.servers_of_document(root);
        self.check(root, Object::Document);
        let components = self.map(root, "components");
        if let Some(components) = components {
            self.check(components, Object::Components);
        }
        let schemas = self.schemas(components);
        let security_schemes = components.and_then(|it| self.map(it, "securitySchemes"));
        let tags = members::list(self.documents, root, "tags", self.problems);
        // A number in YAML, if nobody put it in quotes.
        let written_version = info
            .get("version")
            .and_then(|it| self.documents.written(it));
        let written_version = written_version.map(|it| it.into_owned());
        let paths = self.map(root, "paths");
        // Only paths are an object that may be extended (OpenAPI 3.1.1, section 4.8.8).
        let is_path = |(path, _): &(&str, Node<'d>)| !path.starts_with("x-");
        let items = paths.into_iter().flat_map(|map| map.members());
        let items: Vec<_> = items.filter(is_path).collect();
        paths::check(&items, self.problems);
        let operations = self.path_items(items);
        paths::check_ids(&operations, self.problems);
        let webhooks = self.webhooks();
        if let (Some(paths), true, true) = (paths, operations.is_empty(), webhooks.is_empty()) {
            let message = "no path has an operation: the client can call nothing";
            self.finding(Code::NO_OPERATIONS, paths, message);
        }
        Api {
            editions: Editions::one(root.document, self.edition),
            title: text(info, "title").unwrap_or_else(|| "API".to_owned()),
            version: written_version.unwrap_or_default(),
            description: text(info, "description"),
            servers: std::mem::take(&mut self.default_servers),
            tags: tags
                .filter_map(|tag| Some((text(tag, "name")?, text(tag, "description"))))
                .collect(),
            operations,
            webhooks,
            schemas,
            security_schemes: security::schemes(self.documents, security_schemes, self.problems),
            unstated_security: security_schemes.filter(|_| !self.states_security),
        }
    }

    fn schemas(&mut self, components: Option<Node<'d>>) -> Vec<(&'d str, Node<'d>)> {
        let schemas = components.and_then(|it| self.map(it, "schemas"));
        let mut schemas: Vec<_> = schemas.into_iter().flat_map(|it| it.members()).collect();
        schemas.sort_unstable_by_key(|(name, _)| *name);
        schemas
    }

    fn webhooks(&mut self) -> Vec<Operation<'d>> {
        let webhooks = self.map(self.root, "webhooks");
        let items = webhooks.into_iter().flat_map(|map| map.members());
        // Nobody is said to send what a webhook calls back by.
        let of_paths = std::mem::replace(&mut self.callbacks, Callbacks::Reported);
        let webhooks = self.path_items(items.collect());
        self.callbacks = of_paths;
        webhooks
    }

    fn map(&mut self, owner: Node<'d>, key: &str) -> Option<Node<'d>> {
        members::map(self.documents, owner, key, self.problems)
    }

    pub(super) fn finding(&mut self, code: Code, at: Node<'_>, message: impl Into<String>) {
        self.problems.push(Problem::new(code, at, message));
    }

    /// The object that a chain of references leads to; reported where it leads nowhere.
    pub(super) fn follow(&mut self, node: Node<'d>, object: Object) -> Option<Node<'d>> {
        let what = object.word();
        match self.documents.follow(node) {
            Ok(target) if target.value.is_object() => {
                self.check(target, object);
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
                self.problems.push(error.of(what, node));
                None
            }
        }
    }

    /// Reports, once, what of an object OpenAPI does not know.
    pub(super) fn check(&mut self, node: Node<'d>, object: Object) {
        if self.checked.insert(node.key()) {
            object.check(node, self.problems);
        }
    }

    fn path_items(&mut self, mut items: Vec<(&'d str, Node<'d>)>) -> Vec<Operation<'d>> {
        items.sort_unstable_by_key(|(path, _)| *path);
        let mut operations = Vec::new();
        for (path, node) in items {
            if !self.copies.within_limit() {
                break;
            }
            let Some(item) = self.follow(node, Object::PathItem) else {
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
            self.unsupported(path, item);
        }
        operations
    }

    /// Reports the operations of a path that only OpenAPI 3.2 knows.
    fn unsupported(&mut self, path: &str, item: Node<'d>) {
        let query = item.get("query").map(|node| ("QUERY", node));
        let additional = item.get("additionalOperations");
        let additional = additional.into_iter().flat_map(|map| map.members());
        let others = query.into_iter().chain(additional);
        for (method, node) in others.filter(|(method, _)| !method.starts_with("x-")) {
            let message = format!("the operation `{method} {path}` is not part of the client");
            self.finding(Code::UNSUPPORTED_OPERATION, node, message);
        }
    }

    fn operation(
        &mut self,
        path: &'d str,
        method: HttpMethod,
        node: Node<'d>,
        item: Node<'d>,
    ) -> Option<Operation<'d>> {
        let node = self.follow(node, Object::Operation)?;
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
        self.lists(node)?;
        let callbacks = self.callbacks(node);
        self.states_security |= node.get("security").is_some();
        let security = security::requirements(node.get("security"), self.problems)
            .unwrap_or_else(|| self.default_security.clone());
        let server = self.own_server(node, item);
        let body = node
            .get("requestBody")
            .and_then(|body| self.follow(body, Object::RequestBody))
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
            callbacks,
        })
    }

    /// The callbacks of an operation. A callback's own are not read: they may be the same again.
    fn callbacks(&mut self, operation: Node<'d>) -> Vec<Callback<'d>> {
        let stated = operation.get("callbacks");
        let Some(stated) = stated.filter(|at| at.members().next().is_some()) else {
            return Vec::new();
        };
        if self.callbacks == Callbacks::Reported {
            let message = "callbacks are not part of the client";
            self.finding(Code::CALLBACK, stated, message);
            return Vec::new();
        }
        self.callbacks = Callbacks::Reported;
        let mut named: Vec<_> = stated.members().collect();
        named.sort_unstable_by_key(|(name, _)| *name);
        let mut callbacks = Vec::new();
        for (name, node) in named {
            let Some(callback) = self.follow(node, Object::Callback) else {
                continue;
            };
            let items = callback.members();
            let items = items.filter(|(expression, _)| !expression.starts_with("x-"));
            let operations = self.path_items(items.collect());
            callbacks.push(Callback { name, operations });
        }
        self.callbacks = Callbacks::Read;
        callbacks
    }

    /// Pays for the lists that an operation has, or takes from the document.
    fn lists(&mut self, operation: Node<'d>) -> Option<()> {
        let security = operation.get("security");
        let lists = [
            operation.get("tags"),
            security.or_else(|| self.root.get("security")),
        ];
        let affordable = lists
            .into_iter()
            .flatten()
            .all(|list| self.copies.whole(list, self.problems));
        affordable.then_some(())
    }
}

pub(super) fn text(node: Node<'_>, key: &str) -> Option<String> {
    node.get(key)
        .map(|text| text.value)
        .and_then(Value::as_str)
        .map(str::to_owned)
}
