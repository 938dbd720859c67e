//! Drift: how one state of the documents differs from another, for programs in use and for users who upgrade.
//!
//! ```text
//! documents × 2 ─ wire ────► edits and what they do to programs in use ─┐
//! models × 2 ──── upgrade ─► items of the SDK and what became of them ──┴─ join ─► findings ─► verdict
//! ```

mod finding;
mod grammar;
mod join;
mod outline;
#[cfg(test)]
mod proof;
mod rules;
mod settings;
mod upgrade;
mod wire;

pub use finding::{
    Bump, Direction, Drift, Effect, FORMAT, Finding, ItemChange, Location, Reach, Severity,
};

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::lock::{self, Names};
use crate::{Generator, Inputs, Loaded, Modelled, on_a_large_stack};

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
    #[error("{0}")]
    Unlike(&'static str),
}

/// Compares two states of the documents.
///
/// Things keep the names that `old.names` gives them, in both SDKs; `new.names` is not read.
///
/// # Errors
///
/// Documents that no SDK can be made of, and states that have different kinds of documents.
pub fn diff(old: &Inputs, new: &Inputs, config: &Config) -> Result<Drift, NotComparable> {
    if old.openapi.is_some() != new.openapi.is_some() {
        return Err(NotComparable::Unlike(
            "only one of the two states has an OpenAPI document",
        ));
    }
    if old.asyncapi.is_some() != new.asyncapi.is_some() {
        return Err(NotComparable::Unlike(
            "only one of the two states has an AsyncAPI document",
        ));
    }
    on_a_large_stack(|| {
        let generator = Generator::new(config.clone());
        let names = match &old.names {
            Some(names) => lock::read(names, &config.limits).map_err(NotComparable::Old)?,
            None => Names::default(),
        };
        let old = State::of(&generator, old, &names).map_err(NotComparable::Old)?;
        let new = State::of(&generator, new, &old.modelled.names).map_err(NotComparable::New)?;
        let reach = wire::reach(old.side(), new.side());
        let edits = wire::compare(old.side(), new.side(), &reach);
        let changes = upgrade::changes(&old.modelled.sdk, &new.modelled.sdk);
        let mut drift = join::join((&old, &new), &reach, edits, changes);
        settings::add(&mut drift, &old.modelled.findings, &new.modelled.findings);
        Ok(drift.judged())
    })
}

/// The wire outline of the documents: a sorted line for each operation, parameter, body, status, header, property, scope,
/// server, event and binding, with all that is said of it but words. Every edit that is more than editorial changes a line.
///
/// # Errors
///
/// As [`Generator::model`].
pub fn outline(inputs: &Inputs, config: &Config) -> Result<String, Diagnostics> {
    on_a_large_stack(|| {
        let loaded = Loaded::load(inputs, &config.limits)?;
        let lines = outline::outline(loaded.side());
        Ok(lines.iter().map(|line| format!("{line}\n")).collect())
    })
}

/// The tables of rules for `docs/drift.md`.
#[doc(hidden)] // for the test that compares them
pub fn documentation() -> String {
    rules::documentation()
}

/// One state: its documents, and the SDK of them.
struct State {
    loaded: Loaded,
    modelled: Modelled,
}

impl State {
    fn of(generator: &Generator, inputs: &Inputs, names: &Names) -> Result<State, Diagnostics> {
        let loaded = Loaded::load(inputs, &generator.config.limits)?;
        let modelled = generator.lower(&loaded, names)?;
        Ok(State { loaded, modelled })
    }

    fn side(&self) -> wire::Side<'_> {
        self.loaded.side()
    }
}

impl Loaded {
    fn side(&self) -> wire::Side<'_> {
        wire::Side {
            documents: &self.documents,
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
