//! `tilt-codegen --explain CODE`.

use super::exit::Exit;
use super::failure::Failure;
use super::terminal::say;
use tilt_codegen::diagnostic::Code;

pub(crate) fn explain(code: Option<Code>) -> Result<Exit, Failure> {
    say(code.map(Code::explanation).unwrap_or_default())?;
    Ok(Exit::Success)
}
