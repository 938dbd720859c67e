//! Payloads that are one of several schemas.

use std::collections::BTreeSet;

use super::wire::are_tagged;
use super::{Announced, Selected};
use crate::dialect::keyword;
use crate::dialect::schema::Discriminator;
use crate::lower::context::Context;
use crate::lower::draft::Conjunction;
use crate::lower::schema::TypeBuilder;
use crate::lower::schema::describe;
use crate::source::Node;

/// A payload that is one of several schemas announces several events, where a value tells them apart. Else
/// it is one, whatever it carries.
pub(super) fn alternatives<'d>(
    types: &mut TypeBuilder<'d, '_>,
    event: Announced<'d>,
) -> Vec<Announced<'d>> {
    let Some(payload) = event.payload else {
        return vec![event];
    };
    let flat = types.flatten(&Conjunction::one(payload));
    let substantive = flat.is_substantive();
    let branches: Vec<Node<'d>> = flat
        .leaves
        .iter()
        .flat_map(|leaf| leaf.schema.one_of.iter().chain(&leaf.schema.any_of))
        .copied()
        .collect();
    let objects = |types: &mut TypeBuilder<'d, '_>, node: &Node<'d>| {
        let flat = types.flatten(&Conjunction::one(*node));
        flat.leaves
            .iter()
            .any(|leaf| !leaf.schema.properties.is_empty())
    };
    if branches.len() < 2 || substantive || !branches.iter().all(|node| objects(types, node)) {
        return vec![event];
    }
    let mut leaves = flat.leaves.iter().map(|leaf| &leaf.schema);
    let discriminator = leaves.find_map(|it| Some((it.discriminator.as_ref()?, it.node)));
    let is_told = discriminator.is_some() || are_tagged(types, &branches);
    if !is_told && !was_split(types.context, &event, &branches) {
        return vec![event];
    }
    let selected = selected(types, discriminator, &branches);
    let branches = branches.into_iter().zip(selected);
    branches
        .map(|(branch, selected)| alternative(types, &event, branch, selected))
        .collect()
}

/// The event that one of the alternatives announces.
fn alternative<'d>(
    types: &mut TypeBuilder<'d, '_>,
    event: &Announced<'d>,
    branch: Node<'d>,
    selected: Option<Selected<'d>>,
) -> Announced<'d> {
    let reference = keyword::reference(branch);
    let name = reference.and_then(|reference| reference.rsplit('/').next());
    let name = name.or(keyword::title(branch)).map(str::to_owned);
    Announced {
        node: event.node,
        payload: Some(branch),
        body: event.body.clone(),
        selected,
        name: name.or_else(|| event.name.clone()),
        channel: event.channel.clone(),
        operation: event.operation.clone(),
        received: event.received,
        former: BTreeSet::new(),
        headers: event.headers.clone(),
        alone: false,
        docs: types.context.documented(branch, || {
            let own = keyword::description(branch);
            own.map_or_else(|| event.docs.clone(), describe::text)
        }),
        deprecated: event.deprecated,
    }
}

/// For each alternative, the values by which a discriminator selects it, if there are any.
fn selected<'d>(
    types: &mut TypeBuilder<'d, '_>,
    discriminator: Option<(&Discriminator<'d>, Node<'d>)>,
    branches: &[Node<'d>],
) -> Vec<Option<Selected<'d>>> {
    let Some((discriminator, at)) = discriminator else {
        return branches.iter().map(|_| None).collect();
    };
    let property = discriminator.property;
    let values = types.selected_by(discriminator, at, branches).into_iter();
    let selected = |values: Vec<String>| {
        let is_some = !values.is_empty();
        is_some.then_some(Selected { property, values })
    };
    values.map(selected).collect()
}

/// Whether the alternatives of a payload had names of their own in the generation before: they keep them.
fn was_split(context: &Context<'_>, event: &Announced<'_>, branches: &[Node<'_>]) -> bool {
    let previous = &context.previous.names.events;
    let count = |name: &str| {
        let from = (name.to_owned(), String::new());
        let from_here = previous.range(from..);
        from_here.take_while(|((wire, _), _)| wire == name).count()
    };
    let is_known = |name: &str| count(name) > 0;
    let name = event.name.as_deref().or(event.channel.as_deref());
    // Alternatives without names were several events of one.
    if name.is_some_and(|name| count(name) > 1) {
        return true;
    }
    !name.is_some_and(is_known)
        && branches.iter().any(|branch| {
            let reference = keyword::reference(*branch);
            let name = reference.and_then(|reference| reference.rsplit('/').next());
            name.or(keyword::title(*branch)).is_some_and(is_known)
        })
}
