//! Dates with a time as moments of the system's clock.

use super::{DateTime, FormatError};
use std::time::{Duration, SystemTime};

impl DateTime {
    /// The moment that it stands for, to the nanosecond. A leap second is the second after it.
    ///
    /// # Errors
    ///
    /// When the text has another format, or the system's clock cannot express it.
    pub fn to_system_time(&self) -> Result<SystemTime, FormatError> {
        let moment = match self.is_valid() {
            true => moment(self.as_str()),
            false => None,
        };
        moment.ok_or(Self::EXPECTED)
    }
}

/// The moment of a text of RFC 3339.
fn moment(text: &str) -> Option<SystemTime> {
    let (clock, rest) = text.get(11..)?.split_at_checked(8)?;
    let number = |text: &str| text.parse::<i64>().ok();
    let (year, month, day) = (text.get(..4)?, text.get(5..7)?, text.get(8..10)?);
    let (hour, minute, second) = (clock.get(..2)?, clock.get(3..5)?, clock.get(6..)?);
    let day = days(number(year)?, number(month)?, number(day)?);
    let clock = number(hour)? * 3600 + number(minute)? * 60 + number(second)?;
    let digits = rest.strip_prefix('.').unwrap_or_default();
    let digits = digits.split(|c: char| !c.is_ascii_digit()).next()?;
    // Digits beyond the nanosecond are left out.
    let nanoseconds = format!("{digits:0<9}").get(..9)?.parse().ok()?;
    let ahead = match rest.rsplit_once(['+', '-']) {
        Some((before, offset)) => {
            let (hours, minutes) = offset.split_once(':')?;
            let seconds = number(hours)? * 3600 + number(minutes)? * 60;
            match rest[before.len()..].starts_with('-') {
                true => -seconds,
                false => seconds,
            }
        }
        None => 0,
    };
    let seconds = day * 86_400 + clock - ahead;
    let whole = Duration::from_secs(seconds.unsigned_abs());
    let whole = match seconds < 0 {
        true => SystemTime::UNIX_EPOCH.checked_sub(whole)?,
        false => SystemTime::UNIX_EPOCH.checked_add(whole)?,
    };
    whole.checked_add(Duration::from_nanos(nanoseconds))
}

/// The days from 1970 to a date of the Gregorian calendar. Years are counted from March, so that a leap day is the last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = match month > 2 {
        true => (year, month - 3),
        false => (year - 1, month + 9),
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let days_before_month = (153 * month + 2) / 5;
    // From 1 March of the year 0 to 1970.
    year * 365 + leap_days + days_before_month + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<f64> {
        let time = DateTime::verbatim(text).to_system_time().ok()?;
        Some(match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => after.as_secs_f64(),
            Err(before) => -before.duration().as_secs_f64(),
        })
    }

    #[test]
    fn moments_are_counted_from_1970_in_utc() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", 0.0),
            ("1969-12-31T23:59:59.5Z", -0.5),
            ("2026-11-26T19:00:00Z", 1_795_719_600.0),
            ("2026-11-26T19:00:00.250z", 1_795_719_600.25),
            ("2026-11-26 20:30:00+01:30", 1_795_719_600.0),
            ("2026-11-26t14:00:00.0-05:00", 1_795_719_600.0),
            ("2000-02-29T00:00:00Z", 951_782_400.0),
            ("2000-03-01T00:00:00Z", 951_868_800.0),
            ("0000-01-01T00:00:00Z", -62_167_219_200.0),
            ("9999-12-31T23:59:59Z", 253_402_300_799.0),
            ("2016-12-31T23:59:60Z", 1_483_228_800.0),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for text in [
            "",
            "2026-11-26",
            "2026-02-29T00:00:00Z",
            "2026-11-26T19:00:00",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[cfg(feature = "jiff")]
    #[test]
    fn moments_are_those_of_another_calendar() {
        for day in (0..1_000_000_i64).step_by(137) {
            let second = (day - 500_000) * 86_399;
            let stamp = jiff::Timestamp::from_second(second).expect("in range");
            let time = SystemTime::from(stamp);
            let text = DateTime::verbatim(stamp.to_string());
            assert_eq!(text.to_system_time(), Ok(time), "{stamp}");
        }
    }
}
