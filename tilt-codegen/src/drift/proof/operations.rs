//! Kinds of changes of paths and operations.

use super::mutation::*;
use crate::drift::grammar::Kind;
use serde_json::{Value, json};

pub(super) fn mutations() -> Vec<Mutation> {
    let mut all = operations();
    all.extend(new_parameters());
    all.extend(security());
    all.extend(schemes_and_servers());
    all.extend(statuses());
    all.extend(paths());
    all.extend(other_names());
    all.extend(back());
    all
}

fn operations() -> Vec<Mutation> {
    let id = always("api-operation-id-changed", Editorial);
    let is_required = |it: &Value| it["requestBody"]["required"] == true;
    let is_optional = |it: &Value| {
        it["requestBody"].get("$ref").is_none() && it["requestBody"]["required"] != true
    };
    vec![
        on(
            Kind::Operation,
            "operationId",
            reword("operationId"),
            id,
            id,
        ),
        on(
            Kind::Operation,
            "operation deprecated",
            set("deprecated", "true"),
            always("endpoint-deprecated", Warning),
            always("endpoint-reactivated", Editorial),
        ),
        on(
            Kind::Operation,
            "one tag of an operation for another",
            change("tags", |it| one_for_another(it, "zz".into())),
            always("api-tag-replaced", Editorial),
            always("api-tag-replaced", Editorial),
        ),
        on(
            Kind::Operation,
            "tag of an operation",
            change("tags", |it| pushed(it, "zz".into())),
            always("api-tag-added", Editorial),
            always("api-tag-removed", Editorial),
        ),
        on(
            Kind::Operation,
            "required body removed",
            where_(is_required, |it| without(it, "requestBody")),
            always("request-body-removed", Breaking),
            always("request-body-added-required", Breaking),
        ),
        on(
            Kind::Operation,
            "optional body removed",
            where_(is_optional, |it| without(it, "requestBody")),
            always("request-body-removed", Breaking),
            always("request-body-added-optional", Additive),
        ),
    ]
}

fn new_parameters() -> Vec<Mutation> {
    let with_parameter = |parameter: &'static str| {
        move |it: &Value| {
            let list = it.get("parameters").cloned().unwrap_or(json!([]));
            Some(with(it, "parameters", pushed(&list, json(parameter))?))
        }
    };
    let gone = always("request-parameter-removed", Warning);
    let mut all = Vec::new();
    for kind in [Kind::Operation, Kind::PathItem] {
        all.push(on(
            kind,
            format!("optional parameter of {kind:?}"),
            with_parameter(r#"{"name": "zz", "in": "query", "schema": {"type": "string"}}"#),
            always("new-optional-request-parameter", Additive),
            gone,
        ));
        all.push(on(
            kind,
            format!("required parameter of {kind:?}"),
            with_parameter(
                r#"{"name": "Zz", "in": "header", "required": true, "schema": {"type": "string"}}"#,
            ),
            gives("new-required-request-parameter", Breaking, Additive),
            gives(
                "request-parameter-removed|required-parameter-removed",
                Warning,
                Breaking,
            ),
        ));
    }
    all
}

/// With an edit of the first requirement, where there is one.
fn first(edit: impl Fn(&Value) -> Option<Value>) -> impl Fn(&Value) -> Option<Value> {
    change("security", move |list| {
        let mut list = list.as_array()?.clone();
        let first = list.first_mut()?;
        *first = edit(first)?;
        Some(list.into())
    })
}

fn security() -> Vec<Mutation> {
    let is_one = |it: &Value| {
        it["security"]
            .as_array()
            .is_some_and(|list| list.iter().any(|it| it != &json!({})))
    };
    let changed = always("security-changed", Breaking);
    let url = always("token-url-changed", Breaking);
    vec![
        on(
            Kind::Operation,
            "security dropped",
            where_(is_one, change("security", |_| Some(json!([])))),
            gives("api-security-removed", Additive, Breaking),
            gives("api-security-added", Breaking, Additive),
        ),
        on(
            Kind::Operation,
            "scope added",
            first(|it| {
                let (scheme, scopes) = it.as_object()?.iter().next()?;
                Some(with(it, scheme, pushed(scopes, "zz".into())?))
            }),
            gives("api-security-scope-added", Breaking, Additive),
            gives("api-security-scope-removed", Additive, Breaking),
        ),
        on(
            Kind::Operation,
            "other scheme",
            first(|it| renamed(it, it.as_object()?.keys().next()?, "zz")),
            changed,
            changed,
        ),
        on(
            Kind::Operation,
            "alternative scheme",
            where_(
                is_one,
                change("security", |it| pushed(it, json!({"zz": []}))),
            ),
            gives("api-security-alternative-added", Additive, Breaking),
            gives("api-security-alternative-removed", Breaking, Additive),
        ),
        on(Kind::OAuthFlow, "token URL", reword("tokenUrl"), url, url),
        on(
            Kind::OAuthFlow,
            "scope of a flow",
            change("scopes", |it| Some(with(it, "zz", "New.".into()))),
            always("oauth-scope-added", Additive),
            always("oauth-scope-removed", Breaking),
        ),
        on(
            Kind::SecurityScheme,
            "scheme's header",
            reword("name"),
            always("api-security-component-name-changed", Breaking),
            always("api-security-component-name-changed", Breaking),
        ),
    ]
}

fn schemes_and_servers() -> Vec<Mutation> {
    let server = always("api-server-changed", Breaking);
    vec![
        on(
            Kind::SecurityScheme,
            "scheme of HTTP",
            reword("scheme"),
            always("api-security-component-scheme-changed", Breaking),
            always("api-security-component-scheme-changed", Breaking),
        ),
        on(
            Kind::Server,
            "server URL",
            change("url", |it| Some(format!("{}/zz", it.as_str()?).into())),
            server,
            server,
        ),
        on(
            Kind::OpenApi,
            "server",
            change("servers", |it| {
                pushed(it, json!({"url": "https://zz.example"}))
            }),
            always("api-server-added", Additive),
            always("api-server-removed", Breaking),
        ),
    ]
}

fn statuses() -> Vec<Mutation> {
    let error = |it: &Value| -> Option<String> {
        let keys = it.as_object()?.keys();
        keys.rev()
            .find(|key| !key.starts_with('2') && !key.starts_with("x-"))
            .cloned()
    };
    let success = |it: &Value| -> Option<String> {
        let mut keys = it.as_object()?.keys();
        keys.find(|key| key.starts_with('2')).cloned()
    };
    let gone = gives("response-non-success-status-removed", Breaking, Warning);
    let came = always("response-non-success-status-added", Additive);
    let moved = always("response-status-changed", Breaking);
    vec![
        on(
            Kind::Operation,
            "error status added",
            change("responses", |it| {
                Some(with(it, "418", json!({"description": "New."})))
            }),
            came,
            gone,
        )
        .of("responses"),
        on(
            Kind::Operation,
            "error status removed",
            change("responses", move |it| without(it, &error(it)?)),
            gone,
            came,
        )
        .of("responses"),
        on(
            Kind::Operation,
            "success removed",
            change("responses", move |it| without(it, &success(it)?)),
            always("response-success-status-removed", Breaking),
            gives("response-success-status-added", Additive, Warning),
        )
        .of("responses"),
        on(
            Kind::Operation,
            "another success",
            change("responses", move |it| renamed(it, &success(it)?, "299")),
            moved,
            moved,
        )
        .of("responses"),
    ]
}

fn paths() -> Vec<Mutation> {
    let renamed_path = always("api-path-renamed", Breaking);
    let last = |map: &Value| -> Option<String> {
        let mut keys = map.as_object()?.keys().rev();
        keys.find(|key| !key.starts_with("x-")).cloned()
    };
    let methods = ["get", "put", "post", "delete", "patch"];
    vec![
        on(
            Kind::OpenApi,
            "path removed",
            change("paths", move |it| without(it, &last(it)?)),
            always(
                "removed-without-deprecation|removed-with-deprecation",
                Breaking,
            ),
            always("endpoint-added", Additive),
        ),
        on(
            Kind::OpenApi,
            "path renamed",
            change("paths", move |it| {
                let path = last(it)?;
                renamed(it, &path, &format!("{path}/renewed"))
            }),
            renamed_path,
            renamed_path,
        ),
        on(
            Kind::OpenApi,
            "webhook removed",
            change("webhooks", move |it| without(it, &last(it)?)),
            always("webhook-removed", Breaking),
            always("webhook-added", Additive),
        ),
        on(
            Kind::PathItem,
            "operation removed",
            move |it| {
                let mut has = methods.iter().filter(|method| it.get(method).is_some());
                let (method, _) = (has.next()?, has.next()?);
                without(it, method)
            },
            always(
                "removed-without-deprecation|removed-with-deprecation",
                Breaking,
            ),
            always("endpoint-added-to-path", Additive),
        ),
    ]
}

/// Operations under other names.
fn other_names() -> Vec<Mutation> {
    let renamed_parameter = always("path-parameter-renamed", Editorial);
    let method = always("api-method-changed", Breaking);
    vec![
        on(
            Kind::OpenApi,
            "parameter of a path renamed",
            change("paths", |paths| {
                let all = paths.as_object()?.iter();
                let mut edited = all.rev().filter_map(|(path, item)| {
                    let name = path.split_once('{')?.1.split('}').next()?;
                    let mut item = item.clone();
                    rename_parameter(&mut item, name).then_some(())?;
                    let to = path.replacen(&format!("{{{name}}}"), "{zzRenewed}", 1);
                    renamed(&with(paths, path, item), path, &to)
                });
                edited.next()
            }),
            renamed_parameter,
            renamed_parameter,
        ),
        on(
            Kind::PathItem,
            "method changed",
            |it| {
                let has_id = |method: &&str| it[*method]["operationId"].is_string();
                let mut methods = ["get", "put", "post", "delete", "patch"].into_iter();
                let was = methods.clone().find(has_id)?;
                let is = methods.find(|method| it.get(method).is_none())?;
                renamed(it, was, is)
            },
            method,
            method,
        ),
    ]
}

/// A parameter is renamed where it stands in place, and only if nothing else has its name.
fn rename_parameter(item: &mut Value, name: &str) -> bool {
    let mut count = 0;
    let mut rename = |part: &mut Value| {
        let list = part.get_mut("parameters").and_then(Value::as_array_mut);
        for parameter in list.into_iter().flatten() {
            if parameter["in"] == "path" && parameter["name"] == name {
                parameter["name"] = "zzRenewed".into();
                count += 1;
            }
        }
    };
    rename(item);
    let members = item.as_object_mut().into_iter().flatten();
    members.for_each(|(_, operation)| rename(operation));
    count > 0
}

/// Callbacks, and links to other operations.
fn back() -> Vec<Mutation> {
    let callback = r#"{"zz": {"{$request.body#/url}": {"post": {"responses": {"204": {"description": "Done."}}}}}}"#;
    let url = |rule: &'static str| always(rule, Breaking);
    let mut all = vec![
        on(
            Kind::Operation,
            "callback",
            set("callbacks", callback),
            always("callback-added", Additive),
            always("callback-removed", Breaking),
        ),
        on(
            Kind::Response,
            "link",
            set("links", r#"{"zz": {"operationId": "zz"}}"#),
            always("response-link-added", Editorial),
            always("response-link-removed", Editorial),
        ),
        on(
            Kind::RequestBody,
            "encoding",
            change("content", |content| {
                let (name, media) = content.as_object()?.iter().next()?;
                let encoding = json!({"zz": {"contentType": "text/plain"}});
                let free = media.get("encoding").is_none();
                free.then(|| with(content, name, with(media, "encoding", encoding)))
            }),
            always("encoding-added", Breaking),
            always("encoding-removed", Breaking),
        ),
    ];
    for (key, name) in [
        ("authorizationUrl", "oauth"),
        ("deviceAuthorizationUrl", "oauth-device"),
    ] {
        let rule = |action: &str| -> &'static str { format!("{name}-url-{action}").leak() };
        all.push(on(
            Kind::OAuthFlow,
            format!("{key} set"),
            set(key, r#""https://zz.example""#),
            url(rule("added")),
            url(rule("removed")),
        ));
        all.push(on(
            Kind::OAuthFlow,
            format!("{key} changed"),
            reword(key),
            url(rule("changed")),
            url(rule("changed")),
        ));
    }
    all.extend(refreshed());
    all
}

/// The URL of refresh tokens, of which client credentials have none (RFC 6749, section 4.4.3).
fn refreshed() -> [Mutation; 2] {
    let edit = |flow| change(flow, set("refreshUrl", r#""https://zz.example""#));
    [
        on(
            Kind::OAuthFlows,
            "refreshUrl of a user",
            edit("authorizationCode"),
            always("oauth-refresh-url-added", Breaking),
            always("oauth-refresh-url-removed", Breaking),
        ),
        on(
            Kind::OAuthFlows,
            "refreshUrl of a client",
            edit("clientCredentials"),
            WORDS,
            WORDS,
        ),
    ]
}
