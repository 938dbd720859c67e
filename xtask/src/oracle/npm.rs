//! Judges from npm, each installed once.

use super::{shown, system};
use crate::failure::Failure;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

/// The files that say what is installed.
const PINNED: [&str; 2] = ["package.json", "package-lock.json"];

/// Installs what the files in a folder of the project say, below another one; whether it was not there yet.
pub(super) fn install(source: &Path, folder: &Path) -> Result<bool, Failure> {
    if PINNED.iter().all(|it| is_same(source, folder, it)) {
        return Ok(false);
    }
    fs::create_dir_all(folder).map_err(system(shown("create", folder)))?;
    let modules = folder.join("node_modules");
    if modules.exists() {
        fs::remove_dir_all(&modules).map_err(system("remove what was installed"))?;
    }
    for name in PINNED {
        let copied = fs::copy(source.join(name), folder.join(name));
        copied.map_err(system(shown("copy", Path::new(name))))?;
    }
    let installed = run(npm(folder), "install with npm");
    if installed.is_err() {
        // Not to be taken for installed the next time.
        fs::remove_file(folder.join(PINNED[1])).map_err(system("remove a lock file"))?;
    }
    installed.map(|()| true)
}

/// Whether a file is in both folders, and the same.
pub(super) fn is_same(source: &Path, folder: &Path, name: &str) -> bool {
    let [source, copy] = [source, folder].map(|it| fs::read(it.join(name)).ok());
    source.is_some() && source == copy
}

/// Runs what has to succeed.
pub(super) fn run(mut command: Command, action: &str) -> Result<(), Failure> {
    let status = command.status().map_err(system(action))?;
    match status.success() {
        true => Ok(()),
        false => Err(system(action)(io::Error::other(status.to_string()))),
    }
}

/// TypeSpec's suite names versions of its packages that were never published together.
fn npm(folder: &Path) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(folder).args([
        "ci",
        "--legacy-peer-deps",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]);
    command
}
