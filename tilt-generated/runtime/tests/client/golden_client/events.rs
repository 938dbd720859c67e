//! Events, and what verifies their deliveries.

use super::types;
use tilt_runtime as rt;

/// An event.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub(crate) enum Event {
    /// A payment was approved.
    PaymentApproved(Box<types::PaymentEvent>),
    /// An event that is not documented, or not as documented.
    Unknown(rt::UnknownEvent),
}

impl Event {
    /// Reads the payload of an event.
    pub(crate) fn parse(body: &[u8]) -> Self {
        let kind = rt::event::property(body, &["event_kind"]);
        let event = match kind.as_deref() {
            Some(kind @ "payment.approved") => rt::event::read(body, kind, Self::PaymentApproved),
            kind => Err(rt::UnknownEvent::new(body, kind)),
        };
        event.unwrap_or_else(|unknown| Self::Unknown(unknown.identified(&["event_id"])))
    }
}

impl rt::webhook::Events for Event {
    const SIGNATURE: rt::webhook::Signature =
        rt::webhook::Signature::new("X-Tilt-Signature").prefix("hmac-sha256=");
    const KIND: &'static [&'static str] = &["event_kind"];
    const ID: &'static [&'static str] = &["event_id"];

    fn parse(body: &[u8]) -> Self {
        Self::parse(body)
    }
}

pub(crate) mod webhooks {
    /// Verifies deliveries.
    pub(crate) type Verifier = tilt_runtime::webhook::Verifier<super::Event>;
}
