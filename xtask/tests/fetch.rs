//! Fetching from servers that behave and from servers that do not.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails says so by panicking"
)]

mod misbehaving_server;

use misbehaving_server::{ASYNCAPI, OPENAPI, Script, Server, head};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};
use xtask::document::DocumentKind;
use xtask::fetch::{FetchError, Limits, Outcome, Settings, update};
use xtask::origin::Origin;
use xtask::specs::Specs;

const REST: &str = r#"{"openapi":"3.1.0","info":{"title":"t","version":"2"},"paths":{"/a":{"get":{"responses":{}}}}}"#;
const EVENTS: &str =
    r#"{"asyncapi":"2.6.0","info":{"title":"t","version":"2"},"channels":{"a":{"publish":{}}}}"#;

const RECONSTRUCTED: &str = r#"
origin = "reconstructed from the partner documentation, not fetched"
date = "2026-01-02"
[openapi]
sha256 = "00"
[asyncapi]
sha256 = "11"
"#;

struct Project {
    dir: tempfile::TempDir,
    specs: Specs,
}

impl Project {
    fn with_reconstructed_documents() -> Self {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("openapi.json", r#"{"openapi":"3.1.0","x":"old"}"#),
            ("asyncapi.json", r#"{"asyncapi":"2.6.0","x":"old"}"#),
            ("source.toml", RECONSTRUCTED),
            ("codegen.toml", "# ours"),
        ] {
            fs::write(dir.path().join(name), text).unwrap();
        }
        let specs = Specs::open(dir.path()).unwrap();
        Self { dir, specs }
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        files(self.dir.path())
    }

    async fn update(&self, server: &Server) -> Result<Outcome, FetchError> {
        self.update_within(server, unhurried()).await
    }

    async fn update_within(&self, server: &Server, limits: Limits) -> Result<Outcome, FetchError> {
        let origin = Origin::parse(&server.base).unwrap();
        update(&self.specs, &origin, &settings(limits), |_, _| Ok(())).await
    }

    /// Expects a failure that changes no file; gives the message.
    async fn failure(&self, server: &Server) -> String {
        self.failure_within(server, unhurried()).await
    }

    async fn failure_within(&self, server: &Server, limits: Limits) -> String {
        let before = self.files();
        let error = self.update_within(server, limits).await.unwrap_err();
        assert_eq!(self.files(), before, "files changed although: {error}");
        error.to_string().replace(&server.base, "BASE")
    }
}

fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(dir)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.display().to_string(), fs::read(&path).unwrap())
        })
        .collect()
}

/// Limits that only a hanging test would meet.
fn unhurried() -> Limits {
    let hour = Duration::from_secs(3600);
    Limits {
        connect: hour,
        silence: hour,
        total: hour,
        ..Limits::default()
    }
}

fn settings(limits: Limits) -> Settings {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_323_045);
    Settings {
        limits,
        now,
        progress: false,
    }
}

async fn server_with_new_documents() -> Server {
    let server = Server::start().await;
    server
        .on(OPENAPI, Script::document(REST, "\"rest-2\""))
        .on(ASYNCAPI, Script::document(EVENTS, "\"events-2\""));
    server
}

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
            r#"OpenAPI 3.1.0\"; fn x(){} document; expected"#,
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
    it is an AsyncAPI 2.6.0 document; expected OpenAPI 3.0 or 3.1
  GET BASE/pos/v1/.well-known/asyncapi.json
    it is an OpenAPI 3.1.0 document; expected AsyncAPI 2.x"
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
        message.contains("neither an OpenAPI nor an AsyncAPI document"),
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
        let mut command = std::process::Command::new("sh");
        command
            .arg("-c")
            .arg(format!(
                "trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" fetch --base-url \"$1\""
            ))
            .arg(env!("CARGO_BIN_EXE_xtask"))
            .arg(&server.base)
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
