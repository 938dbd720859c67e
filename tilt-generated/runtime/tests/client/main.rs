//! The client against a server that says exactly what it is told to, byte for byte.

mod answers;
#[cfg(feature = "blocking")]
mod blocking;
mod bodies;
mod constraints;
mod credentials;
mod disclosure;
mod downloads;
mod endless_lists;
mod endpoints;
mod failures;
#[expect(
    unreachable_pub,
    reason = "an SDK's own root would make all of it public"
)]
mod golden_client;
#[cfg(feature = "http2")]
mod http_clients;
mod list_styles;
mod lists;
mod lists_by_body;
mod minting;
mod not_sent;
mod parameters;
mod proxies;
mod sending;
mod server;
mod streams;
mod tokens;
mod turns;
mod uploads;
