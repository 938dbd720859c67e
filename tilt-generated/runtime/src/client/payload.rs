//! The body of a request: as all attempts of a call have it, and on its way with one of them.

use super::body_text::BodyText;
use super::clock::Clock;
use super::upload::PIECE;
use crate::data::{Held, Pieces, Source, Upload};
use bytes::{Bytes, BytesMut};
use http_body::{Frame, SizeHint};
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

/// A body, as parts that follow each other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Payload(Vec<Upload>);

impl From<Upload> for Payload {
    fn from(upload: Upload) -> Self {
        Self(vec![upload])
    }
}

impl From<BodyText> for Payload {
    fn from(body: BodyText) -> Self {
        Upload::from(Bytes::from(body)).into()
    }
}

impl Payload {
    /// Parts that follow each other; one, where all of them are there.
    pub(crate) fn of(parts: Vec<Upload>) -> Self {
        let is_there = parts.iter().all(|part| part.as_bytes().is_some());
        let parts = Self(parts);
        match is_there {
            true => Upload::from(parts.known()).into(),
            false => parts,
        }
    }

    /// The bytes that are there: without what is streamed.
    pub(crate) fn known(&self) -> Bytes {
        if let Some(whole) = self.as_bytes() {
            return whole;
        }
        let bytes = || self.0.iter().filter_map(Upload::as_bytes);
        let mut known = BodyText::with_capacity(bytes().map(Bytes::len).sum());
        bytes().for_each(|part| known.push(part));
        known.into()
    }

    /// The bytes, where they are all there.
    pub(crate) fn as_bytes(&self) -> Option<Bytes> {
        match &self.0[..] {
            [part] => part.as_bytes().cloned(),
            _ => None,
        }
    }

    fn sources(&self) -> impl Iterator<Item = &Source> {
        self.0.iter().filter_map(|part| match &part.content {
            Held::Bytes(_) => None,
            Held::Streamed(source) => Some(&**source),
        })
    }

    /// Whether some of it can be had once only.
    pub(crate) fn is_once(&self) -> bool {
        self.sources().any(|it| matches!(it, Source::Once(_)))
    }

    /// Whether some of that was read.
    pub(crate) fn is_spent(&self) -> bool {
        self.sources().any(Source::is_spent)
    }

    /// The body for one attempt.
    pub(crate) async fn open(&self, clock: &Arc<dyn Clock>) -> io::Result<Outgoing> {
        if let Some(bytes) = self.as_bytes() {
            return Ok(Outgoing::Whole(bytes));
        }
        let mut parts = VecDeque::with_capacity(self.0.len());
        let mut left = Some(0_u64);
        for part in &self.0 {
            let (part, length) = match &part.content {
                Held::Bytes(bytes) => (Segment::Bytes(bytes.clone()), Some(bytes.len() as u64)),
                Held::Streamed(source) => {
                    let (begun, known) = match &**source {
                        Source::Once(_) => (Begun::Not(source.clone()), None),
                        Source::Anew(open) => {
                            let (pieces, known) = open().await?;
                            (Begun::Yes(pieces), known)
                        }
                    };
                    let length = part.length.or(known);
                    let left = length;
                    (Segment::Streamed { begun, left }, length)
                }
            };
            left = left.zip(length).and_then(|(all, it)| all.checked_add(it));
            parts.push_back(part);
        }
        let progress = Arc::new(Progress {
            clock: clock.clone(),
            state: Mutex::default(),
        });
        Ok(Outgoing::Streamed(Transfer {
            parts: Mutex::new(parts),
            left,
            progress,
        }))
    }
}

/// The body of one attempt.
pub(crate) enum Outgoing {
    Whole(Bytes),
    Streamed(Transfer),
}

impl Outgoing {
    pub(crate) fn progress(&self) -> Option<Arc<Progress>> {
        match self {
            Self::Whole(_) => None,
            Self::Streamed(transfer) => Some(transfer.progress.clone()),
        }
    }

    /// All of it, if it is at most this long.
    pub(crate) async fn collected(self, limit: usize) -> io::Result<Bytes> {
        let mut transfer = match self {
            Self::Whole(bytes) => return Ok(bytes),
            Self::Streamed(transfer) => transfer,
        };
        let mut whole = BytesMut::new();
        while let Some(piece) = poll_fn(|context| transfer.poll_piece(context)).await {
            let piece = piece.map_err(|failed| {
                let failure = transfer.progress.failure();
                failure.unwrap_or_else(|| io::Error::other(failed))
            })?;
            if piece.len() > limit - whole.len() {
                return Err(io::Error::other(format!(
                    "a transport takes a body whole, and this one is longer than {limit} bytes"
                )));
            }
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }
}

/// A body that is read while it is sent.
pub(crate) struct Transfer {
    parts: Mutex<VecDeque<Segment>>,
    /// The bytes that are still to come, where that is known.
    left: Option<u64>,
    progress: Arc<Progress>,
}

enum Segment {
    Bytes(Bytes),
    Streamed { begun: Begun, left: Option<u64> },
}

/// A source, which is taken when the first byte is needed: where none is, it can be sent another time.
enum Begun {
    Not(Arc<Source>),
    Yes(Pieces),
}

/// The way of a transfer, seen from outside.
pub(crate) struct Progress {
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The moment of the last piece, as [`Clock::monotonic`] counts.
    moved: Option<Duration>,
    failure: Option<io::Error>,
}

impl Progress {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The moment at which something was sent last.
    pub(crate) fn moved(&self) -> Option<Duration> {
        self.state().moved
    }

    /// The reason for which there was nothing more to send.
    pub(crate) fn failure(&self) -> Option<io::Error> {
        self.state().failure.take()
    }
}

/// A source failed. The HTTP client has no use for the reason, and [`Progress`] keeps it.
#[derive(Debug)]
pub(crate) struct Failed(&'static str);

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Failed {}

impl Transfer {
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failed>>> {
        let parts = self.parts.get_mut().unwrap_or_else(PoisonError::into_inner);
        let piece = loop {
            match parts.front_mut() {
                None => break Ok(None),
                Some(Segment::Bytes(bytes)) if bytes.is_empty() => {}
                Some(Segment::Bytes(bytes)) => {
                    break Ok(Some(bytes.split_to(bytes.len().min(PIECE))));
                }
                Some(Segment::Streamed { begun, left }) => match begun.poll(left, context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Ok(None)) => {}
                    Poll::Ready(piece) => break piece,
                },
            }
            parts.pop_front();
        };
        let mut state = self.progress.state();
        state.moved = Some(self.progress.clock.monotonic());
        Poll::Ready(match piece {
            Ok(Some(piece)) => {
                self.left = self
                    .left
                    .map(|left| left.saturating_sub(piece.len() as u64));
                Some(Ok(piece))
            }
            Ok(None) => None,
            Err(error) => {
                state.failure = Some(error);
                parts.clear();
                Some(Err(Failed("the body could not be read")))
            }
        })
    }
}

impl Begun {
    /// The next piece, which must be no more than is left.
    fn poll(
        &mut self,
        left: &mut Option<u64>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<Option<Bytes>>> {
        let pieces = match self {
            Self::Yes(pieces) => pieces,
            Self::Not(source) => match source.begin() {
                Some(pieces) => {
                    *self = Self::Yes(pieces);
                    return self.poll(left, context);
                }
                None => return Poll::Ready(Err(io::Error::other("it was read before"))),
            },
        };
        let other = |than| io::Error::other(format!("there are {than} bytes than was said"));
        pieces.poll_piece(context).map(|piece| {
            let piece = piece?;
            let length = piece.as_ref().map_or(0, |piece| piece.len() as u64);
            match (left, &piece) {
                (Some(left), Some(_)) => match left.checked_sub(length) {
                    Some(rest) => *left = rest,
                    None => return Err(other("more")),
                },
                (Some(1..), None) => return Err(other("fewer")),
                _ => {}
            }
            Ok(piece)
        })
    }
}

impl http_body::Body for Transfer {
    type Data = Bytes;
    type Error = Failed;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Failed>>> {
        let piece = self.get_mut().poll_piece(context);
        piece.map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.left
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
