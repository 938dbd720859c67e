//! The bytes of a body while it is written. They may have secrets in them, and are overwritten when they go; so is what
//! they grow out of.

use bytes::Bytes;
use std::io;
use zeroize::Zeroizing;

/// Room for most bodies.
const FIRST: usize = 1 << 10;

/// A body that is being written.
#[derive(Default)]
pub(crate) struct BodyText(Zeroizing<Vec<u8>>);

impl BodyText {
    /// One of this length, which does not grow.
    pub(crate) fn with_capacity(length: usize) -> Self {
        Self(Zeroizing::new(Vec::with_capacity(length)))
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        let needed = self.0.len() + bytes.len();
        if needed > self.0.capacity() {
            // A vector that grows by itself leaves behind what it had.
            let room = needed.max(2 * self.0.capacity()).max(FIRST);
            let mut grown = Zeroizing::new(Vec::with_capacity(room));
            grown.extend_from_slice(&self.0);
            self.0 = grown;
        }
        self.0.extend_from_slice(bytes);
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl io::Write for BodyText {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.push(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Without a copy: the last of those who hold the bytes overwrites them.
impl From<BodyText> for Bytes {
    fn from(body: BodyText) -> Self {
        match body.0.is_empty() {
            true => Bytes::new(),
            false => Bytes::from_owner(body.0),
        }
    }
}

impl From<String> for BodyText {
    fn from(text: String) -> Self {
        Self::from(text.into_bytes())
    }
}

impl From<Vec<u8>> for BodyText {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_body_is_what_was_written_and_handed_on_without_a_copy() {
        let mut body = BodyText::default();
        for piece in [&b"a".repeat(1000)[..], b"b", &b"c".repeat(5000)] {
            body.write_all(piece).expect("memory");
        }
        assert_eq!(body.as_bytes().len(), 6001);
        assert_eq!(&body.as_bytes()[998..1003], b"aabcc");
        let place = body.as_bytes().as_ptr();
        let bytes = Bytes::from(body);
        assert_eq!((bytes.as_ptr(), bytes.len()), (place, 6001));
    }

    #[test]
    fn a_body_does_not_grow_in_place() {
        let mut body = BodyText::default();
        body.write_all(&[b'a'; FIRST]).expect("memory");
        let full = body.0.capacity();
        body.write_all(b"b").expect("memory");
        assert_eq!(
            body.0.capacity(),
            2 * full,
            "made anew, and the one before overwritten"
        );
    }
}
