//! Generated crates that tests compile and run programs of.

use std::path::Path;
use std::process::{Command, Output};

/// Gives a package the versions that the workspace was built with: nothing is fetched.
pub(crate) fn lock(dir: &Path) {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, dir.join("Cargo.lock")).expect("a file");
}

/// Runs cargo in a package. It shares the target folder of this very build: what is compiled there is not compiled anew.
pub(crate) fn run(dir: &Path, arguments: &[&str]) -> Output {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    Command::new("cargo")
        .args(arguments)
        .current_dir(dir)
        .env("CARGO_TARGET_DIR", target.expect("the target folder"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("the toolchain can be run")
}
