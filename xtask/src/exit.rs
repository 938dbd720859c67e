//! The exit codes of `cargo xtask`.

use std::process::ExitCode;

/// The exit codes of every command. Scripts rely on the numbers: they do not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Everything is as it should be.
    Success = 0,
    /// `check`, `drift`: there is a difference. `release`: there is nothing to release. `demo`, `corpus`, `hostile`, `oracle`: a step, a document, a scenario or an instance failed. `faults`: a law is broken.
    Different = 1,
    /// The command line was not understood.
    Usage = 2,
    /// `drift`: the two sides could not be compared.
    NotComparable = 3,
    /// The documents could not be fetched: network, HTTP status, limits. Nothing was changed.
    Unreachable = 4,
    /// A document is not what it should be, or the generator refuses it. Nothing was changed.
    Rejected = 5,
    /// A file could not be read or written, or stands where a generated one should go.
    Files = 6,
}

/// The table that `cargo xtask --help` ends with.
pub const TABLE: &str = "\
Exit codes:
  0  everything is as it should be
  1  check, drift: there is a difference; release: there is nothing to release;
     demo, corpus, hostile, oracle: something failed; faults: a law is broken
  2  the command line was not understood
  3  drift: the two sides could not be compared
  4  the documents could not be fetched; nothing was changed
  5  a document was refused; nothing was changed
  6  a file could not be read or written";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}
