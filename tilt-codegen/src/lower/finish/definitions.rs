//! The JSON Schemas of the data types: the schemas that stand where the types come from, each under one
//! name, so that others refer to it.
//!
//! A type may stand in several places whose schemas differ in what no type shows, such as a pattern. Then
//! each of these has a definition of its own, and the type's is any of them.

mod classes;
mod placed;
mod writer;

use self::classes::Classes;
use self::placed::Placed;
use self::writer::Writer;
use crate::model::{Definition, Sdk};
use crate::source::Documents;

/// The definitions of all types of an SDK and of what they refer to, sorted by name. None comes after the
/// one with which they are longer than a limit on their bytes.
pub(in crate::lower) fn of(sdk: &Sdk, documents: &Documents, limit: usize) -> Vec<Definition> {
    let placed = Placed::of(&sdk.types, documents);
    let classes = Classes::of(&placed, documents);
    Writer::new(documents, &sdk.types, &placed, &classes).write(limit)
}
