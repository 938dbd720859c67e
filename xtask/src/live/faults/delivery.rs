//! The way of webhooks from the local Tilt to two receivers: deliveries are lost, doubled, and out of order.

use super::dice::Dice;
use super::mishap::{self, Mishap};
use super::replica::Replica;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::post;
use reqwest::Client;
use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::net::Ipv4Addr;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;

/// The way that a delivery goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// It does not arrive.
    Lost,
    /// It arrives, and Tilt does not hear of it.
    AnswerLost,
    /// It arrives at both receivers at once.
    Twice,
    /// It arrives, and once more after others.
    AgainLater,
    /// It arrives at one receiver while the other has it in work.
    InWork,
    /// Something befalls the receiver.
    Mishap,
    /// The receiver is killed while it has it in work, and it arrives at the other.
    Killed,
}

impl Way {
    pub(super) const ALL: [Self; 7] = [
        Self::Lost,
        Self::AnswerLost,
        Self::Twice,
        Self::AgainLater,
        Self::InWork,
        Self::Mishap,
        Self::Killed,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Lost => "delivery lost",
            Self::AnswerLost => "answer lost",
            Self::Twice => "at both receivers at once",
            Self::AgainLater => "again after others",
            Self::InWork => "while in work elsewhere",
            Self::Mishap => "receiver failed, slow or gone",
            Self::Killed => "receiver killed, the other takes over",
        }
    }
}

/// Once in so many deliveries, it goes another way.
const RATE: usize = 3;

/// Deliveries as they went.
#[derive(Debug, Default)]
pub(super) struct Delivered {
    pub(super) ways: BTreeMap<Way, u64>,
    /// Attempts of each event.
    attempts: BTreeMap<String, u32>,
    /// Deliveries that come once more, each to a receiver.
    again: VecDeque<(usize, HeaderMap, Bytes)>,
    /// Deliveries to receivers.
    pub(super) arrived: u64,
    /// Receivers that were killed while they had a delivery in work.
    killed: u64,
    /// The reason for which one could not be started again.
    failed: Option<io::Error>,
}

/// The deliverer, which stands between Tilt and the receivers.
#[derive(Clone)]
pub(super) struct Deliverer(Arc<Shared>);

struct Shared {
    dice: Dice,
    /// A receiver waits a while for another that writes.
    most_in_work: u64,
    http: Client,
    receivers: [Mutex<Replica>; 2],
    delivered: Mutex<Delivered>,
}

impl Deliverer {
    /// Starts it: itself, and its URL.
    pub(super) async fn start(
        dice: Dice,
        receivers: [Replica; 2],
        most_in_work: u64,
    ) -> io::Result<(Self, String)> {
        let http = Client::builder().no_proxy().build();
        let deliverer = Self(Arc::new(Shared {
            dice,
            most_in_work,
            http: http.map_err(io::Error::other)?,
            receivers: receivers.map(Mutex::new),
            delivered: Mutex::default(),
        }));
        let router = Router::new()
            .route("/webhooks", post(deliver))
            .with_state(deliverer.clone());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}/webhooks", listener.local_addr()?);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok((deliverer, url))
    }

    pub(super) fn delivered(&self) -> MutexGuard<'_, Delivered> {
        let delivered = &self.0.delivered;
        delivered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the receivers, when they have told everything; how many were killed before.
    pub(super) fn end(&self) -> io::Result<u64> {
        for number in 0..self.0.receivers.len() {
            self.receiver(number).end()?;
        }
        let mut delivered = self.delivered();
        match delivered.failed.take() {
            Some(error) => Err(error),
            None => Ok(delivered.killed),
        }
    }

    /// Delivers once more what still waits for that.
    pub(super) async fn deliver_again(&self) {
        while let Some((to, headers, body)) = self.take_again() {
            self.send(to, Mishap::None, &headers, &body).await;
        }
    }

    fn take_again(&self) -> Option<(usize, HeaderMap, Bytes)> {
        self.delivered().again.pop_front()
    }

    /// The way of a delivery, its question, and the receiver that is meant.
    fn way(&self, body: &[u8]) -> (Option<Way>, String, usize) {
        let event: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        // Ids of events are not by the seed; two events of a kind about an order are told apart by nothing else.
        let subject = [
            text(&event["resource"]["external_reference"]),
            text(&event["event_kind"]),
        ];
        let mut delivered = self.delivered();
        let attempt = delivered.attempts.entry(text(&event["event_id"]));
        let attempt = attempt.and_modify(|it| *it += 1).or_insert(1);
        let question = format!("{} {attempt}", subject.join(" "));
        let dice = self.0.dice;
        let way = dice
            .once_in(RATE, &question)
            .then(|| dice.one_of(&Way::ALL, &format!("way {question}")))
            .flatten();
        let in_work = delivered
            .ways
            .get(&Way::InWork)
            .copied()
            .unwrap_or_default();
        let way = way.filter(|it| *it != Way::InWork || in_work < self.0.most_in_work);
        if let Some(way) = way {
            *delivered.ways.entry(way).or_default() += 1;
        }
        let to = dice.below(2, &format!("receiver {question}"));
        (way, question, to)
    }

    async fn deliver(&self, headers: &HeaderMap, body: &Bytes) -> StatusCode {
        let (way, question, to) = self.way(body);
        let other = 1 - to;
        let dice = self.0.dice;
        if dice.once_in(4, &format!("again {question}"))
            && let Some((to, headers, body)) = self.take_again()
        {
            self.send(to, Mishap::None, &headers, &body).await;
        }
        match way {
            None => self.send(to, Mishap::None, headers, body).await,
            Some(Way::Lost) => StatusCode::SERVICE_UNAVAILABLE,
            Some(Way::AnswerLost) => {
                self.send(to, Mishap::None, headers, body).await;
                StatusCode::BAD_GATEWAY
            }
            Some(Way::Twice) => {
                let (one, two) = tokio::join!(
                    self.send(to, Mishap::None, headers, body),
                    self.send(other, Mishap::None, headers, body)
                );
                better(one, two)
            }
            Some(Way::AgainLater) => {
                let again = (other, headers.clone(), body.clone());
                self.delivered().again.push_back(again);
                self.send(to, Mishap::None, headers, body).await
            }
            Some(Way::InWork) => {
                let mishaps = [Mishap::Waits, Mishap::WaitsAndFails];
                let mishap = dice.one_of(&mishaps, &format!("ends {question}"));
                self.while_in_work(to, mishap.unwrap_or(Mishap::Waits), headers, body)
                    .await
            }
            Some(Way::Mishap) => {
                let mishaps = [Mishap::Fails, Mishap::Slow, Mishap::Gone];
                let mishap = dice.one_of(&mishaps, &format!("which {question}"));
                self.befall(to, mishap.unwrap_or(Mishap::Fails), headers, body)
                    .await
            }
            Some(Way::Killed) => self.take_over(to, headers, body).await,
        }
    }

    /// Delivers to one receiver, and to the other while the first has it in work.
    async fn while_in_work(
        &self,
        to: usize,
        mishap: Mishap,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> StatusCode {
        let entered = self.receiver(to).entered();
        let mut first = pin!(self.send(to, mishap, headers, body));
        tokio::select! {
            // It had been handled before, so that nobody has it in work.
            status = first.as_mut() => return status,
            () = entered.notified() => {}
        }
        let second = self.send(1 - to, Mishap::None, headers, body).await;
        self.receiver(to).go();
        better(first.await, second)
    }

    /// Delivers to a receiver that something befalls.
    async fn befall(
        &self,
        to: usize,
        mishap: Mishap,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> StatusCode {
        let sent = self.send(to, mishap, headers, body);
        if mishap != Mishap::Gone {
            return sent.await;
        }
        let entered = self.receiver(to).entered();
        tokio::select! {
            // It had been handled before, so that nothing befell.
            status = sent => status,
            // The connection is closed with it, which the receiver's server sees.
            () = entered.notified() => StatusCode::BAD_GATEWAY,
        }
    }

    /// Delivers to a receiver whose process is killed while it has the event in work, and then to the other.
    async fn take_over(&self, to: usize, headers: &HeaderMap, body: &Bytes) -> StatusCode {
        let entered = self.receiver(to).entered();
        tokio::select! {
            // It had been handled before, so that nobody has it in work.
            status = self.send(to, Mishap::Waits, headers, body) => return status,
            () = entered.notified() => {}
        }
        let killed = self.receiver(to).kill();
        match killed {
            Ok(()) => self.delivered().killed += 1,
            Err(error) => self.delivered().failed = Some(error),
        }
        self.send(1 - to, Mishap::None, headers, body).await
    }

    fn receiver(&self, number: usize) -> MutexGuard<'_, Replica> {
        let receiver = &self.0.receivers[number];
        receiver.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn send(
        &self,
        to: usize,
        mishap: Mishap,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> StatusCode {
        self.delivered().arrived += 1;
        let mut headers = headers.clone();
        for name in [header::HOST, header::CONTENT_LENGTH, header::CONNECTION] {
            headers.remove(name);
        }
        let url = self.receiver(to).url();
        let request = self.0.http.post(url).headers(headers);
        let request = request.header(mishap::HEADER, mishap.name());
        match request.body(body.clone()).send().await {
            Ok(response) => response.status(),
            Err(_) => StatusCode::BAD_GATEWAY,
        }
    }
}

async fn deliver(
    State(deliverer): State<Deliverer>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    deliverer.deliver(&headers, &body).await
}

/// Of two deliveries of an event, Tilt knows of that which went well.
fn better(one: StatusCode, two: StatusCode) -> StatusCode {
    match one.is_success() {
        true => one,
        false => two,
    }
}
