//! Structs for developers to look at.

use super::{Record, Write};
use crate::{Map, Maybe, Wire};
use std::fmt::{Debug, DebugStruct, Formatter, Result};

/// Shows a struct with its properties, without those that are absent.
///
/// # Errors
///
/// When the formatter fails.
pub fn debug_record<T: Record>(record: &T, f: &mut Formatter<'_>) -> Result {
    let mut writer = DebugWriter(f.debug_struct(T::NAME));
    record.write(&mut writer);
    writer.0.finish()
}

struct DebugWriter<'f, 'b>(DebugStruct<'f, 'b>);

impl DebugWriter<'_, '_> {
    fn show(&mut self, name: &str, value: &dyn Debug) {
        self.0.field(name, value);
    }
}

impl<'a> Write<'a> for DebugWriter<'_, '_> {
    fn required<T: Wire>(&mut self, name: &'static str, value: &'a T) {
        self.show(name, value);
    }

    fn optional<T: Wire>(&mut self, name: &'static str, value: &'a Option<T>) {
        if value.is_some() {
            self.show(name, value);
        }
    }

    fn maybe<T: Wire>(&mut self, name: &'static str, value: &'a Maybe<T>) {
        if !matches!(value, Maybe::Absent) {
            self.show(name, value);
        }
    }

    fn rest<T: Wire>(&mut self, rest: Option<&'a Map<T>>) {
        // These names come from outside: they are shown as text is, with escapes.
        for (name, value) in rest.into_iter().flatten() {
            self.show(&format!("{name:?}"), value);
        }
    }
}
