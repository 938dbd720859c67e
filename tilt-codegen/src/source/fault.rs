//! A problem found while bytes are read, when there is no document yet to point into.

use super::{Pointer, Position, position};
use crate::diagnostic::{Diagnostic, Severity, Snippet};
use std::ops::Range;

/// What is wrong, and where in the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) pointer: Pointer,
    /// In bytes of the text. `None`: the file as a whole.
    pub(super) span: Option<Range<usize>>,
}

impl Fault {
    /// A fault of the whole file.
    pub(super) fn file(code: &'static str, message: impl Into<String>) -> Fault {
        Fault {
            code,
            severity: Severity::Error,
            message: message.into(),
            help: None,
            pointer: Pointer::default(),
            span: None,
        }
    }

    /// A fault at a place in the text.
    pub(super) fn at(code: &'static str, span: Range<usize>, message: impl Into<String>) -> Fault {
        Fault {
            span: Some(span),
            ..Fault::file(code, message)
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Fault {
        self.help = Some(help.into());
        self
    }

    pub(super) fn pointer(mut self, pointer: impl Into<Pointer>) -> Fault {
        self.pointer = pointer.into();
        self
    }
}

/// Faults of one text as diagnostics.
pub(super) fn diagnose(name: &str, text: &str, faults: Vec<Fault>) -> Vec<Diagnostic> {
    let spans: Vec<_> = faults.iter().map(|fault| fault.span.clone()).collect();
    let positions = position::locate(text, &spans);
    let located = faults.into_iter().zip(positions);
    located
        .map(|(fault, position)| diagnostic(name, text, fault, position))
        .collect()
}

fn diagnostic(name: &str, text: &str, fault: Fault, position: Option<Position>) -> Diagnostic {
    Diagnostic {
        code: fault.code,
        severity: fault.severity,
        message: fault.message,
        document: name.to_owned(),
        pointer: fault.pointer,
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
        help: fault.help,
        snippet: position.map(|position| Snippet::around(text, position)),
    }
}
