//! The proxy between the client and the local Tilt, which breaks what can break.

mod answer;
mod breaking;
mod ports;
mod traffic;
mod upstream;
mod wire;

pub(super) use ports::Ports;
pub(super) use traffic::{Amplification, BudgetOf, Traffic};

use super::plan::{Fault, Plan};
use breaking::Breaking;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, server};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::io;
use std::pin::pin;
use std::sync::{Arc, MutexGuard};
use std::time::Duration;
use tilt_sandbox::Sandbox;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::mpsc;
use upstream::Upstream;
use wire::{Handle, Wire};

/// The protocol of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Protocol {
    Http1,
    Http2,
}

/// The running proxy.
pub(super) struct Proxy {
    pub(super) ports: Ports,
    breaking: Arc<Breaking>,
    /// Keeps a port on which nobody listens.
    _refused: TcpSocket,
}

/// The client's side of a wire to it: each line says that an answer is held back.
pub(super) type Reins = Box<dyn io::Write + Send>;

impl Proxy {
    /// Starts it; each time that the client is to be killed, something is sent to `kill`.
    pub(super) async fn start(
        plan: Plan,
        sandbox: Arc<Sandbox>,
        kill: mpsc::UnboundedSender<()>,
    ) -> io::Result<Self> {
        let breaking = Arc::new(Breaking::new(plan, Upstream::new(sandbox)?, kill));
        let (http1, http1_port) = ports::listen().await?;
        let (http2, http2_port) = ports::listen().await?;
        let (reset, reset_port) = ports::listen().await?;
        let (go_away, go_away_port) = ports::listen().await?;
        let (refused, refused_port) = ports::refused()?;
        tokio::spawn(serve(http1, Protocol::Http1, breaking.clone()));
        tokio::spawn(serve(http2, Protocol::Http2, breaking.clone()));
        let met = breaking.clone();
        tokio::spawn(ports::serve_reset(reset, move || {
            met.traffic().met(Fault::ResetBefore);
        }));
        let met = breaking.clone();
        tokio::spawn(ports::serve_go_away(go_away, move || {
            met.traffic().met(Fault::GoAway);
        }));
        Ok(Self {
            ports: Ports {
                http1: http1_port,
                http2: http2_port,
                refused: refused_port,
                reset: reset_port,
                go_away: go_away_port,
            },
            breaking,
            _refused: refused,
        })
    }

    /// Sets the wire to the client's process.
    pub(super) fn hold_by(&self, reins: Option<Reins>) {
        self.breaking.hold_by(reins);
    }

    /// Waits until the client is gone and Tilt has answered all that was sent to it.
    pub(super) async fn quiet(&self) {
        self.breaking.upstream.quiet().await;
    }

    /// The time in Tilt, since the round began.
    pub(super) fn now(&self) -> Duration {
        self.breaking.upstream.now()
    }

    pub(super) fn traffic(&self) -> MutexGuard<'_, Traffic> {
        self.breaking.traffic()
    }
}

async fn serve(listener: TcpListener, protocol: Protocol, breaking: Arc<Breaking>) {
    while let Ok((stream, _)) = listener.accept().await {
        let breaking = breaking.clone();
        tokio::spawn(async move {
            let _open = breaking.upstream.connected();
            // Ends with an error where a fault wants it so.
            let _ = serve_one(stream, protocol, breaking.clone()).await;
        });
    }
}

async fn serve_one(
    stream: TcpStream,
    protocol: Protocol,
    breaking: Arc<Breaking>,
) -> hyper::Result<()> {
    // A failure costs some milliseconds.
    let _ = stream.set_nodelay(true);
    let (wire, handle) = Wire::new(stream);
    let io = TokioIo::new(wire);
    let answering = handle.clone();
    let service = service_fn(move |request: Request<Incoming>| {
        let connection = (protocol, answering.clone());
        breaking.clone().answer(connection, request)
    });
    match protocol {
        Protocol::Http1 => {
            let http = server::conn::http1::Builder::new();
            http.serve_connection(io, service).await
        }
        Protocol::Http2 => {
            let http = server::conn::http2::Builder::new(TokioExecutor::new());
            let mut connection = pin!(http.serve_connection(io, service));
            tokio::select! {
                ended = connection.as_mut() => return ended,
                () = handle.is_to_shut_down() => connection.as_mut().graceful_shutdown(),
            }
            connection.await
        }
    }
}

/// A connection that a request came on.
type Connection = (Protocol, Handle);
