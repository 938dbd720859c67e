//! `specs/drift-accepted.toml`: findings that somebody accepted, each with a reason.

use super::{SpecsError, parsed};
use crate::date::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::Path;
use std::str::FromStr;
use tilt_codegen::drift::{Finding, RuleName, UnknownRule};
use tilt_codegen::output::{self, Replacement};

const FILE: &str = "drift-accepted.toml";

/// The list. One entry for each fingerprint.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    #[serde(default)]
    accepted: Vec<Entry>,
}

/// One finding, by its fingerprint alone; the rest is for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The finding.
    pub fingerprint: Fingerprint,
    /// Its rule.
    pub rule: RuleName,
    /// Its sentence.
    pub message: String,
    /// Why it is accepted.
    pub reason: Reason,
    /// The last day on which it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// The findings that are accepted, and faults of the list.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Judgement {
    /// Fingerprints of findings that do not count.
    pub(crate) accepted: Vec<String>,
    /// Sentences about entries that are over or match nothing.
    pub(crate) notes: Vec<String>,
}

/// 16 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fingerprint(String);

/// Words, of which there is one at least.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reason(String);

/// Why a finding is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAccepted {
    /// Such as a wildcard.
    #[error("`{}` is no fingerprint: 16 hexadecimal digits, as `drift` shows them", .0.escape_debug())]
    Fingerprint(String),
    /// Nobody could judge it later.
    #[error("a reason has words")]
    Reason,
    /// It is over before it begins.
    #[error("{0} is over")]
    Over(Date),
    /// A finding of a rule that there is not.
    #[error(transparent)]
    Rule(#[from] UnknownRule),
    /// Nothing to accept.
    #[error("no finding has the fingerprint {0}")]
    NoSuchFinding(Fingerprint),
}

impl Accepted {
    /// The list in a folder; empty if there is none.
    pub fn read(specs: &Path) -> Result<Self, SpecsError> {
        Ok(parsed(&specs.join(FILE))?.unwrap_or_default())
    }

    /// Tells which of these findings are accepted on a day.
    pub(crate) fn judge<'a>(
        &self,
        findings: impl Iterator<Item = &'a Finding>,
        today: &Date,
    ) -> Judgement {
        let there: Vec<&str> = findings.map(|it| it.fingerprint.as_str()).collect();
        let mut judgement = Judgement::default();
        for entry in &self.accepted {
            let Entry {
                fingerprint,
                rule,
                reason,
                until,
                ..
            } = entry;
            let about = format!("{fingerprint} ({rule}) of specs/{FILE}");
            if !there.contains(&fingerprint.0.as_str()) {
                let note = format!("{about} matches no finding any more, and can be removed");
                judgement.notes.push(note);
            } else if let Some(until) = until.as_ref().filter(|until| *until < today) {
                let note =
                    format!("{about} was accepted until {until} ({reason}), and counts again");
                judgement.notes.push(note);
            } else {
                judgement.accepted.push(fingerprint.0.clone());
            }
        }
        judgement
    }

    /// The list with a finding, in place of what it said of it before.
    pub(crate) fn with(mut self, entry: Entry) -> Self {
        self.accepted
            .retain(|it| it.fingerprint != entry.fingerprint);
        self.accepted.push(entry);
        self.accepted
            .sort_by(|a, b| a.fingerprint.0.cmp(&b.fingerprint.0));
        self
    }

    pub(crate) fn write(&self, specs: &Path) -> Result<(), SpecsError> {
        // A list of tables of text always has a form in TOML.
        let entries = toml::to_string(self).unwrap_or_default();
        let text = format!(
            "# Written by `cargo xtask drift --accept FINGERPRINT --reason WHY [--until DATE]`.\n\n{entries}"
        );
        let replacement = Replacement {
            path: FILE,
            contents: Some(text.as_bytes()),
        };
        Ok(output::replace(specs, &[replacement])?)
    }
}

impl FromStr for Fingerprint {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        let is_digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        match text.len() == 16 && text.chars().all(is_digit) {
            true => Ok(Self(text.to_owned())),
            false => Err(NotAccepted::Fingerprint(text.to_owned())),
        }
    }
}

impl FromStr for Reason {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        match text.chars().any(char::is_alphanumeric) {
            true => Ok(Self(text.trim().to_owned())),
            false => Err(NotAccepted::Reason),
        }
    }
}

macro_rules! text {
    ($($name:ident)*) => {$(
        impl TryFrom<String> for $name {
            type Error = NotAccepted;

            fn try_from(text: String) -> Result<Self, NotAccepted> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

text! { Fingerprint Reason }

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(fingerprint: &str) -> Finding {
        let finding = serde_json::json!({
            "rule": "r", "severity": "breaking", "directions": [], "message": "m", "upgrade": "none",
            "reach": {"operations": 0, "events": 0}, "fingerprint": fingerprint,
        });
        serde_json::from_value(finding).unwrap()
    }

    fn entry(fingerprint: &str, until: Option<&str>) -> Entry {
        Entry {
            fingerprint: fingerprint.parse().unwrap(),
            rule: "api-server-added".parse().unwrap(),
            message: "m".into(),
            reason: "Agreed with the API's team.".parse().unwrap(),
            until: until.map(|day| day.parse().unwrap()),
        }
    }

    #[test]
    fn entries_that_are_over_or_match_nothing_are_reported_and_accept_nothing() {
        let [a, b, c] = ["a", "b", "c"].map(|digit| digit.repeat(16));
        let list = Accepted::default()
            .with(entry(&a, None))
            .with(entry(&b, Some("2026-01-31")))
            .with(entry(&c, None));
        let findings = [finding(&a), finding(&b)];
        let judge = |day: &str| list.judge(findings.iter(), &day.parse().unwrap());
        assert_eq!(judge("2026-01-31").accepted, [a.clone(), b]);
        let later = judge("2026-02-01");
        assert_eq!(later.accepted, [a]);
        assert_eq!(later.notes.len(), 2);
        assert!(
            later.notes[0].contains("until 2026-01-31 (Agreed"),
            "{:?}",
            later.notes
        );
        assert!(
            later.notes[1].contains("matches no finding"),
            "{:?}",
            later.notes
        );
    }

    #[test]
    fn a_list_is_read_back_and_takes_neither_wildcards_nor_silence() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Accepted::read(folder.path()).unwrap(), Accepted::default());
        let list = Accepted::default().with(entry(&"a".repeat(16), Some("2026-01-31")));
        let list = list.with(entry(&"a".repeat(16), None));
        list.write(folder.path()).unwrap();
        assert_eq!(Accepted::read(folder.path()).unwrap(), list);
        let text = std::fs::read_to_string(folder.path().join(FILE)).unwrap();
        for (old, new) in [
            ("aaaaaaaaaaaaaaaa", "*"),
            ("aaaaaaaaaaaaaaaa", "AAAAAAAAAAAAAAAA"),
            ("Agreed with the API's team.", " - "),
            ("rule = ", "rules = "),
            ("api-server-added", "server-added"),
        ] {
            let other = text.replace(old, new);
            assert_ne!(other, text);
            std::fs::write(folder.path().join(FILE), other).unwrap();
            let error = Accepted::read(folder.path()).unwrap_err();
            assert!(matches!(error, SpecsError::Malformed { .. }), "{error}");
        }
    }
}
