//! The root of the source tree: its modules, and what users name most.
//!
//! This file is as rustfmt writes it, and tells rustfmt to leave every module alone, with all that is
//! in it: users format their crate as a whole, and the sources stay as they were generated.

use super::File;
use super::construction;
use super::source::{Source, ident};
use crate::model::Sdk;

const OF_CLIENT: &str = "#[cfg(feature = \"client\")]";
const OF_EITHER: &str = "#[cfg(any(feature = \"client\", feature = \"server\"))]";
const OF_SAMPLES: &str = "#[cfg(feature = \"samples\")]";
const OF_SCHEMAS: &str = "#[cfg(feature = \"schemars\")]";
const OF_SERVER: &str = "#[cfg(feature = \"server\")]";
const OF_WEBHOOKS: &str = "#[cfg(feature = \"webhooks\")]";

/// `mod.rs`
pub(crate) fn file(sdk: &Sdk) -> File {
    let has_client = sdk.is_called();
    let mut events = sdk.events.iter();
    let is_signed = events.any(|events| events.signature.is_some());
    let mut source = Source::generated();
    // No inner documentation: build scripts make this file something to `include!`.
    source.line("// The documents of the API, as Rust.");
    if has_client {
        module(&mut source, Some(OF_CLIENT), "mod client;");
    }
    if has_client && !sdk.constraints.is_empty() {
        module(&mut source, Some(OF_CLIENT), "mod constraints;");
    }
    if sdk.events.is_some() {
        module(&mut source, None, "mod events;");
    }
    if sdk.has_headers() {
        module(&mut source, of_headers(sdk), "pub mod headers;");
    }
    if !sdk.received.is_empty() {
        module(&mut source, Some(OF_SERVER), "pub mod received;");
    }
    if construction::is_needed(sdk) {
        module(&mut source, None, "pub mod required;");
    }
    if has_client {
        module(&mut source, Some(OF_CLIENT), "pub mod resources;");
    }
    if !sdk.samples.is_empty() {
        module(&mut source, Some(OF_SAMPLES), "mod samples;");
    }
    if !sdk.definitions.is_empty() {
        module(&mut source, Some(OF_SCHEMAS), "mod schemas;");
    }
    of_server(sdk).for_each(|line| module(&mut source, Some(OF_SERVER), line));
    if !sdk.types.is_empty() {
        module(&mut source, None, "pub mod types;");
    }
    if is_signed {
        module(&mut source, Some(OF_WEBHOOKS), "pub mod webhooks;");
    }
    if has_client {
        let scope = if sdk.scopes.is_empty() { "" } else { ", Scope" };
        source.apart();
        source.line(OF_CLIENT);
        source.line(&format!(
            "pub use client::{{Client, ClientBuilder, Environment{scope}}};"
        ));
    }
    if let Some(events) = &sdk.events {
        source.apart();
        source.line(&format!("pub use events::{};", ident(&events.name)));
    }
    File {
        path: "mod.rs".to_owned(),
        contents: source.finish(),
    }
}

/// The condition of `headers`: that one of those who read or write them is there.
fn of_headers(sdk: &Sdk) -> Option<&'static str> {
    match (sdk.has_event_headers(), sdk.is_called(), sdk.is_served()) {
        (true, _, _) => None,
        (false, true, false) => Some(OF_CLIENT),
        (false, false, _) => Some(OF_SERVER),
        (false, true, true) => Some(OF_EITHER),
    }
}

fn module(source: &mut Source, condition: Option<&str>, declaration: &str) {
    source.apart();
    if let Some(condition) = condition {
        source.line(condition);
    }
    source.line("#[rustfmt::skip]");
    source.line(declaration);
}

/// The modules of the server.
fn of_server(sdk: &Sdk) -> impl Iterator<Item = &'static str> {
    let served = sdk.served.iter().filter(|_| sdk.is_served());
    served.flat_map(|served| {
        let server = (!sdk.resources.is_empty()).then_some("pub mod server;");
        let constraints = !served.constraints.is_empty();
        let constraints = constraints.then_some("mod server_constraints;");
        server.into_iter().chain(constraints)
    })
}
