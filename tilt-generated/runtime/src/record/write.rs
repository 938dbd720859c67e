//! Structs to objects.

use super::bits::Bits;
use super::{Record, Write};
use crate::{Map, Maybe, Wire};
use serde::ser::{SerializeMap, Serializer};

/// Writes a struct as an object.
///
/// # Errors
///
/// When the serializer fails, or a number is not finite.
pub fn write_record<T: Record, S: Serializer>(
    record: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut writer = MapWriter {
        fields: T::FIELDS,
        map: serializer.serialize_map(None)?,
        next: 0,
        skipped: Bits::default(),
        error: None,
    };
    record.write(&mut writer);
    match writer.error {
        None => writer.map.end(),
        Some(error) => Err(error),
    }
}

/// The first failure sticks, and nothing is written after it.
struct MapWriter<M: SerializeMap> {
    fields: &'static [&'static str],
    map: M,
    next: usize,
    skipped: Bits,
    error: Option<M::Error>,
}

impl<M: SerializeMap> MapWriter<M> {
    #[inline(always)]
    fn entry<T: Wire>(&mut self, name: &str, value: &T) {
        if self.error.is_none()
            && let Err(error) = self.map.serialize_entry(name, value)
        {
            self.fail(error);
        }
    }

    #[cold]
    fn fail(&mut self, error: M::Error) {
        self.error = Some(error);
    }

    #[inline(always)]
    fn skip(&mut self) {
        self.skipped.insert(self.next);
        self.next += 1;
    }

    #[cold]
    fn others<T: Wire>(&mut self, rest: &Map<T>) {
        for (name, value) in rest {
            let field = self.fields.iter().position(|field| field == name);
            if field.is_none_or(|index| self.skipped.contains(index)) {
                self.entry(name, value);
            }
        }
    }
}

impl<'a, M: SerializeMap> Write<'a> for MapWriter<M> {
    // Inlined, because what surrounds writing a value costs more as a call than in place.
    #[inline(always)]
    fn required<T: Wire>(&mut self, name: &'static str, value: &'a T) {
        self.next += 1;
        self.entry(name, value);
    }

    #[inline(always)]
    fn optional<T: Wire>(&mut self, name: &'static str, value: &'a Option<T>) {
        match value {
            Some(value) => self.required(name, value),
            None => self.skip(),
        }
    }

    fn maybe<T: Wire>(&mut self, name: &'static str, value: &'a Maybe<T>) {
        match value {
            Maybe::Value(value) => self.required(name, value),
            Maybe::Null => self.required(name, &()),
            Maybe::Absent => self.skip(),
        }
    }

    #[inline(always)]
    fn rest<T: Wire>(&mut self, rest: Option<&'a Map<T>>) {
        if let Some(rest) = rest {
            self.others(rest);
        }
    }
}
