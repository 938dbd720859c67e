//! `cargo xtask fuzz`: documents that nobody would write, for as long as one likes.
//!
//! The targets of `tilt-codegen/fuzz` are built with libFuzzer's instrumentation, which stable Rust
//! has, and run on seeds made of the fixtures and the documents in `specs/`. That of
//! `tilt-generated/runtime/fuzz` has seeds of its own, and `types` writes one for generated types. Inputs that
//! they find are kept below `target/fuzz/` for the next run. The crates are laid out as cargo-fuzz expects it, too.

mod options;
mod types;

use crate::cargo;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::Project;
use crate::terminal::say;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub use options::Fuzz;
use options::TARGETS;

/// A seed of the target `names`: lines of every kind, and what an overlay adds.
const NAMES: &str = "\
environment https://a.example Live
event paid Paid Order
operation GET /orders orders.list ListOrdersCall
 parameter query sort sort
 answer \"200 text/csv\" Csv
operation POST /orders orders.create
 body text/csv Csv
scope x:read XRead
security key key
type Order openapi#/components/schemas/order
 a a
type OrderState Order/properties/state
 x X
---
{\"components\": {\"schemas\": {\"order_\": {\"type\": \"object\", \"properties\": {\"b\": {}}}}}}
";

/// Flags by which libFuzzer sees the ways that an input takes.
const INSTRUMENTATION: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
     -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares \
     -Cdebug-assertions=on -Ccodegen-units=1 --cfg=fuzzing";

/// The outcome of a run of one target.
struct Outcome {
    executions: u64,
    /// Inputs that it fails on, or takes too much time or memory for.
    findings: Vec<PathBuf>,
    /// It ended as it should, or with a finding.
    explained: bool,
}

/// Runs the targets; the exit code tells whether they found something.
pub fn run(project: &Project, options: &Fuzz) -> Result<Exit, Failure> {
    let folder = project.target().join("fuzz");
    let build = folder.join("build");
    let host = host()?;
    let is_wanted = |target: &str| {
        options.target.is_empty() || options.target.iter().any(|name| name == target)
    };
    let mut all_well = true;
    for target in TARGETS.into_iter().filter(|target| is_wanted(target)) {
        let (package, seeds) = prepare(project, target, options, &folder)?;
        compile(&package, target, &build, &host)?;
        let binary = build.join(&host).join("release").join(target);
        let words = project
            .root()
            .join(format!("tilt-codegen/fuzz/words/{target}.dict"));
        let outcome = fuzz(
            &binary,
            &folder.join(target),
            &seeds,
            &words,
            options.seconds,
        )?;
        say(format_args!(
            "{target}: {} executions, {} findings\n",
            outcome.executions,
            outcome.findings.len()
        ))?;
        for path in &outcome.findings {
            say(format_args!("  {}\n", path.display()))?;
        }
        if !outcome.explained {
            say("  it ended early; its log is beside its corpus\n")?;
        }
        all_well &= outcome.findings.is_empty() && outcome.explained;
    }
    Ok(if all_well {
        Exit::Success
    } else {
        Exit::Different
    })
}

/// This machine's target triple. Named in the call, cargo instruments no build scripts.
fn host() -> Result<String, Failure> {
    let output = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .arg("-vV")
        .output()
        .map_err(system("start rustc"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Failure::System {
        action: "ask rustc for this machine's target".to_owned(),
        error: std::io::Error::other("it does not say"),
    })
}

/// The crate of a target, and the folder of its seeds.
fn prepare(
    project: &Project,
    target: &str,
    options: &Fuzz,
    folder: &Path,
) -> Result<(PathBuf, PathBuf), Failure> {
    match target {
        "runtime" => {
            let package = project.runtime().join("fuzz");
            let seeds = package.join("seeds");
            Ok((package, seeds))
        }
        "types" => {
            let (package, seeds) = (folder.join("types/crate"), folder.join("types/seeds"));
            types::write(project, options.corpus.as_deref(), &package, &seeds)?;
            Ok((package, seeds))
        }
        _ => {
            let seeds = folder.join("seeds");
            plant(project, &seeds)?;
            Ok((project.root().join("tilt-codegen/fuzz"), seeds))
        }
    }
}

fn compile(package: &Path, target: &str, build: &Path, host: &str) -> Result<(), Failure> {
    let status = cargo::command(package)
        .args(["build", "--release", "--bin", target, "--target", host])
        .arg("--target-dir")
        .arg(build)
        .env("RUSTFLAGS", INSTRUMENTATION)
        .status()
        .map_err(system("start cargo"))?;
    match status.success() {
        true => Ok(()),
        false => Err(Failure::System {
            action: "build the fuzz targets".to_owned(),
            error: std::io::Error::other(
                "cargo failed, as it says above; libFuzzer itself needs a C++ compiler",
            ),
        }),
    }
}

/// Copies what is valid into one folder.
fn plant(project: &Project, seeds: &Path) -> Result<(), Failure> {
    fs::create_dir_all(seeds).map_err(system("create the folder of seeds"))?;
    let fixtures = project.root().join("tilt-codegen/tests/fixtures");
    for folder in [fixtures, project.specs()] {
        for entry in fs::read_dir(&folder).map_err(system("list the seeds"))? {
            let path = entry.map_err(system("list the seeds"))?.path();
            let is_seed = path.extension().is_some_and(|e| e == "yaml" || e == "json");
            if let Some(name) = path.file_name().filter(|_| is_seed) {
                fs::copy(&path, seeds.join(name)).map_err(system("copy a seed"))?;
            }
        }
    }
    fs::write(seeds.join("names.lock"), NAMES).map_err(system("write a seed"))?;
    Ok(())
}

/// Runs a target; the words, where there are any, are what its inputs are likely made of.
fn fuzz(
    binary: &Path,
    folder: &Path,
    seeds: &Path,
    words: &Path,
    seconds: u64,
) -> Result<Outcome, Failure> {
    let (corpus, artifacts) = (folder.join("corpus"), folder.join("findings"));
    for folder in [&corpus, &artifacts] {
        fs::create_dir_all(folder).map_err(system("create a folder for fuzzing"))?;
    }
    let output = Command::new(binary)
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .args(["-print_final_stats=1", "-timeout=20", "-rss_limit_mb=4096"])
        .args(["-max_len=65536", "-len_control=0"])
        .args(words.exists().then(|| format!("-dict={}", words.display())))
        .args([&corpus, seeds])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .map_err(system("start a fuzz target"))?;
    fs::write(folder.join("log"), &output.stderr).map_err(system("write the log of a target"))?;
    let log = String::from_utf8_lossy(&output.stderr);
    let mut findings = Vec::new();
    for entry in fs::read_dir(&artifacts).map_err(system("list findings"))? {
        findings.push(entry.map_err(system("list findings"))?.path());
    }
    findings.sort();
    Ok(Outcome {
        executions: executions(&log),
        explained: output.status.success() || !findings.is_empty(),
        findings,
    })
}

/// The count that libFuzzer tells at its end, or else the last count on its way.
fn executions(log: &str) -> u64 {
    let counted = |line: &str| {
        let total = line.strip_prefix("stat::number_of_executed_units:");
        let so_far = || line.strip_prefix('#')?.split_whitespace().next();
        total.or_else(so_far)?.trim().parse().ok()
    };
    log.lines().filter_map(counted).next_back().unwrap_or(0)
}

fn system(action: &str) -> impl FnOnce(std::io::Error) -> Failure + use<> {
    let action = action.to_owned();
    move |error| Failure::System { action, error }
}

#[cfg(test)]
mod tests {
    use super::executions;

    #[test]
    fn executions_are_counted_to_the_end_or_as_far_as_it_went() {
        let whole = "#2\tINITED cov: 1\n#512\tpulse cov: 2\nstat::number_of_executed_units: 700\n";
        assert_eq!(executions(whole), 700);
        assert_eq!(
            executions("#2\tINITED\n#512\tpulse cov: 2\n==1== ERROR\n"),
            512
        );
        assert_eq!(executions(""), 0);
    }
}
