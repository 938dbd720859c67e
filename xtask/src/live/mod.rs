//! The commands that run the SDK live in a binary of their own, `xtask-live`, so that `regenerate`
//! can be built while the SDK cannot.

use crate::cargo;
use crate::failure::Failure;
use crate::terminal::warn;
use std::env;
use std::env::consts::EXE_SUFFIX;
use std::process::ExitCode;

/// Hands this process's command line to `xtask-live`, which cargo builds first if need be.
pub fn run() -> Result<ExitCode, Failure> {
    let here = env::current_dir().unwrap_or_default();
    let mut cargo = cargo::command(&here);
    cargo.arg("run");
    if is_built() {
        cargo.arg("--quiet");
    } else {
        warn("The SDK and the local Tilt are built first, once. This takes a minute or a few.\n");
    }
    let status = cargo
        .args(["--package", "xtask", "--features", "live"])
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

/// Whether the other binary stands beside this one: perhaps an old one, which little has to be built for.
fn is_built() -> bool {
    let name = format!("xtask-live{EXE_SUFFIX}");
    env::current_exe().is_ok_and(|this| this.with_file_name(name).exists())
}
