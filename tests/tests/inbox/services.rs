//! Redis and Postgres, started for a test on loopback, in a folder that goes away with them.

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// Set where a service that is not installed is a failure.
const REQUIRED: &str = "TESTS_REQUIRE_SERVICES";

/// The user without rights, as which Postgres runs where the tests are run by root.
const NOBODY: u32 = 65534;

/// A server, which is ended with this.
pub(crate) struct Service {
    child: Child,
    pub(crate) address: SocketAddr,
    // After the child, so that it goes away after it has ended.
    _folder: TempDir,
}

impl Drop for Service {
    fn drop(&mut self) {
        // An immediate end, of which Postgres tells its own children. Redis ignores the first signal where whoever started the
        // tests did, as shells do for what runs in the background.
        let pid = self.child.id().to_string();
        for signal in ["-QUIT", "-TERM"] {
            let _ = Command::new("kill").args([signal, &pid]).status();
        }
        let _ = self.child.wait();
    }
}

/// A program by its name, where it is installed.
fn installed(name: &str, elsewhere: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(elsewhere.iter().cloned());
    folders
        .map(|folder| folder.join(name))
        .find(|it| it.is_file())
}

/// Says that a test did not run, past the capture of its output; a failure where services are required.
pub(crate) fn not_run(name: &str) {
    let because = format!("NOT RUN: the test of what is in {name}, which is not installed here");
    assert!(
        std::env::var_os(REQUIRED).is_none(),
        "{because}, and {REQUIRED} is set"
    );
    let line = format!("######## {because}\n");
    std::io::stderr()
        .write_all(line.as_bytes())
        .expect("standard error");
}

fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// A command that says nothing, and is not run by root.
fn quiet(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    if folder.metadata().expect("a folder").uid() == 0 {
        chown(folder, Some(NOBODY), Some(NOBODY)).expect("by root");
    }
    if folder.metadata().expect("a folder").uid() == NOBODY {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

pub(crate) fn redis() -> Option<Service> {
    let program = installed("redis-server", &[])?;
    let (folder, address) = (folder(), free_address());
    let port = address.port().to_string();
    let mut command = quiet(&program, folder.path());
    command.args([
        "--bind",
        "127.0.0.1",
        "--port",
        &port,
        "--save",
        "",
        "--dir",
        ".",
    ]);
    let child = command.spawn().expect("redis-server starts");
    Some(Service {
        child,
        address,
        _folder: folder,
    })
}

pub(crate) fn postgres() -> Option<Service> {
    // Debian has each version in a folder of its own.
    let versions = Path::new("/usr/lib/postgresql").read_dir();
    let versions = versions.into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|it| it.path().join("bin")).collect();
    folders.sort();
    let program = installed("postgres", &folders)?.canonicalize().ok()?;
    let init = program.with_file_name("initdb");
    let (folder, address) = (folder(), free_address());
    let mut command = quiet(&init, folder.path());
    command.args([
        "-D",
        "data",
        "-U",
        "test",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "-N",
    ]);
    assert!(
        command.status().expect("initdb starts").success(),
        "initdb failed"
    );
    let port = address.port().to_string();
    let mut command = quiet(&program, folder.path());
    command.args([
        "-D",
        "data",
        "-h",
        "127.0.0.1",
        "-p",
        &port,
        "-c",
        "fsync=off",
    ]);
    command.arg("-k").arg(folder.path());
    let child = command.spawn().expect("postgres starts");
    Some(Service {
        child,
        address,
        _folder: folder,
    })
}

/// Tries until a server that has just been started answers.
pub(crate) async fn until_ready<T, E: std::fmt::Display>(
    mut connect: impl AsyncFnMut() -> Result<T, E>,
) -> T {
    let mut last = String::new();
    for _ in 0..600 {
        match connect().await {
            Ok(connected) => return connected,
            Err(error) => last = error.to_string(),
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the server does not answer: {last}");
}
