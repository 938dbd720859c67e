//! The ports of the proxy: some take requests, others only break connections.

use super::wire;
use serde::{Deserialize, Serialize};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// All on loopback.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Ports {
    pub(crate) http1: u16,
    pub(crate) http2: u16,
    /// Nobody listens there.
    pub(crate) refused: u16,
    /// Connections are reset before anything is read.
    pub(crate) reset: u16,
    /// HTTP/2: the first request is below a GOAWAY.
    pub(crate) go_away: u16,
}

pub(super) async fn listen() -> io::Result<(TcpListener, u16)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let port = listener.local_addr()?.port();
    Ok((listener, port))
}

/// Takes a port on which nobody listens while the socket is there.
pub(super) fn refused() -> io::Result<(TcpSocket, u16)> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
    let port = socket.local_addr()?.port();
    Ok((socket, port))
}

pub(super) async fn serve_reset(listener: TcpListener, met: impl Fn()) {
    while let Ok((stream, _)) = listener.accept().await {
        met();
        wire::reset(&stream);
    }
}

pub(super) async fn serve_go_away(listener: TcpListener, met: impl Fn()) {
    while let Ok((stream, _)) = listener.accept().await {
        met();
        tokio::spawn(go_away(stream));
    }
}

/// Says that no request was looked at, when the first one comes (RFC 9113, section 6.8).
async fn go_away(mut stream: TcpStream) -> io::Result<()> {
    const HEADERS: u8 = 1;
    const SETTINGS: [u8; 9] = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    /// For streams up to 0, without an error.
    const GO_AWAY: [u8; 17] = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let mut preface = [0; 24];
    stream.read_exact(&mut preface).await?;
    stream.write_all(&SETTINGS).await?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = (&mut stream).take(length.into());
        tokio::io::copy(&mut payload, &mut tokio::io::sink()).await?;
        if head[3] == HEADERS {
            stream.write_all(&GO_AWAY).await?;
            return stream.shutdown().await;
        }
    }
}
