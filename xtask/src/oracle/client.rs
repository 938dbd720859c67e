//! The crate of a client that an oracle judges, and how programs depend on it.

use super::{shown, system};
use crate::failure::Failure;
use crate::features;
use crate::project::Project;
use std::fs;
use std::path::Path;
use tilt_codegen::config::Config;
use tilt_codegen::diagnostic::Look;
use tilt_codegen::model::Sdk;
use tilt_codegen::output::{self, Target};
use tilt_codegen::recognize::Specification;
use tilt_codegen::render::{self, RenderOptions, RuntimeSource};
use tilt_codegen::source::Input;
use tilt_codegen::{Generator, Inputs};

/// Writes the package of an OpenAPI document into the folder of its name.
pub(super) fn write(
    project: &Project,
    workspace: &Path,
    package: &str,
    document: Input,
    config: Config,
) -> Result<Sdk, Failure> {
    let inputs = Inputs::one(Specification::OpenApi, document);
    let generated = Generator::new(config).generate(&inputs);
    let sdk = generated
        .map_err(|refused| Failure::Documents(refused.report(Look::Narrated)))?
        .sdk;
    let mut options = RenderOptions::new(package);
    options.runtime = RuntimeSource::Path(project.runtime().display().to_string());
    let target = Target {
        dir: &workspace.join(package),
        owned: "src",
        shared: "examples",
    };
    output::write(target, &render::package(&sdk, &options))?;
    Ok(sdk)
}

/// The line of a program's manifest by which it has a package of its workspace, without TLS.
pub(super) fn dependency(workspace: &Path, package: &str, name: &str) -> String {
    let features = features::defaults_without_tls(&workspace.join(package));
    let features = toml::Value::from(features.into_iter().collect::<Vec<_>>());
    format!(
        "{name} = {{ package = {package:?}, path = \"../{package}\", default-features = false, features = {features} }}\n"
    )
}

/// Writes a file of a program, but for one that is as it was: nothing is compiled for it.
pub(super) fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).map_err(system(shown("write", path)))
}
