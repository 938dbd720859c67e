//! Structs for developers to look at.

use super::fields::Fields;
use super::format::Write;
use super::rest::Rest;
use super::{Field, Record, is_left_out};
use crate::data::shown::{Hidden, Shown, Undescribed};
use crate::data::{Map, Wire};
use std::fmt::{Debug, DebugStruct, Formatter, Result};

/// Shows a struct with its properties, without those that are absent.
///
/// # Errors
///
/// When the formatter fails.
pub fn debug_record<T: Record>(record: &T, f: &mut Formatter<'_>) -> Result {
    if let Some(instead) = T::Fields::rest_of(record.fields()).instead() {
        let instead = Undescribed(instead);
        return f.debug_tuple(T::SHAPE.name).field(&instead).finish();
    }
    let mut writer = DebugWriter {
        shown: f.debug_struct(T::SHAPE.name),
        hidden: T::SHAPE.hidden,
    };
    T::Fields::write(record.fields(), T::SHAPE.fields, &mut writer);
    writer.shown.finish()
}

struct DebugWriter<'f, 'b> {
    shown: DebugStruct<'f, 'b>,
    hidden: &'static [&'static str],
}

impl DebugWriter<'_, '_> {
    fn show(&mut self, name: &str, value: &dyn Debug) {
        self.shown.field(name, value);
    }
}

impl Write for DebugWriter<'_, '_> {
    fn field<T: Wire>(&mut self, (name, presence): &'static Field, value: &T) {
        if !is_left_out(value, *presence) {
            match self.hidden.contains(name) {
                true => self.show(name, &Hidden),
                false => self.show(name, &Shown(value)),
            }
        }
    }

    fn rest<T: Wire>(&mut self, rest: &Map<T>) {
        // These names come from outside: they are shown as text is, with escapes.
        for (name, value) in rest {
            let shown = format!("{name:?}");
            match self.hidden.contains(&name.as_str()) {
                true => self.show(&shown, &Hidden),
                false => self.show(&shown, &Shown(value)),
            }
        }
    }
}
