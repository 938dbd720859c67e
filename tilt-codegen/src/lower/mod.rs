//! Builds the model: documents in, decisions out.

pub(crate) mod docs;
mod events;
mod extent;
mod finish;
mod naming;
mod operation;
mod schema;

pub(crate) use finish::complete::complete;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use self::finish::Roots;
use self::finish::aliases::Resolver;
use self::finish::variants::Looks;
use self::naming::known::Known;
use self::naming::paths::{self, Unnamed};
use self::naming::places::Places;
use self::naming::{record, rename};
use self::operation::{error_shape, pagination, security, select};
use self::schema::draft::{self, Home, Origin};
use self::schema::{TypeBuilder, describe};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Problem, Problems};
use crate::dialect::{asyncapi, openapi};
use crate::identifier;
use crate::lock::Names;
use crate::model::{Body, Info, Operation, Payload, Resource, Sdk, Success, TypeRef};
use crate::source::{Documents, NodeKey};

/// The documents that an SDK is made of, loaded and overlaid.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sources<'d> {
    /// OpenAPI 3.x.
    pub openapi: Option<&'d Documents>,
    /// AsyncAPI 2.x.
    pub asyncapi: Option<&'d Documents>,
}

/// Builds the model, with what everything in it is called: `names` is what was called so before, and
/// keeps its names. Problems come in the order of the documents: OpenAPI's, then AsyncAPI's.
pub(crate) fn build(
    sources: Sources<'_>,
    config: &Config,
    names: &Names,
    problems: &mut [Problems; 2],
    settings: &mut Vec<Diagnostic>,
) -> (Sdk, Names) {
    let mut built = assemble(sources, config, names, problems, settings);
    if config.parts.schemas {
        built.0.definitions = finish::definitions::of(&built.0, sources, config.limits.output);
    }
    if let Some(over) = extent::exceeds(&built.0, config.limits.output) {
        extent::report(sources, config.limits.output, over, problems);
    }
    built
}

fn assemble(
    sources: Sources<'_>,
    config: &Config,
    names: &Names,
    problems: &mut [Problems; 2],
    settings: &mut Vec<Diagnostic>,
) -> (Sdk, Names) {
    let mut settings = rename::Settings {
        config,
        sources,
        diagnostics: settings,
    };
    settings.check_environments(problems);
    let [openapi_problems, asyncapi_problems] = problems;
    let mut api = sources
        .openapi
        .map(|documents| openapi::read(documents, openapi_problems));
    let async_events = sources
        .asyncapi
        .map(|documents| asyncapi::read(documents, asyncapi_problems));
    let selects = !config.select.include.is_empty() || !config.select.exclude.is_empty();
    if let (Some(api), Some(documents)) = (&mut api, sources.openapi) {
        select::select(api, documents, &config.select, openapi_problems);
        report_undefined_schemes(api, openapi_problems);
    }
    let openapi_3_0 = sources.openapi.is_some_and(|documents| {
        let version = documents.root_node().get("openapi");
        version
            .and_then(|version| version.as_str())
            .is_some_and(|v| v.starts_with("3.0"))
    });
    let known = Known::new(names, sources);
    let mut types = TypeBuilder::new(sources, openapi_3_0, &known, problems);
    types.secrets = config.secrets.properties.clone();
    let security = api
        .as_ref()
        .map(|api| security::security(api, &config.auth, names));

    for (name, node) in api.iter().flat_map(|api| &api.schemas) {
        types.component(Home::OpenApi, name, *node);
    }
    for (name, node) in async_events.iter().flat_map(|events| &events.schemas) {
        types.component(Home::AsyncApi, name, *node);
    }
    let mut operations: Vec<(paths::OperationName, Operation)> = Vec::new();
    if let (Some(api), Some(security)) = (&api, &security) {
        operations = self::operations(&mut types, api, security, &known, &mut settings);
    }
    let webhooks = api
        .as_ref()
        .map(|api| api.webhooks.as_slice())
        .unwrap_or_default();
    let mut events = events::collect(&mut types, async_events.as_ref(), webhooks, &config.events);
    types.run();
    if !types.within_limits() {
        // An error says so; what was built so far is of no use.
        return Default::default();
    }

    let (mut drafts, problems) = types.into_parts();
    unify_documents(&mut drafts);
    let mut resolver = Resolver::new(&mut drafts);
    resolver.resolve_aliases();
    for (_, operation) in &mut operations {
        each_type(operation, &mut |ty| *ty = resolver.substitute(ty.clone()));
    }
    for event in &mut events.events {
        event.ty = resolver.substitute(event.ty.clone());
    }
    let mut roots = Roots {
        input: Vec::new(),
        output: Vec::new(),
        keep_unused: !selects,
    };
    for (_, operation) in &mut operations {
        collect_roots(operation, &mut roots);
    }
    roots
        .output
        .extend(events.events.iter().map(|event| event.ty.clone()));
    let places = Places::of_drafts(&drafts, sources);
    let kept = known.type_names(&drafts);
    let named = naming::name(&drafts, &places.pointers, &config.types.rename, kept);
    settings.check_types(&named, &drafts, problems);
    let mut looks = Looks::new(config.limits.output);
    let finished = finish::finish(&drafts, &places, &named, &roots, &known, &mut looks);
    let mut new_names = Names::default();
    let all = record::Types {
        drafts: &drafts,
        places: &places,
        named: &named,
        types: &finished.types,
        moved: &finished.moved,
    };
    new_names.record_types(&all, sources);
    let given = all.given();

    for (_, operation) in &mut operations {
        each_type(operation, &mut |ty| {
            *ty = finish::move_type(ty.clone(), &finished.moved)
        });
        operation.pagination =
            pagination::pagination(operation, &finished.types, config.pagination.as_ref());
    }
    for event in &mut events.events {
        event.ty = finish::move_type(event.ty.clone(), &finished.moved);
    }
    let errors = error_shape::error_shape(&operations, &finished.types, &config.errors);
    let events = events::finish(
        events,
        &finished.types,
        &config.events,
        &names.events,
        &given,
        &mut looks,
    );
    if let Some(id) = looks.over {
        extent::report(
            sources,
            config.limits.output,
            extent::Over::Type(&finished.types[id.0]),
            problems,
        );
        return Default::default();
    }
    let events = events.filter(|_| config.parts.events);
    new_names.record_events(events.as_ref(), &given);
    if !config.parts.client {
        let sdk = Sdk {
            info: info(api.as_ref(), async_events.as_ref()),
            types: finished.types,
            events,
            ..Sdk::default()
        };
        return (complete(sdk), new_names);
    }
    let (schemes, scopes) = security
        .map(|security| (security.schemes, security.scopes))
        .unwrap_or_default();
    let servers = api.as_ref().map(|api| api.servers.as_slice());
    let environments = security::environments(
        servers.unwrap_or_default(),
        &config.environments,
        &names.environments,
    );
    let own = operations.iter().map(|(_, operation)| operation);
    let operation_variables = security::own_variables(own);
    name_calls(&mut operations, &known);
    new_names.record_operations(&operations);
    let from_document: &[_] = match config.environments.as_slice() {
        [] => &environments,
        _ => &[],
    };
    new_names.record_access(from_document, &schemes, &scopes);
    let sdk = Sdk {
        info: info(api.as_ref(), async_events.as_ref()),
        types: finished.types,
        resources: resources(operations, api.as_ref()),
        events,
        environments,
        operation_variables,
        security_schemes: schemes,
        scopes,
        errors,
        ..Sdk::default()
    };
    (complete(sdk), new_names)
}

/// Structs of calls have names of their own over all resources, and each that of its resource beside
/// it. What a call sends and what it is answered with stand in the same file.
fn name_calls(operations: &mut [(paths::OperationName, Operation)], known: &Known<'_>) {
    let mut order: Vec<usize> = (0..operations.len()).collect();
    order.sort_by(|&a, &b| {
        let key = |at: usize| {
            let (name, operation) = &operations[at];
            (&name.resource, &operation.name)
        };
        key(a).cmp(&key(b))
    });
    let was_named = |operation: &Operation| {
        let key = paths::key(operation.method, &operation.path);
        known.operation(&key)
    };
    let mut calls: HashSet<String> = HashSet::new();
    let of_resource = |name: &paths::OperationName| identifier::type_name(&name.resource);
    // Those that were there before come first.
    let (old, new): (Vec<usize>, Vec<usize>) = order
        .into_iter()
        .partition(|&at| was_named(&operations[at].1).is_some());
    let order: Vec<usize> = old.into_iter().chain(new).collect();
    for &at in &order {
        let (name, operation) = &mut operations[at];
        if let Some(call) = was_named(operation).and_then(|names| names.call.clone()) {
            operation.call = call;
        }
        let own = of_resource(name);
        while operation.call == own || !calls.insert(operation.call.clone()) {
            operation.call.push('_');
        }
    }
    let mut beside: HashMap<String, HashSet<String>> = HashMap::new();
    for &at in &order {
        let (name, operation) = &mut operations[at];
        let taken = beside.entry(name.resource.clone()).or_default();
        taken.insert(identifier::type_name(&name.resource));
        for choice in choices(operation) {
            while calls.contains(choice) || !taken.insert(choice.clone()) {
                choice.push('_');
            }
        }
    }
}

/// The names of the enums that an operation has for itself.
fn choices(operation: &mut Operation) -> impl Iterator<Item = &mut String> {
    let body = operation
        .body
        .as_mut()
        .and_then(|body| match &mut body.body {
            Body::Choice { name, .. } => Some(name),
            Body::Single(_) => None,
        });
    let answer = match &mut operation.success {
        Success::Choice { name, .. } => Some(name),
        Success::Empty | Success::Single(_) => None,
    };
    body.into_iter().chain(answer)
}

fn info(api: Option<&openapi::Api<'_>>, events: Option<&asyncapi::Events<'_>>) -> Info {
    let (title, version, description) = match (api, events) {
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
    }
}

fn report_undefined_schemes(api: &openapi::Api<'_>, problems: &mut Problems) {
    let schemes = api.security_schemes.iter();
    let defined: HashSet<&str> = schemes.map(|scheme| scheme.name).collect();
    for operation in &api.operations {
        let required = operation.security.iter().flatten().map(|(name, _)| name);
        let undefined: BTreeSet<_> = required
            .filter(|name| !defined.contains(name.as_str()))
            .collect();
        for name in undefined {
            let at = operation.node.get("security").unwrap_or(operation.node);
            problems.push(
                Problem::finding(
                    "undefined-security-scheme",
                    at,
                    format!("security scheme `{name}` is not defined; the client cannot meet it"),
                )
                .help("define it under components.securitySchemes, in an overlay if need be"),
            );
        }
    }
}

fn operations<'d>(
    types: &mut TypeBuilder<'d, '_>,
    api: &openapi::Api<'d>,
    security: &security::Security,
    known: &Known<'_>,
    settings: &mut rename::Settings<'_>,
) -> Vec<(paths::OperationName, Operation)> {
    let config = settings.config;
    let unnamed: Vec<Unnamed<'_>> = api
        .operations
        .iter()
        .map(|operation| Unnamed {
            path: operation.path,
            method: operation.method,
            id: operation.id.as_deref(),
        })
        .collect();
    let names = paths::name(&unnamed, &config.operations.rename, |key| {
        let names = known.operation(key)?;
        Some((names.resource.clone(), names.method.clone()))
    });
    types.check(|problems| settings.check_operations(&api.operations, &names, problems));
    let keys: Vec<NodeKey> = api
        .operations
        .iter()
        .map(|operation| operation.node.key())
        .collect();
    let pointers = settings
        .sources
        .openapi
        .map(|documents| documents.pointers(&keys))
        .unwrap_or_default();
    for operation in &api.operations {
        for media in operation.body.iter().flat_map(|body| &body.content) {
            types.mark_files(media);
        }
    }
    let with_pointers = api.operations.iter().zip(names).zip(pointers);
    with_pointers
        .map(|((spec, name), pointer)| {
            let pointer = pointer.unwrap_or_default();
            let names = known.operation(&paths::key(spec.method, spec.path));
            let operation =
                operation::operation(types, security, spec, &name, config, pointer, names);
            (name, operation)
        })
        .collect()
}

/// One thing that both documents describe alike is one type: an inline enum of the AsyncAPI
/// document that lists the values of an OpenAPI type, and schemas of the same name and form.
fn unify_documents(drafts: &mut [draft::Draft<'_>]) {
    use crate::model::{Shape, TypeId};
    let values = |draft: &draft::Draft<'_>| match &draft.shape {
        Some(Shape::Enum(enumeration)) if !enumeration.variants.is_empty() => {
            let mut values: Vec<String> = enumeration
                .variants
                .iter()
                .map(|variant| variant.value.to_string())
                .collect();
            values.sort_unstable();
            Some(values)
        }
        _ => None,
    };
    // Those of a name in the generation before stay under it.
    let mut known: BTreeMap<(Vec<String>, Option<usize>), usize> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        if draft.home == Home::OpenApi
            && !matches!(draft.origin, Origin::Merged(_))
            && let Some(values) = values(draft)
        {
            let held = draft.held.map(|held| held.ty);
            known.entry((values.clone(), held)).or_insert(index);
            known.entry((values, None)).or_insert(index);
        }
    }
    let mut components: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        if let (Home::OpenApi, Origin::Component(name)) = (draft.home, &draft.origin) {
            components.entry(name.clone()).or_default().push(index);
        }
    }
    for index in 0..drafts.len() {
        let draft = &drafts[index];
        if draft.home != Home::AsyncApi {
            continue;
        }
        let target = match (&draft.origin, values(draft)) {
            (Origin::Merged(_), _) => None,
            (_, Some(values)) => {
                let held = draft.held.map(|held| held.ty);
                known.get(&(values, held)).copied()
            }
            (Origin::Component(name), None) => {
                let mut same_name = components.get(name).into_iter().flatten().copied();
                same_name.find(|&other| {
                    let other = &drafts[other];
                    let held = |draft: &draft::Draft<'_>| draft.held.map(|held| held.ty);
                    let may = held(draft).is_none() || held(draft) == held(other);
                    may && other.node.value == draft.node.value
                })
            }
            _ => None,
        };
        if let Some(target) = target {
            drafts[index].origin = Origin::Merged(TypeId(target));
            drafts[index].shape = Some(Shape::Alias(TypeRef::Named(TypeId(target))));
        }
    }
}

/// Calls `change` with every type that an operation mentions.
fn each_type(operation: &mut Operation, change: &mut dyn FnMut(&mut TypeRef)) {
    for parameter in &mut operation.parameters {
        change(&mut parameter.ty);
    }
    if let Some(body) = &mut operation.body {
        match &mut body.body {
            Body::Single(media) => each_payload_type(&mut media.payload, change),
            Body::Choice { variants, .. } => {
                for (_, media) in variants {
                    each_payload_type(&mut media.payload, change);
                }
            }
        }
    }
    match &mut operation.success {
        Success::Empty => {}
        Success::Single(payload) => each_payload_type(payload, change),
        Success::Choice { variants, .. } => {
            for payload in variants
                .iter_mut()
                .filter_map(|variant| variant.payload.as_mut())
            {
                each_payload_type(payload, change);
            }
        }
    }
    for payload in operation
        .errors
        .iter_mut()
        .filter_map(|error| error.payload.as_mut())
    {
        each_payload_type(payload, change);
    }
    if let Some(pagination) = &mut operation.pagination {
        change(&mut pagination.item);
    }
}

fn each_payload_type(payload: &mut Payload, change: &mut dyn FnMut(&mut TypeRef)) {
    match payload {
        Payload::Json(ty)
        | Payload::Form { ty, .. }
        | Payload::Multipart { ty, .. }
        | Payload::EventStream(ty)
        | Payload::JsonLines(ty) => change(ty),
        Payload::Text | Payload::Bytes => {}
    }
}

fn collect_roots(operation: &mut Operation, roots: &mut Roots) {
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| parameter.ty.clone());
    roots.input.extend(parameters);
    let mut all = Vec::new();
    each_type(operation, &mut |ty| all.push(ty.clone()));
    let mut body = Vec::new();
    if let Some(request) = &mut operation.body {
        match &mut request.body {
            Body::Single(media) => {
                each_payload_type(&mut media.payload, &mut |ty| body.push(ty.clone()))
            }
            Body::Choice { variants, .. } => {
                for (_, media) in variants {
                    each_payload_type(&mut media.payload, &mut |ty| body.push(ty.clone()));
                }
            }
        }
    }
    let skip = operation.parameters.len() + body.len();
    roots.output.extend(all.into_iter().skip(skip));
    roots.input.extend(body);
}

fn resources(
    operations: Vec<(paths::OperationName, Operation)>,
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
            let tag = tags.get(&name);
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
