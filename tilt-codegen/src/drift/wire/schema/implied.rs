//! Types that nothing states, and that keywords imply.

use super::super::side::Side;
use super::view::View;
use crate::source::Node;
use serde_json::Value;
use std::collections::BTreeSet;

impl View<'_> {
    /// Keywords that are about one type alone say the type, as far as an SDK is concerned.
    pub(super) fn imply_type(&mut self) {
        // Beside a reference, they narrow what that leads to.
        if !self.types.is_empty() || self.reference.is_some() {
            return;
        }
        if self.is_null_alone() {
            return;
        }
        self.is_implied = true;
        if let Some(values) = &self.values {
            self.types = values.iter().map(|value| type_of(value)).collect();
            return;
        }
        let has = |keys: &[&str]| {
            keys.iter()
                .any(|key| self.members.contains_key(key) || self.bounds.contains_key(key))
        };
        let implied = [
            (
                has(&[
                    "properties",
                    "required",
                    "additionalProperties",
                    "maxProperties",
                    "minProperties",
                ]),
                "object",
            ),
            (
                has(&[
                    "items",
                    "prefixItems",
                    "maxItems",
                    "minItems",
                    "uniqueItems",
                ]),
                "array",
            ),
            (has(&["pattern", "maxLength", "minLength"]), "string"),
            (
                has(&[
                    "multipleOf",
                    "maximum",
                    "minimum",
                    "exclusiveMaximum",
                    "exclusiveMinimum",
                ]),
                "number",
            ),
        ];
        let implied: Vec<&str> = implied
            .iter()
            .filter(|(is, _)| *is)
            .map(|(_, ty)| *ty)
            .collect();
        if let [only] = implied[..] {
            self.types.insert(only);
        }
    }
}

impl View<'_> {
    /// Null as the only value is the type null, and is read as that.
    fn is_null_alone(&mut self) -> bool {
        let is_null = self.is_nullable && self.values.as_ref().is_some_and(Vec::is_empty);
        if is_null {
            self.values = None;
            if let Some(place) = self.places.remove("values") {
                self.places.insert("type", place);
            }
        }
        is_null
    }
}

/// Types that neither states are those that the keywords of both imply: a keyword that came or went is told as itself.
pub(super) fn share_types<'d>(one: &mut View<'d>, other: &mut View<'d>) {
    let states = |view: &View<'d>| !view.types.is_empty() && !view.is_implied;
    if states(one) || states(other) {
        return;
    }
    let has_values = one.values.is_some() && other.values.is_some();
    let is_number = |ty: &&str| matches!(*ty, "integer" | "number");
    let have_common = !one.types.is_disjoint(&other.types)
        || one.types.iter().any(is_number) && other.types.iter().any(is_number);
    // Other values of a type are told as those.
    if !has_values || have_common {
        let all: BTreeSet<&str> = one.types.union(&other.types).copied().collect();
        one.types.clone_from(&all);
        other.types = all;
    }
}

/// Types beside a reference say nothing where what it leads to has no others.
pub(super) fn drop_types_of_target<'d>(view: &mut View<'d>, target: Node<'d>, side: &Side<'d>) {
    if view.types.is_empty() || view.is_implied {
        return;
    }
    let target = View::of(target).expanded(side);
    let is_stated = !target.types.is_empty() && !target.is_implied;
    let has_null = target.is_nullable && !view.is_nullable;
    if is_stated && target.types.is_subset(&view.types) && !has_null {
        view.types = BTreeSet::new();
        view.places.remove("type");
    }
}

/// Null beside a reference says nothing where what it leads to may be null, before and after.
pub(super) fn drop_null_of_targets<'d>(
    views: (&mut View<'d>, &mut View<'d>),
    targets: (Node<'d>, Node<'d>),
    sides: (&Side<'d>, &Side<'d>),
) {
    let is_nullable = |target: Node<'d>, side| View::of(target).expanded(side).is_nullable;
    if views.0.is_nullable != views.1.is_nullable
        && is_nullable(targets.0, sides.0)
        && is_nullable(targets.1, sides.1)
    {
        for view in [views.0, views.1] {
            view.is_nullable = false;
            view.places.remove("nullable");
        }
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "string",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::Array(_) => "array",
        _ => "object",
    }
}
