//! The JSON Schemas of the data types: `schemas.rs`, which is there with the feature `schemars`.

use super::File;
use super::by_type::{self, TypeConditions};
use super::condition::Conditions;
use super::source::{Source, ident};
use crate::model::{Definition, Sdk};
use crate::visible::escape_json;
use serde_json::Value;

/// The longest JSON that is not broken.
const WIDTH: usize = 92;

pub(super) fn file(sdk: &Sdk, conditions: Conditions) -> File {
    let docs = ["The JSON Schemas of the data types, as the documents of the API state them."];
    let mut source = by_type::head(sdk, conditions, &docs, "dead_code, unused_imports");
    let types = TypeConditions::of(sdk, conditions);
    for definition in &sdk.definitions {
        source.apart();
        write(&mut source, definition);
    }
    source.apart();
    for definition in &sdk.definitions {
        let ty = definition
            .ty
            .and_then(|id| Some((id, sdk.types.get(id.0)?)));
        let Some((id, ty)) = ty else {
            continue;
        };
        if let Some(condition) = types.on(id) {
            condition.write(&mut source);
        }
        let (name, definition) = (ident(&ty.name), ident(&definition.name));
        source.line(&format!("rt::schema_of!(types::{name} = {definition});"));
    }
    File {
        path: "schemas.rs".to_owned(),
        contents: source.finish(),
    }
}

fn write(source: &mut Source, definition: &Definition) {
    source.open("rt::schema! {");
    let references: Vec<_> = definition.references.iter().map(|it| ident(it)).collect();
    source.list(&format!("{} [", ident(&definition.name)), &references, "]");
    source.line("r##\"");
    let mut text = String::new();
    print(&definition.schema, 0, &mut text);
    // In JSON, only a text has a quote and then these.
    let text = text.replace("\"##", "\"#\\u0023");
    escape_json(&text)
        .lines()
        .for_each(|line| source.line(line));
    source.line("\"##");
    source.close("}");
}

/// JSON in as few lines as are not too long.
fn print(value: &Value, depth: usize, out: &mut String) {
    let start = out.len();
    if print_line(value, out, start + WIDTH.saturating_sub(2 * depth)) {
        return;
    }
    out.truncate(start);
    let new_line = |depth: usize, out: &mut String| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    let [open, close] = brackets(value);
    out.push_str(open);
    for (index, (name, value)) in items(value).enumerate() {
        out.push_str(if index > 0 { "," } else { "" });
        new_line(depth + 1, out);
        print_name(name, out);
        print(value, depth + 1, out);
    }
    new_line(depth, out);
    out.push_str(close);
}

/// JSON in one line; ends with `false` once the text is longer than this. A value without parts is never
/// too long.
fn print_line(value: &Value, out: &mut String, most: usize) -> bool {
    if !value.is_array() && !value.is_object() {
        out.push_str(&value.to_string());
        return true;
    }
    let [open, close] = brackets(value);
    out.push_str(open);
    for (index, (name, value)) in items(value).enumerate() {
        out.push_str(if index > 0 { ", " } else { "" });
        print_name(name, out);
        if !print_line(value, out, most) || out.len() > most {
            return false;
        }
    }
    out.push_str(close);
    out.len() <= most
}

fn print_name(name: Option<&str>, out: &mut String) {
    if let Some(name) = name {
        out.push_str(&Value::from(name).to_string());
        out.push_str(": ");
    }
}

fn brackets(value: &Value) -> [&'static str; 2] {
    match value {
        Value::Object(_) => ["{", "}"],
        _ => ["[", "]"],
    }
}

/// The elements of an array, or the members of an object with their names.
fn items(value: &Value) -> impl Iterator<Item = (Option<&str>, &Value)> {
    let elements = value.as_array().into_iter().flatten();
    let members = value.as_object().into_iter().flatten();
    let members = members.map(|(name, value)| (Some(name.as_str()), value));
    elements.map(|value| (None, value)).chain(members)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeSet;

    #[test]
    fn no_text_leaves_its_literal() {
        let schema = json!({
            "title": "\"## } fn f() {} r##\"",
            "description": format!("\u{202e}\r\n\"{}", "#".repeat(300)),
            "default": {"\"##": "x".repeat(100)},
        });
        let mut source = Source::default();
        write(
            &mut source,
            &Definition {
                name: "A".to_owned(),
                ty: None,
                schema: schema.clone(),
                references: BTreeSet::new(),
            },
        );
        let text = source.finish();
        let (_, rest) = text.split_once("r##\"").expect("a literal");
        let (literal, rest) = rest.split_once("\"##").expect("its end");
        assert_eq!(rest, "\n}\n");
        assert!(!literal.contains(['\r', '\u{202e}']));
        assert_eq!(
            serde_json::from_str::<Value>(literal).expect("JSON"),
            schema
        );
    }

    #[test]
    fn a_schema_that_fits_stands_on_one_line() {
        let mut text = String::new();
        print(
            &json!({"properties": {"a": {"type": "string"}}, "description": "x".repeat(80)}),
            0,
            &mut text,
        );
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[1], r#"  "properties": {"a": {"type": "string"}},"#);
    }
}
