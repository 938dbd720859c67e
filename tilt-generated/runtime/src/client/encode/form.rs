//! `application/x-www-form-urlencoded` bodies.

use super::percent::Keep;
use super::style::{self, Format, Pairs, StyleError, Text};
use crate::data::described::{Encoding, Style};
use crate::data::tree::{Tree, TreeError};

/// The default: scalars as they are, lists by repetition, what has parts as JSON.
const PLAIN: Format = Format {
    style: Style::Form,
    explode: true,
    text: Text::Encoded(Keep::Unreserved),
};

pub(crate) fn write(
    body: &Tree,
    encodings: &[(&'static str, Encoding)],
) -> Result<String, FormError> {
    let Tree::Object(properties) = body else {
        return Err(FormError::NotAnObject);
    };
    let mut out = String::new();
    let mut pairs = Pairs::new(&mut out, "&");
    for (name, value) in properties {
        let encoding = encodings.iter().find(|(property, _)| property == name);
        match encoding.map(|(_, encoding)| *encoding) {
            Some(Encoding::Styled {
                style,
                explode,
                reserved,
            }) => {
                let keep = if reserved {
                    Keep::ReservedInQuery
                } else {
                    Keep::Unreserved
                };
                let text = Text::Encoded(keep);
                style::pairs(
                    name,
                    value,
                    Format {
                        style,
                        explode,
                        text,
                    },
                    &mut pairs,
                )
                .map_err(|error| FormError::Style(name.clone(), error))?;
            }
            Some(Encoding::Json) => json(name, value, &mut pairs)?,
            Some(Encoding::Text) => {
                let text = value.scalar();
                let text = text.ok_or_else(|| FormError::NotAText(name.clone()))?;
                pairs.push(&PLAIN.text(name), &PLAIN.text(text));
            }
            Some(Encoding::Form) => {
                pairs.push(&PLAIN.text(name), &PLAIN.text(&write(value, &[])?));
            }
            None => property(name, value, &mut pairs)?,
        }
    }
    Ok(out)
}

fn property(name: &str, value: &Tree, pairs: &mut Pairs<'_>) -> Result<(), FormError> {
    match value {
        Tree::Object(_) => json(name, value, pairs),
        Tree::List(values) => values
            .iter()
            .filter(|value| **value != Tree::Null)
            .try_for_each(|value| {
                if value.is_composite() {
                    json(name, value, pairs)
                } else {
                    property(name, value, pairs)
                }
            }),
        scalar => style::pairs(name, scalar, PLAIN, pairs)
            .map_err(|error| FormError::Style(name.to_owned(), error)),
    }
}

fn json(name: &str, value: &Tree, pairs: &mut Pairs<'_>) -> Result<(), FormError> {
    if *value == Tree::Null {
        return Ok(());
    }
    let text = value
        .to_json()
        .map_err(|error| FormError::Json(name.to_owned(), error))?;
    pairs.push(&PLAIN.text(name), &PLAIN.text(&text));
    Ok(())
}

#[derive(Debug)]
pub(crate) enum FormError {
    NotAnObject,
    Style(String, StyleError),
    Json(String, TreeError),
    NotAText(String),
}

impl FormError {
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::NotAnObject => "a form is made of an object".to_owned(),
            Self::Style(name, error) => format!("{name}: {}", error.reason()),
            Self::Json(name, error) => format!("{name}: {error}"),
            Self::NotAText(name) => format!("{name}: has parts, and is described as text"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn written(body: serde_json::Value, encodings: &[(&'static str, Encoding)]) -> String {
        let tree = Tree::of(&body).map_err(|error| error.to_string());
        match tree.map(|tree| write(&tree, encodings).map_err(|error| error.reason())) {
            Ok(Ok(text)) => text,
            Ok(Err(error)) | Err(error) => error,
        }
    }

    #[test]
    fn scalars_lists_and_objects_by_default() {
        assert_eq!(
            written(
                json!({"a": "x y&z", "l": ["p", "q"], "n": 5, "none": null, "o": {"k": 1}}),
                &[]
            ),
            "a=x%20y%26z&l=p&l=q&n=5&o=%7B%22k%22%3A1%7D"
        );
    }

    #[test]
    fn a_property_follows_its_encoding() {
        let deep = Encoding::Styled {
            style: Style::DeepObject,
            explode: true,
            reserved: false,
        };
        let comma = Encoding::Styled {
            style: Style::Form,
            explode: false,
            reserved: false,
        };
        assert_eq!(
            written(
                json!({"card": {"number": "4"}, "tags": ["a", "b"]}),
                &[("card", deep), ("tags", comma)]
            ),
            "card%5Bnumber%5D=4&tags=a,b"
        );
    }

    #[test]
    fn only_objects_are_forms() {
        assert_eq!(written(json!([1]), &[]), "a form is made of an object");
    }
}
