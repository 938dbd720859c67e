//! Authentication: which kind each scheme of the document is for the client, the builder's methods that take
//! credentials, scopes, and what each operation needs. The kinds: `model/security.rs`; how a document spells them:
//! `dialect/security.rs`.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::config::{self, Setting};
use crate::diagnostic::{Code, Problem};
use crate::dialect::openapi::{Api, Operation};
use crate::dialect::{SecurityScheme as SpecScheme, SecuritySchemeKind};
use crate::identifier::{self, Order};
use crate::lock::Names;
use crate::lower::context::Context;
use crate::lower::operation::authorization;
use crate::lower::schema::describe;
use crate::model::{Docs, Location, Scope, SecurityAlternative, SecurityKind, SecurityScheme};

/// Schemes and scopes of an API.
pub(in crate::lower) struct Security {
    pub schemes: Vec<SecurityScheme>,
    pub scopes: Vec<Scope>,
    /// The scheme that all operations without a requirement of their own take, if the
    /// configuration says that there is one.
    assumed: Option<usize>,
    /// The schemes of a document that never says which operations take them: each of them may, and none has to.
    unstated: Vec<usize>,
    scheme_indexes: HashMap<String, usize>,
    scope_indexes: HashMap<String, usize>,
}

/// The credentials that one operation asks for.
#[derive(Default)]
pub(in crate::lower) struct Required {
    pub alternatives: Vec<SecurityAlternative>,
    pub scopes: Vec<usize>,
}

pub(in crate::lower) fn security(
    api: &Api<'_>,
    config: &config::Auth,
    previous: &Names,
) -> Security {
    let mut schemes: Vec<SecurityScheme> = api.security_schemes.iter().map(self::scheme).collect();
    let assumed = config
        .client_credentials
        .then(|| assume_client_credentials(&mut schemes));
    name_methods(&mut schemes, &previous.security);
    let unstated = match (api.unstated_security, assumed) {
        (Some(_), None) => (0..schemes.len())
            .filter(|at| schemes[*at].is_given())
            .collect(),
        _ => Vec::new(),
    };
    let scopes = scopes(&scope_texts(api, config), &previous.scopes);
    let mut scheme_indexes = HashMap::new();
    for (index, scheme) in schemes.iter().enumerate() {
        scheme_indexes.entry(scheme.wire.clone()).or_insert(index);
    }
    let scope_indexes = scopes.iter().enumerate();
    let scope_indexes = scope_indexes.map(|(index, scope)| (scope.wire.clone(), index));
    Security {
        scope_indexes: scope_indexes.collect(),
        schemes,
        scopes,
        assumed,
        unstated,
        scheme_indexes,
    }
}

/// Reports schemes of which nothing says where they are taken.
pub(in crate::lower) fn report_unstated(
    context: &mut Context<'_>,
    api: &Api<'_>,
    security: &Security,
) {
    let Some(at) = api.unstated_security else {
        return;
    };
    let named = security.unstated.iter();
    let named: Vec<_> = named
        .map(|at| security.schemes[*at].wire.as_str())
        .collect();
    if !named.is_empty() && !api.operations.is_empty() {
        let message = format!(
            "nothing says which operations take `{}`: what the client is given is sent with each",
            named.join("` or `")
        );
        context
            .problems
            .push(Problem::new(Code::UNSTATED_SECURITY, at, message));
    }
}

/// Reports scopes of the settings that nothing in the document is about, where it is about any.
pub(in crate::lower) fn check_scopes(
    context: &mut Context<'_>,
    api: &Api<'_>,
    security: &Security,
) {
    let mut stated = scope_texts(api, &config::Auth::default());
    let operations = api.operations.iter();
    let mentioned = operations.flat_map(|operation| security.mentioned(operation));
    let mentioned = mentioned.map(|index| security.scopes[index].wire.clone());
    stated.extend(mentioned.map(|wire| (wire, String::new())));
    let scopes = &context.config.auth.scopes;
    let unknown = scopes.keys().filter(|wire| !stated.contains_key(*wire));
    for wire in unknown.filter(|_| !stated.is_empty()) {
        let message = format!(
            "the document lists scopes, and none of them is `{}`",
            wire.escape_debug()
        );
        let help = "correct it, or take it out of [auth.scopes]".to_owned();
        context.at_setting(Setting::Scope(wire), Code::UNMATCHED_SCOPE, message, help);
    }
}

/// All scopes that the configuration, a flow or a requirement names, with their descriptions.
fn scope_texts(api: &Api<'_>, config: &config::Auth) -> BTreeMap<String, String> {
    let mut texts = config.scopes.clone();
    let mut with_scopes: HashSet<&str> = HashSet::new();
    for scheme in &api.security_schemes {
        match &scheme.kind {
            SecuritySchemeKind::OAuth2 { flows } => {
                with_scopes.insert(scheme.name);
                for (name, text) in flows.iter().flat_map(|flow| &flow.scopes) {
                    texts.entry(name.clone()).or_insert_with(|| text.clone());
                }
            }
            SecuritySchemeKind::OpenIdConnect => {
                with_scopes.insert(scheme.name);
            }
            _ => {}
        }
    }
    let operations = api.operations.iter();
    let requirements = operations.flat_map(|operation| &operation.security);
    for (scheme, scopes) in requirements.flatten() {
        if with_scopes.contains(scheme.as_str()) {
            for scope in scopes {
                texts.entry(scope.clone()).or_default();
            }
        }
    }
    texts
}

fn scopes(texts: &BTreeMap<String, String>, previous: &BTreeMap<String, String>) -> Vec<Scope> {
    let wires: Vec<&str> = texts.keys().map(String::as_str).collect();
    let unique = identifier::unique(
        wires.iter().copied(),
        |at| previous.get(wires[at]).cloned(),
        |wire| vec![scope_name(wire)],
        Order::Text,
    );
    texts
        .iter()
        .zip(unique)
        .map(|((wire, text), name)| Scope {
            name,
            wire: wire.clone(),
            docs: describe::text(text),
        })
        .collect()
}

/// `tilt/payments:create` is `PaymentsCreate`: what stands before the last slash says whose it is.
fn scope_name(wire: &str) -> String {
    let own = wire
        .rsplit('/')
        .find(|part| !part.is_empty())
        .unwrap_or(wire);
    identifier::variant_name(own)
}

fn scheme(spec: &SpecScheme<'_>) -> SecurityScheme {
    let kind = match &spec.kind {
        SecuritySchemeKind::ApiKey { location, name } => SecurityKind::ApiKey {
            location: *location,
            name: name.clone(),
        },
        // The names of schemes have no case (RFC 9110, section 11.1), but not every server knows.
        SecuritySchemeKind::Http { scheme } => match scheme.to_ascii_lowercase().as_str() {
            "basic" => SecurityKind::HttpBasic,
            "bearer" => SecurityKind::Bearer,
            _ => SecurityKind::HttpOther {
                scheme: scheme.clone(),
            },
        },
        SecuritySchemeKind::OAuth2 { flows } => {
            match flows.iter().find(|flow| flow.client_credentials) {
                Some(flow) => SecurityKind::ClientCredentials {
                    token_url: flow.token_url.clone().filter(|url| !url.is_empty()),
                },
                None => SecurityKind::Bearer,
            }
        }
        SecuritySchemeKind::OpenIdConnect => SecurityKind::Bearer,
        SecuritySchemeKind::MutualTls => SecurityKind::MutualTls,
    };
    SecurityScheme {
        method: String::new(),
        wire: spec.name.to_owned(),
        kind,
        docs: spec
            .description
            .as_deref()
            .map(describe::text)
            .unwrap_or_default(),
    }
}

/// The configuration knows that tokens come from client credentials, though the document may only
/// speak of bearer tokens, or of nothing.
fn assume_client_credentials(schemes: &mut Vec<SecurityScheme>) -> usize {
    let of =
        |wanted: fn(&SecurityKind) -> bool| move |scheme: &SecurityScheme| wanted(&scheme.kind);
    let credentials = of(|kind| matches!(kind, SecurityKind::ClientCredentials { .. }));
    if let Some(index) = schemes.iter().position(credentials) {
        return index;
    }
    let bearer = of(|kind| match kind {
        SecurityKind::Bearer => true,
        // A bearer token, in the words of documents that know only API keys.
        SecurityKind::ApiKey { location, name } => {
            *location == Location::Header && name.eq_ignore_ascii_case("authorization")
        }
        _ => false,
    });
    if let Some(index) = schemes.iter().position(bearer) {
        schemes[index].kind = SecurityKind::ClientCredentials { token_url: None };
        return index;
    }
    schemes.push(SecurityScheme {
        method: String::new(),
        wire: "oauth2".to_owned(),
        kind: SecurityKind::ClientCredentials { token_url: None },
        docs: Docs::default(),
    });
    schemes.len() - 1
}

fn name_methods(schemes: &mut [SecurityScheme], previous: &BTreeMap<String, String>) {
    let credentials =
        |scheme: &SecurityScheme| matches!(scheme.kind, SecurityKind::ClientCredentials { .. });
    let is_known = |scheme: &SecurityScheme| {
        credentials(scheme)
            && previous
                .get(&scheme.wire)
                .is_some_and(|name| name == identifier::CLIENT_CREDENTIALS)
    };
    let first = schemes.iter().position(is_known);
    let first = first.or_else(|| schemes.iter().position(credentials));
    let unique = identifier::unique(
        schemes.iter().map(|scheme| scheme.wire.as_str()),
        |at| {
            let name = previous.get(&schemes[at].wire)?;
            let is_free = !identifier::NameKind::Credential.reserves(name);
            is_free.then(|| identifier::escape_keyword(name.clone()))
        },
        |wire| vec![identifier::credential_name(wire)],
        Order::Text,
    );
    for (index, (scheme, method)) in schemes.iter_mut().zip(unique).enumerate() {
        scheme.method = if Some(index) == first {
            identifier::CLIENT_CREDENTIALS.to_owned()
        } else {
            method
        };
    }
}

impl Security {
    /// The scheme that the document calls so.
    pub(in crate::lower) fn scheme(&self, wire: &str) -> Option<&SecurityScheme> {
        self.scheme_indexes
            .get(wire)
            .map(|index| &self.schemes[*index])
    }

    pub(in crate::lower) fn of_operation(&self, operation: &Operation<'_>) -> Required {
        let scope = |wire: &String| self.scope_indexes.get(wire).copied();
        let mentioned = self.mentioned(operation);
        let mut alternatives: Vec<SecurityAlternative> = operation
            .security
            .iter()
            .filter_map(|requirement| {
                let schemes = requirement.iter().map(|(name, scopes)| {
                    let index = *self.scheme_indexes.get(name)?;
                    let mut scopes: Vec<usize> = scopes.iter().filter_map(scope).collect();
                    if let SecurityKind::ClientCredentials { .. } = self.schemes[index].kind {
                        let listed: HashSet<usize> = scopes.iter().copied().collect();
                        let more = mentioned.iter().filter(|scope| !listed.contains(scope));
                        scopes.extend(more);
                        scopes.sort_unstable();
                    }
                    Some((index, scopes))
                });
                // A requirement that names no defined scheme cannot be met by the client.
                Some(SecurityAlternative {
                    schemes: schemes.collect::<Option<_>>()?,
                })
            })
            .flat_map(|alternative| authorization::apart(alternative, &self.schemes))
            .collect();
        if alternatives.is_empty()
            && let Some(assumed) = self.assumed
        {
            alternatives.push(SecurityAlternative {
                schemes: vec![(assumed, mentioned.clone())],
            });
        }
        if alternatives.is_empty() && !self.unstated.is_empty() {
            let each = self.unstated.iter().map(|at| vec![(*at, Vec::new())]);
            let each = each.chain([Vec::new()]);
            alternatives.extend(each.map(|schemes| SecurityAlternative { schemes }));
        }
        let mut scopes = mentioned;
        if let Some(first) = alternatives.first() {
            scopes.extend(first.schemes.iter().flat_map(|(_, scopes)| scopes));
        }
        scopes.sort_unstable();
        scopes.dedup();
        Required {
            alternatives,
            scopes,
        }
    }

    /// Scopes that the operation's text names, with or without what stands before the slash.
    fn mentioned(&self, operation: &Operation<'_>) -> Vec<usize> {
        if self.assumed.is_none() {
            return Vec::new();
        }
        let text = [
            operation.summary.as_deref(),
            operation.description.as_deref(),
        ];
        let text = text.into_iter().flatten().collect::<Vec<_>>().join("\n");
        let part_of_scope = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '-');
        let words: HashSet<&str> = text
            .split(|c: char| !part_of_scope(c) && c != '/')
            .map(|word| word.trim_matches([':', '-']))
            .collect();
        let scopes = self.scopes.iter().enumerate();
        scopes
            .filter(|(_, scope)| {
                let short = scope.wire.rsplit('/').next().unwrap_or(&scope.wire);
                words.contains(scope.wire.as_str()) || words.contains(short)
            })
            .map(|(index, _)| index)
            .collect()
    }
}
