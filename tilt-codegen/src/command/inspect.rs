//! `tilt-codegen inspect`.

use super::Exit;
use super::arguments::{Documents, MessageFormat};
use super::failure::Failure;
use super::report::{tell_findings, with_status};
use super::terminal::{say, say_json};

pub(crate) fn inspect(documents: &Documents, format: MessageFormat) -> Result<Exit, Failure> {
    let modelled = documents
        .generator()?
        .model(&documents.inputs())
        .map_err(Failure::Refused)?;
    let surface = tilt_codegen::surface(&modelled.sdk);
    match format {
        MessageFormat::Human => {
            say(surface)?;
            tell_findings(&modelled.findings, false);
        }
        MessageFormat::Json => {
            let mut object = with_status("modelled", &modelled.findings);
            object["surface"] = surface.lines().collect();
            say_json(object)?;
        }
    }
    Ok(Exit::Success)
}
