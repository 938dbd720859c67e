//! The cost of generated SDKs: to generate, compile and run, measured and written as Markdown.
//!
//! Seconds are those of processors, user and system together, and the least of several runs: other
//! work on the machine only ever adds to them. Nothing depends on the figures but those who read them.

mod compile;
mod drift;
mod floor;
mod generation;
mod generator;
mod growth;
mod increment;
mod instructions;
mod measure;
pub mod options;
mod regeneration;
mod structs;
mod synthetic;
mod table;
mod tag;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::Project;
use crate::report_file;
use compile::Workspace;
use generator::Generator;
use options::{Options, Piece};
use std::io;
use std::path::{Path, PathBuf};

/// Everything that the pieces share.
struct Bench<'a> {
    project: &'a Project,
    options: &'a Options,
    /// `target/bench/`
    folder: PathBuf,
    /// Ours first.
    generators: Vec<Generator>,
    documents: Vec<Document>,
}

struct Document {
    name: String,
    path: PathBuf,
}

/// Measures what the options ask for.
pub fn run(project: &Project, options: &Options) -> Result<Exit, Failure> {
    let folder = project.target().join("bench");
    std::fs::create_dir_all(&folder).map_err(system("create", &folder))?;
    let mut generators = vec![Generator::ours(project)?];
    if options.peers {
        generators.extend(Generator::peers(options.peer_bin.as_deref()));
    }
    let bench = Bench {
        project,
        options,
        folder,
        generators,
        documents: documents(options)?,
    };
    let mut report = format!("# Bench\n\n{}\n", machine());
    for piece in options.pieces() {
        eprintln!("measuring: {piece}");
        let section = match piece {
            Piece::Generation => generation::section(&bench)?,
            Piece::Check | Piece::Build | Piece::Release | Piece::Server => {
                compile::section(&bench, piece)?
            }
            Piece::Floor => floor::section(&bench)?,
            Piece::Tag => tag::section(&bench)?,
            Piece::Increment => increment::section(&bench)?,
            Piece::Structs => structs::section(&bench)?,
            Piece::Drift => drift::section(&bench)?,
            Piece::Growth => growth::section(&bench)?,
            Piece::Regeneration => regeneration::section(&bench)?,
            Piece::Instructions => instructions::section(&bench)?,
        };
        print!("{section}");
        report.push('\n');
        report.push_str(&section);
    }
    if let Some(path) = &options.report {
        report_file::write(path, &report)?;
    }
    Ok(Exit::Success)
}

impl Bench<'_> {
    fn ours(&self) -> Option<&Generator> {
        self.generators.first()
    }

    /// Where the crates of a piece are, with what cargo makes of them beside.
    fn workspace(&self, name: &str) -> Result<Workspace<'_>, Failure> {
        Workspace::at(self.project, self.folder.join(name), self.options.runs)
    }
}

fn documents(options: &Options) -> Result<Vec<Document>, Failure> {
    let Some(dir) = &options.dir else {
        return Ok(Vec::new());
    };
    let mut documents = Vec::new();
    for name in &options.filter {
        let paths = ["json", "yaml", "yml"].map(|ending| dir.join(format!("{name}.{ending}")));
        let path = paths.into_iter().find(|path| path.is_file());
        let missing = || io::Error::new(io::ErrorKind::NotFound, "no such document");
        documents.push(Document {
            path: path.ok_or_else(|| system("find", &dir.join(name))(missing()))?,
            name: name.clone(),
        });
    }
    Ok(documents)
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "A machine with {cores} cores. Seconds are processor time, the least of all runs; MiB are \
         the most that a process had at one time."
    )
}

fn system(action: &str, path: &Path) -> impl FnOnce(io::Error) -> Failure + use<> {
    let action = format!("{action} {}", path.display());
    move |error| Failure::System { action, error }
}
