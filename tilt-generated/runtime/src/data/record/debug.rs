//! Structs for developers to look at.

use super::fields::Fields;
use super::format::Write;
use super::{Field, Record, is_left_out};
use crate::data::{Map, Wire};
use std::fmt::{Debug, DebugStruct, Formatter, Result};

/// Shows a struct with its properties, without those that are absent.
///
/// # Errors
///
/// When the formatter fails.
pub fn debug_record<T: Record>(record: &T, f: &mut Formatter<'_>) -> Result {
    let mut writer = DebugWriter(f.debug_struct(T::SHAPE.name));
    T::Fields::write(record.fields(), T::SHAPE.fields, &mut writer);
    writer.0.finish()
}

struct DebugWriter<'f, 'b>(DebugStruct<'f, 'b>);

impl DebugWriter<'_, '_> {
    fn show(&mut self, name: &str, value: &dyn Debug) {
        self.0.field(name, value);
    }
}

impl Write for DebugWriter<'_, '_> {
    fn field<T: Wire>(&mut self, (name, presence): &'static Field, value: &T) {
        if !is_left_out(value, *presence) {
            self.show(name, value);
        }
    }

    fn rest<T: Wire>(&mut self, rest: &Map<T>) {
        // These names come from outside: they are shown as text is, with escapes.
        for (name, value) in rest {
            self.show(&format!("{name:?}"), value);
        }
    }
}
