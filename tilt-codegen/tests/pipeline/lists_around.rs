//! Lists whose marks, totals and items stand in objects around them.

use super::lists::{findings, flag, list, model, number, object, style, text, things};
use serde_json::{Value, json};

fn around(name: &str, properties: Value) -> Value {
    object(json!({name: object(properties)}))
}

#[test]
fn a_mark_may_stand_beside_the_items_in_an_object() {
    for (parameters, answer, expected) in [
        (
            vec!["page_token!"],
            around(
                "data",
                json!({"items": things(), "next_page_token": text(), "has_more": flag()}),
            ),
            "cursor 0 data.next_page_token | data.items | data.has_more",
        ),
        (
            vec!["limit", "offset"],
            around(
                "albums",
                json!({"items": things(), "next": text(), "previous": text()}),
            ),
            "url albums.next | albums.items | -",
        ),
        (
            vec!["after!"],
            around("data", json!({"children": things(), "after": text()})),
            "none",
        ),
        (
            vec!["after!"],
            object(
                json!({"payments": things(), "meta": around("cursors", json!({"after": text()}))}),
            ),
            "cursor 0 meta.cursors.after | payments | -",
        ),
        (
            vec!["page"],
            object(
                json!({"result": things(), "messages": things(), "errors": things(),
                "result_info": object(json!({"total_count": number()}))}),
            ),
            "page 0 from 1 result_info.total_count | result | -",
        ),
    ] {
        assert_eq!(
            style(list(&parameters, answer), ""),
            expected,
            "{parameters:?}"
        );
    }
}

#[test]
fn a_link_without_a_parameter_leads_on_where_the_answer_speaks_of_pages() {
    let next = json!({"values": things(), "next": text(), "previous": text()});
    let mut paged = next.clone();
    paged["pagelen"] = number();
    assert_eq!(style(list(&[], object(paged)), ""), "url next | values | -");
    // An article has one before and one behind it.
    assert_eq!(style(list(&[], object(next)), ""), "none");
}

#[test]
fn a_parameter_that_may_be_of_time_counts_nothing_beside_a_mark() {
    let answer = object(json!({"deployments": things(), "pagination": object(json!({
        "count": number(), "next": number()
    }))}));
    let operation = list(&["from", "limit"], answer);
    assert_eq!(style(operation.clone(), ""), "none");
    assert_eq!(findings(operation), ["unpaged-list"]);
    let usage = around("result", json!({"total": number(), "days": things()}));
    assert_eq!(style(list(&["start", "end"], usage.clone()), ""), "none");
    assert_eq!(
        style(list(&["start", "limit"], usage), ""),
        "offset 1 result.total | result.days | -"
    );
    assert_eq!(
        style(list(&["from", "limit"], things()), ""),
        "offset 0 - |  | -"
    );
}

#[test]
fn the_index_of_a_page_counts_where_it_is_said_from_where() {
    let mut operation = list(&["pageNo"], things());
    for (schema, expected) in [
        (
            json!({"type": "integer", "default": 1}),
            "page 0 from 1 - |  | -",
        ),
        (
            json!({"type": "integer", "minimum": 0}),
            "page 0 from 0 - |  | -",
        ),
        (json!({"type": "integer"}), "none"),
    ] {
        operation["parameters"][0]["schema"] = schema;
        assert_eq!(style(operation.clone(), ""), expected);
    }
    operation["parameters"][0]["description"] = "The page, 1-based.".into();
    assert_eq!(style(operation, ""), "page 0 from 1 - |  | -");
}

#[test]
fn an_answer_that_may_be_a_list_looks_like_one_in_pages() {
    let answer =
        json!({"oneOf": [things(), object(json!({"users": things(), "total": number()}))]});
    assert_eq!(findings(list(&["page"], answer)), ["unpaged-list"]);
}

#[test]
fn what_to_write_of_a_list_is_said() {
    for (parameters, answer, expected) in [
        (
            &["pageNo"][..],
            things(),
            r#"pagination = { style = "page", page = "pageNo" }"#,
        ),
        (
            &["cursor!"],
            things(),
            r#"pagination = { style = "cursor", cursor = "cursor", next = "…" }"#,
        ),
        (
            &["offset", "limit"],
            object(json!({"accounts": things(), "charges": things()})),
            r#"pagination = { style = "offset", offset = "offset" }"#,
        ),
    ] {
        let (_, found) = model(list(parameters, answer), "").unwrap();
        let help = found.items[0].help.as_deref().unwrap_or_default();
        assert!(help.ends_with(expected), "{help}");
        assert!(help.contains("operations = [\"operation:"), "{help}");
    }
}
