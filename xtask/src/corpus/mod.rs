//! `cargo xtask corpus`: what the generator makes of other people's documents.
//!
//! Each document goes through the `tilt-codegen` command in a process of its own, so that a crash is
//! one document's and peak memory too. The crates share a workspace and a target folder, below
//! `target/corpus/`. What did not change since the last run is not done again.

mod compile;
mod document;
mod generate;
pub mod measure;
mod pattern;
mod report;

use crate::cli::Corpus;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::Project;
use compile::Compiled;
use document::{Counts, Document};
use generate::Generation;
use serde::Serialize;
use std::path::PathBuf;

/// Files of the target folder are called after a package, with more behind it.
const LONGEST_NAME: usize = 100;

/// What became of one document.
#[derive(Debug, Serialize)]
struct Result {
    /// The file's name without ending.
    name: String,
    /// What a plain count of the document says, without the generator's help.
    document: Counts,
    generation: Generation,
    /// `None`: not asked for, or nothing to compile.
    compiled: Option<Compiled>,
}

impl Result {
    /// Why this is not as it should be, if so.
    fn fault(&self) -> Option<String> {
        let Some(generated) = self.generation.generated() else {
            return Some(self.generation.to_string());
        };
        let operations = generated.size.operations;
        if operations != self.document.operations {
            let expected = self.document.operations;
            return Some(format!("{expected} operations in, {operations} out"));
        }
        let compiled = self.compiled.as_ref()?;
        compiled.fault()
    }
}

/// Where a run keeps its files.
struct Folders {
    /// The generated crates.
    workspace: PathBuf,
    /// What cargo makes of them.
    build: PathBuf,
    /// What is known from earlier runs.
    state: PathBuf,
}

/// Runs the corpus; the exit code tells whether all is well.
pub fn run(project: &Project, options: &Corpus) -> std::result::Result<Exit, Failure> {
    let corpus = project.target().join("corpus");
    let folders = Folders {
        workspace: corpus.join("workspace"),
        build: corpus.join("build"),
        state: corpus.join("state"),
    };
    for folder in [&folders.workspace, &folders.build, &folders.state] {
        std::fs::create_dir_all(folder).map_err(system("create", folder))?;
    }
    let documents = document::find(&options.dir, &options.filter)?;
    let jobs = options.jobs.map_or_else(
        || std::thread::available_parallelism().map_or(1, usize::from),
        usize::from,
    );
    let generator = generate::Command::build(project, &options.profile)?;
    let generations = generator.run_all(&documents, &folders, jobs)?;
    let mut compiled = match options.check {
        true => compile::check(project, &folders, &documents, &generations, jobs)?,
        false => Vec::new(),
    };
    compiled.resize_with(documents.len(), || None);

    let results: Vec<_> = documents
        .into_iter()
        .zip(generations)
        .zip(compiled)
        .map(|((document, generation), compiled)| Result {
            name: document.name,
            document: document.counts,
            generation,
            compiled,
        })
        .collect();
    print!("{}", report::summary(&results));
    for path in &options.report {
        let text = report::text(&results, path)?;
        std::fs::write(path, text).map_err(system("write", path))?;
    }
    let all_well = results.iter().all(|result| result.fault().is_none());
    Ok(if all_well {
        Exit::Success
    } else {
        Exit::Different
    })
}

fn system(action: &str, path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Failure + use<> {
    let action = format!("{action} {}", path.display());
    move |error| Failure::System { action, error }
}

/// The package of a document's SDK, and its folder in the workspace.
fn package(document: &Document) -> String {
    let plain = |character: char| match character {
        letter if letter.is_ascii_alphanumeric() => letter,
        _ => '-',
    };
    let mut name: String = document.name.chars().map(plain).collect();
    if name.len() > LONGEST_NAME {
        name.truncate(LONGEST_NAME);
        name.push('-');
        name.push_str(&document.sha256[..8]);
    }
    format!("{}{name}", measure::PACKAGE_PREFIX)
}
