//! The client of a dealer's system, from which the local Tilt pulls vehicles.

use crate::failure::Failure;
use crate::mapping::{check, config};
use crate::project::{GENERATED, Project};
use crate::sdk::{SettingsError, report};
use std::fs;
use std::path::Path;
use tilt_codegen::diagnostic::Diagnostics;
use tilt_codegen::output::{self, Report, Target};
use tilt_codegen::render::File;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

/// The outcome of writing the client.
#[derive(Debug)]
pub struct Written {
    /// The outcome for the sources.
    pub sources: Report,
    /// The parts of the document that the client cannot express.
    pub findings: Diagnostics,
}

/// Writes the client's sources, if the project has the crate for them.
pub(crate) fn write(project: &Project) -> Result<Option<Written>, Failure> {
    let dir = project.inventory();
    let Some((files, findings)) = generate(project)? else {
        return Ok(None);
    };
    let sources = output::write(target(&dir), &files)?;
    Ok(Some(Written { sources, findings }))
}

/// The differences between the client's sources and what they should be.
pub(crate) fn stale(project: &Project) -> Result<(Vec<String>, String), Failure> {
    let dir = project.inventory();
    let Some((files, _)) = generate(project)? else {
        return Ok((Vec::new(), String::new()));
    };
    let plan = output::plan(target(&dir), &files)?;
    let paths = plan.changes().iter().map(|change| change.path.clone());
    Ok((paths.collect(), plan.diff()))
}

/// All sources, and what they do not show; `None` where the project has no such crate, as one that the documents are only tried in.
fn generate(project: &Project) -> Result<Option<(Vec<File>, Diagnostics)>, Failure> {
    if !project.inventory().is_dir() {
        return Ok(None);
    }
    let path = project.dms().join("mapping.toml");
    let text = fs::read_to_string(&path).map_err(|error| SettingsError::Io {
        path: path.clone(),
        error,
    })?;
    let mapping = |error| Failure::Mapping {
        path: path.clone(),
        error,
    };
    let config = config(&text).map_err(mapping)?;
    let inputs = Inputs {
        openapi: Some(Input::Path(project.dms().join("openapi.json"))),
        ..Inputs::default()
    };
    let generated = Generator::new(config).generate(&inputs);
    let generated = generated.map_err(|found| Failure::Documents(report(&found)))?;
    check(&generated.sdk).map_err(mapping)?;
    let files = generated.files.into_iter().map(|file| File {
        path: format!("{GENERATED}/{}", file.path),
        contents: file.contents,
    });
    Ok(Some((files.collect(), generated.findings)))
}

fn target(dir: &Path) -> Target<'_> {
    Target {
        dir,
        owned: GENERATED,
        shared: "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r#"{
        "openapi": "3.1.0",
        "info": {"title": "Cars", "version": "1"},
        "paths": {"/cars": {"get": {
            "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer"}}],
            "responses": {"200": {
                "description": "Some cars",
                "content": {"application/json": {"schema": {"type": "array", "items": {"type": "object"}}}}
            }}
        }}}
    }"#;

    /// A project that has nothing but a document and a mapping that names an operation.
    fn project(folder: &Path, document: &str, operation: &str) -> Project {
        let project = Project::at(folder);
        fs::create_dir_all(project.inventory()).expect("a folder");
        fs::create_dir_all(project.dms()).expect("a folder");
        fs::write(project.dms().join("openapi.json"), document).expect("a document");
        let mapping = format!("operation = \"{operation}\"\n[vehicle]\nvin = \"/vin\"");
        fs::write(project.dms().join("mapping.toml"), mapping).expect("a mapping");
        project
    }

    #[test]
    fn an_operation_that_is_not_there_or_has_no_pages_is_refused() {
        let unpaged = DOCUMENT.replace("\"page\"", "\"color\"");
        for (document, operation, expected) in [
            (DOCUMENT, "GET /trucks", "that `operation` names"),
            (&unpaged, "GET /cars", "`[codegen.pagination]`"),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            let project = project(folder.path(), document, operation);
            let error = write(&project).expect_err(expected).to_string();
            assert!(error.contains(expected), "{error}");
            assert!(
                !project.inventory().join("src").exists(),
                "nothing is written"
            );
        }
    }

    #[test]
    fn a_client_is_stale_until_it_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let without = write(&Project::at(folder.path()));
        assert!(without.expect("nothing to do").is_none());
        let project = project(folder.path(), DOCUMENT, "GET /cars");
        let (before, _) = stale(&project).expect("a plan");
        let resource = "src/generated/resources/inventory.rs".to_owned();
        assert!(before.contains(&resource), "{before:?}");

        let written = write(&project).expect("the client").expect("the client");

        assert!(written.sources.written.contains(&resource), "{written:?}");
        let (after, _) = stale(&project).expect("a plan");
        assert!(after.is_empty(), "{after:?}");
        let source = fs::read_to_string(project.inventory().join(resource)).expect("a source");
        assert!(source.contains("pub fn list(&self)"), "{source}");
    }
}
