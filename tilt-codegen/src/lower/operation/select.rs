//! The operations that an SDK has, of all that the document has.

use crate::config::{Selector, Setting};
use crate::diagnostic::{Code, Diagnostic, EitherCode, Severity};
use crate::dialect::openapi::{Api, Operation};
use crate::identifier;
use crate::lower::context::Context;
use crate::model;

/// Drops the operations that the configuration does not want. A selector that finds none is a
/// finding: it is misspelt, or the document has changed.
pub(in crate::lower) fn select(context: &mut Context<'_>, api: &mut Api<'_>) {
    let select = &context.config.select;
    for (index, selector) in select.include.iter().enumerate() {
        let code = EitherCode::UNMATCHED_INCLUDE.code();
        report_unmatched(context, api, selector, Setting::Include(index), code);
    }
    for (index, selector) in select.exclude.iter().enumerate() {
        let code = Code::UNMATCHED_SELECTOR;
        report_unmatched(context, api, selector, Setting::Exclude(index), code);
    }
    api.operations.retain(|operation| {
        let any = |selectors: &[Selector]| selectors.iter().any(|s| matches(s, operation));
        (select.include.is_empty() || any(&select.include)) && !any(&select.exclude)
    });
}

/// Reports a selector that finds nothing.
fn report_unmatched(
    context: &mut Context<'_>,
    api: &Api<'_>,
    selector: &Selector,
    setting: Setting<'_>,
    code: Code,
) {
    if api.operations.iter().any(|own| matches(selector, own)) {
        return;
    }
    let message = format!("the selector `{selector}` matches no operation");
    let help = code.remedy().unwrap_or_default().to_owned();
    let told = context
        .config
        .written
        .diagnostic(setting, code, message, help);
    context.settings.push(Diagnostic {
        // Whether it makes a difference is seen when there are files.
        severity: Severity::Finding,
        ..told
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
