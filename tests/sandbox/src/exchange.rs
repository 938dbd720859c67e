//! Requests and answers as they went over the wire, for tests to look at.

use std::collections::VecDeque;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri};

/// A request and its answer.
#[derive(Clone)]
pub struct Exchange {
    /// The request's method.
    pub method: Method,
    /// The request's path and query.
    pub uri: Uri,
    /// The path as the documents write it, if they have it.
    pub route: Option<String>,
    /// The request's headers.
    pub request_headers: HeaderMap,
    /// The request's body.
    pub request_body: Bytes,
    /// The answer's status; an answer that a fault lost counts as well.
    pub status: StatusCode,
    /// The answer's headers.
    pub response_headers: HeaderMap,
    /// The answer's body, before a fault cut it.
    pub response_body: Bytes,
}

/// Bodies and headers carry secrets.
impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} -> {}",
            self.method,
            self.uri.path(),
            self.status.as_u16()
        )
    }
}

/// The last exchanges, at most 10,000 and 16 MiB of bodies.
#[derive(Default)]
pub(crate) struct Exchanges {
    exchanges: VecDeque<Exchange>,
    bytes: usize,
}

impl Exchanges {
    const CAPACITY: usize = 10_000;
    const BYTES: usize = 16 << 20;

    pub(crate) fn record(&mut self, exchange: Exchange) {
        self.bytes += size(&exchange);
        self.exchanges.push_back(exchange);
        while self.exchanges.len() > Self::CAPACITY || self.bytes > Self::BYTES {
            let Some(oldest) = self.exchanges.pop_front() else {
                return;
            };
            self.bytes -= size(&oldest);
        }
    }

    pub(crate) fn to_vec(&self) -> Vec<Exchange> {
        self.exchanges.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        self.exchanges.clear();
        self.bytes = 0;
    }
}

fn size(exchange: &Exchange) -> usize {
    exchange.request_body.len() + exchange.response_body.len()
}
