//! The styles as the specification shows them, and what they refuse.

use super::*;

fn color(kind: &str) -> Tree {
    match kind {
        "empty" => Tree::Text(String::new()),
        "text" => Tree::Text("blue".to_owned()),
        "list" => Tree::List(
            ["blue", "black", "brown"]
                .map(|color| Tree::Text(color.to_owned()))
                .into(),
        ),
        _ => Tree::Object(
            [("R", "100"), ("G", "200"), ("B", "150")]
                .map(|(key, value)| (key.to_owned(), Tree::Number(value.to_owned())))
                .into(),
        ),
    }
}

fn format(style: Style, explode: bool) -> Format {
    Format {
        style,
        explode,
        text: Text::Encoded(Keep::Unreserved),
    }
}

/// Values of the table under "Style Examples" of OpenAPI 3.1.1.
const KINDS: [&str; 4] = ["empty", "text", "list", "object"];

/// A row of that table: how each of these values is written.
type Row = (Style, bool, [&'static str; 4]);

#[test]
fn every_style_of_a_path_is_as_the_specification_shows_it() {
    let in_path: [Row; 6] = [
        (
            Style::Matrix,
            false,
            [
                ";color",
                ";color=blue",
                ";color=blue,black,brown",
                ";color=R,100,G,200,B,150",
            ],
        ),
        (
            Style::Matrix,
            true,
            [
                ";color",
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";R=100;G=200;B=150",
            ],
        ),
        (
            Style::Label,
            false,
            [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
        ),
        (
            Style::Label,
            true,
            [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
        ),
        (
            Style::Simple,
            false,
            ["", "blue", "blue,black,brown", "R,100,G,200,B,150"],
        ),
        (
            Style::Simple,
            true,
            ["", "blue", "blue,black,brown", "R=100,G=200,B=150"],
        ),
    ];
    for (style, explode, expected) in in_path {
        for (kind, expected) in KINDS.into_iter().zip(expected) {
            let written = text("color", &color(kind), format(style, explode));
            assert_eq!(
                written.as_deref(),
                Ok(expected),
                "{style:?} {explode} {kind}"
            );
        }
    }
}

fn check_query((style, explode, expected): Row) {
    for (kind, expected) in KINDS.into_iter().zip(expected) {
        let mut out = String::new();
        let written = pairs(
            "color",
            &color(kind),
            format(style, explode),
            &mut Pairs::new(&mut out, "&"),
        );
        assert_eq!(written, Ok(()));
        assert_eq!(out, expected, "{style:?} {explode} {kind}");
    }
}

#[test]
fn every_style_of_a_query_is_as_the_specification_shows_it() {
    let in_query: [Row; 5] = [
        (
            Style::Form,
            false,
            [
                "color=",
                "color=blue",
                "color=blue,black,brown",
                "color=R,100,G,200,B,150",
            ],
        ),
        (
            Style::Form,
            true,
            [
                "color=",
                "color=blue",
                "color=blue&color=black&color=brown",
                "R=100&G=200&B=150",
            ],
        ),
        (
            Style::SpaceDelimited,
            false,
            [
                "color=",
                "color=blue",
                "color=blue%20black%20brown",
                "color=R%20100%20G%20200%20B%20150",
            ],
        ),
        (
            Style::PipeDelimited,
            false,
            [
                "color=",
                "color=blue",
                "color=blue%7Cblack%7Cbrown",
                "color=R%7C100%7CG%7C200%7CB%7C150",
            ],
        ),
        (
            Style::DeepObject,
            true,
            [
                "color=",
                "color=blue",
                "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown",
                "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
            ],
        ),
    ];
    in_query.into_iter().for_each(check_query);
}

#[test]
fn nothing_is_written_for_empty_lists_and_null() {
    for value in [Tree::List(vec![]), Tree::Object(vec![]), Tree::Null] {
        for style in [Style::Form, Style::PipeDelimited, Style::DeepObject] {
            for explode in [false, true] {
                let mut out = String::new();
                let mut target = Pairs::new(&mut out, "&");
                let written = pairs("a", &value, format(style, explode), &mut target);
                assert_eq!(written, Ok(()));
                assert!(target.is_empty(), "{style:?} {value:?}");
            }
        }
    }
}

#[test]
fn deep_objects_nest() {
    let value = Tree::of(&serde_json::json!({
        "created": {"gte": 5},
        "items": [{"price": "a b"}, {"price": "c"}],
        "none": null,
    }));
    let Ok(value) = value else {
        unreachable!("JSON is a tree")
    };
    let mut out = String::new();
    let written = pairs(
        "f",
        &value,
        format(Style::DeepObject, true),
        &mut Pairs::new(&mut out, "&"),
    );
    assert_eq!(written, Ok(()));
    assert_eq!(
        out,
        "f%5Bcreated%5D%5Bgte%5D=5&f%5Bitems%5D%5B0%5D%5Bprice%5D=a%20b\
         &f%5Bitems%5D%5B1%5D%5Bprice%5D=c"
    );
}

fn list(items: &[&str]) -> Tree {
    Tree::List(
        items
            .iter()
            .map(|item| Tree::Text((*item).to_owned()))
            .collect(),
    )
}

fn object(key: &str, value: &str) -> Tree {
    Tree::Object(vec![(key.to_owned(), Tree::Text(value.to_owned()))])
}

/// A parameter in a query.
fn written(value: &Tree, style: Style, explode: bool, keep: Keep) -> Result<String, StyleError> {
    let mut out = String::new();
    let format = Format {
        text: Text::Encoded(keep),
        ..format(style, explode)
    };
    pairs("p", value, format, &mut Pairs::new(&mut out, "&")).map(|()| out)
}

#[test]
fn no_part_of_a_query_becomes_two() {
    let refused = |delimiter| Err(StyleError::Delimiter(delimiter));
    let (plain, reserved) = (Keep::Unreserved, Keep::ReservedInQuery);
    let (pipe, space) = (Style::PipeDelimited, Style::SpaceDelimited);
    assert_eq!(written(&list(&["a|b"]), pipe, false, plain), refused("|"));
    assert_eq!(
        written(&list(&["a%7Cb"]), pipe, false, reserved),
        refused("|")
    );
    assert_eq!(
        written(&object("a|b", "c"), pipe, false, plain),
        refused("|")
    );
    assert_eq!(written(&list(&["a b"]), space, false, plain), refused(" "));
    assert_eq!(
        written(&list(&["a,b"]), Style::Form, false, reserved),
        refused(",")
    );
    assert_eq!(
        written(&object("a=b", "c"), Style::Form, true, reserved),
        refused("=")
    );
    let deep = Style::DeepObject;
    assert_eq!(
        written(&object("a][b", "c"), deep, true, plain),
        refused("]")
    );
    assert_eq!(written(&object("[", "c"), deep, true, plain), refused("["));
    // Told apart, or one value.
    for (value, style, explode, keep, expected) in [
        (list(&["a,b"]), Style::Form, false, plain, "p=a%2Cb"),
        (list(&["a|b"]), pipe, true, plain, "p=a%7Cb"),
        (list(&["a|b"]), Style::Form, false, plain, "p=a%7Cb"),
        (
            object("a=b", "c=d"),
            Style::Form,
            true,
            plain,
            "a%3Db=c%3Dd",
        ),
        (Tree::Text("a|b".to_owned()), pipe, false, plain, "p=a%7Cb"),
        (
            Tree::Text("a,b".to_owned()),
            Style::Form,
            false,
            reserved,
            "p=a,b",
        ),
    ] {
        assert_eq!(
            written(&value, style, explode, keep).as_deref(),
            Ok(expected)
        );
    }
}

#[test]
fn no_part_of_a_path_or_header_becomes_two() {
    let refused = |delimiter| Err(StyleError::Delimiter(delimiter));
    let written = |value: &Tree, style, explode, how| {
        let format = Format {
            text: how,
            ..format(style, explode)
        };
        text("p", value, format)
    };
    let (plain, header) = (Text::Encoded(Keep::Unreserved), Text::Plain);
    let reserved = Text::Encoded(Keep::ReservedInSegment);
    let (simple, label, matrix) = (Style::Simple, Style::Label, Style::Matrix);
    assert_eq!(
        written(&list(&["a,b"]), simple, false, header),
        refused(",")
    );
    assert_eq!(
        written(&object("a", "b,c"), simple, true, header),
        refused(",")
    );
    assert_eq!(
        written(&object("a=b", "c"), simple, true, header),
        refused("=")
    );
    assert_eq!(
        written(&list(&["a,b"]), simple, false, reserved),
        refused(",")
    );
    assert_eq!(
        written(&list(&["a;b"]), matrix, true, reserved),
        refused(";")
    );
    assert_eq!(
        written(&object("a=b", "c"), matrix, true, reserved),
        refused("=")
    );
    let scalar = Tree::Text("a;p=2".to_owned());
    assert_eq!(written(&scalar, matrix, false, reserved), refused(";"));
    for (value, style, explode, how, expected) in [
        (list(&["a,b"]), simple, false, plain, "a%2Cb"),
        (list(&["a.b"]), label, false, plain, ".a.b"),
        (list(&["a.b", "c"]), label, true, plain, ".a.b.c"),
        (object("a.b", "c.d"), label, true, plain, ".a.b=c.d"),
        (object("a.b", "c.d"), label, false, plain, ".a.b,c.d"),
        (Tree::Text("1.5".to_owned()), label, true, plain, ".1.5"),
        (Tree::Text("a, b".to_owned()), simple, false, header, "a, b"),
        (list(&["a;b"]), matrix, true, plain, ";p=a%3Bb"),
        (object("a", "b=c"), simple, true, header, "a=b=c"),
    ] {
        assert_eq!(
            written(&value, style, explode, how).as_deref(),
            Ok(expected)
        );
    }
}

#[test]
fn what_has_parts_inside_a_list_or_an_object_is_json_in_urls() {
    let points = Tree::List(vec![
        Tree::Object(vec![("x".to_owned(), Tree::Number("1".to_owned()))]),
        Tree::List(vec![Tree::Text("a,b".to_owned())]),
    ]);
    let object = Tree::Object(vec![
        ("at".to_owned(), points.clone()),
        (
            "in".to_owned(),
            Tree::Object(vec![("k".to_owned(), Tree::Null)]),
        ),
    ]);
    let (point, list) = ("%7B%22x%22%3A1%7D", "%5B%22a%2Cb%22%5D");
    for (value, explode, expected) in [
        (&points, true, format!("p={point}&p={list}")),
        (&points, false, format!("p={point},{list}")),
        (
            &object,
            true,
            format!("at={point}&at={list}&in=%7B%22k%22%3Anull%7D"),
        ),
    ] {
        let mut out = String::new();
        let written = pairs(
            "p",
            value,
            format(Style::Form, explode),
            &mut Pairs::new(&mut out, "&"),
        );
        assert_eq!((written, out), (Ok(()), expected));
    }
    let plain = Format {
        style: Style::Simple,
        explode: false,
        text: Text::Encoded(Keep::Unreserved),
    };
    assert_eq!(text("p", &points, plain), Ok(format!("{point},{list}")));
}

#[test]
fn a_header_has_no_form_for_what_has_parts_inside_a_list() {
    let header = Format {
        style: Style::Simple,
        explode: false,
        text: Text::Plain,
    };
    let value = Tree::List(vec![color("object")]);
    assert_eq!(text("p", &value, header), Err(StyleError::Nested));
}
