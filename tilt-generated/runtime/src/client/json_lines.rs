//! JSON values, one a line or in a sequence of texts.

use super::answer::{Answer, Body};
use super::error::{Error, Origin};
use super::media_type;
use super::text_sequence::{Found, Framing, Inside};
use crate::data::media_type::may_be_cut_off;
use crate::data::{Wire, json, mark};
use bytes::{Buf, Bytes, BytesMut};
use std::fmt;
use std::marker::PhantomData;

/// JSON values of type `T`, one a line, or in a sequence (RFC 7464), as they arrive.
pub struct JsonLines<T> {
    origin: Origin,
    body: Body,
    buffer: BytesMut,
    framing: Framing,
    /// How much of `buffer` has no end of a value.
    searched: usize,
    /// The place that this is.
    inside: Inside,
    limit: usize,
    ended: bool,
    value: PhantomData<fn() -> T>,
}

/// Shows nothing of what was received.
impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines")
            .field("operation", &self.origin.operation.id)
            .field("status", &self.origin.status)
            .finish_non_exhaustive()
    }
}

impl Answer {
    /// The body as JSON lines.
    #[must_use]
    pub fn lines<T>(self) -> JsonLines<T> {
        let came = media_type::of(&self.headers);
        let documented = || self.operation.documented().next().unwrap_or_default();
        JsonLines {
            framing: Framing::of(came.unwrap_or_else(documented)),
            inside: Inside::default(),
            origin: self.origin(),
            body: self.body,
            buffer: BytesMut::new(),
            searched: 0,
            limit: self.limit,
            ended: false,
            value: PhantomData,
        }
    }
}

impl<T: Wire> JsonLines<T> {
    /// The next value; `None` at the end. The values after one that cannot be read can still be asked
    /// for.
    ///
    /// # Errors
    ///
    /// [`Error::Transport`] when the stream breaks off, [`Error::Decode`] when a value is not of the
    /// documented type, or may have been cut off.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        while let Some(text) = self.next_text().await? {
            let plain = mark::without(&text);
            if plain.trim_ascii().is_empty() {
                continue;
            }
            if self.framing == Framing::Sequence && may_be_cut_off(plain) {
                return Err(self.origin.unreadable(text, "the value may be cut off"));
            }
            return match json::read(&text) {
                Ok(value) => Ok(Some(value)),
                Err(source) => Err(self.origin.no_such_json(text, &source)),
            };
        }
        Ok(None)
    }
}

impl<T> JsonLines<T> {
    /// The next text, which may be blank.
    async fn next_text(&mut self) -> Result<Option<Bytes>, Error> {
        loop {
            while let Some(byte) = self.buffer.get(self.searched) {
                self.searched += 1;
                match self.inside.after(*byte, self.framing) {
                    Found::Nothing => {}
                    Found::End => return Ok(Some(self.take(self.searched))),
                    Found::Begin => {
                        let text = self.take(self.searched - 1);
                        self.buffer.advance(1);
                        return Ok(Some(text));
                    }
                }
            }
            if self.ended {
                let rest = self.take(self.buffer.len());
                return Ok(Some(rest).filter(|rest| !rest.is_empty()));
            }
            if self.buffer.len() > self.limit {
                self.ended = true;
                self.buffer.clear();
                self.searched = 0;
                return Err(self
                    .origin
                    .lost(Error::too_large(self.origin.operation, self.limit as u64)));
            }
            let piece = self.body.piece().await;
            let piece = piece.inspect_err(|_| self.ended = true);
            match piece.map_err(|error| self.origin.lost(error))? {
                None => self.ended = true,
                Some(chunk) => self.buffer.extend_from_slice(&chunk),
            }
        }
    }

    fn take(&mut self, length: usize) -> Bytes {
        self.searched = 0;
        self.inside = Inside::default();
        self.buffer.split_to(length).freeze()
    }
}
