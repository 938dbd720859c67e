//! The changes since the last release, the version that follows from them, and their entry in `CHANGELOG.md`.

mod changelog;
mod version;

use crate::drift::diff;
use crate::failure::Failure;
use crate::project::Project;
use crate::report_file;
use crate::sdk::{Pair, Sdk};
use crate::specs::{Released, Specs};
use crate::terminal::warn;
use semver::Version;
use std::fs;
use std::io;
use std::path::Path;
use tilt_codegen::drift::Drift;
use tilt_codegen::drift::format::Report;

const CHANGELOG: &str = "CHANGELOG.md";

/// The change of the documents since the last release, and its consequences.
#[derive(Debug)]
pub struct Proposal {
    /// From the documents of the last release to the accepted ones.
    pub drift: Drift,
    /// The version of the last release.
    pub released: Version,
    /// The version that follows.
    pub next: Version,
    /// The version that the manifests have.
    pub current: Option<Version>,
    /// Whether `CHANGELOG.md` was written anew.
    pub changelog: bool,
}

impl Proposal {
    /// For people, with both versions.
    pub fn with_report<T>(&self, tell: impl FnOnce(&Report<'_>) -> T) -> T {
        let (released, next) = (self.released.to_string(), self.next.to_string());
        let mut report = Report::new(&self.drift);
        report.versions = Some((&released, &next));
        tell(&report)
    }

    /// Raises the version in the manifests, if it is too low.
    pub fn set_version(&mut self, project: &Project) -> Result<(), Failure> {
        if self.is_due() {
            set_version(project, &self.next)?;
            self.current = Some(self.next.clone());
        }
        Ok(())
    }

    /// Whether the manifests have a version that is too low.
    pub fn is_due(&self) -> bool {
        self.current
            .as_ref()
            .is_some_and(|current| *current < self.next)
    }
}

/// Compares the accepted documents with those of the last release, and writes the entry of
/// `CHANGELOG.md`; `None` where no release is known, or its documents cannot be read any more.
pub fn propose(project: &Project) -> Result<Option<Proposal>, Failure> {
    match since_release(project) {
        // The documents and sources are there nevertheless.
        Err(Failure::Documents(reason)) => {
            warn(format_args!(
                "note: no version is proposed, since specs/ and specs/released/ cannot be compared: {reason}\n"
            ));
            Ok(None)
        }
        other => other,
    }
}

pub(crate) fn since_release(project: &Project) -> Result<Option<Proposal>, Failure> {
    let specs = Specs::open(project.specs())?;
    let Some(Released {
        version: released,
        openapi,
        asyncapi,
        names,
    }) = specs.released()?
    else {
        return Ok(None);
    };
    let sdk = Sdk::of(project)?.with_names(names);
    let old = Pair::named("specs/released/", &openapi, &asyncapi);
    let drift = diff(&sdk, old, Pair::accepted(&specs)?)?;
    let next = version::next(&released, drift.upgrade);
    let mut proposal = Proposal {
        drift,
        released,
        next,
        current: None,
        changelog: false,
    };
    let manifest = read(&manifest(project))?;
    proposal.current = manifest.as_deref().and_then(version::of_manifest);
    let entry = proposal.with_report(|report| report.to_changelog());
    proposal.changelog = rewrite(&project.root().join(CHANGELOG), |text| {
        changelog::with_entry(text, &entry)
    })?;
    Ok(Some(proposal))
}

/// Writes a version into the manifests.
pub(crate) fn set_version(project: &Project, new: &Version) -> Result<(), Failure> {
    let manifest = manifest(project);
    let old = read(&manifest)?.as_deref().and_then(version::of_manifest);
    let Some(old) = old.filter(|old| old != new) else {
        return Ok(());
    };
    rewrite(&project.root().join("Cargo.lock"), |lock| {
        version::with_locked_version(lock, &old, new)
    })?;
    rewrite(&manifest, |text| version::with_version(text, &old, new))?;
    Ok(())
}

fn manifest(project: &Project) -> std::path::PathBuf {
    project.root().join("Cargo.toml")
}

pub(crate) fn read(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::System {
            action: format!("read {}", path.display()),
            error,
        }),
    }
}

/// Takes all that is in `CHANGELOG.md` so far into a release.
pub(crate) fn release_changelog(project: &Project, version: &Version) -> Result<(), Failure> {
    rewrite(&project.root().join(CHANGELOG), |text| {
        changelog::released(text, version)
    })?;
    Ok(())
}

/// Changes a file that is there: whether it is another now.
fn rewrite(path: &Path, change: impl FnOnce(&str) -> String) -> Result<bool, Failure> {
    let Some(old) = read(path)? else {
        return Ok(false);
    };
    let new = change(&old);
    if new == old {
        return Ok(false);
    }
    report_file::write(path, &new)?;
    Ok(true)
}
