//! The fields of a struct as tuples, which is where the work on them is done once for all structs.

use super::format::Write;
use super::rest::Rest;
use super::{Field, Presence};
use crate::data::bits::Bits;
use crate::data::wire::Read;
use crate::data::{Extra, Map, Wire};

/// All fields of a struct: a tuple of at most twelve, then what follows in the same way, down to
/// the field that keeps all other properties.
#[doc(hidden)]
pub trait Fields: Sized + 'static {
    /// The same, borrowed.
    type Refs<'a>: Copy + PartialEq;

    /// Where each goes until all are read.
    type Places: Default;

    /// The field for all other properties.
    type Rest: Rest;

    /// Reads the value of the current property, to the rest if its index is past the end.
    fn read<R: Read>(
        places: &mut Self::Places,
        index: usize,
        name: &mut String,
        r: &mut R,
    ) -> Result<(), R::Error>;

    /// The place of the rest.
    fn rest(places: &mut Self::Places) -> &mut Self::Rest;

    /// The name of a required property that was not read. Before it, all that were not are noted.
    fn missing(
        places: &Self::Places,
        fields: &[Field],
        absent: &mut Absent,
    ) -> Option<&'static str>;

    /// The rest of a struct.
    fn rest_of<'a>(refs: Self::Refs<'a>) -> &'a Self::Rest;

    /// The fields that were read.
    ///
    /// # Panics
    ///
    /// When something is [`missing`](Self::missing). (As a result, a large struct would be copied once
    /// more for each group.)
    fn take(places: &mut Self::Places) -> Self;

    /// Shows each field, then the rest.
    fn write<W: Write>(refs: Self::Refs<'_>, fields: &'static [Field], w: &mut W);

    /// A copy of each.
    fn cloned(refs: Self::Refs<'_>) -> Self;
}

/// The properties that an object has not.
#[doc(hidden)]
#[derive(Default)]
pub struct Absent {
    /// The index of the first field of the group that is looked at.
    pub(super) from: usize,
    /// The indices of fields for properties that are null where there is no value.
    pub(super) nullable: Bits,
    /// There is no object: a field is null where it cannot be absent.
    pub(super) is_of_nothing: bool,
}

macro_rules! groups {
    ($( $length:literal: $($name:ident $index:tt)*; )+) => { $(
        impl<$($name: Wire,)* More: Fields> Fields for (($($name,)*), More) {
            type Refs<'a> = (($(&'a $name,)*), More::Refs<'a>);

            type Places = (($(Option<$name>,)*), More::Places);

            type Rest = More::Rest;

            #[inline]
            fn read<R: Read>(
                places: &mut Self::Places,
                index: usize,
                name: &mut String,
                r: &mut R,
            ) -> Result<(), R::Error> {
                match index {
                    $($index => $name::read_field(&mut places.0.$index, r),)*
                    _ => More::read(&mut places.1, index - $length, name, r),
                }
            }

            fn rest(places: &mut Self::Places) -> &mut Self::Rest {
                More::rest(&mut places.1)
            }

            #[inline]
            fn missing(
                places: &Self::Places,
                fields: &[Field],
                absent: &mut Absent,
            ) -> Option<&'static str> {
                let (fields, more) = fields.split_at_checked($length).unwrap_or((fields, &[]));
                let mut fields = fields.iter();
                $(if let (None, Some(field)) = (&places.0.$index, fields.next())
                    && let Some(missing) = absent.of::<$name>($index, field)
                {
                    return Some(missing);
                })*
                absent.from += $length;
                More::missing(&places.1, more, absent)
            }

            #[inline]
            fn rest_of<'a>(refs: Self::Refs<'a>) -> &'a Self::Rest {
                More::rest_of(refs.1)
            }

            #[inline]
            fn take(places: &mut Self::Places) -> Self {
                (
                    ($(present(places.0.$index.take()),)*),
                    More::take(&mut places.1),
                )
            }

            #[inline]
            fn write<W: Write>(refs: Self::Refs<'_>, fields: &'static [Field], w: &mut W) {
                let (fields, more) = fields.split_at_checked($length).unwrap_or((fields, &[]));
                let mut fields = fields.iter();
                $(if let Some(field) = fields.next() {
                    w.field(field, refs.0.$index);
                })*
                More::write(refs.1, more, w);
            }

            #[inline]
            fn cloned(refs: Self::Refs<'_>) -> Self {
                (($(refs.0.$index.clone(),)*), More::cloned(refs.1))
            }
        }
    )+ };
}

groups! {
    1: A 0;
    2: A 0 B 1;
    3: A 0 B 1 C 2;
    4: A 0 B 1 C 2 D 3;
    5: A 0 B 1 C 2 D 3 E 4;
    6: A 0 B 1 C 2 D 3 E 4 F 5;
    7: A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    8: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
    9: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8;
    10: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9;
    11: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10;
    12: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11;
}

impl Absent {
    /// The name of a field that may not be absent.
    fn of<T: Wire>(&mut self, index: usize, (name, presence): &Field) -> Option<&'static str> {
        if *presence == Presence::Nullable {
            self.nullable.insert(self.from + index);
        }
        let is_required = matches!(presence, Presence::Required | Presence::Constant(_));
        let may_be_absent = match self.is_of_nothing {
            true => T::absent().or_else(T::null).is_some(),
            false => !is_required && T::absent().is_some(),
        };
        (!may_be_absent).then_some(name)
    }
}

/// The value that was read for a field, or the one that stands for its absence.
#[inline]
fn present<T: Wire>(place: Option<T>) -> T {
    match place {
        Some(value) => value,
        None => T::absent()
            .or_else(T::null)
            .expect("a field that may be absent: nothing is missing"),
    }
}

macro_rules! rests {
    ($([$($value:ident)?] $rest:ty: $map:ident => $shown:expr;)+) => { $(
        impl $(<$value: Wire>)? Fields for $rest {
            type Refs<'a> = &'a Self;
            type Places = Self;
            type Rest = Self;

            fn read<R: Read>(
                places: &mut Self,
                _: usize,
                name: &mut String,
                r: &mut R,
            ) -> Result<(), R::Error> {
                places.keep(std::mem::take(name), r)
            }

            fn rest(places: &mut Self) -> &mut Self {
                places
            }

            fn missing(_: &Self, _: &[Field], _: &mut Absent) -> Option<&'static str> {
                None
            }

            fn rest_of<'a>(refs: Self::Refs<'a>) -> &'a Self {
                refs
            }

            fn take(places: &mut Self) -> Self {
                std::mem::take(places)
            }

            #[inline]
            fn write<W: Write>($map: &Self, _: &'static [Field], w: &mut W) {
                if $map.is_untagged() {
                    w.untagged();
                }
                if let Some(map) = $shown {
                    w.rest(map);
                }
            }

            fn cloned(refs: &Self) -> Self {
                refs.clone()
            }
        }
    )+ };
}

rests! {
    [] Extra: extra => extra.map();
    [T] Map<T>: map => (!map.is_empty()).then_some(map);
}
