//! Where settings stand in the text that they were read from.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Snippet};
use crate::place::{Position, locate};

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
    /// An entry of `[types.attributes]`, by its key.
    Attributes(&'a str),
    /// An entry of `[operations.rename]`, by its key.
    OperationRename(&'a str),
    /// An entry of `[ids]`, by its key.
    Id(&'a str),
    /// A key of one of `[[environments]]`.
    Environment(usize, &'a str),
    /// One of `include` in `[select]`.
    Include(usize),
    /// One of `exclude` in `[select]`.
    Exclude(usize),
    /// `[pagination]`.
    Pagination,
    /// The `operations` of one of `[[lists]]`.
    Lists(usize),
    /// A key of `[events]`.
    Event(&'a str),
    /// A key of `[events.signature]` that names a header.
    SignatureHeader(&'a str),
    /// A key of `[errors]`.
    Error(&'a str),
    /// An entry of `[auth.scopes]`, by its key.
    Scope(&'a str),
    /// One of a list in `[secrets]`, by its key.
    Secret(&'a str, usize),
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

    /// A problem at a setting. One that does not stand in the text has no line: it was given on a command line, or
    /// by a program.
    pub(crate) fn diagnostic(
        &self,
        setting: Setting<'_>,
        code: Code,
        message: String,
        help: String,
    ) -> Diagnostic {
        let found = self.text.as_deref().and_then(|text| {
            let position = locate(text, &[Some(span(text, setting)?)]).pop()??;
            Some((position, Snippet::around(text, position)))
        });
        let document = match found {
            Some(_) => self.name.clone(),
            None => "settings".to_owned(),
        };
        let position = found.as_ref().map(|(position, _)| *position);
        Diagnostic {
            code,
            severity: code.severity(),
            message,
            document,
            pointer: Default::default(),
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            help: Some(help),
            snippet: found.map(|(_, snippet)| snippet),
        }
    }

    /// Line and column of a setting.
    pub(crate) fn position(&self, setting: Setting<'_>) -> Option<Position> {
        let text = self.text.as_deref()?;
        locate(text, &[Some(span(text, setting)?)]).pop()?
    }
}

/// A step from a table or list to what is in it.
#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    At(usize),
}

impl<'a> Setting<'a> {
    /// The steps from the root, of which there are no more than four.
    fn steps(self) -> Vec<Step<'a>> {
        use Step::{At, Key};
        match self {
            Setting::TypeRename(key) => vec![Key("types"), Key("rename"), Key(key)],
            Setting::TypeFormat(key) => vec![Key("types"), Key("format"), Key(key)],
            Setting::TypeSchema(key) => vec![Key("types"), Key("schema"), Key(key)],
            Setting::TypeProperty(key) => vec![Key("types"), Key("property"), Key(key)],
            Setting::Derive(key, at) => vec![Key("types"), Key("derive"), Key(key), At(at)],
            Setting::Attributes(key) => vec![Key("types"), Key("attributes"), Key(key)],
            Setting::OperationRename(key) => vec![Key("operations"), Key("rename"), Key(key)],
            Setting::Id(key) => vec![Key("ids"), Key(key)],
            Setting::Environment(at, key) => vec![Key("environments"), At(at), Key(key)],
            Setting::Include(at) => vec![Key("select"), Key("include"), At(at)],
            Setting::Exclude(at) => vec![Key("select"), Key("exclude"), At(at)],
            Setting::Pagination => vec![Key("pagination"), Key("style")],
            Setting::Lists(at) => vec![Key("lists"), At(at), Key("operations")],
            Setting::Event(key) => vec![Key("events"), Key(key)],
            Setting::SignatureHeader(key) => vec![Key("events"), Key("signature"), Key(key)],
            Setting::Error(key) => vec![Key("errors"), Key(key)],
            Setting::Scope(key) => vec![Key("auth"), Key("scopes"), Key(key)],
            Setting::Secret(list, at) => vec![Key("secrets"), Key(list), At(at)],
            Setting::Retry(list, at) => vec![Key("retry"), Key(list), At(at)],
            Setting::RetryKeyed(key) => vec![Key("retry"), Key("keyed"), Key(key)],
            Setting::RetryLifetime(key) => vec![Key("retry"), Key("lifetime"), Key(key)],
        }
    }
}

/// The range of an entry's key, or of an element.
fn span(text: &str, setting: Setting<'_>) -> Option<Range<usize>> {
    let root = DeTable::parse(text).ok()?;
    let mut at: Option<&Spanned<DeValue<'_>>> = None;
    let mut span = None;
    for step in setting.steps() {
        let value = at.map(Spanned::get_ref);
        match step {
            Step::Key(key) => {
                let table = match value {
                    Some(value) => value.as_table()?,
                    None => root.get_ref(),
                };
                let mut members = table.iter();
                let (name, value) = members.find(|(name, _)| name.get_ref() == key)?;
                span = Some(name.span());
                at = Some(value);
            }
            Step::At(index) => {
                let element = value?.as_array()?.get(index)?;
                span = Some(element.span());
                at = Some(element);
            }
        }
    }
    span
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
            (Setting::TypeRename("A"), (1, 14)),
            (Setting::Environment(0, "name"), (2, 18)),
            (Setting::OperationRename("GET /a"), (4, 11)),
            (Setting::Lists(0), (7, 1)),
            (Setting::Pagination, (9, 1)),
            (Setting::Exclude(1), (12, 21)),
            (Setting::Retry("once", 0), (14, 9)),
            (Setting::RetryLifetime("X"), (15, 13)),
        ] {
            let error =
                written.diagnostic(setting, Code::INVALID_RENAME, String::new(), String::new());
            assert_eq!((error.line, error.column), (Some(place.0), Some(place.1)));
            assert_eq!(error.document, "codegen.toml");
        }
        for missing in [Setting::TypeRename("C"), Setting::Include(0)] {
            let error =
                written.diagnostic(missing, Code::INVALID_RENAME, String::new(), String::new());
            assert_eq!((error.line, error.document.as_str()), (None, "settings"));
        }
    }
}
