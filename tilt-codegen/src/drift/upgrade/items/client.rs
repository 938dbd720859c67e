//! The client and how it is configured: environments, credentials, scopes; headers and errors.

use super::super::kind::Kind;
use super::super::node::{Fact, ItemPlace, Node, Signature};
use super::Sources;
use super::places::{of_property, place, servers};
use crate::model::{
    Environment, ErrorShape, Header, Payload, Scope, Sdk, SecurityKind, SecurityScheme,
    ServerVariable, TypeId, TypeRef,
};
use std::collections::{BTreeSet, HashMap};

pub(super) fn nodes(sources: &Sources<'_>) -> Vec<Node> {
    let sdk = sources.scope.sdk;
    let mints = sdk
        .security_schemes
        .iter()
        .any(|it| matches!(it.kind, SecurityKind::ClientCredentials { .. }));
    let mut nodes: Vec<Node> = sdk.environments.iter().map(environment).collect();
    let mut custom = Node::only(Kind::CustomEnvironment, "Environment::custom", "custom");
    custom.signature = Signature::word("(url: impl Into<String>)");
    custom.places = vec![ItemPlace::at(&["components", "securitySchemes"])];
    nodes.push(custom);
    if mints {
        let path = "Environment::with_token_url";
        let mut endpoint = Node::new(Kind::Credentials, path, "token endpoint of environments");
        endpoint.signature = Signature::word("(token_url: impl Into<String>)");
        endpoint.places = vec![ItemPlace::at(&["components", "securitySchemes"])];
        nodes.push(endpoint);
    }
    nodes.extend(of_operations(sdk));
    nodes.extend(sdk.security_schemes.iter().map(scheme));
    if mints && !sdk.scopes.is_empty() {
        let mut scopes = Node::new(Kind::Credentials, "ClientBuilder::scopes", "scopes");
        scopes.slot = "scopes of tokens".to_owned();
        scopes.signature = Signature::word("(scopes: impl IntoIterator<Item = impl Into<Scope>>)");
        scopes.places = vec![ItemPlace::at(&["components", "securitySchemes"])];
        nodes.push(scopes);
    }
    let users = Users::of(sdk);
    nodes.extend(sdk.scopes.iter().map(|it| scope(it, &users)));
    nodes.extend(sdk.headers.iter().map(|it| header(sources, it, &users)));
    nodes.extend(errors(sdk));
    let refused = sdk.refused.iter().map(u16::to_string);
    let mut rest = Node::only(Kind::ErrorProperty, "Error::Api", "refused");
    rest.behaviour(
        "statuses that say that a request was not carried out",
        refused.collect::<Vec<_>>().join(", "),
    );
    nodes.push(rest);
    nodes
}

/// The variables of servers that operations have of their own.
fn of_operations(sdk: &Sdk) -> impl Iterator<Item = Node> {
    sdk.operation_variables.iter().map(|name| {
        let path = format!("ClientBuilder::server_variable({name:?}) of operations");
        let mut node = Node::new(Kind::ServerVariable, path, format!("of operations {name}"));
        let operations = sdk.resources.iter().flat_map(|it| &it.operations);
        let having = operations.filter(|it| {
            let mut variables = it.server.iter().flat_map(|it| &it.variables);
            variables.any(|it| it.name == *name)
        });
        node.places = having.flat_map(servers).collect();
        node
    })
}

fn environment(environment: &Environment) -> Node {
    let Environment {
        name,
        url,
        variables,
        token_url,
        server,
        docs,
    } = environment;
    let path = format!("Environment::{name}");
    let mut node = Node::new(Kind::Environment, &path, name);
    node.identity = Some(url.clone());
    let servers = ItemPlace::at(&["servers"]);
    node.places = match server {
        Some(number) => vec![servers.inside(&[&number.to_string()])],
        None => vec![servers],
    };
    node.meaning("its URL", called(url, variables));
    if let Some(url) = token_url {
        node.meaning("the URL of tokens", url);
    }
    node.docs.clone_from(&docs.0);
    let variables = variables.iter();
    node.children
        .extend(variables.map(|it| variable(it, &path, &node.places)));
    node
}

/// The address that is called where a program says nothing else. Requests have one `/` behind it, whether it ends with one or not.
fn called(url: &str, variables: &[ServerVariable]) -> String {
    let variables = variables.iter();
    let url = variables.fold(url.to_owned(), |url, variable| {
        url.replace(&format!("{{{}}}", variable.name), &variable.initial())
    });
    match url.trim_end_matches('/') {
        "" => url,
        rest => rest.to_owned(),
    }
}

pub(super) fn variable(variable: &ServerVariable, owner: &str, servers: &[ItemPlace]) -> Node {
    let ServerVariable {
        name,
        default: _, // by `initial`
        allowed,
        docs,
    } = variable;
    let path = format!("{owner} (server variable {name:?})");
    let mut node = Node::new(Kind::ServerVariable, path, name);
    node.meaning("its default", variable.initial());
    let mut allowed = allowed.clone();
    allowed.sort();
    node.behaviour("the values that it may have", allowed.join(", "));
    node.docs.clone_from(&docs.0);
    let inside = |server: &ItemPlace| server.inside(&["variables", name]);
    node.places = servers.iter().map(inside).collect();
    node
}

fn scheme(scheme: &SecurityScheme) -> Node {
    let SecurityScheme {
        method,
        wire,
        kind,
        docs,
    } = scheme;
    let place = ItemPlace::at(&["components", "securitySchemes", wire]);
    let (what, signature, meaning) = match kind {
        SecurityKind::ApiKey { location, name } => (
            Kind::Credentials,
            "(key: impl Into<Secret>)",
            super::wire::sent_in(*location, name),
        ),
        SecurityKind::HttpBasic => (
            Kind::Credentials,
            "(user: impl Into<String>, password: impl Into<Secret>)",
            "basic".to_owned(),
        ),
        SecurityKind::Bearer => (
            Kind::Credentials,
            "(token: impl Into<Token>)",
            "bearer".to_owned(),
        ),
        SecurityKind::ClientCredentials { token_url } => (
            Kind::Credentials,
            "(client_id: impl Into<String>, client_secret: impl Into<Secret>)",
            format!(
                "tokens of {}",
                token_url.as_deref().unwrap_or("the environment")
            ),
        ),
        SecurityKind::MutualTls => (Kind::OtherScheme, "", "mutual TLS".to_owned()),
        SecurityKind::HttpOther { scheme } => (
            Kind::Credentials,
            "(credentials: impl Into<Secret>)",
            format!("the scheme {}", scheme.to_ascii_lowercase()),
        ),
    };
    let mut node = Node::new(what, format!("ClientBuilder::{method}"), method);
    node.identity = Some(wire.clone());
    node.signature = Signature {
        shown: signature.to_owned(),
        ..Signature::word(callable(signature))
    };
    node.meaning("how it authenticates", meaning);
    node.docs.clone_from(&docs.0);
    node.places = vec![place];
    node
}

/// A signature without the names of arguments, which callers do not write.
fn callable(signature: &str) -> String {
    let arguments = signature.split(", ");
    let types = arguments.map(|it| it.split_once(": ").map_or(it, |(_, ty)| ty));
    let types: Vec<&str> = types.map(|it| it.trim_end_matches(')')).collect();
    types.join(", ")
}

/// The operations that ask for a scope, and what has a header: operations, in answers, and events.
#[derive(Default)]
struct Users {
    scopes: HashMap<String, Vec<ItemPlace>>,
    headers: HashMap<String, Vec<ItemPlace>>,
}

impl Users {
    fn of(sdk: &Sdk) -> Users {
        let mut users = Users::default();
        let groups = sdk.resources.iter().chain(&sdk.received);
        for operation in groups.flat_map(|it| &it.operations) {
            let place = ItemPlace::of_api(&operation.pointer);
            let scopes = operation.scopes.iter().filter_map(|it| sdk.scopes.get(*it));
            for scope in scopes {
                let of_scope = users.scopes.entry(scope.wire.clone()).or_default();
                of_scope.push(place.inside(&["security"]));
            }
            for header in &operation.response_headers {
                let of_header = users.headers.entry(header.name.to_ascii_lowercase());
                of_header.or_default().push(place.inside(&["responses"]));
            }
        }
        for kind in sdk.events.iter().flat_map(|events| &events.kinds) {
            for header in &kind.headers {
                let of_header = users.headers.entry(header.name.to_ascii_lowercase());
                let of_header = of_header.or_default();
                for channel in &kind.channels {
                    let channel_place = ItemPlace::of_events(&["channels", channel]);
                    // Traits may have it, where it is known by its name.
                    let named = ["headers", "properties", &header.name];
                    of_header.push(channel_place.inside(&named));
                    of_header.push(channel_place);
                    of_header.push(ItemPlace::at(&["webhooks", channel]));
                }
            }
        }
        users
    }
}

fn scope(scope: &Scope, users: &Users) -> Node {
    let Scope { name, wire, docs } = scope;
    let mut node = Node::new(Kind::Scope, format!("Scope::{name}"), name);
    node.identity = Some(wire.clone());
    node.meaning("the scope", wire);
    node.docs.clone_from(&docs.0);
    node.places = users.scopes.get(wire).cloned().unwrap_or_default();
    let defined = ItemPlace::at(&["components", "securitySchemes"]);
    node.places.push(defined);
    node
}

fn header(sources: &Sources<'_>, header: &Header, users: &Users) -> Node {
    let Header {
        name,
        wire,
        ty,
        // No program sees the way in which it is written.
        explode: _,
        docs,
    } = header;
    let scope = sources.scope;
    let mut node = Node::new(Kind::Header, format!("headers::{name}"), name);
    // RFC 9110, 5.1: names of fields are case-insensitive.
    let wire = wire.to_ascii_lowercase();
    node.places = users.headers.get(&wire).cloned().unwrap_or_default();
    node.identity = Some(wire.clone());
    node.meaning("the header", wire);
    node.signature = Signature {
        shown: format!("Header<{}>", scope.shown(ty)),
        parts: vec![scope.part(ty, false)],
    };
    node.docs.clone_from(&docs.0);
    node
}

/// The properties that errors are read from.
fn errors(sdk: &Sdk) -> Vec<Node> {
    let ErrorShape {
        code,
        message,
        request_id,
    } = &sdk.errors;
    let each = [
        ("code", code),
        ("message", message),
        ("request_id", request_id),
    ];
    let each = each.into_iter().filter_map(|(name, property)| {
        let mut node = Node::new(Kind::ErrorProperty, format!("ApiError::{name}"), name);
        let property = property.as_ref()?;
        node.meaning
            .insert("the property".to_owned(), Fact::new(property));
        node.places = of_errors(sdk, property);
        Some(node)
    });
    each.collect()
}

/// The places of a property of errors, and those of the errors themselves.
fn of_errors(sdk: &Sdk, property: &str) -> Vec<ItemPlace> {
    let operations = || sdk.resources.iter().flat_map(|it| &it.operations);
    let bodies = operations().flat_map(|it| &it.errors);
    let ids: BTreeSet<TypeId> = bodies
        .filter_map(|error| match error.payload {
            Some(Payload::Json(TypeRef::Named(id))) => Some(id),
            _ => None,
        })
        .collect();
    let types = || ids.iter().filter_map(|id| sdk.types.get(id.0));
    let mut places: Vec<ItemPlace> = types().flat_map(|ty| of_property(ty, property)).collect();
    places.extend(types().flat_map(|ty| ty.places.iter().flatten().map(place)));
    places.extend(operations().map(|it| ItemPlace::of_api(&it.pointer).inside(&["responses"])));
    places
}
