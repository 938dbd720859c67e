//! The HTTP clients by which requests are sent, and how they encrypt.

use super::error::Error;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use url::Url;

/// Below the time after which load balancers usually close connections that nobody uses (60 seconds): a request that goes
/// out on a connection just closed is lost, and nobody can tell whether it arrived.
const IDLE: Duration = Duration::from_secs(50);
/// A connection of HTTP/2 is asked at this interval whether it lives, and has this time to answer. One that fell silent would swallow
/// every request that follows.
#[cfg(feature = "http2")]
const PING_INTERVAL: Duration = Duration::from_secs(10);
#[cfg(feature = "http2")]
const PING_TIMEOUT: Duration = Duration::from_secs(5);

/// The user's settings for an HTTP client.
pub(crate) type Configure =
    Box<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// The connections that a request may go out on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Connections {
    /// One that is there, or a new one.
    Kept,
    /// A new one for this request alone, also with HTTP/2. A server may be closing one that was kept, or have fallen silent
    /// on it, and of a request that goes out on that nobody can tell whether it arrived. It costs a handshake.
    New,
}

/// HTTP clients by which requests are sent: each for what is encrypted or not, and for some connections.
pub(crate) struct Http {
    connect_timeout: Duration,
    configure: Option<Configure>,
    clients: [Mutex<Slot>; 4],
}

/// The client of one kind, which is made when it is needed.
#[derive(Default)]
struct Slot {
    client: Option<reqwest::Client>,
    /// The number of clients that were here before.
    generation: u64,
}

/// The connections that a request was given.
pub(crate) struct Lease {
    http: Arc<Http>,
    kind: usize,
    generation: u64,
}

impl Lease {
    /// Sends nothing more on these connections: one of them fell silent, and with HTTP/2 it would swallow all that
    /// follows. Requests that are under way on them go on.
    pub(crate) fn retire(&self) {
        let mut slot = self.http.slot(self.kind);
        if slot.generation == self.generation {
            slot.client = None;
            slot.generation += 1;
        }
    }
}

impl Http {
    pub(crate) fn new(connect_timeout: Duration, configure: Option<Configure>) -> Self {
        Self {
            connect_timeout,
            configure,
            clients: Default::default(),
        }
    }

    fn slot(&self, kind: usize) -> MutexGuard<'_, Slot> {
        self.clients[kind]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The client for a URL.
    pub(crate) fn of(
        self: &Arc<Self>,
        url: &Url,
        on: Connections,
    ) -> Result<(reqwest::Client, Lease), Error> {
        let is_plain = url.scheme() == "http";
        let kind = 2 * usize::from(is_plain) + usize::from(on == Connections::New);
        let mut slot = self.slot(kind);
        let client = match &slot.client {
            Some(client) => client.clone(),
            None => {
                let client = self.client(is_plain, on)?;
                slot.client.insert(client).clone()
            }
        };
        let lease = Lease {
            http: self.clone(),
            kind,
            generation: slot.generation,
        };
        Ok((client, lease))
    }

    /// A client that follows no redirect and sends nothing again by itself: a request that moves money goes where it was
    /// sent, or nowhere, and once.
    ///
    /// One for plain HTTP needs no certificates, which the machine may not have. It takes no proxy, which would
    /// read credentials, and finds `localhost` on this machine whatever a resolver says.
    fn client(&self, plain: bool, on: Connections) -> Result<reqwest::Client, Error> {
        let mut builder = reqwest::Client::builder()
            .connect_timeout(self.connect_timeout)
            .pool_idle_timeout(IDLE);
        #[cfg(feature = "http2")]
        {
            builder = builder
                .http2_keep_alive_interval(PING_INTERVAL)
                .http2_keep_alive_timeout(PING_TIMEOUT)
                .http2_keep_alive_while_idle(true);
        }
        builder = with_tls(builder, plain);
        if let Some(configure) = &self.configure {
            builder = configure(builder);
        }
        builder = builder
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            // It logs all that is sent and received, secrets too.
            .connection_verbose(false);
        if on == Connections::New {
            builder = builder.pool_max_idle_per_host(0);
        }
        if plain {
            // The port is that of the URL.
            let loopback = [
                SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
                SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
            ];
            builder = builder.no_proxy().resolve_to_addrs("localhost", &loopback);
        }
        builder
            .build()
            .map_err(|error| Error::config(format!("no HTTP client: {}", error.without_url())))
    }
}

/// Encrypts by rustls where that is compiled in, and else by the operating system.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn with_tls(builder: reqwest::ClientBuilder, plain: bool) -> reqwest::ClientBuilder {
    #[cfg(feature = "rustls")]
    let builder = builder.tls_backend_rustls();
    #[cfg(not(feature = "rustls"))]
    let builder = builder.tls_backend_native();
    match plain {
        true => builder.tls_certs_only([]),
        false => builder,
    }
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn with_tls(builder: reqwest::ClientBuilder, _: bool) -> reqwest::ClientBuilder {
    builder
}
