//! The command line.

use crate::bench::options as bench;
use crate::corpus::options as corpus;
use crate::drift::options as drift;
use crate::exit;
use crate::fuzz::Fuzz;
use crate::oracle::options::Oracle;
use crate::origin::From;
use clap::{Args, Parser, Subcommand, ValueEnum};
use semver::Version;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

/// The project's own commands.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask", version, about, after_help = exit::TABLE)]
pub struct Cli {
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// The command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Bring both documents in specs/ up to date with the live API.
    Fetch(From),
    /// Fetch both documents, then rewrite the SDK's generated sources.
    Regenerate {
        /// Work from the documents in specs/, without network.
        #[arg(long, conflicts_with_all = ["env", "base_url"])]
        offline: bool,
        /// Also write the proposed version into the manifests.
        #[arg(long)]
        set_version: bool,
        /// Where the live API is.
        #[command(flatten)]
        from: From,
    },
    /// Check that specs/ and the generated sources agree.
    Check,
    /// Compare the API as it is now with the documents in specs/, and change nothing.
    Drift(drift::Options),
    /// Make a release of what `regenerate` proposes: version, changelog, and what the next is compared with.
    Release {
        /// A higher version than the one that the changes of the API ask for, such as for other changes.
        version: Option<Version>,
    },
    /// Generate an SDK from each document of a folder, compile it, and report.
    Corpus(corpus::Options),
    /// Measure what SDKs cost to generate, compile and run.
    Bench(bench::Options),
    /// Feed the generator documents that nobody would write, and report what breaks it.
    Fuzz(Fuzz),
    /// Compile, document and doctest SDKs from documents that try to get something into them.
    Hostile,
    /// Ask judges that nobody here wrote whether generated clients do what documents say.
    #[command(subcommand)]
    Oracle(Oracle),
    /// Compile programs of old SDKs with new ones, and compare that with what drift says of their items.
    SemverProof,
    /// Run a local Tilt until Ctrl-C.
    Sandbox(Sandbox),
    /// Show the whole way: fetch, regenerate, pay an order at a local Tilt, receive its events.
    Demo,
    /// Pay orders at a local Tilt through a proxy that breaks what can break, and reconcile.
    Faults(Faults),
}

/// The run of `faults`.
#[derive(Debug, Clone, Args)]
pub struct Faults {
    /// The number of orders that are to be paid.
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..))]
    pub orders: u32,
    /// Chooses the faults: the same number, the same faults.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Run a client or a receiver that is wrong in a known way, which has to be found.
    #[arg(long, value_enum)]
    pub control: Option<Control>,
}

/// A mistake that programs make, and that `faults` has to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub enum Control {
    /// The client's settings say that payments may be repeated, and it creates orders anew that failed.
    RetryEverything,
    /// The client sends nothing again.
    RetryNothing,
    /// In the client's document, refunds and voids only read, so that of several attempts the last error is believed.
    LastErrorWins,
    /// In the client's settings, refunds and voids may be repeated.
    RepeatableReversals,
    /// The client has no budget for what it sends again.
    NoBudget,
    /// The receiver marks an event as handled before it is.
    MarkFirst,
    /// The receiver answers with success while an event is in work elsewhere.
    AcceptInWork,
}

const OUTCOMES: &str = "\
Outcomes:
  by amount, of a payment     ends in 02 cents: declined; in 03 cents: failed; else approved
  by amount, of a refund      ends in 03 cents: failed; else approved
  by card, on the hosted form and at the sale page (any later expiry, any CVV and ZIP):
    4111 1111 1111 1111       Visa, approved
    4000 0000 0000 0002       Visa, declined: do not honor
    5500 0000 0000 0004       Mastercard, approved
    3714 4963 5398 431        American Express, approved
    6011 1111 1111 1117       Discover, approved
    any other                 declined
  by hand, in the portal      decline, time out, lose the answer, 429, 500, events twice or late

The admin portal is at /admin; the links of orders and launch tokens open in a browser.";

/// How the local Tilt is set up.
#[derive(Debug, Clone, Args)]
#[command(after_long_help = OUTCOMES)]
pub struct Sandbox {
    /// The address to listen on. One that other machines can reach needs `--i-know`.
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::from(Ipv4Addr::LOCALHOST))]
    pub listen: IpAddr,
    /// Other machines may reach it, whose people sign in to the admin portal without a password.
    #[arg(long)]
    pub i_know: bool,
    /// A file that keeps everything over restarts: clients, orders, endpoints, deliveries, the clock.
    /// It has secrets, and is made for its owner alone.
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// The port; 0 is any free one.
    #[arg(long, value_name = "PORT", default_value_t = 4010)]
    pub port: u16,
    /// An address on this machine that gets the events; may be repeated.
    #[arg(long, value_name = "URL")]
    pub webhook: Vec<String>,
    /// Take any number of requests instead of the 5 a second that dev takes.
    #[arg(long)]
    pub unlimited: bool,
    /// The address of a dealer management system with the API of `tests/fixtures/dms/`, whose vehicles are pulled
    /// into the portal: see docs/inventory.md.
    #[arg(long, value_name = "URL")]
    pub inventory: Option<String>,
    /// How often it is pulled.
    #[arg(long, value_name = "TIME", default_value = "15m", requires = "inventory", value_parser = humantime::parse_duration)]
    pub inventory_every: Duration,
    /// A file with the token or the key for it, which goes where the mapping says.
    #[arg(long, value_name = "FILE", requires = "inventory")]
    pub inventory_secret: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn how_vehicles_are_pulled_needs_to_be_told_where_from() {
        let parse =
            |arguments: &[&str]| Cli::try_parse_from([&["xtask", "sandbox"], arguments].concat());
        assert!(parse(&[]).is_ok());
        assert!(parse(&["--inventory", "http://[::1]:9", "--inventory-every", "1m"]).is_ok());
        assert!(parse(&["--inventory-every", "1m"]).is_err());
        assert!(parse(&["--inventory-secret", "token"]).is_err());
    }

    #[test]
    fn offline_excludes_an_address() {
        let parse = |arguments: &[&str]| Cli::try_parse_from(arguments);
        assert!(parse(&["xtask", "regenerate", "--offline"]).is_ok());
        assert!(parse(&["xtask", "regenerate", "--offline", "--env", "dev"]).is_err());
        assert!(parse(&["xtask", "fetch", "--env", "dev", "--base-url", "https://x"]).is_err());
    }
}
