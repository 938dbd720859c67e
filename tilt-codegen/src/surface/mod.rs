//! The surface of an SDK: everything that a user of it sees, item by item, in a stable order.

mod item;
mod line;
mod name;
mod operations;
mod served;
mod types;

pub use item::{Argument, ConstructedBy, FieldPresence, Item, Method, Served};
pub(crate) use name::name;

use crate::model::{Events, ExampleCall, Sdk};
use operations::operation_item;
use served::served_items;
use types::type_items;

/// Types, operations and events, a line each: what `inspect` prints and `drift` compares.
pub fn surface(sdk: &Sdk) -> String {
    items(sdk).iter().map(|item| format!("{item}\n")).collect()
}

/// The same as data, in the order of the lines.
pub fn items(sdk: &Sdk) -> Vec<Item> {
    let mut items = Vec::new();
    for ty in &sdk.types {
        type_items(sdk, ty, &mut items);
    }
    let is_called = sdk.is_called();
    for resource in sdk.resources.iter().filter(|_| is_called) {
        for operation in &resource.operations {
            items.push(operation_item(sdk, &resource.name, operation));
        }
    }
    items.extend(served_items(sdk));
    if let Some(events) = &sdk.events {
        event_items(sdk, events, &mut items);
    }
    items.extend(
        sdk.environments
            .iter()
            .map(|environment| Item::Environment {
                name: environment.name.clone(),
                url: environment.url.clone(),
            }),
    );
    items.extend(sdk.security_schemes.iter().map(|scheme| Item::Security {
        method: scheme.method.clone(),
        scheme: scheme.wire.clone(),
    }));
    items.extend(sdk.headers.iter().map(|header| Item::Header {
        name: header.name.clone(),
        header: header.wire.clone(),
        ty: name(sdk, &header.ty),
    }));
    items.extend(sdk.scopes.iter().map(|scope| Item::Scope {
        name: scope.name.clone(),
        scope: scope.wire.clone(),
    }));
    items.extend(
        sdk.examples
            .call
            .iter()
            .filter_map(|call| example_item(sdk, call)),
    );
    items.sort_by_cached_key(Item::line);
    items
}

fn event_items(sdk: &Sdk, events: &Events, items: &mut Vec<Item>) {
    for kind in &events.kinds {
        items.push(Item::Event {
            name: kind.variant.clone(),
            kind: kind.wire.clone(),
            ty: name(sdk, &kind.ty),
        });
        items.extend(kind.own_channels.iter().map(|channel| Item::Channel {
            channel: channel.clone(),
            event: kind.variant.clone(),
        }));
    }
    for accessor in &events.accessors {
        let fields = events.kinds.iter().zip(&accessor.fields);
        let absent = fields.filter(|(_, field)| field.is_none());
        items.push(Item::Accessor {
            name: accessor.name.clone(),
            property: accessor.wire.clone(),
            ty: name(sdk, &accessor.ty),
            absent: absent.map(|(kind, _)| kind.variant.clone()).collect(),
        });
    }
    if events.channels.len() > 1 {
        items.push(Item::Channels {
            order: events.channels.clone(),
        });
    }
}

fn example_item(sdk: &Sdk, example: &ExampleCall) -> Option<Item> {
    let resource = sdk.resources.get(example.resource)?;
    let operation = resource.operations.get(example.operation)?;
    Some(Item::Example {
        resource: resource.name.clone(),
        method: operation.name.clone(),
    })
}
