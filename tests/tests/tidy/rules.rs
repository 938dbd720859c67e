//! The rules as data: `rules.toml`, and the counts that still have to shrink, `allowances.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rules {
    pub(crate) house: House,
    pub(crate) generated: Generated,
    pub(crate) comments: Comments,
    pub(crate) sizes: Sizes,
    pub(crate) fixtures: Fixtures,
    pub(crate) crates: Crates,
    pub(crate) words: Vec<Words>,
    /// The folder that may name them.
    pub(crate) words_except: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct House {
    pub(crate) document: String,
    /// Names of crates in code, and their sources.
    pub(crate) crates: BTreeMap<String, String>,
    /// Sources of crates whose files and rooms need each other in no circle, nor the root of the crate.
    pub(crate) without_circles: Vec<String>,
    /// Entries of folders that no map has to list.
    pub(crate) unlisted: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Generated {
    pub(crate) folders: Vec<String>,
    pub(crate) files: Vec<String>,
    /// The first line, after the marker of a comment.
    pub(crate) header: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Comments {
    pub(crate) never_first: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sizes {
    pub(crate) file: usize,
    pub(crate) function: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fixtures {
    /// Folders that a test reads whole.
    pub(crate) whole: Vec<String>,
    /// Files beside fixtures that are for people.
    pub(crate) for_people: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Crates {
    pub(crate) published: Vec<String>,
    /// Copied from the root into every published crate.
    pub(crate) licences: Vec<String>,
    /// Entries of `[package]` that a published crate has.
    pub(crate) fields: Vec<String>,
}

/// Text that must not be in some of the files.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) within: String,
    #[serde(default)]
    pub(crate) never: Vec<String>,
    /// Folders at the root of a machine, where paths of somebody's begin.
    #[serde(default)]
    pub(crate) roots: Vec<String>,
    /// Longer words that may have one of these in them.
    #[serde(default)]
    pub(crate) but: Vec<String>,
    pub(crate) because: String,
}

impl Rules {
    pub(crate) fn of_the_project() -> Self {
        toml::from_str(include_str!("rules.toml")).expect("rules.toml is what `Rules` says")
    }
}

/// For each kind of fault that is still there, the folders and how many they have.
pub(crate) type Allowances = BTreeMap<String, BTreeMap<String, usize>>;

pub(crate) fn allowances() -> Allowances {
    toml::from_str(include_str!("allowances.toml")).expect("allowances.toml is a table of counts")
}
