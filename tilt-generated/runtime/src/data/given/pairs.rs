//! Pairs of a name and a text: those of a query, of cookies and of forms.

use super::misfit::Misfit;
use super::words::{Escapes, Given, Parts, Text};
use crate::data::described::{Encoding, Style};

/// Names with their texts, in the order of the request.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    pairs: Vec<(String, String)>,
    escapes: Option<Escapes>,
}

/// How deep the names of a deep object nest.
const DEEPEST: usize = 64;

/// The separators of styles that are not the comma's, as clients write them.
const SPACES: &[&str] = &["%20", "+", " "];
const PIPES: &[&str] = &["%7C", "%7c", "|"];
const COMMAS: &[&str] = &[","];

impl Pairs {
    /// Those of a query or a form.
    pub(crate) fn of_query(text: &str, most: usize) -> Result<Self, Misfit> {
        Self::read(text, '&', Escapes::Form, most)
    }

    /// Those of a `Cookie` header.
    pub(crate) fn of_cookies(text: &str, most: usize) -> Result<Self, Misfit> {
        Self::read(text, ';', Escapes::Percent, most)
    }

    /// Those of parts, which are as they are.
    pub(crate) fn of_parts(pairs: Vec<(String, String)>) -> Self {
        let escapes = Some(Escapes::None);
        Self { pairs, escapes }
    }

    fn read(text: &str, separator: char, escapes: Escapes, most: usize) -> Result<Self, Misfit> {
        let mut pairs = Vec::new();
        for pair in text.split(separator) {
            let pair = match escapes {
                Escapes::Form => pair,
                Escapes::Percent | Escapes::None => pair.trim(),
            };
            if pair.is_empty() {
                continue;
            }
            if pairs.len() == most {
                return Err(Misfit::unreadable(format!("has more than {most} values")));
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = match escapes {
                Escapes::Form => Text::whole(name, escapes).decoded()?,
                // That of a cookie is compared as it is written.
                Escapes::Percent | Escapes::None => name.to_owned(),
            };
            pairs.push((name, value.to_owned()));
        }
        let escapes = Some(escapes);
        Ok(Self { pairs, escapes })
    }

    /// The names that are there.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.pairs.iter().map(|(name, _)| name.as_str())
    }

    /// Whether a pair is there with this text, escaped or not: documents may write it so.
    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        let meant = |text: &str| {
            self.text(text)
                .decoded()
                .unwrap_or_else(|_| text.to_owned())
        };
        let (name, value) = (meant(name), meant(value));
        let mut pairs = self.pairs.iter().filter(|(it, _)| *it == name);
        pairs.any(|(_, raw)| self.text(raw).decoded().is_ok_and(|it| it == value))
    }

    /// The first text under a name.
    pub(crate) fn one(&self, name: &str) -> Option<String> {
        self.texts(name).next()?.decoded().ok()
    }

    /// The text under a name that is there once.
    #[cfg(feature = "server")]
    pub(crate) fn only(&self, name: &str) -> Option<String> {
        let mut texts = self.texts(name);
        let text = texts.next().filter(|_| texts.next().is_none());
        text?.decoded().ok()
    }

    /// The text under a name that is there once, as it came.
    #[cfg(feature = "server")]
    pub(crate) fn verbatim(self, name: &str) -> Option<String> {
        let mut of_name = self.pairs.into_iter().filter(|(it, _)| it == name);
        let pair = of_name.next().filter(|_| of_name.next().is_none());
        pair.map(|(_, raw)| raw)
    }

    fn text(&self, raw: &str) -> Text {
        Text::whole(raw, self.escapes.unwrap_or(Escapes::Percent))
    }

    fn texts<'s>(&'s self, name: &'s str) -> impl Iterator<Item = Text> + 's {
        let of_name = self.pairs.iter().filter(move |(it, _)| it == name);
        of_name.map(|(_, raw)| self.text(raw))
    }

    /// The value under a name, where that is written so; `None` where nothing is.
    pub(crate) fn get(&self, name: &str, encoding: Encoding) -> Result<Option<Given>, Misfit> {
        let (style, explode) = match encoding {
            Encoding::Styled { style, explode, .. } => (style, explode),
            Encoding::Json | Encoding::Text | Encoding::Form => {
                let Some(text) = self.texts(name).next() else {
                    return Ok(None);
                };
                return Ok(Some(content(text, encoding)?));
            }
        };
        if style == Style::DeepObject {
            return self.deep(name);
        }
        let parts = match (explode, style) {
            (true, _) => Parts::Whole,
            (false, Style::SpaceDelimited) => Parts::Listed(SPACES),
            (false, Style::PipeDelimited) => Parts::Listed(PIPES),
            (false, _) => Parts::Listed(COMMAS),
        };
        let texts = self.texts(name).map(|text| Text { parts, ..text });
        let texts: Vec<Text> = texts.collect();
        Ok((!texts.is_empty()).then_some(Given::Texts(texts)))
    }

    /// All of them as the object that a form is; `encodings` are those of properties that differ from the default.
    pub(crate) fn form(&self, encodings: &[(&'static str, Encoding)]) -> Result<Given, Misfit> {
        let is_encoded = |name: &str| {
            let mut encodings = encodings.iter();
            encodings.any(|(property, encoding)| match encoding {
                Encoding::Styled {
                    style: Style::DeepObject,
                    ..
                } => name
                    .strip_prefix(property)
                    .is_some_and(|it| it.starts_with('[')),
                _ => name == *property,
            })
        };
        let Given::Named(mut named) = self.spread(|name| !is_encoded(name)) else {
            return Err(Misfit::unreadable("is no form"));
        };
        for (property, encoding) in encodings {
            if let Some(given) = self.get(property, *encoding)? {
                named.push(((*property).to_owned(), given));
            }
        }
        Ok(Given::Named(named))
    }

    /// The pairs whose names are an object's, each with all of its texts.
    pub(crate) fn spread(&self, is_its: impl Fn(&str) -> bool) -> Given {
        let mut named: Vec<(String, Given)> = Vec::new();
        for (name, raw) in self.pairs.iter().filter(|(name, _)| is_its(name)) {
            let text = self.text(raw);
            match named.iter_mut().find(|(it, _)| it == name) {
                Some((_, Given::Texts(texts))) => texts.push(text),
                _ => named.push((name.clone(), Given::text(text))),
            }
        }
        Given::Named(named)
    }

    /// `name[key][key]=value`.
    fn deep(&self, name: &str) -> Result<Option<Given>, Misfit> {
        let mut root = Given::Named(Vec::new());
        let mut is_there = false;
        for (path, raw) in &self.pairs {
            let Some(path) = path.strip_prefix(name) else {
                continue;
            };
            if let Some(keys) = keys(path)? {
                is_there = true;
                insert(&mut root, &keys, self.text(raw))?;
            }
        }
        Ok(is_there.then_some(root))
    }
}

/// A value that a media type describes.
pub(crate) fn content(text: Text, encoding: Encoding) -> Result<Given, Misfit> {
    match encoding {
        Encoding::Json => Ok(Given::Json(text.decoded()?)),
        Encoding::Text | Encoding::Styled { .. } => Ok(Given::text(text)),
        Encoding::Form => {
            let form = text.decoded()?;
            let pairs = Pairs::of_query(&form, usize::MAX)?;
            Ok(pairs.spread(|_| true))
        }
    }
}

/// The keys of a name behind its first: `[a][b]`; `None` where it is another name.
fn keys(path: &str) -> Result<Option<Vec<&str>>, Misfit> {
    let mut keys = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let Some((key, after)) = rest.strip_prefix('[').and_then(|it| it.split_once(']')) else {
            return Ok(None);
        };
        if keys.len() == DEEPEST {
            return Err(Misfit::unreadable(format!("nests deeper than {DEEPEST}")));
        }
        keys.push(key);
        rest = after;
    }
    Ok((!keys.is_empty()).then_some(keys))
}

/// Puts a text where the keys say. Items of a list that have no number are an item each.
fn insert(into: &mut Given, keys: &[&str], text: Text) -> Result<(), Misfit> {
    let twice = || Misfit::unreadable("has a value and properties under one name");
    let Some((key, below)) = keys.split_first() else {
        let Given::Texts(texts) = into else {
            return Err(twice());
        };
        texts.push(text);
        return Ok(());
    };
    let Given::Named(named) = into else {
        return Err(twice());
    };
    let there = named
        .iter()
        .position(|(it, _)| it == key && !key.is_empty());
    let at = there.unwrap_or_else(|| {
        let empty = match below {
            [] => Given::Texts(Vec::new()),
            _ => Given::Named(Vec::new()),
        };
        named.push(((*key).to_owned(), empty));
        named.len() - 1
    });
    insert(&mut named[at].1, below, text)
}
