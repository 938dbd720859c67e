//! Settings of requests that may be sent again.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{ConfigError, HeaderName, Selector};

/// The requests that may be sent again when their answer is lost, beyond what HTTP says of their method.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct RetrySettings {
    /// Operations that do the same once or several times, whatever their method.
    pub repeatable: Vec<Selector>,
    /// Operations that may do something else the second time, whatever their method. Wins over all else.
    pub once: Vec<Selector>,
    /// Statuses of errors with which the API says that it did not carry out a request, so that any may be sent
    /// again: `429`, where the API documents that it counts requests before it looks at them. 401 need not be here.
    pub refused: Vec<ErrorStatus>,
    /// Properties at the top of a body, JSON or a form, whose value the answer repeats, such as an amount, wherever both have
    /// one of this name and of the same type: an answer with another value is the answer to another request. Ids in the path are
    /// compared without being here, where both are UUIDs.
    pub echoes: Vec<String>,
    /// Headers that are idempotency keys where an operation declares them, to how long the API knows a key
    /// (`90s`, `30m`, `24h`, `7d`). Nothing is sent with a key beyond its life. `Idempotency-Key` is one without being
    /// here, of which 10 minutes are assumed.
    pub lifetime: BTreeMap<String, Lifetime>,
    /// Selectors of operations that take an idempotency key although the document does not declare it, to the
    /// header.
    pub keyed: BTreeMap<Selector, HeaderName>,
}

/// A status of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[cfg_attr(feature = "schemas", schemars(extend("minimum" = 400, "maximum" = 599)))]
#[serde(try_from = "u16", into = "u16")]
pub struct ErrorStatus(u16);

impl ErrorStatus {
    /// The number.
    pub fn code(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for ErrorStatus {
    type Error = ConfigError;

    fn try_from(code: u16) -> Result<Self, ConfigError> {
        match code {
            400..=599 => Ok(Self(code)),
            _ => Err(ConfigError(format!(
                "{code} is no status of an error: expected 400 to 599"
            ))),
        }
    }
}

impl From<ErrorStatus> for u16 {
    fn from(status: ErrorStatus) -> Self {
        status.0
    }
}

/// The time for which an API knows an idempotency key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema, serde::Serialize))]
#[cfg_attr(feature = "schemas", schemars(extend("pattern" = "^[1-9][0-9]{0,6}[smhd]$")))]
#[serde(try_from = "String", into = "String")]
pub struct Lifetime(u64);

impl Lifetime {
    /// The time in seconds.
    pub fn seconds(self) -> u64 {
        self.0
    }
}

impl TryFrom<String> for Lifetime {
    type Error = ConfigError;

    fn try_from(text: String) -> Result<Self, ConfigError> {
        const UNITS: [(char, u64); 4] = [('s', 1), ('m', 60), ('h', 3600), ('d', 86_400)];
        let read = || {
            let (unit, seconds) = UNITS.iter().find(|(unit, _)| text.ends_with(*unit))?;
            let number = text.strip_suffix(*unit)?;
            let is_number = number.len() <= 7 && number.bytes().all(|it| it.is_ascii_digit());
            let number: u64 = number.parse().ok().filter(|_| is_number)?;
            (!text.starts_with('0')).then_some(Self(number * seconds))
        };
        read().ok_or_else(|| {
            ConfigError(format!(
                "`{}` is no time: expected a number and its unit, as `90s`, `30m`, `24h` or `7d`",
                text.escape_debug()
            ))
        })
    }
}

impl From<Lifetime> for String {
    fn from(lifetime: Lifetime) -> Self {
        format!("{}s", lifetime.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_number_and_a_unit() {
        let seconds = |text: &str| Lifetime::try_from(text.to_owned()).map(|it| it.0).ok();
        assert_eq!(seconds("90s"), Some(90));
        assert_eq!(seconds("30m"), Some(1800));
        assert_eq!(seconds("24h"), Some(86_400));
        assert_eq!(seconds("7d"), Some(604_800));
        for text in [
            "",
            "h",
            "24",
            "0h",
            "-1h",
            "+1h",
            "1.5h",
            "1 h",
            "1H",
            "99999999d",
            "1ü",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn only_errors_can_be_refusals() {
        for (code, fits) in [
            (200, false),
            (307, false),
            (400, true),
            (599, true),
            (600, false),
        ] {
            assert_eq!(ErrorStatus::try_from(code).is_ok(), fits, "{code}");
        }
    }
}
