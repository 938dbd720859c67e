//! Requests, answers and events against the raw documents, by a validator that is not ours.

mod judge;
mod target;

use std::fmt;

use serde_json::Value;

use crate::document::ValidatorError;
use judge::Judge;
use target::{fit, split_target, values, values_of_header};

/// Judges by an OpenAPI and an AsyncAPI document.
#[derive(Debug)]
pub struct Oracle {
    openapi: Judge,
    asyncapi: Judge,
}

/// A request as it was sent.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// In capitals.
    pub method: &'a str,
    /// Path and query.
    pub target: &'a str,
    /// Names and values.
    pub headers: &'a [(String, String)],
    /// As it was sent.
    pub body: &'a [u8],
}

/// An answer as it was sent.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The status.
    pub status: u16,
    /// Names and values.
    pub headers: &'a [(String, String)],
    /// As it was sent.
    pub body: &'a [u8],
}

/// Everything that is not as documented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<String>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("; "))
    }
}

impl std::error::Error for Faults {}

/// Headers that HTTP itself speaks of; documents do not list them.
const COMMON_HEADERS: [&str; 8] = [
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
    "user-agent",
];

impl Oracle {
    /// An oracle for two documents.
    ///
    /// # Errors
    ///
    /// A schema cannot be compiled.
    pub fn new(openapi: &Value, asyncapi: &Value) -> Result<Self, ValidatorError> {
        Ok(Self {
            openapi: Judge::new(openapi)?,
            asyncapi: Judge::new(asyncapi)?,
        })
    }

    /// Whether a request is documented and valid; gives the operation as `METHOD path`.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn check_request(&self, request: &Request<'_>) -> Result<String, Faults> {
        let (path, query) = split_target(request.target);
        let operation = self.operation(request.method, path)?;
        let mut faults = Vec::new();
        self.check_parameters(&operation, request.headers, &query, &mut faults);
        self.check_body(&operation, request, &mut faults);
        self.check_security(&operation, request.headers, &mut faults);
        outcome(operation.name, faults)
    }

    /// Whether an answer to a request of this method and target is documented and valid; gives the
    /// operation and the status, as `METHOD path status`.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn check_answer(
        &self,
        method: &str,
        target: &str,
        answer: &Answer<'_>,
    ) -> Result<String, Faults> {
        let (path, _) = split_target(target);
        let operation = self.operation(method, path)?;
        let name = format!("{} {}", operation.name, answer.status);
        let responses = format!("{}/responses", operation.pointer);
        let response = [
            answer.status.to_string(),
            format!("{}XX", answer.status / 100),
            "default".to_owned(),
        ]
        .iter()
        .find_map(|status| {
            self.openapi
                .document
                .resolve(&format!("{responses}/{status}"))
        });
        let Some((pointer, response)) = response else {
            return Err(Faults(vec![format!("{name} is not documented")]));
        };
        let mut faults = Vec::new();
        for (name, _) in members(&response["headers"]) {
            let header = format!("{pointer}/headers/{}", escaped(name));
            self.check_header(&header, name, answer.headers, &mut faults);
        }
        if response["content"].is_object() {
            self.check_content(&pointer, answer.headers, answer.body, &mut faults);
        } else if !answer.body.is_empty() {
            faults.push("there is a body, and none is documented".to_owned());
        }
        outcome(name, faults)
    }

    /// The documented messages that a delivery is one of, by name or else by pointer.
    ///
    /// # Errors
    ///
    /// It is none of them; what each of them says.
    pub fn check_event(
        &self,
        headers: &[(String, String)],
        body: &[u8],
    ) -> Result<Vec<String>, Faults> {
        let payload: Value = serde_json::from_slice(body)
            .map_err(|error| Faults(vec![format!("the body is no JSON: {error}")]))?;
        let headers: Value = headers
            .iter()
            .map(|(name, value)| (name.to_lowercase(), Value::from(value.as_str())))
            .collect();
        let (mut names, mut faults) = (Vec::new(), Vec::new());
        for (pointer, message) in self.messages() {
            let name = message["name"].as_str().unwrap_or(&pointer).to_owned();
            match self.message_faults(&pointer, message, &headers, &payload) {
                wrong if wrong.is_empty() => names.push(name),
                wrong => faults.push(format!("{name}: {}", wrong.join(", "))),
            }
        }
        match names.is_empty() {
            true => Err(Faults(faults)),
            false => Ok(names),
        }
    }

    /// Every documented operation, as `METHOD path`.
    pub fn operations(&self) -> Vec<String> {
        let paths = &self.openapi.document.raw()["paths"];
        members(paths)
            .flat_map(|(path, item)| {
                members(item)
                    .filter(|(_, operation)| operation["responses"].is_object())
                    .map(move |(method, _)| format!("{} {path}", method.to_uppercase()))
            })
            .collect()
    }
}

struct Operation<'d> {
    /// `METHOD path`
    name: String,
    item: &'d Value,
    item_pointer: String,
    operation: &'d Value,
    pointer: String,
    /// The values of the path's parameters.
    path_values: Vec<(String, String)>,
}

impl Oracle {
    fn operation(&self, method: &str, path: &str) -> Result<Operation<'_>, Faults> {
        let templates = members(&self.openapi.document.raw()["paths"]);
        let mut fitting: Vec<(&str, Vec<(String, String)>)> = templates
            .filter_map(|(template, _)| Some((template, fit(template, path)?)))
            .collect();
        // Literal segments go before parameters.
        fitting.sort_by_key(|(_, values)| values.len());
        for (template, path_values) in fitting {
            let item_pointer = format!("/paths/{}", escaped(template));
            let Some((item_pointer, item)) = self.openapi.document.resolve(&item_pointer) else {
                continue;
            };
            let pointer = format!("{item_pointer}/{}", method.to_lowercase());
            if let Some(operation) = self.openapi.document.raw().pointer(&pointer) {
                return Ok(Operation {
                    name: format!("{method} {template}"),
                    item,
                    item_pointer,
                    operation,
                    pointer,
                    path_values,
                });
            }
        }
        Err(Faults(vec![format!("{method} {path} is not documented")]))
    }

    fn check_parameters(
        &self,
        operation: &Operation<'_>,
        headers: &[(String, String)],
        query: &[(String, String)],
        faults: &mut Vec<String>,
    ) {
        let lists = [
            (&operation.item_pointer, operation.item),
            (&operation.pointer, operation.operation),
        ];
        let mut listed: Vec<(String, String)> = Vec::new();
        for (owner, list) in lists {
            let count = list["parameters"].as_array().map_or(0, Vec::len);
            for index in 0..count {
                let pointer = format!("{owner}/parameters/{index}");
                let Some((pointer, parameter)) = self.openapi.document.resolve(&pointer) else {
                    faults.push(format!("the parameter at {pointer} leads nowhere"));
                    continue;
                };
                let text = |key: &str| parameter[key].as_str().unwrap_or_default().to_owned();
                let (name, location) = (text("name"), text("in"));
                let values: Vec<&str> = match location.as_str() {
                    "path" => values(&operation.path_values, &name),
                    "query" => values(query, &name),
                    "header" => headers
                        .iter()
                        .filter(|(header, _)| header.eq_ignore_ascii_case(&name))
                        .map(|(_, value)| value.as_str())
                        .collect(),
                    _ => Vec::new(),
                };
                if values.is_empty() {
                    if parameter["required"] == true {
                        faults.push(format!("the {location} parameter `{name}` is missing"));
                    }
                } else if !self
                    .openapi
                    .accepts_text(&format!("{pointer}/schema"), &values)
                {
                    faults.push(format!("the {location} parameter `{name}` is {values:?}"));
                }
                listed.push((location, name));
            }
        }
        let is_known = |location: &str, name: &str| {
            listed.iter().any(|(other, other_name)| {
                other == location && other_name.eq_ignore_ascii_case(name)
            })
        };
        for (name, _) in query.iter().filter(|(name, _)| !is_known("query", name)) {
            faults.push(format!("the query parameter `{name}` is not documented"));
        }
        for (name, _) in headers {
            let is_common = COMMON_HEADERS.contains(&name.to_lowercase().as_str());
            if !is_common && !is_known("header", name) {
                faults.push(format!("the header `{name}` is not documented"));
            }
        }
    }

    fn check_body(
        &self,
        operation: &Operation<'_>,
        request: &Request<'_>,
        faults: &mut Vec<String>,
    ) {
        let pointer = format!("{}/requestBody", operation.pointer);
        match self.openapi.document.resolve(&pointer) {
            None if request.body.is_empty() => {}
            None => faults.push("there is a body, and none is documented".to_owned()),
            Some((_, body)) if request.body.is_empty() => {
                if body["required"] == true {
                    faults.push("the body is missing".to_owned());
                }
            }
            Some((pointer, _)) => {
                self.check_content(&pointer, request.headers, request.body, faults);
            }
        }
    }

    /// A body against the `content` of the object at a pointer.
    fn check_content(
        &self,
        owner: &str,
        headers: &[(String, String)],
        body: &[u8],
        faults: &mut Vec<String>,
    ) {
        let content_type = values_of_header(headers, "content-type")
            .next()
            .unwrap_or_default();
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        let content = self
            .openapi
            .document
            .raw()
            .pointer(&format!("{owner}/content"));
        let documented = content
            .into_iter()
            .flat_map(members)
            .find(|(name, _)| name.eq_ignore_ascii_case(media_type));
        let Some((name, media)) = documented else {
            faults.push(format!("the media type `{content_type}` is not documented"));
            return;
        };
        if media.get("schema").is_none() {
            return;
        }
        match serde_json::from_slice::<Value>(body) {
            Ok(body) => {
                let pointer = format!("{owner}/content/{}/schema", escaped(name));
                faults.extend(self.openapi.validator.faults(&pointer, &body));
            }
            Err(error) => faults.push(format!("the body is no JSON: {error}")),
        }
    }

    fn check_header(
        &self,
        pointer: &str,
        name: &str,
        headers: &[(String, String)],
        faults: &mut Vec<String>,
    ) {
        let Some((pointer, header)) = self.openapi.document.resolve(pointer) else {
            faults.push(format!("the header at {pointer} leads nowhere"));
            return;
        };
        let values: Vec<&str> = values_of_header(headers, name).collect();
        if values.is_empty() {
            if header["required"] == true {
                faults.push(format!("the header `{name}` is missing"));
            }
        } else if !self
            .openapi
            .accepts_text(&format!("{pointer}/schema"), &values)
        {
            faults.push(format!("the header `{name}` is {values:?}"));
        }
    }

    /// Bearer tokens are all that is looked at.
    fn check_security(
        &self,
        operation: &Operation<'_>,
        headers: &[(String, String)],
        faults: &mut Vec<String>,
    ) {
        let root = self.openapi.document.raw();
        let security = operation.operation.get("security").or(root.get("security"));
        let is_asked = security
            .and_then(Value::as_array)
            .is_some_and(|alternatives| {
                !alternatives.is_empty()
                    && alternatives
                        .iter()
                        .all(|schemes| schemes != &serde_json::json!({}))
            });
        let has_token = values_of_header(headers, "authorization").any(|value| {
            value
                .strip_prefix("Bearer ")
                .is_some_and(|token| !token.is_empty())
        });
        if is_asked && !has_token {
            faults.push("there is no bearer token".to_owned());
        }
    }

    /// The messages that any channel carries.
    fn messages(&self) -> Vec<(String, &Value)> {
        let document = &self.asyncapi.document;
        let mut messages: Vec<(String, &Value)> = Vec::new();
        for (channel, _) in members(&document.raw()["channels"]) {
            for direction in ["subscribe", "publish"] {
                let pointer = format!("/channels/{}/{direction}/message", escaped(channel));
                let Some((pointer, message)) = document.resolve(&pointer) else {
                    continue;
                };
                match message["oneOf"].as_array() {
                    Some(branches) => {
                        messages.extend((0..branches.len()).filter_map(|index| {
                            document.resolve(&format!("{pointer}/oneOf/{index}"))
                        }))
                    }
                    None => messages.push((pointer, message)),
                }
            }
        }
        messages
    }

    fn message_faults(
        &self,
        pointer: &str,
        message: &Value,
        headers: &Value,
        payload: &Value,
    ) -> Vec<String> {
        let mut faults = match message.get("payload") {
            Some(_) => self
                .asyncapi
                .validator
                .faults(&format!("{pointer}/payload"), payload),
            None => Vec::new(),
        };
        let mut owners = vec![pointer.to_owned()];
        let traits = message["traits"].as_array().map_or(0, Vec::len);
        owners.extend((0..traits).filter_map(|index| {
            let pointer = format!("{pointer}/traits/{index}");
            Some(self.asyncapi.document.resolve(&pointer)?.0)
        }));
        for owner in owners {
            let pointer = format!("{owner}/headers");
            let Some(schema) = self.asyncapi.document.raw().pointer(&pointer) else {
                continue;
            };
            // Names of headers have no case, those of properties have.
            let named: Value = members(&schema["properties"])
                .filter_map(|(name, _)| {
                    let value = headers.get(name.to_lowercase())?;
                    Some((name.to_owned(), value.clone()))
                })
                .collect();
            faults.extend(self.asyncapi.validator.faults(&pointer, &named));
        }
        faults
    }
}

fn outcome(name: String, faults: Vec<String>) -> Result<String, Faults> {
    if faults.is_empty() {
        return Ok(name);
    }
    let faults = faults.into_iter().map(|fault| format!("{name}: {fault}"));
    Err(Faults(faults.collect()))
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let members = value.as_object().into_iter().flatten();
    members.map(|(name, member)| (name.as_str(), member))
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
