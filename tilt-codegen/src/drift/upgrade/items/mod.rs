//! All items of an SDK. Every structure of the model is taken apart here without leaving anything out: what is compared
//! nowhere has its reason beside it.

mod answers;
mod arguments;
mod client;
mod constraints;
mod construction;
mod definitions;
mod events;
mod fields;
mod operations;
mod places;
mod types;
mod values;
mod wire;

use super::kind::Kind;
use super::node::{Fact, ItemPlace, Node, Signature};
use super::scope::Scope;
use crate::model::{Info, Mapped, MappedOrigin, Sample, SampleValue, Sdk, TypeId};
use constraints::Checked;
use definitions::Definitions;
use std::collections::HashMap;

/// All that items are made from.
struct Sources<'s> {
    scope: &'s Scope<'s>,
    definitions: Definitions<'s>,
    checked: Checked<'s>,
    samples: HashMap<TypeId, &'s SampleValue>,
}

/// The crate, with all items in it.
pub(super) fn all(scope: &Scope<'_>) -> Node {
    let Sdk {
        info,
        types,
        mapped,
        // Files of types: users name types without them. Their features are those of their types.
        modules: _,
        definitions: _, // by `Definitions`, of types and fields
        constraints: _, // by `Checked`, of operations, types and fields
        samples,
        resources,
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
    } = scope.sdk;
    let sources = Sources {
        scope,
        definitions: Definitions::of(scope),
        checked: Checked::of(scope),
        samples: samples.iter().map(of_sample).collect(),
    };
    let mut node = about(info);
    if let Some(limit) = recursion_limit {
        node.behaviour("the recursion limit", limit.to_string());
    }
    let ids = 0..types.len();
    let ids = ids.map(TypeId);
    node.children
        .extend(ids.filter_map(|id| types::node(&sources, id)));
    node.children
        .extend(mapped.iter().filter(|it| it.is_used()).map(mapped_type));
    for resource in resources {
        node.children.extend(operations::nodes(&sources, resource));
    }
    node.children
        .extend(events.iter().map(|it| events::node(&sources, it)));
    node.children.extend(client::nodes(&sources));
    node.children
        .extend(features.iter().map(|name| feature(name)));
    node
}

/// The crate, without what is in it.
fn about(info: &Info) -> Node {
    let Info {
        title,
        version,
        docs,
    } = info;
    let mut node = Node::only(Kind::Crate, "crate", "crate");
    node.docs.clone_from(&docs.0);
    node.places = vec![ItemPlace::at(&["info"])];
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

fn feature(name: &str) -> Node {
    let mut node = Node::new(Kind::Feature, format!("feature {name:?}"), name);
    node.places = vec![ItemPlace::at(&["tags"])];
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
    node.behaviour("the JSON types that it stands for", format!("{kinds:?}"));
    node
}
