//! Names of the structs of calls, and of the enums beside them.

use std::collections::{HashMap, HashSet};

use crate::identifier;
use crate::lower::naming::paths;
use crate::lower::naming::unnamed::OperationName;
use crate::lower::previous::PreviousNames;
use crate::model::{Body, Operation, Success};

/// Structs of calls have names of their own over all resources, and each that of its resource beside
/// it. The types of what a call sends and is answered with stand in the same file.
pub(in crate::lower) fn name(
    operations: &mut [(OperationName, Operation)],
    previous: &PreviousNames<'_>,
) {
    let mut order: Vec<usize> = (0..operations.len()).collect();
    order.sort_by(|&a, &b| {
        let key = |at: usize| {
            let (name, operation) = &operations[at];
            (&name.resource, &operation.name)
        };
        key(a).cmp(&key(b))
    });
    let was_named = |operation: &Operation| {
        let key = paths::key(operation.method, &operation.path);
        previous.operation(&key)
    };
    let mut calls: HashSet<String> = HashSet::new();
    let of_resource = |name: &OperationName| identifier::type_name(&name.resource);
    // Those that were there before come first; what a server has beside calls takes the name of none.
    order.sort_by_key(|&at| {
        let operation = &operations[at].1;
        (operation.sender, was_named(operation).is_none())
    });
    for &at in &order {
        let (name, operation) = &mut operations[at];
        if let Some(names) = was_named(operation) {
            operation.call = names.call.clone().unwrap_or_else(|| unrecorded(name));
        }
        let own = of_resource(name);
        // `GetOrdersCall` of `orders` beside `GetOrderCall` of `order`.
        if was_named(operation).is_none() && calls.contains(&operation.call) {
            let phrase = name.phrase_of_resource();
            operation.call = identifier::type_name(&format!("{phrase}_call"));
        }
        while operation.call == own || !calls.insert(operation.call.clone()) {
            operation.call.push('_');
        }
    }
    let mut beside: HashMap<String, HashSet<String>> = HashMap::new();
    for &at in &order {
        let (name, operation) = &mut operations[at];
        let taken = beside.entry(name.resource.clone()).or_default();
        taken.insert(identifier::type_name(&name.resource));
        for choice in choices(operation) {
            while calls.contains(choice) || !taken.insert(choice.clone()) {
                choice.push('_');
            }
        }
    }
}

/// The name of a call of which `names.lock` has none: of the method, and then the thing.
pub(in crate::lower) fn unrecorded(name: &OperationName) -> String {
    let method = identifier::bare(&name.method);
    let thing = match method.starts_with("list") {
        true => &name.resource,
        false => &name.entity,
    };
    identifier::type_name(&format!("{method}_{thing}_call"))
}

/// The names of the enums that an operation has for itself.
fn choices(operation: &mut Operation) -> impl Iterator<Item = &mut String> {
    let body = operation
        .body
        .as_mut()
        .and_then(|body| match &mut body.body {
            Body::Choice { name, .. } => Some(name),
            Body::Single(_) => None,
        });
    let answer = match &mut operation.success {
        Success::Choice { name, .. } => Some(name),
        Success::Empty | Success::Single(_) => None,
    };
    body.into_iter().chain(answer)
}

/// `CreateOrder` of `CreateOrderCall`.
pub(in crate::lower) fn stem(call: &str) -> &str {
    let call = call.trim_end_matches('_');
    call.strip_suffix("Call").unwrap_or(call)
}
