//! Laws of properties of one direction, for any schemas that refer to each other.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tilt_codegen::model::{Shape, Type};
use tilt_codegen::surface;

use super::{api, first, next, object, read_only, text, to, write_only};

/// Schemas `T0`, `T1`, …: what they refer to, whether they have a property of either direction, and whether they are
/// unions.
fn any_schemas() -> impl Strategy<Value = (Vec<String>, Value)> {
    let schema = |count: usize| {
        let references = prop::collection::vec((0..count, 0..3_u8), 0..3);
        (references, 0..4_u8, any::<bool>())
    };
    (1..6_usize)
        .prop_flat_map(move |count| prop::collection::vec(schema(count), count))
        .prop_map(|all| {
            let names: Vec<String> = (0..all.len()).map(|at| format!("T{at}")).collect();
            let mut schemas = Map::new();
            for (name, (references, marks, is_union)) in names.iter().zip(all) {
                let mut properties = json!({"own": text()});
                let mut required = vec!["own"];
                if marks & 1 != 0 {
                    properties["id"] = read_only();
                    required.push("id");
                }
                if marks & 2 != 0 {
                    properties["key"] = write_only();
                    required.push("key");
                }
                for (at, (to_type, mark)) in references.iter().enumerate() {
                    let mut property = json!({"allOf": [to(&names[*to_type])]});
                    match mark {
                        1 => property["readOnly"] = json!(true),
                        2 => property["writeOnly"] = json!(true),
                        _ => {}
                    }
                    properties[format!("to{at}")] = property;
                }
                let own = object(&required, properties);
                let schema = match is_union {
                    true => json!({"oneOf": [own, text()]}),
                    false => own,
                };
                schemas.insert(name.clone(), schema);
            }
            (names, Value::Object(schemas))
        })
}

fn chosen(names: &[String], bits: u8) -> Vec<&str> {
    let all = names.iter().enumerate();
    all.filter(|(at, _)| bits & (1 << at) != 0)
        .map(|(_, name)| name.as_str())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn requests_have_nothing_read_only_and_answers_nothing_write_only(
        (names, schemas) in any_schemas(), sent: u8, answered: u8,
    ) {
        let document = api(&chosen(&names, sent), &chosen(&names, answered), schemas);
        let modelled = first(&document);
        for ty in &modelled.sdk.types {
            let Shape::Struct(shape) = &ty.shape else { continue };
            let field = |wire: &str| shape.fields.iter().any(|field| field.wire == wire);
            prop_assert!(!(ty.usage.input && field("id")), "{}", ty.name);
            prop_assert!(!(ty.usage.output && field("key")), "{}", ty.name);
        }
        let before = modelled.names.to_string();
        let again = next(&document, &modelled);
        prop_assert_eq!(again.names.to_string(), before);
        prop_assert_eq!(surface(&again.sdk), surface(&modelled.sdk));
    }

    #[test]
    fn more_operations_change_nothing_of_what_was_there(
        (names, schemas) in any_schemas(), sent: u8, answered: u8, more_sent: u8, more_answered: u8,
    ) {
        let of = |sent: u8, answered: u8| {
            api(&chosen(&names, sent), &chosen(&names, answered), schemas.clone())
        };
        let before = first(&of(sent, answered));
        let after = next(&of(sent | more_sent, answered | more_answered), &before);
        let lines = surface(&after.sdk);
        let reached: Vec<&Type> = before.sdk.types.iter()
            .filter(|ty| ty.usage.input || ty.usage.output)
            .collect();
        for line in surface(&before.sdk).lines() {
            let is_of = |ty: &&&Type| line.strip_prefix("type ").is_some_and(|rest| {
                rest.strip_prefix(ty.name.as_str())
                    .is_some_and(|rest| rest.starts_with([' ', '.', ':']))
            });
            if line.starts_with("operation ") || reached.iter().any(|ty| is_of(&ty)) {
                prop_assert!(lines.lines().any(|it| it == line), "{line}\n{lines}");
            }
        }
    }
}
