//! Verbs: those of operationIds, which are their authors' words, and those of paths.
//!
//! An operationId is heard where it says something else than path and HTTP method do. Verbs that say the
//! same in other words are not: an API keeps its names whichever framework wrote the document.

use crate::identifier;
use crate::lower::naming::deeds::{
    AMBIGUOUS, CREATING, DEEDS, Effect, NOUNS, PLAIN, READING, effect, may_be_verb,
};
use crate::lower::naming::own::{is_preposition, own_words};
use crate::lower::naming::parts::{self, texts};
use crate::lower::naming::segments::{Segment, segments};
use crate::lower::naming::unnamed::Unnamed;
use crate::model::HttpMethod;

/// A verb that many things are given to at once is one: `multi_search`.
fn without_number(text: &str) -> &str {
    let of_many = ["batch_", "bulk_", "multi_"];
    let rest = of_many.iter().find_map(|it| text.strip_prefix(it));
    rest.filter(|rest| may_be_verb(first_word(rest)))
        .unwrap_or(text)
}

fn first_word(text: &str) -> &str {
    text.split('_').next().unwrap_or(text)
}

/// A segment of a path without parameters.
pub(super) struct Part<'a> {
    pub text: &'a str,
    /// Nothing stands before it that it could be done to.
    pub is_first: bool,
    /// Nothing but parameters stands behind it.
    pub is_last: bool,
    /// A collection stands behind it.
    pub leads: bool,
    /// It is a collection elsewhere in the document.
    pub has_items: bool,
    /// Its items are read, and changed or removed.
    pub has_kept: bool,
    /// Nothing stands behind it, nothing but a POST is offered there, and nothing is kept below it.
    pub is_bare: bool,
    /// The operationId says no more than method and path do.
    pub is_echoed: bool,
    /// The operationId ends in it and all that stands behind it, and begins with who does it.
    pub is_told: bool,
    /// It is all that a path says, where nothing but a POST is offered and no things are, and all that the operationId does.
    pub is_whole: bool,
    /// A GET, and what stands behind it is looked for.
    pub is_sought: bool,
    /// The path ends in another word that is a verb and no noun.
    pub is_followed: bool,
    /// A GET, and something else is offered at the path.
    pub is_read_too: bool,
}

/// Whether a segment of a path says what is done. `own` are the operationId's own words.
pub(super) fn is_done(part: &Part<'_>, own: &[String], method: HttpMethod) -> bool {
    let first = first_word(without_number(part.text));
    let says = own.first().map(String::as_str);
    let is_one_word = first == part.text;
    // GET and DELETE `/move/{id}`: a move is a thing.
    if is_one_word && (part.has_kept || is_thing(part)) {
        return false;
    }
    // POST `/embed`, called `embed`: whoever creates something says so.
    if part.is_whole {
        return true;
    }
    if is_one_word && part.is_first && part.leads && is_namespace(part, own, method) {
        return false;
    }
    // `create-remove-token` creates something.
    let is_http = |says: &str| method != HttpMethod::Get && says == method.as_str().to_lowercase();
    let is_object = !is_one_word
        && !part.is_echoed
        && says.is_some_and(|says| says != first && effect(says).is_some() && !is_http(says))
        && own.iter().skip(1).any(|word| word == first);
    // GET `/merge`, called `check-if-merged`, merges nothing.
    let is_undone = matches!(method, HttpMethod::Get | HttpMethod::Delete)
        && says.is_some_and(|says| says != first && effect(says).is_some())
        && !READING.contains(&first);
    if is_object || is_one_word && is_undone && PLAIN.contains(&first) {
        return false;
    }
    // `DeleteTestHelpersTestClocksTestClock` tests nothing.
    let is_many = part.has_items && identifier::is_plural(part.text);
    if part.is_echoed && !is_one_word && (!part.is_last || is_many) {
        return PLAIN.contains(&first);
    }
    if is_search(part, own) {
        return true;
    }
    if PLAIN.contains(&first) || first == "list" && !(is_one_word && part.is_first) {
        return true;
    }
    AMBIGUOUS.contains(&first)
        && match is_one_word {
            // DELETE `/load/{id}`, called `load_delete`, loads nothing.
            true if method != HttpMethod::Post => {
                says == Some(first) && (!part.is_echoed || suits(first, method))
            }
            // POST `/add`, and nobody says of what.
            true if part.is_first && part.is_bare && own.is_empty() => !NOUNS.contains(&first),
            true => {
                says == Some(first)
                    || part.is_told
                    || is_unsaid(part, own)
                    || method == HttpMethod::Post && is_end_of(part, own)
            }
            // Many launch tokens are things, and no launching.
            false => {
                let is_thing = part.has_items || identifier::is_plural(part.text);
                says == Some(first) || method == HttpMethod::Post && !is_thing
            }
        }
}

/// Whether a verb is what another is done to, or what is read: `/transfer/cancel` cancels one, and the GET of what is merged
/// by a POST merges nothing.
fn is_thing(part: &Part<'_>) -> bool {
    part.is_followed && NOUNS.contains(&part.text)
        || part.is_read_too && PLAIN.contains(&part.text) && !READING.contains(&part.text)
}

/// Whether a verb before a collection only says which part of an API that belongs to: GET `/compute/regions`, called
/// `listRegions`.
fn is_namespace(part: &Part<'_>, own: &[String], method: HttpMethod) -> bool {
    let is_read_or_removed = matches!(method, HttpMethod::Get | HttpMethod::Delete);
    let may_be_done = !is_read_or_removed || READING.contains(&part.text);
    match own.first() {
        Some(says) if says == part.text => false,
        Some(says) if effect(says).is_some_and(|effect| effect != Effect::Other) => {
            !part.is_echoed || !may_be_done
        }
        _ => !may_be_done,
    }
}

/// Whether a POST's last word is nowhere in its operationId, which has another verb and creates nothing: POST
/// `/lookup`, called `list-roles-by-ip`.
fn is_unsaid(part: &Part<'_>, own: &[String]) -> bool {
    let is_other = |verb: &String| effect(verb).is_some_and(|effect| effect != Effect::Create);
    part.is_bare && own.first().is_some_and(is_other) && !own.iter().any(|word| word == part.text)
}

/// Whether things are searched for by what stands behind them: `/posts/query/{q}`, called `findPosts`.
fn is_search(part: &Part<'_>, own: &[String]) -> bool {
    let is_got = |says: &String| matches!(effect(says), Some(Effect::Get | Effect::List));
    part.is_sought
        && (part.is_last && !part.is_first)
        && matches!(part.text, "lookup" | "query" | "search")
        && own.first().is_some_and(is_got)
        && !own.iter().any(|word| word == part.text)
}

/// Whether an operationId has a verb behind who does it, and no other: `jwt-login` of `/auth/{mount}/login`.
fn is_end_of(part: &Part<'_>, own: &[String]) -> bool {
    let at = own.iter().rposition(|word| word == part.text);
    let doer = at.map(|at| (&own[at + 1..], &own[..at]));
    let ends = |behind: &[String]| behind.first().is_none_or(|word| is_preposition(word));
    let doer = doer.filter(|(behind, _)| ends(behind));
    let is_verb = |word: &String| effect(word).is_some() && !NOUNS.contains(&word.as_str());
    part.is_last
        && !part.is_first
        && !NOUNS.contains(&part.text)
        && doer.is_some_and(|(_, doer)| !doer.is_empty() && !doer.iter().any(is_verb))
}

/// Whether a method is not called as another HTTP method says.
pub(super) fn suits(name: &str, method: HttpMethod) -> bool {
    match (effect(name), method) {
        (Some(Effect::Get | Effect::List), _) => method == HttpMethod::Get,
        (Some(Effect::Other), HttpMethod::Get) => !PLAIN.contains(&name) || READING.contains(&name),
        (Some(Effect::Create | Effect::Other) | None, _) => true,
        (Some(Effect::Update), _) => matches!(method, HttpMethod::Put | HttpMethod::Patch),
        (Some(Effect::Delete), _) => method == HttpMethod::Delete,
    }
}

/// Whether an operationId says that many are given.
pub(super) fn says_list(operation: &Unnamed<'_>) -> bool {
    own_words(operation).iter().any(|word| word == "list")
}

/// Whether an operationId says no more than a segment of its path does, behind its group, and is no framework's echo:
/// that has the HTTP method as well. FastAPI's echo stands behind the author's words.
pub(super) fn is_called_as(operation: &Unnamed<'_>, text: &str) -> bool {
    let words = operation.id.map(identifier::words).unwrap_or_default();
    let http = operation.method.as_str().to_lowercase();
    let mut echo = identifier::words(operation.path);
    echo.push(http.clone());
    let is_behind = words.len() > echo.len() && words.ends_with(&echo);
    let is_method = |word: Option<&String>| word == Some(&http);
    let is_echo = is_method(words.first()) || is_method(words.last()) && !is_behind;
    let tags = operation.tags.iter().flat_map(|tag| identifier::words(tag));
    let tags: Vec<String> = tags.map(|word| identifier::singular(&word)).collect();
    let own = own_words(operation);
    let group = own.strip_suffix(identifier::words(text).as_slice());
    !is_echo
        && group.is_some_and(|it| {
            it.iter()
                .all(|word| tags.contains(&identifier::singular(word)))
        })
}

/// Whether an operationId is made of its HTTP method and its path: `GetChargesChargeRefunds`, `charges_get`.
pub(super) fn is_echo(operation: &Unnamed<'_>) -> bool {
    let words = operation.id.map(identifier::words).unwrap_or_default();
    let path = identifier::words(operation.path);
    let http = operation.method.as_str().to_lowercase();
    let parameters = parameters(operation.path);
    // A value is an author's word for `{valueCode}`: a framework would have said the whole of it.
    let is_whole = |words: &[String]| {
        let has = |word: &String| words.contains(word);
        parameters
            .iter()
            .all(|it| !it.iter().any(has) || it.iter().all(has))
    };
    // `GetFolderById`
    let leads = |next: Option<&String>| {
        next.is_some_and(|next| parameters.iter().any(|it| it.contains(next)))
    };
    let is_of_path = |words: &[String]| {
        let mut words_in = words.iter().enumerate();
        words_in.all(|(at, word)| path.contains(word) || word == "by" && leads(words.get(at + 1)))
            && is_whole(words)
    };
    let in_front = words.split_first().filter(|(first, _)| **first == http);
    let behind = words.split_last().filter(|(last, _)| **last == http);
    [in_front, behind]
        .into_iter()
        .flatten()
        .any(|(_, rest)| is_of_path(rest))
}

/// The words of each parameter of a path that nothing else in it has.
fn parameters(path: &str) -> Vec<Vec<String>> {
    let known: Vec<String> = texts(path)
        .flat_map(identifier::words)
        .map(|word| identifier::singular(&word))
        .collect();
    let own = |text: &str| {
        let words = identifier::words(text).into_iter();
        words
            .filter(|word| !known.contains(&identifier::singular(word)))
            .collect()
    };
    parts::parameters(path).map(own).collect()
}

/// The verb of an operationId, with what belongs to it: `update_or_create`.
pub(super) fn said(operation: &Unnamed<'_>) -> Option<Vec<String>> {
    let words = own_words(operation);
    let http = operation.method.as_str().to_lowercase();
    let first = words.first()?;
    // The one word before it is a thing, though it may be a verb elsewhere: `charge_delete`.
    if operation.method == HttpMethod::Delete && words.len() == 1 && is_deleted(operation) {
        return Some(vec![http]);
    }
    // An echo of the method says nothing, and neither does a path with it: `load_delete`.
    let is_post = operation.method == HttpMethod::Post;
    let repeats = !is_post && is_echo(operation) && !suits(first, operation.method);
    if *first == http && http != "get" || repeats {
        return None;
    }
    let statics: Vec<String> = segments(operation.path)
        .into_iter()
        .filter_map(|segment| match segment {
            Segment::Static(text) => Some(text),
            _ => None,
        })
        .collect();
    let end = statics
        .last()
        .map(|last| identifier::words(last))
        .unwrap_or_default();
    // A longer segment of the path that begins with a verb is not done.
    let nouns: Vec<String> = statics
        .iter()
        .flat_map(|text| identifier::words(text))
        .filter(|word| end.len() < 2 || end.first() != Some(word))
        .collect();
    let is_of_path = |word: &str| {
        let one = identifier::singular(word);
        nouns.iter().any(|noun| identifier::singular(noun) == one)
    };
    let last = words.last()?;
    let is_noun = words.len() > 1 && nouns.contains(first);
    let ends_in_verb = words.len() > 1 && effect(last).is_some() && *last != http;
    // `post_retrieve` of `/posts/{id}` gets a post.
    let is_post_of_path = words.len() > 1
        && first == "post"
        && operation.method != HttpMethod::Post
        && is_of_path("post");
    let is_ambiguous = is_noun && AMBIGUOUS.contains(&first.as_str()) || is_post_of_path;
    if effect(first).is_some() && !(is_ambiguous && ends_in_verb) {
        let joined = words.get(1).is_some_and(|word| word == "or");
        let length = match joined && words.get(2).is_some_and(|word| effect(word).is_some()) {
            true => 3,
            false => 1,
        };
        return Some(words[..length].to_vec());
    }
    // `invalid_retry` is a noun of two words; `StringsOnly_send` is a verb behind a group.
    let is_end = ends_in(&words, &end);
    let is_performed = matches!(first.as_str(), "do" | "perform");
    let is_group =
        is_of_path(first) || words.len() == 2 && (is_performed || is_apart(operation, last));
    (ends_in_verb && is_group && !is_end).then(|| vec![last.clone()])
}

/// Whether an operationId ends in a noun of several words, though the path has them in one: `…DaemonSet` of `/daemonsets`.
fn ends_in(words: &[String], end: &[String]) -> bool {
    let whole = identifier::singular(&end.concat());
    let mut ends = (0..words.len().saturating_sub(1)).map(|at| words[at..].concat());
    end.len() > 1 && words.ends_with(end) || ends.any(|end| end == whole)
}

/// Whether an operationId ends in what its HTTP method does.
fn is_deleted(operation: &Unnamed<'_>) -> bool {
    let words = operation.id.map(identifier::words).unwrap_or_default();
    words.len() == 2 && words[1] == "delete"
}

/// Whether an operationId's last word stands behind a sign that no word before it is joined by: `File_upload`, and not
/// `invalid_retry`.
fn is_apart(operation: &Unnamed<'_>, last: &str) -> bool {
    let id = operation.id.unwrap_or_default();
    let Some((before, behind)) = id.rsplit_once(['_', '.', '/', '#', ':', '-']) else {
        return false;
    };
    let is_spelled_so = |text: &str| identifier::words(text) == [last];
    is_spelled_so(behind) && before.contains(char::is_uppercase)
}

/// The word for a method that has no better one.
pub(super) fn rare(method: HttpMethod) -> &'static str {
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

/// The first verb of an operationId that begins with something else: `google-cloud-generate-key`.
pub(super) fn said_inside(operation: &Unnamed<'_>) -> Option<Vec<String>> {
    let http = operation.method.as_str().to_lowercase();
    let statics = segments(operation.path);
    let nouns: Vec<String> = statics
        .iter()
        .filter_map(|segment| match segment {
            Segment::Static(text) => Some(identifier::words(text)),
            _ => None,
        })
        .flatten()
        .map(|word| identifier::singular(&word))
        .collect();
    let words = own_words(operation);
    let verb = words.into_iter().find(|word| {
        effect(word).is_some() && *word != http && !nouns.contains(&identifier::singular(word))
    });
    verb.map(|verb| vec![verb])
}

/// A method's name as the operationId's verb has it, where that is another than the name's own.
pub(super) fn heard(
    resource: &str,
    plain: &str,
    said: &[String],
    operation: &Unnamed<'_>,
) -> Option<String> {
    let verb = said.first()?.as_str();
    if said.get(1).is_some_and(|word| word == "as") {
        return Some(said.join("_"));
    }
    let (named, rest) = match plain.split_once('_') {
        Some((named, "all" | "many")) => (named, ""),
        Some((named, rest)) => (named, rest),
        None => (plain, ""),
    };
    let is_whole = plain.strip_prefix(said.join("_").as_str());
    if is_whole.is_some_and(|rest| rest.is_empty() || rest.starts_with('_')) {
        return None;
    }
    // `get_health_check` checks already.
    if rest.split('_').any(|word| word == verb) {
        return None;
    }
    let said_effect = effect(verb).unwrap_or(Effect::Other);
    let agrees = match named {
        // `refundTransaction` creates one of the refunds.
        "create" => {
            let is_creating = said_effect == Effect::Create || CREATING.contains(&verb);
            is_creating || identifier::singular(resource) == verb
        }
        "list" => matches!(said_effect, Effect::Get | Effect::List),
        "get" => said_effect == Effect::Get,
        "update" | "replace" => said_effect == Effect::Update && verb != "upsert",
        "delete" => said_effect == Effect::Delete,
        _ => return of_part(resource, plain, said, operation),
    };
    let is_longer = said.len() > 1;
    if agrees && !is_longer {
        return None;
    }
    if matches!(plain, "update" | "replace")
        && !is_longer
        && let Some(object) = foreign_object(operation, verb)
    {
        return Some(format!("{verb}_{object}"));
    }
    let verb = said.join("_");
    Some(match rest {
        "" => verb,
        rest if said_effect == Effect::Other && is_state_of(rest, &verb) => verb,
        rest => format!("{verb}_{rest}"),
    })
}

/// The thing that an operationId does something to, where neither path nor tags have a word of it: `shared_link` of
/// `put_files_id#add_shared_link`.
fn foreign_object(operation: &Unnamed<'_>, verb: &str) -> Option<String> {
    let one = |word: &String| identifier::singular(word);
    let around = identifier::words(operation.path.split('#').next()?);
    let tags = operation.tags.iter().flat_map(|tag| identifier::words(tag));
    let known: Vec<String> = around.into_iter().chain(tags).map(|it| one(&it)).collect();
    let own = own_words(operation);
    let (own_verb, object) = own.split_first()?;
    let is_foreign = |word: &String| {
        let is_word = word.starts_with(char::is_alphabetic) && !is_preposition(word);
        is_word && !known.contains(&one(word))
    };
    let is_short = own_verb == verb && (1..=2).contains(&object.len());
    let is_of_verb = known.iter().any(|word| word == verb);
    (is_short && !is_of_verb && object.iter().all(is_foreign)).then(|| object.join("_"))
}

/// The same of a part that is created, and not done.
fn of_part(
    resource: &str,
    plain: &str,
    said: &[String],
    operation: &Unnamed<'_>,
) -> Option<String> {
    let verb = said.first()?.as_str();
    let named = first_word(plain);
    let own = own_words(operation);
    let is_object = plain.contains('_')
        && !plain.split('_').all(may_be_verb)
        && own.iter().skip(1).any(|word| word == named)
        && own.last().is_none_or(|word| word != verb);
    let is_verb = plain.split('_').any(|word| effect(word).is_some()) && !is_object;
    let is_done = is_verb || operation.method != HttpMethod::Post;
    let is_said = plain.split('_').any(|word| word == verb) || DEEDS.contains(&plain);
    // `rerequest-run` runs nothing, and `testCallback` of tests is a callback.
    let is_first =
        own.first().is_some_and(|word| word == verb) && identifier::singular(resource) != verb;
    let is_other = effect(verb).unwrap_or(Effect::Other) != Effect::Other;
    let is_heard = !is_done && !is_said && (is_other || is_first);
    is_heard.then(|| match is_noun_of(named, verb) {
        true => said.join("_"),
        false => format!("{}_{plain}", said.join("_")),
    })
}

/// Whether a word is how something is after a verb, or what that undoes: `suspended` of `unsuspend`, `priority` of `reprioritize`.
fn is_state_of(state: &str, verb: &str) -> bool {
    const COMMON: usize = 5;
    let bare = |word: &str| {
        let rest = ["un", "re", "de"]
            .iter()
            .find_map(|it| word.strip_prefix(it));
        rest.filter(|rest| rest.len() > 2)
            .unwrap_or(word)
            .to_owned()
    };
    let is_of = |verb: &str| {
        let begins = verb
            .get(..COMMON)
            .is_some_and(|stem| state.starts_with(stem));
        !state.contains('_') && (begins || state.starts_with(verb))
    };
    // To release a lease is not to lease it again.
    is_of(verb) || is_of(&bare(verb)) && verb.strip_prefix("re") != Some(state)
}

/// Whether a noun is what a verb does: `cancellation`, `activation`.
fn is_noun_of(noun: &str, verb: &str) -> bool {
    const COMMON: usize = 5;
    let stem = verb.get(..COMMON).unwrap_or(verb);
    verb.len() >= COMMON && noun.starts_with(stem)
}
