//! The JSON types that values of each type have, however unions and aliases stand in each other.

use crate::model::{EnumRepr, JsonKinds, Mapped, Scalar, ScalarKind, Shape, Type, TypeId, TypeRef};

/// For each type, in their order, the form of its values.
pub(in crate::lower) struct Kinds {
    kinds: Vec<JsonKinds>,
    /// Whether a struct is one of a union's alternatives, at any depth.
    holds_struct: Vec<bool>,
    /// The type that each is in the end, behind all aliases.
    ends: Vec<Option<TypeId>>,
    mapped: Vec<JsonKinds>,
}

impl Kinds {
    pub(in crate::lower) fn of(types: &[Type], mapped: &[Mapped]) -> Self {
        let mapped: Vec<JsonKinds> = mapped.iter().map(|ty| ty.kinds).collect();
        let mut found = Self {
            kinds: vec![JsonKinds::default(); types.len()],
            holds_struct: vec![false; types.len()],
            ends: ends(types, &mapped),
            mapped,
        };
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); types.len()];
        for (index, ty) in types.iter().enumerate() {
            for alternative in alternatives(&ty.shape) {
                if let Some(id) = add(alternative, &found.mapped, &mut found.kinds[index]) {
                    users[id.0].push(index);
                }
            }
            match &ty.shape {
                Shape::Struct(_) => {
                    found.kinds[index].object = true;
                    found.holds_struct[index] = true;
                }
                Shape::Enum(enumeration) => match enumeration.repr {
                    EnumRepr::String => found.kinds[index].string = true,
                    EnumRepr::Integer => found.kinds[index].integer = true,
                    EnumRepr::Any => found.kinds[index] = ALL,
                },
                Shape::Id(form) if form.is_text() => found.kinds[index].string = true,
                Shape::Id(_) => found.kinds[index].integer = true,
                Shape::Alias(_) | Shape::Union(_) => {}
            }
        }
        // The kinds of a type go to all that mention it, until nothing is new.
        let mut changed: Vec<usize> = (0..types.len()).collect();
        while let Some(index) = changed.pop() {
            for &user in &users[index] {
                let kinds = both(found.kinds[user], found.kinds[index]);
                let holds_struct = found.holds_struct[user] || found.holds_struct[index];
                if kinds != found.kinds[user] || holds_struct != found.holds_struct[user] {
                    found.kinds[user] = kinds;
                    found.holds_struct[user] = holds_struct;
                    changed.push(user);
                }
            }
        }
        found
    }

    /// The JSON types of a type's values; whether a struct is among them; and the type itself,
    /// where it is a named one and no alias.
    pub(in crate::lower) fn of_type(&self, ty: &TypeRef) -> (JsonKinds, bool, Option<TypeId>) {
        let mut kinds = JsonKinds::default();
        match add(ty, &self.mapped, &mut kinds) {
            Some(id) => (
                both(kinds, self.kinds[id.0]),
                self.holds_struct[id.0],
                self.ends[id.0],
            ),
            None => (kinds, false, None),
        }
    }
}

fn alternatives(shape: &Shape) -> Vec<&TypeRef> {
    match shape {
        Shape::Alias(ty) => vec![ty],
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Struct(_) | Shape::Enum(_) | Shape::Id(_) => Vec::new(),
    }
}

/// Adds what a type says by itself; gives the named type that says the rest.
fn add(ty: &TypeRef, mapped: &[JsonKinds], kinds: &mut JsonKinds) -> Option<TypeId> {
    match ty {
        TypeRef::Named(id) => return Some(*id),
        // A union that holds it keeps what is of other kinds itself.
        TypeRef::Boxed(ty) | TypeRef::Loose(ty) => return add(ty, mapped, kinds),
        TypeRef::Nullable(ty) => {
            kinds.null = true;
            return add(ty, mapped, kinds);
        }
        TypeRef::List(_) | TypeRef::Tuple(_) => kinds.array = true,
        TypeRef::Map(_) => kinds.object = true,
        TypeRef::Scalar(Scalar::Mapped(id)) => *kinds = both(*kinds, mapped[id.0]),
        TypeRef::Scalar(scalar) => match scalar.kind() {
            ScalarKind::Bool => kinds.boolean = true,
            ScalarKind::Integer => kinds.integer = true,
            ScalarKind::Number => {
                kinds.integer = true;
                kinds.number = true;
            }
            ScalarKind::Null => kinds.null = true,
            ScalarKind::Any | ScalarKind::Mapped => *kinds = ALL,
            ScalarKind::String | ScalarKind::Text | ScalarKind::Content => kinds.string = true,
        },
    }
    None
}

/// The type that each is once aliases are followed; `None` where they lead in a circle or to a type
/// without a name.
fn ends(types: &[Type], mapped: &[JsonKinds]) -> Vec<Option<TypeId>> {
    let mut ends: Vec<Option<Option<TypeId>>> = vec![None; types.len()];
    for start in 0..types.len() {
        let mut way = Vec::new();
        let mut at = Some(TypeId(start));
        let end = loop {
            let Some(id) = at else { break None };
            if let Some(end) = ends[id.0] {
                break end;
            }
            let Shape::Alias(target) = &types[id.0].shape else {
                break Some(id);
            };
            // Until the way is walked, it ends nowhere: so a circle does.
            ends[id.0] = Some(None);
            way.push(id);
            at = add(target, mapped, &mut JsonKinds::default());
        };
        for id in way {
            ends[id.0] = Some(end);
        }
        ends[start] = Some(end);
    }
    ends.into_iter().map(Option::flatten).collect()
}

const ALL: JsonKinds = JsonKinds {
    null: true,
    boolean: true,
    integer: true,
    number: true,
    string: true,
    array: true,
    object: true,
};

fn both(a: JsonKinds, b: JsonKinds) -> JsonKinds {
    JsonKinds {
        null: a.null || b.null,
        boolean: a.boolean || b.boolean,
        integer: a.integer || b.integer,
        number: a.number || b.number,
        string: a.string || b.string,
        array: a.array || b.array,
        object: a.object || b.object,
    }
}
