//! A line of the file as words, with and without quotes.

use std::ops::Range;

/// A word of a line.
pub(super) struct Word {
    pub(super) text: String,
    /// In quotes it is never a mark.
    pub(super) quoted: bool,
    pub(super) span: Range<usize>,
}

impl Word {
    pub(super) fn is(&self, mark: &str) -> bool {
        !self.quoted && self.text == mark
    }
}

pub(super) struct Line {
    pub(super) indented: bool,
    pub(super) words: Vec<Word>,
    pub(super) span: Range<usize>,
    /// A quote that does not end, or a wrong escape in it.
    pub(super) fault: Option<Range<usize>>,
}

impl Line {
    pub(super) fn split(line: &str, start: usize) -> Line {
        let mut words = Vec::new();
        let mut fault = None;
        let mut at = 0;
        while at < line.len() {
            let rest = &line[at..];
            if rest.starts_with(' ') {
                at += 1;
                continue;
            }
            if rest.starts_with('"') {
                let Some((text, length)) = unquote(rest) else {
                    fault = Some(start + at..start + line.len());
                    break;
                };
                words.push(Word {
                    text,
                    quoted: true,
                    span: start + at..start + at + length,
                });
                at += length;
                continue;
            }
            let length = rest.find(' ').unwrap_or(rest.len());
            words.push(Word {
                text: rest[..length].to_owned(),
                quoted: false,
                span: start + at..start + at + length,
            });
            at += length;
        }
        Line {
            indented: line.starts_with(' '),
            words,
            span: start..start + line.len(),
            fault,
        }
    }
}

/// The text in quotes at the start, and how long it is with them.
fn unquote(text: &str) -> Option<(String, usize)> {
    let mut unquoted = String::new();
    let mut characters = text.char_indices().skip(1);
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => {
                let end = at + 1;
                let separated = text[end..].is_empty() || text[end..].starts_with(' ');
                return separated.then_some((unquoted, end));
            }
            '\\' => match characters.next()?.1 {
                c @ ('"' | '\\') => unquoted.push(c),
                'u' => {
                    let digits = text[at + 2..].strip_prefix('{')?.split('}').next()?;
                    let code = u32::from_str_radix(digits, 16).ok()?;
                    unquoted.push(char::from_u32(code)?);
                    // The digits are ASCII, or they were none.
                    characters.nth(digits.len() + 1)?;
                }
                _ => return None,
            },
            c => unquoted.push(c),
        }
    }
    None
}

/// A word as messages show it.
pub(super) fn shown(word: &Word) -> String {
    let text: String = word
        .text
        .chars()
        .take(80)
        .flat_map(char::escape_debug)
        .collect();
    format!("`{text}`")
}
