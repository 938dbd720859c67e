use super::{Code, Diagnostic, Diagnostics, Severity, Snippet};
use crate::source::{Document, DocumentId, Documents, Limits, Node, NodeKey, Pointer, Position};
use std::collections::{BTreeMap, HashMap};

/// A problem whose place is not looked up yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The kind of problem.
    pub code: Code,
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
    Pointer(DocumentId, Pointer),
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
    /// A problem of a kind, which says how grave it is.
    pub fn new(code: Code, place: impl Into<Place>, message: impl Into<String>) -> Problem {
        Problem {
            code,
            severity: code.severity(),
            message: shortened(message.into()),
            help: code.remedy().map(str::to_owned),
            place: place.into(),
        }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(shortened(help.into()));
        self
    }
}

/// A message quotes the document, and what it quotes may be as long as the document.
fn shortened(mut message: String) -> String {
    const LONGEST: usize = 1000;
    if let Some((end, _)) = message.char_indices().nth(LONGEST) {
        message.truncate(end);
        message.push('…');
    }
    message
}

/// Collects problems while a document is read.
#[derive(Debug, Clone)]
pub struct Problems {
    items: Vec<Problem>,
    dropped: usize,
    has_errors: bool,
    /// Findings, and errors.
    kept: [usize; 2],
    /// As many of each.
    most: usize,
    /// As many of one code at one place.
    most_repeated: usize,
    repeated: HashMap<(Code, Place), Repeated>,
}

/// How often one kind of problem is there at one place.
#[derive(Debug, Clone, Default)]
struct Repeated {
    count: usize,
    /// The last that was kept.
    last: usize,
}

impl Problems {
    /// Nothing collected yet, with the default limits.
    pub fn new() -> Problems {
        Problems::within(&Limits::default())
    }

    /// Nothing collected yet. More than these limits is only counted: a hostile document must not
    /// fill the memory with problems.
    pub fn within(limits: &Limits) -> Problems {
        Problems {
            items: Vec::new(),
            dropped: 0,
            has_errors: false,
            kept: [0, 0],
            most: limits.findings,
            most_repeated: limits.repeated,
            repeated: HashMap::new(),
        }
    }

    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        self.has_errors |= problem.severity == Severity::Error;
        // Findings leave no error without a place.
        let kept = &mut self.kept[usize::from(problem.severity == Severity::Error)];
        if *kept >= self.most {
            self.dropped += 1;
            return;
        }
        let key = (problem.code, problem.place.clone());
        let repeated = self.repeated.entry(key).or_default();
        repeated.count += 1;
        if repeated.count > self.most_repeated {
            self.dropped += 1;
            return;
        }
        *kept += 1;
        repeated.last = self.items.len();
        self.items.push(problem);
    }

    /// Whether any of them stops the generator.
    pub fn has_errors(&self) -> bool {
        self.has_errors
    }

    /// What was collected, in the order in which it was found.
    pub fn items(&self) -> &[Problem] {
        &self.items
    }

    /// Looks up where each problem is: one walk through the values, one through each text.
    pub fn locate(mut self, documents: &Documents) -> Diagnostics {
        for repeated in self.repeated.values() {
            let more = repeated.count.saturating_sub(self.most_repeated);
            if let Some(last) = self.items.get_mut(repeated.last).filter(|_| more > 0) {
                last.message
                    .push_str(&format!(" (and {more} more of this kind here)"));
            }
        }
        let keys: Vec<NodeKey> = self
            .items
            .iter()
            .filter_map(|problem| problem.node())
            .collect();
        let mut node_pointers = documents.pointers(&keys).into_iter();
        let mut by_document: BTreeMap<DocumentId, (Vec<usize>, Vec<Pointer>)> = BTreeMap::new();
        for (index, problem) in self.items.iter().enumerate() {
            let (document, pointer) = match &problem.place {
                Place::Node(key) => (key.document(), node_pointers.next().flatten()),
                Place::Pointer(document, pointer) => (*document, Some(pointer.clone())),
            };
            let pointer = pointer.unwrap_or_default();
            let (indexes, pointers) = by_document.entry(document).or_default();
            indexes.push(index);
            pointers.push(pointer);
        }
        let mut places: Vec<Option<Located>> = self.items.iter().map(|_| None).collect();
        for (id, (indexes, pointers)) in by_document {
            let document = documents.get(id);
            let positions = documents.positions(id, &pointers);
            for ((index, pointer), position) in indexes.into_iter().zip(pointers).zip(positions) {
                places[index] = Some(Located {
                    document,
                    pointer,
                    position,
                });
            }
        }
        let located = self.items.into_iter().zip(places);
        let items = located
            .filter_map(|(problem, place)| Some(problem.at(place?)))
            .collect();
        let mut diagnostics = Diagnostics::new(items, documents.limits().errors);
        diagnostics.omitted += self.dropped;
        diagnostics
    }
}

impl Default for Problems {
    fn default() -> Problems {
        Problems::new()
    }
}

impl Extend<Problem> for Problems {
    fn extend<I: IntoIterator<Item = Problem>>(&mut self, problems: I) {
        problems.into_iter().for_each(|problem| self.push(problem));
    }
}

struct Located<'d> {
    document: &'d Document,
    pointer: Pointer,
    position: Option<Position>,
}

impl Problem {
    fn node(&self) -> Option<NodeKey> {
        match self.place {
            Place::Node(key) => Some(key),
            Place::Pointer(..) => None,
        }
    }

    fn at(self, place: Located<'_>) -> Diagnostic {
        let position = place.position;
        Diagnostic {
            code: self.code,
            severity: self.severity,
            message: self.message,
            document: place.document.name.clone(),
            pointer: place.pointer,
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            help: self.help,
            snippet: position.map(|position| Snippet::around(place.document.text(), position)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Input, Limits};

    fn load(text: &str) -> Documents {
        let input = Input::Bytes {
            name: "api.json".into(),
            bytes: text.as_bytes().to_vec(),
        };
        Documents::load(input, &Limits::default()).expect("a valid document")
    }

    #[test]
    fn a_problem_is_shown_with_pointer_line_column_and_text() {
        let documents = load("{\n  \"a/b\": [1,\n    {\"c\": true}]\n}");
        let node = documents
            .resolve(DocumentId(0), "#/a~1b/1/c")
            .expect("a node");
        let mut problems = Problems::new();
        problems.push(
            Problem::new(Code::MALFORMED_OBJECT, node, "found a boolean").help("write a string"),
        );
        let diagnostics = problems.locate(&documents);
        let item = &diagnostics.items[0];
        assert_eq!(
            (item.document.as_str(), item.pointer.to_string().as_str()),
            ("api.json", "/a~1b/1/c")
        );
        assert_eq!((item.line, item.column), (Some(3), Some(11)));
        let snippet = item.snippet.clone().expect("a snippet");
        assert_eq!(&snippet.text[snippet.start..][..snippet.length], "true");
        assert_eq!(item.help.as_deref(), Some("write a string"));
    }

    #[test]
    fn a_pointer_to_nothing_is_shown_at_its_nearest_ancestor() {
        let documents = load("{\n \"a\": {}}");
        let mut problems = Problems::new();
        let place = Place::Pointer(DocumentId(0), "/a/b/c".into());
        problems.push(Problem::new(Code::LINK, place, "nothing here"));
        let item = problems.locate(&documents).items.remove(0);
        assert_eq!(
            (item.pointer.to_string().as_str(), item.line, item.column),
            ("/a/b/c", Some(2), Some(2))
        );
    }

    #[test]
    fn an_endless_message_is_cut() {
        let documents = load("{}");
        let problem = Problem::new(Code::LINK, documents.root_node(), "é".repeat(1_000_000));
        assert_eq!(problem.message.chars().count(), 1001);
    }

    #[test]
    fn endless_problems_do_not_fill_the_memory() {
        let documents = load("{}");
        let limits = Limits {
            findings: 5,
            repeated: 10,
            ..Limits::default()
        };
        let mut problems = Problems::within(&limits);
        for number in 0..12 {
            let place = Place::Pointer(DocumentId(0), format!("/{number}").into());
            problems.push(Problem::new(Code::LINK, place, number.to_string()));
        }
        assert_eq!(problems.items().len(), 5);
        assert_eq!(problems.locate(&documents).omitted, 7);
    }
}
