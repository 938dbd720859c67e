//! Types that hold others, and what tells nothing of them.

use serde_json::{Value, json};

use super::{document, has, lines, object};

fn answer(schema: &Value) -> Value {
    let content = json!({"application/json": {"schema": schema}});
    json!({"200": {"description": "", "content": content}})
}

fn got(id: &str, schema: &Value) -> Value {
    json!({"get": {"operationId": id, "responses": answer(schema)}})
}

fn list(items: &Value) -> Value {
    json!({"type": "array", "items": items})
}

#[test]
fn what_only_holds_a_thing_leaves_its_name_to_it() {
    let user = object(json!({"id": {"type": "string"}, "name": {"type": "string"}}));
    let api = document(
        json!({
            "/users": got("listUsers", &object(json!({"users": list(&user)}))),
            "/users/{id}": got("getUser", &object(json!({"user": user}))),
            "/tokens/{id}": got("getToken", &object(json!({"token": {"type": "string"}}))),
        }),
        json!({}),
    );
    has(
        &lines(&api, None),
        &[
            "type UserResponse.user: User?",
            "type UserList.users: [User]?",
            "type Token.token: String?",
        ],
    );
}

#[test]
fn things_that_are_called_like_a_method_keep_their_name() {
    let post = object(json!({"id": {"type": "string"}}));
    let page = object(json!({"items": list(&post), "next_cursor": {"type": "string"}}));
    let mut operation = got("listPosts", &page);
    operation["get"]["parameters"] =
        json!([{"name": "cursor", "in": "query", "schema": {"type": "string"}}]);
    let api = document(json!({"/posts": operation}), json!({}));
    has(
        &lines(&api, None),
        &["type PostPage.items: [PostPageItem]?"],
    );
}

#[test]
fn an_address_is_called_after_what_it_ends_in() {
    let context = json!({"oneOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {
                "hydra": {"type": "string", "enum": ["http://www.w3.org/ns/hydra/core#"]},
                "vocab": {"type": "string"},
            },
        },
    ]});
    let book = object(json!({
        "context": context,
        "kind": {"type": "string", "enum": ["urn:acme:books:Novel", "urn:acme:books:Poem"]},
    }));
    let lines = lines(&document(json!({}), json!({"Book": book})), None);
    has(
        &lines,
        &[
            "type BookContext::Core(BookContextCore)",
            "type BookKind::Novel = \"urn:acme:books:Novel\"",
        ],
    );
}

#[test]
fn a_title_of_all_answers_and_a_letter_say_nothing() {
    let wrapper = |properties: Value| {
        let mut schema = object(properties);
        schema["title"] = json!("Wrapper");
        schema
    };
    let item = object(json!({"id": {"type": "string"}}));
    let api = document(
        json!({
            "/orders/{id}": got("getOrder", &wrapper(json!({"d": item}))),
            "/lines/{id}": got("getLine", &wrapper(json!({"d": object(json!({"n": {"type": "string"}}))}))),
        }),
        json!({}),
    );
    has(
        &lines(&api, None),
        &["type Order.d: OrderD?", "type Line.d: LineD?"],
    );
}

#[test]
fn a_word_that_says_only_where_something_stands_stands_behind_its_owner() {
    let bound = object(json!({"amount": {"type": "number"}}));
    let page = object(json!({"number": {"type": "integer"}}));
    let range = object(json!({"from": bound, "next": page}));
    let api = document(json!({}), json!({"PriceRange": range}));
    has(
        &lines(&api, None),
        &["type PriceRangeFrom struct", "type PriceRangeNext struct"],
    );
}

#[test]
fn an_enum_beside_alternatives_is_called_after_all_of_them() {
    let status = json!({"type": "string", "enum": ["new", "started"]});
    let alternative = |title: &str, property: &str| {
        json!({
            "title": title,
            "type": "object",
            "properties": {property: {"type": "string"}},
            "required": [property],
        })
    };
    let schemas = json!({"Round": {"allOf": [
        {"oneOf": [alternative("by push", "push"), alternative("by url", "url")]},
        object(json!({"status": status})),
    ]}});
    let round = json!({"$ref": "#/components/schemas/Round"});
    let paths = json!({"/rounds": got("getRound", &round)});
    let lines = lines(&document(paths, schemas), None);
    has(&lines, &["type RoundStatus enum of String"]);
}
