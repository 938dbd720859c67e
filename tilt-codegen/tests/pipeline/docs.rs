//! Hostile texts in every place of a document from which documentation is made.

use crate::rustdoc;
use proptest::prelude::*;

#[track_caller]
fn assert_harmless(text: &str) {
    let files = match rustdoc::package(&rustdoc::document(text)) {
        Ok(files) => files,
        Err(diagnostics) => panic!("{text:?} is refused: {diagnostics}"),
    };
    if let Some(fault) = rustdoc::fault_in(&files) {
        panic!("{text:?} makes {fault}");
    }
}

#[test]
fn the_look_of_rustdoc_sees_what_is_wrong() {
    let seen = |text: &str| rustdoc::fault(text, |target| target == "Own");
    for text in [
        "a <b>",
        "<div>\n",
        "a\n\n    b",
        "```\na\n```",
        "```text,should_panic\na\n```",
        "[a]",
        "[a](b)",
        "[a][b]\n\n[b]: c",
        "[`Vec`]",
        "![a](https://a.example)",
        "a&#x202e;b",
        "\u{202e}",
        "[^1]\n\n[^1]: a",
        "[a](https://a.example/&#x202e;)",
    ] {
        assert!(seen(text).is_some(), "{text:?}");
    }
    for text in [
        "[`Own`]",
        "[a](https://a.example) `<b>`",
        "```text\n<b>\n```",
        "- a\n  - b",
    ] {
        assert_eq!(seen(text), None, "{text:?}");
    }
    assert_eq!(
        rustdoc::comments(
            "//! a\nrt::call! {\n    /// b\n    ///     c\n    #[inline]\n    /// d\n    pub struct A;\n}\n"
        ),
        ["a", "b\n    c\nd"]
    );
}

/// The first paragraph of an answer's description becomes an item of a list, without what follows.
#[test]
fn what_is_taken_from_a_text_is_as_harmless_as_the_whole() {
    assert_harmless("1. ```\n   <img src=x onerror=alert(1)>\n\n   x\n   ```");
    assert_harmless("1. > ```\n   > <b>\n   >\n   > x");
}

#[test]
fn patterns_and_values_with_invisible_characters_are_code_with_escapes() {
    assert_harmless("^[\u{202e}a]+$");
    let files = rustdoc::package(&rustdoc::document("^[\u{202e}a`]+$"));
    let files = files.unwrap_or_else(|error| panic!("{error}"));
    let texts: String = files.iter().map(|file| file.contents.as_str()).collect();
    assert!(texts.contains("Matches `` ^[\\u{202e}a`]+$ ``."));
}

/// Pieces of Markdown, HTML and Rust in any order.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z]{1,4}",
        "[ \n]{1,6}",
        "[-*_`#>|~<\\[\\]()!&;:.=+\\\\0-9\t]{1,4}",
        prop::sample::select(vec![
            "\n\n",
            "\n    ",
            "```",
            "1. ",
            "> ",
            "**",
            "https://a.example/b",
            "<b>",
            "<code>",
            "</code>",
            "<!--",
            "[`a`](#x)",
            "[Vec]",
            "\u{202e}",
            "\u{1b}",
            "\r",
            "&#x202e;",
            "<img src=x onerror=alert(1)>",
            "`a`",
            "*/",
            "\"",
            "]: ",
            "\u{a0}",
            "{a}",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_more_than_text_in_any_place(text in soup()) {
        assert_harmless(&text);
    }
}
