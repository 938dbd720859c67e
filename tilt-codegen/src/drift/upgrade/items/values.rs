//! Enums and unions, and their variants.

use super::super::kind::Kind;
use super::super::node::{Fact, Node, Part, Signature};
use super::super::scope::Scope;
use crate::model::{Enum, JsonKinds, Tagged, TypeRef, Union, UnionVariant, Variant};

pub(super) fn of_enum(values: &Enum, node: &mut Node) {
    let Enum {
        repr: _, // the type's signature
        variants,
    } = values;
    let variants = variants.iter().map(|variant| {
        let Variant { name, value, docs } = variant;
        let mut variant = Node::new(Kind::Variant, format!("{}::{name}", node.path), name);
        variant.identity = Some(value.to_string());
        variant.meaning("the value", value.to_string());
        variant.docs.clone_from(&docs.0);
        variant.places = node.places.iter().map(|it| it.inside(&["enum"])).collect();
        variant
    });
    let variants: Vec<Node> = variants.collect();
    node.children.extend(variants);
}

pub(super) fn of_union(scope: &Scope<'_>, union: &Union, node: &mut Node) {
    let Union {
        variants,
        discriminator,
    } = union;
    if let Some(discriminator) = discriminator {
        node.meaning("the property that names the variant", discriminator);
    }
    let variants: Vec<Node> = variants
        .iter()
        .map(|it| alternative(scope, it, node))
        .collect();
    node.children.extend(variants);
}

fn alternative(scope: &Scope<'_>, variant: &UnionVariant, union: &Node) -> Node {
    let UnionVariant {
        name,
        ty,
        boxed,
        from,
        from_text,
        from_string,
        discriminator_values,
        schema_names: _, // they go with the name of the type, and are never written
        discriminator_json,
        any_other,
        tagged,
        events,
        kinds: _, // by `looks`, as all of these
        required: _,
        properties: _,
        tags: _,
        closed: _,
        values: _,
        docs,
    } = variant;
    let mut node = Node::new(Kind::Alternative, format!("{}::{name}", union.path), name);
    node.identity = Some(scope.expanded(ty));
    node.signature = held(scope, ty, *boxed);
    node.docs.clone_from(&docs.0);
    node.places.clone_from(&union.places);
    node.depends = scope.named(ty);
    let conversions = [
        (*from, scope.shown(ty)),
        (*from_text, "&str".to_owned()),
        (*from_text && *from_string && !*from, "String".to_owned()),
    ];
    let conversions = conversions.into_iter().enumerate();
    let conversions = conversions
        .filter(|(_, (is, _))| *is)
        .map(|(index, (_, ty))| Node {
            slot: index.to_string(),
            places: node.places.clone(),
            ..Node::only(
                Kind::From,
                format!("{}: From<{ty}>", union.path),
                index.to_string(),
            )
        });
    node.children.extend(conversions);
    selection(discriminator_values, *any_other, *tagged, &mut node);
    if let Some(json) = discriminator_json {
        node.meaning("written as", json.to_string());
    }
    if let Some(events) = events {
        let form = if events.is_text { "text" } else { "JSON" };
        node.meaning("the form of its data", form);
        let selectors = selectors(&events.names, &node);
        node.children.extend(selectors);
    }
    looks(variant, &mut node);
    node
}

/// The type that a variant holds.
pub(super) fn held(scope: &Scope<'_>, ty: &TypeRef, boxed: bool) -> Signature {
    let shown = scope.shown(ty);
    Signature {
        shown: match boxed {
            true => format!("Box<{shown}>"),
            false => shown,
        },
        parts: vec![
            scope.part(ty, false),
            Part::word(if boxed { "boxed" } else { "" }),
        ],
    }
}

/// The values by which a variant is selected.
fn selectors(values: &[String], variant: &Node) -> Vec<Node> {
    let selectors = values.iter().map(|value| Node {
        places: variant.places.clone(),
        ..Node::new(
            Kind::Selector,
            format!("{} for {value:?}", variant.path),
            value,
        )
    });
    selectors.collect()
}

/// The ways in which discriminators select a variant, and it is written with them.
fn selection(values: &[String], any_other: bool, tagged: Option<Tagged>, node: &mut Node) {
    // The first is the one that is written.
    if let Some(first) = values.first() {
        node.stated
            .insert("the value that is written".to_owned(), Fact::new(first));
    }
    let others = values.get(1..).unwrap_or_default();
    let selectors = selectors(others, node);
    node.children.extend(selectors);
    node.behaviour("takes values that select none", any_other.to_string());
    let tagged = match tagged {
        None => "no",
        Some(Tagged::Record | Tagged::Union) => "yes",
    };
    node.meaning("written with its discriminator", tagged);
}

/// The look by which a variant is told from the others: it follows from its type as well.
pub(super) fn looks(variant: &UnionVariant, node: &mut Node) {
    let mut look = |about: &str, value: String| {
        node.residue.insert(about.to_owned(), Fact::new(value));
    };
    let sorted = |names: &[String]| {
        let mut names = names.to_vec();
        names.sort();
        names.join(", ")
    };
    look("its JSON types", kinds(variant.kinds));
    look("properties that must be there", sorted(&variant.required));
    look("its properties", sorted(&variant.properties));
    let tags = variant.tags.iter().map(|tag| {
        let values: Vec<String> = tag.values.iter().map(ToString::to_string).collect();
        format!("{} = {}", tag.property, values.join(" | "))
    });
    look(
        "values that tell it apart",
        tags.collect::<Vec<_>>().join(", "),
    );
    look("has no other properties", variant.closed.to_string());
    let values = variant.values.iter().map(ToString::to_string);
    look("its values", values.collect::<Vec<_>>().join(", "));
}

/// JSON types as people write them.
pub(super) fn kinds(kinds: JsonKinds) -> String {
    let JsonKinds {
        null,
        boolean,
        integer,
        number,
        string,
        array,
        object,
    } = kinds;
    let all = [
        (null, "null"),
        (boolean, "boolean"),
        (integer, "integer"),
        (number, "number"),
        (string, "string"),
        (array, "array"),
        (object, "object"),
    ];
    let names = all.into_iter().filter_map(|(is, name)| is.then_some(name));
    names.collect::<Vec<_>>().join(", ")
}
