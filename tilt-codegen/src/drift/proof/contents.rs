//! Kinds of changes of parameters, bodies and answers.

use super::mutation::*;
use super::plain::is;
use crate::drift::grammar::Kind;
use serde_json::{Value, json};

pub(super) fn mutations() -> Vec<Mutation> {
    let mut all = parameters();
    all.extend(styles());
    all.extend(contents());
    all.extend(headers());
    all
}

fn parameters() -> Vec<Mutation> {
    let is_in = |place: &'static str| move |it: &Value| it["in"] == place;
    let is_free = |it: &Value| it["in"] != "path" && it["required"] != true;
    let has_schema = |it: &Value| {
        it["in"] == "query" && it.get("style").is_none() && it.get("explode").is_none()
    };
    let named = always("request-parameter-renamed", Breaking);
    let moved = always("request-parameter-moved", Breaking);
    vec![
        on(
            Kind::Parameter,
            "parameter became required",
            where_(is_free, |it| Some(with(it, "required", true.into()))),
            gives("became-required", Breaking, Additive),
            gives("became-optional", Additive, Breaking),
        ),
        on(
            Kind::Parameter,
            "parameter deprecated",
            set("deprecated", "true"),
            always("request-parameter-deprecated", Warning),
            always("request-parameter-reactivated", Editorial),
        ),
        on(
            Kind::Parameter,
            "query parameter renamed",
            where_(is_in("query"), |it| {
                Some(with(
                    it,
                    "name",
                    format!("{}_renewed", it["name"].as_str()?).into(),
                ))
            }),
            named,
            named,
        ),
        on(
            Kind::Parameter,
            "header renamed",
            where_(is_in("header"), |it| {
                Some(with(
                    it,
                    "name",
                    format!("{}-Renewed", it["name"].as_str()?).into(),
                ))
            }),
            named,
            named,
        ),
        on(
            Kind::Parameter,
            "query became header",
            where_(has_schema, |it| Some(with(it, "in", "header".into()))),
            moved,
            moved,
        ),
    ]
}

fn styles() -> Vec<Mutation> {
    let is_in = |place: &'static str| move |it: &Value| it["in"] == place;
    let has_schema = |it: &Value| {
        it["in"] == "query" && it.get("style").is_none() && it.get("explode").is_none()
    };
    let moved = always("request-parameter-moved", Breaking);
    let styled = always("request-parameter-style-changed", Breaking);
    let exploded = always("request-parameter-explode-changed", Breaking);
    vec![
        on(
            Kind::Parameter,
            "header became query",
            where_(is_in("header"), |it| Some(with(it, "in", "query".into()))),
            moved,
            moved,
        ),
        on(
            Kind::Parameter,
            "style",
            where_(has_schema, |it| {
                Some(with(
                    &with(it, "style", "spaceDelimited".into()),
                    "explode",
                    true.into(),
                ))
            }),
            styled,
            styled,
        ),
        on(
            Kind::Parameter,
            "explode",
            where_(
                move |it| has_schema(it) && it["schema"]["type"] == "array",
                set("explode", "false"),
            ),
            exploded,
            exploded,
        ),
        on(
            Kind::Parameter,
            "explode of a single value",
            where_(
                move |it| has_schema(it) && is("string integer boolean")(&it["schema"]),
                set("explode", "false"),
            ),
            always("text-changed", Editorial),
            always("text-changed", Editorial),
        ),
        on(
            Kind::Parameter,
            "reserved characters",
            where_(|it| it["in"] != "header", set("allowReserved", "true")),
            always("request-parameter-allow-reserved-set", Warning),
            always("request-parameter-allow-reserved-unset", Warning),
        ),
    ]
}

fn contents() -> Vec<Mutation> {
    let renamed_type = always("media-type-name-changed", Breaking);
    let as_json = |it: &Value| -> Option<Value> {
        let only = it.as_object()?.len() == 1;
        only.then(|| {
            renamed(
                it,
                it.as_object()?.keys().next()?,
                "application/vnd.zz+json",
            )
        })?
    };
    let more = |it: &Value| {
        Some(with(
            it,
            "application/x-zz",
            json!({"schema": {"type": "string"}}),
        ))
    };
    vec![
        on(
            Kind::RequestBody,
            "body became required",
            where_(
                |it| it["required"] != true,
                |it| Some(with(it, "required", true.into())),
            ),
            gives("request-body-became-required", Breaking, Additive),
            gives("request-body-became-optional", Additive, Breaking),
        ),
        on(
            Kind::RequestBody,
            "media type of a body",
            change("content", more),
            gives("request-body-media-type-added", Additive, Breaking),
            gives("request-body-media-type-removed", Breaking, Additive),
        ),
        on(
            Kind::RequestBody,
            "other media type of a body",
            change("content", as_json),
            renamed_type,
            renamed_type,
        ),
        on(
            Kind::Response,
            "media type of an answer",
            change("content", more),
            always("response-media-type-added", Additive),
            always("response-media-type-removed", Breaking),
        ),
        on(
            Kind::Response,
            "other media type of an answer",
            change("content", as_json),
            renamed_type,
            renamed_type,
        ),
    ]
}

fn headers() -> Vec<Mutation> {
    let header = |header: &'static str| {
        move |it: &Value| {
            let headers = it.get("headers").cloned().unwrap_or(json!({}));
            Some(with(it, "headers", with(&headers, "X-Zz", json(header))))
        }
    };
    vec![
        on(
            Kind::Response,
            "optional header",
            header(r#"{"schema": {"type": "string"}}"#),
            always("response-header-added", Additive),
            gives("optional-response-header-removed", Additive, Warning),
        ),
        on(
            Kind::Response,
            "required header",
            header(r#"{"required": true, "schema": {"type": "string"}}"#),
            gives("required-response-header-added", Breaking, Additive),
            gives("required-response-header-removed", Additive, Breaking),
        ),
        on(
            Kind::Header,
            "header became required",
            where_(
                |it| it["required"] != true,
                |it| Some(with(it, "required", true.into())),
            ),
            gives("response-header-became-required", Breaking, Additive),
            gives("response-header-became-optional", Additive, Breaking),
        ),
        on(
            Kind::MediaType,
            "schema of a media type",
            where_(|it| it["schema"] != json!({}), |it| without(it, "schema")),
            gives("media-type-schema-removed", Additive, Breaking),
            gives("media-type-schema-added", Breaking, Additive),
        ),
    ]
}
