//! The events of a YAML parser, put together to a value.

use super::anchors::Anchors;
use super::faults::{self, Faults};
use super::frames::{Frames, Key};
use super::scalar::{self, Scalar};
use crate::diagnostic::Code;
use crate::source::Limits;
use crate::source::fault::Fault;
use crate::source::parsed::{Exceeded, Written};
use crate::source::yaml_mend::Mended;
use crate::source::yaml_text::Offsets;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};
use serde_json::Value;
use std::ops::Range;

pub(super) struct Builder<'t> {
    limits: &'t Limits,
    text: &'t str,
    offsets: Offsets<'t>,
    frames: Frames,
    anchors: Anchors<'t>,
    faults: Faults,
    /// Where the text was mended, from behind.
    mended: Vec<usize>,
    written: Vec<Written>,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str, limits: &'t Limits) -> Self {
        Builder {
            limits,
            text,
            offsets: Offsets::new(text),
            frames: Frames::default(),
            anchors: Anchors::new(limits),
            faults: Faults::new(limits),
            mended: Vec::new(),
            written: Vec::new(),
        }
    }

    pub(super) fn mended(mended: &'t Mended, limits: &'t Limits) -> Self {
        let mut places: Vec<usize> = mended.places().collect();
        places.reverse();
        Builder {
            mended: places,
            ..Builder::new(&mended.text, limits)
        }
    }

    /// How many values there were, what was wrong or odd without ending the reading, and what prints in another way
    /// than it is written.
    pub(super) fn finish(self) -> (usize, Vec<Fault>, Vec<Written>) {
        (self.anchors.nodes(), self.faults.items, self.written)
    }

    pub(super) fn read(&mut self) -> Result<Value, Fault> {
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
        self.frames.root.take().ok_or_else(empty)
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Fault> {
        let span = self.offsets.range(span);
        let is_passed = |place: &usize| *place <= span.end;
        let mut is_mended = false;
        while self.mended.pop_if(|place| is_passed(place)).is_some() {
            is_mended = true;
        }
        if is_mended {
            let message = "lines that go on are indented further in YAML, and a comment follows a space: read as other parsers do";
            self.finding(Code::LOOSE_YAML, span.clone(), message);
        }
        match event {
            Event::DocumentStart(_) if self.frames.root.is_some() => {
                let message = "a second YAML document starts here, expected one document in a file";
                Err(self.fault(Code::SEVERAL_DOCUMENTS, span, message))
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), span)
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::SequenceStart(anchor, tag) => {
                self.open(tag.as_deref(), span)?;
                self.frames.open_sequence(anchor);
                Ok(())
            }
            Event::MappingStart(anchor, tag) => {
                self.open(tag.as_deref(), span)?;
                self.frames.open_mapping(anchor);
                Ok(())
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
        if self.frames.expects_key() {
            self.define(anchor, || Value::String(text.to_owned()), &span)?;
            let is_merge = style == ScalarStyle::Plain && text == "<<";
            self.frames.set_key(Key {
                text: text.to_owned(),
                span,
                is_merge,
            });
            return Ok(());
        }
        let value = self.scalar_value(text, style, tag, &span)?;
        self.keep_written(&value, text);
        let charged = self.anchors.charge_one();
        charged.map_err(|limit| self.exceeded(limit, &span))?;
        self.define(anchor, || value.clone(), &span)?;
        self.complete(value);
        Ok(())
    }

    /// Remembers the text of a scalar that prints in another way.
    fn keep_written(&mut self, value: &Value, text: &str) {
        let shown = match value {
            Value::Number(_) | Value::Bool(_) => value.to_string(),
            // No text at all is no text that is meant.
            Value::Null if !text.is_empty() => value.to_string(),
            _ => return,
        };
        if shown != text {
            self.written.push(Written {
                pointer: self.frames.path(),
                value: value.clone(),
                text: text.to_owned(),
            });
        }
    }

    fn scalar_value(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        span: &Range<usize>,
    ) -> Result<Value, Fault> {
        Ok(match scalar::read(text, style, tag) {
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
                    .fault(Code::INVALID_YAML, span.clone(), message)
                    .help("write a number below 1.8e308, or text in quotes"));
            }
            Scalar::NotOfItsTag => {
                let message = "found a scalar that is not what its tag says";
                return Err(self
                    .fault(Code::INVALID_YAML, span.clone(), message)
                    .help("remove the tag, or write a value of that kind"));
            }
        })
    }

    /// Before an array or object is opened.
    fn open(&mut self, tag: Option<&Tag>, span: Range<usize>) -> Result<(), Fault> {
        if self.frames.expects_key() {
            return Err(self.complex_key(span));
        }
        if self.frames.depth() >= self.limits.depth {
            return Err(self.exceeded(Exceeded::Depth, &span));
        }
        let charged = self.anchors.charge_one();
        charged.map_err(|limit| self.exceeded(limit, &span))?;
        if tag.is_some_and(|tag| !tag.is_yaml_core_schema()) {
            let message = "found a tag that YAML does not define; it is ignored";
            self.finding(Code::UNKNOWN_YAML_TAG, span, message);
        }
        Ok(())
    }

    fn close(&mut self, span: Range<usize>) -> Result<(), Fault> {
        let Some((anchor, value)) = self.frames.close() else {
            return Ok(());
        };
        self.define(anchor, || value.clone(), &span)?;
        self.complete(value);
        Ok(())
    }

    fn alias(&mut self, id: usize, span: Range<usize>) -> Result<(), Fault> {
        let Some(copy) = self.anchors.copy(id, self.frames.depth()) else {
            let message = "found an alias inside the value that it stands for";
            return Err(self.fault(Code::CYCLIC_ALIAS, span, message));
        };
        let value = copy.map_err(|limit| self.exceeded(limit, &span))?;
        if !self.frames.expects_key() {
            self.complete(value);
            return Ok(());
        }
        match value {
            Value::String(text) => {
                self.frames.set_key(Key {
                    text,
                    span,
                    is_merge: false,
                });
                Ok(())
            }
            _ => Err(self.complex_key(span)),
        }
    }

    fn define(
        &mut self,
        anchor: usize,
        value: impl FnOnce() -> Value,
        span: &Range<usize>,
    ) -> Result<(), Fault> {
        let defined = self.anchors.define(anchor, value);
        defined.map_err(|limit| self.exceeded(limit, span))
    }

    fn complete(&mut self, value: Value) {
        if let Some(duplicate) = self.frames.complete(value) {
            let fault = faults::duplicate_key(duplicate, self.frames.path());
            self.faults.keep(fault);
        }
    }

    fn exceeded(&self, limit: Exceeded, span: &Range<usize>) -> Fault {
        limit
            .fault(self.limits, span.start)
            .pointer(self.frames.path())
    }

    fn complex_key(&self, span: Range<usize>) -> Fault {
        faults::complex_key(span).pointer(self.frames.path())
    }

    fn syntax_fault(&mut self, error: &ScanError) -> Fault {
        let at = self.offsets.offset(error.marker().index());
        faults::syntax(self.text, at, error, self.limits).pointer(self.frames.path())
    }

    fn fault(&self, code: Code, span: Range<usize>, message: &str) -> Fault {
        Fault::at(code, span, message).pointer(self.frames.path())
    }

    fn finding(&mut self, code: Code, span: Range<usize>, message: &str) {
        let finding = self.fault(code, span, message);
        self.faults.keep(finding);
    }
}
