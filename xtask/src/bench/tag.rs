//! The cost for a user who takes one tag of an API.

use super::Bench;
use super::compile::{CHECK, Compilation};
use super::table::{Table, cost, ratios};
use crate::failure::Failure;
use std::path::Path;

pub(super) fn section(bench: &Bench<'_>) -> Result<String, Failure> {
    let mut table = Table::new(
        "One tag",
        "`cargo check` of each SDK with all its features, and with the first of those that stand for tags.",
        &["document", "all", "tag", "one tag", "of all: time, memory"],
    );
    let workspace = bench.workspace("tag")?;
    let Some(ours) = bench.ours() else {
        return Ok(String::new());
    };
    for document in &bench.documents {
        let name = format!("bench-{}", document.name.replace('.', "-"));
        let out = workspace.member(&name);
        let mut row = vec![document.name.clone()];
        if let Err(why) = ours.generate(&document.path, &out, &workspace.folder) {
            row.push(why);
        } else {
            let all = workspace.least(&name, CHECK);
            row.push(cost(&all));
            if let Some(tag) = first_tag(&out) {
                let features = format!("client,{tag}");
                let one = workspace.least(
                    &name,
                    Compilation {
                        command: &["check", "--no-default-features", "--features", &features],
                        incremental: false,
                    },
                );
                row.extend([tag, cost(&one), ratios(&one, &all)]);
            }
        }
        eprintln!("  {}", row.join(" | "));
        table.row(row);
    }
    Ok(table.finish())
}

/// The first feature that is on by default and not of the runtime.
fn first_tag(generated: &Path) -> Option<String> {
    const OF_THE_RUNTIME: [&str; 4] = ["client", "http2", "rustls", "webhooks"];
    let text = std::fs::read_to_string(generated.join("Cargo.toml")).ok()?;
    let manifest: toml::Table = text.parse().ok()?;
    let features = manifest.get("features")?.as_table()?;
    // A group of features may stand for all tags.
    let mut on = vec!["default"];
    let mut at = 0;
    while let Some(name) = on.get(at) {
        let enabled = features.get(*name).and_then(toml::Value::as_array);
        for feature in enabled
            .into_iter()
            .flatten()
            .filter_map(toml::Value::as_str)
        {
            if features.contains_key(feature) && !on.contains(&feature) {
                on.push(feature);
            }
        }
        at += 1;
    }
    let enables_others = |name: &str| {
        features
            .get(name)
            .and_then(toml::Value::as_array)
            .is_some_and(|enabled| enabled.len() > 3)
    };
    on.into_iter()
        .filter(|name| *name != "default" && !OF_THE_RUNTIME.contains(name))
        .find(|name| !enables_others(name))
        .map(str::to_owned)
}
