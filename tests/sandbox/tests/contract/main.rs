//! The sandbox from outside, over HTTP, with the raw documents as judges: every answer is checked
//! against `specs/openapi.json`, every event against `specs/asyncapi.json`.

mod api;
mod dealer;
mod documents;
mod faults;
mod idempotency;
mod inventory;
mod kept;
mod locations;
mod oracle;
mod pages;
mod payments;
mod portal;
mod receiver;
mod serve;
mod statuses;
mod tokens;
mod validation;
mod variants;
mod variations;
mod webhooks;
