//! From drafts to the model's types: names in place, in their order, everything that nothing uses
//! left out.

pub(in crate::lower) mod accessors;
pub(in crate::lower) mod boxes;
pub(in crate::lower) mod complete;
pub(in crate::lower) mod constraints;
pub(in crate::lower) mod definitions;
mod derives;
mod directions;
pub(in crate::lower) mod discriminators;
mod endless;
mod events;
pub(in crate::lower) mod headers;
pub(in crate::lower) mod ids;
pub(in crate::lower) mod kinds;
mod nested_variants;
pub(in crate::lower) mod secrets;
pub(in crate::lower) mod variants;

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use crate::identifier::{self, Order};
use crate::lock::ArgumentNames;
use crate::lower::context::Context;
use crate::lower::draft::{Draft, Origin};
use crate::lower::extent;
use crate::lower::finish::boxes::{boxed, boxes};
use crate::lower::finish::directions::{Several, first};
use crate::lower::finish::variants::{Distinctions, describe_variants};
use crate::lower::mapping;
use crate::lower::named::Named;
use crate::lower::naming::TypeIdentifiers;
use crate::lower::naming::places::Places;
use crate::lower::naming::unnamed::OperationName;
use crate::lower::operation::security::Security;
use crate::lower::operation::{error_shape, nested, pagination, undefined_style};
use crate::lower::previous::PreviousNames;
use crate::model::{
    ErrorShape, Events, Field, Operation, Presence, Scalar, Sender, Shape, Type, TypeId, TypeRef,
    Usage,
};

/// The model's types, and all that refers to them.
pub(in crate::lower) struct Finished<'d> {
    pub drafts: Vec<Draft<'d>>,
    pub places: Places,
    pub identifiers: TypeIdentifiers,
    pub types: Vec<Type>,
    /// The properties that made values of each type in the generation before.
    pub arguments: Vec<ArgumentNames>,
    /// Where each draft went.
    pub moved: HashMap<TypeId, TypeId>,
    pub operations: Vec<(OperationName, Operation)>,
    pub events: Option<Events>,
    pub errors: ErrorShape,
    pub security: Option<Security>,
}

/// Makes the model's types of named drafts. `None`: too much would have to be written of them, and an
/// error says so.
pub(in crate::lower) fn finish<'d>(
    context: &mut Context<'d>,
    named: Named<'d>,
) -> Option<Finished<'d>> {
    let mut distinctions = Distinctions::new(context.config.limits.output, context.mapped.types());
    let Types {
        mut types,
        mut arguments,
        moved,
        labels,
    } = types(context, &named, &mut distinctions);
    let Named {
        mut drafted,
        places,
        identifiers,
        ..
    } = named;
    for (_, operation) in &mut drafted.operations {
        for ty in operation.types_mut() {
            *ty = move_type(ty.clone(), &moved);
        }
    }
    ids::apply(context, &mut types, &labels, &mut drafted.operations);
    mapping::report_unions(context, &types);
    endless::report(context, &types);
    derives::apply(context, &mut types);
    arguments.resize(types.len(), ArgumentNames::default());
    let errors = called(context, &mut drafted.operations, &types);
    for event in &mut drafted.events.events {
        event.ty = move_type(event.ty.clone(), &moved);
    }
    let unrenamed = identifiers.unrenamed(types.len(), &moved);
    let events = events::finish(
        context,
        drafted.events,
        &types,
        &unrenamed,
        &mut distinctions,
    );
    if let Some(id) = distinctions.over {
        extent::report(context, extent::Over::Type(&types[id.0]));
        return None;
    }
    Some(Finished {
        drafts: drafted.drafts,
        places,
        identifiers,
        types,
        arguments,
        moved,
        operations: drafted.operations,
        events,
        errors,
        security: drafted.security,
    })
}

/// Decides of calls alone how they page, and what their errors carry.
fn called(
    context: &mut Context<'_>,
    operations: &mut [(OperationName, Operation)],
    types: &[Type],
) -> ErrorShape {
    // Requests of the API stand behind those of clients.
    let called = operations.partition_point(|(_, it)| it.sender == Sender::Client);
    let called = &mut operations[..called];
    let all = called.iter_mut().map(|(_, it)| it);
    pagination::complete(context, all, types);
    for (_, operation) in called.iter() {
        nested::report(context, operation, types);
        undefined_style::report(context, operation, types);
    }
    error_shape::error_shape(context, called, types)
}

/// The drafts that requests and answers reach.
struct Reached {
    input: HashSet<TypeId>,
    output: HashSet<TypeId>,
}

impl Reached {
    fn contains(&self, id: TypeId) -> bool {
        self.input.contains(&id) || self.output.contains(&id)
    }
}

/// The types, how each was made before, and where each draft went.
struct Types {
    types: Vec<Type>,
    arguments: Vec<ArgumentNames>,
    moved: HashMap<TypeId, TypeId>,
    /// The name of each where the direction does not matter.
    labels: Vec<String>,
}

fn types(context: &Context<'_>, named: &Named<'_>, distinctions: &mut Distinctions) -> Types {
    let drafts = named.drafted.drafts.as_slice();
    let (places, previous) = (&named.places, &context.previous);
    let reached = Reached {
        input: reachable(drafts, &named.roots.input),
        output: reachable(drafts, &named.roots.output),
    };
    let kept = kept(named, &reached);
    let named = &named.identifiers;
    let moved = kept.iter().enumerate();
    let moved: HashMap<_, _> = moved
        .map(|(new, old)| (TypeId(*old), TypeId(new)))
        .collect();
    let boxes = boxes(drafts, &kept);
    let several = Several::of(drafts);
    let mut types: Vec<Type> = kept
        .iter()
        .map(|&index| {
            let draft = &drafts[index];
            let output = reached.output.contains(&TypeId(index));
            // A server makes what it answers with.
            let is_made = output && context.config.parts.server;
            let usage = Usage {
                input: is_made || reached.input.contains(&TypeId(index)),
                output,
            };
            let any = || Shape::Alias(TypeRef::Scalar(Scalar::Any));
            let shape = boxed(draft.shape.clone().unwrap_or_else(any), index, &boxes);
            Type {
                name: named.names[index].clone(),
                module: named.modules[index].clone(),
                docs: several.documented(drafts, named, index),
                deprecated: draft.deprecated,
                shape: move_shape(shape, &moved),
                derives: Vec::new(),
                attributes: Vec::new(),
                usage,
                pointer: places.pointers[index].clone(),
                places: places.of(index).collect(),
            }
        })
        .collect();
    let facts = facts(drafts, &kept, named, previous);
    let labels = facts.iter().map(|facts| facts.label.to_owned()).collect();
    name_members(&mut types, &facts);
    distinctions.open = open(drafts, &moved).into();
    describe_variants(&mut types, &facts, distinctions);
    let arguments = kept.iter().map(|&index| previous.arguments(&drafts[index]));
    let arguments: Vec<ArgumentNames> = arguments
        .map(|it| it.cloned().unwrap_or_default())
        .collect();
    discriminators::fix(&mut types, &Given(&arguments, &facts));
    discriminators::tag(&mut types);
    Types {
        types,
        arguments,
        moved,
        labels,
    }
}

/// The values that programs gave so far, by the names that there were.
struct Given<'g>(&'g [ArgumentNames], &'g [Facts<'g>]);

impl discriminators::Before for Given<'_> {
    fn was_asked_for(&self, id: TypeId, property: &str) -> bool {
        let names = self.0.get(id.0);
        names.is_some_and(|names| names.required.iter().any(|it| it == property))
    }

    fn filled_in(&self, id: TypeId, property: &str) -> Option<&str> {
        Some(self.0.get(id.0)?.constants.get(property)?)
    }

    fn was_there(&self, id: TypeId) -> bool {
        self.1.get(id.0).is_some_and(|facts| facts.was_there)
    }
}

/// The drafts that become types, sorted by module and name.
fn kept(named: &Named<'_>, reached: &Reached) -> Vec<usize> {
    let drafts = named.drafted.drafts.as_slice();
    let keep_unused = named.roots.keep_unused;
    let mut kept: Vec<usize> = (0..drafts.len())
        .filter(|&index| drafts[index].shape.is_some())
        .filter(|&index| match drafts[index].origin {
            Origin::Merged(_) => false,
            Origin::Component(_) if keep_unused => true,
            _ => reached.contains(TypeId(index)),
        })
        .collect();
    if keep_unused {
        // Inline types of kept components that no operation reaches.
        let components: Vec<TypeRef> = kept
            .iter()
            .filter(|index| matches!(drafts[**index].origin, Origin::Component(_)))
            .map(|index| TypeRef::Named(TypeId(*index)))
            .collect();
        let all = reachable(drafts, &components);
        let more = (0..drafts.len()).filter(|&index| {
            all.contains(&TypeId(index))
                && !reached.contains(TypeId(index))
                && drafts[index].origin == Origin::Inline
        });
        kept.extend(more);
    }
    kept.retain(|index| {
        let draft = &drafts[*index];
        match &draft.shape {
            // No type is written of what is mapped to another.
            Some(Shape::Alias(TypeRef::Scalar(Scalar::Mapped(_)))) => false,
            Some(Shape::Alias(_)) => draft.origin != Origin::Inline,
            _ => true,
        }
    });
    let identifiers = &named.identifiers;
    kept.sort_by(|a, b| {
        let key = |index: &usize| (&identifiers.modules[*index], &identifiers.names[*index]);
        key(a).cmp(&key(b))
    });
    kept
}

/// A draft's properties that decide names and variants, and that the model's type does not keep.
pub(in crate::lower) struct Facts<'a> {
    pub closed: bool,
    /// The values of properties that their types do not list.
    pub listed: BTreeMap<String, Vec<Value>>,
    /// Properties of the other direction.
    pub absent: &'a [String],
    /// The name of the type where the direction does not matter.
    pub label: &'a str,
    pub labels: Vec<Option<String>>,
    /// The previous name; where there is none, the present one before the configuration renames it.
    pub previous_name: &'a str,
    /// Whether there is a previous name.
    pub was_there: bool,
    /// Previous names of its fields or variants.
    members: Option<&'a BTreeMap<String, String>>,
}

fn facts<'f>(
    drafts: &'f [Draft<'_>],
    kept: &[usize],
    named: &'f TypeIdentifiers,
    previous: &PreviousNames<'f>,
) -> Vec<Facts<'f>> {
    let mut listed = listed(drafts);
    let facts = kept.iter().map(|&index| {
        let draft = &drafts[index];
        let first = first(drafts, index);
        let members = previous.members(draft);
        Facts {
            closed: draft.closed,
            listed: listed.remove(&index).unwrap_or_default(),
            absent: &draft.absent,
            label: &named.names[first],
            labels: draft.labels.clone(),
            previous_name: previous.name_of(draft).unwrap_or(&named.unrenamed[index]),
            was_there: previous.name_of(draft).is_some(),
            members: members.or_else(|| previous.members(&drafts[first])),
        }
    });
    facts.collect()
}

/// The first of what a finding is about, and how many there are besides.
fn first_of(all: impl ExactSizeIterator<Item = String>) -> Vec<String> {
    const NAMED: usize = 3;
    let others = all.len().saturating_sub(NAMED);
    let others = (others > 0).then(|| format!("and {others} more"));
    all.take(NAMED).chain(others).collect()
}

/// The types that have other values than they list.
fn open(drafts: &[Draft<'_>], moved: &HashMap<TypeId, TypeId>) -> HashSet<TypeId> {
    let open = drafts.iter().enumerate().filter(|(_, draft)| draft.is_open);
    let types = open.filter_map(|(index, _)| {
        let mut at = index;
        while let Origin::Merged(target) = &drafts[at].origin {
            at = target.0;
        }
        moved.get(&TypeId(at)).copied()
    });
    types.collect()
}

/// The values that properties of drafts are limited to. Of drafts that became one, only those that all have.
fn listed(drafts: &[Draft<'_>]) -> HashMap<usize, BTreeMap<String, Vec<Value>>> {
    let mut listed: HashMap<usize, BTreeMap<String, Vec<Value>>> = drafts
        .iter()
        .enumerate()
        .filter(|(_, draft)| !draft.listed.is_empty())
        .map(|(index, draft)| (index, draft.listed.clone()))
        .collect();
    for draft in drafts {
        let mut origin = &draft.origin;
        let mut end = None;
        while let Origin::Merged(target) = origin {
            end = Some(target.0);
            origin = &drafts[target.0].origin;
        }
        if let Some(values) = end.and_then(|end| listed.get_mut(&end)) {
            values.retain(|wire, values| draft.listed.get(wire) == Some(values));
        }
    }
    listed
}

impl Facts<'_> {
    pub(in crate::lower) fn member(&self, key: &str, fits: impl Fn(&str) -> bool) -> Option<&str> {
        let name = self.members?.get(key)?;
        fits(name).then_some(name)
    }
}

/// Names fields and the variants of enums; those of unions follow from what their types look like.
fn name_members(types: &mut [Type], facts: &[Facts<'_>]) {
    for (ty, facts) in types.iter_mut().zip(facts) {
        match &mut ty.shape {
            Shape::Struct(structure) => {
                // A property has one name in both directions: those that the type has not are named as well.
                let fields = structure.fields.iter().map(|field| field.wire.as_str());
                let wires: Vec<&str> = fields
                    .chain(facts.absent.iter().map(String::as_str))
                    .collect();
                let previous = |at: usize| {
                    let name = facts.member(wires[at], identifier::is_field_name)?;
                    Some(identifier::escape_keyword(name.to_owned()))
                };
                let unique = identifier::unique(
                    wires.iter().copied(),
                    previous,
                    |wire| vec![identifier::field_name(wire)],
                    Order::Text,
                );
                for (field, name) in structure.fields.iter_mut().zip(unique) {
                    field.name = name;
                }
            }
            Shape::Enum(enumeration) => {
                let variants = &enumeration.variants;
                let previous = |at: usize| {
                    let keys = variant_keys(&variants[at].value);
                    let mut previous =
                        keys.filter_map(|key| facts.member(&key, identifier::is_variant_name));
                    previous.next().map(str::to_owned)
                };
                let unique = identifier::unique(
                    variants.iter().map(|variant| variant.name.as_str()),
                    previous,
                    identifier::variant_names,
                    Order::Given,
                );
                for (variant, name) in enumeration.variants.iter_mut().zip(unique) {
                    variant.name = name;
                }
            }
            Shape::Union(_) | Shape::Id(_) | Shape::Alias(_) => {}
        }
    }
}

/// The keys that a value may have in a names file: as text, where it is one and all others are; else
/// as JSON.
fn variant_keys(value: &Value) -> impl Iterator<Item = String> {
    let text = value.as_str().map(str::to_owned);
    text.into_iter().chain([value.to_string()])
}

fn reachable(drafts: &[Draft<'_>], roots: &[TypeRef]) -> HashSet<TypeId> {
    let mut stack = Vec::new();
    for ty in roots {
        ty.each_named(&mut |id| stack.push(id));
    }
    let mut reached = HashSet::new();
    while let Some(id) = stack.pop() {
        if reached.insert(id)
            && let Some(shape) = &drafts[id.0].shape
        {
            for ty in shape.types() {
                ty.each_named(&mut |id| stack.push(id));
            }
        }
    }
    reached
}

/// A reference to a draft as one to the type that it became.
pub(in crate::lower) fn move_type(ty: TypeRef, moved: &HashMap<TypeId, TypeId>) -> TypeRef {
    match ty {
        TypeRef::Named(id) => match moved.get(&id) {
            Some(id) => TypeRef::Named(*id),
            None => TypeRef::Scalar(Scalar::Any),
        },
        ty => ty.map_inner(&mut |ty| move_type(ty, moved)),
    }
}

fn move_shape(mut shape: Shape, moved: &HashMap<TypeId, TypeId>) -> Shape {
    for ty in shape.types_mut() {
        *ty = move_type(ty.clone(), moved);
    }
    if let Shape::Struct(structure) = &mut shape {
        structure.fields.sort_by(|a, b| order(a).cmp(&order(b)));
    }
    shape
}

/// Required fields come first, and then by name: the order of a document's map says nothing, and that of
/// its `required` depends on who wrote it.
fn order(field: &Field) -> (bool, &str) {
    let required = matches!(field.presence, Presence::Required | Presence::Nullable);
    (!required, &field.wire)
}
