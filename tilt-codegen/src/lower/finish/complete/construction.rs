//! Construction: the way in which users make structs.
//!
//! By naming what is required, so that no change of a document moves a value to another property. By position
//! only where few are required and none can be taken for another; and never again where a list of properties
//! as long as one that was taken by position before has become another.

use std::collections::HashMap;

use indexmap::IndexSet;

use super::told_apart::{self, Taken};
use crate::lock::ArgumentNames;
use crate::model::{Construction, Field, Presence, Shape, Struct, Type};

/// Decides it for all types. `arguments` say what was asked for before, and then what is asked for.
pub(super) fn complete(types: &mut [Type], arguments: &mut [(String, ArgumentNames)]) {
    let constructions: Vec<Option<Construction>> = types
        .iter()
        .enumerate()
        .map(|(index, ty)| match &ty.shape {
            Shape::Struct(shape) => {
                let previous = arguments.get_mut(index).map(|(_, it)| it);
                let mut none = ArgumentNames::default();
                let previous = previous.unwrap_or(&mut none);
                Some(construction(types, ty, shape, previous))
            }
            Shape::Enum(_) | Shape::Union(_) | Shape::Id(_) | Shape::Alias(_) => None,
        })
        .collect();
    for (ty, decided) in types.iter_mut().zip(constructions) {
        if let (Shape::Struct(shape), Some(decided)) = (&mut ty.shape, decided) {
            shape.construction = decided;
        }
    }
}

fn construction(
    types: &[Type],
    ty: &Type,
    shape: &Struct,
    names: &mut ArgumentNames,
) -> Construction {
    let previous = std::mem::take(names);
    names.constants = previous.constants;
    names.nulls = previous.nulls;
    if !ty.is_made() {
        return Construction::Read;
    }
    let arguments = asked_for(shape, &previous.required);
    if arguments.is_empty() {
        let mut fields = shape.fields.iter();
        let has_value = |it: &Field| it.presence == Presence::Required || it.fixed.is_some();
        return match fields.any(has_value) {
            true => Construction::Fixed,
            false => Construction::Empty,
        };
    }
    let fields = || arguments.iter().map(|index| &shape.fields[*index]);
    names.required = fields().map(|field| field.wire.clone()).collect();
    names
        .constants
        .retain(|property, _| !names.required.contains(property));
    names.positional = previous.positional;
    let as_long = |list: &&Vec<String>| list.len() == names.required.len();
    let mut before = names.positional.iter().filter(as_long);
    let positional = before.all(|list| *list == names.required) && are_told_apart(types, fields());
    if positional && !names.positional.contains(&names.required) {
        names.positional.push(names.required.clone());
        names.positional.sort();
    }
    Construction::Named {
        arguments,
        positional,
    }
}

/// The fields that users name: what was asked for before in that order, though it may be left out now, and
/// behind it what else is required.
fn asked_for(shape: &Struct, previous: &[String]) -> Vec<usize> {
    let fields = shape.fields.iter().enumerate();
    let by_wire: HashMap<&str, usize> = fields.map(|(at, it)| (it.wire.as_str(), at)).collect();
    let before = previous
        .iter()
        .filter_map(|wire| by_wire.get(wire.as_str()));
    let before = before.filter(|at| {
        let field = &shape.fields[**at];
        !field.is_constant() && !field.only_read
    });
    let is_needed = |field: &Field| field.is_asked_for() || field.demanded;
    let required = (0..shape.fields.len()).filter(|at| is_needed(&shape.fields[*at]));
    let all: IndexSet<usize> = before.copied().chain(required).collect();
    all.into_iter().collect()
}

fn are_told_apart<'f>(types: &[Type], fields: impl Iterator<Item = &'f Field>) -> bool {
    let taken: Vec<Taken> = fields.map(|field| Taken::of(types, &field.ty)).collect();
    told_apart::are_told_apart(&taken, &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::finish::complete::tests::{INTEGER, TEXT, field, ty};
    use crate::model::{Constant, Rest, Scalar, TypeRef};

    const UUID: TypeRef = TypeRef::Scalar(Scalar::Uuid);

    fn required(name: &str, ty: TypeRef) -> Field {
        field(name, ty, Presence::Required)
    }

    fn optional(name: &str, ty: TypeRef) -> Field {
        field(name, ty, Presence::Optional)
    }

    /// The construction of a struct of these fields, after one that was made so.
    fn constructed(fields: Vec<Field>, names: &mut ArgumentNames) -> Construction {
        let shape = Struct {
            takes_any: false,
            fields,
            rest: Rest::Any,
            construction: Construction::Read,
            hidden: Vec::new(),
        };
        let mut types = [ty(Shape::Struct(shape))];
        let mut arguments = [("A".to_owned(), std::mem::take(names))];
        complete(&mut types, &mut arguments);
        let [(_, now)] = arguments;
        *names = now;
        match types {
            [
                Type {
                    shape: Shape::Struct(shape),
                    ..
                },
            ] => shape.construction,
            [other] => panic!("{other:?}"),
        }
    }

    fn new(fields: Vec<Field>) -> Construction {
        constructed(fields, &mut ArgumentNames::default())
    }

    fn named(arguments: &[usize], positional: bool) -> Construction {
        Construction::Named {
            arguments: arguments.to_vec(),
            positional,
        }
    }

    #[test]
    fn a_struct_has_default_where_nothing_is_asked_for() {
        let fixed = Field {
            fixed: Some(Constant::String("a".to_owned())),
            ..required("kind", TEXT)
        };
        assert_eq!(new(vec![optional("note", TEXT)]), Construction::Empty);
        assert_eq!(
            new(vec![optional("note", TEXT), fixed.clone()]),
            Construction::Fixed
        );
        assert_eq!(new(vec![fixed, required("id", TEXT)]), named(&[1], true));
    }

    #[test]
    fn arguments_by_position_are_few_and_cannot_be_taken_for_each_other() {
        let positional = |types: &[TypeRef]| {
            let fields = types.iter().enumerate();
            let fields = fields.map(|(at, ty)| required(&format!("f{at}"), ty.clone()));
            match new(fields.collect()) {
                Construction::Named { positional, .. } => positional,
                other => panic!("{other:?}"),
            }
        };
        let texts = TypeRef::List(Box::new(TEXT));
        let number = TypeRef::Scalar(Scalar::Number);
        assert!(positional(&[TypeRef::Scalar(Scalar::Any)]));
        assert!(positional(&[UUID, INTEGER]));
        assert!(positional(&[TEXT, INTEGER, texts.clone()]));
        assert!(!positional(&[UUID, TEXT]));
        assert!(!positional(&[number, INTEGER]));
        assert!(!positional(&[TypeRef::Scalar(Scalar::Any), INTEGER]));
        let bool = TypeRef::Scalar(Scalar::Bool);
        assert!(!positional(&[TEXT, INTEGER, bool, texts]));
    }

    #[test]
    fn a_property_that_is_required_no_more_is_still_asked_for() {
        let mut names = ArgumentNames::default();
        constructed(vec![required("b", INTEGER)], &mut names);
        let next = vec![required("a", TEXT), optional("b", INTEGER)];
        assert_eq!(constructed(next, &mut names), named(&[1, 0], true));
        assert_eq!(names.required, ["b", "a"]);
    }

    #[test]
    fn a_position_is_never_that_of_another_property() {
        let mut names = ArgumentNames::default();
        let made = constructed(vec![required("a", TEXT)], &mut names);
        assert_eq!(made, named(&[0], true));
        let made = constructed(vec![required("b", TEXT)], &mut names);
        assert_eq!(made, named(&[0], false));
        // By way of another length as well.
        let fields = vec![required("b", TEXT), required("c", INTEGER)];
        assert_eq!(constructed(fields, &mut names), named(&[0, 1], true));
        let made = constructed(vec![required("b", TEXT)], &mut names);
        assert_eq!(made, named(&[0], false));
        let made = constructed(vec![required("a", TEXT)], &mut names);
        assert_eq!(made, named(&[0], true));
    }
}
