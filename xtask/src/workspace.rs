//! Workspaces of crates that are generated, compiled and looked at, in the project's own target folder.

use crate::project::Project;
use std::fs;
use std::io;
use std::path::Path;

/// Nobody debugs these crates, and they are many.
const PROFILE: &str = "[profile.dev]\ndebug = false\nincremental = false\n";

/// A workspace of packages that are folders in it, with the dependencies that the project itself uses.
pub(crate) fn write_manifest(
    project: &Project,
    workspace: &Path,
    packages: &[String],
) -> io::Result<()> {
    let members = toml::Value::from(packages.to_vec());
    let text = format!("[workspace]\nresolver = \"3\"\nmembers = {members}\n\n{PROFILE}");
    let manifest = workspace.join("Cargo.toml");
    // Cargo builds nothing anew for a manifest that is as it was.
    if fs::read_to_string(&manifest).ok().as_deref() != Some(&text) {
        fs::write(&manifest, text)?;
    }
    let lock = project.root().join("Cargo.lock");
    if lock.exists() {
        fs::copy(&lock, workspace.join("Cargo.lock"))?;
    }
    Ok(())
}
