//! Drift: how one state of the documents differs from another, for programs in use and for users who upgrade.
//!
//! ```text
//! documents × 2 ─ wire ────► edits and what they do to programs in use ─┐
//! models × 2 ──── upgrade ─► items of the SDK and what became of them ──┴─ join ─► findings ─► verdict
//! ```

mod copies;
mod extensions;
mod finding;
mod follow;
pub mod format;
mod grammar;
mod index;
mod join;
mod located;
mod media_type;
mod near;
mod outline;
#[cfg(test)]
mod proof;
mod rule_name;
mod rules;
mod settings;
mod stated_twice;
mod threshold;
mod trial;
mod upgrade;
mod wire;

pub use finding::{
    Bump, CopyPlaces, Direction, Drift, Effect, FORMAT, Finding, ItemChange, Location, Reach,
    Severity,
};
pub use rule_name::{RuleName, UnknownRule};
pub use threshold::{Threshold, UnknownThreshold};
use trial::Make;

use crate::config::EventOperations;
use crate::diagnostic::{Code, Diagnostics};
use crate::model::Sdk;
use crate::source::{DocumentId, Documents};

/// Why two states of the documents cannot be compared.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum NotComparable {
    /// Nothing can be generated from the old documents.
    #[error("the old documents cannot be read:\n{0}")]
    Old(Diagnostics),
    /// Nothing can be generated from the new documents.
    #[error("the new documents cannot be read:\n{0}")]
    New(Diagnostics),
    /// One state has a document of a kind that the other has not.
    #[error("only one of the two states has an {0} document")]
    Unlike(&'static str),
    /// A state has several OpenAPI documents.
    #[error("a state has several OpenAPI documents: compare each with the one that it was")]
    Several,
}

impl NotComparable {
    /// Further documents than one of a kind are not compared.
    pub(crate) fn several(further: usize) -> Result<(), NotComparable> {
        match further {
            0 => Ok(()),
            _ => Err(NotComparable::Several),
        }
    }

    pub(crate) fn unlike(
        has_old: bool,
        has_new: bool,
        kind: &'static str,
    ) -> Result<(), NotComparable> {
        match has_old == has_new {
            true => Ok(()),
            false => Err(NotComparable::Unlike(kind)),
        }
    }
}

/// One state: its documents, and the SDK of them.
#[derive(Clone, Copy)]
pub(crate) struct State<'d> {
    pub(crate) documents: &'d Documents,
    pub(crate) openapi: Option<DocumentId>,
    pub(crate) asyncapi: Option<DocumentId>,
    /// The operations of channels that bring events, where it is set.
    pub(crate) events: Option<EventOperations>,
    pub(crate) sdk: &'d Sdk,
    /// Settings that find nothing.
    pub(crate) findings: &'d Diagnostics,
}

/// Whether findings with a code are findings of a comparison.
pub(crate) fn is_told(code: Code) -> bool {
    settings::is_of_settings(code)
}

/// Compares two states, of which the new one has the names of the old one. `make` says what the SDK of the old one would be
/// with other documents.
pub(crate) fn compare(old: State<'_>, new: State<'_>, make: &Make<'_>) -> Drift {
    // Names are carried over, and with them what is an event.
    let events = old.events.or_else(|| old.stated_events());
    let events = events.or_else(|| new.stated_events());
    let events = events.unwrap_or(EventOperations::Subscribe);
    let (was, is) = (old.side(events), new.side(events));
    let reach = wire::reach(was, is);
    let edits = wire::compare(was, is, &reach);
    let changes = upgrade::changes(old.sdk, new.sdk);
    let mut drift = join::join((&old, &new), &reach, (edits, changes), make);
    settings::add(&mut drift, old.findings, new.findings);
    stated_twice::add(&mut drift, &old, &new);
    drift.judged()
}

/// The sorted lines of the wire outline.
pub(crate) fn outline(
    documents: &Documents,
    openapi: &[DocumentId],
    asyncapi: Option<DocumentId>,
) -> String {
    let side = |openapi, asyncapi| wire::Side {
        documents,
        openapi,
        asyncapi,
        // No line says a way.
        events: EventOperations::Subscribe,
    };
    let mut lines = outline::outline(side(openapi.first().copied(), asyncapi));
    for further in openapi.iter().skip(1) {
        lines.extend(outline::outline(side(Some(*further), None)));
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// The tables of rules for `docs/drift.md`.
#[doc(hidden)] // for the test that compares them
pub fn documentation() -> String {
    rules::documentation()
}

/// The items of the SDK that differ, and what became of each.
#[doc(hidden)] // for the proof of this workspace, which compiles programs
pub fn item_changes(old: &Sdk, new: &Sdk) -> Vec<ItemChange> {
    let changes = upgrade::changes(old, new).into_iter();
    changes.map(|change| change.item).collect()
}

impl<'d> State<'d> {
    /// The operations that bring events, as far as its documents say so.
    fn stated_events(&self) -> Option<EventOperations> {
        wire::event_operations(self.documents, self.asyncapi)
    }

    fn side(&self, events: EventOperations) -> wire::Side<'d> {
        wire::Side {
            events,
            documents: self.documents,
            openapi: self.openapi,
            asyncapi: self.asyncapi,
        }
    }
}

impl Drift {
    /// Sorted, the gravest first, with the verdict of all.
    fn judged(mut self) -> Drift {
        let place = |location: &Option<Location>| {
            let location = location.as_ref();
            location.map(|it| (it.document.clone(), it.line, it.column))
        };
        self.findings.sort_by_cached_key(|finding| {
            (
                std::cmp::Reverse((finding.severity, finding.upgrade)),
                place(&finding.old),
                place(&finding.new),
                finding.rule.clone(),
                finding.fingerprint.clone(),
            )
        });
        self.in_use = self.findings.iter().map(|finding| finding.severity).max();
        let upgrades = self.findings.iter().map(|finding| finding.upgrade);
        self.upgrade = upgrades.max().unwrap_or_default();
        self
    }
}
