//! Verbs that no table has: a word is one where its author uses it as one.
//!
//! An operationId that begins with a word, and goes on with what its path or its tag is about, says what is done to that,
//! whatever the word is: `reassignFaces`. Words that are things elsewhere in the document are none, and neither are those
//! that begin operationIds of what is read as well as of what is changed: such a word is the name of a part of the API.

use std::collections::{HashMap, HashSet};

use crate::identifier;
use crate::lower::naming::deeds::{effect, may_be_verb};
use crate::lower::naming::own::{is_preposition, own_words};
use crate::lower::naming::parts::parameters;
use crate::lower::naming::segments::{self, Segment, segments};
use crate::lower::naming::unnamed::Unnamed;
use crate::lower::naming::verbs;
use crate::model::HttpMethod;

/// The verbs of a document's operations that no table has, by what tells the operations apart.
#[derive(Default)]
pub(super) struct Authored(HashMap<(HttpMethod, String), Deed>);

/// A verb that no table has.
pub(super) struct Deed {
    /// The verb, with what belongs to it: `mark_as_read`.
    pub said: Vec<String>,
    /// The resource that it is done to, where that is not the last of the path: `playlists` of
    /// `/playlists/{id}/followers`, called `followPlaylist`.
    pub of: Option<String>,
}

impl Authored {
    pub(super) fn of(operations: &[Unnamed<'_>]) -> Self {
        let document = Document::of(operations);
        let verbs = operations.iter().filter_map(|operation| {
            let verb = document.verb(operation)?;
            Some(((operation.method, operation.path.to_owned()), verb))
        });
        Self(verbs.collect())
    }

    pub(super) fn verb(&self, operation: &Unnamed<'_>) -> Option<&Deed> {
        self.0.get(&(operation.method, operation.path.to_owned()))
    }
}

/// Words that say which one is meant.
const DETERMINERS: &[&str] = &["a", "all", "an", "any", "my", "own", "the", "this", "your"];

/// Words that say which way, or to whom, something is there.
const WAYS: &[&str] = &[
    "active",
    "admin",
    "api",
    "async",
    "auto",
    "available",
    "batch",
    "bulk",
    "current",
    "custom",
    "default",
    "external",
    "has",
    "internal",
    "is",
    "last",
    "latest",
    "legacy",
    "live",
    "mass",
    "multi",
    "my",
    "new",
    "next",
    "old",
    "partial",
    "pending",
    "popular",
    "private",
    "public",
    "raw",
    "recent",
    "recommended",
    "self",
    "single",
    "sub",
    "top",
    "trending",
    "upcoming",
    "user",
    "web",
];

/// The words of a document.
struct Document {
    /// Those for things, in the singular.
    nouns: HashSet<String>,
    /// First words of operationIds, and whether they are those of reading, of changing, or both.
    first: HashMap<String, (bool, bool)>,
    /// OperationIds that begin with a verb of the tables.
    verbal: usize,
    /// OperationIds that begin with what their path is about.
    nominal: usize,
}

impl Document {
    fn of(operations: &[Unnamed<'_>]) -> Self {
        let mut document = Self {
            nouns: operations.iter().flat_map(nouns_of_document).collect(),
            first: HashMap::new(),
            verbal: 0,
            nominal: 0,
        };
        for operation in operations.iter().filter(|it| !verbs::is_echo(it)) {
            let own = own_words(operation);
            let Some(first) = own.first() else {
                continue;
            };
            let is_read = operation.method == HttpMethod::Get;
            let met = document.first.entry(first.clone()).or_default();
            *met = (met.0 || is_read, met.1 || !is_read);
            match effect(first).is_some() {
                true if own.len() > 1 => document.verbal += 1,
                false if is_noun_of_path(operation, first) => {
                    document.nominal += 1;
                }
                _ => {}
            }
        }
        document
    }

    /// The verb of an operationId that no table has.
    fn verb(&self, operation: &Unnamed<'_>) -> Option<Deed> {
        if verbs::is_echo(operation) || !self.begins_with_verbs(operation.method) {
            return None;
        }
        let own = own_words(operation);
        let (verb, rest) = own.split_first()?;
        let deed = deed(operation, verb);
        let nouns = nouns(operation, deed.as_deref());
        let is_filler = deed.is_none() && matches!(verb.as_str(), "do" | "perform");
        if is_filler || !self.is_free(verb) || nouns.contains(&identifier::singular(verb)) {
            return None;
        }
        let is_determiner = |word: &&String| DETERMINERS.contains(&word.as_str());
        let objects: Vec<String> = rest.iter().skip_while(is_determiner).cloned().collect();
        let first = objects.first()?;
        let way = as_what(&objects);
        let is_done_to = nouns.contains(&identifier::singular(first));
        let is_as = operation.method != HttpMethod::Get && first == "as" && way.is_some();
        if !is_done_to && !is_as {
            return None;
        }
        let mut said = vec![verb.clone()];
        said.extend(way.into_iter().flatten());
        let of = deed.is_none().then(|| owner_of(operation, &objects));
        Some(Deed {
            said,
            of: of.flatten(),
        })
    }

    /// Whether the document's operationIds say first what is done. A word before what is got may be an adjective, where
    /// nothing tells that.
    fn begins_with_verbs(&self, method: HttpMethod) -> bool {
        const ENOUGH: usize = 3;
        const MOST_NOMINAL: usize = 4;
        match method {
            HttpMethod::Get => {
                self.verbal >= ENOUGH && self.nominal * MOST_NOMINAL * 2 <= self.verbal
            }
            _ => self.nominal == 0 || self.nominal * MOST_NOMINAL <= self.verbal,
        }
    }

    /// Whether a word may be a verb: it is in no table, and no thing of the document.
    fn is_free(&self, word: &str) -> bool {
        const SHORTEST: usize = 3;
        let is_of_both = self.first.get(word) == Some(&(true, true));
        word.len() >= SHORTEST
            && word.bytes().all(|b| b.is_ascii_lowercase())
            && effect(word).is_none()
            // `needsBoth` says how it is.
            && !identifier::is_plural(word)
            && identifier::escape_keyword(word.to_owned()) == word
            && !is_of_both
            && !is_preposition(word)
            && !WAYS.contains(&word)
            && !DETERMINERS.contains(&word)
            && !self.nouns.contains(&identifier::singular(word))
    }
}

/// The segment that a path ends in, where that begins with a verb: `extend` of `/sessions/{id}/extend`.
fn deed(operation: &Unnamed<'_>, verb: &str) -> Option<String> {
    let segments = segments(operation.path);
    let (last, before) = segments.split_last()?;
    let has_noun = before.iter().any(|it| matches!(it, Segment::Static(_)));
    match last {
        Segment::Static(text) if has_noun && text.split('_').next() == Some(verb) => {
            Some(text.clone())
        }
        _ => None,
    }
}

fn is_noun_of_path(operation: &Unnamed<'_>, word: &str) -> bool {
    let nouns = nouns(operation, deed(operation, word).as_deref());
    nouns.contains(&identifier::singular(word))
}

/// The state that a verb brings a thing into: `as_read` of `mark_thread_as_read`.
fn as_what(objects: &[String]) -> Option<Vec<String>> {
    const MOST: usize = 3;
    let at = objects.iter().position(|word| word == "as")?;
    let way = &objects[at..];
    (2..=MOST).contains(&way.len()).then(|| way.to_vec())
}

/// The resource before the last one, where an operationId is about that alone.
fn owner_of(operation: &Unnamed<'_>, objects: &[String]) -> Option<String> {
    let segments = segments::without_labels(segments(operation.path));
    let [
        ..,
        Segment::Static(owner),
        Segment::Parameter,
        Segment::Static(last),
    ] = segments.as_slice()
    else {
        return None;
    };
    let one = |words: &[String]| identifier::singular(&words.join("_"));
    let length = identifier::words(owner).len();
    let is_about_owner = objects
        .windows(length)
        .any(|words| one(words) == identifier::singular(owner));
    let of_last = identifier::words(last);
    let is_about_last = objects.iter().any(|word| {
        let word = identifier::singular(word);
        of_last.iter().any(|it| identifier::singular(it) == word)
    });
    (is_about_owner && !is_about_last && !may_be_verb(last)).then(|| owner.clone())
}

/// The words, in the singular, of what an operation's path and tags are about; `but` is no part of it.
fn nouns(operation: &Unnamed<'_>, but: Option<&str>) -> HashSet<String> {
    let statics = segments(operation.path).into_iter();
    let statics = statics.filter_map(|segment| match segment {
        Segment::Static(text) if Some(text.as_str()) != but => Some(text),
        _ => None,
    });
    let all = statics.chain(operation.tags.iter().cloned());
    let words = all.flat_map(|text| identifier::words(&text));
    words.map(|word| identifier::singular(&word)).collect()
}

/// The words, in the singular, that an operation's path has for things: collections, plurals, and what its parameters name.
fn nouns_of_document(operation: &Unnamed<'_>) -> Vec<String> {
    let segments = segments::without_labels(segments(operation.path));
    let things = segments.iter().enumerate().filter_map(|(at, segment)| {
        let has_items = matches!(segments.get(at + 1), Some(Segment::Parameter));
        match segment {
            Segment::Static(text) if has_items || identifier::is_plural(text) => {
                Some(text.as_str())
            }
            _ => None,
        }
    });
    let words = things
        .chain(parameters(operation.path))
        .flat_map(identifier::words);
    words.map(|word| identifier::singular(&word)).collect()
}
