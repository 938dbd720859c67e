//! Values sent through generated types, to see whether they come back as they went in.
//!
//! Types exist only once they are compiled, so this is in two parts: [`write_harness`] writes a
//! program that reads and writes any type of an SDK, and [`run`] sends instances through it.

mod cases;
mod difference;
mod harness;
mod json_types;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

use tilt_codegen::model::{Sdk, Type};

use crate::instances::Instance;
pub use cases::{Case, cases};
use difference::difference;
pub use harness::write_harness;
use json_types::json_types;

/// A case that did not come back as it went in.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The instance that went in.
    pub case: Case,
    /// The fault of what came back.
    pub problem: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Case {
            type_name,
            instance,
        } = &self.case;
        let Instance { pointer, value, .. } = instance;
        write!(f, "{type_name} ({pointer}): {} in {value}", self.problem)
    }
}

/// The outcome of all cases.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// How many came back.
    pub compared: usize,
    /// How many were not the same.
    pub different: usize,
    /// The first of those, a few of each type.
    pub differences: Vec<Difference>,
    /// Types that a valid instance went through.
    pub tried: BTreeSet<String>,
}

/// So many differences of one type are kept.
const MOST_OF_A_TYPE: usize = 3;

impl Report {
    /// The types of an SDK that no valid instance went through, without those that are never JSON.
    pub fn untried<'a>(&self, sdk: &'a Sdk) -> Vec<&'a Type> {
        let types = json_types(sdk);
        types.filter(|ty| !self.tried.contains(&ty.name)).collect()
    }
}

/// Sends cases through a harness.
///
/// # Errors
///
/// The program cannot be run, or ends before it has answered.
pub fn run(harness: &mut Command, cases: impl Iterator<Item = Case>) -> std::io::Result<Report> {
    let mut child = harness
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (Some(stdin), Some(stdout)) = (stdin, stdout) else {
        return Err(std::io::Error::other("the program has no input or output"));
    };
    let (sent, sending) = channel();
    let report = std::thread::scope(|scope| {
        let judge = scope.spawn(move || judge(stdout, &sending));
        let mut stdin = BufWriter::new(stdin);
        for case in cases {
            let line = format!("{}\t{}\n", case.type_name, case.instance.value);
            // Both fail only where the program has ended, which the judge notices.
            if sent.send(case).is_err() || stdin.write_all(line.as_bytes()).is_err() {
                break;
            }
        }
        let _ = stdin.flush();
        drop((stdin, sent));
        judge.join()
    });
    let status = child.wait()?;
    let report = report.map_err(|_| std::io::Error::other("the comparison failed"))??;
    match report {
        Ok(report) => Ok(report),
        Err(name) => {
            let message = format!("{status} at an instance of `{name}`");
            Err(std::io::Error::other(message))
        }
    }
}

/// Compares answers with what was sent; the name of a type where there is no answer.
fn judge(answers: impl Read, sent: &Receiver<Case>) -> std::io::Result<Result<Report, String>> {
    let mut report = Report::default();
    let mut by_type: BTreeMap<String, usize> = BTreeMap::new();
    let mut answers = BufReader::new(answers).lines();
    for case in sent {
        let Some(answer) = answers.next() else {
            return Ok(Err(case.type_name));
        };
        report.compared += 1;
        if case.instance.is_valid && !report.tried.contains(&case.type_name) {
            report.tried.insert(case.type_name.clone());
        }
        let Some(problem) = problem(&case, &answer?) else {
            continue;
        };
        report.different += 1;
        let count = by_type.entry(case.type_name.clone()).or_default();
        *count += 1;
        if *count <= MOST_OF_A_TYPE {
            report.differences.push(Difference { case, problem });
        }
    }
    Ok(Ok(report))
}

fn problem(case: &Case, answer: &str) -> Option<String> {
    match answer.split_once('\t') {
        Some(("=", text)) => match serde_json::from_str(text) {
            Ok(value) => difference(&case.instance.value, &value, ""),
            Err(error) => Some(format!("no JSON came back: {error}")),
        },
        Some((_, error)) => Some(error.to_owned()),
        None => Some(format!("`{answer}` is no answer")),
    }
}
