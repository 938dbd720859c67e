//! Text that must not be seen.

use crate::data::Wire;
use crate::data::content::Content;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A text that gives access to something, such as a one-time URL or a password. It travels like any
/// other text, and shows itself only to those who ask for it by [`expose`](Self::expose).
///
/// Comparing two takes the same time wherever they differ, and its memory is overwritten when it goes. That
/// holds for this text, and for bodies of JSON and forms that it goes out with. It does not for the body that it came in,
/// for multipart bodies, and for what the HTTP stack and the operating system copy.
#[derive(Clone)]
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    /// The text. It does not belong into a log.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The text. It does not belong into a log.
    pub fn into_exposed(mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

impl From<String> for SecretText {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for SecretText {
    fn from(text: &str) -> Self {
        Self(text.to_owned().into())
    }
}

impl PartialEq for SecretText {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for SecretText {}

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
        String::deserialize(deserializer).map(Self::from)
    }
}

impl Wire for SecretText {
    fn from_value(value: Content<'_>) -> Result<Self, Content<'_>> {
        String::from_value(value).map(Self::from)
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

    #[test]
    fn secrets_are_equal_as_texts_are() {
        let one = SecretText::from("one");
        assert_eq!(one, SecretText::from("one".to_owned()));
        assert_ne!(one, SecretText::from("two"));
        assert_ne!(one, SecretText::from("one more"));
        assert_eq!(one.clone().into_exposed(), "one");
    }
}
