//! The text that a signature is made of, as a setting.

use serde::Deserialize;

use super::ConfigError;

/// The text that is signed, as `{id}.{timestamp}.{body}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[cfg_attr(
    feature = "schemas",
    schemars(extend("pattern" = r"^([^{}]|\{(id|timestamp)\})*\{body\}([^{}]|\{(id|timestamp)\})*$"))
)]
#[serde(try_from = "String", into = "String")]
pub struct SignedText(Vec<SignedPart>);

/// A part of the text that is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignedPart {
    /// This text.
    Text(String),
    /// `{id}`: the id of the delivery, from its header.
    Id,
    /// `{timestamp}`: the time of signing, as the delivery has it.
    Timestamp,
    /// `{body}`: the raw body.
    Body,
}

impl SignedText {
    /// The parts in their order.
    pub fn parts(&self) -> &[SignedPart] {
        &self.0
    }
}

impl Default for SignedText {
    fn default() -> Self {
        Self(vec![SignedPart::Body])
    }
}

impl TryFrom<String> for SignedText {
    type Error = ConfigError;

    fn try_from(text: String) -> Result<Self, ConfigError> {
        let wrong = || {
            ConfigError(format!(
                "`{}` cannot be signed: expected a text with `{{body}}` once, and `{{timestamp}}` and `{{id}}` where \
                 they are signed, such as `{{timestamp}}.{{body}}`",
                text.escape_debug()
            ))
        };
        let mut parts = Vec::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            if !before.is_empty() {
                parts.push(SignedPart::Text(before.to_owned()));
            }
            let named = from.strip_prefix('{').and_then(|it| it.split_once('}'));
            let (name, after) = named.ok_or_else(wrong)?;
            parts.push(match name {
                "id" => SignedPart::Id,
                "timestamp" => SignedPart::Timestamp,
                "body" => SignedPart::Body,
                _ => return Err(wrong()),
            });
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(SignedPart::Text(rest.to_owned()));
        }
        let bodies = parts.iter().filter(|part| **part == SignedPart::Body);
        match bodies.count() {
            1 => Ok(Self(parts)),
            _ => Err(wrong()),
        }
    }
}

impl From<SignedText> for String {
    fn from(text: SignedText) -> Self {
        let parts = text.0.iter().map(|part| match part {
            SignedPart::Text(text) => text.as_str(),
            SignedPart::Id => "{id}",
            SignedPart::Timestamp => "{timestamp}",
            SignedPart::Body => "{body}",
        });
        parts.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_text_is_written_as_it_is_read() {
        for text in [
            "{body}",
            "v0:{timestamp}:{body}",
            "{id}.{timestamp}.{body}",
            "{body}{id}!",
        ] {
            let read = SignedText::try_from(text.to_owned());
            assert_eq!(read.map(String::from), Ok(text.to_owned()));
        }
        for text in [
            "",
            "body",
            "{body}{body}",
            "{url}{body}",
            "{body",
            "body}",
            "{{body}}",
            "{id}",
        ] {
            assert!(SignedText::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
