//! Kinds of changes of everything but schemas.

use super::mutation::*;
use super::{contents, events, operations};
use crate::drift::grammar::Kind;
use serde_json::json;

pub(super) fn mutations() -> Vec<Mutation> {
    let mut all = words();
    all.extend(words_of_documents());
    all.extend(operations::mutations());
    all.extend(contents::mutations());
    all.extend(events::mutations());
    all
}

const EXTENSION: Expected = always("extension-changed", Editorial);
const UNKNOWN: Expected = always("unclassified", Warning);

/// Changes that every object may have.
fn words() -> Vec<Mutation> {
    let mut all = Vec::new();
    for kind in [
        Kind::Info,
        Kind::Tag,
        Kind::SecurityScheme,
        Kind::OAuthFlow,
        Kind::OpenApi,
        Kind::Server,
        Kind::PathItem,
        Kind::Operation,
        Kind::Parameter,
        Kind::RequestBody,
        Kind::MediaType,
        Kind::Response,
        Kind::Header,
        Kind::AsyncApi,
        Kind::Channel,
        Kind::AsyncOperation,
        Kind::Message,
        Kind::MessageTrait,
    ] {
        all.push(on(
            kind,
            format!("extension of {kind:?}"),
            set("x-zz", "1"),
            EXTENSION,
            EXTENSION,
        ));
        all.push(on(
            kind,
            format!("unknown member of {kind:?}"),
            set("zzFuture", "1"),
            UNKNOWN,
            UNKNOWN,
        ));
        let text = ["description", "summary", "title"]
            .into_iter()
            .filter(|key| kind.member(key).is_some());
        for key in text {
            all.push(on(
                kind,
                format!("{key} of {kind:?}"),
                reword(key),
                WORDS,
                WORDS,
            ));
        }
    }
    all
}

fn words_of_documents() -> Vec<Mutation> {
    let mut all = Vec::new();
    all.push(on(
        Kind::Info,
        "version",
        reword("version"),
        always("api-version-changed", Editorial),
        always("api-version-changed", Editorial),
    ));
    all.push(on(
        Kind::OpenApi,
        "tag",
        change("tags", |it| pushed(it, json!({"name": "zz"}))),
        always("tag-added", Editorial),
        always("tag-removed", Editorial),
    ));
    all.push(on(
        Kind::OpenApi,
        "one tag for another",
        change("tags", |it| one_for_another(it, json!({"name": "zz"}))),
        always("tag-replaced", Editorial),
        always("tag-replaced", Editorial),
    ));
    all.push(on(
        Kind::OAuthFlow,
        "one scope of a flow for another",
        change("scopes", |it| {
            let (name, _) = it.as_object()?.iter().next()?;
            renamed(it, name, "zz")
        }),
        always("oauth-scope-replaced", Breaking),
        always("oauth-scope-replaced", Breaking),
    ));
    all.push(on(
        Kind::OpenApi,
        "dialect",
        set("jsonSchemaDialect", r#""https://a.example/dialect""#),
        always("dialect-of-schemas-added", Warning),
        always("dialect-of-schemas-removed", Warning),
    ));
    all
}
