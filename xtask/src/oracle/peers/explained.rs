//! Differences that have a reason.

use crate::corpus::pattern::matches;
use crate::failure::Failure;
use crate::oracle::{shown, system};
use serde::Deserialize;
use std::fs;
use std::io;
use std::path::Path;

#[derive(Deserialize)]
struct Table {
    explained: Vec<Explanation>,
}

#[derive(Deserialize)]
struct Explanation {
    /// For people who read the table.
    #[serde(rename = "reason")]
    _reason: String,
    /// Differences, in which `*` stands for anything.
    differences: Vec<String>,
}

/// The table, and how often each of its lines explained something.
pub(super) struct Explained {
    lines: Vec<(String, usize)>,
}

impl Explained {
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(path).map_err(system(shown("read", path)))?;
        let table: Table = toml::from_str(&text)
            .map_err(|error| system(shown("read", path))(io::Error::other(error)))?;
        let lines = table.explained.into_iter().flat_map(|it| it.differences);
        Ok(Self {
            lines: lines.map(|it| (it, 0)).collect(),
        })
    }

    /// Whether a line of the table is about a difference: the first that is.
    pub(super) fn explains(&mut self, difference: &str) -> bool {
        let mut lines = self.lines.iter_mut();
        let line = lines.find(|(pattern, _)| matches(pattern, difference));
        if let Some((_, count)) = line {
            *count += 1;
            return true;
        }
        false
    }

    pub(super) fn count(&self) -> usize {
        self.lines.iter().map(|(_, count)| count).sum()
    }

    /// Lines that explain nothing. Where not all documents were looked at, they may be about others.
    pub(super) fn unused(&self, is_whole: bool) -> Vec<String> {
        let unused = self
            .lines
            .iter()
            .filter(|(_, count)| *count == 0 && is_whole);
        unused
            .map(|(pattern, _)| format!("{pattern}: is explained, and is no difference"))
            .collect()
    }
}
