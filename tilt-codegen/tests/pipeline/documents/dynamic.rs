//! References whose target depends on the way to them.

use super::*;

/// The types of the properties of all types of these schemas, and how many references are told to be none.
fn fields(schemas: &str) -> (Vec<String>, usize) {
    let document = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    );
    let modelled = model(&[("api.yaml", &document)]);
    let surface = tilt_codegen::surface(&modelled.sdk);
    let lines = surface.lines().filter_map(|it| it.strip_prefix("type "));
    let lines = lines.filter(|it| it.contains('.') && it.contains(": "));
    let told = findings(&modelled, "inexpressible-keyword").len();
    (lines.map(str::to_owned).collect(), told)
}

#[test]
fn a_dynamic_reference_that_can_lead_to_one_schema_leads_there() {
    for (schemas, expected) in [
        (
            "    Tree: {$dynamicAnchor: node, type: object, properties: {inside: {$dynamicRef: '#node'}}}\n",
            vec!["Tree.inside: Tree?"],
        ),
        (
            "    Tree: {$id: 'https://a.example/tree', $recursiveAnchor: true, type: object, properties: {inside: {type: array, items: {$recursiveRef: '#'}}}}\n",
            vec!["Tree.inside: [Tree]?"],
        ),
        // Anything but a dynamic anchor is found as by `$ref`.
        (
            "    A: {type: object, properties: {b: {$dynamicRef: '#/components/schemas/B'}, c: {$dynamicRef: '#c'}}}\n    \
             B: {type: object, properties: {n: {type: integer}}}\n    \
             C: {$anchor: c, type: object, properties: {n: {type: integer}}}\n",
            vec!["A.b: B?", "A.c: C?", "B.n: i64?", "C.n: i64?"],
        ),
        // Neither is on a way to the other.
        (
            "    A: {$id: 'https://a.example/a', $dynamicAnchor: node, type: object, properties: {a: {$dynamicRef: '#node'}}}\n    \
             B: {$id: 'https://a.example/b', $dynamicAnchor: node, type: object, properties: {b: {$dynamicRef: '#node'}}}\n",
            vec!["A.a: A?", "B.b: B?"],
        ),
    ] {
        let expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        assert_eq!(fields(schemas), (expected, 0), "{schemas}");
    }
}

#[test]
fn a_dynamic_reference_that_may_lead_elsewhere_is_any_value_and_said() {
    for schemas in [
        // Strictly, what the tree has inside is such again.
        "    Tree: {$id: 'https://a.example/tree', $dynamicAnchor: node, type: object, properties: {inside: {$dynamicRef: '#node'}}}\n    \
         Strict: {$id: 'https://a.example/strict', $dynamicAnchor: node, $ref: tree, unevaluatedProperties: false}\n",
        // Two of one resource.
        "    Tree: {type: object, $defs: {item: {$dynamicAnchor: item}}, properties: {inside: {$dynamicRef: '#item'}}}\n    \
         Words: {$defs: {item: {$dynamicAnchor: item, type: string}}, $ref: '#/components/schemas/Tree'}\n",
    ] {
        let (fields, told) = fields(schemas);
        assert!(told > 0, "{schemas}");
        for field in fields {
            assert!(field.ends_with(".inside: Value?"), "{field}");
        }
    }
}
