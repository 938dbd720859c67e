//! The documents in specs/: when they are replaced, what is asked for, and what changes nothing.

use crate::misbehaving_server::{ASYNCAPI, OPENAPI, Script, Server};
use crate::project::{
    EVENTS, Project, REST, files, server_with_new_documents, settings, unhurried,
};
use std::fs;
use std::process::{Command, Stdio};
use std::time::SystemTime;
use xtask::document::DocumentKind;
use xtask::fetch::{Outcome, Settings, update};
use xtask::origin::Origin;
use xtask::specs::Specs;

#[tokio::test]
async fn both_documents_and_their_origin_are_recorded() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    let outcome = project.update(&server).await.unwrap();
    assert_eq!(
        outcome,
        Outcome::Replaced {
            openapi: true,
            asyncapi: true
        }
    );
    assert_eq!(
        project.specs.read(DocumentKind::OpenApi).unwrap(),
        REST.as_bytes()
    );
    assert_eq!(
        project.specs.read(DocumentKind::AsyncApi).unwrap(),
        EVENTS.as_bytes()
    );
    let source = fs::read_to_string(project.dir.path().join("source.toml")).unwrap();
    assert_eq!(
        source.replace(&server.base, "BASE"),
        r#"# Written by `cargo xtask fetch`.
origin = "fetched"

[openapi]
url = "BASE/pos/v1/.well-known/openapi.json"
fetched_at = "2026-01-02T03:04:05Z"
sha256 = "ed71d3f6be98dd2a10198ea428ecbc8fb0e4a74aebc3e254015be1714ecbab3d"
etag = '"rest-2"'

[asyncapi]
url = "BASE/pos/v1/.well-known/asyncapi.json"
fetched_at = "2026-01-02T03:04:05Z"
sha256 = "1b1ec85bfbf00383ed31b17773819b7c0aec055887301f5e28ece180359949b4"
etag = '"events-2"'
"#
    );
}

#[tokio::test]
async fn the_second_request_is_conditional_and_304_changes_nothing() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    project.update(&server).await.unwrap();
    let requests = server.take_requests();
    assert!(
        requests
            .iter()
            .all(|request| !request.contains("if-none-match"))
    );

    let before = project.files();
    let unchanged = Script::answer("304 Not Modified", &[], b"");
    server
        .on(OPENAPI, unchanged.clone())
        .on(ASYNCAPI, unchanged);
    assert_eq!(project.update(&server).await.unwrap(), Outcome::Unchanged);
    assert_eq!(project.files(), before);
    let requests = server.take_requests();
    assert!(
        requests[0].contains("if-none-match: \"events-2\""),
        "{requests:?}"
    );
    assert!(
        requests[1].contains("if-none-match: \"rest-2\""),
        "{requests:?}"
    );
}

#[tokio::test]
async fn one_document_may_be_new_while_the_other_is_304() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    project.update(&server).await.unwrap();
    let newer = EVENTS.replace("\"2\"", "\"3\"");
    server
        .on(OPENAPI, Script::answer("304 Not Modified", &[], b""))
        .on(ASYNCAPI, Script::document(&newer, "\"events-3\""));
    let outcome = project.update(&server).await.unwrap();
    assert_eq!(
        outcome,
        Outcome::Replaced {
            openapi: false,
            asyncapi: true
        }
    );
    assert_eq!(
        project.specs.read(DocumentKind::OpenApi).unwrap(),
        REST.as_bytes()
    );
    assert_eq!(
        project.specs.read(DocumentKind::AsyncApi).unwrap(),
        newer.as_bytes()
    );
}

#[tokio::test]
async fn an_edited_document_is_asked_for_without_condition() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    project.update(&server).await.unwrap();
    fs::write(project.specs.path(DocumentKind::OpenApi), "{}").unwrap();
    server.take_requests();
    project.update(&server).await.unwrap();
    let requests = server.take_requests();
    assert!(!requests[1].contains("if-none-match"), "{requests:?}");
    assert_eq!(
        project.specs.read(DocumentKind::OpenApi).unwrap(),
        REST.as_bytes()
    );
}

#[tokio::test]
async fn documents_that_are_the_same_without_an_etag_leave_no_trace() {
    let project = Project::with_reconstructed_documents();
    let server = Server::start().await;
    server
        .on(OPENAPI, Script::answer("200 OK", &[], REST.as_bytes()))
        .on(ASYNCAPI, Script::answer("200 OK", &[], EVENTS.as_bytes()));
    project.update(&server).await.unwrap();
    let before = project.files();
    let origin = Origin::parse(&server.base).unwrap();
    let later = Settings {
        now: SystemTime::now(),
        ..settings(unhurried())
    };
    let outcome = update(&project.specs, &origin, &later, |_, _| Ok(()))
        .await
        .unwrap();
    assert_eq!(outcome, Outcome::Unchanged);
    assert_eq!(project.files(), before);
}

#[tokio::test]
async fn documents_that_the_generator_refuses_change_nothing() {
    let project = Project::with_reconstructed_documents();
    let server = server_with_new_documents().await;
    let before = project.files();
    let origin = Origin::parse(&server.base).unwrap();
    let error = update(
        &project.specs,
        &origin,
        &settings(unhurried()),
        |openapi, asyncapi| {
            assert_eq!((openapi, asyncapi), (REST.as_bytes(), EVENTS.as_bytes()));
            Err("paths: missing".into())
        },
    )
    .await
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the documents are refused:\npaths: missing"
    );
    assert_eq!(project.files(), before);
}

/// With a limit on the size of files in place of a full disk: the real command, at every size that
/// lets one more of its files be written.
#[cfg(unix)]
#[tokio::test]
async fn a_fetch_that_cannot_write_changes_nothing_and_takes_no_effect_later() {
    let events = EVENTS.replace("\"t\"", &format!("\"{}\"", "long ".repeat(300)));
    let rest = REST.replace("\"t\"", &format!("\"{}\"", "longer ".repeat(900)));
    let server = Server::start().await;
    server
        .on(OPENAPI, Script::document(&rest, "\"rest-2\""))
        .on(ASYNCAPI, Script::document(&events, "\"events-2\""));
    let mut exits = Vec::new();
    for blocks in [0, 1, 2, 4, 8, 16, 32] {
        let root = tempfile::tempdir().unwrap();
        let specs = root.path().join("specs");
        fs::create_dir_all(&specs).unwrap();
        fs::create_dir_all(root.path().join("tilt-generated")).unwrap();
        fs::write(root.path().join("Cargo.toml"), "").unwrap();
        fs::write(specs.join("openapi.json"), "old").unwrap();
        fs::write(specs.join("asyncapi.json"), "old").unwrap();
        let before = files(&specs);
        let mut command = Command::new("sh");
        command
            .arg("-c")
            .arg(format!(
                "trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" fetch --base-url \"$1\""
            ))
            .arg(env!("CARGO_BIN_EXE_xtask"))
            .arg(&server.base)
            // A file that the test's own output goes to may have less room than is left to the fetch.
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .env("CARGO_MANIFEST_DIR", root.path());
        let status = tokio::task::spawn_blocking(move || command.status());
        let status = status.await.unwrap().unwrap();
        let written = status.success();
        let after = || match written {
            true => {
                fs::read(specs.join("openapi.json")).unwrap() == rest.as_bytes()
                    && fs::read(specs.join("asyncapi.json")).unwrap() == events.as_bytes()
                    && files(&specs).len() == 3
            }
            false => files(&specs) == before,
        };
        assert!(after(), "with {blocks} blocks");
        Specs::open(&specs).unwrap();
        assert!(after(), "later, with {blocks} blocks");
        exits.push(written);
    }
    assert!(exits.contains(&false) && exits.contains(&true), "{exits:?}");
}
