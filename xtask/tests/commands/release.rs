//! From fetched documents to the next release.

use crate::{EVENTS, REST, Repository, tree};
use std::fs;
use xtask::exit::Exit;
use xtask::proposal::{Proposal, propose};
use xtask::regenerate::regenerate;
use xtask::release::release;

const CHANGELOG: &str = "# Changelog\n\n## Unreleased\n\n- By hand.\n";

impl Repository {
    /// With a release 0.1.0 of the documents that are there.
    pub(crate) async fn released() -> Self {
        let repository = Self::new();
        repository.put("Cargo.toml", "[workspace.package]\nversion = \"0.1.0\"\n");
        repository.put("CHANGELOG.md", CHANGELOG);
        repository.put("specs/released/release.toml", "version = \"0.1.0\"\n");
        repository.put("specs/released/openapi.json", REST);
        repository.put("specs/released/asyncapi.json", EVENTS);
        repository.regenerate().await;
        let names = fs::read_to_string(repository.project.names()).unwrap();
        repository.put("specs/released/names.lock", &names);
        repository
    }

    async fn proposal(&self) -> Proposal {
        let done = regenerate(&self.project, None).await.unwrap();
        done.proposal.unwrap()
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.dir.path().join(path)).unwrap()
    }
}

fn without_operation() -> String {
    REST.replace("/greetings/{id}", "/greeting/{id}")
}

fn with_property() -> String {
    REST.replace(
        "\"text\": {",
        "\"loud\": {\"type\": \"boolean\"}, \"text\": {",
    )
}

#[tokio::test]
async fn nothing_is_proposed_where_nothing_changed() {
    let repository = Repository::released().await;
    let proposal = repository.proposal().await;
    assert_eq!(proposal.drift.findings, []);
    assert_eq!(proposal.next, proposal.released);
    assert_eq!(repository.read("CHANGELOG.md"), CHANGELOG);
    let failure = release(&repository.project, None).unwrap_err();
    assert_eq!(failure.exit(), Exit::Different);
    assert!(failure.to_string().contains("has not changed"), "{failure}");

    let asked = "0.1.1".parse().ok();
    let version = release(&repository.project, asked).unwrap();
    assert_eq!(version.to_string(), "0.1.1");
    assert!(repository.read("Cargo.toml").contains("\"0.1.1\""));
}

#[tokio::test]
async fn a_proposal_is_of_all_since_the_release_and_has_one_entry() {
    let repository = Repository::released().await;
    repository.accept(&with_property(), EVENTS);
    let proposal = repository.proposal().await;
    assert_eq!(proposal.next.to_string(), "0.1.1");
    let once = repository.read("CHANGELOG.md");
    assert!(
        once.contains("- The documents of the API changed: additive in use"),
        "{once}"
    );
    assert!(
        once.contains("loud") && once.ends_with("- By hand.\n"),
        "{once}"
    );

    assert!(!repository.proposal().await.changelog);
    assert_eq!(repository.read("CHANGELOG.md"), once);

    // The next fetch takes more away. Users see both.
    repository.accept(&without_operation(), EVENTS);
    let proposal = repository.proposal().await;
    assert_eq!(proposal.next.to_string(), "0.2.0");
    let twice = repository.read("CHANGELOG.md");
    assert_eq!(
        twice.matches("The documents of the API changed").count(),
        1,
        "{twice}"
    );
    assert!(twice.contains("(0.1.0 to 0.2.0)"), "{twice}");

    // And back: as if nothing had been.
    repository.accept(REST, EVENTS);
    repository.proposal().await;
    assert_eq!(repository.read("CHANGELOG.md"), CHANGELOG);
}

#[tokio::test]
async fn a_release_sets_the_version_and_is_what_the_next_is_compared_with() {
    let repository = Repository::released().await;
    repository.accept(&without_operation(), EVENTS);
    let failure = release(&repository.project, None).unwrap_err();
    assert!(failure.to_string().contains("do not agree"), "{failure}");
    let mut proposal = repository.proposal().await;
    assert!(proposal.is_due());
    proposal.set_version(&repository.project).unwrap();
    assert!(!propose(&repository.project).unwrap().unwrap().is_due());

    assert_eq!(
        release(&repository.project, None).unwrap().to_string(),
        "0.2.0"
    );
    assert!(
        repository
            .read("Cargo.toml")
            .contains("version = \"0.2.0\"")
    );
    let changelog = repository.read("CHANGELOG.md");
    assert!(
        changelog.starts_with("# Changelog\n\n## Unreleased\n\n## 0.2.0\n\n- The documents"),
        "{changelog}"
    );
    assert!(!changelog.contains("<!--"), "{changelog}");
    assert_eq!(
        repository.read("specs/released/openapi.json"),
        without_operation()
    );
    assert_eq!(
        repository.read("specs/released/names.lock"),
        repository.read("tilt-generated/names.lock")
    );

    let before = tree(repository.dir.path());
    assert_eq!(repository.proposal().await.next.to_string(), "0.2.0");
    assert_eq!(tree(repository.dir.path()), before);
    assert!(release(&repository.project, None).is_err());
}

#[tokio::test]
async fn a_version_that_was_raised_by_hand_is_released() {
    let repository = Repository::released().await;
    repository.put("Cargo.toml", "[workspace.package]\nversion = \"0.3.0\"\n");
    assert_eq!(
        release(&repository.project, None).unwrap().to_string(),
        "0.3.0"
    );
}

#[tokio::test]
async fn documents_of_a_release_that_cannot_be_read_any_more_stop_nothing_but_a_release() {
    let repository = Repository::released().await;
    repository.put("specs/released/openapi.json", "{}");
    let done = regenerate(&repository.project, None).await.unwrap();
    assert!(done.proposal.is_none());
    assert_eq!(
        release(&repository.project, None).unwrap_err().exit(),
        Exit::Rejected
    );
}
