//! The members of each operation in an SDK, against a count of the raw document.
//!
//! The document is read by nothing but this folder. A missing member is a loss unless the generator
//! reported something at the place where it stands.

mod document;
mod loss;
mod sdk;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tilt_codegen::diagnostic::Diagnostics;
use tilt_codegen::model::Sdk;

pub use loss::Loss;

/// Of one operation: each fact with the pointers of the objects that state it, the referring and the
/// referred.
type Facts = BTreeMap<Fact, Vec<String>>;

/// By method and path.
type Operations = BTreeMap<String, Facts>;

/// Something that an operation has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Fact {
    Operation,
    RequestBody,
    /// Where it goes, and its name.
    Parameter(&'static str, String),
    /// With a status and content.
    Success(String),
    /// With a status and content.
    Error(String),
    /// It has to be authenticated by these schemes, in one alternative.
    Security(BTreeSet<String>),
}

/// How much there is of what, by the kinds of facts.
pub type Counts = BTreeMap<&'static str, usize>;

/// A document against its SDK.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Census {
    /// In the document.
    pub document: Counts,
    /// In the SDK.
    pub sdk: Counts,
    /// Things that are in only one of them, although nothing was reported about them.
    pub losses: Vec<Loss>,
}

/// Counts the operations of an OpenAPI document, and what is in them.
pub fn census(document: &Value, sdk: &Sdk, findings: &Diagnostics) -> Census {
    let wanted = document::operations(document);
    let had = sdk::operations(sdk, &wanted);
    Census {
        document: counts(&wanted),
        sdk: counts(&had),
        losses: loss::losses(&wanted, &had, findings),
    }
}

fn counts(operations: &Operations) -> Counts {
    let mut counts = Counts::new();
    for fact in operations.values().flat_map(BTreeMap::keys) {
        *counts.entry(fact.kind()).or_default() += 1;
    }
    counts
}

impl Fact {
    fn kind(&self) -> &'static str {
        match self {
            Fact::Operation => "operations",
            Fact::RequestBody => "request bodies",
            Fact::Parameter("path", _) => "path parameters",
            Fact::Parameter("query", _) => "query parameters",
            Fact::Parameter("header", _) => "header parameters",
            Fact::Parameter(..) => "cookie parameters",
            Fact::Success(_) => "answers",
            Fact::Error(_) => "errors",
            Fact::Security(_) => "security alternatives",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Api;
    use serde_json::json;

    fn census_of(document: &Value, change: impl Fn(&mut Sdk)) -> Census {
        let api = Api::of_document("api", document.clone());
        let modelled = api.generator().model(&api.inputs()).expect("a document");
        let mut sdk = modelled.sdk;
        change(&mut sdk);
        census(document, &sdk, &modelled.findings)
    }

    fn document() -> Value {
        let text = json!({"text/plain": {"schema": {"type": "string"}}});
        json!({
            "openapi": "3.0.3",
            "info": {"title": "t", "version": "1"},
            "security": [{"key": []}],
            "paths": {"/a/{id}": {
                "parameters": [{"$ref": "#/components/parameters/Id"}],
                "post": {
                    "parameters": [
                        {"name": "q", "in": "query", "schema": {"type": "string"}},
                        {"name": "Accept", "in": "header", "schema": {"type": "string"}},
                    ],
                    "requestBody": {"content": text},
                    "responses": {
                        "200": {"description": "", "content": text},
                        "204": {"description": "", "content": text},
                        "4xx": {"description": "", "content": text},
                        "500": {"description": ""},
                    },
                },
            }},
            "components": {
                "parameters": {"Id": {"name": "id", "in": "path", "required": true, "schema": {}}},
                "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "k"}},
            },
        })
    }

    #[test]
    fn what_is_there_is_counted_and_what_a_finding_says_is_no_loss() {
        let census = census_of(&document(), |_| ());
        assert_eq!(census.losses, []);
        let in_both = [
            ("errors", 1),
            ("operations", 1),
            ("path parameters", 1),
            ("query parameters", 1),
            ("request bodies", 1),
            ("security alternatives", 1),
        ];
        for (kind, count) in in_both {
            assert_eq!(census.document.get(kind), Some(&count), "{kind}");
            assert_eq!(census.sdk.get(kind), Some(&count), "{kind}");
        }
        assert_eq!(census.document.get("answers"), Some(&2));
        assert_eq!(census.sdk.get("answers"), Some(&1));
        assert!(!census.sdk.contains_key("header parameters"));
    }

    #[test]
    fn schemes_of_which_nothing_says_where_they_are_taken_are_taken_everywhere() {
        let mut document = document();
        document
            .as_object_mut()
            .expect("an object")
            .remove("security");
        let census = census_of(&document, |_| ());
        assert_eq!(census.losses, []);
        assert_eq!(census.sdk.get("security alternatives"), Some(&2));
        let census = census_of(&document, |sdk| {
            sdk.resources[0].operations[0].security.remove(0);
        });
        let lost = census.losses.iter().map(ToString::to_string);
        assert_eq!(
            lost.collect::<Vec<_>>(),
            ["POST /a/{id}: security `key` lost"]
        );
    }

    #[test]
    fn what_is_missing_or_too_much_is_a_loss() {
        let losses = |change: fn(&mut tilt_codegen::model::Operation)| {
            let census = census_of(&document(), |sdk| {
                change(&mut sdk.resources[0].operations[0]);
            });
            let losses = census.losses.iter().map(ToString::to_string);
            losses.collect::<Vec<_>>().join("; ")
        };
        assert_eq!(
            losses(|call| call.body = None),
            "POST /a/{id}: the request body lost"
        );
        assert_eq!(
            losses(|call| call.errors.clear()),
            "POST /a/{id}: the body of 4XX lost"
        );
        assert_eq!(
            losses(|call| call.security.clear()),
            "POST /a/{id}: security `key` lost"
        );
        assert_eq!(
            losses(|call| call.parameters.retain(|parameter| parameter.wire != "q")),
            "POST /a/{id}: query parameter `q` lost"
        );
        assert_eq!(
            losses(|call| call.parameters[0].wire.push('2')),
            "POST /a/{id}: path parameter `id` lost; POST /a/{id}: path parameter `id2` from nowhere"
        );
    }
}
