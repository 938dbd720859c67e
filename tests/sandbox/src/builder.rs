//! How a sandbox is set up.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinSet;
use url::Url;
use uuid::Uuid;

use crate::access::Access;
use crate::app::App;
use crate::client::Client;
use crate::clock::Clock;
use crate::connection::{Connection, CuttableListener};
use crate::documents::Documents;
use crate::error::SandboxError;
use crate::exchange::Exchanges;
use crate::fault::Faults;
use crate::inventory::Inventory;
use crate::kept::{self, Hold, Keeper, Kept};
use crate::rate_limit::RateLimit;
use crate::sandbox::{FirstClient, Sandbox};
use crate::state::{Location, State};
use crate::webhook::Sender;
use crate::{runner, server};

/// Sets up a [`Sandbox`].
#[derive(Debug)]
#[must_use]
pub struct Builder {
    address: IpAddr,
    is_open: bool,
    port: u16,
    state_file: Option<PathBuf>,
    specs: Option<PathBuf>,
    clock: Clock,
    clients: Vec<Client>,
    rate_limit: Option<RateLimit>,
    locations: Vec<Location>,
    processing_delay: Duration,
    delivery_timeout: Duration,
    signing_secret: SecretString,
    inventory: Option<Inventory>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            address: Ipv4Addr::LOCALHOST.into(),
            is_open: false,
            port: 0,
            state_file: None,
            specs: None,
            clock: Clock::system(),
            clients: Vec::new(),
            rate_limit: Some(RateLimit::LOW),
            locations: Vec::new(),
            processing_delay: Duration::from_millis(250),
            delivery_timeout: Duration::from_secs(30),
            signing_secret: SecretString::from(random_secret("whsec")),
            inventory: None,
        }
    }
}

impl Builder {
    /// Listens on this port instead of any free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Listens on this address instead of 127.0.0.1. One that other machines can reach is refused,
    /// unless [`open_to_others`](Self::open_to_others) says that this is meant.
    pub fn address(mut self, address: IpAddr) -> Self {
        self.address = address;
        self
    }

    /// Lets other machines in. The admin portal asks nobody for a password.
    pub fn open_to_others(mut self) -> Self {
        self.is_open = true;
        self
    }

    /// Keeps everything in this file, and goes on from there if it exists: its clients, locations,
    /// clock and signing secret count then, and not those of the builder. Tokens and people who are
    /// signed in are not kept. It is written within moments of a change, and by [`Sandbox::save`]. One sandbox has it at a time:
    /// another one is refused, by a lock on a file beside it.
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.state_file = Some(path.into());
        self
    }

    /// Serves `openapi.json` and `asyncapi.json` of this folder instead of those that this crate
    /// was built with.
    pub fn specs(mut self, folder: impl Into<PathBuf>) -> Self {
        self.specs = Some(folder.into());
        self
    }

    /// Stops time at 2026-01-15T09:00:00Z: it passes only by [`Sandbox::advance`].
    pub fn manual_clock(self) -> Self {
        self.manual_clock_at(Timestamp::from_second(1_768_467_600).unwrap_or_default())
    }

    /// Stops time at `start`: it passes only by [`Sandbox::advance`].
    pub fn manual_clock_at(mut self, start: Timestamp) -> Self {
        self.clock = Clock::manual(start);
        self
    }

    /// Adds a client. Without any, there is one with the ordinary scopes.
    pub fn client(mut self, client: Client) -> Self {
        self.clients.push(client);
        self
    }

    /// Sets the limit of the client that is there without any other; `None` is no limit.
    pub fn rate_limit(mut self, limit: impl Into<Option<RateLimit>>) -> Self {
        self.rate_limit = limit.into();
        self
    }

    /// Adds a location. Without any, there are three, of which the last takes no payments.
    pub fn location(mut self, location: Location) -> Self {
        self.locations.push(location);
        self
    }

    /// How long the processor takes for a payment or refund; 250 ms without this.
    pub fn processing_delay(mut self, delay: Duration) -> Self {
        self.processing_delay = delay;
        self
    }

    /// How long a webhook endpoint may take to answer, in real time; 30 s without this.
    pub fn delivery_timeout(mut self, timeout: Duration) -> Self {
        self.delivery_timeout = timeout;
        self
    }

    /// Sets the secret that deliveries are signed with; a random one without this.
    pub fn signing_secret(mut self, secret: impl Into<String>) -> Self {
        self.signing_secret = SecretString::from(secret.into());
        self
    }

    /// Pulls vehicles from a dealer's system; without this, there is none.
    pub fn inventory(mut self, inventory: Inventory) -> Self {
        self.inventory = Some(inventory);
        self
    }

    /// Starts listening. Needs a tokio runtime with time and I/O.
    pub async fn start(self) -> Result<Sandbox, SandboxError> {
        let documents = match &self.specs {
            Some(folder) => Documents::read(folder)?,
            None => Documents::embedded(),
        };
        let sender = Sender::new(self.delivery_timeout).map_err(SandboxError::Sender)?;
        let (listener, url) = self.listen().await?;
        let address = self.address;
        let (state_file, inventory) = (self.state_file.clone(), self.inventory.clone());
        let hold = state_file.as_deref().map(Hold::of).transpose()?;
        let mut world = self.world()?;
        let every = inventory.as_ref().map(|it| it.every);
        world.state.pull_from(world.clock.now(), every);
        let first_client = world.clients.first().map(|client| client.id.clone());
        let keeper = state_file.zip(hold);
        let keeper =
            keeper.map(|(path, hold)| Keeper::new(path, world.signing_secret.clone(), hold));
        let app = Arc::new(App {
            clock: world.clock,
            state: Mutex::new(world.state),
            access: Mutex::new(Access::new(world.clients)?),
            documents: Mutex::new(documents),
            faults: Mutex::new(Faults::default()),
            exchanges: Mutex::new(Exchanges::default()),
            sender,
            scheduled: Notify::new(),
            advancing: tokio::sync::Mutex::new(()),
            inventory,
            pulling: tokio::sync::Mutex::new(()),
            address,
            url,
            keeper,
        });
        if let Some(keeper) = &app.keeper {
            // A file that cannot be written is told now, and not when there is something to lose.
            keeper.save(&app)?;
        }
        let stop = serve(&app, listener);
        let mut tasks = JoinSet::new();
        if !app.clock.is_manual() {
            tasks.spawn(runner::run(app.clone()));
        }
        tasks.spawn(kept::keep(app.clone()));
        let first_client = FirstClient {
            id: first_client.unwrap_or_default(),
            is_new: world.is_new,
        };
        Ok(Sandbox::new(
            app,
            first_client,
            world.signing_secret,
            stop,
            tasks,
        ))
    }

    /// The world that the sandbox begins with: what its file has, or else what the builder says.
    fn world(mut self) -> Result<Kept, SandboxError> {
        let kept = self.state_file.as_deref().map(Kept::read).transpose()?;
        if let Some(mut kept) = kept.flatten() {
            kept.state.processing_delay = self.processing_delay;
            return Ok(kept);
        }
        if self.clients.is_empty() {
            let client = Client::new("sandbox-client", random_secret("secret"));
            self.clients.push(client.rate_limit(self.rate_limit));
        }
        if self.locations.is_empty() {
            self.locations = Location::seed();
        }
        let state = State::new(self.locations, self.processing_delay);
        Ok(Kept::new(
            self.clock,
            self.signing_secret,
            self.clients,
            state,
        ))
    }

    async fn listen(&self) -> Result<(TcpListener, Url), SandboxError> {
        let (address, port) = (self.address, self.port);
        if !address.is_loopback() && !self.is_open {
            return Err(SandboxError::OpenAddress { address });
        }
        let failed = |source| SandboxError::Listen {
            address,
            port,
            source,
        };
        let listener = TcpListener::bind((address, port)).await.map_err(failed)?;
        let mut address = listener.local_addr().map_err(failed)?;
        // All addresses are none to go to: this machine reaches itself by this one.
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        let url = Url::parse(&format!("http://{address}"))
            .map_err(|error| failed(std::io::Error::other(error)))?;
        Ok((listener, url))
    }
}

/// Answers on an address, until the sender is used or gone.
fn serve(app: &Arc<App>, listener: TcpListener) -> oneshot::Sender<()> {
    let (stop, stopped) = oneshot::channel::<()>();
    let service = server::router(app).into_make_service_with_connect_info::<Connection>();
    let server =
        axum::serve(CuttableListener(listener), service).with_graceful_shutdown(async move {
            // An error means that the sandbox is gone: a reason to stop as well.
            let _ = stopped.await;
        });
    tokio::spawn(async move { server.await });
    stop
}

pub(crate) fn random_secret(prefix: &str) -> String {
    format!("{prefix}_{}", Uuid::new_v4().simple())
}
