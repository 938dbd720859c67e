//! The way from the proxy to the local Tilt.

use super::super::clock::START;
use super::answer::Answer;
use hyper::body::Bytes;
use hyper::{HeaderMap, Method, StatusCode, header};
use reqwest::{Client, redirect, retry};
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tilt_sandbox::Sandbox;
use tokio::sync::{Mutex, watch};

/// The local Tilt, and what is on its way to it.
pub(super) struct Upstream {
    sandbox: Arc<Sandbox>,
    http: Client,
    /// Held while time passes.
    passing: Mutex<()>,
    /// Requests without an answer so far.
    under_way: watch::Sender<usize>,
    /// Those of them that the client has given up.
    late: watch::Sender<usize>,
    /// Connections of the client.
    connections: watch::Sender<usize>,
}

/// A request that is passed on.
#[derive(Debug, Clone)]
pub(super) struct Passed {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// The client's time, where it is known.
    pub(super) at: Option<Duration>,
}

/// One more while it is there.
pub(super) struct Counted<'a>(&'a watch::Sender<usize>);

impl<'a> Counted<'a> {
    fn new(count: &'a watch::Sender<usize>) -> Self {
        count.send_modify(|it| *it += 1);
        Self(count)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|it| *it -= 1);
    }
}

async fn none(count: &watch::Sender<usize>) {
    // The sender is there while it is waited for.
    let _ = count.subscribe().wait_for(|it| *it == 0).await;
}

impl Upstream {
    pub(super) fn new(sandbox: Arc<Sandbox>) -> io::Result<Arc<Self>> {
        let http = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .build();
        Ok(Arc::new(Self {
            sandbox,
            http: http.map_err(io::Error::other)?,
            passing: Mutex::new(()),
            under_way: watch::Sender::new(0),
            late: watch::Sender::new(0),
            connections: watch::Sender::new(0),
        }))
    }

    /// The time in Tilt, since the round began.
    pub(super) fn now(&self) -> Duration {
        let now = u64::try_from(self.sandbox.now().as_millisecond()).unwrap_or_default();
        Duration::from_millis(now).saturating_sub(Duration::from_secs(START))
    }

    /// Lets as much time pass in Tilt as has passed for the client, with all that happens meanwhile.
    async fn pass(&self, until: Duration) {
        let _passing = self.passing.lock().await;
        let time = until.saturating_sub(self.now());
        if !time.is_zero() {
            // Its clock is a manual one.
            let _ = self.sandbox.advance(time).await;
        }
    }

    /// Tilt's answer. The request gets there whether or not this is waited for.
    pub(super) async fn answer(self: &Arc<Self>, passed: Passed) -> Answer {
        let upstream = self.clone();
        let task = tokio::spawn(async move {
            let _under_way = Counted::new(&upstream.under_way);
            upstream.exchange(passed).await
        });
        let lost = || Answer::error(StatusCode::BAD_GATEWAY, "tilt_lost");
        task.await.unwrap_or_else(|_| lost())
    }

    async fn exchange(&self, passed: Passed) -> Answer {
        if let Some(at) = passed.at {
            self.pass(at).await;
        }
        let url = format!("{}{}", self.sandbox.api_url(), passed.path);
        let mut headers = passed.headers;
        for name in [header::HOST, header::CONTENT_LENGTH, header::CONNECTION] {
            headers.remove(name);
        }
        let request = self.http.request(passed.method, url).headers(headers);
        let lost = || Answer::error(StatusCode::BAD_GATEWAY, "tilt_lost");
        let Ok(response) = request.body(passed.body).send().await else {
            return lost();
        };
        let (status, headers) = (response.status(), response.headers().clone());
        match response.bytes().await {
            Ok(body) => Answer {
                status,
                headers,
                body,
            },
            Err(_) => lost(),
        }
    }

    /// Passes a request on that nobody waits for any more.
    pub(super) fn pass_late(self: &Arc<Self>, passed: Passed) {
        // None where the whole run is over.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        let upstream = self.clone();
        upstream.late.send_modify(|it| *it += 1);
        runtime.spawn(async move {
            upstream.answer(passed).await;
            upstream.late.send_modify(|it| *it -= 1);
        });
    }

    /// Waits until all has arrived that the client has given up.
    pub(super) async fn caught_up(&self) {
        none(&self.late).await;
    }

    /// The client has a connection while this is there.
    pub(super) fn connected(&self) -> Counted<'_> {
        Counted::new(&self.connections)
    }

    pub(super) async fn quiet(&self) {
        none(&self.connections).await;
        none(&self.late).await;
        none(&self.under_way).await;
    }
}
