//! Headers that carry secrets.

use bytes::Bytes;
use http::HeaderValue;
use zeroize::Zeroizing;

/// A header of these texts that shows nothing, and whose memory is overwritten once the last request that
/// carries it is gone; `None` where they do not fit a header.
pub(crate) fn secret_header(texts: &[&str]) -> Option<HeaderValue> {
    // All of the capacity at once: growing would leave copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(
        texts.iter().map(|text| text.len()).sum(),
    ));
    for text in texts {
        bytes.extend_from_slice(text.as_bytes());
    }
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(bytes)).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// `Bearer …`, if the token has no characters that break the header.
pub(crate) fn bearer(token: &str) -> Option<HeaderValue> {
    secret_header(&["Bearer ", token])
}
