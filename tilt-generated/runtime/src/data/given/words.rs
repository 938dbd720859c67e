//! Words of a request or a form at one place, before it is known as which type they are read.
//!
//! The same text may be a list, an object or itself: `a,b` is whatever its type makes of it. So nothing is taken apart
//! here that a type has not asked for.

use super::misfit::Misfit;
use crate::data::{Part, charset, media_type};
use percent_encoding::percent_decode_str;

/// All that stands at one place.
#[derive(Debug, Clone)]
pub(crate) enum Given {
    /// The texts under one name.
    Texts(Vec<Text>),
    /// Names with what stands there; of a list, the names are numbers or nothing.
    Named(Vec<(String, Given)>),
    /// A text of JSON.
    Json(String),
    /// The parts of a body under one name.
    Parts(Vec<Part>),
}

/// A text as it came.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) raw: String,
    pub(crate) escapes: Escapes,
    pub(crate) parts: Parts,
    /// Whether it was made of several texts: it is a list or an object, and no scalar.
    pub(crate) is_joined: bool,
}

/// Escapes to be undone before a text is what was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escapes {
    /// Nothing.
    None,
    /// Percent-encoding.
    Percent,
    /// Percent-encoding, and `+` for a space.
    Form,
}

/// The parts that a text may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parts {
    /// None, unless it is JSON.
    Whole,
    /// Those between any of these; the properties of an object are names and values in turn.
    Listed(&'static [&'static str]),
    /// Those between these, of an object `name=value` each.
    Paired(&'static [&'static str]),
}

impl Given {
    pub(crate) fn text(text: Text) -> Self {
        Self::Texts(vec![text])
    }
}

impl Text {
    /// A text that has no parts.
    pub(crate) fn whole(raw: impl Into<String>, escapes: Escapes) -> Self {
        Self {
            raw: raw.into(),
            escapes,
            parts: Parts::Whole,
            is_joined: false,
        }
    }

    /// The text that is meant.
    pub(crate) fn decoded(&self) -> Result<String, Misfit> {
        let spaced;
        let raw = match self.escapes {
            Escapes::None => return Ok(self.raw.clone()),
            Escapes::Percent => &self.raw,
            Escapes::Form => {
                spaced = self.raw.replace('+', " ");
                &spaced
            }
        };
        let decoded = percent_decode_str(raw).decode_utf8();
        decoded
            .map(|it| it.into_owned())
            .map_err(|_| Misfit::unreadable("is not UTF-8"))
    }

    /// Its parts as a list; `None` where it has none.
    pub(crate) fn listed(&self) -> Option<Vec<Text>> {
        let separators = match self.parts {
            Parts::Whole => return None,
            Parts::Listed(separators) | Parts::Paired(separators) => separators,
        };
        let parts = split(&self.raw, separators).into_iter();
        Some(parts.map(|raw| self.part(raw)).collect())
    }

    /// Its parts as names and values; `None` where it has none.
    pub(crate) fn paired(&self) -> Option<Result<Vec<(Text, Text)>, Misfit>> {
        let parts = self.listed()?;
        if matches!(self.parts, Parts::Paired(_)) {
            let pairs = parts.iter().map(|part| {
                let (name, value) = part.raw.split_once('=').unwrap_or((&part.raw, ""));
                (self.part(name), self.part(value))
            });
            return Some(Ok(pairs.collect()));
        }
        let pairs = parts.chunks(2).map(|pair| match pair {
            [name, value] => Ok((name.clone(), value.clone())),
            _ => Err(Misfit::unreadable("has a name without a value")),
        });
        Some(pairs.collect())
    }

    fn part(&self, raw: &str) -> Self {
        // Lists in headers have spaces around their commas.
        let raw = match self.escapes {
            Escapes::None => raw.trim_matches([' ', '\t']),
            Escapes::Percent | Escapes::Form => raw,
        };
        Self::whole(raw, self.escapes)
    }
}

/// Whether texts are one that a scalar is read from.
pub(crate) fn is_one(texts: &[Text]) -> bool {
    matches!(texts, [text] if !text.is_joined)
}

/// The text of a part, in the encoding that its type names. Without one, a mark before it may be meant.
pub(crate) fn part_text(part: &Part) -> Result<String, Misfit> {
    let bytes = part.data.as_bytes().map_or(&[][..], |it| &it[..]);
    let named = part.content_type.as_deref().and_then(media_type::charset);
    if named.is_some() {
        return decoded(bytes, named);
    }
    let text = String::from_utf8(bytes.to_vec());
    text.map_err(|_| Misfit::unreadable("is not UTF-8"))
}

/// Text in the encoding of a name: without one, UTF-8. One that is not known is no fault of the text (RFC 9110, 15.5.16).
pub(crate) fn decoded(bytes: &[u8], named: Option<&str>) -> Result<String, Misfit> {
    if !charset::is_known(named) {
        return Err(Misfit::unsupported(
            "is in an encoding that is not known here",
        ));
    }
    charset::decode(bytes, named).map_err(Misfit::unreadable)
}

/// The parts of a text between any of the separators.
fn split<'t>(text: &'t str, separators: &[&str]) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        let found = separators.iter();
        let found = found.filter_map(|it| Some((rest.find(it)?, it.len())));
        let Some((at, length)) = found.min() else {
            break;
        };
        parts.push(&rest[..at]);
        rest = &rest[at + length..];
    }
    parts.push(rest);
    parts
}
