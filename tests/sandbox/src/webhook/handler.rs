//! Functions of this process that deliveries go to straight away, without a port.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, StatusCode};
use url::Url;

use crate::lock::lock;

/// The scheme of the addresses that they have among endpoints.
const SCHEME: &str = "handler:";

type Answering = Pin<Box<dyn Future<Output = StatusCode> + Send>>;
type Handler = Arc<dyn Fn(Request<Bytes>) -> Answering + Send + Sync>;

/// Handlers by their addresses.
#[derive(Default)]
pub(super) struct Handlers(Mutex<HashMap<Url, Handler>>);

/// The address of a handler; `None` if the name cannot stand in one.
pub(crate) fn address(name: &str) -> Option<Url> {
    Url::parse(&format!("{SCHEME}{name}")).ok()
}

impl Handlers {
    /// Adds a handler, in place of one of the same address.
    pub(super) fn add<A>(
        &self,
        address: Url,
        handler: impl Fn(Request<Bytes>) -> A + Send + Sync + 'static,
    ) where
        A: Future<Output = StatusCode> + Send + 'static,
    {
        let handler: Handler = Arc::new(move |request| Box::pin(handler(request)));
        lock(&self.0).insert(address, handler);
    }

    pub(super) fn get(&self, address: &Url) -> Option<Handler> {
        lock(&self.0).get(address).cloned()
    }
}
