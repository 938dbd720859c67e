//! References and why they fail.

use super::Limits;
use crate::diagnostic::{Code, Place, Problem};
use std::borrow::Cow;
use std::path::PathBuf;
use thiserror::Error;

/// Why a reference leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the reference `{reference}` {kind}")]
pub struct ReferenceError {
    /// The reference as it is written.
    pub reference: String,
    /// The cause.
    pub kind: ReferenceErrorKind,
}

/// The cause why a reference leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReferenceErrorKind {
    /// The document has nothing at that place.
    #[error("leads nowhere: there is no `{missing}` in {document}")]
    Dangling {
        /// The pointer or anchor up to the first part that does not exist.
        missing: String,
        /// The document that it leads to.
        document: String,
    },
    /// It is neither a file nor a place in a document.
    #[error("is remote, expected a place in this document or a file beside it")]
    Remote,
    /// The document came without a folder.
    #[error("names a file, but this document was not read from a file")]
    NoFolder,
    /// It leaves the folder of the root document.
    #[error("leaves the folder of the root document")]
    OutsideFolder,
    /// The file cannot be read.
    #[error("names a file that cannot be read: {reason}")]
    File {
        /// The system's error.
        reason: String,
    },
    /// No file of this name was loaded.
    #[error("names a file that no `$ref` of the document loads")]
    NotLoaded,
    /// Too many files.
    #[error("names one file more than the limit of {limit}")]
    TooManyDocuments {
        /// The limit.
        limit: usize,
    },
    /// It leads back to itself through references alone.
    #[error("leads back to itself and never to a value")]
    Cycle,
    /// One reference after the other.
    #[error("leads through more than {limit} references")]
    TooLong {
        /// The limit.
        limit: usize,
    },
}

impl ReferenceError {
    /// Whether it names something that is not read, whatever is there.
    pub(crate) fn leaves_the_documents(&self) -> bool {
        matches!(
            self.kind,
            ReferenceErrorKind::Remote
                | ReferenceErrorKind::OutsideFolder
                | ReferenceErrorKind::TooManyDocuments { .. }
        )
    }

    /// The error as a diagnostic at the place where the reference is written.
    pub fn at(&self, place: impl Into<Place>) -> Problem {
        Problem::new(self.code(), place, self.to_string()).help(self.advice())
    }

    /// The same of a thing that has a name.
    pub(crate) fn of(&self, what: &str, place: impl Into<Place>) -> Problem {
        Problem::new(self.code(), place, format!("{what}: {self}")).help(self.advice())
    }

    fn code(&self) -> Code {
        match &self.kind {
            ReferenceErrorKind::Dangling { .. } | ReferenceErrorKind::NotLoaded => {
                Code::DANGLING_REFERENCE
            }
            ReferenceErrorKind::Remote => Code::REMOTE_REFERENCE,
            ReferenceErrorKind::NoFolder
            | ReferenceErrorKind::OutsideFolder
            | ReferenceErrorKind::File { .. } => Code::FILE_REFERENCE,
            ReferenceErrorKind::TooManyDocuments { .. } => Code::TOO_MANY_DOCUMENTS,
            ReferenceErrorKind::Cycle => Code::CYCLIC_REFERENCE,
            ReferenceErrorKind::TooLong { .. } => Code::LONG_REFERENCE,
        }
    }

    /// Advice on what to do about it.
    pub(crate) fn advice(&self) -> String {
        let advice = match &self.kind {
            ReferenceErrorKind::Dangling { .. } | ReferenceErrorKind::NotLoaded => {
                "add what it names, or correct the reference"
            }
            ReferenceErrorKind::Remote => {
                "bundle the document, or put a copy of the file beside it and refer to that"
            }
            ReferenceErrorKind::NoFolder => {
                "bundle the document into one file, or read it from its folder"
            }
            ReferenceErrorKind::OutsideFolder => {
                "allow a folder around both by `--root`, or move the file into that of the root document"
            }
            ReferenceErrorKind::File { .. } => "add the file, or correct the reference",
            ReferenceErrorKind::TooManyDocuments { .. } => return Limits::advice("documents"),
            ReferenceErrorKind::Cycle => "let one of the references be a value",
            ReferenceErrorKind::TooLong { .. } => {
                let limit = Limits::advice("chain");
                return format!("refer to the last of them directly, or {limit}");
            }
        };
        advice.to_owned()
    }
}

/// A reference before and after its first `#`.
pub(super) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// The relative path that the part before `#` names.
pub(super) fn file_path(file: &str) -> Result<PathBuf, ReferenceErrorKind> {
    let scheme = file.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |scheme: &str| {
        let valid = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        scheme.len() > 1 && scheme.starts_with(char::is_alphabetic) && scheme.chars().all(valid)
    };
    if scheme.is_some_and(is_scheme) || file.starts_with("//") {
        return Err(ReferenceErrorKind::Remote);
    }
    let path = PathBuf::from(decode(file).as_ref());
    match path.has_root() || path.is_absolute() {
        true => Err(ReferenceErrorKind::OutsideFolder),
        false => Ok(path),
    }
}

/// Without percent escapes; as it is where they make no text.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    match text.contains('%') {
        true => percent_encoding::percent_decode_str(text)
            .decode_utf8()
            .unwrap_or(Cow::Borrowed(text)),
        false => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_relative_paths_are_files() {
        assert_eq!(file_path("a/b%20c.yaml"), Ok(PathBuf::from("a/b c.yaml")));
        assert_eq!(file_path("./a.json"), Ok(PathBuf::from("./a.json")));
        for remote in [
            "https://example.com/a.json",
            "http:a",
            "file:///a",
            "urn:x:y",
            "//host/a",
        ] {
            assert_eq!(
                file_path(remote),
                Err(ReferenceErrorKind::Remote),
                "{remote}"
            );
        }
        assert_eq!(
            file_path("/etc/a.json"),
            Err(ReferenceErrorKind::OutsideFolder)
        );
    }
}
