//! The least that something costs in several runs.

use crate::corpus::measure;
use std::num::NonZeroUsize;
use std::path::Path;

/// A document that takes longer than this is not worth waiting for.
const MOST_SECONDS: u64 = 600;

#[derive(Debug, Clone, Copy)]
pub(super) struct Figures {
    pub(super) seconds: f64,
    pub(super) mib: f64,
}

/// Figures, or in few words why there are none.
pub(super) type Measured = Result<Figures, String>;

impl Figures {
    /// The figures that the measuring wrapper left under a label.
    pub(super) fn read(folder: &Path, label: &str) -> Measured {
        let cost = measure::cost(folder, label).ok_or("not compiled")?;
        let seconds = cost.cpu_seconds.unwrap_or(cost.wall_seconds);
        let mib = cost.peak_mib.unwrap_or(f64::NAN);
        Ok(Self { seconds, mib })
    }
}

/// The least of several runs, for time and memory each. The first failure ends them.
pub(super) fn least(runs: NonZeroUsize, mut run: impl FnMut() -> Measured) -> Measured {
    let mut least = run()?;
    for _ in 1..runs.get() {
        let next = run()?;
        least.seconds = least.seconds.min(next.seconds);
        least.mib = least.mib.min(next.mib);
    }
    Ok(least)
}

/// Runs a program once.
pub(super) fn program(folder: &Path, program: &Path, arguments: &[&std::ffi::OsStr]) -> Measured {
    const LABEL: &str = "program";
    let output = measure::measured(program, folder, LABEL, MOST_SECONDS)
        .args(arguments)
        .stdin(std::process::Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err("fails".to_owned());
    }
    Figures::read(folder, LABEL)
}
