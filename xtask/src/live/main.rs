//! `cargo xtask sandbox`, `demo`, `faults` and `oracle schemathesis`.

mod demo;
mod faults;
mod sandbox;
mod schemathesis;

use clap::Parser;
use std::error::Error;
use std::process::ExitCode;
use xtask::cli::{Cli, Command};
use xtask::exit::Exit;
use xtask::failure::with_causes;
use xtask::fetch::install_tls_provider;
use xtask::oracle::options::Oracle;
use xtask::terminal::warn;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    install_tls_provider();
    if let Some(result) = faults::intercept().await {
        return match result {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                warn(format_args!("error: {error}\n"));
                ExitCode::FAILURE
            }
        };
    }
    let result: Result<Exit, Box<dyn Error>> = match Cli::parse().command {
        Command::Sandbox(options) => sandbox::run(options).await,
        Command::Demo => demo::run().await.map_err(Into::into),
        Command::Faults(options) => faults::run(options).await.map_err(Into::into),
        Command::Oracle(Oracle::Schemathesis) => schemathesis::run().await,
        // All others are the other binary's.
        _ => Ok(Exit::Usage),
    };
    let exit = result.unwrap_or_else(|error| {
        warn(format_args!("error: {}\n", with_causes(&*error)));
        Exit::Different
    });
    exit.into()
}
