//! Secrets that are looked for in everything that is shown.

use serde::{Deserialize, Serialize};

/// The client secret, as the local Tilt is told.
pub(super) const CLIENT_SECRET: &str = "planted-client-secret";
/// The secret that deliveries are signed with.
pub(super) const SIGNING_SECRET: &str = "planted-signing-secret";
/// A customer's name.
pub(super) const CUSTOMER: &str = "planted-customer";

/// A kind of secret, and the text by which it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) name: &'static str,
    pub(super) text: &'static str,
}

pub(super) const ALL: [Marker; 4] = [
    Marker {
        name: "client secret",
        text: CLIENT_SECRET,
    },
    // Every token of the local Tilt begins so: `{"alg":"HS256","typ":"JWT"}` in base64.
    Marker {
        name: "access token",
        text: "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
    },
    Marker {
        name: "hosted checkout URL",
        text: "/checkout?token=",
    },
    Marker {
        name: "customer's name",
        text: CUSTOMER,
    },
];

/// The kinds of secrets that were seen in a text.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Markers([bool; ALL.len()]);

impl Markers {
    pub(super) fn look(&mut self, text: &str) {
        for (seen, marker) in self.0.iter_mut().zip(ALL) {
            *seen |= text.contains(marker.text);
        }
    }

    /// Those that were not seen.
    pub(super) fn missing(self) -> impl Iterator<Item = &'static str> {
        let all = self.0.into_iter().zip(ALL);
        all.filter(|(seen, _)| !seen).map(|(_, it)| it.name)
    }
}

/// The first secret in a text.
pub(super) fn found(text: &str) -> Option<&'static str> {
    let found = ALL.iter().find(|marker| text.contains(marker.text));
    found.map(|it| it.name)
}
