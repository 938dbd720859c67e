//! The ways to make a struct.

use super::super::kind::Kind;
use super::super::node::{ItemPlace, Node, Part, Signature};
use super::super::scope::Scope;
use super::fields::unboxed;
use crate::model::{Construction, Field, Type};

pub(super) fn nodes(
    scope: &Scope<'_>,
    ty: &Type,
    fields: &[Field],
    construction: &Construction,
    node: &mut Node,
) {
    let path = format!("types::{}", ty.name);
    let of_type = node.places.clone();
    // The properties that are asked for, and then the type: one that comes to be asked for explains it.
    let places = |arguments: &[&Field]| -> Vec<ItemPlace> {
        let wires = arguments.iter().map(|it| it.wire.as_str());
        let of_fields = wires.flat_map(|wire| {
            of_type
                .iter()
                .map(move |it| it.inside(&["properties", wire]))
        });
        of_fields.chain(of_type.iter().cloned()).collect()
    };
    let new = |arguments: &[&Field]| Node {
        signature: list(scope, arguments, ("(", ")")),
        positions: arguments.iter().map(|it| it.wire.clone()).collect(),
        places: places(arguments),
        ..Node::only(Kind::New, format!("{path}::new"), "new")
    };
    match construction {
        Construction::Read => {}
        // They differ in the values that are filled in, which fields tell.
        Construction::Empty | Construction::Fixed => {
            node.children.push(new(&[]));
            node.children.push(Node {
                places: places(&[]),
                ..Node::only(Kind::Default, format!("{path}: Default"), "Default")
            });
        }
        Construction::Named {
            arguments,
            positional,
        } => {
            let taken = arguments.iter().filter_map(|at| fields.get(*at));
            let mut taken: Vec<&Field> = taken.collect();
            if *positional {
                node.children.push(new(&taken));
            }
            // By name, in any order.
            taken.sort_by(|one, other| one.wire.cmp(&other.wire));
            node.children.push(Node {
                signature: list(scope, &taken, ("{ ", " }")),
                positions: taken.iter().map(|it| it.wire.clone()).collect(),
                places: places(&taken),
                ..Node::only(Kind::Required, format!("required::{}", ty.name), &ty.name)
            });
        }
    }
}

fn list(scope: &Scope<'_>, arguments: &[&Field], (open, close): (&str, &str)) -> Signature {
    let each = arguments.iter().map(|field| {
        let ty = scope.shown(unboxed(&field.ty));
        format!("{}: {ty}", field.name)
    });
    Signature {
        shown: format!("{open}{}{close}", each.collect::<Vec<_>>().join(", ")),
        parts: arguments
            .iter()
            .map(|field| Part {
                unnamed: field.is_constant(),
                ..scope.part(unboxed(&field.ty), false)
            })
            .collect(),
    }
}
