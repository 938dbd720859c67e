//! Text inside a paragraph: what has to be escaped, and where lines are broken.

use super::WIDTH;

/// A space at which no line may be broken, until the line is written.
pub(super) const HARD_SPACE: char = '\u{FFFF}';

/// What surrounds a piece of text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context {
    pub(super) in_link: bool,
    pub(super) in_table: bool,
}

/// Appends text that shall be seen as it is. URLs become links.
pub(super) fn push_text(out: &mut String, text: &str, context: Context) {
    // Character references are resolved by now, and stand for any character.
    let visible = |c: char| match c {
        '\n' | '\r' | '\t' => Some(' '),
        c => (!super::is_unprintable(c)).then_some(c),
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
    let fence = "`".repeat(1 + longest_run(code, '`') % 32);
    let pads = code.starts_with('`')
        || code.ends_with('`')
        || (code.starts_with(' ') && code.ends_with(' ') && !code.trim().is_empty());
    out.push_str(&fence);
    if pads {
        out.push(HARD_SPACE);
    }
    for c in code.chars() {
        match c {
            ' ' | '\n' => out.push(HARD_SPACE),
            '|' if context.in_table => out.push_str("\\|"),
            c => out.push(c),
        }
    }
    if pads {
        out.push(HARD_SPACE);
    }
    out.push_str(&fence);
}

pub(super) fn longest_run(text: &str, of: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == of { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
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
    has_scheme && url.chars().all(is_plain)
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
        let url = text[start..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '~', '_']);
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
    // A backslash at the end of a line is a hard break: that line ends there.
    for part in text.split_inclusive("\\\n") {
        let part = part.strip_suffix('\n').unwrap_or(part);
        let is_wide = part
            .split('\n')
            .any(|line| line.trim().chars().count() > width);
        match is_wide {
            true => fill(part, width, &mut lines),
            false => lines.extend(part.split('\n').map(squeeze)),
        }
    }
    lines.retain(|line| !line.is_empty());
    for line in &mut lines {
        escape_line_start(line);
        if line.contains(HARD_SPACE) {
            *line = line.replace(HARD_SPACE, " ");
        }
    }
    lines
}

fn fill(text: &str, width: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut columns = 0;
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        let must_stay = starts_block(word) || word.starts_with("```") || word == "\\";
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
    words.join(" ")
}
