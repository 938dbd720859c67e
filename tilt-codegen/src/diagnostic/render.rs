//! Diagnostics as text: one line each, a summary, or what `main` prints of an error.

use super::{Code, Diagnostic, Diagnostics, Severity};
use crate::visible;
use std::collections::BTreeMap;
use std::fmt::{self, Write};

/// How many places a summary names for each code.
const EXAMPLES: usize = 3;

/// How many diagnostics an error has that `main` prints.
const PRINTED: usize = 20;

impl Diagnostics {
    /// How many there are of each kind, with the first places of each.
    pub fn summary(&self) -> String {
        let mut kinds: BTreeMap<(Severity, Code), Vec<&Diagnostic>> = BTreeMap::new();
        for item in &self.items {
            kinds
                .entry((item.severity, item.code))
                .or_default()
                .push(item);
        }
        let mut out = String::new();
        for ((severity, code), items) in kinds {
            let _ = writeln!(
                out,
                "{:>6} {} {code}",
                items.len(),
                severity.noun(items.len())
            );
            for item in items.iter().take(EXAMPLES) {
                let _ = writeln!(out, "       {item}");
            }
            if items.len() > EXAMPLES {
                let _ = writeln!(out, "       and {} more", items.len() - EXAMPLES);
            }
        }
        out.push_str(&self.rest());
        out
    }

    /// The form that `docs/diagnostics.md` describes, for programs.
    pub fn to_json(&self) -> String {
        // Structs of strings and numbers always serialize.
        let json = serde_json::to_string_pretty(self).unwrap_or_default();
        visible::escape_json(&json).into_owned()
    }

    pub(super) fn rest(&self) -> String {
        match self.omitted {
            0 => String::new(),
            omitted => format!("and {omitted} more\n"),
        }
    }
}

impl Severity {
    fn noun(self, count: usize) -> &'static str {
        match (self, count) {
            (Severity::Error, 1) => "error",
            (Severity::Error, _) => "errors",
            (Severity::Finding, 1) => "finding",
            (Severity::Finding, _) => "findings",
        }
    }
}

impl Diagnostic {
    /// `file:line:column: error[code]: message`
    fn headline(&self) -> String {
        let place = match (self.line, self.column) {
            (Some(line), Some(column)) => format!(":{line}:{column}"),
            _ => String::new(),
        };
        format!(
            "{}{place}: {}[{}]: {}",
            visible(&self.document),
            self.severity.noun(1),
            self.code,
            visible(&self.message)
        )
    }
}

/// One line: `file:line:column: error[code]: message (at pointer); help`.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline())?;
        if !self.pointer.is_empty() {
            write!(f, " (at {})", visible(&self.pointer.to_string()))?;
        }
        match &self.help {
            Some(help) => write!(f, "; {}", visible(help)),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items
            .iter()
            .try_for_each(|item| writeln!(f, "{item}"))?;
        f.write_str(&self.rest())
    }
}

/// Nothing from a document may move the cursor or turn the direction of text.
pub(super) fn visible(text: &str) -> String {
    visible::escape_but(text, &['\t']).into_owned()
}

/// For people too: a `main` that returns an error prints it so, and a build script's is seen by
/// whoever builds. The first ones, then how many more there are.
impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |severity| {
            self.items
                .iter()
                .filter(move |item| item.severity == severity)
        };
        let errors = count(Severity::Error).count();
        let findings = count(Severity::Finding).count();
        write!(f, "{errors} {}", Severity::Error.noun(errors))?;
        if findings > 0 {
            write!(f, ", {findings} {}", Severity::Finding.noun(findings))?;
        }
        for item in self.items.iter().take(PRINTED) {
            write!(f, "\n\n{}", item.headline())?;
            if !item.pointer.is_empty() {
                write!(f, "\n  at {}", visible(&item.pointer.to_string()))?;
            }
            if let Some(help) = &item.help {
                write!(f, "\n  help: {}", visible(help))?;
            }
        }
        let more = self.items.len().saturating_sub(PRINTED) + self.omitted;
        match more {
            0 => Ok(()),
            more => write!(f, "\n\nand {more} more"),
        }
    }
}

impl std::error::Error for Diagnostics {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::tests::diagnostics;

    #[test]
    fn a_line_says_where_what_and_what_to_do() {
        let line = diagnostics("{\n  \"a\": 1\n}", &["/a"]).to_string();
        let expected = "api.json:2:8: error[malformed-object]: found 1 (at /a); write text\n";
        assert_eq!(line, expected);
    }

    #[test]
    fn a_summary_counts_and_names_the_first_places() {
        let summary = diagnostics("[1, 1, 1, 1, 1]", &["/0", "/1", "/2", "/3", "/4"]).summary();
        let lines: Vec<&str> = summary.lines().map(str::trim).collect();
        assert_eq!(lines[0], "5 errors malformed-object");
        assert!(lines[1].starts_with("api.json:1:2: "));
        assert_eq!(lines[4], "and 2 more");
        let one = diagnostics("[1]", &["/0"]).summary();
        assert!(one.trim_start().starts_with("1 error "), "{one}");
    }

    #[test]
    fn the_json_form_is_as_documented() {
        let json = diagnostics("{\"a\": 1}", &["/a"]).to_json();
        let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let expected = serde_json::json!({
            "diagnostics": [{
                "code": "malformed-object", "severity": "error", "message": "found 1",
                "document": "api.json", "pointer": "/a", "line": 1, "column": 7,
                "help": "write text"
            }],
            "omitted": 0
        });
        assert_eq!(value, expected);
    }

    #[test]
    fn what_a_document_says_cannot_move_the_cursor() {
        let key = "\u{1b}[2J\u{202e}";
        let text = serde_json::json!({ key: 1 }).to_string();
        let diagnostics = diagnostics(&text, &[&format!("/{key}")]);
        for shown in [diagnostics.to_string(), format!("{diagnostics:?}")] {
            assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
            assert!(shown.contains("/\\u{1b}[2J\\u{202e}"), "{shown:?}");
        }
        let json = diagnostics.to_json();
        assert!(!json.contains('\u{202e}'), "{json:?}");
        let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(value["diagnostics"][0]["pointer"], format!("/{key}"));
    }

    #[test]
    fn an_error_of_a_whole_file_names_it() {
        let diagnostics = Diagnostics::file("api.json", Code::CANNOT_READ, "no such file");
        assert_eq!(
            diagnostics.to_string(),
            "api.json: error[cannot-read]: no such file; check the path and the permissions\n"
        );
    }

    #[test]
    fn an_error_that_main_prints_is_for_people() {
        let mut diagnostics = diagnostics("{\n  \"a\": 1\n}", &["/a"]);
        let text = "1 error\n\napi.json:2:8: error[malformed-object]: found 1\n  at /a\n  help: write text";
        assert_eq!(format!("{diagnostics:?}"), text);
        diagnostics.omitted = 2;
        assert_eq!(format!("{diagnostics:?}"), format!("{text}\n\nand 2 more"));
    }

    #[test]
    fn an_error_that_main_prints_has_an_end() {
        let text = format!("[{}1]", "1, ".repeat(24));
        let pointers: Vec<String> = (0..25).map(|index| format!("/{index}")).collect();
        let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
        let shown = format!("{:?}", diagnostics(&text, &pointers));
        assert!(shown.starts_with("25 errors\n"), "{shown}");
        assert!(shown.ends_with("\n\nand 5 more"), "{shown}");
        assert_eq!(shown.matches("malformed-object").count(), PRINTED);
    }
}
