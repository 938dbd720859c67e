//! The pairs of documents as SDKs, and what is said of them.

#[path = "../../../tilt-codegen/tests/upgrades/stated.rs"]
#[allow(
    clippy::panic,
    dead_code,
    reason = "the folder is the project's own, and its tests read it"
)]
mod stated;

use serde_json::Value;
use std::path::Path;
use tilt_codegen::config::Config;
use tilt_codegen::diagnostic::Look;
use tilt_codegen::drift::{Bump, Effect, ItemChange, item_changes};
use tilt_codegen::model::Sdk;
use tilt_codegen::render::{self, File, RenderOptions};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled};

pub(super) struct Pair {
    /// The module that it is.
    pub(super) module: String,
    pub(super) effect: &'static str,
    pub(super) name: String,
    pub(super) old: Sdk,
    pub(super) new: Sdk,
    pub(super) changes: Vec<ItemChange>,
}

/// The pairs of a folder; the first of each effect, as many as asked for.
pub(super) fn pairs(folder: &Path, most: usize) -> Result<Vec<Pair>, String> {
    let document = stated::document(folder);
    let mut pairs = Vec::new();
    for effect in stated::EFFECTS {
        for stated in stated::of(folder, effect).into_iter().take(most) {
            let (old, new) = stated.documents(&document);
            let old = model(&old, None)?;
            let names = old.names.file().contents;
            let new = model(&new, Some(names))?;
            pairs.push(Pair {
                module: format!("p{}", pairs.len()),
                effect,
                name: stated.name,
                changes: item_changes(&old.sdk, &new.sdk),
                old: old.sdk,
                new: new.sdk,
            });
        }
    }
    Ok(pairs)
}

fn model(document: &Value, names: Option<String>) -> Result<Modelled, String> {
    let input = |name: &str, text: String| Input::Bytes {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    let inputs = Inputs {
        openapi: Some(input("api.json", document.to_string())),
        names: names.map(|text| input("names.lock", text)),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs);
    modelled.map_err(|refusal| refusal.report(Look::Narrated))
}

/// The source tree of an SDK, in a folder of its own.
pub(super) fn sources(sdk: &Sdk) -> Vec<File> {
    let files = render::package(sdk, &RenderOptions::new("proof")).into_iter();
    let files = files.filter_map(|file| {
        let path = file.path.strip_prefix("src/generated/")?.to_owned();
        Some(File { path, ..file })
    });
    files.collect()
}

impl Pair {
    /// Whether programs of the old SDK are said to compile with the new one: with all features, or with one alone.
    pub(super) fn compiles(&self, alone: bool) -> bool {
        !self.changes.iter().any(|it| {
            let is_seen = match it.effect {
                Effect::SilentlyDifferent => false,
                Effect::FeatureChanged => alone,
                _ => true,
            };
            is_seen && it.bump == Bump::Major
        })
    }
}
