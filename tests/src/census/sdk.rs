//! The operations of an SDK in the words of the document.

use std::collections::BTreeSet;

use tilt_codegen::model::{Location, Operation, Sdk, StatusRange, Success};

use super::{Fact, Facts, Operations};

/// Where all successes have one type, the SDK does not say which they are: then they are those that are
/// wanted.
pub(super) fn operations(sdk: &Sdk, wanted: &Operations) -> Operations {
    let operations = sdk
        .resources
        .iter()
        .flat_map(|resource| &resource.operations);
    operations
        .map(|operation| {
            let method = format!("{:?}", operation.method).to_uppercase();
            let name = format!("{method} {}", operation.path);
            let facts = facts(sdk, operation, wanted.get(&name));
            (name, facts)
        })
        .collect()
}

fn facts(sdk: &Sdk, operation: &Operation, wanted: Option<&Facts>) -> Facts {
    let mut facts = Vec::new();
    if operation.body.is_some() {
        facts.push(Fact::RequestBody);
    }
    facts.extend(operation.parameters.iter().map(|parameter| {
        let location = match parameter.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        Fact::Parameter(location, parameter.wire.clone())
    }));
    match &operation.success {
        Success::Empty => {}
        Success::Single(_) => {
            let wanted = wanted.into_iter().flatten().map(|(fact, _)| fact);
            let successes = wanted.filter(|fact| matches!(fact, Fact::Success(_)));
            facts.extend(successes.cloned());
            if !facts.iter().any(|fact| matches!(fact, Fact::Success(_))) {
                // Nothing but a default stands for success.
                facts.push(Fact::Error("DEFAULT".to_owned()));
            }
        }
        Success::Choice { variants, .. } => {
            let carrying = variants.iter().filter(|variant| variant.payload.is_some());
            facts.extend(carrying.map(|variant| answer(variant.status)));
        }
    }
    let errors = operation.errors.iter();
    let carrying = errors.filter(|error| error.payload.is_some());
    facts.extend(carrying.map(|error| answer(error.status)));
    facts.extend(operation.security.iter().map(|alternative| {
        let schemes = alternative.schemes.iter();
        let names = schemes.filter_map(|(index, _)| sdk.security_schemes.get(*index));
        Fact::Security(
            names
                .map(|scheme| scheme.wire.clone())
                .collect::<BTreeSet<_>>(),
        )
    }));
    let mut facts: Facts = facts.into_iter().map(|fact| (fact, Vec::new())).collect();
    facts.insert(Fact::Operation, vec![operation.pointer.to_string()]);
    facts
}

fn answer(status: StatusRange) -> Fact {
    match status {
        StatusRange::Code(code) if code / 100 == 2 => Fact::Success(code.to_string()),
        StatusRange::Class(2) => Fact::Success("2XX".to_owned()),
        StatusRange::Code(code) => Fact::Error(code.to_string()),
        StatusRange::Class(class) => Fact::Error(format!("{class}XX")),
        StatusRange::Default => Fact::Error("DEFAULT".to_owned()),
    }
}
