//! `tilt-codegen generate`.

use super::answer::{Answer, Size};
use super::arguments::{Generate, MessageFormat};
use super::exit::Exit;
use super::failure::Failure;
use super::package::{crate_name, runtime, version};
use super::report::{answer, tell_findings};
use super::terminal::say;
use tilt_codegen::diagnostic::Diagnostics;
use tilt_codegen::output::{self, Plan, Report, Target};
use tilt_codegen::render::{self, RenderOptions};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, names};

pub(crate) fn generate(options: &Generate, format: MessageFormat) -> Result<Exit, Failure> {
    // First, for it may have replaced the names and not the sources.
    output::recover(&options.out)?;
    let config = options.documents.config()?;
    let mut inputs = options.documents.inputs(&config)?;
    let own_names = options.out.join(names::FILE_NAME);
    if inputs.names.is_none() && own_names.is_file() {
        inputs.names = Some(Input::Path(own_names));
    }
    let modelled = Generator::new(config)
        .model(&inputs)
        .map_err(Failure::Refused)?;
    let mut render_options = RenderOptions::new(crate_name(
        options.name.as_deref(),
        &modelled.sdk.info.title,
    )?);
    render_options.crate_version = version(&options.crate_version)?;
    render_options.runtime = runtime(options.runtime_path.as_deref(), &options.out)?;
    let mut files = render::package(&modelled.sdk, &render_options);
    files.push(modelled.names.file());
    let target = Target {
        dir: &options.out,
        owned: "src",
    };
    let plan = output::plan(target, &files)?;
    if options.check {
        return check(&plan, format);
    }
    let size = Size::of(&modelled.sdk, &files);
    let report = plan.apply()?;
    let summary = Summary {
        name: &render_options.crate_name,
        size,
        report: &report,
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
        }
    }
}
