//! Text inside a paragraph: what has to be escaped, and where lines are broken.

use super::WIDTH;
use crate::code_span::{longest_run, needs_pad};
use crate::visible::is_invisible;

/// A space at which no line may be broken, until the line is written.
pub(super) const HARD_SPACE: char = '\u{FFFF}';
/// The end of a line that stays one, until the line is written.
pub(super) const HARD_BREAK: char = '\u{FFFE}';

/// The markup that surrounds a piece of text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context {
    pub(super) in_link: bool,
    pub(super) in_table: bool,
}

/// Text and code in the making.
///
/// Neighbours of one kind are one piece, whatever stood between them and is not written: two halves
/// of an entity are text that needs an escape, and two code spans would be read as one.
#[derive(Debug, Default)]
pub(super) struct Run {
    written: String,
    pending: Option<Piece>,
    pub(super) context: Context,
}

#[derive(Debug)]
enum Piece {
    Text(String),
    Code(String),
}

impl Run {
    /// Adds text that shall be seen as it is. URLs become links.
    pub(super) fn text(&mut self, text: &str) {
        match &mut self.pending {
            Some(Piece::Text(pending)) => pending.push_str(text),
            _ => {
                self.settle();
                self.pending = Some(Piece::Text(text.to_owned()));
            }
        }
    }

    /// Adds code.
    pub(super) fn code(&mut self, code: &str) {
        match &mut self.pending {
            Some(Piece::Code(pending)) => pending.push_str(code),
            _ => {
                self.settle();
                self.pending = Some(Piece::Code(code.to_owned()));
            }
        }
    }

    /// Adds Markdown.
    pub(super) fn markup(&mut self, markup: &str) {
        self.settled().push_str(markup);
    }

    /// The text that was written, complete, for changes.
    pub(super) fn settled(&mut self) -> &mut String {
        self.settle();
        &mut self.written
    }

    pub(super) fn take(&mut self) -> String {
        std::mem::take(self.settled())
    }

    fn settle(&mut self) {
        match self.pending.take() {
            Some(Piece::Text(text)) => push_text(&mut self.written, &text, self.context),
            Some(Piece::Code(code)) => push_code(&mut self.written, &code, self.context),
            None => {}
        }
    }
}

fn push_text(out: &mut String, text: &str, context: Context) {
    // Character references are resolved by now, and stand for any character.
    let visible = |c: char| match c {
        '\n' | '\r' | '\t' => Some(' '),
        c => (!is_invisible(c)).then_some(c),
    };
    let text: String = text.chars().filter_map(visible).collect();
    let mut rest = text.as_str();
    while let Some((start, length)) = find_url(rest).filter(|_| !context.in_link) {
        push_escaped(out, &rest[..start], context);
        out.push('<');
        out.push_str(&rest[start..start + length]);
        out.push('>');
        rest = &rest[start + length..];
    }
    push_escaped(out, rest, context);
}

/// Appends a code span.
pub(super) fn push_code(out: &mut String, code: &str, context: Context) {
    let fence = "`".repeat(1 + longest_run(code, '`'));
    let pad = needs_pad(code).then_some(HARD_SPACE);
    out.push_str(&fence);
    out.extend(pad);
    for c in code.chars() {
        match c {
            ' ' | '\n' => out.push(HARD_SPACE),
            '|' if context.in_table => out.push_str("\\|"),
            c => out.push(c),
        }
    }
    out.extend(pad);
    out.push_str(&fence);
}

/// A web address that can be linked to as it is.
pub(super) fn is_linkable(url: &str) -> bool {
    let has_scheme = ["https://", "http://", "mailto:"].iter().any(|scheme| {
        let rest = url
            .get(..scheme.len())
            .filter(|start| start.eq_ignore_ascii_case(scheme));
        rest.is_some() && url[scheme.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
    });
    let is_plain = |c: char| c.is_ascii_graphic() && !"<>()\\`|[]\"{}^*_~".contains(c) || c == '_';
    has_scheme && url.chars().all(is_plain) && find_entity(url).is_none()
}

/// Where the first web address is, and how long.
fn find_url(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(at) = text[from..].find("://").map(|at| from + at) {
        from = at + 3;
        let scheme = ["https", "http"]
            .iter()
            .find(|scheme| text[..at].ends_with(*scheme));
        let Some(start) = scheme.map(|scheme| at - scheme.len()) else {
            continue;
        };
        let ends = |c: char| {
            c.is_whitespace() || c.is_control() || "<>\"`'()[]{}|\\*^".contains(c) || !c.is_ascii()
        };
        let end = text[start..]
            .find(ends)
            .map_or(text.len(), |length| start + length);
        let url = &text[start..end];
        let url = find_entity(url).map_or(url, |at| &url[..at]);
        let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '~', '_']);
        if url.len() > at + 3 - start
            && url[at + 3 - start..].starts_with(|c: char| c.is_ascii_alphanumeric())
        {
            return Some((start, url.len()));
        }
    }
    None
}

fn push_escaped(out: &mut String, text: &str, context: Context) {
    if !text.contains(|c: char| "\\`*_[]<&~|!".contains(c)) {
        out.push_str(text);
        return;
    }
    let mut before = out.chars().next_back();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let escape = match c {
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation() || next == '\n'),
            '`' | '*' | '[' | '~' => true,
            '_' => !(is_word(before) && is_word(next)),
            '<' => next.is_none_or(|next| next.is_ascii_alphabetic() || "/!?".contains(next)),
            '&' => is_entity(&text[at + 1..]),
            '!' => next.is_none(),
            '|' => context.in_table,
            ']' => context.in_link,
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
}

/// Where an ampersand begins what could make a character.
fn find_entity(text: &str) -> Option<usize> {
    let mut ampersands = text.match_indices('&');
    ampersands.find_map(|(at, _)| is_entity(&text[at + 1..]).then_some(at))
}

/// Whether what follows an ampersand could make a character of it.
fn is_entity(rest: &str) -> bool {
    let end = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    end.starts_with(';') && end.len() < rest.len()
}

/// Whether a line that starts with this word may start a list, heading, quote, rule or table, or
/// make a heading or table of the line before.
fn starts_block(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < word.len() {
        return matches!(rest, "." | ")");
    }
    let all = |allowed: &str| !word.is_empty() && word.chars().all(|c| allowed.contains(c));
    word.starts_with('>') || all("#") || all("=") || all("-:|+")
}

/// Escapes what would start a block. Code and emphasis look like that only where they are meant.
fn escape_line_start(line: &mut String) {
    let word = line.split(' ').next().unwrap_or_default();
    if starts_block(word) {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        line.insert(digits, '\\');
    }
}

/// Breaks a paragraph that has too long a line, at spaces where that changes nothing. `used`
/// columns are taken by what stands before the text.
pub(super) fn wrap(text: &str, used: usize) -> Vec<String> {
    let width = WIDTH.saturating_sub(used).max(40);
    let mut lines = Vec::new();
    for part in text.split_inclusive(HARD_BREAK) {
        let is_wide = part
            .split('\n')
            .any(|line| line.trim().chars().count() > width);
        match is_wide {
            true => fill(part, width, &mut lines),
            false => lines.extend(part.split('\n').map(squeeze)),
        }
    }
    lines.retain(|line| !line.is_empty());
    // Nothing follows that the last line could be broken from.
    if let Some(last) = lines.last_mut() {
        let end = last.trim_end_matches([HARD_BREAK, ' ']).len();
        last.truncate(end);
    }
    lines.iter_mut().for_each(finish_line);
    lines
}

/// Makes a line mean what it says by its first and last characters.
fn finish_line(line: &mut String) {
    escape_line_start(line);
    let is_broken = line.ends_with(HARD_BREAK);
    let text = line.trim_end_matches(HARD_BREAK);
    let slashes = text.len() - text.trim_end_matches('\\').len();
    let mut finished = text.replace(HARD_SPACE, " ");
    if slashes % 2 == 1 {
        finished.push('\\');
    }
    if is_broken {
        finished.push('\\');
    }
    *line = finished;
}

fn fill(text: &str, width: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut columns = 0;
    for word in text
        .split([' ', '\n'])
        .filter(|word| !word.trim().is_empty())
    {
        let length = word.chars().count();
        let must_stay =
            starts_block(word) || word.starts_with("```") || word.starts_with(HARD_BREAK);
        if columns > 0 && columns + 1 + length > width && !must_stay {
            lines.push(std::mem::take(&mut line));
            columns = 0;
        }
        if columns > 0 {
            line.push(' ');
            columns += 1;
        }
        line.push_str(word);
        columns += length;
    }
    lines.push(line);
}

/// The line with single spaces.
fn squeeze(line: &str) -> String {
    let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ").trim().to_owned()
}
