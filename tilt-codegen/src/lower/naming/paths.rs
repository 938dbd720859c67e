//! Resources and methods, from paths and verbs.
//!
//! `POST /orders/{id}/payments` is `payments().create`, whoever wrote the document: the operationId
//! is heard where it says something else than path and HTTP method do, and where these do not settle the
//! name.

use std::collections::{BTreeMap, HashSet};

use crate::identifier;
use crate::lower::naming::deeds;
use crate::lower::naming::longer;
use crate::lower::naming::offered::Offered;
use crate::lower::naming::pairs;
use crate::lower::naming::segments::{self, Segment, segments};
use crate::lower::naming::unnamed::{OperationName, Unnamed};
use crate::lower::naming::verbs::{self, own_words, rare};
use crate::model::HttpMethod;

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
    let mut offered = Offered::of(operations);
    offered.keep_spelling(operations.iter().filter_map(|it| previous(&it.key())));
    let mut named: Vec<OperationName> = operations
        .iter()
        .map(|operation| plain(operation, &offered))
        .collect();
    let mut taken: HashSet<(String, String)> = HashSet::new();
    let mut is_kept = vec![false; operations.len()];
    for (index, name) in named.iter_mut().enumerate() {
        if let Some((resource, method)) = previous(&operations[index].key()) {
            taken.insert((resource.clone(), method.clone()));
            name.entity = identifier::singular(&resource);
            name.resource = resource;
            name.method = method;
            is_kept[index] = true;
        }
    }
    pairs::tell_apart(operations, &mut named, &is_kept);
    let mut groups: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (index, name) in named.iter().enumerate().filter(|(at, _)| !is_kept[*at]) {
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
        let members = by_preference(operations, &named, members);
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

/// The operation first that the plain name suits best: `delete` is a DELETE, and the path is the shortest. Versions are
/// no part of it: one that is added under another prefix does not take a name from what is there under `/v1`.
fn by_preference(
    operations: &[Unnamed<'_>],
    named: &[OperationName],
    mut members: Vec<usize>,
) -> Vec<usize> {
    members.sort_by_cached_key(|&index| {
        let operation = &operations[index];
        let telling = segments(operation.path).len();
        let all = operation.path.split('/').count();
        let is_foreign = !verbs::suits(&named[index].method, operation.method);
        (
            is_foreign,
            telling,
            all,
            operation.path,
            operation.method,
            index,
        )
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
    let mut longer = longer::names(operation, name).into_iter();
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

fn plain(operation: &Unnamed<'_>, offered: &Offered) -> OperationName {
    let segments = segments::without_labels(segments(operation.path));
    let said = verbs::said(operation);
    let (resource, method) = by_words(operation, &segments)
        .unwrap_or_else(|| by_path(operation, &segments, said.as_deref(), offered));
    let (resource, method) = (offered.spelled(&resource), offered.spelled(&method));
    // The author's word for a PUT of many; an item's is the plain one.
    let method = match (method.as_str(), said.as_deref()) {
        ("replace_all", Some([verb])) if verb == "update" => {
            let item = [&segments[..], &[Segment::Parameter]].concat();
            match offered.changed.contains(&segments::beginning(&item)) {
                true => "update_all".to_owned(),
                false => verb.clone(),
            }
        }
        _ => method,
    };
    let said = said.or_else(|| match (method.as_str(), operation.method) {
        ("update", HttpMethod::Post) => verbs::said_inside(operation),
        _ => None,
    });
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

/// The segments that are no parameters, and where they stand.
fn statics(segments: &[Segment]) -> Vec<(usize, &str)> {
    let segments = segments.iter().enumerate();
    let statics = segments.filter_map(|(at, segment)| match segment {
        Segment::Static(text) => Some((at, text.as_str())),
        _ => None,
    });
    statics.collect()
}

/// The resource and method that path and HTTP method give. `said` is the operationId's verb.
fn by_path(
    operation: &Unnamed<'_>,
    segments: &[Segment],
    said: Option<&[String]>,
    offered: &Offered,
) -> (String, String) {
    let statics = statics(segments);
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
    let has_items = |at: usize| offered.has_items(&segments[..=at]);
    let done = position_of_verb(operation, segments, offered);
    if let Some(done) = done {
        let is_kept = |at: usize| offered.has_kept(&segments[..=at]);
        return done_to(&statics, done, &is_kept, &of_client);
    }
    let is_collection = identifier::is_plural(last) || has_items(at);
    let is_single = !has_items(at) && offered.single.contains(&segments::beginning(segments));
    match segments {
        [.., Segment::Static(_)] if is_collection && is_single => {
            (last.to_owned(), on_single(operation))
        }
        [.., Segment::Parameter] if said.is_none() && offered.is_deed(operation, segments) => {
            done_to(&statics, statics.len() - 1, &|_| false, &of_client)
        }
        [.., Segment::Parameter] => (last.to_owned(), on_item(operation)),
        [.., before, Segment::Static(_)] if !is_collection => {
            let parent = statics.len().checked_sub(2).map(|at| statics[at].1);
            let of_item = *before == Segment::Parameter;
            let is_read = offered.got.contains(&segments::beginning(segments));
            match parent {
                Some(parent) => (
                    parent.to_owned(),
                    on_part(operation, last, (of_item, is_read)),
                ),
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

/// `/releases/tags/{tag}`, called `get-release-by-tag`: the last noun is no resource, but that by which another
/// is found.
fn by_words(operation: &Unnamed<'_>, segments: &[Segment]) -> Option<(String, String)> {
    let statics = match segments {
        [statics @ .., Segment::Parameter] => statics,
        statics => statics,
    };
    let [.., Segment::Static(resource), Segment::Static(last)] = statics else {
        return None;
    };
    let singular = |words: &[String]| identifier::singular(&words.join("_"));
    let own = own_words(operation);
    let by = own.iter().rposition(|word| word == "by")?;
    let (before, behind) = (&own[..by], &own[by + 1..]);
    if singular(behind) != identifier::singular(last) {
        return None;
    }
    let nouns = [resource.clone(), identifier::singular(resource)].map(|it| identifier::words(&it));
    let is_noun = |word: &&String| {
        nouns
            .iter()
            .flatten()
            .any(|noun| noun == &identifier::singular(word))
            || nouns.iter().any(|noun| noun.contains(word))
    };
    let mut said: Vec<String> = before
        .iter()
        .filter(|word| !is_noun(word))
        .cloned()
        .collect();
    if said.is_empty() {
        return None;
    }
    said.push("by".to_owned());
    said.push(identifier::singular(last));
    Some((resource.clone(), said.join("_")))
}

/// The segment of a path that says what is done.
fn position_of_verb(
    operation: &Unnamed<'_>,
    segments: &[Segment],
    offered: &Offered,
) -> Option<usize> {
    let statics = statics(segments);
    let mut own = own_words(operation);
    let http = operation.method.as_str().to_lowercase();
    let is_echoed = verbs::is_echo(operation);
    if own.first() == Some(&http) && http == "post" {
        own.remove(0);
    }
    statics.iter().enumerate().position(|(index, (at, text))| {
        let part = verbs::Part {
            text,
            is_first: index == 0,
            is_last: index + 1 == statics.len(),
            is_echoed,
            is_told: is_told(&own, &statics[index..]),
            has_items: offered.has_items(&segments[..=*at]),
            has_kept: offered.has_kept(&segments[..=*at]),
            is_bare: *at + 1 == segments.len() && offered.is_only_posted(segments),
        };
        verbs::is_done(&part, &own, operation.method)
    })
}

/// Whether an operationId ends as a path does from a verb on, behind who does it: `UserBlockPerson` of
/// `/account/block/person`. Where nothing but verbs stands there, whatever is before them in the operationId.
fn is_told(own: &[String], from_verb: &[(usize, &str)]) -> bool {
    let end = from_verb.iter().map(|(_, text)| identifier::words(text));
    let end: Vec<String> = end.flatten().collect();
    let doer = own.strip_suffix(end.as_slice()).unwrap_or_default();
    let are_verbs = end.iter().all(|word| deeds::may_be_verb(word));
    from_verb.len() > 1
        && !doer.is_empty()
        && (are_verbs || !doer.iter().any(|word| deeds::effect(word).is_some()))
}

/// The resource and method of a path with a verb: it is done to what stands before it, or else to what stands
/// behind it, or else by the client.
fn done_to(
    statics: &[(usize, &str)],
    done: usize,
    is_kept: &dyn Fn(usize) -> bool,
    of_client: &dyn Fn(&str) -> String,
) -> (String, String) {
    let (before, behind) = statics.split_at(done);
    // `/sync/sync` does one thing.
    let mut behind: Vec<&str> = behind.iter().map(|(_, text)| *text).collect();
    behind.dedup();
    let is_noun = |(at, text): &&(usize, &str)| !deeds::may_be_verb(text) || is_kept(*at);
    let nouns = before.iter().rev().filter(is_noun);
    let nouns: Vec<(usize, &str)> = nouns.copied().collect();
    let is_keyword = |(at, word): (usize, &str)| {
        identifier::escape_keyword(word.to_owned()) != word && !is_kept(at)
    };
    match (nouns.as_slice(), before.last()) {
        // `/plan/static/preview`: a keyword says which of what stands before it.
        ([word, (_, noun), ..], _) if is_keyword(*word) => {
            return (format!("{}_{noun}", word.1), behind.join("_"));
        }
        ([(_, noun), ..], _) | ([], Some((_, noun))) => {
            return ((*noun).to_owned(), behind.join("_"));
        }
        ([], None) => {}
    }
    match behind.as_slice() {
        [verb, .., noun] if !verb.contains('_') && identifier::is_plural(noun) => {
            ((*noun).to_owned(), (*verb).to_owned())
        }
        _ => of_behind(of_client("api"), behind.join("_")),
    }
}

/// `indexes.swap` says what `indexes.swap_indexes` does.
fn of_behind(resource: String, done: String) -> (String, String) {
    let own = done.strip_suffix(&resource);
    let own = own.and_then(|own| own.strip_suffix('_'));
    let own = own.filter(|own| deeds::may_be_verb(own)).map(str::to_owned);
    let verb = done
        .rsplit('_')
        .next()
        .filter(|verb| done == resource && done.contains('_') && deeds::may_be_verb(verb));
    let own = own.or_else(|| verb.map(str::to_owned));
    (resource, own.unwrap_or(done))
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
        HttpMethod::Put if says_update(operation) => "update",
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
/// A part that is read under the same path is a noun: `/settings/facet-search`.
fn on_part(operation: &Unnamed<'_>, part: &str, (of_item, is_read): (bool, bool)) -> String {
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
        HttpMethod::Post if PRONOUNS.contains(&part) => match verbs::said(operation) {
            Some(said) => said.join("_"),
            None => "create".to_owned(),
        },
        HttpMethod::Post => part.to_owned(),
        HttpMethod::Put | HttpMethod::Patch if is_deed => part.to_owned(),
        HttpMethod::Put if done => part.to_owned(),
        HttpMethod::Get
            if done && deeds::effect(first).is_some() || !is_object && VERBS.contains(&first) =>
        {
            part.to_owned()
        }
        HttpMethod::Get if verbs::says_list(operation) && !part.contains("list") => {
            format!("list_{part}")
        }
        HttpMethod::Get => format!("get_{part}"),
        HttpMethod::Put if of_item && !is_object && VERBS.contains(&first) => part.to_owned(),
        HttpMethod::Put if says_update(operation) => format!("update_{part}"),
        HttpMethod::Put => format!("replace_{part}"),
        HttpMethod::Patch => format!("update_{part}"),
        HttpMethod::Delete => format!("delete_{part}"),
        other => format!("{}_{part}", rare(other)),
    }
}

/// Verbs that are done to what stands before them.
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

/// Names of the one that asks, or of the one that is meant: nothing is done to it by its name.
const PRONOUNS: &[&str] = &["me", "self", "mine", "current"];

/// Whether an operationId calls a PUT an update, as most people do.
fn says_update(operation: &Unnamed<'_>) -> bool {
    let words = operation.id.map(identifier::words).unwrap_or_default();
    let own = own_words(operation);
    words
        .iter()
        .chain(own.first())
        .any(|word| matches!(word.as_str(), "update" | "edit" | "modify" | "change"))
}

#[cfg(test)]
mod tests;
