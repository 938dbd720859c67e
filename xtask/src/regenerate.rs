//! `cargo xtask fetch` and `cargo xtask regenerate`.

use crate::drift::diff;
use crate::failure::Failure;
use crate::fetch::{self, Outcome, Settings};
use crate::inventory;
use crate::origin::Origin;
use crate::project::{GENERATED, Project};
use crate::proposal::{Proposal, propose};
use crate::sdk::{Pair, Sdk, report};
use crate::specs::Specs;
use tilt_codegen::Generated;
use tilt_codegen::diagnostic::Diagnostics;
use tilt_codegen::drift::Drift;
use tilt_codegen::output::{self, Report, Target};
use tilt_codegen::render::File;

/// The outcome of `fetch`.
#[derive(Debug)]
pub struct Fetched {
    /// The outcome for `specs/`.
    pub outcome: Outcome,
    /// The difference from the documents before; `None` if they are the same, or there were none.
    pub change: Option<Change>,
    /// The consequences for the next release, if the last one is known.
    pub proposal: Option<Proposal>,
}

/// The difference of fetched documents from those before.
#[derive(Debug)]
pub enum Change {
    /// In this.
    Drift(Drift),
    /// Those before could not be read: why.
    NotComparable(String),
}

/// The outcome of `regenerate`.
#[derive(Debug)]
pub struct Regenerated {
    /// The outcome for `specs/`; `None` offline.
    pub fetched: Option<Fetched>,
    /// The consequences for the next release, if the last one is known.
    pub proposal: Option<Proposal>,
    /// The outcome for the sources.
    pub written: Report,
    /// The outcome for the client of a dealer's system; `None` where the project has none.
    pub inventory: Option<inventory::Written>,
    /// The parts of the documents that the SDK cannot express.
    pub findings: Diagnostics,
}

/// Brings `specs/` up to date, if the SDK can be generated from what the server has.
pub async fn fetch(
    project: &Project,
    origin: &Origin,
    settings: &Settings,
) -> Result<Fetched, Failure> {
    let mut fetched = bring(project, origin, settings).await?;
    fetched.proposal = propose(project)?;
    Ok(fetched)
}

async fn bring(
    project: &Project,
    origin: &Origin,
    settings: &Settings,
) -> Result<Fetched, Failure> {
    let specs = Specs::open(project.specs())?;
    let sdk = Sdk::of(project)?;
    let mut change = None;
    let accept = |openapi: &[u8], asyncapi: &[u8]| {
        let generated = sdk
            .generate(Pair::fetched(openapi, asyncapi))
            .map_err(|diagnostics| report(&diagnostics))?;
        // Faults that stand in the way of the sources are better known before `specs/` is replaced.
        output::plan(target(&project.sdk()), &files(&generated))
            .map_err(|error| error.to_string())?;
        if let Ok(before) = Pair::accepted(&specs) {
            let now = Pair::named("specs/", openapi, asyncapi);
            change = Some(match diff(&sdk, before, now) {
                Ok(drift) => Change::Drift(drift),
                Err(failure) => Change::NotComparable(failure.to_string()),
            });
        }
        Ok(())
    };
    let outcome = fetch::update(&specs, origin, settings, accept).await?;
    Ok(Fetched {
        outcome,
        change,
        proposal: None,
    })
}

/// Rewrites the SDK's sources; first fetches the documents, if told where from.
pub async fn regenerate(
    project: &Project,
    origin: Option<(&Origin, &Settings)>,
) -> Result<Regenerated, Failure> {
    let fetched = match origin {
        Some((origin, settings)) => Some(bring(project, origin, settings).await?),
        None => None,
    };
    let generated = generate(project)?;
    let written = output::write(target(&project.sdk()), &files(&generated))?;
    let inventory = inventory::write(project)?;
    Ok(Regenerated {
        fetched,
        proposal: propose(project)?,
        written,
        inventory,
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
