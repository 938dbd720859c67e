//! Faults of a names file, as diagnostics.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, Snippet};
use crate::place::locate;
use crate::source::Limits;

pub(super) const MALFORMED: Code = Code::MALFORMED_NAMES;
pub(super) const INVALID: Code = Code::INVALID_NAME;
pub(super) const COLLIDING: Code = Code::COLLIDING_NAMES;
pub(super) const RESTORE: &str = "take the last good version of this file from version control, or delete it: \
                       then everything is named afresh";

pub(super) struct Fault {
    pub(super) code: Code,
    /// In bytes of the text.
    pub(super) span: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
}

pub(super) fn diagnose(name: &str, text: &str, faults: Vec<Fault>, limits: &Limits) -> Diagnostics {
    let spans: Vec<_> = faults
        .iter()
        .map(|fault| Some(fault.span.clone()))
        .collect();
    let positions = locate(text, &spans);
    let items = faults
        .into_iter()
        .zip(positions)
        .map(|(fault, position)| Diagnostic {
            code: fault.code,
            severity: Severity::Error,
            message: fault.message,
            document: name.to_owned(),
            pointer: Default::default(),
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            help: Some(fault.help),
            snippet: position.map(|position| Snippet::around(text, position)),
        });
    Diagnostics::new(items.collect(), limits.errors)
}
