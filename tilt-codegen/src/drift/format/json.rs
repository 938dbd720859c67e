//! For programs.

use super::Report;
use crate::drift::finding::Drift;
use crate::visible;
use serde::Serialize;

/// The JSON form of a report. New members may come; `format` grows when a reader could misread one.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Document<'a> {
    /// The findings that count.
    #[serde(flatten)]
    pub drift: &'a Drift,
    /// The number of findings that are left out, since somebody accepted them with a reason.
    pub accepted: usize,
    /// The number of findings that are left out, since environments differ so.
    pub environment: usize,
    /// For people: about the lists by which findings are left out.
    pub notes: &'a [String],
    /// The proposed version of the SDK, where its version is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_version: Option<&'a str>,
}

impl<'a> From<&Report<'a>> for Document<'a> {
    fn from(report: &Report<'a>) -> Self {
        Self {
            drift: report.drift,
            accepted: report.accepted,
            environment: report.environment,
            notes: report.notes,
            next_version: report.versions.map(|(_, next)| next),
        }
    }
}

pub(super) fn json(report: &Report<'_>) -> String {
    // Structs of text and numbers always serialize.
    let json = serde_json::to_string_pretty(&Document::from(report)).unwrap_or_default();
    format!("{}\n", visible::escape_json(&json))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::format::examples::{drift, hostile};

    #[test]
    fn a_drift_is_read_back_as_it_was() {
        for drift in [drift(), hostile()] {
            let mut report = Report::new(&drift);
            report.accepted = 3;
            let json = json(&report);
            let read: Drift = serde_json::from_str(&json).expect("JSON");
            assert_eq!(read, drift);
            let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
            assert_eq!(value["accepted"], 3);
            assert!(!json.contains(['\u{202e}', '\u{1b}']));
        }
    }
}
