//! The rules as data: `rules.toml`, and the counts that still have to shrink, `allowances.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    pub house: House,
    pub generated: Generated,
    pub comments: Comments,
    pub sizes: Sizes,
    pub fixtures: Fixtures,
    pub crates: Crates,
    pub words: Vec<Words>,
    /// The folder that may name them.
    pub words_except: String,
    /// Old paths to new ones, until the files have moved.
    #[serde(default)]
    pub moving: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct House {
    pub document: String,
    /// Names of crates in code, and their sources.
    pub crates: BTreeMap<String, String>,
    /// Entries of folders that no map has to list.
    pub unlisted: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generated {
    pub folders: Vec<String>,
    pub files: Vec<String>,
    /// The first line, after the marker of a comment.
    pub header: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comments {
    pub never_first: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    pub file: usize,
    pub function: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixtures {
    /// Folders that a test reads whole.
    pub whole: Vec<String>,
    /// Files beside fixtures that are for people.
    pub for_people: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crates {
    pub published: Vec<String>,
    /// Copied from the root into every published crate.
    pub licences: Vec<String>,
    /// Entries of `[package]` that a published crate has.
    pub fields: Vec<String>,
}

/// Text that must not be in some of the files.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub within: String,
    pub never: Vec<String>,
    /// Longer words that may have one of these in them.
    #[serde(default)]
    pub but: Vec<String>,
    pub because: String,
}

impl Rules {
    pub fn of_the_project() -> Self {
        toml::from_str(include_str!("rules.toml")).expect("rules.toml is what `Rules` says")
    }

    /// Where a file will stand.
    pub fn moved(&self, path: &str) -> String {
        let moves = self.moving.iter().filter_map(|(from, to)| {
            let rest = path.strip_prefix(from.as_str())?;
            let whole = rest.is_empty() || rest.starts_with(['/', '.']);
            whole.then(|| (from.len(), format!("{to}{rest}")))
        });
        moves
            .max_by_key(|(length, _)| *length)
            .map_or_else(|| path.to_owned(), |(_, path)| path)
    }
}

/// For each kind of fault that is still there, the folders and how many they have.
pub type Allowances = BTreeMap<String, BTreeMap<String, usize>>;

pub fn allowances() -> Allowances {
    toml::from_str(include_str!("allowances.toml")).expect("allowances.toml is a table of counts")
}
