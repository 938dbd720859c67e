//! Resource and method of a path with a verb.

use crate::identifier;
use crate::lower::naming::deeds::{self, Effect};
use crate::lower::naming::segments::Segment;
use crate::lower::naming::unnamed::Unnamed;
use crate::lower::naming::without::without_resource;
use crate::model::HttpMethod;

/// The resource of what has neither a noun nor a tag.
pub(in crate::lower) const OF_CLIENT: &str = "api";

/// The verb of a path is done to what stands before it, or else to what stands
/// behind it, or else by the client.
pub(super) fn done_to(
    statics: &[(usize, &str)],
    done: usize,
    is_kept: &dyn Fn(usize) -> bool,
    of_client: &dyn Fn(&str) -> String,
) -> (String, String) {
    let (before, behind) = statics.split_at(done);
    // `/sync/sync` does one thing.
    let mut behind: Vec<&str> = behind.iter().map(|(_, text)| *text).collect();
    behind.dedup();
    let is_noun = |(at, text): &&(usize, &str)| {
        let is_word =
            deeds::may_be_verb(text) || deeds::is_adjective(text) || deeds::is_state(text);
        !is_word || is_kept(*at)
    };
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
        ([(at, noun), ..], _) => {
            // `/repos/{repo}/transfer/accept` accepts no repo.
            let is_object = |text: &str| deeds::NOUNS.contains(&text) || deeds::is_state(text);
            let objects = before
                .iter()
                .filter(|(of, text)| of > at && is_object(text));
            let done = behind.iter().copied().chain(objects.map(|(_, text)| *text));
            return ((*noun).to_owned(), done.collect::<Vec<_>>().join("_"));
        }
        ([], Some((_, noun))) => return ((*noun).to_owned(), behind.join("_")),
        ([], None) => {}
    }
    match behind.as_slice() {
        [verb, .., noun] if !verb.contains('_') && identifier::is_plural(noun) => {
            ((*noun).to_owned(), (*verb).to_owned())
        }
        _ => of_behind(of_client(OF_CLIENT), behind.join("_")),
    }
}

/// `deployments.pause` says what `deployments.pause_deployment` does.
pub(super) fn without_object(
    (resource, done): (String, String),
    operation: &Unnamed<'_>,
    segments: &[Segment],
) -> (String, String) {
    let is_plain =
        operation.method == HttpMethod::Post && matches!(segments.last(), Some(Segment::Static(_)));
    let verb = done.split('_').next().unwrap_or(&done);
    if let Some(own) = without_resource(&resource, &done) {
        return (resource, own);
    }
    // `get_user_asset` of assets gets no user.
    if !is_plain || deeds::effect(verb) != Some(Effect::Other) {
        return (resource, done);
    }
    let behind = |noun: &str| done.strip_suffix(noun)?.strip_suffix('_');
    let own = behind(&resource).or_else(|| behind(&identifier::singular(&resource)));
    // `catalog.search_items` says what `catalog.search_catalog_items` does.
    let inside = done.strip_prefix(&format!("{verb}_{resource}_"));
    // `transfer.bulk` says what `transfer.transfer_bulk` does.
    let behind = (verb == resource).then(|| done.strip_prefix(verb)?.strip_prefix('_'));
    let own = match (own.or(behind.flatten()), inside) {
        (Some(own), _) => own.to_owned(),
        (None, Some(rest)) => format!("{verb}_{rest}"),
        (None, None) => done,
    };
    (resource, own)
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
