//! The scripts of `.github/`, run as its workflows run them, and the rules that the workflow files keep.

use crate::REST;
use crate::forge::{Api, Forge, workspace};
use std::fs;
use std::os::unix::fs::PermissionsExt;

fn grown() -> String {
    REST.replace(
        "\"text\": {",
        "\"loud\": {\"type\": \"boolean\"}, \"text\": {",
    )
}

/// The files that a commit of the remote should have changed, and has not.
fn missing_in(forge: &Forge, branch: &str) -> Vec<&'static str> {
    let commit = branch.split_whitespace().next().unwrap();
    let remote = forge.fake.path().join("remote.git");
    forge.git(&["fetch", "--quiet", remote.to_str().unwrap(), commit]);
    let shown = forge.git(&["show", "--stat=200", commit]);
    let mut files = vec![
        "specs/openapi.json",
        "specs/source.toml",
        "CHANGELOG.md",
        "Cargo.toml",
        "tilt-generated/",
    ];
    files.retain(|file| !shown.contains(file));
    files
}

#[tokio::test]
async fn one_pull_request_follows_the_api_and_goes_when_the_drift_is_gone() {
    let forge = Forge::new().await;
    let api = Api::start();
    let (state, told) = forge.day(&api);
    assert_eq!(
        (state.as_str(), told.contains("create")),
        ("none", false),
        "{told}"
    );
    assert_eq!(forge.branch(), "");

    api.says(&grown());
    let (state, told) = forge.day(&api);
    assert_eq!(state, "drift");
    assert!(
        told.contains("pr create --draft --head api-drift --base main"),
        "{told}"
    );
    assert!(
        told.contains("pr ready 7\n") && !told.contains("--add-label"),
        "{told}"
    );
    let body = forge.read("body");
    assert!(
        body.starts_with("**drift: additive in use, minor on upgrading**"),
        "{body}"
    );
    assert!(
        body.contains("its version is 0.1.1") && body.contains("cargo insta test --review"),
        "{body}"
    );
    let first = forge.branch();
    let missing = missing_in(&forge, &first);
    assert!(missing.is_empty(), "{missing:?}");

    let (_, told) = forge.day(&api);
    assert!(
        told.contains("pr edit 7") && !told.contains("create"),
        "{told}"
    );
    assert_eq!(forge.branch(), first);

    api.says(&REST.replace("/greetings/{id}", "/greeting/{id}"));
    let (_, told) = forge.day(&api);
    assert!(
        told.contains("--add-label breaking") && told.contains("pr ready 7 --undo"),
        "{told}"
    );
    assert!(
        forge
            .read("body")
            .starts_with("**drift: breaking in use, major on upgrading**")
    );
    assert_ne!(forge.branch(), first);

    api.says(REST);
    let (state, told) = forge.day(&api);
    assert_eq!(state, "none");
    assert!(told.contains("pr close 7 --delete-branch"), "{told}");
}

#[tokio::test]
async fn a_fetch_tells_the_change_first_and_what_comes_next() {
    let forge = Forge::new().await;
    let api = Api::start();
    api.says(&grown());
    let run = || {
        let mut command = forge.command(env!("CARGO_BIN_EXE_xtask"));
        let output = command
            .args(["fetch", "--base-url", &api.base])
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let told = run();
    assert!(
        told.starts_with("drift: additive in use, minor on upgrading"),
        "{told}"
    );
    assert!(
        told.contains("loud") && told.contains("specs/openapi.json: replaced"),
        "{told}"
    );
    assert!(
        told.contains("since 0.1.0: drift: additive") && told.contains("version: 0.1.1\n"),
        "{told}"
    );
    assert!(
        told.ends_with("next:\n  cargo xtask regenerate --offline\n"),
        "{told}"
    );
    // There is nothing more to fetch, and the change can still be seen.
    let told = run();
    assert!(
        told.starts_with("specs/ is up to date\nsince 0.1.0: drift: additive"),
        "{told}"
    );
    let changelog = fs::read_to_string(forge.repository.dir.path().join("CHANGELOG.md")).unwrap();
    assert_eq!(
        changelog
            .matches("The documents of the API changed")
            .count(),
        1
    );
}

#[tokio::test]
async fn an_api_that_cannot_be_compared_is_one_issue() {
    let forge = Forge::new().await;
    let api = Api::start();
    api.says("<html>@octocat\n```\n# heading</html>");
    let (state, told) = forge.day(&api);
    assert_eq!(state, "not-comparable");
    assert!(
        told.contains("issue create") && !told.contains("pr "),
        "{told}"
    );
    let body = forge.read("body");
    let quoted = body.lines().skip_while(|line| *line != "```").skip(1);
    for line in quoted.filter(|line| !line.is_empty()) {
        assert!(line.starts_with("    "), "{body}");
    }
    assert!(body.contains("@octocat"), "{body}");
    assert!(forge.day(&api).1.contains("issue edit 7"));
    api.says(REST);
    assert!(forge.day(&api).1.contains("issue close 7"));
}

#[tokio::test]
async fn commits_of_people_are_never_written_over() {
    let forge = Forge::new().await;
    let api = Api::start();
    api.says(&grown());
    forge.day(&api);
    let remote = forge.fake.path().join("remote.git");
    let remote = remote.to_str().unwrap();
    forge.git(&["fetch", "--quiet", remote, "api-drift"]);
    forge.git(&["checkout", "--quiet", "FETCH_HEAD"]);
    forge.git(&["commit", "--quiet", "--allow-empty", "--message", "Accept"]);
    forge.git(&["push", "--quiet", remote, "HEAD:refs/heads/api-drift"]);
    forge.git(&["checkout", "--quiet", "main"]);
    let theirs = forge.branch();

    api.says(&grown().replace("loud", "louder"));
    let at = ["--base-url", api.base.as_str()];
    forge.run("regenerate", &at, &[]);
    let output = forge.script("propose", &[], &[]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(
        String::from_utf8_lossy(&output.stdout).contains("has commits of people"),
        "{output:?}"
    );
    assert_eq!(forge.branch(), theirs);
}

/// A comparison that says what it was given; with `broken` in the new documents, none.
const CODEGEN: &str = r#"#!/usr/bin/env bash
set -eu
if grep -q broken specs/openapi.json; then
    printf '@octocat\n```\n# heading\n' >&2
    exit 3
fi
echo "verdict"
[ "${*: -2:1}" != --output ] || echo "$*" >"${*: -1}"
"#;

#[tokio::test]
async fn the_documents_of_a_pull_request_are_compared_with_those_of_its_base() {
    let forge = Forge::new().await;
    let codegen = forge.fake.path().join("bin/codegen");
    fs::write(&codegen, CODEGEN).unwrap();
    fs::set_permissions(&codegen, fs::Permissions::from_mode(0o755)).unwrap();
    forge.repository.put("specs/openapi.json", &grown());
    let environment = [("TILT_CODEGEN", "codegen")];
    let output = forge.script("compare", &["start"], &environment);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "verdict\n");
    let comment = || {
        let comment = forge.output("comment");
        String::from_utf8(data_encoding::BASE64.decode(comment.as_bytes()).unwrap()).unwrap()
    };
    assert_eq!(
        comment(),
        "diff target/drift/old/openapi.json specs/openapi.json --asyncapi-old target/drift/old/asyncapi.json \
         --asyncapi-new specs/asyncapi.json --fail-on none --names target/drift/old/names.lock --format markdown \
         --output target/drift/comment.md\n"
    );
    let old = forge
        .repository
        .dir
        .path()
        .join("target/drift/old/openapi.json");
    assert_eq!(fs::read_to_string(old).unwrap(), REST);

    forge.repository.put("specs/openapi.json", "broken");
    let output = forge.script("compare", &["start"], &environment);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("::error title=Drift::"));
    assert!(
        comment().ends_with("\n\n    @octocat\n    ```\n    # heading\n"),
        "{}",
        comment()
    );
}

#[tokio::test]
async fn a_pull_request_has_one_comment() {
    let forge = Forge::new().await;
    let base64 = |text: &str| data_encoding::BASE64.encode(text.as_bytes());
    let none = base64("**no drift**\n");
    let told = forge.run("comment", &["3"], &[("COMMENT", &none)]);
    assert!(!told.contains("POST"), "{told}");
    let some = base64("**drift: $(touch taken) `touch taken`**\n");
    let told = forge.run("comment", &["3"], &[("COMMENT", &some)]);
    assert!(
        told.contains("--method POST repos/owner/name/issues/3/comments"),
        "{told}"
    );
    assert_eq!(
        forge.read("body"),
        "**drift: $(touch taken) `touch taken`**\n\n<!-- drift -->\n"
    );
    assert!(!forge.repository.dir.path().join("taken").exists());
    let told = forge.run("comment", &["3"], &[("COMMENT", &none)]);
    assert!(
        told.contains("--method PATCH repos/owner/name/issues/comments/70"),
        "{told}"
    );
}

#[test]
fn workflows_may_do_little_and_interpolate_nothing_into_commands() {
    let folder = workspace().join(".github/workflows");
    let mut jobs = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let name = path.display();
        assert!(
            text.contains("\npermissions: {}\n"),
            "{name}: nothing is allowed but what a job asks for"
        );
        let body = text.split("\njobs:\n").nth(1).unwrap();
        let is_job =
            |line: &&str| line.starts_with("  ") && !line.starts_with("   ") && line.ends_with(':');
        let count = body.lines().filter(is_job).count();
        assert_eq!(
            body.matches("\n    permissions:\n").count(),
            count,
            "{name}"
        );
        assert_eq!(
            body.matches("\n    timeout-minutes: ").count(),
            count,
            "{name}"
        );
        assert_eq!(
            body.matches("uses: actions/checkout@").count(),
            body.matches("persist-credentials: false").count(),
            "{name}: a token stays in the checkout"
        );
        jobs += count;
        for line in text.lines().map(str::trim) {
            if let Some((_, action)) = line.split_once("uses: ") {
                let commit = action.strip_prefix("actions/checkout@").unwrap();
                let commit = commit.split(' ').next().unwrap();
                assert!(
                    commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit()),
                    "{name}: {line}"
                );
            }
            if line.contains("${{") {
                let key = line.trim_start_matches("- ").split(':').next().unwrap();
                assert!(
                    !["run", "shell"].contains(&key) && !key.contains(' '),
                    "{name}: {line}"
                );
            }
            assert!(
                !line.ends_with('|') && !line.ends_with('>'),
                "{name}: a script of several lines: {line}"
            );
        }
    }
    assert!(jobs >= 11);
}
