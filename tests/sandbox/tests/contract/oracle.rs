//! What the raw documents say of an answer or event, by a validator that is not ours.

use std::collections::BTreeSet;

use http::{HeaderMap, Method};
use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

const OPENAPI: &str = include_str!("../../../../specs/openapi.json");
const ASYNCAPI: &str = include_str!("../../../../specs/asyncapi.json");

pub(crate) struct Oracle {
    openapi: Value,
    asyncapi: Value,
}

impl Oracle {
    pub(crate) fn new() -> Self {
        Self {
            openapi: serde_json::from_str(OPENAPI).expect("JSON"),
            asyncapi: serde_json::from_str(ASYNCAPI).expect("JSON"),
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
        let operation = &self.openapi["paths"][route][method.as_str().to_lowercase()];
        let responses = &operation["responses"];
        let response = responses
            .get(status.to_string())
            .or_else(|| responses.get("default").filter(|_| status >= 400))
            .unwrap_or_else(|| unreachable!("{at}: not documented"));
        let response = self.resolve(response);
        for (name, header) in response["headers"].as_object().into_iter().flatten() {
            let value = headers.get(name).map(|value| value.to_str().expect("text"));
            let value = value.unwrap_or_else(|| unreachable!("{at}: no {name}"));
            assert!(header["schema"]["type"] == "integer", "{at}: {name}");
            value.parse::<u32>().expect("an integer");
        }
        let schema = &response["content"]["application/json"]["schema"];
        assert_valid(&at, &self.openapi, schema, body);
    }

    /// Whether a body is valid for an operation.
    pub(crate) fn accepts_body(&self, route: &str, body: &Value) -> bool {
        let schema = &self.openapi["paths"][route]["post"]["requestBody"]["content"]["application/json"]
            ["schema"];
        assert!(schema.is_object(), "{route}: no body");
        validator(&self.openapi, schema).is_valid(body)
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
        assert_valid(kind, &self.asyncapi, &message["payload"], payload);
        let signed = &self.asyncapi["components"]["messageTraits"]["Signed"]["headers"];
        let header = headers.get("X-Tilt-Signature").expect("a signature");
        let headers = json!({"X-Tilt-Signature": header.to_str().expect("text")});
        assert_valid(kind, &self.asyncapi, signed, &headers);
    }

    /// Asserts that an event of an undocumented kind has the documented envelope.
    pub(crate) fn check_envelope(&self, payload: &Value) {
        let envelope = json!({"$ref": "#/components/schemas/EventEnvelope"});
        assert_valid("envelope", &self.asyncapi, &envelope, payload);
    }

    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => self
                .openapi
                .pointer(reference.trim_start_matches('#'))
                .expect("a target"),
            None => value,
        }
    }
}

fn assert_valid(at: &str, document: &Value, schema: &Value, instance: &Value) {
    assert!(schema.is_object(), "{at}: no schema");
    let errors: Vec<String> = validator(document, schema)
        .iter_errors(instance)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{at}: {errors:?} in {instance}");
}

/// The schema, with the document's components around it for its references.
fn validator(document: &Value, schema: &Value) -> Validator {
    let mut schema = schema.clone();
    schema["components"] = document["components"].clone();
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .build(&schema)
        .expect("a schema")
}
