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
    fn entry<T: Wire>(&mut self, name: &str, value: &T) {
        if self.error.is_none()
            && let Err(error) = self.map.serialize_entry(name, value)
        {
            self.error = Some(error);
        }
    }

    fn skip(&mut self) {
        self.skipped.insert(self.next);
        self.next += 1;
    }
}

impl<'a, M: SerializeMap> Write<'a> for MapWriter<M> {
    fn required<T: Wire>(&mut self, name: &'static str, value: &'a T) {
        self.next += 1;
        self.entry(name, value);
    }

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

    fn rest<T: Wire>(&mut self, rest: Option<&'a Map<T>>) {
        for (name, value) in rest.into_iter().flatten() {
            let field = self.fields.iter().position(|field| field == name);
            if field.is_none_or(|index| self.skipped.contains(index)) {
                self.entry(name, value);
            }
        }
    }
}
