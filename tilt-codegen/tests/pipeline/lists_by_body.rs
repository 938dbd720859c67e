//! Lists whose requests say in an object, of the query or in their body, which page is wanted.

use super::lists::{findings, flag, list, number, object, style, style_at, text, things};
use serde_json::{Value, json};

/// A POST with this body and this answer.
fn search(body: Value, answer: Value) -> Value {
    let mut operation = list(&[], answer);
    operation["requestBody"] =
        json!({"required": true, "content": {"application/json": {"schema": body}}});
    operation
}

/// The style of the same at a path that says so.
fn searched(body: Value, answer: Value) -> String {
    style_at("/things/search", search(body, answer), "")
}

#[test]
fn a_mark_goes_into_the_body_of_a_search() {
    let marked = object(json!({"results": things(), "next_cursor": text(), "has_more": flag()}));
    for (body, answer, expected) in [
        (
            json!({"query": text(), "start_cursor": text()}),
            marked.clone(),
            "cursor body start_cursor as text next_cursor | results | has_more",
        ),
        (
            json!({"pagination": object(json!({"starting_after": text(), "per_page": number()}))}),
            object(json!({"data": things(), "pages": object(json!({
                "next": object(json!({"starting_after": text()}))
            }))})),
            "cursor body pagination.starting_after as text pages.next.starting_after | data | -",
        ),
        (
            json!({"page": object(json!({"cursor": text(), "limit": number()}))}),
            object(json!({"data": things(), "meta": object(json!({
                "page": object(json!({"after": text()}))
            }))})),
            "cursor body page.cursor as text meta.page.after | data | -",
        ),
        (
            json!({"cursor": text()}),
            object(json!({"entries": things(), "cursor": text(), "has_more": flag()})),
            "cursor body cursor as text cursor | entries | has_more",
        ),
    ] {
        assert_eq!(style(search(object(body), answer), ""), expected);
    }
}

#[test]
fn pages_are_counted_in_a_body_where_the_answer_has_an_end() {
    let body = object(json!({"page": number(), "page_size": number()}));
    let zero = object(json!({"page": {"type": "integer", "minimum": 0}, "page_size": number()}));
    let answer = object(json!({"items": things(), "total": number()}));
    assert_eq!(
        style(search(body.clone(), answer.clone()), ""),
        "page body page as number from 1 total | items | -"
    );
    assert_eq!(
        style(search(zero, answer.clone()), ""),
        "page body page as number from 0 total | items | -"
    );
    let skipping = object(json!({"offset": number(), "limit": number()}));
    assert_eq!(
        style(search(skipping, answer.clone()), ""),
        "offset body offset as number total | items | -"
    );
    let endless = object(json!({"items": things()}));
    assert_eq!(style(search(body.clone(), endless.clone()), ""), "none");
    assert_eq!(findings(search(body.clone(), endless)), ["unpaged-list"]);
    // A search counts until a page is empty.
    let searched = searched(body, object(json!({"items": things()})));
    assert_eq!(searched, "page body page as number from 1 - | items | -");
    // A page of something else.
    let one = object(json!({"page": number()}));
    assert_eq!(style(search(one.clone(), answer.clone()), ""), "none");
    assert!(findings(search(one, answer)).is_empty());
}

#[test]
fn a_post_follows_no_link() {
    let answer = object(json!({"data": things(), "links": object(json!({"next": text()}))}));
    let body = object(json!({"name": text()}));
    assert_eq!(style(search(body, answer), ""), "none");
}

#[test]
fn settings_name_a_property_of_a_body() {
    let options = object(json!({"offset": number(), "count": number()}));
    let body = object(json!({"options": options}));
    let answer = object(json!({
        "accounts": things(), "transactions": things(), "total_transactions": number()
    }));
    let settings = "[[lists]]\noperations = [\"path:/\"]\n[lists.pagination]\nstyle = \"offset\"\n\
                    offset = \"options.offset\"\nitems = \"transactions\"\n\
                    total = \"total_transactions\"";
    assert_eq!(
        style(search(body, answer), settings),
        "offset body options.offset as number total_transactions | transactions | -"
    );
}

/// `pageable`, as Spring's documents have it.
fn pageable(properties: Value) -> Value {
    json!({"name": "pageable", "in": "query", "required": true, "schema": object(properties)})
}

#[test]
fn a_page_is_counted_in_an_object_of_the_query() {
    let answer = object(json!({
        "content": things(), "number": number(), "totalElements": number(),
        "first": flag(), "last": flag(),
    }));
    let mut operation = list(&[], answer.clone());
    operation["parameters"] = json!([pageable(json!({"page": number(), "size": number()}))]);
    let expected = "page 0.page from 0 totalElements | content | until last";
    assert_eq!(style(operation, ""), expected);
    // Spring counts from 0, with or without an object.
    let expected = "page 0 from 0 totalElements | content | until last";
    assert_eq!(style(list(&["page", "size"], answer), ""), expected);
}

#[test]
fn a_deep_object_has_parts_of_its_own() {
    let mut operation = list(
        &[],
        object(json!({"data": things(), "meta": object(json!({
            "next_cursor": text()
        }))})),
    );
    operation["parameters"] = json!([{
        "name": "page", "in": "query", "style": "deepObject",
        "schema": object(json!({"cursor": text(), "limit": number()})),
    }]);
    assert_eq!(
        style(operation.clone(), ""),
        "cursor 0.cursor meta.next_cursor | data | -"
    );
    // An object that has no part for the mark takes none.
    operation["parameters"][0]["schema"] = object(json!({"name": text()}));
    assert_eq!(style(operation, ""), "none");
}
