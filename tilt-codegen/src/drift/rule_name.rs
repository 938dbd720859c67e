//! Names of rules that people write into lists of findings.

use super::{rules, settings};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// The name of a rule that findings can have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RuleName(String);

/// A name that no rule has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no rule is called `{}`; like it are {}", .name.escape_debug(), .near.join(", "))]
pub struct UnknownRule {
    name: String,
    near: Vec<String>,
}

impl RuleName {
    /// As findings have it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RuleName {
    type Err = UnknownRule;

    fn from_str(name: &str) -> Result<Self, UnknownRule> {
        let all = all();
        match all.contains(name) {
            true => Ok(Self(name.to_owned())),
            false => Err(UnknownRule {
                name: name.to_owned(),
                near: near(name, &all),
            }),
        }
    }
}

impl TryFrom<String> for RuleName {
    type Error = UnknownRule;

    fn try_from(name: String) -> Result<Self, UnknownRule> {
        name.parse()
    }
}

impl From<RuleName> for String {
    fn from(name: RuleName) -> Self {
        name.0
    }
}

impl fmt::Display for RuleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn all() -> BTreeSet<String> {
    let mut all = rules::names();
    all.extend(settings::rules());
    all.insert(super::join::ITEM_CHANGED.to_owned());
    all.insert(super::stated_twice::RULE.to_owned());
    all
}

/// The names that share the most with another, the likest first.
fn near(name: &str, all: &BTreeSet<String>) -> Vec<String> {
    const MOST: usize = 3;
    let likeness = |other: &String| similar::TextDiff::from_chars(name, other).ratio();
    let mut near: Vec<(&String, f32)> = all.iter().map(|it| (it, likeness(it))).collect();
    near.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    let near = near.into_iter().take(MOST);
    near.map(|(name, _)| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_has_a_name_and_near_ones_are_told_for_others() {
        for name in [
            "api-server-added",
            "request-property-max-length-decreased",
            "event-header-max-length-decreased",
            "unclassified",
            "sdk-item-changed",
            "type-of-both-documents-differs",
            "setting-idle-overlay-action",
        ] {
            assert_eq!(name.parse(), Ok(RuleName(name.to_owned())), "{name}");
        }
        let error = "server-added".parse::<RuleName>().unwrap_err();
        assert_eq!(error.near[0], "api-server-added");
        assert!(error.to_string().contains("api-server-added, "), "{error}");
        assert!("".parse::<RuleName>().is_err());
        assert!("…-max-length-decreased".parse::<RuleName>().is_err());
    }
}
