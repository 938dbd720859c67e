//! Identifiers with types of their own, as `[ids]` says.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::config::Setting;
use crate::diagnostic::{Code, Problem};
use crate::identifier;
use crate::lower::context::Context;
use crate::lower::naming::paths::OperationName;
use crate::model::{
    Docs, Location, Operation, Parameter, Scalar, ScalarKind, Shape, Type, TypeId, TypeRef, Usage,
};

/// The module of identifiers that no schema has a name for.
const MODULE: &str = "ids";

/// Gives identifiers their types, wherever they stand.
pub(in crate::lower) fn apply(
    context: &mut Context<'_>,
    types: &mut Vec<Type>,
    operations: &mut [(OperationName, Operation)],
) {
    if context.config.ids.is_empty() {
        return;
    }
    let wanted = wanted(context, types);
    let mut ids = Ids {
        wanted: &wanted,
        scalars: BTreeMap::new(),
        met: BTreeSet::new(),
        given: HashMap::new(),
    };
    ids.visit(types, operations, Ids::look);
    let (scalars, met) = (ids.scalars, ids.met);
    report_unmatched(context, &wanted, &met);
    let mut given = HashMap::new();
    for (name, scalar) in scalars {
        given.insert(name, (add(types, name, scalar), scalar));
    }
    let mut ids = Ids {
        wanted: &wanted,
        scalars: BTreeMap::new(),
        met: BTreeSet::new(),
        given,
    };
    ids.visit(types, operations, Ids::give);
}

/// Entries of the setting whose names can be those of types, by where the identifiers stand.
fn wanted(context: &mut Context<'_>, types: &[Type]) -> BTreeMap<String, String> {
    let mut wanted = BTreeMap::new();
    for (at, name) in &context.config.ids {
        let existing = types.iter().find(|ty| ty.name == *name);
        let is_free = existing.is_none_or(|ty| match &ty.shape {
            Shape::Alias(TypeRef::Scalar(scalar)) => is_identifier(*scalar),
            _ => false,
        });
        let message = match (identifier::is_type_name(name), is_free) {
            (true, true) => {
                wanted.insert(at.clone(), name.clone());
                continue;
            }
            (false, _) => format!("`{}` cannot be the name of a type", name.escape_debug()),
            (true, false) => format!("there is a type `{name}`, and it is no text and no integer"),
        };
        let help = "choose another name in [ids]".to_owned();
        context.error(Setting::Id(at), Code::INVALID_ID, message, help);
    }
    wanted
}

fn report_unmatched(
    context: &mut Context<'_>,
    wanted: &BTreeMap<String, String>,
    met: &BTreeSet<String>,
) {
    for (at, name) in wanted.iter().filter(|(at, _)| !met.contains(*at)) {
        let message =
            format!("no text and no integer stands at `{at}`, so nothing there is a `{name}`");
        context.report(|place| {
            Problem::new(Code::UNMATCHED_ID, place, message.clone()).help(
                "name a property or parameter (`order_id`), a property of a type (`Order.id`) or a path \
                 (`/orders/{id}`) in [ids]",
            )
        });
    }
}

/// The type of an identifier: the alias of that name, or a new one.
fn add(types: &mut Vec<Type>, name: &str, scalar: Scalar) -> TypeId {
    if let Some(index) = types.iter().position(|ty| ty.name == name) {
        types[index].shape = Shape::Id(scalar);
        return TypeId(index);
    }
    types.push(Type {
        name: name.to_owned(),
        module: MODULE.to_owned(),
        docs: Docs(format!(
            "An identifier: it is given for no other. See `{name}::from`."
        )),
        deprecated: false,
        shape: Shape::Id(scalar),
        usage: Usage {
            input: true,
            output: true,
        },
        pointer: Default::default(),
        places: Vec::new(),
    });
    TypeId(types.len() - 1)
}

fn is_identifier(scalar: Scalar) -> bool {
    matches!(
        scalar.kind(),
        ScalarKind::String | ScalarKind::Text | ScalarKind::Integer
    ) && scalar != Scalar::Secret
}

struct Ids<'w> {
    wanted: &'w BTreeMap<String, String>,
    /// What identifiers are where they stand.
    scalars: BTreeMap<&'w str, Scalar>,
    /// Entries of the setting that something stands at.
    met: BTreeSet<String>,
    /// The types of identifiers, by name.
    given: HashMap<&'w str, (TypeId, Scalar)>,
}

/// What is done at a place: the entry of the setting, the name of the type, and what stands there.
type Do<'w> = fn(&mut Ids<'w>, &'w str, &'w str, Place<'_>);

/// A type where it stands, and all types.
struct Place<'t> {
    ty: &'t mut TypeRef,
    aliases: &'t HashMap<TypeId, Scalar>,
}

impl<'w> Ids<'w> {
    fn visit(
        &mut self,
        types: &mut [Type],
        operations: &mut [(OperationName, Operation)],
        act: Do<'w>,
    ) {
        let aliases: HashMap<TypeId, Scalar> = types
            .iter()
            .enumerate()
            .filter_map(|(index, ty)| match &ty.shape {
                Shape::Alias(TypeRef::Scalar(scalar)) | Shape::Id(scalar) => {
                    Some((TypeId(index), *scalar))
                }
                _ => None,
            })
            .collect();
        for ty in types {
            let Shape::Struct(shape) = &mut ty.shape else {
                continue;
            };
            for field in shape.fields.iter_mut().filter(|it| it.fixed.is_none()) {
                let own = format!("{}.{}", ty.name, field.wire);
                let found = self.entry(&own).or_else(|| self.entry(&field.wire));
                if let Some((at, name)) = found {
                    let place = Place {
                        ty: &mut field.ty,
                        aliases: &aliases,
                    };
                    act(self, at, name, place);
                }
            }
        }
        for (_, operation) in operations {
            let path = operation.path.clone();
            for parameter in &mut operation.parameters {
                if let Some((at, name)) = self.of_parameter(&path, parameter) {
                    let place = Place {
                        ty: &mut parameter.ty,
                        aliases: &aliases,
                    };
                    act(self, at, name, place);
                }
            }
        }
    }

    fn entry(&self, at: &str) -> Option<(&'w str, &'w str)> {
        let (at, name) = self.wanted.get_key_value(at)?;
        Some((at, name))
    }

    fn of_parameter(&self, path: &str, parameter: &Parameter) -> Option<(&'w str, &'w str)> {
        if parameter.location == Location::Path {
            let own = format!("{{{}}}", parameter.wire);
            let end = path.find(&own)? + own.len();
            if let Some(found) = self.entry(&path[..end]) {
                return Some(found);
            }
        }
        self.entry(&parameter.wire)
    }

    fn look(&mut self, at: &'w str, name: &'w str, place: Place<'_>) {
        let Some(scalar) = place.scalar(place.ty) else {
            return;
        };
        self.met.insert(at.to_owned());
        let known = self.scalars.entry(name).or_insert(scalar);
        // Of several forms of text, the one that takes all.
        *known = match (known.kind(), scalar.kind()) {
            _ if *known == scalar => scalar,
            (ScalarKind::Integer, ScalarKind::Integer) => Scalar::I64,
            (_, ScalarKind::Integer) => *known,
            (ScalarKind::Integer, _) => scalar,
            _ => Scalar::String,
        };
    }

    fn give(&mut self, _: &'w str, name: &'w str, place: Place<'_>) {
        let Some((id, given)) = self.given.get(name).copied() else {
            return;
        };
        let is_integer = |scalar: Scalar| scalar.kind() == ScalarKind::Integer;
        let fits = place.scalar(place.ty);
        if fits.is_some_and(|scalar| is_integer(scalar) == is_integer(given)) {
            let ty = std::mem::replace(place.ty, TypeRef::Scalar(Scalar::Any));
            *place.ty = replaced(ty, id);
        }
    }
}

impl Place<'_> {
    /// The text or integer that stands here, alone or in lists.
    fn scalar(&self, ty: &TypeRef) -> Option<Scalar> {
        let scalar = match ty {
            TypeRef::Scalar(scalar) => *scalar,
            TypeRef::Named(id) => *self.aliases.get(id)?,
            TypeRef::List(inner) | TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
                return self.scalar(inner);
            }
            TypeRef::Map(_) | TypeRef::Tuple(_) => return None,
        };
        is_identifier(scalar).then_some(scalar)
    }
}

fn replaced(ty: TypeRef, id: TypeId) -> TypeRef {
    match ty {
        TypeRef::Scalar(_) | TypeRef::Named(_) => TypeRef::Named(id),
        ty => ty.map_inner(&mut |inner| replaced(inner, id)),
    }
}
