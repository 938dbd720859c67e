//! JSON values, one a line.

use super::answer::{Answer, Body};
use super::error::{Error, Origin};
use crate::data::{Wire, json};
use bytes::{Buf, Bytes, BytesMut};
use std::fmt;
use std::marker::PhantomData;

/// JSON values of type `T`, one a line, as they arrive.
pub struct JsonLines<T> {
    origin: Origin,
    body: Body,
    buffer: BytesMut,
    /// How much of `buffer` has no end of line.
    searched: usize,
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
        JsonLines {
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
    /// The next value; `None` at the end. The lines after one that cannot be read can still be asked
    /// for.
    ///
    /// # Errors
    ///
    /// [`Error::Transport`] when the stream breaks off, [`Error::Decode`] when a line is not of the
    /// documented type.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        while let Some(line) = self.next_line().await? {
            // A sequence by RFC 7464 has a record separator before each value.
            let line = match line.strip_prefix(b"\x1e") {
                Some(rest) => line.slice_ref(rest),
                None => line,
            };
            if line.trim_ascii().is_empty() {
                continue;
            }
            return match json::read(&line) {
                Ok(value) => Ok(Some(value)),
                Err(source) => Err(self.origin.no_such_json(line, &source)),
            };
        }
        Ok(None)
    }
}

impl<T> JsonLines<T> {
    async fn next_line(&mut self) -> Result<Option<Bytes>, Error> {
        loop {
            if let Some(end) = self.buffer[self.searched..]
                .iter()
                .position(|it| *it == b'\n')
            {
                let line = self.buffer.split_to(self.searched + end).freeze();
                self.buffer.advance(1);
                self.searched = 0;
                return Ok(Some(line));
            }
            self.searched = self.buffer.len();
            if self.ended {
                self.searched = 0;
                let rest = self.buffer.split().freeze();
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
}
