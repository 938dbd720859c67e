//! Resources and methods, from paths and verbs.
//!
//! `POST /orders/{id}/payments` is `payments().create`, whoever wrote the document: the operationId
//! only helps where path and verb do not settle the name.

use std::collections::{BTreeMap, HashSet};

use crate::identifier;
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

/// An operation to name.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct Unnamed<'a> {
    pub path: &'a str,
    pub method: HttpMethod,
    pub id: Option<&'a str>,
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
    let mut named: Vec<OperationName> = operations.iter().map(plain).collect();
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

/// A path's segment.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Static(String),
    Parameter,
    /// `{id}:cancel`, or what follows the last dot of `files.upload`.
    Action(String),
}

fn segments(path: &str) -> Vec<Segment> {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let mut segments = Vec::new();
    for text in path.split('/').filter(|text| !text.is_empty()) {
        if text.contains('{') {
            segments.push(Segment::Parameter);
            if let Some((_, action)) = text.rsplit_once("}:") {
                segments.push(Segment::Action(identifier::snake(action)));
            }
            continue;
        }
        let text = text
            .strip_suffix(".json")
            .or(text.strip_suffix(".xml"))
            .unwrap_or(text);
        let (text, action) = match text.rsplit_once(['.', ':']) {
            Some((resource, action)) if !resource.is_empty() && !action.is_empty() => {
                (resource, Some(action))
            }
            _ => (text, None),
        };
        segments.push(Segment::Static(identifier::snake(text)));
        segments.extend(action.map(|action| Segment::Action(identifier::snake(action))));
    }
    // Segments that say nothing about the resource go, unless there are no others.
    let telling = |segment: &Segment| match segment {
        Segment::Static(text) => !is_version(text) && !matches!(text.as_str(), "api" | "rest"),
        _ => true,
    };
    if segments
        .iter()
        .any(|segment| matches!(segment, Segment::Static(_)) && telling(segment))
    {
        segments.retain(telling);
    }
    segments
}

/// `v1`, `v2.1`, `v1beta1`, or a date.
fn is_version(text: &str) -> bool {
    let numbered = text
        .strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.len() <= 8);
    // `snake` puts an `n` before a digit.
    let date = text.strip_prefix('n').is_some_and(|rest| {
        let mut parts = rest.split('_').map(|part| {
            part.bytes()
                .all(|b| b.is_ascii_digit())
                .then_some(part.len())
        });
        parts.next() == Some(Some(4)) && parts.next() == Some(Some(2))
    });
    numbered || date
}

fn plain(operation: &Unnamed<'_>) -> OperationName {
    let segments = segments(operation.path);
    let statics: Vec<&str> = segments
        .iter()
        .filter_map(|segment| match segment {
            Segment::Static(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let name = |resource: &str, method: String| OperationName {
        resource: resource.to_owned(),
        entity: identifier::singular(resource),
        method,
        unrenamed: Default::default(),
    };
    let Some(&last) = statics.last() else {
        return name("root", on_item(operation));
    };
    match segments.as_slice() {
        [.., Segment::Action(action)] => name(last, action.clone()),
        [.., Segment::Parameter] => name(last, on_item(operation)),
        [.., before, Segment::Static(_)] if !identifier::is_plural(last) => {
            let parent = statics.len().checked_sub(2).map(|at| statics[at]);
            match parent {
                Some(parent) => name(
                    parent,
                    on_part(operation, last, *before == Segment::Parameter),
                ),
                None => name(last, on_single(operation)),
            }
        }
        _ if identifier::is_plural(last) => name(last, on_collection(operation)),
        _ => name(last, on_single(operation)),
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
    let done = operation
        .id
        .is_some_and(|id| own_words(id).first().is_some_and(|word| word == first));
    match operation.method {
        HttpMethod::Post => part.to_owned(),
        HttpMethod::Put | HttpMethod::Get if done => part.to_owned(),
        HttpMethod::Get if VERBS.contains(&first) => part.to_owned(),
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

/// The words of an operationId without the group that stands before a slash or dot.
fn own_words(id: &str) -> Vec<String> {
    let own = id
        .rsplit(['/', '.'])
        .find(|part| !part.is_empty())
        .unwrap_or(id);
    identifier::words(own)
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
    if let Some(id) = operation.id {
        let words: Vec<String> = own_words(id)
            .into_iter()
            .filter(|word| !resource.contains(word) && !entity.contains(word))
            .collect();
        if (2..=6).contains(&words.len()) {
            candidates.push(words.join("_"));
        }
    }
    let segments = segments(operation.path);
    let mut parents: Vec<String> = Vec::new();
    for segment in segments.iter().rev() {
        if let Segment::Static(text) = segment
            && *text != name.resource
        {
            parents.insert(0, identifier::singular(text));
            candidates.push(format!("{}_for_{}", name.method, parents.join("_")));
        }
    }
    let ends_in_parameter = matches!(segments.last(), Some(Segment::Parameter));
    if !parents.is_empty() && ends_in_parameter {
        candidates.push(format!("{}_item_for_{}", name.method, parents.join("_")));
    }
    if let Some(id) = operation.id {
        candidates.push(identifier::snake(id));
    }
    candidates.push(format!("{}_{}", rare(operation.method), name.method));
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(method: HttpMethod, path: &str) -> String {
        let unnamed = Unnamed {
            path,
            method,
            id: None,
        };
        let name = &name(&[unnamed], &BTreeMap::new(), |_| None)[0];
        format!("{}.{}", name.resource, name.method)
    }

    #[test]
    fn path_and_verb_settle_the_name() {
        use HttpMethod::{Delete, Get, Patch, Post, Put};
        for (method, path, expected) in [
            (Post, "/pos/v1/orders", "orders.create"),
            (Get, "/pos/v1/orders/{order_id}", "orders.get"),
            (
                Post,
                "/pos/v1/orders/{order_id}/payments",
                "payments.create",
            ),
            (
                Post,
                "/pos/v1/orders/{o}/payments/{p}/void",
                "payments.void",
            ),
            (
                Post,
                "/pos/v1/orders/{o}/payments/{p}/refunds",
                "refunds.create",
            ),
            (
                Get,
                "/pos/v1/orders/{o}/payments/{p}/refunds/{r}",
                "refunds.get",
            ),
            (Get, "/pos/v1/locations", "locations.list"),
            (Post, "/pos/v1/launch-tokens", "launch_tokens.create"),
            (Patch, "/users/{id}", "users.update"),
            (Put, "/users/{id}", "users.replace"),
            (Delete, "/users/{id}", "users.delete"),
            (Get, "/health", "health.get"),
            (Get, "/repos/{owner}/{repo}/readme", "repos.get_readme"),
            (Post, "/files.upload", "files.upload"),
            (Post, "/v1/projects/{id}:cancel", "projects.cancel"),
            (Get, "/2010-04-01/Accounts/{Sid}.json", "accounts.get"),
            (Get, "/status/423", "status.get_n423"),
            (Get, "/", "root.get"),
            (Get, "/{anything}", "root.get"),
        ] {
            assert_eq!(named(method, path), expected, "{method:?} {path}");
        }
    }

    #[test]
    fn a_longer_path_gives_way() {
        let path = |path| Unnamed {
            path,
            method: HttpMethod::Get,
            id: None,
        };
        let operations = [
            path("/repos/{r}/issues/{i}/comments"),
            path("/comments"),
            path("/gists/{g}/comments"),
        ];
        let names: Vec<String> = name(&operations, &BTreeMap::new(), |_| None)
            .into_iter()
            .map(|name| name.method)
            .collect();
        assert_eq!(names, ["list_for_issue", "list", "list_for_gist"]);
    }

    #[test]
    fn a_version_is_no_part_of_a_path() {
        let path = |path| Unnamed {
            path,
            method: HttpMethod::Get,
            id: None,
        };
        let operations = [path("/grown/things"), path("/v1/things")];
        let names = name(&operations, &BTreeMap::new(), |_| None);
        assert_eq!(names[1].method, "list");
        assert_eq!(names[0].method, "list_for_grown");
    }

    #[test]
    fn what_has_a_name_keeps_it() {
        let path = |path| Unnamed {
            path,
            method: HttpMethod::Get,
            id: None,
        };
        let operations = [path("/things"), path("/old/things")];
        let previous = |key: &str| {
            (key == "GET /old/things").then(|| ("things".to_owned(), "list".to_owned()))
        };
        let names = name(&operations, &BTreeMap::new(), previous);
        assert_eq!(names[1].method, "list");
        assert_eq!(names[0].method, "get_list");
    }

    #[test]
    fn paths_that_differ_in_parameter_names_alone_stay_apart() {
        let path = |path| Unnamed {
            path,
            method: HttpMethod::Get,
            id: None,
        };
        let names = name(&[path("/a/{x}"), path("/a/{y}")], &BTreeMap::new(), |_| {
            None
        });
        assert_ne!(names[0].method, names[1].method);
    }
}
