//! Kinds of changes of single values.

use super::mutation::*;
use super::plain::{is, is_plain, schema, ty};
use serde_json::{Value, json};

pub(super) fn mutations() -> Vec<Mutation> {
    let mut all = types();
    all.extend(nulls());
    all.extend(bounds());
    all.extend(values());
    all.extend(constants_and_defaults());
    all.extend(texts());
    all
}

fn types() -> Vec<Mutation> {
    let retype = |from: &'static str, to: &'static str| {
        move |it: &Value| (is_plain(it) && ty(it) == from).then(|| with(it, "type", json(to)))
    };
    static WIDER: Expected = gives("type-generalized", Additive, Breaking);
    static NARROWER: Expected = gives("type-specialized", Breaking, Additive);
    let changed = always("type-changed", Breaking);
    let of_text = |expected: Expected, of_text: &'static Expected| Expected {
        of_text: Some(of_text),
        ..expected
    };
    let becomes_text = of_text(changed, &WIDER);
    let was_text = of_text(changed, &NARROWER);
    let wider = gives("type-generalized", Additive, Breaking);
    let narrower = gives("type-specialized", Breaking, Additive);
    vec![
        schema(
            "string became integer",
            retype("string", r#""integer""#),
            was_text,
            becomes_text,
        ),
        schema(
            "string became boolean",
            retype("string", r#""boolean""#),
            was_text,
            becomes_text,
        ),
        schema(
            "string became list",
            retype("string", r#""array""#),
            changed,
            changed,
        ),
        schema(
            "boolean became string",
            retype("boolean", r#""string""#),
            becomes_text,
            was_text,
        ),
        schema(
            "integer became string",
            retype("integer", r#""string""#),
            becomes_text,
            was_text,
        ),
        schema(
            "string or integer",
            retype("string", r#"["string", "integer"]"#),
            of_text(wider, &WORDS),
            of_text(narrower, &WORDS),
        ),
        schema(
            "type removed",
            |it| is_plain(it).then(|| without(it, "type"))?,
            wider,
            narrower,
        ),
    ]
}

fn nulls() -> Vec<Mutation> {
    let wider = gives("type-generalized", Additive, Breaking);
    let narrower = gives("type-specialized", Breaking, Additive);
    let nullable = Expected {
        received_of_optional: Some(Warning),
        ..gives("became-nullable|type-generalized", Additive, Breaking)
    };
    let not_nullable = gives("became-not-nullable|type-specialized", Breaking, Additive);
    vec![
        schema(
            "integer became number",
            where_(
                |it| it["type"] == "integer",
                |it| Some(with(it, "type", "number".into())),
            ),
            wider,
            narrower,
        ),
        schema(
            "nullable",
            where_(
                |it| {
                    it["type"].is_string()
                        && ["enum", "const", "oneOf", "anyOf", "allOf"]
                            .iter()
                            .all(|key| it.get(key).is_none())
                },
                set("nullable", "true"),
            ),
            nullable,
            not_nullable,
        ),
        schema(
            "type null added",
            where_(
                |it| {
                    it["type"].is_string()
                        && ["enum", "const", "oneOf", "anyOf", "allOf", "nullable"]
                            .iter()
                            .all(|key| it.get(key).is_none())
                },
                |it| Some(with(it, "type", json!([it["type"], "null"]))),
            ),
            nullable,
            not_nullable,
        ),
    ]
}

fn bounds() -> Vec<Mutation> {
    let mut all = Vec::new();
    for (types, upper, lower, rule) in [
        ("string", "maxLength", "minLength", "length"),
        ("integer number", "maximum", "minimum", ""),
        ("array", "maxItems", "minItems", "items"),
        ("object", "maxProperties", "minProperties", "properties"),
    ] {
        all.extend(limits(types, upper, lower, rule));
    }
    let number = |key: &'static str| {
        where_(
            move |it: &Value| it[key].is_number(),
            change(key, |it| Some(json!(it.as_f64()? + 1.0))),
        )
    };
    all.extend([
        schema(
            "exclusiveMinimum raised",
            number("exclusiveMinimum"),
            gives("min-increased", Breaking, Additive),
            gives("min-decreased", Additive, Warning),
        ),
        schema(
            "exclusiveMaximum raised",
            number("exclusiveMaximum"),
            gives("max-increased", Additive, Warning),
            gives("max-decreased", Breaking, Additive),
        ),
        schema(
            "multipleOf",
            where_(is("integer number"), set("multipleOf", "7")),
            gives("multiple-of-added", Breaking, Additive),
            gives("multiple-of-removed", Additive, Warning),
        ),
        schema(
            "uniqueItems",
            where_(is("array"), set("uniqueItems", "true")),
            gives("unique-items-set", Breaking, Additive),
            gives("unique-items-unset", Additive, Warning),
        ),
    ]);
    all
}

/// An upper and a lower bound of a type.
fn limits(
    types: &'static str,
    upper: &'static str,
    lower: &'static str,
    rule: &'static str,
) -> [Mutation; 4] {
    let id = |limit: &str, action: &str| -> &'static str {
        let pieces = [limit, rule, action];
        let pieces: Vec<&str> = pieces.into_iter().filter(|it| !it.is_empty()).collect();
        pieces.join("-").leak()
    };
    let raise = |it: &Value| match it.as_i64() {
        Some(number) => Some(json!(number + 1)),
        None => it.as_f64().map(|number| json!(number * 2.0 + 1.0)),
    };
    let narrows = |rule| gives(rule, Breaking, Additive);
    let widens = |rule| gives(rule, Additive, Warning);
    let is_number = rule.is_empty();
    let free = move |key: &'static str, exclusive: &'static str| {
        move |it: &Value| {
            is(types)(it) && (!is_number || it.get(exclusive).is_none()) && it.get(key).is_none()
        }
    };
    [
        schema(
            format!("{upper} set"),
            where_(free(upper, "exclusiveMaximum"), set(upper, "7")),
            narrows(id("max", "set")),
            widens(id("max", "unset")),
        ),
        schema(
            format!("{lower} set"),
            where_(free(lower, "exclusiveMinimum"), set(lower, "7")),
            narrows(id("min", "set")),
            widens(id("min", "unset")),
        ),
        schema(
            format!("{upper} raised"),
            change(upper, raise),
            widens(id("max", "increased")),
            narrows(id("max", "decreased")),
        ),
        schema(
            format!("{lower} raised"),
            change(lower, raise),
            narrows(id("min", "increased")),
            widens(id("min", "decreased")),
        ),
    ]
}

fn values() -> Vec<Mutation> {
    let added = gives("enum-value-added", Additive, Additive);
    let removed = gives("enum-value-removed", Breaking, Additive);
    let changed = gives("enum-value-changed", Breaking, Additive);
    let is_texts = |it: &Value| {
        it["enum"]
            .as_array()
            .is_some_and(|all| all.iter().all(Value::is_string))
    };
    let several =
        move |it: &Value| is_texts(it) && it["enum"].as_array().is_some_and(|all| all.len() > 2);
    let unset = gives("enum-removed|const-removed", Additive, Warning);
    let closed = gives("became-enum|const-added", Breaking, Additive);
    vec![
        schema(
            "enum value added",
            where_(is_texts, change("enum", |it| pushed(it, "zz_added".into()))),
            added,
            removed,
        ),
        schema(
            "enum value removed",
            where_(
                several,
                change("enum", |it| Some(it.as_array()?[1..].into())),
            ),
            removed,
            added,
        ),
        schema(
            "enum value changed",
            where_(
                several,
                change("enum", |it| {
                    let mut all = it.as_array()?.clone();
                    all[0] = "zz_changed".into();
                    Some(all.into())
                }),
            ),
            changed,
            changed,
        ),
        schema(
            "enum removed",
            where_(|it| it["type"].is_string(), |it| without(it, "enum")),
            unset,
            closed,
        ),
        schema(
            "enum set",
            |it| (is_plain(it) && ty(it) == "string").then(|| set("enum", r#"["a", "b"]"#)(it))?,
            closed,
            unset,
        ),
    ]
}

fn constants_and_defaults() -> Vec<Mutation> {
    let unset = gives("enum-removed|const-removed", Additive, Warning);
    let closed = gives("became-enum|const-added", Breaking, Additive);
    let default_added = gives("default-value-added", Warning, Editorial);
    let default_removed = gives("default-value-removed", Warning, Editorial);
    let default_changed = gives("default-value-changed", Warning, Editorial);
    vec![
        schema(
            "const set",
            |it| (is_plain(it) && ty(it) == "string").then(|| set("const", r#""a""#)(it))?,
            closed,
            unset,
        ),
        schema(
            "const changed",
            change("const", |it| it.is_string().then(|| "zz_changed".into())),
            always("const-changed", Breaking),
            always("const-changed", Breaking),
        ),
        schema(
            "default set",
            where_(is("string integer number"), set("default", r#""1""#)),
            default_added,
            default_removed,
        ),
        schema(
            "default changed",
            change("default", |it| Some(json!([it]))),
            default_changed,
            default_changed,
        ),
    ]
}

/// Fewer integers than others have.
fn is_narrow(schema: &Value) -> bool {
    is("integer")(schema)
        && matches!(
            schema["format"].as_str(),
            Some("int32" | "uint32" | "uint64")
        )
}

fn formats() -> Vec<Mutation> {
    let narrows = |rule| gives(rule, Breaking, Additive);
    let opens = |rule| gives(rule, Additive, Warning);
    let format = gives("format-changed", Breaking, Warning);
    vec![
        schema(
            "format added",
            |it| {
                (is_plain(it) && ty(it) == "string").then(|| set("format", r#""date-time""#)(it))?
            },
            narrows("format-added"),
            opens("format-removed"),
        ),
        schema(
            "format removed",
            where_(|it| !is_narrow(it), |it| without(it, "format")),
            opens("format-removed"),
            narrows("format-added"),
        ),
        schema(
            "width of integers removed",
            where_(is_narrow, |it| without(it, "format")),
            gives("integer-width-removed", Additive, Breaking),
            narrows("format-added"),
        ),
        schema(
            "format changed",
            where_(
                |it| !is_narrow(it),
                change("format", |_| Some("zz-format".into())),
            ),
            format,
            format,
        ),
        schema(
            "wider format",
            change("format", |it| (it == "int32").then(|| "int64".into())),
            gives("format-generalized", Additive, Breaking),
            gives("format-specialized", Breaking, Additive),
        ),
    ]
}

fn texts() -> Vec<Mutation> {
    let narrows = |rule| gives(rule, Breaking, Additive);
    let opens = |rule| gives(rule, Additive, Warning);
    let otherwise = gives("content-encoding-changed", Breaking, Warning);
    let media_type = always("content-media-type-changed", Warning);
    let pattern = always("pattern-changed", Warning);
    let mut all = formats();
    all.extend([
        schema(
            "pattern added",
            where_(is("string"), set("pattern", r#""^a""#)),
            narrows("pattern-added"),
            opens("pattern-removed"),
        ),
        schema(
            "pattern changed",
            change("pattern", |it| Some(format!("{}|zz", it.as_str()?).into())),
            pattern,
            pattern,
        ),
        schema(
            "contentEncoding",
            where_(is("string"), set("contentEncoding", r#""base64""#)),
            otherwise,
            otherwise,
        ),
        schema(
            "contentMediaType",
            where_(is("string"), set("contentMediaType", r#""image/png""#)),
            media_type,
            media_type,
        ),
    ]);
    all
}
