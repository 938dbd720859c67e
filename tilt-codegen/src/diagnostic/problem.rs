use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{DocumentId, Documents, Node, NodeKey};

/// A problem whose place is not looked up yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A stable name for this kind of problem, such as `dangling-reference`.
    pub code: &'static str,
    /// Whether it stops the generator.
    pub severity: Severity,
    /// What was found and what was expected.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where it is.
    pub place: Place,
}

/// A place in a loaded document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// A value.
    Node(NodeKey),
    /// A JSON pointer. Where nothing is there, the nearest ancestor that exists is shown.
    Pointer(DocumentId, String),
}

impl From<Node<'_>> for Place {
    fn from(node: Node<'_>) -> Self {
        Place::Node(node.key())
    }
}

impl From<NodeKey> for Place {
    fn from(key: NodeKey) -> Self {
        Place::Node(key)
    }
}

impl Problem {
    /// A problem that stops the generator.
    pub fn error(
        code: &'static str,
        place: impl Into<Place>,
        message: impl Into<String>,
    ) -> Problem {
        Problem::new(Severity::Error, code, place.into(), message.into())
    }

    /// Something that is not carried over into the SDK.
    pub fn finding(
        code: &'static str,
        place: impl Into<Place>,
        message: impl Into<String>,
    ) -> Problem {
        Problem::new(Severity::Finding, code, place.into(), message.into())
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }

    fn new(severity: Severity, code: &'static str, place: Place, message: String) -> Problem {
        Problem {
            code,
            severity,
            message,
            help: None,
            place,
        }
    }
}

/// Collects problems while a document is read.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    items: Vec<Problem>,
    errors: usize,
}

impl Problems {
    /// Nothing collected yet.
    pub fn new() -> Problems {
        Problems::default()
    }

    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        if problem.severity == Severity::Error {
            self.errors += 1;
        }
        self.items.push(problem);
    }

    /// Whether any of them stops the generator.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// What was collected, in the order in which it was found.
    pub fn items(&self) -> &[Problem] {
        &self.items
    }

    /// Looks up where each problem is.
    pub fn locate(self, documents: &Documents) -> Diagnostics {
        let _ = documents;
        let items = self.items.into_iter().map(|problem| Diagnostic {
            code: problem.code,
            severity: problem.severity,
            message: problem.message,
            document: String::new(),
            pointer: String::new(),
            line: None,
            column: None,
            help: problem.help,
            snippet: None,
        });
        Diagnostics {
            items: items.collect(),
            omitted: 0,
        }
    }
}
