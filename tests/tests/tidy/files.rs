//! Rules about single files: headers, fixtures, snapshots, manifests, words.

use crate::project::{Project, is_under};
use crate::rules::Rules;

/// Generated files say so in their first line, and no other file does.
pub(crate) fn headers(project: &Project, rules: &Rules) -> Vec<String> {
    let mut wrong = Vec::new();
    let (generated, header) = (&rules.generated, rules.generated.header.as_str());
    for file in &project.files {
        let first = file.text.lines().next().unwrap_or_default();
        let has = first.trim_start_matches(['/', '#', ' ']) == header;
        let folder = generated
            .folders
            .iter()
            .any(|folder| is_under(&file.path, folder));
        let wants = folder || generated.files.contains(&file.path);
        if wants && !has {
            wrong.push(format!("{}: does not begin with `{header}`", file.path));
        } else if has && !wants {
            wrong.push(format!("{}: says that it is generated", file.path));
        }
    }
    for place in generated.folders.iter().chain(&generated.files) {
        if project.under(place).next().is_none() {
            wrong.push(format!("{place}: is not there"));
        }
    }
    wrong
}

/// Every fixture is named by code or by a snapshot, with all folders on the way to it.
pub(crate) fn fixtures(project: &Project, rules: &Rules) -> Vec<String> {
    let mut wrong = Vec::new();
    for file in &project.files {
        let Some((_, inside)) = file.path.split_once("/fixtures/") else {
            continue;
        };
        let whole = &rules.fixtures.whole;
        if whole.iter().any(|folder| is_under(&file.path, folder)) {
            continue;
        }
        let name = inside.rsplit('/').next().unwrap_or(inside);
        if rules.fixtures.for_people.iter().any(|other| other == name) {
            continue;
        }
        for part in inside.split('/') {
            let stem = part.rsplit_once('.').map_or(part, |(stem, _)| stem);
            if !in_code(project, part) && !in_code(project, stem) && !in_snapshots(project, stem) {
                wrong.push(format!("{}: no test names `{part}`", file.path));
            }
        }
    }
    wrong
}

/// Every snapshot has the test that its first lines name, and none waits to be accepted.
pub(crate) fn snapshots(project: &Project) -> Vec<String> {
    let mut wrong = Vec::new();
    for file in &project.files {
        if file.path.ends_with(".snap.new") {
            wrong.push(format!("{}: waits to be accepted", file.path));
        }
        let Some(name) = snapshot(&file.path) else {
            continue;
        };
        let source = file
            .text
            .lines()
            .find_map(|line| line.strip_prefix("source: "));
        let Some(test) = source.and_then(|source| project.get(source)) else {
            wrong.push(format!("{}: its test is not there", file.path));
            continue;
        };
        // The second snapshot of a test has `-2` at the end of its name.
        let plain = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let plain = plain.strip_suffix('-').unwrap_or(name);
        let named = [name, plain]
            .iter()
            .any(|name| words(&test.text).any(|word| word == *name));
        if !named && !is_fixture(project, plain) {
            wrong.push(format!(
                "{}: nothing in {} has its name",
                file.path, test.path
            ));
        }
    }
    wrong
}

fn snapshot(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?.strip_suffix(".snap")?;
    Some(name.rsplit_once("__").map_or(name, |(_, name)| name))
}

fn is_fixture(project: &Project, name: &str) -> bool {
    project.files.iter().any(|file| {
        let fixture = file.path.split_once("/fixtures/").map(|(_, inside)| inside);
        fixture.is_some_and(|inside| inside.rsplit_once('.').map(|(stem, _)| stem) == Some(name))
    })
}

fn in_snapshots(project: &Project, name: &str) -> bool {
    let mut names = project.files.iter().filter_map(|file| snapshot(&file.path));
    names.any(|snapshot| snapshot == name)
}

/// Whether a literal of Rust outside of fixtures has this name in it, between its quotes or slashes.
fn in_code(project: &Project, name: &str) -> bool {
    let mut rust = project
        .files
        .iter()
        .filter(|file| file.path.ends_with(".rs") && !file.path.contains("/fixtures/"));
    rust.any(|file| {
        file.text.match_indices(name).any(|(at, _)| {
            let before = file.text[..at].chars().next_back();
            let after = file.text[at + name.len()..].chars().next();
            matches!(before, Some('"' | '/')) && matches!(after, Some('"' | '/' | '.'))
        })
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
}

/// Every published crate has its licences, a README and the entries of a manifest that a registry shows.
pub(crate) fn crates(project: &Project, rules: &Rules) -> Vec<String> {
    let mut wrong = Vec::new();
    for folder in &rules.crates.published {
        for licence in &rules.crates.licences {
            let path = format!("{folder}/{licence}");
            let original = project.get(licence).map(|file| &file.text);
            if original.is_none() || project.get(&path).map(|file| &file.text) != original {
                wrong.push(format!("{path}: is not a copy of {licence}"));
            }
        }
        if project.get(&format!("{folder}/README.md")).is_none() {
            wrong.push(format!("{folder}: has no README.md"));
        }
    }
    for file in &project.files {
        let Some(folder) = file.path.strip_suffix("/Cargo.toml") else {
            continue;
        };
        let manifest: toml::Table = match file.text.parse() {
            Ok(manifest) => manifest,
            Err(error) => {
                wrong.push(format!("{}: {error}", file.path));
                continue;
            }
        };
        // A package with a workspace of its own is a tool that is not handed out.
        if manifest.contains_key("workspace") || file.path.contains("/fixtures/") {
            continue;
        }
        let package = manifest.get("package").and_then(toml::Value::as_table);
        let has = |field: &str| package.is_some_and(|package| package.contains_key(field));
        let published = rules.crates.published.iter().any(|p| p == folder);
        if published && has("publish") {
            wrong.push(format!("{}: `publish` keeps it from its users", file.path));
        }
        let fields = rules.crates.fields.iter().map(String::as_str);
        for field in fields.filter(|field| published || *field == "license") {
            if !has(field) {
                wrong.push(format!("{}: `{field}` is missing", file.path));
            }
        }
    }
    wrong
}

/// Words that have no place in the project, or in a part of it.
pub(crate) fn words_out_of_place(project: &Project, rules: &Rules) -> Vec<String> {
    let mut wrong = Vec::new();
    for rule in &rules.words {
        let roots = rule.roots.iter().map(|root| format!("/{root}/"));
        let never: Vec<String> = roots.chain(rule.never.iter().cloned()).collect();
        for file in project.under(&rule.within) {
            // The rules themselves, and what they are tried on, have to name them.
            if is_under(&file.path, &rules.words_except) {
                continue;
            }
            for (index, line) in file.text.lines().enumerate() {
                let mut line = line.to_owned();
                for allowed in &rule.but {
                    line = line.replace(allowed, "");
                }
                for word in never.iter().filter(|word| line.contains(*word)) {
                    let (path, line, because) = (&file.path, index + 1, &rule.because);
                    wrong.push(format!("{path}:{line}: `{word}`: {because}"));
                }
            }
        }
    }
    wrong
}
