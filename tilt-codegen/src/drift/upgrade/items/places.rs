//! The places of schemas, as those of items.

use super::super::node::{ItemDocument, ItemPlace};
use super::super::scope::Scope;
use crate::model::{EventKind, Operation, Parameter, SchemaPlace, Type, TypeRef};

pub(super) fn place(place: &SchemaPlace) -> ItemPlace {
    let SchemaPlace { document, pointer } = place;
    ItemPlace {
        document: ItemDocument::Named(document.clone()),
        pointer: pointer.clone(),
    }
}

/// The places of a property of a type.
pub(super) fn of_property(ty: &Type, wire: &str) -> Vec<ItemPlace> {
    let places = ty.places.iter().flatten().map(place);
    places.map(|it| it.inside(&["properties", wire])).collect()
}

/// The places of a property that payloads have.
pub(super) fn of_payloads(scope: &Scope<'_>, kinds: &[EventKind], wire: &str) -> Vec<ItemPlace> {
    let types = kinds.iter().filter_map(|kind| match &kind.ty {
        TypeRef::Named(id) => scope.ty(*id),
        _ => None,
    });
    let mut places: Vec<ItemPlace> = types.flat_map(|ty| of_property(ty, wire)).collect();
    places.sort();
    places.dedup();
    places
}

/// The places of the servers that an operation has of its own, or of its path.
pub(super) fn servers(operation: &Operation) -> impl Iterator<Item = ItemPlace> {
    let own = &operation.pointer;
    let of_path = own.split_last().map(|(item, _)| item);
    let around = [own].into_iter().chain(of_path);
    around.map(|it| ItemPlace::of_api(it).inside(&["servers"]))
}

/// The places of a parameter of an operation, or of all in its path: by its name, since edits are known so, and else any of
/// the list.
pub(super) fn of_parameter(operation: &[ItemPlace], parameter: &Parameter) -> Vec<ItemPlace> {
    let name = format!("{} {}", parameter.location.word(), parameter.wire);
    let around = operation.iter().filter_map(|it| {
        let (item, _) = it.pointer.split_last()?;
        Some(ItemPlace {
            document: it.document.clone(),
            pointer: item.clone(),
        })
    });
    let all = operation.iter().cloned().chain(around);
    let named = all.map(|it| it.inside(&["parameters", &name]));
    let lists = operation.iter().map(|it| it.inside(&["parameters"]));
    named.chain(lists).collect()
}
