//! Reads one object of a document into an `openapiv3` type, without what lies below it.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::diagnostic::{Code, Problem, Problems};
use crate::source::Node;

/// Reads the members `keys` of `node` into a `T`, starting from `blank` (a minimal valid `T`).
///
/// A member that `T` refuses is left out and reported, so a harmless fault (a null list, a map for
/// a description) costs that member alone. `None` only where even `blank` is refused.
pub(super) fn read<T: DeserializeOwned>(
    node: Node<'_>,
    what: &str,
    keys: &[&str],
    blank: Value,
    problems: &mut Problems,
) -> Option<T> {
    let Value::Object(blank) = blank else {
        return None;
    };
    let mut whole = blank.clone();
    for key in keys {
        copy(node, key, &mut whole);
    }
    if let Ok(read) = serde_json::from_value(Value::Object(whole)) {
        return Some(read);
    }
    let mut accepted = blank;
    for key in keys {
        let mut candidate = accepted.clone();
        copy(node, key, &mut candidate);
        match serde_json::from_value::<T>(Value::Object(candidate.clone())) {
            Ok(_) => accepted = candidate,
            Err(error) => {
                let at = node.get(key).unwrap_or(node);
                problems.push(Problem::new(
                    Code::MALFORMED_MEMBER,
                    at,
                    format!("`{key}` of this {what} is ignored: {error}"),
                ));
            }
        }
    }
    serde_json::from_value(Value::Object(accepted)).ok()
}

fn copy(node: Node<'_>, key: &str, into: &mut Map<String, Value>) {
    if let Some(child) = node.get(key)
        && !child.value.is_null()
    {
        into.insert(key.to_owned(), child.value.clone());
    }
}
