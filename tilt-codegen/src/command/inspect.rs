//! `tilt-codegen inspect`: prints the surface. Each of its lines is made in `surface/line.rs`.

use super::answer::Answer;
use super::arguments::{Documents, MessageFormat};
use super::exit::Exit;
use super::failure::Failure;
use super::report::{answer, tell_findings};
use super::terminal::say;
use tilt_codegen::{Generator, surface};

pub(crate) fn inspect(documents: &Documents, format: MessageFormat) -> Result<Exit, Failure> {
    let config = documents.config()?;
    let inputs = documents.inputs(&config)?;
    let modelled = Generator::new(config)
        .model(&inputs)
        .map_err(Failure::Refused)?;
    match format {
        MessageFormat::Human => {
            say(surface(&modelled.sdk))?;
            tell_findings(&modelled.findings, false);
        }
        MessageFormat::Json => answer(&Answer::Modelled {
            findings: &modelled.findings,
            surface: surface::items(&modelled.sdk),
        })?,
    }
    Ok(Exit::Success)
}
