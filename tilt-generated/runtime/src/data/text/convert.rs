//! To the types of other crates and back, each crate behind the feature of its name.

#[cfg(any(
    feature = "jiff",
    feature = "chrono",
    feature = "time",
    feature = "uuid"
))]
use super::FormatError;

#[cfg(feature = "uuid")]
impl From<uuid::Uuid> for super::Uuid {
    fn from(id: uuid::Uuid) -> Self {
        Self::verbatim(id.hyphenated().to_string())
    }
}

#[cfg(feature = "uuid")]
impl super::Uuid {
    /// The UUID of the `uuid` crate.
    ///
    /// # Errors
    ///
    /// When the text is no UUID.
    pub fn to_uuid(&self) -> Result<uuid::Uuid, FormatError> {
        uuid::Uuid::try_parse(self.as_str()).map_err(|_| Self::EXPECTED)
    }
}

#[cfg(any(feature = "jiff", feature = "chrono"))]
macro_rules! conversions {
    ($($feature:literal $method:ident: $type:ident => $target:ty, $read:expr, $write:expr;)+) => { $(
        #[cfg(feature = $feature)]
        impl super::$type {
            #[doc = concat!("The value of the `", $feature, "` crate.")]
            ///
            /// # Errors
            ///
            /// When the text has another format, or that crate cannot express it.
            pub fn $method(&self) -> Result<$target, FormatError> {
                let read: fn(&str) -> Option<$target> = $read;
                read(self.as_str()).ok_or(Self::EXPECTED)
            }
        }

        #[cfg(feature = $feature)]
        impl From<$target> for super::$type {
            fn from(value: $target) -> Self {
                let write: fn($target) -> String = $write;
                Self::verbatim(write(value))
            }
        }
    )+ };
}

#[cfg(feature = "jiff")]
conversions! {
    "jiff" to_jiff: DateTime => jiff::Timestamp, |text| text.parse().ok(), |value| value.to_string();
    "jiff" to_jiff: Date => jiff::civil::Date, |text| text.parse().ok(), |value| value.to_string();
    "jiff" to_jiff: Time => jiff::civil::Time, |text| text.parse().ok(), |value| value.to_string();
    "jiff" to_jiff: Duration => jiff::Span, |text| text.parse().ok(), |value| value.to_string();
}

#[cfg(feature = "chrono")]
conversions! {
    "chrono" to_chrono: DateTime => chrono::DateTime<chrono::FixedOffset>,
        |text| chrono::DateTime::parse_from_rfc3339(text).ok(), |value| value.to_rfc3339();
    "chrono" to_chrono: Date => chrono::NaiveDate,
        |text| text.parse().ok(), |value| value.to_string();
    "chrono" to_chrono: Time => chrono::NaiveTime,
        |text| text.parse().ok(), |value| value.to_string();
}

#[cfg(feature = "chrono")]
impl From<chrono::DateTime<chrono::Utc>> for super::DateTime {
    fn from(value: chrono::DateTime<chrono::Utc>) -> Self {
        Self::verbatim(value.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
    }
}

#[cfg(feature = "time")]
impl super::DateTime {
    /// The value of the `time` crate.
    ///
    /// # Errors
    ///
    /// When the text has another format, or that crate cannot express it.
    pub fn to_time(&self) -> Result<time::OffsetDateTime, FormatError> {
        let format = &time::format_description::well_known::Rfc3339;
        time::OffsetDateTime::parse(self.as_str(), format).map_err(|_| Self::EXPECTED)
    }
}

/// Fails for years that RFC 3339 cannot write.
#[cfg(feature = "time")]
impl TryFrom<time::OffsetDateTime> for super::DateTime {
    type Error = FormatError;

    fn try_from(value: time::OffsetDateTime) -> Result<Self, FormatError> {
        let format = &time::format_description::well_known::Rfc3339;
        value
            .format(format)
            .map(Self::verbatim)
            .map_err(|_| Self::EXPECTED)
    }
}

#[cfg(all(
    test,
    feature = "jiff",
    feature = "chrono",
    feature = "time",
    feature = "uuid"
))]
mod tests {
    use crate::data::{Date, DateTime, Duration, Time, Uuid};

    #[test]
    fn every_crate_takes_and_gives_the_same_instant() {
        let text: DateTime = "2025-01-31T09:30:00Z".parse().expect("valid");
        let jiff = text.to_jiff().expect("jiff");
        let chrono = text.to_chrono().expect("chrono");
        let time = text.to_time().expect("time");
        assert_eq!(jiff.as_second(), chrono.timestamp());
        assert_eq!(jiff.as_second(), time.unix_timestamp());
        assert_eq!(DateTime::from(jiff), text);
        assert_eq!(DateTime::from(chrono.to_utc()), text);
        assert_eq!(DateTime::try_from(time), Ok(text));
    }

    #[test]
    fn dates_times_durations_and_ids() {
        let (date, time) = (Date::verbatim("2025-01-31"), Time::verbatim("09:30:00"));
        assert_eq!(Date::from(date.to_jiff().expect("jiff")), date);
        assert_eq!(Date::from(date.to_chrono().expect("chrono")), date);
        assert_eq!(Time::from(time.to_jiff().expect("jiff")), time);
        assert_eq!(Time::from(time.to_chrono().expect("chrono")), time);
        assert_eq!(
            Duration::verbatim("P1DT12H")
                .to_jiff()
                .expect("jiff")
                .get_hours(),
            12
        );
        let id = Uuid::verbatim("0190a7c2-5b0e-7d2e-8f57-0b2b6d3f4a11");
        assert_eq!(Uuid::from(id.to_uuid().expect("uuid")), id);
    }

    #[test]
    fn what_is_no_date_is_an_error_with_its_text_kept() {
        let text = DateTime::verbatim("yesterday");
        assert!(text.to_jiff().is_err() && text.to_chrono().is_err() && text.to_time().is_err());
        assert_eq!(text.as_str(), "yesterday");
    }
}
