//! The `Retry-After` header.

use http::HeaderMap;
use http::header::RETRY_AFTER;
use std::time::Duration;

/// The longest wait that is taken at its word.
const LONGEST: u64 = 30 * 24 * 60 * 60;

/// How many seconds the header asks for. A date, its other form, would need a clock that agrees with
/// the server's, and is left to the user, who finds it in the headers.
pub(crate) fn of(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds = text.parse().unwrap_or(LONGEST);
    Some(Duration::from_secs(seconds.min(LONGEST)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn of_text(text: &'static str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(text));
        of(&headers)
    }

    #[test]
    fn seconds_are_read_and_bounded() {
        assert_eq!(of_text("7"), Some(Duration::from_secs(7)));
        let longest = Some(Duration::from_secs(LONGEST));
        assert_eq!(of_text("99999999999999999999999"), longest);
        assert_eq!(of_text("-1"), None);
        assert_eq!(of_text("Wed, 21 Oct 2015 07:28:00 GMT"), None);
        assert_eq!(of(&HeaderMap::new()), None);
    }
}
