//! The command line of `tilt-codegen`: arguments in, an exit code out.
//!
//! Each file knows those before it in this list: `exit`, `failure`, `terminal`, `answer`, `report`,
//! `arguments`, `package`, `manifest` and `notes`, then the commands.

mod answer;
mod arguments;
mod completions;
mod diff;
mod exit;
mod explain;
mod failure;
mod generate;
mod inspect;
mod manifest;
mod manual;
mod notes;
mod package;
mod report;
mod schema;
mod terminal;

use self::arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

/// Runs the command that the process was started with.
pub(crate) fn run() -> ExitCode {
    let Arguments {
        command,
        explain,
        message_format,
    } = Arguments::parse();
    let result = match &command {
        None => self::explain::explain(explain),
        Some(Command::Generate(options)) => generate::generate(options, message_format),
        Some(Command::Inspect(documents)) => inspect::inspect(documents, message_format),
        Some(Command::Diff(options)) => diff::diff(options, message_format),
        Some(Command::Schema { of }) => schema::schema(*of),
        Some(Command::Completions { shell }) => completions::completions(*shell),
        Some(Command::Manual { out }) => manual::manual(out),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(failure) => {
            report::tell_failure(&failure, message_format);
            failure.exit().into()
        }
    }
}
