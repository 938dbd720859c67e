//! Settings that find nothing in the new documents any more: `codegen.toml` and overlays are part of what an SDK is.

use super::{Bump, Drift, Finding, Location, Reach, Severity};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use std::collections::{BTreeSet, HashSet};

/// Adds a finding for each problem of the settings that the old documents did not have.
pub(super) fn add(drift: &mut Drift, old: &Diagnostics, new: &Diagnostics) {
    let known: HashSet<(&str, &str)> = of_settings(old).map(key).collect();
    let items = of_settings(new).filter(|item| !known.contains(&key(item)));
    drift.findings.extend(items.map(finding));
}

/// Codes are data, and those of settings say so by their names.
fn of_settings(all: &Diagnostics) -> impl Iterator<Item = &Diagnostic> {
    all.items.iter().filter(|item| is_of_settings(item.code))
}

pub(super) fn is_of_settings(code: Code) -> bool {
    let code = code.as_str();
    code.starts_with("unmatched-")
        || matches!(
            code,
            "idle-overlay-action" | "unmapped-schema" | "unstated-event-version"
        )
}

/// The rules of these findings.
pub(super) fn rules() -> impl Iterator<Item = String> {
    let all = Code::ALL.iter().flat_map(|(_, codes)| *codes).copied();
    all.filter(|code| is_of_settings(*code)).map(rule)
}

fn rule(code: Code) -> String {
    format!("setting-{}", code.as_str())
}

fn key(item: &Diagnostic) -> (&str, &str) {
    (item.code.as_str(), &item.message)
}

fn finding(item: &Diagnostic) -> Finding {
    let rule = rule(item.code);
    Finding {
        severity: Severity::Warning,
        directions: BTreeSet::new(),
        message: item.message.clone(),
        old: None,
        new: Some(Location {
            document: item.document.clone(),
            pointer: item.pointer.to_string(),
            line: item.line,
            column: item.column,
        }),
        copies: Vec::new(),
        reach: Reach::default(),
        upgrade: Bump::Patch,
        items: Vec::new(),
        remedy: item.help.clone(),
        fingerprint: super::join::fingerprint(&[&rule, &item.message]),
        rule,
    }
}
