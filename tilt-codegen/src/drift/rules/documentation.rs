//! The rules as `docs/drift.md` has them.

use super::relation::{EXCEPTIONS, Relation};
use super::{Rule, all};
use crate::drift::Severity;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Ids of oasdiff.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Foreign {
    pub(super) same: Vec<String>,
    pub(super) told_as: BTreeMap<String, String>,
    pub(super) not_applicable: BTreeMap<String, String>,
}

pub(super) fn foreign() -> Foreign {
    toml::from_str(include_str!("oasdiff.toml")).expect("a table of this crate, which a test reads")
}

/// The tables of rules, of exceptions, and of the ids of oasdiff.
pub(crate) fn documentation() -> String {
    let mut text = String::from(
        "### Rules\n\n`…` stands for `request-body`, `request-parameter`, `request-property`, \
         `response-body`, `response-header`, `response-property`, `event-body` and so on.\n\n\
         | rule | of | valid values | before | after | and not |\n|---|---|---|---|---|---|\n",
    );
    for rule in all() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", row(rule));
    }
    text.push_str(
        "\n### Exceptions\n\nSeverities that do not follow from what a change does to the set of valid values:\n\n\
         | rules | of what is | severity | because |\n|---|---|---|---|\n",
    );
    for exception in EXCEPTIONS {
        let rules: Vec<String> = exception
            .rules
            .iter()
            .map(|rule| format!("`…{rule}`"))
            .collect();
        let way = if exception.is_sent {
            "sent"
        } else {
            "received"
        };
        let _ = writeln!(
            text,
            "| {} | {way} | {} | {} |",
            rules.join(" "),
            severity(exception.severity),
            exception.reason
        );
    }
    let foreign = foreign();
    let _ = write!(
        text,
        "\n### Ids of oasdiff\n\nOf its public ids, {} are rules here, with the same id: ignore lists can be moved. The others:\n\n\
         | id | here |\n|---|---|\n",
        foreign.same.len()
    );
    for (id, told) in &foreign.told_as {
        let _ = writeln!(text, "| `{id}` | {told} |");
    }
    for (id, reason) in &foreign.not_applicable {
        let _ = writeln!(text, "| `{id}` | not applicable: {reason} |");
    }
    text
}

fn row(rule: &Rule) -> String {
    let of = match rule.member.as_str() {
        "" => format!("{:?}", rule.kind),
        member => format!("{:?} `{member}`", rule.kind),
    };
    let (sent, received) = (rule.change.sent, rule.change.received);
    let relation = match sent == received {
        true => sent.word().to_owned(),
        false => format!("sent: {}, received: {}", sent.word(), received.word()),
    };
    let cell = |text: &str| format!("`{}`", text.replace('|', "\\|"));
    let (before, after) = &rule.example;
    let id = rule.id.shown();
    format!(
        "| `{id}` | {of} | {relation} | {} | {} | {} → {} |",
        cell(before),
        cell(after),
        cell(&rule.near_miss.0),
        cell(&rule.near_miss.1)
    )
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Editorial => "editorial",
        Severity::Additive => "additive",
        Severity::Warning => "warning",
        Severity::Breaking => "breaking",
    }
}

impl Relation {
    /// As the table has it.
    fn word(self) -> &'static str {
        match self {
            Self::Keeps => "keeps",
            Self::Narrows => "narrows",
            Self::Widens => "widens",
            Self::Replaces => "replaces",
            Self::CannotTell => "cannot be told",
        }
    }
}
