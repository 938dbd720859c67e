//! Generated crates in a folder, and programs beside them, for cargo to build.

use std::path::{Path, PathBuf};

use tilt_codegen::model::Sdk;
use tilt_codegen::output::{self, OutputError, Target};
use tilt_codegen::render::{self, RenderOptions, RuntimeSource};

use crate::api::root;

/// Writes the crate of an SDK, as `generate` does. A file that did not change is left alone.
///
/// # Errors
///
/// When the folder cannot be written.
pub fn write_sdk(sdk: &Sdk, name: &str, dir: &Path) -> Result<(), OutputError> {
    let mut options = RenderOptions::new(name);
    options.crate_version = "0.0.0".to_owned();
    options.runtime = RuntimeSource::Path(path_text(&runtime()));
    let target = Target {
        dir,
        owned: "src",
        shared: "examples",
    };
    output::write(target, &render::package(sdk, &options)).map(drop)
}

/// The runtime of all generated crates.
#[must_use]
pub fn runtime() -> PathBuf {
    root().join("tilt-generated/runtime")
}

/// A path as manifests have it.
#[must_use]
pub fn path_text(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// A file that did not change keeps its time, and nothing that depends on it is compiled.
///
/// # Errors
///
/// When it cannot be written.
pub fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text)
}

/// The versions that everything here is built with, for a workspace that has none yet.
///
/// # Errors
///
/// When they cannot be copied.
pub fn write_lock(workspace: &Path) -> std::io::Result<()> {
    let lock = workspace.join("Cargo.lock");
    if !lock.exists() {
        std::fs::copy(root().join("Cargo.lock"), lock)?;
    }
    Ok(())
}
