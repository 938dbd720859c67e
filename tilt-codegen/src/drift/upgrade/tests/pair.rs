//! A pair of documents as models: the new one with the names of the old one.

use super::super::{Change, changes};
use crate::config::Config;
use crate::drift::finding::{Bump, Effect};
use crate::model::Sdk;
use crate::source::Input;
use crate::{Generator, Inputs};
use serde_json::Value;

pub(super) struct Pair {
    pub(super) old: Sdk,
    pub(super) new: Sdk,
}

/// The documents of an API: `openapi` or `asyncapi` says which it is.
fn inputs(document: &Value, names: Option<String>) -> Inputs {
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

impl Pair {
    pub(super) fn of(old: &Value, new: &Value, config: &Config) -> Self {
        let generator = Generator::new(config.clone());
        let model = |document, names| match generator.model(&inputs(document, names)) {
            Ok(modelled) => modelled,
            Err(diagnostics) => panic!("{document:#}\n{diagnostics:?}"),
        };
        let old = model(old, None);
        let new = model(new, Some(old.names.file().contents));
        Self {
            old: old.sdk,
            new: new.sdk,
        }
    }

    pub(super) fn changes(&self) -> Vec<Change> {
        changes(&self.old, &self.new)
    }
}

/// `item effect bump`, a line each.
pub(super) fn lines(changes: &[Change]) -> Vec<String> {
    changes.iter().map(line).collect()
}

fn line(change: &Change) -> String {
    format!(
        "{} {} {}",
        change.item.item,
        word(change.item.effect),
        step(change.item.bump)
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
