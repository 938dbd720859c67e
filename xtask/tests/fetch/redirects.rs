//! Redirects.

use crate::misbehaving_server::{OPENAPI, Script, Server};
use crate::project::{Project, REST, server_with_new_documents};
use xtask::document::DocumentKind;

#[tokio::test]
async fn a_redirect_within_the_host_is_followed() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    server
        .on(
            OPENAPI,
            Script::answer("302 Found", &[("location", "/docs/rest.json")], b""),
        )
        .on("/docs/rest.json", Script::document(REST, "\"r\""));
    project.update(&server).await.unwrap();
    assert_eq!(
        project.specs.read(DocumentKind::OpenApi).unwrap(),
        REST.as_bytes()
    );
    let recorded = project.specs.provenance().unwrap().unwrap().openapi.url;
    assert_eq!(recorded, Some(format!("{}{OPENAPI}", server.base)));
}

#[tokio::test]
async fn a_redirect_to_another_host_is_not_followed() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    let elsewhere = Server::start().await;
    elsewhere.on("/rest.json", Script::document(REST, "\"r\""));
    let location = format!(
        "{}/rest.json?token=hush",
        elsewhere.base.replace("127.0.0.1", "localhost")
    );
    server.on(
        OPENAPI,
        Script::answer("307 Temporary Redirect", &[("location", &location)], b""),
    );
    let message = project.failure(&server).await;
    assert!(
        message.contains("the server redirects to http://localhost:"),
        "{message}"
    );
    assert!(!message.contains("hush"), "{message}");
    assert_eq!(elsewhere.take_requests(), [""; 0]);
}

#[tokio::test]
async fn a_redirect_to_another_scheme_or_port_is_not_followed() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    let elsewhere = Server::start().await;
    elsewhere.on("/rest.json", Script::document(REST, "\"r\""));
    let same_port_https = server.base.replace("http://", "https://");
    let credentials = server.base.replace("http://", "http://name:hush@");
    for base in [&elsewhere.base, &same_port_https, &credentials] {
        let location = format!("{base}/rest.json?token=hush");
        server.on(
            OPENAPI,
            Script::answer("302 Found", &[("location", &location)], b""),
        );
        let message = project.failure(&server).await;
        let other = "which is another scheme, host or port";
        assert!(message.contains(other), "{message}");
        assert!(!message.contains("hush"), "{message}");
    }
    assert_eq!(elsewhere.take_requests(), [""; 0]);
}

#[tokio::test]
async fn redirects_in_circles_end() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    server.on(
        OPENAPI,
        Script::answer("301 Moved Permanently", &[("location", OPENAPI)], b""),
    );
    let message = project.failure(&server).await;
    assert!(message.contains("redirects more than 5 times"), "{message}");
}
