//! The commands that run the SDK live in a binary of their own, `xtask-live`, so that `regenerate`
//! can be built while the SDK cannot.

use crate::cargo;
use crate::failure::Failure;
use std::env;
use std::process::ExitCode;

/// Hands this process's command line to `xtask-live`, which cargo builds first if need be.
pub fn run() -> Result<ExitCode, Failure> {
    let here = env::current_dir().unwrap_or_default();
    let status = cargo::command(&here)
        .args(["run", "--quiet", "--package", "xtask", "--features", "live"])
        .args(["--bin", "xtask-live", "--"])
        .args(env::args_os().skip(1))
        .status()
        .map_err(|error| Failure::System {
            action: "run cargo".into(),
            error,
        })?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
