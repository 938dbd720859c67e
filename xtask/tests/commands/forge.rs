//! A repository with the scripts of `.github/`, a remote, a live API, and a `gh` that notes what it is told.

use crate::{EVENTS, REST, Repository};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

/// Pull requests, issues and comments: at most one of each, as files.
const GH: &str = r#"#!/usr/bin/env bash
set -eu
echo "$*" >>"$FAKE/log"
keep() {
    while [ $# -gt 1 ]; do
        case $1 in
            --body-file | --notes-file) cp "$2" "$FAKE/body" ;;
            --field) cp "${2#body=@}" "$FAKE/body" ;;
        esac
        shift
    done
}
case "$1 $2" in
    "pr list" | "issue list") [ ! -f "$FAKE/$1" ] || echo 7 ;;
    "pr create" | "issue create") touch "$FAKE/$1"; keep "$@" ;;
    "pr edit" | "issue edit") keep "$@" ;;
    "pr close" | "issue close") rm "$FAKE/$1" ;;
    "pr view") echo breaking ;;
    "pr ready" | "label create") ;;
    "release view") [ -f "$FAKE/release" ] ;;
    "release create") touch "$FAKE/release"; keep "$@" ;;
    "release edit") keep "$@" ;;
    "release upload") ;;
    "api --paginate") [ ! -f "$FAKE/comment" ] || echo 70 ;;
    "api --silent") touch "$FAKE/comment"; keep "$@" ;;
    *) echo "no such command: $*" >&2; exit 1 ;;
esac
"#;

/// A repository with a remote, the scripts, and a fake `gh` in front of all programs.
pub(crate) struct Forge {
    pub(crate) repository: Repository,
    pub(crate) fake: tempfile::TempDir,
}

pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Forge {
    pub(crate) async fn new() -> Self {
        let repository = Repository::released().await;
        repository.put("Cargo.lock", "version = 4\n");
        repository.put(".gitignore", "/target\n");
        let scripts = workspace().join(".github/scripts");
        for entry in fs::read_dir(scripts).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let to = repository.dir.path().join(".github/scripts").join(name);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(path, to).unwrap();
        }
        let fake = tempfile::tempdir().unwrap();
        let gh = fake.path().join("bin/gh");
        fs::create_dir_all(gh.parent().unwrap()).unwrap();
        fs::write(&gh, GH).unwrap();
        fs::set_permissions(&gh, fs::Permissions::from_mode(0o755)).unwrap();
        let forge = Self { repository, fake };
        forge.git(&["init", "--quiet", "--initial-branch=main"]);
        forge.git(&["add", "--all"]);
        forge.git(&["commit", "--quiet", "--message", "First"]);
        forge.git(&["tag", "start"]);
        let remote = forge.fake.path().join("remote.git");
        forge.git(&["init", "--quiet", "--bare", remote.to_str().unwrap()]);
        forge
    }

    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let path = std::env::var("PATH").unwrap();
        command
            .current_dir(self.repository.dir.path())
            .env("PATH", format!("{}/bin:{path}", self.fake.path().display()))
            .env("FAKE", self.fake.path())
            .env("REMOTE", self.fake.path().join("remote.git"))
            .env("BASE", "main")
            .env("GITHUB_REPOSITORY", "owner/name")
            .env("GITHUB_OUTPUT", self.fake.path().join("output"))
            .env("XTASK", env!("CARGO_BIN_EXE_xtask"))
            .env("CARGO_MANIFEST_DIR", self.repository.dir.path())
            .envs([
                ("GIT_CONFIG_GLOBAL", "/dev/null"),
                ("GIT_CONFIG_SYSTEM", "/dev/null"),
            ])
            .env_remove("GITHUB_STEP_SUMMARY");
        command
    }

    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let identity = [
            "-c",
            "user.name=Somebody",
            "-c",
            "user.email=somebody@example.com",
        ];
        let output = self
            .command("git")
            .args(identity)
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    pub(crate) fn script(
        &self,
        name: &str,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> Output {
        let _ = fs::remove_file(self.fake.path().join("log"));
        self.command(&format!(".github/scripts/{name}.sh"))
            .args(arguments)
            .envs(environment.iter().copied())
            .output()
            .unwrap()
    }

    /// Expects success; gives what `gh` was told.
    pub(crate) fn run(
        &self,
        name: &str,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> String {
        let output = self.script(name, arguments, environment);
        assert!(output.status.success(), "{name}: {output:?}");
        self.read("log")
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.fake.path().join(name)).unwrap_or_default()
    }

    /// The value of a step's output, and no value of a step before.
    pub(crate) fn output(&self, name: &str) -> String {
        let all = self.read("output");
        let mut lines = all.lines().rev();
        let prefix = format!("{name}=");
        lines
            .find_map(|line| line.strip_prefix(&prefix))
            .unwrap()
            .to_owned()
    }

    /// All of the daily run; the commit that the branch has then.
    pub(crate) fn day(&self, api: &Api) -> (String, String) {
        let at = ["--base-url", &api.base];
        self.run("drift", &at, &[]);
        let state = self.output("state");
        let mut told = String::new();
        match state.as_str() {
            "drift" => {
                self.run("regenerate", &at, &[]);
                told += &self.run("propose", &[], &[]);
                // The next day begins with a checkout of its own.
                self.git(&["reset", "--quiet", "--hard", "start"]);
            }
            "none" => told += &self.run("withdraw", &[], &[]),
            _ => {}
        }
        told += &self.run("issue", &[&state], &[("REASON", &self.output("reason"))]);
        (state, told)
    }

    pub(crate) fn branch(&self) -> String {
        let remote = self.fake.path().join("remote.git");
        self.git(&[
            "ls-remote",
            remote.to_str().unwrap(),
            "refs/heads/api-drift",
        ])
    }
}

/// The live API, on loopback.
pub(crate) struct Api {
    pub(crate) base: String,
    openapi: Arc<Mutex<String>>,
}

impl Api {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let openapi = Arc::new(Mutex::new(REST.to_owned()));
        let shared = Arc::clone(&openapi);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let first = lines.next().unwrap().unwrap();
                while lines.next().is_some_and(|line| !line.unwrap().is_empty()) {}
                let body = match first.contains("asyncapi.json") {
                    true => EVENTS.to_owned(),
                    false => shared.lock().unwrap().clone(),
                };
                let length = body.len();
                let head = format!(
                    "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
                );
                stream.write_all((head + &body).as_bytes()).unwrap();
            }
        });
        Self { base, openapi }
    }

    pub(crate) fn says(&self, openapi: &str) {
        openapi.clone_into(&mut self.openapi.lock().unwrap());
    }
}
