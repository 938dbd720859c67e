//! Edits of the documents and changes of the SDK's items, brought together: each item is told with the edit that changed
//! it, and what no edit explains is a finding of its own.

use super::index::Index;
use super::located::{Located, Places, location, name};
use super::near::{self, Near};
use super::trial::{Make, Trials};
use super::upgrade::{Change, ItemPlace};
use super::wire::{Judged, Reach};
use super::{
    Bump, CopyPlaces, Drift, Effect, FORMAT, Finding, ItemChange, Location, Severity, State,
    copies, finding, follow,
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The rule of changes of items that no edit explains.
pub(super) const ITEM_CHANGED: &str = "sdk-item-changed";

pub(super) fn join(
    (old, new): (&State<'_>, &State<'_>),
    reach: &(Reach, Reach),
    (edits, changes): (Vec<Judged<'_>>, Vec<Change>),
    make: &Make<'_>,
) -> Drift {
    let places = Places::of((old, new), &edits);
    let mut items: Vec<Vec<ItemChange>> = edits.iter().map(|_| Vec::new()).collect();
    let groups = copies::groups(&edits);
    let trials = Trials::of((old, new), &edits, &groups, make);
    let index = Index::of(&places, &edits, old, new);
    let near = Near::of(&edits);
    let mut unexplained: BTreeMap<String, Vec<Change>> = BTreeMap::new();
    let explained: Vec<BTreeSet<usize>> = changes
        .iter()
        .map(|change| {
            let nearest = || near.edit(change, [old, new], [&reach.0, &reach.1]);
            let by_place = index.edits(change, nearest);
            tried(&trials, change, by_place, &edits)
        })
        .collect();
    let explained = follow::follow(&changes, explained).into_iter();
    for (change, mut edits) in changes.into_iter().zip(explained) {
        // Another spelling of one thing is another text in the SDK, and no change.
        let is_change = change.item.bump != Bump::Patch;
        if is_change && trials.is_spelled(&change.item) {
            edits.clear();
        } else if edits.is_empty() {
            edits.extend(near.only());
        }
        for edit in &edits {
            items[*edit].push(change.item.clone());
        }
        if edits.is_empty() && is_change {
            let whole = whole(&change.item.item).to_owned();
            unexplained.entry(whole).or_default().push(change);
        }
    }
    let mut findings: Vec<Finding> = groups
        .into_iter()
        .map(|group| of_edits(&group, &edits, &mut items, &places))
        .collect();
    findings.extend(
        as_one_change(unexplained)
            .into_iter()
            .map(|(item, changes)| of_items(item, changes, [old, new])),
    );
    Drift {
        format: FORMAT,
        in_use: None,
        upgrade: Bump::None,
        findings,
    }
}

/// The edits that explain an item by trial; where no trial does, those at its places.
fn tried(
    trials: &Trials,
    change: &Change,
    by_place: BTreeSet<usize>,
    edits: &[Judged<'_>],
) -> BTreeSet<usize> {
    let lists = trials.edits(&change.item);
    if lists.is_empty() {
        return by_place;
    }
    let mut all = chosen(&lists, &by_place, edits);
    if trials.is_of_several(&change.item) {
        all.extend(by_place);
    }
    all
}

/// One edit of each list: the gravest of those that the places of an item speak for, or else the first.
fn chosen(
    lists: &[Vec<usize>],
    by_place: &BTreeSet<usize>,
    edits: &[Judged<'_>],
) -> BTreeSet<usize> {
    let one = |list: &Vec<usize>| {
        let at_place = list.iter().rev().filter(|it| by_place.contains(it));
        let best = at_place.max_by_key(|it| edits[**it].severity);
        best.or(list.first()).copied()
    };
    lists.iter().filter_map(one).collect()
}

/// The type, or the resource, that an item is part of.
fn whole(item: &str) -> &str {
    let mut pieces = item.match_indices("::").map(|(at, _)| at);
    match pieces.nth(1) {
        Some(end) => &item[..end],
        None => item.split('.').next().unwrap_or(item),
    }
}

/// All items that change though the documents say the same, in another way, are one change, told with the gravest.
fn as_one_change(mut groups: BTreeMap<String, Vec<Change>>) -> BTreeMap<String, Vec<Change>> {
    let bump = |changes: &[Change]| changes.iter().map(|change| change.item.bump).max();
    let gravest = groups.iter().rev().max_by_key(|(_, changes)| bump(changes));
    let Some(name) = gravest.map(|(name, _)| name.clone()) else {
        return groups;
    };
    let mut changes = groups.remove(&name).unwrap_or_default();
    changes.extend(groups.into_values().flatten());
    BTreeMap::from([(name, changes)])
}

/// The finding of an edit and its copies.
fn of_edits(
    group: &[usize],
    edits: &[Judged<'_>],
    items: &mut [Vec<ItemChange>],
    places: &Places,
) -> Finding {
    let edit = &edits[group[0]];
    let mut copies = group.iter().map(|number| places.told[*number].clone());
    let first = copies.next();
    let copies: Vec<CopyPlaces> = copies.collect();
    let all = group.iter();
    let mut items: Vec<ItemChange> = all
        .flat_map(|number| std::mem::take(&mut items[*number]))
        .collect();
    items.sort();
    items.dedup();
    let of_items = items.iter().map(|item| item.bump).max();
    let upgrade = of_items.unwrap_or(match edit.severity {
        Severity::Editorial => Bump::None,
        // The SDK sends and reads what it did; its documentation or its checks may say it.
        _ => Bump::Patch,
    });
    let all = group.iter().map(|number| &edits[*number]);
    Finding {
        fingerprint: of_copies(group.iter().map(|number| &edits[*number])),
        remedy: remedy(edit, &items),
        rule: edit.rule.clone(),
        severity: edit.severity,
        directions: all.clone().flat_map(|it| it.directions.clone()).collect(),
        message: edit.message.clone(),
        old: first.as_ref().map(|it| it.old.clone()),
        new: first.map(|it| it.new),
        reach: reach(all),
        copies,
        upgrade,
        items,
    }
}

/// Equal edits in several places are accepted together, and one more is another finding.
fn of_copies<'e>(edits: impl Iterator<Item = &'e Judged<'e>>) -> String {
    let mut all: Vec<String> = edits.map(of_edit).collect();
    all.sort();
    match all.as_slice() {
        [only] => only.clone(),
        all => fingerprint(&all.iter().map(String::as_str).collect::<Vec<_>>()),
    }
}

fn of_edit(edit: &Judged<'_>) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_default();
    let shown = [
        edit.rule.clone(),
        edit.address.to_string(),
        value(&edit.before),
        value(&edit.after),
    ];
    let whole = match edit.tells_values() {
        true => None,
        false => Some(edit.values().map(Option::unwrap_or_default)),
    };
    let parts: Vec<&str> = shown
        .iter()
        .chain(whole.iter().flatten())
        .map(String::as_str)
        .collect();
    fingerprint(&parts)
}

fn reach<'e>(edits: impl Iterator<Item = &'e Judged<'e>> + Clone) -> finding::Reach {
    const MOST: usize = 10;
    let operations: BTreeSet<&str> = edits
        .clone()
        .flat_map(|it| it.operations.iter().copied())
        .collect();
    let events: BTreeSet<&str> = edits.flat_map(|it| it.events.iter().copied()).collect();
    // A message that goes both ways is named once.
    let others = events.iter().filter(|name| !operations.contains(*name));
    let names = operations.iter().chain(others).take(MOST);
    finding::Reach {
        operations: operations.len(),
        events: events.len(),
        first: names.map(|name| (*name).to_owned()).collect(),
    }
}

/// Advice, where there is any.
fn remedy(edit: &Judged<'_>, items: &[ItemChange]) -> Option<String> {
    // Settings may keep the name already: then no type has another.
    if edit.rule.ends_with("schema-renamed") {
        let after = edit.after.as_deref()?;
        let renamed = items.iter().find(|item| {
            item.effect == super::Effect::Renamed && item.item.matches("::").count() == 1
        });
        let name = renamed.and_then(|item| item.before.as_deref())?;
        let name = name.rsplit("::").next().unwrap_or(name);
        return Some(format!(
            "to keep the name in Rust: `[types.rename]` with `{} = \"{name}\"` in codegen.toml",
            after.trim_matches('`'),
        ));
    }
    kept_name(items)
}

/// Advice on a type with another name, as one has that is called after a title.
fn kept_name(items: &[ItemChange]) -> Option<String> {
    let renamed = items.iter().find(|item| {
        item.effect == Effect::Renamed
            && item.item.starts_with("types::")
            && item.item.matches("::").count() == 1
    })?;
    let name = |path: &Option<String>| -> Option<String> {
        let path = path.as_deref()?;
        path.rsplit("::").next().map(str::to_owned)
    };
    let (before, after) = (name(&renamed.before)?, name(&renamed.after)?);
    Some(format!(
        "to keep the name in Rust: `[types.rename]` with `{after} = \"{before}\"` in codegen.toml"
    ))
}

/// Changes of items that no edit explains: a setting, or a name that gave way to another.
fn of_items(whole: String, changes: Vec<Change>, states: [&State<'_>; 2]) -> Finding {
    let [old, new] = [0, 1].map(|side| {
        let all = changes.iter();
        let mut places = all.flat_map(|it| if side == 0 { &it.old } else { &it.new });
        places.find_map(|place| of_item(states[side], place))
    });
    let mut items: Vec<ItemChange> = changes.into_iter().map(|change| change.item).collect();
    items.sort();
    items.dedup();
    let upgrade = items.iter().map(|item| item.bump).max().unwrap_or_default();
    // All that is accepted with it.
    let told: Vec<String> = items
        .iter()
        .map(|it| format!("{} {:?} {:?} {:?}", it.item, it.effect, it.before, it.after))
        .collect();
    let message = format!("`{whole}` of the SDK changes with what is around it in the documents");
    Finding {
        rule: ITEM_CHANGED.to_owned(),
        severity: Severity::Editorial,
        directions: BTreeSet::new(),
        message,
        old,
        new,
        copies: Vec::new(),
        reach: finding::Reach::default(),
        upgrade,
        remedy: kept_name(&items),
        fingerprint: fingerprint(&[ITEM_CHANGED, &whole, &told.join("\n")]),
        items,
    }
}

/// The place of an item, where the documents have it.
fn of_item(state: &State<'_>, place: &ItemPlace) -> Option<Location> {
    let id = near::document(state, place)?;
    let pointers = [place.pointer.clone()];
    let position = state.documents.positions(id, &pointers).pop()??;
    Some(location(&Located {
        name: name(state, Some(id)),
        pointer: place.pointer.clone(),
        position: Some(position),
    }))
}

/// The first 16 hexadecimal digits of SHA-256 over all of it.
pub(super) fn fingerprint(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let digest = hasher.finalize();
    data_encoding::HEXLOWER.encode(&digest[..8])
}
