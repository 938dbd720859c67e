//! `cargo xtask corpus`: what the generator makes of other people's documents.
//!
//! Each document goes through the `tilt-codegen` command in a process of its own, so that a crash is
//! one document's and peak memory too. The crates share a workspace and a target folder, below
//! `target/corpus/`. A document that did not change since the last run is not done again.

mod census;
mod compile;
mod document;
mod each;
mod generate;
pub mod measure;
mod memory;
mod names;
pub mod options;
pub(crate) mod pattern;
mod report;
mod round_trip;
mod tool;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::Project;
use crate::report_file;
use crate::terminal::say;
use census::Counted;
use compile::Compiled;
use document::{Counts, Document, Files};
use generate::Generation;
use options::Options;
use round_trip::RoundTrip;
use serde::Serialize;
use std::path::{Path, PathBuf};
use tool::Tools;

/// Files of the target folder are called after a package, with more behind it.
const LONGEST_NAME: usize = 100;

/// The outcome of one document.
#[derive(Debug, Serialize)]
struct Result {
    /// The file's name without ending.
    name: String,
    /// A plain count of the document, without the generator's help.
    document: Counts,
    generation: Generation,
    /// `None`: no SDK.
    census: Option<Counted>,
    /// `None`: not asked for, or no SDK.
    compiled: Option<Compiled>,
    /// As `compiled`, by clippy.
    linted: Option<Compiled>,
    /// As `compiled`.
    round_trip: Option<RoundTrip>,
}

impl Result {
    /// The faults.
    fn faults(&self) -> Vec<String> {
        let Some(generated) = self.generation.generated() else {
            return vec![self.generation.to_string()];
        };
        let mut faults = Vec::new();
        let operations = generated.size.operations;
        if operations != self.document.operations {
            let expected = self.document.operations;
            faults.push(format!("{expected} operations in, {operations} out"));
        }
        faults.extend(self.census.as_ref().and_then(|counted| match counted {
            Ok(census) => census.fault(),
            Err(how) => Some(format!("not counted: {how}")),
        }));
        faults.extend(self.compiled.as_ref().and_then(Compiled::fault));
        let linted = self.linted.as_ref().and_then(Compiled::fault);
        faults.extend(linted.map(|fault| format!("clippy: {fault}")));
        faults.extend(self.round_trip.as_ref().and_then(RoundTrip::fault));
        faults
    }
}

/// Where a run keeps its files.
struct Folders {
    /// The generated crates.
    workspace: PathBuf,
    /// The programs that read and write their types.
    harnesses: PathBuf,
    /// The crates compiled.
    build: PathBuf,
    /// Results of earlier runs.
    state: PathBuf,
}

impl Folders {
    fn create(project: &Project) -> std::result::Result<Self, Failure> {
        let corpus = project.target().join("corpus");
        let create = |name: &str| {
            let folder = corpus.join(name);
            let created = std::fs::create_dir_all(&folder);
            created.map_err(system("create", &folder)).map(|()| folder)
        };
        Ok(Self {
            workspace: create("workspace")?,
            harnesses: create("harnesses")?,
            build: project.sdks(),
            state: create("state")?,
        })
    }
}

/// Runs the corpus; the exit code tells whether all is well.
pub fn run(project: &Project, options: &Options) -> std::result::Result<Exit, Failure> {
    let folders = Folders::create(project)?;
    let documents = document::find(&options.dir, &options.filter, Files::One)?;
    let jobs = jobs(options);
    let tools = Tools::build(project, &options.profile)?;
    let generations = generate::generate(project, &tools.generator, &documents, &folders, options)?;
    let with_sdk: Vec<&Document> = documents
        .iter()
        .zip(&generations)
        .filter(|(_, generation)| generation.generated().is_some())
        .map(|(document, _)| document)
        .collect();
    let mut census = census::census(&tools.judge, &folders, &with_sdk, jobs)?.into_iter();
    let mut compiled = match options.check {
        true => compile::check(project, &folders, &with_sdk, jobs)?,
        false => Vec::new(),
    }
    .into_iter();
    let mut linted = match options.clippy {
        true => compile::clippy(project, &folders, &with_sdk, jobs)?,
        false => Vec::new(),
    }
    .into_iter();
    let mut round_trips = match options.round_trip {
        true => {
            let judge = &tools.judge;
            round_trip::round_trip(project, judge, &folders, &with_sdk, jobs, options.most)?
        }
        false => Vec::new(),
    }
    .into_iter();

    let results: Vec<_> = documents
        .into_iter()
        .zip(generations)
        .map(|(document, generation)| {
            let has_sdk = generation.generated().is_some();
            Result {
                name: document.name,
                document: document.counts,
                census: has_sdk.then(|| census.next()).flatten(),
                compiled: has_sdk.then(|| compiled.next()).flatten(),
                linted: has_sdk.then(|| linted.next()).flatten(),
                round_trip: has_sdk.then(|| round_trips.next()).flatten(),
                generation,
            }
        })
        .collect();
    say(report::summary(&results))?;
    for path in &options.report {
        let text = report::text(&results, path)?;
        report_file::write(path, &text)?;
    }
    let all_well = results.iter().all(|result| result.faults().is_empty());
    Ok(if all_well {
        Exit::Success
    } else {
        Exit::Different
    })
}

/// Counts names that read badly in the SDKs of the corpus.
pub fn report_names(options: &Options) -> std::result::Result<Exit, Failure> {
    let documents = document::find(&options.dir, &options.filter, Files::Several)?;
    let names = names::report(&documents, jobs(options), !options.report.is_empty())?;
    for path in &options.report {
        report_file::write(path, &names.text)?;
    }
    if options.report.is_empty() {
        say(&names.text)?;
    }
    Ok(match names.has_faults {
        true => Exit::Different,
        false => Exit::Success,
    })
}

/// How many documents or crates are worked on at a time.
fn jobs(options: &Options) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    options.jobs.map_or_else(processors, usize::from)
}

fn system(action: &str, path: &Path) -> impl FnOnce(std::io::Error) -> Failure + use<> {
    let action = format!("{action} {}", path.display());
    move |error| Failure::System { action, error }
}

/// The package of a document's SDK, and its folder in the workspace.
fn package(document: &Document) -> String {
    package_with(measure::PACKAGE_PREFIX, document)
}

fn package_with(prefix: &str, document: &Document) -> String {
    // As rustc wants names of crates, or it warns.
    let plain = |character: char| match character.to_ascii_lowercase() {
        letter if letter.is_ascii_alphanumeric() => letter,
        _ => '-',
    };
    let same_length: String = document.name.chars().map(plain).collect();
    let words = same_length.split('-').filter(|word| !word.is_empty());
    let mut name = words.collect::<Vec<_>>().join("-");
    let is_ambiguous = !document.name.eq_ignore_ascii_case(&name);
    if is_ambiguous || name.len() > LONGEST_NAME {
        name.truncate(LONGEST_NAME);
        name.push('-');
        name.push_str(&document.sha256[..8]);
    }
    format!("{prefix}{name}")
}
