//! The sixth pass: every draft its name, and where it comes from.

use super::aliases;
use super::context::Context;
use super::directions::Directed;
use super::draft::merge;
use super::drafted::Drafted;
use super::naming::TypeIdentifiers;
use super::naming::identify::identify;
use super::naming::places::Places;
use crate::model::{Operation, TypeRef};

/// Drafts with their names, and where each comes from.
pub(in crate::lower) struct Named<'d> {
    pub drafted: Drafted<'d>,
    pub places: Places,
    pub roots: Roots,
    pub identifiers: TypeIdentifiers,
}

/// References to types from operations and events.
pub(in crate::lower) struct Roots {
    pub input: Vec<TypeRef>,
    pub output: Vec<TypeRef>,
    /// Keep named schemas that nothing uses.
    pub keep_unused: bool,
}

impl Roots {
    fn of(drafted: &Drafted<'_>, keep_unused: bool) -> Self {
        let operations = || drafted.operations.iter().map(|(_, operation)| operation);
        let input = operations().flat_map(Operation::sent_types).cloned();
        let output = operations().flat_map(Operation::answered_types).cloned();
        let events = drafted.events.events.iter().map(|event| event.ty.clone());
        Self {
            input: input.collect(),
            output: output.chain(events).collect(),
            keep_unused,
        }
    }
}

/// Names all drafts. Those that had a name in the generation before keep it.
pub(in crate::lower) fn name<'d>(
    context: &mut Context<'d>,
    directed: Directed<'d>,
    selects: bool,
) -> Named<'d> {
    let Directed(mut drafted) = directed;
    let mut places = Places::of_drafts(&drafted.drafts, context.documents());
    let rename = &context.config.types.rename;
    let kept = context.previous.type_names(&drafted.drafts);
    let sources = context.sources;
    let (identifiers, merged) = identify(&drafted.drafts, &places, sources, rename, kept);
    for (index, into) in merged.into_iter().enumerate() {
        if let Some(into) = into {
            merge(&mut drafted.drafts, index, into);
        }
    }
    aliases::substitute(&mut drafted);
    places.merge(&drafted.drafts);
    let roots = Roots::of(&drafted, !selects);
    context.check_types(&identifiers, &drafted.drafts);
    Named {
        drafted,
        places,
        roots,
        identifiers,
    }
}
