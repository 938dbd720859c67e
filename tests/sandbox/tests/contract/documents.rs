//! The well-known documents.

use http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use tilt_sandbox::{Document, Sandbox, SandboxError};

use crate::api::Api;

const BOTH: [(Document, &[u8]); 2] = [
    (
        Document::OpenApi,
        include_bytes!("../../../../specs/openapi.json"),
    ),
    (
        Document::AsyncApi,
        include_bytes!("../../../../specs/asyncapi.json"),
    ),
];

fn request(api: &Api, document: Document) -> reqwest::RequestBuilder {
    let url = format!("{}{}", api.sandbox.api_url(), document.path());
    api.http.get(url)
}

#[tokio::test]
async fn both_are_served_byte_for_byte_without_a_token() {
    let api = Api::start().await;
    for (document, bytes) in BOTH {
        let answer = request(&api, document).send().await.expect("an answer");
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()[CONTENT_TYPE], "application/json");
        assert_eq!(answer.bytes().await.expect("a body"), bytes);
    }
}

#[tokio::test]
async fn a_document_that_is_known_is_not_sent_again() {
    let api = Api::start().await;
    for (document, _) in BOTH {
        let answer = request(&api, document).send().await.expect("an answer");
        let tag = answer.headers()[ETAG].to_str().expect("text").to_owned();
        for cached in [tag.clone(), format!("\"x\", W/{tag}"), "*".into()] {
            let again = request(&api, document).header(IF_NONE_MATCH, cached);
            let again = again.send().await.expect("an answer");
            assert_eq!(again.status(), 304);
            assert_eq!(again.headers()[ETAG], tag);
            assert!(again.bytes().await.expect("a body").is_empty());
        }
        api.sandbox.set_document(document, "{}");
        let changed = request(&api, document).header(IF_NONE_MATCH, tag);
        let changed = changed.send().await.expect("an answer");
        assert_eq!(changed.status(), 200);
        assert_eq!(changed.text().await.expect("a body"), "{}");
    }
}

#[tokio::test]
async fn documents_can_come_from_a_folder() {
    let specs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../specs");
    let api = Api::with(Sandbox::builder().specs(specs)).await;
    for (document, bytes) in BOTH {
        assert_eq!(api.sandbox.document(document), bytes);
    }
    let missing = Sandbox::builder().specs("no-such-folder").start().await;
    let error = missing.expect_err("an error");
    assert!(matches!(error, SandboxError::Document { .. }));
    assert!(error.to_string().contains("no-such-folder"));
}
