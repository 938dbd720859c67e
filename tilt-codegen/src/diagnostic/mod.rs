//! Problems of documents, and parts of them that are left out on purpose, each with its place.
//!
//! Reading collects [`Problem`]s: cheap, each with a [`Place`]. When they are to be shown,
//! [`Documents::locate`](crate::source::Documents::locate) makes [`Diagnostics`] of them, with JSON pointer, line, column and a
//! piece of the text.

mod code;
mod problem;
mod render;
#[cfg(feature = "cli")]
mod report;
mod snippet;

pub use code::Code;
pub(crate) use code::EitherCode;
#[cfg(feature = "cli")]
pub use report::Look;
pub(crate) use snippet::Snippet;
#[doc(hidden)]
// `source` speaks of them
pub use {
    crate::place::Place,
    problem::{Problem, Problems},
};

use crate::place::Pointer;
use serde::Serialize;

/// Whether a problem stops the generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Severity {
    /// Nothing can be generated.
    Error,
    /// Something in the document is not carried over into the SDK; the rest is.
    Finding,
}

/// A problem with its place in a document.
///
/// Serialized, it is the JSON form that `docs/diagnostics.md` describes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Diagnostic {
    /// The kind of problem, such as `dangling-reference`.
    #[cfg_attr(feature = "schemas", schemars(with = "String"))]
    pub code: Code,
    /// Whether it stops the generator.
    pub severity: Severity,
    /// The sentence that says what was found and what was expected.
    pub message: String,
    /// The file, as the user named it.
    pub document: String,
    /// JSON pointer into the document; empty for the whole of it.
    #[cfg_attr(feature = "schemas", schemars(with = "String"))]
    pub pointer: Pointer,
    /// Counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// In characters, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// Advice on what to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The text around the place.
    #[serde(skip)]
    pub(crate) snippet: Option<Snippet>,
}

/// Problems in a stable order: errors first, then by document and place, each once.
///
/// `Display` is a line for each. `Debug`, which is what a `main` that returns an error prints, is for
/// people as well, and shows the first ones.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Diagnostics {
    /// The problems.
    #[serde(rename = "diagnostics")]
    pub items: Vec<Diagnostic>,
    /// How many more there are that are not listed.
    pub omitted: usize,
}

impl Diagnostics {
    /// Sorts, drops what is there twice, and keeps at most `most_errors` errors.
    pub fn new(mut items: Vec<Diagnostic>, most_errors: usize) -> Diagnostics {
        items.sort_by(|a, b| a.rank().cmp(&b.rank()));
        items.dedup();
        let errors = items
            .iter()
            .filter(|item| item.severity == Severity::Error)
            .count();
        let omitted = errors.saturating_sub(most_errors);
        items.drain(errors - omitted..errors);
        Diagnostics { items, omitted }
    }

    /// One error about a file as a whole.
    pub fn file(document: &str, code: Code, message: impl Into<String>) -> Diagnostics {
        let diagnostic = Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            document: document.to_owned(),
            pointer: Pointer::default(),
            line: None,
            column: None,
            help: code.remedy().map(str::to_owned),
            snippet: None,
        };
        Diagnostics {
            items: vec![diagnostic],
            omitted: 0,
        }
    }

    /// The same with advice on each that has none.
    #[must_use]
    pub fn help(mut self, help: &str) -> Diagnostics {
        for item in &mut self.items {
            item.help.get_or_insert_with(|| help.to_owned());
        }
        self
    }

    /// Whether any of them stops the generator.
    pub fn has_errors(&self) -> bool {
        self.items
            .iter()
            .any(|item| item.severity == Severity::Error)
    }

    /// Those of `other` as well, in order.
    pub fn merge(&mut self, other: Diagnostics) {
        self.omitted += other.omitted;
        self.items.extend(other.items);
        self.items.sort_by(|a, b| a.rank().cmp(&b.rank()));
        self.items.dedup();
    }
}

impl Diagnostic {
    fn rank(&self) -> impl Ord + '_ {
        let place = (
            self.severity,
            &self.document,
            self.line,
            self.column,
            &self.pointer,
        );
        (place, self.code, &self.message, &self.help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::DocumentId;
    use crate::source::{Documents, Input, Limits};

    /// An error at each of some places of a text.
    pub(super) fn diagnostics(text: &str, pointers: &[&str]) -> Diagnostics {
        let input = Input::Bytes {
            name: "api.json".into(),
            bytes: text.as_bytes().to_vec(),
        };
        let documents = Documents::load(input, &Limits::default()).expect("a valid document");
        let mut problems = Problems::new();
        for pointer in pointers {
            let place = Place::Pointer(DocumentId(0), (*pointer).into());
            problems
                .push(Problem::new(Code::MALFORMED_OBJECT, place, "found 1").help("write text"));
        }
        documents.locate(problems)
    }

    fn diagnostic(severity: Severity, line: usize, message: &str) -> Diagnostic {
        let mut diagnostics = Diagnostics::file("api.json", Code::LINK, message);
        let diagnostic = diagnostics.items.remove(0);
        Diagnostic {
            severity,
            line: Some(line),
            ..diagnostic
        }
    }

    #[test]
    fn errors_come_first_then_the_order_of_the_text_and_each_once() {
        let items = vec![
            diagnostic(Severity::Finding, 1, "a"),
            diagnostic(Severity::Error, 9, "b"),
            diagnostic(Severity::Error, 2, "c"),
            diagnostic(Severity::Error, 9, "b"),
        ];
        let sorted = Diagnostics::new(items, 10);
        let messages: Vec<_> = sorted
            .items
            .iter()
            .map(|item| item.message.as_str())
            .collect();
        assert_eq!(messages, ["c", "b", "a"]);
        assert_eq!(sorted.omitted, 0);
    }

    #[test]
    fn too_many_errors_are_counted_and_findings_stay() {
        let mut items = vec![diagnostic(Severity::Finding, 1, "finding")];
        items.extend((1..=5).map(|line| diagnostic(Severity::Error, line, "error")));
        let capped = Diagnostics::new(items, 2);
        let lines: Vec<_> = capped
            .items
            .iter()
            .map(|item| (item.severity, item.line))
            .collect();
        assert_eq!(
            lines,
            [
                (Severity::Error, Some(1)),
                (Severity::Error, Some(2)),
                (Severity::Finding, Some(1))
            ]
        );
        assert_eq!(capped.omitted, 3);
    }
}
