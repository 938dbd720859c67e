//! The parameter styles of OpenAPI, which are those of RFC 6570 and `deepObject`.

use super::percent::{self, Keep};
use super::tree::Tree;
use crate::client::operation::Style;

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
    /// As they are: in headers.
    Plain,
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
            Self::Nested => "a value inside a list or an object has parts itself".to_owned(),
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
        return deep(&mut format.text(name), value, format, pairs);
    }
    match value {
        Tree::Null => {}
        Tree::List(values) if format.explode => {
            for value in values.iter().filter(|value| **value != Tree::Null) {
                pairs.push(&format.text(name), &format.scalar(value)?);
            }
        }
        Tree::Object(values) if format.explode => {
            for (key, value) in values {
                match value {
                    Tree::Null => {}
                    Tree::List(values) => {
                        for value in values {
                            pairs.push(&format.key(key)?, &format.scalar(value)?);
                        }
                    }
                    _ => pairs.push(&format.key(key)?, &format.scalar(value)?),
                }
            }
        }
        _ => {
            let separator = match format.style {
                Style::SpaceDelimited => "%20",
                Style::PipeDelimited => "%7C",
                _ => ",",
            };
            let text = joined(value, separator, format)?;
            if !text.is_empty() || !value.is_composite() {
                pairs.push(&format.text(name), &text);
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
                let value = format.part(format.scalar(value)?, ";")?;
                push_matrix(&format.text(name), &value, &mut out);
            }
        }
        (Style::Matrix, Tree::Object(values)) if format.explode => {
            for (key, value) in present(values) {
                let value = format.part(format.scalar(value)?, ";")?;
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
                words.push(format.part(format.scalar(value)?, separator)?);
            }
        }
        Tree::Object(values) => {
            for (key, value) in present(values) {
                let value = format.part(format.scalar(value)?, separator)?;
                if format.explode {
                    let key = format.part(format.key(key)?, separator)?;
                    words.push(format!("{key}={value}"));
                } else {
                    words.push(format.part(format.text(key), separator)?);
                    words.push(value);
                }
            }
        }
        scalar => return format.scalar(scalar),
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
    match value {
        Tree::Null => {}
        Tree::List(values) => {
            let by_index = values.iter().any(Tree::is_composite);
            for (index, value) in values.iter().enumerate() {
                name.push_str("%5B");
                if by_index {
                    name.push_str(&index.to_string());
                }
                name.push_str("%5D");
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
                name.push_str("%5B");
                name.push_str(&format.text(key));
                name.push_str("%5D");
                deep(name, value, format, pairs)?;
                name.truncate(end);
            }
        }
        scalar => pairs.push(name, &format.scalar(scalar)?),
    }
    Ok(())
}

impl Format {
    /// A value or a key that is given as text.
    pub(crate) fn text(self, text: &str) -> String {
        match self.text {
            Text::Plain => text.to_owned(),
            Text::Encoded(keep) => {
                let mut out = String::with_capacity(text.len());
                percent::encode(text, keep, &mut out);
                out
            }
        }
    }

    /// A key that is followed by `=`.
    fn key(self, text: &str) -> Result<String, StyleError> {
        self.part(self.text(text), "=")
    }

    /// A text that is ready to be written, where it must not have what it is separated by. Whether that
    /// was in the value or an encoded part of it makes no difference to whoever reads it.
    fn part(self, text: String, separator: &'static str) -> Result<String, StyleError> {
        match text.contains(separator) {
            false => Ok(text),
            true => Err(StyleError::Delimiter(match separator {
                "%20" => " ",
                "%7C" => "|",
                other => other,
            })),
        }
    }

    fn scalar(self, value: &Tree) -> Result<String, StyleError> {
        match value {
            Tree::Null => Ok(String::new()),
            Tree::List(_) | Tree::Object(_) => Err(StyleError::Nested),
            Tree::Bytes(_) | Tree::File(_) => Err(StyleError::Binary),
            value => Ok(self.text(value.scalar().unwrap_or_default())),
        }
    }
}

/// Pairs in the making: `a=1&b=2`, or `a=1; b=2`.
pub(crate) struct Pairs<'a> {
    out: &'a mut String,
    separator: &'static str,
    empty: bool,
}

impl<'a> Pairs<'a> {
    /// Pairs at the end of `out`, before which nothing needs to be separated off.
    pub(crate) fn new(out: &'a mut String, separator: &'static str) -> Self {
        Self {
            out,
            separator,
            empty: true,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.empty
    }

    /// Adds a pair whose texts are encoded already.
    pub(crate) fn push(&mut self, name: &str, value: &str) {
        if !self.empty {
            self.out.push_str(self.separator);
        }
        self.empty = false;
        self.out.push_str(name);
        self.out.push('=');
        self.out.push_str(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn color(kind: &str) -> Tree {
        match kind {
            "empty" => Tree::Text(String::new()),
            "text" => Tree::Text("blue".to_owned()),
            "list" => Tree::List(
                ["blue", "black", "brown"]
                    .map(|color| Tree::Text(color.to_owned()))
                    .into(),
            ),
            _ => Tree::Object(
                [("R", "100"), ("G", "200"), ("B", "150")]
                    .map(|(key, value)| (key.to_owned(), Tree::Number(value.to_owned())))
                    .into(),
            ),
        }
    }

    fn format(style: Style, explode: bool) -> Format {
        Format {
            style,
            explode,
            text: Text::Encoded(Keep::Unreserved),
        }
    }

    /// The table under "Style Examples" of OpenAPI 3.1.1.
    #[test]
    fn every_style_is_as_the_specification_shows_it() {
        let kinds = ["empty", "text", "list", "object"];
        type Row = (Style, bool, [&'static str; 4]);
        let in_path: [Row; 6] = [
            (
                Style::Matrix,
                false,
                [
                    ";color",
                    ";color=blue",
                    ";color=blue,black,brown",
                    ";color=R,100,G,200,B,150",
                ],
            ),
            (
                Style::Matrix,
                true,
                [
                    ";color",
                    ";color=blue",
                    ";color=blue;color=black;color=brown",
                    ";R=100;G=200;B=150",
                ],
            ),
            (
                Style::Label,
                false,
                [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
            ),
            (
                Style::Label,
                true,
                [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
            ),
            (
                Style::Simple,
                false,
                ["", "blue", "blue,black,brown", "R,100,G,200,B,150"],
            ),
            (
                Style::Simple,
                true,
                ["", "blue", "blue,black,brown", "R=100,G=200,B=150"],
            ),
        ];
        for (style, explode, expected) in in_path {
            for (kind, expected) in kinds.into_iter().zip(expected) {
                let written = text("color", &color(kind), format(style, explode));
                assert_eq!(
                    written.as_deref(),
                    Ok(expected),
                    "{style:?} {explode} {kind}"
                );
            }
        }
        let in_query: [Row; 5] = [
            (
                Style::Form,
                false,
                [
                    "color=",
                    "color=blue",
                    "color=blue,black,brown",
                    "color=R,100,G,200,B,150",
                ],
            ),
            (
                Style::Form,
                true,
                [
                    "color=",
                    "color=blue",
                    "color=blue&color=black&color=brown",
                    "R=100&G=200&B=150",
                ],
            ),
            (
                Style::SpaceDelimited,
                false,
                [
                    "color=",
                    "color=blue",
                    "color=blue%20black%20brown",
                    "color=R%20100%20G%20200%20B%20150",
                ],
            ),
            (
                Style::PipeDelimited,
                false,
                [
                    "color=",
                    "color=blue",
                    "color=blue%7Cblack%7Cbrown",
                    "color=R%7C100%7CG%7C200%7CB%7C150",
                ],
            ),
            (
                Style::DeepObject,
                true,
                [
                    "color=",
                    "color=blue",
                    "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown",
                    "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
                ],
            ),
        ];
        for (style, explode, expected) in in_query {
            for (kind, expected) in kinds.into_iter().zip(expected) {
                let mut out = String::new();
                let written = pairs(
                    "color",
                    &color(kind),
                    format(style, explode),
                    &mut Pairs::new(&mut out, "&"),
                );
                assert_eq!(written, Ok(()));
                assert_eq!(out, expected, "{style:?} {explode} {kind}");
            }
        }
    }

    #[test]
    fn nothing_is_written_for_empty_lists_and_null() {
        for value in [Tree::List(vec![]), Tree::Object(vec![]), Tree::Null] {
            for style in [Style::Form, Style::PipeDelimited, Style::DeepObject] {
                for explode in [false, true] {
                    let mut out = String::new();
                    let mut target = Pairs::new(&mut out, "&");
                    let written = pairs("a", &value, format(style, explode), &mut target);
                    assert_eq!(written, Ok(()));
                    assert!(target.is_empty(), "{style:?} {value:?}");
                }
            }
        }
    }

    #[test]
    fn deep_objects_nest() {
        let value = Tree::of(&serde_json::json!({
            "created": {"gte": 5},
            "items": [{"price": "a b"}, {"price": "c"}],
            "none": null,
        }));
        let Ok(value) = value else {
            unreachable!("JSON is a tree")
        };
        let mut out = String::new();
        let written = pairs(
            "f",
            &value,
            format(Style::DeepObject, true),
            &mut Pairs::new(&mut out, "&"),
        );
        assert_eq!(written, Ok(()));
        assert_eq!(
            out,
            "f%5Bcreated%5D%5Bgte%5D=5&f%5Bitems%5D%5B0%5D%5Bprice%5D=a%20b\
             &f%5Bitems%5D%5B1%5D%5Bprice%5D=c"
        );
    }

    fn list(items: &[&str]) -> Tree {
        Tree::List(
            items
                .iter()
                .map(|item| Tree::Text((*item).to_owned()))
                .collect(),
        )
    }

    fn object(key: &str, value: &str) -> Tree {
        Tree::Object(vec![(key.to_owned(), Tree::Text(value.to_owned()))])
    }

    #[test]
    fn no_part_of_a_query_becomes_two() {
        let refused = |delimiter| Err(StyleError::Delimiter(delimiter));
        let written = |value: &Tree, style, explode, keep| {
            let mut out = String::new();
            let format = Format {
                text: Text::Encoded(keep),
                ..format(style, explode)
            };
            pairs("p", value, format, &mut Pairs::new(&mut out, "&")).map(|()| out)
        };
        let (plain, reserved) = (Keep::Unreserved, Keep::ReservedInQuery);
        let (pipe, space) = (Style::PipeDelimited, Style::SpaceDelimited);
        assert_eq!(written(&list(&["a|b"]), pipe, false, plain), refused("|"));
        assert_eq!(
            written(&list(&["a%7Cb"]), pipe, false, reserved),
            refused("|")
        );
        assert_eq!(
            written(&object("a|b", "c"), pipe, false, plain),
            refused("|")
        );
        assert_eq!(written(&list(&["a b"]), space, false, plain), refused(" "));
        assert_eq!(
            written(&list(&["a,b"]), Style::Form, false, reserved),
            refused(",")
        );
        assert_eq!(
            written(&object("a=b", "c"), Style::Form, true, reserved),
            refused("=")
        );
        let deep = Style::DeepObject;
        assert_eq!(
            written(&object("a][b", "c"), deep, true, plain),
            refused("]")
        );
        assert_eq!(written(&object("[", "c"), deep, true, plain), refused("["));
        // Told apart, or one value.
        for (value, style, explode, keep, expected) in [
            (list(&["a,b"]), Style::Form, false, plain, "p=a%2Cb"),
            (list(&["a|b"]), pipe, true, plain, "p=a%7Cb"),
            (list(&["a|b"]), Style::Form, false, plain, "p=a%7Cb"),
            (
                object("a=b", "c=d"),
                Style::Form,
                true,
                plain,
                "a%3Db=c%3Dd",
            ),
            (Tree::Text("a|b".to_owned()), pipe, false, plain, "p=a%7Cb"),
            (
                Tree::Text("a,b".to_owned()),
                Style::Form,
                false,
                reserved,
                "p=a,b",
            ),
        ] {
            assert_eq!(
                written(&value, style, explode, keep).as_deref(),
                Ok(expected)
            );
        }
    }

    #[test]
    fn no_part_of_a_path_or_header_becomes_two() {
        let refused = |delimiter| Err(StyleError::Delimiter(delimiter));
        let written = |value: &Tree, style, explode, how| {
            let format = Format {
                text: how,
                ..format(style, explode)
            };
            text("p", value, format)
        };
        let (plain, header) = (Text::Encoded(Keep::Unreserved), Text::Plain);
        let reserved = Text::Encoded(Keep::ReservedInSegment);
        let (simple, label, matrix) = (Style::Simple, Style::Label, Style::Matrix);
        assert_eq!(
            written(&list(&["a,b"]), simple, false, header),
            refused(",")
        );
        assert_eq!(
            written(&object("a", "b,c"), simple, true, header),
            refused(",")
        );
        assert_eq!(
            written(&object("a=b", "c"), simple, true, header),
            refused("=")
        );
        assert_eq!(
            written(&list(&["a,b"]), simple, false, reserved),
            refused(",")
        );
        assert_eq!(written(&list(&["a.b"]), label, true, plain), refused("."));
        assert_eq!(
            written(&list(&["a;b"]), matrix, true, reserved),
            refused(";")
        );
        assert_eq!(
            written(&object("a=b", "c"), matrix, true, reserved),
            refused("=")
        );
        let scalar = Tree::Text("a;p=2".to_owned());
        assert_eq!(written(&scalar, matrix, false, reserved), refused(";"));
        for (value, style, explode, how, expected) in [
            (list(&["a,b"]), simple, false, plain, "a%2Cb"),
            (list(&["a.b"]), label, false, plain, ".a.b"),
            (Tree::Text("1.5".to_owned()), label, true, plain, ".1.5"),
            (Tree::Text("a, b".to_owned()), simple, false, header, "a, b"),
            (list(&["a;b"]), matrix, true, plain, ";p=a%3Bb"),
            (object("a", "b=c"), simple, true, header, "a=b=c"),
        ] {
            assert_eq!(
                written(&value, style, explode, how).as_deref(),
                Ok(expected)
            );
        }
    }

    #[test]
    fn a_list_of_objects_has_no_form_in_the_flat_styles() {
        let value = Tree::List(vec![color("object")]);
        let mut out = String::new();
        let written = pairs(
            "a",
            &value,
            format(Style::Form, false),
            &mut Pairs::new(&mut out, "&"),
        );
        assert_eq!(written, Err(StyleError::Nested));
    }
}
