//! `cargo xtask oracle served`: client and server that are generated from one document speak to each other. All that the
//! client sends arrives at the server, and all that the server answers at the client.

mod answers;
mod program;

use super::calls::program::{key, operations};
use super::calls::{self, Api, Order, Outcome, Programs, Request, Server, Servers, Told, Verdict};
use super::options::Documents;
use super::value::equal;
use super::{client, system};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::Project;
use crate::terminal::say;
use answers::Given;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::io;
use std::path::PathBuf;
use tilt_codegen::model::{HttpMethod, Operation};

const SERVERS: Servers = Servers {
    source: program::program,
    ground: "tests/oracles/served/ground.rs",
};

/// The parts of a request that a server was given.
#[derive(Deserialize)]
struct Arrived {
    arguments: Map<String, Value>,
    body: Option<Value>,
}

/// Has them speak; the exit code tells whether all that goes wrong is explained.
pub(super) fn run(project: &Project, options: &Documents) -> Result<Exit, Failure> {
    let source = project.root().join("tests/oracles/served");
    let documents = calls::documents(project, options)?;
    let programs = Programs::build(project, &documents, Some(SERVERS))?;
    let mut verdict = Verdict::new(&source.join("explained.toml"))?;
    for api in &programs.apis {
        let requests = programs.requests(api)?;
        let (file, answers) = answers(project, &programs, api)?;
        let server = programs.serve(api, &file)?;
        let calls = calls_of(api, &requests, &answers);
        let (orders, given): (Vec<Order>, Vec<&Given>) = calls.into_iter().unzip();
        let outcomes = programs.call(api, &orders, Some(&server.address))?;
        say(format_args!("{}: {} calls\n", api.name, orders.len()))?;
        verdict.add(&programs, api, &orders, &outcomes)?;
        verdict.uncalled(api, &orders);
        let operations: Vec<_> = operations(&api.sdk).collect();
        for ((order, outcome), given) in orders.iter().zip(&outcomes).zip(given) {
            let (_, operation) = operations[order.operation];
            if let Some(fault) = fault(operation, order, outcome, given) {
                verdict.fault(order.name.clone(), fault);
            }
        }
    }
    say(&verdict)?;
    Ok(match verdict.is_well() {
        true => Exit::Success,
        false => Exit::Different,
    })
}

/// The answers of a document's server, and the file that tells it.
fn answers(
    project: &Project,
    programs: &Programs,
    api: &Api,
) -> Result<(PathBuf, Vec<Vec<Given>>), Failure> {
    let made: Vec<answers::Made> = programs.ask("made", api, &Value::Null)?;
    let answers = answers::of(&api.sdk, &made);
    let file = format!("oracles/served/documents/{}.answers.json", api.name);
    let file = project.target().join(file);
    let text = serde_json::to_string(&answers)
        .map_err(|error| system("write answers")(io::Error::other(error)))?;
    client::write_file(&file, &text)?;
    Ok((file, answers))
}

/// A call for each request, and with the last one of an operation, which has all, for each answer that it may give.
fn calls_of<'a>(
    api: &Api,
    requests: &[Request],
    answers: &'a [Vec<Given>],
) -> Vec<(Order, &'a Given)> {
    let mut calls = Vec::new();
    let of_one =
        |one: &Request, other: &Request| (&one.method, &one.path) == (&other.method, &other.path);
    for requests in requests.chunk_by(of_one) {
        let orders = requests.iter().enumerate().map(|(at, request)| {
            let with = match &request.body {
                _ if at == 0 && requests.len() > 1 => "what it needs".to_owned(),
                None => "all".to_owned(),
                Some(body) => format!("all, {}", body.media_type),
            };
            let how = with.clone();
            let order = move |number: usize, answer: &Given| {
                let wish = Server::Prefer(format!("answer={number}"));
                let how = format!("{how}, {} {}", answer.status, answer.media_type);
                api.order(request, how.trim_end(), wish)
            };
            (
                api.order(request, &with, Server::Prefer(String::new())),
                order,
            )
        });
        let mut orders: Vec<_> = orders
            .filter_map(|(first, order)| Some((answers.get(first?.operation)?, order)))
            .collect();
        if let Some((answers, order)) = orders.pop() {
            let all = answers.iter().enumerate();
            calls.extend(all.filter_map(|(at, it)| Some((order(at, it)?, it))));
        }
        for (answers, order) in orders {
            let first = answers.first();
            calls.extend(first.and_then(|it| Some((order(0, it)?, it))));
        }
    }
    calls
}

/// The difference between what was sent and what arrived, on either side.
fn fault(operation: &Operation, order: &Order, outcome: &Outcome, given: &Given) -> Option<String> {
    let answer = &outcome.exchanges.last()?.answer;
    let Some(arrived) = arrived(&answer.arrived) else {
        return Some(format!("refused: {} {}", answer.status, answer.body));
    };
    let keys = operation.parameters.iter();
    let keys = keys.map(|it| key(it.location.word(), &it.wire));
    let arguments = keys.map(|key| {
        let both = (order.arguments.get(&key), arrived.arguments.get(&key));
        (key, both)
    });
    let body = (
        order.body.as_ref().map(|it| &it.value),
        arrived.body.as_ref(),
    );
    let mut all = arguments.chain([("body".to_owned(), body)]);
    let differs = all.find(|(_, (sent, arrived))| !are_equal(*sent, *arrived));
    if let Some((place, (sent, arrived))) = differs {
        return Some(format!(
            "{place}: {} arrived for {}",
            text(arrived),
            text(sent)
        ));
    }
    if answer.status != given.status {
        return Some(format!("answered {} for {}", answer.status, given.status));
    }
    let value = &given.value;
    let is_same = match &outcome.told {
        Told::Json(text) => is_value(text, value),
        Told::Text(text) => value.as_str() == Some(text) || is_value(text, value),
        Told::Items(items) => items.len() == 1 && items.iter().all(|it| is_value(it, value)),
        Told::Nothing => given.is_empty || operation.method == HttpMethod::Head,
        // It is a fault whatever was given.
        Told::Argument(_) | Told::Failed(_) => true,
    };
    (!is_same).then(|| format!("{:?} came back for {value}", outcome.told))
}

fn are_equal(one: Option<&Value>, other: Option<&Value>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => equal(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

fn is_value(text: &str, value: &Value) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|it| equal(&it, value))
}

fn text(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Value::to_string)
}

fn arrived(digits: &str) -> Option<Arrived> {
    let pairs = digits.as_bytes().chunks(2);
    let bytes = pairs.map(|it| u8::from_str_radix(str::from_utf8(it).ok()?, 16).ok());
    let bytes: Option<Vec<u8>> = bytes.collect();
    serde_json::from_slice(&bytes?).ok()
}
