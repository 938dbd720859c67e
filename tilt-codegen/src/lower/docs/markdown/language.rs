//! The languages that a block of code may say it is in.

use pulldown_cmark::{CodeBlockKind, CowStr};

const KNOWN: [&str; 40] = [
    "bash",
    "c",
    "console",
    "cpp",
    "csharp",
    "css",
    "csv",
    "curl",
    "dart",
    "diff",
    "go",
    "graphql",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "js",
    "json",
    "json5",
    "jsonc",
    "kotlin",
    "markdown",
    "md",
    "objc",
    "php",
    "powershell",
    "protobuf",
    "python",
    "r",
    "ruby",
    "sh",
    "shell",
    "sql",
    "swift",
    "toml",
    "ts",
    "typescript",
    "xml",
    "yaml",
];

/// A language that rustdoc does not take for Rust or for an instruction to itself.
pub(super) fn language(kind: &CodeBlockKind<'_>) -> &'static str {
    let CodeBlockKind::Fenced(info) = kind else {
        return "text";
    };
    known_language(info)
}

/// Whether a block of code is in a language that [`language`] gives.
pub(in crate::lower::docs) fn is_known_language(info: &str) -> bool {
    info == "text" || KNOWN.contains(&info)
}

fn known_language(info: &CowStr<'_>) -> &'static str {
    let word = info.split([' ', ',', '{', '\t']).next().unwrap_or_default();
    let known = KNOWN.iter().find(|known| known.eq_ignore_ascii_case(word));
    known.copied().unwrap_or("text")
}
