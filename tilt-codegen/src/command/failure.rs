//! Why the command failed.

use super::exit::Exit;
use std::io;
use std::path::PathBuf;
use tilt_codegen::config::ConfigError;
use tilt_codegen::diagnostic::Diagnostics;
use tilt_codegen::drift::NotComparable;
use tilt_codegen::output::OutputError;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("nothing can be generated")]
    Refused(Diagnostics),
    #[error("the documents cannot be compared: {}", side(.0))]
    NotComparable(NotComparable),
    #[error("the documents cannot be compared: one is {old}, the other {new}")]
    OtherKind {
        old: &'static str,
        new: &'static str,
    },
    #[error("{0}")]
    Usage(&'static str),
    #[error("could not write {}: {error}", path.display())]
    Report { path: PathBuf, error: io::Error },
    #[error("could not read {}: {error}", path.display())]
    Read { path: PathBuf, error: io::Error },
    #[error("{}: {error}", path.display())]
    Config { path: PathBuf, error: ConfigError },
    #[error("two documents cannot both be standard input; name a file for one of them")]
    StandardInputTwice,
    #[error("`{}` cannot be the name of a crate; say another with --name", .0.escape_debug())]
    Name(String),
    #[error("{}: {error}to generate all the same, mend or remove this file, or say the crate's name with --name", path.display())]
    Manifest {
        path: PathBuf,
        error: toml::de::Error,
    },
    #[error("`{}` is not a version such as 0.1.0", .0.escape_debug())]
    Version(String),
    #[error("{} is not the runtime's folder: {reason}", path.display())]
    Runtime { path: PathBuf, reason: String },
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error("could not write to standard output: {0}")]
    Say(io::Error),
}

impl Failure {
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Failure::Refused(_) => Exit::Refused,
            Failure::NotComparable(_) | Failure::OtherKind { .. } => Exit::NotComparable,
            Failure::Usage(_)
            | Failure::Config { .. }
            | Failure::StandardInputTwice
            | Failure::Name(_)
            | Failure::Version(_)
            | Failure::Runtime { .. } => Exit::Usage,
            Failure::Read { .. }
            | Failure::Report { .. }
            | Failure::Manifest { .. }
            | Failure::Output(_)
            | Failure::Say(_) => Exit::Files,
        }
    }
}

/// In words, without the diagnostics, which are told with their places.
fn side(error: &NotComparable) -> String {
    match error {
        NotComparable::Old(_) => "the old ones are refused".to_owned(),
        NotComparable::New(_) => "the new ones are refused".to_owned(),
        other => other.to_string(),
    }
}
