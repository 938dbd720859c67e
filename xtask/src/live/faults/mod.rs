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
mod report;
mod round;
mod tag;
mod wrong_inbox;

pub(super) use client::intercept;

use clap::ValueEnum;
use dice::Dice;
use reconcile::Reconciled;
use report::Report;
use round::Round;
use std::error::Error;
use std::io;
use std::time::Instant;
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
    #[error("could not start the receivers: {0}")]
    Receivers(String),
    #[error(transparent)]
    Output(#[from] Failure),
    #[error("{0}")]
    Odd(&'static str),
}

impl FaultsError {
    fn io(action: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Io { action, error }
    }

    fn receivers(error: Box<dyn Error>) -> Self {
        Self::Receivers(error.to_string())
    }
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
