//! Answers that come piece by piece: server-sent events, and JSON values a line each or in a sequence.

use super::answer::{Reply, Response};
use super::problem::Problem;
use crate::data::union::named;
use crate::data::{NamedEvent, media_type};
use axum::body::Body;
use bytes::Bytes;
use futures_core::Stream;
use http_body::Frame;
use serde::Serialize;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Values that are sent as they come.
type Values<T> = Pin<Box<dyn Stream<Item = T> + Send>>;

/// Server-sent events, as they come.
pub struct Events<T>(Values<Event<T>>);

/// JSON values, as they come.
pub struct Lines<T>(Values<T>);

/// A server-sent event with data of type `T`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Event<T> {
    /// The event's type; `message` where there is none.
    pub event: Option<String>,
    /// An id, from which a client may go on.
    pub id: Option<String>,
    /// The data.
    pub data: T,
}

impl<T> From<T> for Event<T> {
    fn from(data: T) -> Self {
        let (event, id) = (None, None);
        Self { event, id, data }
    }
}

impl<T> Event<T> {
    /// Says which type of event it is.
    #[must_use]
    pub fn event(mut self, event: impl Into<String>) -> Self {
        self.event = Some(event.into());
        self
    }

    /// Gives it an id.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}

impl<T> Events<T> {
    /// The events of a stream.
    #[must_use]
    pub fn new(events: impl Stream<Item = Event<T>> + Send + 'static) -> Self {
        Self(Box::pin(events))
    }
}

impl<T> Lines<T> {
    /// The values of a stream.
    #[must_use]
    pub fn new(values: impl Stream<Item = T> + Send + 'static) -> Self {
        Self(Box::pin(values))
    }
}

impl<T: Send + 'static> FromIterator<Event<T>> for Events<T> {
    fn from_iter<I: IntoIterator<Item = Event<T>>>(events: I) -> Self {
        Self::new(All::of(events))
    }
}

impl<T: Send + 'static> FromIterator<T> for Lines<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::new(All::of(values))
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Lines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines").finish_non_exhaustive()
    }
}

/// Values that are there already.
pub(super) struct All<T>(std::vec::IntoIter<T>);

impl<T> All<T> {
    pub(super) fn of(values: impl IntoIterator<Item = T>) -> Self {
        let values: Vec<T> = values.into_iter().collect();
        Self(values.into_iter())
    }
}

// Nothing points into the list.
impl<T> Unpin for All<T> {}

impl<T> Stream for All<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<T>> {
        Poll::Ready(self.0.next())
    }
}

#[doc(hidden)]
impl<T: Serialize + 'static> Reply<Events<T>> {
    /// The answer with events whose data is JSON.
    pub fn events(self, status: u16, content_type: &'static str) -> Result<Response, Problem> {
        self.pieces(status, content_type, |events| Written {
            values: events.0,
            write: |event: Event<T>| {
                let data = serde_json::to_string(&event.data)?;
                Ok(event_text(event.event, event.id, &data))
            },
        })
    }
}

#[doc(hidden)]
impl<T: NamedEvent> Reply<Events<T>> {
    /// The answer with events that have the names of their data, where they are given none.
    pub fn named_events(
        self,
        status: u16,
        content_type: &'static str,
    ) -> Result<Response, Problem> {
        self.pieces(status, content_type, |events| Written {
            values: events.0,
            write: |event: Event<T>| {
                let (name, is_text) = named::form(&event.data);
                let name = event.event.or(name.map(str::to_owned));
                let data = match serde_json::to_value(&event.data)? {
                    serde_json::Value::String(text) if is_text => text,
                    _ => serde_json::to_string(&event.data)?,
                };
                Ok(event_text(name, event.id, &data))
            },
        })
    }
}

#[doc(hidden)]
impl Reply<Events<String>> {
    /// The answer with events whose data is text.
    pub fn text_events(self, status: u16, content_type: &'static str) -> Result<Response, Problem> {
        self.pieces(status, content_type, |events| Written {
            values: events.0,
            write: |event: Event<String>| Ok(event_text(event.event, event.id, &event.data)),
        })
    }
}

#[doc(hidden)]
impl<T: Serialize + 'static> Reply<Lines<T>> {
    /// The answer with JSON values.
    pub fn lines(self, status: u16, content_type: &'static str) -> Result<Response, Problem> {
        let write = match media_type::is_text_sequence(content_type) {
            true => |value: T| Ok(format!("\u{1e}{}\n", serde_json::to_string(&value)?)),
            false => |value: T| Ok(format!("{}\n", serde_json::to_string(&value)?)),
        };
        self.pieces(status, content_type, |lines| Written {
            values: lines.0,
            write,
        })
    }
}

impl<B> Reply<B> {
    fn pieces<T: 'static>(
        self,
        status: u16,
        content_type: &'static str,
        written: impl FnOnce(B) -> Written<T>,
    ) -> Result<Response, Problem> {
        self.with_body(status, content_type, |body| Ok(Body::new(written(body))))
    }
}

/// An event as text (HTML, section 9.2). A line feed would end a field.
fn event_text(event: Option<String>, id: Option<String>, data: &str) -> String {
    let mut text = String::new();
    for (name, value) in [("event", event), ("id", id)] {
        if let Some(value) = value {
            let value = value.replace(['\r', '\n', '\0'], " ");
            text.push_str(&format!("{name}: {value}\n"));
        }
    }
    let data = data.replace("\r\n", "\n").replace('\r', "\n");
    for line in data.split('\n') {
        text.push_str(&format!("data: {line}\n"));
    }
    text.push('\n');
    text
}

/// A body of values. One that cannot be written ends it, as a connection that breaks does.
struct Written<T> {
    values: Values<T>,
    write: fn(T) -> serde_json::Result<String>,
}

impl<T> http_body::Body for Written<T> {
    type Data = Bytes;
    type Error = serde_json::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, serde_json::Error>>> {
        let value = self.values.as_mut().poll_next(context);
        value.map(|value| {
            let written = (self.write)(value?);
            Some(written.map(|text| Frame::data(Bytes::from(text))))
        })
    }
}
