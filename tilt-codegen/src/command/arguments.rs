//! The command line: subcommands and options.

use super::exit::EXIT_CODES;
use super::failure::Failure;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::io::Read;
use std::path::{Path, PathBuf};
use tilt_codegen::Inputs;
use tilt_codegen::config::{Config, Selector};
use tilt_codegen::diagnostic::Code;
use tilt_codegen::drift::Threshold;
use tilt_codegen::drift::format::Format as ReportFormat;
use tilt_codegen::source::Input;

/// The name of standard input in diagnostics.
const STANDARD_INPUT: &str = "<stdin>";

/// Generates Rust SDKs from OpenAPI 3.x and AsyncAPI 2.x documents.
#[derive(Debug, Parser)]
#[command(version, about, after_help = EXIT_CODES)]
#[command(
    subcommand_negates_reqs = true,
    args_conflicts_with_subcommands = false
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// Say what a diagnostic means and what helps, such as dangling-reference.
    #[arg(long, value_name = "CODE", value_parser = code, required = true)]
    pub(crate) explain: Option<Code>,
    /// How results and problems are told: to people, or as one JSON object on standard output.
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    pub(crate) message_format: MessageFormat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a crate.
    Generate(Generate),
    /// Print what the crate would offer: types, operations and events, one a line.
    Inspect(Documents),
    /// Say how a new state of the documents differs from an old one: for programs in use, and for
    /// users of the SDK who upgrade.
    Diff(Diff),
    /// Print the JSON Schema of one of this command's own formats.
    Schema {
        /// Of what.
        #[arg(value_enum)]
        of: OwnFormat,
    },
    /// Print what a shell completes this command by.
    Completions {
        /// Of which shell.
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Write the pages of the manual, one for each subcommand: `man ./tilt-codegen-generate.1` shows one.
    Manual {
        /// The folder that they are written to; made if absent.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OwnFormat {
    /// The settings: codegen.toml.
    Config,
    /// The answers of `--message-format json`, with diagnostics and surface.
    Answers,
    /// The report of `diff --format json`.
    Drift,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum MessageFormat {
    #[default]
    Human,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Generate {
    #[command(flatten)]
    pub(crate) documents: Documents,
    /// The folder of the crate; made if absent. Files there that were not generated are kept.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The crate's name; by default that in the manifest in --out, or else made from the API's title.
    #[arg(long, value_name = "CRATE")]
    pub(crate) name: Option<String>,
    /// The crate's version.
    #[arg(long, value_name = "VERSION", default_value = "0.1.0")]
    pub(crate) crate_version: String,
    /// Depend on the runtime in this folder rather than on the published one.
    #[arg(long, value_name = "DIR", conflicts_with = "runtime_git")]
    pub(crate) runtime_path: Option<PathBuf>,
    /// Depend on the runtime in this git repository rather than on the published one.
    #[arg(long, value_name = "URL")]
    pub(crate) runtime_git: Option<String>,
    /// The commit of --runtime-git; by default the newest of its default branch.
    #[arg(long, value_name = "COMMIT", requires = "runtime_git")]
    pub(crate) runtime_revision: Option<String>,
    /// Write nothing; print a diff and exit with 4 if anything would be written.
    #[arg(long)]
    pub(crate) check: bool,
    /// Print every finding rather than a summary.
    #[arg(long)]
    pub(crate) findings: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The document before, OpenAPI or AsyncAPI, JSON or YAML; `-` is standard input.
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// The document after, of the same kind.
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    /// The AsyncAPI document before, where OLD is an OpenAPI document of the same API.
    #[arg(long, value_name = "FILE", requires = "asyncapi_new")]
    pub(crate) asyncapi_old: Option<PathBuf>,
    /// The AsyncAPI document after.
    #[arg(long, value_name = "FILE", requires = "asyncapi_old")]
    pub(crate) asyncapi_new: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) beside: Beside,
    /// The form of the report: text, json, markdown, html or github.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<ReportFormat>,
    /// Exit with 1 from this on: breaking, major, warning, any or none. Each has those before it in it.
    #[arg(long, value_name = "THRESHOLD", default_value_t)]
    pub(crate) fail_on: Threshold,
    /// Write the report to this file, and the verdict to standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Files beside the documents, and around them.
#[derive(Debug, Args)]
pub(crate) struct Beside {
    /// A folder around all documents that their references may not leave: those of the documents, where it is not given.
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    /// An OpenAPI Overlay document to apply to the first OpenAPI document, to old and new ones alike; may be repeated, applied
    /// in order.
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Names, pagination, signatures: what documents cannot say.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Names so far, which are kept: the names.lock of a generated crate.
    /// `generate` takes the one in --out by default.
    #[arg(long, value_name = "FILE")]
    names: Option<PathBuf>,
}

impl Beside {
    /// The sources without documents.
    pub(crate) fn inputs(&self) -> Inputs {
        Inputs {
            overlays: self.overlay.iter().cloned().map(Input::Path).collect(),
            names: self.names.clone().map(Input::Path),
            ..Inputs::default()
        }
    }

    /// The settings in the file; without one, the defaults.
    pub(crate) fn config(&self) -> Result<Config, Failure> {
        let Some(path) = &self.config else {
            return Ok(Config::default());
        };
        let text = std::fs::read_to_string(path).map_err(|error| Failure::Read {
            path: path.clone(),
            error,
        })?;
        let config = Config::from_toml(&text).map_err(|error| Failure::Config {
            path: path.clone(),
            error,
        })?;
        Ok(config.named(&path.display().to_string()))
    }
}

#[derive(Debug, Args)]
pub(crate) struct Documents {
    /// The OpenAPI document, JSON or YAML; `-` is standard input. May be repeated, for an API of several documents: they
    /// become one crate, with one type of each schema that they share.
    #[arg(long, value_name = "FILE", required_unless_present = "asyncapi")]
    pub(crate) openapi: Vec<PathBuf>,
    /// The AsyncAPI document, JSON or YAML; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) asyncapi: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) beside: Beside,
    /// Only operations with tag:NAME, path:/PREFIX or operation:ID; may be repeated. Types that
    /// nothing uses are left out. Adds to [select] of the configuration.
    #[arg(long, value_name = "SELECTOR")]
    pub(crate) include: Vec<Selector>,
    /// No operations with tag:NAME, path:/PREFIX or operation:ID, even if included; may be
    /// repeated.
    #[arg(long, value_name = "SELECTOR")]
    pub(crate) exclude: Vec<Selector>,
    /// No client: types and events only.
    #[arg(long)]
    pub(crate) no_client: bool,
    /// A server too: a trait for each group of operations, and a router, for who turns the feature
    /// `server` on.
    #[arg(long)]
    pub(crate) server: bool,
    /// No events and webhooks: types and client only.
    #[arg(long)]
    pub(crate) no_events: bool,
    /// Types only: neither client nor events.
    #[arg(long)]
    pub(crate) types_only: bool,
}

impl Documents {
    /// The sources, of which standard input is read here, within the limit on files.
    pub(crate) fn inputs(&self, config: &Config) -> Result<Inputs, Failure> {
        let paths = self.openapi.iter().map(PathBuf::as_path);
        once(paths.clone().map(Some).chain([self.asyncapi.as_deref()]))?;
        let root = self.beside.root.as_deref();
        let openapi: Result<Vec<Option<Input>>, Failure> = paths
            .map(|path| document(Some(path), root, config))
            .collect();
        let mut openapi = openapi?.into_iter().flatten();
        Ok(Inputs {
            openapi: openapi.next(),
            further: openapi.collect(),
            asyncapi: document(self.asyncapi.as_deref(), root, config)?,
            ..self.beside.inputs()
        })
    }

    /// The settings of the file and of the command line.
    pub(crate) fn config(&self) -> Result<Config, Failure> {
        let mut config = self.beside.config()?;
        config.select.include.extend(self.include.iter().cloned());
        config.select.exclude.extend(self.exclude.iter().cloned());
        config.parts.client &= !(self.no_client || self.types_only);
        config.parts.server |= self.server;
        config.parts.events &= !(self.no_events || self.types_only);
        Ok(config)
    }
}

/// Standard input can be read once.
pub(super) fn once<'a>(
    documents: impl IntoIterator<Item = Option<&'a Path>>,
) -> Result<(), Failure> {
    let documents = documents.into_iter().flatten();
    match documents.filter(|path| is_standard_input(path)).count() {
        0 | 1 => Ok(()),
        _ => Err(Failure::StandardInputTwice),
    }
}

/// A document; standard input is read here.
pub(super) fn document(
    path: Option<&Path>,
    root: Option<&Path>,
    config: &Config,
) -> Result<Option<Input>, Failure> {
    let file = |path: &Path| match root {
        Some(folder) => Input::Within {
            folder: folder.to_owned(),
            path: path.to_owned(),
        },
        None => Input::Path(path.to_owned()),
    };
    match path {
        Some(path) if is_standard_input(path) => standard_input(config.limits.bytes).map(Some),
        path => Ok(path.map(file)),
    }
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// At most one byte more than the limit, by which the generator sees that it is too much.
fn standard_input(limit: usize) -> Result<Input, Failure> {
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    match std::io::stdin().lock().take(most).read_to_end(&mut bytes) {
        Ok(_) => Ok(Input::Bytes {
            name: STANDARD_INPUT.to_owned(),
            bytes,
        }),
        Err(error) => Err(Failure::Read {
            path: STANDARD_INPUT.into(),
            error,
        }),
    }
}

fn code(name: &str) -> Result<Code, String> {
    Code::named(name)
        .ok_or_else(|| "no diagnostic is called so; docs/diagnostics.md lists them".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_code_is_explained_without_a_command() {
        let parse = |arguments: &[&str]| Arguments::try_parse_from(arguments);
        let explained = parse(&["x", "--explain", "long-enum"]).map(|it| it.explain);
        assert_eq!(explained.ok().flatten(), Some(Code::LONG_ENUM));
        let refused = parse(&["x", "--explain", "enum"]).map(|it| it.explain);
        assert!(refused.is_err_and(|error| error.to_string().contains("docs/diagnostics.md")));
        assert!(parse(&["x"]).is_err());
        assert!(parse(&["x", "--message-format", "json"]).is_err());
    }

    #[test]
    fn one_document_at_least_is_required() {
        let parse = |arguments: &[&str]| Arguments::try_parse_from(arguments);
        assert!(parse(&["x", "inspect"]).is_err());
        assert!(parse(&["x", "inspect", "--openapi", "o"]).is_ok());
        assert!(parse(&["x", "inspect", "--asyncapi", "a"]).is_ok());
    }
}
