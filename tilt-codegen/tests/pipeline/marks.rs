//! Marks of a list's next page, where their names alone do not tell them.

use serde_json::{Value, json};

use crate::lists::{flag, list, number, object, style, text, things};

#[test]
fn a_list_among_several_may_be_called_as_the_path_is() {
    let answer =
        object(json!({"thing_ids": {"type": "array", "items": text()}, "things": things()}));
    assert_eq!(
        style(list(&["page"], answer), ""),
        "page 0 from 1 - | things | -"
    );
}

#[test]
fn a_next_beside_a_cursor_is_its_mark_unless_it_is_a_link() {
    let of = |next: Value, more: Value| {
        let mut answer = json!({"data": things(), "next": next});
        if !more.is_null() {
            answer["previous"] = more;
        }
        style(list(&["pageCursor!"], object(answer)), "")
    };
    assert_eq!(of(text(), Value::Null), "cursor 0 next | data | -");
    let link = json!({"type": "string", "format": "uri"});
    assert_eq!(of(link, Value::Null), "url next | data | -");
    let shown = json!({"type": "string", "example": "https://api.example.com/things?cursor=x"});
    assert_eq!(of(shown, Value::Null), "url next | data | -");
    assert_eq!(of(text(), text()), "none");
}

#[test]
fn marks_of_other_names_are_taken_where_the_answer_has_them() {
    let data = |more: Value| {
        let mut answer = json!({"data": things()});
        answer
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        object(answer)
    };
    for (parameters, more, expected) in [
        (
            &["marker!"][..],
            json!({"next_marker": text()}),
            "cursor 0 next_marker | data | -",
        ),
        (
            &["from"],
            json!({"next": number()}),
            "cursor 0 next | data | -",
        ),
        (&["from"], json!({"total": number()}), "none"),
        (
            &["limit", "start"],
            json!({"total": number()}),
            "offset 1 total | data | -",
        ),
        (&["start"], json!({"total": number()}), "none"),
        (&["start!"], json!({"total": number()}), "none"),
        (
            &["cursor!"],
            json!({"cursor": object(json!({"next": text()}))}),
            "cursor 0 cursor.next | data | -",
        ),
    ] {
        assert_eq!(style(list(parameters, data(more)), ""), expected);
    }
}

#[test]
fn identifiers_of_a_type_of_their_own_are_marks_as_any() {
    let answer = object(json!({"data": things(), "has_more": flag()}));
    let operation = list(&["limit", "starting_after!"], answer);
    let ids = "[ids]\nid = \"ThingId\"\nstarting_after = \"ThingId\"\n";
    assert_eq!(style(operation.clone(), ids), style(operation, ""));
    let answer = object(json!({"data": things(), "last_id": text(), "has_more": flag()}));
    let operation = list(&["after!"], answer);
    let ids = "[ids]\nlast_id = \"ThingId\"\n";
    assert_eq!(style(operation, ids), "cursor 0 last_id | data | has_more");
}
