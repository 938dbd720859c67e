//! Resources and their methods.

use std::collections::BTreeMap;

use super::super::kind::Kind;
use super::super::node::{Fact, Facts, ItemPlace, Node};
use super::super::scope::Scope;
use super::client::variable;
use super::places::servers;
use super::wire::{sent_in, status};
use super::{Sources, answers, arguments};
use crate::model::{
    Execution, Operation, OperationServer, PathSegment, Resource, Retry, SecurityAlternative,
};

/// A resource, without its methods.
pub(super) fn resource(sources: &Sources<'_>, resource: &Resource) -> Node {
    let Resource {
        name,
        type_name,
        docs,
        features,
        // It says which imports a file has.
        names_types: _,
        operations,
    } = resource;
    let mut node = Node::new(Kind::Resource, format!("{name}()"), name);
    sources.scope.resource(name).clone_into(&mut node.slot);
    node.docs.clone_from(&docs.0);
    node.features.clone_from(features);
    let places = operations.iter().map(|it| ItemPlace::of_api(&it.pointer));
    node.places = places.collect();
    let path = format!("resources::{name}::{type_name}");
    node.children.push(Node {
        places: node.places.clone(),
        ..Node::only(Kind::MethodType, path, type_name)
    });
    node
}

/// The name of a method in both SDKs.
pub(super) fn slot(scope: &Scope<'_>, resource: &Resource, operation: &Operation) -> String {
    format!("{}().{}", scope.resource(&resource.name), operation.name)
}

pub(super) fn method(sources: &Sources<'_>, resource: &Resource, operation: &Operation) -> Node {
    let Operation {
        name,
        call,
        id: _,
        method: http,
        path,
        segments: _, // by `routed`, with the method and the id
        fixed_query: _,
        docs,
        summary: _, // the beginning of `docs`
        deprecated,
        parameters: _, // by `arguments`, with `named` and `body`
        body: _,
        success: _, // by `answers`, as `answered`, `errors`, `response_headers` and `pagination`
        answered: _,
        errors: _,
        response_headers: _,
        security,
        scopes,
        pagination: _,
        tags: _, // `features` are made of them
        features,
        execution,
        retry,
        constraints: _, // by `Checked`
        named: _,
        server: _, // by `served`
        pointer,
        answers: _, // by `server`, as `served`
        served: _,
        sender: _, // clients, of all that is called
    } = operation;
    let scope = sources.scope;
    let mut node = Node {
        identity: Some(format!("{} {path}", http.as_str())),
        places: vec![ItemPlace::of_api(pointer)],
        docs: docs.0.clone(),
        deprecated: *deprecated,
        features: features_of(features, &resource.features),
        ..Node::new(
            Kind::Method,
            format!("{}().{name}", resource.name),
            slot(scope, resource, operation),
        )
    };
    routed(operation, &mut node);
    executed(scope, execution, operation, &mut node);
    repeated(retry, http.as_str(), &mut node);
    node.children.push(Node {
        places: node.places.clone(),
        ..call_type(resource, call)
    });
    arguments::add(sources, resource, operation, &mut node);
    answers::add(scope, resource, operation, &mut node);
    authentication(scope, security, scopes, &mut node);
    accepted(&execution.accept, &mut node);
    sources.checked.describe_operation(operation, &mut node);
    node
}

/// The server and the route of requests, and the operation's own name.
fn routed(operation: &Operation, node: &mut Node) {
    served(operation, node);
    node.meaning("the HTTP method", operation.method.as_str());
    node.meaning("the path", template(&operation.segments, operation));
    node.meaning("the query that is always sent", operation.fixed_query());
    // One that has none is called by what the path is.
    if node.identity.as_ref() != Some(&operation.id) {
        node.behaviour("the operationId", &operation.id);
    }
}

type Features = std::collections::BTreeSet<String>;

/// Its own, or those of its resource.
fn features_of(own: &Features, around: &Features) -> Features {
    if own.is_empty() { around } else { own }.clone()
}

fn call_type(resource: &Resource, call: &str) -> Node {
    let path = format!("resources::{}::{call}", resource.name);
    Node::only(Kind::MethodType, path, call)
}

/// The path with the positions of its arguments: their names are those of arguments.
fn template(segments: &[PathSegment], operation: &Operation) -> String {
    let positions: Vec<usize> = operation.positional().map(|(index, _)| index).collect();
    let pieces = segments.iter().map(|segment| match segment {
        PathSegment::Literal(text) => text.clone(),
        PathSegment::Parameter(index) => match positions.iter().position(|it| it == index) {
            Some(position) => format!("{{{position}}}"),
            None => {
                let parameter = operation.parameters.get(*index);
                format!("{{{}}}", parameter.map_or("", |it| it.wire.as_str()))
            }
        },
    });
    pieces.collect()
}

/// A part of a method, which goes with something.
fn detail(method: &Node, with: String) -> Node {
    let mut node = Node::only(Kind::Detail, &method.path, "");
    node.slot = with;
    node.places.clone_from(&method.places);
    node
}

/// The media types that are accepted, for answers of one type.
fn accepted(accept: &str, node: &mut Node) {
    // The last part of the signature is the answer.
    let answer = node.signature.parts.last();
    let answer = answer.map_or("", |it| it.expanded.as_str());
    let mut accepted = detail(node, format!("accepted for {answer}"));
    accepted.behaviour("Accept", accept);
    node.children.push(accepted);
}

/// The server of one operation.
fn served(operation: &Operation, node: &mut Node) {
    let Some(OperationServer { url, variables }) = &operation.server else {
        return;
    };
    let places: Vec<ItemPlace> = servers(operation).collect();
    let first: Vec<ItemPlace> = places.iter().map(|it| it.inside(&["0"])).collect();
    let fact = Fact {
        value: url.clone(),
        places,
    };
    node.meaning.insert("the server".to_owned(), fact);
    let path = node.path.clone();
    node.children
        .extend(variables.iter().map(|it| variable(it, &path, &first)));
}

/// Whether it is sent again, where the HTTP method is the same.
fn repeated(retry: &Retry, http: &str, node: &mut Node) {
    let mut repeated = detail(node, format!("sent again of {http}"));
    repeated.behaviour("sent again", retried(retry));
    node.children.push(repeated);
}

fn retried(retry: &Retry) -> String {
    match retry {
        Retry::Repeatable => "always".to_owned(),
        Retry::Once => "never".to_owned(),
        Retry::Keyed { header, lifetime } => match (lifetime, header.to_ascii_lowercase()) {
            (Some(seconds), header) => format!("with the same {header}, for {seconds} s"),
            (None, header) => format!("with the same {header}"),
        },
    }
}

fn names(scope: &Scope<'_>, scopes: &[usize]) -> String {
    let names = scopes.iter().filter_map(|at| scope.sdk.scopes.get(*at));
    let mut names: Vec<&str> = names.map(|it| it.wire.as_str()).collect();
    names.sort_unstable();
    names.join(" ")
}

fn executed(scope: &Scope<'_>, execution: &Execution, operation: &Operation, node: &mut Node) {
    let Execution {
        accept: _, // with the type of the answer
        statuses,
        // The answer's type says so.
        streams: _,
        whole: _,
        binary,
        scopes,
        // The method's name, of which the documentation speaks.
        read_by: _,
        echoes,
        body_echoes,
        hidden,
    } = execution;
    let parameter = |index: &usize| {
        let parameter = operation.parameters.get(*index);
        parameter
            .map(|it| sent_in(it.location, &it.wire))
            .unwrap_or_default()
    };
    let list = |mut each: Vec<String>| {
        each.sort();
        each.join(", ")
    };
    let mut residue = Facts::default();
    let mut fact = |about: &str, value: String| {
        residue.insert(about.to_owned(), Fact::new(value));
    };
    node.behaviour(
        "statuses of success",
        list(statuses.iter().map(|it| status(*it)).collect()),
    );
    let binary = binary
        .iter()
        .map(|(code, media)| format!("{} {}", status(*code), media.as_deref().unwrap_or_default()));
    fact("answers of bytes", list(binary.collect()));
    fact("scopes that a token is asked for", names(scope, scopes));
    let echoed = echoes
        .iter()
        .map(|(at, property)| format!("{} as {property}", parameter(at)));
    fact("arguments that the answer repeats", list(echoed.collect()));
    fact("properties that the answer repeats", body_echoes.join(", "));
    fact(
        "arguments that no error shows",
        list(hidden.iter().map(parameter).collect()),
    );
    node.residue.extend(residue);
}

/// The ways to authenticate: an operation without any is one that needs none. Scopes count where the ways are the same.
fn authentication(
    scope: &Scope<'_>,
    security: &[SecurityAlternative],
    scopes: &[usize],
    node: &mut Node,
) {
    let places: Vec<ItemPlace> = node
        .places
        .iter()
        .map(|it| it.inside(&["security"]))
        .collect();
    let mut ways: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for SecurityAlternative { schemes } in security {
        let mut wires: Vec<(&str, String)> = Vec::new();
        for (index, scopes) in schemes {
            if let Some(scheme) = scope.sdk.security_schemes.get(*index) {
                wires.push((&scheme.wire, names(scope, scopes)));
            }
        }
        wires.sort();
        let schemes: Vec<&str> = wires.iter().map(|(wire, _)| *wire).collect();
        let scopes = wires.iter().map(|(_, scopes)| match scopes.is_empty() {
            true => "none",
            false => scopes.as_str(),
        });
        let scopes: Vec<&str> = scopes.collect();
        let scopes = scopes.join(" and ");
        ways.entry(schemes.join(" and ")).or_default().push(scopes);
    }
    if ways.is_empty() {
        ways.insert(String::new(), Vec::new());
    }
    let all: Vec<&str> = ways.keys().map(String::as_str).collect();
    let mut needed = detail(node, format!("scopes of {}", all.join(" or ")));
    let each: Vec<String> = ways.values().map(|scopes| scopes.join(" or ")).collect();
    needed.places.splice(0..0, places.clone());
    needed.behaviour("scopes", each.join(" or "));
    needed.residue.insert(
        "scopes of a token".to_owned(),
        Fact::new(names(scope, scopes)),
    );
    for schemes in ways.keys() {
        let shown = match schemes.is_empty() {
            true => "nothing",
            false => schemes.as_str(),
        };
        let path = format!("{} (by {shown})", node.path);
        node.children.push(Node {
            places: places.clone(),
            ..Node::new(Kind::Authentication, path, schemes)
        });
    }
    node.children.push(needed);
}
