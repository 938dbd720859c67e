//! `cargo xtask drift`: does the API still say what the SDK was generated from?

pub mod options;

use crate::date::Date;
use crate::failure::Failure;
use crate::fetch::{self, Settings};
use crate::origin::{Deployment, Origin};
use crate::project::Project;
use crate::sdk::{Pair, Sdk, report};
use crate::specs::{
    Accepted, Entry, Environments, Fingerprint, NotAccepted, Reason, Specs, SpecsError,
};
use std::fmt;
use std::path::PathBuf;
use tilt_codegen::drift::format::Report;
use tilt_codegen::drift::{Bump, Drift, NotComparable};

/// The documents that the accepted ones are compared with.
#[derive(Debug, Clone)]
pub enum Other {
    /// Those that a server has now; of a known environment, by its name.
    Live(Origin, Option<Deployment>),
    /// Documents in a folder.
    Dir(PathBuf),
}

impl fmt::Display for Other {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Other::Live(origin, _) => origin.fmt(f),
            Other::Dir(dir) => dir.display().fmt(f),
        }
    }
}

/// The findings that count, and how many do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// All that is left.
    pub drift: Drift,
    /// The number of findings that somebody accepted.
    pub accepted: usize,
    /// The number of findings that are of the environment.
    pub environment: usize,
    /// Sentences about both lists.
    pub notes: Vec<String>,
}

impl Compared {
    /// For people and programs.
    pub fn report(&self) -> Report<'_> {
        let mut report = Report::new(&self.drift);
        report.accepted = self.accepted;
        report.environment = self.environment;
        report.notes = &self.notes;
        report
    }
}

/// Compares the accepted documents with others. `specs/` is only read.
pub async fn drift(
    project: &Project,
    other: &Other,
    settings: &Settings,
) -> Result<Compared, Failure> {
    let all = all(project, other, settings).await?;
    let judged = judge(project, all, other, settings);
    judged.map_err(|error| not_comparable(error.into()))
}

/// Writes that a finding of the same comparison is accepted.
pub async fn accept(
    project: &Project,
    other: &Other,
    settings: &Settings,
    (fingerprint, reason, until): (Fingerprint, Reason, Option<Date>),
) -> Result<Entry, Failure> {
    if let Some(until) = until.clone().filter(|it| *it < Date::of(settings.now)) {
        return Err(NotAccepted::Over(until).into());
    }
    let all = all(project, other, settings).await?;
    let mut findings = all.findings.iter();
    let finding = findings.find(|it| it.fingerprint == fingerprint.to_string());
    let Some(finding) = finding else {
        return Err(NotAccepted::NoSuchFinding(fingerprint).into());
    };
    let entry = Entry {
        fingerprint,
        rule: finding.rule.parse().map_err(NotAccepted::from)?,
        message: finding.message.clone(),
        reason,
        until,
    };
    let list = Accepted::read(&project.specs())?.with(entry.clone());
    list.write(&project.specs())?;
    Ok(entry)
}

async fn all(project: &Project, other: &Other, settings: &Settings) -> Result<Drift, Failure> {
    between(project, other, settings)
        .await
        .map_err(not_comparable)
}

async fn between(project: &Project, other: &Other, settings: &Settings) -> Result<Drift, Failure> {
    let specs = Specs::open(project.specs())?;
    let sdk = Sdk::of(project)?;
    let accepted = Pair::accepted(&specs)?;
    let now = match other {
        Other::Dir(dir) => Pair::in_dir(dir),
        Other::Live(origin, _) => {
            let documents = fetch::fetch(&specs, origin, settings).await?;
            Pair::fetched(&documents.openapi.bytes, &documents.asyncapi.bytes)
        }
    };
    diff(&sdk, accepted, now)
}

/// The consequences of a change of the documents, under the project's settings.
pub(crate) fn diff(sdk: &Sdk, old: Pair, new: Pair) -> Result<Drift, Failure> {
    sdk.diff(old, new).map_err(|error| {
        Failure::Documents(match &error {
            NotComparable::Old(diagnostics) => format!("of the old ones,\n{}", report(diagnostics)),
            NotComparable::New(diagnostics) => format!("of the new ones,\n{}", report(diagnostics)),
            other => other.to_string(),
        })
    })
}

fn not_comparable(failure: Failure) -> Failure {
    Failure::NotComparable(Box::new(failure))
}

fn judge(
    project: &Project,
    mut drift: Drift,
    other: &Other,
    settings: &Settings,
) -> Result<Compared, SpecsError> {
    let env = match other {
        Other::Live(_, env) => *env,
        Other::Dir(_) => None,
    };
    let list = Accepted::read(&project.specs())?;
    let all = drift.findings.len();
    let judged = list.judge(drift.findings.iter(), &Date::of(settings.now));
    let environments = Environments::read(&project.specs())?;
    let (environment, mut notes) = environments.take(&mut drift.findings, env);
    let before = drift.findings.len();
    drift
        .findings
        .retain(|it| !judged.accepted.contains(&it.fingerprint));
    let accepted = before - drift.findings.len();
    if drift.findings.len() != all {
        let findings = drift.findings.iter();
        drift.in_use = findings.clone().map(|it| it.severity).max();
        drift.upgrade = findings.map(|it| it.upgrade).max().unwrap_or(Bump::None);
    }
    notes.extend(judged.notes);
    Ok(Compared {
        drift,
        accepted,
        environment,
        notes,
    })
}
