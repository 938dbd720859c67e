//! Edits that were made alike in several copies of a part, which a document repeats rather than names: one change.

use super::Severity;
use super::wire::Judged;
use std::collections::BTreeMap;

/// Everything in which copies of an edit agree but the values themselves.
type Alike<'e> = (
    &'e str,
    Severity,
    Option<&'e str>,
    Option<&'e str>,
    Vec<String>,
);

/// The numbers of edits that are one change, the one with the first address at the front of each.
pub(super) fn groups(edits: &[Judged<'_>]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut alike: BTreeMap<Alike<'_>, Vec<usize>> = BTreeMap::new();
    for (number, edit) in edits.iter().enumerate() {
        match place_in_copies(edit) {
            Some(place) => {
                let (before, after) = (edit.before.as_deref(), edit.after.as_deref());
                let key = (edit.rule.as_str(), edit.severity, before, after, place);
                alike.entry(key).or_default().push(number);
            }
            None => groups.push(vec![number]),
        }
    }
    for mut numbers in alike.into_values() {
        if numbers.len() == 1 {
            groups.push(numbers);
            continue;
        }
        numbers.sort_by_cached_key(|number| edits[*number].address.to_string());
        let mut equal: BTreeMap<[Option<String>; 2], Vec<usize>> = BTreeMap::new();
        for number in numbers {
            let values = edits[number].values();
            equal.entry(values).or_default().push(number);
        }
        groups.extend(equal.into_values());
    }
    groups
}

/// The last pieces of an address: from the nearest name of something that may be written out at several places. A thing
/// that has a name of its own, as operations and components do, is no copy of another.
fn place_in_copies(edit: &Judged<'_>) -> Option<Vec<String>> {
    let address = edit.address.to_string();
    let pieces: Vec<&str> = address.split('/').skip(1).collect();
    let names = ["properties", "patternProperties", "parameters", "headers"];
    let last = pieces.len().checked_sub(1)?;
    let nearest = pieces[..last]
        .iter()
        .rposition(|piece| names.contains(piece));
    let own = match pieces.first()? {
        &"paths" | &"webhooks" | &"components" => 3,
        &"channels" => 2,
        _ => return None,
    };
    let rest = match nearest {
        Some(nearest) => &pieces[nearest..],
        None => pieces.get(own..)?,
    };
    let is_component = pieces[0] == "components" && pieces.len() <= own;
    (!rest.is_empty() && !is_component).then(|| rest.iter().map(|it| (*it).to_owned()).collect())
}
