//! Methods as HTTP has them, in words.

use crate::identifier;
use crate::lower::naming::deeds::{self, Effect};
use crate::lower::naming::objects::names_one;
use crate::lower::naming::offered::Offered;
use crate::lower::naming::own::{own_words, singular};
use crate::lower::naming::segments::{self, Segment};
use crate::lower::naming::unnamed::{Sent, Unnamed};
use crate::lower::naming::verbs::{self, rare};
use crate::lower::naming::words;
use crate::model::HttpMethod;

pub(super) fn on_collection(operation: &Unnamed<'_>) -> String {
    match operation.method {
        HttpMethod::Get => "list",
        HttpMethod::Post => "create",
        HttpMethod::Put => "replace_all",
        HttpMethod::Patch => "update_all",
        HttpMethod::Delete => "delete_all",
        other => return rare(other).to_owned(),
    }
    .to_owned()
}

pub(super) fn on_item(operation: &Unnamed<'_>) -> String {
    match operation.method {
        HttpMethod::Get => "get",
        HttpMethod::Post | HttpMethod::Patch => "update",
        HttpMethod::Put if says_update(operation) => "update",
        HttpMethod::Put => "replace",
        HttpMethod::Delete => "delete",
        other => rare(other),
    }
    .to_owned()
}

/// The verb of an operation on what is found some way: of one thing, or of several.
pub(super) fn on_what_is_found(operation: &Unnamed<'_>) -> String {
    match on_item(operation) {
        get if get == "get" && operation.answer.is_list() => "list".to_owned(),
        other => other,
    }
}

/// Whether one of many comes to what it is a part of, and nothing of it is sent: POST `/groups/{id}/members/{member}`.
pub(super) fn is_joined(operation: &Unnamed<'_>) -> bool {
    let is_unsaid = || match (operation.method, verbs::said(operation)) {
        (HttpMethod::Put, None) => true,
        (HttpMethod::Put, Some(said)) => said == ["put"],
        _ => own_words(operation).is_empty(),
    };
    matches!(operation.method, HttpMethod::Post | HttpMethod::Put)
        && operation.sent == Sent::Nothing
        && is_unsaid()
}

/// There is one of it: `/health`, `/me`.
pub(super) fn on_single(operation: &Unnamed<'_>) -> String {
    match operation.method {
        HttpMethod::Post => "create".to_owned(),
        _ => on_item(operation),
    }
}

/// `/payments/{id}/void`, `/orders/search`: something about, or done to, what stands before it.
/// A part that is read under the same path is a noun: `/settings/facet-search`.
pub(super) fn on_part(
    operation: &Unnamed<'_>,
    part: &str,
    (of_item, is_read, is_alone): (bool, bool, bool),
) -> String {
    let first = part.split('_').next().unwrap_or(part);
    // `PUT /workflows/{id}/enable`, called `enable-workflow`, is done and not replaced.
    let own = own_words(operation);
    let done = own.first().is_some_and(|word| word == first);
    // `getSearchCutoff` gets a cutoff, and `updateFacetSearch` searches nothing.
    let http = operation.method.as_str().to_lowercase();
    let is_verb = |word: &String| {
        let is_said = *word != http || operation.method == HttpMethod::Get;
        word != first && is_said && deeds::effect(word).is_some()
    };
    let is_object = part.contains('_')
        && own.first().is_some_and(is_verb)
        && own.iter().skip(1).any(|word| word == first);
    let is_deed = !is_object
        && !is_read
        && part.contains('_')
        && part.split('_').next_back().is_some_and(deeds::may_be_verb);
    match operation.method {
        HttpMethod::Post => posted(operation, part, is_read),
        HttpMethod::Put | HttpMethod::Patch if is_deed => part.to_owned(),
        HttpMethod::Put if done => part.to_owned(),
        HttpMethod::Put | HttpMethod::Patch | HttpMethod::Delete
            if !is_read && is_summed_up(operation, part) =>
        {
            part.to_owned()
        }
        HttpMethod::Put if own.first().is_some_and(|word| word == "set") => format!("set_{part}"),
        // Nothing is there that could be replaced.
        HttpMethod::Put if of_item && is_alone && is_unsaid_deed(operation, part) => {
            part.to_owned()
        }
        HttpMethod::Put | HttpMethod::Patch if !is_read && is_so_called(operation, part) => {
            part.to_owned()
        }
        HttpMethod::Get
            if done && deeds::effect(first).is_some() || !is_object && VERBS.contains(&first) =>
        {
            part.to_owned()
        }
        HttpMethod::Get if verbs::says_list(operation) && !part.contains("list") => {
            format!("list_{part}")
        }
        HttpMethod::Get if is_told_many(operation, part) => {
            format!("list_{}", identifier::plural(part))
        }
        HttpMethod::Get => is_so(&own, part).unwrap_or_else(|| format!("get_{part}")),
        HttpMethod::Put if of_item && !is_object && VERBS.contains(&first) => part.to_owned(),
        HttpMethod::Put if says_update(operation) => format!("update_{part}"),
        HttpMethod::Put => format!("replace_{part}"),
        HttpMethod::Patch => format!("update_{part}"),
        HttpMethod::Delete => removed(operation, part, done),
        other => format!("{}_{part}", rare(other)),
    }
}

/// A part is deleted, where it does not say itself what is done.
fn removed(operation: &Unnamed<'_>, part: &str, is_said: bool) -> String {
    let verb = part.split('_').next().unwrap_or(part);
    let deletes = deeds::effect(verb) == Some(Effect::Delete);
    match begins_with_deed(part) && (is_said || deletes || is_unsaid(operation)) {
        true => part.to_owned(),
        false => format!("delete_{part}"),
    }
}

/// The question that an operationId ends in: `is_merged` of `repoPullRequestIsMerged`, for `/pulls/{index}/merge`.
fn is_so(own: &[String], part: &str) -> Option<String> {
    const STEM: usize = 4;
    let stem = part.get(..STEM).unwrap_or(part);
    match own {
        [.., is, so] if is == "is" && so.starts_with(stem) => Some(format!("is_{so}")),
        _ => None,
    }
}

/// A POST to a part does it, as far as nobody says more.
fn posted(operation: &Unnamed<'_>, part: &str, is_read: bool) -> String {
    if PRONOUNS.contains(&part) {
        return match verbs::said(operation) {
            Some(said) => said.join("_"),
            None => "create".to_owned(),
        };
    }
    if part == "new" {
        return "create".to_owned();
    }
    match making(operation).filter(|_| is_read) {
        Some(verb) => format!("{verb}_{part}"),
        None => part.to_owned(),
    }
}

/// The verb that a summary begins with, where something comes into being by it and nothing else says so: a POST beside the
/// GET of one secret would read as if it were got.
fn making(operation: &Unnamed<'_>) -> Option<String> {
    if !is_unsaid(operation) {
        return None;
    }
    let words = identifier::words(operation.summary?);
    let first = words.first()?;
    let verb = ["add", "create", "generate", "regenerate", "renew", "rotate"]
        .into_iter()
        .find(|verb| {
            first
                .strip_prefix(verb)
                .is_some_and(|rest| matches!(rest, "" | "s"))
        });
    verb.map(str::to_owned)
}

/// Whether a summary begins with a part as what is done to something: PUT `/branches/{branch}/protect`, "Protect a branch".
fn is_summed_up(operation: &Unnamed<'_>, part: &str) -> bool {
    let words = operation.summary.map(identifier::words).unwrap_or_default();
    let [verb, article, _, ..] = words.as_slice() else {
        return false;
    };
    let is_verb = verb
        .strip_prefix(part)
        .is_some_and(|rest| matches!(rest, "" | "s" | "es"));
    let is_article = matches!(
        article.as_str(),
        "a" | "all" | "an" | "one" | "the" | "this"
    );
    is_verb && is_article && is_unsaid(operation)
}

/// Whether a part is a list, and its author says so: `getComments` of `/issue/{id}/comment`.
fn is_told_many(operation: &Unnamed<'_>, part: &str) -> bool {
    let many = identifier::plural(part);
    many != part
        && operation.answer.is_list()
        && own_words(operation).ends_with(&identifier::words(&many))
}

/// Whether a change of a part is called as the part is, behind what that is of: PATCH `/orders/{id}/snooze`, called
/// `orders_snooze`. An update is said to be one, and a status is a thing in any case.
fn is_so_called(operation: &Unnamed<'_>, part: &str) -> bool {
    let is_thing = identifier::is_plural(part)
        || identifier::words(part)
            .last()
            .is_some_and(|word| words::GENERIC.contains(&word.as_str()));
    if is_thing {
        return false;
    }
    let one = |word: &String| identifier::singular(word);
    let around = identifier::words(operation.path);
    let tags = operation.tags.iter().flat_map(|tag| identifier::words(tag));
    let known: Vec<String> = around.into_iter().chain(tags).map(|it| one(&it)).collect();
    let own = own_words(operation);
    let owner = own.strip_suffix(identifier::words(part).as_slice());
    owner.is_some_and(|owner| {
        let mut owner = owner.iter();
        owner.all(|word| known.contains(&one(word)) && deeds::effect(word).is_none())
    })
}

/// Whether the last word of a path may be a verb, or its last words begin with one, and its operationId has no other.
fn is_unsaid_deed(operation: &Unnamed<'_>, part: &str) -> bool {
    (deeds::may_be_verb(part) || begins_with_deed(part)) && is_unsaid(operation)
}

/// Whether an operationId says no more than path and HTTP method do.
fn is_unsaid(operation: &Unnamed<'_>) -> bool {
    own_words(operation).is_empty() || verbs::is_echo(operation)
}

/// Whether several words begin with a verb that does more than get or create, and is no noun: `sign_out`, `destroy_many`.
fn begins_with_deed(part: &str) -> bool {
    part.split_once('_').is_some_and(|(verb, _)| {
        let effect = deeds::effect(verb);
        matches!(effect, Some(Effect::Delete | Effect::Other)) && !deeds::NOUNS.contains(&verb)
    })
}

/// Verbs that are done to what stands before them.
const VERBS: &[&str] = &[
    "find",
    "search",
    "get",
    "list",
    "check",
    "contains",
    "count",
    "exists",
    "export",
    "download",
    "query",
    "lookup",
    "validate",
    "verify",
    "login",
    "logout",
    "preview",
    "calculate",
];

/// Names of the one that asks, or of the one that is meant: nothing is done to it by its name.
const PRONOUNS: &[&str] = &["me", "self", "mine", "current"];

/// The author's word for a PUT to the path of all; an item's is the plain one.
pub(super) fn on_all(
    operation: &Unnamed<'_>,
    segments: &[Segment],
    (resource, said): (&str, Option<&[String]>),
    offered: &Offered,
) -> String {
    let item = [segments, &[Segment::Parameter]].concat();
    let is_changed = offered.changed.contains(&segments::beginning(&item));
    match (word_for_one(operation, resource), said) {
        (Some(verb), _) if verb != "replace" || !is_changed => verb,
        (_, Some([verb])) if verb == "update" => match is_changed {
            true => "update_all".to_owned(),
            false => verb.clone(),
        },
        // `save-audiobooks?ids=…` replaces nothing.
        (_, Some([verb]))
            if operation.picks && operation.sent == Sent::Nothing
                || verb == "save" && operation.sent == Sent::One =>
        {
            verb.clone()
        }
        _ if operation.sent == Sent::One && !is_changed => "replace".to_owned(),
        _ => "replace_all".to_owned(),
    }
}

/// The word for a change or removal at the path of all, of which not all are meant: the author names one, or the request
/// says which. Where one can be removed by itself, those are many.
pub(super) fn on_some(
    operation: &Unnamed<'_>,
    segments: &[Segment],
    resource: &str,
    offered: &Offered,
) -> String {
    let verb = match operation.method {
        HttpMethod::Delete => "delete",
        _ => "update",
    };
    let own = own_words(operation);
    if let Some(means) = by_means(&own, operation.path) {
        return format!("{verb}_{means}");
    }
    let is_delete = operation.method == HttpMethod::Delete;
    let is_unsaid = own.is_empty() && is_delete;
    let is_one = names_one(&own, resource) || is_unsaid && operation.sent == Sent::One;
    let is_said = !own.is_empty() && !own.iter().any(|word| word == "all");
    let is_picked = operation.picks && is_delete && is_said;
    match offered.has_one(operation.method, segments) {
        false if is_picked => verb.to_owned(),
        false if is_one && !offered.is_of_many(operation.method, segments) => verb.to_owned(),
        true if is_picked => format!("{verb}_many"),
        _ => format!("{verb}_all"),
    }
}

/// By means of what those are found that an operationId speaks of, and its path does not: `by_name` of
/// `volumes_delete_byName`.
fn by_means(own: &[String], path: &str) -> Option<String> {
    let at = own.iter().position(|word| word == "by")?;
    let path: Vec<String> = singular(&identifier::words(path));
    let means = &own[at + 1..];
    let is_new = singular(means).iter().any(|word| !path.contains(word));
    is_new.then(|| own[at..].join("_"))
}

/// The word for a PUT of one thing to the path of all: `savePet` for `/pets`.
fn word_for_one(operation: &Unnamed<'_>, resource: &str) -> Option<String> {
    let own = own_words(operation);
    let (verb, noun) = own.split_first()?;
    let is_one =
        noun.join("_") == identifier::singular(resource) && !identifier::is_plural(noun.last()?);
    let verb = match verb.as_str() {
        "put" => "replace",
        verb => verb,
    };
    let is_change = verb != "update" && deeds::effect(verb) == Some(Effect::Update);
    (is_one && is_change).then(|| verb.to_owned())
}

/// Whether an operationId calls a PUT an update, as most people do.
fn says_update(operation: &Unnamed<'_>) -> bool {
    let words = operation.id.map(identifier::words).unwrap_or_default();
    let own = own_words(operation);
    words
        .iter()
        .chain(own.first())
        .any(|word| matches!(word.as_str(), "update" | "edit" | "modify" | "change"))
}
