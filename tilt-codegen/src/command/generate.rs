//! `tilt-codegen generate`.

use super::answer::{Answer, Size};
use super::arguments::{Generate, MessageFormat};
use super::exit::Exit;
use super::failure::Failure;
use super::manifest::Manifest;
use super::notes::notes;
use super::package::{crate_name, runtime, version};
use super::report::{answer, tell_findings};
use super::terminal::say;
use tilt_codegen::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use tilt_codegen::output::{self, Plan, Report, Target};
use tilt_codegen::render::{self, RenderOptions};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Modelled, names};

pub(crate) fn generate(options: &Generate, format: MessageFormat) -> Result<Exit, Failure> {
    // First, for it may have replaced the names and not the sources.
    output::recover(&options.out)?;
    let config = options.documents.config()?;
    let mut inputs = options.documents.inputs(&config)?;
    let own_names = options.out.join(names::FILE_NAME);
    if inputs.names.is_none() && own_names.is_file() {
        inputs.names = Some(Input::Path(own_names));
    }
    let settings = config.clone();
    let modelled = Generator::new(config)
        .model(&inputs)
        .map_err(Failure::Refused)?;
    let there = manifest_there(options)?;
    let kept_name = there.as_ref().and_then(|it| it.name.as_deref());
    let name = options.name.as_deref().or(kept_name);
    let mut render_options = RenderOptions::new(crate_name(name, &modelled.sdk.info.title)?);
    render_options.package = settings.package.clone();
    render_options.crate_version = version(&options.crate_version)?;
    render_options.runtime = runtime(options)?;
    let files = files(&modelled, &render_options, there.as_ref());
    let target = Target {
        dir: &options.out,
        owned: "src",
        shared: "examples",
    };
    let plan = output::plan(target, &files)?;
    if let Some(mistaken) = mistaken_selectors(&modelled.findings, &plan) {
        return Err(Failure::Refused(mistaken));
    }
    let own_manifest = there.as_ref().filter(|_| plan.keeps("Cargo.toml"));
    let dependencies = own_manifest.map_or(&[][..], |it| &it.dependencies);
    let missing = settings.missing_dependencies(dependencies);
    if !missing.is_empty() {
        let most = missing.len();
        return Err(Failure::Refused(Diagnostics::new(missing, most)));
    }
    if options.check {
        return check(&plan, format);
    }
    let size = Size::of(&modelled.sdk, &files);
    let report = plan.apply()?;
    let is_kept = report.kept.iter().any(|path| path == "Cargo.toml");
    let summary = Summary {
        name: &render_options.crate_name,
        size,
        report: &report,
        notes: notes(&render_options, there.as_ref(), is_kept),
    };
    match format {
        MessageFormat::Human => {
            summary.print()?;
            tell_findings(&modelled.findings, options.findings);
        }
        MessageFormat::Json => answer(&summary.answer(&modelled.findings))?,
    }
    Ok(Exit::Success)
}

/// The files of the crate.
fn files(
    modelled: &Modelled,
    options: &RenderOptions,
    there: Option<&Manifest>,
) -> Vec<render::File> {
    let mut files = render::package(&modelled.sdk, options);
    if there.is_some_and(|manifest| !manifest.is_generated) {
        // A manifest of the user's own need not have what the programs ask for.
        files.retain(|file| !file.path.starts_with("examples/"));
    }
    files.push(modelled.names.file());
    files
}

/// The manifest of the folder. One that cannot be understood does no harm where a name is given.
fn manifest_there(options: &Generate) -> Result<Option<Manifest>, Failure> {
    match Manifest::read(&options.out) {
        Err(Failure::Manifest { .. }) if options.name.is_some() => Ok(None),
        read => read,
    }
}

/// The selectors that find nothing, as errors, where files would be removed: with one that is misspelt,
/// everything goes that it was for.
fn mistaken_selectors(findings: &Diagnostics, plan: &Plan<'_>) -> Option<Diagnostics> {
    let mut removed = plan.changes().iter().filter(|change| change.new.is_none());
    let first = &removed.next()?.path;
    let count = 1 + removed.count();
    let unmatched = findings.items.iter();
    let mut errors: Vec<Diagnostic> = unmatched
        .filter(|finding| finding.code == Code::UNMATCHED_INCLUDE)
        .cloned()
        .collect();
    for error in &mut errors {
        error.severity = Severity::Error;
        let removed = format!(", and {count} generated file(s) would be removed, such as {first}");
        error.message.push_str(&removed);
    }
    let most = errors.len();
    (most > 0).then(|| Diagnostics::new(errors, most))
}

fn check(plan: &Plan<'_>, format: MessageFormat) -> Result<Exit, Failure> {
    let stale: Vec<_> = plan
        .changes()
        .iter()
        .map(|change| change.path.as_str())
        .collect();
    let exit = match stale.is_empty() {
        true => Exit::Success,
        false => Exit::Stale,
    };
    match format {
        MessageFormat::Human => {
            let count = stale.len();
            say(format_args!("{}{count} file(s) differ\n", plan.diff()))?;
        }
        MessageFormat::Json => {
            let diff = plan.diff();
            answer(&match exit {
                Exit::Stale => Answer::Stale { stale, diff },
                _ => Answer::Current { stale, diff },
            })?;
        }
    }
    Ok(exit)
}

/// The words about a run that ended well.
struct Summary<'a> {
    name: &'a str,
    size: Size,
    report: &'a Report,
    notes: Vec<String>,
}

impl Summary<'_> {
    fn print(&self) -> Result<(), Failure> {
        let Report {
            written,
            removed,
            kept,
            unchanged,
        } = self.report;
        say(format_args!(
            "{}: {}\n{} files written, {} removed, {unchanged} unchanged\n",
            self.name,
            self.size,
            written.len(),
            removed.len()
        ))?;
        for path in kept {
            say(format_args!(
                "{path} is left alone: its first line does not say that it is generated\n"
            ))?;
        }
        for note in &self.notes {
            say(format_args!("note: {note}\n"))?;
        }
        Ok(())
    }

    fn answer<'a>(&'a self, findings: &'a Diagnostics) -> Answer<'a> {
        let Report {
            written,
            removed,
            kept,
            unchanged,
        } = self.report;
        Answer::Generated {
            findings,
            name: self.name,
            size: self.size,
            written,
            removed,
            kept,
            unchanged: *unchanged,
            notes: &self.notes,
        }
    }
}
