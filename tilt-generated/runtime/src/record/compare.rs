//! Structs compared with structs.

use super::{Record, Write};
use crate::{Map, Maybe, Wire};
use std::any::Any;

/// Whether all fields of two structs are equal.
pub fn equal_records<T: Record>(one: &T, other: &T) -> bool {
    let mut collected = Collected(Vec::with_capacity(T::FIELDS.len() + 1));
    other.write(&mut collected);
    let mut compared = Compared {
        others: collected.0.into_iter(),
        equal: true,
    };
    one.write(&mut compared);
    compared.equal
}

/// What stands for other properties where there are none.
const NOTHING: &() = &();

/// The fields of a struct.
struct Collected<'a>(Vec<&'a dyn Any>);

impl<'a> Write<'a> for Collected<'a> {
    fn required<T: Wire>(&mut self, _: &'static str, value: &'a T) {
        self.0.push(value);
    }

    fn optional<T: Wire>(&mut self, _: &'static str, value: &'a Option<T>) {
        self.0.push(value);
    }

    fn maybe<T: Wire>(&mut self, _: &'static str, value: &'a Maybe<T>) {
        self.0.push(value);
    }

    fn rest<T: Wire>(&mut self, rest: Option<&'a Map<T>>) {
        self.0.push(match rest {
            Some(rest) => rest,
            None => NOTHING,
        });
    }
}

/// A struct's fields beside those of another of the same type.
struct Compared<'a> {
    others: std::vec::IntoIter<&'a dyn Any>,
    equal: bool,
}

impl Compared<'_> {
    fn compare<T: Any + PartialEq>(&mut self, value: &T) {
        let other = self.others.next().and_then(|other| other.downcast_ref());
        self.equal = self.equal && other == Some(value);
    }
}

impl<'a> Write<'a> for Compared<'_> {
    fn required<T: Wire>(&mut self, _: &'static str, value: &'a T) {
        self.compare(value);
    }

    fn optional<T: Wire>(&mut self, _: &'static str, value: &'a Option<T>) {
        self.compare(value);
    }

    fn maybe<T: Wire>(&mut self, _: &'static str, value: &'a Maybe<T>) {
        self.compare(value);
    }

    fn rest<T: Wire>(&mut self, rest: Option<&'a Map<T>>) {
        match rest {
            Some(rest) => self.compare(rest),
            None => self.compare(NOTHING),
        }
    }
}
