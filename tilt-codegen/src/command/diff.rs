//! `tilt-codegen diff`.

use super::answer::Answer;
use super::arguments::{Diff, MessageFormat, document, once};
use super::exit::Exit;
use super::failure::Failure;
use super::report::answer;
use super::terminal::say;
use serde::de::IgnoredAny;
use std::collections::HashMap;
use std::path::Path;
use tilt_codegen::Inputs;
use tilt_codegen::config::Config;
use tilt_codegen::drift::Drift;
use tilt_codegen::drift::format::{Document, Report};
use tilt_codegen::recognize::Specification;
use tilt_codegen::source::{Documents, Input};

pub(crate) fn diff(options: &Diff, format: MessageFormat) -> Result<Exit, Failure> {
    if format == MessageFormat::Json && options.format.is_some() && options.output.is_none() {
        return Err(Failure::Usage(
            "--message-format json and --format both want standard output; name a file with --output",
        ));
    }
    let config = options.beside.config()?;
    let (old, new) = sides(options, &config)?;
    let drift = tilt_codegen::diff(&old, &new, &config).map_err(Failure::NotComparable)?;
    tell(options, format, &drift)?;
    Ok(match options.fail_on.is_met(&drift) {
        true => Exit::Drift,
        false => Exit::Success,
    })
}

fn tell(options: &Diff, format: MessageFormat, drift: &Drift) -> Result<(), Failure> {
    let report = Report::new(drift);
    let text = || report.to(options.format.unwrap_or_default());
    if let Some(path) = &options.output {
        std::fs::write(path, text()).map_err(|error| Failure::Report {
            path: path.clone(),
            error,
        })?;
    }
    match (format, &options.output) {
        (MessageFormat::Json, _) => answer(&Answer::Compared {
            report: Document::from(&report),
        }),
        (MessageFormat::Human, Some(_)) => say(format_args!("{}\n", report.verdict())),
        (MessageFormat::Human, None) => say(text()),
    }
}

/// The documents before and after.
fn sides(options: &Diff, config: &Config) -> Result<(Inputs, Inputs), Failure> {
    let all = [
        Some(options.old.as_path()),
        Some(options.new.as_path()),
        options.asyncapi_old.as_deref(),
        options.asyncapi_new.as_deref(),
    ];
    once(all)?;
    let [old, new, asyncapi_old, asyncapi_new] = all;
    let old = side(old, asyncapi_old, options, config)?;
    let new = side(new, asyncapi_new, options, config)?;
    let kind = |side: &Inputs| match side.openapi {
        Some(_) => "an OpenAPI document",
        None => "an AsyncAPI document",
    };
    if kind(&old) != kind(&new) {
        return Err(Failure::OtherKind {
            old: kind(&old),
            new: kind(&new),
        });
    }
    Ok((old, new))
}

fn side(
    first: Option<&Path>,
    asyncapi: Option<&Path>,
    options: &Diff,
    config: &Config,
) -> Result<Inputs, Failure> {
    let root = options.beside.root.as_deref();
    let first = document(first, root, config)?;
    let mut side = Inputs {
        asyncapi: document(asyncapi, root, config)?,
        ..options.beside.inputs()
    };
    match first.as_ref().map(|first| kind(first, config)) {
        Some(Specification::AsyncApi) if side.asyncapi.is_some() => {
            return Err(Failure::Usage(
                "OLD and NEW are AsyncAPI documents: --asyncapi-old and --asyncapi-new are for those beside OpenAPI documents",
            ));
        }
        Some(Specification::AsyncApi) => side.asyncapi = first,
        _ => side.openapi = first,
    }
    Ok(side)
}

/// The specification that a document names. One that cannot be read is taken for OpenAPI: whoever
/// reads it next says what is wrong.
fn kind(document: &Input, config: &Config) -> Specification {
    // A struct would be read from a list, too.
    type Head = HashMap<String, IgnoredAny>;
    let bytes = match document {
        Input::Bytes { bytes, .. } => Some(bytes.clone()),
        Input::Path(path) | Input::Within { path, .. } => std::fs::read(path).ok(),
        _ => None,
    };
    let head = bytes.and_then(|bytes| serde_json::from_slice::<Head>(&bytes).ok());
    let is_asyncapi = match head {
        Some(head) => head.contains_key("asyncapi"),
        // YAML, or nothing that can be read.
        None => Documents::load(document.clone(), &config.limits).is_ok_and(|documents| {
            let first = documents.all().first();
            first.is_some_and(|first| first.value.get("asyncapi").is_some())
        }),
    };
    match is_asyncapi {
        true => Specification::AsyncApi,
        false => Specification::OpenApi,
    }
}
