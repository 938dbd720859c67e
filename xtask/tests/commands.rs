//! Regenerating, checking and comparing in a project of two small documents.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails says so by panicking"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use xtask::check::check;
use xtask::document::DocumentKind;
use xtask::drift::{Drift, Other, drift};
use xtask::exit::Exit;
use xtask::failure::Failure;
use xtask::fetch::Settings;
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

    async fn drift_to(&self, openapi: &str) -> Result<Drift, Failure> {
        let other = tempfile::tempdir().unwrap();
        fs::write(other.path().join("openapi.json"), openapi).unwrap();
        fs::write(other.path().join("asyncapi.json"), EVENTS).unwrap();
        let before = tree(self.dir.path());
        let other = Other::Dir(other.path().to_owned());
        let result = drift(&self.project, &other, &Settings::default()).await;
        assert_eq!(tree(self.dir.path()), before, "drift changed a file");
        result
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

#[tokio::test]
async fn the_same_api_in_another_order_is_no_drift() {
    let reordered: serde_json::Value = serde_json::from_str(REST).unwrap();
    let mut reordered = reordered.as_object().unwrap().clone();
    reordered.sort_keys();
    let reordered = serde_json::to_string(&reordered).unwrap();
    assert_ne!(reordered, REST);
    let drift = Repository::new().drift_to(&reordered).await.unwrap();
    assert!(drift.is_none(), "{}", drift.diff);
}

#[tokio::test]
async fn a_new_property_is_drift_and_counted() {
    let grown = REST.replace(
        "\"text\": {",
        "\"loud\": {\"type\": \"boolean\"}, \"text\": {",
    );
    let drift = Repository::new().drift_to(&grown).await.unwrap();
    assert_eq!(drift.to_string(), "type +1 -0");
    assert!(drift.diff.contains("+type Greeting.loud"), "{}", drift.diff);
}

/// A schema that is spelled like the name that another has.
fn rivals() -> (String, String) {
    let before = REST
        .replace("schemas/Greeting", "schemas/greeting")
        .replace("\"Greeting\": {", "\"greeting\": {");
    let after = before.replace(
        "\"greeting\": {",
        "\"Greeting\": {\"type\": \"string\"}, \"greeting\": {",
    );
    assert_ne!(before, after);
    (before, after)
}

#[tokio::test]
async fn what_has_a_name_keeps_it() {
    let (before, after) = rivals();
    let repository = Repository::new();
    repository.accept(&before, EVENTS);
    repository.regenerate().await;
    let names = repository.project.names();
    assert!(names.exists());

    let drift = repository.drift_to(&after).await.unwrap();
    assert_eq!(drift.to_string(), "type +1 -0", "{}", drift.diff);

    repository.accept(&after, EVENTS);
    repository.regenerate().await;
    let named = fs::read_to_string(&names).unwrap();
    let line = "type Greeting openapi#/components/schemas/greeting\n";
    assert!(named.contains(line), "{named}");
    assert_eq!(check(&repository.project).unwrap(), None);

    // Without the file, the one that is spelled like the name has it.
    fs::remove_file(&names).unwrap();
    let disagreement = check(&repository.project).unwrap().unwrap();
    assert!(disagreement.stale.iter().any(|path| path == "names.lock"));
}

#[tokio::test]
async fn drift_needs_no_names_file() {
    let (before, after) = rivals();
    let repository = Repository::new();
    repository.accept(&before, EVENTS);
    let drift = repository.drift_to(&after).await.unwrap();
    assert_eq!(drift.to_string(), "type +1 -0", "{}", drift.diff);
}

#[tokio::test]
async fn what_cannot_be_read_cannot_be_compared() {
    let failure = Repository::new().drift_to("<html>").await.unwrap_err();
    assert_eq!(failure.exit(), Exit::NotComparable);
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
