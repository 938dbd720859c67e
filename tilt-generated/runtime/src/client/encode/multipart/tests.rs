//! Parts of a form, byte for byte.

use super::PartEncoding::{Styled, Text, Types};
use super::*;
use crate::data::described::Style;

fn written(properties: Vec<(&str, Tree)>, types: &[(&'static str, PartEncoding)]) -> String {
    written_as(properties, types, true)
}

fn written_as(
    properties: Vec<(&str, Tree)>,
    types: &[(&'static str, PartEncoding)],
    is_form: bool,
) -> String {
    let properties = properties
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    match parts(Tree::Object(properties.collect()), types, "B", is_form) {
        Ok((parts, _)) => {
            let parts = parts.iter().filter_map(Upload::as_bytes);
            parts.map(|part| String::from_utf8_lossy(part)).collect()
        }
        Err(error) => error.reason(),
    }
}

#[test]
fn each_kind_of_value_has_its_part() {
    let file = Part::new("data")
        .file_name("a\"b.txt")
        .content_type("text/plain");
    let object = Tree::Object(vec![("k".to_owned(), Tree::Number("1".to_owned()))]);
    let form = written(
        vec![
            ("title", Tree::Text("x".to_owned())),
            ("file", Tree::File(file)),
            ("meta", object),
            ("raw", Tree::Bytes(vec![b'!'])),
            ("none", Tree::Null),
        ],
        &[],
    );
    assert_eq!(
        form,
        "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nx\r\n\
         --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b.txt\"\r\n\
         Content-Type: text/plain\r\n\r\ndata\r\n\
         --B\r\nContent-Disposition: form-data; name=\"meta\"\r\n\
         Content-Type: application/json\r\n\r\n{\"k\":1}\r\n\
         --B\r\nContent-Disposition: form-data; name=\"raw\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n!\r\n\
         --B--\r\n"
    );
}

#[test]
fn a_file_without_a_name_is_a_file_nevertheless() {
    let file = || Tree::File(Part::new("x"));
    let list = Tree::List(vec![file(), file()]);
    let form = written(vec![("avatar", file()), ("all", list)], &[]);
    let heads = form.lines().filter(|line| line.contains("form-data"));
    let heads: Vec<&str> = heads.collect();
    let all = "Content-Disposition: form-data; name=\"all\"; filename=\"blob\"";
    assert_eq!(heads, [&all.replace("all", "avatar"), all, all]);
    let mixed = written_as(vec![("a", file())], &[], false);
    assert!(mixed.contains("inline; name=\"a\"\r\n"), "{mixed}");
}

#[test]
fn the_text_of_a_part_is_found_by_its_name() {
    let text = |text: &str| Tree::Text(text.to_owned());
    let file = Tree::File(Part::new("5").file_name("a"));
    let form = written(
        vec![
            ("am\"ount", text("5000")),
            ("note", text("a\r\n\r\n--b")),
            ("typed", text("x")),
            ("list", Tree::List(vec![text("a"), text("b")])),
            ("file", file),
            ("last", text("")),
        ],
        &[("typed", Types("text/plain"))],
    );
    for (name, value) in [
        ("am\"ount", Some("5000")),
        ("note", Some("a\r\n\r\n--b")),
        ("typed", Some("x")),
        ("list", None),
        ("file", None),
        ("last", Some("")),
        ("none", None),
        ("a\0", None),
    ] {
        assert_eq!(value_of(form.as_bytes(), name), value, "{name}");
    }
    for other in ["", "--B\r\n", "--B--\r\n", "\r\n", "{\"last\":1}"] {
        assert_eq!(value_of(other.as_bytes(), "last"), None, "{other}");
    }
}

#[test]
fn a_list_is_a_part_for_each_item_unless_it_is_json() {
    let list = || Tree::List(vec![Tree::Text("a".to_owned()), Tree::Text("b".to_owned())]);
    assert_eq!(
        written(vec![("l", list())], &[])
            .matches("name=\"l\"")
            .count(),
        2
    );
    let json = written(vec![("l", list())], &[("l", Types("application/json"))]);
    assert!(json.contains("Content-Type: application/json\r\n\r\n[\"a\",\"b\"]\r\n"));
}

#[test]
fn a_range_is_no_type_and_the_first_that_fits_is_taken() {
    let file = |media_type: Option<&str>| {
        Tree::File(Part {
            content_type: media_type.map(str::to_owned),
            ..Part::default()
        })
    };
    let types = &[
        ("f", Types("image/*, image/png")),
        ("m", Types("text/plain, application/json")),
    ];
    let form = written(
        vec![
            ("f", file(None)),
            ("f", file(Some("image/gif"))),
            ("m", Tree::Text("x".to_owned())),
            ("m", Tree::Object(vec![])),
        ],
        types,
    );
    let stated = form
        .lines()
        .filter_map(|line| line.strip_prefix("Content-Type: "));
    let stated: Vec<&str> = stated.collect();
    assert_eq!(
        stated,
        ["image/png", "image/gif", "text/plain", "application/json"]
    );
    let form = written(vec![("f", file(None))], &[("f", Types("image/*"))]);
    assert!(
        form.contains("Content-Type: application/octet-stream\r\n"),
        "{form}"
    );
}

#[test]
fn the_text_of_a_part_is_in_the_encoding_that_its_type_names() {
    let part = |text: &str, encoding| {
        let properties = vec![("note".to_owned(), Tree::Text(text.to_owned()))];
        let written = parts(Tree::Object(properties), &[("note", encoding)], "B", true);
        match written {
            Ok((parts, _)) => Ok(parts[1].as_bytes().cloned().unwrap_or_default()),
            Err(error) => Err(error.reason()),
        }
    };
    let html = "text/html; charset=iso-8859-1";
    for encoding in [Types(html), Text(html)] {
        assert_eq!(part("é", encoding).as_deref(), Ok(&b"\xe9"[..]));
        assert_eq!(
            part("€", encoding),
            Err("note: has characters that `iso-8859-1` has not".to_owned())
        );
    }
    assert_eq!(part("é", Types("text/html")).as_deref(), Ok("é".as_bytes()));
}

#[test]
fn parts_of_what_is_no_form_say_no_form_data() {
    let file = || Tree::File(Part::new("x").file_name("f.txt"));
    let text = || Tree::Text("t".to_owned());
    let mixed = written_as(vec![("a", text()), ("f", file())], &[], false);
    assert_eq!(
        mixed,
        "--B\r\nContent-Disposition: inline; name=\"a\"\r\n\r\nt\r\n\
         --B\r\nContent-Disposition: attachment; name=\"f\"; filename=\"f.txt\"\r\n\
         Content-Type: application/octet-stream\r\n\r\nx\r\n--B--\r\n"
    );
    assert_eq!(value_of(mixed.as_bytes(), "a"), Some("t"));
}

#[test]
fn the_encoding_of_a_part_is_said_but_in_a_form() {
    let encoding = PartEncoding::Encoded {
        media_type: "image/png",
        transfer: "base64",
    };
    let written = |is_form| {
        let values = Tree::List(vec![Tree::Text("eA==".to_owned())]);
        written_as(vec![("a", values)], &[("a", encoding)], is_form)
    };
    assert_eq!(
        written(false),
        "--B\r\nContent-Disposition: inline; name=\"a\"\r\nContent-Type: image/png\r\n\
         Content-Transfer-Encoding: base64\r\n\r\neA==\r\n--B--\r\n"
    );
    assert!(!written(true).contains("Content-Transfer-Encoding"));
}

#[test]
fn a_multipart_type_is_sent_as_it_is_stated() {
    let sent = |media_type| content_type(media_type, Some("application/json"), "B");
    assert_eq!(sent("multipart/mixed"), "multipart/mixed; boundary=B");
    assert_eq!(
        sent("multipart/form-data; charset=utf-8; boundary=x"),
        "multipart/form-data; charset=utf-8; boundary=B"
    );
    assert_eq!(
        sent("multipart/related"),
        "multipart/related; type=\"application/json\"; boundary=B"
    );
    assert_eq!(
        sent("multipart/related;type=text/xml"),
        "multipart/related; type=text/xml; boundary=B"
    );
}

#[test]
fn no_name_or_type_breaks_out_of_its_line() {
    let form = written(vec![("a\r\nX: 1", Tree::Text("x".to_owned()))], &[]);
    assert!(form.contains("name=\"a%0D%0AX: 1\""));
    let file = Part::default().content_type("text/plain\r\nX: 1");
    assert_eq!(
        written(vec![("f", Tree::File(file))], &[]),
        "f: the content type has a control character"
    );
    for name in ["a.php\0.png", "\u{7f}", "\u{85}", "a\tb"] {
        let file = Part::default().file_name(name);
        assert_eq!(
            written(vec![("f", Tree::File(file))], &[]),
            "f: the file name has a control character"
        );
    }
    assert_eq!(
        written(vec![("a\0", Tree::Text("x".to_owned()))], &[]),
        "the name \"a\\0\" has a control character"
    );
}

#[test]
fn boundaries_differ() {
    assert_ne!(boundary(), boundary());
}

#[test]
fn text_that_has_a_form_of_its_own_goes_as_it_is() {
    let text = |text: &str| Tree::Text(text.to_owned());
    let form = written(
        vec![
            ("a", text("{}")),
            ("l", Tree::List(vec![text("AA=="), text("AQ==")])),
        ],
        &[
            ("a", Text("application/json")),
            ("l", Text("application/octet-stream")),
        ],
    );
    assert_eq!(
        form,
        "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\
         Content-Type: application/json\r\n\r\n{}\r\n\
         --B\r\nContent-Disposition: form-data; name=\"l\"\r\n\
         Content-Type: application/octet-stream\r\n\r\nAA==\r\n\
         --B\r\nContent-Disposition: form-data; name=\"l\"\r\n\
         Content-Type: application/octet-stream\r\n\r\nAQ==\r\n\
         --B--\r\n"
    );
}

/// OpenAPI 3.1.1, section 4.15.1.2 and appendix E: names and values of the style, without percent-encoding.
#[test]
fn a_style_makes_the_parts_that_it_makes_pairs_of() {
    let styled = |style, explode| Styled { style, explode };
    let list = || {
        Tree::List(vec![
            Tree::Text("a b".to_owned()),
            Tree::Number("1".to_owned()),
        ])
    };
    let object = || Tree::Object(vec![("k=&".to_owned(), list())]);
    for (value, encoding, expected) in [
        (
            list(),
            styled(Style::Form, true),
            vec![("p", "a b"), ("p", "1")],
        ),
        (list(), styled(Style::Form, false), vec![("p", "a b,1")]),
        (
            list(),
            styled(Style::PipeDelimited, false),
            vec![("p", "a b|1")],
        ),
        (
            object(),
            styled(Style::Form, true),
            vec![("k=&", "a b"), ("k=&", "1")],
        ),
        (
            object(),
            styled(Style::DeepObject, true),
            vec![("p[k=&][]", "a b"), ("p[k=&][]", "1")],
        ),
    ] {
        let parts = expected.iter().map(|(name, text)| {
            format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
        });
        let parts: String = parts.collect();
        let form = written(vec![("p", value)], &[("p", encoding)]);
        assert_eq!(form, format!("{parts}--B--\r\n"));
    }
}

#[test]
fn a_part_has_the_headers_that_are_stated_unless_it_is_given_others() {
    let stated = |value: Tree| {
        const PLAIN: &PartEncoding = &PartEncoding::Types("");
        let headers = &[("X-Rate", "5"), ("X-Kind", "a b")];
        let encoding = PartEncoding::WithHeaders {
            headers,
            encoding: PLAIN,
        };
        written(vec![("p", value)], &[("p", encoding)])
    };
    let text = |text: &str| Tree::Text(text.to_owned());
    let head = "name=\"p\"\r\nX-Rate: 5\r\nX-Kind: a b\r\n\r\n";
    for value in [text("x"), Tree::List(vec![text("x"), text("y")])] {
        let form = stated(value);
        assert_eq!(
            form.matches(head).count(),
            form.matches("name=").count(),
            "{form}"
        );
    }
    let file = Part::new("x").header("x-rate", "6");
    let form = stated(Tree::File(file));
    assert!(
        form.contains("\r\nX-Kind: a b\r\nx-rate: 6\r\n\r\nx"),
        "{form}"
    );
}

#[test]
fn a_part_has_the_headers_that_it_is_given_but_its_own() {
    let with = |name: &str, value: &str| {
        let part = Part::new("x").header(name, value);
        written(vec![("f", Tree::File(part))], &[])
    };
    let form = with("X-Rate", "5");
    let head = "Content-Type: application/octet-stream\r\nX-Rate: 5\r\n\r\nx";
    assert!(form.contains(head), "{form}");
    for (name, value) in [
        ("Content-Type", "text/plain"),
        ("content-disposition", "form-data"),
        ("a b", "x"),
        ("X-A", "1\r\nX-B: 2"),
    ] {
        assert!(
            with(name, value).starts_with("f: a part cannot have"),
            "{name}"
        );
    }
}
