//! The exit codes.

use std::process::ExitCode;

/// The exit codes. Scripts rely on the numbers: they do not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    Success = 0,
    /// The generator refuses a document.
    Refused = 1,
    /// The command line or the configuration makes no sense.
    Usage = 2,
    /// A file could not be read or written.
    Files = 3,
    /// `--check`: the files are not what would be generated.
    Stale = 4,
}

pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0  success
  1  a document is refused; nothing was written
  2  the command line or the configuration is not understood; nothing was written
  3  a file could not be read or written
  4  --check: the files in --out are not what would be generated";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}
