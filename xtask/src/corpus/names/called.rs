//! Deeds that are named as if something were made or changed: `embed.create` for POST `/embed`, called `embed`.

use tilt_codegen::model::{HttpMethod, Operation, Resource};

use super::words::{deed, stem, words};

/// Whether a resource or a part is what its operationId says is done.
pub(super) fn is_deed(resource: &Resource, operation: &Operation) -> bool {
    let tags = operation.tags.iter().flat_map(|tag| words(tag));
    let groups: Vec<String> = tags.chain(["api".to_owned()]).collect();
    let statics: Vec<Vec<String>> = operation
        .path
        .split('/')
        .filter(|part| !part.is_empty() && !part.contains('{') && !is_version(part))
        .map(words)
        .collect();
    let Some((last, around)) = statics.split_last() else {
        return false;
    };
    let id = words(&operation.id);
    let Some(group) = id.strip_suffix(last.as_slice()) else {
        return false;
    };
    let around: Vec<String> = around
        .iter()
        .flatten()
        .chain(&groups)
        .map(|it| stem(it))
        .collect();
    // A verb in front says that something is made or changed.
    if !group
        .iter()
        .all(|word| around.contains(&stem(word)) && deed(word).is_none())
    {
        return false;
    }
    let is_thing = last.len() == 1 && stem(&last[0]) != last[0] && last[0].ends_with('s');
    operation.method == HttpMethod::Post
        && statics.len() == 1
        && !is_thing
        && is_made(resource, operation, last)
}

/// Whether a resource is its path's one word, under which there is nothing but one POST that makes it.
fn is_made(resource: &Resource, operation: &Operation, word: &[String]) -> bool {
    let is_tag = operation.tags.iter().any(|tag| words(tag) == word);
    operation.name == "create"
        && resource.operations.len() == 1
        && words(&resource.name) == word
        && !is_tag
}

fn is_version(part: &str) -> bool {
    let number = part.strip_prefix('v').unwrap_or("");
    number.starts_with(|c: char| c.is_ascii_digit()) || part == "api"
}
