//! `cargo xtask`: see `cargo xtask --help`.

use clap::Parser;
use std::process::ExitCode;
use xtask::bench;
use xtask::check::{ACCEPT, check};
use xtask::cli::{Cli, Command};
use xtask::corpus;
use xtask::drift::options::Options;
use xtask::drift::{accept, drift};
use xtask::exit::Exit;
use xtask::failure::Failure;
use xtask::fetch::Settings;
use xtask::fuzz;
use xtask::hostile;
use xtask::live;
use xtask::oracle;
use xtask::oracle::options::Oracle;
use xtask::project::Project;
use xtask::regenerate::{fetch, regenerate};
use xtask::release;
use xtask::semver_proof;
use xtask::tell;
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
        Command::Sandbox(_)
            | Command::Demo
            | Command::Faults(_)
            | Command::Oracle(Oracle::Schemathesis)
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
            let fetched = fetch(&project, &from.origin()?, &settings).await?;
            tell::fetched(&fetched)?;
            tell::proposal(
                fetched.proposal.as_ref(),
                &["cargo xtask regenerate --offline"],
            )?;
            Ok(Exit::Success)
        }
        Command::Regenerate {
            offline,
            set_version,
            from,
        } => {
            let origin = if offline { None } else { Some(from.origin()?) };
            let origin = origin.as_ref().map(|origin| (origin, &settings));
            let mut done = regenerate(&project, origin).await?;
            if let Some(proposal) = done.proposal.as_mut().filter(|_| set_version) {
                proposal.set_version(&project)?;
            }
            tell::regenerated(&done)?;
            Ok(Exit::Success)
        }
        Command::Release { version } => {
            tell::released(&release::release(&project, version)?)?;
            Ok(Exit::Success)
        }
        Command::Check => Ok(match check(&project)? {
            None => {
                say("specs/ and the generated sources agree\n")?;
                say(format_args!(
                    "what users see of it is in snapshots: {ACCEPT}\n"
                ))?;
                Exit::Success
            }
            Some(disagreement) => {
                say(&disagreement.diff)?;
                warn(format_args!("error: {disagreement}"));
                Exit::Different
            }
        }),
        Command::Drift(options) => compare(&project, &options, &settings).await,
        Command::Corpus(options) if options.names => corpus::report_names(&options),
        Command::Corpus(options) => corpus::run(&project, &options),
        Command::Bench(options) => bench::run(&project, &options),
        Command::Fuzz(options) => fuzz::run(&project, &options),
        Command::Hostile => hostile::run(&project),
        Command::Oracle(oracle) => oracle::run(&project, &oracle).await,
        Command::SemverProof => semver_proof::run(&project),
        // These are the other binary's.
        Command::Sandbox(_) | Command::Demo | Command::Faults(_) => Ok(Exit::Usage),
    }
}

async fn compare(
    project: &Project,
    options: &Options,
    settings: &Settings,
) -> Result<Exit, Failure> {
    let other = options.other()?;
    if let Some(acceptance) = options.acceptance() {
        let entry = accept(project, &other, settings, acceptance).await?;
        say(format_args!(
            "accepted: {} ({})\n",
            entry.fingerprint, entry.rule
        ))?;
        return Ok(Exit::Success);
    }
    let compared = drift(project, &other, settings).await?;
    tell::drift(&compared, options)?;
    Ok(match options.fail_on.is_met(&compared.drift) {
        true => Exit::Different,
        false => Exit::Success,
    })
}
