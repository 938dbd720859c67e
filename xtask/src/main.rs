//! `cargo xtask`: see `cargo xtask --help`.

use clap::Parser;
use std::process::ExitCode;
use xtask::bench;
use xtask::check::check;
use xtask::cli::{Cli, Command};
use xtask::corpus;
use xtask::drift::{Other, drift};
use xtask::exit::Exit;
use xtask::failure::Failure;
use xtask::fetch::{Outcome, Settings};
use xtask::fuzz;
use xtask::hostile;
use xtask::live;
use xtask::project::Project;
use xtask::regenerate::{Regenerated, fetch, regenerate};
use xtask::semver_proof;
use xtask::terminal::{say, warn};

fn main() -> ExitCode {
    if let Some(exit) = corpus::measure::intercept() {
        return exit;
    }
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let result = runtime
        .map_err(|error| Failure::System {
            action: "start".into(),
            error,
        })
        .and_then(|runtime| runtime.block_on(run(cli.command)));
    result.unwrap_or_else(|failure| {
        warn(format_args!("error: {failure}\n"));
        if let Some(advice) = failure.advice() {
            warn(format_args!("\n{advice}\n"));
        }
        failure.exit().into()
    })
}

async fn run(command: Command) -> Result<ExitCode, Failure> {
    if matches!(
        command,
        Command::Sandbox(_) | Command::Demo | Command::Faults(_)
    ) {
        return live::run();
    }
    run_here(command).await.map(ExitCode::from)
}

async fn run_here(command: Command) -> Result<Exit, Failure> {
    let project = Project::find()?;
    let settings = Settings::default();
    match command {
        Command::Fetch(from) => {
            describe(fetch(&project, &from.origin()?, &settings).await?)?;
            Ok(Exit::Success)
        }
        Command::Regenerate { offline, from } => {
            let origin = if offline { None } else { Some(from.origin()?) };
            let origin = origin.as_ref().map(|origin| (origin, &settings));
            let done = regenerate(&project, origin).await?;
            describe_sources(&done)?;
            Ok(Exit::Success)
        }
        Command::Check => Ok(match check(&project)? {
            None => {
                say("specs/ and the generated sources agree\n")?;
                Exit::Success
            }
            Some(disagreement) => {
                say(&disagreement.diff)?;
                warn(format_args!("error: {disagreement}"));
                Exit::Different
            }
        }),
        Command::Drift { from, dir } => {
            let other = match dir {
                Some(dir) => Other::Dir(dir),
                None => Other::Live(from.origin()?),
            };
            let drift = drift(&project, &other, &settings).await?;
            if drift.is_none() {
                say(format_args!("no drift: {other} says what specs/ says\n"))?;
                return Ok(Exit::Success);
            }
            say(format_args!("{}drift: {drift}\n", drift.diff))?;
            Ok(Exit::Different)
        }
        Command::Corpus(options) if options.names => corpus::report_names(&options),
        Command::Corpus(options) => corpus::run(&project, &options),
        Command::Bench(options) => bench::run(&project, &options),
        Command::Fuzz(options) => fuzz::run(&project, &options),
        Command::Hostile => hostile::run(&project),
        Command::SemverProof => semver_proof::run(&project),
        // These are the other binary's.
        Command::Sandbox(_) | Command::Demo | Command::Faults(_) => Ok(Exit::Usage),
    }
}

fn describe(outcome: Outcome) -> Result<(), Failure> {
    match outcome {
        Outcome::Unchanged => say("specs/ is up to date\n"),
        Outcome::Replaced { openapi, asyncapi } => {
            for (name, changed) in [("openapi.json", openapi), ("asyncapi.json", asyncapi)] {
                let state = if changed { "replaced" } else { "as before" };
                say(format_args!("specs/{name}: {state}\n"))?;
            }
            say("specs/source.toml: replaced\n")
        }
    }
}

fn describe_sources(done: &Regenerated) -> Result<(), Failure> {
    if let Some(outcome) = done.fetched {
        describe(outcome)?;
    }
    let written = &done.written;
    for path in &written.written {
        say(format_args!("wrote    {path}\n"))?;
    }
    for path in &written.removed {
        say(format_args!("removed  {path}\n"))?;
    }
    say(format_args!(
        "{} written, {} removed, {} unchanged\n{}",
        written.written.len(),
        written.removed.len(),
        written.unchanged,
        done.findings.summary()
    ))
}
