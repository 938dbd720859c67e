//! Values of one of several types.
//!
//! A union looks at a value once, ranks the variants that it can be, and reads the best. Variants
//! are ruled out and ranked by [`Branch`]:
//!
//! 1. A discriminator decides alone: an object whose discriminator has a value that variants list
//!    is one of these; with any other value, it is one of the variants that list none.
//! 2. A variant is out when it is of another JSON type; for objects also when a required property is
//!    missing, when a tag (a property with few legal values) has another value, and when it allows
//!    no properties but its own and there are others.
//! 3. Of the variants that are left, the best one matches most tags, then leaves the fewest
//!    properties without a field, then requires the most. An integer type goes before a number
//!    type for integers without a point, and a list of values before a free string for the values in it, after it
//!    for others. Those that are still equal go in the order of the document.
//! 4. A variant that fits only because something in it is unknown, a value that no union inside it knows or one of a short
//!    list that has another, goes after all that fit without.
//!
//! A variant that cannot be read after all gives way to the next. A value that no variant can be is kept as
//! JSON, so that reading a union fails only on malformed input. So is what unions inside a union would have
//! to look at more often than the size of the outermost allows: time grows with the input, not beyond.

mod macros;
pub(crate) mod named;
mod tags;
mod unknown;

pub use named::{EventData, NamedEvent};
pub use tags::{Attempt, TaggedUnion, Tags, read_union_variant};
pub use unknown::note_unknown;

use crate::data::content::{self, Content};
use crate::data::look;
use crate::data::open_enum::is_json;
use crate::data::{Known, Value, Wire};
use serde::de::{Deserializer, Error as _};
use std::borrow::Cow;
use std::cell::Cell;
use std::cmp::Reverse;

/// The look of a variant: all that can be known without reading it.
#[derive(Debug, Clone, Copy)]
pub struct Branch {
    kinds: u8,
    discriminators: &'static [&'static str],
    written: Option<&'static str>,
    any_other: bool,
    required: &'static [&'static str],
    properties: &'static [&'static str],
    tags: &'static [Tag],
    values: &'static [&'static str],
    closed: bool,
}

/// A property that has one of a few values, each given as JSON text.
type Tag = (&'static str, &'static [&'static str]);

/// `null`
pub const NULL: u8 = 1;
/// `true` or `false`
pub const BOOLEAN: u8 = 2;
/// A number without a fraction.
pub const INTEGER: u8 = 4;
/// Any number.
pub const NUMBER: u8 = 8;
/// A string.
pub const STRING: u8 = 16;
/// An array.
pub const ARRAY: u8 = 32;
/// An object.
pub const OBJECT: u8 = 64;

impl Branch {
    /// A variant of these JSON types.
    pub const fn of(kinds: u8) -> Self {
        Self {
            kinds,
            discriminators: &[],
            written: None,
            any_other: false,
            required: &[],
            properties: &[],
            tags: &[],
            values: &[],
            closed: false,
        }
    }

    /// Values of the discriminator that select this variant.
    pub const fn selected_by(self, discriminators: &'static [&'static str]) -> Self {
        Self {
            discriminators,
            ..self
        }
    }

    /// The discriminator that is written, as JSON, where it is no text.
    pub const fn written_as(self, json: &'static str) -> Self {
        Self {
            written: Some(json),
            ..self
        }
    }

    /// A variant also for values of the discriminator that select no other.
    pub const fn and_any_other(self) -> Self {
        Self {
            any_other: true,
            ..self
        }
    }

    /// Properties that an object must have.
    pub const fn required(self, required: &'static [&'static str]) -> Self {
        Self { required, ..self }
    }

    /// All properties that an object declares.
    pub const fn properties(self, properties: &'static [&'static str]) -> Self {
        Self { properties, ..self }
    }

    /// Properties with few legal values, which are JSON texts.
    pub const fn tags(self, tags: &'static [Tag]) -> Self {
        Self { tags, ..self }
    }

    /// The listed values of an enum, as JSON texts.
    pub const fn values(self, values: &'static [&'static str]) -> Self {
        Self { values, ..self }
    }

    /// An object has no properties but those it declares.
    pub const fn closed(self) -> Self {
        Self {
            closed: true,
            ..self
        }
    }

    /// How well a value fits; `None` when it does not. Less is better.
    fn rank(&self, value: &Content<'_>) -> Option<Rank> {
        let kinds = kinds(value);
        if self.kinds & kinds == 0 {
            return None;
        }
        let Content::Object(object) = value else {
            let listed = self.values.iter().any(|json| is(value, json));
            let fit = match (self.values.is_empty(), listed) {
                (false, true) => Fit::Listed,
                (false, false) => Fit::Unlisted,
                (true, _) if self.kinds & kinds & INTEGER == 0 => Fit::Wide,
                // `5.0` is an integer as well, but only a number keeps how it was written.
                (true, _) if value.is_f64() && self.kinds & NUMBER == 0 => Fit::Unlisted,
                (true, _) if value.is_f64() => Fit::Wide,
                (true, _) => Fit::Narrow,
            };
            return Some((fit, Reverse(0), 0, Reverse(0)));
        };
        if !self
            .required
            .iter()
            .all(|name| content::get(object, name).is_some())
        {
            return None;
        }
        let mut matched = 0;
        for (name, values) in self.tags {
            match content::get(object, name) {
                Some(tag) if values.iter().any(|json| is(tag, json)) => matched += 1,
                Some(_) => return None,
                None => {}
            }
        }
        let declared = |name: &str| self.properties.contains(&name);
        let unknown = object.iter().filter(|(name, _)| !declared(name)).count();
        if self.closed && unknown > 0 {
            return None;
        }
        Some((
            Fit::Wide,
            Reverse(matched),
            unknown,
            Reverse(self.required.len()),
        ))
    }
}

type Rank = (Fit, Reverse<usize>, usize, Reverse<usize>);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Listed,
    Narrow,
    Wide,
    Unlisted,
}

/// Every JSON type that a value belongs to.
fn kinds(value: &Content<'_>) -> u8 {
    match value {
        Content::Null => NULL,
        Content::Bool(_) => BOOLEAN,
        Content::Number(number) if content::is_float(number) => {
            let whole = number.parse().is_ok_and(|float: f64| float.fract() == 0.0);
            if whole { NUMBER | INTEGER } else { NUMBER }
        }
        Content::Number(_) => NUMBER | INTEGER,
        Content::Text(_) => STRING,
        Content::Array(_) => ARRAY,
        Content::Object(_) => OBJECT,
    }
}

/// Whether a value is the one that a JSON text in generated code stands for.
fn is(value: &Content<'_>, json: &'static str) -> bool {
    match value {
        // The most frequent case without parsing: a string whose text needs no escapes.
        Content::Text(text) if !json.contains('\\') => {
            json.strip_prefix('"')
                .and_then(|rest| rest.strip_suffix('"'))
                == Some(text)
        }
        _ => is_json(&Value::from(value.clone()), json),
    }
}

/// An enum of several types, made by [`union!`](crate::union!).
#[doc(hidden)]
pub trait Union: Sized + 'static {
    /// The property that names the variant.
    const DISCRIMINATOR: Option<&'static str>;

    /// The look of each variant.
    const BRANCHES: &'static [Branch];

    /// Whether there is a variant for all else.
    const IS_OPEN: bool;

    /// Reads a value as the variant of this index; it stays as it is where it is no such variant, or where another
    /// may be tried afterwards. The variant for all else, if there is one, has the index after the last branch.
    fn read_variant(index: usize, value: &mut Content<'_>, attempt: Attempt) -> Option<Self>;
}

/// Reads a value as a variant. An enum without a variant for all else has none for what its types know nothing of, either.
pub fn read_variant<T: Wire, U: Union>(
    value: &mut Content<'_>,
    attempt: Attempt,
    variant: fn(T) -> U,
) -> Option<U> {
    let read = match attempt.keep {
        true => T::read(&*value).ok(),
        false => match T::from_value(std::mem::replace(value, Content::Null)) {
            Ok(read) => Some(read),
            Err(unread) => {
                *value = unread;
                None
            }
        },
    };
    read.filter(|read| U::IS_OPEN || read.known() == Known::Fully)
        .map(variant)
}

/// The degree to which something is known of a value that no variant takes.
pub fn known<T: Union>(value: &Value) -> Known {
    let named = T::DISCRIMINATOR.and_then(|name| value.as_object()?.get(name)?.as_str());
    named.map_or(Known::NotAtAll, |_| Known::ByName)
}

/// Reads a union.
///
/// # Errors
///
/// When the input is malformed.
pub fn read_union<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let (content, text) = look::read(deserializer)?;
    let is_taken = |it: &Content<'_>| T::BRANCHES.iter().any(|branch| branch.rank(it).is_some());
    let text = text.filter(|text| !is_taken(&content) && is_taken(text));
    choose(text.unwrap_or(content)).map_err(|_| D::Error::custom("a value that no variant takes"))
}

/// The variant that a value is.
///
/// # Errors
///
/// Gives the value back if no variant takes it, and there is none for all else.
pub fn choose<T: Union>(mut value: Content<'_>) -> Result<T, Content<'_>> {
    choose_within(&mut value, false).ok_or(value)
}

/// The same inside of a union; with whether a discriminator of that is absent.
fn choose_within<T: Union>(value: &mut Content<'_>, untagged: bool) -> Option<T> {
    let _level = Level::enter(value);
    let is_absent = |name| value.is_object() && value.get(name).is_none();
    let mut attempt = Attempt {
        keep: false,
        untagged: untagged || T::DISCRIMINATOR.is_some_and(is_absent),
    };
    let before = unknown::count();
    if let Some(index) = selected::<T>(value) {
        let read = T::read_variant(index, value, attempt);
        return read.or_else(|| none::<T>(value, before));
    }
    let mut count = 0;
    let best = candidates::<T>(value).inspect(|_| count += 1).min();
    let Some((_, best)) = best else {
        return none::<T>(value, before);
    };
    attempt.keep = count > 1;
    let read = T::read_variant(best, value, attempt);
    match read {
        Some(read) if !attempt.keep || unknown::count() == before => Some(read),
        read => next_best(value, attempt, read, before),
    }
}

/// A value that is none of the variants.
fn none<T: Union>(value: &mut Content<'_>, before: usize) -> Option<T> {
    unknown::reset(before);
    unknown::note();
    T::read_variant(T::BRANCHES.len(), value, Attempt::default())
}

/// The text of a discriminator, or of the Boolean or number that it is.
fn selector<'v>(value: &'v Content<'_>) -> Option<Cow<'v, str>> {
    match value {
        Content::Text(text) => Some(Cow::Borrowed(text)),
        Content::Bool(true) => Some(Cow::Borrowed("true")),
        Content::Bool(false) => Some(Cow::Borrowed("false")),
        Content::Number(number) => Some(Cow::Borrowed(number)),
        _ => None,
    }
}

/// The one variant that a discriminator selects, which then nothing else decides about.
fn selected<T: Union>(value: &Content<'_>) -> Option<usize> {
    let selector = selector(value.get(T::DISCRIMINATOR?)?)?;
    let mut selected = T::BRANCHES
        .iter()
        .enumerate()
        .filter(|(_, branch)| branch.discriminators.contains(&&*selector));
    match (selected.next(), selected.next()) {
        (Some((index, _)), None) => Some(index),
        _ => None,
    }
}

/// The variant after the best one could not be read, or fits only through something unknown.
#[cold]
fn next_best<T: Union>(
    value: &mut Content<'_>,
    attempt: Attempt,
    mut best: Option<T>,
    before: usize,
) -> Option<T> {
    let mut ranked: Vec<_> = candidates::<T>(value).collect();
    ranked.sort_unstable();
    for (_, index) in ranked.into_iter().skip(1) {
        if !Level::may_retry(value) {
            break;
        }
        unknown::reset(before);
        let read = T::read_variant(index, value, attempt);
        if read.is_some() && unknown::count() == before {
            return read;
        }
        best = best.or(read);
    }
    if best.is_none() {
        return none::<T>(value, before);
    }
    unknown::reset(before);
    unknown::note();
    best
}

/// The variants that a value can be. Equals go in the order of the document.
fn candidates<T: Union>(value: &Content<'_>) -> impl Iterator<Item = (Rank, usize)> {
    let property = T::DISCRIMINATOR.and_then(|name| value.get(name));
    let selector = property.and_then(selector);
    let selects = |branch: &Branch, selector: &Option<Cow<'_, str>>| {
        selector
            .as_deref()
            .is_some_and(|value| branch.discriminators.contains(&value))
    };
    let selected = T::BRANCHES.iter().any(|branch| selects(branch, &selector));
    // A value that is no text and selects nothing is no discriminator.
    let selector =
        selector.filter(|_| selected || property.is_some_and(|it| it.as_str().is_some()));
    let branches = T::BRANCHES.iter().enumerate();
    branches.filter_map(move |(index, branch)| {
        let rank = match &selector {
            // The mapping decides, even where the object looks like another variant.
            Some(_) if selects(branch, &selector) => branch.rank(value).unwrap_or(LAST),
            Some(_) if selected => return None,
            Some(_) if !branch.discriminators.is_empty() && !branch.any_other => return None,
            _ => branch.rank(value)?,
        };
        Some((rank, index))
    })
}

const LAST: Rank = (Fit::Unlisted, Reverse(0), usize::MAX, Reverse(0));

/// How many values the unions inside a union may look at again for each value that there is in it, after
/// their first choice failed. Without a limit, hostile input that fails late could double the work at each
/// level of nesting. As it is, all work grows with the input, however it is cut into unions.
const RETRIES_PER_VALUE: usize = 32;

/// How many values the unions inside the unions of one body may look at again, all together: it ends
/// what a body of the largest size could cost, while a body of a megabyte never gets there. It refuses
/// nothing: what is looked at later is kept as JSON where the best variant can't be read.
const RETRIES_PER_BODY: usize = 16_000_000;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static RETRIES: Cell<usize> = const { Cell::new(0) };
    static RETRIES_OF_BODY: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// Reads a body, whose unions share their retries.
pub(crate) fn within_a_body<T>(read: impl FnOnce() -> T) -> T {
    Body::enter(RETRIES_PER_BODY).read(read)
}

/// A body that is being read; after it, there are the retries that there were before it.
struct Body {
    before: usize,
}

impl Body {
    fn enter(retries: usize) -> Self {
        let before = RETRIES_OF_BODY.get();
        RETRIES_OF_BODY.set(before.min(retries));
        Self { before }
    }

    fn read<T>(self, read: impl FnOnce() -> T) -> T {
        read()
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        RETRIES_OF_BODY.set(self.before);
    }
}

/// One union inside others. The outermost brings the retries of all.
struct Level;

impl Level {
    fn enter(value: &Content<'_>) -> Self {
        let depth = DEPTH.get();
        if depth == 0 {
            RETRIES.set(value.size().saturating_mul(RETRIES_PER_VALUE));
        }
        DEPTH.set(depth + 1);
        Self
    }

    fn may_retry(value: &Content<'_>) -> bool {
        if DEPTH.get() <= 1 {
            return true;
        }
        let size = value.size();
        let left = |retries: usize| retries.checked_sub(size);
        match (left(RETRIES.get()), left(RETRIES_OF_BODY.get())) {
            (Some(left), Some(left_of_body)) => {
                RETRIES.set(left);
                RETRIES_OF_BODY.set(left_of_body);
                true
            }
            _ => false,
        }
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get().saturating_sub(1));
    }
}

#[cfg(test)]
mod tests;
