//! The source of a program that calls each operation of an SDK with values that it is told in JSON.

use crate::written::{Written, call};
use std::collections::BTreeMap;
use std::path::Path;
use tilt_codegen::model::{
    Body, BodyMedia, HttpMethod, Operation, Payload, Reading, RequestBody, Resource, Sdk,
    StatusRange, Success,
};

/// The program, on the ground that stands in a file.
pub(super) fn program(sdk: &Sdk, ground: &Path) -> String {
    let types = Written { sdk };
    let mut calls = String::new();
    let mut table = String::new();
    for (at, (resource, operation)) in operations(sdk).enumerate() {
        calls += &of_operation(&types, at, resource, operation);
        table += &format!("        call_{at},\n");
    }
    let credentials = call::credentials(sdk, "\"secret\"").concat();
    let environment = match call::mints(sdk) {
        true => "let environment = environment.with_token_url(ground::tokens(url));",
        false => "",
    };
    let ground = ground.display().to_string();
    format!(
        "#![allow(warnings)]\nuse tilt_runtime as rt;\nuse ground::Order;\n\n#[path = {ground:?}]\nmod ground;\n\n\
         fn client(url: &str) -> sdk::Client {{\n    let environment = sdk::Environment::custom(url);\n    {environment}\n    \
         let builder = sdk::Client::builder(environment).attempts(1){credentials};\n    \
         let builder = builder.timeout(ground::PATIENCE).attempt_timeout(ground::PATIENCE).read_timeout(ground::PATIENCE);\n    builder.build().expect(\"a client\")\n}}\n\n\
         {calls}\n\
         #[tokio::main(flavor = \"current_thread\")]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    \
         ground::run(client, &[\n{table}    ]).await\n}}\n"
    )
}

/// All operations, in the order of the program's.
pub(in crate::oracle) fn operations(sdk: &Sdk) -> impl Iterator<Item = (&Resource, &Operation)> {
    let resources = sdk.resources.iter();
    resources.flat_map(|resource| resource.operations.iter().map(move |it| (resource, it)))
}

/// The media types that a body can be sent as, in the order of the program's.
pub(in crate::oracle) fn forms(body: &RequestBody) -> Vec<&BodyMedia> {
    match &body.body {
        Body::Single(media) => vec![media],
        Body::Choice { variants, .. } => variants.iter().map(|(_, media)| media).collect(),
    }
}

fn of_operation(
    types: &Written<'_>,
    at: usize,
    resource: &Resource,
    operation: &Operation,
) -> String {
    let module = call::module(resource);
    let mut text = format!(
        "fn call_{at}<'c>(client: &'c sdk::Client, order: &'c Order) -> ground::Answer<'c> {{\n    Box::pin(async move {{\n"
    );
    let mut line = |it: String| text += &format!("        {it}\n");
    let given = operation.parameters.iter().enumerate();
    let given = given.filter(|(_, it)| it.is_argument() || it.has_setter());
    for (at, parameter) in given {
        let ty = types.given(&parameter.ty);
        let key = key(parameter.location.word(), &parameter.wire);
        let how = match parameter.is_argument() {
            true => "argument",
            false => "optional",
        };
        line(format!("let p{at} = order.{how}::<{ty}>({key:?})?;"));
    }
    if let Some(body) = &operation.body {
        line(body_of(types, &module, body));
    }
    let given = call::required(&module, operation, "body.ok_or(\"no body\")?");
    let (resource, method, given) = (&resource.name, &operation.name, given.join(", "));
    line(format!("let call = client.{resource}().{method}({given});"));
    let optional = operation.parameters.iter().enumerate();
    let optional = optional.filter(|(_, it)| it.has_setter());
    let optional = optional.map(|(at, it)| (it.name.as_str(), format!("p{at}")));
    let body = operation.body.iter().filter(|it| !it.is_argument);
    let body = body.map(|it| (it.name.as_str(), "body".to_owned()));
    for (setter, value) in optional.chain(body) {
        line(format!(
            "let call = match {value} {{ Some(it) => call.{setter}(it), None => call }};"
        ));
    }
    line("match call.send().await {".to_owned());
    let answer = success(&module, &operation.success);
    let headers = headers(types.sdk, operation, "response");
    line(format!("    Ok(response) => {{ {headers}{answer} }},"));
    let errors = errors(types, operation);
    let headers = self::headers(types.sdk, operation, "it");
    line(format!(
        "    Err(error) => {{ if let Some(it) = error.api() {{ {headers}}} \
         ground::error(error, |status, error| match status {{ {errors}_ => None }}) }},"
    ));
    line("}".to_owned());
    text + "    })\n}\n\n"
}

/// The statements that keep the documented headers of an answer.
fn headers(sdk: &Sdk, operation: &Operation, answer: &str) -> String {
    let documented = operation.response_headers.iter();
    let constants = documented.filter_map(|it| sdk.header(&it.name));
    let constants: BTreeMap<&str, &str> = constants
        .map(|it| (it.name.as_str(), it.wire.as_str()))
        .collect();
    let kept = constants.iter().map(|(name, wire)| {
        format!("order.header({wire:?}, {answer}.header_as(sdk::headers::{name}))?; ")
    });
    kept.collect()
}

/// The arms by which documented errors are read.
fn errors(types: &Written<'_>, operation: &Operation) -> String {
    // Those of a media type first: others of the status are of all media types.
    let (some, all) = operation
        .errors
        .iter()
        .partition::<Vec<_>, _>(|it| it.media_type.is_some());
    let arms = some.into_iter().chain(all).map(|it| {
        let payload = it.payload.as_ref().map(Payload::reading);
        // There is no body to read in what answers HEAD.
        let told = match payload {
            Some(Reading::Json(ty)) if operation.method != HttpMethod::Head => {
                let ty = types.ty(ty);
                format!("Some(error.body_as::<{ty}>().map_err(Into::into).and_then(|it| ground::json(&it)))")
            }
            _ => "Some(Ok(ground::Told::Nothing))".to_owned(),
        };
        let of_it = it.media_type.as_ref();
        let of_it = of_it.map(|it| format!("if ground::is_of(error, {it:?}) "));
        let of_it = of_it.unwrap_or_default();
        format!("{} {of_it}=> {told}, ", pattern(it.status))
    });
    arms.collect()
}

/// The name of an argument: its place and its name.
pub(in crate::oracle) fn key(location: &str, wire: &str) -> String {
    format!("{location} {wire}")
}

fn pattern(status: StatusRange) -> String {
    match status {
        StatusRange::Code(code) => code.to_string(),
        StatusRange::Class(class) => format!("{class}00..={class}99"),
        StatusRange::Default => "_".to_owned(),
    }
}

/// The body in the form that is ordered.
fn body_of(types: &Written<'_>, module: &str, body: &RequestBody) -> String {
    let arms = forms(body).into_iter().enumerate().map(|(at, media)| {
        let value = match &media.payload {
            Payload::Text | Payload::EventStream(_) => "order.text()".to_owned(),
            Payload::Bytes => "rt::Upload::from(order.text().into_bytes())".to_owned(),
            Payload::Json(_)
            | Payload::Form { .. }
            | Payload::Multipart { .. }
            | Payload::JsonLines(_) => format!("order.body::<{}>()?", call::held(types, media)),
        };
        let value = match &body.body {
            Body::Single(_) => value,
            Body::Choice { name, variants } => {
                format!("{module}::{name}::{}({value})", variants[at].0)
            }
        };
        format!("Some({at}) => Some({value}), ")
    });
    let arms: String = arms.collect();
    format!("let body = match order.form() {{ {arms}_ => None }};")
}

fn success(module: &str, success: &Success) -> String {
    match success {
        Success::Empty => "Ok(ground::Told::Nothing)".to_owned(),
        Success::Single(payload) => {
            format!(
                "{{ let it = response.into_body(); {} }}",
                read(payload.reading())
            )
        }
        Success::Choice { name, variants } => {
            let arms = variants.iter().map(|variant| {
                let path = format!("{module}::{name}::{}", variant.name);
                match &variant.payload {
                    Some(payload) => format!("{path}(it) => {{ {} }} ", read(payload.reading())),
                    None => format!("{path} => Ok(ground::Told::Nothing), "),
                }
            });
            let arms: String = arms.collect();
            format!(
                "match response.into_body() {{ {arms}_ => Err(\"an answer of no known kind\".into()) }}"
            )
        }
    }
}

/// Reads the body `it` to its end.
fn read(reading: Reading<'_>) -> String {
    match reading {
        Reading::Json(_) => "ground::json(&it)".to_owned(),
        Reading::Text => "Ok(ground::Told::Text(it))".to_owned(),
        Reading::Bytes => {
            "Ok(ground::Told::Text(String::from_utf8_lossy(&it.bytes().await?).into_owned()))"
                .to_owned()
        }
        Reading::Events(_) => items("ground::item(&item.data)?"),
        Reading::Lines(_) => items("ground::item(&item)?"),
    }
}

fn items(item: &str) -> String {
    format!(
        "let (mut it, mut items) = (it, Vec::new()); while let Some(item) = it.try_next().await? {{ items.push({item}); }} Ok(ground::Told::Items(items))"
    )
}
