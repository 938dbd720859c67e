//! The generator with this project's settings: from two documents to the SDK's sources.

use crate::document::DocumentKind;
use crate::project::Project;
use crate::specs::{Specs, SpecsError};
use std::io;
use std::path::{Path, PathBuf};
use tilt_codegen::config::{Config, ConfigError};
use tilt_codegen::diagnostic::{Diagnostics, Look};
use tilt_codegen::drift::{Drift, NotComparable};
use tilt_codegen::output::{self, OutputError};
use tilt_codegen::source::Input;
use tilt_codegen::{Generated, Generator, Inputs, names};

/// A generator with `codegen.toml`, `overlay.json` and `names.lock` read.
#[derive(Debug)]
pub struct Sdk {
    generator: Generator,
    config: Config,
    overlays: Vec<Input>,
    names: Option<Input>,
}

/// Both documents, wherever they are.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The REST API.
    pub openapi: Input,
    /// The events.
    pub asyncapi: Input,
}

/// The project's settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The operating system said no.
    #[error("could not read {}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// `codegen.toml` has a mistake.
    #[error("{}: {error}", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// Its fault.
        error: ConfigError,
    },
    /// Remains of an interrupted run among the sources could not be removed.
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl Pair {
    /// The documents in a folder, under the names that they have in `specs/`.
    pub fn in_dir(dir: &Path) -> Self {
        let input = |kind: DocumentKind| Input::Path(dir.join(kind.file_name()));
        Self {
            openapi: input(DocumentKind::OpenApi),
            asyncapi: input(DocumentKind::AsyncApi),
        }
    }

    /// Documents that have just been fetched.
    pub fn fetched(openapi: &[u8], asyncapi: &[u8]) -> Self {
        Self::named("", openapi, asyncapi)
    }

    /// The documents in `specs/`, under the names that they have in the repository.
    pub fn accepted(specs: &Specs) -> Result<Self, SpecsError> {
        let [openapi, asyncapi] = DocumentKind::ALL.map(|kind| specs.read(kind));
        Ok(Self::named("specs/", &openapi?, &asyncapi?))
    }

    /// Documents in memory, with the folder that they are shown in.
    pub fn named(folder: &str, openapi: &[u8], asyncapi: &[u8]) -> Self {
        let input = |kind: DocumentKind, bytes: &[u8]| Input::Bytes {
            name: format!("{folder}{}", kind.file_name()),
            bytes: bytes.to_owned(),
        };
        Self {
            openapi: input(DocumentKind::OpenApi, openapi),
            asyncapi: input(DocumentKind::AsyncApi, asyncapi),
        }
    }
}

impl From<&Specs> for Pair {
    fn from(specs: &Specs) -> Self {
        Self::in_dir(specs.dir())
    }
}

impl Sdk {
    /// Reads the project's settings; first undoes what an interrupted run left behind, for that may
    /// have replaced the names and not the sources.
    pub fn of(project: &Project) -> Result<Self, SettingsError> {
        output::recover(&project.sdk())?;
        let path = project.specs().join("codegen.toml");
        let config = match std::fs::read_to_string(&path) {
            Ok(text) => {
                let name = path.display().to_string();
                Config::from_toml(&text)
                    .map_err(|error| SettingsError::Config { path, error })?
                    .named(&name)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Config::default(),
            Err(error) => return Err(SettingsError::Io { path, error }),
        };
        let overlay = project.specs().join("overlay.json");
        let overlays = if overlay.is_file() {
            vec![Input::Path(overlay)]
        } else {
            Vec::new()
        };
        let names = project.names();
        Ok(Self {
            generator: Generator::new(config.clone()),
            config,
            overlays,
            names: names.is_file().then_some(Input::Path(names)),
        })
    }

    /// The sources of `generated/`, with what could not be carried over into them.
    pub fn generate(&self, documents: Pair) -> Result<Generated, Diagnostics> {
        self.generator.generate(&self.inputs(documents))
    }

    /// The difference of two pairs of documents, and its consequences for the SDK.
    pub fn diff(&self, old: Pair, new: Pair) -> Result<Drift, NotComparable> {
        tilt_codegen::diff(&self.inputs(old), &self.inputs(new), &self.config)
    }

    /// With other names so far than those in the SDK's folder.
    #[must_use]
    pub fn with_names(mut self, names: Option<Vec<u8>>) -> Self {
        self.names = names.map(|bytes| Input::Bytes {
            name: names::FILE_NAME.to_owned(),
            bytes,
        });
        self
    }

    fn inputs(&self, documents: Pair) -> Inputs {
        Inputs {
            openapi: Some(documents.openapi),
            asyncapi: Some(documents.asyncapi),
            overlays: self.overlays.clone(),
            names: self.names.clone(),
            ..Inputs::default()
        }
    }
}

/// Diagnostics as a part of a message. Without colors: whatever moves the cursor is escaped in messages.
pub fn report(diagnostics: &Diagnostics) -> String {
    diagnostics.report(Look::Graphical {
        color: false,
        width: 100,
    })
}
