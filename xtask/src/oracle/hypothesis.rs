//! hypothesis-jsonschema from PyPI: answers that it makes of the schemas of documents, served to generated clients.
//!
//! All of them are read, and written as they came.

use super::calls::{self, Api, Message, Order, Programs, Request, Server, Verdict};
use super::options::Documents;
use super::{python, system};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::Project;
use crate::terminal::say;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// So many answers are made for each operation and status.
const COUNT: usize = 5;

/// A document's answers, as the judge lists them.
#[derive(Deserialize)]
struct Answers {
    document: Value,
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    method: String,
    path: String,
    status: u16,
    media_type: String,
    reference: String,
}

/// The instances of a schema, or why there are none.
#[derive(Deserialize, Clone)]
#[serde(rename_all = "lowercase")]
enum Made {
    Instances(Vec<Value>),
    Error(String),
}

/// Has the answers read; the exit code tells whether all that goes wrong is explained.
pub(super) fn run(project: &Project, options: &Documents) -> Result<Exit, Failure> {
    let source = project.root().join("tests/oracles/hypothesis");
    let python = python::with(project, "hypothesis", &source)?;
    let documents = calls::documents(project, options)?;
    let programs = Programs::build(project, &documents, None)?;
    let mut verdict = Verdict::new(&source.join("explained.toml"))?;
    for api in &programs.apis {
        let Answers { document, answers } = programs.ask("answers", api, &Value::Null)?;
        let made = instances(&python, &source, document, &answers)?;
        let requests = programs.requests(api)?;
        let mut orders = Vec::new();
        for answer in &answers {
            let name = format!(
                "{} {} {}: {} {}",
                api.name,
                answer.method.to_ascii_uppercase(),
                answer.path,
                answer.status,
                answer.media_type
            );
            match made.get(&answer.reference) {
                Some(Made::Instances(values)) if values.is_empty() => {
                    verdict.fault(name, "no instance of its schema is made".to_owned());
                }
                Some(Made::Instances(values)) => {
                    orders.extend(orders_of(api, answer, &requests, values));
                }
                Some(Made::Error(why)) => verdict.fault(name, why.clone()),
                None => verdict.fault(name, "its schema is not asked for".to_owned()),
            }
        }
        let outcomes = programs.call(api, &orders, None)?;
        say(format_args!("{}: {} answers\n", api.name, orders.len()))?;
        verdict.add(&programs, api, &orders, &outcomes)?;
    }
    say(&verdict)?;
    Ok(match verdict.is_well() {
        true => Exit::Success,
        false => Exit::Different,
    })
}

/// A call for each instance of an answer's schema.
fn orders_of(api: &Api, answer: &Answer, requests: &[Request], values: &[Value]) -> Vec<Order> {
    let of_it = |it: &&Request| it.method == answer.method && it.path == answer.path;
    let orders = values.iter().filter_map(|value| {
        let how = format!("{} {}", answer.status, answer.media_type);
        let mut requests = requests.iter().filter(of_it);
        requests.find_map(|request| {
            let message = Message {
                status: answer.status,
                media_type: answer.media_type.clone(),
                body: value.to_string(),
                ..Message::default()
            };
            api.order(request, &how, Server::Answer(message))
        })
    });
    orders.collect()
}

/// Instances by the references of schemas, each of which is asked for once.
fn instances(
    python: &Path,
    source: &Path,
    document: Value,
    answers: &[Answer],
) -> Result<BTreeMap<String, Made>, Failure> {
    let mut references: Vec<&String> = answers.iter().map(|it| &it.reference).collect();
    references.sort_unstable();
    references.dedup();
    let asked = json!({"document": document, "references": references, "count": COUNT});
    let mut process = Command::new(python)
        .arg(source.join("instances.py"))
        // Sets of Python come in the same order every time.
        .env("PYTHONHASHSEED", "0")
        .env(
            "HYPOTHESIS_STORAGE_DIRECTORY",
            python.with_file_name("hypothesis"),
        )
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(system("start Python"))?;
    // All of it is read before anything is said.
    let mut input = process.stdin.take().expect("stdin is a pipe");
    let written = input.write_all(asked.to_string().as_bytes());
    drop(input);
    let output = process.wait_with_output().map_err(system("hear Python"))?;
    written.map_err(system("ask Python"))?;
    let made: Vec<Made> = serde_json::from_slice(&output.stdout)
        .map_err(|error| system("read what Python says")(error.into()))?;
    if made.len() != references.len() {
        let error = io::Error::other(format!("{} of {}", made.len(), references.len()));
        return Err(system("make instances")(error));
    }
    let references = references.into_iter().cloned();
    Ok(references.zip(made).collect())
}
