//! Where problems are, looked up when they are shown.

use super::{DocumentId, Documents, NodeKey, Pointer};
use crate::diagnostic::{Diagnostics, Problem, Problems};
use crate::place::Place;
use std::collections::BTreeMap;

impl Documents {
    /// Looks up where each problem is: one walk through the values, one through each text.
    pub fn locate(&self, problems: Problems) -> Diagnostics {
        let (problems, dropped) = problems.into_items();
        let mut by_document: BTreeMap<DocumentId, (Vec<Problem>, Vec<Pointer>)> = BTreeMap::new();
        let pointers = self.pointers_of(&problems);
        for (problem, (document, pointer)) in problems.into_iter().zip(pointers) {
            let (problems, pointers) = by_document.entry(document).or_default();
            problems.push(problem);
            pointers.push(pointer);
        }
        let mut items = Vec::new();
        for (id, (problems, pointers)) in by_document {
            let document = self.get(id);
            let positions = self.positions(id, &pointers);
            let places = pointers.into_iter().zip(positions);
            for (problem, (pointer, position)) in problems.into_iter().zip(places) {
                items.push(problem.at(&document.name, document.text(), pointer, position));
            }
        }
        let mut diagnostics = Diagnostics::new(items, self.limits().errors);
        diagnostics.omitted += dropped;
        diagnostics
    }

    fn pointers_of(&self, problems: &[Problem]) -> Vec<(DocumentId, Pointer)> {
        let nodes = problems.iter().filter_map(|problem| match problem.place {
            Place::Node(key) => Some(key),
            Place::Pointer(..) => None,
        });
        let nodes: Vec<NodeKey> = nodes.collect();
        let mut node_pointers = self.pointers(&nodes).into_iter();
        let places = problems.iter().map(|problem| match &problem.place {
            Place::Node(key) => {
                let pointer = node_pointers.next().flatten();
                (key.document(), pointer.unwrap_or_default())
            }
            Place::Pointer(document, pointer) => (*document, pointer.clone()),
        });
        places.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
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
        let diagnostics = documents.locate(problems);
        let item = &diagnostics.items[0];
        assert_eq!(
            (item.document.as_str(), item.pointer.to_string().as_str()),
            ("api.json", "/a~1b/1/c")
        );
        assert_eq!((item.line, item.column), (Some(3), Some(11)));
        let snippet = item.snippet.as_ref().expect("a snippet");
        assert_eq!(snippet.marked(), "true");
        assert_eq!(item.help.as_deref(), Some("write a string"));
    }

    #[test]
    fn a_pointer_to_nothing_is_shown_at_its_nearest_ancestor() {
        let documents = load("{\n \"a\": {}}");
        let mut problems = Problems::new();
        let place = Place::Pointer(DocumentId(0), "/a/b/c".into());
        problems.push(Problem::new(Code::LINK, place, "nothing here"));
        let item = documents.locate(problems).items.remove(0);
        assert_eq!(
            (item.pointer.to_string().as_str(), item.line, item.column),
            ("/a/b/c", Some(2), Some(2))
        );
    }
}
