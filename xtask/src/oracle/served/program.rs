//! The source of a server of an SDK: every operation answers what is asked for, and tells what has arrived.

use super::super::calls::program::{key, operations};
use crate::written::call;
use std::path::Path;
use tilt_codegen::model::{
    Answer, Body, Header, Operation, Payload, Reading, Resource, Sdk, StatusRange,
};

/// The program, on the ground that stands in a file.
pub(super) fn program(sdk: &Sdk, ground: &Path) -> String {
    let ground = ground.display().to_string();
    let mut text = format!(
        "#![allow(warnings)]\nuse tilt_runtime as rt;\n\n#[path = {ground:?}]\nmod ground;\n\n"
    );
    let mut at = 0;
    for resource in &sdk.resources {
        let module = module(resource);
        text += &format!("impl {module}::{} for ground::Api {{\n", resource.type_name);
        for operation in &resource.operations {
            text += &method(sdk, &module, at, operation);
            at += 1;
        }
        text += "}\n\n";
    }
    debug_assert_eq!(at, operations(sdk).count());
    text + "#[tokio::main(flavor = \"current_thread\")]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {\n    \
            ground::run(|api| sdk::server::service(api)).await\n}\n"
}

fn module(resource: &Resource) -> String {
    call::module(resource).replace("sdk::resources", "sdk::server")
}

fn method(sdk: &Sdk, module: &str, at: usize, operation: &Operation) -> String {
    let names = &operation.served;
    let (name, request, answer) = (&operation.name, &names.request, &names.answer);
    let mut text = format!(
        "    async fn {name}(&self, it: {module}::{request}) -> Result<{module}::{answer}, rt::server::Problem> {{\n        \
         let mut arrived = ground::Arrived::default();\n"
    );
    for parameter in &operation.parameters {
        let key = key(parameter.location.word(), &parameter.wire);
        let name = &parameter.name;
        text += &match parameter.required {
            true => format!("        arrived.argument({key:?}, &it.{name})?;\n"),
            false => format!(
                "        if let Some(value) = &it.{name} {{ arrived.argument({key:?}, value)?; }}\n"
            ),
        };
    }
    if let Some(body) = &operation.body {
        let read = body_of(module, &names.body, &body.body);
        let name = &body.name;
        text += &match body.required {
            true => format!("        let body = it.{name}; {read}\n"),
            false => format!("        if let Some(body) = it.{name} {{ {read} }}\n"),
        };
    }
    let context = &names.context;
    let arms: String = operation
        .answers
        .iter()
        .enumerate()
        .map(|(variant, it)| arm(sdk, module, answer, variant, operation, it))
        .collect();
    text + &format!(
        "        let answer = self.answer({at}, &it.{context})?;\n        match answer.variant {{\n{arms}            \
         _ => Ok({module}::{answer}::Other(rt::server::Response::default())),\n        }}\n    }}\n"
    )
}

/// The statement that keeps a body. It has the body to itself, for one of bytes is used up by reading it.
fn body_of(module: &str, name: &str, body: &Body) -> String {
    let kept = |payload: &Payload| match payload {
        Payload::Bytes => "arrived.bytes(&body.bytes().await?);",
        _ => "arrived.body(&body)?;",
    };
    match body {
        Body::Single(media) => kept(&media.payload).to_owned(),
        Body::Choice { variants, .. } => {
            let arms = variants.iter().map(|(variant, media)| {
                format!(
                    "{module}::{name}::{variant}(body) => {{ {} }} ",
                    kept(&media.payload)
                )
            });
            format!("match body {{ {}_ => {{}} }}", arms.collect::<String>())
        }
    }
}

fn arm(
    sdk: &Sdk,
    module: &str,
    name: &str,
    variant: usize,
    operation: &Operation,
    answer: &Answer,
) -> String {
    let value = match operation.payload(answer).map(Payload::reading) {
        None => "()",
        Some(Reading::Json(_)) => "answer.json()?",
        Some(Reading::Text) => "answer.text()",
        Some(Reading::Bytes) => "answer.bytes()",
        Some(Reading::Events(_)) => "answer.events()?",
        Some(Reading::Lines(_)) => "answer.lines()?",
    };
    let status = match answer.status {
        StatusRange::Code(_) => "",
        StatusRange::Class(_) | StatusRange::Default => "answer.status()?, ",
    };
    let of = &answer.name;
    let constants = operation.headers(answer);
    let constants = constants.filter_map(|it| sdk.header(&it.name));
    let headers: String = constants
        .map(|Header { name, wire, .. }| {
            format!(
                "if let Some(it) = answer.header({wire:?})? {{ reply = reply.with(sdk::headers::{name}, it); }} "
            )
        })
        .collect();
    format!(
        "            {variant} => {{ let mut reply = arrived.reply({value})?; {headers}Ok({module}::{name}::{of}({status}reply)) }}\n"
    )
}
