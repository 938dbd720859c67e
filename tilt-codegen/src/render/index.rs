//! The index of operations: documentation of the module of resources.

use super::condition::Conditions;
use super::source::{Source, code};
use crate::identifier::bare;
use crate::model::{Operation, Resource, Sdk};

/// A section for each resource with a line for each operation; of very many, a line for each resource.
pub(super) fn write(source: &mut Source, sdk: &Sdk, conditions: Conditions) {
    for resource in &sdk.resources {
        let condition = conditions.on(&resource.features).predicate();
        let of_resource = condition.as_deref();
        let name = bare(&resource.name);
        let page = format!("{}::{}", bare(&resource.name), bare(&resource.type_name));
        if !sdk.indexed {
            let count = resource.operations.len();
            source.inner_docs("", None);
            source.inner_docs(
                &format!("[`{name}`]({page}): {count} operations"),
                of_resource,
            );
            continue;
        }
        source.inner_docs("", of_resource);
        source.inner_docs(&format!("# [`{name}`]({page})"), of_resource);
        source.inner_docs("", of_resource);
        for operation in &resource.operations {
            let line = line(resource, operation);
            let own = match operation.features.is_empty() {
                true => None,
                false => conditions.on(&operation.features).predicate(),
            };
            source.inner_docs(&line, own.as_deref().or(of_resource));
        }
    }
}

fn line(resource: &Resource, operation: &Operation) -> String {
    let name = bare(&operation.name);
    let (module, ty) = (bare(&resource.name), bare(&resource.type_name));
    let request = format!("{} {}", operation.method.as_str(), operation.path);
    let mut line = format!("* [`{name}`]({module}::{ty}::{name}), {}", code(&request));
    if !operation.docs.0.trim().is_empty() {
        line.push_str(": ");
        line.push_str(&operation.summary);
    }
    if operation.deprecated {
        line.push_str(" (deprecated)");
    }
    line
}
