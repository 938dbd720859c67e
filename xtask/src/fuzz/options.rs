//! The command line of `cargo xtask fuzz`.

use clap::Args;
use std::path::PathBuf;

/// All targets, the fastest first.
pub(super) const TARGETS: [&str; 7] = [
    "source", "docs", "spec", "names", "pipeline", "runtime", "types",
];

/// Targets, and how long each runs.
#[derive(Debug, Clone, Args)]
pub struct Fuzz {
    /// How long each target runs.
    #[arg(long, value_name = "N", default_value_t = 60)]
    pub seconds: u64,
    /// Only these; by default all. May be repeated.
    #[arg(long, value_name = "NAME", value_parser = TARGETS)]
    pub target: Vec<String>,
    /// A folder of documents, from which `types` takes some beside Tilt's.
    #[arg(long, env = "TILT_CORPUS", value_name = "DIR")]
    pub corpus: Option<PathBuf>,
}
