//! Values that a caller could give in each other's place, where positions alone tell them apart.

use super::conversions::behind_aliases;
use crate::model::{EnumRepr, ScalarKind, Shape, Type, TypeId, TypeRef};

/// The most arguments that are told apart by position.
const MOST_POSITIONAL: usize = 3;

/// The expressions that users give: no two arguments by position may take the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Taken {
    Text,
    Number,
    Bool,
    List,
    Map,
    Struct(TypeId),
    /// Several of these.
    Anything,
}

impl Taken {
    /// The expressions that stand for a value of a type.
    pub(super) fn of(types: &[Type], ty: &TypeRef) -> Self {
        match behind_aliases(types, ty) {
            TypeRef::Scalar(scalar) => match scalar.kind() {
                ScalarKind::Bool => Self::Bool,
                ScalarKind::Integer | ScalarKind::Number => Self::Number,
                ScalarKind::String | ScalarKind::Text => Self::Text,
                ScalarKind::Any | ScalarKind::Null | ScalarKind::Content | ScalarKind::Mapped => {
                    Self::Anything
                }
            },
            TypeRef::Named(id) => match types.get(id.0).map(|ty| &ty.shape) {
                Some(Shape::Struct(_)) => Self::Struct(*id),
                // Texts are taken for identifiers, too.
                Some(Shape::Id(form)) if form.is_text() => Self::Text,
                Some(Shape::Id(_)) => Self::Number,
                Some(Shape::Enum(shape)) => match shape.repr {
                    EnumRepr::String => Self::Text,
                    EnumRepr::Integer => Self::Number,
                    EnumRepr::Any => Self::Anything,
                },
                _ => Self::Anything,
            },
            TypeRef::List(_) => Self::List,
            TypeRef::Map(_) => Self::Map,
            TypeRef::Boxed(inner) | TypeRef::Loose(inner) => Self::of(types, inner),
            TypeRef::Nullable(_) | TypeRef::Tuple(_) => Self::Anything,
        }
    }

    /// Whether one expression may stand for either.
    fn overlaps(self, other: Self) -> bool {
        self == other || self == Self::Anything || other == Self::Anything
    }
}

/// True where each of a few arguments takes what no other and none `beside` them takes.
pub(super) fn are_told_apart(taken: &[Taken], beside: &[Taken]) -> bool {
    taken.len() <= MOST_POSITIONAL
        && taken.iter().enumerate().all(|(at, one)| {
            let mut others = taken[..at].iter().chain(beside);
            !others.any(|other| other.overlaps(*one))
        })
}
