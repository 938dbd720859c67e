//! JSON Schemas of the data types.

#![allow(
    missing_docs,
    reason = "names are the terms of the specifications; what they do not say is said"
)]

use std::collections::BTreeSet;

use serde_json::Value;

use super::TypeId;

/// A schema that stands under a name in `$defs` (JSON Schema 2020-12, 8.2.4).
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// That of its type; of all others a name that no type has. A legal Rust identifier.
    pub name: String,
    /// The type whose schema it is. `None`: other definitions refer to it, and no type is it alone.
    pub ty: Option<TypeId>,
    /// In JSON Schema 2020-12, as the documents state it.
    pub schema: Value,
    /// Names of the definitions that it refers to, by `#/$defs/NAME`.
    pub references: BTreeSet<String>,
}
