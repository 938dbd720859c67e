//! Days, in UTC.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

/// A day, such as 2026-01-31. Later days are greater.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(String);

/// No day of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is no day such as 2026-01-31", .0.escape_debug())]
pub struct NotADate(String);

impl Date {
    /// The day of a moment.
    pub fn of(moment: SystemTime) -> Self {
        let text = humantime::format_rfc3339_seconds(moment).to_string();
        Self(text.chars().take(10).collect())
    }
}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let midnight = humantime::parse_rfc3339(&format!("{text}T00:00:00Z"));
        let day = midnight.map(Date::of);
        day.ok()
            .filter(|day| day.0 == text)
            .ok_or_else(|| NotADate(text.to_owned()))
    }
}

impl TryFrom<String> for Date {
    type Error = NotADate;

    fn try_from(text: String) -> Result<Self, NotADate> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_one_of_the_calendar() {
        let day = |text: &str| text.parse::<Date>();
        assert!(day("2026-01-31").unwrap() < day("2026-02-01").unwrap());
        for text in [
            "2026-02-30",
            "2026-1-1",
            "soon",
            "",
            "2026-01-31T00:00:00Z",
            "26-01-31",
        ] {
            assert_eq!(day(text), Err(NotADate(text.to_owned())));
        }
        assert_eq!(Date::of(SystemTime::UNIX_EPOCH).to_string(), "1970-01-01");
    }
}
