//! Longer names of operations, for those whose plain name another has.

use crate::identifier;
use crate::lower::naming::deeds::{self, Effect};
use crate::lower::naming::own::{is_preposition, own_words};
use crate::lower::naming::parts::parameters;
use crate::lower::naming::segments::{self, Segment, segments};
use crate::lower::naming::unnamed::{OperationName, Unnamed};
use crate::lower::naming::verbs::{self, rare};

/// A name of more words is a sentence.
const MOST_WORDS: usize = 6;

/// Longer names, best first: by what the operationId says, by what stands before in the path, by the HTTP method.
/// A number that an author put behind an operationId, for nothing else told it from another, comes last.
pub(super) fn names(operation: &Unnamed<'_>, name: &OperationName) -> Vec<String> {
    let mut candidates = by_words(operation, name);
    let own = own_words(operation);
    let ending = segments::ending(operation.path);
    candidates.extend(ending.map(|it| format!("{}_{it}", name.method)));
    candidates.extend(by_path(operation, name));
    let is_numbered = own.last().is_some_and(|last| is_number(last));
    let is_good = !is_numbered && own.len() <= MOST_WORDS && !verbs::is_echo(operation);
    let by_id = (!own.is_empty()).then(|| identifier::snake(&own.join("_")));
    candidates.extend(by_id.clone().filter(|_| is_good));
    let http = rare(operation.method);
    let version = version_inside(operation);
    candidates.extend(version.map(|it| format!("{}_{it}", name.method)));
    if name.method.split('_').next() != Some(http) {
        let leading = segments::leading_parameter(operation.path);
        let of_method = format!("{http}_{}", name.method);
        candidates.push(of_method.clone());
        candidates.extend(by_parameters(operation.path, &of_method));
        candidates.extend(leading.map(|it| format!("{http}_{}_for_{it}", name.method)));
    }
    candidates.push(format!("{http}_{}", name.entity));
    candidates.extend(by_id.filter(|_| !is_good));
    candidates
}

/// The version that an operationId names before its last part, or that stands inside a path: `v2.session.list`,
/// `/discounts/v2/list`.
fn version_inside(operation: &Unnamed<'_>) -> Option<String> {
    let id = operation.id.unwrap_or_default();
    let groups = id.rsplit(['.', '/']).skip(1);
    let inside = operation
        .path
        .split('/')
        .skip_while(|text| text.is_empty())
        .skip(1);
    let version = groups.chain(inside).find_map(segments::version)?;
    (!operation.path.starts_with(&format!("/{version}"))).then_some(version)
}

/// Names by what is left of the operationId.
fn by_words(operation: &Unnamed<'_>, name: &OperationName) -> Vec<String> {
    let http = rare(operation.method);
    let mut words = verb_first(telling(operation, name), operation);
    // `put_all` beside `replace_all` is the same word for what others of the resource do.
    if let Some((verb, rest)) = name.method.split_once('_')
        && words.first().is_some_and(|first| first == http)
        && words[1..].starts_with(&identifier::words(rest))
    {
        words[0] = verb.to_owned();
    }
    let Some(((first, rest), last)) = words.split_first().zip(words.last()) else {
        return Vec::new();
    };
    let mut candidates = Vec::new();
    let of_path = segments(operation.path);
    let before = of_path
        .iter()
        .rposition(|segment| matches!(segment, Segment::Static(_)))
        .map_or(&[][..], |last| &of_path[..last]);
    let said = identifier::singular(&rest.join("_"));
    let is_parent = before
        .iter()
        .enumerate()
        .any(|(at, segment)| match segment {
            Segment::Static(text) => {
                let text = identifier::singular(text);
                let has_item = matches!(before.get(at + 1), Some(Segment::Parameter));
                is_spelled_as(&said, &text) && (has_item || !deeds::may_be_verb(&text))
            }
            _ => false,
        });
    // Those of an account are no account, and neither is what is created for it.
    if is_parent && !is_preposition(first) {
        let is_more = name.method.strip_prefix(first.as_str());
        let is_more = is_more.is_some_and(|more| more.starts_with('_') && more != "_all");
        let method = if is_more { &name.method } else { first };
        return vec![format!("{method}_for_{said}")];
    }
    // `floatingIPsAction_post` says where in the path it is, and nothing else.
    let is_place = !is_preposition(first)
        && before.iter().any(|segment| match segment {
            Segment::Static(text) => is_spelled_as(&words.concat(), text),
            _ => false,
        });
    // `get_org_for_current_org_lookup` says too much.
    let is_repeated =
        |(at, word): (usize, &String)| !is_preposition(word) && words[..at].contains(word);
    let repeats = words.iter().enumerate().any(is_repeated);
    if !is_place && !repeats && !is_preposition(last) && (2..=MOST_WORDS).contains(&words.len()) {
        candidates.push(match is_preposition(first) {
            true => format!("{}_{}", name.method, words.join("_")),
            false => words.join("_"),
        });
    }
    candidates
}

/// The words with the verb in front of the group that an author put before it: `list_for_app_role` for
/// `app-role-list`. A group that the path has says nothing.
fn verb_first(words: Vec<String>, operation: &Unnamed<'_>) -> Vec<String> {
    /// More before a verb are a phrase, and no group.
    const MOST: usize = 2;
    const VERBS: &[&str] = &[
        "add", "create", "delete", "fetch", "find", "get", "list", "patch", "put", "read",
        "remove", "replace", "retrieve", "update", "write",
    ];
    /// Words that say which way something is done.
    const WAYS: &[&str] = &[
        "admin", "all", "async", "auto", "batch", "bulk", "force", "hard", "mass", "multi", "my",
        "partial", "poll", "public", "soft", "stream", "try", "watch",
    ];
    let is_verb = |word: &String| VERBS.contains(&word.as_str());
    let starts_well = |word: &String| {
        deeds::effect(word).is_some() || is_preposition(word) || WAYS.contains(&word.as_str())
    };
    let Some(at) = words.iter().position(is_verb) else {
        return words;
    };
    let (group, done) = words.split_at(at);
    if words.first().is_some_and(starts_well) {
        return words;
    }
    let name = group.concat();
    let is_of_path = segments(operation.path)
        .iter()
        .any(|segment| match segment {
            Segment::Static(text) => is_spelled_as(text, &name),
            _ => false,
        });
    let path = identifier::words(operation.path);
    match is_of_path {
        true => done.to_vec(),
        false if group.len() > MOST && !group.iter().all(|it| path.contains(it)) => words,
        false => [done, &["for".to_owned()], group].concat(),
    }
}

/// Names by what else is in the path.
fn by_path(operation: &Unnamed<'_>, name: &OperationName) -> Vec<String> {
    let method = &name.method;
    let segments = segments(operation.path);
    let mut candidates = Vec::new();
    let mut parents: Vec<String> = Vec::new();
    for segment in segments.iter().rev() {
        if let Segment::Static(text) = segment
            && !is_spelled_as(text, &name.resource)
            && !method.contains(text.as_str())
        {
            parents.insert(0, identifier::singular(text));
            candidates.push(format!("{method}_for_{}", parents.join("_")));
        }
    }
    let ends_in_parameter = matches!(segments.last(), Some(Segment::Parameter));
    if !parents.is_empty() && ends_in_parameter {
        candidates.push(format!("{method}_item_for_{}", parents.join("_")));
    }
    let leading = segments::leading_parameter(operation.path);
    candidates.extend(leading.map(|it| format!("{method}_for_{it}")));
    candidates.extend(by_parameters(operation.path, method));
    candidates
}

/// `get_by_index_and_name`, for a path that another one is the beginning or the end of. The last parameter alone, where
/// all of them are a sentence: `get_by_broadcast_round_id`.
fn by_parameters(path: &str, method: &str) -> Vec<String> {
    const MOST: usize = 3;
    const LONG: usize = 40;
    let names: Vec<String> = parameters(path).map(identifier::snake).collect();
    let by = |names: &[String]| format!("{method}_by_{}", names.join("_and_"));
    let of_last = names.last().map(std::slice::from_ref).map(by);
    let of_all = (1..=MOST).contains(&names.len()).then(|| by(&names));
    let is_long = of_all.as_ref().is_none_or(|name| name.len() > LONG);
    of_last
        .filter(|_| is_long)
        .into_iter()
        .chain(of_all)
        .collect()
}

/// The words of an operationId that tell it from others of its resource: without what the resource is called,
/// and without versions and numbers. A list stays one, whatever the word for getting it is.
fn telling(operation: &Unnamed<'_>, name: &OperationName) -> Vec<String> {
    // It only repeats method and path.
    let mut words = own_words(operation);
    if verbs::is_echo(operation) {
        return by_what(&words, operation);
    }
    if words.len() <= MOST_WORDS {
        words.retain(|word| !matches!(word.as_str(), "a" | "an" | "the"));
    }
    while words.len() > 1 && words.last().is_some_and(|last| is_number(last)) {
        words.pop();
    }
    if let Some(at) = words
        .iter()
        .position(|word| is_version_of(operation.path, word))
    {
        // `listAppsV1…` for `/apis/apps/v1/…`.
        let path = identifier::words(operation.path);
        let of_path = |word: &&String| path.contains(word);
        let group = words[1..at.max(1)].iter().rev().take_while(of_path).count();
        words.drain(at - group..=at);
    }
    let resource = [
        identifier::words(&name.resource),
        identifier::words(&name.entity),
    ];
    if let Some((at, length)) = last_run(&words, &resource) {
        words.drain(at..at + length);
    }
    let is_list = name.method.split('_').next() == Some("list");
    if let Some(first) = words.first_mut()
        && is_list
        && deeds::effect(first) == Some(Effect::Get)
    {
        *first = "list".to_owned();
        // `findAllCustomerWallets`, `getListOfWallets`: all of a customer's, and no list twice.
        if words.len() > 2 && matches!(words[1].as_str(), "all" | "list") {
            words.remove(1);
        }
        if words.len() > 2 && words.last().is_some_and(|last| last == "list") {
            words.pop();
        }
    }
    // Details are what one gets anyway.
    if words.len() > 2 && name.method == "get" && words.last().is_some_and(|it| it == "details") {
        words.pop();
    }
    // Without `try`, `hitl_detail_try_detail` has a detail twice.
    words.dedup();
    // `by_project_key_by_id`: what is before the last says where it is.
    let by = |word: &String| word == "by";
    if let Some(last) = words.iter().rposition(by)
        && words.first().is_some_and(by)
    {
        words.drain(..last);
    }
    words
}

/// The verb of an operationId, and by what it is done: `GetWebhookByToken` is an author's, though its path has all of its words.
fn by_what(words: &[String], operation: &Unnamed<'_>) -> Vec<String> {
    let by = words.iter().rposition(|word| word == "by");
    match by.filter(|at| *at > 0 && verbs::suits(&words[0], operation.method)) {
        Some(at) => [&words[..1], &words[at..]].concat(),
        None => Vec::new(),
    }
}

/// The last words that are one of these names, or the end of one: where they begin, and how many.
fn last_run(words: &[String], names: &[Vec<String>]) -> Option<(usize, usize)> {
    let whole = names.iter().map(|name| name.concat());
    let whole: Vec<String> = whole.collect();
    let longest = names.iter().map(Vec::len).max()?;
    let is_run = |run: &[String]| {
        let text = run.concat();
        let text = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let one = identifier::singular(text);
        whole.iter().any(|name| name == text || *name == one)
    };
    let find = |length: usize, is: &dyn Fn(&[String]) -> bool| {
        let mut runs = words.windows(length).enumerate();
        let at = runs.rfind(|(_, run)| is(run))?.0;
        Some((at, length))
    };
    let most = words.len().min(longest.max(3));
    (1..=most)
        .rev()
        .find_map(|length| find(length, &is_run))
        .or_else(|| {
            let is_end = |run: &[String]| names.iter().any(|name| name.ends_with(run));
            (1..=most.min(longest))
                .rev()
                .find_map(|length| find(length, &is_end))
        })
}

/// Whether two names have the same letters, wherever their words end.
fn is_spelled_as(text: &str, name: &str) -> bool {
    let letters = |text: &str| text.replace('_', "");
    letters(text) == letters(name)
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

fn is_version_of(path: &str, word: &str) -> bool {
    let is_version = word
        .strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    is_version && path.split('/').any(|segment| segment == word)
}
