//! The byte order mark before a text in UTF-8, which says nothing.

/// The text behind it: RFC 8259 (8.1) lets readers of JSON ignore it, and the Encoding Standard has them leave it out.
pub(crate) fn without(text: &[u8]) -> &[u8] {
    text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text)
}
