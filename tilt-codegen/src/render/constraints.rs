//! The constraints on requests: `constraints.rs`, data that nothing reads until a request is sent.

use super::File;
use super::condition::Conditions;
use super::json_text;
use super::source::Source;
use crate::model::{Constraints, Sdk};

pub(super) fn file(sdk: &Sdk, conditions: Conditions) -> File {
    let mut source = Source::generated();
    source.line("//! The constraints on requests, as the documents of the API state them.");
    source.apart();
    if !conditions.declared(&sdk.features).is_empty() {
        source.line("#![allow(dead_code, reason = \"some features have fewer operations\")]");
        source.apart();
    }
    source.line("use tilt_runtime as rt;");
    for constraints in &sdk.constraints {
        source.apart();
        write(&mut source, constraints);
    }
    File {
        path: "constraints.rs".to_owned(),
        contents: source.finish(),
    }
}

fn write(source: &mut Source, constraints: &Constraints) {
    let name = &constraints.name;
    source.open(&format!(
        "pub(super) static {name}: rt::Constraints = rt::Constraints::new("
    ));
    source.line("r##\"");
    json_text::lines(&constraints.schema, source);
    source.line("\"##,");
    let references = constraints.references.iter();
    let references: Vec<_> = references.map(|name| format!("&{name}")).collect();
    source.list("&[", &references, "],");
    source.close(");");
}
