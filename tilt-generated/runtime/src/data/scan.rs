//! JSON as a tree of borrowed texts. Numbers stay as they are written, which no deserializer of `serde_json` hands out.

use crate::data::content::Content;
use std::borrow::Cow;

/// How deep JSON may be nested, as `serde_json` has it.
const DEEPEST: usize = 128;

/// Why a text is no tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is nested too deep.
    Depth,
    /// It is no JSON: an escape is no character.
    Syntax,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Depth => "recursion limit exceeded",
            Self::Syntax => "invalid escape",
        })
    }
}

/// The tree of a JSON text, which `serde_json` has passed over already.
pub(crate) fn scan(text: &str) -> Result<Content<'_>, Fault> {
    let mut scanner = Scanner { rest: text };
    let content = scanner.value(DEEPEST)?;
    match scanner.rest.trim_ascii().is_empty() {
        true => Ok(content),
        false => Err(Fault::Syntax),
    }
}

struct Scanner<'t> {
    rest: &'t str,
}

impl<'t> Scanner<'t> {
    fn value(&mut self, deepest: usize) -> Result<Content<'t>, Fault> {
        let rest = self.skip();
        match rest.as_bytes().first().copied().ok_or(Fault::Syntax)? {
            b'"' => self.string().map(Content::Text),
            b'{' => self.object(deepest.checked_sub(1).ok_or(Fault::Depth)?),
            b'[' => self.array(deepest.checked_sub(1).ok_or(Fault::Depth)?),
            b't' => self.word("true", Content::Bool(true)),
            b'f' => self.word("false", Content::Bool(false)),
            b'n' => self.word("null", Content::Null),
            _ => self.number(),
        }
    }

    fn skip(&mut self) -> &'t str {
        self.rest = self.rest.trim_ascii_start();
        self.rest
    }

    /// Whether a byte is next, which is then passed over.
    fn is_next(&mut self, byte: u8) -> bool {
        let rest = self.skip();
        let is = rest.as_bytes().first() == Some(&byte);
        if is {
            self.rest = &rest[1..];
        }
        is
    }

    fn word(&mut self, word: &str, content: Content<'t>) -> Result<Content<'t>, Fault> {
        self.rest = self.rest.strip_prefix(word).ok_or(Fault::Syntax)?;
        Ok(content)
    }

    fn number(&mut self) -> Result<Content<'t>, Fault> {
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let length = self.rest.bytes().take_while(|byte| is_part(byte)).count();
        let (number, rest) = self.rest.split_at(length);
        self.rest = rest;
        match number.is_empty() {
            true => Err(Fault::Syntax),
            false => Ok(Content::Number(Cow::Borrowed(number))),
        }
    }

    fn string(&mut self) -> Result<Cow<'t, str>, Fault> {
        let whole = self.rest;
        let bytes = whole.as_bytes();
        let mut at = 1;
        let mut is_escaped = false;
        loop {
            match bytes.get(at).ok_or(Fault::Syntax)? {
                b'"' => break,
                b'\\' => {
                    is_escaped = true;
                    at += 2;
                }
                _ => at += 1,
            }
        }
        let quoted = whole.get(..=at).ok_or(Fault::Syntax)?;
        self.rest = &whole[at + 1..];
        match is_escaped {
            true => serde_json::from_str(quoted)
                .map(Cow::Owned)
                .map_err(|_| Fault::Syntax),
            false => Ok(Cow::Borrowed(&quoted[1..at])),
        }
    }

    fn array(&mut self, deepest: usize) -> Result<Content<'t>, Fault> {
        self.rest = &self.rest[1..];
        let mut items = Vec::new();
        if self.is_next(b']') {
            return Ok(Content::Array(items));
        }
        loop {
            items.push(self.value(deepest)?);
            if self.is_next(b']') {
                return Ok(Content::Array(items));
            }
            if !self.is_next(b',') {
                return Err(Fault::Syntax);
            }
        }
    }

    fn object(&mut self, deepest: usize) -> Result<Content<'t>, Fault> {
        self.rest = &self.rest[1..];
        let mut properties = Vec::new();
        if self.is_next(b'}') {
            return Ok(Content::Object(properties));
        }
        loop {
            if !self.skip().starts_with('"') {
                return Err(Fault::Syntax);
            }
            let name = self.string()?;
            if !self.is_next(b':') {
                return Err(Fault::Syntax);
            }
            properties.push((name, self.value(deepest)?));
            if self.is_next(b'}') {
                return Ok(Content::Object(properties));
            }
            if !self.is_next(b',') {
                return Err(Fault::Syntax);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Value;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_as_they_are_written() {
        let text = r#" [ 1E400 , -0 , {"a\u00e9\"" : 1.10 , "b" : [ ] , "c" : { } } , "x\\" ] "#;
        let value = scan(text).map(Value::from).expect("JSON");
        assert_eq!(
            value.to_string(),
            r#"[1E400,-0,{"aé\"":1.10,"b":[],"c":{}},"x\\"]"#
        );
    }

    #[test]
    fn what_is_nested_too_deep_or_no_json_is_refused() {
        let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(scan(&nested(DEEPEST)).is_ok());
        assert_eq!(scan(&nested(DEEPEST + 1)).err(), Some(Fault::Depth));
        for other in [
            "",
            "[",
            "[1",
            "[1,",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{1:1}",
            "\"",
            "\"\\",
            "\"\\ud800\"",
            "tru",
            "1 2",
            "é",
        ] {
            assert_eq!(scan(other).err(), Some(Fault::Syntax), "{other}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[\\[\\]{}\",:\\\\0-9eé \\-.tfn]{0,30}") {
            let read = serde_json::from_str::<serde_json::Value>(&text);
            if read.is_ok() {
                prop_assert!(scan(&text).is_ok(), "{text}");
            }
        }
    }
}
