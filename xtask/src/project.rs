//! Where things are in this repository.

use std::env;
use std::path::{Path, PathBuf};
use tilt_codegen::names;

/// The folder of generated sources in that of the SDK.
pub const GENERATED: &str = "src/generated";

/// The repository's folder.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
}

/// The repository cannot be found.
#[derive(Debug, thiserror::Error)]
#[error(
    "not in the repository: neither {0} nor a folder above it has a `Cargo.toml` and a `specs` folder"
)]
pub struct NotFound(String);

impl Project {
    /// The repository at this folder.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The repository that cargo runs us from, or else the one around the current folder.
    pub fn find() -> Result<Self, NotFound> {
        let start = env::var_os("CARGO_MANIFEST_DIR")
            .map(PathBuf::from)
            .or_else(|| env::current_dir().ok())
            .unwrap_or_default();
        start
            .ancestors()
            .find(|dir| dir.join("Cargo.toml").is_file() && dir.join("specs").is_dir())
            .map(Self::at)
            .ok_or_else(|| NotFound(start.display().to_string()))
    }

    /// The repository's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The documents of the API.
    pub fn specs(&self) -> PathBuf {
        self.root.join("specs")
    }

    /// The SDK's folder.
    pub fn sdk(&self) -> PathBuf {
        self.root.join("tilt-generated")
    }

    /// The sources that `regenerate` writes.
    pub fn generated(&self) -> PathBuf {
        self.sdk().join(GENERATED)
    }

    /// The names of everything in the SDK, which `regenerate` keeps.
    pub fn names(&self) -> PathBuf {
        self.sdk().join(names::FILE_NAME)
    }

    /// The crate that pulls a dealer's vehicles into the local Tilt.
    pub fn inventory(&self) -> PathBuf {
        self.root.join("tests/inventory")
    }

    /// The document of a dealer's system, and its mapping.
    pub fn dms(&self) -> PathBuf {
        self.root.join("tests/fixtures/dms")
    }

    /// The crate that all generated code stands on.
    pub fn runtime(&self) -> PathBuf {
        self.root.join("tilt-generated/runtime")
    }

    /// Where cargo builds, and where we may put what is only for now.
    pub fn target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| self.root.join("target"), |target| self.root.join(target))
    }

    /// Where all SDKs that are only looked at are built: what they depend on is compiled once.
    pub fn sdks(&self) -> PathBuf {
        self.target().join("sdks")
    }
}
