//! From the API's documents to the SDK's sources.

use super::DemoError;
use super::transcript::Transcript;
use std::fs;
use std::io;
use xtask::check::stale;
use xtask::document::DocumentKind;
use xtask::failure::Failure;
use xtask::fetch::Settings;
use xtask::origin::Origin;
use xtask::project::Project;
use xtask::regenerate::regenerate;
use xtask::specs::Specs;

/// Fetches and regenerates in a temporary place, and compares the outcome with what is committed.
pub(crate) async fn show(
    project: &Project,
    api: &str,
    transcript: &mut Transcript,
) -> Result<(), DemoError> {
    let folder = tempfile::tempdir().map_err(io("make a folder"))?;
    let temporary = Project::at(folder.path());
    copy_settings(project, &temporary).map_err(io("copy the settings of the generator"))?;

    transcript.step("Fetch both documents and regenerate the SDK in a temporary place");
    let origin = Origin::parse(api).map_err(Failure::from)?;
    let settings = Settings::default();
    let done = regenerate(&temporary, Some((&origin, &settings))).await?;
    let specs = Specs::open(temporary.specs()).map_err(Failure::from)?;
    let provenance = specs.provenance().map_err(Failure::from)?;
    for kind in DocumentKind::ALL {
        let sha256 = provenance
            .as_ref()
            .map(|accepted| accepted.source(kind).sha256.as_str());
        transcript.fact(
            kind.file_name(),
            format!("SHA-256 {}", sha256.unwrap_or("unknown")),
        );
    }
    transcript.fact("sources", format!("{} files", done.written.written.len()));
    transcript.fact("findings", done.findings.items.len());

    transcript.step("Compare with the committed SDK");
    let (stale, _) = stale(&temporary, project)?;
    super::expect(
        stale.is_empty(),
        "the committed SDK to be what comes out",
        stale,
    )?;
    transcript.fact("differences", "none");
    Ok(())
}

fn copy_settings(from: &Project, to: &Project) -> io::Result<()> {
    fs::create_dir_all(to.specs())?;
    for name in ["codegen.toml", "overlay.json"] {
        let file = from.specs().join(name);
        if file.exists() {
            fs::copy(file, to.specs().join(name))?;
        }
    }
    if from.names().exists() {
        fs::create_dir_all(to.sdk())?;
        fs::copy(from.names(), to.names())?;
    }
    Ok(())
}

fn io(action: &'static str) -> impl FnOnce(io::Error) -> DemoError {
    move |error| DemoError::Io { action, error }
}
