//! Whether a text that came from outside repeats a secret, in any of the forms in which it was sent or in which
//! servers write it back.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::borrow::Cow;
use zeroize::Zeroizing;

/// How many encodings around one another are looked through.
const LAYERS: usize = 4;

/// Whether a text has the secret of this user in it: as it is, percent-encoded, escaped as in JSON or HTML, or in
/// the base64 of HTTP basic.
pub(crate) fn discloses(text: &str, user: &str, secret: &str) -> bool {
    if secret.is_empty() {
        return false;
    }
    let pair = Zeroizing::new(format!("{user}:{secret}"));
    let mut forms = vec![Zeroizing::new(secret.to_owned())];
    for plain in [secret, pair.as_str()] {
        forms.push(Zeroizing::new(STANDARD_NO_PAD.encode(plain)));
        forms.push(Zeroizing::new(URL_SAFE_NO_PAD.encode(plain)));
    }
    let has = |text: &str| forms.iter().any(|form| text.contains(form.as_str()));
    // A plus stands for a space in forms, and for itself elsewhere.
    [text.to_owned(), text.replace('+', " ")]
        .into_iter()
        .any(|text| {
            let mut layer = Zeroizing::new(text);
            for _ in 0..LAYERS {
                if has(&layer) {
                    return true;
                }
                match decoded(&layer) {
                    Cow::Borrowed(_) => return false,
                    Cow::Owned(decoded) => layer = Zeroizing::new(decoded),
                }
            }
            has(&layer)
        })
}

/// A text with one layer of percent-encoding, of the escapes of JSON and of those of HTML taken off.
fn decoded(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(['%', '\\', '&']) else {
        return Cow::Borrowed(text);
    };
    let mut out = text.as_bytes()[..first].to_vec();
    let mut rest = &text[first..];
    while let Some(next) = rest.chars().next() {
        let (character, length) = match next {
            '%' => percent(rest),
            '\\' => json(rest),
            '&' => html(rest),
            _ => None,
        }
        .unwrap_or_else(|| (Decoded::Char(next), next.len_utf8()));
        match character {
            Decoded::Byte(byte) => out.push(byte),
            Decoded::Char(character) => {
                out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        rest = &rest[length..];
    }
    Cow::Owned(String::from_utf8_lossy(&out).into_owned())
}

enum Decoded {
    Byte(u8),
    Char(char),
}

fn percent(text: &str) -> Option<(Decoded, usize)> {
    let digits = text.get(1..3)?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let byte = u8::from_str_radix(digits, 16).ok()?;
    is_hex.then_some((Decoded::Byte(byte), 3))
}

fn json(text: &str) -> Option<(Decoded, usize)> {
    let unit = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    if let Some(first) = unit(text) {
        let pair = text.get(6..).and_then(unit);
        let units = [first, pair.unwrap_or_default()];
        let mut characters = char::decode_utf16(units);
        let character = characters.next()?.ok()?;
        let length = if character.len_utf16() == 2 { 12 } else { 6 };
        return Some((Decoded::Char(character), length));
    }
    let character = match text.as_bytes().get(1)? {
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        escaped @ (b'"' | b'\\' | b'/') => char::from(*escaped),
        _ => return None,
    };
    Some((Decoded::Char(character), 2))
}

fn html(text: &str) -> Option<(Decoded, usize)> {
    let end = text
        .as_bytes()
        .iter()
        .take(12)
        .position(|byte| *byte == b';')?;
    let name = &text[1..end];
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((Decoded::Char(character), end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_in_every_form_that_it_is_sent_or_written_back_in() {
        let secret = "s3/cr+t \"é&😀";
        for text in [
            secret,
            "client_secret=s3%2Fcr%2Bt%20%22%C3%A9%26%F0%9F%98%80&scope=x",
            "client_secret=s3%2fcr%2bt+%22%c3%a9%26%f0%9f%98%80",
            "{\"secret\":\"s3\\/cr\\u002bt \\\"\\u00e9&\\uD83D\\ude00\"}",
            "<p>s3/cr&#43;t &quot;&#xE9;&amp;😀</p>",
            "s3%252Fcr%252Bt%2520%2522%25C3%25A9%2526%25F0%259F%2598%2580",
            &format!("Basic {}", STANDARD_NO_PAD.encode(format!("id:{secret}"))),
            &URL_SAFE_NO_PAD.encode(format!("id:{secret}")),
            &URL_SAFE_NO_PAD.encode(secret),
        ] {
            assert!(discloses(&format!("got {text}."), "id", secret), "{text}");
        }
        for text in [
            "",
            "s3/cr",
            "%",
            "%é",
            "\\u12",
            "\\",
            "&;",
            "&#x110000;",
            "the client is unknown",
        ] {
            assert!(!discloses(text, "id", secret), "{text}");
        }
        assert!(!discloses("anything", "id", ""));
    }
}
