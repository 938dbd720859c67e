//! `tilt-codegen inspect`.

use super::Exit;
use super::arguments::{Documents, MessageFormat};
use super::failure::Failure;
use super::report::{tell_findings, with_status};

pub(crate) fn inspect(documents: &Documents, format: MessageFormat) -> Result<Exit, Failure> {
    let modelled = documents
        .generator()?
        .model(&documents.inputs())
        .map_err(Failure::Refused)?;
    let surface = tilt_codegen::surface(&modelled.sdk);
    match format {
        MessageFormat::Human => {
            print!("{surface}");
            tell_findings(&modelled.findings, false);
        }
        MessageFormat::Json => {
            let mut object = with_status("modelled", &modelled.findings);
            object["surface"] = surface.lines().collect();
            println!("{object}");
        }
    }
    Ok(Exit::Success)
}
