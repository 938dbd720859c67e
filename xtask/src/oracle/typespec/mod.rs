//! The conformance suite of TypeSpec, which the makers of SDK generators use for their own.
//!
//! Its specs are compiled to OpenAPI 3.1, a crate is generated from each, and the programs of `tests/oracles/typespec/`
//! call every scenario through it, as users would. The suite's server judges what is sent, the programs what comes back.

mod programs;
mod server;
mod suite;
mod verdict;

use super::options::Typespec;
use super::{shown, system};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::Project;
use crate::terminal::say;
use suite::Suite;

/// Calls the scenarios; the exit code tells whether each came out as expected.
pub(super) async fn run(project: &Project, options: &Typespec) -> Result<Exit, Failure> {
    let suite = Suite::install(project)?;
    let all = suite.specs(&[])?;
    suite.nothing_is_idle(&all, &options.filter)?;
    let specs = suite.specs(&options.filter)?;
    let program = programs::build(project, &suite, &specs)?;
    let server = server::Server::start(&suite).await?;
    let called = program.run(&server.url());
    let judged = server.stop().await;
    let verdict = verdict::of(&suite, &all, &specs, &called?, &judged?)?;
    say(&verdict)?;
    Ok(match verdict.is_well() {
        true => Exit::Success,
        false => Exit::Different,
    })
}
