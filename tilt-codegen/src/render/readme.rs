//! The README of a crate.

use super::HEADER;
use super::examples;
use super::source::{code, ident};
use crate::model::Sdk;

/// A crate, as its README shows it.
pub(super) struct About<'t> {
    /// The crate as programs name it.
    pub(super) krate: &'t str,
    /// The package.
    pub(super) name: &'t str,
    /// The title of the API in one line.
    pub(super) title: &'t str,
    /// The table of features.
    pub(super) features: &'t str,
}

pub(super) fn text(sdk: &Sdk, about: &About<'_>) -> String {
    let kind = match sdk.is_served() && !sdk.is_called() {
        true => "server",
        false => "client",
    };
    let mut text = format!(
        "<!-- {} -->\n\n# {}\n\nA Rust {kind} for {}, version {} of the API.\n",
        HEADER.trim_start_matches("// "),
        about.name,
        code(about.title),
        code(&sdk.info.version),
    );
    if !sdk.info.beginning.0.is_empty() {
        text.push_str(&format!("\n{}\n", sdk.info.beginning.0));
    }
    let alone = || {
        sdk.is_called()
            .then(|| examples::client_alone(sdk, about.krate))
    };
    if let Some(program) = examples::first_call(sdk, about.krate).or_else(alone) {
        text.push_str("\n```rust,no_run\n");
        text.push_str(&program);
        text.push_str("```\n");
    }
    text.push_str(
        "\nTypes keep what they do not know: properties in `extra`, values in `Unknown`. What was \
         read is written back unchanged. The guide is the first page of the crate's documentation.\n",
    );
    if !sdk.programs.is_empty() {
        let names = sdk.programs.iter().map(|it| format!("`{}`", it.name()));
        let names: Vec<_> = names.collect();
        text.push_str(&format!(
            "\nPrograms to start from are in `examples`: {}.\n",
            names.join(", ")
        ));
    }
    text.push_str(&server(sdk, about.krate).unwrap_or_default());
    text.push_str("\n## Features\n\n");
    text.push_str(about.features);
    text
}

/// The beginning of a server, where one is made.
fn server(sdk: &Sdk, krate: &str) -> Option<String> {
    let of_paths = sdk.resources.first().map(|it| ("server", it));
    let received = sdk.received.first().map(|it| ("received", it));
    let (side, resource) = of_paths.or(received).filter(|_| sdk.is_served())?;
    let (module, group) = (ident(&resource.name), &resource.type_name);
    Some(format!(
        "\n## Server\n\nWith the feature `server`, each group of operations is a trait, and an implementation is a router of axum:\n\n\
         ```rust,ignore\n\
         use {krate}::{side}::{module}::{{self, {group}}};\n\n\
         struct Api;\n\n\
         // A method that is left out answers 501.\n\
         impl {group} for Api {{}}\n\n\
         let router = {module}::service(Api).into_router();\n\
         ```\n\nOperations that need credentials are refused until `authorized_by` names who judges them.\n"
    ))
}
