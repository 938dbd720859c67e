//! Builds the model: documents in, decisions out, in passes. Each takes what the one before it made, so
//! that none can come too early.

mod aliases;
mod assemble;
mod budget;
mod circles;
mod context;
mod directions;
pub(crate) mod docs;
mod draft;
mod drafted;
mod events;
mod expression;
mod extent;
mod finish;
mod grown;
mod mapped;
mod mapping;
mod named;
mod namesakes;
mod naming;
mod operation;
mod previous;
mod read;
mod received;
mod record;
mod rename;
mod schema;
mod sources;
mod unify;

pub(crate) use finish::complete::complete;
pub(crate) use sources::Sources;

use self::assemble::Assembled;
use self::context::Context;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Problems};
use crate::lock::Names;
use crate::model::Sdk;

/// The model, and what was found on the way to it.
pub(crate) struct Lowered {
    /// Empty where a problem is an error.
    pub sdk: Sdk,
    /// The name of everything in it.
    pub names: Names,
    pub problems: Problems,
    /// Errors and findings about settings, each where its setting stands.
    pub settings: Vec<Diagnostic>,
}

/// Builds the model. `previous` is what everything was called so far, and keeps its names.
pub(crate) fn lower(
    sources: Sources<'_>,
    config: &Config,
    previous: &Names,
    problems: Problems,
) -> Lowered {
    let mut context = Context::new(sources, config, previous, problems);
    let (sdk, names) = passes(&mut context).unwrap_or_default();
    extent::check(&mut context, &sdk, &names);
    Lowered {
        sdk,
        names,
        problems: context.problems,
        settings: context.settings,
    }
}

/// All passes. `None`: something was too much, and an error says so.
fn passes<'d>(context: &mut Context<'d>) -> Option<(Sdk, Names)> {
    let read = read::read(context);
    let drafted = drafted::draft(context, &read)?;
    let unified = unify::unify(context, drafted);
    let resolved = aliases::resolve(context, unified);
    let directed = directions::direct(context, resolved);
    let named = named::name(context, directed, read.selects);
    let mut finished = finish::finish(context, named)?;
    operation::retry::decide(context, &mut finished.operations, &finished.types);
    operation::echoes::decide(context, &mut finished.operations, &finished.types);
    let Assembled {
        sdk,
        mut names,
        mut arguments,
    } = assemble::assemble(context, &read, finished);
    let tags = read.tags();
    let mut sdk = complete(sdk, &mut arguments, &mut names.operations, &tags);
    sdk.headers = finish::headers::of(&sdk, &context.previous.names.headers);
    names.headers = finish::headers::names(&sdk);
    if let Some(events) = &mut sdk.events {
        let key = finish::accessors::TypeKeys {
            types: &sdk.types,
            names: &arguments,
        };
        events.accessors =
            finish::accessors::of(&key, &events.kinds, &context.previous.names.accessors);
        names.accessors = finish::accessors::names(&key, &events.accessors);
    }
    names.record_arguments(arguments);
    if context.config.parts.samples {
        sdk.samples = finish::complete::samples::of(&sdk.types, &sdk.mapped);
    }
    if context.config.parts.schemas {
        let limit = context.config.limits.output;
        sdk.definitions = finish::definitions::of(&sdk, context.documents(), limit);
    }
    finish::secrets::hide(context, &mut sdk);
    if let Some(api) = &read.api {
        finish::constraints::state(context, api, &mut sdk);
    }
    if context.config.parts.examples {
        sdk.programs = finish::complete::example::programs(&sdk);
    }
    Some((sdk, names))
}
