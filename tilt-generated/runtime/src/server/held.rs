//! Values, held against the constraints of the document.

use super::problem::Problem;
use crate::data::foreign_text::one_line;
use crate::data::tree::Tree;
use crate::validation::Violation;
use serde::Serialize;

/// A value as constraints are held against it.
pub(super) fn tree<T: Serialize>(value: &T) -> Result<Tree, Problem> {
    // It was read of a request: what cannot be written of it is our fault.
    Tree::of(value).map_err(|_| Problem::internal())
}

/// Refuses a value that breaks constraints, for the first of them.
pub(super) fn refuse(broken: Vec<Violation>, place: &str) -> Result<(), Problem> {
    let Some(first) = broken.first() else {
        return Ok(());
    };
    let place = match first.pointer() {
        "" => place.to_owned(),
        pointer => format!("{place}#{}", one_line(pointer)),
    };
    let detail = format!("{}, expected {}", first.found(), first.expected());
    Err(Problem::unfit(place, one_line(&detail)))
}
