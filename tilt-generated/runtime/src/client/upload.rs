//! Where the bytes of a request come from that are read while it is sent.

#[cfg(feature = "stream")]
use super::error::BoxError;
use crate::data::{Held, Opening, Pieces, Piecewise, Source, Upload};
use bytes::Bytes;
use std::fs::File;
use std::future::Future;
use std::io::{self, Read};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

/// The bytes that are read at a time.
pub(crate) const PIECE: usize = 64 << 10;

/// Uploads that are read while they are sent: in pieces, as fast as the server takes them, so that memory does not grow with
/// their size.
///
/// One that can be read once is sent again only where nothing of it was read, as when there was no connection. One that is
/// made [anew](Upload::anew) or is a [file](Upload::file) is sent again as bytes are, but for a call with an idempotency key: one
/// key goes with the same bytes each time.
impl Upload {
    /// A file, which is opened for each attempt. It must not change before the call is over. (It is read on threads for
    /// blocking work.)
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self::opened(move || {
            let path = path.clone();
            Box::pin(async move {
                let opened = on_thread(move || {
                    let file = File::open(path)?;
                    let metadata = file.metadata()?;
                    // Pipes and devices have no length.
                    let length = metadata.is_file().then_some(metadata.len());
                    Ok((file, length))
                });
                let (file, length) = opened?.await.map_err(io::Error::other)??;
                Ok((Box::new(Blocking::Idle(file)) as Pieces, length))
            })
        })
    }

    /// All that a reader has, once.
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::once(Box::new(Reader::new(reader)))
    }

    /// All that a blocking reader has, once. (It is read on threads for blocking work.)
    pub fn read(reader: impl Read + Send + 'static) -> Self {
        Self::once(Box::new(Blocking::Idle(reader)))
    }

    /// All that a stream has, once.
    #[cfg(feature = "stream")]
    pub fn stream<B, E>(
        stream: impl futures_core::Stream<Item = Result<B, E>> + Send + 'static,
    ) -> Self
    where
        B: Into<Bytes> + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::once(Box::new(Streamed(Box::pin(stream))))
    }

    /// A reader that is made for each attempt, and has the same bytes each time.
    pub fn anew<R, F>(open: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        R: AsyncRead + Send + 'static,
        F: Future<Output = io::Result<R>> + Send + 'static,
    {
        Self::opened(move || {
            let reader = open();
            Box::pin(async move { Ok((Box::new(Reader::new(reader.await?)) as Pieces, None)) })
        })
    }

    /// Says how many bytes there are, which servers may insist on. Of a source that turns out to have more or fewer, the
    /// request is broken off. Of bytes and of files it is known.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }

    fn once(pieces: Pieces) -> Self {
        Self::of(Source::Once(Mutex::new(Some(pieces))))
    }

    fn opened(open: impl Fn() -> Opening + Send + Sync + 'static) -> Self {
        Self::of(Source::Anew(Box::new(open)))
    }

    fn of(source: Source) -> Self {
        Self {
            content: Held::Streamed(Arc::new(source)),
            ..Self::default()
        }
    }
}

/// Does blocking work on a thread for that.
fn on_thread<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<JoinHandle<io::Result<T>>> {
    let runtime = Handle::try_current().map_err(io::Error::other)?;
    Ok(runtime.spawn_blocking(work))
}

struct Reader<R> {
    reader: Pin<Box<R>>,
    buffer: Vec<u8>,
}

impl<R> Reader<R> {
    fn new(reader: R) -> Self {
        Self {
            reader: Box::pin(reader),
            buffer: vec![0; PIECE],
        }
    }
}

impl<R: AsyncRead + Send> Piecewise for Reader<R> {
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        let mut buffer = ReadBuf::new(&mut self.buffer);
        ready!(self.reader.as_mut().poll_read(context, &mut buffer))?;
        let piece = Bytes::copy_from_slice(buffer.filled());
        Poll::Ready(Ok(Some(piece).filter(|piece| !piece.is_empty())))
    }
}

#[cfg(feature = "stream")]
struct Streamed<S>(Pin<Box<S>>);

#[cfg(feature = "stream")]
impl<S, B, E> Piecewise for Streamed<S>
where
    S: futures_core::Stream<Item = Result<B, E>> + Send,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        loop {
            return Poll::Ready(match ready!(self.0.as_mut().poll_next(context)) {
                None => Ok(None),
                Some(Err(error)) => Err(io::Error::other(error)),
                Some(Ok(piece)) => {
                    let piece = piece.into();
                    if piece.is_empty() {
                        continue;
                    }
                    Ok(Some(piece))
                }
            });
        }
    }
}

/// A blocking reader, of which one piece at a time is read on another thread.
enum Blocking<R> {
    Idle(R),
    Reading(JoinHandle<io::Result<(R, Bytes)>>),
    Over,
}

impl<R: Read + Send + 'static> Piecewise for Blocking<R> {
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        loop {
            match std::mem::replace(self, Self::Over) {
                Self::Over => return Poll::Ready(Ok(None)),
                Self::Idle(mut reader) => {
                    *self = Self::Reading(on_thread(move || {
                        let mut buffer = vec![0; PIECE];
                        let length = read_some(&mut reader, &mut buffer)?;
                        buffer.truncate(length);
                        Ok((reader, buffer.into()))
                    })?);
                }
                Self::Reading(mut reading) => {
                    let Poll::Ready(read) = Pin::new(&mut reading).poll(context) else {
                        *self = Self::Reading(reading);
                        return Poll::Pending;
                    };
                    let (reader, piece) = read.map_err(io::Error::other)??;
                    if piece.is_empty() {
                        return Poll::Ready(Ok(None));
                    }
                    *self = Self::Idle(reader);
                    return Poll::Ready(Ok(Some(piece)));
                }
            }
        }
    }
}

fn read_some(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}
