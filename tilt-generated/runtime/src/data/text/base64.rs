//! Base64, of both alphabets.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// In the alphabet of URLs, without padding.
pub(super) fn encode_url(bytes: &[u8]) -> String {
    let text = encode(bytes);
    let digits = text.trim_end_matches('=');
    digits.replace('+', "-").replace('/', "_")
}

pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk
            .iter()
            .fold(0_u32, |group, byte| group << 8 | u32::from(*byte));
        let group = group << (8 * (3 - chunk.len()));
        for position in 0..4 {
            let digit = (group >> (18 - 6 * position)) as usize & 63;
            text.push(if position <= chunk.len() {
                char::from(ALPHABET[digit])
            } else {
                '='
            });
        }
    }
    text
}

pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = digits(text)?;
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    for chunk in digits.chunks(4) {
        let mut group = 0;
        for digit in chunk {
            group = group << 6 | value(*digit)?;
        }
        group <<= 6 * (4 - chunk.len());
        bytes.extend_from_slice(&group.to_be_bytes()[1..chunk.len()]);
    }
    Some(bytes)
}

pub(super) fn is_base64(text: &str) -> bool {
    digits(text).is_some_and(|digits| digits.iter().all(|digit| value(*digit).is_some()))
}

/// In the alphabet of URLs.
pub(super) fn is_base64url(text: &str) -> bool {
    is_base64(text) && !text.contains(['+', '/'])
}

/// The text without its padding, if its length is one that base64 has.
fn digits(text: &str) -> Option<&[u8]> {
    let digits = text.trim_end_matches('=').as_bytes();
    let padding = text.len() - digits.len();
    (digits.len() % 4 != 1 && (padding == 0 || padding == 3 - (digits.len() + 3) % 4))
        .then_some(digits)
}

fn value(digit: u8) -> Option<u32> {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(value.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn writes_the_examples_of_rfc_4648() {
        let examples = [
            "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy",
        ];
        for (length, text) in examples.into_iter().enumerate() {
            assert_eq!(encode(&b"foobar"[..length]), text);
        }
    }

    #[test]
    fn reads_both_alphabets_and_no_padding() {
        assert_eq!(decode("-_-_"), decode("+/+/"));
        assert_eq!(decode("Zg"), Some(b"f".to_vec()));
        for text in ["Z", "Zg=", "Zg===", "Z===", "Zm 9", "=", "Zm9v="] {
            assert_eq!(decode(text), None, "{text}");
            assert!(!is_base64(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes: Vec<u8>) {
            let text = encode(&bytes);
            prop_assert!(is_base64(&text));
            prop_assert_eq!(decode(&text), Some(bytes));
        }
    }
}
