//! What goes to the terminal.

use super::failure::Failure;
use std::fmt::Display;
use tilt_codegen::terminal;

pub(crate) use tilt_codegen::terminal::warn;

/// Writes to standard output.
pub(crate) fn say(text: impl Display) -> Result<(), Failure> {
    terminal::say(text).map_err(Failure::Say)
}
