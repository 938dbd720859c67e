//! Values that a media type describes, as the text that stands in a URL, a header or a cookie (OpenAPI 3.1.1, section
//! 4.12.2).

use super::form;
use crate::data::described::Encoding;
use crate::data::tree::Tree;

/// The text, or why there is none.
pub(super) fn text(value: &Tree, encoding: Encoding) -> Result<String, String> {
    match encoding {
        Encoding::Form => form::write(value, &[]).map_err(|error| error.reason()),
        Encoding::Text => {
            let text = value.scalar().map(str::to_owned);
            text.ok_or_else(|| "has parts, and is described as text".to_owned())
        }
        Encoding::Json | Encoding::Styled { .. } => {
            value.to_json().map_err(|error| error.to_string())
        }
    }
}

/// JSON in the characters that every reader of a header takes alike (RFC 9110, section 5.5). Others stand in texts alone.
pub(super) fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            ' '..='~' => out.push(character),
            _ => {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_in_a_header_is_ascii() {
        let escaped = ascii("{\"ü\":\"a€😀\u{7f}\"}");
        assert_eq!(escaped, r#"{"\u00fc":"a\u20ac\ud83d\ude00\u007f"}"#);
        let read = |text| serde_json::from_str::<serde_json::Value>(text).ok();
        assert_eq!(read(&escaped), read("{\"ü\":\"a€😀\u{7f}\"}"));
    }
}
