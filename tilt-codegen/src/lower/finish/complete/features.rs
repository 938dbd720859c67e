//! Cargo features by which users choose which operations they compile.
//!
//! There is one for each tag of the document, or for each resource where tags tell nothing apart. A
//! data type is there with any of the operations that it is for. An operation is still there with the features of
//! a generation before.

use super::execution;
use crate::identifier::{NameKind, bare};
use crate::lock::OperationNames;
use crate::lower::naming::paths;
use crate::model::{Module, Operation, Resource, Sdk, Type, TypeId, TypeRef};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A type that more features than this ask for is always there: a longer list says little.
const MOST: usize = 8;

/// Finds the features of an API, none where it has only one part, and what each thing needs one of. `calls` say which
/// operations needed before, and then which they need.
pub(super) fn complete(sdk: &mut Sdk, calls: &mut BTreeMap<String, OperationNames>) {
    let needed = needed(sdk, calls);
    divide(sdk, &needed);
    if !sdk.features.is_empty() {
        for (key, needed) in needed {
            if let Some(names) = calls.get_mut(&key) {
                names.features = needed;
            }
        }
    }
    for resource in &mut sdk.resources {
        resource.names_types = names_types(resource);
    }
}

/// The features that each operation needs one of.
type Needed = HashMap<String, BTreeSet<String>>;

fn needed(sdk: &Sdk, calls: &BTreeMap<String, OperationNames>) -> Needed {
    let tags: BTreeSet<&str> = operations(sdk)
        .flat_map(|(_, operation)| operation.tags.iter().map(String::as_str))
        .collect();
    let by_tag = tags.len() > 1;
    let needed = operations(sdk).map(|(resource, operation)| {
        let key = paths::key(operation.method, &operation.path);
        let before = calls.get(&key).map(|names| names.features.clone());
        let mut needed = before.unwrap_or_default();
        match by_tag && !operation.tags.is_empty() {
            true => needed.extend(operation.tags.iter().map(|tag| feature(tag))),
            false => needed.extend([feature(&resource.name)]),
        }
        (key, needed)
    });
    needed.collect()
}

fn of<'n>(needed: &'n Needed, operation: &Operation) -> impl Iterator<Item = &'n String> + use<'n> {
    let key = paths::key(operation.method, &operation.path);
    needed.get(&key).into_iter().flatten()
}

fn divide(sdk: &mut Sdk, needed: &Needed) {
    let mut reached: BTreeMap<String, BTreeSet<TypeId>> = BTreeMap::new();
    for (_, operation) in operations(sdk) {
        let all = operation.sent_types().into_iter();
        let all = all.chain(operation.answered_types());
        let types: BTreeSet<TypeId> = all.flat_map(TypeRef::named).collect();
        for name in of(needed, operation) {
            reached.entry(name.clone()).or_default().extend(&types);
        }
    }
    if reached.len() < 2 {
        return;
    }
    let mut of_modules = of_modules(sdk, &reached);
    let all: BTreeSet<String> = reached.into_keys().collect();
    for resource in &mut sdk.resources {
        complete_resource(resource, &all, needed);
    }
    for module in &mut sdk.modules {
        module.features = of_modules.remove(&module.name).unwrap_or_default();
    }
    sdk.features = all.into_iter().collect();
}

/// The features of each module that is not always there: its types need one of them.
fn of_modules(
    sdk: &Sdk,
    reached: &BTreeMap<String, BTreeSet<TypeId>>,
) -> HashMap<String, BTreeSet<String>> {
    let all = Modules::of(sdk);
    let mut modules: HashMap<String, BTreeSet<String>> = HashMap::new();
    for (name, types) in reached {
        // All features of a module are those of what it reaches: where it has too many, so has that.
        let is_free = |module: &str| {
            let of_module = modules.get(module);
            of_module.is_some_and(|of_module| of_module.len() > MOST)
        };
        for module in all.reached(types.iter().copied().collect(), is_free) {
            let of_module = modules.entry(module.to_owned()).or_default();
            of_module.insert(name.clone());
        }
    }
    // Types that no operation is for, of events or only named, must find what they contain.
    let events = sdk.events.iter().flat_map(|events| &events.kinds);
    let of_no_operation = all
        .modules
        .iter()
        .filter(|(name, _)| !modules.contains_key(**name))
        .flat_map(|(_, module)| module.types.iter().copied());
    let of_events = events.flat_map(|kind| kind.ty.named());
    let received = sdk.received.iter().flat_map(|group| &group.operations);
    let received = received.flat_map(|it| it.sent_types().into_iter().chain(it.answered_types()));
    let of_events = of_events.chain(received.flat_map(TypeRef::named));
    let free = all.reached(of_no_operation.chain(of_events).collect(), |_| false);
    modules.retain(|module, of_module| {
        of_module.len() <= MOST
            && of_module.len() < reached.len()
            && !free.contains(module.as_str())
    });
    modules
}

/// With which features an operation of a resource names a type of the SDK.
fn names_types(resource: &Resource) -> Option<BTreeSet<String>> {
    let operations = resource.operations.iter();
    let mut users = operations
        .filter(|it| execution::names_types(it))
        .peekable();
    users.peek()?;
    let mut features = BTreeSet::new();
    for user in users {
        if user.features.is_empty() {
            return Some(BTreeSet::new());
        }
        features.extend(user.features.iter().cloned());
    }
    Some(features)
}

/// An operation says only what its resource does not say for all of them.
fn complete_resource(resource: &mut Resource, all: &BTreeSet<String>, needed: &Needed) {
    let any = |needed: BTreeSet<String>| {
        if needed == *all {
            BTreeSet::new()
        } else {
            needed
        }
    };
    let of_resource = any(resource
        .operations
        .iter()
        .flat_map(|operation| of(needed, operation).cloned())
        .collect());
    for operation in &mut resource.operations {
        let needed = any(of(needed, operation).cloned().collect());
        if needed != of_resource {
            operation.features = needed;
        }
    }
    resource.features = of_resource;
}

fn operations(sdk: &Sdk) -> impl Iterator<Item = (&Resource, &Operation)> {
    sdk.resources.iter().flat_map(|resource| {
        let operations = resource.operations.iter();
        operations.map(move |operation| (resource, operation))
    })
}

/// An identifier as the name of a feature.
fn feature(name: &str) -> String {
    let name = bare(name).trim_matches('_');
    let name = name.replace('_', "-");
    NameKind::Feature.clear(name)
}

/// The modules of types by name.
struct Modules<'s> {
    types: &'s [Type],
    modules: HashMap<&'s str, &'s Module>,
}

impl<'s> Modules<'s> {
    fn of(sdk: &'s Sdk) -> Self {
        let modules = sdk.modules.iter();
        Self {
            types: &sdk.types,
            modules: modules.map(|it| (it.name.as_str(), it)).collect(),
        }
    }

    /// The modules of some types and of all that these contain, without looking into `closed` ones.
    fn reached(
        &self,
        mut pending: Vec<TypeId>,
        closed: impl Fn(&str) -> bool,
    ) -> BTreeSet<&'s str> {
        let mut reached = BTreeSet::new();
        while let Some(ty) = pending.pop().and_then(|id| self.types.get(id.0)) {
            let module = ty.module.as_str();
            if closed(module) || !reached.insert(module) {
                continue;
            }
            // A module is there as a whole, with what it imports.
            if let Some(module) = self.modules.get(module) {
                pending.extend(&module.imports);
            }
        }
        reached
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
