//! `cargo xtask oracle`: what others have written about the formats that SDKs are made of, as judges of SDKs.

mod json_schema;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::Project;
use clap::Subcommand;

/// The judge.
#[derive(Debug, Clone, Subcommand)]
pub enum Oracle {
    /// The JSON Schema test suite: valid instances of every schema come back from its types as they went in.
    JsonSchema(json_schema::Options),
}

/// Asks a judge; the exit code tells whether it found anything that is not known, or no longer what is.
pub fn run(project: &Project, oracle: &Oracle) -> Result<Exit, Failure> {
    match oracle {
        Oracle::JsonSchema(options) => json_schema::run(project, options),
    }
}

fn system(action: &str) -> impl FnOnce(std::io::Error) -> Failure + '_ {
    move |error| Failure::System {
        action: action.to_owned(),
        error,
    }
}
