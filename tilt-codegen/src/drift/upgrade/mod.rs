//! The items of two SDKs, and what became of them: what a user who upgrades sees.
//!
//! ```text
//! model × 2 ─ pairs ─► which type is which ─ items ─► a tree of items × 2 ─ compare ─► changes
//! ```
//!
//! Each item has what the compiler sees of it (its signature), what it means (where on the wire it goes), how the SDK
//! behaves, and its documentation. They are compared apart, and an item never by what another one tells: a type's own change is
//! not that of all that name it.

mod compare;
mod items;
mod kind;
mod made_of;
mod matched;
mod node;
mod pairs;
mod scope;

use super::finding::ItemChange;
use crate::model::Sdk;
use pairs::Pairs;
use scope::Scope;
use std::collections::BTreeSet;

pub(in crate::drift) use node::{ItemDocument, ItemPlace};

/// An item, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::drift) struct Change {
    /// The item, and the step that it takes.
    pub(in crate::drift) item: ItemChange,
    /// The places that it comes from, the most exact first.
    pub(in crate::drift) old: Vec<ItemPlace>,
    /// Likewise, of the new documents.
    pub(in crate::drift) new: Vec<ItemPlace>,
    /// The places of each part of it that came, went or is another, in the old and in the new documents.
    pub(in crate::drift) made_of: Vec<(Vec<ItemPlace>, Vec<ItemPlace>)>,
    /// The types that it names or is made of, by the names that the old SDK has for them.
    pub(in crate::drift) depends: BTreeSet<String>,
    /// The event that it belongs to, as it is called on the wire.
    pub(in crate::drift) event: Option<String>,
}

/// The changes of all items, sorted by item. The new SDK has to be generated with the names of the old one.
pub(in crate::drift) fn changes(old: &Sdk, new: &Sdk) -> Vec<Change> {
    let pairs = Pairs::of(old, new);
    let (old, new) = (Scope::old(old), Scope::new(new, &pairs));
    let (old, new) = items::both(&old, &new);
    compare::compare(&old, &new)
}
