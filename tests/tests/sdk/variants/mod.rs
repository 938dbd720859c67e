//! One API in many words: the same program compiles against each SDK and sees the same, and no SDK
//! loses anything that its own documents describe.

mod workspace;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use tilt_tests::Oracle;
use tilt_tests::api::Api;
use tilt_tests::round_trip;

use crate::receiver::Receiver;
use crate::tilt::{Tilt, headers, judge, oracle};
use workspace::Program;

/// At most so many instances of each type.
const MOST_INSTANCES: usize = 300;

fn program() -> &'static Program {
    static PROGRAM: OnceLock<Program> = OnceLock::new();
    PROGRAM.get_or_init(|| Program::build(&Api::all().expect("the documents of this project")))
}

#[tokio::test]
async fn the_same_program_sees_the_same() {
    let apis = Api::all().expect("the documents of this project");
    let mut transcripts = Vec::new();
    for api in &apis {
        transcripts.push(transcript(api).await);
    }
    insta::assert_snapshot!(transcripts[0]);
    for (api, transcript) in apis.iter().zip(&transcripts) {
        assert_eq!(transcript, &transcripts[0], "{}", api.name);
    }
}

/// The output of an API's program, with every exchange and delivery judged by that API's documents.
async fn transcript(api: &Api) -> String {
    let (tilt, receiver) = (Tilt::start().await, Receiver::start().await);
    tilt.sandbox
        .register_webhook(&receiver.url)
        .expect("an endpoint");
    let mut child = start(api, &tilt);
    let mut stdin = child.stdin.take().expect("its input");
    let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let mut transcript = String::new();
    let mut waits = 0;
    while waits < 3 {
        let (line, rest) = tokio::task::spawn_blocking(|| (lines.next(), lines))
            .await
            .expect("a line");
        lines = rest;
        let Some(Ok(line)) = line else {
            break;
        };
        if line == "…" {
            waits += 1;
            tilt.advance().await;
            stdin.write_all(b"\n").expect("it waits");
        } else {
            transcript.push_str(&line);
            transcript.push('\n');
        }
    }
    let oracle = oracle(api);
    judge(&oracle, &tilt.sandbox.exchanges());
    for line in signed_deliveries(api, &oracle, &receiver) {
        writeln!(stdin, "{line}").expect("it reads");
    }
    drop(stdin);
    for line in lines.map_while(Result::ok) {
        transcript.push_str(&line);
        transcript.push('\n');
    }
    child.wait().expect("an end");
    transcript
}

/// The program of an API, at work on a sandbox.
fn start(api: &Api, tilt: &Tilt) -> Child {
    Command::new(&program().executable)
        .args([
            "pay",
            &api.name,
            &tilt.sandbox.api_url(),
            &tilt.sandbox.token_url(),
        ])
        .args([tilt.sandbox.client_id(), &tilt.sandbox.client_secret()])
        .arg(tilt.sandbox.signing_secret())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program")
}

/// All deliveries with their signatures, each once as it came and once with a space too many.
fn signed_deliveries(api: &Api, oracle: &Oracle, receiver: &Receiver) -> Vec<String> {
    let mut lines = Vec::new();
    for (delivered, body) in receiver.deliveries() {
        let delivered = headers(&delivered);
        let judged = oracle.check_event(&delivered, &body);
        judged
            .map_err(|faults| format!("{}: {faults}", api.name))
            .expect("no fault");
        let signature = delivered
            .iter()
            .find(|(name, _)| name == "x-tilt-signature");
        let (_, signature) = signature.expect("a signature");
        let body = std::str::from_utf8(&body).expect("text");
        lines.extend([
            format!("{signature}\t{body}"),
            format!("{signature}\t{body} "),
        ]);
    }
    lines
}

#[test]
fn nothing_that_a_document_describes_is_lost() {
    let mut differences = Vec::new();
    for api in Api::all().expect("the documents of this project") {
        let modelled = api.generator().model(&api.inputs());
        let sdk = modelled
            .unwrap_or_else(|error| panic!("{}: {error}", api.name))
            .sdk;
        let documents = api.named_documents();
        let cases = round_trip::cases(&sdk, &documents, MOST_INSTANCES).expect("schemas");
        let mut harness = Command::new(&program().executable);
        let report = round_trip::run(harness.args(["round-trip", &api.name]), cases);
        let report = report
            .map_err(|error| format!("{}: {error}", api.name))
            .expect("no fault");
        let untried = report.untried(&sdk);
        let untried = untried.iter();
        differences.extend(untried.map(|ty| format!("{}: {} has no instance", api.name, ty.name)));
        let lost = report.differences.iter();
        differences.extend(lost.map(|difference| format!("{}: {difference}", api.name)));
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
