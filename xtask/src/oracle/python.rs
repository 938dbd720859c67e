//! Environments of Python for judges from PyPI, each made once.

use super::{shown, system};
use crate::failure::Failure;
use crate::project::Project;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The Python of an oracle, with what the `requirements.txt` in its folder of the project names.
pub fn with(project: &Project, oracle: &str, source: &Path) -> Result<PathBuf, Failure> {
    let folder = project.target().join("oracles").join(oracle);
    let venv = folder.join("python");
    let pinned = source.join("requirements.txt");
    let installed = folder.join("requirements.txt");
    let python = venv.join("bin/python");
    let read = |path: &Path| fs::read_to_string(path).ok();
    if read(&pinned) == read(&installed) && python.exists() {
        return Ok(python);
    }
    fs::create_dir_all(&folder).map_err(system(shown("create", &folder)))?;
    let mut make = Command::new("python3");
    let make = make.args(["-m", "venv", "--clear"]).arg(&venv);
    succeed(make, "make an environment of Python")?;
    let mut pip = Command::new(&python);
    let pip = pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
    ]);
    succeed(pip.arg(&pinned), "install with pip")?;
    fs::copy(&pinned, &installed).map_err(system(shown("copy", &pinned)))?;
    Ok(python)
}

fn succeed(command: &mut Command, action: &str) -> Result<(), Failure> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(system(action))?;
    match status.success() {
        true => Ok(()),
        false => Err(system(action)(io::Error::other(status.to_string()))),
    }
}
