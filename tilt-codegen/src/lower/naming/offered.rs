//! The paths of a document: what is there beside an operation that is named.

use std::collections::HashSet;

use crate::identifier;
use crate::lower::naming::segments::{self, Segment, segments};
use crate::lower::naming::unnamed::{Answer, Unnamed};
use crate::lower::naming::verbs;
use crate::model::HttpMethod;

/// The paths of a document, without the names of their parameters.
pub(super) struct Offered {
    /// Those that have items below them: collections, whatever their names look like.
    pub(super) collections: HashSet<String>,
    /// Those where something else than a POST is offered.
    pub(super) readable: HashSet<String>,
    /// Those where a GET answers with one thing, whatever they are called: `/endpoint/headers`.
    pub(super) single: HashSet<String>,
    /// Those of items that can be changed.
    pub(super) changed: HashSet<String>,
}

impl Offered {
    pub(super) fn of(operations: &[Unnamed<'_>]) -> Self {
        let paths = operations.iter().map(|operation| operation.path);
        let others = operations
            .iter()
            .filter(|operation| operation.method != HttpMethod::Post);
        let single = operations
            .iter()
            .filter(|operation| operation.answer == Answer::One && !verbs::says_list(operation));
        let changes = |it: &&Unnamed<'_>| matches!(it.method, HttpMethod::Put | HttpMethod::Patch);
        let changed = operations.iter().filter(changes);
        Self {
            changed: changed
                .map(|operation| segments::beginning(&segments(operation.path)))
                .collect(),
            single: single
                .map(|operation| segments::beginning(&segments(operation.path)))
                .collect(),
            collections: paths.flat_map(segments::collections).collect(),
            readable: others
                .map(|operation| segments::beginning(&segments(operation.path)))
                .collect(),
        }
    }

    /// Whether a POST to what seems an item of something is all that there is: `/hash/{algorithm}`.
    pub(super) fn is_deed(&self, operation: &Unnamed<'_>, segments: &[Segment]) -> bool {
        let [collection @ .., _] = segments else {
            return false;
        };
        let noun = segments.iter().rev().find_map(|segment| match segment {
            Segment::Static(text) => Some(text),
            _ => None,
        });
        let is_many = noun.is_some_and(|noun| identifier::is_plural(noun));
        operation.method == HttpMethod::Post
            && !is_many
            && ![segments, collection]
                .iter()
                .any(|path| self.readable.contains(&segments::beginning(path)))
    }
}
