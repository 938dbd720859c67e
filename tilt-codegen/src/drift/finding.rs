//! The result of a comparison, as data: its JSON form is versioned, and `docs/drift.md` describes it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The version of the JSON form. It grows when a reader of the one before could misread it.
pub const FORMAT: u32 = 1;

/// All differences of two states of the documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Drift {
    /// [`FORMAT`]
    pub format: u32,
    /// The effect of the gravest finding on programs in use; `None` where nothing differs.
    pub in_use: Option<Severity>,
    /// The step of the SDK's version that upgrading takes.
    pub upgrade: Bump,
    /// One for each change, the gravest first.
    pub findings: Vec<Finding>,
}

/// One change, at the place where it is defined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Finding {
    /// The rule, such as `request-property-max-length-decreased`.
    pub rule: String,
    /// The effect on programs in use.
    pub severity: Severity,
    /// The ways that what changed travels, as far as it is reached.
    pub directions: BTreeSet<Direction>,
    /// One sentence.
    pub message: String,
    /// Its place in the old documents; of what is new, the place of what it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Location>,
    /// Its place in the new documents; of what is gone, the place of what it was part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<Location>,
    /// The other places, where a document repeats a part rather than to name it and all copies of it changed alike.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<CopyPlaces>,
    /// The operations and events that it reaches.
    pub reach: Reach,
    /// The step of the SDK's version that it takes.
    pub upgrade: Bump,
    /// The items of the SDK that it changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemChange>,
    /// Advice on what to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// The same for the same rule at the same place with the same values, whatever else differs: 16 hexadecimal digits.
    pub fingerprint: String,
}

/// Another place of the same change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CopyPlaces {
    /// Its place in the old documents.
    pub old: Location,
    /// Its place in the new documents.
    pub new: Location,
}

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Location {
    /// The file, as the user named it.
    pub document: String,
    /// JSON pointer.
    pub pointer: String,
    /// Counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// In characters, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

/// Operations and events that what changed is part of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Reach {
    /// The number of operations.
    pub operations: usize,
    /// The number of events, webhooks and callbacks.
    pub events: usize,
    /// The first of both, such as `POST /orders`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub first: Vec<String>,
}

/// The effect of a change on programs in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Words and spelling: nothing on the wire.
    Editorial,
    /// They go on as before, and do not use what is new.
    Additive,
    /// It cannot be told, or it depends on the program.
    Warning,
    /// Requests may be refused, or answers not be understood.
    Breaking,
}

/// The way that a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From the program to the API.
    Request,
    /// From the API to the program, as the answer to a request.
    Answer,
    /// From the API to the program, by itself: events, webhooks, callbacks.
    Event,
}

/// The step of a version, as semver counts it.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// The SDK is the same.
    #[default]
    None,
    /// Nothing that users' code names differs.
    Patch,
    /// There is more, and all that was there is as it was.
    Minor,
    /// Users' code may have to change.
    Major,
}

/// An item of the SDK, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ItemChange {
    /// Its path in Rust, such as `types::Order::total_cents` or `orders().create`.
    pub item: String,
    /// The effect of the change on it.
    pub effect: Effect,
    /// The step of a version that this alone takes.
    pub bump: Bump,
    /// Its signature, type or name before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The same after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// The effect of a change on an item of the SDK.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// It was not there.
    Added,
    /// It is there no more.
    Removed,
    /// It has another name.
    Renamed,
    /// It takes or gives something else.
    SignatureChanged,
    /// It has another type.
    TypeChanged,
    /// It may be absent, which it could not.
    NowOptional,
    /// Its enum has one more variant, which was `Unknown` before.
    NewVariant,
    /// It is deprecated, or not any more.
    Deprecated,
    /// It is there with other features.
    FeatureChanged,
    /// Code that uses it compiles, and means something else.
    SilentlyDifferent,
    /// Code that uses it compiles and means the same; what is sent, checked or expected differs.
    BehaviourOnly,
    /// Its documentation alone.
    DocsOnly,
}
