//! How many of a document's operations its SDK has, by the judge's own count.

use super::document::Document;
use super::each::each;
use super::round_trip::{SDK, harness_package};
use super::tool::{Ran, Tool};
use super::{Folders, memory, system};
use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// How much there is of what, and what is missing without a finding that says so.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Census {
    pub(super) document: BTreeMap<String, usize>,
    pub(super) sdk: BTreeMap<String, usize>,
    pub(super) losses: Vec<String>,
}

/// The count, or how counting failed.
pub(super) type Counted = std::result::Result<Census, String>;

impl Census {
    pub(super) fn fault(&self) -> Option<String> {
        let first = self.losses.first()?;
        Some(format!("{} lost in silence: {first}", self.losses.len()))
    }
}

/// Counts documents, and writes the sources of their harnesses.
pub(super) fn census(
    judge: &Tool,
    folders: &Folders,
    documents: &[&Document],
    jobs: usize,
) -> Result<Vec<Counted>, Failure> {
    each("counting", jobs, documents, |document| {
        let harness = harness(folders, document);
        let folder = harness.parent().unwrap_or(&harness);
        std::fs::create_dir_all(folder).map_err(system("create", folder))?;
        let made_of = vec![document.sha256.clone(), judge.sha256.clone()];
        let label = format!("{}.census", document.name);
        memory::remembered_or(
            folders,
            &label,
            made_of,
            |_| harness.exists(),
            || {
                let arguments = [
                    "census".as_ref(),
                    document.path.as_os_str(),
                    harness.as_os_str(),
                    SDK.as_ref(),
                ];
                Ok(match judge.ask(folders, &label, &arguments)? {
                    Ran::Answered(census, ..) => (Ok(census), true),
                    Ran::Crashed(how) => (Err(how), false),
                })
            },
        )
    })
}

/// The source of the program that reads and writes a document's types.
pub(super) fn harness(folders: &Folders, document: &Document) -> PathBuf {
    let package = folders.harnesses.join(harness_package(document));
    package.join("src").join("main.rs")
}
