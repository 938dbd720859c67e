//! JSON text to a value, with limits and without losing duplicate keys in silence.

use super::fault::Fault;
use super::parsed::{Exceeded, Parsed};
use super::{Limits, duplicate, json_text};
use crate::diagnostic::{Code, Severity};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};
use std::collections::HashMap;
use std::fmt;
use std::ops::ControlFlow;

/// The value of a text, and what is odd in it but harmless; or what is wrong with it.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Parsed, Vec<Fault>> {
    let mut reader = JsonReader {
        limits,
        nodes: 0,
        depth: 0,
        duplicates: HashMap::new(),
        exceeded: None,
    };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer.disable_recursion_limit();
    let parsed = ValueSeed(&mut reader).deserialize(&mut deserializer);
    let parsed = parsed.and_then(|value| deserializer.end().map(|()| value));
    let value = match (parsed, reader.exceeded) {
        (Ok(value), _) => value,
        (Err(error), exceeded) => {
            let offset = offset_of(text, error.line(), error.column());
            let fault = match exceeded {
                Some(exceeded) => exceeded.fault(limits, offset),
                None => syntax_fault(text, offset, &error.to_string()),
            };
            return Err(vec![fault.pointer(json_text::pointer_at(text, offset))]);
        }
    };
    let faults = duplicate_faults(text, &reader.duplicates, limits.errors);
    match faults.iter().any(|fault| fault.severity == Severity::Error) {
        true => Err(faults),
        false => Ok(Parsed {
            value,
            nodes: reader.nodes,
            faults,
            written: Vec::new(),
        }),
    }
}

struct JsonReader<'l> {
    limits: &'l Limits,
    nodes: usize,
    depth: usize,
    /// Ordinal of each value whose key was there before, and whether that is harmless.
    duplicates: HashMap<usize, bool>,
    exceeded: Option<Exceeded>,
}

impl JsonReader<'_> {
    fn enter<E: serde::de::Error>(&mut self) -> Result<(), E> {
        self.depth += 1;
        match self.depth > self.limits.depth {
            true => Err(self.exceed(Exceeded::Depth)),
            false => Ok(()),
        }
    }

    fn exceed<E: serde::de::Error>(&mut self, exceeded: Exceeded) -> E {
        self.exceeded = Some(exceeded);
        E::custom("limit")
    }
}

struct ValueSeed<'r, 'l>(&'r mut JsonReader<'l>);

impl<'de> DeserializeSeed<'de> for ValueSeed<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.0.nodes += 1;
        if self.0.nodes > self.0.limits.nodes {
            return Err(self.0.exceed(Exceeded::Nodes));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value).ok_or_else(|| E::custom("number out of range"))?;
        Ok(Value::Number(number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Value, A::Error> {
        self.0.enter()?;
        let mut elements = Vec::new();
        while let Some(element) = array.next_element_seed(ValueSeed(&mut *self.0))? {
            elements.push(element);
        }
        self.0.depth -= 1;
        Ok(Value::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        self.0.enter()?;
        let mut members = Map::new();
        while let Some(key) = object.next_key::<String>()? {
            let ordinal = self.0.nodes;
            let value = object.next_value_seed(ValueSeed(&mut *self.0))?;
            match members.entry(key) {
                Entry::Vacant(entry) => {
                    entry.insert(value);
                }
                Entry::Occupied(mut entry) => {
                    let is_harmless = duplicate::is_harmless(entry.key(), entry.get(), &value);
                    self.0.duplicates.insert(ordinal, is_harmless);
                    entry.insert(value);
                }
            }
        }
        self.0.depth -= 1;
        Ok(Value::Object(members))
    }
}

/// A second look at the text, for where the duplicates are. Those that matter hide the others.
fn duplicate_faults(text: &str, duplicates: &HashMap<usize, bool>, most: usize) -> Vec<Fault> {
    let mut faults = Vec::new();
    if duplicates.is_empty() {
        return faults;
    }
    let all_harmless = duplicates.values().all(|is_harmless| *is_harmless);
    json_text::walk(text, |frames, token| {
        if duplicates
            .get(&token.ordinal)
            .is_some_and(|is_harmless| *is_harmless == all_harmless)
        {
            let key = token.key.clone().unwrap_or(token.span.clone());
            let pointer = json_text::path(text, frames);
            faults.push(duplicate::fault(
                &text[key.clone()],
                key,
                pointer,
                all_harmless,
            ));
        }
        match faults.len() < most {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    });
    faults
}

/// Where serde_json says that it stopped: it counts bytes, from 1, and only `\n` ends a line.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        match text[start..].find('\n') {
            Some(length) => start += length + 1,
            None => break,
        }
    }
    let mut offset = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Says what was found in the words of who wrote the document.
fn syntax_fault(text: &str, offset: usize, error: &str) -> Fault {
    let is_signed_word = text[..offset].ends_with('-')
        && text[offset..].starts_with(|c: char| c.is_ascii_alphabetic());
    let offset = if is_signed_word { offset - 1 } else { offset };
    let rest = &text[offset..];
    let reason = error.split(" at line ").next().unwrap_or(error);
    let length = rest.chars().next().map_or(0, char::len_utf8);
    let word: String = rest
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "+-._".contains(*c))
        .take(30)
        .collect();
    let number = word.trim_start_matches(['+', '-']).to_ascii_lowercase();
    let at = |message: String| Fault::at(Code::INVALID_JSON, offset..offset + length, message);
    if rest.trim().is_empty() || reason.starts_with("EOF") {
        let end = text.trim_end().len();
        return Fault::at(
            Code::INVALID_JSON,
            end..end,
            "the text ends in the middle of the document",
        )
        .help("fetch or write the file again: it is cut off, or a bracket is not closed");
    }
    if number.starts_with("nan") || number.starts_with("inf") {
        return at(format!("found `{word}`, which is no JSON number"))
            .help("write a finite number, or null");
    }
    if reason == "number out of range" {
        return at("found a number that is too large for any number type".to_owned())
            .help("write a number below 1.8e308");
    }
    if rest.starts_with(['/', '#']) {
        return at(format!(
            "found `{}`, but JSON has no comments",
            &rest[..length]
        ))
        .help("remove the comment, or name the file .yaml if it is YAML");
    }
    if rest.starts_with('\'') {
        return at("found a single quote, but JSON strings are in double quotes".to_owned())
            .help("write the string in double quotes");
    }
    match rest.chars().next() {
        Some(c) => at(format!("found {c:?}: {reason}")),
        None => at(reason.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Fault {
        let faults = parse(text, &Limits::default()).err().unwrap_or_default();
        faults
            .into_iter()
            .next()
            .unwrap_or_else(|| Fault::file(Code::LINK, "no fault"))
    }

    fn found(text: &str) -> (String, Option<usize>) {
        let fault = fault(text);
        (fault.message, fault.span.map(|span| span.start))
    }

    #[test]
    fn values_come_out_as_serde_json_reads_them() {
        let texts = [
            r#"{"b": 1, "a": [true, null, -1, 1.5, 18446744073709551615, -9223372036854775808]}"#,
            r#""\u00e9\n\ud83d\ude00""#,
            "[100000000000000000000, 1e300, -0, 0.1]",
            " [ ] ",
            "{}",
        ];
        for text in texts {
            let value = parse(text, &Limits::default()).map(|parsed| parsed.value);
            assert_eq!(
                value,
                serde_json::from_str(text).map_err(|_| Vec::new()),
                "{text}"
            );
        }
    }

    #[test]
    fn members_keep_their_order() {
        let value = parse(r#"{"z": 1, "a": 2, "m": 3}"#, &Limits::default());
        let text = value.map(|parsed| parsed.value.to_string());
        assert_eq!(text.as_deref(), Ok(r#"{"z":1,"a":2,"m":3}"#));
    }

    #[test]
    fn syntax_errors_say_what_was_found_and_where() {
        assert_eq!(
            found(r#"{"a": NaN}"#),
            ("found `NaN`, which is no JSON number".into(), Some(6))
        );
        assert_eq!(
            found("[-Infinity]").0,
            "found `-Infinity`, which is no JSON number"
        );
        assert_eq!(
            found("[1, // no\n2]"),
            ("found `/`, but JSON has no comments".into(), Some(4))
        );
        assert_eq!(
            found("{'a': 1}"),
            (
                "found a single quote, but JSON strings are in double quotes".into(),
                Some(1)
            )
        );
        assert_eq!(
            found(r#"{"a": [1, 2"#),
            (
                "the text ends in the middle of the document".into(),
                Some(11)
            )
        );
        assert_eq!(
            found("[1e999]").0,
            "found a number that is too large for any number type"
        );
        assert_eq!(found("[1,]"), ("found ']': trailing comma".into(), Some(3)));
        assert_eq!(found("").1, Some(0));
        assert_eq!(
            found("{} x"),
            ("found 'x': trailing characters".into(), Some(3))
        );
    }

    #[test]
    fn a_syntax_error_has_the_pointer_of_the_value_around_it() {
        assert_eq!(fault(r#"{"a": {"b": [1, tru]}}"#).pointer, "/a/b/1");
    }

    #[test]
    fn a_key_with_two_meanings_is_an_error_at_the_second() {
        let fault = fault(r#"{"x": {"a": 1, "b": 2, "a": 3}}"#);
        assert_eq!(
            (fault.code, fault.severity),
            (Code::DUPLICATE_KEY, Severity::Error)
        );
        assert_eq!(
            (fault.pointer.to_string().as_str(), fault.span),
            ("/x/a", Some(23..26))
        );
    }

    #[test]
    fn a_key_that_says_the_same_twice_is_a_finding() {
        for text in [
            r#"{"a": [1], "a": [1]}"#,
            r#"{"description": "x", "description": "y"}"#,
            r#"{"x-order": 1, "x-order": 2}"#,
        ] {
            let faults = parse(text, &Limits::default()).map(|parsed| parsed.faults);
            let severities = faults.map(|faults| faults.iter().map(|f| f.severity).collect());
            assert_eq!(severities, Ok(vec![Severity::Finding]), "{text}");
        }
    }

    #[test]
    fn too_deep_text_is_refused_before_it_hurts() {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
            let deepest = format!("{}1{}", open.repeat(200), close.repeat(200));
            assert!(parse(&deepest, &Limits::default()).is_ok());
            assert_eq!(fault(&open.repeat(100_000)).code, "too-deep");
            assert_eq!(fault(&format!("{open}{deepest}{close}")).code, "too-deep");
        }
    }

    #[test]
    fn too_many_values_are_refused() {
        let limits = Limits {
            nodes: 4,
            ..Limits::default()
        };
        assert!(parse("[1,2,3]", &limits).is_ok());
        let faults = parse("[1,2,3,4]", &limits).err().unwrap_or_default();
        assert_eq!(
            faults.iter().map(|f| f.code).collect::<Vec<_>>(),
            ["too-many-values"]
        );
    }
}
