//! Structs to objects.

use super::bits::Bits;
use super::fields::Fields;
use super::format::Write;
use super::{Field, Record, is_left_out};
use crate::data::{Map, Wire};
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
        fields: T::SHAPE.fields,
        map: serializer.serialize_map(None)?,
        next: 0,
        skipped: Bits::default(),
        error: None,
    };
    T::Fields::write(record.fields(), T::SHAPE.fields, &mut writer);
    match writer.error {
        None => writer.map.end(),
        Some(error) => Err(error),
    }
}

/// The first failure sticks, and nothing is written after it.
struct MapWriter<M: SerializeMap> {
    fields: &'static [Field],
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

    #[cold]
    fn others<T: Wire>(&mut self, rest: &Map<T>) {
        for (name, value) in rest {
            let field = self.fields.iter().position(|(field, _)| field == name);
            if field.is_none_or(|index| self.skipped.contains(index)) {
                self.entry(name, value);
            }
        }
    }
}

impl<M: SerializeMap> Write for MapWriter<M> {
    // Inlined, because what surrounds writing a value costs more as a call than in place.
    #[inline(always)]
    fn field<T: Wire>(&mut self, (name, presence): &'static Field, value: &T) {
        if is_left_out(value, *presence) {
            self.skipped.insert(self.next);
        } else {
            self.entry(name, value);
        }
        self.next += 1;
    }

    #[inline(always)]
    fn rest<T: Wire>(&mut self, rest: &Map<T>) {
        self.others(rest);
    }
}
