//! Kinds of changes of schemas.

use super::mutation::*;
use super::plain::{is, schema, ty};
use super::{properties, values};
use serde_json::{Map, Value};

pub(super) fn mutations() -> Vec<Mutation> {
    let mut all = words();
    all.extend(properties::mutations());
    all.extend(values::mutations());
    all.extend(objects());
    all.extend(lists_and_names());
    all.extend(replacements());
    all.extend(compositions());
    all.extend(conditions());
    all
}

fn words() -> Vec<Mutation> {
    let extension = always("extension-changed", Editorial);
    let unknown = always("unclassified", Warning);
    vec![
        schema("description", reword("description"), WORDS, WORDS),
        schema(
            "description added",
            set("description", r#""New.""#),
            WORDS,
            WORDS,
        ),
        schema("title added", set("title", r#""New""#), WORDS, WORDS),
        schema("comment added", set("$comment", r#""New""#), WORDS, WORDS),
        schema(
            "example added",
            |it| match it.get("examples") {
                None => set("example", "1")(it),
                Some(_) => None,
            },
            WORDS,
            WORDS,
        ),
        schema(
            "external documentation",
            set("externalDocs", r#"{"url": "https://a.example"}"#),
            WORDS,
            WORDS,
        ),
        schema("extension", set("x-zz", "1"), extension, extension),
        schema("unknown keyword", set("zzFuture", "1"), unknown, unknown),
        schema(
            "deprecated",
            set("deprecated", "true"),
            always("deprecated", Warning),
            always("reactivated", Editorial),
        ),
    ]
}

fn is_object(schema: &Value) -> bool {
    ty(schema) == "object" && schema["properties"].is_object()
}

fn objects() -> Vec<Mutation> {
    let narrows = |rule| gives(rule, Breaking, Additive);
    let widens = |rule| gives(rule, Additive, Breaking);
    let ignored = |rule| gives(rule, Additive, Additive);
    let close = |it: &Value| match it.get("additionalProperties") {
        None | Some(Value::Bool(true)) => Some(with(it, "additionalProperties", false.into())),
        _ => None,
    };
    vec![
        schema(
            "closed",
            where_(is_object, close),
            narrows("additional-properties-closed"),
            ignored("additional-properties-opened"),
        ),
        schema(
            "others of a type",
            where_(
                is_object,
                set("additionalProperties", r#"{"type": "string"}"#),
            ),
            narrows("additional-properties-schema-added"),
            ignored("additional-properties-schema-removed"),
        ),
        schema(
            "items removed",
            where_(
                |it| it["items"].as_object().is_some_and(|it| !it.is_empty()),
                |it| without(it, "items"),
            ),
            widens("items-removed"),
            narrows("items-added"),
        ),
        schema(
            "propertyNames",
            where_(is_object, set("propertyNames", r#"{"maxLength": 9}"#)),
            narrows("property-names-added"),
            gives("property-names-removed", Additive, Warning),
        ),
        schema(
            "dependentRequired",
            where_(is_object, set("dependentRequired", r#"{"a": ["b"]}"#)),
            narrows("dependent-required-added"),
            gives("dependent-required-removed", Additive, Warning),
        ),
        schema(
            "unevaluatedProperties",
            where_(is_object, set("unevaluatedProperties", "false")),
            narrows("unevaluated-properties-added"),
            ignored("unevaluated-properties-removed"),
        ),
    ]
}

fn lists_and_names() -> Vec<Mutation> {
    let narrows = |rule| gives(rule, Breaking, Additive);
    let widens = |rule| gives(rule, Additive, Breaking);
    let ignored = |rule| gives(rule, Additive, Additive);
    vec![
        schema(
            "patternProperties",
            where_(
                is_object,
                set("patternProperties", r#"{"^zz": {"type": "string"}}"#),
            ),
            gives("pattern-property-added", Breaking, Additive),
            ignored("pattern-property-removed"),
        ),
        schema(
            "contains",
            where_(is("array"), set("contains", r#"{"type": "string"}"#)),
            narrows("contains-added"),
            gives("contains-removed", Additive, Warning),
        ),
        schema(
            "prefixItems",
            where_(
                |it: &Value| is("array")(it) && it.get("items").is_none(),
                set("prefixItems", r#"[{"type": "string"}]"#),
            ),
            narrows("prefix-items-added"),
            widens("prefix-items-removed"),
        ),
        schema(
            "prefixItems before items",
            where_(
                |it: &Value| is("array")(it) && it.get("items").is_some(),
                set("prefixItems", r#"[{"type": "string"}]"#),
            ),
            always("prefix-items-changed", Warning),
            always("prefix-items-changed", Warning),
        ),
    ]
}

fn replacements() -> Vec<Mutation> {
    let several = |key: &'static str| {
        move |it: &Value| {
            let list = it[key].as_array();
            let is_constant = |it: &Value| it.get("const").is_some() || it.get("enum").is_some();
            list.is_some_and(|all| all.len() > 3 && !all.iter().any(is_constant))
        }
    };
    let other = |key: &'static str| {
        let element = json(r#"{"title": "Zz", "type": "boolean", "readOnly": true}"#);
        change(key, move |it| one_for_another(it, element.clone()))
    };
    let replaced = |rule| gives(rule, Breaking, Additive);
    vec![
        schema(
            "one alternative for another",
            where_(several("oneOf"), other("oneOf")),
            replaced("one-of-replaced"),
            replaced("one-of-replaced"),
        ),
        schema(
            "any alternative for another",
            where_(several("anyOf"), other("anyOf")),
            replaced("any-of-replaced"),
            replaced("any-of-replaced"),
        ),
    ]
}

fn compositions() -> Vec<Mutation> {
    let narrows = |rule| gives(rule, Breaking, Additive);
    let widens = |rule| gives(rule, Additive, Breaking);
    let opens = |rule| gives(rule, Additive, Additive);
    let several = |key: &'static str| {
        move |it: &Value| {
            let list = it[key].as_array();
            let is_constant = |it: &Value| it.get("const").is_some() || it.get("enum").is_some();
            list.is_some_and(|all| all.len() > 3 && !all.iter().any(is_constant))
        }
    };
    let shorter = |key: &'static str| change(key, |it| Some(it.as_array()?[1..].into()));
    let condition = always("if-added|if-removed", Warning);
    let xml = always("xml-changed", Warning);
    vec![
        schema(
            "alternative removed",
            where_(several("oneOf"), shorter("oneOf")),
            narrows("one-of-removed"),
            opens("one-of-added"),
        ),
        schema(
            "any alternative removed",
            where_(several("anyOf"), shorter("anyOf")),
            narrows("any-of-removed"),
            opens("any-of-added"),
        ),
        schema(
            "one of became any of",
            where_(several("oneOf"), |it| {
                (it.get("anyOf").is_none()).then(|| renamed(it, "oneOf", "anyOf"))?
            }),
            widens("one-of-became-any-of"),
            narrows("any-of-became-one-of"),
        ),
        schema(
            "not",
            set("not", r#"{"type": "object", "required": ["zz"]}"#),
            narrows("not-added"),
            widens("not-removed"),
        ),
        schema(
            "if",
            |it| {
                let when = with(it, "if", json(r#"{"required": ["zz"]}"#));
                (it.get("if").is_none())
                    .then(|| with(&when, "then", json(r#"{"minProperties": 2}"#)))
            },
            condition,
            condition,
        ),
        schema(
            "xml",
            where_(is("string"), set("xml", r#"{"attribute": true}"#)),
            xml,
            xml,
        ),
    ]
}

fn conditions() -> Vec<Mutation> {
    let narrows = |rule| gives(rule, Breaking, Additive);
    let opens = |rule| gives(rule, Additive, Additive);
    let named = always("discriminator-property-name-changed", Breaking);
    let entry = always("discriminator-mapping-replaced", Breaking);
    let mapping = |it: &Value| {
        let mapping = it["mapping"].as_object()?;
        let (name, _) = mapping.iter().next()?;
        let rest: Map<String, Value> = mapping
            .iter()
            .skip(1)
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        (!name.is_empty()).then(|| with(it, "mapping", rest.into()))
    };
    vec![
        schema(
            "also",
            where_(is_object, set("allOf", r#"[{"minProperties": 1}]"#)),
            narrows("min-properties-set|all-of-added"),
            gives(
                "min-properties-unset|all-of-bound-removed",
                Additive,
                Warning,
            ),
        ),
        schema(
            "discriminator renamed",
            change("discriminator", |it| {
                it["propertyName"]
                    .is_string()
                    .then(|| with(it, "propertyName", "zz_kind".into()))
            }),
            named,
            named,
        ),
        schema(
            "mapping entry renamed",
            change("discriminator", |it| {
                let (name, _) = it["mapping"].as_object()?.iter().next()?;
                Some(with(it, "mapping", renamed(&it["mapping"], name, "zz")?))
            }),
            entry,
            entry,
        ),
        schema(
            "mapping entry removed",
            change("discriminator", mapping),
            narrows("discriminator-mapping-deleted"),
            opens("discriminator-mapping-added"),
        ),
    ]
}
