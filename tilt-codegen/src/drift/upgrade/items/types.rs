//! Types, and what is in them.

use super::super::kind::Kind;
use super::super::node::{Fact, ItemPlace, Node, Part, Signature};
use super::super::scope::Scope;
use super::places::place;
use super::{Sources, construction, fields, values};
use crate::model::{EnumRepr, IdForm, Rest, SampleValue, Shape, Struct, Type, TypeId};

pub(super) fn node(sources: &Sources<'_>, id: TypeId) -> Option<Node> {
    let scope = sources.scope;
    let ty = scope.ty(id)?;
    let Type {
        name,
        // Types of all files are named without them.
        module: _,
        docs,
        deprecated,
        shape,
        derives,
        attributes,
        // Setters and constructors show on which way it travels.
        usage: _,
        pointer,
        places,
    } = ty;
    let path = format!("types::{name}");
    let mut node = Node::new(Kind::Type, &path, name);
    scope.slot(id).clone_into(&mut node.slot);
    node.docs.clone_from(&docs.0);
    node.deprecated = *deprecated;
    if let Some(features) = scope.features.get(&id) {
        node.features.clone_from(features);
    }
    node.places = places.iter().flatten().map(place).collect();
    if node.places.is_empty() {
        node.places.push(ItemPlace::of_api(pointer));
    }
    let derives = derives
        .iter()
        .map(|it| Node::new(Kind::Derive, format!("{path}: {it}"), it));
    node.children.extend(derives);
    if !attributes.is_empty() {
        node.meaning("attributes", attributes.join(" "));
    }
    node.signature = of_shape(scope, shape);
    match shape {
        Shape::Struct(structure) => of_struct(sources, id, ty, structure, &mut node),
        Shape::Enum(values) => values::of_enum(values, &mut node),
        Shape::Union(union) => values::of_union(scope, union, &mut node),
        Shape::Id(form) => {
            if form.is_text() {
                // The same from outside; one is checked before it is sent.
                let checked = *form == IdForm::Uuid;
                node.behaviour("checked as a UUID", checked.to_string());
            }
        }
        Shape::Alias(target) => node.depends = scope.named(target),
    }
    sources.definitions.describe(id, &mut node);
    sources.checked.describe(id, &mut node);
    let sample = sample(sources, id, &node);
    node.children.extend(sample);
    Some(node)
}

/// The kind of type that it is, without what is in it.
fn of_shape(scope: &Scope<'_>, shape: &Shape) -> Signature {
    match shape {
        Shape::Struct(_) => Signature::word("struct"),
        Shape::Enum(values) => Signature::word(match values.repr {
            EnumRepr::String => "enum of String",
            EnumRepr::Integer => "enum of i64",
            EnumRepr::Any => "enum of Value",
        }),
        Shape::Union(_) => Signature::word("union"),
        Shape::Id(form) => Signature::word(match form {
            IdForm::Text | IdForm::Uuid => "id of text",
            IdForm::Integer => "id of i64",
            IdForm::Unsigned => "id of u64",
        }),
        Shape::Alias(target) => Signature {
            shown: scope.shown(target),
            parts: vec![Part::word("alias"), scope.part(target, false)],
        },
    }
}

fn of_struct(sources: &Sources<'_>, id: TypeId, ty: &Type, structure: &Struct, node: &mut Node) {
    let Struct {
        fields,
        rest,
        construction,
        hidden,
        // Programs compile and mean the same either way.
        takes_any: _,
    } = structure;
    let scope = sources.scope;
    for field in fields {
        let mut field = fields::node(scope, ty, field, structure);
        sources.definitions.describe_field(id, &mut field);
        sources.checked.describe_field(id, &mut field);
        node.children.push(field);
    }
    let mut extra = Node::new(Kind::Extra, format!("{}::extra", node.path), "extra");
    extra.places.clone_from(&node.places);
    let (shown, part) = match rest {
        Rest::Any => ("Extra".to_owned(), Part::word("Extra")),
        Rest::Typed(ty) => (format!("Map<{}>", scope.shown(ty)), scope.part(ty, false)),
    };
    extra.signature = Signature {
        shown,
        parts: vec![part],
    };
    node.children.push(extra);
    construction::nodes(scope, ty, fields, construction, node);
    if !hidden.is_empty() {
        let mut hidden = hidden.clone();
        hidden.sort();
        node.behaviour("what `Debug` does not show", hidden.join(", "));
    }
}

/// `sample()`, where the type has it.
fn sample(sources: &Sources<'_>, id: TypeId, ty: &Node) -> Option<Node> {
    let (scope, value) = (sources.scope, sources.samples.get(&id)?);
    let mut node = Node::new(Kind::Sample, format!("{}::sample", ty.path), "sample");
    node.places.clone_from(&ty.places);
    let mut text = String::new();
    sample_text(scope, value, &mut text);
    node.residue.insert("its value".to_owned(), Fact::new(text));
    node.depends.insert(scope.slot(id).to_owned());
    let fields = ty.children.iter().flat_map(|it| &it.depends);
    node.depends.extend(fields.cloned());
    Some(node)
}

fn sample_text(scope: &Scope<'_>, value: &SampleValue, out: &mut String) {
    match value {
        SampleValue::Json(json) => out.push_str(&json.to_string()),
        SampleValue::Of(id) => out.extend(["<", scope.slot(*id), ">"]),
        SampleValue::Array(items) => {
            out.push('[');
            for item in items {
                sample_text(scope, item, out);
                out.push(',');
            }
            out.push(']');
        }
        SampleValue::Object(members) => {
            out.push('{');
            for (name, value) in members {
                out.extend([name, ":"]);
                sample_text(scope, value, out);
                out.push(',');
            }
            out.push('}');
        }
    }
}
