//! All that cannot be written of a value, each with its place: the rest of the value is a tree nevertheless.

use super::tree::{Tree, TreeError};
use std::cell::RefCell;

/// More than this tell nobody more.
const MOST: usize = 1_000;

/// A part of a value that cannot be written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// JSON pointer (RFC 6901).
    pub(crate) pointer: String,
    pub(crate) problem: String,
}

/// Those that were found so far.
#[derive(Default)]
pub(super) struct Faults(RefCell<Found>);

#[derive(Default)]
struct Found {
    /// The place that is looked at.
    pointer: String,
    faults: Vec<Fault>,
}

impl Faults {
    /// What is written at these steps below; null where that cannot be written.
    pub(super) fn within(
        &self,
        steps: [Option<&str>; 2],
        write: impl FnOnce() -> Result<Tree, TreeError>,
    ) -> Tree {
        let length = self.0.borrow().pointer.len();
        for step in steps.into_iter().flatten() {
            let pointer = &mut self.0.borrow_mut().pointer;
            pointer.push('/');
            pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        }
        let written = write();
        let Found { pointer, faults } = &mut *self.0.borrow_mut();
        let tree = written.unwrap_or_else(|error| {
            if faults.len() < MOST {
                faults.push(Fault {
                    pointer: pointer.clone(),
                    problem: error.to_string(),
                });
            }
            Tree::Null
        });
        pointer.truncate(length);
        tree
    }

    pub(super) fn into_vec(self) -> Vec<Fault> {
        self.0.into_inner().faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Date, Map, Uuid};
    use serde::Serialize;

    #[derive(Serialize)]
    struct Order {
        id: Uuid,
        days: Vec<Date>,
        by: Map<Kind>,
    }

    #[derive(Serialize)]
    enum Kind {
        Of { a: Uuid },
    }

    #[test]
    fn each_part_that_cannot_be_written_is_told_by_its_place() {
        let order = Order {
            id: "x".into(),
            days: vec!["2025-01-31".into(), "today".into()],
            by: [("a/b".to_owned(), Kind::Of { a: "y".into() })]
                .into_iter()
                .collect(),
        };
        let (tree, faults) = Tree::of_all(&order);
        let pointers: Vec<_> = faults.iter().map(|it| it.pointer.as_str()).collect();
        assert_eq!(pointers, ["/id", "/days/1", "/by/a~1b/Of/a"]);
        assert!(faults[1].problem.starts_with("not a"), "{faults:?}");
        let Tree::Object(members) = tree else {
            unreachable!("an object")
        };
        let days = vec![Tree::Text("2025-01-31".into()), Tree::Null];
        assert_eq!(members[1], ("days".into(), Tree::List(days)));
        let (_, faults) = Tree::of_all(&Uuid::from("z"));
        assert_eq!(faults[0].pointer, "");
        assert_eq!(Tree::of_all(&5).1, []);
    }
}
