//! How the answer of an operation is read.

use super::answer::Answer;
use super::download::Download;
use super::error::Error;
use super::event_stream::EventStream;
use super::json_lines::JsonLines;
use super::media_type;
use crate::data::{NamedEvent, Wire};
use std::marker::PhantomData;

/// Reads an answer. Generated enums of several kinds of answer implement it, and the markers of this module.
#[doc(hidden)]
pub trait Reply {
    /// The type that the answer is read as. (Not bound to be `Send`: it is, but to prove that of types that
    /// contain many others costs a compiler more than it can be asked for with each operation.)
    type Output: 'static;

    /// Reads the answer.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] when it is not what was documented.
    fn read(answer: Answer) -> Result<Self::Output, Error>;
}

/// A JSON body.
#[derive(Debug)]
pub struct Json<T>(PhantomData<fn() -> T>);

impl<T: Wire + 'static> Reply for Json<T> {
    type Output = T;

    fn read(answer: Answer) -> Result<T, Error> {
        answer.json()
    }
}

/// A text body.
#[derive(Debug)]
pub enum Text {}

impl Reply for Text {
    type Output = String;

    fn read(answer: Answer) -> Result<String, Error> {
        answer.text()
    }
}

/// A body of bytes.
#[derive(Debug)]
pub enum Binary {}

impl Reply for Binary {
    type Output = Download;

    fn read(answer: Answer) -> Result<Download, Error> {
        answer.check(media_type::may_be_bytes)?;
        Ok(answer.download())
    }
}

/// No body: what comes nevertheless is in [`Response::bytes`](super::Response::bytes).
#[derive(Debug)]
pub enum Empty {}

impl Reply for Empty {
    type Output = ();

    fn read(_: Answer) -> Result<(), Error> {
        Ok(())
    }
}

/// Server-sent events whose data is JSON.
#[derive(Debug)]
pub struct Events<T>(PhantomData<fn() -> T>);

impl<T: Wire + 'static> Reply for Events<T> {
    type Output = EventStream<T>;

    fn read(answer: Answer) -> Result<EventStream<T>, Error> {
        answer.check(|_, came| media_type::is_events(came))?;
        Ok(answer.events())
    }
}

/// Server-sent events whose data is text.
#[derive(Debug)]
pub enum TextEvents {}

impl Reply for TextEvents {
    type Output = EventStream<String>;

    fn read(answer: Answer) -> Result<EventStream<String>, Error> {
        answer.check(|_, came| media_type::is_events(came))?;
        Ok(answer.text_events())
    }
}

/// Server-sent events whose names say what their data is.
#[derive(Debug)]
pub struct NamedEvents<T>(PhantomData<fn() -> T>);

impl<T: NamedEvent + 'static> Reply for NamedEvents<T> {
    type Output = EventStream<T>;

    fn read(answer: Answer) -> Result<EventStream<T>, Error> {
        answer.check(|_, came| media_type::is_events(came))?;
        Ok(answer.named_events())
    }
}

/// JSON lines.
#[derive(Debug)]
pub struct Lines<T>(PhantomData<fn() -> T>);

impl<T: Wire + 'static> Reply for Lines<T> {
    type Output = JsonLines<T>;

    fn read(answer: Answer) -> Result<JsonLines<T>, Error> {
        answer.check(|_, came| media_type::may_be_lines(came))?;
        Ok(answer.lines())
    }
}
