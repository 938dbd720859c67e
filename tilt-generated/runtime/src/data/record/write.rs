//! Structs to objects.

use super::fields::Fields;
use super::format::Write;
use super::rest::Rest;
use super::{Field, Record, is_left_out, is_left_out_all_the_same};
use crate::data::bits::Bits;
use crate::data::{Map, Wire, union::Tags};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Writes a struct as an object.
///
/// # Errors
///
/// When the serializer fails, or a number is not finite.
pub fn write_record<T: Record, S: Serializer>(
    record: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    write_tagged_record(record, None, serializer)
}

/// Writes a struct as an object with the discriminators of the unions around it.
///
/// # Errors
///
/// As for [`write_record`].
pub(crate) fn write_tagged_record<T: Record, S: Serializer>(
    record: &T,
    tags: Option<&Tags<'_>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if let Some(instead) = T::Fields::rest_of(record.fields()).instead()
        && is_empty(record)
    {
        return instead.serialize(serializer);
    }
    let mut writer = MapWriter {
        fields: T::SHAPE.fields,
        map: serializer.serialize_map(None)?,
        next: 0,
        skipped: Bits::default(),
        absent: T::Fields::rest_of(record.fields()).absent(),
        tags,
        met: Bits::default(),
        error: None,
    };
    T::Fields::write(record.fields(), T::SHAPE.fields, &mut writer);
    if tags.is_some() {
        writer.absent_tags();
    }
    match writer.error {
        None => writer.map.end(),
        Some(error) => Err(error),
    }
}

/// Whether a struct has no properties.
#[cold]
fn is_empty<T: Record>(record: &T) -> bool {
    let mut empty = Emptiness(true);
    T::Fields::write(record.fields(), T::SHAPE.fields, &mut empty);
    empty.0
}

struct Emptiness(bool);

impl Write for Emptiness {
    fn field<T: Wire>(&mut self, _: &'static Field, value: &T) {
        self.0 &= value.is_absent() || T::null().is_some_and(|null| null == *value);
    }

    fn rest<T: Wire>(&mut self, rest: &Map<T>) {
        self.0 &= rest.is_empty();
    }
}

/// The first failure sticks, and nothing is written after it.
struct MapWriter<'t, M: SerializeMap> {
    fields: &'static [Field],
    map: M,
    next: usize,
    skipped: Bits,
    /// The fields that were not there when the struct was read, and that may only be null.
    absent: Option<&'t Bits>,
    tags: Option<&'t Tags<'t>>,
    /// The tags, from within, that were written or are left out.
    met: Bits,
    error: Option<M::Error>,
}

impl<M: SerializeMap> MapWriter<'_, M> {
    #[inline(always)]
    fn entry<T: Wire>(&mut self, name: &str, value: &T) {
        if self.tags.is_some()
            && let Some(tag) = self.tag(name, value.text())
        {
            self.plain_entry(name, tag);
        } else {
            self.plain_entry(name, value);
        }
    }

    #[inline(always)]
    fn plain_entry<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
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

    /// The text in place of one that would select another variant.
    #[cold]
    fn tag(&mut self, name: &str, text: Option<&str>) -> Option<&'static str> {
        let tags = std::iter::successors(self.tags, |tags| tags.around);
        let named = tags.enumerate().filter(|(_, it)| it.property == name);
        let mut innermost = None;
        for (index, tags) in named {
            self.met.insert(index);
            innermost = innermost.or(Some(tags));
        }
        innermost?.instead_of(text?)
    }

    /// Writes the discriminators that the struct has not. Of several unions by one, the innermost knows best.
    #[cold]
    fn absent_tags(&mut self) {
        let tags = std::iter::successors(self.tags, |tags| tags.around);
        for (index, tags) in tags.enumerate() {
            if !self.met.contains(index)
                && let Some(value) = tags.value()
            {
                self.tag(tags.property, None);
                self.plain_entry(tags.property, &value);
            }
        }
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

impl<M: SerializeMap> Write for MapWriter<'_, M> {
    // Inlined, because what surrounds writing a value costs more as a call than in place.
    #[inline(always)]
    fn field<T: Wire>(&mut self, (name, presence): &'static Field, value: &T) {
        if is_left_out(value, *presence)
            || is_left_out_all_the_same(value, *presence, self.next, self.absent)
        {
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

    #[inline]
    fn untagged(&mut self) {
        let tags = std::iter::successors(self.tags, |tags| tags.around);
        (0..tags.count()).for_each(|index| self.met.insert(index));
    }
}
