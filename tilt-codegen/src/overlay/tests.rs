//! Overlays applied to small documents.

use super::*;
use crate::source::DocumentId;
use crate::source::Limits;
use serde_json::json;

fn apply_to_first(documents: &mut Documents, overlay: Input) -> Result<Diagnostics, Diagnostics> {
    apply(documents, DocumentId(0), overlay)
}

fn documents(value: &Value) -> Documents {
    let input = Input::Bytes {
        name: "api.json".into(),
        bytes: value.to_string().into(),
    };
    Documents::load(input, &Limits::default()).expect("a valid document")
}

fn overlay(actions: &Value) -> Input {
    let overlay = json!({
        "overlay": "1.0.0",
        "info": {"title": "t", "version": "1"},
        "actions": actions
    });
    Input::Bytes {
        name: "overlay.json".into(),
        bytes: overlay.to_string().into(),
    }
}

/// The document afterwards and the codes of the findings, or those of the errors.
fn applied(document: &Value, actions: &Value) -> Result<(Value, Vec<&'static str>), Vec<String>> {
    let mut documents = documents(document);
    match apply_to_first(&mut documents, overlay(actions)) {
        Ok(findings) => {
            let codes = findings
                .items
                .iter()
                .map(|item| item.code.as_str())
                .collect();
            Ok((documents.root().value.clone(), codes))
        }
        Err(errors) => Err(errors.items.into_iter().map(|item| item.message).collect()),
    }
}

#[test]
fn updates_merge_objects_append_to_arrays_and_replace_the_rest() {
    let document = json!({"info": {"title": "a", "x": {"b": 1}, "tags": [1]}, "z": 1});
    let update = json!({"title": "c", "x": {"d": 2}, "tags": [2], "new": null});
    let result = applied(&document, &json!([{"target": "$.info", "update": update}]));
    let info = json!({"title": "c", "x": {"b": 1, "d": 2}, "tags": [1, 2], "new": null});
    assert_eq!(result, Ok((json!({"info": info, "z": 1}), vec![])));
}

#[test]
fn an_update_of_an_array_is_one_more_entry() {
    let action = json!([{"target": "$.tags", "update": {"name": "b"}}]);
    let result = applied(&json!({"tags": [{"name": "a"}]}), &action);
    assert_eq!(
        result,
        Ok((json!({"tags": [{"name": "a"}, {"name": "b"}]}), vec![]))
    );
}

#[test]
fn actions_see_what_earlier_ones_did() {
    let actions = json!([
        {"target": "$", "update": {"a": {"x": 1}}},
        {"target": "$.a", "update": {"y": 2}},
        {"target": "$.a.x", "remove": true}
    ]);
    assert_eq!(
        applied(&json!({}), &actions),
        Ok((json!({"a": {"y": 2}}), vec![]))
    );
}

#[test]
fn many_places_can_be_removed_at_once() {
    let document = json!({"list": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "a/b": {"x": 1}});
    let actions = json!([
        {"target": "$.list[?@ > 1 && @ < 11]", "remove": true, "update": {"ignored": 1}},
        {"target": "$['a/b'].x", "remove": true},
    ]);
    let result = applied(&document, &actions);
    assert_eq!(result, Ok((json!({"list": [0, 1, 11], "a/b": {}}), vec![])));
}

#[test]
fn a_place_inside_a_removed_one_is_gone_with_it() {
    let actions = json!([{"target": "$..a", "remove": true}]);
    let result = applied(&json!({"a": {"a": 1}, "b": [{"a": 2}]}), &actions);
    assert_eq!(result, Ok((json!({"b": [{}]}), vec![])));
}

#[test]
fn a_target_that_selects_nothing_is_a_finding() {
    let actions = json!([{"target": "$.nowhere", "remove": true}]);
    assert_eq!(
        applied(&json!({}), &actions),
        Ok((json!({}), vec!["unmatched-overlay-target"]))
    );
}

#[test]
fn what_does_not_fit_is_an_error_with_its_place() {
    let mut documents = documents(&json!({"a": {}}));
    let input = overlay(&json!([{"target": "$.a", "update": 1}]));
    let error = apply_to_first(&mut documents, input)
        .err()
        .unwrap_or_default();
    let item = error.items.first().expect("an error");
    assert_eq!(item.message, "found a number for the object at /a");
    assert_eq!(
        (item.document.as_str(), item.pointer.to_string().as_str()),
        ("overlay.json", "/actions/0/update")
    );
}

#[test]
fn every_mistake_in_an_overlay_is_reported() {
    let text = br#"{"overlay": "2.0.0", "actions": [{"target": "$["}, {}, 1], "y": 1}"#;
    let input = Input::Bytes {
        name: "overlay.json".into(),
        bytes: text.to_vec(),
    };
    let error = apply_to_first(&mut documents(&json!({})), input)
        .err()
        .unwrap_or_default();
    let codes: Vec<_> = error.items.iter().map(|item| item.code.as_str()).collect();
    let mut expected = vec!["invalid-overlay"; 6];
    expected.push("unknown-overlay-field");
    assert_eq!(codes, expected);
}

#[test]
fn deep_targets_and_deep_results_are_refused() {
    let deep = format!("$[?{}@.a{}]", "(".repeat(10_000), ")".repeat(10_000));
    let actions = json!([{"target": deep, "remove": true}]);
    assert!(applied(&json!({}), &actions).is_err());
    let nest = |levels| (0..levels).fold(json!({}), |inner, _| json!({"a": inner}));
    let actions = json!([{"target": "$..a", "update": nest(150)}]);
    let errors = applied(&nest(150), &actions).err().unwrap_or_default();
    assert_eq!(
        errors.first().map(String::as_str),
        Some("this makes the document deeper than 200")
    );
}

/// The code and help of the first error, under limits that are reached soon.
fn refused(document: &Value, actions: &Value) -> (&'static str, String) {
    let limits = Limits {
        nodes: 100_000,
        expansion: 1 << 20,
        matching: 1_000_000,
        ..Limits::default()
    };
    let input = Input::Bytes {
        name: "api.json".into(),
        bytes: document.to_string().into(),
    };
    let mut documents = Documents::load(input, &limits).expect("a valid document");
    let errors = apply_to_first(&mut documents, overlay(actions)).err();
    let first = errors.unwrap_or_default().items.into_iter().next();
    let first = first.expect("an error");
    assert!(first.line.is_some(), "no place: {}", first.message);
    (first.code.as_str(), first.help.unwrap_or_default())
}

#[test]
fn values_that_multiply_are_refused() {
    let update = json!({"a": {"b": {}}, "c": {}});
    let actions: Value = (0..14)
        .map(|_| json!({"target": "$..*", "update": update}))
        .collect();
    let (code, help) = refused(&json!({"paths": {"/a": {}}}), &actions);
    assert_eq!(code, "too-many-values");
    assert!(help.contains("raise `nodes` of [limits]"), "{help}");
}

#[test]
fn text_that_multiplies_is_refused() {
    let list: Value = (0..5_000).map(|index| json!({"n": index})).collect();
    let update = json!({"text": "t".repeat(1_000)});
    let actions = json!([{"target": "$.list[*]", "update": update}]);
    let (code, help) = refused(&json!({"list": list}), &actions);
    assert_eq!(code, "too-much-expansion");
    assert!(help.contains("raise `expansion` of [limits]"), "{help}");
}

#[test]
fn targets_that_look_at_everything_again_and_again_are_refused() {
    let list: Value = (0..2_000).map(|index| json!({"n": [index]})).collect();
    let target = "$..[?count($..[?count($..*) > 0]) < 0]";
    let actions = json!([{"target": target, "remove": true}]);
    let (code, help) = refused(&json!({"list": list}), &actions);
    assert_eq!(code, "too-much-matching");
    assert!(help.contains("raise `matching` of [limits]"), "{help}");
}

#[test]
fn removals_one_by_one_from_a_long_list_are_refused() {
    let list: Value = (0..2_000).map(|index| json!(index)).collect();
    let actions: Value = (0..1_000)
        .map(|_| json!({"target": "$.list[0]", "remove": true}))
        .collect();
    let (code, help) = refused(&json!({"list": list}), &actions);
    assert_eq!(code, "too-much-matching");
    assert!(help.contains("raise `matching` of [limits]"), "{help}");
}

#[test]
fn places_that_are_remembered_are_paid_for() {
    let list: Value = (0..20_000).map(|index| json!(index)).collect();
    let action = |target: &str| json!([{"target": target, "remove": true}]);
    let document = json!({"list": list});
    let steps = |target: &str| {
        let mut documents = documents(&document);
        let mut spent = 0;
        assert!(apply_to_first(&mut documents, overlay(&action(target))).is_ok());
        documents
            .edit(DocumentId(0), |_, allowance| {
                spent = Limits::default().matching - allowance.steps
            })
            .expect("a valid document");
        spent
    };
    assert!(steps("$.list[*]") > steps("$.list[?@ < 0]") + 20_000 * 4);
}

#[test]
fn all_overlays_share_what_one_may_take() {
    let limits = Limits {
        matching: 1_000,
        ..Limits::default()
    };
    let input = Input::Bytes {
        name: "api.json".into(),
        bytes: br#"{"a": {"b": {"c": 1}}}"#.to_vec(),
    };
    let loaded = Documents::load(input, &limits);
    let mut documents = loaded.unwrap_or_else(|error| panic!("{error}"));
    let look = json!([{"target": "$..c", "update": 2}]);
    let applied = (0..1_000).take_while(|_| apply_to_first(&mut documents, overlay(&look)).is_ok());
    assert!((10..1_000).contains(&applied.count()));
}

#[test]
fn an_update_reaches_what_is_selected_inside_of_what_it_changed() {
    let actions = json!([{"target": "$..[?@.x]", "update": {"x": {"y": 2}}}]);
    let result = applied(&json!({"a": {"x": {"x": {}}}}), &actions);
    let inner = json!({"x": {"y": 2}, "y": 2});
    assert_eq!(result, Ok((json!({"a": {"x": inner}}), vec![])));
}

#[test]
fn nothing_is_done_behind_an_action_that_failed() {
    let actions = json!([
        {"target": "$.a", "update": {"b": 1}},
        {"target": "$.c", "update": {"d": 1}},
    ]);
    let errors = applied(&json!({"a": "text", "c": "text"}), &actions).expect_err("two misfits");
    assert_eq!(errors.len(), 1, "{errors:?}");
}

#[test]
fn new_references_are_known() {
    let mut documents = documents(&json!({"a": 1}));
    let input = overlay(&json!([{"target": "$", "update": {"b": {"$ref": "#/a"}}}]));
    assert!(apply_to_first(&mut documents, input).is_ok());
    let node = documents
        .resolve(DocumentId(0), "#/b")
        .and_then(|node| documents.follow(node));
    assert_eq!(node.map(|node| node.value.clone()), Ok(json!(1)));
}
