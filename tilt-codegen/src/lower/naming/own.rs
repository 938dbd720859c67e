//! The words of an operationId that are its author's.

use crate::identifier;
use crate::lower::naming::deeds::{PLAIN, effect};
use crate::lower::naming::segments::{Segment, segments};
use crate::lower::naming::unnamed::Unnamed;

/// The words of an operationId that are its author's: without the group that stands before them, and
/// without path and HTTP method behind them, which frameworks add.
pub(super) fn own_words(operation: &Unnamed<'_>) -> Vec<String> {
    let Some(id) = operation.id.filter(|id| !id.is_empty()) else {
        return Vec::new();
    };
    let mut words = joined(identifier::words(last_part(id, operation.path)));
    if let Some(verb) = third_person(&words) {
        words[0] = verb;
    }
    if let Some(action) = action_of(&words, operation.path) {
        return action;
    }
    let method = operation.method.as_str().to_lowercase();
    let mut echo = identifier::words(operation.path);
    echo.push(method);
    // FastAPI: `read_items_items__id__get`.
    if words.len() > echo.len() && words.ends_with(&echo) {
        words.truncate(words.len() - echo.len());
    }
    words.drain(..noun_in_front(&words, operation));
    // Not where a preposition leads to it: `search_with_post`.
    let is_echoed = words.len() > 1 && words.last() == echo.last();
    if is_echoed && !is_preposition(&words[words.len() - 2]) {
        words.pop();
    }
    // NestJS: `OrdersController_findOne`.
    if let Some(at) = words.iter().position(|word| word == "controller") {
        words.drain(..=at);
    }
    // `apiAccountEmail` for `/api/account/email`.
    if words.len() > 1 && words[0] == "api" && operation.path.starts_with("/api/") {
        words.remove(0);
    }
    let is_verb = |word: &String| effect(word).is_some();
    let groups = operation.tags.iter().map(|tag| identifier::words(tag));
    let longest = groups
        .filter(|group| {
            words.strip_prefix(group.as_slice()).is_some_and(|own| {
                own.first().is_some_and(is_verb) || !own.is_empty() && !group.iter().any(is_verb)
            })
        })
        .map(|group| group.len())
        .max();
    if let Some(length) = longest {
        words.drain(..length);
    }
    let grouped = segments(operation.path).into_iter().find_map(|segment| {
        let Segment::Static(text) = segment else {
            return None;
        };
        let group = identifier::words(&text);
        let (own_group, verb) = (words.get(..group.len())?, words.get(group.len())?);
        let is_group = singular(own_group) == singular(&group);
        // `async-search-submit` for `/_async_search`; `search_items` searches.
        let is_deed = group.first().is_some_and(is_verb);
        (is_group && is_verb(verb) && !is_deed).then_some(group.len())
    });
    words.drain(..grouped.unwrap_or(0));
    unglued(words, &echo)
}

/// The action of a path that an operationId says behind its group: `patch-ensureRepo` for `/patch.ensureRepo`, and tRPC's
/// `mutation-post-create` for `/post.create`.
fn action_of(words: &[String], path: &str) -> Option<Vec<String>> {
    let segments = segments(path);
    let [.., Segment::Static(group), Segment::Action(action)] = segments.as_slice() else {
        return None;
    };
    let (group, action) = (identifier::words(group), identifier::words(action));
    let own = match words.first().map(String::as_str) {
        Some("mutation" | "query" | "subscription") => &words[1..],
        _ => words,
    };
    (own == [group, action.clone()].concat()).then_some(action)
}

/// The verb that an operationId says of its API: `update` of `updates_a_product`.
fn third_person(words: &[String]) -> Option<String> {
    let [verb, article, ..] = words else {
        return None;
    };
    let is_article = matches!(article.as_str(), "a" | "all" | "an" | "the");
    let stems = [("ies", "y"), ("es", ""), ("s", "")];
    let stems = stems.iter().filter_map(|(ending, stem)| {
        let rest = verb.strip_suffix(ending)?;
        Some(format!("{rest}{stem}"))
    });
    let mut verbs = stems.filter(|stem| is_article && effect(stem).is_some());
    verbs.next()
}

/// How many words in front of a verb are a name of things that begins with what may be one: `loadBalancers_delete` for
/// `/load_balancers`.
fn noun_in_front(words: &[String], operation: &Unnamed<'_>) -> usize {
    let may_be_noun = |noun: &&Vec<String>| {
        let [first, .., last] = noun.as_slice() else {
            return false;
        };
        identifier::is_plural(last) && effect(first).is_some() && !PLAIN.contains(&first.as_str())
    };
    let is_noun = |noun: &&Vec<String>| {
        let verb = words.get(noun.len());
        let begins = words
            .get(..noun.len())
            .is_some_and(|own| singular(own) == singular(noun));
        // `sendMessages_post` sends them.
        begins && verb.is_some_and(|verb| effect(verb).is_some() && verb != "post")
    };
    let of_path = segments(operation.path);
    let of_path = of_path.iter().filter_map(|segment| match segment {
        Segment::Static(text) => Some(text),
        _ => None,
    });
    let nouns: Vec<Vec<String>> = of_path
        .chain(operation.tags)
        .map(|text| identifier::words(text))
        .collect();
    let nouns = nouns.iter().filter(may_be_noun).filter(is_noun);
    nouns.map(Vec::len).max().unwrap_or(0)
}

pub(super) fn singular(words: &[String]) -> Vec<String> {
    words
        .iter()
        .map(|word| identifier::singular(word))
        .collect()
}

/// The part of an operationId behind groups and path.
fn last_part<'a>(id: &'a str, path: &str) -> &'a str {
    // `post-/pages/end_endTest` for `/pages/end`.
    let behind = id.split_once(path).map_or("", |(_, own)| own);
    let own = match behind.starts_with(['_', '-']) {
        true => behind,
        false => id,
    };
    // gRPC: `OrderService_GetOrder`.
    let own = match own.split_once("Service_") {
        Some((service, own)) if !service.contains(['_', '.', '/']) && !own.is_empty() => own,
        _ => own,
    };
    let mut parts = own.rsplit(['/', '.', '#', ':']);
    parts.find(|part| !part.is_empty()).unwrap_or(own)
}

/// The words with verbs that are written in one or in two as one: `look-up`.
fn joined(words: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for word in words {
        match (joined.last_mut(), word.as_str()) {
            (Some(last), "up") if last == "look" => last.push_str("up"),
            (Some(last), "in" | "out") if last == "log" => last.push_str(&word),
            _ => joined.push(word),
        }
    }
    joined
}

/// The words with the verb by itself that stands right before a word of the path: `deletefacet_search`.
fn unglued(mut words: Vec<String>, path: &[String]) -> Vec<String> {
    const GLUED: &[&str] = &[
        "create", "delete", "get", "list", "patch", "post", "put", "replace", "set", "update",
    ];
    let Some(first) = words.first().filter(|first| !path.contains(first)) else {
        return words;
    };
    let parts = GLUED.iter().find_map(|verb| {
        let noun = first.strip_prefix(verb)?;
        path.iter()
            .any(|word| word == noun)
            .then(|| (*verb, noun.to_owned()))
    });
    if let Some((verb, noun)) = parts {
        words.splice(..1, [verb.to_owned(), noun]);
    }
    words
}

/// Whether a word leads to others.
pub(super) fn is_preposition(word: &str) -> bool {
    const PREPOSITIONS: &[&str] = &[
        "a", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with",
    ];
    PREPOSITIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::naming::unnamed::{Answer, Sent};
    use crate::model::HttpMethod;

    fn words(id: &str, tags: &[String]) -> String {
        let operation = Unnamed {
            path: "/items/{item_id}",
            method: HttpMethod::Get,
            id: Some(id),
            tags,
            summary: None,
            answer: Answer::Unknown,
            sent: Sent::Unknown,
            picks: false,
        };
        own_words(&operation).join(" ")
    }

    #[test]
    fn what_a_framework_adds_is_no_word_of_the_author() {
        assert_eq!(words("read_item_items__item_id__get", &[]), "read item");
        assert_eq!(words("ItemsController_findOne", &[]), "find one");
        assert_eq!(words("items/read-one", &[]), "read one");
        let tags = ["Line items".to_owned()];
        assert_eq!(words("lineItems_read", &tags), "read");
    }

    #[test]
    fn what_an_operation_is_said_to_do_is_a_verb() {
        assert_eq!(words("updates_a_product", &[]), "update a product");
        assert_eq!(words("closesAnOrder", &[]), "close an order");
        assert_eq!(words("lists_filters", &[]), "lists filters");
    }

    #[test]
    fn a_group_with_a_verb_inside_is_one_before_another_verb() {
        let operation = Unnamed {
            path: "/_async_search",
            method: HttpMethod::Post,
            id: Some("async-search-submit"),
            tags: &[],
            summary: None,
            answer: Answer::Unknown,
            sent: Sent::Unknown,
            picks: false,
        };
        assert_eq!(own_words(&operation), ["submit"]);
    }
}
