//! Running the generator over documents.

use super::document::Document;
use super::each::each;
use super::measure::Cost;
use super::options::Options;
use super::tool::{Ran, Tool};
use super::{Folders, jobs, memory, package, system};
use crate::document::DocumentKind;
use crate::failure::Failure;
use crate::project::Project;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;

use tilt_codegen::names;

/// The generator's result for a document.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub(super) enum Generation {
    Generated(Box<Generated>),
    /// It says why not.
    Refused {
        errors: usize,
        first: String,
    },
    /// It did not end as it should.
    Crashed {
        how: String,
    },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Generated {
    pub(super) size: Size,
    /// Findings, by code.
    pub(super) findings: BTreeMap<String, usize>,
    pub(super) cost: Option<Cost>,
}

/// As the generator's JSON form says it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Size {
    pub(super) operations: usize,
    pub(super) types: usize,
    pub(super) events: usize,
    pub(super) files: usize,
    pub(super) lines: usize,
}

impl Generation {
    pub(super) fn generated(&self) -> Option<&Generated> {
        match self {
            Generation::Generated(generated) => Some(generated),
            _ => None,
        }
    }
}

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Generation::Generated(_) => f.write_str("generated"),
            Generation::Refused { errors, first } => write!(f, "{errors} error(s): {first}"),
            Generation::Crashed { how } => write!(f, "crashed: {how}"),
        }
    }
}

/// Generates the SDK of every document that is not done already.
pub(super) fn generate(
    project: &Project,
    generator: &Tool,
    documents: &[Document],
    folders: &Folders,
    options: &Options,
) -> Result<Vec<Generation>, Failure> {
    let documents: Vec<&Document> = documents.iter().collect();
    each("generating", jobs(options), &documents, |document| {
        let crate_folder = folders.workspace.join(package(document));
        let made_of = vec![
            document.sha256.clone(),
            generator.sha256.clone(),
            format!("server: {}", options.server),
        ];
        let is_there =
            |earlier: &Generation| earlier.generated().is_none() || crate_folder.exists();
        memory::remembered_or(folders, &document.name, made_of, is_there, || {
            let generation = run(project, generator, document, folders, options)?;
            // A crash is shown again to those who look into it.
            let is_lasting = !matches!(generation, Generation::Crashed { .. });
            Ok((generation, is_lasting))
        })
    })
}

fn run(
    project: &Project,
    generator: &Tool,
    document: &Document,
    folders: &Folders,
    options: &Options,
) -> Result<Generation, Failure> {
    let crate_folder = folders.workspace.join(package(document));
    let flag = match document.kind {
        DocumentKind::OpenApi => "--openapi",
        DocumentKind::AsyncApi => "--asyncapi",
    };
    // Names of an earlier generation decide nothing here.
    let names = crate_folder.join(names::FILE_NAME);
    if names.exists() {
        std::fs::remove_file(&names).map_err(system("remove", &names))?;
    }
    let label = format!("{}.generation", document.name);
    let (name, runtime) = (package(document), project.runtime());
    let mut arguments: Vec<&OsStr> = ["generate", "--message-format", "json", "--name"]
        .map(OsStr::new)
        .to_vec();
    arguments.extend([
        OsStr::new(&name),
        "--runtime-path".as_ref(),
        runtime.as_ref(),
    ]);
    arguments.extend(["--out".as_ref(), crate_folder.as_os_str(), flag.as_ref()]);
    arguments.push(document.path.as_os_str());
    arguments.extend(options.server.then_some(OsStr::new("--server")));
    Ok(
        match generator.ask::<Answer>(folders, &label, &arguments)? {
            Ran::Crashed(how) => Generation::Crashed { how },
            Ran::Answered(answer, 0 | 1, cost) => answer.outcome(cost),
            Ran::Answered(_, code, _) => Generation::Crashed {
                how: format!("exit code {code}"),
            },
        },
    )
}

/// The generator's standard output.
#[derive(Deserialize)]
struct Answer {
    size: Option<Size>,
    diagnostics: Vec<Diagnostic>,
    #[serde(default)]
    omitted: usize,
}

#[derive(Deserialize)]
struct Diagnostic {
    code: String,
    message: String,
    pointer: String,
}

impl Answer {
    fn outcome(self, cost: Option<Cost>) -> Generation {
        match self.size {
            Some(size) => Generation::Generated(Box::new(Generated {
                size,
                findings: self.by_code(),
                cost,
            })),
            None => Generation::Refused {
                errors: self.diagnostics.len() + self.omitted,
                first: self
                    .diagnostics
                    .first()
                    .map(Diagnostic::to_string)
                    .unwrap_or_default(),
            },
        }
    }

    fn by_code(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for diagnostic in &self.diagnostics {
            *counts.entry(diagnostic.code.clone()).or_default() += 1;
        }
        counts
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}] {} (at {})", self.code, self.message, self.pointer)
    }
}
