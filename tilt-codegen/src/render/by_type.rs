//! Files beside `types/` with an item for each type: their head, and the conditions of the items.

use super::condition::{Condition, Conditions};
use super::source::Source;
use crate::model::{Module, Sdk, TypeId};
use std::collections::HashMap;

/// A file with this documentation; `lints` are those that have something to say where features leave types out.
pub(super) fn head(sdk: &Sdk, conditions: Conditions, docs: &[&str], lints: &str) -> Source {
    let mut source = Source::generated();
    for line in docs {
        source.line(&format!("//! {line}"));
    }
    source.apart();
    if !conditions.declared(&sdk.features).is_empty() {
        source.line(&format!(
            "#![allow({lints}, reason = \"some features have fewer types\")]"
        ));
        source.apart();
    }
    source.line("use super::types;");
    source.line("use tilt_runtime as rt;");
    source
}

/// The conditions under which types are there: those of their modules.
pub(super) struct TypeConditions<'s> {
    modules: HashMap<TypeId, &'s Module>,
    conditions: Conditions,
}

impl<'s> TypeConditions<'s> {
    pub(super) fn of(sdk: &'s Sdk, conditions: Conditions) -> Self {
        let modules = sdk.modules.iter();
        let modules = modules.flat_map(|module| module.types.iter().map(move |id| (*id, module)));
        Self {
            modules: modules.collect(),
            conditions,
        }
    }

    /// The condition of a type; `None` for one of no module, which is nowhere.
    pub(super) fn on(&self, id: TypeId) -> Option<Condition<'s>> {
        let module = self.modules.get(&id)?;
        Some(self.conditions.on(&module.features))
    }
}
