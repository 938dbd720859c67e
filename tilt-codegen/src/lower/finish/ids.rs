//! Identifiers with types of their own, as `[ids]` says.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::config::Setting;
use crate::diagnostic::{Code, Problem};
use crate::identifier;
use crate::lower::context::Context;
use crate::lower::naming::paths::OperationName;
use crate::model::{
    Docs, IdForm, Location, Operation, Parameter, Scalar, ScalarKind, Shape, Type, TypeId, TypeRef,
    Usage,
};

/// The module of identifiers that no schema has a name for.
const MODULE: &str = "ids";

/// Gives identifiers their types, wherever they stand. `labels` are the names by which settings know types.
pub(in crate::lower) fn apply(
    context: &mut Context<'_>,
    types: &mut Vec<Type>,
    labels: &[String],
    operations: &mut [(OperationName, Operation)],
) {
    if context.config.ids.is_empty() {
        return;
    }
    let wanted = wanted(context, types);
    let mut ids = Ids {
        wanted: &wanted,
        forms: BTreeMap::new(),
        met: BTreeSet::new(),
        given: HashMap::new(),
    };
    ids.visit(types, labels, operations, Ids::look);
    let (forms, met) = (ids.forms, ids.met);
    report_unmatched(context, &wanted, &met);
    let mut given = HashMap::new();
    for (name, form) in forms {
        given.insert(name, (add(types, name, form), form));
    }
    let mut ids = Ids {
        wanted: &wanted,
        forms: BTreeMap::new(),
        met: BTreeSet::new(),
        given,
    };
    ids.visit(types, labels, operations, Ids::give);
}

/// Entries of the setting whose names can be those of types, by where the identifiers stand.
fn wanted(context: &mut Context<'_>, types: &[Type]) -> BTreeMap<String, String> {
    let mut wanted = BTreeMap::new();
    for (at, name) in &context.config.ids {
        let existing = types.iter().find(|ty| ty.name == *name);
        let is_free = existing.is_none_or(|ty| match &ty.shape {
            Shape::Alias(TypeRef::Scalar(scalar)) => form(*scalar).is_some(),
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
fn add(types: &mut Vec<Type>, name: &str, form: IdForm) -> TypeId {
    if let Some(index) = types.iter().position(|ty| ty.name == name) {
        types[index].shape = Shape::Id(form);
        return TypeId(index);
    }
    let docs = match form.is_text() {
        true => "An identifier, which is given for no other. Texts are `Into` it.",
        false => "An identifier, which is given for no other. Integers are `Into` it.",
    };
    types.push(Type {
        name: name.to_owned(),
        module: MODULE.to_owned(),
        docs: Docs(docs.to_owned()),
        deprecated: false,
        shape: Shape::Id(form),
        usage: Usage {
            input: true,
            output: true,
        },
        pointer: Default::default(),
        places: Vec::new(),
    });
    TypeId(types.len() - 1)
}

/// The form of an identifier that is such a value; `None` where it cannot be one.
fn form(scalar: Scalar) -> Option<IdForm> {
    match (scalar, scalar.kind()) {
        (Scalar::Secret, _) => None,
        (Scalar::Uuid, _) => Some(IdForm::Uuid),
        (Scalar::U64, _) => Some(IdForm::Unsigned),
        (_, ScalarKind::Integer) => Some(IdForm::Integer),
        (_, ScalarKind::String | ScalarKind::Text) => Some(IdForm::Text),
        _ => None,
    }
}

struct Ids<'w> {
    wanted: &'w BTreeMap<String, String>,
    /// The forms of identifiers, by the names of their types.
    forms: BTreeMap<&'w str, IdForm>,
    /// Entries of the setting that something stands at.
    met: BTreeSet<String>,
    /// The types of identifiers, by name.
    given: HashMap<&'w str, (TypeId, IdForm)>,
}

/// An act at a place: the entry of the setting, the name of the type, and what stands there.
type Do<'w> = fn(&mut Ids<'w>, &'w str, &'w str, Place<'_>);

/// A type where it stands, and all types.
struct Place<'t> {
    ty: &'t mut TypeRef,
    aliases: &'t HashMap<TypeId, IdForm>,
}

impl<'w> Ids<'w> {
    fn visit(
        &mut self,
        types: &mut [Type],
        labels: &[String],
        operations: &mut [(OperationName, Operation)],
        act: Do<'w>,
    ) {
        let aliases: HashMap<TypeId, IdForm> = types
            .iter()
            .enumerate()
            .filter_map(|(index, ty)| match &ty.shape {
                Shape::Alias(TypeRef::Scalar(scalar)) => Some((TypeId(index), form(*scalar)?)),
                Shape::Id(form) => Some((TypeId(index), *form)),
                _ => None,
            })
            .collect();
        // Identifiers themselves, which come behind all others, are no structs.
        for (ty, label) in types.iter_mut().zip(labels) {
            let Shape::Struct(shape) = &mut ty.shape else {
                continue;
            };
            for field in shape.fields.iter_mut().filter(|it| it.fixed.is_none()) {
                let own = format!("{}.{}", ty.name, field.wire);
                let of_both = format!("{label}.{}", field.wire);
                let found = self.entry(&own).or_else(|| self.entry(&of_both));
                let found = found.or_else(|| self.entry(&field.wire));
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
        let Some(form) = place.form(place.ty) else {
            return;
        };
        self.met.insert(at.to_owned());
        let known = self.forms.entry(name).or_insert(form);
        // Of several forms, the one that takes all, but for integers beside texts.
        *known = match (*known, form) {
            (known, form) if known == form => known,
            (known, form) if known.is_text() && form.is_text() => IdForm::Text,
            (known, _) if known.is_text() => known,
            (_, form) if form.is_text() => form,
            _ => IdForm::Unsigned,
        };
    }

    fn give(&mut self, _: &'w str, name: &'w str, place: Place<'_>) {
        let Some((id, given)) = self.given.get(name).copied() else {
            return;
        };
        let fits = place.form(place.ty);
        if fits.is_some_and(|form| form.is_text() == given.is_text()) {
            let ty = std::mem::replace(place.ty, TypeRef::Scalar(Scalar::Any));
            *place.ty = replaced(ty, id);
        }
    }
}

impl Place<'_> {
    /// The form of the text or integer that stands here, alone or in lists.
    fn form(&self, ty: &TypeRef) -> Option<IdForm> {
        match ty {
            TypeRef::Scalar(scalar) => form(*scalar),
            TypeRef::Named(id) => self.aliases.get(id).copied(),
            TypeRef::List(inner) | TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => {
                self.form(inner)
            }
            TypeRef::Map(_) | TypeRef::Tuple(_) => None,
        }
    }
}

fn replaced(ty: TypeRef, id: TypeId) -> TypeRef {
    match ty {
        TypeRef::Scalar(_) | TypeRef::Named(_) => TypeRef::Named(id),
        ty => ty.map_inner(&mut |inner| replaced(inner, id)),
    }
}
