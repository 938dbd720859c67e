//! Identifiers: types of their own around a text or an integer.

/// Makes a struct around a `String` or a [`Uuid`](crate::Uuid) an identifier: it is made of texts, shows and
/// writes them, and is no other identifier. Around a UUID, it is sent only if it is one.
///
/// ```
/// use tilt_runtime as rt;
///
/// #[derive(Clone, PartialEq, Eq, Hash)]
/// pub struct OrderId(rt::Uuid);
///
/// rt::id!(OrderId: Uuid);
///
/// let id = OrderId::from("0190a7c2-5b0e-7d2e-8f57-0b2b6d3f4a11");
/// assert_eq!(id.as_str(), "0190a7c2-5b0e-7d2e-8f57-0b2b6d3f4a11");
/// assert_eq!(serde_json::from_str::<OrderId>(&serde_json::to_string(&id)?)?, id);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! id {
    ($type:ident: String) => {
        impl ::core::convert::From<$crate::Uuid> for $type {
            #[inline]
            fn from(id: $crate::Uuid) -> Self {
                Self(id.into_string())
            }
        }

        $crate::__text_id!($type);
    };
    ($type:ident: Uuid) => {
        impl ::core::convert::From<$crate::Uuid> for $type {
            #[inline]
            fn from(id: $crate::Uuid) -> Self {
                Self(id)
            }
        }

        $crate::__text_id!($type);
    };
}

/// All that identifiers around texts have.
#[doc(hidden)]
#[macro_export]
macro_rules! __text_id {
    ($type:ident) => {
        impl $type {
            /// The text as it travels.
            #[inline]
            pub fn as_str(&self) -> &str {
                self.0.as_ref()
            }
        }

        impl ::core::convert::From<&str> for $type {
            #[inline]
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl ::core::convert::From<::std::string::String> for $type {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                Self(::core::convert::From::from(text))
            }
        }

        impl ::core::convert::From<&$type> for $type {
            #[inline]
            fn from(id: &$type) -> Self {
                ::core::clone::Clone::clone(id)
            }
        }

        impl ::core::convert::From<$type> for ::std::string::String {
            #[inline]
            fn from(id: $type) -> Self {
                ::core::convert::From::from(id.0)
            }
        }

        impl ::core::convert::AsRef<str> for $type {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        $crate::__id!($type);
    };
}

/// Makes a struct around an integer an identifier.
///
/// ```
/// use tilt_runtime as rt;
///
/// #[derive(Clone, Copy, PartialEq, Eq, Hash)]
/// pub struct OrderId(i64);
///
/// rt::integer_id!(OrderId: i64);
///
/// assert_eq!(OrderId::from(5).get(), 5);
/// ```
#[macro_export]
macro_rules! integer_id {
    ($type:ident: $inner:ty) => {
        impl $type {
            /// The number as it travels.
            #[inline]
            pub const fn get(self) -> $inner {
                self.0
            }
        }

        impl ::core::convert::From<$inner> for $type {
            #[inline]
            fn from(id: $inner) -> Self {
                Self(id)
            }
        }

        $crate::__id!($type);
    };
}

/// All that identifiers have.
#[doc(hidden)]
#[macro_export]
macro_rules! __id {
    ($type:ident) => {
        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl $crate::Wire for $type {
            #[inline]
            fn from_value(
                value: $crate::Content<'_>,
            ) -> ::core::result::Result<Self, $crate::Content<'_>> {
                $crate::Wire::from_value(value).map(Self)
            }
        }

        impl $crate::serde::Serialize for $type {
            #[inline]
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::serde::Serialize::serialize(&self.0, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $type {
            #[inline]
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }
    };
}
