//! Security schemes and requirements, of OpenAPI and AsyncAPI, as they are written: which kinds of scheme there
//! are, and which no client can use.

use serde_json::json;

use crate::diagnostic::{Code, Problem, Problems};
use crate::model::Location;
use crate::source::{Documents, Node};

use super::shell;

/// A security scheme under its name.
#[derive(Debug, Clone)]
pub(crate) struct SecurityScheme<'d> {
    pub node: Node<'d>,
    pub name: &'d str,
    pub(crate) description: Option<String>,
    pub kind: SecuritySchemeKind,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SecuritySchemeKind {
    ApiKey { location: Location, name: String },
    Http { scheme: String },
    OAuth2 { flows: Vec<Flow> },
    OpenIdConnect,
    MutualTls,
}

/// An OAuth2 flow.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Flow {
    pub client_credentials: bool,
    pub token_url: Option<String>,
    /// Name and description, sorted by name.
    pub scopes: Vec<(String, String)>,
}

/// One alternative: all of these schemes, with their scopes, sorted by name.
pub(crate) type Requirement = Vec<(String, Vec<String>)>;

/// All schemes of a `securitySchemes` map, sorted by name.
pub(super) fn schemes<'d>(
    documents: &'d Documents,
    map: Option<Node<'d>>,
    problems: &mut Problems,
) -> Vec<SecurityScheme<'d>> {
    let mut schemes: Vec<_> = map
        .into_iter()
        .flat_map(|map| map.members())
        .filter_map(|(name, node)| {
            let node = match documents.follow(node) {
                Ok(node) => node,
                Err(error) => {
                    problems.push(Problem::new(
                        Code::UNRESOLVED_REFERENCE,
                        node,
                        format!("security scheme `{name}`: {error}"),
                    ));
                    return None;
                }
            };
            scheme(name, node, problems)
        })
        .collect();
    schemes.sort_by(|a, b| a.name.cmp(b.name));
    schemes
}

fn scheme<'d>(
    name: &'d str,
    node: Node<'d>,
    problems: &mut Problems,
) -> Option<SecurityScheme<'d>> {
    let ty = node.get("type").and_then(|ty| ty.as_str()).unwrap_or("");
    let kind = match ty {
        "apiKey" | "httpApiKey" => api_key(node, problems),
        "http" => Some(http(node, problems)),
        // Swagger 2 habit.
        "basic" => Some(SecuritySchemeKind::Http {
            scheme: "basic".to_owned(),
        }),
        "userPassword" => Some(SecuritySchemeKind::Http {
            scheme: "basic".to_owned(),
        }),
        "oauth2" => {
            if let Some(at) = node
                .get("flows")
                .and_then(|it| it.get("deviceAuthorization"))
            {
                let message = "a device is not authorized by the SDK: callers give the token that this flow ends with";
                problems.push(Problem::new(Code::UNSUPPORTED_MEMBER, at, message));
            }
            Some(SecuritySchemeKind::OAuth2 { flows: flows(node) })
        }
        "openIdConnect" => Some(SecuritySchemeKind::OpenIdConnect),
        "mutualTLS" | "X509" => Some(SecuritySchemeKind::MutualTls),
        _ => None,
    };
    let Some(kind) = kind else {
        problems.push(Problem::new(
            Code::UNSUPPORTED_SECURITY_SCHEME,
            node,
            format!("security scheme `{name}` of type `{ty}` is not one the SDK can use"),
        ));
        return None;
    };
    let description = node
        .get("description")
        .and_then(|text| text.as_str())
        .map(str::to_owned);
    Some(SecurityScheme {
        node,
        name,
        description,
        kind,
    })
}

fn api_key(node: Node<'_>, problems: &mut Problems) -> Option<SecuritySchemeKind> {
    let read: openapiv3::SecurityScheme = shell::read(
        node,
        "API key scheme",
        &["in", "name"],
        json!({"type": "apiKey", "in": "header", "name": ""}),
        problems,
    )?;
    let openapiv3::SecurityScheme::APIKey { location, name, .. } = read else {
        return None;
    };
    if name.is_empty() {
        return None;
    }
    let location = match location {
        openapiv3::APIKeyLocation::Query => Location::Query,
        openapiv3::APIKeyLocation::Header => Location::Header,
        openapiv3::APIKeyLocation::Cookie => Location::Cookie,
    };
    Some(SecuritySchemeKind::ApiKey { location, name })
}

fn http(node: Node<'_>, problems: &mut Problems) -> SecuritySchemeKind {
    let read: Option<openapiv3::SecurityScheme> = shell::read(
        node,
        "HTTP security scheme",
        &["scheme"],
        json!({"type": "http", "scheme": "bearer"}),
        problems,
    );
    match read {
        Some(openapiv3::SecurityScheme::HTTP { scheme, .. }) => SecuritySchemeKind::Http { scheme },
        _ => SecuritySchemeKind::Http {
            scheme: "bearer".to_owned(),
        },
    }
}

fn flows(node: Node<'_>) -> Vec<Flow> {
    let mut flows: Vec<(&str, Flow)> = node
        .get("flows")
        .into_iter()
        .flat_map(|flows| flows.members())
        .filter(|(name, flow)| !name.starts_with("x-") && flow.value.is_object())
        .map(|(name, flow)| {
            let scopes = flow.get("scopes").or_else(|| flow.get("availableScopes"));
            let mut scopes: Vec<(String, String)> = scopes
                .into_iter()
                .flat_map(|scopes| scopes.members())
                .map(|(scope, text)| {
                    (
                        scope.to_owned(),
                        text.as_str().unwrap_or_default().to_owned(),
                    )
                })
                .collect();
            scopes.sort();
            let token_url = flow
                .get("tokenUrl")
                .and_then(|url| url.as_str())
                .map(str::to_owned);
            let client_credentials = matches!(name, "clientCredentials" | "application");
            (
                name,
                Flow {
                    client_credentials,
                    token_url,
                    scopes,
                },
            )
        })
        .collect();
    flows.sort_by(|a, b| a.0.cmp(b.0));
    flows.into_iter().map(|(_, flow)| flow).collect()
}

/// Reads a `security` list; `None` where there is none.
pub(super) fn requirements(
    node: Option<Node<'_>>,
    problems: &mut Problems,
) -> Option<Vec<Requirement>> {
    let list = node?;
    if !list.value.is_array() {
        problems.push(Problem::new(
            Code::MALFORMED_MEMBER,
            list,
            "`security` is ignored: it is not a list of requirements",
        ));
        return None;
    }
    let alternatives = list.elements().map(|alternative| {
        let mut schemes: Requirement = alternative
            .members()
            .map(|(name, scopes)| {
                let scopes = scopes.elements().filter_map(|scope| scope.as_str());
                // OpenAPI 3.2.0, section 4.30: also by reference.
                let component = name.strip_prefix("#/components/securitySchemes/");
                let name = component.unwrap_or(name);
                (name.to_owned(), scopes.map(str::to_owned).collect())
            })
            .collect();
        schemes.sort();
        schemes
    });
    Some(alternatives.collect())
}
