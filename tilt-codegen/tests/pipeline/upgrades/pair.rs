//! A pair of documents as models: the new one with the names of the old one.

use serde_json::Value;
use tilt_codegen::config::Config;
use tilt_codegen::diagnostic::Diagnostics;
use tilt_codegen::drift::{Bump, Effect, ItemChange};
use tilt_codegen::model::Sdk;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled};

/// The model of a document, for what comes after it.
pub(super) struct Base {
    pub(super) document: Value,
    pub(super) sdk: Sdk,
    names: String,
}

/// The documents of an API: `openapi` or `asyncapi` says which it is.
pub(crate) fn inputs(document: &Value, names: Option<String>) -> Inputs {
    let input = |name: &str, bytes: Vec<u8>| Input::Bytes {
        name: name.to_owned(),
        bytes,
    };
    let bytes = document.to_string().into_bytes();
    let mut inputs = Inputs {
        names: names.map(|text| input("names.lock", text.into_bytes())),
        ..Inputs::default()
    };
    match document.get("asyncapi") {
        Some(_) => inputs.asyncapi = Some(input("events.json", bytes)),
        None => inputs.openapi = Some(input("api.json", bytes)),
    }
    inputs
}

fn model(document: &Value, names: Option<String>) -> Result<Modelled, Diagnostics> {
    Generator::new(Config::default()).model(&inputs(document, names))
}

impl Base {
    pub(super) fn of(document: Value) -> Self {
        let modelled = model(&document, None).unwrap_or_else(|it| panic!("{document:#}\n{it:?}"));
        Self {
            document,
            sdk: modelled.sdk,
            names: modelled.names.file().contents,
        }
    }

    /// The model of the next document, with the names of this one, if there is one of it.
    pub(super) fn next(&self, document: &Value) -> Result<Sdk, Diagnostics> {
        model(document, Some(self.names.clone())).map(|it| it.sdk)
    }
}

/// `item effect bump`, a line each.
pub(super) fn lines(changes: &[ItemChange]) -> Vec<String> {
    changes.iter().map(line).collect()
}

fn line(change: &ItemChange) -> String {
    format!(
        "{} {} {}",
        change.item,
        word(change.effect),
        step(change.bump)
    )
}

pub(super) fn word(effect: Effect) -> String {
    serde_json::to_value(effect)
        .ok()
        .and_then(|it| it.as_str().map(str::to_owned))
        .expect("an effect is a word")
}

fn step(bump: Bump) -> &'static str {
    match bump {
        Bump::None => "none",
        Bump::Patch => "patch",
        Bump::Minor => "minor",
        Bump::Major => "major",
    }
}
