//! The cost of compiling a crate alone, its dependencies being ready.

use super::generator::{Generator, Side};
use super::measure::{self, Figures, Measured};
use super::options::Piece;
use super::table::{Table, cost, ratios_to_best};
use super::{Bench, Document, system};
use crate::corpus::measure as wrapper;
use crate::failure::Failure;
use crate::project::Project;
use std::fs::File;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::SystemTime;

/// Crates that are compiled with shared dependencies.
pub(super) struct Workspace<'a> {
    project: &'a Project,
    pub(super) folder: PathBuf,
    runs: NonZeroUsize,
}

/// How a crate is compiled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compilation<'a> {
    pub(super) command: &'a [&'a str],
    pub(super) incremental: bool,
}

/// `cargo check`.
pub(super) const CHECK: Compilation<'_> = Compilation {
    command: &["check"],
    incremental: false,
};

impl<'a> Workspace<'a> {
    pub(super) fn at(
        project: &'a Project,
        folder: PathBuf,
        runs: NonZeroUsize,
    ) -> Result<Self, Failure> {
        std::fs::create_dir_all(&folder).map_err(system("create", &folder))?;
        Ok(Self {
            project,
            folder,
            runs,
        })
    }

    /// Where the crate of this name goes.
    pub(super) fn member(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes a crate without dependencies but these.
    pub(super) fn write(&self, name: &str, dependencies: &str, lib: &str) -> Result<(), Failure> {
        let source = self.member(name).join("src");
        std::fs::create_dir_all(&source).map_err(system("create", &source))?;
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}"
        );
        for (path, text) in [
            (self.member(name).join("Cargo.toml"), manifest.as_str()),
            (source.join("lib.rs"), lib),
        ] {
            std::fs::write(&path, text).map_err(system("write", &path))?;
        }
        Ok(())
    }

    /// The least of several compilations of one crate.
    pub(super) fn least(&self, name: &str, how: Compilation<'_>) -> Measured {
        measure::least(self.runs, || self.compile(name, how))
    }

    /// The last result for a crate.
    pub(super) fn figures(&self, name: &str) -> Measured {
        Figures::read(&self.folder, name)
    }

    /// Drops what was last found out about a crate: it may not be compiled again.
    pub(super) fn forget(&self, name: &str) {
        wrapper::forget(&self.folder, name);
    }

    /// Compiles a crate, and gives what rustc needed for it.
    fn compile(&self, package: &str, how: Compilation<'_>) -> Measured {
        let label = package.replace('-', "_");
        self.compile_all(package, &label, how)?;
        self.figures(&label)
    }

    /// Compiles a crate and what it depends on. Measured are the crates whose names begin so.
    pub(super) fn compile_all(
        &self,
        package: &str,
        prefix: &str,
        how: Compilation<'_>,
    ) -> Result<(), String> {
        self.prepare(package).map_err(|error| error.to_string())?;
        let mut cargo = crate::cargo::command(&self.folder);
        cargo
            .args(how.command)
            .args(["--package", package, "--lib", "--quiet"])
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_INCREMENTAL", if how.incremental { "1" } else { "0" })
            .env_remove("RUSTFLAGS")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        wrapper::measure_crates(&mut cargo, &self.folder, prefix);
        let output = cargo.output().map_err(|error| error.to_string())?;
        if output.status.success() {
            return Ok(());
        }
        let words = String::from_utf8_lossy(&output.stderr);
        if let Some(line) = words.lines().find(|line| line.starts_with("error")) {
            eprintln!("{package}: {line}");
        }
        Err("does not compile".to_owned())
    }

    /// A workspace of this crate alone and what it depends on by path; and cargo takes it as changed.
    fn prepare(&self, package: &str) -> std::io::Result<()> {
        let lock = self.folder.join("Cargo.lock");
        if !lock.exists() {
            std::fs::copy(self.project.root().join("Cargo.lock"), lock)?;
        }
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\"{package}\"]\n");
        std::fs::write(self.folder.join("Cargo.toml"), manifest)?;
        touch(&self.member(package).join("src/lib.rs"))
    }
}

/// Makes cargo take a file as changed.
pub(super) fn touch(path: &Path) -> std::io::Result<()> {
    File::options()
        .append(true)
        .open(path)?
        .set_modified(SystemTime::now())
}

/// One document a row, one generator a column.
pub(super) fn section(bench: &Bench<'_>, piece: Piece) -> Result<String, Failure> {
    const DEFAULT: &str = "rustc for the generated crate alone, with its default features.";
    const SERVER: &str =
        "rustc for the generated crate alone: a server of all operations, and no client.";
    let (title, note, side, command): (_, _, _, &[&str]) = match piece {
        Piece::Build => ("cargo build", DEFAULT, Side::Client, &["build"]),
        Piece::Release => {
            let command = &["build", "--release"];
            ("cargo build --release", DEFAULT, Side::Client, command)
        }
        Piece::Server => ("cargo check of servers", SERVER, Side::Server, &["check"]),
        _ => ("cargo check", DEFAULT, Side::Client, &["check"]),
    };
    let mut columns = vec!["document"];
    columns.extend(bench.generators.iter().map(|generator| generator.name));
    columns.push("of the better peer: time, memory");
    let mut table = Table::new(title, note, &columns);
    for document in &bench.documents {
        let measured = { bench.generators.iter() }
            .map(|generator| one(bench, generator, document, side, command))
            .collect::<Result<Vec<_>, _>>()?;
        let mut row = vec![document.name.clone()];
        row.extend(measured.iter().map(cost));
        row.push(ratios_to_best(&measured));
        eprintln!("  {}", row.join(" | "));
        table.row(row);
    }
    Ok(table.finish())
}

/// The crate that a generator makes of a document, compiled.
fn one(
    bench: &Bench<'_>,
    generator: &Generator,
    document: &Document,
    side: Side,
    command: &[&str],
) -> Result<Measured, Failure> {
    let workspace = match side {
        Side::Client => bench.workspace(generator.name)?,
        Side::Server => bench.workspace(&format!("{}-server", generator.name))?,
    };
    let name = format!("bench-{}", document.name.replace('.', "-"));
    let out = workspace.member(&name);
    if let Err(why) = generator.generate_side(side, &document.path, &out, &workspace.folder) {
        return Ok(Err(why));
    }
    let mut command = command.to_vec();
    if side == Side::Server && generator.is_ours() {
        command.extend(without_client(&out)?);
        command.extend(["--features", "server"]);
    }
    let how = Compilation {
        command: &command,
        incremental: false,
    };
    Ok(workspace.least(&name, how))
}

/// How cargo is asked for an SDK of ours with all its operations, where tags are features, and no client.
pub(super) fn without_client(crate_folder: &Path) -> Result<&'static [&'static str], Failure> {
    const ALL: &[&str] = &["--no-default-features", "--features", "all"];
    const UNTAGGED: &[&str] = &["--no-default-features"];
    let path = crate_folder.join("Cargo.toml");
    let manifest = std::fs::read_to_string(&path).map_err(system("read", &path))?;
    let has_tags = manifest.lines().any(|line| line.starts_with("all = "));
    Ok(if has_tags { ALL } else { UNTAGGED })
}
