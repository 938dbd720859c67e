//! Text of documents, made safe for rustdoc.
//!
//! Documents are written for web pages: CommonMark of any flavor, HTML, and text that is neither.
//! The result has no code that rustdoc would run, no HTML, no links but absolute ones, nothing that
//! rustdoc or clippy warn about, and lines of a readable length.

mod asides;
mod first_line;
mod html;
mod inline;
mod markdown;
mod page;
mod safety;

use crate::model::Docs;
use crate::visible::is_invisible;
use pulldown_cmark::{Event, Parser, Tag};
use std::borrow::Cow;

/// Columns that a line of documentation should not exceed, without the comment sign.
const WIDTH: usize = 96;
/// Longer texts are cut, in bytes. The longest that is known in a published document has a fifth.
const LONGEST: usize = 100_000;
/// Longer summaries are cut, in characters.
const LONGEST_LINE: usize = 200;
/// Longer lines of an index are cut, in characters.
const LONGEST_IN_INDEX: usize = 100;

/// Text of a document (CommonMark with HTML, or anything) as rustdoc Markdown.
pub(crate) fn clean(text: &str) -> Docs {
    let text = text.trim();
    if text.len() <= WIDTH && is_plain(text) {
        return Docs(text.to_owned());
    }
    let text = printable(cut(text));
    Docs(match is_nested_too_deep(&text) {
        true => verbatim(&text),
        false => {
            let without = asides::behind_first_paragraph(&text);
            checked(markdown::write(&html::to_markdown(without.trim())), &text)
        }
    })
}

/// The written Markdown, if it is safe; the text as a block of code, if the writer has an error. Nothing
/// in the text ends that block.
fn checked(written: String, text: &str) -> String {
    if safety::is_safe(&written) {
        return written;
    }
    // Tests and fuzzers shall hear of it; no program that is built for users has this line.
    #[cfg(any(test, fuzzing))]
    assert_eq!(written, "", "{text:?} is no harmless documentation");
    verbatim(text)
}

fn verbatim(text: &str) -> String {
    markdown::write(&html::code_block(text))
}

/// The first paragraph in one line, without markup except code.
pub(crate) fn clean_line(text: &str) -> String {
    let text = text.trim();
    if text.len() <= LONGEST_LINE && is_plain(text) {
        return text.to_owned();
    }
    let text = printable(cut(text));
    if is_nested_too_deep(&text) {
        return String::new();
    }
    let text = asides::behind_first_paragraph(&text);
    let text = html::to_markdown(text.trim());
    first_line::first_line(&text, LONGEST_LINE)
}

/// The beginning of documentation in one short line, without markup except code.
pub(crate) fn short(docs: &Docs) -> String {
    first_line::first_line(&docs.0, LONGEST_IN_INDEX)
}

/// Documentation of an API for the page of its SDK: the beginning, and all else.
pub(crate) fn for_page(docs: &Docs) -> (Docs, Docs) {
    page::apart(docs)
}

/// The first paragraph of documentation in one line, for an item of a list: whatever follows it, even
/// the end of what begins in it, is left out. Empty where something else comes first.
pub(crate) fn first_paragraph(docs: &Docs) -> String {
    let text = docs.0.trim();
    let text = text.split("\n\n").next().unwrap_or_default();
    let mut blocks = Parser::new_ext(text, markdown::options()).into_offset_iter();
    let Some((Event::Start(Tag::Paragraph), range)) = blocks.next() else {
        return String::new();
    };
    let lines = text[range].lines().map(|line| {
        let slashes = line.len() - line.trim_end_matches('\\').len();
        let is_broken = slashes % 2 == 1;
        let end = line.len() - usize::from(is_broken);
        line[..end].trim()
    });
    lines.collect::<Vec<_>>().join(" ")
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
    if text.chars().all(|c| c == '\n' || !is_invisible(c)) {
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
            c if is_invisible(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests;
