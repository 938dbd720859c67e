//! The comments of a generated crate as rustdoc puts them together, by the parser
//! that rustdoc has. Tests and fuzz targets share it.

mod comments;
mod document;
mod fault;

pub(crate) use comments::comments;
pub(crate) use document::document;
pub(crate) use fault::{fault, is_invisible};

use std::collections::BTreeSet;
use tilt_codegen::config::Config;
use tilt_codegen::diagnostic::Diagnostics;
use tilt_codegen::render::{self, File, RenderOptions};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

/// The crate that is generated for an OpenAPI document.
pub(crate) fn package(document: &serde_json::Value) -> Result<Vec<File>, Diagnostics> {
    let inputs = Inputs {
        openapi: Some(Input::Bytes {
            name: "api.json".into(),
            bytes: document.to_string().into_bytes(),
        }),
        ..Inputs::default()
    };
    let modelled = Generator::new(Config::default()).model(&inputs)?;
    let options = RenderOptions::new("api");
    Ok(render::package(&modelled.sdk, &options))
}

/// The first thing in the files of a crate that rustdoc must not see, and where.
pub(crate) fn fault_in(files: &[File]) -> Option<String> {
    let sources = || files.iter().filter(|file| file.path.ends_with(".rs"));
    let declared: BTreeSet<String> = sources()
        .flat_map(|file| comments::names(&file.contents))
        .collect();
    // Links of the generator itself are to what it made, or to the runtime.
    let is_own = |target: &str| {
        let last = target.rsplit("::").next().unwrap_or_default();
        ["rt::Error", "Error::", "ClientBuilder::"]
            .iter()
            .any(|own| target.trim_start_matches('`').starts_with(own))
            || declared.contains(last)
    };
    for file in files {
        let invisible = |c: char| c != '\n' && is_invisible(c);
        // Control characters are escaped in literals, and Cargo.toml and README are for people.
        if file.contents.contains(invisible) && !file.path.ends_with(".rs") {
            return Some(format!("{}: an invisible character", file.path));
        }
    }
    for file in sources() {
        for comment in comments(&file.contents) {
            // The generator's own programs are on the front page alone.
            let comment = match file.path.as_str() {
                "src/lib.rs" => comment.replace("```no_run", "```text"),
                _ => comment,
            };
            if let Some(fault) = fault(&comment, is_own) {
                return Some(format!("{}: {fault}\n{comment}", file.path));
            }
        }
    }
    let readme = files.iter().find(|file| file.path == "README.md")?;
    let text = readme
        .contents
        .replacen("<!-- ", "", 1)
        .replacen("rust,no_run", "text", 1);
    fault(&text, |_| false).map(|fault| format!("README.md: {fault}"))
}
