//! Comparisons of documents that are a few times as large.

use super::{
    ALLOCATED, FEW, Family, MOST, MOST_BYTES, TIMES, inputs, object, openapi, operations,
    reference, schemas,
};
use serde_json::{Value, json};
use stats_alloc::Region;
use tilt_codegen::config::Config;

/// Documents that are compared with what becomes of them as all their texts become integers.
pub(super) const FAMILIES: &[(&str, Family)] = &[
    ("operations", |n| {
        operations(n, |at| (format!("/r{at}s"), json!({})))
    }),
    ("operations with a callback that has itself", callbacks),
    ("schemas that have themselves", |n| {
        schemas(object(n, |at| {
            let name = format!("S{at}");
            let own = reference(&name);
            let properties =
                json!({"a": own, "b": {"type": "array", "items": own}, "c": {"type": "string"}});
            (name, json!({"type": "object", "properties": properties}))
        }))
    }),
];

fn callbacks(n: usize) -> Value {
    let callback = json!({"$ref": "#/components/callbacks/Told"});
    let operation = |_: usize| json!({"callbacks": {"told": callback}, "responses": {"204": {"description": "x"}}});
    let told = object(n, |at| {
        (
            format!("{{$request.body#/u{at}}}"),
            json!({"post": operation(at)}),
        )
    });
    let paths = object(n, |at| (format!("/r{at}s"), json!({"get": operation(at)})));
    openapi(paths, json!({"callbacks": {"Told": told}}))
}

/// The times as much that is allocated to compare documents that are a few times as large.
pub(super) fn factors(family: Family) -> [(&'static str, f64, f64); 2] {
    let [few, many] = [FEW, TIMES * FEW].map(|number| {
        let document = family(number);
        let text = document.to_string();
        let other = text.replace(r#""type":"string""#, r#""type":"integer""#);
        let other = serde_json::from_str(&other).expect("JSON, as before");
        let (old, new) = (inputs(&document, None), inputs(&other, None));
        let region = Region::new(ALLOCATED);
        let drift = tilt_codegen::diff(&old, &new, &Config::default());
        let change = region.change();
        drift.expect("documents that are only large");
        [
            change.allocations + change.reallocations,
            change.bytes_allocated,
        ]
    });
    let factor = |unit: usize| many[unit] as f64 / few[unit] as f64;
    [
        ("allocations", factor(0), MOST),
        ("bytes", factor(1), MOST_BYTES),
    ]
}
