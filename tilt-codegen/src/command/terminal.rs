//! Output to the terminal.

use super::failure::Failure;
use std::fmt::Display;
use tilt_codegen::terminal;

pub(crate) use tilt_codegen::terminal::{warn, warn_report};

/// Writes to standard output.
pub(crate) fn say(text: impl Display) -> Result<(), Failure> {
    terminal::say(text).map_err(Failure::Say)
}

/// Writes an object of JSON, and the end of the line, to standard output.
pub(crate) fn say_json(json: impl Display) -> Result<(), Failure> {
    terminal::say_json(json).map_err(Failure::Say)
}
