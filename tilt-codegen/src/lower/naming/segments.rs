//! Paths, segment by segment.

use crate::identifier;
use crate::lower::naming::parts::{PathPart, parameters, parts};

/// A path's segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    Static(String),
    Parameter,
    /// `{id}:cancel`, or what follows the last dot of `files.upload`.
    Action(String),
}

pub(super) fn segments(path: &str) -> Vec<Segment> {
    let parts = parts(path);
    let last = parts
        .iter()
        .rposition(|part| matches!(part, PathPart::Text(_)));
    let mut segments = Vec::new();
    for (at, part) in parts.into_iter().enumerate() {
        let text = match part {
            PathPart::Parameter(_, rest) => {
                segments.push(Segment::Parameter);
                let action = rest.rsplit_once("}:").map(|(_, action)| action);
                let action = action.or_else(|| rest.strip_prefix(':'));
                segments.extend(action.map(|it| Segment::Action(identifier::snake(it))));
                continue;
            }
            // `/users/@me`
            PathPart::Text(text) => without_ending(text.strip_prefix('@').unwrap_or(text)),
        };
        let (noun, action) = match text.rsplit_once(['.', ':']) {
            Some((noun, action)) if !noun.is_empty() && last == Some(at) && is_action(action) => {
                (noun, Some(action))
            }
            _ => (text, None),
        };
        // A namespace is no thing: its action is done to what stands before it.
        let is_bound = segments.last() == Some(&Segment::Parameter) && is_bound(text);
        if at == 0 || action.is_none() || !is_namespace(noun) && !is_bound {
            segments.push(Segment::Static(apart(identifier::snake(noun))));
        }
        segments.extend(action.map(|action| Segment::Action(identifier::snake(action))));
    }
    without_format(&mut segments);
    // Segments that say nothing about the resource go, unless there are no others.
    let telling = |segment: &Segment| match segment {
        Segment::Static(text) => {
            !is_version(text) && !is_number(text) && !matches!(text.as_str(), "api" | "rest")
        }
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

/// `/containers/{id}/json` is a container, however that is written.
fn without_format(segments: &mut Vec<Segment>) {
    let is_format = |it: &Segment| matches!(it, Segment::Static(text) if matches!(text.as_str(), "json" | "xml"));
    let is_noun = |it: &Segment| matches!(it, Segment::Static(_)) && !is_format(it);
    if segments.last().is_some_and(is_format) && segments.iter().any(is_noun) {
        segments.pop();
    }
}

/// A text without the ending of a file that says nothing: of how an answer is written, or of the program that gives it.
fn without_ending(text: &str) -> &str {
    const ENDINGS: &[&str] = &[
        "ashx", "asp", "aspx", "cgi", "do", "json", "jsp", "php", "xml",
    ];
    let (name, ending) = text.rsplit_once('.').unwrap_or((text, ""));
    match ENDINGS.contains(&ending) && !name.is_empty() {
        true => name,
        false => text,
    }
}

/// Whether a word before a dot is what the types and actions of OData stand in: `microsoft.graph`, or the one that has no
/// other name.
fn is_namespace(text: &str) -> bool {
    text.contains('.') || text == "Default"
}

/// Whether a text behind one of many is a function of OData in its namespace: `TripPin.ShareTrip`.
fn is_bound(text: &str) -> bool {
    let mut words = text.split('.');
    words.all(|word| word.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// Two words that are written as one: `getall`.
fn apart(text: String) -> String {
    const VERBS: &[&str] = &["delete", "fetch", "find", "get", "list", "remove", "update"];
    match text.strip_suffix("all") {
        Some(verb) if VERBS.contains(&verb) => format!("{verb}_all"),
        _ => text,
    }
}

/// Whether what follows a dot is done, and is neither the end of a file's name or a domain's nor the rest of a number.
fn is_action(text: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "atom", "avi", "bin", "csv", "css", "gif", "gz", "htm", "html", "ico", "ics", "ini",
        "jpeg", "jpg", "js", "jsonl", "kml", "log", "m3u8", "md", "mp3", "mp4", "ndjson", "ogg",
        "parquet", "pdf", "pem", "png", "ps1", "rss", "sh", "svg", "tar", "tgz", "toml", "ts",
        "txt", "wasm", "wav", "webm", "webp", "xls", "xlsx", "yaml", "yml", "zip",
    ];
    const DOMAINS: &[&str] = &["com", "dev", "io", "net", "org"];
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !DOMAINS.contains(&text.to_ascii_lowercase().as_str())
        && !ENDINGS.contains(&text.to_ascii_lowercase().as_str())
}

/// The ending of a file's name that stands behind a path's last parameter: `pdf` of `/invoices/{id}.pdf`.
pub(super) fn ending(path: &str) -> Option<String> {
    let (_, ending) = path.rsplit_once("}.")?;
    let is_word = ending.chars().all(|c| c.is_ascii_alphanumeric());
    (is_word && !ending.is_empty()).then(|| identifier::snake(ending))
}

/// The version that a path is under.
pub(super) fn version(path: &str) -> Option<String> {
    let mut texts = path.split('/').map(str::to_ascii_lowercase);
    texts
        .find(|text| text.starts_with('v') && is_version(text))
        .map(|it| identifier::snake(&it))
}

/// `v1`, `v2.1`, `v1beta1`, or a date.
pub(super) fn is_version(text: &str) -> bool {
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

/// A version that is a number alone, as names have it: `3` of `/rest/api/3/search`.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('n').unwrap_or_default();
    (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Words before a parameter that say of what it is.
const LABELS: &[&str] = &[
    "after", "at", "before", "by", "end", "from", "since", "start", "to", "until",
];

/// Whether a segment is no noun before the parameters behind it.
pub(super) fn is_label(text: &str) -> bool {
    LABELS.contains(&text)
}

/// `/start/{start}` beside something else is two words for one parameter, and so is `/users/id/{id}`. Before several
/// parameters, it says which way something is done: `/mobile/after/{board}/{thread}`.
pub(super) fn without_labels(mut segments: Vec<Segment>) -> Vec<Segment> {
    /// Words for what tells one of a collection from others.
    const KEYS: &[&str] = &["guid", "id", "name", "slug", "uid", "uuid"];
    let is_one_of = |it: &Segment, words: &[&str]| matches!(it, Segment::Static(text) if words.contains(&text.as_str()));
    let is_label = |it: &Segment| is_one_of(it, LABELS);
    let is_noun = |it: &Segment| matches!(it, Segment::Static(_)) && !is_label(it);
    let has_noun = segments.iter().any(is_noun) || segments.first().is_some_and(is_label);
    let mut at = 1;
    while at + 1 < segments.len() {
        let is_key = is_one_of(&segments[at], KEYS) && is_noun(&segments[at - 1]);
        let is_way = segments[at - 1] != Segment::Parameter
            && segments.get(at + 2) == Some(&Segment::Parameter);
        let says_nothing = is_key || is_label(&segments[at]) && has_noun && !is_way;
        match says_nothing && segments[at + 1] == Segment::Parameter {
            true => drop(segments.remove(at)),
            false => at += 1,
        }
    }
    segments
}

/// A path up to each item of a collection, without the names of its parameters.
pub(super) fn collections(path: &str) -> Vec<String> {
    let segments = segments(path);
    let ends = segments
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| matches!(pair, [Segment::Static(_), Segment::Parameter]));
    ends.map(|(at, _)| beginning(&segments[..=at])).collect()
}

/// The word for the last parameter of a path.
pub(super) fn last_parameter(path: &str) -> String {
    let name = parameters(path).next_back();
    let mut words = identifier::words(name.unwrap_or_default());
    let is_said = |word: &String| matches!(word.as_str(), "id" | "ids" | "name" | "uuid");
    if words.len() > 1 && words.last().is_some_and(is_said) {
        words.pop();
    }
    words.join("_")
}

/// The word for a parameter that stands before everything else in a path: `index` in `/{index}/_alias`.
pub(super) fn leading_parameter(path: &str) -> Option<String> {
    let first = path.split('/').find(|text| !text.is_empty())?;
    let name = first.strip_prefix('{')?.strip_suffix('}')?;
    let mut words = identifier::words(name);
    let is_said = |word: &String| matches!(word.as_str(), "id" | "ids" | "name" | "uuid");
    if words.len() > 1 && words.last().is_some_and(is_said) {
        words.pop();
    }
    (!words.is_empty()).then(|| words.join("_"))
}

/// Segments as text.
pub(super) fn beginning(segments: &[Segment]) -> String {
    let mut text = String::new();
    for segment in segments {
        text.push('/');
        match segment {
            Segment::Static(name) | Segment::Action(name) => text.push_str(name),
            Segment::Parameter => text.push_str("{}"),
        }
    }
    text
}
