//! The differences between a folder and the files that it should have, and carrying them out.

use super::existing::{has_header, previously_generated, read};
use super::file_system::Disk;
use super::path::{is_below, resolve};
use super::replacement::{Replacement, swap, undo_left};
use super::staging::Staging;
use super::{OutputError, Target};
use crate::file::File;
use similar::{Algorithm, TextDiff};
use std::collections::BTreeSet;
use std::fmt::Write;

/// The changes to make.
#[derive(Debug)]
pub struct Plan<'a> {
    target: Target<'a>,
    files: &'a [File],
    changes: Vec<Change<'a>>,
    kept: Vec<String>,
    unchanged: usize,
}

/// One file that differs.
#[derive(Debug, PartialEq, Eq)]
pub struct Change<'a> {
    /// Relative to the target, with `/`.
    pub path: String,
    /// The text there now.
    pub old: Option<String>,
    /// The text that will be there.
    pub new: Option<&'a str>,
}

/// The changes that were made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Created or rewritten.
    pub written: Vec<String>,
    /// Generated once, and no longer.
    pub removed: Vec<String>,
    /// Left alone, because someone took their header away.
    pub kept: Vec<String>,
    /// How many were right already.
    pub unchanged: usize,
}

/// Checks and compares everything, and changes nothing.
pub fn plan<'a>(target: Target<'a>, files: &'a [File]) -> Result<Plan<'a>, OutputError> {
    let mut plan = Plan {
        target,
        files,
        changes: Vec::new(),
        kept: Vec::new(),
        unchanged: 0,
    };
    let mut foreign = Vec::new();
    let mut names = BTreeSet::new();
    let mut generated = BTreeSet::new();
    for file in files {
        let path = resolve(target.dir, &file.path)?;
        if !names.insert(file.path.to_lowercase()) {
            return Err(OutputError::Twice(file.path.clone()));
        }
        generated.insert(file.path.as_str());
        let old = match read(&path)? {
            Some(old) if old == file.contents => {
                plan.unchanged += 1;
                continue;
            }
            Some(old) if has_header(&old) => Some(old),
            Some(_) if is_below(target.owned, &file.path) => {
                foreign.push(path);
                continue;
            }
            Some(_) => {
                plan.kept.push(file.path.clone());
                continue;
            }
            None => None,
        };
        plan.changes.push(Change {
            path: file.path.clone(),
            old,
            new: Some(&file.contents),
        });
    }
    if !foreign.is_empty() {
        return Err(OutputError::Foreign(foreign));
    }
    for (path, old) in previously_generated(target)? {
        if !generated.contains(path.as_str()) {
            plan.changes.push(Change {
                path,
                old: Some(old),
                new: None,
            });
        }
    }
    plan.changes.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(plan)
}

impl Plan<'_> {
    /// The files that differ, sorted by path.
    pub fn changes(&self) -> &[Change<'_>] {
        &self.changes
    }

    /// Whether a file is left alone, because someone took its header away.
    pub fn keeps(&self, path: &str) -> bool {
        self.kept.iter().any(|kept| kept == path)
    }

    /// A unified diff from what is there to what will be there.
    pub fn diff(&self) -> String {
        let mut text = String::new();
        for Change { path, old, new } in &self.changes {
            let side = |side: &str, present: bool| {
                if present {
                    format!("{side}/{path}")
                } else {
                    "/dev/null".to_owned()
                }
            };
            let diff = TextDiff::configure()
                .algorithm(Algorithm::Patience)
                .diff_lines(old.as_deref().unwrap_or(""), new.unwrap_or(""));
            let _infallible = write!(
                text,
                "{}",
                diff.unified_diff()
                    .header(&side("a", old.is_some()), &side("b", new.is_some()))
            );
        }
        text
    }

    /// Carries the plan out: all of it, or on an error nothing.
    pub fn apply(self) -> Result<Report, OutputError> {
        if !self.changes.is_empty() {
            let staging = Staging::enter(&Disk, self.target.dir)?;
            undo_left(&staging)?;
            // Nobody else writes from here on; before, somebody may have.
            if plan(self.target, self.files)?.changes != self.changes {
                return Err(OutputError::Changed(self.target.dir.to_owned()));
            }
            let replacements: Vec<_> = self
                .changes
                .iter()
                .map(|change| Replacement {
                    path: &change.path,
                    contents: change.new.map(str::as_bytes),
                })
                .collect();
            swap(&staging, &replacements)?;
        }
        let (written, removed): (Vec<_>, Vec<_>) = self
            .changes
            .into_iter()
            .partition(|change| change.new.is_some());
        Ok(Report {
            written: written.into_iter().map(|change| change.path).collect(),
            removed: removed.into_iter().map(|change| change.path).collect(),
            kept: self.kept,
            unchanged: self.unchanged,
        })
    }
}
