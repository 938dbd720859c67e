//! `cargo xtask drift`: does the API still say what the SDK was generated from?

use crate::failure::Failure;
use crate::fetch::{self, Settings};
use crate::origin::Origin;
use crate::project::Project;
use crate::sdk::{Pair, Sdk, report};
use crate::specs::Specs;
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// The documents that the accepted ones are compared with.
#[derive(Debug, Clone)]
pub enum Other {
    /// Those that a server has now.
    Live(Origin),
    /// Documents in a folder.
    Dir(PathBuf),
}

impl fmt::Display for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Other::Live(origin) => origin.fmt(f),
            Other::Dir(dir) => dir.display().fmt(f),
        }
    }
}

/// How two outlines differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// Unified, from the accepted documents to the others.
    pub diff: String,
    /// Lines that came and went, by the line's first word.
    pub counts: BTreeMap<String, (usize, usize)>,
}

impl Drift {
    /// Whether the SDK would look the same.
    pub fn is_none(&self) -> bool {
        self.counts.is_empty()
    }
}

/// Compares the outlines of the accepted documents and of others. `specs/` is only read.
pub async fn drift(
    project: &Project,
    other: &Other,
    settings: &Settings,
) -> Result<Drift, Failure> {
    outlines(project, other, settings)
        .await
        .map(|(accepted, now)| compare(&accepted, &now, &other.to_string()))
        .map_err(|failure| Failure::NotComparable(Box::new(failure)))
}

async fn outlines(
    project: &Project,
    other: &Other,
    settings: &Settings,
) -> Result<(String, String), Failure> {
    let specs = Specs::open(project.specs())?;
    let refused = |diagnostics| Failure::Documents(report(&diagnostics));
    // Things keep in the other documents the names that they have in the accepted ones.
    let sdk = Sdk::of(project)?
        .following(Pair::from(&specs))
        .map_err(refused)?;
    let outline = |documents| sdk.outline(documents).map_err(refused);
    let accepted = outline(Pair::from(&specs))?;
    let now = match other {
        Other::Dir(dir) => outline(Pair::in_dir(dir))?,
        Other::Live(origin) => {
            let documents = fetch::fetch(&specs, origin, settings).await?;
            outline(Pair::fetched(
                &documents.openapi.bytes,
                &documents.asyncapi.bytes,
            ))?
        }
    };
    Ok((accepted, now))
}

fn compare(accepted: &str, now: &str, name: &str) -> Drift {
    let diff = TextDiff::from_lines(accepted, now);
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for change in diff.iter_all_changes() {
        let word = || {
            change
                .value()
                .split_whitespace()
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        match change.tag() {
            ChangeTag::Equal => {}
            ChangeTag::Insert => counts.entry(word()).or_default().0 += 1,
            ChangeTag::Delete => counts.entry(word()).or_default().1 += 1,
        }
    }
    let diff = diff.unified_diff().header("specs/", name).to_string();
    Drift { diff, counts }
}

/// The counts, such as `operation +1 -0, type +2 -1`.
impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (word, (added, removed))) in self.counts.iter().enumerate() {
            let comma = if number == 0 { "" } else { ", " };
            write!(f, "{comma}{word} +{added} -{removed}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_came_and_went_are_counted_by_kind() {
        let accepted = "operation a\noperation b\ntype T { x }\n";
        let now = "operation a\ntype T { x, y }\ntype U\n";
        let drift = compare(accepted, now, "there");
        assert_eq!(drift.to_string(), "operation +0 -1, type +2 -1");
        assert_eq!(
            drift.diff,
            "--- specs/\n+++ there\n@@ -1,3 +1,3 @@\n operation a\n-operation b\n-type T { x }\n+type T { x, y }\n+type U\n"
        );
    }

    #[test]
    fn equal_outlines_are_no_drift() {
        let drift = compare("type T\n", "type T\n", "there");
        assert!(drift.is_none());
        assert_eq!(drift.diff, "");
    }
}
