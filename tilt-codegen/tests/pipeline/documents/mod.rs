//! Documents that say less, or say it in another place or way, than the specifications expect.

mod beside;
mod contradictions;
mod dynamic;
mod examples;
mod findings;
mod mappings;
mod references;
mod scalars;
mod several;
mod since_3_2;

use std::fs;

use tempfile::TempDir;
use tilt_codegen::config::Config;
use tilt_codegen::diagnostic::Diagnostics;
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs, Modelled};

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn generate(inputs: &Inputs) -> Result<Modelled, Diagnostics> {
    Generator::new(Config::default()).model(inputs)
}

/// The first of these files with those that it refers to.
#[track_caller]
fn model(files: &[(&str, &str)]) -> Modelled {
    let folder = folder(files);
    let inputs = Inputs {
        openapi: Some(Input::Path(folder.path().join(files[0].0))),
        ..Inputs::default()
    };
    generate(&inputs).unwrap_or_else(|refused| panic!("{refused}"))
}

/// The findings of a kind, without their documents.
fn findings(modelled: &Modelled, code: &str) -> Vec<String> {
    let all = modelled.findings.items.iter();
    let all = all.filter(|it| it.code == code);
    all.map(|it| it.message.clone()).collect()
}
