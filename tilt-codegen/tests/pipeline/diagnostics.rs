//! The documentation lists the codes as the table of them does, and each is is_emitted somewhere.

use std::fs;
use std::path::{Path, PathBuf};

use tilt_codegen::diagnostic::Code;

/// The heading before the table in the documentation.
const HEADING: &str = "## Codes\n";

#[test]
fn the_documentation_has_the_table_of_codes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diagnostics.md");
    let text = fs::read_to_string(&path).expect("the documentation");
    let (before, section) = text.split_once(HEADING).expect("a section of codes");
    let first = section.find("\n### ").unwrap_or(section.len());
    let expected = format!(
        "{before}{HEADING}{}{}",
        &section[..first],
        Code::documentation()
    );
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &expected).expect("the documentation can be written");
        return;
    }
    assert!(
        text == expected,
        "docs/diagnostics.md is not what the table says; \
         `UPDATE_DOCS=1 cargo test -p tilt-codegen --test pipeline diagnostics` writes it"
    );
}

#[test]
fn every_code_is_given_somewhere() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&source, &mut files);
    let texts: Vec<String> = files
        .iter()
        .map(|path| fs::read_to_string(path).expect("a source file"))
        .collect();
    for code in Code::ALL.iter().flat_map(|(_, codes)| *codes) {
        let name = code.as_str().to_uppercase().replace('-', "_");
        let is_emitted = |text: &String| {
            let own = text.split("mod tests {").next().unwrap_or_default();
            let mut uses = own
                .match_indices("Code::")
                .map(|(at, it)| &own[at + it.len()..]);
            uses.any(|rest| {
                let end = rest.find(|c: char| !(c.is_ascii_uppercase() || c == '_'));
                rest[..end.unwrap_or(rest.len())] == name
            })
        };
        assert!(texts.iter().any(is_emitted), "nothing gives `{code}`");
    }
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(path).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !path.ends_with("diagnostic/code.rs")
            && !path.to_string_lossy().ends_with("tests.rs")
        {
            files.push(path);
        }
    }
}
