//! The JSON form of a command's answer.

use super::failure::Failure;
use schemars::JsonSchema;
use serde::Serialize;
use tilt_codegen::diagnostic::Diagnostics;
use tilt_codegen::drift::NotComparable;
use tilt_codegen::drift::format::Document;
use tilt_codegen::surface::Item;

/// The one JSON object that a command prints with `--message-format json`. New members may come.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "status", rename_all = "lowercase")]
pub(crate) enum Answer<'a> {
    /// `generate`: the crate is written.
    Generated {
        #[serde(flatten)]
        findings: &'a Diagnostics,
        /// The crate's name.
        #[serde(rename = "crate")]
        name: &'a str,
        /// How large the SDK is.
        size: Size,
        /// Files that were written, relative to `--out`.
        written: &'a [String],
        /// Files that were removed.
        removed: &'a [String],
        /// Files that are not the generator's, and were left alone.
        kept: &'a [String],
        /// How many files were already as they should be.
        unchanged: usize,
        /// For people: a new name of the crate, and where its runtime comes from if that is to be known.
        notes: &'a [String],
    },
    /// `generate --check`: nothing would be written.
    Current {
        /// Empty.
        stale: Vec<&'a str>,
        /// Empty.
        diff: String,
    },
    /// `generate --check`: files differ.
    Stale {
        /// Files that would be written or removed.
        stale: Vec<&'a str>,
        /// From the files as they are to what they should be.
        diff: String,
    },
    /// `inspect`.
    Modelled {
        #[serde(flatten)]
        findings: &'a Diagnostics,
        /// Everything that a user of the SDK sees.
        surface: Vec<Item>,
    },
    /// `diff`: both states could be read.
    Compared {
        #[serde(flatten)]
        report: Document<'a>,
    },
    /// A document is refused.
    Refused {
        #[serde(flatten)]
        diagnostics: &'a Diagnostics,
    },
    /// The command failed for another reason.
    Failed {
        /// For people.
        message: String,
    },
}

/// How large an SDK is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Size {
    /// Methods of the client.
    pub(super) operations: usize,
    /// Structs, enums, unions and aliases.
    pub(super) types: usize,
    /// Kinds of events.
    pub(super) events: usize,
    /// Generated files.
    pub(super) files: usize,
    /// Lines of these files.
    pub(super) lines: usize,
}

impl Answer<'_> {
    /// On one line.
    pub(super) fn to_json(&self) -> String {
        // Structs of text and numbers always serialize.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl<'a> From<&'a Failure> for Answer<'a> {
    fn from(failure: &'a Failure) -> Self {
        match failure {
            Failure::Refused(diagnostics)
            | Failure::NotComparable(
                NotComparable::Old(diagnostics) | NotComparable::New(diagnostics),
            ) => Answer::Refused { diagnostics },
            other => Answer::Failed {
                message: other.to_string(),
            },
        }
    }
}
