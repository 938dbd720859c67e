//! Regular expressions of ECMA-262 in the syntax of `regex-lite`, which takes as long as the text for any text. There
//! is no translation of that which it can't say: to look around, to refer back, the properties of Unicode.

use std::iter::Peekable;
use std::str::Chars;

/// White space and the ends of lines (ECMA-262, 22.2.2.9), as ranges.
const SPACES: &[(char, char)] = &[
    ('\t', '\r'),
    (' ', ' '),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{feff}', '\u{feff}'),
];
const WORDS: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
const DIGITS: &[(char, char)] = &[('0', '9')];
/// All that `.` stands for.
const NOT_LINE_ENDS: &str = "[^\\n\\r\\u{2028}\\u{2029}]";

/// The same expression for `regex-lite`; `None`, where there is none, or where this is no expression, or one as another language
/// writes it: read as ECMA-262 has it, it would refuse all that is meant.
pub(crate) fn translate(pattern: &str) -> Option<String> {
    if is_of_source(pattern) || is_of_another_language(pattern) {
        return None;
    }
    let mut translation = Translation {
        rest: pattern.chars().peekable(),
        out: String::new(),
    };
    translation.alternatives()?;
    let text = translation.out;
    // Within the memory that it takes, too.
    regex_lite::Regex::new(&text).is_ok().then_some(text)
}

/// Whether an expression stands between slashes, as in source text: `/^a$/i`. Nothing is before the start, or behind the end.
fn is_of_source(pattern: &str) -> bool {
    let Some((body, flags)) = pattern.strip_prefix('/').and_then(|it| it.rsplit_once('/')) else {
        return false;
    };
    let is_flags = flags.chars().all(|it| "dgimsuvxy".contains(it));
    is_flags && (body.starts_with('^') || body.ends_with('$') && !body.ends_with("\\$"))
}

/// Whether an expression has a class of POSIX (`[[:alpha:]]`), or a repetition without its least number (`{,5}`).
fn is_of_another_language(pattern: &str) -> bool {
    let is_letters = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_ascii_lowercase());
    let names_class = pattern.split("[:").skip(1).any(|it| {
        it.split_once(":]")
            .is_some_and(|(name, _)| is_letters(name))
    });
    let is_digits = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_ascii_digit());
    let mut before = "";
    let repeats = pattern.split("{,").enumerate().any(|(at, behind)| {
        let is_one = at > 0
            && !before.is_empty()
            && !before.ends_with(['\\', '}'])
            && behind
                .split_once('}')
                .is_some_and(|(most, _)| is_digits(most));
        before = behind;
        is_one
    });
    names_class || repeats
}

struct Translation<'p> {
    rest: Peekable<Chars<'p>>,
    out: String,
}

/// A set of characters that a letter after a backslash stands for.
fn set(letter: char) -> Option<(&'static [(char, char)], bool)> {
    Some(match letter {
        'd' => (DIGITS, true),
        'D' => (DIGITS, false),
        'w' => (WORDS, true),
        'W' => (WORDS, false),
        's' => (SPACES, true),
        'S' => (SPACES, false),
        _ => return None,
    })
}

impl Translation<'_> {
    fn alternatives(&mut self) -> Option<()> {
        while let Some(character) = self.rest.next() {
            match character {
                '(' => self.group()?,
                '[' => self.class()?,
                '\\' => self.escape()?,
                '.' => self.out.push_str(NOT_LINE_ENDS),
                '{' => self.repetition(),
                '^' | '$' | ')' | '|' | '*' | '+' | '?' => self.out.push(character),
                literal => self.literal(literal),
            }
        }
        Some(())
    }

    /// Groups are not asked for what they took.
    fn group(&mut self) -> Option<()> {
        self.out.push('(');
        if self.rest.next_if_eq(&'?').is_none() {
            return Some(());
        }
        self.out.push_str("?:");
        match self.rest.next()? {
            ':' => Some(()),
            // A name; `<=` and `<!` look behind.
            '<' if !matches!(self.rest.peek(), Some('=' | '!')) => {
                self.rest.by_ref().find(|it| *it == '>').map(|_| ())
            }
            _ => None,
        }
    }

    /// A brace that does not count is one, outside of the mode `u`.
    fn repetition(&mut self) {
        let mut ahead = self.rest.clone();
        let mut counts = String::new();
        let is_count = loop {
            match ahead.next() {
                Some('}') => break true,
                Some(it) if it.is_ascii_digit() || it == ',' => counts.push(it),
                _ => break false,
            }
        };
        let is_count = is_count && counts.starts_with(|it: char| it.is_ascii_digit());
        match is_count && counts.matches(',').count() <= 1 {
            true => {
                self.out.push('{');
                self.out.push_str(&counts);
                self.out.push('}');
                self.rest = ahead;
            }
            false => self.literal('{'),
        }
    }

    fn literal(&mut self, character: char) {
        match character {
            '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$' => {
                self.out.extend(['\\', character]);
            }
            ' '..='~' => self.out.push(character),
            it if it.is_alphanumeric() => self.out.push(it),
            it => self.code(it),
        }
    }

    fn code(&mut self, character: char) {
        self.out
            .push_str(&format!("\\u{{{:x}}}", u32::from(character)));
    }

    fn escape(&mut self) -> Option<()> {
        let letter = *self.rest.peek()?;
        if letter == 'b' {
            self.rest.next();
            self.out.push_str("\\b");
            return Some(());
        }
        if let Some((ranges, is)) = set(letter) {
            self.rest.next();
            self.out.push_str(if is { "[" } else { "[^" });
            self.ranges(ranges);
            self.out.push(']');
            return Some(());
        }
        let character = self.escaped()?;
        self.literal(character);
        Some(())
    }

    /// The character that is behind a backslash. `None`: it refers back, or is of a kind that is not known.
    fn escaped(&mut self) -> Option<char> {
        let character = self.rest.next()?;
        Some(match character {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'v' => '\u{b}',
            'f' => '\u{c}',
            '0' if !self.rest.peek().is_some_and(char::is_ascii_digit) => '\0',
            'c' => char::from(u8::try_from(self.rest.next()?).ok()? & 0x1f),
            'x' => char::from_u32(self.hex(2)?)?,
            'u' if self.rest.next_if_eq(&'{').is_some() => {
                let mut digits = String::new();
                while let Some(digit) = self.rest.next_if(|it| *it != '}') {
                    digits.push(digit);
                }
                self.rest.next()?;
                char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
            }
            'u' => self.unit()?,
            other if !other.is_ascii_alphanumeric() => other,
            _ => return None,
        })
    }

    /// A UTF-16 code unit, or two that are one character.
    fn unit(&mut self) -> Option<char> {
        let first = u16::try_from(self.hex(4)?).ok()?;
        if let Some(character) = char::from_u32(first.into()) {
            return Some(character);
        }
        (self.rest.next()? == '\\' && self.rest.next()? == 'u').then_some(())?;
        let second = u16::try_from(self.hex(4)?).ok()?;
        char::decode_utf16([first, second]).next()?.ok()
    }

    fn hex(&mut self, digits: usize) -> Option<u32> {
        let mut code = 0;
        for _ in 0..digits {
            code = 16 * code + self.rest.next()?.to_digit(16)?;
        }
        Some(code)
    }

    fn class(&mut self) -> Option<()> {
        self.out.push('[');
        if self.rest.next_if_eq(&'^').is_some() {
            self.out.push('^');
        }
        // Nothing, or anything: no more than a curiosity.
        if self.rest.peek() == Some(&']') {
            return None;
        }
        loop {
            match self.rest.next()? {
                ']' => break,
                '\\' if self.rest.peek().copied().and_then(set).is_some() => {
                    let (ranges, is) = set(self.rest.next()?)?;
                    match is {
                        true => self.ranges(ranges),
                        false => self.ranges(&complement(ranges)),
                    }
                }
                first => {
                    let first = self.member(first)?;
                    self.range(first)?;
                }
            }
        }
        self.out.push(']');
        Some(())
    }

    fn member(&mut self, first: char) -> Option<char> {
        match (first, self.rest.peek()) {
            ('\\', Some('b')) => {
                self.rest.next();
                Some('\u{8}')
            }
            ('\\', _) => self.escaped(),
            (character, _) => Some(character),
        }
    }

    /// A character of a class, or all from there to another.
    fn range(&mut self, first: char) -> Option<()> {
        let mut ahead = self.rest.clone();
        let is_range = ahead.next() == Some('-') && !matches!(ahead.peek(), None | Some(']'));
        let to_set = ahead.next() == Some('\\') && ahead.peek().copied().and_then(set).is_some();
        if !is_range || to_set {
            self.in_class(first);
            return Some(());
        }
        self.rest.next();
        let last = self.rest.next()?;
        let last = self.member(last)?;
        (first <= last).then_some(())?;
        self.ranges(&[(first, last)]);
        Some(())
    }

    fn ranges(&mut self, ranges: &[(char, char)]) {
        for (first, last) in ranges {
            self.in_class(*first);
            if first != last {
                self.out.push('-');
                self.in_class(*last);
            }
        }
    }

    fn in_class(&mut self, character: char) {
        match character {
            it if it.is_alphanumeric() => self.out.push(it),
            ' ' | '_' => self.out.push(character),
            '!'..='~' => self.out.extend(['\\', character]),
            it => self.code(it),
        }
    }
}

/// All characters that are in none of some sorted ranges.
fn complement(ranges: &[(char, char)]) -> Vec<(char, char)> {
    let before = |it: char| char::from_u32(u32::from(it) - 1).unwrap_or('\u{d7ff}');
    let after = |it: char| char::from_u32(u32::from(it) + 1).unwrap_or('\u{e000}');
    let mut complement = Vec::new();
    let mut from = '\0';
    for (first, last) in ranges {
        if *first > from {
            complement.push((from, before(*first)));
        }
        from = after(*last);
    }
    complement.push((from, char::MAX));
    complement
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_match(pattern: &str, text: &str) -> bool {
        let translated = translate(pattern).expect(pattern);
        let expression = regex_lite::Regex::new(&translated).expect(pattern);
        expression.is_match(text)
    }

    #[test]
    fn an_expression_matches_what_it_matches_in_ecma_262() {
        for (pattern, texts, others) in [
            (r"^\d+$", &["123"][..], &["١٢", "12\n", ""][..]),
            (r"^\w$", &["a", "_"], &["é", "-"]),
            (
                r"^\s\S$",
                &["\u{a0}a", "\u{feff}é", "\u{2028}."],
                &["\u{85}a", " \u{3000}"],
            ),
            (r"^[^\s]$", &["a"], &["\u{2003}"]),
            (r"^[\S]$", &["a", "\u{10ffff}"], &["\u{2003}", "\t"]),
            (r"^[\W\d]$", &["1", "é", "-"], &["a", "_"]),
            (
                r"^.$",
                &["a", "😀", "\u{85}"],
                &["\n", "\r", "\u{2028}", "ab"],
            ),
            (r"^a\/b\-c$", &["a/b-c"], &["abc"]),
            (r"^[\w-.]$", &["-", ".", "a"], &["/", "é"]),
            (r"^[a-z0-9-_ ]+$", &["a-b_c 1"], &["A", "."]),
            (r"^[^\\x00-\\x7F]$", &["é", "y"], &["\\", "x", "0", "F"]),
            (r"^(?<year>\d{4})-(\d{2})$", &["2020-01"], &["20-01"]),
            (r"^{a}{,2}$", &["{a}{,2}"], &["a"]),
            (r"^a{2}b{1,}c{0,1}$", &["aabb", "aabc"], &["abb"]),
            (
                r"^\u{1F600}\uD83D\uDE00\x41\u00e9\cA\0$",
                &["😀😀Aé\u{1}\0"],
                &[""],
            ),
            (r"^[&&~~[-]$", &["&", "~", "-", "["], &["a"]),
            (r"a#b c", &["xa#b cy"], &["ab"]),
            (r"^$|^(?:x|y)*?$", &["", "xyx"], &["z"]),
            (r"\bfoo\b", &["a foo.", "éfoo"], &["food"]),
            (r"/a/", &["x/a/"], &["a"]),
            (r"^/a\$/$", &["/a$/"], &["/a/"]),
            (r"^a\{,2}$", &["a{,2}"], &["aa"]),
        ] {
            for text in texts {
                assert!(is_match(pattern, text), "{pattern} {text:?}");
            }
            for text in others {
                assert!(!is_match(pattern, text), "{pattern} {text:?}");
            }
        }
    }

    #[test]
    fn what_cannot_be_said_has_no_translation() {
        for pattern in [
            r"^(?!x)",
            r"(?=x)",
            r"(?<=a)b",
            r"(?<!a)b",
            r"(a)\1",
            r"\k<a>",
            r"^\p{L}+$",
            r"\P{L}",
            r"\a",
            r"[]",
            r"[^]",
            r"(",
            r")",
            r"[a",
            r"*",
            r"(?i)a",
            r"(?i:a)",
            r"\",
            r"[z-a]",
            r"a{2,1}",
            r"\ud83d",
            r"\01",
            r"((a{1000}){1000}){1000}",
            r"\B",
            "/^a$/",
            "/^[a-z0-9_+-]+$/i",
            "/a$/",
            "^[[:alpha:]_-]+$",
            "^[a-z]{,63}$",
        ] {
            assert_eq!(translate(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn an_expression_that_means_the_same_stays_as_it_is() {
        for pattern in [
            "^[A-Z]{3}$",
            r"^\+[1-9]x*$",
            "^(?:a|b)?$",
            "^[a-zA-Z0-9_ ]+$",
        ] {
            assert_eq!(translate(pattern).as_deref(), Some(pattern));
        }
    }
}
