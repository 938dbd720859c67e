//! The handle of a running sandbox.

use std::fmt::{self, Display};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use url::{Host, Url};
use uuid::Uuid;

use crate::app::App;
use crate::builder::{Builder, random_secret};
use crate::card::TestCard;
use crate::client::{Client, PARTNER};
use crate::clock::after;
use crate::documents::Document;
use crate::error::SandboxError;
use crate::exchange::Exchange;
use crate::fault::{Fault, Trigger};
use crate::lock::lock;
use crate::runner;
use crate::server::TOKEN_PATH;
use crate::state::{Location, Order, Payment, PaymentStatus, PosUser, Refusal, State};
use crate::webhook::{self, Delivery, Endpoint, NoReplay};

/// A running local Tilt. It stops when this is dropped.
pub struct Sandbox {
    app: Arc<App>,
    client: FirstClient,
    signing_secret: SecretString,
    /// Dropping it stops the server.
    _stop: oneshot::Sender<()>,
    /// Those that run by themselves; dropping it ends them.
    _tasks: JoinSet<()>,
}

/// The client that programs are given.
#[derive(Debug)]
pub(crate) struct FirstClient {
    pub(crate) id: String,
    /// It was made by this start, and not by one before: the portal has shown its secret to nobody.
    pub(crate) is_new: bool,
}

impl Sandbox {
    /// Sets up a sandbox.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn new(
        app: Arc<App>,
        client: FirstClient,
        signing_secret: SecretString,
        stop: oneshot::Sender<()>,
        tasks: JoinSet<()>,
    ) -> Self {
        Self {
            app,
            client,
            signing_secret,
            _stop: stop,
            _tasks: tasks,
        }
    }

    /// Starts one as it is without any setting: on any free port, by the machine's clock.
    pub async fn start() -> Result<Self, SandboxError> {
        Self::builder().start().await
    }

    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    /// Writes its file now, if it was given one; it is written when this is dropped, too.
    pub fn save(&self) -> Result<(), SandboxError> {
        let keeper = self.app.keeper.as_ref();
        keeper.map_or(Ok(()), |keeper| keeper.save(&self.app))
    }

    /// The base of the API and of the documents, such as `http://127.0.0.1:4010`; for this machine, where it listens at all
    /// addresses.
    pub fn api_url(&self) -> String {
        self.app.url.as_str().trim_end_matches('/').into()
    }

    /// The token endpoint.
    pub fn token_url(&self) -> String {
        format!("{}{TOKEN_PATH}", self.api_url())
    }

    /// The id of the first client.
    pub fn client_id(&self) -> &str {
        &self.client.id
    }

    /// Whether the first client was made by this start.
    pub(crate) fn has_new_client(&self) -> bool {
        self.client.is_new
    }

    /// The secret of the first client.
    pub fn client_secret(&self) -> String {
        let access = lock(&self.app.access);
        let client = access.client(&self.client.id);
        client.map(Client::secret).unwrap_or_default().into()
    }

    /// The secret that deliveries are signed with.
    pub fn signing_secret(&self) -> &str {
        self.signing_secret.expose_secret()
    }

    /// The time in the sandbox.
    pub fn now(&self) -> Timestamp {
        self.app.clock.now()
    }
}

/// Time.
impl Sandbox {
    /// Moves a manual clock, doing everything that becomes due: payments and refunds are
    /// processed, payments settle at midnight UTC, webhooks are delivered. All of it is done when
    /// this returns. With a zero duration, only what is due already is done.
    pub async fn advance(&self, duration: Duration) -> Result<(), SandboxError> {
        if !self.app.clock.is_manual() {
            return Err(SandboxError::NotManual);
        }
        runner::advance(&self.app, after(self.now(), duration)).await;
        Ok(())
    }
}

/// Clients and tokens.
impl Sandbox {
    /// Gives a client a new secret; tokens that it has stay valid.
    pub fn rotate_secret(&self, client_id: &str) -> Result<String, SandboxError> {
        let secret = random_secret("secret");
        if lock(&self.app.access).set_secret(client_id, SecretString::from(secret.clone())) {
            self.app.touched();
            return Ok(secret);
        }
        let id = client_id.into();
        Err(SandboxError::UnknownClient { id })
    }

    /// Makes every token that was minted so far invalid.
    pub fn revoke_tokens(&self) {
        lock(&self.app.access).revoke_tokens();
    }
}

/// Locations.
impl Sandbox {
    /// All locations.
    pub fn locations(&self) -> Vec<Location> {
        self.app.read(|state| state.locations.clone())
    }

    /// Adds a location.
    pub fn add_location(&self, location: Location) {
        self.app.change(|state, _| state.locations.push(location));
    }

    /// Sets the card that customers present at a location from now on.
    pub fn present_card(&self, location: impl Display, card: TestCard) -> Result<(), SandboxError> {
        let location = id("location", location)?;
        self.app.change(|state, _| {
            let found = state
                .locations
                .iter_mut()
                .find(|candidate| candidate.location_id == location);
            let Some(found) = found else {
                return Err(not_found("location", location));
            };
            found.card = card;
            Ok(())
        })
    }
}

/// Orders and payments. Their ids are taken as the SDK has them, as text, or as UUIDs.
impl Sandbox {
    /// All orders, oldest first.
    pub fn orders(&self) -> Vec<Order> {
        self.app
            .read(|state| state.orders.iter().cloned().collect())
    }

    /// An order.
    pub fn order(&self, order: impl Display) -> Option<Order> {
        let order = id("order", order).ok()?;
        self.app.read(|state| state.orders.get(order).cloned())
    }

    /// A payment.
    pub fn payment(&self, payment: impl Display) -> Option<Payment> {
        let payment = id("payment", payment).ok()?;
        self.app.read(|state| {
            let order = state.orders.of_payment(payment)?;
            order.payment(payment).cloned()
        })
    }

    /// Cancels a pending payment, as an operator does.
    pub fn cancel_payment(&self, payment: impl Display) -> Result<(), SandboxError> {
        self.change_payment(payment, |state, order, payment, now| {
            let status = PaymentStatus::Cancelled;
            state.abandon_payment(order, payment, status, "payment.cancelled", now)
        })
    }

    /// Lets a pending payment's time run out. The state that it leads to is not documented; here it
    /// is `failed`.
    pub fn expire_payment(&self, payment: impl Display) -> Result<(), SandboxError> {
        self.change_payment(payment, |state, order, payment, now| {
            let status = PaymentStatus::Failed;
            state.abandon_payment(order, payment, status, "payment.expired", now)
        })
    }

    /// Puts a payment into any state, without an event.
    pub fn set_payment_status(
        &self,
        payment: impl Display,
        status: PaymentStatus,
    ) -> Result<(), SandboxError> {
        self.change_payment(payment, |state, order, payment, now| {
            state.change_payment(order, payment, now, |payment| {
                payment.status = status;
                Ok(())
            })
        })
    }

    /// Users that launch tokens provisioned.
    pub fn pos_users(&self) -> Vec<PosUser> {
        self.app.read(|state| state.users.to_vec())
    }

    fn change_payment(
        &self,
        payment: impl Display,
        change: impl FnOnce(&mut State, Uuid, Uuid, Timestamp) -> Result<(), Refusal>,
    ) -> Result<(), SandboxError> {
        let payment = id("payment", payment)?;
        self.app.change(|state, now| {
            let order = state
                .orders
                .of_payment(payment)
                .ok_or_else(|| not_found("payment", payment))?
                .order_id;
            change(state, order, payment, now)
                .map_err(|refusal| SandboxError::Refused(refusal.to_string()))
        })
    }
}

/// Webhooks.
impl Sandbox {
    /// Registers an endpoint on this machine for the sandbox's own partner. Deliveries are signed
    /// with [`Sandbox::signing_secret`].
    pub fn register_webhook(&self, url: &str) -> Result<(), SandboxError> {
        self.register_webhook_for(PARTNER, url, self.signing_secret())
    }

    /// Registers an endpoint on this machine for any partner, with a signing secret of its own. It takes the place of the one
    /// that the partner has at the same URL.
    pub fn register_webhook_for(
        &self,
        partner: Uuid,
        url: &str,
        secret: &str,
    ) -> Result<(), SandboxError> {
        let endpoint = Endpoint {
            partner,
            url: local_url(url)?,
            secret: SecretString::from(secret.to_owned()),
        };
        self.app
            .change(|state, _| state.webhooks.register(endpoint));
        Ok(())
    }

    /// Whether the sandbox's own partner has an endpoint there.
    pub(crate) fn has_webhook(&self, url: &str) -> Result<bool, SandboxError> {
        let url = local_url(url)?;
        Ok(self.app.read(|state| {
            let mut endpoints = state.webhooks.endpoints().iter();
            endpoints.any(|it| it.partner == PARTNER && it.url == url)
        }))
    }

    /// Registers a function of this process as an endpoint: it gets every delivery as a server would,
    /// signed, and without a port. Its answer is the status. `name` is for people, and for a sandbox
    /// that is kept in a file: there, the same name takes up what was on its way to it.
    ///
    /// With a manual clock, the function runs within [`advance`](Self::advance), where its panics end
    /// the test.
    pub fn register_handler<A>(
        &self,
        name: &str,
        handler: impl Fn(http::Request<Bytes>) -> A + Send + Sync + 'static,
    ) -> Result<(), SandboxError>
    where
        A: Future<Output = http::StatusCode> + Send + 'static,
    {
        let url = webhook::address(name).ok_or_else(|| SandboxError::WebhookUrl {
            url: name.to_owned(),
        })?;
        self.app.sender.add_handler(url.clone(), handler);
        let endpoint = Endpoint {
            partner: PARTNER,
            url,
            secret: self.signing_secret.clone(),
        };
        self.app
            .change(|state, _| state.webhooks.register(endpoint));
        Ok(())
    }

    /// Unregisters the endpoints at a URL; what is on its way there ends as a dead letter.
    pub fn unregister_webhook(&self, url: &str) -> Result<(), SandboxError> {
        let url = local_url(url)?;
        self.app.change(|state, _| state.unregister(&url));
        Ok(())
    }

    /// Sends an event of any kind, known or not, about a payment.
    pub fn send_event(&self, kind: &str, payment: impl Display) -> Result<(), SandboxError> {
        self.change_payment(payment, |state, order, payment, now| {
            state.emit(kind, order, payment, now);
            Ok(())
        })
    }

    /// Delivers so many events to come twice, as the documentation warns of.
    pub fn deliver_twice(&self, events: usize) {
        self.app
            .change(|state, _| state.webhooks.disorder().twice = events);
    }

    /// Holds so many events to come back for half a minute, so that later ones overtake them.
    pub fn deliver_late(&self, events: usize) {
        self.app
            .change(|state, _| state.webhooks.disorder().late = events);
    }

    /// All deliveries, oldest first.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.app
            .read(|state| state.webhooks.deliveries().cloned().collect())
    }

    /// Delivers an event once more, whatever became of it: a dead letter is replayed, and one that
    /// was delivered comes a second time. It is signed with the secret that its endpoint has by now.
    pub fn replay(&self, delivery: u64) -> Result<(), SandboxError> {
        let replayed = self.app.change(|state, now| state.replay(delivery, now));
        replayed.map_err(|error| match error {
            NoReplay::Unknown => not_found("delivery", delivery),
            NoReplay::Removed => SandboxError::Refused("the endpoint was removed".into()),
        })
    }
}

/// Requests and answers as they go over the wire.
impl Sandbox {
    /// The last requests and their answers, oldest first.
    pub fn exchanges(&self) -> Vec<Exchange> {
        lock(&self.app.exchanges).to_vec()
    }

    /// Forgets the exchanges so far.
    pub fn forget_exchanges(&self) {
        lock(&self.app.exchanges).clear();
    }

    /// Lets something go wrong with requests to come.
    pub fn inject(&self, trigger: Trigger, fault: Fault) {
        lock(&self.app.faults).add(trigger, fault);
    }

    /// Takes back all faults that have not happened.
    pub fn clear_faults(&self) {
        lock(&self.app.faults).clear();
    }

    /// The document that is served.
    pub fn document(&self, document: Document) -> Bytes {
        lock(&self.app.documents).get(document)
    }

    /// Serves other bytes as a document from now on.
    pub fn set_document(&self, document: Document, bytes: impl Into<Bytes>) {
        lock(&self.app.documents).set(document, bytes.into());
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // An error has nowhere to go from here; who wants to know it calls `save`.
        let _ = self.save();
        if let Some(keeper) = &self.app.keeper {
            keeper.release();
        }
    }
}

/// Secrets stay out.
impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("api_url", &self.api_url())
            .field("client_id", &self.client.id)
            .finish_non_exhaustive()
    }
}

fn id(what: &'static str, id: impl Display) -> Result<Uuid, SandboxError> {
    let text = id.to_string();
    text.parse().map_err(|_| not_found(what, text))
}

fn not_found(what: &'static str, id: impl Display) -> SandboxError {
    let id = id.to_string();
    SandboxError::NotFound { what, id }
}

pub(crate) fn local_url(text: &str) -> Result<Url, SandboxError> {
    Url::parse(text)
        .ok()
        .filter(|url| {
            url.scheme() == "http"
                && match url.host() {
                    Some(Host::Ipv4(address)) => address.is_loopback(),
                    Some(Host::Ipv6(address)) => address.is_loopback(),
                    Some(Host::Domain(name)) => name == "localhost",
                    None => false,
                }
        })
        .ok_or_else(|| SandboxError::WebhookUrl { url: text.into() })
}
