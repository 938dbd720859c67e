//! Two schemas: what differs, keyword by keyword.

mod alternatives;
mod beside;
mod discriminators;
mod disjoint;
pub(super) mod encodings;
mod implied;
mod inside;
mod limits;
mod objects;
mod open;
mod parts;
mod parts_moved;
mod replaced;
mod silent;
mod values;
pub(super) mod view;
mod whole;

use self::replaced::{is_one, replaced};
use self::view::View;
use self::whole::is_made_of_parts;
use super::Comparison;
use super::difference::{Difference, address_of};
use super::edit::{Edit, Site};
use super::shown;
use super::unstated::said;
use super::words::is_words;
use crate::drift::Direction;
use crate::drift::grammar::Kind;
use crate::drift::rules::{Action, Subject, has_rule};
use crate::source::Node;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Both schemas, and where they stand.
pub(super) struct Pair<'d, 's> {
    pub(super) old: View<'d>,
    pub(super) new: View<'d>,
    pub(super) site: &'s Site,
}

impl<'d> Pair<'d, '_> {
    fn edit(&self, c: &mut Comparison<'d>, difference: Difference<'_>) {
        let keyword = difference.member;
        let place = match keyword {
            "enum" | "const" => "values",
            other => other,
        };
        let (old, new) = (self.old.place(place), self.new.place(place));
        let difference = Difference {
            not: self.not(),
            ..difference
        };
        c.edit(difference, old, new, self.site);
    }

    /// Whether it is that of a property that could always be left out.
    fn is_of_optional_property(&self) -> bool {
        let around = self
            .site
            .address
            .split_last()
            .and_then(|(around, _)| around.split_last());
        let is_property = around.is_some_and(|(_, token)| token == "properties");
        is_property && !self.site.required[0]
    }

    /// A property that is read-only in both is part of no request, and so on.
    fn not(&self) -> Option<Direction> {
        let is = |view: &View<'d>, key| {
            let flag = view.members.get(key).map(|flag| flag.value);
            flag == Some(&Value::Bool(true))
        };
        let both = |key| is(&self.old, key) && is(&self.new, key);
        match (both("readOnly"), both("writeOnly")) {
            (true, _) => Some(Direction::Request),
            (_, true) => Some(Direction::Answer),
            _ => None,
        }
    }
}

impl<'d> Comparison<'d> {
    /// Two schemas at one place.
    pub(super) fn schemas(&mut self, old: Node<'d>, new: Node<'d>, site: &Site) {
        let first = self.edits.len();
        self.schemas_by_keyword(old, new, site);
        self.one_edit(first, (old, new), site);
        if old.value.is_boolean() || new.value.is_boolean() {
            self.as_first(first, |_| true, site);
        }
        self.respelled(first, is_keyword, (old, new), site);
    }

    fn schemas_by_keyword(&mut self, old: Node<'d>, new: Node<'d>, site: &Site) {
        let (old_side, new_side) = (self.old, self.new);
        let (mut old, mut new) = choices(View::of(old), View::of(new));
        if is_made_of_parts(&old) != is_made_of_parts(&new) {
            let was = old.clone().with_only_part();
            let is = new.clone().with_only_part();
            let is_inline = old.reference.is_none() && new.reference.is_none();
            let are_one = |was, is| is_one(self, was, is);
            if is_inline
                || was
                    .reference
                    .zip(is.reference)
                    .is_some_and(|(was, is)| are_one(was, is))
            {
                (old, new) = (was, is);
            }
        }
        match (old.reference, new.reference) {
            (Some(was), Some(of_new)) if is_one(self, was, of_new) => {
                let target = |side: &super::Side<'d>, reference: Node<'d>| {
                    let text = reference.as_str().unwrap_or_default();
                    side.documents.resolve(reference, text).ok()
                };
                let targets = (target(&old_side, was), target(&new_side, of_new));
                if let (Some(was), Some(is)) = targets {
                    implied::drop_types_of_target(&mut old, was, &old_side);
                    implied::drop_types_of_target(&mut new, is, &new_side);
                    let sides = (&old_side, &new_side);
                    implied::drop_null_of_targets((&mut old, &mut new), (was, is), sides);
                    let reference = of_new.as_str().unwrap_or_default();
                    let address = address_of(&new_side, reference, is);
                    self.definition(Kind::Schema, was, is, Subject::Property, address);
                }
            }
            (None, None) => {}
            _ => return replaced(self, old, new, site),
        }
        if is_made_of_parts(&old) != is_made_of_parts(&new) {
            old = merged(old);
            new = merged(new);
            if old.reference.is_some() != new.reference.is_some() {
                return replaced(self, old, new, site);
            }
            if let (Some(was), Some(is)) = (old.reference, new.reference)
                && !is_one(self, was, is)
            {
                return replaced(self, old, new, site);
            }
            (old, new) = whole::alike((old, new), (&old_side, &new_side));
        }
        (old, new) = one_choice(self, (old, new), site);
        align(&mut old, &mut new);
        let pair = Pair { old, new, site };
        let first = self.edits.len();
        views(self, &pair);
        parts_moved::leave_out(self, first, &pair);
    }
}

/// Whether a key says something in a schema.
fn is_keyword(key: &str) -> bool {
    !key.starts_with("x-") && (is_words(key) || has_rule(Some(Kind::Schema), key))
}

/// A choice of which one is left is still a choice, beside one of several.
fn choices<'d>(old: View<'d>, new: View<'d>) -> (View<'d>, View<'d>) {
    let still = |view: View<'d>| {
        let choice = View::of_choice(view.node);
        match choice.alternatives() {
            Some(_) if choice.reference.is_none() => choice,
            _ => view,
        }
    };
    match (old.alternatives().is_some(), new.alternatives().is_some()) {
        (true, false) => (old, still(new)),
        (false, true) => (still(old), new),
        _ => (old, new),
    }
}

/// A choice that only one of two has as what it says in other words, where there are any.
fn one_choice<'d>(
    c: &mut Comparison<'d>,
    (old, new): (View<'d>, View<'d>),
    site: &Site,
) -> (View<'d>, View<'d>) {
    let (mut old, mut new) = open::as_types(c, (old, new), site);
    if old.alternatives().is_some() == new.alternatives().is_some() {
        return (old, new);
    }
    if old.types.len().max(new.types.len()) > 1 {
        old = old.with_types_of_alternatives();
        new = new.with_types_of_alternatives();
    }
    as_types(c, (old.with_alternatives(), new.with_alternatives()), site)
}

/// A choice among types beside a list of types, as one of those.
fn as_types<'d>(
    c: &mut Comparison<'d>,
    (old, new): (View<'d>, View<'d>),
    site: &Site,
) -> (View<'d>, View<'d>) {
    let one = |choice: &View<'d>, list: &View<'d>, side| match list.types.len() {
        2.. if list.reference.is_none() => disjoint::as_one(choice, side),
        _ => None,
    };
    let (was, is) = (one(&old, &new, &c.old), one(&new, &old, &c.new));
    let both = [(&was, &old), (&is, &new)];
    let mut told = both.iter();
    let told = told.find(|(one, choice)| one.is_some() && disjoint::has_words(choice));
    if let Some((keyword, _)) = told.and_then(|(_, choice)| choice.alternatives()) {
        let difference =
            Difference::new(Kind::Schema, keyword, Action::Reworded).from(shown::code(keyword));
        c.edit(difference, old.place(keyword), new.place(keyword), site);
    }
    (was.unwrap_or(old), is.unwrap_or(new))
}

/// Leaves out what is the same in other words, or says nothing in either.
fn align<'d>(old: &mut View<'d>, new: &mut View<'d>) {
    encodings::align(old, new);
    silent::drop_halves_of_conditions(old, new);
    silent::drop_open_patterns(old, new);
    implied::share_types(old, new);
    silent::drop_misfits(old, new);
    values::drop_bounds_of_values(old, new);
}

/// `allOf` whose parts are all written here, as one schema.
fn merged<'d>(mut view: View<'d>) -> View<'d> {
    let Some(list) = view.members.get("allOf").copied() else {
        return view;
    };
    let parts: Vec<View<'d>> = list.elements().map(View::of).collect();
    let references = parts.iter().filter(|part| part.reference.is_some()).count();
    let all = || parts.iter().chain([&view]);
    let lists = || all().flat_map(|part| part.all("properties"));
    if references + lists().count() > 1 && (references > 0 || !may_be_summed(all(), lists())) {
        return view;
    }
    if parts.len() > 1 && says_twice(all()) {
        return view;
    }
    view.members.remove("allOf");
    for part in parts {
        view.absorb(part);
    }
    view
}

/// Whether two parts say different things with one keyword of which one schema has room for one.
fn says_twice<'d, 'v>(all: impl Iterator<Item = &'v View<'d>>) -> bool
where
    'd: 'v,
{
    let mut known: BTreeMap<&str, Node<'d>> = BTreeMap::new();
    let mut members = all.flat_map(|view| &view.members);
    members.any(|(key, node)| {
        let is_one = !is_words(key) && !matches!(*key, "allOf" | "properties" | "required");
        let other = known.insert(key, *node).filter(|_| is_one);
        other.is_some_and(|other| other.value != node.value)
    })
}

/// Whether the properties of parts, which all hold, are those of one object: none is there twice, and no part says
/// anything of those that it does not name.
fn may_be_summed<'d, 'v>(
    mut all: impl Iterator<Item = &'v View<'d>>,
    lists: impl Iterator<Item = Node<'d>>,
) -> bool
where
    'd: 'v,
{
    let mut names = BTreeSet::new();
    let mut members = lists.flat_map(|list| list.members());
    let closing = [
        "additionalProperties",
        "unevaluatedProperties",
        "patternProperties",
    ];
    let is_closed = |view: &View<'d>| closing.iter().any(|it| view.members.contains_key(it));
    members.all(|(name, _)| names.insert(name)) && !all.any(is_closed)
}

fn views<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) {
    let first = c.edits.len();
    let has_more = keywords(c, pair);
    // Values of another type are others, and words for them come and go with them; where anything goes, nothing else is
    // said.
    if !has_more || pair.old.says_nothing() || pair.new.says_nothing() {
        let is_type = |edit: &Edit<'d>| edit.rule.member == "type";
        let is_missing = |edit: &Edit<'d>| {
            edit.old.key() == pair.old.node.key() || edit.new.key() == pair.new.node.key()
        };
        let is_part = |edit: &Edit<'d>| edit.rule.action != Action::Reworded || is_missing(edit);
        c.as_first_of(first, is_type, is_part, pair.site);
    }
}

/// Whether the types have values in common, of which other keywords say something.
fn keywords<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) -> bool {
    words(c, pair);
    if !values::types(c, pair) {
        return false;
    }
    if !alternatives::alternatives(c, pair) {
        return true;
    }
    values::values(c, pair);
    values::bounds(c, pair);
    values::others(c, pair);
    objects::objects(c, pair);
    alternatives::all_of(c, pair);
    discriminators::discriminator(c, pair);
    wholes(c, pair);
    true
}

/// Keywords that every schema may have, and that say nothing of values.
fn words<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) {
    let mut keys: Vec<&'d str> = pair.old.members.keys().copied().collect();
    keys.extend(pair.new.members.keys());
    keys.sort_unstable();
    keys.dedup();
    for key in keys.into_iter().filter(|key| is_words(key)) {
        let get = |view: &View<'d>| view.members.get(key).copied();
        let (old, new) = (get(&pair.old), get(&pair.new));
        let around = (pair.old.node, pair.new.node);
        match key {
            "deprecated" => {}
            _ if key.starts_with("x-") => {
                c.extra(Kind::Schema, key, (old, new), around, pair.site);
            }
            // One example, or a list of one.
            "example" | "examples" => example(c, key, pair),
            _ => c.text(Kind::Schema, key, old, new, around, pair.site),
        }
    }
    words_of_alternatives(c, pair);
    let is_deprecated = |view: &View<'d>| {
        let flag = view.members.get("deprecated").map(|flag| flag.value);
        flag == Some(&Value::Bool(true))
    };
    let action = match (is_deprecated(&pair.old), is_deprecated(&pair.new)) {
        (false, true) => Action::Set,
        (true, false) => Action::Unset,
        _ => return,
    };
    pair.edit(c, Difference::new(Kind::Schema, "deprecated", action));
}

/// Words of alternatives that are null, or constants.
fn words_of_alternatives<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) {
    let around = (pair.old.node, pair.new.node);
    if let (Some(old), Some(new)) = (pair.old.null, pair.new.null) {
        for key in keys(old, new) {
            c.text(
                Kind::Schema,
                key,
                old.get(key),
                new.get(key),
                around,
                pair.site,
            );
        }
    }
    let elements = |view: &View<'d>| -> BTreeMap<String, Node<'d>> {
        let list = view
            .choice
            .into_iter()
            .flat_map(|(_, list)| list.elements());
        let value = |it: Node<'d>| {
            it.get("const")
                .or(it.get("enum"))
                .map(|it| it.value.to_string())
        };
        list.filter_map(|it| Some((value(it)?, it))).collect()
    };
    let mut news = elements(&pair.new);
    for (value, old) in elements(&pair.old) {
        let Some(new) = news.remove(&value) else {
            continue;
        };
        for key in keys(old, new) {
            c.text(
                Kind::Schema,
                key,
                old.get(key),
                new.get(key),
                (old, new),
                pair.site,
            );
        }
    }
}

/// Words of either.
fn keys<'d>(old: Node<'d>, new: Node<'d>) -> BTreeSet<&'d str> {
    let keys = old.members().chain(new.members()).map(|(key, _)| key);
    keys.filter(|key| is_words(key)).collect()
}

fn example<'d>(c: &mut Comparison<'d>, key: &str, pair: &Pair<'d, '_>) {
    let all = |view: &View<'d>| -> Vec<&'d Value> {
        let one = view.members.get("example").map(|node| node.value);
        let list = view.members.get("examples");
        let list = list.and_then(|list| list.value.as_array());
        one.into_iter().chain(list.into_iter().flatten()).collect()
    };
    let (old, new) = (all(&pair.old), all(&pair.new));
    let is_first = key == "example"
        || !(pair.old.members.contains_key("example") || pair.new.members.contains_key("example"));
    let is_same = old.len() == new.len()
        && old
            .iter()
            .zip(&new)
            .all(|(old, new)| super::same::same(old, new, &c.renames));
    if is_first && !is_same {
        let get = |view: &View<'d>| view.place(key);
        let difference =
            Difference::new(Kind::Schema, key, Action::Reworded).from(format!("`{key}`"));
        c.edit(difference, get(&pair.old), get(&pair.new), pair.site);
    }
}

/// Keywords that are compared as they stand: those with a rule for each thing that may become of them, and any that
/// nobody knows.
fn wholes<'d>(c: &mut Comparison<'d>, pair: &Pair<'d, '_>) {
    let mut keys: Vec<&'d str> = pair.old.members.keys().copied().collect();
    keys.extend(pair.new.members.keys());
    keys.sort_unstable();
    keys.dedup();
    let is_told = |key: &str| {
        is_words(key)
            || values::OTHERS.contains(&key)
            || objects::KEYWORDS.contains(&key)
            || matches!(key, "allOf" | "oneOf" | "anyOf" | "discriminator")
    };
    // Consequences come and go with their condition.
    let has_if = |view: &View<'d>| view.members.contains_key("if");
    let is_new_condition = has_if(&pair.old) != has_if(&pair.new);
    let is_consequence = |key: &str| is_new_condition && matches!(key, "then" | "else");
    for key in keys
        .into_iter()
        .filter(|key| !is_told(key) && !is_consequence(key))
    {
        let get = |view: &View<'d>| view.members.get(key).copied();
        let action = match (get(&pair.old), get(&pair.new)) {
            (Some(old), Some(new)) if c.same(old, new) => continue,
            (Some(old), Some(new)) if said(key, old.value) == said(key, new.value) => continue,
            (Some(old), Some(new)) if inside::compare(c, key, (old, new), pair.site) => continue,
            (Some(_), Some(_)) => Action::Changed,
            (None, Some(_)) => Action::Added,
            (Some(_), None) => Action::Removed,
            (None, None) => continue,
        };
        let shown = |view: &View<'d>| {
            let value = get(view).map(|node| match key {
                "if" if is_new_condition => condition(view, node),
                _ => shown::value(node.value),
            });
            Some(value.unwrap_or_else(|| "nothing".to_owned()))
        };
        let has_rest = |view: &View<'d>| view.members.contains_key("items");
        let action = match key {
            // Rules of XML have one name for whatever becomes of them.
            "xml" => Action::Changed,
            // `items` is about the elements behind them: other elements of each come under other rules.
            "prefixItems" if has_rest(&pair.old) || has_rest(&pair.new) => Action::Changed,
            _ => action,
        };
        let difference = Difference {
            before: shown(&pair.old),
            after: shown(&pair.new),
            ..Difference::new(Kind::Schema, key, action)
        };
        pair.edit(c, difference);
    }
}

/// A condition with its consequences.
fn condition(view: &View<'_>, node: Node<'_>) -> String {
    let mut text = shown::value(node.value);
    for key in ["then", "else"] {
        if let Some(node) = view.members.get(key) {
            text = format!("{text} {key} {}", shown::value(node.value));
        }
    }
    text
}
