//! The options of `cargo xtask corpus`.

use clap::Args;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Documents, and what is done with them.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// The folder of documents (.json, .yaml).
    #[arg(long, env = "TILT_CORPUS", value_name = "DIR")]
    pub dir: PathBuf,
    /// Only documents of these names, without ending; `*` stands for anything. May be repeated.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub filter: Vec<String>,
    /// How many documents or crates at a time; by default as many as there are processors.
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Compile every SDK with `cargo check`.
    #[arg(long)]
    pub check: bool,
    /// Run clippy on every SDK, with warnings as errors.
    #[arg(long)]
    pub clippy: bool,
    /// Generate servers too, and compile them with their SDKs.
    #[arg(long)]
    pub server: bool,
    /// Send the documents' examples and made instances of their schemas through the SDKs' types and back.
    #[arg(long)]
    pub round_trip: bool,
    /// Count names that nobody would guess, print the worst, and do nothing else; with `--report`, write
    /// all of them there.
    #[arg(long, conflicts_with_all = ["check", "clippy", "round_trip"])]
    pub names: bool,
    /// So many instances of each type, at most.
    #[arg(long, value_name = "N", default_value_t = 60)]
    pub most: usize,
    /// Write a report: JSON if the name ends so, else Markdown. May be repeated.
    #[arg(long, value_name = "FILE")]
    pub report: Vec<PathBuf>,
    /// The cargo profile that the generator is built with.
    #[arg(long, value_name = "PROFILE", default_value = "release")]
    pub profile: String,
}
