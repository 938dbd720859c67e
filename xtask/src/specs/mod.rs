//! `specs/`: the documents that the committed SDK was generated from.

mod accepted;
mod environments;
mod provenance;
mod released;
mod replace;

pub use accepted::{Accepted, Entry, Fingerprint, NotAccepted, Reason};
pub use environments::{Difference, Environments};
pub use provenance::{FETCHED, Provenance, Source, sha256};
pub use released::{Release, Released};

use crate::document::DocumentKind;
use serde::de::DeserializeOwned;
use std::io;
use std::path::{Path, PathBuf};
use tilt_codegen::output::{self, OutputError};

const SOURCE_FILE: &str = "source.toml";

/// The folder of accepted documents.
#[derive(Debug, Clone)]
pub struct Specs {
    dir: PathBuf,
}

/// Errors of files in `specs/`.
#[derive(Debug, thiserror::Error)]
pub enum SpecsError {
    /// The operating system said no.
    #[error("{action} {}: {error}", path.display())]
    Io {
        /// Such as `could not read`.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file has something in it that it should not have.
    #[error("{} is not understood: {error}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The parser's message.
        error: toml::de::Error,
    },
    /// The documents could not be replaced, or what an interrupted replacement left could not be
    /// removed.
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl SpecsError {
    fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |error| Self::Io {
            action,
            path,
            error,
        }
    }
}

impl Specs {
    /// Opens the folder; undoes what an interrupted replacement left behind.
    pub fn open(dir: impl Into<PathBuf>) -> Result<Self, SpecsError> {
        let dir = dir.into();
        output::recover(&dir)?;
        Ok(Self { dir })
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where a document is.
    pub fn path(&self, kind: DocumentKind) -> PathBuf {
        self.dir.join(kind.file_name())
    }

    /// A document, byte for byte as it was accepted.
    pub fn read(&self, kind: DocumentKind) -> Result<Vec<u8>, SpecsError> {
        let path = self.path(kind);
        std::fs::read(&path).map_err(SpecsError::io("could not read", &path))
    }

    /// A document, if there is one.
    pub fn read_if_present(&self, kind: DocumentKind) -> Result<Option<Vec<u8>>, SpecsError> {
        absent_is_none(&self.path(kind))
    }

    /// Where the documents came from, if that is recorded.
    pub fn provenance(&self) -> Result<Option<Provenance>, SpecsError> {
        parsed(&self.dir.join(SOURCE_FILE))
    }
}

/// A file of TOML, if there is one.
fn parsed<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, SpecsError> {
    let Some(bytes) = absent_is_none(path)? else {
        return Ok(None);
    };
    toml::from_slice(&bytes)
        .map(Some)
        .map_err(|error| SpecsError::Malformed {
            path: path.to_owned(),
            error,
        })
}

fn absent_is_none(path: &Path) -> Result<Option<Vec<u8>>, SpecsError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(SpecsError::io("could not read", path)(error)),
    }
}
