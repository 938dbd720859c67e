//! The macros by which generated unions are readable and writable.

/// Makes an enum of several types readable and writable: one line for each variant, with what can
/// be known of it before it is read. A variant `Unknown(rt::Value)` keeps every other value. See
/// [the rules](mod@crate::union) by which the variant of a value is found.
///
/// ```
/// use tilt_runtime as rt;
///
/// #[derive(Clone, PartialEq)]
/// #[non_exhaustive]
/// pub enum Limit {
///     Count(i64),
///     Name(String),
///     Unknown(rt::Value),
/// }
///
/// rt::union! {
///     Limit {
///         Count = rt::Branch::of(rt::INTEGER),
///         Name = rt::Branch::of(rt::STRING),
///     }
/// }
///
/// let limits: Vec<Limit> = serde_json::from_str(r#"[5, "all", [true]]"#)?;
/// assert_eq!(limits[0], Limit::Count(5));
/// assert_eq!(serde_json::to_string(&limits)?, r#"[5,"all",[true]]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! union {
    ($type:ident $(by $discriminator:literal)? { $($variant:ident = $branch:expr,)* }) => {
        $crate::variants! {
            $type $(by $discriminator)? { $($variant = $branch,)* } else Unknown
        }

        $crate::__show_variants!($type { $($variant)* });

        impl $crate::Wire for $type {
            #[inline]
            fn from_value(
                value: $crate::Content<'_>,
            ) -> ::core::result::Result<Self, $crate::Content<'_>> {
                $crate::choose(value)
            }

            fn known(&self) -> $crate::Known {
                match self {
                    $(Self::$variant(value) => $crate::Wire::known(value),)*
                    Self::Unknown(value) => $crate::union::known::<Self>(value),
                }
            }
        }

        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::serde::Serialize::serialize(value, s),)*
                    Self::Unknown(value) => $crate::serde::Serialize::serialize(value, s),
                }
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                $crate::read_union(d)
            }
        }
    };
}

/// Makes an enum of several types readable and writable, as [`union!`](crate::union!) does, and writes the discriminator of
/// the variant: `record` stands behind variants that are structs, and `union` behind those that are such enums again.
///
/// ```
/// use tilt_runtime as rt;
///
/// pub struct Cat {
///     pub name: String,
///     pub extra: rt::Extra,
/// }
///
/// rt::record! {
///     Cat {
///         Required name: String = "name";
///         ..extra: rt::Extra,
///     }
/// }
///
/// #[derive(Clone, PartialEq)]
/// #[non_exhaustive]
/// pub enum Pet {
///     Cat(Box<Cat>),
///     Unknown(rt::Value),
/// }
///
/// rt::tagged_union! {
///     Pet by "kind" {
///         Cat = rt::Branch::of(rt::OBJECT).selected_by(&["cat"]) => record,
///     }
/// }
///
/// let name = "Tom".to_owned();
/// let pet = Pet::Cat(Box::new(Cat { name, extra: rt::Extra::new() }));
/// assert_eq!(serde_json::to_string(&pet)?, r#"{"name":"Tom","kind":"cat"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! tagged_union {
    ($type:ident $(by $discriminator:literal)? {
        $($variant:ident = $branch:expr $(=> $kind:ident)?,)*
    }) => {
        $crate::variants! {
            $type $(by $discriminator)? { $($variant = $branch $(=> $kind)?,)* } else Unknown
        }

        $crate::__show_variants!($type { $($variant)* });

        impl $crate::Wire for $type {
            #[inline]
            fn from_value(
                value: $crate::Content<'_>,
            ) -> ::core::result::Result<Self, $crate::Content<'_>> {
                $crate::choose(value)
            }

            fn known(&self) -> $crate::Known {
                match self {
                    $(Self::$variant(value) => $crate::Wire::known(value),)*
                    Self::Unknown(value) => $crate::union::known::<Self>(value),
                }
            }
        }

        impl $crate::TaggedUnion for $type {
            fn write<S: $crate::serde::Serializer>(
                &self,
                around: Option<&$crate::Tags<'_>>,
                s: S,
            ) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        const BRANCH: &$crate::Branch = &$branch;
                        let tags = <Self as $crate::Union>::DISCRIMINATOR
                            .map(|name| $crate::Tags::new(name, BRANCH, around));
                        let tags = tags.as_ref().or(around);
                        $crate::__write_variant!(value, tags, s $(, $kind)?)
                    })*
                    Self::Unknown(value) => $crate::serde::Serialize::serialize(value, s),
                }
            }
        }

        impl $crate::serde::Serialize for $type {
            fn serialize<S: $crate::serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                $crate::TaggedUnion::write(self, None, s)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                $crate::read_union(d)
            }
        }
    };
}

/// Says of which events the variants of a union are the data: one line for each, in the order of [`union!`](crate::union!).
///
/// ```
/// use tilt_runtime as rt;
///
/// #[derive(Clone, PartialEq)]
/// #[non_exhaustive]
/// pub enum Told {
///     Count(i64),
///     Said(String),
///     Unknown(rt::Value),
/// }
///
/// rt::union! {
///     Told {
///         Count = rt::Branch::of(rt::INTEGER),
///         Said = rt::Branch::of(rt::STRING),
///     }
/// }
///
/// rt::named_events! {
///     Told {
///         Count = rt::EventData::json(&["count"]),
///         Said = rt::EventData::text(&["say", "shout"]),
///     }
/// }
///
/// assert_eq!(rt::NamedEvent::branch(&Told::Said("5".to_owned())), Some(1));
/// ```
#[macro_export]
macro_rules! named_events {
    ($type:ident { $($variant:ident = $event:expr,)* }) => {
        impl $crate::NamedEvent for $type {
            const EVENTS: &'static [$crate::EventData] = &[$($event,)*];

            #[allow(deprecated, reason = "deprecated variants are told as long as they come")]
            fn branch(&self) -> Option<usize> {
                let is = [$(matches!(self, Self::$variant(_)),)*];
                is.iter().position(|is| *is)
            }
        }
    };
}

/// Shows the variant, and of a value that is none of them only its form.
#[doc(hidden)]
#[macro_export]
macro_rules! __show_variants {
    ($type:ident { $($variant:ident)* }) => {
        #[allow(deprecated, reason = "deprecated variants are shown as all others")]
        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    $(Self::$variant(value) => {
                        $crate::show_variant(f, stringify!($variant), &$crate::Shown(value))
                    })*
                    Self::Unknown(value) => {
                        $crate::show_variant(f, "Unknown", &$crate::Shown(value))
                    }
                }
            }
        }
    };
}

/// Writes a variant with discriminators, as far as it can have them.
#[doc(hidden)]
#[macro_export]
macro_rules! __write_variant {
    ($value:ident, $tags:ident, $s:ident) => {{
        let _ = $tags;
        $crate::serde::Serialize::serialize($value, $s)
    }};
    ($value:ident, $tags:ident, $s:ident, record) => {
        $crate::write_record_variant(&**$value, $tags, $s)
    };
    ($value:ident, $tags:ident, $s:ident, union) => {
        $crate::TaggedUnion::write(&**$value, $tags, $s)
    };
}

/// Reads a variant.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_variant {
    ($value:ident, $attempt:ident, $variant:expr) => {
        $crate::read_variant($value, $attempt, $variant)
    };
    ($value:ident, $attempt:ident, $variant:expr, record) => {
        $crate::read_record_variant($value, $attempt, $variant)
    };
    ($value:ident, $attempt:ident, $variant:expr, union) => {
        $crate::read_union_variant($value, $attempt, $variant)
    };
}

/// Says what is known of an enum's variants, and how each is read: the part of
/// [`union!`](crate::union!) that enums of events have as well. The variant after `else` takes
/// every value.
#[macro_export]
macro_rules! variants {
    (
        $type:ident $(by $discriminator:literal)? {
            $($variant:ident = $branch:expr $(=> $kind:ident)?,)*
        }
        $(else $unknown:ident)?
    ) => {
        impl $crate::Union for $type {
            const DISCRIMINATOR: Option<&'static str> = [$(Some($discriminator),)? None][0];

            const BRANCHES: &'static [$crate::Branch] = &[$($branch,)*];

            const IS_OPEN: bool = [$(!stringify!($unknown).is_empty(),)? false][0];

            #[allow(deprecated, reason = "deprecated variants are read as long as they come")]
            #[inline]
            fn read_variant(
                index: usize,
                value: &mut $crate::Content<'_>,
                attempt: $crate::Attempt,
            ) -> Option<Self> {
                let mut before = 0..index;
                $(
                    if before.next().is_none() {
                        return $crate::__read_variant!(value, attempt, Self::$variant $(, $kind)?);
                    }
                )*
                $(
                    if before.next().is_none() {
                        return $crate::read_variant(value, attempt, Self::$unknown);
                    }
                )?
                None
            }
        }
    };
}
