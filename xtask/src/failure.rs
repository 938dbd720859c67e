//! Everything that makes a command fail, with the exit code that says so.

use crate::exit::Exit;
use crate::fetch::FetchError;
use crate::mapping::MappingError;
use crate::origin::OriginError;
use crate::project;
use crate::sdk::SettingsError;
use crate::specs::{NotAccepted, SpecsError};
use std::error::Error;
use std::path::PathBuf;
use tilt_codegen::output::OutputError;

/// An error with all its causes: each that is not in the text before it already.
pub fn with_causes(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let cause_text = cause.to_string();
        if !text.ends_with(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        next = cause.source();
    }
    text
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Not in the repository.
    #[error(transparent)]
    Project(#[from] project::NotFound),
    /// The address on the command line is not used.
    #[error(transparent)]
    Origin(#[from] OriginError),
    /// No new documents.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// `specs/`.
    #[error(transparent)]
    Specs(#[from] SpecsError),
    /// `codegen.toml`.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The mapping of a dealer's system does not say how its client is to be generated.
    #[error("{}: {error}", path.display())]
    Mapping {
        /// The file.
        path: PathBuf,
        /// Its fault.
        error: MappingError,
    },
    /// The generator refuses the documents in `specs/`.
    #[error("the generator refuses the documents:\n{0}")]
    Documents(String),
    /// The sources could not be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// Anything else with files or processes.
    #[error("could not {action}: {error}")]
    System {
        /// The attempt that failed.
        action: String,
        /// Why it failed.
        error: std::io::Error,
    },
    /// A finding that `drift` was told to accept.
    #[error("nothing was accepted: {0}")]
    NotAccepted(#[from] NotAccepted),
    /// `release`, where there is nothing to release.
    #[error("nothing was released: {0}")]
    NotReleased(&'static str),
    /// The one thing that `drift` can fail by.
    #[error("could not compare: {0}")]
    NotComparable(Box<Failure>),
}

impl Failure {
    /// The exit code of the process.
    pub fn exit(&self) -> Exit {
        match self {
            Failure::Origin(_) | Failure::NotAccepted(_) => Exit::Usage,
            Failure::Fetch(error) => match error {
                FetchError::Unreachable(_) => Exit::Unreachable,
                FetchError::NotTheDocuments(_) | FetchError::Refused(_) => Exit::Rejected,
                FetchError::Specs(_) => Exit::Files,
            },
            Failure::Documents(_)
            | Failure::Mapping { .. }
            | Failure::Settings(SettingsError::Config { .. }) => Exit::Rejected,
            Failure::Project(_)
            | Failure::Specs(_)
            | Failure::Settings(SettingsError::Io { .. } | SettingsError::Output(_))
            | Failure::Output(_)
            | Failure::System { .. } => Exit::Files,
            Failure::NotReleased(_) => Exit::Different,
            Failure::NotComparable(_) => Exit::NotComparable,
        }
    }

    /// Advice to the user, where the message does not say.
    pub fn advice(&self) -> Option<&'static str> {
        match self {
            Failure::Fetch(FetchError::Specs(_)) => None,
            Failure::Fetch(_) => Some(
                "specs/ and the generated sources are unchanged. \
                 To work from the documents in specs/:\n  cargo xtask regenerate --offline",
            ),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    enum Told {
        #[error("cannot listen")]
        Apart(#[source] std::io::Error),
        #[error("cannot start: {0}")]
        Inside(#[source] Box<Told>),
    }

    #[test]
    fn causes_are_told_once() {
        let cause = std::io::Error::other("in use");
        let error = Told::Apart(cause);
        assert_eq!(with_causes(&error), "cannot listen: in use");
        let error = Told::Inside(Box::new(error));
        assert_eq!(with_causes(&error), "cannot start: cannot listen: in use");
    }
}
