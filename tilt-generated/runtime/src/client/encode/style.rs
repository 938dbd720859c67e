//! The parameter styles of OpenAPI, which are those of RFC 6570 and `deepObject`.

use super::percent::{self, Keep};
use crate::data::described::Style;
use crate::data::tree::Tree;

/// How one parameter or form property is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Format {
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) text: Text,
}

/// The form of names and values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Text {
    /// Percent-encoded.
    Encoded(Keep),
    /// As they are: in headers, and in parts of a form.
    Plain,
    /// Names as they are, and values percent-encoded.
    Cookie,
}

/// Why a value cannot be written in a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StyleError {
    Nested,
    Binary,
    /// A part has the text that would end it.
    Delimiter(&'static str),
}

impl StyleError {
    pub(crate) fn reason(self) -> String {
        match self {
            Self::Nested => {
                "a value inside a list or an object has parts itself, for which its style has no form"
                    .to_owned()
            }
            Self::Binary => "bytes cannot be written as text".to_owned(),
            Self::Delimiter(delimiter) => format!(
                "has `{delimiter}` in a part, which would be read as its end: this style cannot write it"
            ),
        }
    }
}

/// Appends the `name=value` pairs of a parameter to `pairs`; none when there is nothing to say.
pub(crate) fn pairs(
    name: &str,
    value: &Tree,
    format: Format,
    pairs: &mut Pairs<'_>,
) -> Result<(), StyleError> {
    if format.style == Style::DeepObject {
        return deep(&mut format.name(name), value, format, pairs);
    }
    match value {
        Tree::Null => {}
        Tree::List(values) if format.explode => {
            for value in values.iter().filter(|value| **value != Tree::Null) {
                pairs.push(&format.name(name), &format.value(value)?);
            }
        }
        Tree::Object(values) if format.explode => {
            for (key, value) in values {
                match value {
                    Tree::Null => {}
                    Tree::List(values) => {
                        for value in values {
                            pairs.push(&format.pair_key(key)?, &format.value(value)?);
                        }
                    }
                    _ => pairs.push(&format.pair_key(key)?, &format.value(value)?),
                }
            }
        }
        _ => {
            let separator = match (format.style, format.text) {
                (Style::SpaceDelimited, Text::Encoded(_) | Text::Cookie) => "%20",
                (Style::SpaceDelimited, Text::Plain) => " ",
                (Style::PipeDelimited, Text::Encoded(_) | Text::Cookie) => "%7C",
                (Style::PipeDelimited, Text::Plain) => "|",
                _ => ",",
            };
            let text = joined(value, separator, format)?;
            if !text.is_empty() || !value.is_composite() {
                pairs.push(&format.name(name), &text);
            }
        }
    }
    Ok(())
}

/// The text that stands for a parameter in a path or a header; empty when there is nothing to say.
pub(crate) fn text(name: &str, value: &Tree, format: Format) -> Result<String, StyleError> {
    let mut out = String::new();
    match (format.style, value) {
        (_, Tree::Null) => {}
        (_, Tree::List(values)) if values.is_empty() => {}
        (_, Tree::Object(values)) if values.is_empty() => {}
        (Style::Matrix, Tree::List(values)) if format.explode => {
            for value in values {
                let value = format.part(format.value(value)?, ";")?;
                push_matrix(&format.text(name), &value, &mut out);
            }
        }
        (Style::Matrix, Tree::Object(values)) if format.explode => {
            for (key, value) in present(values) {
                let value = format.part(format.value(value)?, ";")?;
                push_matrix(&format.part(format.key(key)?, ";")?, &value, &mut out);
            }
        }
        (Style::Matrix, value) => {
            let value = format.part(joined(value, ",", format)?, ";")?;
            push_matrix(&format.text(name), &value, &mut out);
        }
        (Style::Label, value) => {
            out.push('.');
            let separator = if format.explode { "." } else { "," };
            out.push_str(&joined(value, separator, format)?);
        }
        (_, value) => out = joined(value, ",", format)?,
    }
    Ok(out)
}

fn push_matrix(name: &str, value: &str, out: &mut String) {
    out.push(';');
    out.push_str(name);
    if !value.is_empty() {
        out.push('=');
        out.push_str(value);
    }
}

fn present(values: &[(String, Tree)]) -> impl Iterator<Item = (&String, &Tree)> {
    values
        .iter()
        .filter(|(_, value)| *value != Tree::Null)
        .map(|(key, value)| (key, value))
}

fn joined(value: &Tree, separator: &'static str, format: Format) -> Result<String, StyleError> {
    let mut words = Vec::new();
    match value {
        Tree::List(values) => {
            for value in values.iter().filter(|value| **value != Tree::Null) {
                words.push(format.part(format.value(value)?, separator)?);
            }
        }
        Tree::Object(values) => {
            for (key, value) in present(values) {
                let value = format.part(format.value(value)?, separator)?;
                if format.explode {
                    let key = format.part(format.key(key)?, separator)?;
                    words.push(format!("{key}={value}"));
                } else {
                    words.push(format.part(format.text(key), separator)?);
                    words.push(value);
                }
            }
        }
        scalar => return format.value(scalar),
    }
    Ok(words.join(separator))
}

/// `name[key][key]=value`, the convention of PHP and qs: lists of scalars as `name[]`, lists of
/// anything else by index.
fn deep(
    name: &mut String,
    value: &Tree,
    format: Format,
    pairs: &mut Pairs<'_>,
) -> Result<(), StyleError> {
    let end = name.len();
    let (open, close) = match format.text {
        Text::Encoded(_) => ("%5B", "%5D"),
        Text::Plain | Text::Cookie => ("[", "]"),
    };
    match value {
        Tree::Null => {}
        Tree::List(values) => {
            let by_index = values.iter().any(Tree::is_composite);
            for (index, value) in values.iter().enumerate() {
                name.push_str(open);
                if by_index {
                    name.push_str(&index.to_string());
                }
                name.push_str(close);
                deep(name, value, format, pairs)?;
                name.truncate(end);
            }
        }
        Tree::Object(values) => {
            for (key, value) in values {
                // Brackets are written encoded either way, and nothing between them is a list's next item.
                if let Some(at) = key.find(['[', ']']) {
                    let bracket = if key[at..].starts_with('[') { "[" } else { "]" };
                    return Err(StyleError::Delimiter(bracket));
                }
                name.push_str(open);
                name.push_str(&format.name(key));
                name.push_str(close);
                deep(name, value, format, pairs)?;
                name.truncate(end);
            }
        }
        scalar => pairs.push(name, &format.value(scalar)?),
    }
    Ok(())
}

impl Format {
    /// A value or a key that is given as text.
    pub(crate) fn text(self, text: &str) -> String {
        let keep = match self.text {
            Text::Plain => return text.to_owned(),
            Text::Encoded(keep) => keep,
            Text::Cookie => Keep::Unreserved,
        };
        let mut out = String::with_capacity(text.len());
        percent::encode(text, keep, &mut out);
        out
    }

    /// The name of a value, or a part of it.
    fn name(self, text: &str) -> String {
        match self.text {
            Text::Cookie => text.to_owned(),
            Text::Plain | Text::Encoded(_) => self.text(text),
        }
    }

    /// A key that is the name of a pair: parts of a form and cookies have it apart from the value.
    fn pair_key(self, text: &str) -> Result<String, StyleError> {
        match self.text {
            Text::Plain | Text::Cookie => Ok(self.name(text)),
            Text::Encoded(_) => self.key(text),
        }
    }

    /// A key that is followed by `=`.
    fn key(self, text: &str) -> Result<String, StyleError> {
        self.part(self.name(text), "=")
    }

    /// A text that is ready to be written, where it must not have what it is separated by. Whether that
    /// was in the value or an encoded part of it makes no difference to whoever reads it. A dot is unreserved: RFC 6570 (3.2.5)
    /// leaves those of values, and the API is the one to say how it reads them.
    fn part(self, text: String, separator: &'static str) -> Result<String, StyleError> {
        match separator != "." && text.contains(separator) {
            false => Ok(text),
            true => Err(StyleError::Delimiter(match separator {
                "%20" => " ",
                "%7C" => "|",
                other => other,
            })),
        }
    }

    /// A value that stands in a list or an object. OpenAPI does not say how one is written that has parts
    /// itself: in URLs it is JSON, as in forms; as it is, JSON could not be told from the list around it.
    fn value(self, value: &Tree) -> Result<String, StyleError> {
        match value {
            Tree::Null => Ok(String::new()),
            Tree::List(_) | Tree::Object(_) if self.text == Text::Plain => Err(StyleError::Nested),
            Tree::List(_) | Tree::Object(_) => {
                let json = value.to_json().map_err(|_| StyleError::Binary)?;
                Ok(self.text(&json))
            }
            Tree::Bytes(_) | Tree::File(_) => Err(StyleError::Binary),
            value => Ok(self.text(value.scalar().unwrap_or_default())),
        }
    }
}

/// Pairs in the making: `a=1&b=2`, or `a=1; b=2`; or names and values, of parts.
pub(crate) struct Pairs<'a> {
    out: Out<'a>,
    empty: bool,
}

enum Out<'a> {
    Text(&'a mut String, &'static str),
    Parts(&'a mut Vec<(String, String)>),
}

impl<'a> Pairs<'a> {
    /// Pairs at the end of `out`, before which nothing needs to be separated off.
    pub(crate) fn new(out: &'a mut String, separator: &'static str) -> Self {
        Self {
            out: Out::Text(out, separator),
            empty: true,
        }
    }

    /// Pairs that are parts of a form each.
    pub(crate) fn parts(out: &'a mut Vec<(String, String)>) -> Self {
        Self {
            out: Out::Parts(out),
            empty: true,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.empty
    }

    /// Adds a pair whose texts are encoded already.
    pub(crate) fn push(&mut self, name: &str, value: &str) {
        self.push_fixed(name, Some(value));
    }

    /// Adds a pair that may have no value, not even an empty one.
    pub(crate) fn push_fixed(&mut self, name: &str, value: Option<&str>) {
        match &mut self.out {
            Out::Text(out, separator) => {
                if !self.empty {
                    out.push_str(separator);
                }
                out.push_str(name);
                if let Some(value) = value {
                    out.push('=');
                    out.push_str(value);
                }
            }
            Out::Parts(parts) => {
                parts.push((name.to_owned(), value.unwrap_or_default().to_owned()));
            }
        }
        self.empty = false;
    }
}

#[cfg(test)]
mod tests;
