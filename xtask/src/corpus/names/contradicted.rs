//! Methods that deny what their operationId says.

use tilt_codegen::model::{HttpMethod, Operation};

use super::words::{CREATING, Deed, deed, stem, words};

/// Whether an operationId begins with a verb that the method's name denies. A verb that is only the
/// HTTP method again is a tool's.
pub(super) fn contradicts(resource: &str, operation: &Operation) -> bool {
    let http = operation.method.as_str().to_lowercase();
    if operation.id.contains(&operation.path) {
        // It has none.
        return false;
    }
    let own = operation.id.rsplit(['/', '.', '#', ':']).next();
    let mut id = words(own.unwrap_or_default());
    // The noun that it is grouped under.
    let segments = operation.path.split('/').chain([resource]);
    let groups = segments
        .chain(operation.tags.iter().map(String::as_str))
        .map(words);
    let group = groups
        .filter(|group| {
            let rest = id
                .strip_prefix(group.as_slice())
                .and_then(|rest| rest.first());
            let is_verb = group.first().is_some_and(|word| deed(word).is_some());
            rest.is_some_and(|rest| !is_verb || group.len() > 1 && deed(rest).is_some())
        })
        .map(|group| group.len())
        .max();
    id.drain(..group.unwrap_or(0));
    let named = words(operation.name.trim_start_matches("r#"));
    let Some(verb) = id.first().filter(|verb| **verb != http) else {
        return false;
    };
    let (Some(said), Some(first)) = (deed(verb), named.first()) else {
        return false;
    };
    if named.contains(verb) || words(&operation.id).contains(first) {
        return false;
    }
    // `patch-byEntityId` for `/patch.byEntityId` has no word but those of the path.
    let path = words(&operation.path);
    if words(&operation.id).iter().all(|word| path.contains(word))
        && operation.method == HttpMethod::Get
    {
        return false;
    }
    let Some(done) = deed(first).filter(|done| !matches!(done, Deed::Other(_))) else {
        return false;
    };
    // To move something is to create one of the moves.
    let is_thing = words(resource)
        .last()
        .is_some_and(|last| stem(last) == stem(verb));
    if done == Deed::Create && (is_thing || CREATING.contains(&verb.as_str())) {
        return false;
    }
    let said_last = id.last().and_then(|last| deed(last));
    if id.len() > 1 && said_last == Some(done) {
        return false;
    }
    // One reads a thing or many.
    let lists_one = verb == "list" && first == "get";
    said != done || lists_one
}
