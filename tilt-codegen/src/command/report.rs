//! What a run tells its user.

use super::terminal::{warn, warn_report};
use serde::Serialize;
use serde_json::{Value, json};
use std::io::{IsTerminal, stderr};
use tilt_codegen::diagnostic::{Diagnostics, Look};
use tilt_codegen::model::Sdk;
use tilt_codegen::render::File;

/// How large an SDK is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Size {
    operations: usize,
    types: usize,
    events: usize,
    files: usize,
    lines: usize,
}

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

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            operations,
            types,
            events,
            files,
            lines,
        } = self;
        write!(
            f,
            "{operations} operations, {types} types, {events} events; {lines} lines in {files} files"
        )
    }
}

/// As suits standard error.
pub(crate) fn look() -> Look {
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

/// `{"status": …, "diagnostics": […], "omitted": …}`
pub(crate) fn with_status(status: &str, diagnostics: &Diagnostics) -> Value {
    let mut object = json!({ "status": status });
    if let (Value::Object(object), Ok(Value::Object(diagnostics))) =
        (&mut object, serde_json::to_value(diagnostics))
    {
        object.extend(diagnostics);
    }
    object
}
