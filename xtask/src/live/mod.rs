//! The commands that run the SDK live in a binary of their own, `xtask-live`, so that `regenerate`
//! can be built while the SDK cannot.

use crate::cargo;
use crate::failure::Failure;
use crate::terminal::warn;
use std::env;
use std::env::consts::EXE_SUFFIX;
use std::path::Path;
use std::process::{Command, ExitCode, ExitStatus};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// A build that takes longer is told of.
const UNNOTICED: Duration = Duration::from_secs(2);

/// Hands this process's command line to `xtask-live`, which cargo builds first if need be.
pub fn run() -> Result<ExitCode, Failure> {
    let here = env::current_dir().unwrap_or_default();
    let built = if is_built() {
        build_again(&here)?
    } else {
        warn("The SDK and the local Tilt are built first, once. This takes a minute or a few.\n");
        finished(&mut command(&here, "build"))?
    };
    if !built.success() {
        return Ok(exit_code(built));
    }
    let mut cargo = command(&here, "run");
    cargo.args(["--quiet", "--"]).args(env::args_os().skip(1));
    become_it(cargo)
}

/// Goes on as another program, as cargo does, so that signals reach it: who ends this process ends the local Tilt.
#[cfg(unix)]
fn become_it(mut cargo: Command) -> Result<ExitCode, Failure> {
    use std::os::unix::process::CommandExt;
    Err(not_run(cargo.exec()))
}

#[cfg(not(unix))]
fn become_it(mut cargo: Command) -> Result<ExitCode, Failure> {
    finished(&mut cargo).map(exit_code)
}

fn command(here: &Path, what: &str) -> Command {
    let mut cargo = cargo::command(here);
    cargo
        .args([what, "--package", "xtask", "--features", "live"])
        .args(["--bin", "xtask-live"]);
    cargo
}

/// Builds what has changed, if anything has. Cargo's lines would stand before every command's output, so they are left out.
fn build_again(here: &Path) -> Result<ExitStatus, Failure> {
    let mut cargo = command(here, "build");
    cargo.arg("--quiet");
    let (tell, told) = mpsc::channel();
    thread::spawn(move || tell.send(finished(&mut cargo)));
    if let Ok(status) = told.recv_timeout(UNNOTICED) {
        return status;
    }
    warn(
        "Something has changed: the SDK and the local Tilt are built again first. This may take a minute.\n",
    );
    told.recv()
        .unwrap_or_else(|_| Err(not_run(std::io::Error::other("it was not waited for"))))
}

fn finished(cargo: &mut Command) -> Result<ExitStatus, Failure> {
    cargo.status().map_err(not_run)
}

fn not_run(error: std::io::Error) -> Failure {
    Failure::System {
        action: "run cargo".into(),
        error,
    }
}

fn exit_code(status: ExitStatus) -> ExitCode {
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    code.map_or(ExitCode::FAILURE, ExitCode::from)
}

/// Whether the other binary stands beside this one: perhaps an old one, which little has to be built for.
fn is_built() -> bool {
    let name = format!("xtask-live{EXE_SUFFIX}");
    env::current_exe().is_ok_and(|this| this.with_file_name(name).exists())
}
