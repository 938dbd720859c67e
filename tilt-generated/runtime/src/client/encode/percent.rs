//! Percent-encoding, by RFC 3986.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The characters that stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Letters, digits, `-`, `.`, `_`, `~`.
    Unreserved,
    /// As well the reserved characters that cannot end a query, a pair of it or a word of a form,
    /// and what is percent-encoded already.
    ReservedInQuery,
    /// As well the reserved characters that cannot end a path segment, and what is percent-encoded
    /// already.
    ReservedInSegment,
}

/// All but letters, digits, `-`, `.`, `_`, `~`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
const RESERVED_BOTH_KEEP: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');
const ENDING_A_QUERY: &AsciiSet = &RESERVED_BOTH_KEEP.remove(b'/').remove(b'?');
const ENDING_A_SEGMENT: &AsciiSet = &RESERVED_BOTH_KEEP.remove(b'&').remove(b'+');

/// Appends `text` to `out`, encoded.
pub(crate) fn encode(text: &str, keep: Keep, out: &mut String) {
    let set = match keep {
        Keep::Unreserved => return out.extend(utf8_percent_encode(text, RESERVED)),
        Keep::ReservedInQuery => ENDING_A_QUERY,
        Keep::ReservedInSegment => ENDING_A_SEGMENT,
    };
    let mut rest = text;
    while let Some(at) = triplet(rest) {
        let (before, from) = rest.split_at(at);
        let (triplet, after) = from.split_at(3);
        out.extend(utf8_percent_encode(before, set));
        out.push_str(triplet);
        rest = after;
    }
    out.extend(utf8_percent_encode(rest, set));
}

/// Where the first byte stands that is percent-encoded already.
fn triplet(text: &str) -> Option<usize> {
    let is_triplet = |bytes: &[u8]| matches!(bytes, [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit());
    text.as_bytes().windows(3).position(is_triplet)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str, keep: Keep) -> String {
        let mut out = String::new();
        encode(text, keep, &mut out);
        out
    }

    #[test]
    fn only_unreserved_characters_stay() {
        assert_eq!(encoded("aZ9-._~", Keep::Unreserved), "aZ9-._~");
        assert_eq!(encoded("a b/c?d", Keep::Unreserved), "a%20b%2Fc%3Fd");
        assert_eq!(encoded("é", Keep::Unreserved), "%C3%A9");
        assert_eq!(encoded("%41", Keep::Unreserved), "%2541");
    }

    #[test]
    fn reserved_characters_never_end_the_value() {
        assert_eq!(encoded("a:/?@b", Keep::ReservedInQuery), "a:/?@b");
        assert_eq!(encoded("a&b#c+d", Keep::ReservedInQuery), "a%26b%23c%2Bd");
        assert_eq!(encoded("a/b?c#d", Keep::ReservedInSegment), "a%2Fb%3Fc%23d");
    }

    #[test]
    fn reserved_keeps_what_is_encoded_already() {
        assert_eq!(encoded("%20 %zz%", Keep::ReservedInQuery), "%20%20%25zz%25");
    }
}
