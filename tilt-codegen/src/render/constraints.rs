//! The constraints on requests: `constraints.rs` of the client and `server_constraints.rs` of the server, data that nothing
//! reads until there is a request.

use super::File;
use super::condition::Conditions;
use super::json_text;
use super::source::Source;
use crate::model::{Constraints, Sdk, Served};

pub(super) fn of_client(sdk: &Sdk, conditions: Conditions) -> File {
    let is_gated = !conditions.declared(&sdk.features).is_empty();
    file("constraints.rs", &sdk.constraints, is_gated)
}

pub(super) fn of_server(served: &Served) -> File {
    file("server_constraints.rs", &served.constraints, false)
}

/// `is_gated`: some are left over where some features are not turned on.
fn file(path: &str, all: &[Constraints], is_gated: bool) -> File {
    let mut source = Source::generated();
    source.line("//! The constraints on requests, as the documents of the API state them.");
    source.apart();
    if is_gated {
        source.line("#![allow(dead_code, reason = \"some features have fewer operations\")]");
        source.apart();
    }
    source.line("use tilt_runtime as rt;");
    for constraints in all {
        source.apart();
        write(&mut source, constraints);
    }
    File {
        path: path.to_owned(),
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
