//! The cost of a process: this binary runs it, and asks the operating system afterwards.
//!
//! The same as the wrapper that cargo starts in place of rustc (`RUSTC_WRAPPER`): then it measures
//! the crates of the corpus, and lets the others pass.

use crate::terminal::warn;
use serde::{Deserialize, Serialize};
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

/// Set in the environment of this binary when it is to run and measure another program: the folder
/// for the figures.
const FOLDER: &str = "XTASK_MEASURE";

/// The label of the figures, where the program is not rustc.
const LABEL: &str = "XTASK_MEASURE_LABEL";

/// The beginning of the names of crates that are measured, where they are not the corpus'.
const CRATES: &str = "XTASK_MEASURE_CRATES";

/// How many seconds of processor time a program may use, if set.
const SECONDS: &str = "XTASK_MEASURE_SECONDS";

pub(super) const PACKAGE_PREFIX: &str = "corpus-";

/// The cost of a process.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Cost {
    pub(crate) wall_seconds: f64,
    /// Of all processors.
    pub(crate) cpu_seconds: Option<f64>,
    /// At most, at one time.
    pub(crate) peak_mib: Option<f64>,
}

/// A command that runs another and leaves its cost in `folder` under `label`.
pub(crate) fn measured(program: &Path, folder: &Path, label: &str, seconds: u64) -> Command {
    let mut command = Command::new(this_binary());
    command
        .env(FOLDER, folder)
        .env(LABEL, label)
        .env(SECONDS, seconds.to_string())
        .arg(program);
    command
}

/// Makes cargo measure the corpus crates that it compiles.
pub(super) fn measure_rustc(cargo: &mut Command, folder: &Path) {
    cargo
        .env("RUSTC_WRAPPER", this_binary())
        .env(FOLDER, folder);
}

/// Makes cargo measure the crates that it compiles whose names begin so. Each is its own label.
pub(crate) fn measure_crates(cargo: &mut Command, folder: &Path, prefix: &str) {
    measure_rustc(cargo, folder);
    cargo.env(CRATES, prefix);
}

/// The cost under a label.
pub(crate) fn cost(folder: &Path, label: &str) -> Option<Cost> {
    serde_json::from_slice(&std::fs::read(file(folder, label)).ok()?).ok()
}

/// Drops what was found under a label.
pub(crate) fn forget(folder: &Path, label: &str) {
    // Where there is nothing, there is nothing to drop.
    let _ = std::fs::remove_file(file(folder, label));
}

/// If this process is to measure another: does so, and gives the other's exit code.
pub fn intercept() -> Option<ExitCode> {
    let folder = PathBuf::from(env::var_os(FOLDER)?);
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let (program, arguments) = arguments.split_first()?;
    let label = env::var(LABEL).ok().or_else(|| measured_crate(arguments));
    if let Some(seconds) = env::var(SECONDS)
        .ok()
        .and_then(|seconds| seconds.parse().ok())
    {
        limit_processor_time(seconds);
    }
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env_remove(FOLDER)
        .env_remove(LABEL)
        .env_remove(CRATES)
        .env_remove(SECONDS);
    let start = Instant::now();
    let status = match command.status() {
        Ok(status) => status,
        Err(error) => {
            warn(format_args!(
                "could not run {}: {error}\n",
                program.display()
            ));
            return Some(ExitCode::FAILURE);
        }
    };
    let cost = cost_of_children(start.elapsed().as_secs_f64());
    if let Some(label) = label
        && let Ok(text) = serde_json::to_vec(&cost)
    {
        // Without figures the report says so.
        let _ = std::fs::write(file(&folder, &label), text);
    }
    Some(match status.code() {
        Some(code) => u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from),
        None => ExitCode::from(CRASHED),
    })
}

/// The exit code for a program that a signal ended.
pub(super) const CRASHED: u8 = 120;

fn measured_crate(arguments: &[OsString]) -> Option<String> {
    let at = arguments
        .iter()
        .position(|argument| argument == "--crate-name")?;
    let name = arguments.get(at + 1)?.to_str()?;
    let prefix = env::var(CRATES).unwrap_or_else(|_| PACKAGE_PREFIX.replace('-', "_"));
    name.starts_with(&prefix).then(|| name.to_owned())
}

fn this_binary() -> PathBuf {
    env::current_exe().unwrap_or_else(|_| env::args_os().next().unwrap_or_default().into())
}

fn file(folder: &Path, label: &str) -> PathBuf {
    folder.join(format!("{label}.cost.json"))
}

#[cfg(unix)]
fn limit_processor_time(seconds: u64) {
    use nix::sys::resource::{Resource, setrlimit};
    // Where that is not allowed, it is done without.
    let _ = setrlimit(Resource::RLIMIT_CPU, seconds, seconds);
}

#[cfg(unix)]
fn cost_of_children(wall_seconds: f64) -> Cost {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeVal;
    let seconds = |time: TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    // Linux counts in KiB, macOS in bytes.
    let units_per_mib = if cfg!(target_os = "macos") {
        1_048_576.0
    } else {
        1024.0
    };
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).ok();
    Cost {
        wall_seconds,
        cpu_seconds: usage.map(|usage| seconds(usage.user_time()) + seconds(usage.system_time())),
        peak_mib: usage.map(|usage| usage.max_rss() as f64 / units_per_mib),
    }
}

#[cfg(not(unix))]
fn limit_processor_time(_: u64) {}

#[cfg(not(unix))]
fn cost_of_children(wall_seconds: f64) -> Cost {
    Cost {
        wall_seconds,
        cpu_seconds: None,
        peak_mib: None,
    }
}
