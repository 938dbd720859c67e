//! Resources and methods, from paths and verbs.
//!
//! `POST /orders/{id}/payments` is `payments().create`, whoever wrote the document: the operationId
//! is heard where it says something else than path and HTTP method do, and where these do not settle the
//! name.

use std::collections::{BTreeMap, HashSet};

use crate::identifier;
use crate::lower::naming::deeds::{self, Effect};
use crate::lower::naming::done::{done_to, without_object};
use crate::lower::naming::found::{is_key, one_of};
use crate::lower::naming::hierarchy;
use crate::lower::naming::lists;
use crate::lower::naming::longer;
use crate::lower::naming::methods::{on_all, on_collection, on_item, on_part, on_single, on_some};
use crate::lower::naming::offered::Offered;
use crate::lower::naming::own::own_words;
use crate::lower::naming::pairs;
use crate::lower::naming::preferred::by_preference;
use crate::lower::naming::rpc;
use crate::lower::naming::segments::{self, Segment, segments};
use crate::lower::naming::tags;
use crate::lower::naming::unnamed::{Answer, OperationName, Unnamed};
use crate::lower::naming::verbs;
use crate::lower::naming::without::{without_noun, without_owner};
use crate::lower::naming::words;
use crate::model::{HttpMethod, Sender};

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
    tags::join(operations, &mut named, &is_kept);
    lists::name(operations, &mut named, &is_kept, &offered);
    pairs::tell_apart(operations, &mut named, &is_kept);
    pairs::take_away(operations, &mut named, &is_kept);
    let mut groups: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (index, name) in named.iter().enumerate().filter(|(at, _)| !is_kept[*at]) {
        groups
            .entry((name.resource.clone(), name.method.clone()))
            .or_default()
            .push(index);
    }
    let wanted = wanted(rename);
    let mut kept = taken.clone();
    if !kept.is_empty() {
        kept.extend(wanted.iter().cloned());
    }
    taken.extend(groups.keys().cloned().chain(wanted));
    for (plain, members) in groups {
        let first_is_plain = !kept.contains(&plain);
        let members = by_preference(operations, &named, members);
        for index in members.into_iter().skip(usize::from(first_is_plain)) {
            let version = offered.version(&operations[index]);
            let method = free(&operations[index], &named[index], version, &taken);
            taken.insert((plain.0.clone(), method.clone()));
            named[index].method = method;
        }
    }
    lists::tell_all_apart(operations, &mut named, &is_kept, &mut taken);
    for (operation, name) in operations.iter().zip(&mut named) {
        name.unrenamed = (name.resource.clone(), name.method.clone());
        apply(rename, operation, name);
        name.method = identifier::method_name(&name.method);
        name.id = operation.id.map(identifier::words).unwrap_or_default();
    }
    named
}

/// The names that the configuration gives to some operations: none for another that needs one, nor for anything that is new.
fn wanted(rename: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let wanted = rename.values().filter_map(|wanted| {
        let (resource, method) = wanted.split_once('.')?;
        Some((identifier::snake(resource), method.to_owned()))
    });
    wanted.collect()
}

/// A method that no other operation of the resource has.
fn free(
    operation: &Unnamed<'_>,
    name: &OperationName,
    version: Option<String>,
    taken: &HashSet<(String, String)>,
) -> String {
    let is_taken = |method: &str| taken.contains(&(name.resource.clone(), method.to_owned()));
    let of_version = version.map(|version| format!("{}_{version}", name.method));
    let longer = longer::names(operation, name);
    let mut longer = of_version.into_iter().chain(longer);
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
    if let Some((resource, method)) = rpc::name(operation) {
        return named(resource, method);
    }
    let segments = segments::without_labels(segments(operation.path));
    let segments = offered.without_group(operation.method, segments);
    let authored = offered.authored.verb(operation);
    let heard = verbs::said(operation);
    let said = heard.clone().or_else(|| Some(authored?.said.clone()));
    let of_owner = || {
        let authored = authored.filter(|_| heard.is_none())?;
        Some((authored.of.clone()?, authored.said.join("_")))
    };
    let (resource, method) = hierarchy::name(operation, &segments)
        .or_else(|| hierarchy::of_noun(operation, &segments))
        .or_else(|| by_words(operation, &segments))
        .or_else(of_owner)
        .unwrap_or_else(|| by_path(operation, &segments, said.as_deref(), offered));
    let (resource, method) = (offered.spelled(&resource), offered.spelled(&method));
    // `/strings/all` is all, whatever is sent there.
    let is_of_all = matches!(segments.last(), Some(Segment::Static(last)) if last == "all");
    let method = match method.as_str() {
        _ if is_of_all => method,
        "replace_all" => on_all(operation, &segments, (&resource, said.as_deref()), offered),
        "update_all" | "delete_all" => on_some(operation, &segments, &resource, offered),
        _ => method,
    };
    let said = said.or_else(|| match (method.as_str(), operation.method) {
        ("update", HttpMethod::Post) => verbs::said_inside(operation),
        _ => None,
    });
    let method = said
        .and_then(|said| verbs::heard(&resource, &method, &said, operation))
        .unwrap_or(method);
    named(resource, method)
}

fn named(resource: String, method: String) -> OperationName {
    OperationName {
        entity: identifier::singular(&resource),
        resource,
        method,
        sender: Sender::Client,
        id: Vec::new(),
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
    let tag = operation.tags.first().map(|tag| identifier::snake(tag));
    let of_client = |fallback: &str| tag.clone().unwrap_or_else(|| fallback.to_owned());
    let Some(&(at, last)) = statics.last() else {
        return (of_client("root"), on_item(operation));
    };
    if let Some(Segment::Action(action)) = segments.last() {
        return (last.to_owned(), of_action(operation, action, last));
    }
    let has_items = |at: usize| offered.has_items(&segments[..=at]);
    if let Some(done) = position_of_verb(operation, segments, offered) {
        let is_kept = |at: usize| offered.has_kept(&segments[..=at]);
        let done = done_to(&statics, done, &is_kept, &of_client);
        return without_object(done, operation, segments);
    }
    let is_list = offered.is_list(segments);
    let is_collection = is_list || identifier::is_plural(last) || has_items(at);
    let is_single = !has_items(at) && offered.single.contains(&segments::beginning(segments));
    match segments {
        [.., Segment::Static(_)] if is_collection && is_single => {
            (last.to_owned(), on_single(operation))
        }
        [.., Segment::Parameter] if said.is_none() && is_deed(operation, segments, offered) => {
            done_to(&statics, statics.len() - 1, &|_| false, &of_client)
        }
        [.., Segment::Parameter] => one_of(operation, (&statics, segments), last),
        [.., before, Segment::Static(_)] if !is_collection => {
            let of_item = *before == Segment::Parameter;
            let is_read = offered.got.contains(&segments::beginning(segments));
            let is_alone = offered.is_alone(operation);
            let Some((owner, part)) = owner_of_part(operation, (&statics, segments), offered)
            else {
                return (last.to_owned(), on_single(operation));
            };
            let part = without_owner(&part, owner);
            let method = on_part(operation, part, (of_item, is_read, is_alone));
            (owner.to_owned(), method)
        }
        [.., Segment::Static(_)] if is_list || is_told_many(operation, last) => {
            (last.to_owned(), on_collection(operation))
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

/// The method of what follows a dot or a colon.
fn of_action(operation: &Unnamed<'_>, action: &str, noun: &str) -> String {
    match operation.method {
        HttpMethod::Get if action.starts_with("by_") => format!("get_{action}"),
        _ => without_noun(action, noun),
    }
}

/// The owner of the part that a path ends in, and that part: of `/mappings/realm/available`, where `/mappings/realm` is read
/// as a part and the document has realms, `realm_available` of the mappings.
fn owner_of_part<'s>(
    operation: &Unnamed<'_>,
    (statics, segments): (&[(usize, &'s str)], &[Segment]),
    offered: &Offered,
) -> Option<(&'s str, String)> {
    let [before @ .., (_, last)] = statics else {
        return None;
    };
    let [around @ .., (at, parent)] = before else {
        return None;
    };
    let path = &segments[..=*at];
    let is_state = at + 2 == segments.len() && deeds::is_state(parent) && !offered.has_items(path);
    let is_part = operation.method == HttpMethod::Get
        && at + 2 == segments.len()
        && !identifier::is_plural(parent)
        && !offered.has_items(path)
        && offered.got.contains(&segments::beginning(path))
        && offered.has_collection(&identifier::plural(parent));
    match around.last() {
        Some((_, owner)) if is_state && deeds::may_be_verb(last) => {
            Some((owner, format!("{last}_{parent}")))
        }
        Some((_, owner)) if is_part || is_state => Some((owner, format!("{parent}_{last}"))),
        _ => Some((parent, (*last).to_owned())),
    }
}

/// Whether a GET answers with many and its author or its path says so, though its word is no plural: `getAllJobs` for
/// `/evaluation`.
fn is_told_many(operation: &Unnamed<'_>, last: &str) -> bool {
    let own = own_words(operation);
    let is_plural =
        |noun: &String| identifier::is_plural(noun) && !words::GENERIC.contains(&noun.as_str());
    let is_got = own
        .first()
        .is_some_and(|verb| deeds::effect(verb) == Some(Effect::Get));
    let are_many = own.iter().any(|word| word == "all") || own.last().is_some_and(is_plural);
    // NestJS calls a list so, and gives no schema of it by itself.
    let is_scaffold = operation.answer == Answer::Unknown && own == ["find", "all"];
    operation.method == HttpMethod::Get
        && (operation.answer.is_of_many() || is_scaffold)
        && (is_got && are_many || last.starts_with("all_"))
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
    // `ByProjectKeyApplicationsKeyByKey` echoes parameters.
    if own.first().is_some_and(|word| word == "by") {
        return None;
    }
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
    let verb = said.first_mut()?;
    if deeds::effect(verb) == Some(Effect::Get) && verb != "find" && operation.answer.is_list() {
        "list".clone_into(verb);
    }
    said.push("by".to_owned());
    said.push(match behind == [last.as_str()] {
        true => last.clone(),
        false => identifier::singular(last),
    });
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
    let authored = offered.authored.verb(operation);
    let is_authored = |part: &verbs::Part<'_>, index: usize| {
        let ends = matches!(segments.last(), Some(Segment::Static(text)) if text == part.text);
        index > 0
            && part.is_last
            && ends
            && authored.is_some_and(|it| {
                part.text.split('_').next() == it.said.first().map(String::as_str)
            })
    };
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
            leads: statics[index + 1..].iter().any(|(at, text)| {
                identifier::is_plural(text) || offered.has_items(&segments[..=*at])
            }),
            has_items: offered.has_items(&segments[..=*at]),
            has_kept: offered.has_kept(&segments[..=*at]),
            is_bare: *at + 1 == segments.len() && offered.is_only_posted(segments),
            is_whole: statics.len() == 1
                && *at + 1 == segments.len()
                && !has_noun_of(operation, text)
                && match operation.method {
                    HttpMethod::Get => deeds::is_asked(text),
                    _ => offered.is_only_posted(segments) && verbs::is_called_as(operation, text),
                },
            is_sought: segments.last() == Some(&Segment::Parameter)
                && operation.method == HttpMethod::Get,
            is_followed: ends_in_verb(&statics[index + 1..], segments, index == 0),
            is_read_too: operation.method == HttpMethod::Get && !offered.is_alone(operation),
        };
        verbs::is_done(&part, &own, operation.method) || is_authored(&part, index)
    })
}

/// Whether a path ends, behind a segment, in a word that is a verb and no noun. Behind the first, one that may be either will
/// do.
fn ends_in_verb(behind: &[(usize, &str)], segments: &[Segment], is_first: bool) -> bool {
    let last = behind.last().filter(|(at, _)| at + 1 == segments.len());
    last.is_some_and(|(_, text)| {
        let may_be = || deeds::may_be_verb(text) && !deeds::NOUNS.contains(text);
        deeds::PLAIN.contains(text) || is_first && (*text == "list" || may_be())
    })
}

/// Whether a segment is a word for things: a plural, or the first tag, which is a resource then.
fn has_noun_of(operation: &Unnamed<'_>, text: &str) -> bool {
    let one = |text: &str| identifier::singular(text).replace('_', "");
    let tag = operation.tags.first().map(|tag| identifier::snake(tag));
    !text.contains('_') && identifier::is_plural(text)
        || tag.is_some_and(|tag| one(&tag) == one(text))
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

/// Whether a POST to what seems one of many is done: `/hash/{algorithm}`, and not `/applications/key={key}`.
fn is_deed(operation: &Unnamed<'_>, segments: &[Segment], offered: &Offered) -> bool {
    let is_told = statics(segments)
        .last()
        .is_some_and(|(_, last)| is_key(operation, last));
    !is_told && offered.is_deed(operation, segments)
}

#[cfg(test)]
mod tests;
