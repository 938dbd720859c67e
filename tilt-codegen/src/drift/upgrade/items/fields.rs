//! Fields of structs, and the methods that set them.

use super::super::kind::Kind;
use super::super::node::{Fact, Node, Part, Signature};
use super::super::scope::Scope;
use super::places::of_property;
use crate::model::{Constant, Construction, Conversion, Field, Presence, Struct, Type, TypeRef};

/// A field, which programs read and set by itself, whatever constructors and setters take.
pub(super) fn node(scope: &Scope<'_>, ty: &Type, field: &Field, structure: &Struct) -> Node {
    let Field {
        name,
        wire,
        ty: type_ref,
        presence,
        fixed,
        conversion: _, // by `methods`
        setter: _,
        only_read: _,
        demanded: _, // of construction
        takes_null: _,
        null_setter: _,
        docs,
        // The beginning of `docs`.
        summary: _,
        deprecated,
        sample,
        first: _, // of the wire
    } = field;
    let path = format!("types::{}::{name}", ty.name);
    let mut node = Node::new(Kind::Field, &path, name);
    node.identity = Some(wire.clone());
    node.places = of_property(ty, wire);
    node.signature = Signature {
        shown: written(scope, type_ref, *presence),
        parts: vec![part(scope, field)],
    };
    node.presence = Some(*presence);
    node.meaning("the property", wire);
    // As it comes or goes, constructors ask for it or do not, and where it is read alone, nothing is filled in.
    let is_filled_in = structure.construction != Construction::Read || field.is_constant();
    if let Some(fixed) = fixed.as_ref().filter(|_| is_filled_in) {
        let mut value = Node::only(Kind::Detail, &path, "value");
        value.meaning("the value that is filled in", constant(scope, fixed));
        value.places.clone_from(&node.places);
        node.children.push(value);
    }
    node.docs.clone_from(&docs.0);
    node.deprecated = *deprecated;
    node.depends = scope.named(type_ref);
    if let Some(sample) = sample {
        let fact = Fact::new(sample.to_string());
        node.residue.insert("its sample".to_owned(), fact);
    }
    methods(scope, ty, field, structure, &mut node);
    node
}

/// The methods that set a field, and the form in which `new` takes it.
fn methods(scope: &Scope<'_>, ty: &Type, field: &Field, structure: &Struct, node: &mut Node) {
    let (name, path) = (&field.name, node.path.clone());
    let owner = format!("types::{}", ty.name);
    let positional = structure.construction.positional_arguments();
    let is_taken = positional.into_iter().flatten().any(|at| {
        let taken = structure.fields.get(*at);
        taken.is_some_and(|it| it.wire == field.wire)
    });
    if field.setter {
        let into = field.conversion == Conversion::Into;
        node.children.push(Node {
            signature: taken(scope, &field.ty, into),
            places: node.places.clone(),
            depends: scope.named(&field.ty),
            ..Node::only(Kind::Setter, format!("{path}()"), name)
        });
    } else if is_taken {
        let into = field.conversion == Conversion::Into;
        node.children.push(Node {
            signature: taken(scope, &field.ty, into),
            places: node.places.clone(),
            ..Node::only(Kind::NewArgument, format!("{owner}::new({name})"), name)
        });
    }
    let places = node.places.clone();
    node.children
        .extend(field.null_setter.iter().map(|method| Node {
            places: places.clone(),
            ..Node::only(Kind::NullSetter, format!("{owner}::{method}()"), method)
        }));
}

/// Only whether it is taken by `Into`: its type is that of the field.
fn taken(scope: &Scope<'_>, ty: &TypeRef, into: bool) -> Signature {
    let shown = scope.shown(unboxed(ty));
    Signature {
        shown: match into {
            true => format!("impl Into<{shown}>"),
            false => shown,
        },
        parts: vec![Part {
            into,
            named: scope.named(ty),
            ..Part::default()
        }],
    }
}

fn part(scope: &Scope<'_>, field: &Field) -> Part {
    Part {
        unnamed: field.is_constant(),
        ..scope.part(&field.ty, false)
    }
}

/// The type that is taken: boxes are put around by what takes the value.
pub(super) fn unboxed(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::Boxed(inner) | TypeRef::Loose(inner) => inner,
        ty => ty,
    }
}

/// A type with what says that it may be absent or null.
fn written(scope: &Scope<'_>, ty: &TypeRef, presence: Presence) -> String {
    let ty = scope.shown(ty);
    match presence {
        Presence::Required => ty,
        Presence::Optional | Presence::Nullable => format!("Option<{ty}>"),
        Presence::OptionalNullable => format!("Maybe<{ty}>"),
    }
}

/// The value on the wire.
fn constant(scope: &Scope<'_>, constant: &Constant) -> String {
    match constant {
        Constant::Variant(id, index) => {
            let values = scope.ty(*id).and_then(|ty| match &ty.shape {
                crate::model::Shape::Enum(values) => values.variants.get(*index),
                _ => None,
            });
            values.map_or(String::new(), |it| it.value.to_string())
        }
        Constant::Null => "null".to_owned(),
        Constant::Bool(value) => value.to_string(),
        Constant::Integer(value) | Constant::Number(value) => value.to_string(),
        Constant::String(text) | Constant::Text(_, text) => {
            serde_json::Value::from(text.as_str()).to_string()
        }
        Constant::Any(value) => value.to_string(),
    }
}
