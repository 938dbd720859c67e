//! Types that settings name in place of generated ones.

#![allow(
    missing_docs,
    reason = "names are the terms of the specifications; what they do not say is said"
)]

use std::collections::BTreeSet;

use serde_json::Value;

use super::JsonKinds;

/// A type that is no generated one.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapped {
    /// As the setting has it.
    pub name: String,
    /// As generated code names it, from anywhere in the SDK.
    pub rust: String,
    pub origin: MappedOrigin,
    /// Crates that the SDK depends on for it, by the names that code has for them.
    pub crates: BTreeSet<String>,
    /// The JSON types of all schemas that it stands for. None: nothing is mapped to it.
    pub kinds: JsonKinds,
    /// A valid value, where the documents have one.
    pub sample: Option<Value>,
}

/// The place of a mapped type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MappedOrigin {
    /// The crate of the SDK, which makes it fit for generated types.
    Own,
    /// Another crate: generated types hold it in an `rt::Foreign`.
    Foreign,
    /// The runtime, with this feature.
    Runtime(&'static str),
}

impl Mapped {
    /// The feature of the runtime that the SDK needs for it.
    pub fn feature(&self) -> Option<&'static str> {
        match self.origin {
            MappedOrigin::Runtime(feature) if self.is_used() => Some(feature),
            _ => None,
        }
    }

    /// Whether anything is mapped to it.
    pub fn is_used(&self) -> bool {
        self.kinds != JsonKinds::default()
    }
}
