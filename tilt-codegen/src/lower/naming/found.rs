//! Operations on one of many, and by what that is found.

use crate::identifier;
use crate::lower::naming::deeds;
use crate::lower::naming::methods::{is_joined, on_item, on_what_is_found};
use crate::lower::naming::own::own_words;
use crate::lower::naming::segments::{self, Segment};
use crate::lower::naming::unnamed::Unnamed;

/// The name of an operation on one of many, or to those that stand in a way to something: `automations.get_related_to_resource` for
/// `/automations/related-to/{resource_id}`.
pub(super) fn one_of(
    operation: &Unnamed<'_>,
    (statics, segments): (&[(usize, &str)], &[Segment]),
    last: &str,
) -> (String, String) {
    if let [.., Segment::Parameter, Segment::Parameter] = segments
        && let Some(object) = inner(operation, last)
    {
        return (last.to_owned(), format!("{}_{object}", on_item(operation)));
    }
    match statics {
        [.., (_, owner), _] if is_means(last) || is_key(operation, last) => {
            let means = last.strip_prefix("by_").unwrap_or(last);
            let way = format!("{}_by_{means}", on_what_is_found(operation));
            ((*owner).to_owned(), way)
        }
        [.., (_, owner), _] if segments::is_label(last) || leads_to_others(last) => {
            let what = segments::last_parameter(operation.path);
            let verb = match segments::is_label(last) {
                true => on_item,
                false => on_what_is_found,
            };
            let way = [verb(operation), last.to_owned(), what].join("_");
            ((*owner).to_owned(), way)
        }
        [_, .., _] if is_joined(operation) => (last.to_owned(), "add".to_owned()),
        _ => (last.to_owned(), on_item(operation)),
    }
}

/// The thing that an operationId speaks of and that has no word in the path but a second parameter's: `object` of `deleteObject`, for
/// `/indexes/{index}/{objectID}`.
fn inner(operation: &Unnamed<'_>, resource: &str) -> Option<String> {
    let own = own_words(operation);
    let (verb, object) = own.split_first()?;
    let object = object.join("_");
    let is_inner = object == segments::last_parameter(operation.path)
        && object != identifier::singular(resource);
    (is_inner && deeds::effect(verb).is_some()).then_some(object)
}

/// Whether a word is no noun, but that by which things are found: `by_name`, or `external_id`.
fn is_means(word: &str) -> bool {
    let is_id = word.split('_').skip(1).any(|word| word == "id");
    word.starts_with("by_") || is_id
}

/// Whether a word is the name of what stands behind it: `/applications/key={key}`.
pub(super) fn is_key(operation: &Unnamed<'_>, word: &str) -> bool {
    operation.path.contains(&format!("/{word}={{"))
}

/// Whether words are no noun before what stands behind them: `related_to`, `of`.
fn leads_to_others(words: &str) -> bool {
    let last = words.rsplit('_').next().unwrap_or(words);
    matches!(last, "by" | "for" | "from" | "of" | "to" | "with")
}
