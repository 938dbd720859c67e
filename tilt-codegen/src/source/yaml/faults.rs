//! What is wrong or odd in a YAML text, and where.

use super::{Builder, Content};
use crate::diagnostic::Code;
use crate::pointer;
use crate::source::duplicate;
use crate::source::fault::Fault;
use crate::source::parsed::Exceeded;
use saphyr_parser::ScanError;
use std::ops::Range;

impl Builder<'_> {
    pub(super) fn duplicate(&mut self, key: &str, span: Range<usize>, is_harmless: bool) {
        let mut path = self.path();
        path.push('/');
        path.push_str(&pointer::escape(key));
        let fault = duplicate::fault(&format!("`{key}`"), span, path, is_harmless);
        self.keep(fault);
    }

    pub(super) fn exceeded(&self, limit: Exceeded, span: &Range<usize>) -> Fault {
        limit.fault(self.limits, span.start).pointer(self.path())
    }

    pub(super) fn complex_key(&self, span: Range<usize>) -> Fault {
        self.fault(
            Code::INVALID_YAML,
            span,
            "found an array or object as a key, expected text",
        )
        .help("write the key in quotes if it starts with a bracket or brace")
    }

    pub(super) fn syntax_fault(&mut self, error: &ScanError) -> Fault {
        let at = self.offsets.offset(error.marker().index());
        if error.info().contains("recursion limit") {
            return self.exceeded(Exceeded::Depth, &(at..at));
        }
        let is_tab = self.text[at..].starts_with('\t') || error.info().contains("tab");
        let help = match is_tab {
            true => "indent with spaces: YAML does not allow tabs there",
            false => "mend the YAML syntax here or just before",
        };
        let length = self.text[at..].chars().next().map_or(0, char::len_utf8);
        self.fault(Code::INVALID_YAML, at..at + length, error.info())
            .help(help)
    }

    pub(super) fn fault(&self, code: Code, span: Range<usize>, message: &str) -> Fault {
        Fault::at(code, span, message).pointer(self.path())
    }

    pub(super) fn finding(&mut self, code: Code, span: Range<usize>, message: &str) {
        let finding = self.fault(code, span, message);
        self.keep(finding);
    }

    fn keep(&mut self, fault: Fault) {
        let same = self
            .faults
            .iter()
            .filter(|kept| kept.severity == fault.severity)
            .count();
        if same < self.limits.errors {
            self.faults.push(fault);
        }
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for frame in &self.frames {
            match &frame.content {
                Content::Sequence(elements) => path.push_str(&format!("/{}", elements.len())),
                Content::Mapping { key: Some(key), .. } => {
                    path.push('/');
                    path.push_str(&pointer::escape(&key.text));
                }
                Content::Mapping { key: None, .. } => {}
            }
        }
        path
    }
}
