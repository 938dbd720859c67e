//! Answers and events against the raw documents, by a validator that is not ours.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex};

use http::{HeaderMap, Method};
use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

pub(crate) struct Oracle {
    openapi: Value,
    asyncapi: Value,
    /// By the schema's text: building one takes far longer than asking it.
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

impl Oracle {
    /// By the accepted documents.
    pub(crate) fn new() -> Self {
        Self::read("specs")
    }

    /// By the documents of a folder of the workspace.
    pub(crate) fn read(folder: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .join(folder);
        let read = |name: &str| {
            let text = std::fs::read_to_string(folder.join(name)).expect("a document");
            serde_json::from_str(&text).expect("JSON")
        };
        Self {
            openapi: read("openapi.json"),
            asyncapi: read("asyncapi.json"),
            validators: Mutex::default(),
        }
    }

    /// Every documented status of every operation, as `METHOD path status`.
    pub(crate) fn statuses(&self) -> BTreeSet<String> {
        let mut statuses = BTreeSet::new();
        for (path, item) in self.openapi["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("a path item") {
                let responses = operation["responses"].as_object().expect("responses");
                for status in responses.keys().filter(|status| *status != "default") {
                    statuses.insert(format!("{} {path} {status}", method.to_uppercase()));
                }
            }
        }
        statuses
    }

    /// Asserts that an answer is a documented one.
    pub(crate) fn check_answer(
        &self,
        method: &Method,
        route: &str,
        status: u16,
        headers: &HeaderMap,
        body: &Value,
    ) {
        let at = format!("{method} {route} {status}");
        let response = self.response(method.as_str(), route, status);
        for (name, header) in response["headers"].as_object().into_iter().flatten() {
            assert!(header["schema"]["type"] == "integer", "{at}: {name}");
            match headers.get(name) {
                Some(value) => {
                    let value = value.to_str().expect("text");
                    value.parse::<u32>().expect("an integer");
                }
                None => assert!(header["required"] != true, "{at}: no {name}"),
            }
        }
        let schema = &response["content"]["application/json"]["schema"];
        self.assert_valid(&at, &self.openapi, schema, body);
    }

    /// Whether an answer's body is valid.
    pub(crate) fn accepts_answer(
        &self,
        method: &str,
        route: &str,
        status: u16,
        body: &Value,
    ) -> bool {
        let response = self.response(method, route, status);
        let schema = &response["content"]["application/json"]["schema"];
        self.validator(&self.openapi, schema).is_valid(body)
    }

    fn response(&self, method: &str, route: &str, status: u16) -> &Value {
        let responses = &self.openapi["paths"][route][method.to_lowercase()]["responses"];
        let response = responses
            .get(status.to_string())
            .or_else(|| responses.get("default").filter(|_| status >= 400))
            .unwrap_or_else(|| unreachable!("{method} {route} {status}: not documented"));
        self.resolve(response)
    }

    /// Whether a body is valid for an operation.
    pub(crate) fn accepts_body(&self, route: &str, body: &Value) -> bool {
        let schema = &self.openapi["paths"][route]["post"]["requestBody"]["content"]["application/json"]
            ["schema"];
        assert!(schema.is_object(), "{route}: no body");
        self.validator(&self.openapi, schema).is_valid(body)
    }

    /// Asserts that an event's payload and headers are documented, the kind included.
    pub(crate) fn check_event(&self, kind: &str, headers: &HeaderMap, payload: &Value) {
        let messages = &self.asyncapi["components"]["messages"];
        let message = messages
            .as_object()
            .expect("messages")
            .values()
            .find(|message| message["name"] == kind)
            .unwrap_or_else(|| unreachable!("{kind}: not documented"));
        self.assert_valid(kind, &self.asyncapi, &message["payload"], payload);
        let signed = &self.asyncapi["components"]["messageTraits"]["Signed"]["headers"];
        let header = headers.get("X-Tilt-Signature").expect("a signature");
        let headers = json!({"X-Tilt-Signature": header.to_str().expect("text")});
        self.assert_valid(kind, &self.asyncapi, signed, &headers);
    }

    /// Whether some message of the document has such a payload.
    pub(crate) fn accepts_event(&self, payload: &Value) -> bool {
        let channels = self.asyncapi["channels"].as_object().expect("channels");
        channels
            .values()
            .flat_map(|channel| [&channel["subscribe"], &channel["publish"]])
            .map(|operation| self.resolve_event(&operation["message"]))
            .flat_map(|message| match message["oneOf"].as_array() {
                Some(messages) => messages.iter().collect(),
                None => vec![message],
            })
            .map(|message| &self.resolve_event(message)["payload"])
            .filter(|schema| schema.is_object())
            .any(|schema| self.validator(&self.asyncapi, schema).is_valid(payload))
    }

    /// Every operation's parameters, as `METHOD path: location name required`, sorted.
    pub(crate) fn parameters(&self) -> BTreeSet<String> {
        let mut lines = BTreeSet::new();
        for (path, item) in self.openapi["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("a path item") {
                let at = format!("{} {path}", method.to_uppercase());
                for parameter in operation["parameters"].as_array().into_iter().flatten() {
                    let parameter = self.resolve(parameter);
                    let location = parameter["in"].as_str().unwrap_or_default();
                    let name = parameter["name"].as_str().unwrap_or_default();
                    let required = parameter["required"] == true;
                    lines.insert(format!("{at}: {location} {name} {required}"));
                }
                lines.insert(at);
            }
        }
        lines
    }

    /// The scope that each operation's security names, as `METHOD path: scope`.
    pub(crate) fn scopes(&self) -> BTreeSet<String> {
        let mut lines = BTreeSet::new();
        for (path, item) in self.openapi["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("a path item") {
                let schemes = operation["security"][0].as_object().into_iter().flatten();
                for scope in schemes.filter_map(|(_, scopes)| scopes[0].as_str()) {
                    lines.insert(format!("{} {path}: {scope}", method.to_uppercase()));
                }
            }
        }
        lines
    }

    /// Asserts that an event of an undocumented kind has the documented envelope.
    pub(crate) fn check_envelope(&self, payload: &Value) {
        let envelope = json!({"$ref": "#/components/schemas/EventEnvelope"});
        self.assert_valid("envelope", &self.asyncapi, &envelope, payload);
    }

    fn assert_valid(&self, at: &str, document: &Value, schema: &Value, instance: &Value) {
        assert!(schema.is_object(), "{at}: no schema");
        let errors: Vec<String> = self
            .validator(document, schema)
            .iter_errors(instance)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{at}: {errors:?} in {instance}");
    }

    /// The schema, with the document's components around it for its references.
    fn validator(&self, document: &Value, schema: &Value) -> Arc<Validator> {
        let version = &document["openapi"];
        let mut validators = self.validators.lock().expect("the validators");
        validators
            .entry(format!("{version} {schema}"))
            .or_insert_with(|| {
                let mut schema = schema.clone();
                schema["components"] = document["components"].clone();
                let validator = jsonschema::options()
                    .with_draft(Draft::Draft202012)
                    .should_validate_formats(true)
                    .build(&schema)
                    .expect("a schema");
                Arc::new(validator)
            })
            .clone()
    }

    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        resolve(&self.openapi, value)
    }

    fn resolve_event<'a>(&'a self, value: &'a Value) -> &'a Value {
        resolve(&self.asyncapi, value)
    }
}

fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(reference) => document
            .pointer(reference.trim_start_matches('#'))
            .expect("a target"),
        None => value,
    }
}
