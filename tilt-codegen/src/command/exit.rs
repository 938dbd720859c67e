//! The exit codes.

use std::process::ExitCode;

/// The end of a command. Scripts rely on the numbers: they do not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    Success,
    /// The generator refuses a document.
    Refused,
    /// `diff`: the documents differ, at the threshold or more.
    Drift,
    /// The command line or the configuration makes no sense.
    Usage,
    /// A file could not be read or written.
    Files,
    /// `diff`: the documents could not be compared.
    NotComparable,
    /// `--check`: the files are not what would be generated.
    Stale,
}

pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0  success; diff: nothing at or above the threshold
  1  a document is refused, and nothing was written; diff: the documents differ
  2  the command line or the configuration is not understood; nothing was written
  3  a file could not be read or written; diff: the documents could not be compared
  4  --check: the files in --out are not what would be generated";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Success => 0,
            Exit::Refused | Exit::Drift => 1,
            Exit::Usage => 2,
            Exit::Files | Exit::NotComparable => 3,
            Exit::Stale => 4,
        })
    }
}
