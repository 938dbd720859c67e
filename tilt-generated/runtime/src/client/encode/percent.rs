//! Percent-encoding, by RFC 3986.

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

/// Appends `text` to `out`, encoded.
pub(crate) fn encode(text: &str, keep: Keep, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let bytes = text.as_bytes();
    for (index, &byte) in bytes.iter().enumerate() {
        let kept = is_unreserved(byte)
            || match keep {
                Keep::Unreserved => false,
                Keep::ReservedInQuery => {
                    b":/?@!$'()*,;=".contains(&byte) || is_triplet(&bytes[index..])
                }
                Keep::ReservedInSegment => {
                    b":@!$&'()*+,;=".contains(&byte) || is_triplet(&bytes[index..])
                }
            };
        if kept {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

fn is_triplet(bytes: &[u8]) -> bool {
    matches!(bytes, [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
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
