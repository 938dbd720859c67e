//! The cost of regenerating our own SDK.

use super::measure;
use super::table::{Table, cost};
use super::{Bench, system};
use crate::failure::Failure;
use std::ffi::OsStr;
use std::path::Path;

pub(super) fn section(bench: &Bench<'_>) -> Result<String, Failure> {
    let build = if cfg!(debug_assertions) {
        "`cargo xtask` as it is built for development"
    } else {
        "`cargo xtask` as it is built for release"
    };
    let mut table = Table::new("Regeneration", build, &["command", "cost"]);
    // In a copy: measuring changes no sources.
    let copy = bench.folder.join("project");
    let root = bench.project.root();
    for path in ["Cargo.toml", "specs", "tilt-generated/src/generated"] {
        copy_all(&root.join(path), &copy.join(path)).map_err(system("copy", &root.join(path)))?;
    }
    let this = std::env::current_exe().map_err(system("find", Path::new("xtask")))?;
    let env = OsStr::new("env");
    let manifest_dir = format!("CARGO_MANIFEST_DIR={}", copy.display());
    let measured = measure::least(bench.options.runs, || {
        let arguments = [
            OsStr::new(&manifest_dir),
            this.as_os_str(),
            OsStr::new("regenerate"),
            OsStr::new("--offline"),
        ];
        measure::program(&bench.folder, Path::new(env), &arguments)
    });
    table.row(["`regenerate --offline`".to_owned(), cost(&measured)]);
    Ok(table.finish())
}

fn copy_all(from: &Path, to: &Path) -> std::io::Result<()> {
    if !from.is_dir() {
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        return std::fs::copy(from, to).map(drop);
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        copy_all(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}
