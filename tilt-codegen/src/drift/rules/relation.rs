//! From what a change does to the set of valid values, and the way that they travel, to what it does to programs in use.

use crate::drift::{Direction, Severity};
use serde::Deserialize;

/// The effect of a change on the set of values that are valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Relation {
    /// The same ones.
    Keeps,
    /// Some are no longer.
    Narrows,
    /// There are more.
    Widens,
    /// Some are no longer, and others are.
    Replaces,
    /// Nobody can say: patterns, conditions.
    CannotTell,
}

use Relation::{CannotTell, Keeps, Narrows, Replaces, Widens};

/// The same, by the way that values travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(from = "Stated")]
pub(crate) struct Change {
    /// To what programs send.
    pub(crate) sent: Relation,
    /// To what programs receive.
    pub(crate) received: Relation,
}

/// As the table has it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stated {
    Both(Relation),
    Each { sent: Relation, received: Relation },
}

impl From<Stated> for Change {
    fn from(stated: Stated) -> Change {
        match stated {
            Stated::Both(relation) => Change {
                sent: relation,
                received: relation,
            },
            Stated::Each { sent, received } => Change { sent, received },
        }
    }
}

impl Relation {
    /// A program keeps sending what it sent, and keeps reading what it could read.
    fn severity(self, is_sent: bool) -> Severity {
        match (self, is_sent) {
            (Keeps, _) => Severity::Editorial,
            (Narrows, true) | (Widens, false) | (Replaces, _) => Severity::Breaking,
            (Widens, true) | (Narrows, false) => Severity::Additive,
            (CannotTell, _) => Severity::Warning,
        }
    }
}

/// A severity that does not follow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Exception {
    /// The rules, by the end of their ids.
    pub(crate) rules: &'static [&'static str],
    /// Of what is sent, or of what is received.
    pub(crate) is_sent: bool,
    /// In place of the one that follows.
    pub(crate) severity: Severity,
    /// Why.
    pub(crate) reason: &'static str,
}

/// All severities that do not follow from relation and direction.
pub(crate) static EXCEPTIONS: &[Exception] = &[
    Exception {
        rules: &[
            "enum-value-added",
            "enum-value-changed",
            "one-of-added",
            "one-of-overlapping-added",
            "any-of-added",
            "discriminator-mapping-added",
            "discriminator-mapping-changed",
            "discriminator-default-mapping-added",
            "discriminator-default-mapping-changed",
            "one-of-replaced",
            "any-of-replaced",
        ],
        is_sent: false,
        severity: Severity::Additive,
        reason: "Enums and unions of the SDK are open: a value that it does not know arrives whole, as `Unknown`.",
    },
    Exception {
        rules: &[
            "new-optional-request-parameter",
            "request-body-added-optional",
        ],
        is_sent: false,
        severity: Severity::Additive,
        reason: "What a call of the API's brings besides is left alone, and changes nothing of what the program knows.",
    },
    Exception {
        rules: &["enum-removed", "const-removed"],
        is_sent: false,
        severity: Severity::Warning,
        reason: "Every value arrives, and programs that tell values apart may meet one that nobody documents.",
    },
    Exception {
        rules: &[
            "optional-property-added",
            "all-of-optional-added",
            "additional-properties-opened",
            "additional-properties-schema-removed",
            "pattern-property-added",
            "pattern-property-removed",
            "unevaluated-properties-removed",
        ],
        is_sent: false,
        severity: Severity::Additive,
        reason: "Properties that the SDK does not know are kept, and change nothing of what it knows.",
    },
    Exception {
        rules: &[
            "max-length-increased",
            "max-length-unset",
            "min-length-decreased",
            "min-length-unset",
            "max-increased",
            "max-unset",
            "min-decreased",
            "min-unset",
            "exclusive-max-increased",
            "exclusive-max-unset",
            "exclusive-min-decreased",
            "exclusive-min-unset",
            "max-items-increased",
            "max-items-unset",
            "min-items-decreased",
            "min-items-unset",
            "max-properties-increased",
            "max-properties-unset",
            "min-properties-decreased",
            "min-properties-unset",
            "max-contains-increased",
            "max-contains-unset",
            "min-contains-decreased",
            "min-contains-unset",
            "multiple-of-removed",
            "multiple-of-generalized",
            "min-became-inclusive",
            "max-became-inclusive",
            "unique-items-unset",
            "pattern-removed",
            "all-of-bound-removed",
            "alternative-limits-unset",
            "property-names-removed",
            "contains-removed",
            "dependent-required-removed",
        ],
        is_sent: false,
        severity: Severity::Warning,
        reason: "Answers are never refused for their size or form, but programs may have relied on it (a column of a database).",
    },
    Exception {
        rules: &[
            "format-removed",
            "format-changed",
            "content-encoding-changed",
        ],
        is_sent: false,
        severity: Severity::Warning,
        reason: "Formatted text arrives as it is written and is never refused; reading it as a date or a number may fail.",
    },
    Exception {
        rules: &[
            "optional-property-removed",
            "optional-property-became-write-only",
        ],
        is_sent: false,
        severity: Severity::Warning,
        reason: "It could always be absent, but programs that show it have nothing to show.",
    },
    Exception {
        rules: &[
            "webhook-removed",
            "message-removed",
            "channel-removed",
            "channel-server-removed",
        ],
        is_sent: false,
        severity: Severity::Breaking,
        reason: "Programs wait for an event that never comes.",
    },
    Exception {
        rules: &[
            "webhook-added",
            "message-added",
            "channel-added",
            "channel-server-added",
            "channel-subscribe-added",
            "channel-publish-added",
            "response-non-success-status-added",
            "response-non-success-status-widened",
            "callback-added",
            "callback-url-added",
            "endpoint-added-to-path",
        ],
        is_sent: false,
        severity: Severity::Additive,
        reason: "An event or an error that the SDK does not know arrives whole.",
    },
    Exception {
        rules: &[
            "response-non-success-status-removed",
            "response-non-success-status-changed",
        ],
        is_sent: false,
        severity: Severity::Warning,
        reason: "Programs that act upon this status may meet another in its place.",
    },
    Exception {
        rules: &[
            "response-success-status-added",
            "response-success-status-widened",
        ],
        is_sent: false,
        severity: Severity::Warning,
        reason: "Its body may be another than the one that programs expect.",
    },
    Exception {
        rules: &["response-media-type-added"],
        is_sent: false,
        severity: Severity::Additive,
        reason: "Requests ask for the media types that the SDK reads.",
    },
    Exception {
        rules: &["response-media-type-name-generalized"],
        is_sent: false,
        severity: Severity::Warning,
        reason: "The range has what requests ask for, and does not say that it is answered.",
    },
    Exception {
        rules: &["response-media-type-removed"],
        is_sent: false,
        severity: Severity::Breaking,
        reason: "Requests ask for it, and may get nothing else.",
    },
    Exception {
        rules: &["response-header-added"],
        is_sent: false,
        severity: Severity::Additive,
        reason: "Headers that the SDK does not know are kept.",
    },
    Exception {
        rules: &["optional-response-header-removed"],
        is_sent: false,
        severity: Severity::Warning,
        reason: "It could always be absent, but programs may have read it.",
    },
    Exception {
        rules: &["deprecated", "property-deprecated"],
        is_sent: true,
        severity: Severity::Warning,
        reason: "It works as before, and is announced to end.",
    },
    Exception {
        rules: &["deprecated", "property-deprecated"],
        is_sent: false,
        severity: Severity::Warning,
        reason: "It works as before, and is announced to end.",
    },
];

/// The severity of a change that travels in these directions; in none, that nothing reaches it.
pub(super) fn severity(
    id: &str,
    change: Change,
    directions: impl IntoIterator<Item = Direction>,
) -> Severity {
    let of = |direction: Direction| {
        let is_sent = direction == Direction::Request;
        let exception = EXCEPTIONS
            .iter()
            .filter(|exception| exception.is_sent == is_sent)
            .find(|exception| exception.rules.iter().any(|end| ends(id, end)));
        let relation = match is_sent {
            true => change.sent,
            false => change.received,
        };
        match exception {
            Some(exception) if relation != Keeps || exception.severity == Severity::Warning => {
                exception.severity
            }
            _ => relation.severity(is_sent),
        }
    };
    let severities = directions.into_iter().map(of);
    severities.max().unwrap_or(Severity::Editorial)
}

/// Whether an id is this, or ends with it as words.
pub(crate) fn ends(id: &str, end: &str) -> bool {
    id.strip_suffix(end)
        .is_some_and(|before| before.is_empty() || before.ends_with('-'))
}
