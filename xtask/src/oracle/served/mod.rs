//! `cargo xtask oracle served`: client and server that are generated from one document speak to each other. All that the
//! client sends arrives at the server, and all that the server answers at the client.

mod answers;
mod fault;
mod program;
mod refusals;

use super::calls::program::operations;
use super::calls::{self, Api, Order, Programs, Request, Server, Servers, Verdict};
use super::options::Served;
use super::prism::Prism;
use super::{client, system};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::project::Project;
use crate::terminal::say;
use answers::Given;
use fault::fault;
use refusals::Schemathesis;
use serde_json::Value;
use std::io;
use std::path::PathBuf;

const SERVERS: Servers = Servers {
    source: program::program,
    ground: "tests/oracles/served/ground.rs",
};

/// Has them speak; the exit code tells whether all that goes wrong is explained.
pub(super) async fn run(project: &Project, options: &Served) -> Result<Exit, Failure> {
    let documents = &options.documents;
    match options.tested {
        true => tested(project, &calls::tested(project, documents)?),
        false => {
            let documents = calls::documents(project, documents)?;
            called(project, &documents, options.proxied).await
        }
    }
}

/// Has Schemathesis ask the servers.
fn tested(project: &Project, documents: &[PathBuf]) -> Result<Exit, Failure> {
    let schemathesis = Schemathesis::install(project)?;
    let programs = Programs::build(project, documents, Some(SERVERS))?;
    let mut exit = Exit::Success;
    for api in &programs.apis {
        let (file, answers) = answers(project, &programs, api)?;
        let all = operations(&api.sdk).zip(&answers);
        let is_success = |answer: &Given| answer.status < 400;
        let answered = all.filter(|(_, answers)| answers.first().is_some_and(is_success));
        let answered: Vec<_> = answered.map(|((_, operation), _)| operation).collect();
        let server = programs.serve(api, &file)?;
        if !schemathesis.holds(api, &answered, &server)? {
            exit = Exit::Different;
        }
    }
    Ok(exit)
}

/// Has clients call the servers, through Prism or without.
async fn called(project: &Project, documents: &[PathBuf], proxied: bool) -> Result<Exit, Failure> {
    let source = project.root().join("tests/oracles/served");
    let prism = proxied.then(|| Prism::install(project)).transpose()?;
    let programs = Programs::build(project, documents, Some(SERVERS))?;
    let mut verdict = Verdict::new(&source.join(match proxied {
        true => "proxied.toml",
        false => "explained.toml",
    }))?;
    for api in &programs.apis {
        let requests = programs.requests(api)?;
        let (file, answers) = answers(project, &programs, api)?;
        let server = programs.serve(api, &file)?;
        let proxy = match &prism {
            Some(prism) => Some(prism.proxy(api, &server.address).await?),
            None => None,
        };
        let behind = proxy.as_ref().map_or(&server.address, |it| &it.address);
        let calls = calls_of(api, &requests, &answers);
        let (orders, given): (Vec<Order>, Vec<&Given>) = calls.into_iter().unzip();
        let outcomes = programs.call(api, &orders, Some(behind))?;
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
    let headers: Vec<answers::MadeHeader> = programs.ask("headers", api, &Value::Null)?;
    let answers = answers::of(&api.sdk, &made, &headers);
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
