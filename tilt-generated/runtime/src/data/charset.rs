//! Text in the encoding that its media type names (RFC 9110, 8.3.2). All others than UTF-8 are for what is old: those that need
//! no tables are here, and the others of the WHATWG's Encoding Standard with the feature `charset`.

use super::mark;
#[cfg(feature = "charset")]
use std::borrow::Cow;

/// An encoding of text, by its names in the registry of IANA.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Charset {
    Utf8,
    Ascii,
    Latin1,
    /// With the byte that says more first, where the text itself does not say so.
    Utf16 {
        is_little: bool,
        is_marked: bool,
    },
    /// One that has tables.
    #[cfg(feature = "charset")]
    Listed(&'static encoding_rs::Encoding),
}

fn named(name: &str) -> Option<Charset> {
    Some(match name.to_ascii_lowercase().as_str() {
        "utf-8" | "utf8" => Charset::Utf8,
        "us-ascii" | "ascii" => Charset::Ascii,
        "iso-8859-1" | "iso_8859-1" | "latin1" | "l1" => Charset::Latin1,
        name @ ("utf-16" | "utf-16be" | "utf-16le") => Charset::Utf16 {
            is_little: name == "utf-16le",
            is_marked: name == "utf-16",
        },
        name => return listed(name),
    })
}

/// The encoding that the WHATWG lists under this name.
#[cfg(feature = "charset")]
fn listed(name: &str) -> Option<Charset> {
    let utf_16 = |is_little| Charset::Utf16 {
        is_little,
        is_marked: false,
    };
    let encoding = encoding_rs::Encoding::for_label_no_replacement(name.as_bytes())?;
    Some(match encoding {
        it if it == encoding_rs::UTF_8 => Charset::Utf8,
        // It is read there, and written as UTF-8.
        it if it == encoding_rs::UTF_16LE => utf_16(true),
        it if it == encoding_rs::UTF_16BE => utf_16(false),
        it => Charset::Listed(it),
    })
}

#[cfg(not(feature = "charset"))]
fn listed(_: &str) -> Option<Charset> {
    None
}

/// Whether text of an encoding of this name can be read.
pub(crate) fn is_known(name: Option<&str>) -> bool {
    known(name).is_ok()
}

/// The encoding of this name: without one, UTF-8.
fn known(name: Option<&str>) -> Result<Charset, String> {
    let Some(name) = name else {
        return Ok(Charset::Utf8);
    };
    named(name).ok_or_else(|| {
        let more = match cfg!(feature = "charset") {
            true => "",
            false => " without the feature `charset`",
        };
        format!("the text is in `{name}`, which is not known here{more}")
    })
}

/// The text that these bytes are, in an encoding of this name, or else in UTF-8, without a byte order mark. The error says
/// what is wrong.
pub(crate) fn decode(bytes: &[u8], name: Option<&str>) -> Result<String, String> {
    let text = match known(name)? {
        Charset::Utf8 => str::from_utf8(mark::without(bytes)).ok().map(str::to_owned),
        Charset::Ascii => bytes
            .is_ascii()
            .then(|| bytes.iter().copied().map(char::from).collect()),
        Charset::Latin1 => Some(bytes.iter().copied().map(char::from).collect()),
        Charset::Utf16 { is_little, .. } => utf_16(bytes, is_little),
        #[cfg(feature = "charset")]
        Charset::Listed(encoding) => encoding
            .decode_without_bom_handling_and_without_replacement(bytes)
            .map(Cow::into_owned),
    };
    text.ok_or_else(|| format!("the text is not {}", name.unwrap_or("UTF-8")))
}

/// The bytes of a text, in an encoding of this name, or else in UTF-8. The error says what is wrong, and nothing of the text.
pub(crate) fn encode(text: String, name: Option<&str>) -> Result<Vec<u8>, String> {
    let bytes = match known(name)? {
        Charset::Utf8 => Some(text.into_bytes()),
        Charset::Ascii => Some(text.into_bytes()).filter(|bytes| bytes.is_ascii()),
        Charset::Latin1 => text.chars().map(|it| u8::try_from(it).ok()).collect(),
        Charset::Utf16 {
            is_little,
            is_marked,
        } => {
            let mark = is_marked.then_some(0xfeff);
            let units = mark.into_iter().chain(text.encode_utf16());
            Some(match is_little {
                true => units.flat_map(u16::to_le_bytes).collect(),
                false => units.flat_map(u16::to_be_bytes).collect(),
            })
        }
        #[cfg(feature = "charset")]
        Charset::Listed(encoding) => {
            let (bytes, _, has_others) = encoding.encode(&text);
            (!has_others).then(|| bytes.into_owned())
        }
    };
    let name = name.unwrap_or_default();
    bytes.ok_or_else(|| format!("has characters that `{name}` has not"))
}

/// Text of two bytes a unit. A mark at its begin says the order, and is no part of it (RFC 2781, 3.2).
fn utf_16(bytes: &[u8], is_little: bool) -> Option<String> {
    let (bytes, is_little) = match bytes {
        [0xfe, 0xff, rest @ ..] => (rest, false),
        [0xff, 0xfe, rest @ ..] => (rest, true),
        _ => (bytes, is_little),
    };
    let pairs = bytes.chunks(2);
    let units = pairs.map(|pair| match *pair {
        [first, second] if is_little => Some(u16::from_le_bytes([first, second])),
        [first, second] => Some(u16::from_be_bytes([first, second])),
        _ => None,
    });
    let units: Option<Vec<u16>> = units.collect();
    String::from_utf16(&units?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_the_encoding_that_is_named() {
        let cases: [(Option<&str>, &[u8], &str); 11] = [
            (None, "é".as_bytes(), "é"),
            (None, "\u{feff}é\u{feff}".as_bytes(), "é\u{feff}"),
            (Some("utf-8"), "\u{feff}".as_bytes(), ""),
            (Some("UTF-8"), "é".as_bytes(), "é"),
            (Some("US-ASCII"), b"e", "e"),
            (Some("ISO-8859-1"), b"\xe9", "é"),
            (Some("utf-16"), b"\0e\0\xe9", "eé"),
            (Some("utf-16"), b"\xff\xfee\0\xe9\0", "eé"),
            (Some("utf-16be"), b"\xd8\x3d\xde\0", "\u{1f600}"),
            (Some("utf-16le"), b"e\0", "e"),
            (Some("utf-16le"), b"", ""),
        ];
        for (name, bytes, expected) in cases {
            assert_eq!(decode(bytes, name).as_deref(), Ok(expected), "{name:?}");
        }
    }

    #[test]
    fn text_is_written_in_the_encoding_that_is_named() {
        for (name, expected) in [
            (None, Ok("é".as_bytes())),
            (Some("iso-8859-1"), Ok(b"\xe9")),
            (Some("utf-16"), Ok(b"\xfe\xff\0\xe9")),
            (Some("utf-16le"), Ok(b"\xe9\0")),
            (
                Some("us-ascii"),
                Err("has characters that `us-ascii` has not"),
            ),
            (
                Some("iso-8859-5"),
                match cfg!(feature = "charset") {
                    true => Err("has characters that `iso-8859-5` has not"),
                    false => Err(
                        "the text is in `iso-8859-5`, which is not known here without the feature `charset`",
                    ),
                },
            ),
        ] {
            let written = encode("é".to_owned(), name);
            assert_eq!(written.as_deref().map_err(String::as_str), expected);
        }
        assert!(encode("€".to_owned(), Some("latin1")).is_err());
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let cases: [(Option<&str>, &[u8], &str); 6] = [
            (None, b"\xe9", "not UTF-8"),
            (Some("utf-8"), b"\xe9", "not utf-8"),
            (Some("us-ascii"), b"\xe9", "not us-ascii"),
            (Some("utf-16"), b"\0e\0", "not utf-16"),
            (Some("utf-16"), b"\xd8\x3d", "not utf-16"),
            (
                Some("iso-2022-kr"),
                b"e",
                "`iso-2022-kr`, which is not known",
            ),
        ];
        for (name, bytes, expected) in cases {
            let error = decode(bytes, name).unwrap_err();
            assert!(error.contains(expected), "{name:?}: {error}");
        }
    }

    #[cfg(feature = "charset")]
    #[test]
    fn text_is_read_and_written_in_encodings_that_have_tables() {
        for (name, text, bytes) in [
            ("Shift_JIS", "あ", &b"\x82\xa0"[..]),
            ("windows-1252", "€", b"\x80"),
            ("ucs-2", "é", b"\xe9\0"),
            ("unicode-1-1-utf-8", "é", "é".as_bytes()),
        ] {
            assert_eq!(decode(bytes, Some(name)).as_deref(), Ok(text), "{name}");
            assert_eq!(encode(text.to_owned(), Some(name)).as_deref(), Ok(bytes));
        }
        let error = decode(b"\x82", Some("shift_jis")).expect_err("half a character");
        assert_eq!(error, "the text is not shift_jis");
    }
}
