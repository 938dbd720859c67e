//! Each rule's own example is found by it and by nothing else, and its near miss is not.

use super::documentation::foreign;
use super::examples::document;
use super::relation::{EXCEPTIONS, ends};
use super::{Action, Rule, Subject, UNCLASSIFIED, all, rule};
use crate::drift::Direction;
use crate::drift::grammar::{Form, Kind, Member};
use crate::drift::wire::{Side, compare, reach};
use crate::source::{DocumentId, Documents, Input, Limits};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// The rule of an edit, and the id that it has there.
struct Told {
    of: &'static Rule,
    rule: String,
}

fn edits(kind: Kind, before: &str, after: &str) -> Vec<Told> {
    let parsed = |text: &str| -> Value {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    };
    let load = |object: Value| {
        let bytes = document(kind, object).to_string().into_bytes();
        let name = "api.json".to_owned();
        Documents::load(Input::Bytes { name, bytes }, &Limits::default()).expect("valid JSON")
    };
    let (old, new) = (load(parsed(before)), load(parsed(after)));
    let (old, new) = (side(&old), side(&new));
    let reach = reach(old, new);
    let edits = compare(old, new, &reach).into_iter();
    edits
        .map(|edit| Told {
            of: edit.of,
            rule: edit.rule,
        })
        .collect()
}

fn side(documents: &Documents) -> Side<'_> {
    let is_messages = documents.root().value.get("asyncapi").is_some();
    let root = Some(DocumentId(0));
    Side {
        documents,
        openapi: root.filter(|_| !is_messages),
        asyncapi: root.filter(|_| is_messages),
        events: crate::config::EventOperations::Subscribe,
    }
}

/// The words that every finding of the rule begins or ends with.
fn is_of(rule: &Rule, edit: &Told) -> bool {
    std::ptr::eq(rule, edit.of)
}

#[test]
fn every_rule_finds_its_example_and_nothing_else_does() {
    let mut faults = Vec::new();
    for rule in all() {
        let (before, after) = &rule.example;
        let found = edits(rule.kind, before, after);
        if found.len() != 1 || !is_of(rule, &found[0]) {
            let found: Vec<&str> = found.iter().map(|edit| edit.rule.as_str()).collect();
            faults.push(format!(
                "{}: {before} → {after}: {found:?}",
                rule.id.shown()
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_rule_finds_its_near_miss() {
    let mut faults = Vec::new();
    for rule in all() {
        let (before, after) = &rule.near_miss;
        let found = edits(rule.kind, before, after);
        if found.iter().any(|edit| is_of(rule, edit)) {
            faults.push(format!("{}: {before} → {after}", rule.id.shown()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Members of the table that are no keys of objects: they stand for several.
const COMMON: [&str; 8] = [
    "",
    "alternatives",
    "closed",
    "never",
    "nullable",
    "operations",
    "success",
    "x-",
];

fn without_extensions(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().filter(|(key, _)| !key.starts_with("x-"));
            let members = members.map(|(key, value)| (key.clone(), without_extensions(value)));
            Value::Object(members.collect())
        }
        Value::Array(elements) => elements.iter().map(without_extensions).collect(),
        other => other.clone(),
    }
}

/// A pair that differs in nothing that a rule could take for its own shows nothing.
#[test]
fn a_near_miss_has_the_member_of_its_rule_and_differs_in_more_than_extensions() {
    let mut faults = Vec::new();
    for rule in all() {
        let texts = [&rule.near_miss.0, &rule.near_miss.1].map(|text| {
            let value: Value = serde_json::from_str(text).expect("JSON, as another test reads it");
            match rule.member.starts_with("x-") {
                true => value.to_string(),
                false => without_extensions(&value).to_string(),
            }
        });
        let key = format!("\"{}\":", rule.member);
        let has_member =
            COMMON.contains(&&*rule.member) || texts.iter().any(|text| text.contains(&key));
        if texts[0] == texts[1] || !has_member {
            let (before, after) = &rule.near_miss;
            faults.push(format!("{}: {before} → {after}", rule.id.shown()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Of parts that are schemas: each change is told once, by the rule of what it is.
#[test]
fn a_change_inside_of_a_part_is_a_change_of_that_part() {
    let cases = [
        // One of the constants is more than a constant now.
        (
            r#"{"oneOf": [{"const": "a"}, {"const": "b"}]}"#,
            r#"{"oneOf": [{"const": "a", "deprecated": true}, {"const": "b"}]}"#,
            "request-property-deprecated",
        ),
        (
            r#"{"oneOf": [{"const": "a", "description": "x"}, {"const": "b"}]}"#,
            r#"{"oneOf": [{"const": "a", "description": "y"}, {"const": "b"}]}"#,
            "text-changed",
        ),
        (
            r##"{"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Other"}]}"##,
            r##"{"oneOf": [{"type": "null", "description": "x"}, {"$ref": "#/components/schemas/Other"}]}"##,
            "text-changed",
        ),
        (
            r#"{"type": "array", "items": {}}"#,
            r#"{"type": "array", "items": {"description": "x"}}"#,
            "text-changed",
        ),
        (
            r#"{"type": "object", "additionalProperties": {}}"#,
            r#"{"type": "object", "additionalProperties": {"future": 1}}"#,
            "unclassified",
        ),
    ];
    for (before, after, expected) in cases {
        let found = edits(Kind::Schema, before, after);
        let rules: Vec<&str> = found.iter().map(|edit| edit.rule.as_str()).collect();
        assert_eq!(rules, [expected], "{before} → {after}");
    }
}

/// Types that nothing states come and go with the keywords that imply them.
#[test]
fn one_keyword_is_one_finding() {
    let cases = [
        (
            r#"{"properties": {"a": {"type": "string"}}}"#,
            r#"{"properties": {}}"#,
            "request-property-removed",
        ),
        (r#"{}"#, r#"{"maxLength": 5}"#, "max-length-set"),
        (r#"{"enum": ["a", "b"]}"#, r#"{}"#, "enum-removed"),
        (
            r#"{"type": "array", "minItems": 0}"#,
            r#"{"type": "array", "minItems": 1}"#,
            "min-items-increased",
        ),
        (
            r#"{"type": "integer", "minimum": 1}"#,
            r#"{"type": "integer", "minimum": 2, "exclusiveMinimum": 0}"#,
            "min-increased",
        ),
        (
            r#"{"type": "integer", "maxLength": 5}"#,
            r#"{"type": ["integer", "string"], "maxLength": 5}"#,
            "type-generalized",
        ),
        (
            r##"{"oneOf": [{"$ref": "#/components/schemas/Named"}, {"$ref": "#/components/schemas/Other"}]}"##,
            r##"{"oneOf": [{"$ref": "#/components/schemas/Named"}]}"##,
            "one-of-removed",
        ),
        (
            r#"{"properties": {"hunts": {"type": "string"}}}"#,
            r#"{"properties": {"zz": {"type": "string"}}}"#,
            "property-renamed",
        ),
        (
            r##"{"properties": {"a": {"$ref": "#/components/schemas/Named"}}}"##,
            r##"{"properties": {"a": {"$ref": "#/components/schemas/Sized"}}}"##,
            "schema-replaced",
        ),
        (
            r##"{"$ref": "#/components/schemas/Named"}"##,
            r##"{"oneOf": [{"$ref": "#/components/schemas/Named"}, {"type": "string"}]}"##,
            "wrapped-in-one-of",
        ),
        (
            r#"{"allOf": [{"minLength": 1}, {"type": "string"}, {"maxLength": 5}]}"#,
            r#"{"allOf": [{"minLength": 1}, {"type": "string"}, {"title": "A name"}]}"#,
            "all-of-bound-removed",
        ),
    ];
    for (before, after, expected) in cases {
        let found = edits(Kind::Schema, before, after);
        let rules: Vec<&str> = found.iter().map(|edit| edit.rule.as_str()).collect();
        assert!(
            matches!(rules[..], [only] if ends(only, expected)),
            "{before} → {after}: {rules:?}"
        );
    }
}

#[test]
fn what_says_the_same_is_no_finding() {
    let cases = [
        (
            r#"{"type": "integer"}"#,
            r#"{"type": "number", "multipleOf": 1}"#,
        ),
        (
            r#"{"type": "integer", "minimum": 1}"#,
            r#"{"type": "integer", "exclusiveMinimum": 0.0}"#,
        ),
        (
            r#"{"type": "integer", "maximum": 4}"#,
            r#"{"type": "integer", "maximum": 4.5, "exclusiveMaximum": 5}"#,
        ),
        (
            r#"{"type": "integer"}"#,
            r#"{"type": "integer", "maxLength": 5, "minItems": 1, "properties": {"a": {}}, "required": ["a"]}"#,
        ),
        (
            r#"{"anyOf": [{"type": "string"}, {"type": "object"}, {"type": "array"}]}"#,
            r#"{"anyOf": [{"anyOf": [{"type": "string"}, {"type": "object"}]}, {"type": "array"}]}"#,
        ),
        (
            r#"{"type": "object", "additionalProperties": false}"#,
            r#"{"type": "object", "additionalProperties": {"not": {}}}"#,
        ),
        (r#"{"minLength": 0}"#, r#"{}"#),
    ];
    for (one, other) in cases {
        for (before, after) in [(one, other), (other, one)] {
            let found = edits(Kind::Schema, before, after);
            let rules: Vec<&str> = found.iter().map(|edit| edit.rule.as_str()).collect();
            assert!(rules.is_empty(), "{before} → {after}: {rules:?}");
        }
    }
}

#[test]
fn an_encoding_comes_and_goes_with_its_property() {
    let with = |properties: &str, encoding: &str| {
        format!(
            r#"{{"schema": {{"type": "object", "properties": {{"b": {{"type": "string"}}{properties}}}}}, "encoding": {{{encoding}}}}}"#
        )
    };
    let property = r#", "a": {"type": "string"}"#;
    let encoding = r#""a": {"contentType": "text/csv"}"#;
    let (with_both, without) = (with(property, encoding), with("", ""));
    for (before, after) in [(&with_both, &without), (&without, &with_both)] {
        let found = edits(Kind::MediaType, before, after);
        let rules: Vec<&str> = found.iter().map(|edit| edit.rule.as_str()).collect();
        assert!(
            matches!(
                rules[..],
                ["request-property-removed" | "new-optional-request-property"]
            ),
            "{before} → {after}: {rules:?}"
        );
    }
    let found = edits(Kind::MediaType, &with_both, &with(property, ""));
    assert_eq!(found.len(), 1);
}

#[test]
fn a_conjunction_of_one_schema_is_that_schema() {
    let other = r##"{"$ref": "#/components/schemas/Other"}"##;
    let parts = |last: &str| format!(r#"{{"allOf": [{other}, {last}]}}"#);
    let object = r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#;
    for (before, after) in [
        (other.to_owned(), format!(r#"{{"allOf": [{other}]}}"#)),
        (parts(object), parts(&format!(r#"{{"allOf": [{object}]}}"#))),
    ] {
        for (before, after) in [(&before, &after), (&after, &before)] {
            let found = edits(Kind::Schema, before, after);
            let rules: Vec<&str> = found.iter().map(|edit| edit.rule.as_str()).collect();
            assert!(rules.is_empty(), "{before} → {after}: {rules:?}");
        }
    }
}

#[test]
fn a_member_that_nobody_knows_is_told() {
    let rule = &UNCLASSIFIED;
    let found = edits(rule.kind, &rule.example.0, &rule.example.1);
    let rules: Vec<&str> = found.iter().map(|edit| edit.rule.as_str()).collect();
    assert_eq!(rules, ["unclassified"]);
    let found = edits(rule.kind, &rule.near_miss.0, &rule.near_miss.1);
    assert_eq!(found[0].rule, "extension-changed");
}

#[test]
fn no_two_rules_are_about_one_difference() {
    let mut seen = HashMap::new();
    for rule in all() {
        let key = (rule.kind, &rule.member, rule.action);
        if let Some(other) = seen.insert(key, &rule.id) {
            panic!("{key:?}: {:?} and {other:?}", rule.id);
        }
    }
}

/// Every id that findings may have.
fn ids() -> HashSet<String> {
    let subjects = [
        Subject::Body,
        Subject::Property,
        Subject::Parameter,
        Subject::Header,
    ];
    let directions = [Direction::Request, Direction::Answer, Direction::Event];
    let mut ids = HashSet::new();
    for rule in all() {
        for subject in subjects {
            ids.extend(directions.map(|direction| rule.id.of(subject, direction)));
        }
    }
    ids
}

#[test]
fn every_exception_names_rules_that_exist() {
    let ids = ids();
    for end in EXCEPTIONS.iter().flat_map(|exception| exception.rules) {
        assert!(
            ids.iter().any(|id| ends(id, end)),
            "no rule ends with {end}"
        );
    }
}

#[test]
fn ids_of_oasdiff_that_are_the_same_are_rules() {
    let ids = ids();
    let foreign = foreign();
    for id in &foreign.same {
        assert!(ids.contains(id), "{id} is no rule");
    }
    let others = foreign.told_as.keys().chain(foreign.not_applicable.keys());
    for id in others {
        assert!(!ids.contains(id), "{id} is a rule");
    }
}

/// All but schemas and callbacks, whose members are no list.
const KINDS: &[Kind] = &[
    Kind::Info,
    Kind::Tag,
    Kind::SecurityScheme,
    Kind::OAuthFlows,
    Kind::OAuthFlow,
    Kind::ServerVariable,
    Kind::OpenApi,
    Kind::Components,
    Kind::Server,
    Kind::PathItem,
    Kind::Operation,
    Kind::Parameter,
    Kind::RequestBody,
    Kind::MediaType,
    Kind::Encoding,
    Kind::Response,
    Kind::Header,
    Kind::Link,
    Kind::AsyncApi,
    Kind::AsyncComponents,
    Kind::AsyncServer,
    Kind::Channel,
    Kind::ChannelParameter,
    Kind::AsyncOperation,
    Kind::OperationTrait,
    Kind::Message,
    Kind::MessageTrait,
    Kind::CorrelationId,
];

/// Each kind of object, each of its members, and each thing that may become of it, has a rule.
#[test]
fn no_member_of_the_specifications_is_unclassified() {
    let mut missing = Vec::new();
    for (kind, member) in KINDS.iter().flat_map(|kind| {
        let members = kind.members().iter();
        members.map(move |member| (*kind, member))
    }) {
        for action in expected(kind, member) {
            if std::ptr::eq(rule(kind, member.key, action), &*UNCLASSIFIED) {
                missing.push(format!("{kind:?} {} {action:?}", member.key));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

fn expected(kind: Kind, member: &Member) -> Vec<Action> {
    use Action::{
        Added, Changed, Removed, Renamed, Replaced, Reworded, Set, Unset, ValueAdded, ValueRemoved,
    };
    match (kind, member.key, member.form) {
        // Told with the object, or with the operations in it.
        (Kind::Server, "url", _) | (Kind::Tag, "name", _) => vec![],
        (Kind::PathItem, _, Form::One(_) | Form::Map(_)) => vec![],
        (_, _, Form::Inherited) => vec![],
        (Kind::OpenApi | Kind::AsyncApi, "components" | "info", _) => vec![],
        (Kind::Parameter, "name" | "in" | "style" | "explode", _) => vec![Changed],
        // Without it, a document is none of its kind.
        (Kind::OpenApi, "openapi", _) | (Kind::AsyncApi, "asyncapi", _) => vec![Changed],
        // They say nothing there.
        (Kind::Header, "allowReserved" | "allowEmptyValue", _) => vec![Reworded],
        (_, _, Form::Text) => vec![Reworded],
        (_, _, Form::Names | Form::Keys) => vec![ValueAdded, ValueRemoved, Replaced],
        (_, "tags", Form::List(_)) => vec![Added, Removed, Replaced],
        (_, _, Form::Value) if member.is_flag() => vec![Set, Unset],
        (_, _, Form::Value) if member.default.is_some() => vec![Changed],
        (_, _, Form::Value) => vec![Added, Removed, Changed],
        // Encodings come and go with their properties.
        (kind, _, Form::Map(_)) if kind != Kind::MediaType => vec![Added, Removed, Renamed],
        (_, _, Form::One(_) | Form::Map(_) | Form::List(_) | Form::Messages) => {
            vec![Added, Removed]
        }
    }
}

#[test]
fn one_thing_has_one_rule_in_whatever_words() {
    let alternatives = |more: &str| {
        format!(r#"{{"anyOf": [{{"type": "string", "maxLength": 5}}, {{"type": "array"}}{more}]}}"#)
    };
    let inclusive = r#"{"type": "number", "minimum": 0}"#;
    let flagged =
        |flag: bool| format!(r#"{{"type": "number", "minimum": 0, "exclusiveMinimum": {flag}}}"#);
    for (before, after, rule) in [
        (
            r#"{"type": "string"}"#.to_owned(),
            r#"{"type": ["string", "null"]}"#.to_owned(),
            "response-property-became-nullable",
        ),
        (
            alternatives(""),
            alternatives(r#", {"type": "null"}"#),
            "response-property-became-nullable",
        ),
        (
            r#"{"type": "number", "exclusiveMinimum": 0}"#.to_owned(),
            inclusive.to_owned(),
            "response-property-min-became-inclusive",
        ),
        (
            flagged(true),
            flagged(false),
            "response-property-min-became-inclusive",
        ),
    ] {
        let found = edits(Kind::Schema, &before, &after);
        let rules: Vec<&str> = found.iter().map(|edit| edit.rule.as_str()).collect();
        assert_eq!(rules, [rule], "{before} → {after}");
    }
}
