//! Bodies that a framework called after their operation.

use serde_json::{Value, json};

use super::{document, has, lines, object};

fn sending(tag: &str, id: &str, schema: &str) -> Value {
    let schema = json!({"$ref": format!("#/components/schemas/{schema}")});
    let content = json!({"application/json": {"schema": schema}});
    json!({
        "operationId": id,
        "tags": [tag],
        "requestBody": {"required": true, "content": content},
        "responses": {"204": {"description": ""}},
    })
}

fn body(title: &str) -> Value {
    json!({"type": "object", "title": title, "properties": {"note": {"type": "string"}}})
}

#[test]
fn a_body_has_its_authors_word_and_no_path() {
    let upload = "upload_file_files__post";
    let token = "login-access_token";
    let api = document(
        json!({
            "/files/": {"post": sending("files", upload, "Body_upload_file_files__post")},
            "/login": {"post": sending("login", token, "Body_login-access_token")},
        }),
        json!({
            "Body_upload_file_files__post": body("Body_upload_file_files__post"),
            "Body_login-access_token": body("Body_login-access_token"),
        }),
    );
    has(
        &lines(&api, None),
        &[
            "type UploadFileBody struct",
            "type LoginAccessTokenBody struct",
        ],
    );
    let kept = "type BodyUploadFile openapi#/components/schemas/Body_upload_file_files__post\n";
    has(&lines(&api, Some(kept)), &["type BodyUploadFile struct"]);
}

#[test]
fn a_body_without_an_authors_word_is_called_as_its_operation_is() {
    let id = "postApiV4ProjectsIdJobs";
    let api = document(
        json!({"/api/v4/projects/{id}/jobs": {"post": sending("jobs", id, id)}}),
        json!({id: object(json!({"note": {"type": "string"}}))}),
    );
    has(&lines(&api, None), &["type CreateJob struct"]);
}

#[test]
fn bodies_of_one_word_are_told_apart_by_their_resources() {
    let schema = |path: &str| format!("Body_create_item_{path}__post");
    let of = |path: &str| {
        let (id, schema) = (format!("create_item_{path}__post"), schema(path));
        json!({"post": sending(path, &id, &schema)})
    };
    let api = document(
        json!({"/shelves/": of("shelves"), "/orders/": of("orders")}),
        json!({schema("shelves"): body("Body_a"), schema("orders"): object(json!({"b": {"type": "string"}}))}),
    );
    has(
        &lines(&api, None),
        &["type CreateShelf struct", "type CreateOrder struct"],
    );
}
