//! The APIs that the tests look at: the accepted documents, their variants, and a corpus.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tilt_codegen::config::Config;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

use crate::document::{Document, OneOf};

/// The folder of `tests/fixtures/variants` for each style.
pub const STYLES: [&str; 6] = ["bearer", "fastapi", "huma", "inline", "nestjs", "utoipa"];

/// The environment variable that names a folder of other documents.
pub const CORPUS: &str = "TILT_CORPUS";

const OPENAPI: &str = "openapi.json";
const ASYNCAPI: &str = "asyncapi.json";

/// An API's documents and settings.
#[derive(Debug, Clone)]
pub struct Api {
    /// Its name in reports.
    pub name: String,
    /// The OpenAPI document.
    pub openapi: Option<Value>,
    /// The AsyncAPI document.
    pub asyncapi: Option<Value>,
    /// The settings, as in `codegen.toml`.
    pub config: Config,
    /// The names file, if there is one.
    pub names: Option<String>,
}

/// Why an API cannot be had.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", path.display())]
pub struct ApiError {
    path: PathBuf,
    reason: String,
}

impl Api {
    /// The accepted documents.
    pub fn accepted() -> Result<Self, ApiError> {
        let specs = root().join("specs");
        Self::read("accepted", &specs, config(&[specs.join("codegen.toml")])?)
    }

    /// The accepted API in the words of a style.
    pub fn variant(style: &str) -> Result<Self, ApiError> {
        let folder = root().join("tests/fixtures/variants").join(style);
        let settings = [
            root().join("specs/codegen.toml"),
            folder.join("codegen.toml"),
        ];
        Self::read(style, &folder, config(&settings)?)
    }

    /// The accepted documents and all variants.
    pub fn all() -> Result<Vec<Self>, ApiError> {
        let variants = STYLES.iter().map(|style| Self::variant(style));
        std::iter::once(Self::accepted()).chain(variants).collect()
    }

    /// The JSON documents of the corpus, if there is one, up to a size.
    pub fn corpus(most_bytes: u64) -> Result<Vec<Self>, ApiError> {
        let Some(folder) = std::env::var_os(CORPUS).map(|folder| root().join(folder)) else {
            return Ok(Vec::new());
        };
        let failed = |error: std::io::Error| failure(&folder, error);
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let small = entry.metadata().map_err(failed)?.len() <= most_bytes;
            let path = entry.path();
            if small && path.extension().is_some_and(|ending| ending == "json") {
                paths.push(path);
            }
        }
        paths.sort();
        paths.iter().map(|path| Self::of_file(path)).collect()
    }

    /// One document, with default settings.
    pub fn of_document(name: &str, document: Value) -> Self {
        let is_events = document.get("asyncapi").is_some();
        let (openapi, asyncapi) = match is_events {
            true => (None, Some(document)),
            false => (Some(document), None),
        };
        Self {
            name: name.to_owned(),
            openapi,
            asyncapi,
            config: Config::default(),
            names: None,
        }
    }

    /// The inputs of the generator.
    pub fn inputs(&self) -> Inputs {
        let input = |document: &Option<Value>, name: &str| {
            document.as_ref().map(|document| Input::Bytes {
                name: name.to_owned(),
                bytes: document.to_string().into_bytes(),
            })
        };
        Inputs {
            openapi: input(&self.openapi, OPENAPI),
            asyncapi: input(&self.asyncapi, ASYNCAPI),
            names: self.names.as_ref().map(|names| Input::Bytes {
                name: "names.lock".to_owned(),
                bytes: names.clone().into_bytes(),
            }),
            ..Inputs::default()
        }
    }

    /// The documents, by the names that the generator knows them under.
    pub fn named_documents(&self) -> BTreeMap<String, Document> {
        let openapi = self.openapi.iter().map(|document| (OPENAPI, document));
        let asyncapi = self.asyncapi.iter().map(|document| (ASYNCAPI, document));
        openapi
            .chain(asyncapi)
            .map(|(name, document)| (name.to_owned(), Document::new(document, OneOf::AtLeast)))
            .collect()
    }

    /// The generator with the settings.
    pub fn generator(&self) -> Generator {
        Generator::new(self.config.clone())
    }

    /// The surface of the SDK, or why there is none.
    pub fn surface(&self) -> Result<String, String> {
        let modelled = self.generator().model(&self.inputs());
        modelled
            .map(|modelled| tilt_codegen::surface(&modelled.sdk))
            .map_err(|diagnostics| diagnostics.to_string())
    }

    /// With the names file that its first generation writes, as its users keep it.
    #[must_use]
    pub fn with_own_names(mut self) -> Self {
        // A document that is refused has no names.
        let modelled = self.generator().model(&self.inputs()).ok();
        self.names = modelled.map(|modelled| modelled.names.to_string());
        self
    }

    /// The documents that there are.
    pub fn documents(&self) -> impl Iterator<Item = &Value> {
        self.openapi.iter().chain(&self.asyncapi)
    }

    /// The same for changing them.
    pub fn documents_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.openapi.iter_mut().chain(&mut self.asyncapi)
    }

    fn read(name: &str, folder: &Path, config: Config) -> Result<Self, ApiError> {
        Ok(Self {
            name: name.to_owned(),
            openapi: Some(json(&folder.join("openapi.json"))?),
            asyncapi: Some(json(&folder.join("asyncapi.json"))?),
            config,
            names: None,
        })
    }

    fn of_file(path: &Path) -> Result<Self, ApiError> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        Ok(Self::of_document(&name, json(path)?))
    }
}

/// The folder of the workspace.
pub fn root() -> &'static Path {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests)
}

/// The settings of several files, of which the later ones may be absent.
fn config(paths: &[PathBuf]) -> Result<Config, ApiError> {
    let mut config = Config::default();
    for (index, path) in paths.iter().enumerate() {
        if index > 0 && !path.exists() {
            continue;
        }
        let text = std::fs::read_to_string(path).map_err(|error| failure(path, error))?;
        let read = Config::from_toml(&text).map_err(|error| failure(path, error))?;
        if index == 0 {
            config = read;
        } else {
            config.types.rename.extend(read.types.rename);
            config.operations.rename.extend(read.operations.rename);
        }
    }
    Ok(config)
}

fn json(path: &Path) -> Result<Value, ApiError> {
    let bytes = std::fs::read(path).map_err(|error| failure(path, error))?;
    serde_json::from_slice(&bytes).map_err(|error| failure(path, error))
}

fn failure(path: &Path, reason: impl std::fmt::Display) -> ApiError {
    ApiError {
        path: path.to_owned(),
        reason: reason.to_string(),
    }
}
