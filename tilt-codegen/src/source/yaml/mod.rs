//! YAML 1.2 text to a JSON value, with aliases and merge keys expanded.

mod anchors;
mod faults;
mod merge;
mod scalar;

use self::anchors::{Anchor, Cost};
use self::merge::{is_mergeable, merge};
use self::scalar::Scalar;
use super::fault::Fault;
use super::parsed::{Exceeded, Parsed};
use super::yaml_text::Offsets;
use super::{Limits, duplicate};
use crate::diagnostic::{Code, Severity};
use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};
use serde_json::map::Entry;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The value of a text, and what is odd in it but harmless; or what is wrong with it.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Parsed, Vec<Fault>> {
    let mut builder = Builder::new(text, limits);
    match builder.read() {
        Ok(value)
            if builder
                .faults
                .iter()
                .all(|fault| fault.severity == Severity::Finding) =>
        {
            Ok(Parsed {
                value,
                nodes: builder.cost.nodes,
                faults: builder.faults,
            })
        }
        Ok(_) => {
            builder
                .faults
                .retain(|fault| fault.severity == Severity::Error);
            Err(builder.faults)
        }
        Err(fault) => Err(vec![fault]),
    }
}

struct Builder<'t> {
    limits: &'t Limits,
    text: &'t str,
    offsets: Offsets<'t>,
    frames: Vec<Frame>,
    anchors: HashMap<usize, Anchor>,
    root: Option<Value>,
    cost: Cost,
    faults: Vec<Fault>,
}

/// An array or object that is not closed yet.
struct Frame {
    anchor: usize,
    content: Content,
}

enum Content {
    Sequence(Vec<Value>),
    Mapping {
        members: Map<String, Value>,
        key: Option<Key>,
        /// Keys that came from a merge: their object's own ones win.
        merged: HashSet<String>,
    },
}

struct Key {
    text: String,
    span: Range<usize>,
    is_merge: bool,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, limits: &'t Limits) -> Self {
        Builder {
            limits,
            text,
            offsets: Offsets::new(text),
            frames: Vec::new(),
            anchors: HashMap::new(),
            root: None,
            cost: Cost::default(),
            faults: Vec::new(),
        }
    }

    fn read(&mut self) -> Result<Value, Fault> {
        if let Some(at) = self.text.find('\0') {
            return Err(
                Fault::at(Code::INVALID_YAML, at..at + 1, "found a NUL character")
                    .help("save the file as UTF-8 text"),
            );
        }
        let mut parser = Parser::new_from_str(self.text);
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| self.syntax_fault(&error))?;
            self.event(event, span)?;
        }
        let empty = || Fault::file(Code::EMPTY_DOCUMENT, "the document is empty");
        self.root.take().ok_or_else(empty)
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Fault> {
        let span = self.offsets.range(span);
        match event {
            Event::DocumentStart(_) if self.root.is_some() => {
                let message = "a second YAML document starts here, expected one document in a file";
                Err(self.fault(Code::SEVERAL_DOCUMENTS, span, message))
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), span)
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::SequenceStart(anchor, tag) => {
                self.open(anchor, Content::Sequence(Vec::new()), tag.as_deref(), span)
            }
            Event::MappingStart(anchor, tag) => {
                let content = Content::Mapping {
                    members: Map::new(),
                    key: None,
                    merged: HashSet::new(),
                };
                self.open(anchor, content, tag.as_deref(), span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            _ => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Range<usize>,
    ) -> Result<(), Fault> {
        if self.expects_key() {
            self.define(anchor, || Value::String(text.to_owned()), &span)?;
            let is_merge = style == ScalarStyle::Plain && text == "<<";
            self.set_key(Key {
                text: text.to_owned(),
                span,
                is_merge,
            });
            return Ok(());
        }
        let value = match scalar::read(text, style, tag) {
            Scalar::Value(value) => value,
            Scalar::UnknownTag(value) => {
                let message = "found a tag that YAML does not define; it is ignored";
                self.finding(Code::UNKNOWN_YAML_TAG, span.clone(), message);
                value
            }
            Scalar::NoJsonNumber => {
                let message = format!("found `{text}`, which JSON has no number for; read as text");
                self.finding(Code::NO_JSON_NUMBER, span.clone(), &message);
                Value::String(text.to_owned())
            }
            Scalar::OutOfRange => {
                let message = "found a number that is too large for any number type";
                return Err(self
                    .fault(Code::INVALID_YAML, span, message)
                    .help("write a number below 1.8e308, or text in quotes"));
            }
            Scalar::NotOfItsTag => {
                let message = "found a scalar that is not what its tag says";
                return Err(self
                    .fault(Code::INVALID_YAML, span, message)
                    .help("remove the tag, or write a value of that kind"));
            }
        };
        self.charge(
            Cost {
                nodes: 1,
                expansion: 0,
            },
            &span,
        )?;
        self.define(anchor, || value.clone(), &span)?;
        self.complete(value);
        Ok(())
    }

    fn open(
        &mut self,
        anchor: usize,
        content: Content,
        tag: Option<&Tag>,
        span: Range<usize>,
    ) -> Result<(), Fault> {
        if self.expects_key() {
            return Err(self.complex_key(span));
        }
        if self.frames.len() >= self.limits.depth {
            return Err(self.exceeded(Exceeded::Depth, &span));
        }
        self.charge(
            Cost {
                nodes: 1,
                expansion: 0,
            },
            &span,
        )?;
        if tag.is_some_and(|tag| !tag.is_yaml_core_schema()) {
            let message = "found a tag that YAML does not define; it is ignored";
            self.finding(Code::UNKNOWN_YAML_TAG, span, message);
        }
        self.frames.push(Frame { anchor, content });
        Ok(())
    }

    fn close(&mut self, span: Range<usize>) -> Result<(), Fault> {
        let Some(frame) = self.frames.pop() else {
            return Ok(());
        };
        let value = match frame.content {
            Content::Sequence(elements) => Value::Array(elements),
            Content::Mapping { members, .. } => Value::Object(members),
        };
        self.define(frame.anchor, || value.clone(), &span)?;
        self.complete(value);
        Ok(())
    }

    /// Puts a value where it belongs.
    fn complete(&mut self, value: Value) {
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(value);
            return;
        };
        match &mut frame.content {
            Content::Sequence(elements) => elements.push(value),
            Content::Mapping {
                members,
                key,
                merged,
            } => {
                let Some(key) = key.take() else {
                    return;
                };
                if key.is_merge && is_mergeable(&value) {
                    merge(members, merged, value);
                    return;
                }
                match members.entry(key.text) {
                    Entry::Vacant(entry) => {
                        entry.insert(value);
                    }
                    Entry::Occupied(mut entry) if merged.remove(entry.key()) => {
                        entry.insert(value);
                    }
                    Entry::Occupied(mut entry) => {
                        let is_harmless = duplicate::is_harmless(entry.key(), entry.get(), &value);
                        let key_text = entry.key().clone();
                        entry.insert(value);
                        self.duplicate(&key_text, key.span, is_harmless);
                    }
                }
            }
        }
    }

    fn expects_key(&self) -> bool {
        let content = self.frames.last().map(|frame| &frame.content);
        matches!(content, Some(Content::Mapping { key: None, .. }))
    }

    fn set_key(&mut self, new: Key) {
        if let Some(Frame {
            content: Content::Mapping { key, .. },
            ..
        }) = self.frames.last_mut()
        {
            *key = Some(new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn value(text: &str) -> Value {
        match parse(text, &Limits::default()) {
            Ok(parsed) => parsed.value,
            Err(faults) => json!(faults.iter().map(|f| f.message.clone()).collect::<Vec<_>>()),
        }
    }

    fn fault_with(text: &str, limits: &Limits) -> Fault {
        let faults = parse(text, limits).err().unwrap_or_default();
        faults
            .into_iter()
            .next()
            .unwrap_or_else(|| Fault::file(Code::LINK, "no fault"))
    }

    fn fault(text: &str) -> Fault {
        fault_with(text, &Limits::default())
    }

    #[test]
    fn block_and_flow_style_mean_the_same() {
        let block = "a:\n  - 1\n  - b: x\nc: |\n  line\n  line\n";
        let flow = "{a: [1, {b: x}], c: \"line\\nline\\n\"}";
        assert_eq!(value(block), value(flow));
        assert_eq!(
            value(block),
            json!({"a": [1, {"b": "x"}], "c": "line\nline\n"})
        );
    }

    #[test]
    fn keys_are_text_as_written() {
        let text = "200: a\nnull: b\ntrue: c\n0x10: d\n1.50: e\n? f\n: g\n";
        let keys =
            json!({"200": "a", "null": "b", "true": "c", "0x10": "d", "1.50": "e", "f": "g"});
        assert_eq!(value(text), keys);
    }

    #[test]
    fn members_keep_their_order() {
        assert_eq!(
            value("z: 1\na: 2\nm: 3").to_string(),
            r#"{"z":1,"a":2,"m":3}"#
        );
    }

    #[test]
    fn aliases_are_copies() {
        assert_eq!(
            value("a: &x {b: 1}\nc: *x\nd: [*x]"),
            json!({
                "a": {"b": 1}, "c": {"b": 1}, "d": [{"b": 1}]
            })
        );
        assert_eq!(value("- &k key\n- *k : v"), json!(["key", {"key": "v"}]));
    }

    #[test]
    fn merge_keys_give_way_to_own_and_earlier_ones() {
        let text = "base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\n\
                    one:\n  y: own\n  <<: *b\n\
                    two:\n  <<: [*b, *m]\n  x: own\n";
        let value = value(text);
        assert_eq!(value["one"], json!({"y": "own", "x": 1}));
        assert_eq!(value["two"], json!({"x": "own", "y": 2, "z": 4}));
    }

    #[test]
    fn a_merge_key_in_quotes_or_with_text_is_a_key() {
        assert_eq!(value("\"<<\": {a: 1}"), json!({"<<": {"a": 1}}));
        assert_eq!(value("<<: text"), json!({"<<": "text"}));
    }

    #[test]
    fn a_key_with_two_meanings_is_an_error_at_the_second() {
        let fault = fault("x:\n  a: 1\n  b: 2\n  a: 3\n");
        assert_eq!(
            (fault.code, fault.pointer.to_string().as_str()),
            (Code::DUPLICATE_KEY, "/x/a")
        );
        assert_eq!(fault.span, Some(19..20));
    }

    #[test]
    fn exponential_aliases_are_refused() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..30 {
            let alias = format!("*a{}", n - 1);
            text += &format!("a{n}: &a{n} [{}]\n", [alias.as_str(); 9].join(", "));
        }
        assert_eq!(fault(&text).code, "too-many-values");
    }

    #[test]
    fn aliases_of_long_text_are_refused() {
        let text = format!(
            "a: &a {}\nb: [{}]",
            "x".repeat(1000),
            ["*a"; 100].join(", ")
        );
        let limits = Limits {
            expansion: 50_000,
            ..Limits::default()
        };
        assert_eq!(fault_with(&text, &limits).code, "too-much-expansion");
        assert!(parse(&text, &Limits::default()).is_ok());
    }

    #[test]
    fn nested_anchors_pay_for_their_copies() {
        let text = format!("{}x{}", "&a [".repeat(150), "]".repeat(150));
        let limits = Limits {
            nodes: 5000,
            ..Limits::default()
        };
        assert_eq!(fault_with(&text, &limits).code, "too-many-values");
    }

    #[test]
    fn an_alias_inside_its_own_value_is_an_error() {
        assert_eq!(fault("a: &a {b: *a}").code, "cyclic-alias");
    }

    #[test]
    fn too_deep_text_is_refused_before_it_hurts() {
        assert_eq!(fault(&"[".repeat(100_000)).code, "too-deep");
        assert_eq!(fault(&"- ".repeat(100_000)).code, "too-deep");
        assert_eq!(fault(&"{a: ".repeat(100_000)).code, "too-deep");
        let deep = format!(
            "a: &a {}{}\nb: {}*a{}",
            "[".repeat(150),
            "]".repeat(150),
            "[".repeat(100),
            "]".repeat(100)
        );
        assert_eq!(fault(&deep).code, "too-deep");
    }

    #[test]
    fn unclear_documents_are_errors() {
        assert_eq!(fault("").code, "empty-document");
        assert_eq!(fault("# only a comment\n").code, "empty-document");
        assert_eq!(fault("a: 1\n---\nb: 2\n").code, "several-documents");
        assert_eq!(fault("a: 1\0b: 2").message, "found a NUL character");
        assert_eq!(fault("[a, b]: 1").code, "invalid-yaml");
        assert_eq!(fault("a: *nowhere").code, "invalid-yaml");
        assert_eq!(fault("a: 1e999").code, "invalid-yaml");
    }

    #[test]
    fn a_tab_as_indentation_is_named() {
        let fault = fault("a:\n\tb: 1\n");
        assert_eq!(
            fault.help.as_deref(),
            Some("indent with spaces: YAML does not allow tabs there")
        );
    }

    #[test]
    fn odd_scalars_are_findings() {
        let read = parse("- .inf\n- !mine 1\n", &Limits::default());
        let read = read.map(|parsed| {
            let places = parsed
                .faults
                .iter()
                .map(|f| (f.code, f.pointer.to_string()));
            (parsed.value, places.collect::<Vec<_>>())
        });
        let findings = vec![
            (Code::NO_JSON_NUMBER, "/0".to_owned()),
            (Code::UNKNOWN_YAML_TAG, "/1".into()),
        ];
        assert_eq!(read, Ok((json!([".inf", 1]), findings)));
    }
}
