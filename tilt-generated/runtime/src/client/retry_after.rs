//! The `Retry-After` header.

use http::HeaderMap;
use http::header::RETRY_AFTER;
use std::time::{Duration, SystemTime};

/// The longest wait that is taken at its word.
const LONGEST: u64 = 30 * 24 * 60 * 60;

/// The time that the header asks to wait (RFC 9110, section 10.2.3): in seconds, or until a date, which is compared with
/// the clock at hand.
pub(crate) fn of(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let longest = Duration::from_secs(LONGEST);
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        let date = httpdate::parse_http_date(text).ok()?;
        // One that has passed asks for nothing.
        return Some(date.duration_since(now).unwrap_or_default().min(longest));
    }
    let seconds = text.parse().unwrap_or(LONGEST);
    Some(Duration::from_secs(seconds).min(longest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn of_text(text: &'static str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(text));
        of(&headers, now())
    }

    /// Wed, 21 Oct 2015 07:28:00 GMT
    fn now() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_445_412_480)
    }

    #[test]
    fn seconds_are_read_and_bounded() {
        assert_eq!(of_text("7"), Some(Duration::from_secs(7)));
        let longest = Some(Duration::from_secs(LONGEST));
        assert_eq!(of_text("99999999999999999999999"), longest);
        assert_eq!(of_text("-1"), None);
        assert_eq!(of_text("soon"), None);
        assert_eq!(of(&HeaderMap::new(), now()), None);
    }

    #[test]
    fn a_date_is_read_as_the_time_until_then() {
        let seconds = |text| of_text(text).map(|it| it.as_secs());
        assert_eq!(seconds("Wed, 21 Oct 2015 07:28:10 GMT"), Some(10));
        assert_eq!(seconds("Wednesday, 21-Oct-15 07:29:00 GMT"), Some(60));
        assert_eq!(seconds("Wed, 21 Oct 2015 07:27:59 GMT"), Some(0));
        assert_eq!(seconds("Tue, 01 Jan 2030 00:00:00 GMT"), Some(LONGEST));
        assert_eq!(seconds("Wed, 21 Oct 2015"), None);
    }
}
