//! Marks and counts by the names that real APIs have for them: each row is one of them.

use serde_json::{Value, json};

use crate::lists::{findings, flag, list, number, object, style, text, things};

#[test]
fn a_list_goes_on_by_the_names_that_apis_have() {
    let meta = |name: &str| object(json!({name: text()}));
    for (parameters, answer, expected) in [
        (
            vec!["start_cursor!", "page_size"],
            json!({"results": things(), "next_cursor": text(), "has_more": flag()}),
            "cursor 1 next_cursor | results | has_more",
        ),
        (
            vec!["cursor!"],
            json!({"data": things(), "cursor": text(), "has_more": flag()}),
            "cursor 0 cursor | data | has_more",
        ),
        (
            vec!["cursor!"],
            json!({"data": things(), "cursor": {"type": "string", "description": "For the next page."}}),
            "cursor 0 cursor | data | -",
        ),
        (
            vec!["page[after]!"],
            json!({"data": things(), "meta": meta("after_cursor")}),
            "cursor 0 meta.after_cursor | data | -",
        ),
        (
            vec!["pagination_token!"],
            json!({"data": things(), "meta": meta("next_token")}),
            "cursor 0 meta.next_token | data | -",
        ),
        (
            vec!["NextToken!"],
            json!({"Functions": things(), "NextToken": text()}),
            "cursor 0 NextToken | Functions | -",
        ),
        (
            vec!["Marker!"],
            json!({"Users": things(), "NextMarker": text(), "IsTruncated": flag()}),
            "cursor 0 NextMarker | Users | IsTruncated",
        ),
        (
            vec!["startAt", "maxResults"],
            json!({"values": things(), "isLast": flag(), "total": number()}),
            "offset 1 total | values | until isLast",
        ),
        (
            vec!["from", "size"],
            json!({"hits": things()}),
            "offset 0 - | hits | -",
        ),
    ] {
        assert_eq!(style(list(&parameters, object(answer)), ""), expected);
    }
}

#[test]
fn a_list_goes_on_by_names_with_a_capital_and_by_what_is_said_of_the_next_page() {
    for (parameters, answer, expected) in [
        (
            vec![],
            json!({"Data": object(json!({"Account": things()})), "Links": object(json!({"Next": text()}))}),
            "url Links.Next | Data.Account | -",
        ),
        (
            vec!["limit", "offset!"],
            json!({"data": things(), "next_page": object(json!({"offset": text(), "uri": text()}))}),
            "cursor 1 next_page.offset | data | -",
        ),
        (
            vec!["pagination[page]", "pagination[pageSize]"],
            json!({"data": things(), "meta": object(json!({"pagination": object(json!({"total": number()}))}))}),
            "page 1 from 1 meta.pagination.total | data | -",
        ),
        (
            vec!["limit"],
            json!({"data": things(), "next_page": object(json!({"uri": text()}))}),
            "url next_page.uri | data | -",
        ),
    ] {
        assert_eq!(style(list(&parameters, object(answer)), ""), expected);
    }
}

#[test]
fn the_list_among_several_is_that_of_the_path_or_the_one_that_is_always_there() {
    let answer = |required: &[&str], first: &str, second: &str| {
        let mut answer = object(json!({"next-page-token": text()}));
        answer["required"] = json!(required);
        answer["properties"][first] = things();
        answer["properties"][second] = things();
        answer
    };
    let shown = |answer: Value| style(list(&["pageToken!"], answer), "");
    let by_name = answer(&[], "Things", "identifiers");
    assert_eq!(shown(by_name), "cursor 0 next-page-token | Things | -");
    let required = answer(&["identifiers"], "identifiers", "hints");
    assert_eq!(
        shown(required),
        "cursor 0 next-page-token | identifiers | -"
    );
    assert_eq!(shown(answer(&[], "identifiers", "hints")), "none");
    // A commit has its parents always, and is not got for them.
    let mut commit = object(json!({"parents": things(), "files": things()}));
    commit["required"] = json!(["parents"]);
    assert_eq!(style(list(&["page", "per_page"], commit), ""), "none");
}

#[test]
fn a_list_with_a_mark_that_no_parameter_is_known_to_take_is_reported() {
    for (parameters, answer) in [
        (
            vec!["at!"],
            json!({"items": things(), "next_token": text()}),
        ),
        (
            vec!["from", "size"],
            json!({"owners": things(), "pets": things()}),
        ),
        (vec!["next_page_token!"], json!({"items": things()})),
    ] {
        let found = findings(list(&parameters, object(answer)));
        assert_eq!(found, ["unpaged-list"], "{parameters:?}");
    }
}

#[test]
fn links_that_say_their_relation_lead_on() {
    let links = |link: Value| json!({"type": "array", "items": object(link)});
    for (name, relation, url) in [("links", "rel", "href"), ("link", "relation", "url")] {
        let linked = object(json!({
            "jobs": things(), name: links(json!({relation: text(), url: text(), "method": text()}))
        }));
        let expected = format!("relation {name} {relation} {url} | jobs | -");
        assert_eq!(style(list(&["limit"], linked.clone()), ""), expected);
        // An order has links as well, and is got by itself.
        assert_eq!(style(list(&[], linked.clone()), ""), "none");
        assert_eq!(findings(list(&[], linked)), [""; 0]);
    }
    let settings = "[pagination]\nstyle = \"relation\"\nlinks = \"meta.ways\"\nitems = \"jobs\"";
    let ways =
        object(json!({"ways": links(json!({"rel": {"enum": ["next", "self"]}, "uri": text()}))}));
    let linked = object(json!({"jobs": things(), "meta": ways}));
    let expected = "relation meta.ways rel uri | jobs | -";
    assert_eq!(style(list(&[], linked), settings), expected);
}

#[test]
fn a_header_marks_the_next_page_for_the_parameter_that_is_called_as_it() {
    let marked = |parameters: &[&str], header: &str| {
        let mut marked = list(parameters, things());
        marked["responses"]["200"]["headers"] = json!({header: {"schema": text()}});
        marked
    };
    for (parameters, header, expected) in [
        (
            vec!["page", "limit"],
            "X-Next-Page",
            "header x-next-page 1 |  | -",
        ),
        (
            vec!["limit", "cursor"],
            "X-Next-Cursor",
            "header x-next-cursor 0 |  | -",
        ),
    ] {
        assert_eq!(style(marked(&parameters, header), ""), expected);
    }
    let settings = "[pagination]\nstyle = \"header\"\nparameter = \"at\"\nheader = \"X-Go-On\"";
    let expected = "header x-go-on 0 |  | -";
    assert_eq!(style(marked(&["at"], "X-Any"), settings), expected);
    assert_eq!(findings(marked(&[], "X-Next-Cursor")), ["unpaged-list"]);
}

#[test]
fn an_offset_or_an_after_that_is_of_something_else_leads_nowhere() {
    let things = || json!({"type": "array", "items": object(json!({"id": text()}))});
    let mut zones = list(&["offset"], things());
    assert_eq!(style(zones.clone(), ""), "none");
    zones = list(&["offset", "limit"], things());
    assert_eq!(style(zones, ""), "offset 1 - |  | -");
    let answer = object(json!({"data": things(), "has_more": flag()}));
    let mut since = list(&["after!"], answer);
    assert!(style(since.clone(), "").starts_with("last id"));
    since["parameters"][0]["schema"] = json!({"type": "string", "format": "date-time"});
    assert_eq!(style(since, ""), "none");
}

#[test]
fn pages_are_counted_from_where_the_document_says() {
    let page = |schema: Value, words: &str| {
        let mut pages = list(&["page"], things());
        pages["parameters"][0]["schema"] = schema;
        pages["parameters"][0]["description"] = words.into();
        style(pages, "")
    };
    for (schema, words, first) in [
        (json!({"type": "integer"}), "", 1),
        (json!({"type": "integer", "minimum": 0}), "", 0),
        (
            json!({"type": "integer", "minimum": 0, "default": 1}),
            "",
            1,
        ),
        (
            json!({"type": "integer"}),
            "Zero-based page index (0..N)",
            0,
        ),
        (json!({"type": "integer", "minimum": 1}), "zero-based", 1),
    ] {
        assert_eq!(page(schema, words), format!("page 0 from {first} - |  | -"));
    }
}
