//! Answers that are bytes, as they arrive.

use super::answer::{Answer, Body, collect};
use super::error::Error;
use super::operation::Operation;
use bytes::{Buf, Bytes};
use http::StatusCode;
use http::header::CONTENT_TYPE;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A body of bytes as they arrive. The server sends no faster than they are read, and no more is in memory than is on its
/// way, however long the body is.
///
/// It is an [`AsyncRead`] too, and with the feature `stream` a stream. A body that breaks off is an error, and
/// never taken for the whole. The time for the call is over with the beginning of the answer: each piece has the time that the
/// client's `read_timeout` says.
pub struct Download {
    operation: &'static Operation,
    status: StatusCode,
    content_type: Option<String>,
    length: Option<u64>,
    body: Body,
    /// A piece of which a part was read.
    rest: Bytes,
    limit: usize,
    ended: bool,
}

/// Shows nothing of what was received.
impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

impl Answer {
    /// The body as bytes that arrive.
    #[must_use]
    pub fn download(self) -> Download {
        let content_type = self.headers.get(CONTENT_TYPE);
        Download {
            operation: self.operation,
            status: self.status,
            content_type: content_type.and_then(|it| Some(it.to_str().ok()?.to_owned())),
            length: self.body.length(),
            body: self.body,
            rest: Bytes::new(),
            limit: self.limit,
            ended: false,
        }
    }
}

impl Download {
    /// The number of bytes, where the server has said it.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The header `Content-Type`.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The next piece, of any size; `None` at the end.
    ///
    /// # Errors
    ///
    /// [`Error::Transport`] when the body breaks off, or its next piece is late.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|context| self.poll_piece(context)).await
    }

    /// All bytes that are left, unless they are more than the client allows an answer to have (`response_limit`).
    ///
    /// # Errors
    ///
    /// [`Error::Transport`] as for [`try_next`](Self::try_next), or when there are more.
    pub async fn bytes(self) -> Result<Bytes, Error> {
        let limit = self.limit;
        self.bytes_within(limit).await
    }

    /// All bytes that are left, unless they are more than this many.
    ///
    /// # Errors
    ///
    /// As for [`bytes`](Self::bytes).
    pub async fn bytes_within(mut self, limit: usize) -> Result<Bytes, Error> {
        let (operation, status) = (self.operation, self.status);
        let collected = match self.body.length() {
            Some(length) if length > limit as u64 => Err(Error::too_large(operation, limit as u64)),
            _ => collect(operation, limit, |context| self.poll_piece(context)).await,
        };
        collected.map_err(|error| error.carried_out(status))
    }

    /// Writes all bytes that are left, and says how many they were.
    ///
    /// # Errors
    ///
    /// Those of the writer, and an [`Error`] of the download as the inner one of an [`io::Error`]. The writer has got a part
    /// then.
    pub async fn copy_to<W>(&mut self, writer: &mut W) -> io::Result<u64>
    where
        W: AsyncWrite + Unpin + ?Sized,
    {
        let mut written = 0;
        while let Some(mut piece) = self.try_next().await.map_err(io::Error::other)? {
            while !piece.is_empty() {
                let part = poll_fn(|context| Pin::new(&mut *writer).poll_write(context, &piece));
                let part = part.await?;
                if part == 0 {
                    return Err(io::ErrorKind::WriteZero.into());
                }
                piece.advance(part);
                written += part as u64;
            }
        }
        poll_fn(|context| Pin::new(&mut *writer).poll_flush(context)).await?;
        Ok(written)
    }

    pub(crate) fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, Error>> {
        if !self.rest.is_empty() {
            return Poll::Ready(Ok(Some(std::mem::take(&mut self.rest))));
        }
        if self.ended {
            return Poll::Ready(Ok(None));
        }
        let piece = ready!(self.body.poll_piece(context));
        self.ended = !matches!(piece, Ok(Some(_)));
        Poll::Ready(piece.map_err(|error| error.carried_out(self.status)))
    }
}

impl AsyncRead for Download {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let piece = ready!(self.poll_piece(context)).map_err(io::Error::other)?;
        if let Some(mut piece) = piece {
            let fits = piece.split_to(piece.len().min(buffer.remaining()));
            buffer.put_slice(&fits);
            self.rest = piece;
        }
        Poll::Ready(Ok(()))
    }
}

/// The pieces as a stream.
#[cfg(feature = "stream")]
impl futures_core::Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_piece(context).map(Result::transpose)
    }
}
