//! The first pass: what the documents say, as far as the configuration wants it.

use std::collections::{BTreeSet, HashSet};

use super::context::Context;
use super::operation::select;
use crate::diagnostic::{Code, Problem, Problems};
use crate::dialect::roles::Role;
use crate::dialect::{asyncapi, examples, keyword, openapi};
use crate::identifier;
use crate::source::Node;

/// The documents, as far as they are wanted.
pub(in crate::lower) struct Read<'d> {
    pub api: Option<openapi::Api<'d>>,
    pub events: Option<asyncapi::EventApi<'d>>,
    /// Not all operations are wanted, so what no other uses is not, either.
    pub selects: bool,
}

impl Read<'_> {
    /// The tags that the document lists, in its order, as operations have them.
    pub(in crate::lower) fn tags(&self) -> Vec<String> {
        let tags = self.api.iter().flat_map(|api| &api.tags);
        tags.map(|(tag, _)| identifier::snake(tag)).collect()
    }
}

pub(in crate::lower) fn read<'d>(context: &mut Context<'d>) -> Read<'d> {
    context.check_environments();
    let (sources, select) = (context.sources, &context.config.select);
    let (documents, problems) = (sources.documents, &mut context.problems);
    let callbacks = match context.config.parts.server {
        true => openapi::Callbacks::Read,
        false => openapi::Callbacks::Reported,
    };
    let mut api = openapi::read(documents, sources.openapi, callbacks, problems);
    let events = sources
        .asyncapi
        .map(|root| asyncapi::read(documents, root, problems));
    if let Some(api) = &mut api {
        select::select(context, api);
        report_undefined_schemes(api, &mut context.problems);
    }
    let read = Read {
        api,
        events,
        selects: !select.include.is_empty() || !select.exclude.is_empty(),
    };
    check_examples(context, &read);
    read
}

/// Holds the examples of what is wanted against their schemas.
fn check_examples<'d>(context: &mut Context<'d>, read: &Read<'d>) {
    let sources = context.sources;
    let documents = sources.documents;
    let mut parts: Vec<(Role, Node<'d>)> = Vec::new();
    let whole = |root| (Role::Root, documents.get(root).node());
    match (&read.api, read.selects) {
        (Some(api), true) => {
            for operation in api.operations.iter().chain(&api.webhooks) {
                let parameters = operation.parameters.iter();
                parts.push((Role::Operation, operation.node));
                parts.extend(parameters.map(|it| (Role::Parameter, it.node)));
            }
        }
        _ => parts.extend(sources.openapi.iter().copied().map(whole)),
    }
    parts.extend(sources.asyncapi.map(whole));
    let editions = read.api.as_ref().map(|api| &api.editions);
    let ignores =
        |node: Node<'_>| editions.is_some_and(|it| it.ignore_ref_siblings(documents, node));
    examples::check(documents, parts, &ignores, &mut context.problems);
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
            let at = keyword::at_security(operation.node);
            problems.push(Problem::new(
                Code::UNDEFINED_SECURITY_SCHEME,
                at,
                format!("security scheme `{name}` is not defined; the client cannot meet it"),
            ));
        }
    }
}
