//! A schema in one form, whatever the spelling: `nullable` of OpenAPI 3.0 and the type `null`, a constant and a list of
//! one value, a choice among constants and a list of values, a boolean and a number as an exclusive bound.

use crate::source::Node;
use serde_json::Value;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::super::side::Side;
use super::super::words::is_words;

/// A schema, taken apart.
#[derive(Debug, Clone)]
pub(in crate::drift::wire) struct View<'d> {
    pub(super) node: Node<'d>,
    /// Keywords that are not taken apart.
    pub(super) members: BTreeMap<&'d str, Node<'d>>,
    /// Further properties, and lists of those that are required, of schemas that hold as well.
    pub(super) others: BTreeMap<&'static str, Vec<Node<'d>>>,
    /// The value of `$ref`, which is resolved from where it stands.
    pub(super) reference: Option<Node<'d>>,
    /// Without `null`; as keywords imply it, where it is not stated.
    pub(super) types: BTreeSet<&'d str>,
    /// Whether keywords imply the types.
    pub(super) is_implied: bool,
    pub(super) is_nullable: bool,
    /// Without null; in the document's order.
    pub(super) values: Option<Vec<&'d Value>>,
    /// By keyword.
    pub(super) bounds: BTreeMap<&'static str, &'d Value>,
    /// Bounds that are stated and leave out nothing.
    pub(super) idle: BTreeMap<&'static str, &'d Value>,
    /// The places of lists of values and types, by keyword.
    pub(super) places: BTreeMap<&'static str, Node<'d>>,
    /// `false`: nothing is valid.
    pub(super) is_never: bool,
    /// The alternatives that `values` were read from, by keyword.
    pub(super) choice: Option<(&'static str, Node<'d>)>,
    /// The alternative that is null.
    pub(super) null: Option<Node<'d>>,
}

pub(super) const BOUNDS: [(&str, Option<f64>); 12] = [
    ("maxLength", None),
    ("minLength", Some(0.0)),
    ("maximum", None),
    ("minimum", None),
    ("exclusiveMaximum", None),
    ("exclusiveMinimum", None),
    ("maxItems", None),
    ("minItems", Some(0.0)),
    ("maxProperties", None),
    ("minProperties", Some(0.0)),
    ("maxContains", None),
    ("minContains", Some(1.0)),
];

/// Keywords of which parts that all hold say the sum.
const SUMMED: [&str; 2] = ["properties", "required"];

impl<'d> View<'d> {
    pub(super) fn of(node: Node<'d>) -> View<'d> {
        let mut view = View::unread(node);
        view.unwrap_null();
        view.read()
    }

    /// With a choice of one as a choice, beside others that are of more.
    pub(super) fn of_choice(node: Node<'d>) -> View<'d> {
        let mut view = View::unread(node);
        view.read_null();
        view.read()
    }

    fn read(mut self) -> View<'d> {
        let view = &mut self;
        view.drop_silent();
        view.reference = view.members.remove("$ref");
        view.read_types();
        view.read_values();
        view.read_bounds();
        view.imply_type();
        self
    }

    /// With all its keywords where they stand.
    fn unread(node: Node<'d>) -> View<'d> {
        View {
            node,
            members: node.members().collect(),
            others: BTreeMap::new(),
            reference: None,
            types: BTreeSet::new(),
            is_implied: false,
            is_nullable: false,
            values: None,
            bounds: BTreeMap::new(),
            idle: BTreeMap::new(),
            places: BTreeMap::new(),
            is_never: node.value == &Value::Bool(false),
            choice: None,
            null: None,
        }
    }

    /// `anyOf: [X, {type: null}]` is X, or null; `anyOf: [X]` is X.
    fn unwrap_null(&mut self) {
        self.read_null();
        for keyword in ["anyOf", "oneOf"] {
            let Some(list) = self.members.get(keyword) else {
                continue;
            };
            let rest: Vec<Node<'d>> = list.elements().filter(|it| !is_null(*it)).collect();
            // A choice of one is no choice.
            if let [only] = rest[..] {
                self.members.remove(keyword);
                let inner = View::of_members(only);
                for (key, value) in inner {
                    self.members.entry(key).or_insert(value);
                }
            }
        }
    }

    /// Null as an alternative is null, however many others there are.
    fn read_null(&mut self) {
        let lists = ["anyOf", "oneOf"].iter();
        let lists = lists.filter_map(|keyword| self.members.get(keyword));
        for list in lists {
            let nulls = list.elements().filter(|it| is_null(*it));
            let is_choice = list.elements().any(|it| !is_null(it));
            if let Some(null) = nulls.take(1).find(|_| is_choice) {
                self.is_nullable = true;
                self.null = Some(null);
            }
        }
    }

    fn of_members(node: Node<'d>) -> BTreeMap<&'d str, Node<'d>> {
        let mut view = View::unread(node);
        view.unwrap_null();
        view.members
    }

    fn read_types(&mut self) {
        if let Some(flag) = self.members.remove("nullable") {
            self.is_nullable |= flag.value == &Value::Bool(true);
            self.places.insert("nullable", flag);
        }
        let Some(stated) = self.members.remove("type") else {
            return;
        };
        self.places.insert("type", stated);
        let names = match stated.value {
            Value::Array(names) => names.as_slice(),
            one => std::slice::from_ref(one),
        };
        for name in names.iter().filter_map(Value::as_str) {
            match name {
                "null" => self.is_nullable = true,
                name => drop(self.types.insert(name)),
            }
        }
        if self.types.contains("number") {
            self.types.remove("integer");
            let step = self.members.get("multipleOf");
            if step.is_some_and(|it| it.value.as_f64() == Some(1.0)) {
                self.types.remove("number");
                self.types.insert("integer");
            }
        }
        // Integers are multiples of 1.
        if self.types.contains("integer") {
            let is_one = |it: &Node<'_>| it.value.as_f64() == Some(1.0);
            self.members
                .retain(|key, it| *key != "multipleOf" || !is_one(it));
        }
    }

    fn read_values(&mut self) {
        let constant = self.members.remove("const");
        let list = self.members.remove("enum");
        if let Some(constant) = constant {
            self.places.insert("values", constant);
            self.values = Some(vec![constant.value]);
        } else if let Some(values) = list.and_then(|list| list.value.as_array()) {
            self.places.insert("values", list.unwrap_or(self.node));
            self.values = Some(values.iter().collect());
        } else {
            self.read_choice_of_constants();
        }
        if let Some(values) = &mut self.values {
            let all = values.len();
            values.retain(|value| !value.is_null());
            self.is_nullable |= all > values.len();
        }
        self.read_both_booleans();
    }

    /// True and false are all that booleans are.
    fn read_both_booleans(&mut self) {
        let values = self.values.iter().flatten();
        let known: BTreeSet<Option<bool>> = values.map(|value| value.as_bool()).collect();
        let may_be = self.types.is_empty() || self.types.contains("boolean");
        if may_be && known == BTreeSet::from([Some(false), Some(true)]) {
            self.types = BTreeSet::from(["boolean"]);
            self.values = None;
            self.choice = None;
            if let Some(place) = self.places.remove("values") {
                self.places.entry("type").or_insert(place);
            }
        }
    }

    /// `oneOf: [{const: a}, {const: b}]` is a list of values, with words for each.
    fn read_choice_of_constants(&mut self) {
        for keyword in ["oneOf", "anyOf"] {
            let Some(list) = self.members.get(keyword).copied() else {
                continue;
            };
            let constant = |node: Node<'d>| {
                let object = node.value.as_object()?;
                let says_more = object.keys().any(|key| {
                    !matches!(
                        key.as_str(),
                        "const" | "enum" | "type" | "title" | "description"
                    ) && !key.starts_with("x-")
                });
                let values = match (object.get("const"), object.get("enum")) {
                    (Some(value), None) => vec![value],
                    (None, Some(Value::Array(values))) => values.iter().collect(),
                    _ => return None,
                };
                (!says_more).then_some(values)
            };
            let values: Option<Vec<Vec<&'d Value>>> = list.elements().map(constant).collect();
            let values = values.filter(|all| all.len() > 1);
            if let Some(values) = values {
                self.places.insert("values", list);
                if self.types.is_empty() {
                    self.types = list
                        .elements()
                        .filter_map(|element| element.get("type")?.as_str())
                        .collect();
                }
                self.values = Some(values.into_iter().flatten().collect());
                self.choice = Some((keyword, list));
                self.members.remove(keyword);
                return;
            }
        }
    }

    /// Constants as the alternatives that they were, beside others that are more than constants.
    pub(super) fn with_alternatives(mut self) -> View<'d> {
        if let Some((keyword, list)) = self.choice.take() {
            self.members.insert(keyword, list);
            self.values = None;
        }
        self
    }

    /// `allOf` of one is that one, unless both say something with one keyword.
    pub(super) fn with_only_part(mut self) -> View<'d> {
        let list = self.members.get("allOf").copied();
        let parts: Vec<Node<'d>> = list.into_iter().flat_map(|it| it.elements()).collect();
        let [only] = parts[..] else {
            return self;
        };
        let inner = View::of(only).with_only_part();
        let mut keys = inner.members.keys().filter(|key| !is_words(key));
        let is_twice = keys.any(|key| *key != "allOf" && self.members.contains_key(key))
            || inner.bounds.keys().any(|key| self.bounds.contains_key(key))
            || (inner.values.is_some() && self.values.is_some())
            || (inner.reference.is_some() && self.reference.is_some());
        if !is_twice && !inner.is_never {
            self.members.remove("allOf");
            self.absorb(inner);
        }
        self
    }

    fn read_bounds(&mut self) {
        for (exclusive, plain) in [
            ("exclusiveMaximum", "maximum"),
            ("exclusiveMinimum", "minimum"),
        ] {
            let flag = self.members.get(exclusive).copied();
            if let Some(Value::Bool(is_exclusive)) = flag.map(|flag| flag.value) {
                self.members.remove(exclusive);
                if *is_exclusive && let Some(bound) = self.members.remove(plain) {
                    self.members.insert(exclusive, bound);
                }
            }
        }
        for (keyword, default) in BOUNDS {
            let Some(bound) = self.members.remove(keyword) else {
                continue;
            };
            let is_default = default.is_some() && bound.value.as_f64() == default;
            self.places.insert(keyword, bound);
            let bounds = if is_default {
                &mut self.idle
            } else {
                &mut self.bounds
            };
            bounds.insert(keyword, bound.value);
        }
    }

    /// With what the reference leads to in its place.
    pub(super) fn expanded(mut self, side: &Side<'d>) -> View<'d> {
        let mut chain = 0;
        while let Some(reference) = self.reference.take() {
            chain += 1;
            let text = reference.as_str().unwrap_or_default();
            let target = side.documents.resolve(reference, text);
            let Some(target) = target
                .ok()
                .filter(|_| chain < side.documents.limits().chain)
            else {
                break;
            };
            self.absorb(View::of(target));
            self.reference = self.reference.take();
        }
        self
    }

    /// The same, with its own words alone.
    pub(super) fn expanded_but_for_words(self, side: &Side<'d>) -> View<'d> {
        let own: BTreeSet<&str> = self.members.keys().copied().collect();
        let mut view = self.expanded(side);
        view.members
            .retain(|key, _| own.contains(key) || !is_words(key));
        view
    }

    /// Another schema that holds as well: what is left is valid for both. Of keywords that are compared as they stand, this
    /// one's own stay.
    pub(super) fn absorb(&mut self, other: View<'d>) {
        for (key, value) in other.members {
            let summed = SUMMED.into_iter().find(|it| *it == key);
            match (self.members.entry(key), summed) {
                (Entry::Vacant(entry), _) => drop(entry.insert(value)),
                (_, Some(key)) => self.others.entry(key).or_default().push(value),
                _ => {}
            }
        }
        for (key, values) in other.others {
            self.others.entry(key).or_default().extend(values);
        }
        for (key, value) in other.bounds {
            let own = self.bounds.get(key);
            if own.is_none_or(|own| is_tighter(key, value, own)) {
                self.bounds.insert(key, value);
                self.places.remove(key);
            }
        }
        for (key, value) in other.places {
            self.places.entry(key).or_insert(value);
        }
        self.is_implied = match self.types.is_empty() {
            true => other.is_implied,
            false => self.is_implied && (other.is_implied || other.types.is_empty()),
        };
        self.types = common(&self.types, other.types);
        self.values = match (self.values.take(), other.values) {
            (Some(own), Some(others)) => {
                let both = own.into_iter().filter(|value| others.contains(value));
                Some(both.collect())
            }
            (own, others) => own.or(others),
        };
        self.choice = self.choice.take().or(other.choice);
        self.null = self.null.take().or(other.null);
        self.is_nullable |= other.is_nullable;
        self.is_never |= other.is_never;
        self.reference = self.reference.take().or(other.reference);
    }

    /// The values of a keyword here, and in all that holds as well.
    pub(super) fn all(&self, keyword: &str) -> impl Iterator<Item = Node<'d>> {
        let own = self.members.get(keyword).copied();
        let others = self.others.get(keyword).into_iter().flatten().copied();
        own.into_iter().chain(others)
    }

    /// `anyOf: [{type: a}, {type: b}]` is a list of types.
    pub(super) fn with_types_of_alternatives(mut self) -> View<'d> {
        let Some((keyword, list)) = self.alternatives().filter(|_| self.types.is_empty()) else {
            return self;
        };
        let only = |node: Node<'d>| match node.members().count() {
            1 => node.get("type")?.as_str(),
            _ => None,
        };
        let types: Option<Vec<&str>> = list.elements().map(only).collect();
        // An integer is a number, too, and then one of `oneOf` is two.
        let types = types.filter(|all| keyword == "anyOf" || !all.contains(&"number"));
        for ty in types.into_iter().flatten() {
            self.members.remove(keyword);
            match ty {
                "null" => self.is_nullable = true,
                ty => drop(self.types.insert(ty)),
            }
        }
        self
    }

    /// The alternatives, by keyword.
    pub(super) fn alternatives(&self) -> Option<(&'d str, Node<'d>)> {
        ["oneOf", "anyOf"].into_iter().find_map(|keyword| {
            let list = self.members.get(keyword)?;
            list.value.is_array().then_some((keyword, *list))
        })
    }

    /// Whether it says nothing of values.
    pub(super) fn says_nothing(&self) -> bool {
        self.reference.is_none()
            && self.types.is_empty()
            && self.values.is_none()
            && self.bounds.is_empty()
            && !self.is_never
            && self.members.keys().all(|key| is_words(key))
    }

    pub(super) fn place(&self, keyword: &str) -> Node<'d> {
        let stated = self.members.get(keyword).copied();
        stated
            .or_else(|| self.places.get(keyword).copied())
            .unwrap_or(self.node)
    }
}

/// Whether one of two limits leaves less.
fn is_tighter(keyword: &str, one: &Value, other: &Value) -> bool {
    let (Some(one), Some(other)) = (one.as_f64(), other.as_f64()) else {
        return false;
    };
    match keyword.starts_with("max") || keyword == "exclusiveMaximum" {
        true => one < other,
        false => one > other,
    }
}

/// Whether null is all that is valid.
pub(super) fn is_null(node: Node<'_>) -> bool {
    let is = |key: &str, value: &Value| node.get(key).is_some_and(|it| it.value == value);
    let null = is("type", &"null".into())
        || is("type", &vec!["null"].into())
        || is("enum", &Value::Array(vec![Value::Null]))
        || (node.get("const").is_some() && is("const", &Value::Null));
    let says_more =
        |(key, _): (&str, _)| !is_words(key) && !matches!(key, "type" | "enum" | "const");
    null && node.members().filter(|it| says_more(*it)).count() == 0
}

/// The types that both allow; what has none allows all.
fn common<'d>(one: &BTreeSet<&'d str>, other: BTreeSet<&'d str>) -> BTreeSet<&'d str> {
    if one.is_empty() || other.is_empty() {
        return one.union(&other).copied().collect();
    }
    let has = |all: &BTreeSet<&str>, ty: &str| {
        all.contains(ty) || ty == "integer" && all.contains("number")
    };
    let both = one.union(&other).copied();
    both.filter(|ty| has(one, ty) && has(&other, ty)).collect()
}
