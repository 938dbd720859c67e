//! Uses of the client: methods, environments, credentials, headers; and of events.

use super::Probe;
use crate::written::call;
use tilt_codegen::model::{Events, Operation, Resource, Scalar, ScalarKind, Success, TypeRef};

pub(super) fn all(probe: &mut Probe<'_>) {
    let sdk = probe.types.sdk;
    for resource in &sdk.resources {
        let there = resource.operations.iter().filter(|it| {
            let features = if it.features.is_empty() {
                &resource.features
            } else {
                &it.features
            };
            probe.has(features)
        });
        for operation in there.collect::<Vec<_>>() {
            of_operation(probe, resource, operation);
        }
    }
    if let Some(events) = &sdk.events {
        of_events(probe, events);
    }
    if sdk.has_headers() {
        headers(probe);
    }
    if sdk.resources.is_empty() {
        return;
    }
    configuration(probe);
}

fn headers(probe: &mut Probe<'_>) {
    let sdk = probe.types.sdk;
    for header in &sdk.headers {
        let ty = probe.types.ty(&header.ty);
        probe.uses(
            "",
            &format!("let _: rt::Header<{ty}> = sdk::headers::{};", header.name),
        );
    }
}

fn configuration(probe: &mut Probe<'_>) {
    let sdk = probe.types.sdk;
    for environment in &sdk.environments {
        probe.uses(
            "",
            &format!("let _ = sdk::Environment::{};", environment.name),
        );
    }
    for scope in &sdk.scopes {
        probe.uses("", &format!("let _ = sdk::Scope::{};", scope.name));
    }
    for given in call::credentials(sdk, "\"\"") {
        probe.uses(
            "builder: sdk::ClientBuilder",
            &format!("let _: sdk::ClientBuilder = builder{given};"),
        );
    }
    probe.uses("", "let _ = sdk::Environment::custom(\"\");");
    if call::mints(sdk) {
        let endpoint = "let _: sdk::Environment = environment.with_token_url(\"\");";
        probe.uses("environment: sdk::Environment", endpoint);
    }
}

fn of_operation(probe: &mut Probe<'_>, resource: &Resource, operation: &Operation) {
    let module = call::module(resource);
    let parameters = operation.parameters.iter().enumerate();
    let parameters = parameters.map(|(at, it)| format!("p{at}: {}", probe.types.given(&it.ty)));
    let client = std::iter::once("client: sdk::Client".to_owned());
    let taken: Vec<String> = client.chain(parameters).collect();
    let bodies = operation.body.as_ref();
    let bodies = bodies.map(|it| call::bodies(&probe.types, &module, it));
    let setters = operation
        .parameters
        .iter()
        .enumerate()
        .filter(|(_, it)| it.has_setter());
    let mut setters: Vec<String> = setters
        .map(|(at, it)| format!("let call = call.{}(p{at});", it.name))
        .collect();
    let forms = bodies.unwrap_or_else(|| vec![(String::new(), String::new())]);
    for (ty, value) in forms {
        let given = call::required(&module, operation, &value);
        let (mut taken, mut after) = (taken.clone(), setters.clone());
        if let Some(body) = &operation.body {
            taken.push(format!("body: {ty}"));
            if !body.is_argument {
                after.push(format!("let call = call.{}({value});", body.name));
            }
        }
        let call = format!("{module}::{}", operation.call);
        let (given, after) = (given.join(", "), after.concat());
        let answer = call::answer(&probe.types, &module, &operation.success);
        probe.waits(
            &taken.join(", "),
            &format!(
                "let call: {call} = client.{}().{}({given}); {after} \
                 let answer: Result<rt::Response<{answer}>, rt::Error> = call.send().await;",
                resource.name, operation.name
            ),
        );
        if let Some(pages) = &operation.pagination {
            let item = probe.types.ty(&pages.item);
            probe.uses(
                &format!("call: {call}"),
                &format!("let _: rt::Items<{item}> = call.items();"),
            );
        }
        // Once is enough for all other forms of the body.
        setters.clear();
    }
    variants(probe, &module, operation);
}

/// Uses of the enum of answers.
fn variants(probe: &mut Probe<'_>, module: &str, operation: &Operation) {
    let Success::Choice { name, variants } = &operation.success else {
        return;
    };
    let arms: String = variants
        .iter()
        .map(|variant| match &variant.payload {
            Some(payload) => {
                let ty = probe.types.read(payload.reading());
                format!(
                    "{module}::{name}::{}(it) => {{ let _: {ty} = it; }} ",
                    variant.name
                )
            }
            None => format!("{module}::{name}::{} => {{}} ", variant.name),
        })
        .collect();
    probe.uses(
        &format!("answer: {module}::{name}"),
        &format!("match answer {{ {arms} _ => {{}} }}"),
    );
}

fn of_events(probe: &mut Probe<'_>, events: &Events) {
    let path = format!("sdk::{}", events.name);
    let looks = events.union.variants.iter();
    let arms: String = events
        .kinds
        .iter()
        .zip(looks)
        .map(|(kind, look)| {
            let ty = probe.types.ty(&kind.ty);
            let held = if look.boxed { format!("Box<{ty}>") } else { ty };
            format!("{path}::{}(it) => {{ let _: {held} = it; }} ", kind.variant)
        })
        .collect();
    probe.uses(
        &format!("event: {path}"),
        &format!("match event {{ {arms} _ => {{}} }}"),
    );
    for accessor in &events.accessors {
        let ty = probe.types.ty(&accessor.ty);
        let ty = match &accessor.ty {
            TypeRef::List(item) => format!("&[{}]", probe.types.ty(item)),
            TypeRef::Scalar(Scalar::String) => "&str".to_owned(),
            TypeRef::Scalar(scalar)
                if matches!(
                    scalar.kind(),
                    ScalarKind::Bool | ScalarKind::Integer | ScalarKind::Null
                ) =>
            {
                ty
            }
            _ => format!("&{ty}"),
        };
        probe.uses(
            &format!("event: &{path}"),
            &format!("let _: Option<{ty}> = event.{}();", accessor.name),
        );
    }
}
