//! `cargo xtask oracle`: generated clients against judges that nobody here wrote.

mod calls;
mod client;
mod hypothesis;
mod json_schema;
mod npm;
pub mod options;
mod peers;
mod prism;
pub mod python;
mod served;
mod typespec;
mod uri_template;
mod value;

use crate::cargo;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::Project;
use options::Oracle;
use std::io;
use std::path::Path;
use std::process::Stdio;

/// Asks an oracle; the exit code tells whether it agrees.
pub async fn run(project: &Project, oracle: &Oracle) -> Result<Exit, Failure> {
    match oracle {
        Oracle::Hypothesis(options) => hypothesis::run(project, options),
        Oracle::Prism(options) => prism::run(project, options).await,
        Oracle::Served(options) => served::run(project, options).await,
        Oracle::JsonSchema(options) => json_schema::run(project, options),
        Oracle::Peers(options) => peers::run(project, options),
        Oracle::Typespec(options) => typespec::run(project, options).await,
        Oracle::UriTemplate => uri_template::run(project),
        // It needs a local Tilt, which is the other binary's.
        Oracle::Schemathesis => Ok(Exit::Usage),
    }
}

/// Makes a failure of what went wrong with files or processes.
fn system(action: impl Into<String>) -> impl FnOnce(io::Error) -> Failure {
    let action = action.into();
    move |error| Failure::System { action, error }
}

fn shown(action: &str, path: &Path) -> String {
    format!("{action} {}", path.display())
}

/// Builds packages of a workspace into the folder of all SDKs.
fn build(project: &Project, workspace: &Path, packages: &[&str]) -> Result<(), Failure> {
    let status = cargo::command(workspace)
        .args(["build", "--quiet", "--offline"])
        .args(packages)
        .env("CARGO_TARGET_DIR", project.sdks())
        .env_remove("RUSTFLAGS")
        .stdin(Stdio::null())
        .status()
        .map_err(system("start cargo"))?;
    match status.success() {
        true => Ok(()),
        false => Err(system("build the programs")(io::Error::other(
            "they do not compile",
        ))),
    }
}
