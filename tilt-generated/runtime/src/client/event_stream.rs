//! Server-sent events, by the HTML standard ("Interpreting an event stream").

use super::answer::{Answer, Body};
use super::error::{Error, Origin};
use crate::data::union::named;
use crate::data::{NamedEvent, Wire, json};
use serde::de::value::{Error as ValueError, StrDeserializer};
use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

/// One server-sent event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerEvent<T> {
    /// The event's type: `message` unless the server says otherwise.
    pub event: String,
    /// The last id that the server has given up to here.
    pub id: Option<String>,
    /// The data.
    pub data: T,
}

/// Server-sent events whose data is of type `T`, as they arrive.
pub struct EventStream<T> {
    origin: Origin,
    body: Body,
    parser: Parser,
    limit: usize,
    ended: bool,
    /// The data is text, and nothing in it says more than that.
    is_text: bool,
    /// The data is read by the name of its event.
    by_name: Option<ByName<T>>,
    data: PhantomData<fn() -> T>,
}

/// Reads data by the name of its event; `None` at the mark of an end.
type ByName<T> = fn(&str, &str) -> serde_json::Result<Option<T>>;

/// Shows nothing of what was received.
impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("operation", &self.origin.operation.id)
            .field("status", &self.origin.status)
            .finish_non_exhaustive()
    }
}

impl Answer {
    /// The body as server-sent events.
    #[must_use]
    pub fn events<T>(self) -> EventStream<T> {
        self.event_stream(false)
    }

    /// The body as server-sent events whose data is text: it is given as it comes, with its quotes, as OpenAPI says of data
    /// whose schema is a string (3.2, 4.14).
    #[must_use]
    pub fn text_events(self) -> EventStream<String> {
        self.event_stream(true)
    }

    /// The body as server-sent events whose names say what their data is.
    #[must_use]
    pub fn named_events<T: NamedEvent>(self) -> EventStream<T> {
        EventStream {
            by_name: Some(named::read),
            ..self.event_stream(false)
        }
    }

    fn event_stream<T>(self, is_text: bool) -> EventStream<T> {
        EventStream {
            origin: self.origin(),
            body: self.body,
            parser: Parser::default(),
            limit: self.limit,
            ended: false,
            is_text,
            by_name: None,
            data: PhantomData,
        }
    }
}

impl<T: Wire> EventStream<T> {
    /// The next event; `None` at the end. The events after one that cannot be read can still be
    /// asked for.
    ///
    /// A stream whose events are JSON also ends with an event `[DONE]`, as many APIs have it.
    ///
    /// # Errors
    ///
    /// [`Error::Transport`] when the stream breaks off, [`Error::Decode`] when an event's data is not
    /// of the documented type.
    pub async fn try_next(&mut self) -> Result<Option<ServerEvent<T>>, Error> {
        let Some(event) = self.next_raw().await? else {
            return Ok(None);
        };
        if let Some(read) = self.by_name {
            let read = match read(&event.event, &event.data) {
                Ok(data) => data,
                Err(source) => return Err(self.origin.no_such_json(event.data.into(), &source)),
            };
            if read.is_none() {
                self.end();
            }
            return Ok(read.map(|data| event.with(data)));
        }
        let as_text = |text: &str| T::deserialize(StrDeserializer::<ValueError>::new(text));
        if self.is_text
            && let Ok(data) = as_text(&event.data)
        {
            return Ok(Some(event.with(data)));
        }
        let source = match json::read(event.data.as_bytes()) {
            Ok(data) => return Ok(Some(event.with(data))),
            Err(source) => source,
        };
        if event.data.trim() == "[DONE]" {
            self.end();
            return Ok(None);
        }
        // A type that is made from text takes the data as it is.
        if let Ok(data) = as_text(&event.data) {
            return Ok(Some(event.with(data)));
        }
        Err(self.origin.no_such_json(event.data.into(), &source))
    }

    /// How long the server wants to be left alone before the stream is asked for again.
    pub fn retry(&self) -> Option<Duration> {
        self.parser.retry
    }
}

impl<T> EventStream<T> {
    /// Nothing that comes behind the mark of an end is an event.
    fn end(&mut self) {
        self.ended = true;
        self.parser.events.clear();
    }

    async fn next_raw(&mut self) -> Result<Option<ServerEvent<String>>, Error> {
        loop {
            if let Some(event) = self.parser.events.pop_front() {
                return Ok(Some(event));
            }
            if self.ended {
                return Ok(None);
            }
            if self.parser.buffered() > self.limit {
                self.ended = true;
                return Err(self
                    .origin
                    .lost(Error::too_large(self.origin.operation, self.limit as u64)));
            }
            let piece = self.body.piece().await;
            let piece = piece.inspect_err(|_| self.ended = true);
            match piece.map_err(|error| self.origin.lost(error))? {
                // An event that is not complete when the stream ends is none.
                None => self.ended = true,
                Some(chunk) => self.parser.push(&chunk),
            }
        }
    }
}

impl ServerEvent<String> {
    fn with<T>(self, data: T) -> ServerEvent<T> {
        ServerEvent {
            event: self.event,
            id: self.id,
            data,
        }
    }
}

/// Takes bytes in pieces of any size.
#[derive(Debug, Default)]
pub(crate) struct Parser {
    line: Vec<u8>,
    /// The last byte was a carriage return: a line feed that follows belongs to it.
    after_return: bool,
    begun: bool,
    event: String,
    data: Option<String>,
    id: Option<String>,
    retry: Option<Duration>,
    events: VecDeque<ServerEvent<String>>,
}

impl Parser {
    fn buffered(&self) -> usize {
        self.line.len() + self.data.as_ref().map_or(0, String::len)
    }

    fn push(&mut self, mut bytes: &[u8]) {
        if self.after_return && !bytes.is_empty() {
            bytes = bytes.strip_prefix(b"\n").unwrap_or(bytes);
            self.after_return = false;
        }
        while let Some(end) = bytes.iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
            self.line.extend_from_slice(&bytes[..end]);
            let returned = bytes[end] == b'\r';
            bytes = &bytes[end + 1..];
            if returned {
                self.after_return = bytes.is_empty();
                bytes = bytes.strip_prefix(b"\n").unwrap_or(bytes);
            }
            let line = std::mem::take(&mut self.line);
            self.line(&String::from_utf8_lossy(&line));
            self.line = line;
            self.line.clear();
        }
        self.line.extend_from_slice(bytes);
    }

    fn line(&mut self, mut line: &str) {
        if !std::mem::replace(&mut self.begun, true) {
            line = line.strip_prefix('\u{feff}').unwrap_or(line);
        }
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event),
            "data" => match &mut self.data {
                None => self.data = Some(value.to_owned()),
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
            },
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" if !value.is_empty() && value.bytes().all(|it| it.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis);
            }
            _ => {}
        }
    }

    fn dispatch(&mut self) {
        let event = std::mem::take(&mut self.event);
        let Some(data) = self.data.take() else {
            return;
        };
        self.events.push_back(ServerEvent {
            event: if event.is_empty() {
                "message".to_owned()
            } else {
                event
            },
            id: self.id.clone().filter(|id| !id.is_empty()),
            data,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(chunks: &[&[u8]]) -> Vec<(String, Option<String>, String)> {
        let mut parser = Parser::default();
        for chunk in chunks {
            parser.push(chunk);
        }
        let events = parser.events.into_iter();
        events.map(|it| (it.event, it.id, it.data)).collect()
    }

    fn message(data: &str) -> (String, Option<String>, String) {
        ("message".to_owned(), None, data.to_owned())
    }

    /// The examples of the HTML standard, in one stream.
    const STREAM: &str = "\u{feff}: test stream\r\n\r\ndata: YHOO\ndata: +2\rdata:  10\r\n\r\n\
                          event: add\nid: 1\ndata: é\n\nid\ndata\n\ndata\ndata\n\ndata:test\n\n\
                          retry: 250\nretry: x\nunknown: y\n\ndata: incomplete";

    #[test]
    fn the_stream_can_be_cut_anywhere() {
        let expected = vec![
            message("YHOO\n+2\n 10"),
            ("add".to_owned(), Some("1".to_owned()), "é".to_owned()),
            message(""),
            message("\n"),
            message("test"),
        ];
        let bytes = STREAM.as_bytes();
        assert_eq!(parsed(&[bytes]), expected);
        for first in 0..=bytes.len() {
            for second in [first, (first + 1).min(bytes.len()), bytes.len()] {
                let pieces = [&bytes[..first], &bytes[first..second], &bytes[second..]];
                assert_eq!(parsed(&pieces), expected, "cut at {first} and {second}");
            }
        }
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(parsed(&single), expected);
    }

    #[test]
    fn retry_takes_digits_only() {
        let mut parser = Parser::default();
        parser.push(STREAM.as_bytes());
        assert_eq!(parser.retry, Some(Duration::from_millis(250)));
    }
}
