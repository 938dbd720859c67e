//! JSON objects as structs.

mod bits;
mod compare;
mod debug;
mod read;
mod write;

use crate::{Extra, Map, Maybe, Value, Wire};

pub use compare::equal_records;
pub use debug::debug_record;
pub use read::read_record;
pub use write::write_record;

/// A struct that [`record!`](crate::record) made readable and writable.
pub trait Record: Sized {
    /// The struct's name.
    const NAME: &'static str;

    /// The properties that have a field, in the order in which they are written.
    const FIELDS: &'static [&'static str];

    /// Reads an object.
    fn read<R: Read>(r: &mut R) -> Result<Self, R::Error>;

    /// Writes each field in the order of [`FIELDS`](Self::FIELDS), then the rest.
    fn write<'a, W: Write<'a>>(&'a self, w: &mut W);
}

/// An object that is being read.
pub trait Read: Sized {
    /// Why reading failed.
    type Error;

    /// Reads all properties: each into the slot at the index of its name in
    /// [`Record::FIELDS`], and those with no slot into the rest. The first failure ends the reading.
    fn fields(
        &mut self,
        slots: &mut [&mut dyn Slot<Self>],
        rest: &mut dyn Rest<Self>,
    ) -> Result<(), Self::Error>;

    /// Reads the value of the current property to where it goes.
    fn value<T: Wire>(&mut self, place: &mut Option<T>) -> Result<(), Self::Error>;

    /// The same, where the value may be null. A null that `T` has no value for is remembered.
    fn value_or_null<T: Wire>(&mut self, place: &mut Option<T>) -> Result<(), Self::Error>;

    /// Whether a null was read since this was last asked.
    fn was_null(&mut self) -> bool;

    /// Fails because one of the required properties is missing; each has its field's name beside it.
    fn missing<T>(&mut self, required: &[(&'static str, &'static str)]) -> Result<T, Self::Error>;
}

/// What a struct's fields are shown to, one after the other.
pub trait Write<'a> {
    /// A property that is always there.
    fn required<T: Wire>(&mut self, name: &'static str, value: &'a T);

    /// A property that is left out where there is no value.
    fn optional<T: Wire>(&mut self, name: &'static str, value: &'a Option<T>);

    /// A property that is null where there is no value.
    fn nullable<T: Wire>(&mut self, name: &'static str, value: &'a Option<T>) {
        self.required(name, value);
    }

    /// A property that is left out, null, or a value.
    fn maybe<T: Wire>(&mut self, name: &'static str, value: &'a Maybe<T>);

    /// The properties that have no field.
    fn rest<T: Wire>(&mut self, rest: Option<&'a Map<T>>);
}

/// Where a field goes until all fields of its struct are read. An [`Option`] is the slot of an
/// optional property, a [`Maybe`] its own.
pub trait Slot<R: Read> {
    /// Takes the value of the current property.
    fn read(&mut self, r: &mut R) -> Result<(), R::Error>;
}

/// The slot of a required property.
pub struct Required<T>(pub Option<T>);

/// The slot of a property that must be there and may be null.
pub struct Nullable<T>(pub Option<T>);

impl<R: Read, T: Wire> Slot<R> for Required<T> {
    fn read(&mut self, r: &mut R) -> Result<(), R::Error> {
        r.value(&mut self.0)
    }
}

impl<R: Read, T: Wire> Slot<R> for Option<T> {
    fn read(&mut self, r: &mut R) -> Result<(), R::Error> {
        r.value_or_null(self)
    }
}

impl<R: Read, T: Wire> Slot<R> for Nullable<T> {
    fn read(&mut self, r: &mut R) -> Result<(), R::Error> {
        r.value_or_null(&mut self.0)?;
        r.was_null();
        Ok(())
    }
}

impl<R: Read, T: Wire> Slot<R> for Maybe<T> {
    fn read(&mut self, r: &mut R) -> Result<(), R::Error> {
        let mut value = None;
        r.value_or_null(&mut value)?;
        r.was_null();
        *self = value.map_or(Maybe::Null, Maybe::Value);
        Ok(())
    }
}

/// Where the properties go that have no field.
pub trait Rest<R: Read> {
    /// Takes the current property.
    fn keep(&mut self, name: String, r: &mut R) -> Result<(), R::Error>;

    /// Takes a null in place of a value that may be absent, but not null.
    fn keep_null(&mut self, name: &str);
}

impl<R: Read> Rest<R> for Extra {
    fn keep(&mut self, name: String, r: &mut R) -> Result<(), R::Error> {
        let mut place = None::<Value>;
        r.value(&mut place)?;
        if let Some(value) = place {
            self.insert(name, value);
        }
        Ok(())
    }

    fn keep_null(&mut self, name: &str) {
        self.insert(name, Value::Null);
    }
}

impl<R: Read, T: Wire> Rest<R> for Map<T> {
    fn keep(&mut self, name: String, r: &mut R) -> Result<(), R::Error> {
        let mut place = None;
        r.value(&mut place)?;
        if let Some(value) = place {
            self.insert(name, value);
        }
        Ok(())
    }

    /// A null goes in where it is a value of `T`. Elsewhere it cannot be kept, so generated structs
    /// with other properties of one type have no field that takes no null: see [`Maybe`].
    fn keep_null(&mut self, name: &str) {
        if let Some(null) = T::null() {
            self.insert(name.to_owned(), null);
        }
    }
}

/// What the catch-all field of a struct can be: [`Extra`] or a [`Map`].
pub trait Others {
    /// The type of a property's value.
    type Value: Wire;

    /// The properties, if there are any.
    fn others(&self) -> Option<&Map<Self::Value>>;
}

impl Others for Extra {
    type Value = Value;

    fn others(&self) -> Option<&Map<Value>> {
        self.map()
    }
}

impl<T: Wire> Others for Map<T> {
    type Value = T;

    fn others(&self) -> Option<&Map<T>> {
        (!self.is_empty()).then_some(self)
    }
}

/// Makes a struct readable, writable, comparable and fit for `{:?}`: one line for each field, in the
/// order of writing.
///
/// `Debug` shows properties by the names that travel, and leaves out those that are absent.
///
/// The word before the field says whether the property may be absent or null:
///
/// | word | type of the field, for a `T` in the line | absent | null |
/// |---|---|---|---|
/// | `required` | `T` | error | error, unless `T` can be null |
/// | `optional` | `Option<T>` | `None` | `None`, and a null in the rest |
/// | `nullable` | `Option<T>` | `None` | `None` |
/// | `maybe` | [`Maybe<T>`](crate::Maybe) | `Absent` | `Null` |
///
/// The last line names the field that keeps all other properties: an [`Extra`](crate::Extra), or a
/// [`Map`](crate::Map) where they have a type.
///
/// Types stand here again because the compiler is an eighth faster where it need not infer them.
///
/// ```
/// use tilt_runtime as rt;
///
/// #[derive(Clone)]
/// pub struct Refund {
///     pub amount_cents: i64,
///     pub reason: Option<String>,
///     pub extra: rt::Extra,
/// }
///
/// rt::record! {
///     Refund {
///         required amount_cents: i64 = "amount_cents",
///         optional reason: String = "reason",
///         rest extra: rt::Extra,
///     }
/// }
///
/// let refund: Refund = serde_json::from_str(r#"{"amount_cents": 500, "new": true}"#)?;
/// assert_eq!(refund.extra.get("new"), Some(&rt::Value::Bool(true)));
/// assert_eq!(format!("{refund:?}"), r#"Refund { amount_cents: 500, "new": Bool(true) }"#);
/// assert_eq!(refund, refund.clone());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! record {
    ($type:ident { $(
        $(required $required:ident: $required_type:ty = $required_name:literal)?
        $(optional $optional:ident: $optional_type:ty = $optional_name:literal)?
        $(nullable $nullable:ident: $nullable_type:ty = $nullable_name:literal)?
        $(maybe $maybe:ident: $maybe_type:ty = $maybe_name:literal)?
    ,)* rest $rest:ident: $rest_type:ty $(,)? }) => {
        impl $crate::Record for $type {
            const NAME: &'static str = stringify!($type);

            const FIELDS: &'static [&'static str] = &[$(
                $($required_name)? $($optional_name)? $($nullable_name)? $($maybe_name)?
            ),*];

            fn read<R: $crate::Read>(r: &mut R) -> Result<Self, R::Error> {
                $(
                    $(let mut $required = $crate::Required::<$required_type>(None);)?
                    $(let mut $optional = None::<$optional_type>;)?
                    $(let mut $nullable = $crate::Nullable::<$nullable_type>(None);)?
                    $(let mut $maybe = $crate::Maybe::<$maybe_type>::Absent;)?
                )*
                let mut rest = <$rest_type>::new();
                // Not `?`, which is two traits to look up; and one pattern for all that is required, since
                // a branch for each costs the compiler half as much again.
                match r.fields(
                    &mut [$( $(&mut $required)? $(&mut $optional)? $(&mut $nullable)? $(&mut $maybe)? ),*],
                    &mut rest,
                ) {
                    Err(error) => Err(error),
                    Ok(()) => {
                        let (Some(()), $($($crate::Required(Some($required)),)?)*) =
                            (Some(()), $($($required,)?)*)
                        else {
                            return r.missing(&[$($(($required_name, stringify!($required)),)?)*]);
                        };
                        Ok(Self {
                            $( $($required)? $($optional)? $($nullable: $nullable.0)? $($maybe)?, )*
                            $rest: rest,
                        })
                    }
                }
            }

            fn write<'a, W: $crate::Write<'a>>(&'a self, w: &mut W) {
                $(
                    $(w.required($required_name, &self.$required);)?
                    $(w.optional($optional_name, &self.$optional);)?
                    $(w.nullable($nullable_name, &self.$nullable);)?
                    $(w.maybe($maybe_name, &self.$maybe);)?
                )*
                w.rest($crate::Others::others(&self.$rest));
            }
        }

        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::debug_record(self, f)
            }
        }

        impl ::core::cmp::PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                $crate::equal_records(self, other)
            }
        }

        $crate::__wire!($type, $crate::read_record, $crate::write_record);
    };
}

/// The three implementations that every generated type has.
#[doc(hidden)]
#[macro_export]
macro_rules! __wire {
    ($type:ident, $read:path, $write:path) => {
        impl $crate::Wire for $type {}

        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                $write(self, s)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                $read(d)
            }
        }
    };
}
