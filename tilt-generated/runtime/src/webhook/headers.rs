//! Headers of deliveries in the types that servers have for them.

use http::HeaderMap;

/// The headers of a delivery: those of the crate `http`, or pairs of name and value, for servers that have their own
/// type.
pub trait Headers {
    /// All values of a header, in their order. Names are equal whatever their case.
    fn values(&self, name: &str) -> Vec<&[u8]>;
}

impl Headers for HeaderMap {
    fn values(&self, name: &str) -> Vec<&[u8]> {
        let values = self.get_all(name).iter();
        values.map(http::HeaderValue::as_bytes).collect()
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>> Headers for [(N, V)] {
    fn values(&self, name: &str) -> Vec<&[u8]> {
        let named = self.iter();
        let named = named.filter(|(other, _)| other.as_ref().eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_ref()).collect()
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>, const LENGTH: usize> Headers for [(N, V); LENGTH] {
    fn values(&self, name: &str) -> Vec<&[u8]> {
        self.as_slice().values(name)
    }
}

impl<N: AsRef<str>, V: AsRef<[u8]>> Headers for Vec<(N, V)> {
    fn values(&self, name: &str) -> Vec<&[u8]> {
        self.as_slice().values(name)
    }
}

/// The values of one header alone.
pub(super) struct OneHeader<'v> {
    pub(super) name: &'static str,
    pub(super) values: Vec<&'v [u8]>,
}

impl Headers for OneHeader<'_> {
    fn values(&self, name: &str) -> Vec<&[u8]> {
        if name.eq_ignore_ascii_case(self.name) {
            self.values.clone()
        } else {
            Vec::new()
        }
    }
}
