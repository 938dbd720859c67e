//! Text that must not be seen.

use crate::Wire;
use crate::content::Content;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use std::fmt;

/// A text that gives access to something, such as a one-time URL or a password. It travels like any
/// other text, and shows itself only to those who ask for it by [`expose`](Self::expose).
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(String);

impl SecretText {
    /// The text. It does not belong into a log.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The text. It does not belong into a log.
    pub fn into_exposed(self) -> String {
        self.0
    }
}

impl From<String> for SecretText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for SecretText {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[REDACTED]")
    }
}

impl Serialize for SecretText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for SecretText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

impl Wire for SecretText {
    fn from_value(value: Content<'_>) -> Result<Self, Content<'_>> {
        String::from_value(value).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_travels_and_does_not_show() {
        let secret: SecretText = serde_json::from_str("\"https://x/?token=t\"").unwrap();
        assert_eq!(secret.expose(), "https://x/?token=t");
        assert_eq!(format!("{secret:?}"), "[REDACTED]");
        assert_eq!(
            serde_json::to_string(&secret).unwrap(),
            "\"https://x/?token=t\""
        );
    }
}
