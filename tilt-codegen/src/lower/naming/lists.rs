//! Lists under a word that is no plural.
//!
//! GET `/brand` answers with all brands, and its operationId, `getBrand`, does not say so. It is a `list` where the
//! answer is nothing else, and where no other operation of its resource is one.

use std::collections::HashSet;

use crate::lower::naming::segments::{self, Segment, segments};
use crate::lower::naming::unnamed::{OperationName, Unnamed};
use crate::model::HttpMethod;

/// Names those lists. A name from the generation before is kept.
pub(super) fn name(operations: &[Unnamed<'_>], named: &mut [OperationName], is_kept: &[bool]) {
    let listed = named.iter().filter(|name| name.method == "list");
    let listed: HashSet<String> = listed.map(|name| name.resource.clone()).collect();
    for (at, operation) in operations.iter().enumerate() {
        let name = &mut named[at];
        let is_called_get = name.method == "get" && !is_kept[at];
        if is_called_get && is_list(operation) && !listed.contains(&name.resource) {
            name.method = "list".to_owned();
        }
    }
}

/// Whether an operation gets a whole collection.
fn is_list(operation: &Unnamed<'_>) -> bool {
    let segments = segments::without_labels(segments(operation.path));
    operation.method == HttpMethod::Get
        && operation.answer.is_list()
        && matches!(segments.last(), Some(Segment::Static(_)))
}
