//! Characters of a document that a reader does not see, or that move what is shown.

use std::borrow::Cow;

/// Whether a character has no look of its own: control characters, those that turn the direction of
/// text, and those that are no characters at all.
#[inline]
pub(crate) fn is_invisible(c: char) -> bool {
    match c.is_ascii() {
        true => c.is_ascii_control(),
        false => is_invisible_beyond_ascii(c),
    }
}

fn is_invisible_beyond_ascii(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Soft hyphen, zero-width space, word joiner, byte order mark.
            '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}'
            // Separators and fillers of scripts that leave no trace, marks of annotations, tags.
            | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{3164}' | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
            // Line and paragraph separators.
            | '\u{2028}' | '\u{2029}'
            // Text direction.
            | '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            // No characters at all; the writer of documentation uses the last as a mark.
            | '\u{FDD0}'..='\u{FDEF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// The text with escapes, such as `\n` and `\u{202e}`, in place of what cannot be seen.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    escape_but(text, &[])
}

/// The same, but some characters stay.
pub(crate) fn escape_but<'t>(text: &'t str, kept: &[char]) -> Cow<'t, str> {
    let is_escaped = |c: char| is_invisible(c) && !kept.contains(&c);
    if !text.contains(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' if is_escaped(c) => out.extend(c.escape_default()),
            c if is_escaped(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// JSON with the escapes of JSON in place of what cannot be seen, in strings: the same values.
pub(crate) fn escape_json(json: &str) -> Cow<'_, str> {
    let is_escaped = |c: char| c != '\n' && is_invisible(c);
    if !json.contains(is_escaped) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        match c {
            c if is_escaped(c) => {
                // Beyond U+FFFF there are two escapes for one character.
                for unit in c.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_escaped_and_the_rest_stays() {
        assert_eq!(
            escape("a\u{1b}[2J\u{202e}\u{9b}\u{7f}\n\té👩\u{200d}💻\\"),
            "a\\u{1b}[2J\\u{202e}\\u{9b}\\u{7f}\\n\\té👩\u{200d}💻\\"
        );
        assert_eq!(escape_but("a\n\t\r", &['\n']), "a\n\\t\\r");
    }

    #[test]
    fn escaped_json_has_the_same_values() {
        let value = serde_json::json!({"a\u{9b}": ["\u{202e}\u{7f}\u{fdd0}\u{ffff}\u{e0061}\u{3164}\u{1b}\n"]});
        let json = serde_json::to_string_pretty(&value).expect("JSON");
        let escaped = escape_json(&json);
        assert!(!escaped.contains(|c: char| c != '\n' && is_invisible(c)));
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&escaped).expect("JSON"),
            value
        );
    }
}
