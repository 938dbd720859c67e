//! The properties that payloads of events have in common: each is a method of the enum. One that there is stays,
//! whatever the events are like that come later.

use std::collections::BTreeMap;

use crate::identifier::{self, Order, bare};
use crate::lock::{AccessorNames, ArgumentNames};
use crate::lower::finish::complete::conversions::{behind_aliases, without_aliases};
use crate::lower::previous::type_key;
use crate::model::{
    Docs, EventAccessor, EventField, EventKind, Field, Presence, Shape, Struct, Type, TypeRef,
};

/// Types, and the names under which the next generation knows them.
pub(in crate::lower) struct TypeKeys<'t> {
    pub types: &'t [Type],
    pub names: &'t [(String, ArgumentNames)],
}

impl TypeKeys<'_> {
    fn key(&self, ty: &TypeRef) -> String {
        type_key(&without_aliases(self.types, ty), &|id| {
            let known = self.names.get(id).map(|(name, _)| name.as_str());
            // Identifiers are called as the configuration says.
            let known = known.filter(|name| !name.is_empty());
            let name = known.or_else(|| self.types.get(id).map(|ty| ty.name.as_str()));
            name.unwrap_or_default().to_owned()
        })
    }

    /// The payload of an event, if it is a struct.
    fn payload(&self, ty: &TypeRef) -> Option<&Struct> {
        let TypeRef::Named(id) = behind_aliases(self.types, ty) else {
            return None;
        };
        match &self.types.get(id.0)?.shape {
            Shape::Struct(shape) => Some(shape),
            Shape::Enum(_) | Shape::Union(_) | Shape::Id(_) | Shape::Alias(_) => None,
        }
    }
}

/// The accessors for kinds of events. Those of the generation before stay as long as any event has them.
pub(in crate::lower) fn of(
    keys: &TypeKeys<'_>,
    kinds: &[EventKind],
    previous: &BTreeMap<String, AccessorNames>,
) -> Vec<EventAccessor> {
    let payloads: Vec<Option<Properties<'_>>> = kinds
        .iter()
        .map(|kind| Some(Properties::of(keys, keys.payload(&kind.ty)?)))
        .collect();
    let mut types = common(&payloads);
    for (wire, names) in previous {
        let mut having = payloads.iter().flatten();
        if having.any(|payload| payload.has(wire, &names.ty)) {
            types.insert(wire, &names.ty);
        }
    }
    let unique = identifier::unique(
        types.keys().copied(),
        |at| {
            let wire = types.keys().nth(at)?;
            let name = &previous.get(*wire)?.name;
            Some(identifier::escape_keyword(name.clone()))
        },
        |wire| vec![identifier::event_accessor_name(wire)],
        Order::Text,
    );
    types
        .iter()
        .zip(unique)
        .filter_map(|((wire, key), name)| accessor(&payloads, wire, key, name))
        .collect()
}

/// The names of accessors, for the generations to come.
pub(in crate::lower) fn names(
    keys: &TypeKeys<'_>,
    accessors: &[EventAccessor],
) -> BTreeMap<String, AccessorNames> {
    let names = accessors.iter().map(|accessor| {
        let names = AccessorNames {
            name: bare(&accessor.name).to_owned(),
            ty: keys.key(&accessor.ty),
        };
        (accessor.wire.clone(), names)
    });
    names.collect()
}

/// The properties of a payload that users see, by wire name, with the keys of their types.
struct Properties<'t>(BTreeMap<&'t str, (&'t Field, String)>);

impl<'t> Properties<'t> {
    fn of(keys: &TypeKeys<'_>, payload: &'t Struct) -> Self {
        let fields = payload.fields.iter().filter(|field| !field.is_constant());
        let fields = fields.map(|field| (field.wire.as_str(), (field, keys.key(&field.ty))));
        Self(fields.collect())
    }

    fn field(&self, wire: &str, key: &str) -> Option<&'t Field> {
        let (field, ty) = self.0.get(wire)?;
        (ty == key).then_some(*field)
    }

    fn has(&self, wire: &str, key: &str) -> bool {
        self.field(wire, key).is_some()
    }
}

/// The properties that all payloads have with one type, but for those that have one value in all. A single payload
/// has nothing in common with others.
fn common<'p>(payloads: &'p [Option<Properties<'_>>]) -> BTreeMap<&'p str, &'p str> {
    let mut payloads = payloads.iter().flatten();
    let Some(first) = payloads.next() else {
        return BTreeMap::new();
    };
    let others: Vec<_> = payloads.collect();
    if others.is_empty() {
        return BTreeMap::new();
    }
    let varies = |wire: &str, key: &str| {
        let mut fields = others.iter().chain([&first]);
        fields.any(|it| {
            let field = it.field(wire, key);
            field.is_some_and(|field| field.fixed.is_none())
        })
    };
    let all = first.0.iter();
    let all = all.map(|(wire, (_, key))| (*wire, key.as_str()));
    all.filter(|(wire, key)| others.iter().all(|it| it.has(wire, key)) && varies(wire, key))
        .collect()
}

fn accessor(
    payloads: &[Option<Properties<'_>>],
    wire: &str,
    key: &str,
    name: String,
) -> Option<EventAccessor> {
    let fields: Vec<Option<&Field>> = payloads
        .iter()
        .map(|payload| payload.as_ref()?.field(wire, key))
        .collect();
    let (ty, _) = unboxed(&fields.iter().flatten().next()?.ty);
    Some(EventAccessor {
        name,
        wire: wire.to_owned(),
        ty: ty.clone(),
        docs: documentation(&fields, wire),
        fields: fields.into_iter().map(|it| it.map(event_field)).collect(),
    })
}

fn event_field(field: &Field) -> EventField {
    EventField {
        name: field.name.clone(),
        presence: field.presence,
        boxed: unboxed(&field.ty).1,
    }
}

fn unboxed(ty: &TypeRef) -> (&TypeRef, bool) {
    match ty {
        TypeRef::Boxed(inner) => (inner, true),
        ty => (ty, false),
    }
}

/// The words that most payloads have for a property, and of those the first.
fn documentation(fields: &[Option<&Field>], wire: &str) -> Docs {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let texts = || fields.iter().flatten().map(|field| field.docs.0.trim_end());
    for text in texts().filter(|text| !text.is_empty()) {
        *counts.entry(text).or_default() += 1;
    }
    let most = counts.values().copied().max();
    let said = texts().find(|text| counts.get(text).copied() == most && most.is_some());
    let said = said.map(str::to_owned);
    let said = said.unwrap_or_else(|| {
        let wire = wire.escape_debug().to_string().replace('`', "'");
        format!("The property `{wire}` of events.")
    });
    let always = fields
        .iter()
        .all(|field| field.is_some_and(|field| field.presence == Presence::Required));
    let none = match always {
        true => "`None` if the event is not known.",
        false => "`None` if the event is without it, or not known.",
    };
    Docs(format!("{said}\n\n{none}"))
}
