//! Arguments of operations: those of the path by position, in its order, as long as that stays so; the others by name, in a
//! struct of their own, where a change of the document or a slip of the hand could put one in another's place.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::told_apart::{self, Taken};
use crate::lock::{
    ArgumentNames, BODY_ADDRESS, NAMED_BODY_ADDRESS, NAMED_PATH_ADDRESS, OperationNames,
    parameter_address,
};
use crate::lower::naming::{calls, paths};
use crate::model::{
    Body, Location, NamedArguments, Operation, Parameter, Payload, Resource, Sdk, Shape, Success,
    Supply, Type, TypeRef,
};

/// Decides it for all operations. `names` say what callers were asked for before, and then what they are asked for.
pub(super) fn complete(sdk: &mut Sdk, names: &mut BTreeMap<String, OperationNames>) {
    let types = &sdk.types;
    for resource in &mut sdk.resources {
        let mut taken = names_beside(resource);
        for operation in &mut resource.operations {
            let key = paths::key(operation.method, &operation.path);
            let mut none = ArgumentNames::default();
            let arguments = names.get_mut(&key).map(|it| &mut it.arguments);
            decide(types, operation, arguments.unwrap_or(&mut none));
            if let Some(named) = &mut operation.named {
                while !taken.insert(named.name.clone()) {
                    named.name.push('_');
                }
            }
        }
    }
}

/// The names of all else in the module of a resource.
fn names_beside(resource: &Resource) -> HashSet<String> {
    let mut names = HashSet::from([resource.type_name.clone()]);
    for operation in &resource.operations {
        names.insert(operation.call.clone());
        if let Some(Body::Choice { name, .. }) = operation.body.as_ref().map(|it| &it.body) {
            names.insert(name.clone());
        }
        if let Success::Choice { name, .. } = &operation.success {
            names.insert(name.clone());
        }
    }
    names
}

fn decide(types: &[Type], operation: &mut Operation, names: &mut ArgumentNames) {
    let before = std::mem::take(names);
    // Arguments that callers had to give and may leave out now are still asked for: they would have to change their programs.
    for parameter in &mut operation.parameters {
        let address = address(parameter);
        if before.required.contains(&address) {
            parameter.supply = Supply::Argument;
        } else if let Some(text) = before.constants.get(&address)
            && parameter.constant().is_none()
            && may_be(types, parameter, text)
        {
            parameter.supply = Supply::Constant(text.clone());
        }
        let constant = parameter.constant();
        names
            .constants
            .extend(constant.map(|text| (address, text.to_owned())));
    }
    let was_asked = |address: &str| before.required.iter().any(|it| it == address);
    let (by_position, by_name) = (was_asked(BODY_ADDRESS), was_asked(NAMED_BODY_ADDRESS));
    if let Some(body) = &mut operation.body {
        body.is_argument |= by_position || by_name;
    }
    let asked =
        |parameter: &Parameter| parameter.is_argument() && parameter.location != Location::Path;
    let parameters = operation.parameters.iter().enumerate();
    let asked: Vec<usize> = parameters
        .filter(|(_, it)| asked(it))
        .map(|(index, _)| index)
        .collect();
    let addresses = asked.iter().map(|at| address(&operation.parameters[*at]));
    let addresses: Vec<String> = addresses.collect();
    names.positional = before.positional;
    names.required.clone_from(&addresses);
    let asks_for_body = operation.body.as_ref().is_some_and(|body| body.is_argument);
    let names_body =
        asks_for_body && (by_name || !by_position && is_taken_for_path(types, operation));
    let body = match names_body {
        true => NAMED_BODY_ADDRESS,
        false => BODY_ADDRESS,
    };
    names
        .required
        .extend(asks_for_body.then(|| body.to_owned()));
    let in_path = path_by_name(operation, was_asked(NAMED_PATH_ADDRESS));
    let parameters = match in_path.is_empty() {
        true => by_names(types, operation, (asked, addresses), names),
        false => {
            names.required.push(NAMED_PATH_ADDRESS.to_owned());
            in_path.into_iter().chain(asked).collect()
        }
    };
    if names_body || !parameters.is_empty() {
        operation.named = Some(NamedArguments {
            name: format!("{}Required", calls::stem(&operation.call)),
            parameters,
            body: names_body,
        });
    }
}

/// The parameters that callers name: all that are asked for beside the path, or none where they are taken by position.
fn by_names(
    types: &[Type],
    operation: &Operation,
    (asked, addresses): (Vec<usize>, Vec<String>),
    names: &mut ArgumentNames,
) -> Vec<usize> {
    if asked.is_empty() {
        return asked;
    }
    let as_long = |list: &&Vec<String>| list.len() == addresses.len();
    let mut as_before = names.positional.iter().filter(as_long);
    if as_before.all(|list| *list == addresses) && are_told_apart(types, operation, &asked) {
        if !names.positional.contains(&addresses) {
            names.positional.push(addresses);
            names.positional.sort();
        }
        return Vec::new();
    }
    asked
}

/// The parameters of the path that callers name: all that are asked for, or none.
fn path_by_name(operation: &Operation, is_named: bool) -> Vec<usize> {
    let parameters = operation.parameters.iter().enumerate();
    let in_path = parameters.filter(|(_, it)| it.is_argument() && it.location == Location::Path);
    let in_path = in_path.filter(|_| is_named);
    in_path.map(|(index, _)| index).collect()
}

/// Whether the body is of the Rust type that a parameter of the path has, so that each would be taken for the other.
fn is_taken_for_path(types: &[Type], operation: &Operation) -> bool {
    let body = operation.body.as_ref().map(|body| &body.body);
    let payload = match body {
        Some(Body::Single(media)) => &media.payload,
        // The forms are types of their own.
        Some(Body::Choice { .. }) | None => return false,
    };
    let of_body = match payload {
        Payload::Text => Taken::Text,
        Payload::Json(ty) => Taken::of(types, ty),
        _ => return false,
    };
    let parameters = operation.parameters.iter();
    let mut in_path = parameters.filter(|it| it.is_argument() && it.location == Location::Path);
    matches!(of_body, Taken::Text | Taken::Number | Taken::Bool)
        && in_path.any(|it| Taken::of(types, &it.ty) == of_body)
}

fn address(parameter: &Parameter) -> String {
    parameter_address(parameter.location, &parameter.wire)
}

/// Whether a text that was the only value of a parameter is still one.
fn may_be(types: &[Type], parameter: &Parameter, text: &str) -> bool {
    let TypeRef::Named(id) = &parameter.ty else {
        return false;
    };
    match types.get(id.0).map(|it| &it.shape) {
        Some(Shape::Enum(shape)) => {
            let mut sent = shape.variants.iter().map(|it| match &it.value {
                Value::String(text) => text.clone(),
                value => value.to_string(),
            });
            sent.any(|it| it == text)
        }
        _ => false,
    }
}

/// True where none of these takes what another argument takes.
fn are_told_apart(types: &[Type], operation: &Operation, asked: &[usize]) -> bool {
    let parameters = operation.parameters.iter();
    let in_path = parameters.filter(|it| it.is_argument() && it.location == Location::Path);
    let others = in_path.map(|it| Taken::of(types, &it.ty));
    let others: Vec<Taken> = others.chain(body(types, operation)).collect();
    let of_asked = |at: &usize| Taken::of(types, &operation.parameters[*at].ty);
    let asked: Vec<Taken> = asked.iter().map(of_asked).collect();
    told_apart::are_told_apart(&asked, &others)
}

/// The expressions that stand for a body that callers are asked for.
fn body(types: &[Type], operation: &Operation) -> Option<Taken> {
    let body = operation.body.as_ref().filter(|body| body.is_argument)?;
    let Body::Single(media) = &body.body else {
        // The forms are types of their own.
        return None;
    };
    Some(match &media.payload {
        Payload::Json(ty) | Payload::Form { ty, .. } | Payload::Multipart { ty, .. } => {
            Taken::of(types, ty)
        }
        Payload::EventStream(_) | Payload::Text | Payload::Bytes => Taken::Text,
        Payload::JsonLines(ty) => Taken::of(types, &TypeRef::List(Box::new(ty.clone()))),
    })
}
