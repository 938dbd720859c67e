//! Resources and methods, from paths and verbs.
//!
//! `POST /orders/{id}/payments` is `payments().create`, whoever wrote the document: the operationId
//! is heard where it says something else than path and HTTP method do, and where these do not settle the
//! name.

use std::collections::{BTreeMap, HashSet};

use crate::identifier;
use crate::lower::naming::segments::{self, Segment, segments};
use crate::lower::naming::unnamed::Unnamed;
use crate::lower::naming::verbs::{self, own_words};
use crate::model::HttpMethod;

/// The resource and method that an operation becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lower) struct OperationName {
    pub resource: String,
    pub method: String,
    /// The word for one of the resource's things, `snake_case`.
    pub entity: String,
    /// Resource and method before the configuration replaced them.
    pub unrenamed: (String, String),
}

impl Unnamed<'_> {
    fn key(&self) -> String {
        key(self.method, self.path)
    }
}

/// Tells an operation from all others.
pub(in crate::lower) fn key(method: HttpMethod, path: &str) -> String {
    format!("{} {path}", method.as_str())
}

/// Names all operations, in the order given. Those that had a name in the generation before keep it;
/// `rename` wins over everything.
pub(in crate::lower) fn name(
    operations: &[Unnamed<'_>],
    rename: &BTreeMap<String, String>,
    previous: impl Fn(&str) -> Option<(String, String)>,
) -> Vec<OperationName> {
    let collections: Collections = operations
        .iter()
        .flat_map(|operation| segments::collections(operation.path))
        .collect();
    let mut named: Vec<OperationName> = operations
        .iter()
        .map(|operation| plain(operation, &collections))
        .collect();
    let mut taken: HashSet<(String, String)> = HashSet::new();
    let mut groups: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (index, name) in named.iter_mut().enumerate() {
        if let Some((resource, method)) = previous(&operations[index].key()) {
            taken.insert((resource.clone(), method.clone()));
            name.entity = identifier::singular(&resource);
            name.resource = resource;
            name.method = method;
            continue;
        }
        groups
            .entry((name.resource.clone(), name.method.clone()))
            .or_default()
            .push(index);
    }
    // A name that the configuration gives to one operation is no name for another that needs one, nor
    // for anything that is new.
    let wanted = rename.values().filter_map(|wanted| {
        let (resource, method) = wanted.split_once('.')?;
        Some((identifier::snake(resource), method.to_owned()))
    });
    let wanted: Vec<_> = wanted.collect();
    let mut kept = taken.clone();
    if !kept.is_empty() {
        kept.extend(wanted.iter().cloned());
    }
    taken.extend(groups.keys().cloned().chain(wanted));
    for (plain, members) in groups {
        let first_is_plain = !kept.contains(&plain);
        let members = by_preference(operations, members);
        for index in members.into_iter().skip(usize::from(first_is_plain)) {
            let method = free(&operations[index], &named[index], &taken);
            taken.insert((plain.0.clone(), method.clone()));
            named[index].method = method;
        }
    }
    for (operation, name) in operations.iter().zip(&mut named) {
        name.unrenamed = (name.resource.clone(), name.method.clone());
        apply(rename, operation, name);
        name.method = identifier::method_name(&name.method);
    }
    named
}

/// The operation with the shortest path first, which the plain name suits best. Versions are no part of
/// it: one that is added under another prefix does not take a name from what is there under `/v1`.
fn by_preference(operations: &[Unnamed<'_>], mut members: Vec<usize>) -> Vec<usize> {
    members.sort_by_cached_key(|&index| {
        let operation = &operations[index];
        let telling = segments(operation.path).len();
        let all = operation.path.split('/').count();
        (telling, all, operation.path, operation.method, index)
    });
    members
}

/// A method that no other operation of the resource has.
fn free(
    operation: &Unnamed<'_>,
    name: &OperationName,
    taken: &HashSet<(String, String)>,
) -> String {
    let is_taken = |method: &str| taken.contains(&(name.resource.clone(), method.to_owned()));
    let mut longer = qualified(operation, name).into_iter();
    longer.find(|method| !is_taken(method)).unwrap_or_else(|| {
        let key = format!("{:?} {}", operation.method, operation.path);
        let mut method = format!("{}_{:08x}", name.method, identifier::fingerprint(&key));
        while is_taken(&method) {
            method.push('_');
        }
        method
    })
}

/// Gives an operation the name that the configuration wants for it.
fn apply(rename: &BTreeMap<String, String>, operation: &Unnamed<'_>, name: &mut OperationName) {
    let by_id = || operation.id.and_then(|id| rename.get(id));
    let wanted = rename.get(&operation.key()).or_else(by_id);
    if let Some((resource, method)) = wanted.and_then(|wanted| wanted.split_once('.')) {
        name.resource = identifier::snake(resource);
        name.entity = identifier::singular(&name.resource);
        name.method = method.to_owned();
    }
}

/// Paths that have items below them: collections, whatever their names look like.
type Collections = HashSet<String>;

fn plain(operation: &Unnamed<'_>, collections: &Collections) -> OperationName {
    let segments = without_labels(segments(operation.path));
    let said = verbs::said(operation);
    let (resource, method) = by_path(operation, &segments, said.as_deref(), collections);
    let method = said
        .and_then(|said| verbs::heard(&resource, &method, &said, operation))
        .unwrap_or(method);
    OperationName {
        entity: identifier::singular(&resource),
        resource,
        method,
        unrenamed: Default::default(),
    }
}

/// `/start/{start}` beside something else is two words for one parameter.
fn without_labels(mut segments: Vec<Segment>) -> Vec<Segment> {
    const LABELS: &[&str] = &[
        "after", "at", "before", "by", "end", "from", "since", "start", "to", "until",
    ];
    let is_label =
        |it: &Segment| matches!(it, Segment::Static(text) if LABELS.contains(&text.as_str()));
    let is_noun = |it: &Segment| matches!(it, Segment::Static(_)) && !is_label(it);
    let has_noun = segments.iter().any(is_noun) || segments.first().is_some_and(is_label);
    let mut at = 1;
    while at + 1 < segments.len() {
        match is_label(&segments[at]) && has_noun && segments[at + 1] == Segment::Parameter {
            true => drop(segments.remove(at)),
            false => at += 1,
        }
    }
    segments
}

/// The resource and method that path and HTTP method give. `said` is the operationId's verb.
fn by_path(
    operation: &Unnamed<'_>,
    segments: &[Segment],
    said: Option<&[String]>,
    collections: &Collections,
) -> (String, String) {
    let statics: Vec<(usize, &str)> = segments
        .iter()
        .enumerate()
        .filter_map(|(at, segment)| match segment {
            Segment::Static(text) => Some((at, text.as_str())),
            _ => None,
        })
        .collect();
    let of_client = |fallback: &str| match operation.tags.first() {
        Some(tag) => identifier::snake(tag),
        None => fallback.to_owned(),
    };
    let Some(&(at, last)) = statics.last() else {
        return (of_client("root"), on_item(operation));
    };
    if let Some(Segment::Action(action)) = segments.last() {
        return (last.to_owned(), action.clone());
    }
    let has_items = |at: usize| collections.contains(&segments::beginning(&segments[..=at]));
    let done = position_of_verb(operation, &statics, has_items);
    if let Some(done) = done {
        return done_to(&statics, done, of_client);
    }
    let is_collection = identifier::is_plural(last) || has_items(at);
    match segments {
        [.., Segment::Parameter] => (last.to_owned(), on_item(operation)),
        [.., before, Segment::Static(_)] if !is_collection => {
            let parent = statics.len().checked_sub(2).map(|at| statics[at].1);
            let of_item = *before == Segment::Parameter;
            match parent {
                Some(parent) => (parent.to_owned(), on_part(operation, last, of_item)),
                None => (last.to_owned(), on_single(operation)),
            }
        }
        // Not a plural: the one that there is may have the path of all.
        _ if !identifier::is_plural(last)
            && (operation.method != HttpMethod::Get
                || said.is_some_and(|said| said == ["get"])) =>
        {
            (last.to_owned(), on_single(operation))
        }
        _ if is_collection => (last.to_owned(), on_collection(operation)),
        _ => (last.to_owned(), on_single(operation)),
    }
}

/// The segment of a path that says what is done.
fn position_of_verb(
    operation: &Unnamed<'_>,
    statics: &[(usize, &str)],
    has_items: impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut own = own_words(operation);
    let http = operation.method.as_str().to_lowercase();
    if own.first() == Some(&http) && http != "get" {
        own.remove(0);
    }
    statics.iter().enumerate().position(|(index, (at, text))| {
        let part = verbs::Part {
            text,
            is_first: index == 0,
            has_items: has_items(*at),
        };
        verbs::is_done(&part, &own, operation.method)
    })
}

/// The resource and method of a path with a verb: it is done to what stands before it, or else to what stands
/// behind it, or else by the client.
fn done_to(
    statics: &[(usize, &str)],
    done: usize,
    of_client: impl Fn(&str) -> String,
) -> (String, String) {
    let texts: Vec<&str> = statics.iter().map(|(_, text)| *text).collect();
    let (before, behind) = texts.split_at(done);
    let noun = before.iter().rev().find(|text| !verbs::may_be_verb(text));
    if let Some(noun) = noun.or(before.last()) {
        return ((*noun).to_owned(), behind.join("_"));
    }
    match behind {
        [verb, .., noun] if !verb.contains('_') && identifier::is_plural(noun) => {
            ((*noun).to_owned(), (*verb).to_owned())
        }
        _ => (of_client("api"), behind.join("_")),
    }
}

fn on_collection(operation: &Unnamed<'_>) -> String {
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

fn on_item(operation: &Unnamed<'_>) -> String {
    match operation.method {
        HttpMethod::Get => "get",
        HttpMethod::Post | HttpMethod::Patch => "update",
        HttpMethod::Put if says_update(operation.id) => "update",
        HttpMethod::Put => "replace",
        HttpMethod::Delete => "delete",
        other => rare(other),
    }
    .to_owned()
}

/// There is one of it: `/health`, `/me`.
fn on_single(operation: &Unnamed<'_>) -> String {
    match operation.method {
        HttpMethod::Post => "create".to_owned(),
        _ => on_item(operation),
    }
}

/// `/payments/{id}/void`, `/orders/search`: something about, or done to, what stands before it.
fn on_part(operation: &Unnamed<'_>, part: &str, of_item: bool) -> String {
    const VERBS: &[&str] = &[
        "find",
        "search",
        "get",
        "list",
        "check",
        "count",
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
    let first = part.split('_').next().unwrap_or(part);
    // `PUT /workflows/{id}/enable`, called `enable-workflow`, is done and not replaced.
    let done = operation.id.is_some_and(|_| {
        own_words(operation)
            .first()
            .is_some_and(|word| word == first)
    });
    let is_deed = part.contains('_') && part.split('_').next_back().is_some_and(verbs::may_be_verb);
    match operation.method {
        HttpMethod::Post => part.to_owned(),
        HttpMethod::Put | HttpMethod::Patch if is_deed => part.to_owned(),
        HttpMethod::Put if done => part.to_owned(),
        HttpMethod::Get if done && verbs::effect(first).is_some() || VERBS.contains(&first) => {
            part.to_owned()
        }
        HttpMethod::Get => format!("get_{part}"),
        HttpMethod::Put if of_item && VERBS.contains(&first) => part.to_owned(),
        HttpMethod::Put if says_update(operation.id) => format!("update_{part}"),
        HttpMethod::Put => format!("replace_{part}"),
        HttpMethod::Patch => format!("update_{part}"),
        HttpMethod::Delete => format!("delete_{part}"),
        other => format!("{}_{part}", rare(other)),
    }
}

fn rare(method: HttpMethod) -> &'static str {
    match method {
        HttpMethod::Head => "head",
        HttpMethod::Options => "options",
        HttpMethod::Trace => "trace",
        HttpMethod::Get => "get",
        HttpMethod::Put => "put",
        HttpMethod::Post => "post",
        HttpMethod::Delete => "delete",
        HttpMethod::Patch => "patch",
    }
}

/// Whether an operationId calls a PUT an update, as most people do.
fn says_update(id: Option<&str>) -> bool {
    let words = id.map(identifier::words).unwrap_or_default();
    words
        .iter()
        .any(|word| matches!(word.as_str(), "update" | "edit" | "modify" | "change"))
}

/// Longer names for an operation whose plain name is taken, best first.
fn qualified(operation: &Unnamed<'_>, name: &OperationName) -> Vec<String> {
    let mut candidates = Vec::new();
    let resource = identifier::words(&name.resource);
    let entity = identifier::words(&name.entity);
    if operation.id.is_some() {
        let words: Vec<String> = own_words(operation)
            .into_iter()
            .filter(|word| !resource.contains(word) && !entity.contains(word))
            .collect();
        let parent = segments(operation.path)
            .into_iter()
            .find_map(|segment| match segment {
                Segment::Static(text) => {
                    let text = identifier::singular(&text);
                    (words.len() > 1 && words[1..].join("_") == text).then_some(text)
                }
                _ => None,
            });
        // Those of an account are no account.
        if let Some(parent) = parent {
            candidates.push(format!("{}_for_{parent}", words[0]));
        }
        if (2..=6).contains(&words.len()) {
            candidates.push(words.join("_"));
        }
    }
    let segments = segments(operation.path);
    let mut parents: Vec<String> = Vec::new();
    for segment in segments.iter().rev() {
        if let Segment::Static(text) = segment
            && *text != name.resource
            && !name.method.contains(text.as_str())
        {
            parents.insert(0, identifier::singular(text));
            candidates.push(format!("{}_for_{}", name.method, parents.join("_")));
        }
    }
    let ends_in_parameter = matches!(segments.last(), Some(Segment::Parameter));
    if !parents.is_empty() && ends_in_parameter {
        candidates.push(format!("{}_item_for_{}", name.method, parents.join("_")));
    }
    let own = own_words(operation);
    if !own.is_empty() {
        candidates.push(identifier::snake(&own.join("_")));
    }
    candidates.push(format!("{}_{}", rare(operation.method), name.method));
    candidates
}

#[cfg(test)]
mod tests;
