//! RFC 6570 by `uritemplate` from PyPI: every place, style and kind of value of a parameter is sent by a generated client,
//! and is what the template expands to.

mod cases;
mod program;

use super::{python, shown, system};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::Project;
use crate::terminal::say;
use cases::{Case, Place};
use program::Sent;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// Sends all cases; the exit code tells whether each is as expected.
pub(super) fn run(project: &Project) -> Result<Exit, Failure> {
    let source = project.root().join("tests/oracles/uri-template");
    let python = python::with(project, "uri-template", &source)?;
    let cases = cases::all();
    let expanded = expand(&python, &source, &cases)?;
    let sent = program::run(project, &cases)?;
    let path = source.join("exceptions.toml");
    let text = fs::read_to_string(&path).map_err(system(shown("read", &path)))?;
    let exceptions: BTreeMap<String, String> = toml::from_str(&text)
        .map_err(|error| system(shown("read", &path))(io::Error::other(error)))?;
    let mut report = String::new();
    let (mut same, mut excepted, mut without, mut wrong) = (0, 0, 0, 0);
    for case in &cases {
        let found = found(case, &sent);
        let Some(expected) = expanded.get(&case.name) else {
            without += 1;
            continue;
        };
        let is_same = found.as_ref() == Ok(expected);
        let is_excepted = exceptions.contains_key(&case.name);
        match (is_same, is_excepted) {
            (true, false) => same += 1,
            (false, true) => excepted += 1,
            (true, true) => {
                wrong += 1;
                let _ = writeln!(
                    report,
                    "{}: is as expected, and is listed as an exception",
                    case.name
                );
            }
            (false, false) => {
                wrong += 1;
                let _ = writeln!(
                    report,
                    "{}: sent {found:?}, expected {expected:?}",
                    case.name
                );
            }
        }
    }
    for name in exceptions
        .keys()
        .filter(|name| !expanded.contains_key(*name))
    {
        wrong += 1;
        let _ = writeln!(report, "{name}: is listed as an exception, and is no case");
    }
    let _ = write!(
        report,
        "{same} cases are as RFC 6570 says, {excepted} are exceptions, {without} have no template, {wrong} WRONG"
    );
    say(&report)?;
    Ok(match wrong {
        0 => Exit::Success,
        _ => Exit::Different,
    })
}

/// The expanded template of each case that has one, as it is sent in its place.
fn expand(
    python: &Path,
    source: &Path,
    cases: &[Case],
) -> Result<BTreeMap<String, String>, Failure> {
    let asked: Vec<(&Case, &String)> = cases
        .iter()
        .filter_map(|case| Some((case, case.template.as_ref()?)))
        .collect();
    let mut process = Command::new(python)
        .arg(source.join("expand.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(system("start Python"))?;
    let lines: String = asked
        .iter()
        .map(|(case, template)| {
            json!({"template": template, "value": case.value()}).to_string() + "\n"
        })
        .collect();
    // Dropped at once, so that the other side sees the end. The lines are fewer than a pipe holds.
    let mut input = process.stdin.take().expect("stdin is a pipe");
    input
        .write_all(lines.as_bytes())
        .map_err(system("ask Python"))?;
    drop(input);
    let output = process.wait_with_output().map_err(system("hear Python"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let expanded: Result<Vec<String>, _> = text.lines().map(serde_json::from_str).collect();
    let expanded = expanded.map_err(|error| system("read what Python says")(error.into()))?;
    if expanded.len() != asked.len() {
        let error = io::Error::other(format!("{} of {} templates", expanded.len(), asked.len()));
        return Err(system("expand templates")(error));
    }
    let pairs = asked.iter().zip(expanded);
    Ok(pairs
        .map(|((case, _), text)| (case.name.clone(), in_place(case.place, &text)))
        .collect())
}

/// An expansion as it stands in its place. Headers are no part of a URI and nothing is encoded in them; cookies are
/// separated by `; ` (OpenAPI 3.1.1, appendix D).
fn in_place(place: Place, expanded: &str) -> String {
    match place {
        Place::Path | Place::Query => expanded.to_owned(),
        Place::Header => percent_encoding::percent_decode_str(expanded)
            .decode_utf8_lossy()
            .into_owned(),
        Place::Cookie => expanded.trim_start_matches('?').replace('&', "; "),
    }
}

/// The part of a request that the parameter is.
fn found(case: &Case, sent: &Sent) -> Result<String, String> {
    let head = sent.get(&case.name).ok_or("no operation")?;
    let head = head.as_ref().map_err(|why| format!("refused: {why}"))?;
    let header = |name: &str| {
        let prefix = format!("{name}: ");
        let line = head
            .iter()
            .find_map(|line| line.strip_prefix(prefix.as_str()));
        line.unwrap_or_default().to_owned()
    };
    let target = head.first().and_then(|line| line.split(' ').nth(1));
    let target = target.unwrap_or_default();
    let path = format!("/{}", case.name);
    Ok(match case.place {
        Place::Header => header("v"),
        Place::Cookie => header("cookie"),
        Place::Query => target.strip_prefix(&path).unwrap_or(target).to_owned(),
        Place::Path => {
            let before = format!("{path}/");
            target.strip_prefix(&before).unwrap_or(target).to_owned()
        }
    })
}
