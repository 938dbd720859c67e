//! Structs as variants of unions, which write and look for discriminators.

use super::Record;
use super::write::write_tagged_record;
use crate::data::content::Content;
use crate::data::union::{Attempt, Tags};
use serde::ser::Serializer;

/// Writes a variant that is a struct.
///
/// # Errors
///
/// When the serializer fails.
#[doc(hidden)]
pub fn write_record_variant<T: Record, S: Serializer>(
    record: &T,
    tags: Option<&Tags<'_>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    write_tagged_record(record, tags, serializer)
}

/// Reads an object as a variant that is a struct.
#[doc(hidden)]
pub fn read_record_variant<T: Record, U>(
    value: &Content<'_>,
    attempt: Attempt,
    variant: fn(Box<T>) -> U,
) -> Option<U> {
    let record = super::read::read_variant(value, attempt.untagged)?;
    Some(variant(Box::new(record)))
}
