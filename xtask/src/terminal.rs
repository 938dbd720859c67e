//! Output to the terminal.

use crate::failure::Failure;
use std::fmt::Display;
use tilt_codegen::terminal;

pub use tilt_codegen::terminal::warn;

/// Writes to standard output.
///
/// # Errors
///
/// It cannot be written, for another reason than that nobody reads it.
pub fn say(text: impl Display) -> Result<(), Failure> {
    terminal::say(text).map_err(|error| Failure::System {
        action: "write to standard output".into(),
        error,
    })
}
