//! Sample values: of each type that users only read, a valid one, so that their tests have something to change.

#![allow(
    missing_docs,
    reason = "names are the terms of the specifications; what they do not say is said"
)]

use serde_json::Value;

use super::TypeId;

/// A sample value of a type.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    pub ty: TypeId,
    pub value: SampleValue,
}

/// JSON in which other samples stand.
#[derive(Debug, Clone, PartialEq)]
pub enum SampleValue {
    /// As it is.
    Json(Value),
    /// The sample of a type.
    Of(TypeId),
    Array(Vec<SampleValue>),
    /// Members by name.
    Object(Vec<(String, SampleValue)>),
}

impl SampleValue {
    /// Calls `see` with each type whose sample stands in it.
    pub(crate) fn each(&self, see: &mut dyn FnMut(TypeId)) {
        match self {
            Self::Json(_) => {}
            Self::Of(id) => see(*id),
            Self::Array(items) => items.iter().for_each(|item| item.each(see)),
            Self::Object(members) => members.iter().for_each(|(_, value)| value.each(see)),
        }
    }
}
