use super::*;
use proptest::prelude::*;

#[path = "../../../tests/rustdoc/fault.rs"]
mod fault;

fn cleaned(text: &str) -> String {
    clean(text).0
}

fn assert_cleaned(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(cleaned(text), *expected, "{text:?}");
    }
}

#[test]
fn plain_text_stays_as_it_is() {
    for text in [
        "The order's total, in cents (USD).",
        "Use snake_case: a/b, 50% of $5, {id} or \"x\" @ 10:30 - done?",
        "Ünïcode — and emoji 👩‍💻",
    ] {
        assert_eq!(cleaned(text), text);
    }
    assert_eq!(cleaned("  \n\t "), "");
}

#[test]
fn code_is_never_rust() {
    assert_cleaned(&[
        ("```\nlet x;\n```", "```text\nlet x;\n```"),
        ("```rust\nlet x;\n```", "```text\nlet x;\n```"),
        ("```json no_run\n{}\n```", "```json\n{}\n```"),
        ("~~~ E0001\nx\n~~~", "```text\nx\n```"),
        ("a\n\n    fn main() {}\n", "a\n\n```text\nfn main() {}\n```"),
        ("\tindented", "indented"),
        ("a\n\n\tfn f() {}", "a\n\n```text\nfn f() {}\n```"),
        ("````\n```\n````", "````text\n```\n````"),
        ("```never closed", "```text\n```"),
    ]);
}

#[test]
fn only_absolute_links_are_links() {
    assert_cleaned(&[
        (
            "[a](https://a.example/b?c=d#e)",
            "[a](https://a.example/b?c=d#e)",
        ),
        ("[a][b]\n\n[b]: https://a.example", "[a](https://a.example)"),
        (
            "see [docs](/docs/x) or [y](#y) or [z](z.md)",
            "see docs or y or z",
        ),
        (
            "[foo] [0] [a][b] foo[1]",
            "\\[foo] \\[0] \\[a]\\[b] foo\\[1]",
        ),
        ("[x](javascript:alert(1))", "x"),
        (
            "![logo](https://a.example/x.png)",
            "[logo](https://a.example/x.png)",
        ),
        ("[^1] note\n\n[^1]: text", "\\[^1] note\n\n\\[^1]: text"),
        ("[`Vec`] and [Option]", "\\[`Vec`] and \\[Option]"),
    ]);
}

#[test]
fn bare_addresses_become_links() {
    assert_cleaned(&[
        ("see https://a.example/b_c.", "see <https://a.example/b_c>."),
        ("(https://a.example/x)", "(<https://a.example/x>)"),
        ("<https://a.example>", "<https://a.example>"),
        (
            "[https://a.example](https://a.example)",
            "<https://a.example>",
        ),
        ("`https://a.example`", "`https://a.example`"),
        ("https://", "https://"),
        ("write to <me@a.example>", "write to <mailto:me@a.example>"),
    ]);
}

#[test]
fn html_becomes_markdown() {
    assert_cleaned(&[
        ("<p>One <b>two</b></p><p>three</p>", "One **two**\n\nthree"),
        ("a<br>b<br/>c", "a\\\nb\\\nc"),
        (
            "<ul>\n<li>x</li>\n<li>y <code>z&lt;T&gt;</code></li>\n</ul>",
            "- x\n- y `z<T>`",
        ),
        ("<ul><li>x<ol><li>y</li></ol></li></ul>", "- x\n  1. y"),
        (
            "<a href=\"https://a.example\">t</a>, <a href='/x'>u</a>",
            "[t](https://a.example), u",
        ),
        ("<h2>Title</h2>text", "## Title\n\ntext"),
        ("<pre>a\n  b</pre>", "```text\na\n  b\n```"),
        ("a <!-- hidden --> b", "a b"),
        ("x <script>alert(1)</script> y", "x y"),
        ("<div><span>x</div>", "x"),
    ]);
}

#[test]
fn what_only_looks_like_html_is_text() {
    assert_cleaned(&[
        ("Send <your-id> to <T>", "Send \\<your-id> to \\<T>"),
        ("a < b > c, 1<2", "a < b > c, 1<2"),
        ("Vec<String>", "Vec\\<String>"),
        ("</unopened> & &amp; &copy;", "\\</unopened> & & ©"),
        ("<your-id>\nmore", "\\<your-id>\nmore"),
    ]);
}

#[test]
fn backticks_and_stars_without_a_partner_are_text() {
    assert_cleaned(&[
        ("a ` b", "a \\` b"),
        ("a * b *c", "a \\* b \\*c"),
        ("``a ` b``", "``a ` b``"),
        ("_x_ and __y__ and a_b", "*x* and **y** and a_b"),
        ("_a_b_ and * [x](y)", "*a_b* and \\* x"),
        ("*a **b***", "*a **b***"),
    ]);
}

#[test]
fn text_that_would_become_a_block_when_a_line_starts_with_it_is_escaped() {
    assert_cleaned(&[
        ("a\n\\- b", "a\n\\- b"),
        ("\\# b", "\\# b"),
        ("1\\. b", "1\\. b"),
        ("a\n\\=== ", "a\n\\==="),
    ]);
    let long = "word ".repeat(18) + "- 1. # > word";
    assert!(cleaned(&long).lines().count() > 1);
    assert!(
        cleaned(&long).lines().all(|line| line.starts_with("word")),
        "{}",
        cleaned(&long)
    );
}

#[test]
fn lists_have_one_style() {
    assert_cleaned(&[
        ("* a\n* b\n    * c\n", "- a\n- b\n  - c"),
        ("1) a\n2) b", "1. a\n2. b"),
        ("- a\n\n  b\n- c", "- a\n\n  b\n\n- c"),
        ("- a\nlazy", "- a\n  lazy"),
        ("- a\n* b", "- a\n\n* b"),
        ("- [x] a\n- [ ] b", "- \\[x] a\n- \\[ ] b"),
        ("-\n- a", "- a"),
        ("> a\nb", "> a\n> b"),
        ("> [!NOTE]\n> a", "> **Note**\n>\n> a"),
    ]);
}

#[test]
fn tables_stay_tables() {
    let table = "a | b\n-- | :-:\n`x\\|y` | **z**\n1 |";
    assert_cleaned(&[(
        table,
        "| a | b |\n| --- | :-: |\n| `x\\|y` | **z** |\n| 1 |  |",
    )]);
}

#[test]
fn headings_and_rules_have_one_style() {
    assert_cleaned(&[
        ("Title\n===\ntext", "# Title\n\ntext"),
        ("### a ###\n***\nb", "### a\n\n___\n\nb"),
    ]);
}

#[test]
fn invisible_and_direction_characters_are_gone() {
    let text = "a\u{202e}b\u{2066}c\u{200b}d\u{0}e\u{1b}[0mf\u{feff}\r\ng\rh";
    assert_cleaned(&[(text, "abcde\\[0mf\ng\nh"), ("a&#2;b&#x202e;c", "abc")]);
}

#[test]
fn long_paragraphs_are_broken_and_code_is_not() {
    let text = "word ".repeat(100);
    assert!(cleaned(&text).lines().all(|line| line.len() <= WIDTH));
    let code = format!("`{}`", "x ".repeat(100).trim());
    assert_eq!(cleaned(&code), code);
    let block = format!("```json\n{}\n```", "x ".repeat(100).trim());
    assert_eq!(cleaned(&block), block);
}

#[test]
fn endless_text_is_cut() {
    let text = cleaned(&"word ".repeat(1_000_000));
    assert!(text.len() < 2 * LONGEST);
    assert!(text.ends_with('…'));
}

#[test]
fn endless_nesting_is_bounded() {
    for open in [
        "> ", "- ", "1. ", "<b>", "<ul><li>", "*", "[", "`", "<", "![", "|", "&",
    ] {
        let text = cleaned(&open.repeat(50_000));
        assert!(
            text.len() < 4 * LONGEST,
            "{open:?} makes {} bytes",
            text.len()
        );
    }
}

#[test]
fn a_summary_is_one_line_of_the_first_paragraph() {
    assert_eq!(
        clean_line("<p>Make *an* [order](/x).</p><p>More</p>"),
        "Make an order."
    );
    assert_eq!(clean_line("# Title\n\ntext"), "Title");
    assert_eq!(clean_line("one\ntwo `three`\n\nfour"), "one two `three`");
    assert_eq!(clean_line("* x"), "x");
    assert_eq!(clean_line(""), "");
    assert_eq!(clean_line("```\n-     a\n```"), "- a");
    let long = clean_line(&"wörd ".repeat(100));
    assert!(long.chars().count() <= LONGEST_LINE + 1 && long.ends_with('…'));
}

#[test]
fn what_becomes_adjacent_is_one_piece() {
    assert_cleaned(&[
        ("`a`[`b`](#x)", "`ab`"),
        (
            "`a`[`` ` <script>alert(1)</script> ``](#x)",
            "``a` <script>alert(1)</script>``",
        ),
        ("`a`*[](#x)*`b`", "`ab`"),
        ("&[#x202e;](#x)", "\\&#x202e;"),
        ("<[b](#x)>", "\\<b>"),
        ("http[://a.example](#x)", "<http://a.example>"),
        ("a [*](#x)* b", "a \\*\\* b"),
    ]);
    assert_eq!(clean_line("`a`[`` ` <b> ``](#x)"), "``a` <b>``");
}

#[test]
fn a_fence_is_longer_than_all_that_it_holds() {
    let (outer, inner) = ("`".repeat(40), "`".repeat(33));
    let text = format!("{outer} {inner} a `` <img src=x onerror=alert(1)> {outer}");
    let fence = "`".repeat(34);
    let expected = format!("{fence} {inner} a `` <img src=x onerror=alert(1)> {fence}");
    assert_cleaned(&[(&text, &expected)]);
}

#[test]
fn marks_that_touch_a_space_inside_do_not_start_a_list() {
    assert_cleaned(&[("*[](#x) a*", "*a*"), ("*a [](#x)* b", "*a* b")]);
}

#[test]
fn an_entity_in_an_address_is_not_resolved_twice() {
    for text in [
        "[a](https://a.example/?x&amp;#x202e;)",
        "https://a.example/?x&amp;#x202e;",
    ] {
        assert_safe(&cleaned(text));
    }
}

#[test]
fn backslashes_at_the_end_of_a_line_are_text() {
    assert_cleaned(&[("a\\\u{a0}\nb", "a\\\\\nb"), ("a\\\nb", "a\\\nb")]);
}

#[test]
fn quotes_in_lists_in_quotes_are_no_code() {
    assert_cleaned(&[
        ("i\n>- - >x", "i\n\n> - - > x"),
        ("> a\n\n> b", "> a\n\n> b"),
        ("i\n\n- > x", "i\n\n- > x"),
        ("1. i\n\n   - > x", "1. i\n\n   - > x"),
    ]);
}

/// If the writer had an error, the text would be shown as it is.
#[test]
fn a_text_as_it_is_is_safe() {
    for text in ["<b>", "```\n<b>\n```", "    a", "~~~~\n`````", "> ```\n<b>"] {
        assert!(safety::is_safe(&verbatim(text)), "{text:?}");
    }
    for text in [
        "<b>",
        "a\n\n    b",
        "[a]",
        "[a](b)",
        "```\na\n```",
        "\u{202e}",
        "&#x202e;",
    ] {
        assert!(!safety::is_safe(text), "{text:?}");
    }
}

/// Characters and lines that no documentation comment may have in it.
fn assert_safe(text: &str) {
    assert!(
        !text.contains(|c: char| c != '\n' && is_invisible(c)),
        "{text:?}"
    );
    assert!(text.lines().all(|line| line.trim_end() == line), "{text:?}");
    if let Some(fault) = fault::fault(text, |_| false) {
        panic!("{fault} in {text:?}");
    }
}

/// Pieces of Markdown and HTML in any order.
fn markdown_soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z]{1,6}",
        "[ \n]{1,3}",
        "[-*_`#>|~<\\[\\]()!&;:.=+\\\\0-9\t]{1,4}",
        prop::sample::select(vec![
            "\n\n",
            "\n    ",
            "```",
            "```rust\n",
            "- ",
            "1. ",
            "> ",
            "**",
            "https://a.example/b",
            "<b>",
            "</b>",
            "<code>",
            "</code>",
            "<p>",
            "<ul><li>",
            "</li></ul>",
            "<br>",
            "<x-y>",
            "<a href='https://a.example'>",
            "</a>",
            "[a](b)",
            "[a]: b\n",
            "| a | b |\n|---|---|\n",
            "&lt;",
            "&#42;",
            "<!--",
            "-->",
            "\u{202e}",
            "\r\n",
            "é",
            "<pre>",
            "</pre>",
            "[^1]",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_safe(text in any::<String>()) {
        assert_safe(&cleaned(&text));
        assert!(!clean_line(&text).contains('\n'));
    }

    #[test]
    fn any_markdown_is_safe_and_stays_so(text in markdown_soup()) {
        let once = cleaned(&text);
        assert_safe(&once);
        assert_safe(&cleaned(&once));
        assert_safe(&clean_line(&text));
    }
}

#[test]
fn a_remark_at_the_beginning_is_no_summary() {
    let remark = "<Warning>\n\nA preview:\n\n- It may change.\n\n</Warning>\n\n<Note level=\"1\">\nFor all.\n</Note>";
    let docs = clean(&format!("{remark}\n\nGets it\nall.\n\nMore."));
    let expected = "Gets it\nall.\n\nA preview:\n\n- It may change.\n\nFor all.\n\nMore.";
    assert_eq!(docs.0.replace("all.  \n", "all.\n"), expected);
    assert_eq!(short(&docs), "Gets it all.");
    assert_eq!(short(&clean(remark)), "A preview:");
}

#[test]
fn a_remark_that_shares_its_line_is_no_summary() {
    let behind = |text: &str| clean(text).0;
    assert_eq!(behind("<Note>Soon.</Note> Gets it."), "Gets it.\n\nSoon.");
    assert_eq!(behind("<Warning>Only.</Warning>"), "Only.");
    let quoted = "<Info title=\"a > b\">So.</Info>\n<Note>Soon.</Note>\n\nGets it.";
    assert_eq!(behind(quoted), "Gets it.\n\nSo.\n\nSoon.");
}

#[test]
fn xml_and_names_in_angle_brackets_are_no_remarks() {
    for text in [
        "<Response>\n<Say>Hi</Say>\n</Response>\n\nText.",
        "<Your-id>\n\nText.",
        "<Order><Id>1</Id></Order>\n\nText.",
        "```\n<Note>\na\n</Note>\n```\n\nText.",
    ] {
        let docs = clean(text);
        assert!(docs.0.contains('<'), "{docs:?}");
        assert!(docs.0.ends_with("Text."), "{docs:?}");
    }
}

#[test]
fn a_quote_at_the_beginning_is_no_summary() {
    let behind = |text: &str| clean(text).0;
    let note = "> [!NOTE]\n> Soon.";
    assert_eq!(
        behind(&format!("{note}\n\nGets it.\n\nMore.")),
        "Gets it.\n\n> **Note**\n>\n> Soon.\n\nMore."
    );
    assert_eq!(clean_line(&format!("{note}\n\nGets it.")), "Gets it.");
    assert_eq!(behind("> Only."), "> Only.");
    assert_eq!(
        behind("> Soon.\n\n- One.\n- Two."),
        "> Soon.\n\n- One.\n- Two."
    );
}

#[test]
fn a_container_at_the_beginning_is_no_summary() {
    let behind = |text: &str| clean(text).0;
    assert_eq!(
        behind(":::warning\nSoon.\n:::\n\nGets it."),
        "Gets it.\n\nSoon."
    );
    assert_eq!(
        behind(":::note[Beta]\n\nSoon.\n\n:::\n\nGets it."),
        "Gets it.\n\nBeta\n\nSoon."
    );
    assert_eq!(behind("Gets it.\n\n:::tip\nSo.\n:::"), "Gets it.\n\nSo.");
    let hint = "{% hint style=\"info\" %}\nSoon.\n{% endhint %}";
    assert_eq!(behind(&format!("{hint}\n\nGets it.")), "Gets it.\n\nSoon.");
}

#[test]
fn a_badge_at_the_beginning_is_no_summary() {
    let badge = "[![Run](https://run.example/b.svg)](https://run.example) ![Logo](https://run.example/l.svg)";
    let docs = clean(&format!("{badge}\n\nGets it."));
    assert_eq!(short(&docs), "Gets it.");
    assert!(docs.0.contains("[Run](https://run.example)"), "{docs:?}");
    assert!(
        clean("![Logo](https://run.example/l.svg) of it.\n\nGets it.")
            .0
            .ends_with("Gets it.")
    );
}
