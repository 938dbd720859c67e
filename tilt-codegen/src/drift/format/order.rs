//! The order in which findings are shown.

use crate::drift::finding::{Drift, Effect, Finding, ItemChange, Severity};

/// From the gravest.
pub(super) const SEVERITIES: [Severity; 4] = [
    Severity::Breaking,
    Severity::Warning,
    Severity::Additive,
    Severity::Editorial,
];

/// The findings of a severity, those first that ask most of users who upgrade.
pub(super) fn of_severity(drift: &Drift, severity: Severity) -> Vec<&Finding> {
    let all = drift.findings.iter();
    let mut found: Vec<_> = all.filter(|it| it.severity == severity).collect();
    found.sort_by_key(|finding| std::cmp::Reverse(finding.upgrade));
    found
}

/// The items for which users' code may have to change, each once.
pub(super) fn items_to_mend(drift: &Drift) -> Vec<&ItemChange> {
    let all = drift.findings.iter().flat_map(|finding| &finding.items);
    let mut items: Vec<_> = all
        .filter(|it| it.bump == crate::drift::finding::Bump::Major || it.effect == Effect::Removed)
        .collect();
    items.sort_by_key(|it| (it.effect != Effect::Removed, &it.item, *it));
    items.dedup();
    items
}
