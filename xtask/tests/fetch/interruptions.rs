//! Answers that break off, do not end, or do not come.

use crate::misbehaving_server::{OPENAPI, Script, head};
use crate::project::{Project, REST, server_with_new_documents, settings, unhurried};
use std::time::Duration;
use xtask::fetch::{Limits, update};
use xtask::origin::Origin;

#[tokio::test]
async fn a_truncated_body_is_no_document() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    let mut half = head("200 OK", &[], REST.len());
    half.extend_from_slice(&REST.as_bytes()[..20]);
    server.on(OPENAPI, Script::Raw(half));
    let message = project.failure(&server).await;
    assert!(
        message.contains("the answer broke off after 20 bytes"),
        "{message}"
    );
}

#[tokio::test]
async fn a_truncated_document_of_unknown_length_is_no_document() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    let half = format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{}",
        &REST[..20]
    );
    server.on(OPENAPI, Script::Raw(half.into_bytes()));
    let message = project.failure(&server).await;
    assert!(
        message.contains("it is not JSON (EOF while parsing"),
        "{message}"
    );
}

#[tokio::test]
async fn a_connection_that_closes_at_once_is_reported() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    server.on(OPENAPI, Script::Raw(Vec::new()));
    let message = project.failure(&server).await;
    assert!(
        message.contains("the answer broke off after 0 bytes"),
        "{message}"
    );
}

#[tokio::test]
async fn an_announced_size_above_the_limit_is_not_even_read() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    server.on(OPENAPI, Script::Silence(head("200 OK", &[], 100 << 20)));
    let message = project.failure(&server).await;
    assert!(message.contains("larger than 67108864 bytes"), "{message}");
}

#[tokio::test]
async fn a_body_of_unknown_size_is_cut_at_the_limit() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    server.on(OPENAPI, Script::Flood(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()));
    let message = project.failure(&server).await;
    assert!(message.contains("larger than 67108864 bytes"), "{message}");
}

#[tokio::test]
async fn a_slow_drip_ends_at_the_total_limit() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    server.on(OPENAPI, Script::Drip(head("200 OK", &[], 1 << 20)));
    let limits = Limits {
        total: Duration::from_millis(300),
        ..unhurried()
    };
    let message = project.failure_within(&server, limits).await;
    assert!(
        message.contains("the document was not complete after 300ms"),
        "{message}"
    );
}

#[tokio::test]
async fn silence_ends_at_its_limit() {
    let limits = Limits {
        silence: Duration::from_millis(300),
        ..unhurried()
    };
    for start in [Vec::new(), head("200 OK", &[], 10)] {
        let project = Project::with_reconstructed_documents();
        let server = server_with_new_documents().await;
        server.on(OPENAPI, Script::Silence(start));
        let message = project.failure_within(&server, limits).await;
        assert!(
            message.contains("the server was silent for 300ms"),
            "{message}"
        );
    }
}

#[tokio::test]
async fn no_server_is_no_connection() {
    let project = Project::with_reconstructed_documents();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let before = project.files();
    let origin = Origin::parse(&base).unwrap();
    let error = update(&project.specs, &origin, &settings(unhurried()), |_, _| {
        Ok(())
    })
    .await;
    let message = error.unwrap_err().to_string();
    assert!(message.contains("no connection: "), "{message}");
    assert!(message.contains("Connection refused"), "{message}");
    assert_eq!(project.files(), before);
}
