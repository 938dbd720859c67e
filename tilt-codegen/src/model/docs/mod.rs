//! Text of documents, made safe for rustdoc.
//!
//! Documents are written for web pages: CommonMark of any flavor, HTML, and text that is neither.
//! What comes out has no code that rustdoc would run, no HTML, no links but absolute ones, nothing
//! that rustdoc or clippy warn about, and lines of a readable length.

mod first_line;
mod html;
mod inline;
mod markdown;

use super::Docs;
use std::borrow::Cow;

/// Columns that a line of documentation should not exceed, without the comment sign.
const WIDTH: usize = 96;
/// Longer texts are cut, in bytes. The longest that is known in a published document has a fifth.
const LONGEST: usize = 100_000;
/// Longer summaries are cut, in characters.
const LONGEST_LINE: usize = 200;

/// Text of a document (CommonMark with HTML, or anything) as rustdoc Markdown.
pub fn clean(text: &str) -> Docs {
    let text = text.trim();
    if text.len() <= WIDTH && is_plain(text) {
        return Docs(text.to_owned());
    }
    let text = printable(cut(text));
    if is_nested_too_deep(&text) {
        return Docs(markdown::write(&html::code_block(&text)));
    }
    let text = html::to_markdown(text.trim());
    Docs(markdown::write(&text))
}

/// The first paragraph in one line, without markup except code.
pub fn clean_line(text: &str) -> String {
    let text = text.trim();
    if text.len() <= LONGEST_LINE && is_plain(text) {
        return text.to_owned();
    }
    let text = printable(cut(text));
    if is_nested_too_deep(&text) {
        return String::new();
    }
    let text = html::to_markdown(text.trim());
    first_line::first_line(&text, LONGEST_LINE)
}

/// Whether a text is one line that means itself. Never true for what is not, and quick: most texts
/// of a document are such lines.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let starts_plain = bytes.first().is_none_or(|byte| byte.is_ascii_alphabetic());
    starts_plain
        && bytes.iter().enumerate().all(|(at, byte)| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => true,
            b' ' | b',' | b'.' | b';' | b'\'' | b'"' | b'(' | b')' | b'?' | b'%' | b'$' | b'@' => {
                true
            }
            b'-' | b'+' | b'=' | b'{' | b'}' => true,
            b':' => bytes.get(at + 1) != Some(&b'/'),
            b'/' => bytes.get(at + 1) != Some(&b'/'),
            b'_' => {
                let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
                is_word(bytes.get(at + 1)) && at > 0 && is_word(bytes.get(at - 1))
            }
            _ => false,
        })
}

/// Whether a line starts with so many signs of quotes and lists that nobody means them; parsing
/// them takes time that grows with their square.
fn is_nested_too_deep(text: &str) -> bool {
    const DEEP: usize = 100;
    text.lines().any(|line| {
        let signs = line
            .bytes()
            .take_while(|byte| b" >-+*.)0123456789".contains(byte));
        signs
            .filter(|byte| b" >".contains(byte))
            .nth(DEEP)
            .is_some()
            && !line.trim_start().is_empty()
            && line
                .trim_start()
                .starts_with(|c: char| ">-+*".contains(c) || c.is_ascii_digit())
    })
}

/// The text up to a length, whole words only.
fn cut(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let mut end = LONGEST;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let kept = text[..end]
        .rfind(char::is_whitespace)
        .map_or(&text[..end], |at| &text[..at]);
    Cow::Owned(format!("{kept} …"))
}

/// The text without control characters, invisible ones, and those that turn its direction; line
/// ends are `\n`, tabs are spaces.
fn printable(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.chars().all(|c| c == '\n' || !is_unprintable(c)) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' => out.push('\n'),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push_str("    "),
            c if is_unprintable(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Soft hyphen, zero-width space, word joiner, byte order mark.
            '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}'
            // Line and paragraph separators.
            | '\u{2028}' | '\u{2029}'
            // Text direction.
            | '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            // No characters at all; the writer uses the last as a mark.
            | '\u{FDD0}'..='\u{FDEF}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests;
