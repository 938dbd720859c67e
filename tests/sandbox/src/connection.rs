//! Connections that can be cut while an answer is on its way.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use crate::lock::lock;

/// Bytes that may still be written to a connection.
#[derive(Debug, Default, Clone, Copy)]
enum Quota {
    #[default]
    Everything,
    Nothing,
    /// The head of the answer, then so many bytes of its body. Counts how many bytes of the blank
    /// line that ends the head have gone out.
    Head {
        blank_line: usize,
        body: usize,
    },
    Body(usize),
}

/// The handle by which a handler cuts its own connection.
#[derive(Debug, Clone, Default)]
pub(crate) struct Connection(Arc<Mutex<Quota>>);

impl Connection {
    /// Nothing more is sent: the client never sees an answer.
    pub(crate) fn cut(&self) {
        *lock(&self.0) = Quota::Nothing;
    }

    /// The connection closes after the head and `bytes` of the body.
    pub(crate) fn cut_in_body(&self, bytes: usize) {
        *lock(&self.0) = Quota::Head {
            blank_line: 0,
            body: bytes,
        };
    }
}

impl Quota {
    /// How much of `buffer` may be written.
    fn allowed(self, buffer: &[u8]) -> usize {
        match self {
            Self::Everything => buffer.len(),
            Self::Nothing => 0,
            Self::Body(left) => left.min(buffer.len()),
            Self::Head {
                mut blank_line,
                body,
            } => {
                for (index, byte) in buffer.iter().enumerate() {
                    blank_line = matched(blank_line, *byte);
                    if blank_line == BLANK_LINE.len() {
                        return (index + 1).saturating_add(body).min(buffer.len());
                    }
                }
                buffer.len()
            }
        }
    }

    fn written(self, buffer: &[u8]) -> Self {
        match self {
            Self::Everything | Self::Nothing => self,
            Self::Body(left) => Self::Body(left.saturating_sub(buffer.len())),
            Self::Head {
                mut blank_line,
                body,
            } => {
                for (index, byte) in buffer.iter().enumerate() {
                    blank_line = matched(blank_line, *byte);
                    if blank_line == BLANK_LINE.len() {
                        return Self::Body(body.saturating_sub(buffer.len() - index - 1));
                    }
                }
                Self::Head { blank_line, body }
            }
        }
    }
}

const BLANK_LINE: &[u8] = b"\r\n\r\n";

fn matched(so_far: usize, byte: u8) -> usize {
    if BLANK_LINE.get(so_far) == Some(&byte) {
        so_far + 1
    } else {
        usize::from(byte == b'\r')
    }
}

/// A listener whose connections can be cut.
pub(crate) struct CuttableListener(pub(crate) TcpListener);

/// A stream that stops where its [`Connection`] says so.
pub(crate) struct CuttableStream {
    stream: TcpStream,
    connection: Connection,
}

impl Listener for CuttableListener {
    type Io = CuttableStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        let connection = Connection::default();
        (CuttableStream { stream, connection }, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, CuttableListener>> for Connection {
    fn connect_info(stream: IncomingStream<'_, CuttableListener>) -> Self {
        stream.io().connection.clone()
    }
}

impl AsyncRead for CuttableStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for CuttableStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        let quota = *lock(&self.connection.0);
        let allowed = quota.allowed(buffer);
        if allowed == 0 && !buffer.is_empty() {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        let written = Pin::new(&mut self.stream).poll_write(context, &buffer[..allowed]);
        if let Poll::Ready(Ok(count)) = written {
            *lock(&self.connection.0) = quota.written(&buffer[..count]);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(mut quota: Quota, writes: &[&str]) -> String {
        let mut sent = String::new();
        for write in writes {
            let allowed = quota.allowed(write.as_bytes());
            sent.push_str(&write[..allowed]);
            quota = quota.written(&write.as_bytes()[..allowed]);
        }
        sent
    }

    #[test]
    fn a_body_is_cut_however_the_answer_is_split() {
        let quota = Quota::Head {
            blank_line: 0,
            body: 2,
        };
        let expected = "HTTP/1.1 200 OK\r\na: b\r\n\r\n{\"";
        assert_eq!(
            sent(quota, &["HTTP/1.1 200 OK\r\na: b\r\n\r\n{\"c\":1}"]),
            expected
        );
        assert_eq!(
            sent(
                quota,
                &["HTTP/1.1 200 OK\r\na: b\r", "\n\r", "\n{", "\"c\":1}"]
            ),
            expected
        );
    }

    #[test]
    fn nothing_goes_out_of_a_cut_connection() {
        assert_eq!(sent(Quota::Nothing, &["HTTP/1.1 200 OK\r\n\r\n"]), "");
    }
}
