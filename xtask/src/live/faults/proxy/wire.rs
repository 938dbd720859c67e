//! Connections that break where they are told to.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Notify;

/// The handle by which a connection is broken.
#[derive(Debug, Clone, Default)]
pub(super) struct Handle(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    shut_down: Notify,
}

#[derive(Debug, Default)]
struct State {
    end: End,
    reader: Option<Waker>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum End {
    #[default]
    Open,
    /// Nothing goes in or out any more, and the peer is told by a reset.
    Reset,
    /// When what is to be written has been written, there is nothing more to read.
    AfterWriting {
        written: bool,
    },
    Closed,
}

impl Handle {
    /// Nothing panics while it is locked.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self, end: End) {
        let mut state = self.state();
        state.end = end;
        if let Some(reader) = state.reader.take() {
            reader.wake();
        }
    }

    /// Resets the connection.
    pub(super) fn reset(&self) {
        self.end(End::Reset);
    }

    /// Closes the connection when the next answer has been written.
    pub(super) fn close_after_answer(&self) {
        self.end(End::AfterWriting { written: false });
    }

    /// Lets HTTP/2 say that no more requests are taken.
    pub(super) fn shut_down(&self) {
        self.0.shut_down.notify_one();
    }

    pub(super) async fn is_to_shut_down(&self) {
        self.0.shut_down.notified().await;
    }
}

/// A connection with a handle.
pub(super) struct Wire {
    stream: TcpStream,
    handle: Handle,
}

impl Wire {
    pub(super) fn new(stream: TcpStream) -> (Self, Handle) {
        let handle = Handle::default();
        let wire = Self {
            stream,
            handle: handle.clone(),
        };
        (wire, handle)
    }

    fn check(&self) -> io::Result<()> {
        match self.handle.state().end {
            End::Reset => Err(io::ErrorKind::ConnectionReset.into()),
            _ => Ok(()),
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check()?;
        {
            let mut state = self.handle.state();
            if state.end == End::Closed {
                return Poll::Ready(Ok(()));
            }
            state.reader = Some(context.waker().clone());
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        let written = Pin::new(&mut self.stream).poll_write(context, buffer);
        let mut state = self.handle.state();
        if let (Poll::Ready(Ok(_)), End::AfterWriting { .. }) = (&written, state.end) {
            state.end = End::AfterWriting { written: true };
        }
        drop(state);
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        let end = self.handle.state().end;
        if end == (End::AfterWriting { written: true }) {
            self.handle.end(End::Closed);
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.handle.state().end == End::Reset {
            // Without it, the peer sees the end of the connection in place of a reset: as good a fault.
            let _ = self.stream.set_zero_linger();
        }
    }
}

/// Resets a connection before anything is read.
pub(super) fn reset(stream: &TcpStream) {
    let _ = stream.set_zero_linger();
}
