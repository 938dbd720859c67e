//! A choice among some values and all of their type: all values of the type are valid, and some of them have names.

use super::super::Comparison;
use super::super::difference::Difference;
use super::super::edit::Site;
use super::super::shown;
use super::super::side::Side;
use super::super::words::is_words;
use super::view::{View, is_null};
use crate::drift::grammar::Kind;
use crate::drift::rules::Action;

/// Both, without a choice in one of them whose alternatives are all in one, where the other one is no choice.
pub(super) fn as_types<'d>(
    c: &mut Comparison<'d>,
    (old, new): (View<'d>, View<'d>),
    site: &Site,
) -> (View<'d>, View<'d>) {
    let one = |choice: &View<'d>, other: &View<'d>, side: &Side<'d>| {
        let is_choice = other.alternatives().is_some();
        as_type(choice, side).filter(|_| !is_choice)
    };
    let (was, is) = (one(&old, &new, &c.old), one(&new, &old, &c.new));
    let (choice, type_of, other) = match (&was, &is) {
        (Some(was), _) => (&old, was, &new),
        (_, Some(is)) => (&new, is, &old),
        _ => return (old, new),
    };
    // Other values are told as such; the same ones have other names.
    if other.values.is_none() && other.reference.is_none() && other.types == type_of.types {
        let list = choice.alternatives().into_iter();
        let names = list.flat_map(|(_, list)| list.elements());
        let names = shown::values(names.map(|it| it.value));
        let difference = Difference::new(Kind::Schema, "alternatives", Action::Changed);
        let difference = match was {
            Some(_) => difference.from(names).to("one kind"),
            None => difference.from("one kind").to(names),
        };
        c.edit(difference, old.place("anyOf"), new.place("anyOf"), site);
    }
    (was.unwrap_or(old), is.unwrap_or(new))
}

/// The schema that all alternatives are valid for, if one of them is so.
fn as_type<'d>(view: &View<'d>, side: &Side<'d>) -> Option<View<'d>> {
    let (keyword, list) = view.alternatives().filter(|(it, _)| *it == "anyOf")?;
    let elements = list.elements().filter(|it| !is_null(*it));
    let parts: Vec<View<'d>> = elements
        .map(|it| View::of(it).with_only_part().expanded(side))
        .collect();
    let wide = parts.iter().find(|part| is_type_alone(part))?;
    let is_in = |part: &View<'d>| {
        let has = |ty: &&str| {
            wide.types.contains(ty) || *ty == "integer" && wide.types.contains("number")
        };
        !part.types.is_empty() && part.types.iter().all(has)
    };
    let mut one = view.clone();
    let is_typed = !one.types.is_empty() && !one.is_implied;
    if !parts.iter().all(is_in)
        || one.values.is_some()
        || one.reference.is_some()
        || is_typed && !is_in(&one)
    {
        return None;
    }
    one.members.remove(keyword);
    if !is_typed {
        one.types.clone_from(&wide.types);
        one.is_implied = false;
        one.places.insert("type", list);
    }
    one.is_nullable |= parts.iter().any(|part| part.is_nullable);
    Some(one)
}

/// Whether a schema says its types, and nothing of their values.
fn is_type_alone(part: &View<'_>) -> bool {
    let mut keys = part.members.keys();
    !part.types.is_empty()
        && !part.is_implied
        && !part.is_never
        && part.reference.is_none()
        && part.values.is_none()
        && part.bounds.is_empty()
        && part.others.is_empty()
        && keys.all(|key| is_words(key))
}
