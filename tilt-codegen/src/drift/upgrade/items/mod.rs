//! All items of an SDK. Every structure of the model is taken apart here without leaving anything out: what is compared
//! nowhere has its reason beside it.

mod answers;
mod arguments;
mod client;
mod constraints;
mod construction;
mod definitions;
mod encodings;
mod events;
mod fields;
mod operations;
mod places;
mod server;
mod types;
mod values;
mod wire;

use super::kind::Kind;
use super::node::{Fact, ItemPlace, Node, Signature};
use super::scope::Scope;
use crate::model::{
    Info, Mapped, MappedOrigin, Operation, Resource, Sample, SampleValue, Sdk, TypeId,
};
use constraints::Checked;
use definitions::Definitions;
use std::collections::{BTreeMap, HashMap};

/// All that items are made from.
struct Sources<'s> {
    scope: &'s Scope<'s>,
    definitions: Definitions<'s>,
    checked: Checked<'s>,
    samples: HashMap<TypeId, &'s SampleValue>,
}

/// Both crates with the items in them, without those types and methods that are the same in both.
pub(super) fn both(old: &Scope<'_>, new: &Scope<'_>) -> (Node, Node) {
    let (old, new) = (Sources::of(old), Sources::of(new));
    let (mut was, mut is) = (few(&old), few(&new));
    apart(
        (of_slots(old.types()), &|id| types::node(&old, *id)),
        (of_slots(new.types()), &|id| types::node(&new, *id)),
        (&mut was, &mut is),
    );
    apart(
        (of_slots(old.methods()), &|it| Some(method(&old, it))),
        (of_slots(new.methods()), &|it| Some(method(&new, it))),
        (&mut was, &mut is),
    );
    apart(
        (of_slots(old.served()), &|it| {
            Some(server::method(old.scope, *it))
        }),
        (of_slots(new.served()), &|it| {
            Some(server::method(new.scope, *it))
        }),
        (&mut was, &mut is),
    );
    (was, is)
}

type Method<'s> = (&'s Resource, &'s Operation);

fn method(sources: &Sources<'_>, (resource, operation): &Method<'_>) -> Node {
    operations::method(sources, resource, operation)
}

/// The item of a thing.
type Making<'f, T> = &'f dyn Fn(&T) -> Option<Node>;

/// Things that become items, by their slots.
type Slots<T> = BTreeMap<String, T>;

fn of_slots<T>(all: impl Iterator<Item = (String, T)>) -> Slots<T> {
    all.collect()
}

/// Makes the items of both pair by pair, since all of an SDK take more memory than the SDK itself, and few differ.
fn apart<T>(
    (olds, old): (Slots<T>, Making<'_, T>),
    (mut news, new): (Slots<T>, Making<'_, T>),
    (was, is): (&mut Node, &mut Node),
) {
    for (slot, thing) in &olds {
        let other = news.remove(slot);
        let (before, after) = (old(thing), other.and_then(|other| new(&other)));
        let are_same = match (&before, &after) {
            (Some(before), Some(after)) => before.is_same(after),
            _ => false,
        };
        if !are_same {
            was.children.extend(before);
            is.children.extend(after);
        }
    }
    is.children.extend(news.values().filter_map(new));
}

impl<'s> Sources<'s> {
    fn of(scope: &'s Scope<'s>) -> Self {
        Sources {
            scope,
            definitions: Definitions::of(scope),
            checked: Checked::of(scope),
            samples: scope.sdk.samples.iter().map(of_sample).collect(),
        }
    }

    fn types(&self) -> impl Iterator<Item = (String, TypeId)> {
        let ids = (0..self.scope.sdk.types.len()).map(TypeId);
        ids.map(|id| (self.scope.slot(id).to_owned(), id))
    }

    fn served(&self) -> impl Iterator<Item = (String, server::Served<'s>)> {
        let methods = server::methods(self.scope.sdk);
        methods.map(|it| (server::slot(self.scope, it), it))
    }

    fn methods(&self) -> impl Iterator<Item = (String, Method<'s>)> {
        let resources = called(self.scope.sdk);
        resources.flat_map(move |of| {
            let operations = of.operations.iter();
            operations.map(move |it| (operations::slot(self.scope, of, it), (of, it)))
        })
    }
}

/// The resources of the client; none, where only a server is made of them.
fn called(sdk: &Sdk) -> impl Iterator<Item = &Resource> {
    let is_called = sdk.is_called();
    sdk.resources.iter().filter(move |_| is_called)
}

/// The crate, without types and methods.
fn few(sources: &Sources<'_>) -> Node {
    let scope = sources.scope;
    let Sdk {
        info,
        types: _, // by `both`, as methods
        mapped,
        // Files of types: users name types without them. Their features are those of their types.
        modules: _,
        definitions: _, // by `Definitions`, of types and fields
        constraints: _, // by `Checked`, of operations, types and fields
        samples: _,     // by `Sources`, of types
        resources: _,   // by `called`
        received: _,    // by `server`
        events,
        environments: _,        // by `client`, as all of these
        operation_variables: _, // likewise
        security_schemes: _,
        scopes: _,
        errors: _,
        refused: _,
        headers: _,
        features,
        recursion_limit,
        // They show what is compared elsewhere, with its names.
        examples: _,
        programs: _,
        // It says how long the index in the documentation is.
        indexed: _,
        served: _, // by `server`
    } = scope.sdk;
    let mut node = about(info);
    if let Some(limit) = recursion_limit {
        node.behaviour("the recursion limit", limit.to_string());
    }
    node.children
        .extend(mapped.iter().filter(|it| it.is_used()).map(mapped_type));
    node.children
        .extend(called(scope.sdk).map(|it| operations::resource(sources, it)));
    node.children
        .extend(server::groups(scope.sdk).map(|it| server::group(scope, it)));
    node.children
        .extend(events.iter().map(|it| events::node(sources, it)));
    node.children.extend(client::nodes(sources));
    node.children
        .extend(features.iter().map(|name| feature(scope.sdk, name)));
    node
}

/// The crate, without what is in it.
fn about(info: &Info) -> Node {
    let Info {
        title,
        version,
        docs,
        // Parts of `docs`.
        beginning: _,
        more: _,
    } = info;
    let mut node = Node::only(Kind::Crate, "crate", "crate");
    node.docs.clone_from(&docs.0);
    let info = ItemPlace::at(&["info"]);
    node.places = vec![info.inside(&["description"]), info];
    for (about, text) in [("title", title), ("version", version)] {
        let fact = Fact::at(text, ItemPlace::at(&["info", about]));
        node.residual_docs.insert(about.to_owned(), fact);
    }
    node
}

fn of_sample(sample: &Sample) -> (TypeId, &SampleValue) {
    let Sample { ty, value } = sample;
    (*ty, value)
}

fn feature(sdk: &Sdk, name: &str) -> Node {
    let mut node = Node::new(Kind::Feature, format!("feature {name:?}"), name);
    let of_resources = sdk.resources.iter().flat_map(|resource| {
        let is_whole = resource.features.contains(name);
        let operations = resource.operations.iter();
        operations.filter(move |it| is_whole || it.features.contains(name))
    });
    let tags = of_resources.map(|it| ItemPlace::of_api(&it.pointer).inside(&["tags"]));
    node.places = tags.collect();
    node
}

/// A type that settings name in place of generated ones.
fn mapped_type(mapped: &Mapped) -> Node {
    let Mapped {
        name,
        rust,
        origin,
        crates,
        kinds,
        sample: _, // of samples and examples, which are compared as wholes
    } = mapped;
    let mut node = Node::new(Kind::Mapped, name, name);
    node.signature = Signature::word(rust);
    let origin = match origin {
        MappedOrigin::Own => "the crate of the SDK".to_owned(),
        MappedOrigin::Foreign => "another crate".to_owned(),
        MappedOrigin::Runtime(feature) => format!("the runtime, with {feature}"),
    };
    node.behaviour("the crate that it is of", origin);
    let crates: Vec<&str> = crates.iter().map(String::as_str).collect();
    node.behaviour("the crates that it needs", crates.join(", "));
    node.behaviour("the JSON types that it stands for", values::kinds(*kinds));
    node
}
