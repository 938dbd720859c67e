//! All that cannot be written of a value, each with its place: the rest of the value is a tree nevertheless.

use std::cell::RefCell;
use std::fmt::Display;

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
    /// The part at these steps below; another where it cannot be written.
    pub(super) fn within<T, E: Display>(
        &self,
        steps: [Option<&str>; 2],
        other: T,
        write: impl FnOnce() -> Result<T, E>,
    ) -> T {
        let length = self.0.borrow().pointer.len();
        for step in steps.into_iter().flatten() {
            let pointer = &mut self.0.borrow_mut().pointer;
            pointer.push('/');
            pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        }
        let written = write();
        let Found { pointer, faults } = &mut *self.0.borrow_mut();
        let part = written.unwrap_or_else(|error| {
            if faults.len() < MOST {
                faults.push(Fault {
                    pointer: pointer.clone(),
                    problem: error.to_string(),
                });
            }
            other
        });
        pointer.truncate(length);
        part
    }

    pub(super) fn into_vec(self) -> Vec<Fault> {
        self.0.into_inner().faults
    }
}
