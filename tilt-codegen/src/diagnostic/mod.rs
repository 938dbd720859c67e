//! What is wrong with a document, or what was left out of it on purpose, and where.
//!
//! Reading collects [`Problem`]s: cheap, each with a [`Place`]. When they are to be shown,
//! [`Problems::locate`] makes [`Diagnostics`] of them, with JSON pointer, line, column and a
//! piece of the text.

mod problem;
mod render;

pub use problem::{Place, Problem, Problems};

use serde::Serialize;

/// Whether a problem stops the generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing can be generated.
    Error,
    /// Something in the document is not carried over into the SDK; the rest is.
    Finding,
}

/// A problem with its place in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// A stable name for this kind of problem, such as `dangling-reference`.
    pub code: &'static str,
    /// Whether it stops the generator.
    pub severity: Severity,
    /// What was found and what was expected.
    pub message: String,
    /// The file, as the user named it.
    pub document: String,
    /// JSON pointer into the document; empty for the whole of it.
    pub pointer: String,
    /// Counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// In characters, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The text around the place.
    #[serde(skip)]
    pub snippet: Option<Snippet>,
}

/// A few lines of a document, cut to a size that fits a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The text.
    pub text: String,
    /// Line of the first character of `text`, counted from 1.
    pub line: usize,
    /// Where the marked part starts, in bytes of `text`.
    pub start: usize,
    /// How long the marked part is, in bytes.
    pub length: usize,
}

/// Problems in a stable order: by document and place, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Diagnostics {
    /// The problems.
    #[serde(rename = "diagnostics")]
    pub items: Vec<Diagnostic>,
    /// How many more there are that are not listed.
    pub omitted: usize,
}
