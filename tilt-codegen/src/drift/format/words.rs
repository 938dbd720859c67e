//! The words that all forms share.

use super::Report;
use super::order::SEVERITIES;
use crate::drift::finding::{Bump, Direction, Effect, Finding, Location, Severity};
use std::collections::BTreeSet;

/// The words of a report.
pub(super) struct Words<'a>(&'a Report<'a>);

impl<'a> Words<'a> {
    pub(super) fn of(report: &'a Report<'a>) -> Self {
        Self(report)
    }

    /// The answers to both questions, and how many findings there are.
    pub(super) fn verdict(&self) -> String {
        let (answers, facts) = (self.answers(), self.facts());
        match self.0.drift.in_use {
            _ if facts.is_empty() => answers,
            None => format!("{answers}, but for {facts}"),
            Some(_) => format!("{answers}: {facts}"),
        }
    }

    /// The number of findings, and of those that are left out; empty if there is nothing.
    pub(super) fn facts(&self) -> String {
        let counts = self.0.drift.in_use.map(|_| self.counts());
        let left_out = Some(self.left_out()).filter(|text| !text.is_empty());
        let facts: Vec<_> = counts.into_iter().chain(left_out).collect();
        facts.join("; ")
    }

    /// Such as `drift: breaking in use, major on upgrading (0.1.0 to 0.2.0)`.
    pub(super) fn answers(&self) -> String {
        let Some(in_use) = self.0.drift.in_use else {
            return "no drift".to_owned();
        };
        let upgrade = match self.0.drift.upgrade {
            Bump::None => "nothing",
            bump => step(bump),
        };
        let versions = self.0.versions.map_or(String::new(), |(from, to)| {
            if from == to {
                String::new()
            } else {
                format!(" ({from} to {to})")
            }
        });
        let severity = severity(in_use);
        format!("drift: {severity} in use, {upgrade} on upgrading{versions}")
    }

    /// Such as `3 findings (1 breaking, 2 additive)`.
    pub(super) fn counts(&self) -> String {
        let findings = &self.0.drift.findings;
        let each: Vec<String> = SEVERITIES
            .iter()
            .filter_map(|of| {
                let count = findings.iter().filter(|it| it.severity == *of).count();
                (count > 0).then(|| format!("{count} {}", severity(*of)))
            })
            .collect();
        format!(
            "{} ({})",
            number(findings.len(), "finding"),
            each.join(", ")
        )
    }

    /// The number of findings that do not count, and why; empty if all count.
    pub(super) fn left_out(&self) -> String {
        let Report {
            accepted,
            environment,
            ..
        } = self.0;
        let parts = [
            (*accepted, "accepted"),
            (*environment, "of the environment"),
        ];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, of)| format!("{count} {of}")).collect();
        parts.join(", ")
    }
}

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Breaking => "breaking",
        Severity::Warning => "warning",
        Severity::Additive => "additive",
        Severity::Editorial => "editorial",
    }
}

pub(super) fn step(bump: Bump) -> &'static str {
    match bump {
        Bump::None => "none",
        Bump::Patch => "patch",
        Bump::Minor => "minor",
        Bump::Major => "major",
    }
}

pub(super) fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Request => "request",
        Direction::Answer => "answer",
        Direction::Event => "event",
    }
}

/// Such as `request, answer`.
pub(super) fn directions(all: &BTreeSet<Direction>) -> String {
    let all: Vec<_> = all.iter().copied().map(direction).collect();
    all.join(", ")
}

pub(super) fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Added => "added",
        Effect::Removed => "removed",
        Effect::Renamed => "renamed",
        Effect::SignatureChanged => "signature changed",
        Effect::TypeChanged => "type changed",
        Effect::NowOptional => "now optional",
        Effect::NewVariant => "new variant (caught by Unknown)",
        Effect::Deprecated => "deprecated",
        Effect::FeatureChanged => "feature changed",
        Effect::SilentlyDifferent => "silently different",
        Effect::BehaviourOnly => "behaviour only",
        Effect::DocsOnly => "docs only",
    }
}

/// Such as `10 operations, 7 events`; empty for what reaches nothing.
pub(super) fn reach(finding: &Finding) -> String {
    let reach = &finding.reach;
    let parts = [(reach.operations, "operation"), (reach.events, "event")];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, of)| number(*count, of)).collect();
    parts.join(", ")
}

/// Such as `and at 41 more places`; empty for what is at one.
pub(super) fn copies(finding: &Finding) -> String {
    match finding.copies.len() {
        0 => String::new(),
        more => format!("and at {}", number(more, "more place")),
    }
}

/// Such as `openapi.json:12:30`.
pub(super) fn place(location: &Location) -> String {
    let mut text = location.document.clone();
    for number in [location.line, location.column]
        .into_iter()
        .map_while(|it| it)
    {
        text.push_str(&format!(":{number}"));
    }
    text
}

/// Such as `1 finding` and `2 findings`.
pub(super) fn number(count: usize, of: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {of}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::format::examples::{drift, nothing};

    #[test]
    fn the_verdict_answers_both_questions_and_counts() {
        let drift = drift();
        let mut report = Report::new(&drift);
        assert_eq!(
            report.verdict(),
            "drift: breaking in use, major on upgrading: 3 findings (1 breaking, 1 warning, 1 additive)"
        );
        report.accepted = 2;
        report.environment = 1;
        report.versions = Some(("0.1.0", "0.2.0"));
        assert_eq!(
            report.verdict(),
            "drift: breaking in use, major on upgrading (0.1.0 to 0.2.0): \
             3 findings (1 breaking, 1 warning, 1 additive); 2 accepted, 1 of the environment"
        );
    }

    #[test]
    fn what_is_left_out_is_not_hidden_where_nothing_else_differs() {
        let nothing = nothing();
        let mut report = Report::new(&nothing);
        assert_eq!(report.verdict(), "no drift");
        report.accepted = 1;
        assert_eq!(report.verdict(), "no drift, but for 1 accepted");
    }
}
