//! The command line.

use crate::bench::options as bench;
use crate::exit;
use crate::failure::Failure;
use crate::fuzz::Fuzz;
use crate::origin::{Deployment, Origin};
use clap::{Args, Parser, Subcommand};
use std::num::NonZeroUsize;
use std::path::PathBuf;

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
        /// Where the live API is.
        #[command(flatten)]
        from: From,
    },
    /// Check that specs/ and the generated sources agree.
    Check,
    /// Compare the API as it is now with the documents in specs/, and change nothing.
    Drift {
        /// Where the live API is.
        #[command(flatten)]
        from: From,
        /// Compare with openapi.json and asyncapi.json in this folder.
        #[arg(long, value_name = "DIR", conflicts_with_all = ["env", "base_url"])]
        dir: Option<PathBuf>,
    },
    /// Generate an SDK from each document of a folder, compile it, and report.
    Corpus(Corpus),
    /// Measure what SDKs cost to generate, compile and run.
    Bench(bench::Options),
    /// Feed the generator documents that nobody would write, and report what breaks it.
    Fuzz(Fuzz),
    /// Compile, document and doctest SDKs from documents that try to get something into them.
    Hostile,
    /// Run a local Tilt until Ctrl-C.
    Sandbox(Sandbox),
    /// Show the whole way: fetch, regenerate, pay an order at a local Tilt, receive its events.
    Demo,
}

/// How the local Tilt is set up.
#[derive(Debug, Clone, Args)]
pub struct Sandbox {
    /// The port on loopback; 0 is any free one.
    #[arg(long, value_name = "PORT", default_value_t = 4010)]
    pub port: u16,
    /// An address on this machine that gets the events; may be repeated.
    #[arg(long, value_name = "URL")]
    pub webhook: Vec<String>,
    /// Take any number of requests instead of the 5 a second that dev takes.
    #[arg(long)]
    pub unlimited: bool,
}

/// Documents, and what is done with them.
#[derive(Debug, Clone, Args)]
pub struct Corpus {
    /// The folder of documents (.json, .yaml).
    #[arg(long, env = "TILT_CORPUS", value_name = "DIR")]
    pub dir: PathBuf,
    /// Only documents of these names, without ending; `*` stands for anything. May be repeated.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub filter: Vec<String>,
    /// How many documents or crates at a time; by default as many as there are processors.
    #[arg(long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Compile every SDK with `cargo check`.
    #[arg(long)]
    pub check: bool,
    /// Run clippy on every SDK, with warnings as errors.
    #[arg(long)]
    pub clippy: bool,
    /// Send the documents' examples and made instances of their schemas through the SDKs' types and back.
    #[arg(long)]
    pub round_trip: bool,
    /// Count names that nobody would guess, print the worst, and do nothing else; with `--report`, write
    /// all of them there.
    #[arg(long, conflicts_with_all = ["check", "clippy", "round_trip"])]
    pub names: bool,
    /// So many instances of each type, at most.
    #[arg(long, value_name = "N", default_value_t = 60)]
    pub most: usize,
    /// Write a report: JSON if the name ends so, else Markdown. May be repeated.
    #[arg(long, value_name = "FILE")]
    pub report: Vec<PathBuf>,
    /// The cargo profile that the generator is built with.
    #[arg(long, value_name = "PROFILE", default_value = "release")]
    pub profile: String,
}

/// Where the live API is.
#[derive(Debug, Clone, Args)]
pub struct From {
    /// The environment whose documents are fetched.
    #[arg(long, value_enum, default_value_t = Deployment::Prod)]
    pub env: Deployment,
    /// Another address that the API's paths are appended to: https, or http on loopback.
    #[arg(long, value_name = "URL", conflicts_with = "env")]
    pub base_url: Option<String>,
}

impl From {
    /// The address, checked.
    pub fn origin(&self) -> Result<Origin, Failure> {
        let origin = match &self.base_url {
            Some(url) => Origin::parse(url),
            None => Origin::try_from(self.env),
        };
        Ok(origin?)
    }
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
    fn offline_excludes_an_address() {
        let parse = |arguments: &[&str]| Cli::try_parse_from(arguments);
        assert!(parse(&["xtask", "regenerate", "--offline"]).is_ok());
        assert!(parse(&["xtask", "regenerate", "--offline", "--env", "dev"]).is_err());
        assert!(parse(&["xtask", "fetch", "--env", "dev", "--base-url", "https://x"]).is_err());
    }
}
