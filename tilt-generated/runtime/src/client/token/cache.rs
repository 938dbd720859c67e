//! The tokens of one client: one for each set of scopes, shared by all who call.

use super::endpoint::{self, TokenEndpoint};
use super::minted::{Life, Minted, Moment, Stage};
use super::pause::Pause;
use crate::client::clock::Clock;
use crate::client::error::TokenError;
use crate::client::transport::Carrier;
use http::HeaderValue;
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::watch;

/// Between mints that fail: doubles with each, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(5 * 60);
/// The longest that an endpoint is left alone on its word.
const LONGEST_ASKED: Duration = Duration::from_secs(60 * 60);
/// Between renewals for no other reason than that the API refused a token.
const FIRST_FORCED: Duration = Duration::from_secs(60);
const LONGEST_FORCED: Duration = Duration::from_secs(60 * 60);
/// A mint that has not ended by then never will: the runtime of the call that started it is gone or stands still.
const LOST: Duration = Duration::from_secs(2 * endpoint::LIMIT.as_secs());

/// Mints tokens when they are needed, one at a time, and keeps them while they serve.
///
/// A mint runs in a task of its own, which callers that give up do not take along. All who wait for it share its end. A token
/// in the last part of its life is renewed while it still serves, so that nobody waits for that. After a
/// failure the endpoint is left alone for a while, in which that failure is the one of all who call.
#[derive(Clone)]
pub(crate) struct TokenCache(Arc<Shared>);

struct Shared {
    /// Tokens are known by it.
    serial: u64,
    endpoint: TokenEndpoint,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

/// All that was minted with one text of the secret.
struct State {
    version: u64,
    slots: BTreeMap<String, Slot>,
    /// Failures that are not about what was asked for.
    failures: Failures,
}

/// The token for one set of scopes.
struct Slot {
    token: Option<Minted>,
    /// Whether the API refused the token: it is to be replaced before anything else is sent.
    is_refused: bool,
    /// The token that was replaced, or was to be replaced, because it was refused: that happens once.
    forced: Option<u64>,
    forced_pause: Pause,
    flight: Option<Flight>,
    failures: Failures,
}

/// A mint that is under way.
#[derive(Clone)]
struct Flight {
    begun: Duration,
    outcome: watch::Receiver<Option<Outcome>>,
}

/// The end of a mint. `None`: the secret was replaced meanwhile.
type Outcome = Option<Result<Minted, Arc<TokenError>>>;

struct Failures {
    last: Option<Arc<TokenError>>,
    pause: Pause,
}

impl Default for Failures {
    fn default() -> Self {
        Self {
            last: None,
            pause: Pause::new(FIRST_PAUSE, LONGEST_PAUSE),
        }
    }
}

impl Failures {
    /// The failure to share, while the pause after it lasts.
    fn standing(&self, now: Duration) -> Option<&Arc<TokenError>> {
        self.last.as_ref().filter(|_| !self.pause.is_over(now))
    }

    fn add(&mut self, now: Duration, error: &Arc<TokenError>) {
        let asked = error.retry_after.map(|asked| asked.min(LONGEST_ASKED));
        self.pause.failed(now, asked);
        self.last = Some(error.clone());
    }
}

impl Default for Slot {
    fn default() -> Self {
        Self {
            token: None,
            is_refused: false,
            forced: None,
            forced_pause: Pause::new(FIRST_FORCED, LONGEST_FORCED),
            flight: None,
            failures: Failures::default(),
        }
    }
}

impl State {
    fn new(version: u64) -> Self {
        Self {
            version,
            slots: BTreeMap::new(),
            failures: Failures::default(),
        }
    }
}

/// The way to a token.
enum Way {
    Have(Minted),
    Wait(Flight),
}

impl TokenCache {
    pub(crate) fn new(endpoint: TokenEndpoint, clock: Arc<dyn Clock>) -> Self {
        let (_, version) = endpoint.secret.current();
        Self(Arc::new(Shared {
            serial: serial(),
            endpoint,
            clock,
            state: Mutex::new(State::new(version)),
        }))
    }

    /// A token for these scopes (separated by spaces): the one at hand, or a new one. To give up waiting for it loses
    /// nothing.
    pub(crate) async fn token(
        &self,
        carrier: &Arc<Carrier>,
        scopes: &str,
    ) -> Result<Minted, Arc<TokenError>> {
        loop {
            let mut flight = match self.way(carrier, scopes)? {
                Way::Have(minted) => return Ok(minted),
                Way::Wait(flight) => flight,
            };
            let outcome = flight.outcome.wait_for(Option::is_some).await;
            match outcome.as_deref() {
                Ok(Some(Some(result))) => return result.clone(),
                // With the new secret.
                Ok(Some(None)) => {}
                Ok(None) | Err(_) => return Err(interrupted()),
            }
        }
    }

    fn way(&self, carrier: &Arc<Carrier>, scopes: &str) -> Result<Way, Arc<TokenError>> {
        let now = Moment::now(&*self.0.clock);
        let (mut state, secret) = self.0.state();
        let State {
            version,
            slots,
            failures,
        } = &mut *state;
        let slot = slots.entry(scopes.to_owned()).or_default();
        let serving = slot.serving(now);
        if let Some((minted, Stage::Fresh)) = serving {
            return Ok(Way::Have(minted.clone()));
        }
        let under_way = slot.flight.clone().filter(|it| it.is_alive(now.monotonic));
        let failure = failures.standing(now.monotonic);
        let failure = failure.or_else(|| slot.failures.standing(now.monotonic));
        match (serving, under_way, failure) {
            (Some((minted, _)), None, None) => {
                let minted = minted.clone();
                slot.flight = Some(self.take_off(carrier, scopes, secret, *version, now)?);
                Ok(Way::Have(minted))
            }
            (Some((minted, _)), _, _) => Ok(Way::Have(minted.clone())),
            (None, Some(flight), _) => Ok(Way::Wait(flight)),
            (None, None, Some(failure)) => Err(failure.clone()),
            (None, None, None) => {
                let flight = self.take_off(carrier, scopes, secret, *version, now)?;
                slot.flight = Some(flight.clone());
                Ok(Way::Wait(flight))
            }
        }
    }

    /// Mints in a task of its own.
    fn take_off(
        &self,
        carrier: &Arc<Carrier>,
        scopes: &str,
        secret: Arc<SecretString>,
        version: u64,
        begun: Moment,
    ) -> Result<Flight, Arc<TokenError>> {
        let runtime = Handle::try_current()
            .map_err(|_| Arc::new(TokenError::new("there is no tokio runtime to mint it in")))?;
        let (sender, outcome) = watch::channel(None);
        let (shared, carrier, scopes) = (self.0.clone(), carrier.clone(), scopes.to_owned());
        runtime.spawn(async move {
            let clock = &shared.clock;
            let result = shared
                .endpoint
                .mint(&carrier, clock, &scopes, &secret)
                .await;
            let outcome = shared.ended(&scopes, version, begun, result);
            // Nobody may be left to hear of it.
            let _ = sender.send(Some(outcome));
        });
        let begun = begun.monotonic;
        Ok(Flight { begun, outcome })
    }

    /// Takes note that the API refused a token. Whether another can be had, so that it makes sense to send the request once
    /// more: so it is once for a token, and not for one that was itself minted for that reason a moment ago.
    pub(crate) fn refused(&self, refused: &Minted) -> bool {
        if refused.cache != self.0.serial {
            return false;
        }
        let now = self.0.clock.monotonic();
        let (mut state, _) = self.0.state();
        let State {
            slots, failures, ..
        } = &mut *state;
        let Some(slot) = slots.get_mut(&refused.scopes) else {
            // The secret was replaced.
            return true;
        };
        let is_current = |token: &Minted| token.serial == refused.serial;
        if !slot.token.as_ref().is_some_and(is_current) || slot.is_refused {
            return true;
        }
        let is_paused = failures.standing(now).is_some()
            || slot.failures.standing(now).is_some()
            || !slot.forced_pause.is_over(now);
        if slot.forced == Some(refused.serial) || is_paused {
            return false;
        }
        slot.is_refused = true;
        slot.forced = Some(refused.serial);
        slot.forced_pause.failed(now, None);
        true
    }

    pub(crate) fn is_disclosed_by(&self, text: &str) -> bool {
        self.0.endpoint.is_disclosed_by(text)
    }
}

impl Slot {
    /// The token at hand, where requests may carry it.
    fn serving(&self, now: Moment) -> Option<(&Minted, Stage)> {
        let token = self.token.as_ref().filter(|_| !self.is_refused)?;
        let stage = token.life.stage(now);
        (stage != Stage::Over).then_some((token, stage))
    }
}

impl Flight {
    fn is_alive(&self, now: Duration) -> bool {
        self.outcome.has_changed().is_ok() && now.saturating_sub(self.begun) < LOST
    }
}

impl Shared {
    /// The state, empty where the secret is another than before, and the secret.
    fn state(&self) -> (MutexGuard<'_, State>, Arc<SecretString>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (secret, version) = self.endpoint.secret.current();
        if state.version != version {
            *state = State::new(version);
        }
        (state, secret)
    }

    /// Keeps what a mint came to.
    fn ended(
        &self,
        scopes: &str,
        version: u64,
        begun: Moment,
        result: Result<(HeaderValue, Duration), TokenError>,
    ) -> Outcome {
        let now = Moment::now(&*self.clock);
        let (mut state, _) = self.state();
        if state.version != version {
            return None;
        }
        let State {
            slots, failures, ..
        } = &mut *state;
        let slot = slots.get_mut(scopes)?;
        slot.flight = None;
        let is_forced = std::mem::take(&mut slot.is_refused);
        match result {
            Ok((authorization, life)) => {
                if !is_forced && slot.token.is_some() {
                    slot.forced_pause.succeeded();
                }
                failures.pause.succeeded();
                slot.failures.pause.succeeded();
                let minted = Minted {
                    authorization,
                    serial: serial(),
                    scopes: scopes.to_owned(),
                    cache: self.serial,
                    life: Life::new(begun, life),
                };
                slot.token = Some(minted.clone());
                Some(Ok(minted))
            }
            Err(error) => {
                let error = Arc::new(error);
                if is_forced {
                    // Nothing replaced the token that was refused. Another try waits for the pause after this failure alone.
                    slot.forced = None;
                    slot.forced_pause.succeeded();
                }
                match is_about_request(&error) {
                    true => slot.failures.add(now.monotonic, &error),
                    false => failures.add(now.monotonic, &error),
                }
                // A token that was refused once may serve for other operations.
                match slot.serving(now) {
                    Some((minted, _)) => Some(Ok(minted.clone())),
                    None => Some(Err(error)),
                }
            }
        }
    }
}

/// Whether another set of scopes may fare better.
fn is_about_request(error: &TokenError) -> bool {
    error
        .status
        .is_some_and(|status| status.is_client_error() && status.as_u16() != 429)
}

fn serial() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

fn interrupted() -> Arc<TokenError> {
    Arc::new(TokenError::new("minting was interrupted"))
}
