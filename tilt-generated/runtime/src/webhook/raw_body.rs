//! Bodies of deliveries in the types that servers have for them.

use bytes::Bytes;

/// The bytes of a body, as servers hand them out. [`Bytes`], by value or reference, and owned bytes
/// are not copied.
pub trait RawBody {
    /// The bytes, to keep.
    fn into_bytes(self) -> Bytes;
}

impl RawBody for Bytes {
    fn into_bytes(self) -> Bytes {
        self
    }
}

impl RawBody for &Bytes {
    fn into_bytes(self) -> Bytes {
        self.clone()
    }
}

impl RawBody for Vec<u8> {
    fn into_bytes(self) -> Bytes {
        self.into()
    }
}

impl RawBody for String {
    fn into_bytes(self) -> Bytes {
        self.into()
    }
}

impl RawBody for &[u8] {
    fn into_bytes(self) -> Bytes {
        Bytes::copy_from_slice(self)
    }
}

impl<const N: usize> RawBody for &[u8; N] {
    fn into_bytes(self) -> Bytes {
        Bytes::copy_from_slice(self)
    }
}

impl RawBody for &Vec<u8> {
    fn into_bytes(self) -> Bytes {
        Bytes::copy_from_slice(self)
    }
}

impl RawBody for &str {
    fn into_bytes(self) -> Bytes {
        Bytes::copy_from_slice(self.as_bytes())
    }
}

impl RawBody for &String {
    fn into_bytes(self) -> Bytes {
        Bytes::copy_from_slice(self.as_bytes())
    }
}
