//! The keys of events in databases.

use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// The length that an id may have to be stored as it is: indexes hold no long texts.
const LONGEST: usize = 255;

/// The id of an event, or its digest where it is too long for an index or has a character that databases do not take.
pub(super) fn key(id: &str) -> Cow<'_, str> {
    const HASHED: &str = "sha256:";
    if id.len() <= LONGEST && !id.contains('\0') && !id.starts_with(HASHED) {
        return Cow::Borrowed(id);
    }
    let digest = Sha256::digest(id.as_bytes());
    let digits = digest.iter().map(|byte| format!("{byte:02x}"));
    Cow::Owned(digits.fold(HASHED.to_owned(), |key, digit| key + &digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_short_and_of_one_id() {
        assert_eq!(key("evt_1"), "evt_1");
        let (long, other) = ("a".repeat(300), "a".repeat(301));
        for odd in [long.as_str(), other.as_str(), "a\0", "b\0", "sha256:a"] {
            assert_eq!(key(odd).len(), 71, "{odd:?}");
        }
        assert_ne!(key(&long), key(&other));
        assert_ne!(key("a\0"), key("b\0"));
    }
}
