//! `openapi-to-rust`: what it takes a document for, against what we do.
//!
//! Operations, the names of their parameters, components, and the properties of those that are objects in both: what one
//! of the two has alone is a difference, and each has its reason in a table. Properties that are for reading or for writing
//! alone may be the peer's alone: it has them in types of both directions.

mod explained;
mod one_way;
mod peer;
mod view;

use super::options::Peers;
use super::{shown, system};
use crate::corpus::pattern::matches;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::Project;
use crate::terminal::{say, warn};
use explained::Explained;
use peer::Peer;
use std::fs;
use std::path::{Path, PathBuf};
use view::View;

/// Compares the documents; the exit code tells whether all differences are explained.
pub(super) fn run(project: &Project, options: &Peers) -> Result<Exit, Failure> {
    let peer = Peer::find(project)?;
    let table = project.root().join("tests/oracles/peers/explained.toml");
    let mut explained = Explained::read(&table)?;
    let mut counts = Counts::default();
    let mut wrong = Vec::new();
    let documents = documents(&options.dir, &options.filter)?;
    for (name, path) in &documents {
        let Some(ours) = View::ours(name, path)? else {
            continue;
        };
        counts.add(&ours);
        let differences = match peer.view(name, path)? {
            Ok(theirs) => ours.differences(&theirs),
            Err(refusal) => vec![format!("is refused by the peer: {refusal}")],
        };
        let differences = differences.into_iter().map(|it| format!("{name} {it}"));
        wrong.extend(differences.filter(|it| !explained.explains(it)));
    }
    let is_whole = options.filter.is_empty();
    wrong.extend(explained.unused(is_whole));
    for line in &wrong {
        warn(format_args!("{line}\n"));
    }
    say(format_args!(
        "{counts}: {} differences are explained, {} WRONG\n",
        explained.count(),
        wrong.len()
    ))?;
    Ok(match wrong.is_empty() {
        true => Exit::Success,
        false => Exit::Different,
    })
}

/// The size of what was compared.
#[derive(Default)]
struct Counts {
    documents: usize,
    operations: usize,
    parameters: usize,
    components: usize,
}

impl Counts {
    fn add(&mut self, view: &View) {
        self.documents += 1;
        self.operations += view.operations.len();
        self.parameters += view.operations.values().map(|it| it.len()).sum::<usize>();
        self.components += view.components.len();
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} documents, {} operations, {} parameters, {} components",
            self.documents, self.operations, self.parameters, self.components
        )
    }
}

/// The documents of a folder by their names, sorted.
fn documents(dir: &Path, filter: &[String]) -> Result<Vec<(String, PathBuf)>, Failure> {
    let mut documents = Vec::new();
    for entry in fs::read_dir(dir).map_err(system(shown("list", dir)))? {
        let path = entry.map_err(system(shown("list", dir)))?.path();
        let ending = path.extension().and_then(|it| it.to_str());
        let stem = path.file_stem().and_then(|it| it.to_str());
        if let (Some(stem), Some("json" | "yaml" | "yml")) = (stem, ending)
            && (filter.is_empty() || filter.iter().any(|it| matches(it, stem)))
        {
            documents.push((stem.to_owned(), path.clone()));
        }
    }
    documents.sort();
    Ok(documents)
}
