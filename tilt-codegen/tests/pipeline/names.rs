//! Names that a names file keeps, and faults of one.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::diagnostic::Diagnostics;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled, surface};

pub(crate) fn model(
    document: &Value,
    names: Option<&str>,
    config: &str,
) -> Result<Modelled, Diagnostics> {
    let input = |name: &str, text: String| Input::Bytes {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    let inputs = Inputs {
        openapi: Some(input("api.json", document.to_string())),
        names: names.map(|names| input("names.lock", names.to_owned())),
        ..Inputs::default()
    };
    Generator::new(Config::from_toml(config).unwrap()).model(&inputs)
}

pub(crate) fn first(document: &Value) -> Modelled {
    model(document, None, "").unwrap()
}

pub(crate) fn next(document: &Value, before: &Modelled) -> Modelled {
    model(document, Some(&before.names.to_string()), "").unwrap()
}

#[track_caller]
pub(crate) fn has(modelled: &Modelled, line: &str) {
    let surface = surface(&modelled.sdk);
    assert!(surface.lines().any(|it| it == line), "{line}\n{surface}");
}

pub(crate) fn schemas(schemas: Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "components": {"schemas": schemas},
    })
}

pub(crate) fn object(properties: Value) -> Value {
    json!({"type": "object", "properties": properties})
}

#[test]
fn a_name_that_something_new_would_take_is_kept() {
    let before = first(&schemas(json!({
        "pullrequest": object(json!({"sourceBranch": {"type": "string"}})),
    })));
    has(&before, "type Pullrequest struct");
    let grown = schemas(json!({
        "Pullrequest": object(json!({})),
        "pullrequest": object(json!({
            "source_branch": {"type": "string"},
            "sourceBranch": {"type": "string"},
        })),
    }));
    // Without the file, those that are spelled like the names have them.
    has(&first(&grown), "type PullrequestLower struct");
    let after = next(&grown, &before);
    has(&after, "type Pullrequest struct");
    has(
        &after,
        "type Pullrequest.source_branch (\"sourceBranch\"): String?",
    );
    has(
        &after,
        "type Pullrequest.source_branch_snake (\"source_branch\"): String?",
    );
    // And so they stay.
    let last = next(&grown, &after);
    assert_eq!(last.names, after.names);
    assert_eq!(last.sdk, after.sdk);
}

#[test]
fn of_types_that_were_one_the_one_at_its_first_place_keeps_the_name() {
    let status = json!({"type": "string", "enum": ["open", "paid"]});
    let before = first(&schemas(json!({
        "BillOfSale": object(json!({"status": status})),
        "BillOfLading": object(json!({"status": status})),
    })));
    has(&before, "type BillOfSale.status: BillStatus?");
    // A place that comes before the others is no earlier for that.
    let shared = next(
        &schemas(json!({
            "BillOfA": object(json!({"status": status})),
            "BillOfSale": object(json!({"status": status})),
            "BillOfLading": object(json!({"status": status})),
        })),
        &before,
    );
    has(&shared, "type BillOfA.status: BillStatus?");
    let split = next(
        &schemas(json!({
            "BillOfA": object(json!({"status": {"type": "string", "enum": ["yes", "no"]}})),
            "BillOfSale": object(json!({"status": status})),
            "BillOfLading": object(json!({"status": status})),
        })),
        &shared,
    );
    has(&split, "type BillOfSale.status: BillStatus?");
    has(&split, "type BillOfA.status: BillOfAStatus?");
}

#[test]
fn types_that_become_equal_keep_both_names() {
    let before = first(&schemas(json!({
        "Bill": object(json!({"status": {"type": "string", "enum": ["open"]}})),
        "Order": object(json!({"status": {"type": "string", "enum": ["open", "paid"]}})),
    })));
    let status = json!({"type": "string", "enum": ["open", "paid"]});
    let after = next(
        &schemas(json!({
            "Bill": object(json!({"status": status})),
            "Order": object(json!({"status": status})),
        })),
        &before,
    );
    has(&after, "type Bill.status: BillStatus?");
    has(&after, "type Order.status: OrderStatus?");
}

#[test]
fn elements_of_lists_are_known_by_what_they_say() {
    let parameter = |name: &str, values: Value| json!({"name": name, "in": "query", "schema": {"type": "string", "enum": values}});
    let operation = |parameters: Value| {
        json!({
            "openapi": "3.1.0",
            "info": {"title": "T", "version": "1"},
            "paths": {"/things": {"get": {"parameters": parameters, "responses": {}}}},
        })
    };
    let before = first(&operation(json!([parameter("kind", json!(["a", "b"]))])));
    has(&before, "type ThingsKind::A = \"a\"");
    let grown = operation(json!([
        parameter("Kind", json!(["c", "d"])),
        parameter("kind", json!(["a", "b"])),
    ]));
    let after = next(&grown, &before);
    has(&after, "type ThingsKind::A = \"a\"");
    let line = "operation things.list(kind_pascal: into ListThingsKind?, kind: into ThingsKind?) -> () = GET /things";
    has(&after, line);
}

#[test]
fn the_configuration_wins_over_the_file() {
    let document = schemas(
        json!({"order": object(json!({"status": {"type": "string", "enum": ["a", "b"]}}))}),
    );
    let before = first(&document);
    let names = before.names.to_string();
    let after = model(
        &document,
        Some(&names),
        "[types.rename]\nOrder = \"Purchase\"",
    )
    .unwrap();
    has(&after, "type Purchase.status: OrderStatus?");
    // The file has the names that the configuration replaces.
    assert_eq!(after.names, before.names);
    // A new thing that is called like the wanted name gives way.
    let grown = schemas(json!({
        "order": object(json!({})),
        "Purchase": object(json!({"new": {"type": "string"}})),
    }));
    let renaming = "[types.rename]\nOrder = \"Purchase\"";
    let after = model(&grown, Some(&names), renaming).unwrap();
    has(&after, "type PurchaseSchema struct");
    // A thing that was there does not.
    let known = first(&grown).names.to_string();
    let refused = model(&grown, Some(&known), renaming).unwrap_err();
    assert_eq!(refused.items[0].code, "colliding-rename");
}

#[test]
fn a_name_that_was_replaced_is_no_name_for_another() {
    let error = |property: &str| json!({"description": "", "content": {"application/json": {"schema": object(json!({property: {}}))}}});
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"400": error("a")}}}},
    });
    let renaming = "[types.rename]\nErrorBody = \"Fault\"";
    has(
        &model(&document, None, renaming).unwrap(),
        "type Fault struct",
    );
    document["paths"]["/b"] = json!({"get": {"responses": {"400": error("b")}}});
    let grown = model(&document, None, renaming).unwrap();
    has(&grown, "type Fault struct");
    has(&grown, "type GetBError struct");
}

#[test]
fn what_is_no_longer_there_leaves_the_file() {
    let before = first(&schemas(
        json!({"Order": object(json!({})), "Bill": object(json!({}))}),
    ));
    let after = next(&schemas(json!({"Bill": object(json!({}))})), &before);
    assert!(!after.names.to_string().contains("Order"));
}

#[test]
fn names_of_any_text_are_read_back() {
    let odd = [
        "",
        " ",
        "+",
        "!",
        "#",
        "a b",
        "\"",
        "\\",
        "a\"b\\",
        "\n",
        "\t",
        "\u{202e}x",
        "é",
        "日本",
        "$ref",
        "-1",
        "names 1",
        "type",
        "\u{feff}",
        "\\u{41}",
    ];
    let properties = odd.iter().map(|name| ((*name).to_owned(), json!({})));
    let document = schemas(json!({
        "odd one": object(Value::Object(properties.collect())),
        "a/b~c#d": {"type": "string", "enum": odd},
    }));
    let before = first(&document);
    let after = next(&document, &before);
    assert_eq!(after.names, before.names);
    assert_eq!(after.sdk, before.sdk);
    assert!(!before.names.to_string().contains('\u{202e}'));
}

/// Files, and the code, the line and a word of the first error of each.
const REFUSED: &[(&str, &str, usize, &str)] = &[
    ("", "malformed-names", 1, "ends without"),
    ("names 2\n", "malformed-names", 1, "version `2`"),
    (
        "type A openapi#/a\n",
        "malformed-names",
        1,
        "expected `names 1`",
    ),
    (
        "names 1\nwhat is this\n",
        "malformed-names",
        2,
        "not understood",
    ),
    ("names 1\n<<<<<<< HEAD\n", "malformed-names", 2, "merge"),
    ("names 1\n x y\n", "malformed-names", 2, "indented"),
    ("names 1\ntype A\n", "malformed-names", 2, "places"),
    ("names 1\ntype A nowhere\n", "malformed-names", 2, "places"),
    ("names 1\nscope \"a b\n", "malformed-names", 2, "quote"),
    (
        "names 1\nscope \"\\u{110000}\" A\n",
        "malformed-names",
        2,
        "quote",
    ),
    (
        "names 1\nscope \"\\u{é}\" A\n",
        "malformed-names",
        2,
        "quote",
    ),
    (
        "names 1\ntype a openapi#/a\n",
        "invalid-name",
        2,
        "`a` cannot be",
    ),
    (
        "names 1\ntype Self openapi#/a\n",
        "invalid-name",
        2,
        "`Self`",
    ),
    (
        "names 1\ntype A;panic openapi#/a\n",
        "invalid-name",
        2,
        "cannot be",
    ),
    (
        "names 1\ntype A openapi#/a\n x self\n",
        "invalid-name",
        3,
        "`self`",
    ),
    (
        "names 1\ntype A openapi#/a\n x extra\n",
        "invalid-name",
        3,
        "`extra`",
    ),
    (
        "names 1\ntype A openapi#/a\n x Unknown\n",
        "invalid-name",
        3,
        "`Unknown`",
    ),
    (
        "names 1\noperation GET /a a\n",
        "invalid-name",
        2,
        "`resource.method`",
    ),
    (
        "names 1\noperation GET /a a.b\n parameter query x send\n",
        "invalid-name",
        3,
        "`send`",
    ),
    (
        "names 1\ntype A openapi#/a\ntype A openapi#/b\n",
        "colliding-names",
        3,
        "line 2",
    ),
    (
        "names 1\ntype A openapi#/a\ntype B openapi#/a\n",
        "colliding-names",
        3,
        "line 2",
    ),
    (
        "names 1\ntype A openapi#/a\n x y\n z y\n",
        "colliding-names",
        4,
        "line 3",
    ),
    (
        "names 1\ntype A openapi#/a\n x y\n x z\n",
        "colliding-names",
        4,
        "line 3",
    ),
    (
        "names 1\noperation GET /a a.b\noperation GET /b a.b\n",
        "colliding-names",
        3,
        "line 2",
    ),
    (
        "names 1\nscope a A\nscope b A\n",
        "colliding-names",
        3,
        "line 2",
    ),
    (
        "names 1\nevent a A T\nevent b A T\n",
        "colliding-names",
        3,
        "line 2",
    ),
];

#[test]
fn a_file_that_cannot_be_used_is_refused_with_a_place() {
    let document = schemas(json!({"Order": object(json!({}))}));
    for (text, code, line, words) in REFUSED {
        let refused = model(&document, Some(text), "").expect_err(text);
        let found = &refused.items[0];
        assert_eq!(
            (found.code.as_str(), found.line),
            (*code, Some(*line)),
            "{text}: {refused}"
        );
        let message = format!(
            "{} {}",
            found.message,
            found.help.as_deref().unwrap_or_default()
        );
        assert!(message.contains(words), "{text}: {message}");
        assert_eq!(found.document, "names.lock");
    }
}

#[test]
fn a_file_that_leads_in_circles_leads_nowhere() {
    let document = schemas(json!({"Order": object(json!({}))}));
    let mut text = "names 1\ntype A B/x\ntype B A/x\ntype C C/x\n".to_owned();
    for number in 0..100_000 {
        text.push_str(&format!("type T{number} T{}/x\n", number + 1));
    }
    let modelled = model(&document, Some(&text), "").unwrap();
    has(&modelled, "type Order = {Value}");
}

#[test]
fn a_file_that_is_no_text_is_refused() {
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".into(),
            bytes: schemas(json!({})).to_string().into_bytes(),
        }),
        names: Some(Input::Bytes {
            name: "names.lock".into(),
            bytes: b"names 1\nscope \xff A\n".to_vec(),
        }),
        ..Inputs::default()
    };
    let refused = Generator::new(Config::default())
        .model(&inputs)
        .unwrap_err();
    assert_eq!(
        (refused.items[0].code.as_str(), refused.items[0].line),
        ("malformed-names", Some(2))
    );
}
