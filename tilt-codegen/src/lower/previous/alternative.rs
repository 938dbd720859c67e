//! Alternatives of a list, by all that tells one from another but its place.

use std::collections::{BTreeMap, BTreeSet};

use crate::dialect::keyword;
use crate::identifier;
use crate::source::Node;

/// The schema of an alternative, as far as it tells itself from others.
#[derive(Default)]
pub(super) struct Alternative {
    /// Its title or reference.
    name: Option<String>,
    /// Those of its parts, and what is constant in it.
    words: BTreeSet<String>,
    /// Words that would be those of a constant, if that had one of its values alone.
    possible: BTreeSet<String>,
    /// Its properties, and their types; whether they are required.
    properties: BTreeMap<String, (String, bool)>,
    /// Its type and format, where it has no properties.
    ty: String,
    /// The values that it lists, where it has no properties.
    values: BTreeSet<String>,
    /// Schemas that stand in it, where it has no properties: of items, of the values of a map, of alternatives.
    inner: Vec<Alternative>,
}

/// Levels of schemas in an alternative that are looked at.
const DEEPEST: usize = 3;

impl Alternative {
    pub(super) fn of(schema: Node<'_>) -> Self {
        Self::at(schema, 0)
    }

    /// Whether it has no title and is no reference.
    pub(super) fn is_nameless(&self) -> bool {
        self.name.is_none()
    }

    pub(super) fn has_properties(&self) -> bool {
        !self.properties.is_empty()
    }

    fn at(schema: Node<'_>, depth: usize) -> Self {
        let mut alternative = Self {
            name: named(schema),
            ..Self::default()
        };
        alternative.read(schema);
        // Parts that stand in it, and none of theirs: so much tells it from others.
        for part in keyword::all_of(schema) {
            alternative.read(part);
        }
        if alternative.properties.is_empty() {
            alternative.ty = ty(schema);
            alternative.values = keyword::values(schema).map(shown).collect();
            if depth < DEEPEST {
                let single = [keyword::items(schema), keyword::map_values(schema)];
                let inner = single.into_iter().flatten();
                let inner = inner.chain(keyword::alternatives(schema));
                let inner = inner.filter(|it| keyword::reference(*it).is_none());
                alternative.inner = inner.map(|it| Self::at(it, depth + 1)).collect();
            }
        }
        alternative
    }

    fn read(&mut self, schema: Node<'_>) {
        self.words.extend(named(schema));
        if let Some(value) = keyword::only_value(schema) {
            self.words.insert(format!("only.{}", shown(value)));
        }
        for (name, property) in keyword::properties(schema).into_iter().flatten() {
            if let Some(value) = keyword::only_value(property) {
                self.words
                    .insert(format!("{}.{}", short(name), shown(value)));
            }
            for value in keyword::values(property) {
                self.possible
                    .insert(format!("{}.{}", short(name), shown(value)));
            }
            let told = self.properties.entry(name.to_owned()).or_default();
            told.0 = ty(property);
        }
        for name in keyword::required(schema) {
            let told = self.properties.entry(name.to_owned()).or_default();
            told.1 = true;
        }
    }

    /// A label: with what is constant, with its properties as well, or with their types, too.
    pub(super) fn label(&self, form: usize) -> String {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let words = words.join("+");
        let shape = match (self.properties.is_empty(), form) {
            (true, _) => self.contents(),
            (false, 0 | 1) => self.shape(false),
            (false, _) => self.shape(true),
        };
        match (&self.name, words.is_empty(), form) {
            (Some(name), _, 0) => name.clone(),
            (_, true, _) => shape,
            (_, false, 0) => words,
            (_, false, _) => format!("{words}{shape}"),
        }
    }

    /// The type, the values and the inner schemas of one without properties: always all of them, since another
    /// with the same type may come later.
    fn contents(&self) -> String {
        let pieces: BTreeSet<String> = self.pieces().collect();
        if pieces.is_empty() {
            return self.ty.clone();
        }
        let pieces = pieces.into_iter().collect::<Vec<String>>().join("|");
        let pieces = match pieces.len() > LONGEST_LIST {
            true => format!("{:08x}", identifier::fingerprint(&pieces)),
            false => pieces,
        };
        format!("{}({pieces})", self.ty)
    }

    fn pieces(&self) -> impl Iterator<Item = String> {
        let inner = self.inner.iter().map(|it| it.label(0));
        let inner = inner.filter(|it| !it.is_empty());
        self.values.iter().cloned().chain(inner)
    }

    fn shape(&self, with_types: bool) -> String {
        let each = |required_only: bool| {
            let properties = self.properties.iter();
            let properties = properties.filter(|(_, (_, required))| *required || !required_only);
            let properties = properties.map(|(name, (ty, required))| {
                let mark = if *required { "" } else { "?" };
                match with_types {
                    true => format!("{name}{mark}:{ty}"),
                    false => format!("{name}{mark}"),
                }
            });
            properties.collect::<Vec<String>>().join(",")
        };
        let all = each(false);
        let required = each(true);
        let listed = match (all.len() > LONGEST_LIST, required.len() > LONGEST_LIST) {
            (false, _) => all,
            (true, false) if !required.is_empty() => required,
            (true, _) => format!("{:08x}", identifier::fingerprint(&all)),
        };
        format!("{{{listed}}}")
    }

    /// Whether it has all that a label says, and so may be what had that label before something was added to it.
    pub(super) fn has_grown_from(&self, label: &str) -> bool {
        if let Some(pieces) = label.strip_prefix(&self.ty)
            && let Some(pieces) = pieces.strip_prefix('(').and_then(|it| it.strip_suffix(')'))
        {
            let now: BTreeSet<String> = self.pieces().collect();
            let is_there = |before: &str| {
                now.contains(before) || self.inner.iter().any(|it| it.has_grown_from(before))
            };
            return !self.has_properties() && pieces.split('|').all(is_there);
        }
        let (words, listed) = match label.split_once('{') {
            Some((words, rest)) => (words, rest.strip_suffix('}')),
            None => (label, None),
        };
        // A title that was taken away, where properties tell as well.
        let is_untitled =
            |word: &&str| listed.is_some() && self.name.is_none() && word.starts_with(TITLED);
        let words = words.split('+').filter(|word| !word.is_empty());
        let mut words = words.filter(|word| !is_untitled(word)).peekable();
        if words.peek().is_none() && listed.is_none() {
            return false;
        }
        let mut listed = listed.into_iter().flat_map(|it| it.split(','));
        words.all(|word| self.words.contains(word) || self.possible.contains(word))
            && listed.all(|property| {
                let (name, before) = match property.split_once(':') {
                    Some((name, ty)) => (name, Some(ty)),
                    None => (property, None),
                };
                let name = name.strip_suffix('?').unwrap_or(name);
                let now = self.properties.get(name);
                now.is_some_and(|(ty, _)| before.is_none_or(|before| before == ty))
            })
    }
}

/// The name that a schema has by itself, or by reference.
pub(super) fn named(schema: Node<'_>) -> Option<String> {
    if let Some(reference) = keyword::reference(schema) {
        return Some(format!("to.{}", short(reference)));
    }
    let title = keyword::title(schema).or(keyword::name(schema))?;
    Some(format!("{TITLED}{}", short(title)))
}

/// Whether a label is a title.
pub(super) fn is_title(label: &str) -> bool {
    label.starts_with(TITLED)
}

const TITLED: &str = "is.";

/// The type of a schema in a word or two.
fn ty(schema: Node<'_>) -> String {
    let mut words: Vec<&str> = keyword::types(schema).collect();
    words.sort_unstable();
    words.extend(keyword::format(schema));
    let mut text = words.join(".");
    let inner = keyword::items(schema).or(Some(schema));
    if let Some(reference) = inner.and_then(keyword::reference) {
        text = format!("{text}.{}", short(reference));
    }
    text
}

/// A value that is constant.
fn shown(value: &serde_json::Value) -> String {
    match value.as_str() {
        Some(text) => short(text),
        None => short(&value.to_string()),
    }
}

/// Bytes of a list of properties.
const LONGEST_LIST: usize = 200;

/// A text that may be of any length, as one that is not.
pub(super) fn short(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.len() > LONGEST {
        true => format!("{:08x}", identifier::fingerprint(text)),
        false => text.to_owned(),
    }
}
