//! The first program that users are shown.

use crate::model::{Example, HttpMethod, Operation, Sdk, SecurityKind};

/// The first operation that only reads and needs no argument, with the first credentials.
pub(super) fn of(sdk: &Sdk) -> Option<Example> {
    let first = |operations: &[Operation]| operations.iter().position(is_simple);
    let mut resources = sdk.resources.iter().enumerate();
    let (resource, operation) =
        resources.find_map(|(index, it)| Some((index, first(&it.operations)?)))?;
    Some(Example {
        resource,
        operation,
        environment: (!sdk.environments.is_empty()).then_some(0),
        // A certificate is part of the HTTP client that the user brings.
        security_scheme: sdk
            .security_schemes
            .iter()
            .position(|scheme| scheme.kind != SecurityKind::MutualTls),
    })
}

fn is_simple(operation: &Operation) -> bool {
    operation.method == HttpMethod::Get
        && operation.parameters.iter().all(|it| !it.required)
        && operation.body.is_none()
}
