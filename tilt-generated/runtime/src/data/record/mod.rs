//! JSON objects as structs.

mod debug;
mod fields;
mod format;
mod read;
mod rest;
mod variant;
mod write;

use crate::data::Wire;
use crate::data::bits::Bits;

pub use debug::debug_record;
pub use fields::Fields;
pub use read::{read_any_record, read_record};
pub use variant::{read_record_variant, write_record_variant};
pub use write::write_record;

/// A struct that [`record!`](crate::record) made readable and writable.
///
/// Hidden, as all traits of this kind: the tuples of its fields would be most of what the documentation of a struct shows.
#[doc(hidden)]
pub trait Record: Sized {
    /// The struct as data.
    const SHAPE: &'static Shape;

    /// The types of the fields.
    type Fields: Fields;

    /// A struct with these fields.
    fn from_fields(fields: Self::Fields) -> Self;

    /// The fields.
    fn fields(&self) -> FieldRefs<'_, Self>;
}

/// The fields of a struct, borrowed.
pub type FieldRefs<'a, T> = <<T as Record>::Fields as Fields>::Refs<'a>;

/// All that is known of a struct beside the types of its fields.
pub struct Shape {
    /// The struct's name.
    pub name: &'static str,
    /// The properties that have a field, in the order in which they are written.
    pub fields: &'static [Field],
    /// The properties that are not shown.
    pub hidden: &'static [&'static str],
}

/// The name of a property, and whether it may be left out.
pub type Field = (&'static str, Presence);

/// Whether a property may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is always there.
    Required,
    /// It is always there, and always this text.
    Constant(&'static str),
    /// It is left out where there is no value.
    Optional,
    /// It is null where there is no value.
    Nullable,
}

/// Whether a value stands for a property that is left out.
fn is_left_out<T: Wire>(value: &T, presence: Presence) -> bool {
    value.is_absent() && presence == Presence::Optional
}

/// Whether a value was left out although it may only be null.
fn is_left_out_all_the_same<T: Wire>(
    value: &T,
    presence: Presence,
    index: usize,
    absent: Option<&Bits>,
) -> bool {
    presence == Presence::Nullable
        && absent.is_some_and(|absent| absent.contains(index))
        && value.is_absent()
}

/// A copy of a struct.
pub fn clone_record<T: Record>(record: &T) -> T {
    T::from_fields(T::Fields::cloned(record.fields()))
}

/// A struct with no properties.
pub fn default_record<T: Record<Fields: Default>>() -> T {
    T::from_fields(Default::default())
}

/// Whether all fields of two structs are equal.
pub fn equal_records<T: Record>(one: &T, other: &T) -> bool {
    one.fields() == other.fields()
}

/// Makes a struct readable, writable, comparable, and fit for `clone` and `{:?}`: one line for each
/// field, in the order of writing, in groups of at most twelve.
///
/// After `: Default` it implements that as well, for a struct that requires nothing.
///
/// `Debug` shows properties by the names that travel, and leaves out those that are absent. Of those that no field
/// names, it shows the form; of those in a list that follows after `hides`, nothing.
///
/// With `takes any` before the fields, a value that is no object is kept as [`Extra::instead`](crate::Extra::instead): the
/// document names no type. No property of such a struct is required, unless it may be null.
///
/// The word before the field says whether the property may be absent, and what stands for absence:
///
/// | word | type of the field | read when absent | read when null | written without a value |
/// |---|---|---|---|---|
/// | `Constant("text")` | [`Constant`](crate::Constant) | error | error | the text |
/// | `Required` | any | error | error, unless the type has a value for null | null |
/// | `Optional` | `Option<T>` | `None` | `None`, and a null in the rest if that takes one | left out |
/// | `Optional` | [`Maybe<T>`](crate::Maybe) | `Absent` | `Null` | left out; null for `Null` |
/// | `Nullable` | `Option<T>` | `None` | `None` | null; left out where it was read so |
///
/// Where `T` itself has a value for null, as [`Value`](crate::Value) does, null is read as that.
///
/// The last line names the field that keeps all other properties: an [`Extra`](crate::Extra), or a
/// [`Map`](crate::Map) where they have a type.
///
/// Its expansion has nothing to infer and nothing generic: a list of names, and the fields as
/// tuples. All work is done on these, in the runtime, so that a struct costs the compiler little.
///
/// ```
/// use tilt_runtime as rt;
///
/// pub struct Refund {
///     pub amount_cents: i64,
///     pub reason: Option<String>,
///     pub extra: rt::Extra,
/// }
///
/// rt::record! {
///     Refund {
///         Required amount_cents: i64 = "amount_cents",
///         Optional reason: Option<String> = "reason";
///         ..extra: rt::Extra,
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
    ($type:ident $(: $default:ident)? $(takes $any:ident)? {
        $( $($presence:ident $(($constant:literal))? $field:ident: $field_type:ty = $name:literal),+; )*
        ..$rest:ident: $rest_type:ty $(,)?
    } $(hides [$($hidden:literal),* $(,)?])?) => {
        impl $crate::Record for $type {
            const SHAPE: &'static $crate::Shape = &$crate::Shape {
                name: stringify!($type),
                fields: &[$($(($name, $crate::Presence::$presence $(($constant))?),)+)*],
                hidden: &[$($($hidden),*)?],
            };

            type Fields = $crate::__nest!($(($($field_type,)+))* $rest_type);

            #[inline]

            fn from_fields($crate::__nest!($(($($field,)+))* $rest): Self::Fields) -> Self {
                Self { $($($field,)+)* $rest }
            }

            #[inline]

            fn fields(&self) -> $crate::FieldRefs<'_, Self> {
                $crate::__nest!($(($(&self.$field,)+))* (&self.$rest))
            }
        }

        impl ::core::clone::Clone for $type {
            #[inline]
            fn clone(&self) -> Self {
                $crate::clone_record(self)
            }
        }

        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::debug_record(self, f)
            }
        }

        impl ::core::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::equal_records(self, other)
            }
        }

        $(impl ::core::default::$default for $type {
            #[inline]
            fn default() -> Self {
                $crate::default_record()
            }
        })?

        $crate::__wire!($type $(takes $any)?, $crate::read_record, $crate::write_record);
    };
}

/// Groups of fields, each beside all that follow.
#[doc(hidden)]
#[macro_export]
macro_rules! __nest {
    ($rest:tt) => { $rest };
    ($fields:tt $rest:tt) => { ($fields, $rest) };
    ($fields:tt $($more:tt)+) => { ($fields, $crate::__nest!($($more)+)) };
}

/// The three implementations that every generated type has.
#[doc(hidden)]
#[macro_export]
macro_rules! __wire {
    ($type:ident takes any, $read:path, $write:path) => {
        $crate::__wire!($type, $crate::read_any_record, $write);
    };
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
