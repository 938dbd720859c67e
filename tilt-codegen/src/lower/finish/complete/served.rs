//! Names of a server's side. They follow from the names of calls, which `names.lock` keeps.

use std::collections::HashSet;

use super::arguments::call_stem;
use crate::model::{Operation, Resource, Sdk, ServedNames};

/// Names requests, bodies and answers, where a server is made.
pub(super) fn complete(sdk: &mut Sdk) {
    if sdk.served.is_none() {
        return;
    }
    for resource in &mut sdk.resources {
        name(resource);
    }
}

fn name(resource: &mut Resource) {
    // The trait has the resource's.
    let mut taken = HashSet::from([resource.type_name.clone()]);
    for operation in &mut resource.operations {
        let (stem, behind) = stem(&operation.call);
        let mut named = |what: &str| {
            let mut name = format!("{stem}{what}{behind}");
            while !taken.insert(name.clone()) {
                name.push('_');
            }
            name
        };
        operation.served = ServedNames {
            request: named("Request"),
            body: named("Body"),
            answer: named("Answer"),
            context: context(operation),
        };
    }
}

/// The beginning of an operation's names, and the underscores by which its call gave way to another's.
fn stem(call: &str) -> (&str, &str) {
    let bare = call.trim_end_matches('_');
    (call_stem(call), &call[bare.len()..])
}

/// A name that neither a parameter nor the body has.
fn context(operation: &Operation) -> String {
    let parameters = operation.parameters.iter().map(|it| &it.name);
    let body = operation.body.iter().map(|it| &it.name);
    let taken: HashSet<&String> = parameters.chain(body).collect();
    let mut name = "context".to_owned();
    while taken.contains(&name) {
        name.push('_');
    }
    name
}
