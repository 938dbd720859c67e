//! The words of the portal, and where in the document of a DMS each of them is.

use http::HeaderName;
use serde::Deserialize;

/// `mapping.toml`: see `docs/inventory.md`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Mapping {
    /// The operation that lists, as `GET /vehicles`: `cargo xtask regenerate` gives it its name in the client.
    pub operation: String,
    /// Settings of the generator for this document, as in `codegen.toml`: how its list pages, where that does not show.
    #[serde(default)]
    pub codegen: toml::Table,
    /// The list.
    pub list: List,
    /// The vehicle: where in it each property stands, as a JSON pointer.
    pub vehicle: Properties,
    /// The credentials; none are sent without.
    pub auth: Option<Auth>,
}

/// The list in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct List {
    /// Where in a page the vehicles stand, as a JSON pointer; empty where the page is the list.
    pub vehicles: String,
    /// Whether the `ETag` of a page is that of the whole list. One of a page alone says nothing of the others.
    #[serde(default)]
    pub etag_of_the_whole: bool,
}

/// Where the properties of a vehicle stand in it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Properties {
    /// The identification number.
    pub vin: String,
    /// The model year, an integer or its text.
    pub year: String,
    /// The maker.
    pub make: String,
    /// The model.
    pub model: String,
    /// The price.
    pub price: String,
    /// The unit of the price.
    pub price_unit: Unit,
    /// Whether it is for sale, in the words of the DMS.
    pub status: String,
}

/// The unit of prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Integers.
    Cents,
    /// Hundreds of cents, with at most two digits behind the point.
    Dollars,
}

/// A header with the credentials.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Auth {
    /// Its name, such as `Authorization`.
    pub header: String,
    /// The text before the secret, such as `Bearer `.
    #[serde(default)]
    pub prefix: String,
}

/// Why a mapping is none.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MappingError {
    /// It does not have the form.
    #[error("the mapping cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    /// A place is no JSON pointer.
    #[error("`{property} = \"{pointer}\"` of the mapping is no JSON pointer: one begins with `/`")]
    Pointer {
        /// The key.
        property: &'static str,
        /// Its value.
        pointer: String,
    },
    /// A header cannot have this name.
    #[error("`{header}` of the mapping is no name for a header")]
    Header {
        /// The name.
        header: String,
    },
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    ///
    /// Everything that is none, before anything is pulled.
    pub fn from_toml(text: &str) -> Result<Self, MappingError> {
        let mapping: Self = toml::from_str(text)?;
        let places = &mapping.vehicle;
        let pointers = [
            ("vehicles", &mapping.list.vehicles),
            ("vin", &places.vin),
            ("year", &places.year),
            ("make", &places.make),
            ("model", &places.model),
            ("price", &places.price),
            ("status", &places.status),
        ];
        for (property, pointer) in pointers {
            let is_the_answer = property == "vehicles" && pointer.is_empty();
            if !is_the_answer && !pointer.starts_with('/') {
                let pointer = pointer.clone();
                return Err(MappingError::Pointer { property, pointer });
            }
        }
        if let Some(Auth { header, .. }) = &mapping.auth
            && HeaderName::from_bytes(header.as_bytes()).is_err()
        {
            let header = header.clone();
            return Err(MappingError::Header { header });
        }
        Ok(mapping)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAPPING: &str = r#"
        operation = "GET /cars"
        list.vehicles = ""
        vehicle = { vin = "/v", year = "/y", make = "/m", model = "/o", price = "/p", price_unit = "cents", status = "/s" }
        auth.header = "X-Key"
    "#;

    #[test]
    fn a_mapping_without_more_sends_no_condition_and_no_prefix() {
        let mapping = Mapping::from_toml(MAPPING).expect("a mapping");
        assert!(!mapping.list.etag_of_the_whole);
        assert_eq!(mapping.auth.expect("a header").prefix, "");
    }

    #[test]
    fn each_fault_of_a_mapping_is_named() {
        for (from, to, expected) in [
            ("\"/v\"", "\"vin\"", "`vin = \"vin\"`"),
            ("\"/s\"", "\"\"", "`status = \"\"`"),
            ("X-Key", "X Key", "`X Key`"),
            ("make =", "maker =", "maker"),
            ("\"cents\"", "\"pounds\"", "pounds"),
        ] {
            let refused = Mapping::from_toml(&MAPPING.replace(from, to));
            let error = refused.expect_err(expected).to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
