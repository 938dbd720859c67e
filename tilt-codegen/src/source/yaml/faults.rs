//! Faults of a YAML text, and the words for them.

use super::frames::Duplicate;
use crate::diagnostic::Code;
use crate::place::escape;
use crate::source::Limits;
use crate::source::duplicate;
use crate::source::fault::Fault;
use crate::source::parsed::Exceeded;
use saphyr_parser::ScanError;
use std::ops::Range;

/// Those that do not end the reading, up to a number of each severity.
pub(super) struct Faults {
    pub(super) items: Vec<Fault>,
    most: usize,
}

impl Faults {
    pub(super) fn new(limits: &Limits) -> Faults {
        Faults {
            items: Vec::new(),
            most: limits.errors,
        }
    }

    pub(super) fn keep(&mut self, fault: Fault) {
        let same = self
            .items
            .iter()
            .filter(|kept| kept.severity == fault.severity)
            .count();
        if same < self.most {
            self.items.push(fault);
        }
    }
}

/// `path` is that of the object.
pub(super) fn duplicate_key(duplicate: Duplicate, mut path: String) -> Fault {
    path.push('/');
    path.push_str(&escape(&duplicate.key));
    let key = format!("`{}`", duplicate.key);
    duplicate::fault(&key, duplicate.span, path, duplicate.is_harmless)
}

pub(super) fn complex_key(span: Range<usize>) -> Fault {
    let message = "found an array or object as a key, expected text";
    Fault::at(Code::INVALID_YAML, span, message)
        .help("write the key in quotes if it starts with a bracket or brace")
}

pub(super) fn syntax(text: &str, at: usize, error: &ScanError, limits: &Limits) -> Fault {
    if error.info().contains("recursion limit") {
        return Exceeded::Depth.fault(limits, at);
    }
    let is_tab = text[at..].starts_with('\t') || error.info().contains("tab");
    let help = match is_tab {
        true => "indent with spaces: YAML does not allow tabs there",
        false => "mend the YAML syntax here or just before",
    };
    let length = text[at..].chars().next().map_or(0, char::len_utf8);
    Fault::at(Code::INVALID_YAML, at..at + length, error.info()).help(help)
}
