//! A folder of specs/ in which documents are updated.

use crate::misbehaving_server::{ASYNCAPI, OPENAPI, Script, Server};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};
use xtask::fetch::{FetchError, Limits, Outcome, Settings, update};
use xtask::origin::Origin;
use xtask::specs::Specs;

pub(crate) const REST: &str = r#"{"openapi":"3.1.0","info":{"title":"t","version":"2"},"paths":{"/a":{"get":{"responses":{}}}}}"#;
pub(crate) const EVENTS: &str =
    r#"{"asyncapi":"2.6.0","info":{"title":"t","version":"2"},"channels":{"a":{"publish":{}}}}"#;

const RECONSTRUCTED: &str = r#"
origin = "reconstructed from the partner documentation, not fetched"
date = "2026-01-02"
[openapi]
sha256 = "00"
[asyncapi]
sha256 = "11"
"#;

pub(crate) struct Project {
    pub(crate) dir: tempfile::TempDir,
    pub(crate) specs: Specs,
}

impl Project {
    pub(crate) fn with_reconstructed_documents() -> Self {
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

    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        files(self.dir.path())
    }

    pub(crate) async fn update(&self, server: &Server) -> Result<Outcome, FetchError> {
        self.update_within(server, unhurried()).await
    }

    pub(crate) async fn update_within(
        &self,
        server: &Server,
        limits: Limits,
    ) -> Result<Outcome, FetchError> {
        let origin = Origin::parse(&server.base).unwrap();
        update(&self.specs, &origin, &settings(limits), |_, _| Ok(())).await
    }

    /// Expects a failure that changes no file; gives the message.
    pub(crate) async fn failure(&self, server: &Server) -> String {
        self.failure_within(server, unhurried()).await
    }

    pub(crate) async fn failure_within(&self, server: &Server, limits: Limits) -> String {
        let before = self.files();
        let error = self.update_within(server, limits).await.unwrap_err();
        assert_eq!(self.files(), before, "files changed although: {error}");
        error.to_string().replace(&server.base, "BASE")
    }
}

pub(crate) fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(dir)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.display().to_string(), fs::read(&path).unwrap())
        })
        .collect()
}

/// Limits that only a hanging test would meet.
pub(crate) fn unhurried() -> Limits {
    let hour = Duration::from_secs(3600);
    Limits {
        connect: hour,
        silence: hour,
        total: hour,
        ..Limits::default()
    }
}

pub(crate) fn settings(limits: Limits) -> Settings {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_323_045);
    Settings {
        limits,
        now,
        progress: false,
    }
}

pub(crate) async fn server_with_new_documents() -> Server {
    let server = Server::start().await;
    server
        .on(OPENAPI, Script::document(REST, "\"rest-2\""))
        .on(ASYNCAPI, Script::document(EVENTS, "\"events-2\""));
    server
}
