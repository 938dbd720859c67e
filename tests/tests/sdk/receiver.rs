//! A webhook endpoint that keeps what it gets.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use tokio::net::TcpListener;

type Inbox = Arc<Mutex<Vec<(HeaderMap, Bytes)>>>;

pub(crate) struct Receiver {
    pub(crate) url: String,
    inbox: Inbox,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let inbox = Inbox::default();
        let router = Router::new().fallback(receive).with_state(inbox.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            url: format!("http://{address}/hook"),
            inbox,
        }
    }

    pub(crate) fn deliveries(&self) -> Vec<(HeaderMap, Bytes)> {
        self.inbox.lock().expect("the inbox").clone()
    }
}

async fn receive(State(inbox): State<Inbox>, headers: HeaderMap, body: Bytes) -> StatusCode {
    inbox.lock().expect("the inbox").push((headers, body));
    StatusCode::NO_CONTENT
}
