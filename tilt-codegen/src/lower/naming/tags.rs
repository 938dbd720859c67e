//! Resources that are called as a tag is, where paths have the same in the plural.

use std::collections::{HashMap, HashSet};

use crate::identifier;
use crate::lower::naming::segments::{Segment, segments};
use crate::lower::naming::unnamed::{OperationName, Unnamed};

/// POST `/build` with the tag `Image` is `images.build` beside `/images/{name}/push`: one resource is not split in two.
pub(super) fn join(operations: &[Unnamed<'_>], named: &mut [OperationName], is_kept: &[bool]) {
    let resources: HashSet<&str> = named.iter().map(|name| name.resource.as_str()).collect();
    let many: HashMap<String, String> = resources
        .into_iter()
        .filter(|name| identifier::is_plural(name))
        .map(|name| (identifier::singular(name), name.to_owned()))
        .collect();
    for (index, name) in named.iter_mut().enumerate() {
        if is_kept[index] || is_of_path(&operations[index], &name.resource) {
            continue;
        }
        if let Some(many) = many.get(&name.resource) {
            name.resource.clone_from(many);
        }
    }
}

/// Whether a resource is a part of its path, and no other word for it.
fn is_of_path(operation: &Unnamed<'_>, resource: &str) -> bool {
    let segments = segments(operation.path);
    segments
        .iter()
        .any(|it| matches!(it, Segment::Static(text) if text == resource))
}
