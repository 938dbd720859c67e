//! The operations that an SDK has, of all that the document has.

use crate::config::{Select, Selector};
use crate::diagnostic::{Code, Problem, Problems};
use crate::dialect::openapi::{Api, Operation};
use crate::identifier;
use crate::model;

/// Drops the operations that the configuration does not want. A selector that finds none is a
/// finding: it is misspelt, or the document has changed.
pub(in crate::lower) fn select(api: &mut Api<'_>, select: &Select, problems: &mut Problems) {
    for selector in select.include.iter().chain(&select.exclude) {
        if !api.operations.iter().any(|own| matches(selector, own)) {
            let message = format!("the selector `{selector}` matches no operation");
            problems.push(Problem::new(Code::UNMATCHED_SELECTOR, api.node, message));
        }
    }
    api.operations.retain(|operation| {
        let any = |selectors: &[Selector]| selectors.iter().any(|s| matches(s, operation));
        (select.include.is_empty() || any(&select.include)) && !any(&select.exclude)
    });
}

/// Whether an operation of the model is selected.
pub(in crate::lower) fn matches_model(selector: &Selector, operation: &model::Operation) -> bool {
    match selector {
        Selector::Tag(tag) => {
            let tag = identifier::snake(tag);
            operation.tags.contains(&tag)
        }
        Selector::Path(prefix) => operation.path.starts_with(prefix.as_str()),
        Selector::Operation(id) => {
            let (method, path) = id.split_once(' ').unwrap_or_default();
            let is_call = method.eq_ignore_ascii_case(operation.method.as_str());
            operation.id == *id || (is_call && path == operation.path)
        }
    }
}

fn matches(selector: &Selector, operation: &Operation<'_>) -> bool {
    match selector {
        Selector::Tag(tag) => operation.tags.iter().any(|own| own == tag),
        Selector::Path(prefix) => operation.path.starts_with(prefix.as_str()),
        Selector::Operation(id) => {
            let verb = operation.method.as_str();
            let is_call = || {
                let (method, path) = id.split_once(' ').unwrap_or_default();
                method.eq_ignore_ascii_case(verb) && path == operation.path
            };
            operation.id.as_deref() == Some(id) || is_call()
        }
    }
}
