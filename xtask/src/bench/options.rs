//! The command line of `cargo xtask bench`.

use clap::{Args, ValueEnum};
use std::fmt;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Measurements, and the documents that they are of.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// Only these; by default all. Those of documents need a corpus.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PIECE")]
    only: Vec<Piece>,
    /// The folder of documents.
    #[arg(long, env = "TILT_CORPUS", value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Documents by name, without ending.
    #[arg(
        long,
        value_name = "NAME",
        value_delimiter = ',',
        num_args = 1..,
        default_values = [
            "adyen-payment", "paystack", "lago", "github-webhooks", "github-2021", "stripe",
        ],
    )]
    pub filter: Vec<String>,
    /// Measure other generators beside ours: `oas3-gen` and `openapi-to-rust`, where they are
    /// installed.
    #[arg(long)]
    pub peers: bool,
    /// Where their binaries are, if not on the PATH.
    #[arg(long, value_name = "DIR", requires = "peers")]
    pub peer_bin: Option<PathBuf>,
    /// How often each thing is done; the least counts.
    #[arg(long, value_name = "N", default_value = "3")]
    pub runs: NonZeroUsize,
    /// Write all tables to this file, as Markdown.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// One table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Piece {
    /// Generating each document's SDK.
    Generation,
    /// `cargo check` of each SDK alone.
    Check,
    /// `cargo build` of each SDK alone.
    Build,
    /// `cargo build --release` of each SDK alone.
    Release,
    /// `cargo check` of each document's server alone.
    Server,
    /// `cargo check` of each SDK's types against the same types with `Debug`, `Clone` and
    /// `PartialEq` alone.
    Floor,
    /// `cargo check` of each SDK with one of its features for tags.
    Tag,
    /// `cargo check` of a user's crate after one property was added.
    Increment,
    /// `cargo check` of 400 structs with 12 fields in several forms.
    Structs,
    /// Comparing each document with a version that has three edits.
    Drift,
    /// Generation of documents of growing size.
    Growth,
    /// `cargo xtask regenerate --offline`.
    Regeneration,
    /// Instructions and allocations at run time, by valgrind.
    Instructions,
}

impl Options {
    pub(super) fn pieces(&self) -> Vec<Piece> {
        let needs_documents = |piece: &Piece| {
            matches!(
                piece,
                Piece::Generation
                    | Piece::Check
                    | Piece::Build
                    | Piece::Release
                    | Piece::Server
                    | Piece::Floor
                    | Piece::Tag
                    | Piece::Drift
            )
        };
        let asked = match self.only.as_slice() {
            [] => Piece::value_variants(),
            only => only,
        };
        let able = |piece: &Piece| self.dir.is_some() || !needs_documents(piece);
        asked.iter().copied().filter(able).collect()
    }
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_possible_value() {
            Some(value) => f.write_str(value.get_name()),
            None => Ok(()),
        }
    }
}
