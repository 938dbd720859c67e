//! Identifiers with types of their own, as `[ids]` says.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::first_of;
use crate::config::{MappedType, Setting};
use crate::diagnostic::Code;
use crate::identifier;
use crate::lower::context::Context;
use crate::lower::naming::unnamed::OperationName;
use crate::lower::schema::scalars::of_format;
use crate::model::{
    Docs, Field, IdForm, Location, Operation, Parameter, Scalar, ScalarKind, Shape, Type, TypeId,
    TypeRef, Usage,
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
    let mut met = report_mapped(context, &wanted, types, labels);
    let mut forms: BTreeMap<&str, IdForm> = BTreeMap::new();
    let aliases = aliases(types);
    visit(&wanted, types, labels, operations, |at, name, ty, _| {
        if let Some(form) = form_of(ty, &aliases) {
            met.insert(at);
            let known = forms.entry(name).or_insert(form);
            *known = both(*known, form);
        }
    });
    report_unmatched(context, &wanted, &met);
    let mut others = Others::new();
    let mut given = HashMap::new();
    for (name, form) in forms {
        given.insert(name, (add(types, name, form), form));
    }
    visit(&wanted, types, labels, operations, |at, name, ty, place| {
        let Some((id, given)) = given.get(name) else {
            return;
        };
        let form = form_of(ty, &aliases);
        if form.is_some_and(|form| form.is_text() == given.is_text()) {
            *ty = replaced(ty.clone(), *id);
        } else if met.contains(at) {
            others
                .entry(at)
                .or_default()
                .push((place.to_string(), form));
        }
    });
    report_others(context, &wanted, &others);
}

/// Where no identifier is, though an entry of the setting means the place: the place in words, and the form of what is
/// there.
type Others<'w> = BTreeMap<&'w str, Vec<(String, Option<IdForm>)>>;

/// Reports the places of entries that are an identifier elsewhere.
fn report_others(
    context: &mut Context<'_>,
    wanted: &BTreeMap<String, String>,
    others: &Others<'_>,
) {
    for (at, places) in others {
        let name = &wanted[*at];
        let named = first_of(places.iter().map(|(place, form)| match form {
            Some(form) if form.is_text() => format!("{place}, a text"),
            Some(_) => format!("{place}, an integer"),
            None => format!("{place}, neither a text nor an integer"),
        }));
        let message = format!("`{at}` is no `{name}` at {}", named.join("; "));
        let help = "give integers an identifier of their own in [ids] (`Customer.order_id`, `/orders/{id}`), or \
                    leave them as they are";
        context.at_setting(Setting::Id(at), Code::PARTIAL_ID, message, help.to_owned());
    }
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
        context.at_setting(Setting::Id(at), Code::INVALID_ID, message, help);
    }
    wanted
}

/// Reports properties that are texts, of which `[types.property]` says that they have another type: the entries of such.
fn report_mapped<'w>(
    context: &mut Context<'_>,
    wanted: &'w BTreeMap<String, String>,
    types: &mut [Type],
    labels: &[String],
) -> BTreeSet<&'w str> {
    let mut twice: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    let mapped = &context.mapped;
    visit_fields(wanted, types, labels, |at, name, _, field| {
        let alone = match &field.ty {
            TypeRef::Loose(meant) => meant,
            ty => ty,
        };
        let Some((pattern, ty)) = mapped.setting_of_property(&field.wire) else {
            return;
        };
        let is_mapped = match (alone, ty) {
            (TypeRef::Scalar(Scalar::Mapped(_)), _) => true,
            (TypeRef::Scalar(scalar), MappedType::Format(word)) => *scalar == of_format(Some(word)),
            _ => false,
        };
        if is_mapped {
            twice.insert(at, (name, pattern));
        }
    });
    for (at, (name, pattern)) in &twice {
        let (at, pattern) = (*at, *pattern);
        let ty = &context.config.types.property[pattern];
        let mut message =
            format!("`{at}` is a `{name}` here, and a `{ty}` by `{pattern}` in [types.property]");
        let written = &context.config.written;
        if let Some(place) = written.position(Setting::TypeProperty(pattern)) {
            message += &format!(", line {}, column {}", place.line, place.column);
        }
        let help = "take it out of one of them".to_owned();
        context.at_setting(Setting::Id(at), Code::COLLIDING_ID, message, help);
    }
    twice.into_keys().collect()
}

fn report_unmatched(
    context: &mut Context<'_>,
    wanted: &BTreeMap<String, String>,
    met: &BTreeSet<&str>,
) {
    for (at, name) in wanted.iter().filter(|(at, _)| !met.contains(at.as_str())) {
        let message =
            format!("no text and no integer stands at `{at}`, so nothing there is a `{name}`");
        let help = "name a property or parameter (`order_id`), a property of a type (`Order.id`) or a path \
                    (`/orders/{id}`) in [ids]";
        let setting = Setting::Id(at);
        context.at_setting(setting, Code::UNMATCHED_ID, message, help.to_owned());
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
        derives: Vec::new(),
        attributes: Vec::new(),
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

/// Of two forms, the one that takes both; of a text and an integer, the text.
fn both(one: IdForm, other: IdForm) -> IdForm {
    match (one.is_text(), other.is_text()) {
        _ if one == other => one,
        (true, true) => IdForm::Text,
        (true, false) => one,
        (false, true) => other,
        (false, false) => IdForm::Unsigned,
    }
}

/// The forms of what aliases stand for.
fn aliases(types: &[Type]) -> HashMap<TypeId, IdForm> {
    let types = types.iter().enumerate();
    let aliases = types.filter_map(|(index, ty)| match &ty.shape {
        Shape::Alias(TypeRef::Scalar(scalar)) => Some((TypeId(index), form(*scalar)?)),
        _ => None,
    });
    aliases.collect()
}

/// The form of the text or integer that stands somewhere, alone or in lists.
fn form_of(ty: &TypeRef, aliases: &HashMap<TypeId, IdForm>) -> Option<IdForm> {
    match ty {
        TypeRef::Scalar(scalar) => form(*scalar),
        TypeRef::Named(id) => aliases.get(id).copied(),
        TypeRef::List(inner)
        | TypeRef::Nullable(inner)
        | TypeRef::Boxed(inner)
        | TypeRef::Loose(inner) => form_of(inner, aliases),
        TypeRef::Map(_) | TypeRef::Tuple(_) => None,
    }
}

/// Calls `act` wherever the setting says that an identifier stands, with its entry, the name of the type, the type that is
/// there, and the place in words.
fn visit<'w>(
    wanted: &'w BTreeMap<String, String>,
    types: &mut [Type],
    labels: &[String],
    operations: &mut [(OperationName, Operation)],
    mut act: impl FnMut(&'w str, &'w str, &mut TypeRef, std::fmt::Arguments<'_>),
) {
    visit_fields(wanted, types, labels, |at, name, owner, field| {
        let wire = field.wire.escape_debug();
        act(at, name, &mut field.ty, format_args!("`{owner}.{wire}`"));
    });
    for (_, operation) in operations {
        for parameter in &mut operation.parameters {
            let keys = [path_to(&operation.path, parameter), Some(&parameter.wire)];
            let mut keys = keys.into_iter().flatten();
            if let Some((at, name)) = keys.find_map(|key| wanted.get_key_value(key)) {
                let (wire, method) = (parameter.wire.escape_debug(), operation.method.as_str());
                let path = operation.path.escape_debug();
                let place = format_args!("`{wire}` of {method} {path}");
                act(at, name, &mut parameter.ty, place);
            }
        }
    }
}

/// The same for properties.
fn visit_fields<'w>(
    wanted: &'w BTreeMap<String, String>,
    types: &mut [Type],
    labels: &[String],
    mut act: impl FnMut(&'w str, &'w str, &str, &mut Field),
) {
    // Identifiers themselves, which come behind all others, are no structs.
    for (ty, label) in types.iter_mut().zip(labels) {
        let Shape::Struct(shape) = &mut ty.shape else {
            continue;
        };
        for field in shape.fields.iter_mut().filter(|it| it.fixed.is_none()) {
            let own = format!("{}.{}", ty.name, field.wire);
            let of_both = format!("{label}.{}", field.wire);
            let keys = [own.as_str(), &of_both, &field.wire];
            let found = keys.into_iter().find_map(|key| wanted.get_key_value(key));
            if let Some((at, name)) = found {
                act(at, name, &ty.name, field);
            }
        }
    }
}

/// The beginning of a path, up to a parameter of it.
fn path_to<'p>(path: &'p str, parameter: &Parameter) -> Option<&'p str> {
    let own = format!("{{{}}}", parameter.wire);
    let at = path
        .find(&own)
        .filter(|_| parameter.location == Location::Path)?;
    path.get(..at + own.len())
}

fn replaced(ty: TypeRef, id: TypeId) -> TypeRef {
    match ty {
        TypeRef::Scalar(_) | TypeRef::Named(_) => TypeRef::Named(id),
        ty => ty.map_inner(&mut |inner| replaced(inner, id)),
    }
}
