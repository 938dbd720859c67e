//! The other judge: `cargo-semver-checks`, which compares what is there, and no types.

use super::crates::{Broken, Crates, Side};
use super::pairs::Pair;
use crate::cargo;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;
use tilt_codegen::drift::{Bump, Effect, ItemChange};

/// The words of the judge.
pub(super) enum Lints {
    /// It is not installed.
    Absent,
    /// The lines of each module of which something is said.
    Found(BTreeMap<String, BTreeSet<String>>),
}

pub(super) fn run(crates: &Crates<'_>) -> Result<Lints, Broken> {
    let version = cargo::command(&crates.folder)
        .args(["semver-checks", "--version"])
        .stdin(Stdio::null())
        .output();
    if !version.is_ok_and(|it| it.status.success()) {
        return Ok(Lints::Absent);
    }
    let folder = |side: Side| crates.folder.join(side.folder());
    let output = cargo::command(&folder(Side::New))
        .args([
            "semver-checks",
            "check-release",
            "--release-type",
            "minor",
            "--only-explicit-features",
        ])
        .args([
            "--features",
            "all,client,samples",
            "--color",
            "never",
            "--baseline-root",
        ])
        .arg(folder(Side::Old))
        .env("CARGO_TARGET_DIR", crates.target.join("lints"))
        .env("CARGO_NET_OFFLINE", "true")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Broken::File {
            action: "start cargo-semver-checks".to_owned(),
            error,
        })?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    // It ends with 100 where a lint found something.
    if !output.status.success() && output.status.code() != Some(100) {
        return Err(Broken::Compiles {
            name: "that cargo-semver-checks documents".to_owned(),
            told: String::from_utf8_lossy(&output.stderr).into_owned(),
        });
    }
    Ok(Lints::Found(found(&told, crates.pairs)))
}

/// The lines by the modules that they name.
fn found(told: &str, pairs: &[Pair]) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut lint = "";
    for line in told.lines() {
        if let Some(name) = line.strip_prefix("--- failure ") {
            lint = name.split(':').next().unwrap_or_default();
        }
        for pair in pairs {
            let names = [
                format!("proof::{}::", pair.module),
                format!("src/{}/", pair.module),
            ];
            if names.iter().any(|it| line.contains(it)) {
                found
                    .entry(pair.module.clone())
                    .or_default()
                    .insert(lint.to_owned());
            }
        }
    }
    found
}

/// The pairs of which it says something else, each with the reason.
pub(super) fn otherwise(pairs: &[Pair], found: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut lines = Vec::new();
    for pair in pairs {
        let (lints, compiles) = (found.get(&pair.module), pair.compiles(false));
        let line = match (lints, compiles) {
            (Some(lints), true) => {
                format!("finds {lints:?}, and every program compiles: NO KNOWN REASON")
            }
            (None, false) => format!("finds nothing, and programs break: {}", blind(pair)),
            _ => continue,
        };
        lines.push(format!(
            "cargo-semver-checks, {}: {}: {line}",
            pair.effect, pair.name
        ));
    }
    lines
}

/// Why it does not see a pair's changes.
fn blind(pair: &Pair) -> String {
    let major = pair.changes.iter().filter(|it| it.bump == Bump::Major);
    let reasons: BTreeSet<&str> = major
        .filter(|it| it.effect != Effect::SilentlyDifferent)
        .map(|it| blind_to(it).unwrap_or("NO KNOWN REASON"))
        .collect();
    let reasons: Vec<&str> = reasons.into_iter().collect();
    reasons.join(", and ")
}

/// Why it does not see a change of an item.
fn blind_to(change: &ItemChange) -> Option<&'static str> {
    // An implementation of a trait is written as the trait behind the type, or as what it gives.
    let is_implementation = change.item.contains(": ") || change.item.ends_with("::sample");
    match change.effect {
        Effect::TypeChanged | Effect::NowOptional | Effect::SignatureChanged => {
            Some("it compares no types")
        }
        Effect::FeatureChanged => Some("it looks at all features together"),
        Effect::Removed if is_implementation => Some("it looks for no implementation of a trait"),
        _ => None,
    }
}
