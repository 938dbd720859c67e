//! The second pass: every schema a draft of a type, every operation and event with the drafts that it
//! needs.

use super::context::Context;
use super::draft::Draft;
use super::events::{self, DraftEvents};
use super::mapping;
use super::naming::bodies::{self, Called};
use super::naming::paths;
use super::naming::unnamed::Unnamed;
use super::operation::{self, authorization, environments, listed, security};
use super::read::Read;
use super::received;
use super::schema::TypeBuilder;
use crate::dialect::openapi;
use crate::lower::naming::unnamed::OperationName;
use crate::model::{Operation, Sender};
use crate::source::NodeKey;

/// An SDK whose types are drafts: what refers to one does so by its index.
pub(in crate::lower) struct Drafted<'d> {
    pub drafts: Vec<Draft<'d>>,
    pub operations: Vec<(OperationName, Operation)>,
    pub events: DraftEvents,
    pub security: Option<security::Security>,
}

pub(in crate::lower) fn draft<'d>(
    context: &mut Context<'d>,
    read: &Read<'d>,
) -> Option<Drafted<'d>> {
    let security = read
        .api
        .as_ref()
        .map(|api| security::security(api, &context.config.auth, context.previous.names));
    if let (Some(api), Some(security)) = (&read.api, &security) {
        authorization::report(api, |name| security.scheme(name), &mut context.problems);
        if context.config.parts.client || context.config.parts.server {
            security::check_scopes(context, api, security);
            security::report_unstated(context, api, security);
            environments::check(context, api);
        }
    }
    let editions = read.api.as_ref().map(|api| api.editions.clone());
    let mut types = TypeBuilder::new(context, editions.unwrap_or_default());
    let of_api = read.api.iter().flat_map(|api| &api.schemas);
    let of_events = read.events.iter().flat_map(|events| &events.schemas);
    let components: Vec<_> = of_api
        .chain(of_events)
        .map(|(name, node)| (*name, *node))
        .collect();
    mapping::find_schemas(types.context, &components);
    let called = read.api.as_ref().map(bodies::called).unwrap_or_default();
    for (name, node) in &components {
        match called.get(*name) {
            Some(Called::Author(name)) => types.component(name, *node),
            Some(Called::Operation) => types.body(*node),
            None => types.component(name, *node),
        };
    }
    let mut operations = Vec::new();
    if let (Some(api), Some(security)) = (&read.api, &security) {
        operations = self::operations(&mut types, api, security);
    }
    let webhooks = read.api.iter().flat_map(|api| &api.webhooks);
    let events = events::collect(&mut types, read.events.as_ref(), webhooks);
    if let (Some(api), Some(security)) = (&read.api, &security)
        && types.context.config.parts.server
    {
        // Types of events keep the names that they have without a server.
        let received = received::operations(&mut types, api, security, &operations);
        operations.extend(received);
    }
    types.run();
    let drafts = types.into_drafts();
    mapping::check(context);
    // All that was built so far is of no use where something was too much.
    context.within_limits().then_some(Drafted {
        drafts,
        operations,
        events,
        security,
    })
}

fn operations<'d>(
    types: &mut TypeBuilder<'d, '_>,
    api: &openapi::Api<'d>,
    security: &security::Security,
) -> Vec<(OperationName, Operation)> {
    let keys = api.operations.iter();
    let keys: Vec<String> = keys.map(|it| paths::key(it.method, it.path)).collect();
    types.context.previous.recognize_operations(&keys);
    let operations = api.operations.iter();
    let unnamed: Vec<Unnamed<'_>> = operations
        .map(|operation| Unnamed {
            answer: listed::answer(types, operation),
            path: operation.path,
            method: operation.method,
            id: operation.id.as_deref(),
            tags: &operation.tags,
            summary: operation.summary.as_deref(),
            sent: listed::sent(types, operation),
            picks: listed::picks(types, operation),
        })
        .collect();
    let (config, previous) = (types.context.config, &types.context.previous);
    let names = paths::name(&unnamed, &config.operations.rename, |key| {
        let names = previous.operation(key)?;
        Some((names.resource.clone(), names.method.clone()))
    });
    types.context.check_operations(&api.operations, &names);
    let nodes = api.operations.iter().map(|operation| operation.node.key());
    let nodes: Vec<NodeKey> = nodes.collect();
    let pointers = types.context.documents().pointers(&nodes);
    for operation in &api.operations {
        for media in operation.body.iter().flat_map(|body| &body.content) {
            types.mark_files(media);
        }
    }
    let with_pointers = api.operations.iter().zip(names).zip(pointers);
    with_pointers
        .map(|((spec, name), pointer)| {
            let pointer = pointer.unwrap_or_default();
            let route = operation::Route {
                sender: Sender::Client,
                path: spec.path,
                template: spec.path,
            };
            let operation = operation::operation(types, security, spec, &name, &route, pointer);
            (name, operation)
        })
        .collect()
}
