//! What of each operation an SDK has, against a count of the raw document.
//!
//! The document is read by nothing but this folder. What is missing is a loss unless the generator
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
    /// What is in only one of them, although nothing was reported about it.
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
