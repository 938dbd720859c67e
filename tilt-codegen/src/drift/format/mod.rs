//! A drift as text: for a terminal, for programs, for a pull request, for the lines of documents, for a browser.
//!
//! Everything in a finding may come from a document, and each form escapes it in its own way.

mod changelog;
mod excerpt;
mod github;
mod html;
mod json;
mod markdown;
mod order;
mod text;
mod words;

#[cfg(test)]
mod examples;

pub use self::json::Document;

use self::words::Words;
use super::finding::Drift;
use std::fmt;
use std::str::FromStr;

/// The form of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// For a terminal: the verdict, then the findings, the gravest first.
    #[default]
    Text,
    /// One object for programs: see `docs/drift.schema.json`.
    Json,
    /// For a comment of a pull request, within GitHub's limit on its length.
    Markdown,
    /// One file for a browser, which asks no network for anything.
    Html,
    /// Commands to GitHub's runner, which shows findings at lines of the new documents.
    GitHub,
}

/// A format with another name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no format is called `{}`; there are text, json, markdown, html and github", .0.escape_debug())]
pub struct UnknownFormat(String);

impl Format {
    /// All of them.
    pub const ALL: [Format; 5] = [
        Format::Text,
        Format::Json,
        Format::Markdown,
        Format::Html,
        Format::GitHub,
    ];

    /// Its name on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::GitHub => "github",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let named = Format::ALL.into_iter().find(|format| format.name() == name);
        named.ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

/// A drift, and facts beside it that its reader has to know.
///
/// More may come: start with [`Report::new`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Report<'a> {
    /// The findings that count.
    pub drift: &'a Drift,
    /// The number of findings that are left out, since somebody accepted them with a reason.
    pub accepted: usize,
    /// The number of findings that are left out, since environments differ so.
    pub environment: usize,
    /// Sentences about the lists by which findings are left out.
    pub notes: &'a [String],
    /// The version of the SDK, and the one that is proposed for the next.
    pub versions: Option<(&'a str, &'a str)>,
}

impl<'a> Report<'a> {
    /// All findings, and nothing beside them.
    pub fn new(drift: &'a Drift) -> Self {
        Self {
            drift,
            accepted: 0,
            environment: 0,
            notes: &[],
            versions: None,
        }
    }

    /// The report in a form, with the end of its last line.
    pub fn to(&self, format: Format) -> String {
        match format {
            Format::Text => text::text(self),
            Format::Json => json::json(self),
            Format::Markdown => markdown::markdown(self),
            Format::Html => html::html(self),
            Format::GitHub => github::github(self),
        }
    }

    /// For the changelog of a release: a list in Markdown, with the end of its last line; empty where
    /// nothing differs.
    pub fn to_changelog(&self) -> String {
        changelog::changelog(self)
    }

    /// The answers to both questions and how many findings there are, in one line without its end.
    pub fn verdict(&self) -> String {
        Words::of(self).verdict()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_known_by_its_name() {
        for format in Format::ALL {
            assert_eq!(format.to_string().parse(), Ok(format));
        }
        let error = "yaml".parse::<Format>().unwrap_err();
        assert!(error.to_string().contains("markdown"), "{error}");
    }
}
