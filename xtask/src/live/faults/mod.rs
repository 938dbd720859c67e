//! `cargo xtask faults`: orders paid through a proxy that breaks what can break, and what became of them.

mod books;
mod client;
mod clock;
mod coverage;
mod delivery;
mod dice;
mod effects;
mod intent;
mod laws;
mod ledger;
mod markers;
mod mishap;
mod plan;
mod process;
mod proxy;
mod receiver;
mod reconcile;
mod replica;
mod report;
mod round;
mod tag;
mod telling;
mod wrong_inbox;

use clap::ValueEnum;
use dice::Dice;
use reconcile::Reconciled;
use report::Report;
use round::Round;
use serde::de::DeserializeOwned;
use std::error::Error;
use std::ffi::OsStr;
use std::path::Path;
use std::time::Instant;
use std::{env, fs, io};
use tilt_generated::rt::inbox::sqlite::rusqlite;
use tilt_sandbox::SandboxError;
use xtask::cli::Faults;
use xtask::exit::Exit;
use xtask::failure::Failure;
use xtask::terminal::{say, warn};

/// Orders of a round: the local Tilt remembers ten thousand events, and each has a round of its own.
const ROUND: u32 = 1000;

/// Why a run came to no end.
#[derive(Debug, thiserror::Error)]
pub(super) enum FaultsError {
    #[error("the local Tilt: {0}")]
    Sandbox(#[from] SandboxError),
    #[error("could not {action}: {error}")]
    Io {
        action: &'static str,
        error: io::Error,
    },
    #[error("could not {0}: {1}")]
    Database(&'static str, rusqlite::Error),
    #[error(transparent)]
    Output(#[from] Failure),
    #[error("{0}")]
    Odd(&'static str),
}

impl FaultsError {
    fn io(action: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Io { action, error }
    }
}

/// Does what the arguments say, where this is a process of the harness.
pub(super) async fn intercept() -> Option<Result<(), Box<dyn Error>>> {
    fn read<T: DeserializeOwned>(file: &OsStr) -> Result<T, Box<dyn Error>> {
        Ok(serde_json::from_slice(&fs::read(Path::new(file))?)?)
    }
    let mut arguments = env::args_os().skip(1);
    let (name, file) = (arguments.next()?, arguments.next()?);
    Some(match name.to_str()? {
        client::ARGUMENT => match read(&file) {
            Ok(job) => client::start(job).await,
            Err(error) => Err(error),
        },
        receiver::ARGUMENT => match read(&file) {
            Ok(task) => receiver::run(task).await,
            Err(error) => Err(error),
        },
        _ => return None,
    })
}

pub(super) async fn run(options: Faults) -> Result<Exit, FaultsError> {
    let began = Instant::now();
    let dice = Dice::new(options.seed);
    let mut reconciled = Reconciled::default();
    let rounds = options.orders.div_ceil(ROUND);
    for number in 0..rounds {
        let orders = ROUND.min(options.orders - number * ROUND);
        warn(format_args!("round {} of {rounds}\n", number + 1));
        let mut round = Round::start(dice.of("round", number), orders, options.control).await?;
        round.pay().await?;
        round.deliver().await?;
        reconciled.add(Reconciled::of(&round.ledger()?));
    }
    let broken = laws::broken(&reconciled);
    let report = Report {
        reconciled: &reconciled,
        broken: &broken,
    };
    let control = options.control.and_then(|it| it.to_possible_value());
    let control = control.map(|it| format!(", {}", it.get_name()));
    say(format_args!(
        "{} orders, seed {}{}\n\n{report}",
        options.orders,
        options.seed,
        control.unwrap_or_default()
    ))?;
    warn(format_args!("{:.1} s\n", began.elapsed().as_secs_f64()));
    Ok(match broken.is_empty() {
        true => Exit::Success,
        false => Exit::Different,
    })
}
