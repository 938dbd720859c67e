//! YAML that common parsers take although the specification does not: lines of a flow collection or quoted scalar that
//! are not indented further than what they belong to (YAML 1.2.2, 6.1), and a comment right behind a quote (6.6).
//! White space is all that is added, where it means nothing.

/// A text with more white space, and where that is.
pub(super) struct Mended {
    pub(super) text: String,
    added: Vec<Added>,
}

struct Added {
    /// In bytes of the mended text.
    at: usize,
    count: usize,
    /// All that was added before.
    before: usize,
}

impl Mended {
    /// The text with what it lacks; `None` where it lacks nothing.
    pub(super) fn of(text: &str) -> Option<Mended> {
        let mut scan = Scan {
            text,
            at: 0,
            line: 0,
            owner: None,
            lacking: Vec::new(),
        };
        scan.document();
        if scan.lacking.is_empty() {
            return None;
        }
        let mut mended = Mended {
            text: String::with_capacity(text.len() + 8 * scan.lacking.len()),
            added: Vec::new(),
        };
        let (mut from, mut before) = (0, 0);
        for (at, count) in scan.lacking {
            mended.text.push_str(&text[from..at]);
            mended.added.push(Added {
                at: mended.text.len(),
                count,
                before,
            });
            before += count;
            mended.text.extend(std::iter::repeat_n(' ', count));
            from = at;
        }
        mended.text.push_str(&text[from..]);
        Some(mended)
    }

    /// Where white space was added, in bytes of the mended text.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        self.added.iter().map(|added| added.at)
    }

    /// The byte of the text as it was that a byte of the mended one is.
    pub(super) fn original(&self, at: usize) -> usize {
        let behind = self.added.partition_point(|added| added.at < at);
        let Some(last) = behind.checked_sub(1).map(|index| &self.added[index]) else {
            return at;
        };
        // Within what was added, what is behind it.
        at - last.before - last.count.min(at - last.at)
    }
}

/// One walk over a text, that knows as much of YAML as it takes to tell in which context a line begins.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// Where the line begins.
    line: usize,
    /// The column of the key or dash that the value here belongs to.
    owner: Option<usize>,
    /// Where white space lacks, and how much.
    lacking: Vec<(usize, usize)>,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn next_is(&self, bytes: &[u8]) -> bool {
        self.peek().is_some_and(|byte| bytes.contains(&byte))
    }

    /// Whether white space, the end of a line or that of the text is so many bytes ahead.
    fn is_blank_at(&self, ahead: usize) -> bool {
        let byte = self.text.as_bytes().get(self.at + ahead);
        byte.is_none_or(|byte| b" \t\r\n".contains(byte))
    }

    fn column(&self) -> usize {
        self.at - self.line
    }

    fn skip_while(&mut self, is_skipped: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&is_skipped) {
            self.at += 1;
        }
    }

    fn blanks(&mut self) {
        self.skip_while(|byte| byte == b' ' || byte == b'\t');
    }

    fn rest_of_line(&mut self) {
        self.skip_while(|byte| byte != b'\n');
    }

    fn next_line(&mut self) {
        self.rest_of_line();
        if self.peek().is_some() {
            self.at += 1;
        }
        self.line = self.at;
    }

    fn document(&mut self) {
        while self.peek().is_some() {
            let start = &self.text[self.at..];
            match start.starts_with("---") || start.starts_with("...") || start.starts_with('%') {
                true => self.owner = None,
                false => self.block_line(),
            }
            self.next_line();
        }
    }

    /// A line in block context, with the lines on which its value goes on.
    fn block_line(&mut self) {
        loop {
            self.blanks();
            let column = self.column();
            match self.peek() {
                None | Some(b'\r' | b'\n' | b'#') => return,
                Some(b'-' | b'?' | b':') if self.is_blank_at(1) => {
                    self.owner = Some(column);
                    self.at += 1;
                }
                Some(b'&' | b'!' | b'*') => self.skip_while(|byte| !b" \t\r\n".contains(&byte)),
                Some(b'|' | b'>') => return self.lines_below(),
                Some(b'{' | b'[') => return self.flow(),
                Some(b'"' | b'\'') => {
                    self.quoted();
                    self.blanks();
                    if !(self.next_is(b":") && self.is_blank_at(1)) {
                        return;
                    }
                    self.at += 1;
                    self.owner = Some(column);
                }
                Some(_) => match self.is_plain_key() {
                    true => self.owner = Some(column),
                    false => return self.lines_below(),
                },
            }
        }
    }

    /// Skips a plain scalar on this line; whether it is a key.
    fn is_plain_key(&mut self) -> bool {
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' => return false,
                b':' if self.is_blank_at(1) => {
                    self.at += 1;
                    return true;
                }
                b' ' | b'\t' if self.text.as_bytes().get(self.at + 1) == Some(&b'#') => {
                    return false;
                }
                _ => self.at += 1,
            }
        }
        false
    }

    /// Skips the lines that a plain or block scalar has below, up to the end of the last: those that are indented further
    /// than what they belong to.
    fn lines_below(&mut self) {
        loop {
            self.rest_of_line();
            let (at, line) = (self.at, self.line);
            self.next_line();
            self.blanks();
            let is_empty = self.next_is(b"\r\n");
            let is_below = self.owner.is_none_or(|owner| self.column() > owner);
            if self.peek().is_none() || !(is_empty || is_below) {
                (self.at, self.line) = (at, line);
                return;
            }
        }
    }

    /// A collection in brackets or braces, up to its end.
    fn flow(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.at += 1;
                        return;
                    }
                }
                b'"' | b'\'' => {
                    self.quoted();
                    continue;
                }
                b'#' => {
                    self.rest_of_line();
                    continue;
                }
                b'\n' => {
                    self.continued();
                    continue;
                }
                b' ' | b'\t' | b'\r' | b',' | b':' => {}
                _ => {
                    self.plain_in_flow();
                    continue;
                }
            }
            self.at += 1;
        }
    }

    fn plain_in_flow(&mut self) {
        while let Some(byte) = self.peek() {
            let ends = match byte {
                b',' | b'[' | b']' | b'{' | b'}' | b'\n' => true,
                b':' => self.is_blank_at(1),
                b' ' | b'\t' => self.text.as_bytes().get(self.at + 1) == Some(&b'#'),
                _ => false,
            };
            if ends {
                return;
            }
            self.at += 1;
        }
    }

    /// A scalar in quotes, up to its end.
    fn quoted(&mut self) {
        let quote = self.peek();
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' => {
                    self.continued();
                    continue;
                }
                b'\\' if quote == Some(b'"') => {
                    // A line that ends with it is a line all the same.
                    self.at += 1;
                    if !self.next_is(b"\r\n") && self.peek().is_some() {
                        self.at += 1;
                    }
                    continue;
                }
                _ => self.at += 1,
            }
            if Some(byte) == quote {
                if quote == Some(b'\'') && self.next_is(b"'") {
                    self.at += 1;
                    continue;
                }
                break;
            }
        }
        if self.next_is(b"#") {
            self.lacking.push((self.at, 1));
        }
    }

    /// The next line, which belongs to what is open here: it has to be indented further.
    fn continued(&mut self) {
        self.next_line();
        self.blanks();
        let is_empty = self.peek().is_none() || self.next_is(b"\r\n");
        if let Some(owner) = self.owner
            && !is_empty
            && self.column() <= owner
        {
            self.lacking.push((self.at, owner + 2 - self.column()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn mended(text: &str, expected: &str) {
        let mended = Mended::of(text);
        assert_eq!(mended.map(|it| it.text).as_deref(), Some(expected));
    }

    #[test]
    fn lines_that_go_on_are_indented_further() {
        mended("a: {\n  b: 1\n}\n", "a: {\n  b: 1\n  }\n");
        mended("a:\n- [\n1\n]\n", "a:\n- [\n  1\n  ]\n");
        mended(" a: 'b\n c'\n", " a: 'b\n   c'\n");
        mended("- a: \"b\\\n  c\"\n", "- a: \"b\\\n    c\"\n");
        mended("a:\n  {\n}", "a:\n  {\n  }");
        mended("a: 'b'# c\n", "a: 'b' # c\n");
        mended("a: [1, # }\n'x]'\n]", "a: [1, # }\n  'x]'\n  ]");
    }

    #[test]
    fn all_else_is_left_as_it_is() {
        for text in [
            "a: {\n b: 1}\n",
            "{\na: 1\n}\n",
            "a: |\n  {\nb: it's\nc: d{\ne: 1\n",
            "a: plain\n  {goes\n  'on\nb: 1\n",
            "a: >-\n\n  'x\n\nb: \"\"\n",
            "- b\n- 'it''s'\n- c # {\n- d\n",
            "a: http://b # '\nc: \"\\\"\"\n",
            "a: !t &x b\n'c': d\n",
            "a: {b: it's, c: d}\ne: f\n",
            "a: [b#c, d]\n",
        ] {
            assert!(Mended::of(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_place_is_found_again() {
        let text = "a: {\nb: 1\n}\nc: 2\n";
        let mended = Mended::of(text);
        let found = mended.as_ref().and_then(|it| it.text.find("c: 2"));
        let back = mended.as_ref().zip(found).map(|(it, at)| it.original(at));
        assert_eq!(back, text.find("c: 2"));
        let within = mended.map(|it| it.places().map(|at| it.original(at + 1)).collect());
        assert_eq!(within, Some(vec![5, 10]));
    }
}
