//! Every code of a diagnostic is in the documentation, and every documented one exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What looks like a code and is none: media types, headers, formats, keywords, features.
const OTHERS: [&str; 23] = [
    "content-type",
    "date-time",
    "domain-created",
    "event-stream",
    "json-seq",
    "native-tls",
    "rustls-aws-lc",
    "x-enum-descriptions",
    "x-enum-names",
    "x-enum-varnames",
    "x-jsonlines",
    "x-ndjson",
    "x-order",
    "x-www-form-urlencoded",
    "x-yaml",
    "form-data",
    "octet-stream",
    // Headers.
    "content-length",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "transfer-encoding",
];

/// Where problems are found.
const ROOMS: [&str; 6] = [
    "overlay.rs",
    "recognize.rs",
    "source",
    "dialect",
    "lock",
    "lower",
];

#[test]
fn the_documentation_has_every_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for room in ROOMS {
        collect(&root.join("src").join(room), &mut files);
    }
    let mut emitted = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a source file");
        let (code, _) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
        let literals = code.split('"').skip(1).step_by(2);
        emitted.extend(
            literals
                .filter(|literal| is_code(literal))
                .map(str::to_owned),
        );
        for call in [
            "finding(",
            "error(",
            "Fault::at(",
            "Fault::file(",
            ".fault(",
        ] {
            let arguments = code.split(call).skip(1).map(str::trim_start);
            let first = arguments.filter_map(|rest| rest.strip_prefix('"')?.split('"').next());
            let words = first.filter(|first| first.bytes().all(|byte| byte.is_ascii_lowercase()));
            emitted.extend(words.map(str::to_owned));
        }
    }
    emitted.retain(|code| !OTHERS.contains(&code.as_str()));
    let documentation = fs::read_to_string(root.join("../docs/diagnostics.md"));
    let documentation = documentation.expect("the documentation");
    let (_, tables) = documentation.split_once("## Codes").expect("a section");
    let cells = tables
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let documented: BTreeSet<String> = cells
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .map(str::to_owned)
        .collect();
    assert_eq!(emitted, documented);
}

/// Several words of small letters with hyphens.
fn is_code(literal: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    literal.contains('-') && literal.split('-').all(word)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a folder") {
            collect(&entry.expect("an entry").path(), files);
        }
    } else if path.extension().is_some_and(|ending| ending == "rs")
        && !path.to_string_lossy().ends_with("tests.rs")
    {
        files.push(path.to_owned());
    }
}
