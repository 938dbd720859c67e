//! A problem found while bytes are read, when there is no document yet to point into.

use super::{Pointer, Position};
use crate::diagnostic::{Code, Diagnostic, EitherCode, Severity, Snippet};
use crate::place::locate;
use std::ops::Range;

/// A fault, and where in the bytes it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) pointer: Pointer,
    /// In bytes of the text. `None`: the file as a whole.
    pub(super) span: Option<Range<usize>>,
}

impl Fault {
    /// A fault of the whole file.
    pub(super) fn file(code: Code, message: impl Into<String>) -> Fault {
        Fault {
            code,
            severity: code.severity(),
            message: message.into(),
            help: code.remedy().map(str::to_owned),
            pointer: Pointer::default(),
            span: None,
        }
    }

    /// A fault at a place in the text.
    pub(super) fn at(code: Code, span: Range<usize>, message: impl Into<String>) -> Fault {
        Fault {
            span: Some(span),
            ..Fault::file(code, message)
        }
    }

    /// A fault at a place where it makes no difference: a finding.
    pub(super) fn harmless(code: EitherCode, span: Range<usize>, message: String) -> Fault {
        Fault {
            severity: Severity::Finding,
            ..Fault::at(code.code(), span, message)
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
    let positions = locate(text, &spans);
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
