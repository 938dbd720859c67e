//! Styles of lists that settings say.

use super::lists::{codes, flag, list, model, number, object, shown, style, text, things};
use serde_json::json;
use tilt_codegen::diagnostic::Severity;

/// A setting that is for `GET /things` by name.
fn named(pagination: &str) -> String {
    format!(
        "[[lists]]\noperations = [\"operation:GET /things\"]\npagination = {{ {pagination} }}\n"
    )
}

#[test]
fn each_style_can_be_configured() {
    let answer = object(json!({
        "weird": object(json!({"stuff": things(), "extra": things()})),
        "so_many": number(),
        "again": flag(),
        "on": text(),
        "free": {}
    }));
    for (setting, expected) in [
        (
            r#"style = "offset", offset = "o", items = "weird.stuff", total = "so_many""#,
            "offset 0 so_many | weird.stuff | -",
        ),
        (
            r#"style = "page", page = "o", items = "/weird/stuff", more = "again""#,
            "page 0 from 1 - | weird.stuff | again",
        ),
        (
            r#"style = "cursor", cursor = "o", items = "weird.stuff", next = "on""#,
            "cursor 0 on | weird.stuff | -",
        ),
        (
            r#"style = "cursor", cursor = "o", items = "weird.stuff", next = "free.deep.next""#,
            "cursor 0 free.deep.next | weird.stuff | -",
        ),
        (
            r#"style = "last-id", after = "o", items = "weird.stuff", id = "name", more = "again""#,
            "last id 0 name | weird.stuff | again",
        ),
        (
            r#"style = "url", items = "weird.stuff", next = "on""#,
            "url on | weird.stuff | -",
        ),
        (
            r#"style = "link", items = "weird.extra""#,
            "link | weird.extra | -",
        ),
        (r#"style = "none""#, "none"),
    ] {
        let operation = list(&["o"], answer.clone());
        assert_eq!(style(operation, &named(setting)), expected);
    }
}

#[test]
fn a_named_operation_that_lacks_what_is_configured_is_an_error_at_the_setting() {
    let answer = object(json!({"data": things(), "total": number(), "next": text()}));
    for setting in [
        r#"style = "cursor", cursor = "after", next = "meta.next""#,
        r#"style = "cursor", cursor = "nothing", next = "next""#,
        r#"style = "cursor", cursor = "after", next = "data""#,
        r#"style = "cursor", cursor = "after", next = "next", items = "total""#,
        r#"style = "cursor", cursor = "after", next = "next", items = "nothing""#,
        r#"style = "cursor", cursor = "after", next = "next", more = "next""#,
        r#"style = "offset", offset = "nothing""#,
        r#"style = "page", page = "after", total = "next""#,
        r#"style = "last-id", after = "after", id = "number""#,
        r#"style = "url", next = "total""#,
    ] {
        let operation = list(&["after!"], answer.clone());
        let found = model(operation, &named(setting)).unwrap_err();
        let error = &found.items[0];
        assert_eq!(error.code, "unfitting-pagination", "{setting}");
        assert_eq!(error.severity, Severity::Error);
        assert_eq!(error.document, "codegen.toml");
        assert_eq!((error.line, error.column), (Some(2), Some(1)));
        assert!(error.message.contains("GET /things"), "{}", error.message);
    }
}

#[test]
fn settings_for_many_fit_some() {
    let answer = object(json!({"data": things(), "next": text()}));
    let settings = "[[lists]]\noperations = [\"path:/\"]\n\
         pagination = { style = \"cursor\", cursor = \"nothing\", next = \"next\" }\n\
         [[lists]]\noperations = [\"path:/thing\"]\n\
         pagination = { style = \"cursor\", cursor = \"mark\", next = \"next\" }\n";
    let (pagination, findings) = model(list(&["mark!"], answer.clone()), settings).unwrap();
    assert_eq!(
        pagination.as_ref().map(shown).unwrap(),
        "cursor 0 next | data | -"
    );
    // That the first fits nothing is said at it.
    assert_eq!(codes(&findings), ["unmatched-pagination"]);
    assert_eq!(findings.items[0].document, "codegen.toml");
    assert_eq!(findings.items[0].line, Some(2));
    assert!(findings.items[0].message.contains("says of `path:/`,"));
    // By a link, only what looks as if it came in pages.
    let links = "[[lists]]\noperations = [\"path:/\"]\npagination = { style = \"link\" }\n";
    assert_eq!(
        style(list(&["per_page"], answer.clone()), links),
        "link | data | -"
    );
    assert_eq!(style(list(&["filter!"], answer), links), "none");
}

#[test]
fn a_selector_that_finds_nothing_is_reported_at_the_setting() {
    let settings = "[[lists]]\noperations = [\"path:/things\", \"operation:listThing\"]\n\
         pagination = { style = \"none\" }\n";
    let (_, findings) = model(list(&["page"], things()), settings).unwrap();
    assert_eq!(codes(&findings), ["unmatched-selector"]);
    let finding = &findings.items[0];
    assert_eq!(
        (finding.document.as_str(), finding.line),
        ("codegen.toml", Some(2))
    );
    assert!(
        finding.message.contains("operation:listThing"),
        "{}",
        finding.message
    );
}

#[test]
fn settings_of_the_whole_that_page_nothing_are_reported() {
    let settings = "[pagination]\nstyle = \"cursor\"\ncursor = \"after\"\nnext = \"next\"\n";
    let answer = object(json!({"data": things()}));
    let (pagination, findings) = model(list(&["after!"], answer), settings).unwrap();
    assert_eq!(pagination, None);
    assert_eq!(codes(&findings), ["unmatched-pagination"]);
    assert_eq!(findings.items[0].severity, Severity::Finding);
    assert_eq!(findings.items[0].line, Some(2));
    assert!(findings.items[0].message.contains("`[pagination]` says"));
}
