//! `cargo xtask oracle`: generated clients against judges that nobody here wrote.

pub mod options;
mod typespec;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::Project;
use options::Oracle;

/// Asks an oracle; the exit code tells whether it agrees.
pub async fn run(project: &Project, oracle: &Oracle) -> Result<Exit, Failure> {
    match oracle {
        Oracle::Typespec(options) => typespec::run(project, options).await,
    }
}
