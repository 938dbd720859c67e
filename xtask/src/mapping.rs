//! How a client of a dealer's system is generated: the part of a mapping that is no matter of the client itself.

use tilt_codegen::config::{Config, ConfigError};
use tilt_codegen::model::Sdk;
use toml::{Table, Value};

/// The resource and the name of the operation that lists, whatever it is called in its document.
const LIST: (&str, &str) = ("inventory", "list");

/// Why a mapping does not say how the client is to be generated.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// It is no TOML.
    #[error(transparent)]
    Toml(#[from] toml::de::Error),
    /// It does not say which operation lists.
    #[error("`operation` is missing: the operation that lists, such as \"GET /vehicles\"")]
    NoOperation,
    /// The document does not have the operation.
    #[error("the document has no operation that `operation` names")]
    NoSuchOperation,
    /// The list has no pages.
    #[error(
        "the document does not show how the list goes on after a page: say so in `[codegen.pagination]`, as docs/lists.md has it"
    )]
    NoPages,
    /// Its settings of the generator are none.
    #[error("`[codegen]`: {0}")]
    Config(#[from] ConfigError),
}

/// The settings of the generator that a mapping has.
pub(crate) fn config(mapping: &str) -> Result<Config, MappingError> {
    let mut mapping: Table = mapping.parse()?;
    let operation = match mapping.remove("operation") {
        Some(Value::String(operation)) => operation,
        _ => return Err(MappingError::NoOperation),
    };
    let settings = match mapping.remove("codegen") {
        Some(Value::Table(settings)) => settings,
        _ => Table::new(),
    };
    let mut config = Config::from_toml(&settings.to_string())?;
    let (resource, method) = LIST;
    let name = format!("{resource}.{method}");
    config.operations.rename.insert(operation, name);
    config.parts.samples = false;
    config.parts.server = true;
    Ok(config)
}

/// Whether the client has what the local Tilt calls of it.
pub(crate) fn check(sdk: &Sdk) -> Result<(), MappingError> {
    let (resource, method) = LIST;
    let resource = sdk.resources.iter().find(|it| it.name == resource);
    let mut operations = resource.iter().flat_map(|it| &it.operations);
    let list = operations.find(|it| it.name == method);
    match list.ok_or(MappingError::NoSuchOperation)?.pagination {
        Some(_) => Ok(()),
        None => Err(MappingError::NoPages),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operation_gets_its_name_and_the_settings_count() {
        let mapping = "operation = \"GET /cars\"\n[codegen.pagination]\nstyle = \"page\"\npage = \"p\"\nitems = \"cars\"\n[vehicle]\nvin = \"/v\"";
        let config = config(mapping).expect("settings");
        assert_eq!(config.operations.rename["GET /cars"], "inventory.list");
        assert!(config.pagination.is_some());
    }

    #[test]
    fn a_mapping_that_says_nothing_of_the_client_is_refused() {
        for (mapping, expected) in [
            ("[list]", "`operation` is missing"),
            ("operation = 7", "`operation` is missing"),
            ("operation", "TOML"),
            ("operation = \"a\"\n[codegen]\npages = 1", "`[codegen]`"),
        ] {
            let error = config(mapping).expect_err(expected).to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
