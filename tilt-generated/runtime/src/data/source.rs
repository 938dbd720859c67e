//! Places that bytes are read from while they are sent.

use bytes::Bytes;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

/// The place that bytes are read from.
pub(crate) enum Source {
    /// This, which is there once. Nothing: it was begun.
    Once(Mutex<Option<Pieces>>),
    /// One that is made for each attempt.
    Anew(Box<dyn Fn() -> Opening + Send + Sync>),
}

/// Bytes as they are read.
pub(crate) type Pieces = Box<dyn Piecewise>;

/// A source that is being opened, with its length where that is known then.
pub(crate) type Opening = Pin<Box<dyn Future<Output = io::Result<(Pieces, Option<u64>)>> + Send>>;

/// Gives bytes piece by piece.
pub(crate) trait Piecewise: Send {
    /// The next piece; `None` at the end.
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>>;
}

impl Source {
    /// The bytes of a source that is there once, unless it was begun.
    pub(crate) fn begin(&self) -> Option<Pieces> {
        match self {
            Self::Once(pieces) => pieces.lock().unwrap_or_else(PoisonError::into_inner).take(),
            Self::Anew(_) => None,
        }
    }

    /// Whether it cannot be had any more.
    pub(crate) fn is_spent(&self) -> bool {
        match self {
            Self::Once(pieces) => pieces
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .is_none(),
            Self::Anew(_) => false,
        }
    }
}
