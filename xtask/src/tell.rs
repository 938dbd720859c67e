//! The words of commands about the documents: the summary first, then what was done, then what comes next.

use crate::check::ACCEPT;
use crate::drift::Compared;
use crate::drift::options::Options;
use crate::failure::Failure;
use crate::fetch::Outcome;
use crate::proposal::Proposal;
use crate::regenerate::{Change, Fetched, Regenerated};
use crate::report_file;
use crate::terminal::say;
use semver::Version;
use tilt_codegen::drift::format::{Format, Report};
use tilt_codegen::output;

/// The report of a comparison, to where it is wanted.
///
/// # Errors
///
/// It cannot be written.
pub fn drift(compared: &Compared, options: &Options) -> Result<(), Failure> {
    let report = compared.report();
    let text = report.to(options.format);
    match &options.output {
        None => say(text),
        Some(path) => {
            report_file::write(path, &text)?;
            say(format_args!("{}\n", report.verdict()))
        }
    }
}

/// The difference from the documents before, and the files that are new.
///
/// # Errors
///
/// Nothing can be printed, as below.
pub fn fetched(fetched: &Fetched) -> Result<(), Failure> {
    match &fetched.change {
        None => {}
        Some(Change::Drift(drift)) => {
            say(format_args!("{}\n", Report::new(drift).to(Format::Text)))?;
        }
        Some(Change::NotComparable(reason)) => say(format_args!(
            "the documents before cannot be compared with these: {reason}\n\n"
        ))?,
    }
    match fetched.outcome {
        Outcome::Unchanged => say("specs/ is up to date\n"),
        Outcome::Replaced { openapi, asyncapi } => {
            for (name, changed) in [("openapi.json", openapi), ("asyncapi.json", asyncapi)] {
                let state = if changed { "replaced" } else { "as before" };
                say(format_args!("specs/{name}: {state}\n"))?;
            }
            say("specs/source.toml: replaced\n")
        }
    }
}

/// The version that follows from the documents, and the commands that come next.
pub fn proposal(proposal: Option<&Proposal>, next: &[&str]) -> Result<(), Failure> {
    let Some(proposal) = proposal else {
        return Ok(());
    };
    let verdict = proposal.with_report(|report| report.verdict());
    say(format_args!("since {}: {verdict}\n", proposal.released))?;
    if proposal.changelog {
        say("CHANGELOG.md: the entry about the API is rewritten\n")?;
    }
    if proposal.drift.findings.is_empty() {
        return Ok(());
    }
    let in_manifest = match &proposal.current {
        Some(current) if *current >= proposal.next => format!("; the manifests have {current}"),
        _ => String::new(),
    };
    say(format_args!("version: {}{in_manifest}\n", proposal.next))?;
    commands(next)
}

/// Tells which sources were written.
fn sources(written: &output::Report) -> Result<(), Failure> {
    for path in &written.written {
        say(format_args!("wrote    {path}\n"))?;
    }
    for path in &written.removed {
        say(format_args!("removed  {path}\n"))?;
    }
    say(format_args!(
        "{} written, {} removed, {} unchanged\n",
        written.written.len(),
        written.removed.len(),
        written.unchanged,
    ))?;
    Ok(())
}

/// The summary of everything since the last release or since the last fetch, then the files.
pub fn regenerated(done: &Regenerated) -> Result<(), Failure> {
    match (&done.fetched, &done.proposal) {
        (Some(brought), _) => fetched(brought)?,
        (None, Some(proposal)) if !proposal.drift.findings.is_empty() => {
            say(format_args!(
                "{}\n",
                proposal.with_report(|report| report.to(Format::Text))
            ))?;
        }
        (None, _) => {}
    }
    sources(&done.written)?;
    say(done.findings.summary())?;
    if let Some(inventory) = &done.inventory {
        say("the client of the dealer's system:\n")?;
        sources(&inventory.sources)?;
        say(inventory.findings.summary())?;
    }
    let mut next = vec![ACCEPT, "cargo xtask check"];
    if done.proposal.as_ref().is_some_and(Proposal::is_due) {
        next.insert(0, "cargo xtask regenerate --offline --set-version");
    }
    next.push("cargo xtask release");
    proposal(done.proposal.as_ref(), &next)
}

/// The end of `release`.
pub fn released(version: &Version) -> Result<(), Failure> {
    say(format_args!("{version} is ready\n"))?;
    let commit = format!("git commit --all --message \"Release {version}\"");
    let tag = format!("git tag v{version}");
    commands(&[
        "cargo xtask check && cargo test --workspace",
        &commit,
        &tag,
        // The tag starts the workflow that publishes.
        "git push --follow-tags",
    ])
}

fn commands(next: &[&str]) -> Result<(), Failure> {
    let lines: String = next.iter().map(|it| format!("  {it}\n")).collect();
    say(format_args!("next:\n{lines}"))
}
