//! The manifest that is in the crate's folder before anything is generated.

use super::failure::Failure;
use std::io::ErrorKind;
use std::path::Path;
use tilt_codegen::output;
use toml::Table;

/// The facts of a `Cargo.toml` that count here.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// The package's name, where it has one.
    pub(crate) name: Option<String>,
    /// It depends on `tilt-runtime`, under the name that generated code uses.
    pub(crate) has_runtime: bool,
    /// Its first line says that it is generated.
    pub(crate) is_generated: bool,
    /// The crates that it depends on, by the names that code has for them.
    pub(crate) dependencies: Vec<String>,
}

impl Manifest {
    /// The one in a folder, if there is one.
    pub(crate) fn read(folder: &Path) -> Result<Option<Self>, Failure> {
        let path = folder.join("Cargo.toml");
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Failure::Read { path, error }),
        };
        match text.parse() {
            Ok(manifest) => Ok(Some(Self {
                is_generated: output::is_generated(&text),
                ..Self::of(&manifest)
            })),
            Err(error) => Err(Failure::Manifest { path, error }),
        }
    }

    fn of(manifest: &Table) -> Self {
        let package = manifest.get("package");
        let name = package.and_then(|package| package.get("name")?.as_str());
        let dependencies = manifest.get("dependencies").and_then(|it| it.as_table());
        let has_runtime = |it: &Table| it.keys().any(|key| key.replace('_', "-") == "tilt-runtime");
        Self {
            name: name.map(str::to_owned),
            has_runtime: dependencies.is_some_and(has_runtime),
            is_generated: false,
            dependencies: dependencies
                .into_iter()
                .flat_map(Table::keys)
                .cloned()
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(text: &str) -> Manifest {
        Manifest::of(&text.parse().unwrap())
    }

    #[test]
    fn the_name_is_that_of_the_package() {
        let name = |text| manifest(text).name;
        assert_eq!(name("package.name = \"a\""), Some("a".to_owned()));
        assert_eq!(name("[package]\nversion = \"1.0.0\""), None);
        assert_eq!(name("[workspace]\nmembers = []\n[lib]\nname = \"b\""), None);
        assert_eq!(name("package = 1"), None);
    }

    #[test]
    fn the_runtime_is_a_dependency_by_the_name_that_code_uses() {
        for (text, expected) in [
            ("dependencies.tilt-runtime = \"1\"", true),
            ("[dependencies.tilt_runtime]\npath = \"..\"", true),
            (
                "dependencies.runtime = { package = \"tilt-runtime\", version = \"1\" }",
                false,
            ),
            ("dev-dependencies.tilt-runtime = \"1\"", false),
            ("dependencies = 1", false),
        ] {
            assert_eq!(manifest(text).has_runtime, expected, "{text}");
        }
    }
}
