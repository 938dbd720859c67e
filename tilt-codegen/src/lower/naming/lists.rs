//! Lists under a word that is no plural.
//!
//! GET `/brand` answers with all brands, and its operationId, `getBrand`, does not say so. It is a `list` where the
//! answer is nothing else, and where no other operation of its resource is one.

use std::collections::{HashMap, HashSet};

use crate::lower::naming::offered::Offered;
use crate::lower::naming::segments::{self, Segment, segments};
use crate::lower::naming::unnamed::{OperationName, Unnamed};
use crate::model::HttpMethod;

/// Names those lists. A name from the generation before is kept.
pub(super) fn name(
    operations: &[Unnamed<'_>],
    named: &mut [OperationName],
    is_kept: &[bool],
    offered: &Offered,
) {
    let listed = named.iter().filter(|name| name.method == "list");
    let listed: HashSet<String> = listed.map(|name| name.resource.clone()).collect();
    for (at, operation) in operations.iter().enumerate() {
        let name = &mut named[at];
        let is_called_get = name.method == "get" && !is_kept[at];
        if is_called_get && is_list(operation, offered) && !listed.contains(&name.resource) {
            name.method = "list".to_owned();
        }
    }
}

/// Those of one thing alone are not all: `orders.delete_all_for_customer` beside `orders.list_for_customer`.
pub(super) fn tell_all_apart(
    operations: &[Unnamed<'_>],
    named: &mut [OperationName],
    is_kept: &[bool],
    taken: &mut HashSet<(String, String)>,
) {
    let of_one: HashMap<(&str, String), String> = operations
        .iter()
        .zip(named.iter())
        .filter(|(operation, _)| operation.method == HttpMethod::Get)
        .filter_map(|(operation, name)| {
            let owner = name.method.strip_prefix("list_for_")?;
            Some(((operation.path, name.resource.clone()), owner.to_owned()))
        })
        .collect();
    for (at, operation) in operations.iter().enumerate() {
        let name = &mut named[at];
        let is_of_all = matches!(
            name.method.as_str(),
            "delete_all" | "replace_all" | "update_all"
        );
        let Some(owner) = of_one.get(&(operation.path, name.resource.clone())) else {
            continue;
        };
        let method = format!("{}_for_{owner}", name.method);
        if is_of_all && !is_kept[at] && taken.insert((name.resource.clone(), method.clone())) {
            name.method = method;
        }
    }
}

/// Whether an operation gets a whole collection: where the path ends in a parameter, each of its things has one more, as
/// `/items/{collection}` and `/items/{collection}/{id}` have.
fn is_list(operation: &Unnamed<'_>, offered: &Offered) -> bool {
    let segments = segments::without_labels(segments(operation.path));
    operation.method == HttpMethod::Get
        && match segments.last() {
            Some(Segment::Static(_)) => operation.answer.is_list(),
            Some(Segment::Parameter) => {
                operation.answer.is_list() && offered.has_one_below(operation)
            }
            _ => false,
        }
}
