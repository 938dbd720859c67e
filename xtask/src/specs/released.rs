//! `specs/released/`: what the SDK of the last release was generated from.
//!
//! It is kept beside the accepted documents, and not looked up in the history: what a release changes is
//! everything since the one before, however many fetches lie between, in a shallow checkout or none.

use super::{Specs, SpecsError, absent_is_none, parsed};
use crate::document::DocumentKind;
use serde::{Deserialize, Serialize};
use tilt_codegen::names;
use tilt_codegen::output::{self, Replacement};

/// The folder's name, in `specs/`.
const FOLDER: &str = "released";
const FILE: &str = "release.toml";

/// The contents of `release.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// The version of the SDK.
    pub version: semver::Version,
}

/// The last release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// The version of the SDK.
    pub version: semver::Version,
    /// The REST API, byte for byte.
    pub openapi: Vec<u8>,
    /// The events, byte for byte.
    pub asyncapi: Vec<u8>,
    /// `names.lock`, if there was one.
    pub names: Option<Vec<u8>>,
}

impl Specs {
    /// The documents that the last release was generated from, if they are kept.
    pub fn released(&self) -> Result<Option<Released>, SpecsError> {
        let dir = self.dir().join(FOLDER);
        let Some(Release { version }) = parsed(&dir.join(FILE))? else {
            return Ok(None);
        };
        let document = |kind: DocumentKind| {
            let path = dir.join(kind.file_name());
            std::fs::read(&path).map_err(SpecsError::io("could not read", &path))
        };
        Ok(Some(Released {
            version,
            openapi: document(DocumentKind::OpenApi)?,
            asyncapi: document(DocumentKind::AsyncApi)?,
            names: absent_is_none(&dir.join(names::FILE_NAME))?,
        }))
    }

    /// Keeps what a release was generated from, in place of the one before.
    pub fn keep(&self, released: &Released) -> Result<(), SpecsError> {
        let release = Release {
            version: released.version.clone(),
        };
        // A version always has a form in TOML.
        let fields = toml::to_string(&release).unwrap_or_default();
        let text = format!("# Written by `cargo xtask release`.\n{fields}");
        let replacements = [
            (FILE, Some(text.as_bytes())),
            (
                DocumentKind::OpenApi.file_name(),
                Some(released.openapi.as_slice()),
            ),
            (
                DocumentKind::AsyncApi.file_name(),
                Some(released.asyncapi.as_slice()),
            ),
            (names::FILE_NAME, released.names.as_deref()),
        ]
        .map(|(path, contents)| Replacement { path, contents });
        Ok(output::replace(&self.dir().join(FOLDER), &replacements)?)
    }
}
