//! Environments, as configured or as the document's servers: what they are called, and the variables
//! in their URLs.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::config::{self, Setting, pattern};
use crate::diagnostic::Code;
use crate::dialect::SecuritySchemeKind;
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
                server: None,
                docs: describe::text(&environment.description),
            })
            .collect();
    }
    let wires = labels(servers);
    let unique = identifier::unique(
        wires.iter().map(String::as_str),
        |at| previous.get(&servers[at].url).cloned(),
        |wire| {
            // One that comes before the others has none of their names.
            let plain = identifier::environment_name(wire);
            let stem = match is_numbered(wire) {
                true => "Server",
                false => &plain,
            };
            // Of many, one of the two last is free, unless those of before went.
            let few = 2..=servers.len().min(MOST_TRIED);
            let last = [servers.len(), servers.len() + 1];
            let others: Vec<String> = few
                .chain(last)
                .map(|number| format!("{stem}{number}"))
                .collect();
            [plain].into_iter().chain(others).collect()
        },
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
            server: Some(server.at),
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
    check_tokens(context, api);
}

/// Reports the first `token` where the document has token endpoints and no environment has one of them. A document names
/// the endpoint of one environment, as a rule, so that one in common is enough.
fn check_tokens(context: &mut Context<'_>, api: &Api<'_>) {
    let flows = api
        .security_schemes
        .iter()
        .filter_map(|scheme| match &scheme.kind {
            SecuritySchemeKind::OAuth2 { flows } => Some(flows),
            _ => None,
        });
    let minting = flows.flatten().filter(|flow| flow.client_credentials);
    // One without a host is a path of each environment.
    let stated: Vec<&str> = minting
        .filter_map(|flow| flow.token_url.as_deref())
        .filter(|url| url.contains("://"))
        .collect();
    let plain = |url: &str| url.trim_end_matches('/').to_owned();
    let environments = context.config.environments.iter().enumerate();
    let tokens: Vec<(usize, &str)> = environments
        .filter_map(|(index, environment)| Some((index, environment.token.as_deref()?)))
        .collect();
    let is_stated = |token: &str| stated.iter().any(|url| plain(url) == plain(token));
    let (Some(url), Some((first, _))) = (stated.first(), tokens.first()) else {
        return;
    };
    if tokens.iter().any(|(_, token)| is_stated(token)) {
        return;
    }
    let message = format!(
        "the document says that tokens come from {}, and no environment has them from there",
        url.escape_debug()
    );
    let help = "correct `token` in [[environments]], or see whether the token endpoint has moved"
        .to_owned();
    let setting = Setting::Environment(*first, "token");
    context.at_setting(setting, Code::UNMATCHED_ENVIRONMENT, message, help);
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

/// The names of servers. Those that would have one of another have a word of their own behind it: `Test` and `TestAsync`.
fn labels(servers: &[Server]) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    // The words of all that have a label.
    let mut said: BTreeMap<String, HashSet<String>> = BTreeMap::new();
    for (index, server) in servers.iter().enumerate() {
        let label = server_label((index, server));
        let words = identifier::words(&server.url);
        let before = said.entry(label.clone()).or_default();
        let is_own =
            |word: &&String| !before.contains(*word) && word.chars().all(char::is_alphabetic);
        let own = words.iter().find(is_own).filter(|_| !before.is_empty());
        labels.push(match own {
            Some(own) => format!("{label} {own}"),
            None => label,
        });
        before.extend(words);
    }
    labels
}

/// The name of a server: a short description, a telling word in it or in the URL, or [`FIRST`].
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
        FIRST.to_owned()
    } else {
        format!("Server{}", index + 1)
    }
}

/// So many numbers are tried for a name, so that the work for many servers grows no faster than they do.
const MOST_TRIED: usize = 8;

/// The first of the servers that have no name.
const FIRST: &str = "Default";

/// Whether a server is called by its place alone.
fn is_numbered(label: &str) -> bool {
    let number = label.strip_prefix("Server").unwrap_or_default();
    label == FIRST || number.parse::<usize>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_that_would_have_one_name_are_told_by_their_words_or_numbers() {
        let server = |url: &str| Server {
            at: 0,
            url: url.to_owned(),
            description: None,
            variables: Vec::new(),
        };
        let names = |servers: &[Server], previous: &BTreeMap<String, String>| -> Vec<String> {
            let environments = of_api(servers, &[], previous);
            environments.into_iter().map(|it| it.name).collect()
        };
        let (first, second) = (server("https://a.example"), server("https://b.example"));
        let kept = BTreeMap::from([
            (first.url.clone(), "Default".to_owned()),
            (second.url.clone(), "Server2".to_owned()),
        ]);
        let grown = [server("https://new.example"), first, second];
        assert_eq!(names(&grown, &kept), ["Server3", "Default", "Server2"]);
        let tests = ["sync", "async"].map(|end| server(&format!("https://test.example/{end}")));
        assert_eq!(names(&tests, &BTreeMap::new()), ["Test", "TestAsync"]);
        let kept = BTreeMap::from([(tests[1].url.clone(), "Test".to_owned())]);
        assert_eq!(names(&tests, &kept), ["Test2", "Test"]);
        assert_eq!(
            names(&grown, &BTreeMap::new()),
            ["Default", "Server2", "Server3"]
        );
    }
}
