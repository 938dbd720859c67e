//! Results and problems, told to the user of the command.

use super::answer::{Answer, Size};
use super::arguments::MessageFormat;
use super::failure::Failure;
use super::terminal::{say_json, warn, warn_report};
use std::fmt;
use std::io::{IsTerminal, stderr};
use tilt_codegen::diagnostic::{Diagnostics, Look};
use tilt_codegen::drift::NotComparable;
use tilt_codegen::model::Sdk;
use tilt_codegen::render::File;

impl Size {
    pub(crate) fn of(sdk: &Sdk, files: &[File]) -> Self {
        Self {
            operations: sdk
                .resources
                .iter()
                .map(|resource| resource.operations.len())
                .sum(),
            types: sdk.types.len(),
            events: sdk.events.as_ref().map_or(0, |events| events.kinds.len()),
            files: files.len(),
            lines: files.iter().map(|file| file.contents.lines().count()).sum(),
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operations,
            types,
            events,
            files,
            lines,
        } = self;
        let of = |count: &usize, noun: &str| match count {
            1 => format!("1 {noun}"),
            _ => format!("{count} {noun}s"),
        };
        write!(
            f,
            "{}, {}, {}; {} in {}",
            of(operations, "operation"),
            of(types, "type"),
            of(events, "event"),
            of(lines, "line"),
            of(files, "file"),
        )
    }
}

/// As suits standard error.
fn look() -> Look {
    let color = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    Look::Graphical { color, width: 100 }
}

/// Findings for people: all of them, or a summary.
pub(crate) fn tell_findings(findings: &Diagnostics, all: bool) {
    if findings.items.is_empty() {
        return;
    }
    if all {
        warn_report(&findings.report(look()));
    } else {
        let summary = findings.summary();
        warn(format_args!(
            "{summary}(--findings shows each with its place)\n"
        ));
    }
}

/// An answer for programs.
pub(crate) fn answer(answer: &Answer<'_>) -> Result<(), Failure> {
    say_json(answer.to_json())
}

/// The end of a command that failed.
pub(crate) fn tell_failure(failure: &Failure, format: MessageFormat) {
    match (format, failure) {
        (MessageFormat::Json, failure) => {
            if let Err(error) = answer(&Answer::from(failure)) {
                warn(format_args!("error: {error}\n"));
            }
        }
        (
            MessageFormat::Human,
            Failure::Refused(diagnostics)
            | Failure::NotComparable(
                NotComparable::Old(diagnostics) | NotComparable::New(diagnostics),
            ),
        ) => {
            let report = diagnostics.report(look());
            warn(format_args!("error: {failure}\n"));
            warn_report(&format!("\n{report}\n"));
        }
        (MessageFormat::Human, failure) => warn(format_args!("error: {failure}\n")),
    }
}
