//! `cargo xtask semver-proof`: whether what is said of the items of an SDK is what a compiler finds.
//!
//! The judges are programs that use every item of the old SDK with its type, and `cargo-semver-checks`, if it is installed,
//! which compares no types.

mod crates;
mod lints;
mod pairs;
mod probe;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::Project;
use crate::terminal::{say, warn};
use crates::{Crates, Side};
use lints::Lints;
use pairs::Pair;
use std::collections::BTreeMap;
use std::path::PathBuf;

pub use crates::Broken;

/// The extent of the proof, and its place.
#[derive(Debug, Clone)]
pub struct Proof {
    /// Pairs of each effect, at most.
    pub most: usize,
    /// Each feature alone, too.
    pub features: bool,
    /// `cargo-semver-checks`, too.
    pub lints: bool,
    /// The folder of crates.
    pub folder: PathBuf,
    /// The folder in which they are built.
    pub target: PathBuf,
}

/// The result for all pairs.
#[derive(Debug, Default)]
pub struct Report {
    /// Pairs that were tried.
    pub pairs: usize,
    /// Pairs whose programs compile with the new SDK.
    pub compiling: usize,
    /// Pairs of which something else is said than what the compiler found.
    pub disagreements: Vec<String>,
    /// Pairs of which `cargo-semver-checks` says something else, which is no fault, each with the reason.
    pub lints: Vec<String>,
}

/// Runs the whole proof; the exit code tells whether the compiler found something else.
pub fn run(project: &Project) -> Result<Exit, Failure> {
    let proof = Proof {
        most: usize::MAX,
        features: true,
        lints: true,
        folder: project.target().join("semver-proof/crates"),
        target: project.target().join("semver-proof/build"),
    };
    let report = prove(project, &proof).map_err(failure)?;
    for line in &report.lints {
        say(format_args!("{line}\n"))?;
    }
    for line in &report.disagreements {
        warn(format_args!("{line}\n"));
    }
    say(format_args!(
        "{} pairs: programs compile with {} new SDKs, and {} are said to be otherwise\n",
        report.pairs,
        report.compiling,
        report.disagreements.len()
    ))?;
    Ok(match report.disagreements.is_empty() {
        true => Exit::Success,
        false => Exit::Different,
    })
}

fn failure(broken: Broken) -> Failure {
    let (action, error) = match broken {
        Broken::File { action, error } => (action, error),
        other => ("prove it".to_owned(), std::io::Error::other(other)),
    };
    Failure::System { action, error }
}

/// Proves as much as is asked for.
///
/// # Errors
///
/// The proof cannot be made: a file cannot be written, or something else than a program does not compile.
pub fn prove(project: &Project, proof: &Proof) -> Result<Report, Broken> {
    let folder = project.root().join("tilt-codegen/tests/upgrades");
    let pairs = pairs::pairs(&folder, proof.most).map_err(Broken::Pair)?;
    let crates = Crates::write(project, proof.folder.clone(), proof.target.clone(), &pairs)?;
    let mut report = Report {
        pairs: pairs.len(),
        ..Report::default()
    };
    let failed = against(&crates, None, &mut report)?;
    report.compiling = pairs.len() - failed.len();
    compare(&pairs, &failed, false, &mut report);
    if proof.features {
        let mut alone = BTreeMap::new();
        for feature in crates.features() {
            alone.extend(against(&crates, Some(feature), &mut report)?);
        }
        compare(&pairs, &alone, true, &mut report);
    }
    if proof.lints {
        match lints::run(&crates)? {
            Lints::Absent => warn(format_args!(
                "cargo-semver-checks is not installed: this judge was NOT heard (cargo install cargo-semver-checks --locked)\n"
            )),
            Lints::Found(found) => report.lints = lints::otherwise(&pairs, &found),
        }
    }
    Ok(report)
}

/// The programs that do not compile with the new SDKs, with the compiler's words. With the old ones, all have to.
fn against(
    crates: &Crates<'_>,
    feature: Option<&str>,
    report: &mut Report,
) -> Result<BTreeMap<String, String>, Broken> {
    let with = feature.map_or_else(
        || "all features".to_owned(),
        |it| format!("the feature {it:?}"),
    );
    for (module, told) in crates.probe(Side::Old, feature)? {
        let pair = crates.pairs.iter().find(|it| it.module == module);
        let name = pair.map_or(module.as_str(), |it| it.name.as_str());
        report.disagreements.push(format!(
            "{name}: the program does not compile with the old SDK and {with}: {told}"
        ));
    }
    Ok(crates.probe(Side::New, feature)?.into_iter().collect())
}

fn compare(pairs: &[Pair], failed: &BTreeMap<String, String>, alone: bool, report: &mut Report) {
    let with = if alone {
        "one feature alone"
    } else {
        "all features"
    };
    for pair in pairs {
        let Pair { effect, name, .. } = pair;
        match (pair.compiles(alone), failed.get(&pair.module)) {
            (true, Some(told)) => report.disagreements.push(format!(
                "{effect}: {name}: nothing is said to break, and with {with}: {told}"
            )),
            (false, None) => report.disagreements.push(format!(
                "{effect}: {name}: something is said to break, and with {with} everything compiles"
            )),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tilt_codegen::drift::ItemChange;

    fn pair(changes: &str) -> Pair {
        let changes: Vec<ItemChange> = serde_json::from_str(changes).expect("changes");
        Pair {
            module: "p0".to_owned(),
            effect: "removed",
            name: "a property".to_owned(),
            old: Default::default(),
            new: Default::default(),
            changes,
        }
    }

    fn disagreements(changes: &str, fails: bool, alone: bool) -> usize {
        let failed = fails.then(|| ("p0".to_owned(), "no field".to_owned()));
        let mut report = Report::default();
        let failed = failed.into_iter().collect();
        compare(&[pair(changes)], &failed, alone, &mut report);
        report.disagreements.len()
    }

    #[test]
    fn what_is_said_and_what_a_compiler_finds_are_the_same_or_told() {
        let removed = r#"[{"item": "types::A::b", "effect": "removed", "bump": "major"}]"#;
        let feature = r#"[{"item": "types::A", "effect": "feature-changed", "bump": "major"}]"#;
        let silent = r#"[{"item": "types::A", "effect": "silently-different", "bump": "major"}]"#;
        for (changes, fails, alone, told) in [
            (removed, true, false, 0),
            (removed, false, false, 1),
            ("[]", true, false, 1),
            ("[]", false, false, 0),
            (feature, true, true, 0),
            (feature, true, false, 1),
            (feature, false, true, 1),
            (silent, false, false, 0),
            (silent, true, false, 1),
        ] {
            let found = disagreements(changes, fails, alone);
            assert_eq!(found, told, "{changes} {fails} {alone}");
        }
    }
}
