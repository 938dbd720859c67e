//! Lists whose parameters and marks have the names of certain APIs: each is walked, or a finding says that it is not.

use super::lists::{findings, flag, list, number, object, style, text, things};
use serde_json::{Value, json};

#[test]
fn first_counts_items_beside_max() {
    assert_eq!(
        style(list(&["first", "max"], things()), ""),
        "offset 0 - |  | -"
    );
    assert_eq!(style(list(&["first"], things()), ""), "none");
    // GraphQL's size.
    assert_eq!(style(list(&["first!", "max"], things()), ""), "none");
}

#[test]
fn the_url_of_the_next_records_is_followed() {
    let answer = object(
        json!({"totalSize": number(), "done": flag(), "nextRecordsUrl": text(), "records": things()}),
    );
    assert_eq!(
        style(list(&["q!"], answer), ""),
        "url nextRecordsUrl | records | until done"
    );
}

#[test]
fn the_key_of_the_last_item_is_a_mark_where_it_is_a_text() {
    let answer = |key: Value| object(json!({"Items": things(), "LastEvaluatedKey": key}));
    let parameters = ["ExclusiveStartKey!", "Limit"];
    let marked = list(&parameters, answer(text()));
    assert_eq!(style(marked, ""), "cursor 0 LastEvaluatedKey | Items | -");
    let keyed = list(&parameters, answer(object(json!({"id": text()}))));
    assert_eq!(style(keyed.clone(), ""), "none");
    assert_eq!(findings(keyed), ["unpaged-list"]);
}

#[test]
fn items_may_stand_in_d() {
    let answer = object(json!({"d": object(json!({"results": things()}))}));
    assert_eq!(
        style(list(&["$top", "$skip"], answer), ""),
        "offset 0 - | d.results | -"
    );
    let answer = object(json!({"d": object(json!({"results": things(), "__next": text()}))}));
    assert_eq!(
        style(list(&["$top", "$skip"], answer), ""),
        "url d.__next | d.results | -"
    );
}

#[test]
fn a_parameter_that_no_style_has_is_a_finding() {
    for parameters in [
        &["since_id!", "limit"][..],
        &["from_id", "count"],
        &["pageable!"],
        &["page_no"],
        &["currentPage"],
        &["row_offset", "rows"],
    ] {
        let operation = list(parameters, things());
        assert_eq!(style(operation.clone(), ""), "none", "{parameters:?}");
        assert_eq!(findings(operation), ["unpaged-list"], "{parameters:?}");
    }
    for parameters in [
        &["page_id!"][..],
        &["landing_page!"],
        &["utc_offset"],
        &["since_id!"],
        &["limit"],
    ] {
        assert!(
            findings(list(parameters, things())).is_empty(),
            "{parameters:?}"
        );
    }
}
