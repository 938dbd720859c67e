//! The media type that a text goes out as, where a body has several: the one that it did before there were.

use serde_json::{Value, json};
use tilt_codegen::Modelled;
use tilt_codegen::model::{Body, TypeRef};

use crate::media_types::{content, modelled, operation, text};

/// The media type that any text goes out as, and those that take their own types.
fn sent(modelled: &Modelled) -> String {
    let body = operation(modelled).body.as_ref().unwrap();
    let Body::Choice { variants, .. } = &body.body else {
        return "one".to_owned();
    };
    let of = |fits: &dyn Fn(&tilt_codegen::model::BodyMedia) -> bool| {
        let media = variants.iter().map(|(_, media)| media);
        let media: Vec<&str> = media
            .filter(|media| fits(media))
            .map(|media| media.content_type.as_str())
            .collect();
        media.join(" ")
    };
    format!("{} | {}", of(&|it| it.from_text), of(&|it| it.from))
}

fn file() -> Value {
    json!({"type": "string", "format": "binary"})
}

#[test]
fn a_text_goes_out_as_before_when_a_media_type_is_added() {
    let color = json!({"type": "string", "enum": ["red", "green"]});
    let date = json!({"type": "string", "format": "date"});
    let union =
        json!({"oneOf": [{"type": "object", "properties": {"a": text()}}, {"type": "string"}]});
    let (json, plain, octets) = ("application/json", "text/plain", "application/octet-stream");
    for (before, added, expected) in [
        (
            (octets, file()),
            (plain, text()),
            format!("{octets} | {octets}"),
        ),
        (
            (octets, file()),
            (json, text()),
            format!("{octets} | {octets}"),
        ),
        (
            (octets, file()),
            (json, color.clone()),
            format!("{octets} | {json} {octets}"),
        ),
        ((json, color), (plain, text()), format!("{json} | {json}")),
        ((json, date), (plain, text()), format!("{json} | {json}")),
        ((json, union), (plain, text()), format!("{json} | {json}")),
        (
            (plain, text()),
            (json, text()),
            format!("{plain} | {plain}"),
        ),
        (
            (plain, text()),
            (octets, file()),
            format!("{plain} | {plain} {octets}"),
        ),
    ] {
        let one = modelled(&content(std::slice::from_ref(&before)), &json!({}), None);
        let both = content(&[before, added]);
        let names = one.names.file().contents;
        let next = modelled(&both, &json!({}), Some(names));
        assert_eq!(sent(&next), expected);
        // And so it stays.
        let names = next.names.file().contents;
        let again = modelled(&both, &json!({}), Some(names.clone()));
        assert_eq!(sent(&again), expected);
        assert_eq!(again.names.file().contents, names);
    }
}

#[test]
fn a_text_is_text_where_nothing_was_before() {
    let color = json!({"type": "string", "enum": ["red"]});
    let of = |pairs: &[(&str, Value)]| sent(&modelled(&content(pairs), &json!({}), None));
    let (json, plain, octets) = ("application/json", "text/plain", "application/octet-stream");
    let shown = of(&[(octets, file()), (plain, text())]);
    assert_eq!(shown, format!("{plain} | {plain} {octets}"));
    let shown = of(&[(octets, file()), (json, color)]);
    assert_eq!(shown, format!(" | {json} {octets}"));
}

#[test]
fn what_became_the_only_body_becomes_one_of_several() {
    let union = json!({"oneOf": [
        {"title": "Card", "type": "object", "required": ["number"], "properties": {"number": text()}},
        {"title": "Bank", "type": "object", "required": ["iban"], "properties": {"iban": text()}}
    ]});
    let pairs = [("application/json", union), ("text/plain", text())];
    let modelled = modelled(&content(&pairs), &json!({}), None);
    let body = operation(&modelled).body.as_ref().unwrap();
    let Body::Choice { variants, .. } = &body.body else {
        panic!("{body:?}");
    };
    let also = variants[0].1.also_from.iter().map(|ty| match ty {
        TypeRef::Named(id) => modelled.sdk.types[id.0].name.as_str(),
        _ => "",
    });
    assert_eq!(also.collect::<Vec<_>>(), ["Card", "Bank"]);
}
