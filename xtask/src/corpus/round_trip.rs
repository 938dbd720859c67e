//! Instances of each document's schemas through its SDK's types and back.

use super::compile::{Build, Compiled};
use super::document::Document;
use super::each::each;
use super::tool::{Ran, Tool};
use super::{Folders, memory, package, package_with, system};
use crate::failure::Failure;
use crate::project::Project;
use crate::specs::sha256;
use crate::workspace;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// The name of an SDK in its harness.
pub(super) const SDK: &str = "sdk";

/// The beginning of the names of harnesses' packages.
const HARNESS_PREFIX: &str = "harness-";

/// The feature of an SDK that stands for all of its types, where some can be left out.
const ALL: &str = "all";

/// The outcome of the instances.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RoundTrip {
    Compared(Compared),
    /// The harness or the judge did not do what it should.
    Failed(String),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Compared {
    pub(super) cases: usize,
    pub(super) different: usize,
    /// The first ones, a few of each type.
    pub(super) differences: Vec<Difference>,
    /// How many types an instance went through.
    pub(super) types: usize,
    /// Types that none went through.
    pub(super) untried: Vec<String>,
}

/// An instance that did not come back as it went in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Difference {
    r#type: String,
    /// Of the schema, or schemas.
    pointer: String,
    /// Whether the schema allows it; if not, an enum has a value that it does not list.
    valid: bool,
    problem: String,
    instance: Value,
}

impl RoundTrip {
    pub(super) fn compared(&self) -> Option<&Compared> {
        match self {
            RoundTrip::Compared(compared) => Some(compared),
            RoundTrip::Failed(_) => None,
        }
    }

    pub(super) fn fault(&self) -> Option<String> {
        match self {
            RoundTrip::Failed(how) => Some(format!("round trip: {how}")),
            RoundTrip::Compared(compared) => {
                let first = compared.differences.first()?;
                Some(format!("{} differ: {first}", compared.different))
            }
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            r#type,
            pointer,
            problem,
            instance,
            ..
        } = self;
        write!(f, "{type} ({pointer}): {problem} in {instance}")
    }
}

/// Sends at most so many instances of each type through the SDKs of documents.
pub(super) fn round_trip(
    project: &Project,
    judge: &Tool,
    folders: &Folders,
    documents: &[&Document],
    jobs: usize,
    most: usize,
) -> Result<Vec<RoundTrip>, Failure> {
    for document in documents {
        write_package(project, folders, document)?;
    }
    let built = build(project, folders, documents, jobs)?;
    each("comparing", jobs, documents, |document| {
        let failed = |how: String| Ok(RoundTrip::Failed(how));
        let built = built.get(&harness_package(document));
        let Some(harness) = built.and_then(|built| built.executable.as_ref()) else {
            let fault = built.and_then(Compiled::fault);
            return failed(fault.unwrap_or_else(|| "the harness does not build".to_owned()));
        };
        let bytes = std::fs::read(harness).map_err(system("read", harness))?;
        let (most, label) = (most.to_string(), format!("{}.round-trip", document.name));
        let made_of = vec![
            document.sha256.clone(),
            judge.sha256.clone(),
            sha256(&bytes),
            most.clone(),
        ];
        memory::remembered_or(
            folders,
            &label,
            made_of,
            |_| true,
            || {
                let arguments = [
                    "round-trip".as_ref(),
                    document.path.as_os_str(),
                    harness.as_os_str(),
                    most.as_ref(),
                ];
                Ok(match judge.ask(folders, &label, &arguments)? {
                    Ran::Answered(compared, ..) => (RoundTrip::Compared(compared), true),
                    Ran::Crashed(how) => (RoundTrip::Failed(how), false),
                })
            },
        )
    })
}

/// The harnesses are a workspace of their own: their SDKs are without a client.
fn build(
    project: &Project,
    folders: &Folders,
    documents: &[&Document],
    jobs: usize,
) -> Result<BTreeMap<String, Compiled>, Failure> {
    let packages: Vec<String> = documents.iter().copied().map(harness_package).collect();
    workspace::write_manifest(project, &folders.harnesses, &packages)
        .map_err(system("write", &folders.harnesses))?;
    let build = Build {
        workspace: &folders.harnesses,
        what: "building harnesses",
        prefix: HARNESS_PREFIX,
        arguments: &["build", "--workspace", "--bins"],
        flags: &[],
        is_measured: false,
    };
    build.run(folders, documents.len(), jobs)
}

/// The package of a document's harness, and its folder in their workspace.
pub(super) fn harness_package(document: &Document) -> String {
    package_with(HARNESS_PREFIX, document)
}

fn write_package(project: &Project, folders: &Folders, document: &Document) -> Result<(), Failure> {
    let name = harness_package(document);
    let path = |path: &Path| toml::Value::from(path.to_string_lossy().into_owned());
    let sdk_name = package(document);
    let sdk_folder = folders.workspace.join(&sdk_name);
    let features = match has_feature(&sdk_folder, ALL)? {
        true => format!(", features = [\"{ALL}\"]"),
        false => String::new(),
    };
    let sdk = path(&sdk_folder);
    let runtime = path(&project.runtime());
    let text = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         {SDK} = {{ package = \"{sdk_name}\", path = {sdk}, default-features = false{features} }}\n\
         serde_json = \"1\"\n\
         tilt-runtime = {{ path = {runtime}, default-features = false }}\n"
    );
    let manifest = folders.harnesses.join(&name).join("Cargo.toml");
    if std::fs::read_to_string(&manifest).is_ok_and(|there| there == text) {
        return Ok(());
    }
    std::fs::write(&manifest, text).map_err(system("write", &manifest))
}

fn has_feature(sdk: &Path, feature: &str) -> Result<bool, Failure> {
    let manifest = sdk.join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest).map_err(system("read", &manifest))?;
    let manifest = toml::from_str::<toml::Table>(&text).unwrap_or_default();
    let features = manifest.get("features").and_then(toml::Value::as_table);
    Ok(features.is_some_and(|features| features.contains_key(feature)))
}
