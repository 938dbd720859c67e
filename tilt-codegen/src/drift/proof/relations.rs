//! The relations of the table, judged by a validator of JSON Schema: a change that narrows has a value that is no longer
//! valid, and none that has become so.

use crate::drift::grammar::Kind;
use crate::drift::rules::{Relation, Rule, all, examples};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Keywords that say nothing to a validator: annotations, those of OpenAPI, and what `required` says together with them.
const SILENT: [&str; 13] = [
    "readOnly",
    "writeOnly",
    "deprecated",
    "default",
    "discriminator",
    "mapping",
    "defaultMapping",
    "xml",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "format",
    "nullable",
];

/// A schema that may refer to others.
fn validator(schema: &Value) -> jsonschema::Validator {
    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": "#/components/schemas/Subject",
        "components": {"schemas": examples::schemas(schema.clone())},
    });
    jsonschema::validator_for(&document).unwrap_or_else(|error| panic!("{schema}: {error}"))
}

/// Names and values that schemas speak of.
fn spoken(value: &Value, names: &mut BTreeSet<String>, values: &mut Vec<Value>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match key.as_str() {
                    "enum" => values.extend(value.as_array().into_iter().flatten().cloned()),
                    "const" => values.push(value.clone()),
                    "properties" | "dependentRequired" | "dependentSchemas" => {
                        names.extend(
                            value
                                .as_object()
                                .into_iter()
                                .flat_map(|it| it.keys().cloned()),
                        );
                    }
                    "required" => {
                        let list = value.as_array().into_iter().flatten();
                        names.extend(list.filter_map(|it| it.as_str().map(str::to_owned)));
                    }
                    _ => {}
                }
                spoken(value, names, values);
            }
        }
        Value::Array(elements) => elements.iter().for_each(|it| spoken(it, names, values)),
        _ => {}
    }
}

/// Values that schemas of the table may tell apart.
fn candidates(old: &Value, new: &Value) -> Vec<Value> {
    let mut names = BTreeSet::from(["a".to_owned(), "x-other".to_owned()]);
    let mut all = vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0.5),
        json!(1.5),
    ];
    for schema in [old, new] {
        spoken(schema, &mut names, &mut all);
        if schema.get("$ref").is_some() {
            spoken(&examples::schemas(json!({})), &mut names, &mut all);
        }
    }
    all.extend((-12..=25).map(|it| json!(it)));
    all.extend((0..=25).map(|length| json!("a".repeat(length))));
    all.extend(["b", "A", "1", "12", "ab", "b1", "B"].map(|it| json!(it)));
    let single = all.clone();
    let lists = single.iter().filter(|it| it.is_string() || it.is_number());
    all.extend(lists.map(|it| json!([it])));
    all.extend((0..=12).map(|length| (0..length).map(|it| json!(it)).collect()));
    all.extend((2..=12).map(|length| (0..length).map(|_| json!("a")).collect()));
    all.extend([json!([1, "a"]), json!(["a", 1]), json!([{}]), json!([true])]);
    for most in 0..=12 {
        let members = (0..most).map(|it| (format!("p{it}"), json!("a")));
        all.push(Value::Object(members.collect()));
    }
    let names: Vec<String> = names.into_iter().take(6).collect();
    let contents = [
        json!("a"),
        json!(1),
        json!(null),
        json!({}),
        json!("aaaaaaaaaa"),
        json!(true),
    ];
    for subset in 0..(1_u32 << names.len()) {
        for content in &contents {
            let chosen = names.iter().enumerate();
            let chosen = chosen.filter(|(number, _)| subset & (1 << number) != 0);
            let members = chosen.map(|(_, name)| (name.clone(), content.clone()));
            all.push(Value::Object(members.collect::<Map<_, _>>()));
        }
    }
    all
}

/// Why the values speak against a rule.
fn fault(rule: &Rule) -> Option<String> {
    let parsed = |text: &str| -> Value {
        serde_json::from_str(text).expect("JSON, as another test reads it")
    };
    let (old, new) = (parsed(&rule.example.0), parsed(&rule.example.1));
    let (was, is) = (validator(&old), validator(&new));
    let values = candidates(&old, &new);
    let lost = values
        .iter()
        .find(|it| was.is_valid(it) && !is.is_valid(it));
    let gained = values
        .iter()
        .find(|it| !was.is_valid(it) && is.is_valid(it));
    let is_right = match rule.change.sent {
        Relation::Narrows => lost.is_some() && gained.is_none(),
        Relation::Widens => lost.is_none() && gained.is_some(),
        Relation::Replaces => lost.is_some(),
        Relation::Keeps => lost.is_none() && gained.is_none(),
        // Nothing is claimed.
        Relation::CannotTell => true,
    };
    (!is_right).then(|| {
        let (id, sent) = (rule.id.shown(), rule.change.sent);
        format!("{id} {sent:?}: {old} → {new}: lost {lost:?}, gained {gained:?}")
    })
}

/// A property of an open object could have been sent before, as anything: programs send none that has no name.
const UNNAMED: [&str; 2] = ["new-optional-request-property", "…-all-of-optional-added"];

#[test]
fn values_say_of_each_rule_of_schemas_what_the_table_says() {
    let rules = all().iter().filter(|rule| rule.kind == Kind::Schema);
    let is_unnamed = |id: &str| UNNAMED.iter().any(|it| id.starts_with(it));
    let is_judged =
        |rule: &&Rule| !SILENT.contains(&rule.member.as_str()) && !is_unnamed(&rule.id.shown());
    let rules: Vec<&Rule> = rules.filter(is_judged).collect();
    let faults: Vec<String> = rules.iter().filter_map(|rule| fault(rule)).collect();
    eprintln!("{} rules judged by values", rules.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
