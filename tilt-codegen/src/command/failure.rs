//! Why the command failed.

use super::Exit;
use super::report::{look, with_status};
use super::terminal::{warn, warn_report};
use std::io;
use std::path::PathBuf;
use tilt_codegen::config::ConfigError;
use tilt_codegen::diagnostic::Diagnostics;
use tilt_codegen::output::OutputError;

#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("nothing can be generated")]
    Refused(Diagnostics),
    #[error("could not read {}: {error}", path.display())]
    Read { path: PathBuf, error: io::Error },
    #[error("{}: {error}", path.display())]
    Config { path: PathBuf, error: ConfigError },
    #[error("`{}` cannot be the name of a crate; say another with --name", .0.escape_debug())]
    Name(String),
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
            Failure::Config { .. }
            | Failure::Name(_)
            | Failure::Version(_)
            | Failure::Runtime { .. } => Exit::Usage,
            Failure::Read { .. } | Failure::Output(_) | Failure::Say(_) => Exit::Files,
        }
    }

    /// Tells people.
    pub(crate) fn tell(&self) {
        warn(format_args!("error: {self}\n"));
        if let Failure::Refused(diagnostics) = self {
            warn_report(&format!("\n{}\n", diagnostics.report(look())));
        }
    }

    pub(crate) fn to_json(&self) -> serde_json::Value {
        match self {
            Failure::Refused(diagnostics) => with_status("refused", diagnostics),
            other => serde_json::json!({ "status": "failed", "message": other.to_string() }),
        }
    }
}
