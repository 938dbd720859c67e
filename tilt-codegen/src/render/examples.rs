//! Examples: the programs of the folder `examples`, and the same in the guide and the README.

use std::collections::HashSet;

use super::source::{Source, ident, literal};
use super::{File, security};
use crate::identifier::bare;
use crate::model::{
    ArgumentForm, Construction, Conversion, Environment, Events, ExampleCall, Program, Scalar, Sdk,
    SecurityKind, Shape, Type, TypeRef,
};

const MAIN: &str = "async fn main() -> Result<(), Box<dyn std::error::Error>> {";

/// A program in the folder `examples`.
pub(super) fn file(sdk: &Sdk, krate: &str, program: Program) -> File {
    let mut source = Source::generated();
    let (about, body) = match program {
        Program::FirstCall => ("One call, and its answer.", first_call(sdk, krate)),
        Program::List => (
            "All items of a list, over as many requests as it takes.",
            list(sdk, krate),
        ),
        Program::Events => (
            "An event that comes by standard input, told by its kind.",
            events(sdk, krate),
        ),
    };
    source.line(&format!("//! {about}"));
    source.apart();
    for line in body.unwrap_or_default().lines() {
        source.line(line);
    }
    File {
        path: format!("examples/{}.rs", program.name()),
        contents: source.finish(),
    }
}

/// The features that a program needs beside the default ones; of each list, any one will do.
pub(super) fn features(sdk: &Sdk, program: Program) -> Vec<&str> {
    let of_call = |call: &'_ Option<ExampleCall>| -> Option<String> {
        call.as_ref()?.features.first().cloned()
    };
    let (first, operation) = match program {
        Program::FirstCall => (Some("client"), of_call(&sdk.examples.call)),
        Program::List => (Some("client"), of_call(&sdk.examples.list)),
        Program::Events => (is_signed(sdk).then_some("webhooks"), None),
    };
    let operation = operation
        .and_then(|wanted| sdk.features.iter().find(|name| **name == wanted))
        .map(String::as_str);
    first.into_iter().chain(operation).collect()
}

/// The shortest program that calls the API.
pub(super) fn first_call(sdk: &Sdk, krate: &str) -> Option<String> {
    let call = sdk.examples.call.as_ref()?;
    let mut source = program(sdk, krate, call)?;
    let mut parts = called(sdk, krate, call)?;
    parts.push("await?".to_owned());
    source.chain("let answer = ", "client", &parts);
    source.line("println!(\"{answer:?}\");");
    source.line("Ok(())");
    source.close("}");
    Some(source.finish())
}

/// The program of an API none of whose calls can be shown: it makes a client.
pub(super) fn client_alone(sdk: &Sdk, krate: &str) -> String {
    let mut source = Source::default();
    source.line(&format!("use {krate}::{{Client, Environment}};"));
    source.apart();
    source.open(MAIN.trim_start_matches("async "));
    client(&mut source, sdk, &sdk.examples.credentials);
    source.line("println!(\"{client:?}\");");
    source.line("Ok(())");
    source.close("}");
    source.finish()
}

fn list(sdk: &Sdk, krate: &str) -> Option<String> {
    let call = sdk.examples.list.as_ref()?;
    let mut source = program(sdk, krate, call)?;
    walk(&mut source, called(sdk, krate, call)?);
    source.line("Ok(())");
    source.close("}");
    Some(source.finish())
}

/// The loop over the items of a list.
pub(super) fn walk(source: &mut Source, mut called: Vec<String>) {
    called.push("items()".to_owned());
    source.chain("let mut items = ", "client", &called);
    source.open("while let Some(item) = items.try_next().await? {");
    source.line("println!(\"{item:?}\");");
    source.close("}");
}

/// The beginning of a program, up to the arguments of a call.
fn program(sdk: &Sdk, krate: &str, call: &ExampleCall) -> Option<Source> {
    let mut source = Source::default();
    source.line(&format!("use {krate}::{{Client, Environment}};"));
    source.apart();
    source.line("#[tokio::main]");
    source.open(MAIN);
    client(&mut source, sdk, &call.credentials);
    for argument in &call.arguments {
        let (name, variable) = (ident(&argument.name), literal(&argument.variable));
        let parsed = match argument.form {
            ArgumentForm::Text => String::new(),
            ArgumentForm::Integer(ty) => format!(".parse::<{ty}>()?"),
        };
        source.line(&format!("let {name} = std::env::var({variable})?{parsed};"));
    }
    Some(source)
}

/// The statements that make a client of credentials in the environment.
pub(super) fn client(source: &mut Source, sdk: &Sdk, credentials: &[usize]) {
    let environment = sdk.examples.environment;
    let environment = environment.and_then(|index| sdk.environments.get(index));
    let is_relative = environment.is_some_and(Environment::is_relative);
    let environment = match environment {
        Some(environment) => format!("Environment::{}", ident(&environment.name)),
        None if security::mints(sdk) => {
            "Environment::custom(\"https://…\").with_token_url(\"https://…/token\")".to_owned()
        }
        None => "Environment::custom(\"https://…\")".to_owned(),
    };
    let mut parts = Vec::new();
    let mut taken: HashSet<String> = HashSet::new();
    for scheme in credentials {
        let Some(scheme) = sdk.security_schemes.get(*scheme) else {
            continue;
        };
        let mut given = Vec::new();
        for argument in security::arguments(&scheme.kind) {
            let mut name = argument.to_owned();
            if !taken.insert(name.clone()) {
                name = format!("{}_{argument}", bare(&scheme.method));
                taken.insert(name.clone());
            }
            let variable = match scheme.kind {
                // `USER` is set already: it is who is logged in.
                SecurityKind::HttpBasic => format!("API_{}", name.to_uppercase()),
                _ => name.to_uppercase(),
            };
            let variable = literal(&variable);
            source.line(&format!("let {name} = std::env::var({variable})?;"));
            given.push(name);
        }
        parts.push(format!("{}({})", ident(&scheme.method), given.join(", ")));
    }
    if is_relative {
        parts.push("base_url(\"https://…\")".to_owned());
    }
    parts.push("build()?".to_owned());
    let root = format!("Client::builder({environment})");
    source.chain("let client = ", &root, &parts);
}

/// The call of an operation on `client`, with the arguments as local variables: the parts of a chain.
pub(super) fn called(sdk: &Sdk, krate: &str, call: &ExampleCall) -> Option<Vec<String>> {
    let resource = sdk.resources.get(call.resource)?;
    let operation = resource.operations.get(call.operation)?;
    let arguments = call.arguments.iter();
    let mut arguments: Vec<_> = arguments.map(|argument| ident(&argument.name)).collect();
    if let Some(body) = &call.body {
        let of_body = arguments.split_off(arguments.len().saturating_sub(body.arguments));
        arguments.push(made(sdk.types.get(body.ty.0)?, krate, &of_body)?);
    }
    Some(vec![
        format!("{}()", ident(&resource.name)),
        format!("{}({})", ident(&operation.name), arguments.join(", ")),
    ])
}

/// The struct of a body, made of local variables.
fn made(ty: &Type, krate: &str, arguments: &[String]) -> Option<String> {
    let name = ident(&ty.name);
    let Shape::Struct(shape) = &ty.shape else {
        return None;
    };
    let by_position = || format!("{krate}::types::{name}::new({})", arguments.join(", "));
    let Construction::Named {
        arguments: made_of,
        positional: false,
    } = &shape.construction
    else {
        return Some(by_position());
    };
    let fields = made_of.iter().zip(arguments).filter_map(|(at, argument)| {
        let field = shape.fields.get(*at)?;
        let is_plain = matches!(&field.ty, TypeRef::Scalar(Scalar::String))
            || field.conversion == Conversion::None;
        let name = ident(&field.name);
        Some(match (is_plain, name == *argument) {
            (true, true) => name,
            (true, false) => format!("{name}: {argument}"),
            (false, _) => format!("{name}: {argument}.into()"),
        })
    });
    let fields = fields.collect::<Vec<_>>().join(", ");
    Some(format!("{krate}::required::{name} {{ {fields} }}"))
}

/// A program that reads an event.
fn events(sdk: &Sdk, krate: &str) -> Option<String> {
    let events = sdk.events.as_ref()?;
    let name = ident(&events.name);
    let mut source = Source::default();
    source.line(&format!("use {krate}::{name};"));
    source.apart();
    source.open("fn main() -> Result<(), Box<dyn std::error::Error>> {");
    source.line("let body = std::io::read_to_string(std::io::stdin())?.into_bytes();");
    if is_signed(sdk) {
        source.line("let secret = std::env::var(\"SIGNING_SECRET\")?;");
        source.line("// In a server, the value of the header that the delivery is signed in.");
        source.line("let signature = std::env::var(\"SIGNATURE\")?;");
    }
    receive(&mut source, sdk, events, krate);
    source.line("Ok(())");
    source.close("}");
    Some(source.finish())
}

/// The statements that tell the kind of an event in `body`.
pub(super) fn receive(source: &mut Source, sdk: &Sdk, events: &Events, krate: &str) {
    let name = ident(&events.name);
    if is_signed(sdk) {
        source.line(&format!(
            "let verifier = {krate}::webhooks::Verifier::new(secret);"
        ));
        source.line("let delivery = verifier.receive_signed([signature.as_bytes()], body)?;");
        source.open("match delivery.into_event() {");
    } else {
        source.open(&format!("match {name}::parse(&body) {{"));
    }
    let kind = sdk.examples.event.and_then(|index| events.kinds.get(index));
    if let Some(kind) = kind {
        let variant = ident(&kind.variant);
        source.line(&format!(
            "{name}::{variant}(event) => println!(\"{{event:?}}\"),"
        ));
    }
    source.line(&format!(
        "{name}::Unknown(event) => println!(\"new to this version: {{event:?}}\"),"
    ));
    source.line("_ => println!(\"another event\"),");
    source.close("}");
}

pub(super) fn is_signed(sdk: &Sdk) -> bool {
    let events = sdk.events.as_ref();
    events.is_some_and(|events| events.signature.is_some())
}
