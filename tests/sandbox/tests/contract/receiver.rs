//! A webhook endpoint for tests.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;
use tokio::net::TcpListener;

#[derive(Clone)]
pub(crate) struct Event {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Event {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    pub(crate) fn kind(&self) -> String {
        self.json()["event_kind"].as_str().expect("a kind").into()
    }
}

#[derive(Default)]
struct Inbox {
    events: Vec<Event>,
    /// Statuses of the answers to come; after them it is 204.
    answers: VecDeque<u16>,
}

/// Keeps what it receives.
pub(crate) struct Receiver {
    pub(crate) url: String,
    inbox: Arc<Mutex<Inbox>>,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let inbox = Arc::new(Mutex::new(Inbox::default()));
        let router = Router::new().fallback(receive).with_state(inbox.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            url: format!("http://{address}/hook"),
            inbox,
        }
    }

    /// Answers the next deliveries with these statuses.
    pub(crate) fn answer_with(&self, statuses: impl IntoIterator<Item = u16>) {
        let mut inbox = self.inbox.lock().expect("the inbox");
        inbox.answers.extend(statuses);
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.inbox.lock().expect("the inbox").events.clone()
    }

    pub(crate) fn kinds(&self) -> Vec<String> {
        self.events().iter().map(Event::kind).collect()
    }
}

async fn receive(
    State(inbox): State<Arc<Mutex<Inbox>>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let mut inbox = inbox.lock().expect("the inbox");
    inbox.events.push(Event { headers, body });
    let status = inbox.answers.pop_front().unwrap_or(204);
    StatusCode::from_u16(status).expect("a status")
}
