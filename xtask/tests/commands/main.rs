//! Regenerating, checking and comparing in a project of two small documents.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails says so by panicking"
)]

mod drift;
#[cfg(unix)]
mod forge;
#[cfg(unix)]
mod publication;
mod release;
#[cfg(unix)]
mod workflows;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use xtask::check::check;
use xtask::document::DocumentKind;
use xtask::exit::Exit;
use xtask::project::Project;
use xtask::regenerate::regenerate;
use xtask::semver_proof::{Proof, prove};
use xtask::specs::sha256;

const REST: &str = r##"{
  "openapi": "3.1.0",
  "info": {"title": "Greetings", "version": "1"},
  "paths": {
    "/greetings/{id}": {
      "get": {
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
        "responses": {"200": {"description": "One greeting.", "content": {"application/json": {
          "schema": {"$ref": "#/components/schemas/Greeting"}
        }}}}
      }
    }
  },
  "components": {"schemas": {"Greeting": {
    "type": "object",
    "properties": {"text": {"type": "string"}}
  }}}
}"##;

const EVENTS: &str = r#"{
  "asyncapi": "2.6.0",
  "info": {"title": "Greeting events", "version": "1"},
  "channels": {"said": {"subscribe": {"message": {
    "name": "greeting.said",
    "payload": {"type": "object", "properties": {"id": {"type": "string"}}}
  }}}}
}"#;

struct Repository {
    dir: tempfile::TempDir,
    project: Project,
}

impl Repository {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let project = Project::at(dir.path());
        fs::create_dir_all(project.specs()).unwrap();
        let repository = Self { dir, project };
        repository.put("Cargo.toml", "");
        repository.accept(REST, EVENTS);
        repository
    }

    /// Puts documents in place as if they had been fetched.
    fn accept(&self, openapi: &str, asyncapi: &str) {
        let source = format!(
            "origin = \"fetched\"\n[openapi]\nsha256 = \"{}\"\n[asyncapi]\nsha256 = \"{}\"\n",
            sha256(openapi.as_bytes()),
            sha256(asyncapi.as_bytes())
        );
        self.put("specs/openapi.json", openapi);
        self.put("specs/asyncapi.json", asyncapi);
        self.put("specs/source.toml", &source);
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Some file that was generated.
    fn generated_file(&self) -> std::path::PathBuf {
        self.project.generated().join("mod.rs")
    }

    async fn regenerate(&self) {
        regenerate(&self.project, None).await.unwrap();
    }
}

fn tree(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(tree(&path));
        } else {
            files.insert(path.display().to_string(), fs::read(&path).unwrap());
        }
    }
    files
}

#[tokio::test]
async fn what_was_regenerated_is_in_agreement() {
    let repository = Repository::new();
    repository.regenerate().await;
    assert!(repository.generated_file().exists());
    assert_eq!(check(&repository.project).unwrap(), None);
}

#[tokio::test]
async fn regenerating_again_writes_nothing() {
    let repository = Repository::new();
    repository.regenerate().await;
    let before = tree(repository.dir.path());
    let again = regenerate(&repository.project, None).await.unwrap();
    assert_eq!(again.written.written, [""; 0]);
    assert_eq!(again.written.removed, [""; 0]);
    assert_eq!(tree(repository.dir.path()), before);
}

#[tokio::test]
async fn an_edited_source_is_shown_with_the_command_that_mends_it() {
    let repository = Repository::new();
    repository.regenerate().await;
    let file = repository.generated_file();
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}// by hand\n")).unwrap();
    let disagreement = check(&repository.project).unwrap().unwrap();
    assert_eq!(disagreement.stale, ["src/generated/mod.rs"]);
    assert!(
        disagreement.diff.contains("-// by hand"),
        "{}",
        disagreement.diff
    );
    let message = disagreement.to_string();
    assert!(
        message.contains("cargo xtask regenerate --offline"),
        "{message}"
    );
    repository.regenerate().await;
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[tokio::test]
async fn an_edited_document_is_named() {
    let repository = Repository::new();
    repository.regenerate().await;
    repository.put("specs/openapi.json", &format!("{REST}\n"));
    let disagreement = check(&repository.project).unwrap().unwrap();
    assert_eq!(disagreement.edited, [DocumentKind::OpenApi]);
    assert_eq!(disagreement.stale, [""; 0]);
}

#[tokio::test]
async fn a_hand_written_file_in_the_way_is_kept() {
    let repository = Repository::new();
    repository.put("tilt-generated/src/generated/mod.rs", "// mine");
    let failure = regenerate(&repository.project, None).await.unwrap_err();
    assert_eq!(failure.exit(), Exit::Files);
    assert_eq!(
        fs::read_to_string(repository.generated_file()).unwrap(),
        "// mine"
    );
}

#[tokio::test]
async fn a_document_that_is_refused_changes_nothing() {
    let repository = Repository::new();
    repository.regenerate().await;
    repository.accept("{\"openapi\": \"3.1.0\"", EVENTS);
    let before = tree(repository.dir.path());
    let failure = regenerate(&repository.project, None).await.unwrap_err();
    assert_eq!(failure.exit(), Exit::Rejected);
    assert!(failure.to_string().contains("openapi.json"), "{failure}");
    assert_eq!(tree(repository.dir.path()), before);
}

/// The first pair of each effect; `cargo xtask semver-proof` has all, with single features and another judge.
#[test]
fn programs_of_old_sdks_compile_where_nothing_is_said_to_break() {
    let project = Project::find().unwrap();
    let folder = project.target().join("semver-proof");
    let proof = Proof {
        most: 1,
        features: false,
        lints: false,
        folder: folder.join("first"),
        target: folder.join("build"),
    };
    let report = prove(&project, &proof).unwrap();
    assert_eq!(report.disagreements, [""; 0]);
    assert!(report.pairs >= 12, "{report:?}");
    // Both judgements are there.
    assert!((1..report.pairs).contains(&report.compiling), "{report:?}");
}
