//! Names of headers as settings.

use serde::Deserialize;

use super::ConfigError;

/// The name of a header (RFC 9110, 5.1).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[cfg_attr(feature = "schemas", schemars(extend("pattern" = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")))]
#[serde(try_from = "String", into = "String")]
pub struct HeaderName(String);

impl HeaderName {
    /// The name as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for HeaderName {
    type Error = ConfigError;

    fn try_from(name: String) -> Result<Self, ConfigError> {
        let is_token =
            |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if !name.is_empty() && name.bytes().all(is_token) {
            return Ok(Self(name));
        }
        Err(ConfigError(format!(
            "`{}` is no name of a header: expected letters, digits and `-`",
            name.escape_debug()
        )))
    }
}

impl From<HeaderName> for String {
    fn from(name: HeaderName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_a_token() {
        assert!(HeaderName::try_from("X-Hub-Signature-256".to_owned()).is_ok());
        for name in ["", "a b", "a:", "ä", "a\n"] {
            assert!(HeaderName::try_from(name.to_owned()).is_err(), "{name}");
        }
    }
}
