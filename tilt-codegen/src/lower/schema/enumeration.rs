//! Lists of values: `enum`, `const`, and alternatives that are nothing else.

use std::collections::HashSet;

use serde_json::Value;

use crate::diagnostic::{Code, Problem};
use crate::dialect::equal::canonical;
use crate::dialect::schema::{JsonType, Types};
use crate::identifier;
use crate::lower::budget::Cost;
use crate::lower::draft::{Conjunction, Origin, Site};
use crate::lower::naming::words::is_name_like;
use crate::lower::schema::describe;
use crate::lower::schema::flatten::Flat;
use crate::lower::schema::{TypeBuilder, Typed};
use crate::model::{Docs, Enum, EnumRepr, Scalar, Shape, TypeId, TypeRef, Variant};
use crate::source::{Limits, Node};

/// A value with what the document says of it.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Listed {
    value: Value,
    /// The text of a scalar, where a string is meant.
    written: Option<String>,
    name: Option<String>,
    docs: Docs,
}

/// Alternatives that are of one scalar type, one and all.
#[derive(Debug, Default)]
pub(in crate::lower) struct ScalarAlternatives {
    /// Those that are listed.
    pub(in crate::lower) values: Vec<Listed>,
    /// One of them lists nothing: any value of the type is valid.
    pub(in crate::lower) is_open: bool,
}

impl Listed {
    pub(in crate::lower) fn is_empty_text(&self) -> bool {
        self.value.as_str().is_some_and(str::is_empty)
    }
}

impl<'d> TypeBuilder<'d, '_> {
    /// The type of schemas that list their values.
    pub(in crate::lower) fn enumeration(
        &mut self,
        flat: &Flat<'d>,
        site: &Site,
        id: Option<TypeId>,
    ) -> Option<Typed> {
        let values = self.listed(flat)?;
        let is_list = flat.proper_types() == Types::only(JsonType::Array);
        if is_list && self.are_no_lists(flat.first().conjunct.node, &values) {
            return None;
        }
        self.enumerate(flat, values, site, id)
    }

    /// The values that all lists of schemas have, which hold at once; those of the first one, where they have none in common.
    fn listed(&mut self, flat: &Flat<'d>) -> Option<Vec<Listed>> {
        let mut values = self.first_listed(flat)?;
        let lists = flat.leaves.iter().filter_map(|leaf| {
            let schema = &leaf.schema;
            let listed = schema.constant.map(std::slice::from_ref);
            listed.or(schema.enumeration)
        });
        let lists = lists.filter(|list| !list.is_empty());
        let lists: Vec<HashSet<&Value>> = lists.map(|list| list.iter().collect()).collect();
        let is_common = |listed: &Listed| lists.iter().all(|list| list.contains(&listed.value));
        if lists.len() > 1 && values.iter().any(is_common) {
            values.retain(is_common);
        }
        Some(values)
    }

    /// The values that the first `const` or `enum` lists.
    fn first_listed(&mut self, flat: &Flat<'d>) -> Option<Vec<Listed>> {
        for leaf in &flat.leaves {
            let schema = &leaf.schema;
            if let Some(value) = schema.constant {
                if !self.context.hold(leaf.conjunct.node, text_of(value)) {
                    return None;
                }
                return Some(vec![Listed {
                    value: value.clone(),
                    written: self.written(leaf.conjunct.node, value),
                    name: None,
                    docs: Docs::default(),
                }]);
            }
            let Some(values) = schema.enumeration else {
                continue;
            };
            // More are read than become variants, but no more than can be held.
            if !values
                .iter()
                .all(|value| self.context.hold(leaf.conjunct.node, text_of(value)))
            {
                return None;
            }
            if values.is_empty() {
                self.context.problem(Problem::new(
                    Code::EMPTY_ENUM,
                    leaf.conjunct.node,
                    "an empty `enum` is ignored",
                ));
                continue;
            }
            let names = (schema.enum_names.len() == values.len()).then_some(&schema.enum_names);
            let docs = &schema.enum_descriptions;
            let docs = (docs.len() == values.len()).then_some(docs);
            let listed = values.iter().enumerate().map(|(index, value)| Listed {
                value: value.clone(),
                written: self.written(leaf.conjunct.node, value),
                name: names.map(|names| names[index].to_owned()),
                docs: docs
                    .map(|docs| {
                        let write = || describe::text(docs[index]);
                        self.context.documented(leaf.conjunct.node, write)
                    })
                    .unwrap_or_default(),
            });
            return Some(listed.collect());
        }
        None
    }

    /// The text of what YAML takes for a number, a boolean or null, in the document of a schema.
    fn written(&self, schema: Node<'d>, value: &'d Value) -> Option<String> {
        let document = schema.document;
        let (documents, node) = (self.context.documents(), Node { document, value });
        let is_text =
            matches!(value, Value::Number(_) | Value::Bool(_)) || documents.is_restored(node);
        let written = documents.written(node);
        written.filter(|_| is_text).map(|text| text.into_owned())
    }

    /// A type for listed values; `None` where they say no more than the schema's type does.
    pub(in crate::lower) fn enumerate(
        &mut self,
        flat: &Flat<'d>,
        mut values: Vec<Listed>,
        site: &Site,
        id: Option<TypeId>,
    ) -> Option<Typed> {
        let node = flat.first().conjunct.node;
        let types = flat.proper_types();
        if types == Types::only(JsonType::String) {
            self.spell_out(node, &mut values);
        } else {
            write_whole(types, &mut values);
            self.read_out(node, types, &mut values);
        }
        let before = values.len();
        values.retain(|listed| !listed.value.is_null());
        let nullable = flat.nullable || values.len() < before;
        if values.is_empty() {
            return Some(Typed::scalar(Scalar::Null, false));
        }
        if is_one_number(&values, types) {
            // One number, as a version is: a name for it would say less than the number.
            return Some(Typed::scalar(Scalar::I64, nullable));
        }
        let mut seen = HashSet::new();
        values.retain(|listed| seen.insert(listed.value.to_string()));
        if self.are_too_many(node, &values) {
            return None;
        }
        let Some(repr) = repr(&values, types) else {
            return Some(Typed::scalar(Scalar::Bool, nullable));
        };
        if !values
            .iter()
            .all(|_| self.context.afford(Cost::Member, node))
        {
            return None;
        }
        let component = id.and_then(|id| match &self.arena.drafts[id.0].origin {
            Origin::Component(name) => Some(name.as_str()),
            _ => None,
        });
        if let Some(component) = component {
            strip_prefix(component, &mut values);
        }
        let variants = values
            .into_iter()
            .map(|listed| Variant {
                // The text to name it after, when all types are named: see `finish`.
                name: wire(&listed),
                value: listed.value,
                docs: listed.docs,
            })
            .collect();
        let id = self.start(flat, id);
        let ty = self.finish(id, Shape::Enum(Enum { repr, variants }), site);
        Some(Typed { ty, nullable })
    }

    /// Whether no value of a list's `enum` is a list; a finding where none is.
    fn are_no_lists(&mut self, node: Node<'d>, values: &[Listed]) -> bool {
        let is_list = |listed: &Listed| listed.value.is_array() || listed.value.is_null();
        if values.iter().any(is_list) {
            return false;
        }
        let message = "no value of a list's `enum` is a list: it is ignored";
        self.context
            .problem(Problem::new(Code::ENUM_OF_ANOTHER_TYPE, node, message));
        true
    }

    /// Whether values are data, and not names; a finding where they are.
    fn are_too_many(&mut self, node: Node<'d>, values: &[Listed]) -> bool {
        let most = self.context.documents().limits().variants;
        if values.len() <= most {
            return false;
        }
        let message = format!(
            "a list of {} values has no variants of its own",
            values.len()
        );
        let problem = Problem::new(Code::LONG_ENUM, node, message);
        self.context
            .problem(problem.help(Limits::advice("variants")));
        true
    }

    /// Under `type: string`, what YAML read as a number, a boolean or null was meant as text.
    fn spell_out(&mut self, node: Node<'d>, values: &mut [Listed]) {
        let mut found = false;
        for listed in values {
            let is_scalar = matches!(listed.value, Value::Bool(_) | Value::Number(_));
            if is_scalar || listed.written.is_some() {
                let text = listed.written.take();
                listed.value = Value::String(text.unwrap_or_else(|| listed.value.to_string()));
                found = true;
            }
        }
        if found {
            let problem = Problem::new(
                Code::ENUM_OF_ANOTHER_TYPE,
                node,
                "values of a string's `enum` that are no strings are taken as their text",
            );
            self.context.problem(problem);
        }
    }

    /// Under `type: integer` and the like, text that spells such values was meant as these.
    fn read_out(&mut self, node: Node<'d>, types: Types, values: &mut [Listed]) {
        let fits = |value: &Value| {
            types == Types::only(JsonType::Integer) && value.is_i64()
                || types == Types::only(JsonType::Number) && value.is_number()
                || types == Types::only(JsonType::Boolean) && value.is_boolean()
        };
        let spelled = |listed: &Listed| match &listed.value {
            Value::Null => Some(Value::Null),
            Value::String(text) => serde_json::from_str(text).ok().filter(fits),
            _ => None,
        };
        let Some(meant) = values.iter().map(spelled).collect::<Option<Vec<Value>>>() else {
            return;
        };
        if meant.iter().all(Value::is_null) {
            return;
        }
        for (listed, value) in values.iter_mut().zip(meant) {
            listed.value = value;
        }
        let message = "text in the `enum` of another type is taken as the values that it spells";
        self.context
            .problem(Problem::new(Code::ENUM_OF_ANOTHER_TYPE, node, message));
    }

    /// The values of alternatives that are strings, or integers, one and all: they become one
    /// list. Empty where any of them goes (an enum is open anyway).
    pub(in crate::lower) fn alternatives_of_scalars(
        &mut self,
        alternatives: &[Node<'d>],
        kind: JsonType,
    ) -> Option<ScalarAlternatives> {
        let mut scalars = ScalarAlternatives::default();
        for node in alternatives {
            self.scalar_alternative(*node, kind, 0, &mut scalars)?;
        }
        Some(scalars)
    }

    fn scalar_alternative(
        &mut self,
        node: Node<'d>,
        kind: JsonType,
        depth: usize,
        into: &mut ScalarAlternatives,
    ) -> Option<()> {
        if depth > 8 || into.values.len() > self.context.documents().limits().variants {
            return None;
        }
        let flat = self.flatten(&Conjunction::one(node));
        if let Some(values) = self.listed(&flat) {
            let single = values.len() == 1;
            for mut listed in values {
                // The union is nullable then.
                if listed.value.is_null() {
                    continue;
                }
                if JsonType::of(&listed.value) != kind {
                    return None;
                }
                if single {
                    let schema = &flat.first().schema;
                    let title = schema.title.filter(|title| is_name_like(title));
                    // A number says less than its title.
                    if listed.name.is_none() && !listed.value.is_string() {
                        listed.name = title.map(str::to_owned);
                    }
                    listed.docs = self
                        .context
                        .documented(schema.node, || describe::of_alternative(schema));
                }
                into.values.push(listed);
            }
            return Some(());
        }
        let nested: Vec<Node<'d>> = flat
            .leaves
            .iter()
            .flat_map(|leaf| leaf.schema.one_of.iter().chain(&leaf.schema.any_of))
            .copied()
            .collect();
        if !nested.is_empty() {
            for node in nested {
                self.scalar_alternative(node, kind, depth + 1, into)?;
            }
            return Some(());
        }
        let types = flat.proper_types();
        let only_null = types.is_empty() && flat.types.has(JsonType::Null);
        into.is_open |= !only_null;
        (only_null || types == Types::only(kind)).then_some(())
    }
}

fn is_one_number(values: &[Listed], types: Types) -> bool {
    let [only] = values else {
        return false;
    };
    only.value.is_i64() && (types.is_empty() || types == Types::only(JsonType::Integer))
}

/// Integers may be written with a fraction of zeros, and are the same.
fn write_whole(types: Types, values: &mut [Listed]) {
    if types != Types::only(JsonType::Integer) {
        return;
    }
    for listed in values {
        let whole = canonical(&listed.value);
        if whole.is_i64() {
            listed.value = whole;
            listed.written = None;
        }
    }
}

/// How an enum keeps values that it does not know. `None`: all are booleans, and no enum is needed.
fn repr(values: &[Listed], types: Types) -> Option<EnumRepr> {
    let kinds = || values.iter().map(|listed| JsonType::of(&listed.value));
    let all = |kind: JsonType| {
        let may_be = types.is_empty() || types == Types::only(kind);
        may_be && kinds().all(|other| other == kind)
    };
    if all(JsonType::Boolean) {
        return None;
    }
    Some(if all(JsonType::String) {
        EnumRepr::String
    } else if all(JsonType::Integer) && values.iter().all(|listed| listed.value.is_i64()) {
        EnumRepr::Integer
    } else {
        EnumRepr::Any
    })
}

/// Takes the enum's name off the names of its values where all begin with it, as those of a language
/// without namespaces do: `OrderStatusPaid` of `OrderStatus` is `Paid`.
fn strip_prefix(component: &str, values: &mut [Listed]) {
    let name = identifier::schema_names(component).swap_remove(0);
    let stripped: Option<Vec<String>> = values
        .iter()
        .map(|listed| {
            let words = identifier::words(listed.name.as_deref()?);
            let own = words.strip_prefix(identifier::words(&name).as_slice())?;
            let starts_well = own.first()?.starts_with(|c: char| c.is_ascii_alphabetic());
            starts_well.then(|| own.join("_"))
        })
        .collect();
    for (listed, name) in values.iter_mut().zip(stripped.into_iter().flatten()) {
        listed.name = Some(name);
    }
}

/// The bytes of a value as JSON, nearly.
fn text_of(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(elements) => elements.iter().map(text_of).sum(),
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| key.len() + text_of(value))
            .sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 8,
    }
}

/// The text that a value is named after.
fn wire(listed: &Listed) -> String {
    match (&listed.name, &listed.value) {
        (Some(name), _) if !name.trim().is_empty() => name.clone(),
        (_, Value::String(text)) => text.clone(),
        (_, value) => value.to_string(),
    }
}

/// The type of a list of alternatives that are all of one scalar type.
pub(in crate::lower) fn scalar_of(kind: JsonType) -> TypeRef {
    TypeRef::Scalar(match kind {
        JsonType::Integer => Scalar::I64,
        _ => Scalar::String,
    })
}
