//! The model as Rust source files.

mod answer;
mod answer_docs;
mod body;
mod by_type;
mod call;
mod client;
mod condition;
mod constraints;
mod construction;
mod environments;
mod events;
mod examples;
mod front_page;
mod headers;
mod index;
mod json_text;
mod lints;
mod method;
mod operation;
mod operation_docs;
mod package;
mod quoted;
mod readme;
mod resources;
mod root;
mod samples;
mod schemas;
mod security;
mod server;
mod source;
mod type_ref;
mod types;

pub use crate::file::{File, HEADER};
pub use crate::identifier::package_name;
pub use package::{RenderOptions, RuntimeSource};

use crate::model::Sdk;
use condition::Conditions;

/// The source tree, with all operations: for a crate that declares no feature for each tag.
pub fn sources(sdk: &Sdk) -> Vec<File> {
    source_tree(sdk, Conditions::None)
}

fn source_tree(sdk: &Sdk, conditions: Conditions) -> Vec<File> {
    let mut files = vec![root::file(sdk)];
    if sdk.is_called() {
        files.push(client::file(sdk, conditions));
        files.extend(resources::files(sdk, conditions));
    }
    if let Some(served) = sdk.served.as_ref().filter(|_| sdk.is_served()) {
        files.extend(server::files(sdk, served));
        files.extend((!served.constraints.is_empty()).then(|| constraints::of_server(served)));
    }
    if sdk.is_called() && !sdk.constraints.is_empty() {
        files.push(constraints::of_client(sdk, conditions));
    }
    if sdk.has_headers() {
        files.push(headers::file(sdk));
    }
    if let Some(events) = &sdk.events {
        files.push(events::events(sdk, events));
        files.extend(events::webhooks(events));
    }
    if !sdk.types.is_empty() {
        files.extend(construction::is_needed(sdk).then(|| construction::file(sdk, conditions)));
        files.extend(types::files(sdk, conditions));
    }
    if !sdk.samples.is_empty() {
        files.push(samples::file(sdk, conditions));
    }
    if !sdk.definitions.is_empty() {
        files.push(schemas::file(sdk, conditions));
    }
    files
}

/// A whole crate: manifest, README, and the source tree under `src/generated`.
pub fn package(sdk: &Sdk, options: &RenderOptions) -> Vec<File> {
    let mut files = package::files(sdk, options);
    let sources = source_tree(sdk, Conditions::Stated);
    files.extend(sources.into_iter().map(|file| File {
        path: format!("src/generated/{}", file.path),
        ..file
    }));
    files
}
