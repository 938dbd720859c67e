//! `cargo xtask corpus --names`: names that nobody would guess, counted over a corpus.
//!
//! The judge has words and rules of its own, so that it sees what the generator's miss. Each that it counts is
//! a reason to look, and not always a fault: an operationId may itself say the wrong thing.

mod called;
mod contradicted;
mod count;
mod place;
mod repeated;
mod words;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use self::count::{Faults, count};
use super::document::Document;
use super::each::each;
use crate::document::DocumentKind;
use crate::failure::Failure;
use tilt_codegen::config::Config;
use tilt_codegen::recognize::Specification;
use tilt_codegen::source::{Documents, Input, Limits};
use tilt_codegen::{Generator, Inputs};

/// Lines that are printed of a kind, for each document.
const SHOWN: usize = 3;
/// Documents that are printed of a kind.
const WORST: usize = 12;

/// Kinds of names that read badly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The operationId has a verb, and the method another.
    Contradicted,
    /// A resource is called after what is done.
    VerbResource,
    /// A method says twice what it does, or what it is done to.
    Stutter,
    /// A type is called after path and HTTP method, as some framework writes operationIds.
    Echo,
    /// An inline type has words of one of its places that another has not.
    Borrowed,
    Hash,
    Number,
    Long,
    /// A JSON pointer as a name.
    Pointer,
    /// A JSON pointer as documentation.
    PointerDocs,
    /// Any JSON, where the schema says more.
    Untyped,
}

const KINDS: [(Kind, &str); 11] = [
    (Kind::Contradicted, "contradicted verbs"),
    (Kind::VerbResource, "verbs as resources"),
    (Kind::Stutter, "methods that say something twice"),
    (Kind::Echo, "types called after path and HTTP method"),
    (Kind::Borrowed, "borrowed type names"),
    (Kind::Hash, "hashes in names"),
    (Kind::Number, "numbers in names"),
    (Kind::Long, "names over 50 characters"),
    (Kind::Pointer, "JSON pointers as names"),
    (Kind::PointerDocs, "JSON pointers as documentation"),
    (Kind::Untyped, "`Value` where the schema says something"),
];

impl Kind {
    /// Whether there must be none. Of the others each may be what the document's author wants.
    fn is_fault(self) -> bool {
        match self {
            Kind::Contradicted
            | Kind::Borrowed
            | Kind::Hash
            | Kind::Number
            | Kind::Pointer
            | Kind::PointerDocs => true,
            Kind::VerbResource | Kind::Stutter | Kind::Echo | Kind::Long | Kind::Untyped => false,
        }
    }
}

/// The names of a corpus, as text, and whether any of them is a fault.
pub(super) struct Report {
    pub(super) text: String,
    pub(super) has_faults: bool,
}

/// Counts names that read badly in the SDKs of documents; `all` prints every one of them.
pub(super) fn report(documents: &[Document], jobs: usize, all: bool) -> Result<Report, Failure> {
    let documents: Vec<&Document> = documents.iter().collect();
    let counted = each("naming", jobs, &documents, of_document)?;
    let with_faults: Vec<(&str, Faults)> = documents
        .iter()
        .map(|document| document.name.as_str())
        .zip(counted)
        .filter_map(|(name, faults)| Some((name, faults?)))
        .collect();
    let kinds = with_faults.iter().flat_map(|(_, faults)| faults.keys());
    Ok(Report {
        text: text(&with_faults, documents.len(), all),
        has_faults: kinds.copied().any(Kind::is_fault),
    })
}

/// `None`: there is no SDK of it.
fn of_document(document: &Document) -> Result<Option<Faults>, Failure> {
    let input = Input::Path(document.path.clone());
    let specification = match document.kind {
        DocumentKind::OpenApi => Specification::OpenApi,
        DocumentKind::AsyncApi => Specification::AsyncApi,
    };
    let inputs = Inputs::one(specification, input.clone());
    let Ok(sdk) = Generator::new(Config::default()).generate(&inputs) else {
        return Ok(None);
    };
    let documents = Documents::load(input, &Limits::default()).ok();
    Ok(documents.map(|documents| count(&documents, &sdk)))
}

fn text(counted: &[(&str, Faults)], documents: usize, all: bool) -> String {
    let mut out = format!("{} of {documents} documents have an SDK\n\n", counted.len());
    out.push_str("| | names | documents |\n|---|---|---|\n");
    for (kind, title) in KINDS {
        let of_kind = |(_, faults): &&(&str, Faults)| faults.contains_key(&kind);
        let names = counted.iter().filter_map(|(_, faults)| faults.get(&kind));
        let names: usize = names.map(Vec::len).sum();
        let documents = counted.iter().filter(of_kind).count();
        let target = if kind.is_fault() { " (0 wanted)" } else { "" };
        let _ = writeln!(out, "| {title}{target} | {names} | {documents} |");
    }
    for (kind, title) in KINDS {
        let mut by_count: BTreeMap<(std::cmp::Reverse<usize>, &str), &Vec<String>> =
            BTreeMap::new();
        for (name, faults) in counted {
            if let Some(lines) = faults.get(&kind) {
                by_count.insert((std::cmp::Reverse(lines.len()), name), lines);
            }
        }
        if by_count.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n## {title}\n");
        let worst = if all { usize::MAX } else { WORST };
        let shown = if all { usize::MAX } else { SHOWN };
        for ((count, name), lines) in by_count.into_iter().take(worst) {
            let _ = writeln!(out, "- {name}: {}", count.0);
            for line in lines.iter().take(shown) {
                let _ = writeln!(out, "  - {line}");
            }
        }
    }
    out
}
