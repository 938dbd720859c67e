//! Resource and method of an operation whose path names no thing, by an operationId in parts.
//!
//! Google's paths are a version and the full name of a resource (`/v1/{name}:approve`, AIP-127 and AIP-136), or letters
//! (`/b/{bucket}/o`), and its operationIds say the collection and the method: `storage.objects.compose`.

use crate::identifier;
use crate::lower::naming::deeds::effect;
use crate::lower::naming::own::own_words;
use crate::lower::naming::segments::{self, Segment, is_version};
use crate::lower::naming::unnamed::Unnamed;
use crate::model::HttpMethod;

/// So many letters are no word for a thing.
const LETTERS: usize = 2;

/// The last two parts of the operationId.
pub(super) fn name(operation: &Unnamed<'_>, segments: &[Segment]) -> Option<(String, String)> {
    let (resource, method) = parts(operation.id?)?;
    let (resource, method) = (identifier::snake(resource), identifier::snake(method));
    let says_nothing = |text: &str| is_version(text) || text.len() <= LETTERS || text == method;
    let mut texts = segments.iter().filter_map(|segment| match segment {
        Segment::Static(text) => Some(text.as_str()),
        Segment::Parameter | Segment::Action(_) => None,
    });
    let is_nameless =
        segments.contains(&Segment::Parameter) || texts.clone().any(|text| text.len() <= LETTERS);
    if !is_nameless || !texts.all(says_nothing) {
        return None;
    }
    let method = match (method.as_str(), operation.method) {
        ("patch", HttpMethod::Patch) => "update".to_owned(),
        ("update", HttpMethod::Put) => "replace".to_owned(),
        _ => method,
    };
    Some((resource, method))
}

/// Resource and method of a path that is a version and a full name, where the operationId is a verb and a noun:
/// `LibraryService_GetShelf` of `/v1/{name}`, and `initiatePayment` of `/v1/{service}/{product}`.
pub(super) fn of_noun(operation: &Unnamed<'_>, segments: &[Segment]) -> Option<(String, String)> {
    let is_version = |it: &Segment| matches!(it, Segment::Static(text) if is_version(text));
    let is_named = |it: &Segment| matches!(it, Segment::Static(_)) && !is_version(it);
    let is_of_version = segments.iter().any(is_version) && segments.contains(&Segment::Parameter);
    if !is_of_version || segments.iter().any(is_named) {
        return None;
    }
    let own = own_words(operation);
    let (verb, noun) = own.split_first()?;
    let is_done = segments
        .iter()
        .any(|it| matches!(it, Segment::Action(done) if done == verb));
    if noun.is_empty() || !is_done && effect(verb).is_none() {
        return None;
    }
    let of_path = identifier::words(&segments::last_parameter(operation.path));
    let (noun, rest) = match !of_path.is_empty() && noun.starts_with(&of_path) {
        true => noun.split_at(of_path.len()),
        false => (noun, &[][..]),
    };
    let method = match (verb.as_str(), rest) {
        ("patch", []) => "update".to_owned(),
        (verb, []) => verb.to_owned(),
        (verb, rest) => format!("{verb}_{}", rest.join("_")),
    };
    Some((identifier::plural(&noun.join("_")), method))
}

/// Neither a sentence nor the path of a file.
fn parts(id: &str) -> Option<(&str, &str)> {
    let (around, method) = id.rsplit_once('.')?;
    let resource = around.rsplit('.').next()?;
    let is_word = |text: &str| {
        let mut letters = text.chars();
        letters.next().is_some_and(char::is_alphabetic)
            && letters.all(|it| it.is_alphanumeric() || it == '_' || it == '-')
    };
    (id.split('.').all(is_word)).then_some((resource, method))
}

#[cfg(test)]
mod tests {
    use crate::lower::naming::paths;
    use crate::lower::naming::unnamed::{Answer, Sent, Unnamed};
    use crate::model::HttpMethod;
    use std::collections::BTreeMap;

    fn named(method: HttpMethod, path: &str, id: &str) -> String {
        let operation = Unnamed {
            path,
            method,
            id: Some(id),
            tags: &["projects".to_owned()],
            summary: None,
            answer: Answer::Unknown,
            sent: Sent::Unknown,
            picks: false,
        };
        let named = paths::name(&[operation], &BTreeMap::new(), |_| None);
        format!("{}.{}", named[0].resource, named[0].method)
    }

    #[test]
    fn a_path_of_a_full_name_has_the_collection_of_its_operation_id() {
        let id = "accessapproval.projects.approvalRequests.approve";
        assert_eq!(
            named(HttpMethod::Post, "/v1/{name}:approve", id),
            "approval_requests.approve"
        );
        let id = "keys.projects.locations.keyRings.getIamPolicy";
        assert_eq!(
            named(HttpMethod::Get, "/v1/{resource}:getIamPolicy", id),
            "key_rings.get_iam_policy"
        );
        assert_eq!(
            named(HttpMethod::Patch, "/v1/{name}", "run.services.patch"),
            "services.update"
        );
    }

    #[test]
    fn a_path_of_a_full_name_has_the_noun_of_its_operation_id() {
        for (method, path, id, expected) in [
            (
                HttpMethod::Get,
                "/v1/{name}",
                "LibraryService_GetShelf",
                "shelves.get",
            ),
            (
                HttpMethod::Patch,
                "/v1/{book.name}",
                "LibraryService_UpdateBook",
                "books.update",
            ),
            (
                HttpMethod::Post,
                "/v1/{name}:merge",
                "LibraryService_MergeShelves",
                "shelves.merge",
            ),
            (
                HttpMethod::Get,
                "/v1/{name=shelves/*}",
                "LibraryService_GetShelf",
                "shelves.get",
            ),
            (
                HttpMethod::Get,
                "/v1/{service}/{product}/{paymentId}",
                "getPaymentInformation",
                "payments.get_information",
            ),
        ] {
            assert_eq!(named(method, path, id), expected, "{path}");
        }
    }

    #[test]
    fn letters_are_no_nouns() {
        assert_eq!(
            named(HttpMethod::Get, "/b/{bucket}/o", "storage.objects.list"),
            "objects.list"
        );
        let compose = "/b/{bucket}/o/{object}/compose";
        assert_eq!(
            named(HttpMethod::Post, compose, "storage.objects.compose"),
            "objects.compose"
        );
    }

    #[test]
    fn a_path_with_a_noun_names_itself() {
        let path = "/v1/{parent}/approvalRequests";
        assert_eq!(
            named(HttpMethod::Get, path, "a.projects.approvalRequests.list"),
            "approval_requests.list"
        );
        assert_eq!(
            named(HttpMethod::Get, "/orders/{id}", "shop.things.get"),
            "orders.get"
        );
    }
}
