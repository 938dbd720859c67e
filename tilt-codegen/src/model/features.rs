//! Cargo features by which users choose which operations they compile.
//!
//! There is one for each tag of the document, or for each resource where tags tell nothing apart. A
//! data type is there with any of the operations that it is for.

use super::{Body, Operation, Payload, Resource, Sdk, Success, TypeId, TypeRef};
use crate::identifier::Kind;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A type that more features than this ask for is always there: a longer list says little.
const MOST: usize = 8;

/// Which features there are, and what each thing needs one of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Features {
    names: BTreeSet<String>,
    by_tag: bool,
    modules: HashMap<String, BTreeSet<String>>,
}

impl Features {
    /// Nothing depends on a feature.
    pub fn none() -> Self {
        Self::default()
    }

    /// The features of an API: none where it has only one part.
    pub fn of(sdk: &Sdk) -> Self {
        let tags: BTreeSet<&str> = operations(sdk)
            .flat_map(|(_, operation)| operation.features.iter().map(String::as_str))
            .collect();
        let by_tag = tags.len() > 1;
        let mut reached: BTreeMap<String, BTreeSet<TypeId>> = BTreeMap::new();
        for (resource, operation) in operations(sdk) {
            let types: BTreeSet<TypeId> = types(operation).flat_map(TypeRef::named).collect();
            for name in needed(resource, operation, by_tag) {
                reached.entry(name).or_default().extend(&types);
            }
        }
        if reached.len() < 2 {
            return Self::none();
        }
        let all = Modules::of(sdk);
        let mut modules: HashMap<String, BTreeSet<String>> = HashMap::new();
        for (name, types) in &reached {
            for module in all.reached(types.iter().copied().collect()) {
                let of_module = modules.entry(module.to_owned()).or_default();
                of_module.insert(name.clone());
            }
        }
        // What no operation is for, events and what is only named, must find what it contains.
        let events = sdk.events.iter().flat_map(|events| &events.kinds);
        let of_no_operation = all
            .types
            .iter()
            .filter(|(module, _)| !modules.contains_key(**module))
            .flat_map(|(_, types)| types.iter().copied());
        let of_events = events.flat_map(|kind| kind.ty.named());
        let free = all.reached(of_no_operation.chain(of_events).collect());
        modules.retain(|module, of_module| {
            of_module.len() <= MOST
                && of_module.len() < reached.len()
                && !free.contains(module.as_str())
        });
        Self {
            names: reached.into_keys().collect(),
            by_tag,
            modules,
        }
    }

    /// All of them, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// What the operations need one of; empty: they are always there.
    pub fn of_operations<'o>(
        &self,
        resource: &Resource,
        operations: impl IntoIterator<Item = &'o Operation>,
    ) -> BTreeSet<String> {
        if self.names.is_empty() {
            return BTreeSet::new();
        }
        let needed: BTreeSet<String> = operations
            .into_iter()
            .flat_map(|operation| needed(resource, operation, self.by_tag))
            .collect();
        if needed == self.names {
            BTreeSet::new()
        } else {
            needed
        }
    }

    /// What the types of a module need one of; `None`: they are always there.
    pub fn of_module(&self, module: &str) -> Option<&BTreeSet<String>> {
        self.modules.get(module)
    }
}

fn operations(sdk: &Sdk) -> impl Iterator<Item = (&Resource, &Operation)> {
    sdk.resources.iter().flat_map(|resource| {
        let operations = resource.operations.iter();
        operations.map(move |operation| (resource, operation))
    })
}

/// The features that an operation needs one of.
fn needed(resource: &Resource, operation: &Operation, by_tag: bool) -> Vec<String> {
    if by_tag && !operation.features.is_empty() {
        operation.features.iter().map(|tag| feature(tag)).collect()
    } else {
        vec![feature(&resource.name)]
    }
}

/// An identifier as the name of a feature.
fn feature(name: &str) -> String {
    let name = name.trim_start_matches("r#").trim_matches('_');
    let name = name.replace('_', "-");
    Kind::Feature.clear(name)
}

/// Every type that an operation names.
fn types(operation: &Operation) -> impl Iterator<Item = &TypeRef> {
    let bodies: Vec<&Payload> = match operation.body.as_ref().map(|body| &body.body) {
        None => Vec::new(),
        Some(Body::Single(media)) => vec![&media.payload],
        Some(Body::Choice { variants, .. }) => {
            variants.iter().map(|(_, media)| &media.payload).collect()
        }
    };
    let answers: Vec<&Payload> = match &operation.success {
        Success::Empty => Vec::new(),
        Success::Single(payload) => vec![payload],
        Success::Choice { variants, .. } => variants
            .iter()
            .filter_map(|variant| variant.payload.as_ref())
            .collect(),
    };
    let errors = operation.errors.iter().filter_map(|it| it.payload.as_ref());
    let payloads = bodies.into_iter().chain(answers).chain(errors);
    let parameters = operation.parameters.iter().map(|it| &it.ty);
    let items = operation.pagination.iter().map(|pages| &pages.item);
    payloads
        .filter_map(Payload::item)
        .chain(parameters)
        .chain(items)
}

/// Which types stand in which module.
struct Modules<'s> {
    sdk: &'s Sdk,
    types: HashMap<&'s str, Vec<TypeId>>,
}

impl<'s> Modules<'s> {
    fn of(sdk: &'s Sdk) -> Self {
        let mut types: HashMap<&str, Vec<TypeId>> = HashMap::new();
        for (index, ty) in sdk.types.iter().enumerate() {
            types.entry(&ty.module).or_default().push(TypeId(index));
        }
        Self { sdk, types }
    }

    /// The modules of some types and of all that these contain.
    fn reached(&self, mut pending: Vec<TypeId>) -> BTreeSet<&'s str> {
        let mut modules = BTreeSet::new();
        while let Some(ty) = pending.pop().and_then(|id| self.sdk.types.get(id.0)) {
            let module = ty.module.as_str();
            if !modules.insert(module) {
                continue;
            }
            // A module is there as a whole.
            for id in self.types.get(module).into_iter().flatten() {
                if let Some(ty) = self.sdk.types.get(id.0) {
                    pending.extend(ty.shape.named());
                }
            }
        }
        modules
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_of_the_crate_keeps_its_name() {
        assert_eq!(feature("time"), "time-api");
        assert_eq!(feature("r#type"), "type");
        assert_eq!(feature("launch_tokens"), "launch-tokens");
    }
}
