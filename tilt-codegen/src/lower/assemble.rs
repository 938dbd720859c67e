//! The last pass but for what follows from the whole: an SDK of finished types, and what everything in
//! it is called.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::context::Context;
use super::docs;
use super::finish::Finished;
use super::naming::calls;
use super::naming::unnamed::OperationName;
use super::operation::environments;
use super::read::Read;
use super::record::Types;
use super::schema::describe;
use crate::config::{Config, RetrySettings};
use crate::dialect::openapi;
use crate::identifier;
use crate::lock::{ArgumentNames, Names};
use crate::model::{Environment, Info, Operation, Resource, Sdk, Sender, Served};

/// The SDK but for what follows from the whole of it, and what everything in it is called.
pub(in crate::lower) struct Assembled {
    pub sdk: Sdk,
    pub names: Names,
    /// By the name under which the next generation knows a type, how values of it were made so far.
    pub arguments: Vec<(String, ArgumentNames)>,
}

pub(in crate::lower) fn assemble(
    context: &Context<'_>,
    read: &Read<'_>,
    finished: Finished<'_>,
) -> Assembled {
    let config = context.config;
    let mut names = Names::default();
    let recorded = Types::of(&finished);
    let unrenamed = recorded.unrenamed();
    names.record_types(&recorded, context.sources);
    let arguments = finished.arguments.into_iter().enumerate();
    let named = arguments.map(|(index, it)| (unrenamed(index), it));
    let arguments = named.collect();
    let events = finished.events.filter(|_| config.parts.events);
    names.record_events(events.as_ref(), &unrenamed);
    let described = Sdk {
        info: info(read),
        types: finished.types,
        mapped: context.mapped.types().to_vec(),
        events,
        ..Sdk::default()
    };
    let assembled = |sdk, names| Assembled {
        sdk,
        names,
        arguments,
    };
    if !(config.parts.client || config.parts.server) {
        return assembled(described, names);
    }
    let access = finished.security.map(|it| (it.schemes, it.scopes));
    let (schemes, scopes) = access.unwrap_or_default();
    let api = read.api.as_ref();
    let servers = api.map(|api| api.servers.as_slice());
    let environments = environments::of_api(
        servers.unwrap_or_default(),
        &config.environments,
        &context.previous.names.environments,
    );
    let mut operations = finished.operations;
    calls::name(&mut operations, &context.previous);
    names.record_operations(&operations, &context.previous);
    names.record_errors(&finished.errors);
    names.record_access(of_document(config, &environments), &schemes, &scopes);
    let is_called = |(_, it): &(OperationName, Operation)| it.sender == Sender::Client;
    let (operations, received) = operations.into_iter().partition(is_called);
    let sdk = Sdk {
        served: served(config),
        received: resources(received, None),
        operation_variables: environments::own_variables(operations.iter().map(|(_, it)| it)),
        resources: resources(operations, api),
        environments,
        security_schemes: schemes,
        scopes,
        errors: finished.errors,
        refused: refused(&config.retry),
        ..described
    };
    assembled(sdk, names)
}

/// The environments whose names are made of the document.
fn of_document<'e>(config: &Config, environments: &'e [Environment]) -> &'e [Environment] {
    match config.environments.is_empty() {
        true => environments,
        false => &[],
    }
}

/// The server, where one is made.
fn served(config: &Config) -> Option<Served> {
    config.parts.server.then(|| Served {
        base: String::new(),
        alone: !config.parts.client,
        constraints: Vec::new(),
    })
}

/// The statuses, sorted and each once.
fn refused(settings: &RetrySettings) -> Vec<u16> {
    let statuses: BTreeSet<u16> = settings.refused.iter().map(|it| it.code()).collect();
    statuses.into_iter().collect()
}

fn info(read: &Read<'_>) -> Info {
    let (title, version, description) = match (&read.api, &read.events) {
        (Some(api), _) => (&api.title, &api.version, &api.description),
        (None, Some(events)) => (&events.title, &events.version, &events.description),
        (None, None) => return Info::default(),
    };
    Info {
        title: docs::clean_line(title),
        version: version.clone(),
        docs: description
            .as_deref()
            .map(describe::text)
            .unwrap_or_default(),
        ..Info::default()
    }
}

/// The tag that all operations have, and no other: what it says is true of their resource, whatever that is called.
fn only_tag(operations: &[Operation]) -> Option<String> {
    let mut tags = operations
        .iter()
        .map(|operation| match operation.tags.as_slice() {
            [only] => Some(identifier::snake(only)),
            _ => None,
        });
    let first = tags.next()??;
    tags.all(|tag| tag.as_ref() == Some(&first))
        .then_some(first)
}

fn resources(
    operations: Vec<(OperationName, Operation)>,
    api: Option<&openapi::Api<'_>>,
) -> Vec<Resource> {
    let mut grouped: BTreeMap<String, Vec<Operation>> = BTreeMap::new();
    for (name, operation) in operations {
        grouped.entry(name.resource).or_default().push(operation);
    }
    let mut tags: HashMap<String, &Option<String>> = HashMap::new();
    for (tag, text) in api.into_iter().flat_map(|api| &api.tags) {
        tags.entry(identifier::snake(tag)).or_insert(text);
    }
    grouped
        .into_iter()
        .map(|(name, mut operations)| {
            operations.sort_by(|a, b| a.name.cmp(&b.name));
            let tag = tags
                .get(&name)
                .or_else(|| tags.get(&only_tag(&operations)?));
            Resource {
                name: identifier::accessor_name(&name),
                type_name: identifier::type_name(&name),
                docs: tag
                    .and_then(|text| text.as_deref())
                    .map(describe::text)
                    .unwrap_or_default(),
                features: BTreeSet::new(),
                names_types: None,
                operations,
            }
        })
        .collect()
}
