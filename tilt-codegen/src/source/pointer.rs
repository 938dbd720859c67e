//! JSON pointers (RFC 6901).

use serde_json::Value;
use std::borrow::Cow;

/// A key as it stands in a JSON pointer: `~` is `~0`, `/` is `~1`.
pub fn escape(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) {
        Cow::Owned(key.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(key)
    }
}

/// The key that a piece of a JSON pointer stands for.
pub fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}

/// The unescaped pieces of a pointer; `None` if it is neither empty nor starts with a slash.
pub(super) fn tokens(pointer: &str) -> Option<impl Iterator<Item = Cow<'_, str>>> {
    let rest = match pointer.strip_prefix('/') {
        Some(rest) => Some(rest),
        None if pointer.is_empty() => None,
        None => return None,
    };
    Some(
        rest.into_iter()
            .flat_map(|rest| rest.split('/'))
            .map(unescape),
    )
}

/// The child that a piece of a pointer names.
pub(super) fn child<'v>(value: &'v Value, token: &str) -> Option<&'v Value> {
    match value {
        Value::Object(members) => members.get(token),
        Value::Array(elements) => elements.get(array_index(token)?),
        _ => None,
    }
}

/// An array index as RFC 6901 writes it: no sign, no leading zero.
pub(super) fn array_index(token: &str) -> Option<usize> {
    let canonical = token == "0" || token.starts_with(|c: char| ('1'..='9').contains(&c));
    if canonical && token.bytes().all(|b| b.is_ascii_digit()) {
        token.parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_survive_escaping() {
        for key in ["", "a", "a/b", "~1", "~01", "a~b/c~", "/~0"] {
            assert_eq!(unescape(&escape(key)), key);
        }
    }

    #[test]
    fn only_canonical_array_indexes_count() {
        assert_eq!(array_index("0"), Some(0));
        assert_eq!(array_index("10"), Some(10));
        for wrong in [
            "",
            "00",
            "01",
            "-1",
            "+1",
            "1e1",
            "x",
            "99999999999999999999999",
        ] {
            assert_eq!(array_index(wrong), None, "{wrong}");
        }
    }
}
