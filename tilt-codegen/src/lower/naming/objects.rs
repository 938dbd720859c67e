//! How many things an operationId is about.

use crate::identifier;
use crate::lower::naming::own::{is_preposition, own_words};
use crate::lower::naming::unnamed::Unnamed;

/// Whether an operation at the path of all is about many, as far as its author says.
pub(super) fn names_many(operation: &Unnamed<'_>, resource: &str) -> bool {
    let own = own_words(operation);
    !own.is_empty() && !names_one(&own, resource)
}

/// Whether an operationId is about one of a resource's things: `remove_permission_from_role` of permissions.
pub(super) fn names_one(own: &[String], resource: &str) -> bool {
    let Some((_, rest)) = own.split_first() else {
        return false;
    };
    let object: Vec<String> = rest
        .iter()
        .take_while(|word| matches!(word.as_str(), "a" | "the") || !is_preposition(word))
        .cloned()
        .collect();
    let one = identifier::words(&identifier::singular(resource));
    let is_one = |last: &String| !identifier::is_plural(last);
    object.ends_with(&one) && object.last().is_some_and(is_one)
}
