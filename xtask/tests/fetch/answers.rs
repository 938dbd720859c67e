//! Answers that are whole, and not what was asked for.

use crate::misbehaving_server::{ASYNCAPI, OPENAPI, Script, Server};
use crate::project::{EVENTS, Project, REST, server_with_new_documents};

#[tokio::test]
async fn a_missing_document_is_named() {
    let project = Project::with_reconstructed_documents();
    let server = Server::start().await;
    assert_eq!(
        project.failure(&server).await,
        "could not fetch the documents
  GET BASE/pos/v1/.well-known/openapi.json
    the server answered 404 Not Found
  GET BASE/pos/v1/.well-known/asyncapi.json
    the server answered 404 Not Found"
    );
}

#[tokio::test]
async fn one_failing_document_keeps_the_other_out() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    server.on(
        ASYNCAPI,
        Script::answer("500 Internal Server Error", &[], b"oops"),
    );
    assert_eq!(
        project.failure(&server).await,
        "could not fetch the documents
  GET BASE/pos/v1/.well-known/asyncapi.json
    the server answered 500 Internal Server Error"
    );
}

#[tokio::test]
async fn a_web_page_is_not_a_document() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    let page = b"<!DOCTYPE html>\n<title>Sign in</title>";
    server.on(
        OPENAPI,
        Script::answer("200 OK", &[("content-type", "text/html")], page),
    );
    let message = project.failure(&server).await;
    assert!(
        message.contains(r#"it begins with "<!DOCTYPE html>\n<title>Sign in</title>""#),
        "{message}"
    );
    assert!(
        message.contains("BASE/pos/v1/.well-known/openapi.json"),
        "{message}"
    );
}

#[tokio::test]
async fn documents_without_content_or_form_replace_nothing() {
    for (path, answer, says) in [
        (
            OPENAPI,
            r#"{"openapi":"3.1.0","info":{},"paths":{}}"#,
            "it has no operation in `paths`",
        ),
        (
            OPENAPI,
            r#"{"openapi":"3.1.0\"; fn x(){}","paths":{"/a":{"get":{}}}}"#,
            r#"this is OpenAPI 3.1.0\"; fn x(){}, expected an OpenAPI document"#,
        ),
        (
            ASYNCAPI,
            r#"{"asyncapi":"2.6.0","info":{},"channels":5}"#,
            "`channels` is a number, expected an object",
        ),
        (
            ASYNCAPI,
            r#"{"asyncapi":"2.6.0","info":{},"channels":{}}"#,
            "it has no message in `channels`",
        ),
    ] {
        let project = Project::with_reconstructed_documents();
        let server = server_with_new_documents().await;
        server.on(path, Script::document(answer, "\"x\""));
        let message = project.failure(&server).await;
        assert!(message.contains(says), "{message}");
    }
}

#[tokio::test]
async fn swapped_documents_are_told_apart() {
    let project = Project::with_reconstructed_documents();
    let server = Server::start().await;
    server
        .on(OPENAPI, Script::document(EVENTS, "\"e\""))
        .on(ASYNCAPI, Script::document(REST, "\"r\""));
    assert_eq!(
        project.failure(&server).await,
        "the server's answer is not what was asked for
  GET BASE/pos/v1/.well-known/openapi.json
    this is AsyncAPI 2.6.0, expected an OpenAPI document of version 3.0 to 3.2 (give it as the AsyncAPI document)
  GET BASE/pos/v1/.well-known/asyncapi.json
    this is OpenAPI 3.1.0, expected an AsyncAPI document of version 2.0 to 2.6 (give it as the OpenAPI document)"
    );
}

#[tokio::test]
async fn json_of_another_sort_is_not_a_document() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    server.on(
        ASYNCAPI,
        Script::document(r#"{"error":"not_found"}"#, "\"e\""),
    );
    let message = project.failure(&server).await;
    assert!(
        message.contains("this is neither `openapi` nor `asyncapi` with a version"),
        "{message}"
    );
}

#[tokio::test]
async fn a_304_that_was_not_asked_for_is_an_error() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    server.on(OPENAPI, Script::answer("304 Not Modified", &[], b""));
    let message = project.failure(&server).await;
    assert!(message.contains("it was not asked whether"), "{message}");
}

#[tokio::test]
async fn an_encoded_answer_is_refused() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    server.on(
        OPENAPI,
        Script::answer("200 OK", &[("content-encoding", "gzip")], b"\x1f\x8b"),
    );
    let message = project.failure(&server).await;
    assert!(message.contains("encoded as `gzip`"), "{message}");
}
