//! Styles of lists that documents tell: each document makes one point.

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::diagnostic::Diagnostics;
use tilt_codegen::model::{Pagination, PaginationStyle, Sdk, Slot};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

/// `GET /things` with these query parameters (an exclamation mark: text) and this JSON answer.
pub(crate) fn list(parameters: &[&str], answer: Value) -> Value {
    let parameters = parameters.iter().map(|name| {
        let (name, kind) = match name.strip_suffix('!') {
            Some(name) => (name, "string"),
            None => (*name, "integer"),
        };
        json!({"name": name, "in": "query", "schema": {"type": kind}})
    });
    json!({
        "parameters": parameters.collect::<Vec<_>>(),
        "responses": {"200": {"description": "OK", "content": {"application/json": {"schema": answer}}}}
    })
}

pub(crate) fn object(properties: Value) -> Value {
    json!({"type": "object", "properties": properties})
}

pub(crate) fn text() -> Value {
    json!({"type": "string"})
}

pub(crate) fn number() -> Value {
    json!({"type": "integer"})
}

pub(crate) fn flag() -> Value {
    json!({"type": "boolean"})
}

/// Items with an id and a name.
pub(crate) fn things() -> Value {
    json!({"type": "array", "items": object(json!({"id": text(), "name": text()}))})
}

pub(crate) fn model(
    operation: Value,
    settings: &str,
) -> Result<(Option<Pagination>, Diagnostics), Diagnostics> {
    model_at("/things", operation, settings)
}

fn model_at(
    path: &str,
    operation: Value,
    settings: &str,
) -> Result<(Option<Pagination>, Diagnostics), Diagnostics> {
    let method = match operation.get("requestBody") {
        Some(_) => "post",
        None => "get",
    };
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {path: {method: operation}}
    });
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "openapi.json".to_owned(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let config = Config::from_toml(settings).unwrap();
    let modelled = Generator::new(config).model(&inputs)?;
    Ok((only(&modelled.sdk), modelled.findings))
}

fn only(sdk: &Sdk) -> Option<Pagination> {
    sdk.resources[0].operations[0].pagination.clone()
}

/// The style in a few words, with where the items are, and whether there are more.
pub(crate) fn shown(pagination: &Pagination) -> String {
    let path = |path: &[String]| path.join(".");
    let optional = |it: &Option<Vec<String>>| it.as_ref().map_or("-".to_owned(), |it| path(it));
    let slot = |slot: &Slot| match slot {
        Slot::Parameter(index) => index.to_string(),
        Slot::Property { parameter, name } => format!("{parameter}.{name}"),
        Slot::Body {
            path: it,
            is_number,
        } => {
            let kind = if *is_number { "number" } else { "text" };
            format!("body {} as {kind}", path(it))
        }
    };
    let style = match &pagination.style {
        PaginationStyle::Offset { offset, total } => {
            format!("offset {} {}", slot(offset), optional(total))
        }
        PaginationStyle::Page { page, first, total } => {
            format!("page {} from {first} {}", slot(page), optional(total))
        }
        PaginationStyle::Cursor { cursor, next } => {
            format!("cursor {} {}", slot(cursor), path(next))
        }
        PaginationStyle::LastId { after, id } => format!("last id {} {}", slot(after), path(id)),
        PaginationStyle::Url { next } => format!("url {}", path(next)),
        PaginationStyle::Relation {
            links,
            relation,
            url,
        } => format!("relation {} {relation} {url}", path(links)),
        PaginationStyle::Header { parameter, header } => {
            format!("header {header} {}", slot(parameter))
        }
        PaginationStyle::Link => "link".to_owned(),
    };
    let items = path(&pagination.items);
    let ends = match &pagination.done {
        Some(done) => format!("until {}", path(done)),
        None => optional(&pagination.more),
    };
    format!("{style} | {items} | {ends}")
}

pub(crate) fn style(operation: Value, settings: &str) -> String {
    style_at("/things", operation, settings)
}

pub(crate) fn style_at(path: &str, operation: Value, settings: &str) -> String {
    let (pagination, _) = model_at(path, operation, settings).unwrap();
    pagination.as_ref().map_or("none".to_owned(), shown)
}

pub(crate) fn findings(operation: Value) -> Vec<String> {
    let (_, found) = model(operation, "").unwrap();
    codes(&found).into_iter().map(str::to_owned).collect()
}

pub(crate) fn codes(found: &Diagnostics) -> Vec<&str> {
    found.items.iter().map(|it| it.code.as_str()).collect()
}

#[test]
fn a_list_is_walked_where_schemas_name_no_type() {
    let mut pages = list(&["page"], json!({"properties": {"data": {"items": {}}}}));
    pages["parameters"][0]["schema"] = json!({"minimum": 1});
    assert_eq!(style(pages, ""), "page 0 from 1 - | data | -");
}

#[test]
fn an_answer_that_says_where_to_go_on_is_followed() {
    let links = |next: Value| object(json!({"next": next}));
    for (parameters, answer, expected) in [
        (
            vec!["cursor!"],
            json!({"data": things(), "next_cursor": text()}),
            "cursor 0 next_cursor | data | -",
        ),
        (
            vec!["limit", "after!"],
            json!({"data": things(), "meta": object(json!({
                "pagination": object(json!({"next": text(), "has_more": flag()}))
            }))}),
            "cursor 0 meta.pagination.next | data | meta.pagination.has_more",
        ),
        (
            vec!["page"],
            json!({"taxes": things(), "meta": object(json!({
                "next_page": {"type": ["integer", "null"]}, "total_count": number()
            }))}),
            "cursor 0 meta.next_page | taxes | -",
        ),
        (
            vec!["after!"],
            json!({"data": things(), "last_id": text(), "has_more": flag()}),
            "cursor 0 last_id | data | has_more",
        ),
        (
            vec!["limit", "starting_after!"],
            json!({"data": things(), "has_more": flag()}),
            "last id 1 id | data | has_more",
        ),
        (
            vec!["from!", "limit"],
            json!({
                "_embedded": object(json!({"payments": things()})),
                "_links": links(object(json!({"href": text()})))
            }),
            "url _links.next.href | _embedded.payments | -",
        ),
        (
            vec!["Page", "PageToken!"],
            json!({"senders": things(), "meta": object(json!({"next_page_url": text()}))}),
            "url meta.next_page_url | senders | -",
        ),
        (
            vec!["page"],
            json!({"data": things(), "links": links(text())}),
            "url links.next | data | -",
        ),
        (
            vec!["page"],
            json!({"results": things(), "count": number(), "next": text(), "previous": text()}),
            "url next | results | -",
        ),
    ] {
        assert_eq!(style(list(&parameters, object(answer)), ""), expected);
    }
}

#[test]
fn a_next_beside_whether_there_are_more_is_followed() {
    for (parameters, answer, expected) in [
        (
            vec!["limit"],
            json!({"data": things(), "has_more": flag(), "next": text()}),
            "url next | data | has_more",
        ),
        (
            vec!["after!"],
            json!({"results": things(), "paging": object(json!({
                "next": object(json!({"after": text()}))
            }))}),
            "cursor 0 paging.next.after | results | -",
        ),
    ] {
        assert_eq!(style(list(&parameters, object(answer)), ""), expected);
    }
}

#[test]
fn a_mark_may_be_called_as_the_parameter_that_takes_it() {
    for (parameters, answer, expected) in [
        (
            vec!["iterator!"],
            json!({"data": things(), "iterator": text(), "done": flag()}),
            "cursor 0 iterator | data | until done",
        ),
        (
            vec!["continue!"],
            json!({"items": things(), "metadata": object(json!({"continue": text()}))}),
            "cursor 0 metadata.continue | items | -",
        ),
        (
            vec!["offset!"],
            json!({"list": things(), "next_offset": text()}),
            "cursor 0 next_offset | list | -",
        ),
        // This may be the page that the answer is.
        (
            vec!["cursor!"],
            json!({"data": things(), "cursor": text()}),
            "none",
        ),
        (
            vec!["offset"],
            json!({"data": things(), "offset": number(), "total": number()}),
            "offset 0 total | data | -",
        ),
    ] {
        assert_eq!(style(list(&parameters, object(answer)), ""), expected);
    }
}

#[test]
fn where_an_answer_does_not_say_items_or_pages_are_counted() {
    let mut from_zero = list(&["page"], things());
    from_zero["parameters"][0]["schema"]["default"] = json!(0);
    for (operation, expected) in [
        (
            list(
                &["offset"],
                object(json!({"items": things(), "total": number()})),
            ),
            "offset 0 total | items | -",
        ),
        (
            list(
                &["offset", "limit"],
                object(json!({"orders": things(), "hasNext": flag()})),
            ),
            "offset 1 - | orders | hasNext",
        ),
        (
            list(
                &["page"],
                object(json!({
                    "actions": things(), "meta": object(json!({"total": number()}))
                })),
            ),
            "page 0 from 1 meta.total | actions | -",
        ),
        (
            list(&["per_page", "page"], things()),
            "page 0 from 1 - |  | -",
        ),
        (from_zero, "page 0 from 0 - |  | -"),
    ] {
        assert_eq!(style(operation, ""), expected);
    }
}

#[test]
fn links_in_headers_are_followed_where_they_are_declared() {
    let mut operation = list(&["since"], things());
    assert_eq!(style(operation.clone(), ""), "none");
    operation["responses"]["200"]["headers"] = json!({"link": {"schema": text()}});
    assert_eq!(style(operation, ""), "link |  | -");
}

#[test]
fn a_get_that_declares_a_body_pages() {
    let mut operation = list(
        &["starting_after!"],
        object(json!({"data": things(), "has_more": flag()})),
    );
    let form = json!({"schema": {"type": "object", "properties": {}}});
    operation["requestBody"] = json!({"content": {"application/x-www-form-urlencoded": form}});
    assert_eq!(style(operation, ""), "last id 0 id | data | has_more");
}

#[test]
fn an_answer_of_several_media_types_pages_by_its_json() {
    let mut operation = list(&["page"], things());
    operation["responses"]["200"]["content"]["text/csv"] = json!({"schema": text()});
    assert_eq!(style(operation, ""), "page 0 from 1 - |  | -");
}

#[test]
fn items_of_a_union_have_ids_if_all_variants_have() {
    let of = |other: Value| {
        let items = json!({"oneOf": [
            object(json!({"id": text(), "card": text()})),
            object(other)
        ]});
        let data = json!({"type": "array", "items": items});
        let answer = object(json!({"data": data, "has_more": flag()}));
        style(list(&["starting_after!"], answer), "")
    };
    assert_eq!(
        of(json!({"id": text(), "iban": text()})),
        "last id 0 id | data | has_more"
    );
    assert_eq!(of(json!({"iban": text()})), "none");
}

#[test]
fn the_list_among_several_is_that_called_so() {
    let answer = object(json!({"errors": things(), "owners": things(), "data": things()}));
    assert_eq!(
        style(list(&["page"], answer), ""),
        "page 0 from 1 - | data | -"
    );
    let answer = object(json!({"errors": things(), "data": object(json!({"orders": things()}))}));
    assert_eq!(
        style(list(&["page"], answer), ""),
        "page 0 from 1 - | data.orders | -"
    );
    let answer = object(json!({"owners": things(), "pets": things()}));
    assert_eq!(style(list(&["page"], answer), ""), "none");
}

#[test]
fn a_style_that_lacks_something_is_not_offered_but_reported() {
    for (parameters, answer) in [
        (vec!["cursor!"], json!({"data": things()})),
        (vec!["page!"], json!({"data": things()})),
        (vec!["starting_after!"], json!({"data": things()})),
        (
            vec!["after!", "limit"],
            json!({"data": things(), "next_cursor": flag()}),
        ),
        (vec!["per_page"], json!({"data": things()})),
    ] {
        let (pagination, findings) = model(list(&parameters, object(answer)), "").unwrap();
        assert_eq!(pagination, None, "{parameters:?}");
        assert_eq!(codes(&findings), ["unpaged-list"], "{parameters:?}");
        let finding = &findings.items[0];
        assert_eq!(finding.pointer.to_string(), "/paths/~1things/get");
    }
}

#[test]
fn what_is_no_list_and_no_page_is_not_reported() {
    for operation in [
        list(&["page"], object(json!({"name": text()}))),
        list(&["filter!"], things()),
    ] {
        let (pagination, findings) = model(operation, "").unwrap();
        assert_eq!((pagination, codes(&findings)), (None, vec![]));
    }
}
