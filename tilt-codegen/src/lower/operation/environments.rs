//! Environments, as configured or as the document's servers: what they are called, and the variables
//! in their URLs.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{self, Setting, pattern};
use crate::diagnostic::Code;
use crate::dialect::openapi::{Api, Server};
use crate::identifier::{self, Order};
use crate::lower::context::Context;
use crate::lower::schema::describe;
use crate::model::{Environment, ServerVariable};

/// The environments: as configured, or the document's servers.
pub(in crate::lower) fn of_api(
    servers: &[Server],
    config: &[config::EnvironmentSettings],
    previous: &BTreeMap<String, String>,
) -> Vec<Environment> {
    if !config.is_empty() {
        return config
            .iter()
            .map(|environment| Environment {
                name: identifier::environment_name(&environment.name),
                url: environment.api.clone(),
                variables: Vec::new(),
                token_url: environment.token.clone(),
                docs: describe::text(&environment.description),
            })
            .collect();
    }
    let wires: Vec<String> = servers.iter().enumerate().map(server_label).collect();
    let unique = identifier::unique(
        wires.iter().map(String::as_str),
        |at| previous.get(&servers[at].url).cloned(),
        |wire| vec![identifier::environment_name(wire)],
        Order::Given,
    );
    servers
        .iter()
        .zip(unique)
        .map(|(server, name)| Environment {
            name,
            url: server.url.clone(),
            variables: server_variables(server),
            token_url: None,
            docs: server
                .description
                .as_deref()
                .map(describe::text)
                .unwrap_or_default(),
        })
        .collect()
}

/// Reports environments that are no server of the document, where it has servers.
pub(in crate::lower) fn check(context: &mut Context<'_>, api: &Api<'_>) {
    let servers = api.servers.iter().map(|server| server.url.as_str());
    // One without a host is a path on whatever serves the document.
    let servers: Vec<String> = servers
        .filter(|url| url.contains("://"))
        .map(pattern_of)
        .collect();
    for (index, environment) in context.config.environments.iter().enumerate() {
        let url = pattern_of(&environment.api);
        let is_there = |server: &String| pattern::matches(server, &url);
        if servers.is_empty() || servers.iter().any(is_there) {
            continue;
        }
        let message = format!(
            "the document has servers, and none of them is {}",
            environment.api.escape_debug()
        );
        let help = "correct `api` in [[environments]], or see whether the API has moved".to_owned();
        let setting = Setting::Environment(index, "api");
        context.at_setting(setting, Code::UNMATCHED_ENVIRONMENT, message, help);
    }
}

/// A URL with `*` in place of each variable, and without a slash at its end.
fn pattern_of(url: &str) -> String {
    let mut out = String::new();
    let mut rest = url.trim_end_matches('/');
    while let Some((before, (_, behind))) = rest
        .split_once('{')
        .and_then(|(before, from)| Some((before, from.split_once('}')?)))
    {
        out.push_str(before);
        out.push('*');
        rest = behind;
    }
    out + rest
}

/// The variables of a server's URL.
pub(in crate::lower) fn server_variables(server: &Server) -> Vec<ServerVariable> {
    let variables = server.variables.iter();
    let variables = variables.map(|variable| ServerVariable {
        name: variable.name.clone(),
        default: variable.default.clone(),
        allowed: variable.allowed.clone(),
        docs: variable
            .description
            .as_deref()
            .map(describe::text)
            .unwrap_or_default(),
    });
    variables.collect()
}

/// The names of the variables that the operations' own servers have.
pub(in crate::lower) fn own_variables<'o>(
    operations: impl Iterator<Item = &'o crate::model::Operation>,
) -> BTreeSet<String> {
    let servers = operations.filter_map(|operation| operation.server.as_ref());
    let variables = servers.flat_map(|server| &server.variables);
    variables.map(|variable| variable.name.clone()).collect()
}

/// The name of a server: a short description, a telling word in it or in the URL, or `Default`
/// for the first.
fn server_label((index, server): (usize, &Server)) -> String {
    /// The words of a framework, which says them of all servers.
    const NO_WORDS: &str = "Generated server url";
    let description = server.description.as_deref();
    let description = description.filter(|it| *it != NO_WORDS).unwrap_or_default();
    let haystack = format!("{description} {}", server.url).to_lowercase();
    let labels = [
        ("sandbox", "Sandbox"),
        ("staging", "Staging"),
        ("production", "Production"),
        ("development", "Development"),
        ("localhost", "Local"),
        ("mock", "Mock"),
        ("test", "Test"),
        ("live", "Live"),
        ("prod", "Production"),
        ("dev", "Development"),
    ];
    let text = haystack.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = text.collect();
    if let Some((_, label)) = labels.iter().find(|(word, _)| words.contains(word)) {
        return (*label).to_owned();
    }
    let count = description.split_whitespace().count();
    let plain = description.chars().all(|c| c.is_alphanumeric() || c == ' ');
    if (1..=3).contains(&count) && plain {
        description.to_owned()
    } else if index == 0 {
        "Default".to_owned()
    } else {
        format!("Server{}", index + 1)
    }
}
