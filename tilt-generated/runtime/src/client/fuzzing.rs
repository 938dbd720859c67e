//! Laws of what the client reads and writes.

use super::answer::{Answer, Body};
use super::encode::{cookies, form, multipart, url as target};
use super::operation::Operation;
use super::variable::Variable;
use super::{link_header, pagination, retry_after, server_url};
use crate::data::described::{Encoding, Parameter, Style};
use crate::data::tree::Tree;
use crate::data::{Part, Upload, Value};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use url::Url;

/// The text before the first line feed, and what follows it.
pub(crate) fn split(input: &[u8]) -> (&[u8], &[u8]) {
    match input.iter().position(|byte| *byte == b'\n') {
        Some(at) => (&input[..at], &input[at + 1..]),
        None => (input, &[]),
    }
}

/// The result of a future that waits for nothing.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => unreachable!("all pieces are at hand"),
    }
}

fn answer(pieces: Vec<Bytes>) -> Answer {
    static STREAM: Operation = Operation::NEW;
    Answer {
        operation: &STREAM,
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        body: Body::Pieces(pieces.into()),
        limit: 1 << 20,
        key: None,
        discloses: None,
    }
}

/// The same bytes whole, cut in two, and byte by byte.
fn cuts(input: &[u8]) -> [Vec<Bytes>; 3] {
    let (first, input) = input.split_at(input.len().min(1));
    let at = usize::from(first.first().copied().unwrap_or(0)).min(input.len());
    let bytes = |pieces: &[&[u8]]| {
        let pieces = pieces.iter().map(|piece| Bytes::copy_from_slice(piece));
        pieces.collect()
    };
    let (before, after) = input.split_at(at);
    let single: Vec<&[u8]> = input.chunks(1).collect();
    [bytes(&[input]), bytes(&[before, after]), bytes(&single)]
}

pub(crate) fn events_are_the_same_wherever_the_stream_is_cut(input: &[u8]) {
    let [whole, halves, single] = cuts(input).map(|pieces| {
        let mut events = answer(pieces).events::<Value>();
        let mut out = Vec::new();
        loop {
            match ready(events.try_next()) {
                Ok(None) => break,
                Ok(Some(event)) => out.push(Ok(event)),
                Err(error) => out.push(Err(error.to_string())),
            }
            assert!(out.len() <= input.len(), "each event has a line");
        }
        (out, events.retry())
    });
    assert_eq!(whole, halves);
    assert_eq!(whole, single);
}

pub(crate) fn lines_are_the_same_wherever_the_stream_is_cut(input: &[u8]) {
    let [whole, halves, single] = cuts(input).map(|pieces| {
        let mut lines = answer(pieces).lines::<Value>();
        let mut out = Vec::new();
        loop {
            match ready(lines.try_next()) {
                Ok(None) => break out,
                Ok(Some(value)) => out.push(Ok(value)),
                Err(error) => out.push(Err(error.to_string())),
            }
            assert!(out.len() <= input.len(), "each line has a byte");
        }
    });
    assert_eq!(whole, halves);
    assert_eq!(whole, single);
}

pub(crate) fn a_wait_is_bounded(input: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(input) else {
        return;
    };
    let headers = HeaderMap::from_iter([(http::header::RETRY_AFTER, value)]);
    let days = |wait: std::time::Duration| wait.as_secs() / (24 * 60 * 60);
    assert!(
        retry_after::of(&headers, std::time::SystemTime::UNIX_EPOCH)
            .is_none_or(|wait| days(wait) <= 30)
    );
}

pub(crate) fn a_link_gives_a_mark_or_none(input: &[u8]) {
    let text = Value::from(String::from_utf8_lossy(input).into_owned()).to_string();
    let body = format!("{{\"next\":{text}}}");
    let mark = pagination::mark(body.as_bytes(), &["next"], "after");
    assert!(!matches!(mark, Ok(Some(mark)) if mark.is_empty()));
    drop(pagination::mark(input, &["next"], "after"));
}

pub(crate) fn links_lead_nowhere_but_to_what_stands_in_them(input: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(input) else {
        return;
    };
    let headers = HeaderMap::from_iter([(http::header::LINK, value.clone())]);
    if let Some(target) = link_header::next(&headers) {
        assert!(
            value
                .to_str()
                .is_ok_and(|value| value.contains(&format!("<{target}>")))
        );
    }
}

const STYLES: [Style; 7] = [
    Style::Matrix,
    Style::Label,
    Style::Simple,
    Style::Form,
    Style::SpaceDelimited,
    Style::PipeDelimited,
    Style::DeepObject,
];

/// A style for path and header parameters, and one for queries.
fn encodings(choice: u8) -> (Encoding, Encoding) {
    let (explode, reserved) = (choice & 1 == 1, choice & 2 == 2);
    let encoding = |style| Encoding::Styled {
        style,
        explode,
        reserved,
    };
    let style = usize::from(choice >> 2);
    (encoding(STYLES[style % 3]), encoding(STYLES[3 + style % 4]))
}

fn tree(json: &[u8]) -> Option<Tree> {
    let value: Value = serde_json::from_slice(json).ok()?;
    Tree::of(&value).ok()
}

/// Operations are static: one for each choice of styles.
fn operation(choice: u8) -> &'static Operation {
    static OPERATIONS: std::sync::OnceLock<Vec<Operation>> = std::sync::OnceLock::new();
    let all = OPERATIONS.get_or_init(|| {
        let operations = (0..=u8::MAX).map(|choice| {
            let (simple, form) = encodings(choice);
            let parameters = Box::leak(Box::new([
                Parameter::path("id").encoded(simple),
                Parameter::query("q").encoded(form),
                Parameter::header("X-H").encoded(Encoding::style(Style::Simple, choice & 1 == 1)),
                Parameter::cookie("c").encoded(Encoding::style(Style::Form, choice & 1 == 1)),
            ]));
            Operation {
                path: "/a/{id}/b",
                parameters,
                ..Operation::NEW
            }
        });
        operations.collect()
    });
    &all[usize::from(choice)]
}

pub(crate) fn no_parameter_leaves_its_place(input: &[u8]) {
    let [choice, json @ ..] = input else { return };
    let Some(value) = tree(json) else { return };
    let operation = operation(*choice);
    let items = match &value {
        Tree::List(items) => items.iter().filter(|item| **item != Tree::Null).count(),
        _ => 1,
    };
    let values: Vec<(usize, Tree)> = (0..4).map(|at| (at, value.clone())).collect();
    let mut text = String::from("https://example.com");
    if target::write_path(operation, &values, &mut text).is_ok() {
        let url = Url::parse(&text).expect("a path is a part of a URL");
        assert_eq!(url.path_segments().map(Iterator::count), Some(3), "{text}");
        assert!(
            url.path().starts_with("/a/") && url.path().ends_with("/b"),
            "{text}"
        );
        assert!(url.query().is_none() && url.fragment().is_none(), "{text}");
    }
    let mut query = String::from("https://example.com/");
    if target::write_query(operation, &values, &mut query).is_ok() {
        let url = Url::parse(&query).expect("a query is a part of a URL");
        assert!(url.fragment().is_none() && url.path() == "/", "{query}");
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        one_for_each_item(&pairs, items, &value, operation.parameters[1].encoding);
    }
    let mut text = String::new();
    if cookies::write(operation, &values, &mut text).is_ok() {
        assert!(HeaderValue::from_str(&text).is_ok(), "{text:?}");
    }
    if let Ok(headers) = target::headers(operation, &values)
        && let (Some((_, header)), Tree::List(_)) = (headers.first(), &value)
    {
        assert_eq!(header.as_bytes().split(|byte| *byte == b',').count(), items);
    }
}

/// A server finds in a query as many items as there were.
fn one_for_each_item(pairs: &[(String, String)], items: usize, value: &Tree, encoding: Encoding) {
    let (Tree::List(_), Encoding::Styled { style, explode, .. }) = (value, encoding) else {
        return;
    };
    let separator = match style {
        Style::SpaceDelimited => ' ',
        Style::PipeDelimited => '|',
        _ => return,
    };
    match pairs {
        [] => {}
        [(_, joined)] if !explode => assert_eq!(joined.split(separator).count(), items),
        pairs => assert!(explode && pairs.len() == items),
    }
}

pub(crate) fn a_form_gives_back_what_it_is_made_of(input: &[u8]) {
    let Some(Tree::Object(properties)) = tree(input) else {
        return;
    };
    let Ok(text) = form::write(&Tree::Object(properties.clone()), &[]) else {
        return;
    };
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(text.as_bytes())
        .into_owned()
        .collect();
    let mut expected = Vec::new();
    for (name, value) in properties {
        let values = match value {
            Tree::List(values) => values,
            value => vec![value],
        };
        for value in values.iter().filter(|value| **value != Tree::Null) {
            let text = match value.scalar() {
                Some(text) => text.to_owned(),
                None => value.to_json().expect("what came from JSON"),
            };
            expected.push((name.clone(), text));
        }
    }
    assert_eq!(pairs, expected);
}

pub(crate) fn a_multipart_form_has_the_parts_that_it_is_made_of(input: &[u8]) {
    let (name, rest) = split(input);
    let (media_type, json) = split(rest);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let Some(Tree::Object(mut properties)) = tree(json) else {
        return;
    };
    let parts = |value: &Tree| match value {
        Tree::Null => 0,
        Tree::List(values) => values.iter().filter(|value| **value != Tree::Null).count(),
        _ => 1,
    };
    let count = 1 + properties
        .iter()
        .map(|(_, value)| parts(value))
        .sum::<usize>();
    let file = Part::new(json.to_vec())
        .file_name(text(name))
        .content_type(text(media_type));
    properties.push(("file".to_owned(), Tree::File(file)));
    let Ok(form) = multipart::write("multipart/form-data", Tree::Object(properties), &[]) else {
        return;
    };
    let (_, boundary) = form
        .content_type
        .split_once("boundary=")
        .expect("a boundary");
    let delimiter = format!("--{boundary}\r\n");
    let parts = form.parts.iter().filter_map(Upload::as_bytes);
    let body: Vec<u8> = parts.flatten().copied().collect();
    let at = |bytes: &[u8], from: usize| {
        let mut windows = body[from..].windows(bytes.len());
        windows
            .position(|window| window == bytes)
            .map(|at| from + at)
    };
    let mut found = 0;
    let mut from = 0;
    while let Some(start) = at(delimiter.as_bytes(), from) {
        found += 1;
        let head = start + delimiter.len();
        let end = at(b"\r\n\r\n", head).expect("a head ends");
        let lines = body[head..end].split(|byte| *byte == b'\n').count();
        assert!(lines <= 2, "a part has two headers at most");
        let plain = |byte: &u8| !byte.is_ascii_control() || b"\r\n".contains(byte);
        assert!(body[head..end].iter().all(plain));
        from = end;
    }
    assert_eq!(found, count);
    assert!(body.ends_with(format!("--{boundary}--\r\n").as_bytes()));
}

static VARIABLES: [Variable; 4] = [
    variable("region", "eu"),
    variable("version", "v1"),
    variable("port", "443"),
    variable("path", "/v1"),
];

const fn variable(name: &'static str, default: &'static str) -> Variable {
    Variable {
        name,
        default,
        allowed: &[],
    }
}

pub(crate) fn no_server_variable_changes_the_host(input: &[u8]) {
    let Ok(value) = std::str::from_utf8(input) else {
        return;
    };
    for (template, name) in [
        ("https://{region}.example.com/a/", "region"),
        ("https://eu.example.com/a/{version}", "version"),
        ("https://eu.example.com:{port}/a/", "port"),
        ("https://eu.example.com{path}/a/", "path"),
    ] {
        let chosen = [(name.to_owned(), value.to_owned())];
        let Ok(text) = server_url::expand(template, &VARIABLES, &chosen) else {
            continue;
        };
        let Ok(url) = Url::parse(&text) else { continue };
        let host = url.host_str().unwrap_or_default();
        let label = host.strip_suffix(".example.com");
        assert!(label.is_some_and(|label| !label.contains('.')), "{text}");
        assert!(name == "path" || url.path().starts_with("/a/"), "{text}");
        assert!(url.query().is_none() && url.fragment().is_none(), "{text}");
        assert!(
            url.username().is_empty() && url.password().is_none(),
            "{text}"
        );
    }
}
