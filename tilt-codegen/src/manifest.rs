//! Entries of a generated crate's manifest that no document tells: who may use it, where it is kept, and what else it
//! depends on.

use serde::Deserialize;
use std::str::FromStr;
use toml::{Table, Value};

/// Entries of the crate's manifest, so that it need not be written by hand. They are those of the same names in
/// `Cargo.toml`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Package {
    /// The licence, as an SPDX expression such as `MIT OR Apache-2.0`.
    pub license: Option<Line>,
    /// People and organisations, such as `Jane Doe <jane@example.com>`.
    pub authors: Vec<Line>,
    /// Where the source text is kept.
    pub repository: Option<WebUrl>,
    /// A site of its own.
    pub homepage: Option<WebUrl>,
    /// Where its documentation is, if that is not docs.rs.
    pub documentation: Option<WebUrl>,
    /// Words to find it by in the registry, which takes five of at most 20 characters.
    pub keywords: Keywords,
    /// Dependencies beside the runtime, each a version or a table. Paths in them start at the crate.
    pub dependencies: Dependencies,
}

/// Why an entry cannot stand in a manifest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackageError {
    /// It is empty, has more than one line, or space around it.
    #[error("found `{}`, expected one line of text, without space around it", .0.escape_debug())]
    Line(String),
    /// It is no URL of the web.
    #[error("found `{}`, expected a URL that starts with `https://` or `http://`", .0.escape_debug())]
    Url(String),
    /// The registry would not take it.
    #[error(
        "found `{}`, expected a keyword as the registry takes it: at most 20 of ASCII letters, digits, `-`, `_` and `+`, \
         of which the first is a letter or digit",
        .0.escape_debug()
    )]
    Keyword(String),
    /// The registry would not take as many.
    #[error("found {0} keywords, expected at most {most}, which is what the registry takes", most = Keywords::MOST)]
    TooManyKeywords(usize),
    /// Cargo would not take it.
    #[error("found `{}`, expected the name of a dependency: ASCII letters, digits, `-` and `_`", .0.escape_debug())]
    DependencyName(String),
    /// It is neither a version nor a table.
    #[error(
        "the dependency `{0}` is a value of another type, expected a version or a table as in Cargo.toml"
    )]
    Dependency(String),
    /// No feature could turn it on.
    #[error(
        "the dependency `{0}` is optional, which needs a feature, and those are made from the API; take `optional` out"
    )]
    Optional(String),
    /// The generator writes it.
    #[error(
        "`{0}` is a dependency of every generated crate, and `--runtime-path` says where it is; take it out"
    )]
    Runtime(String),
}

/// A text of one line, without space around it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[cfg_attr(feature = "schemas", schemars(extend("pattern" = r"^\S(.*\S)?$")))]
#[serde(try_from = "String", into = "String")]
pub struct Line(String);

/// A URL with `https` or `http`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[cfg_attr(feature = "schemas", schemars(extend("pattern" = r"^https?://[^\s/?#]\S*$")))]
#[serde(try_from = "String", into = "String")]
pub struct WebUrl(String);

/// Words to find a crate by: those that the registry takes, and not more.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[cfg_attr(feature = "schemas", schemars(extend(
    "maxItems" = Keywords::MOST,
    "items" = {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_+-]{0,19}$"},
)))]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct Keywords(Vec<String>);

/// Dependencies by their names.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schemas", derive(serde::Serialize))]
#[serde(try_from = "Table", into = "Table")]
pub struct Dependencies(Table);

impl Line {
    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Line {
    type Err = PackageError;

    fn from_str(text: &str) -> Result<Self, PackageError> {
        let is_line = !text.is_empty() && text.trim() == text && !text.contains(char::is_control);
        match is_line {
            true => Ok(Self(text.to_owned())),
            false => Err(PackageError::Line(text.to_owned())),
        }
    }
}

impl WebUrl {
    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for WebUrl {
    type Err = PackageError;

    fn from_str(text: &str) -> Result<Self, PackageError> {
        let rest = ["https://", "http://"]
            .iter()
            .find_map(|it| text.strip_prefix(it));
        let has_host =
            rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#']));
        match has_host && !text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            true => Ok(Self(text.to_owned())),
            false => Err(PackageError::Url(text.to_owned())),
        }
    }
}

impl Keywords {
    /// As many as the registry takes.
    pub const MOST: usize = 5;

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl TryFrom<Vec<String>> for Keywords {
    type Error = PackageError;

    fn try_from(words: Vec<String>) -> Result<Self, PackageError> {
        const LONGEST: usize = 20;
        if words.len() > Self::MOST {
            return Err(PackageError::TooManyKeywords(words.len()));
        }
        let is_keyword = |word: &String| {
            let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+');
            word.len() <= LONGEST
                && word.starts_with(|c: char| c.is_ascii_alphanumeric())
                && word.chars().all(fits)
        };
        match words.iter().find(|word| !is_keyword(word)) {
            Some(word) => Err(PackageError::Keyword(word.clone())),
            None => Ok(Self(words)),
        }
    }
}

impl Dependencies {
    /// Each with its name, sorted.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl TryFrom<Table> for Dependencies {
    type Error = PackageError;

    fn try_from(table: Table) -> Result<Self, PackageError> {
        for (name, value) in &table {
            let name = name.clone();
            let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            if name.is_empty() || !name.chars().all(fits) {
                return Err(PackageError::DependencyName(name));
            }
            if name.replace('_', "-") == "tilt-runtime" {
                return Err(PackageError::Runtime(name));
            }
            match value {
                Value::String(_) => {}
                Value::Table(table) if table.get("optional") == Some(&Value::Boolean(true)) => {
                    return Err(PackageError::Optional(name));
                }
                Value::Table(_) => {}
                _ => return Err(PackageError::Dependency(name)),
            }
        }
        Ok(Self(table))
    }
}

#[cfg(feature = "schemas")]
impl schemars::JsonSchema for Dependencies {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Dependencies".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Dependencies by their names.",
            "type": "object",
            "propertyNames": {"pattern": "^(?!tilt[-_]runtime$)[A-Za-z0-9_-]+$"},
            "additionalProperties": {
                "type": ["string", "object"],
                "properties": {"optional": {"const": false}},
            },
        })
    }
}

macro_rules! text_of {
    ($($name:ident)*) => {$(
        impl TryFrom<String> for $name {
            type Error = PackageError;

            fn try_from(text: String) -> Result<Self, PackageError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }
    )*};
}

text_of! { Line WebUrl }

impl From<Keywords> for Vec<String> {
    fn from(keywords: Keywords) -> Self {
        keywords.0
    }
}

impl From<Dependencies> for Table {
    fn from(dependencies: Dependencies) -> Self {
        dependencies.0
    }
}
