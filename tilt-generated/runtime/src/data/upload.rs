//! Bytes on their way to an API, which need not all be there at once.

use bytes::{Bytes, BytesMut};
use std::fmt;

#[cfg(feature = "client")]
use super::source::Source;
#[cfg(feature = "client")]
use std::sync::Arc;

/// A body, or a file in a form: bytes, or something that is read while it is sent.
///
/// Bytes are made by `into()`. With the feature `client` there are constructors for files and readers, of which no more is
/// in memory than is on its way.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Upload {
    pub(crate) content: Held,
    /// The number of bytes, where they are not there yet.
    pub(crate) length: Option<u64>,
    pub(crate) content_type: Option<Box<str>>,
}

#[derive(Clone)]
pub(crate) enum Held {
    Bytes(Bytes),
    #[cfg(feature = "client")]
    Streamed(Arc<Source>),
}

impl Upload {
    /// Says what kind of bytes this is, such as `image/png`, where a document leaves that open (`image/*`).
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into().into());
        self
    }

    /// The bytes, where they are all there.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Held::Bytes(bytes) => Some(bytes),
            #[cfg(feature = "client")]
            Held::Streamed(_) => None,
        }
    }

    /// The number of bytes, as far as it is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.content {
            Held::Bytes(bytes) => Some(bytes.len() as u64),
            #[cfg(feature = "client")]
            Held::Streamed(_) => self.length,
        }
    }
}

/// Tells the size only: bodies are long, and may be secret.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("is_streamed", &self.as_bytes().is_none())
            .field("length", &self.length())
            .field("content_type", &self.content_type)
            .finish()
    }
}

/// Streams are equal to themselves alone.
impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bytes(one), Self::Bytes(other)) => one == other,
            #[cfg(feature = "client")]
            (Self::Streamed(one), Self::Streamed(other)) => Arc::ptr_eq(one, other),
            #[cfg(feature = "client")]
            _ => false,
        }
    }
}

impl Eq for Held {}

impl Default for Held {
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

macro_rules! from_bytes {
    ($($ty:ty),*) => {$(
        impl From<$ty> for Upload {
            fn from(bytes: $ty) -> Self {
                Self {
                    content: Held::Bytes(bytes.into()),
                    ..Self::default()
                }
            }
        }
    )*};
}

from_bytes!(
    Bytes,
    BytesMut,
    Vec<u8>,
    String,
    Box<[u8]>,
    &'static [u8],
    &'static str
);

impl<const N: usize> From<&'static [u8; N]> for Upload {
    fn from(bytes: &'static [u8; N]) -> Self {
        Self::from(&bytes[..])
    }
}
