//! The text of a query: one pass without going back, in time that grows with the text alone.

use super::{Comparison, Condition, Operand, Query, Segment, Selector};
use serde_json::{Number, Value};

/// The largest integer of I-JSON (RFC 7493).
const LARGEST: i64 = (1 << 53) - 1;

/// Reads a query, whose brackets and calls may be inside each other as `deep` as values: the parser
/// calls itself. An error says what was expected, and after how many bytes.
pub(crate) fn parse(text: &str, deep: usize) -> Result<Query, String> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        deep,
    };
    let query = parser.root().and_then(|query| match parser.rest() {
        "" => Ok(query),
        _ => parser.expected("`.`, `[` or the end"),
    });
    query.map_err(|expected| format!("{expected} after {} bytes", parser.at))
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    deep: usize,
}

type Parsed<T> = Result<T, String>;

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn expected<T>(&self, what: &str) -> Parsed<T> {
        Err(format!("expected {what}"))
    }

    fn take(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        self.at += if found { token.len() } else { 0 };
        found
    }

    fn require(&mut self, token: &str) -> Parsed<()> {
        match self.take(token) {
            true => Ok(()),
            false => self.expected(&format!("`{token}`")),
        }
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn blank(&mut self) {
        self.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.depth += 1;
        if self.depth > self.deep {
            let most = format!(
                "at most {} brackets inside each other (`depth` of [limits] in codegen.toml)",
                self.deep
            );
            return self.expected(&most);
        }
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn root(&mut self) -> Parsed<Query> {
        self.require("$")?;
        self.segments(true)
    }

    fn segments(&mut self, from_root: bool) -> Parsed<Query> {
        let mut segments = Vec::new();
        loop {
            let before = self.at;
            self.blank();
            let segment = if self.take("..") {
                let selectors = match self.rest().starts_with('[') {
                    true => self.bracketed()?,
                    false => vec![self.after_dot()?],
                };
                Segment {
                    descends: true,
                    selectors,
                }
            } else if self.take(".") {
                Segment {
                    descends: false,
                    selectors: vec![self.after_dot()?],
                }
            } else if self.rest().starts_with('[') {
                Segment {
                    descends: false,
                    selectors: self.bracketed()?,
                }
            } else {
                self.at = before;
                return Ok(Query {
                    from_root,
                    segments,
                });
            };
            segments.push(segment);
        }
    }

    fn after_dot(&mut self) -> Parsed<Selector> {
        if self.take("*") {
            return Ok(Selector::Wildcard);
        }
        let may_start = |c: char| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii();
        if !self.rest().starts_with(may_start) {
            return self.expected("a name or `*`");
        }
        let name = self.take_while(|c| may_start(c) || c.is_ascii_digit());
        Ok(Selector::Name(name.to_owned()))
    }

    fn bracketed(&mut self) -> Parsed<Vec<Selector>> {
        self.nested(|parser| {
            parser.require("[")?;
            let mut selectors = Vec::new();
            loop {
                parser.blank();
                selectors.push(parser.selector()?);
                parser.blank();
                if parser.take("]") {
                    return Ok(selectors);
                }
                if !parser.take(",") {
                    return parser.expected("`,` or `]`");
                }
            }
        })
    }

    fn selector(&mut self) -> Parsed<Selector> {
        if self.take("*") {
            return Ok(Selector::Wildcard);
        }
        if self.take("?") {
            self.blank();
            return Ok(Selector::Filter(self.any()?));
        }
        if self.rest().starts_with(['\'', '"']) {
            return Ok(Selector::Name(self.string()?));
        }
        let start = self.integer()?;
        let end_of_start = self.at;
        self.blank();
        if !self.take(":") {
            self.at = end_of_start;
            return match start {
                Some(index) => Ok(Selector::Index(index)),
                None => self.expected("a quoted name, `*`, an index, `:` or `?`"),
            };
        }
        self.blank();
        let end = self.integer()?;
        let end_of_end = self.at;
        self.blank();
        let mut step = None;
        if self.take(":") {
            let end_of_colon = self.at;
            self.blank();
            step = self.integer()?;
            if step.is_none() {
                self.at = end_of_colon;
            }
        } else {
            self.at = end_of_end;
        }
        Ok(Selector::Slice {
            start,
            end,
            step: step.unwrap_or(1),
        })
    }

    /// `None` where there is none.
    fn integer(&mut self) -> Parsed<Option<i64>> {
        let before = self.at;
        let negative = self.take("-");
        let digits = self.take_while(|c| c.is_ascii_digit());
        if digits.is_empty() {
            self.at = before;
            return Ok(None);
        }
        let plain = digits == "0" && !negative || !digits.starts_with('0');
        let value = digits.parse::<i64>().ok().filter(|value| *value <= LARGEST);
        match value {
            Some(value) if plain => Ok(Some(if negative { -value } else { value })),
            _ => {
                self.at = before;
                self.expected("an integer of at most 2^53 - 1, without zeros before it")
            }
        }
    }

    fn any(&mut self) -> Parsed<Condition> {
        self.joined("||", Self::all, Condition::Any)
    }

    fn all(&mut self) -> Parsed<Condition> {
        self.joined("&&", Self::condition, Condition::All)
    }

    fn joined(
        &mut self,
        operator: &str,
        read: fn(&mut Self) -> Parsed<Condition>,
        join: fn(Vec<Condition>) -> Condition,
    ) -> Parsed<Condition> {
        let first = read(self)?;
        let mut conditions = vec![first];
        loop {
            let before = self.at;
            self.blank();
            if !self.take(operator) {
                self.at = before;
                break;
            }
            self.blank();
            conditions.push(read(self)?);
        }
        Ok(match conditions.len() {
            1 => conditions.remove(0),
            _ => join(conditions),
        })
    }

    fn condition(&mut self) -> Parsed<Condition> {
        let negated = self.rest().starts_with('!');
        if negated {
            self.at += 1;
            self.blank();
        }
        let condition = if self.take("(") {
            self.nested(|parser| {
                parser.blank();
                let condition = parser.any()?;
                parser.blank();
                parser.require(")")?;
                Ok(condition)
            })?
        } else {
            self.test(negated)?
        };
        Ok(match negated {
            true => Condition::Not(Box::new(condition)),
            false => condition,
        })
    }

    /// A comparison, or something that holds or does not by itself.
    fn test(&mut self, negated: bool) -> Parsed<Condition> {
        if let Some(whole) = self.takes_match() {
            return self.nested(|parser| {
                parser.blank();
                let text = parser.operand()?;
                parser.blank();
                parser.require(",")?;
                parser.blank();
                let pattern = parser.operand()?;
                parser.blank();
                parser.require(")")?;
                Ok(Condition::Matches {
                    whole,
                    text,
                    pattern,
                })
            });
        }
        let left = self.operand_or_query()?;
        let before = self.at;
        self.blank();
        let Some(comparison) = self.comparison().filter(|_| !negated) else {
            self.at = before;
            return match left {
                Operand::Query(query) => Ok(Condition::Exists(query)),
                _ => self.expected("a comparison such as `==`"),
            };
        };
        if matches!(&left, Operand::Query(query) if !query.is_singular()) {
            return self.expected("a query that selects one value, before a comparison");
        }
        self.blank();
        let right = self.operand()?;
        Ok(Condition::Compare(left, comparison, right))
    }

    fn takes_match(&mut self) -> Option<bool> {
        if self.take("match(") {
            return Some(true);
        }
        self.take("search(").then_some(false)
    }

    fn comparison(&mut self) -> Option<Comparison> {
        let all = [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        let found = all.into_iter().find(|(token, _)| self.take(token));
        found.map(|(_, comparison)| comparison)
    }

    fn operand(&mut self) -> Parsed<Operand> {
        let operand = self.operand_or_query()?;
        match &operand {
            Operand::Query(query) if !query.is_singular() => {
                self.expected("a value, or a query that selects one")
            }
            _ => Ok(operand),
        }
    }

    fn operand_or_query(&mut self) -> Parsed<Operand> {
        if self.rest().starts_with(['$', '@']) {
            return self.query().map(Operand::Query);
        }
        if self.rest().starts_with(['\'', '"']) {
            return self.string().map(|text| Operand::Literal(text.into()));
        }
        if self
            .rest()
            .starts_with(|c: char| c == '-' || c.is_ascii_digit())
        {
            return self.number().map(|number| Operand::Literal(number.into()));
        }
        let before = self.at;
        let word = self.take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !self.rest().starts_with('(') {
            let literal = match word {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                "null" => Value::Null,
                _ => {
                    self.at = before;
                    return self.expected("a condition");
                }
            };
            return Ok(Operand::Literal(literal));
        }
        self.call(word, before)
    }

    fn call(&mut self, word: &str, before: usize) -> Parsed<Operand> {
        if !matches!(word, "length" | "count" | "value") {
            self.at = before;
            return self.expected("a function that gives a value: `length`, `count` or `value`");
        }
        self.nested(|parser| {
            parser.require("(")?;
            parser.blank();
            let operand = match word {
                "length" => Operand::Length(Box::new(parser.operand()?)),
                "count" => Operand::Count(parser.query()?),
                _ => Operand::Value(parser.query()?),
            };
            parser.blank();
            parser.require(")")?;
            Ok(operand)
        })
    }

    fn query(&mut self) -> Parsed<Query> {
        if self.take("$") {
            return self.segments(true);
        }
        match self.take("@") {
            true => self.segments(false),
            false => self.expected("a query, which begins with `$` or `@`"),
        }
    }

    fn number(&mut self) -> Parsed<Number> {
        let before = self.at;
        self.take("-");
        let whole = self.take_while(|c| c.is_ascii_digit());
        let mut fits = whole == "0" || !whole.is_empty() && !whole.starts_with('0');
        if self.take(".") {
            fits &= !self.take_while(|c| c.is_ascii_digit()).is_empty();
        }
        if self.take("e") || self.take("E") {
            let _ = self.take("-") || self.take("+");
            fits &= !self.take_while(|c| c.is_ascii_digit()).is_empty();
        }
        let text = &self.text[before..self.at];
        match serde_json::from_str(text) {
            Ok(number) if fits => Ok(number),
            _ => {
                self.at = before;
                self.expected("a number")
            }
        }
    }

    fn string(&mut self) -> Parsed<String> {
        let quote = if self.take("'") { '\'' } else { '"' };
        if quote == '"' {
            self.require("\"")?;
        }
        let mut text = String::new();
        loop {
            let plain = self.take_while(|c| c != quote && c != '\\' && c >= ' ');
            text.push_str(plain);
            if self.take(quote.encode_utf8(&mut [0; 4])) {
                return Ok(text);
            }
            if !self.take("\\") {
                return self.expected("the end of the quoted text");
            }
            text.push(self.escape(quote)?);
        }
    }

    fn escape(&mut self, quote: char) -> Parsed<char> {
        let Some(escaped) = self.rest().chars().next() else {
            return self.expected("an escape");
        };
        self.at += escaped.len_utf8();
        Ok(match escaped {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '/' | '\\' => escaped,
            'u' => return self.unicode(),
            c if c == quote => c,
            _ => return self.expected("an escape of JSON"),
        })
    }

    fn unicode(&mut self) -> Parsed<char> {
        let first = self.unit()?;
        let code = match first {
            0xD800..=0xDBFF => {
                self.require("\\u")?;
                let second = self.unit()?;
                if !(0xDC00..=0xDFFF).contains(&second) {
                    return self.expected("the other half of a surrogate pair");
                }
                0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
            }
            code => code,
        };
        match char::from_u32(code) {
            Some(c) => Ok(c),
            None => self.expected("a character"),
        }
    }

    fn unit(&mut self) -> Parsed<u32> {
        let digits = self.rest().get(..4).unwrap_or_default();
        let valid = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        match u32::from_str_radix(digits, 16) {
            Ok(unit) if valid => {
                self.at += 4;
                Ok(unit)
            }
            _ => self.expected("four hexadecimal digits"),
        }
    }
}
