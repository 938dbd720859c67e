//! The examples that users are shown.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::conversions::behind_aliases;
use crate::identifier::bare;
use crate::model::{
    ArgumentForm, Body, Construction, Conversion, EnumRepr, ExampleArgument, ExampleBody,
    ExampleCall, Examples, HttpMethod, IdForm, Operation, Payload, Program, Resource, ScalarKind,
    ScalarName, Sdk, SecurityScheme, Shape, Success, TypeRef,
};

/// The local variables of the programs, which no argument takes the name of.
const LOCALS: [&str; 4] = ["answer", "client", "item", "items"];

/// The first list, and the first operation that only reads: of the subject of the API, with the fewest arguments, of the tag
/// that the document has first, a list in pages, and of the resource that has most. Of an API in which none only reads, the
/// first that sends something.
pub(super) fn of(sdk: &Sdk, tags: &[String]) -> Examples {
    let mut calls: Vec<(ExampleCall, bool)> = self::calls(sdk, is_read).collect();
    if calls.is_empty() {
        calls = self::calls(sdk, is_sent).collect();
    }
    let tags = if is_alphabet(tags) { &[] } else { tags };
    // Stable: among equals, the first of the SDK.
    calls.sort_by_key(|(call, pages)| {
        let resource = &sdk.resources[call.resource];
        let operation = &resource.operations[call.operation];
        let own = operation.tags.first();
        let rank = own.and_then(|own| tags.iter().position(|tag| tag == own));
        (
            is_aside(resource, operation),
            call.arguments.len(),
            rank.unwrap_or(tags.len()),
            !*pages,
            Reverse(resource.operations.len()),
        )
    });
    let call = calls.first().map(|(call, _)| call.clone());
    let list = calls.into_iter().find(|(_, pages)| *pages);
    let kinds = sdk.events.iter().flat_map(|events| &events.kinds);
    Examples {
        environment: (!sdk.environments.is_empty()).then_some(0),
        credentials: of_client(sdk, call.as_ref()),
        call,
        list: list.map(|(call, _)| call),
        event: kinds.into_iter().position(|kind| !kind.deprecated),
    }
}

/// Whether tags are in the order of the alphabet, or nearly: it says nothing of what matters.
fn is_alphabet(tags: &[String]) -> bool {
    let pairs = || tags.windows(2);
    let falling = pairs().filter(|pair| pair[0] > pair[1]).count();
    5 * falling < pairs().count()
}

/// Whether an operation is about the service or the session, and not what the API is for.
fn is_aside(resource: &Resource, operation: &Operation) -> bool {
    const ABOUT_SERVICE: &[&str] = &[
        "health",
        "healthcheck",
        "healthz",
        "heartbeat",
        "livez",
        "log_out",
        "logout",
        "metrics",
        "ping",
        "readyz",
        "sign_out",
        "version",
        "versions",
    ];
    let is_about = |name: &str| ABOUT_SERVICE.contains(&name);
    is_about(&resource.name) || is_about(&operation.name)
}

/// The programs of these examples.
pub(in crate::lower) fn programs(sdk: &Sdk) -> Vec<Program> {
    let examples = &sdk.examples;
    let call = examples.call.is_some().then_some(Program::FirstCall);
    let list = examples.list.is_some().then_some(Program::List);
    let events = sdk.events.is_some().then_some(Program::Events);
    call.into_iter().chain(list).chain(events).collect()
}

/// Whether an operation only reads.
fn is_read(operation: &Operation) -> bool {
    operation.method == HttpMethod::Get
}

fn is_sent(operation: &Operation) -> bool {
    matches!(operation.method, HttpMethod::Post | HttpMethod::Put)
}

/// The operations of a kind that can be shown, with whether they page.
fn calls(
    sdk: &Sdk,
    is_of_kind: fn(&Operation) -> bool,
) -> impl Iterator<Item = (ExampleCall, bool)> {
    let resources = sdk.resources.iter().enumerate();
    resources.flat_map(move |(at, resource)| {
        let operations = resource.operations.iter().enumerate();
        let operations = operations.filter(move |(_, it)| is_of_kind(it));
        operations.filter_map(move |(operation, it)| {
            let (arguments, body) = arguments(sdk, it)?;
            let call = ExampleCall {
                resource: at,
                operation,
                arguments,
                body,
                credentials: credentials(sdk, it),
                features: features(resource, it),
            };
            Some((call, it.pagination.is_some()))
        })
    })
}

/// The credentials of the first call, or else of the first operation that takes any, or else the first that there are.
fn of_client(sdk: &Sdk, call: Option<&ExampleCall>) -> Vec<usize> {
    let of_call = call.map(|call| call.credentials.clone());
    let operations = sdk.resources.iter().flat_map(|it| &it.operations);
    let of_operations = operations.map(|operation| credentials(sdk, operation));
    let mut all = of_call.into_iter().chain(of_operations);
    all.find(|credentials| !credentials.is_empty())
        .or_else(|| {
            let mut all = 0..sdk.security_schemes.len();
            Some(vec![all.find(|scheme| is_given(sdk, *scheme))?])
        })
        .unwrap_or_default()
}

/// The credentials that are enough for an operation, of those that a builder takes: the first of which it asks for no
/// other. None, where it asks for none.
fn credentials(sdk: &Sdk, operation: &Operation) -> Vec<usize> {
    let alternatives = operation.security.iter();
    let schemes = alternatives.map(|alternative| {
        let schemes = alternative.schemes.iter();
        schemes.map(|(scheme, _)| *scheme).collect::<Vec<_>>()
    });
    let mut given =
        schemes.filter(|all| !all.is_empty() && all.iter().all(|scheme| is_given(sdk, *scheme)));
    given.next().unwrap_or_default()
}

fn is_given(sdk: &Sdk, scheme: usize) -> bool {
    let scheme = sdk.security_schemes.get(scheme);
    scheme.is_some_and(SecurityScheme::is_given)
}

fn features(resource: &Resource, operation: &Operation) -> std::collections::BTreeSet<String> {
    match operation.features.is_empty() {
        true => resource.features.clone(),
        false => operation.features.clone(),
    }
}

/// The arguments of an operation, and of its body. `None`: one of them is no text, or its answers come piece by piece.
fn arguments(
    sdk: &Sdk,
    operation: &Operation,
) -> Option<(Vec<ExampleArgument>, Option<ExampleBody>)> {
    let streams = matches!(
        &operation.success,
        Success::Single(Payload::EventStream(_) | Payload::JsonLines(_))
    );
    // A struct to be filled in is no first thing to see.
    if operation.deprecated || operation.named.is_some() || streams {
        return None;
    }
    let mut taken: HashSet<String> = LOCALS.map(str::to_owned).into();
    let mut argument = |name: &str, ty: &TypeRef, conversion: Conversion| {
        let form = form(sdk, ty, conversion)?;
        let variable = bare(name).to_uppercase();
        let mut name = name.to_owned();
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        Some(ExampleArgument {
            name,
            variable,
            form,
        })
    };
    let required = operation.parameters.iter().filter(|it| it.is_argument());
    let given = required.map(|it| argument(&it.name, &it.ty, it.conversion));
    let mut given: Vec<ExampleArgument> = given.collect::<Option<_>>()?;
    let Some(asked) = operation.body.as_ref().filter(|body| body.is_argument) else {
        return Some((given, None));
    };
    let Body::Single(media) = &asked.body else {
        return None;
    };
    let Payload::Json(TypeRef::Named(ty)) = &media.payload else {
        return None;
    };
    let Shape::Struct(shape) = &sdk.types.get(ty.0)?.shape else {
        return None;
    };
    let made_of: &[usize] = match &shape.construction {
        Construction::Empty | Construction::Fixed => &[],
        Construction::Named { arguments, .. } => arguments,
        Construction::Read => return None,
    };
    let fields = made_of.iter().filter_map(|at| shape.fields.get(*at));
    let of_body =
        fields.map(|it| argument(&it.name, behind_aliases(&sdk.types, &it.ty), it.conversion));
    let of_body: Vec<ExampleArgument> = of_body.collect::<Option<_>>()?;
    let body = ExampleBody {
        ty: *ty,
        arguments: of_body.len(),
    };
    given.extend(of_body);
    Some((given, Some(body)))
}

/// How a text becomes the argument.
fn form(sdk: &Sdk, ty: &TypeRef, conversion: Conversion) -> Option<ArgumentForm> {
    let text = (conversion == Conversion::Into).then_some(ArgumentForm::Text);
    match ty {
        TypeRef::Scalar(scalar) => match (scalar.kind(), scalar.name()) {
            (ScalarKind::String | ScalarKind::Text, _) => text,
            (ScalarKind::Integer, ScalarName::Std(name)) => Some(ArgumentForm::Integer(name)),
            _ => None,
        },
        TypeRef::Named(id) => match &sdk.types.get(id.0)?.shape {
            Shape::Id(IdForm::Text | IdForm::Uuid) => text,
            Shape::Enum(shape) if shape.repr == EnumRepr::String => text,
            _ => None,
        },
        _ => None,
    }
}
