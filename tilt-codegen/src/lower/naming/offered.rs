//! The paths of a document: what is there beside an operation that is named.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::identifier;
use crate::lower::naming::authored::Authored;
use crate::lower::naming::objects::names_many;
use crate::lower::naming::segments::{self, Segment, segments};
use crate::lower::naming::unnamed::{Answer, Unnamed};
use crate::lower::naming::verbs;
use crate::model::HttpMethod;

/// The paths of a document, without the names of their parameters.
pub(super) struct Offered {
    /// Those that have items below them: collections, whatever their names look like.
    pub(super) collections: HashSet<String>,
    /// Those where something else than a POST is offered.
    pub(super) readable: HashSet<String>,
    /// Those where a GET is offered.
    pub(super) got: HashSet<String>,
    /// Those where a GET answers with one thing, whatever they are called: `/endpoint/headers`.
    pub(super) single: HashSet<String>,
    /// Those where a GET answers with many things.
    many: HashSet<String>,
    /// Those of what can be changed.
    pub(super) changed: HashSet<String>,
    /// Those of what can be removed.
    removed: HashSet<String>,
    /// The versions that the same is offered under.
    versions: HashMap<(HttpMethod, String), HashSet<Option<String>>>,
    /// Segments that are several words in one, and how operationIds spell these.
    pub(super) spelled: BTreeMap<String, String>,
    /// The last words of the paths of one of many, and those of many that are changed or removed together.
    of_one: HashSet<(HttpMethod, String)>,
    of_many: HashSet<(HttpMethod, String)>,
    /// How many operations each path has.
    methods: HashMap<String, usize>,
    /// Verbs that no table has.
    pub(super) authored: Authored,
}

impl Offered {
    pub(super) fn of(operations: &[Unnamed<'_>]) -> Self {
        let paths = operations.iter().map(|operation| operation.path);
        let others = operations
            .iter()
            .filter(|operation| operation.method != HttpMethod::Post);
        let changes = |it: &&Unnamed<'_>| matches!(it.method, HttpMethod::Put | HttpMethod::Patch);
        let changed = operations.iter().filter(changes);
        let changed: HashSet<String> = changed
            .map(|operation| segments::beginning(&segments(operation.path)))
            .collect();
        let is_one = |operation: &Unnamed<'_>| match operation.answer {
            Answer::One => true,
            Answer::Keyed => changed.contains(&segments::beginning(&segments(operation.path))),
            Answer::Many | Answer::List | Answer::Unknown => false,
        };
        let single = operations
            .iter()
            .filter(|operation| is_one(operation) && !verbs::says_list(operation));
        let single = single
            .map(|operation| segments::beginning(&segments(operation.path)))
            .collect();
        let got = operations
            .iter()
            .filter(|operation| operation.method == HttpMethod::Get);
        let removed = operations
            .iter()
            .filter(|operation| operation.method == HttpMethod::Delete);
        let is_many = |it: &&Unnamed<'_>| it.method == HttpMethod::Get && it.answer.is_of_many();
        let many = operations.iter().filter(is_many);
        Self {
            many: many
                .map(|operation| segments::beginning(&segments(operation.path)))
                .collect(),
            versions: versions(operations),
            removed: removed
                .map(|operation| segments::beginning(&segments(operation.path)))
                .collect(),
            spelled: spelled(operations),
            of_one: of_one(operations),
            of_many: of_many(operations),
            methods: methods(operations),
            authored: Authored::of(operations),
            got: got
                .map(|operation| segments::beginning(&segments(operation.path)))
                .collect(),
            single,
            changed,
            collections: paths.flat_map(segments::collections).collect(),
            readable: others
                .map(|operation| segments::beginning(&segments(operation.path)))
                .collect(),
        }
    }

    /// The version of an operation's path, where the same is there under another.
    pub(super) fn version(&self, operation: &Unnamed<'_>) -> Option<String> {
        let path = segments::beginning(&segments(operation.path));
        let versions = self.versions.get(&(operation.method, path));
        segments::version(operation.path).filter(|_| versions.is_some_and(|it| it.len() > 1))
    }

    /// Whether one of what a path ends in is changed or removed by itself, wherever that is.
    pub(super) fn has_one(&self, method: HttpMethod, path: &[Segment]) -> bool {
        self.of_one.contains(&(method, ending(path)))
    }

    /// Whether an operation on all of what a path ends in is about many, wherever that is.
    pub(super) fn is_of_many(&self, method: HttpMethod, path: &[Segment]) -> bool {
        self.of_many.contains(&(method, ending(path)))
    }

    /// Whether no other method is offered at an operation's path.
    pub(super) fn is_alone(&self, operation: &Unnamed<'_>) -> bool {
        let path = segments::beginning(&segments(operation.path));
        self.methods.get(&path) == Some(&1)
    }

    /// Whether a GET with one more parameter than an operation has gets one thing.
    pub(super) fn has_one_below(&self, operation: &Unnamed<'_>) -> bool {
        let below = [segments(operation.path), vec![Segment::Parameter]].concat();
        let below = segments::beginning(&below);
        self.got.contains(&below) && !self.many.contains(&below)
    }

    /// Whether a collection has a name, wherever it is.
    pub(super) fn has_collection(&self, name: &str) -> bool {
        let mut names = self.collections.iter();
        names.any(|path| path.rsplit('/').next() == Some(name))
    }

    /// Keeps resources as they are spelled that have this name already.
    pub(super) fn keep_spelling(&mut self, previous: impl Iterator<Item = (String, String)>) {
        for (resource, _) in previous {
            self.spelled.remove(&resource);
        }
    }

    /// A name with its words apart, where the document spells them so.
    pub(super) fn spelled(&self, name: &str) -> String {
        let words = name.split('_').map(|word| {
            let spelled = self.spelled.get(word);
            spelled.map_or(word, String::as_str)
        });
        words.collect::<Vec<_>>().join("_")
    }

    /// A path without a word that only says that something is done to the one before it, where nothing is offered by that word
    /// itself: `/users/{id}/lifecycle/activate`.
    pub(super) fn without_group(
        &self,
        method: HttpMethod,
        mut segments: Vec<Segment>,
    ) -> Vec<Segment> {
        const GROUPS: &[&str] = &["actions", "commands", "lifecycle", "operations"];
        let length = segments.len();
        let is_group = match segments.as_slice() {
            [
                ..,
                Segment::Parameter,
                Segment::Static(group),
                Segment::Static(done),
            ] => {
                let path = &segments[..length - 1];
                let is_read = self.got.contains(&segments::beginning(&segments));
                (method != HttpMethod::Get && !is_read && !identifier::is_plural(done))
                    && GROUPS.contains(&group.as_str())
                    && !self.methods.contains_key(&segments::beginning(path))
                    && !self.has_items(path)
            }
            _ => false,
        };
        if is_group {
            segments.remove(length - 2);
        }
        segments
    }

    /// Whether there are items below a path.
    pub(super) fn has_items(&self, path: &[Segment]) -> bool {
        self.collections.contains(&segments::beginning(path))
    }

    /// Whether a path that ends in a word for a list is one that is only read: `/margin/openOrderList`, for a list that is
    /// changed or removed as a whole is one thing.
    pub(super) fn is_list(&self, path: &[Segment]) -> bool {
        let is_so_called =
            matches!(path.last(), Some(Segment::Static(text)) if text.ends_with("_list"));
        let path = segments::beginning(path);
        is_so_called
            && self.many.contains(&path)
            && !self.changed.contains(&path)
            && !self.removed.contains(&path)
    }

    /// Whether nothing but a POST is offered at a path, and nothing is kept below it.
    pub(super) fn is_only_posted(&self, path: &[Segment]) -> bool {
        !self.readable.contains(&segments::beginning(path)) && !self.has_kept(path)
    }

    /// Whether the items below a path are things that are kept: they are read, and changed or removed.
    pub(super) fn has_kept(&self, collection: &[Segment]) -> bool {
        let item = [collection, &[Segment::Parameter]].concat();
        let item = segments::beginning(&item);
        self.got.contains(&item) && (self.changed.contains(&item) || self.removed.contains(&item))
    }

    /// Whether a POST to what seems an item of something is all that there is: `/hash/{algorithm}`.
    pub(super) fn is_deed(&self, operation: &Unnamed<'_>, segments: &[Segment]) -> bool {
        let [collection @ .., _] = segments else {
            return false;
        };
        let noun = segments.iter().rev().find_map(|segment| match segment {
            Segment::Static(text) => Some(text),
            _ => None,
        });
        let is_many = noun.is_some_and(|noun| identifier::is_plural(noun));
        operation.method == HttpMethod::Post
            && !is_many
            && ![segments, collection]
                .iter()
                .any(|path| self.readable.contains(&segments::beginning(path)))
    }
}

/// The last word of a path.
fn ending(path: &[Segment]) -> String {
    let last = path.iter().rev().find_map(|segment| match segment {
        Segment::Static(text) => Some(text.clone()),
        _ => None,
    });
    last.unwrap_or_default()
}

fn of_one(operations: &[Unnamed<'_>]) -> HashSet<(HttpMethod, String)> {
    let items = operations.iter().filter_map(|operation| {
        let segments = segments(operation.path);
        let is_item = segments.last() == Some(&Segment::Parameter);
        is_item.then(|| (operation.method, ending(&segments)))
    });
    items.collect()
}

fn of_many(operations: &[Unnamed<'_>]) -> HashSet<(HttpMethod, String)> {
    let many = operations
        .iter()
        .filter_map(|operation| match segments(operation.path).last() {
            Some(Segment::Static(last)) if names_many(operation, last) => {
                Some((operation.method, last.clone()))
            }
            _ => None,
        });
    many.collect()
}

/// How many operations each path has.
fn methods(operations: &[Unnamed<'_>]) -> HashMap<String, usize> {
    let mut methods: HashMap<String, usize> = HashMap::new();
    for operation in operations {
        let path = segments::beginning(&segments(operation.path));
        *methods.entry(path).or_default() += 1;
    }
    methods
}

/// The versions of each method and path without one.
fn versions(operations: &[Unnamed<'_>]) -> HashMap<(HttpMethod, String), HashSet<Option<String>>> {
    let mut versions: HashMap<_, HashSet<_>> = HashMap::new();
    for operation in operations {
        let path = segments::beginning(&segments(operation.path));
        let same = versions.entry((operation.method, path)).or_default();
        same.insert(segments::version(operation.path));
    }
    versions
}

/// Segments of paths that operationIds spell as several words: `role_bindings` for `rolebindings`, of
/// `listNamespacedRoleBinding`.
fn spelled(operations: &[Unnamed<'_>]) -> BTreeMap<String, String> {
    /// A shorter segment is most often one word, whatever an author makes of it: `webHook`.
    const LONG: usize = 8;
    const MOST_WORDS: usize = 5;
    let mut spelled: BTreeMap<String, String> = BTreeMap::new();
    let mut looked: HashSet<String> = HashSet::new();
    let ids = operations.iter().filter_map(|operation| operation.id);
    let ids: Vec<Vec<String>> = ids.map(identifier::words).collect();
    let mut runs: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for words in &ids {
        for length in 2..=MOST_WORDS.min(words.len()) {
            for run in words.windows(length) {
                let lengths = run.iter().map(String::len).collect();
                runs.entry(run.concat()).or_insert(lengths);
            }
        }
    }
    for segment in operations.iter().flat_map(|it| segments(it.path)) {
        let Segment::Static(text) = segment else {
            continue;
        };
        if text.len() < LONG || text.contains('_') || !looked.insert(text.clone()) {
            continue;
        }
        let found = [text.clone(), identifier::singular(&text)];
        let lengths = found.iter().find_map(|text| runs.get(text));
        let apart = lengths.and_then(|lengths| apart(&text, lengths));
        if let Some(apart) = apart.filter(|_| !ONE_WORD.contains(&found[1].as_str())) {
            spelled.insert(text, apart);
        }
    }
    spelled
}

/// A text in words of these lengths; the last has the rest.
fn apart(text: &str, lengths: &[usize]) -> Option<String> {
    let (_, before) = lengths.split_last()?;
    let mut words = Vec::new();
    let mut rest = text;
    for length in before {
        let (word, behind) = rest.split_at_checked(*length)?;
        words.push(word);
        rest = behind;
    }
    words.push(rest);
    // `integration` and `s` are no two words.
    const SHORTEST: usize = 3;
    (rest.len() >= SHORTEST).then(|| words.join("_"))
}

/// Words that are one, though some write them as two.
const ONE_WORD: &[&str] = &[
    "blockchain",
    "callback",
    "checkout",
    "database",
    "dataset",
    "datastore",
    "endpoint",
    "feedback",
    "filesystem",
    "firewall",
    "hostname",
    "keyboard",
    "metadata",
    "namespace",
    "passcode",
    "password",
    "payslip",
    "playbook",
    "timestamp",
    "username",
    "webhook",
    "whitelist",
    "wildcard",
    "workflow",
    "workspace",
];
