//! Where settings stand in the text that they were read from.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Snippet};
use crate::place::locate;

/// The text of settings, for diagnostics. Settings that were not read from a text have none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Written {
    name: String,
    text: Option<Arc<str>>,
}

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting<'a> {
    /// An entry of `[types.rename]`, by its key.
    TypeRename(&'a str),
    /// An entry of `[types.format]`, by its key.
    TypeFormat(&'a str),
    /// An entry of `[types.schema]`, by its key.
    TypeSchema(&'a str),
    /// An entry of `[types.property]`, by its key.
    TypeProperty(&'a str),
    /// One of an entry of `[types.derive]`, by its key.
    Derive(&'a str, usize),
    /// An entry of `[operations.rename]`, by its key.
    OperationRename(&'a str),
    /// An entry of `[ids]`, by its key.
    Id(&'a str),
    /// The name of one of `[[environments]]`.
    Environment(usize),
    /// One of `include` in `[select]`.
    Include(usize),
    /// One of `exclude` in `[select]`.
    Exclude(usize),
    /// `[pagination]`.
    Pagination,
    /// The `operations` of one of `[[lists]]`.
    Lists(usize),
    /// The `version` of `[events]`.
    EventVersion,
    /// One of a list in `[retry]`, by its key.
    Retry(&'a str, usize),
    /// An entry of `[retry.keyed]`, by its key.
    RetryKeyed(&'a str),
    /// An entry of `[retry.lifetime]`, by its key.
    RetryLifetime(&'a str),
}

impl Written {
    pub(super) fn new(text: &str) -> Self {
        Self {
            name: "codegen.toml".to_owned(),
            text: Some(text.into()),
        }
    }

    pub(super) fn name(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    /// A problem at a setting; `None` where it does not stand in a text.
    pub(crate) fn diagnostic(
        &self,
        setting: Setting<'_>,
        code: Code,
        message: String,
        help: String,
    ) -> Option<Diagnostic> {
        let text = self.text.as_deref()?;
        let position = locate(text, &[Some(span(text, setting)?)]).pop().flatten();
        Some(Diagnostic {
            code,
            severity: code.severity(),
            message,
            document: self.name.clone(),
            pointer: Default::default(),
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            help: Some(help),
            snippet: position.map(|position| Snippet::around(text, position)),
        })
    }
}

fn span(text: &str, setting: Setting<'_>) -> Option<Range<usize>> {
    let root = DeTable::parse(text).ok()?;
    let at = |table: &str| member(root.get_ref(), table);
    let value = match setting {
        Setting::TypeRename(key) => entry(&entry(&at("types")?, "rename")?, key)?,
        Setting::TypeFormat(key) => entry(&entry(&at("types")?, "format")?, key)?,
        Setting::TypeSchema(key) => entry(&entry(&at("types")?, "schema")?, key)?,
        Setting::TypeProperty(key) => entry(&entry(&at("types")?, "property")?, key)?,
        Setting::Derive(key, index) => {
            element(&entry(&entry(&at("types")?, "derive")?, key)?, index)?
        }
        Setting::OperationRename(key) => entry(&entry(&at("operations")?, "rename")?, key)?,
        Setting::Id(key) => entry(&at("ids")?, key)?,
        Setting::Environment(index) => {
            let environments = at("environments")?;
            entry(environments.get_ref().as_array()?.get(index)?, "name")?
        }
        Setting::Include(index) => element(&entry(&at("select")?, "include")?, index)?,
        Setting::Exclude(index) => element(&entry(&at("select")?, "exclude")?, index)?,
        Setting::Pagination => entry(&at("pagination")?, "style")?,
        Setting::EventVersion => entry(&at("events")?, "version")?,
        Setting::Lists(index) => {
            let lists = at("lists")?;
            entry(lists.get_ref().as_array()?.get(index)?, "operations")?
        }
        Setting::Retry(list, index) => element(&entry(&at("retry")?, list)?, index)?,
        Setting::RetryKeyed(key) => entry(&entry(&at("retry")?, "keyed")?, key)?,
        Setting::RetryLifetime(key) => entry(&entry(&at("retry")?, "lifetime")?, key)?,
    };
    Some(value.span())
}

fn entry<'i>(table: &Spanned<DeValue<'i>>, key: &str) -> Option<Spanned<DeValue<'i>>> {
    member(table.get_ref().as_table()?, key)
}

fn element<'i>(array: &Spanned<DeValue<'i>>, index: usize) -> Option<Spanned<DeValue<'i>>> {
    array.get_ref().as_array()?.get(index).cloned()
}

fn member<'i>(table: &DeTable<'i>, key: &str) -> Option<Spanned<DeValue<'i>>> {
    let mut members = table.iter();
    members.find_map(|(name, value)| (name.get_ref() == key).then(|| value.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_found_however_it_is_written() {
        let text = "types.rename.\"A\" = \"B\"\nenvironments = [{name = \"X\", api = \"\"}]\n\
                    [operations]\nrename = {\"GET /a\" = \"a.b\"}\n\
                    [[lists]]\npagination.style = \"link\"\noperations = []\n\
                    [pagination]\nstyle = \"none\"\n\
                    [select]\ninclude = []\nexclude = [\"tag:A\", \"tag:B\"]\n\
                    [retry]\nonce = [\"tag:A\"]\nlifetime = {X = \"1h\"}\n";
        let written = Written::new(text);
        for (setting, place) in [
            (Setting::TypeRename("A"), (1, 20)),
            (Setting::Environment(0), (2, 25)),
            (Setting::OperationRename("GET /a"), (4, 22)),
            (Setting::Lists(0), (7, 14)),
            (Setting::Pagination, (9, 9)),
            (Setting::Exclude(1), (12, 21)),
            (Setting::Retry("once", 0), (14, 9)),
            (Setting::RetryLifetime("X"), (15, 17)),
        ] {
            let error =
                written.diagnostic(setting, Code::INVALID_RENAME, String::new(), String::new());
            let error = error.expect("a place");
            assert_eq!((error.line, error.column), (Some(place.0), Some(place.1)));
            assert_eq!(error.document, "codegen.toml");
        }
        for missing in [Setting::TypeRename("C"), Setting::Include(0)] {
            assert!(
                written
                    .diagnostic(missing, Code::INVALID_RENAME, String::new(), String::new())
                    .is_none()
            );
        }
    }
}
