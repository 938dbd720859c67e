//! `cargo xtask fetch` and `cargo xtask regenerate`.

use crate::failure::Failure;
use crate::fetch::{self, Outcome, Settings};
use crate::origin::Origin;
use crate::project::{GENERATED, Project};
use crate::sdk::{Pair, Sdk, report};
use crate::specs::Specs;
use tilt_codegen::Generated;
use tilt_codegen::diagnostic::Diagnostics;
use tilt_codegen::output::{self, Report, Target};
use tilt_codegen::render::File;

/// The outcome of `regenerate`.
#[derive(Debug)]
pub struct Regenerated {
    /// The outcome for `specs/`; `None` offline.
    pub fetched: Option<Outcome>,
    /// The outcome for the sources.
    pub written: Report,
    /// The parts of the documents that the SDK cannot express.
    pub findings: Diagnostics,
}

/// Brings `specs/` up to date, if the SDK can be generated from what the server has.
pub async fn fetch(
    project: &Project,
    origin: &Origin,
    settings: &Settings,
) -> Result<Outcome, Failure> {
    let specs = Specs::open(project.specs())?;
    let sdk = Sdk::of(project)?;
    let accept = |openapi: &[u8], asyncapi: &[u8]| {
        let generated = sdk
            .generate(Pair::fetched(openapi, asyncapi))
            .map_err(|diagnostics| report(&diagnostics))?;
        // Faults that stand in the way of the sources are better known before `specs/` is replaced.
        output::plan(target(&project.sdk()), &files(&generated))
            .map(|_| ())
            .map_err(|error| error.to_string())
    };
    Ok(fetch::update(&specs, origin, settings, accept).await?)
}

/// Rewrites the SDK's sources; first fetches the documents, if told where from.
pub async fn regenerate(
    project: &Project,
    origin: Option<(&Origin, &Settings)>,
) -> Result<Regenerated, Failure> {
    let fetched = match origin {
        Some((origin, settings)) => Some(fetch(project, origin, settings).await?),
        None => None,
    };
    let generated = generate(project)?;
    let written = output::write(target(&project.sdk()), &files(&generated))?;
    Ok(Regenerated {
        fetched,
        written,
        findings: generated.findings,
    })
}

/// The SDK's sources from `specs/`, in memory.
pub(crate) fn generate(project: &Project) -> Result<Generated, Failure> {
    let specs = Specs::open(project.specs())?;
    Sdk::of(project)?
        .generate(Pair::from(&specs))
        .map_err(|diagnostics| Failure::Documents(report(&diagnostics)))
}

/// The files of the SDK's folder: sources, and the names of everything in them.
pub(crate) fn files(generated: &Generated) -> Vec<File> {
    let sources = generated.files.iter().map(|file| File {
        path: format!("{GENERATED}/{}", file.path),
        contents: file.contents.clone(),
    });
    sources.chain([generated.names.file()]).collect()
}

/// All of `generated/` is the generator's.
pub(crate) fn target(dir: &std::path::Path) -> Target<'_> {
    Target {
        dir,
        owned: GENERATED,
        shared: "",
    }
}
