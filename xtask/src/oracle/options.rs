//! The options of `cargo xtask oracle`.

use clap::{Args, Subcommand};

/// The oracle.
#[derive(Debug, Clone, Subcommand)]
pub enum Oracle {
    /// The conformance suite of TypeSpec: its specs as OpenAPI, its server as the judge of each scenario.
    Typespec(Typespec),
}

/// The run of `typespec`.
#[derive(Debug, Clone, Args)]
pub struct Typespec {
    /// Only specs of these names, such as `payload-multipart`; `*` stands for anything. May be repeated.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub filter: Vec<String>,
}
