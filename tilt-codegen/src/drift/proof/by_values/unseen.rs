//! The rules that values do not bear out, with the reason of each.

use crate::drift::Direction::{self, Answer, Event, Request};

/// Rules of which no value shows the harm that they tell of, or of which a value shows one that they do not tell of.
pub(super) struct Unseen {
    /// By the end of their ids.
    pub(super) rules: &'static [&'static str],
    pub(super) ways: &'static [Direction],
    /// The rule tells of harm, and no value is found; or the other way around.
    pub(super) is_told: bool,
    /// Why.
    pub(super) reason: &'static str,
}

const fn unseen(
    rules: &'static [&'static str],
    ways: &'static [Direction],
    reason: &'static str,
) -> Unseen {
    Unseen {
        rules,
        ways,
        is_told: true,
        reason,
    }
}

const ALL: &[Direction] = &[Request, Answer, Event];
const RECEIVED: &[Direction] = &[Answer, Event];

pub(super) static UNSEEN: &[Unseen] = &[
    unseen(
        &[
            "callback-removed",
            "callback-url-removed",
            "channel-removed",
            "channel-subscribe-removed",
            "message-removed",
            "response-media-type-removed",
            "response-success-status-removed",
            "webhook-removed",
        ],
        RECEIVED,
        "What comes no more is no value that is new to a program: it waits for it.",
    ),
    unseen(
        &["channel-direction-changed"],
        ALL,
        "The values are the same, and go the other way.",
    ),
    unseen(
        &[
            "all-of-optional-added",
            "optional-property-added",
            "new-optional-request-property",
            "header-added",
            "header-renamed",
            "optional-response-header-removed",
        ],
        RECEIVED,
        "What is not closed could have members and headers that no schema names.",
    ),
    Unseen {
        rules: &["all-of-optional-added", "new-optional-request-property"],
        ways: &[Request],
        is_told: false,
        reason: "What is not closed could have it with any value, and no program sends what nobody told it of.",
    },
    unseen(
        &["became-write-only", "became-not-read-only"],
        ALL,
        "Validators refuse nothing for annotations.",
    ),
    unseen(
        &[
            "discriminator-default-mapping-added",
            "discriminator-default-mapping-changed",
            "discriminator-default-mapping-removed",
            "discriminator-mapping-added",
            "discriminator-mapping-changed",
            "discriminator-mapping-deleted",
            "discriminator-mapping-replaced",
            "discriminator-property-name-changed",
        ],
        ALL,
        "A discriminator chooses among alternatives, and refuses nothing that one of them takes.",
    ),
    unseen(
        &[
            "allow-empty-value-unset",
            "content-encoding-changed",
            "encoding-added",
            "encoding-changed",
            "encoding-content-type-added",
            "encoding-content-type-changed",
            "encoding-content-type-removed",
            "encoding-explode-added",
            "encoding-explode-changed",
            "encoding-explode-removed",
            "encoding-removed",
            "encoding-style-added",
            "encoding-style-changed",
            "encoding-style-removed",
            "explode-changed",
            "header-media-type-added",
            "header-media-type-changed",
            "parameter-media-type-changed",
            "parameter-media-type-removed",
            "style-changed",
        ],
        ALL,
        "The same value is another text on the wire, and texts are not judged here.",
    ),
    unseen(
        &["format-changed"],
        ALL,
        "Most formats are for people: validators check few of them.",
    ),
    unseen(
        &["min-properties-unset", "not-removed"],
        RECEIVED,
        "Other keywords beside it may refuse the same values.",
    ),
    unseen(
        &[
            "correlation-id-location-added",
            "correlation-id-location-changed",
            "correlation-id-location-removed",
        ],
        &[Event],
        "It is about the connection, or about what a program makes of a value, and no part of a message.",
    ),
];
