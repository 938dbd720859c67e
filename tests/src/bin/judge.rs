//! Judges the SDK of one document; `cargo xtask corpus` and `cargo xtask oracle` run it. Answers are JSON.
//!
//! ```text
//! judge census DOCUMENT HARNESS CRATE    counts; writes the source of a harness for that crate
//! judge round-trip DOCUMENT HARNESS MOST sends at most so many instances of each type through a harness
//! judge instances DOCUMENT MOST          lists the same instances: type and value
//! judge requests DOCUMENT                makes up requests of each operation
//! judge answers DOCUMENT                 lists the schemas of answers, with the document that they stand in
//! judge made DOCUMENT                    makes up bodies of each answer
//! judge headers DOCUMENT                 makes up the headers of each answer
//! judge valid DOCUMENT                   says whether answers, given on standard input, are ones that it allows
//! ```

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode};

use serde_json::{Value, json};
use tilt_codegen::config::Config;
use tilt_codegen::source::{Documents, Input, Limits};
use tilt_codegen::{Generator, Inputs, Modelled};
use tilt_tests::calls;
use tilt_tests::census::census;
use tilt_tests::document::{Document, OneOf};
use tilt_tests::round_trip;

type Outcome = Result<Value, Box<dyn Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let answer = match arguments.as_slice() {
        ["census", document, harness, name] => count(document, harness, name),
        ["round-trip", document, harness, most] => compare(document, harness, most),
        ["instances", document, most] => instances(document, most),
        ["requests", document] => requests(document),
        ["answers", document] => answers(document),
        ["made", document] => made(document),
        ["headers", document] => headers(document),
        ["valid", document] => are_valid(document),
        _ => Err(
            "usage: judge census|round-trip|instances|requests|answers|made|headers|valid …".into(),
        ),
    };
    match answer {
        Ok(answer) => {
            println!("{answer}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A document, raw and modelled.
struct Judged {
    name: String,
    raw: Value,
    modelled: Modelled,
}

/// A document's name, and itself.
fn read(path: &str) -> Result<(String, Value), Box<dyn Error>> {
    let documents = Documents::load(Input::Path(path.into()), &Limits::default());
    let documents = documents.map_err(|error| error.to_string())?;
    let root = documents.root();
    Ok((root.name.clone(), root.value.clone()))
}

impl Judged {
    fn read(path: &str) -> Result<Self, Box<dyn Error>> {
        let input = Input::Path(path.into());
        let (name, raw) = read(path)?;
        let (openapi, asyncapi) = match raw.get("asyncapi") {
            Some(_) => (None, Some(input)),
            None => (Some(input), None),
        };
        let inputs = Inputs {
            openapi,
            asyncapi,
            ..Inputs::default()
        };
        let modelled = Generator::new(Config::default()).model(&inputs);
        Ok(Self {
            name,
            raw,
            modelled: modelled.map_err(|error| error.to_string())?,
        })
    }
}

fn count(document: &str, harness: &str, name: &str) -> Outcome {
    let judged = Judged::read(document)?;
    let Modelled { sdk, findings, .. } = &judged.modelled;
    let source = round_trip::write_harness(sdk, name, "types");
    let path = Path::new(harness);
    // A file that did not change keeps its time, and is not compiled again.
    if std::fs::read_to_string(path).ok().as_ref() != Some(&source) {
        std::fs::write(path, source)?;
    }
    let census = census(&judged.raw, sdk, findings);
    let losses = census.losses.iter().map(ToString::to_string);
    Ok(json!({
        "document": census.document,
        "sdk": census.sdk,
        "losses": losses.collect::<Vec<_>>(),
    }))
}

fn instances(document: &str, most: &str) -> Outcome {
    let judged = Judged::read(document)?;
    let document = Document::new(&judged.raw, OneOf::AtLeast);
    let documents = BTreeMap::from([(judged.name.clone(), document)]);
    let cases = round_trip::cases(&judged.modelled.sdk, &documents, most.parse()?)?;
    let cases = cases.map(|case| json!([case.type_name, case.instance.value]));
    Ok(cases.collect())
}

fn compare(document: &str, harness: &str, most: &str) -> Outcome {
    let judged = Judged::read(document)?;
    let sdk = &judged.modelled.sdk;
    let document = Document::new(&judged.raw, OneOf::AtLeast);
    let documents = BTreeMap::from([(judged.name.clone(), document)]);
    let cases = round_trip::cases(sdk, &documents, most.parse()?)?;
    let report = round_trip::run(&mut Command::new(harness), cases)?;
    let differences = report.differences.iter().map(|difference| {
        let case = &difference.case;
        json!({
            "type": case.type_name,
            "pointer": case.instance.pointer,
            "valid": case.instance.is_valid,
            "problem": difference.problem,
            "instance": case.instance.value,
        })
    });
    let untried = report.untried(sdk).into_iter().map(|ty| {
        let first = ty.places.first().into_iter().flatten();
        let schemas: Vec<String> = first.map(|schema| schema.pointer.to_string()).collect();
        format!("{} ({})", ty.name, schemas.join(" and "))
    });
    Ok(json!({
        "cases": report.compared,
        "different": report.different,
        "differences": differences.collect::<Vec<_>>(),
        "types": report.tried.len(),
        "untried": untried.collect::<Vec<_>>(),
    }))
}

fn requests(document: &str) -> Outcome {
    let document = Document::new(&read(document)?.1, OneOf::AtLeast);
    let requests = calls::requests(&document)?.into_iter().map(|request| {
        let arguments = request.arguments.into_iter();
        let arguments = arguments.map(|it| (format!("{} {}", it.location, it.name), it.value));
        json!({
            "method": request.method,
            "path": request.path,
            "arguments": arguments.collect::<serde_json::Map<_, _>>(),
            "body": request.body.map(|it| json!({"media_type": it.media_type, "value": it.value})),
        })
    });
    Ok(requests.collect())
}

fn answers(document: &str) -> Outcome {
    let document = Document::new(&read(document)?.1, OneOf::AtLeast);
    let all = calls::answers(&document);
    let answers = all.iter().filter_map(|it| {
        Some(json!({
            "method": it.method,
            "path": it.path,
            "status": it.example_status(&all)?,
            "media_type": it.media_type,
            "reference": document.reference(it.pointer.as_deref()?),
        }))
    });
    Ok(json!({"answers": answers.collect::<Vec<_>>(), "document": document.rewritten()}))
}

fn made(document: &str) -> Outcome {
    let document = Document::new(&read(document)?.1, OneOf::AtLeast);
    let made = calls::made(&document)?.into_iter();
    let made = made.map(|calls::Made { answer, value }| {
        json!({
            "method": answer.method,
            "path": answer.path,
            "status": answer.status,
            "media_type": answer.media_type,
            "value": value,
        })
    });
    Ok(made.collect())
}

fn headers(document: &str) -> Outcome {
    let document = Document::new(&read(document)?.1, OneOf::AtLeast);
    let made = calls::made_headers(&document)?.into_iter();
    let made = made.map(|it| {
        json!({
            "method": it.method,
            "path": it.path,
            "status": it.status,
            "name": it.name,
            "value": it.value,
        })
    });
    Ok(made.collect())
}

fn are_valid(document: &str) -> Outcome {
    let document = Document::new(&read(document)?.1, OneOf::AtLeast);
    let given: Vec<Value> = serde_json::from_reader(std::io::stdin())?;
    let given = given.iter().map(|it| {
        let text = |key: &str| it[key].as_str().map(str::to_owned);
        Some(calls::Given {
            method: text("method")?,
            path: text("path")?,
            status: it["status"].as_u64()?.try_into().ok()?,
            media_type: text("media_type")?,
            body: text("body")?,
        })
    });
    let given: Option<Vec<_>> = given.collect();
    let given = given.ok_or("an answer has a method, a path, a status, a media type and a body")?;
    Ok(json!(calls::are_valid(&document, &given)?))
}
