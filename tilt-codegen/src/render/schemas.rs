//! The JSON Schemas of the data types: `schemas.rs`, which is there with the feature `schemars`.

use super::File;
use super::by_type::{self, TypeConditions};
use super::condition::Conditions;
use super::json_text;
use super::source::{Source, ident};
use crate::model::{Definition, Sdk};

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
    json_text::lines(&definition.schema, source);
    source.line("\"##");
    source.close("}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
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
}
