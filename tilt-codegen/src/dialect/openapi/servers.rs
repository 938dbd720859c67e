//! Servers, and the variables in their addresses.

use serde_json::json;

use super::api::{Server, ServerVariable};
use super::reader::ApiReader;
use crate::diagnostic::Code;
use crate::dialect::{members, shell};
use crate::source::Node;

/// The server of a document that has none: the one that the document is from (OpenAPI 3.1.1, section 4.8.1).
const ITSELF: &str = "/";

/// The addresses of servers, where a list of none is that of the default.
fn addresses(servers: &[Server]) -> Vec<&str> {
    match servers {
        [] => vec![ITSELF],
        servers => servers.iter().map(|server| server.url.as_str()).collect(),
    }
}

impl<'d> ApiReader<'d, '_> {
    /// Those of all operations that have no others.
    pub(super) fn servers_of_document(&mut self, root: Node<'d>) -> Vec<Server> {
        let servers = self.servers(root);
        // It says what no list says.
        match addresses(&servers) == [ITSELF] {
            true => Vec::new(),
            false => servers,
        }
    }

    fn servers(&mut self, owner: Node<'d>) -> Vec<Server> {
        members::list(self.documents, owner, "servers", self.problems)
            .enumerate()
            .filter_map(|(at, node)| {
                if !self.copies.whole(node, self.problems) {
                    return None;
                }
                let server: openapiv3::Server = shell::read(
                    node,
                    "server",
                    &["url", "description", "variables"],
                    json!({"url": ""}),
                    self.problems,
                )?;
                let mut variables: Vec<_> = server
                    .variables
                    .into_iter()
                    .flatten()
                    .map(|(name, variable)| ServerVariable {
                        name,
                        default: Some(variable.default),
                        allowed: variable.enumeration,
                        description: variable.description,
                    })
                    .collect();
                self.check_defaults(node, &variables);
                self.add_undeclared(node, &server.url, &mut variables);
                variables.sort_by(|a, b| a.name.cmp(&b.name));
                self.check_end(node, &server.url);
                let url = self.with_scheme(node, server.url);
                Some(Server {
                    at,
                    url,
                    description: server.description,
                    variables,
                })
            })
            .collect()
    }

    /// A URL that leaves its scheme to that of the document: which that was, nobody knows.
    fn with_scheme(&mut self, server: Node<'d>, url: String) -> String {
        if !url.starts_with("//") {
            return url;
        }
        let message = format!("`{url}` has no scheme: it is taken as `https:{url}`");
        self.finding(Code::SERVER_WITHOUT_SCHEME, server, message);
        format!("https:{url}")
    }

    /// A URL that paths are put behind ends with a path (OpenAPI 3.2.0, section 4.6.1).
    fn check_end(&mut self, server: Node<'d>, url: &str) {
        if let Some(end) = url.find(['?', '#']) {
            let message = format!(
                "`{url}` has `{}` behind its path: nothing is sent there",
                &url[end..]
            );
            self.finding(Code::SERVER_WITH_QUERY, server, message);
        }
    }

    /// The default of a server's variable is one of its listed values (OpenAPI 3.1.1, section 4.8.6.1).
    fn check_defaults(&mut self, server: Node<'d>, variables: &[ServerVariable]) {
        for variable in variables {
            let Some(default) = &variable.default else {
                continue;
            };
            if !variable.allowed.is_empty() && !variable.allowed.contains(default) {
                let message = format!(
                    "the default `{default}` of the variable `{}` is none of its values",
                    variable.name
                );
                self.finding(Code::UNLISTED_DEFAULT, server, message);
            }
        }
    }

    /// A variable that is not declared (OpenAPI 3.1.1, section 4.8.5) has no value but the one that a client is given.
    fn add_undeclared(&mut self, server: Node<'d>, url: &str, all: &mut Vec<ServerVariable>) {
        let pieces = url.split('{').skip(1);
        for (name, _) in pieces.filter_map(|piece| piece.split_once('}')) {
            if name.is_empty() || all.iter().any(|it| it.name == name) {
                continue;
            }
            let message =
                format!("the variable `{name}` of `{url}` is not declared: it has no default");
            self.finding(Code::UNDECLARED_SERVER_VARIABLE, server, message);
            all.push(ServerVariable {
                name: name.to_owned(),
                default: None,
                allowed: Vec::new(),
                description: None,
            });
        }
    }

    /// The server of an operation or of its path. Those of the whole document, stated again, are none of its own: its requests
    /// go wherever the client is told to send them.
    pub(super) fn own_server(&mut self, operation: Node<'d>, item: Node<'d>) -> Option<Server> {
        let mut own = self.servers(operation);
        if own.is_empty() {
            own = self.servers(item);
        }
        let is_stated_again = addresses(&own) == addresses(&self.default_servers);
        own.into_iter().next().filter(|_| !is_stated_again)
    }
}
