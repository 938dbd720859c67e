//! The options of `cargo xtask drift`.

use super::Other;
use crate::date::Date;
use crate::failure::Failure;
use crate::origin::{Deployment, From};
use crate::specs::{Fingerprint, Reason};
use clap::Args;
use std::path::PathBuf;
use tilt_codegen::drift::Threshold;
use tilt_codegen::drift::format::Format;

/// The comparison, and how it is told.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// Where the live API is.
    #[command(flatten)]
    pub from: From,
    /// Compare with openapi.json and asyncapi.json in this folder.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["env", "base_url"])]
    pub dir: Option<PathBuf>,
    /// The form of the report: text, json, markdown, html or github.
    #[arg(long, value_name = "FORMAT", default_value_t)]
    pub format: Format,
    /// Exit with 1 from this on: breaking, major, warning, any or none. Each has those before it in it.
    #[arg(long, value_name = "THRESHOLD", default_value_t)]
    pub fail_on: Threshold,
    /// Write the report to this file, and the verdict to standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Accept a finding of this comparison: it is counted, and does not fail any more.
    #[arg(long, value_name = "FINGERPRINT", requires = "reason", conflicts_with_all = ["format", "fail_on", "output"])]
    pub accept: Option<Fingerprint>,
    /// Why it is accepted.
    #[arg(long, value_name = "WHY", requires = "accept")]
    pub reason: Option<Reason>,
    /// The last day on which it is, in UTC, such as 2026-01-31.
    #[arg(long, value_name = "DATE", requires = "accept")]
    pub until: Option<Date>,
}

impl Options {
    /// The other side of the comparison.
    pub fn other(&self) -> Result<Other, Failure> {
        Ok(match &self.dir {
            Some(dir) => Other::Dir(dir.clone()),
            None => Other::Live(self.from.origin()?, self.env()),
        })
    }

    fn env(&self) -> Option<Deployment> {
        self.from.base_url.is_none().then_some(self.from.env)
    }

    /// The finding to accept.
    pub fn acceptance(&self) -> Option<(Fingerprint, Reason, Option<Date>)> {
        let both = self.accept.clone().zip(self.reason.clone());
        both.map(|(fingerprint, reason)| (fingerprint, reason, self.until.clone()))
    }
}
