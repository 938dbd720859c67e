//! From drafts to the model's types: names in place, boxes where types contain themselves,
//! everything that nothing uses left out.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::draft::{Draft, Origin};
use super::kinds::Kinds;
use super::known::{self, Known};
use super::naming::{self, Named};
use super::places::Places;
use crate::model::names::{self, Order};
use crate::model::{
    Constant, Enum, EnumRepr, Field, JsonKinds, Presence, Rest, Scalar, Shape, Struct, Tag, Type,
    TypeId, TypeRef, Union, UnionVariant, Usage,
};

/// Types whose references are resolved to kept drafts, before they are sorted.
pub(super) struct Resolver<'a, 'd> {
    drafts: &'a mut [Draft<'d>],
}

impl<'a, 'd> Resolver<'a, 'd> {
    pub(super) fn new(drafts: &'a mut [Draft<'d>]) -> Self {
        Self { drafts }
    }

    /// Puts what an inline alias stands for in its place, everywhere, and breaks aliases that
    /// lead to themselves.
    pub(super) fn resolve_aliases(&mut self) {
        self.break_alias_cycles();
        let shapes: Vec<Option<Shape>> = self.drafts.iter().map(|d| d.shape.clone()).collect();
        let resolved: Vec<Option<Shape>> = shapes
            .into_iter()
            .map(|shape| shape.map(|shape| self.substitute_shape(shape)))
            .collect();
        for (draft, shape) in self.drafts.iter_mut().zip(resolved) {
            draft.shape = shape;
        }
    }

    /// The same for a type outside of the drafts.
    pub(super) fn substitute(&self, ty: TypeRef) -> TypeRef {
        match ty {
            TypeRef::Scalar(_) => ty,
            TypeRef::Named(id) => {
                let draft = &self.drafts[id.0];
                match (&draft.origin, &draft.shape) {
                    (Origin::Inline | Origin::Merged(_), Some(Shape::Alias(target))) => {
                        self.substitute(target.clone())
                    }
                    _ => TypeRef::Named(id),
                }
            }
            TypeRef::List(item) => TypeRef::List(Box::new(self.substitute(*item))),
            TypeRef::Map(value) => TypeRef::Map(Box::new(self.substitute(*value))),
            TypeRef::Tuple(items) => TypeRef::Tuple(
                items
                    .into_iter()
                    .map(|item| self.substitute(item))
                    .collect(),
            ),
            TypeRef::Nullable(ty) => match self.substitute(*ty) {
                nullable @ TypeRef::Nullable(_) => nullable,
                any @ TypeRef::Scalar(Scalar::Any | Scalar::Null) => any,
                ty => TypeRef::Nullable(Box::new(ty)),
            },
            TypeRef::Boxed(ty) => TypeRef::Boxed(Box::new(self.substitute(*ty))),
        }
    }

    fn substitute_shape(&self, shape: Shape) -> Shape {
        match shape {
            Shape::Alias(ty) => Shape::Alias(self.substitute(ty)),
            Shape::Enum(enumeration) => Shape::Enum(enumeration),
            Shape::Struct(mut structure) => {
                for field in &mut structure.fields {
                    field.ty = self.substitute(field.ty.clone());
                }
                if let Rest::Typed(ty) = structure.rest {
                    structure.rest = Rest::Typed(self.substitute(ty));
                }
                Shape::Struct(structure)
            }
            Shape::Union(mut union) => {
                for variant in &mut union.variants {
                    variant.ty = self.substitute(variant.ty.clone());
                }
                Shape::Union(union)
            }
        }
    }

    /// `type A = Vec<A>` is no Rust. Such an alias becomes a union of one.
    fn break_alias_cycles(&mut self) {
        let edges: Vec<Vec<usize>> = self
            .drafts
            .iter()
            .map(|draft| match &draft.shape {
                Some(Shape::Alias(ty)) => {
                    let mut named = Vec::new();
                    collect(ty, &mut named);
                    named
                        .into_iter()
                        .map(|id| id.0)
                        .filter(|&id| matches!(self.drafts[id].shape, Some(Shape::Alias(_))))
                        .collect()
                }
                _ => Vec::new(),
            })
            .collect();
        let components = components(&edges);
        for index in 0..edges.len() {
            let cyclic = edges[index]
                .iter()
                .any(|&to| to == index || components[to] == components[index]);
            let Some(Shape::Alias(ty)) = self.drafts[index].shape.clone().filter(|_| cyclic) else {
                continue;
            };
            let bare = matches!(ty, TypeRef::Named(_) | TypeRef::Nullable(_));
            self.drafts[index].shape = Some(if bare {
                // References that lead nowhere but to themselves.
                Shape::Alias(TypeRef::Scalar(Scalar::Any))
            } else {
                self.drafts[index].labels = vec![None];
                let variant = UnionVariant {
                    name: String::new(),
                    ty,
                    boxed: false,
                    discriminator_values: Vec::new(),
                    kinds: JsonKinds::default(),
                    required: Vec::new(),
                    properties: Vec::new(),
                    tags: Vec::new(),
                    closed: false,
                    values: Vec::new(),
                    docs: Default::default(),
                };
                Shape::Union(Union {
                    variants: vec![variant],
                    discriminator: None,
                })
            });
        }
    }
}

/// The names that a type mentions.
fn collect(ty: &TypeRef, into: &mut Vec<TypeId>) {
    match ty {
        TypeRef::Scalar(_) => {}
        TypeRef::Named(id) => into.push(*id),
        TypeRef::List(ty) | TypeRef::Map(ty) | TypeRef::Nullable(ty) | TypeRef::Boxed(ty) => {
            collect(ty, into);
        }
        TypeRef::Tuple(items) => items.iter().for_each(|item| collect(item, into)),
    }
}

/// The names that a type holds by value: not behind a list or map.
fn collect_by_value(ty: &TypeRef, into: &mut Vec<TypeId>) {
    match ty {
        TypeRef::Named(id) => into.push(*id),
        TypeRef::Nullable(ty) => collect_by_value(ty, into),
        TypeRef::Tuple(items) => items.iter().for_each(|item| collect_by_value(item, into)),
        TypeRef::Scalar(_) | TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Boxed(_) => {}
    }
}

fn shape_types(shape: &Shape) -> Vec<&TypeRef> {
    match shape {
        Shape::Alias(ty) => vec![ty],
        Shape::Enum(_) => Vec::new(),
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Struct(structure) => {
            let fields = structure.fields.iter().map(|field| &field.ty);
            match &structure.rest {
                Rest::Any => fields.collect(),
                Rest::Typed(ty) => fields.chain([ty]).collect(),
            }
        }
    }
}

/// What outside of the types refers to them.
pub(super) struct Roots {
    pub input: Vec<TypeRef>,
    pub output: Vec<TypeRef>,
    /// Keep named schemas that nothing uses.
    pub keep_unused: bool,
}

/// The model's types, and where each draft went.
pub(super) struct Finished {
    pub types: Vec<Type>,
    pub moved: HashMap<TypeId, TypeId>,
}

/// Makes the model's types of resolved drafts.
pub(super) fn finish(
    drafts: &[Draft<'_>],
    places: &Places,
    named: &Named,
    roots: &Roots,
    known: &Known<'_>,
) -> Finished {
    let input = reachable(drafts, &roots.input);
    let output = reachable(drafts, &roots.output);
    let mut kept: Vec<usize> = (0..drafts.len())
        .filter(|index| drafts[*index].shape.is_some())
        .filter(|index| {
            let id = TypeId(*index);
            match drafts[*index].origin {
                Origin::Merged(_) => false,
                Origin::Component(_) if roots.keep_unused => true,
                _ => input.contains(&id) || output.contains(&id),
            }
        })
        .collect();
    if roots.keep_unused {
        // Inline types of kept components that no operation reaches.
        let components: Vec<TypeRef> = kept
            .iter()
            .filter(|index| matches!(drafts[**index].origin, Origin::Component(_)))
            .map(|index| TypeRef::Named(TypeId(*index)))
            .collect();
        let all = reachable(drafts, &components);
        let more = (0..drafts.len()).filter(|index| {
            all.contains(&TypeId(*index))
                && !input.contains(&TypeId(*index))
                && !output.contains(&TypeId(*index))
                && drafts[*index].origin == Origin::Inline
        });
        kept.extend(more);
    }
    kept.retain(|index| {
        !(drafts[*index].origin == Origin::Inline
            && matches!(drafts[*index].shape, Some(Shape::Alias(_))))
    });
    kept.sort_by(|a, b| {
        let key = |index: &usize| (&named.modules[*index], &named.names[*index]);
        key(a).cmp(&key(b))
    });
    let moved: HashMap<TypeId, TypeId> = kept
        .iter()
        .enumerate()
        .map(|(new, old)| (TypeId(*old), TypeId(new)))
        .collect();
    let boxes = boxes(drafts, &kept);
    let mut types: Vec<Type> = kept
        .iter()
        .map(|&index| {
            let draft = &drafts[index];
            let usage = Usage {
                input: input.contains(&TypeId(index)),
                output: output.contains(&TypeId(index)),
            };
            let shape = draft
                .shape
                .clone()
                .unwrap_or(Shape::Alias(TypeRef::Scalar(Scalar::Any)));
            let shape = boxed(shape, index, &boxes);
            Type {
                name: named.names[index].clone(),
                module: named.modules[index].clone(),
                docs: draft.docs.clone(),
                deprecated: draft.deprecated,
                shape: one_way(move_shape(shape, &moved), draft, usage),
                usage,
                pointer: places.pointers[index].clone(),
                places: places.of(index).collect(),
            }
        })
        .collect();
    let facts: Vec<Facts<'_>> = kept
        .iter()
        .map(|&index| Facts {
            closed: drafts[index].closed,
            labels: drafts[index].labels.clone(),
            was: known
                .held_name(&drafts[index])
                .unwrap_or(&named.given[index]),
            members: known.members(&drafts[index]),
        })
        .collect();
    name_members(&mut types, &facts);
    describe_variants(&mut types, &facts);
    fix_discriminators(&mut types);
    Finished { types, moved }
}

/// What a type's draft knows and its model does not say.
struct Facts<'a> {
    closed: bool,
    labels: Vec<Option<String>>,
    /// What was called before what stands there, and what the type is called where nothing was.
    was: &'a str,
    /// What its parts were called in the generation before.
    members: Option<&'a BTreeMap<String, String>>,
}

impl Facts<'_> {
    fn member(&self, key: &str, fits: impl Fn(&str) -> bool) -> Option<&str> {
        let name = self.members?.get(key)?;
        fits(name).then_some(name)
    }
}

/// Names fields and the variants of enums; those of unions follow from what their types look like.
fn name_members(types: &mut [Type], facts: &[Facts<'_>]) {
    for (ty, facts) in types.iter_mut().zip(facts) {
        match &mut ty.shape {
            Shape::Struct(structure) => {
                let fields = &structure.fields;
                let known = |at: usize| {
                    let name = facts.member(&fields[at].wire, names::is_field_name)?;
                    Some(names::escape_keyword(name.to_owned()))
                };
                let unique = names::unique(
                    fields.iter().map(|field| field.wire.as_str()),
                    known,
                    |wire| vec![names::field_name(wire)],
                    Order::Text,
                );
                for (field, name) in structure.fields.iter_mut().zip(unique) {
                    field.name = name;
                }
            }
            Shape::Enum(enumeration) => {
                let variants = &enumeration.variants;
                let known = |at: usize| {
                    let keys = variant_keys(&variants[at].value);
                    let mut known =
                        keys.filter_map(|key| facts.member(&key, names::is_variant_name));
                    known.next().map(str::to_owned)
                };
                let unique = names::unique(
                    variants.iter().map(|variant| variant.name.as_str()),
                    known,
                    |wire| vec![names::variant_name(wire)],
                    Order::Given,
                );
                for (variant, name) in enumeration.variants.iter_mut().zip(unique) {
                    variant.name = name;
                }
            }
            Shape::Union(_) | Shape::Alias(_) => {}
        }
    }
}

/// What a value may be called by in a names file: as text, where it is one and all others are; else
/// as JSON.
fn variant_keys(value: &Value) -> impl Iterator<Item = String> {
    let text = value.as_str().map(str::to_owned);
    text.into_iter().chain([value.to_string()])
}

fn reachable(drafts: &[Draft<'_>], roots: &[TypeRef]) -> HashSet<TypeId> {
    let mut stack = Vec::new();
    roots.iter().for_each(|ty| collect(ty, &mut stack));
    let mut reached = HashSet::new();
    while let Some(id) = stack.pop() {
        if reached.insert(id)
            && let Some(shape) = &drafts[id.0].shape
        {
            shape_types(shape)
                .into_iter()
                .for_each(|ty| collect(ty, &mut stack));
        }
    }
    reached
}

/// Which types hold which others by value on a cycle. All edges of a cycle are boxed: which one
/// would do depends on where one starts, and so on the rest of the document.
fn boxes(drafts: &[Draft<'_>], kept: &[usize]) -> HashSet<(usize, usize)> {
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); drafts.len()];
    for &index in kept {
        let Some(shape) = &drafts[index].shape else {
            continue;
        };
        let types: Vec<&TypeRef> = match shape {
            Shape::Struct(structure) => structure.fields.iter().map(|field| &field.ty).collect(),
            other => shape_types(other),
        };
        let mut held = Vec::new();
        types
            .into_iter()
            .for_each(|ty| collect_by_value(ty, &mut held));
        edges[index] = held.into_iter().map(|id| id.0).collect();
        edges[index].sort_unstable();
        edges[index].dedup();
    }
    let components = components(&edges);
    let mut boxes = HashSet::new();
    for (from, targets) in edges.iter().enumerate() {
        for &to in targets {
            if components[from] == components[to] {
                boxes.insert((from, to));
            }
        }
    }
    boxes
}

fn boxed(shape: Shape, index: usize, boxes: &HashSet<(usize, usize)>) -> Shape {
    let on_cycle = |ty: &TypeRef| {
        let mut held = Vec::new();
        collect_by_value(ty, &mut held);
        held.iter().any(|id| boxes.contains(&(index, id.0)))
    };
    match shape {
        Shape::Struct(mut structure) => {
            for field in &mut structure.fields {
                if on_cycle(&field.ty) {
                    field.ty = TypeRef::Boxed(Box::new(field.ty.clone()));
                }
            }
            Shape::Struct(structure)
        }
        Shape::Union(mut union) => {
            for variant in &mut union.variants {
                variant.boxed = on_cycle(&variant.ty);
            }
            Shape::Union(union)
        }
        other => other,
    }
}

/// Strongly connected components (Tarjan), without recursion: a number for each node.
fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let mut number = vec![NEW; edges.len()];
    let mut low = vec![0; edges.len()];
    let mut component = vec![NEW; edges.len()];
    let mut stack = Vec::new();
    let mut next = 0;
    let mut count = 0;
    for root in 0..edges.len() {
        if number[root] != NEW {
            continue;
        }
        let mut work = vec![(root, 0)];
        while let Some((node, edge)) = work.pop() {
            if edge == 0 {
                number[node] = next;
                low[node] = next;
                next += 1;
                stack.push(node);
            }
            if let Some(&to) = edges[node].get(edge) {
                work.push((node, edge + 1));
                if number[to] == NEW {
                    work.push((to, 0));
                } else if component[to] == NEW {
                    low[node] = low[node].min(number[to]);
                }
                continue;
            }
            if low[node] == number[node] {
                while let Some(member) = stack.pop() {
                    component[member] = count;
                    if member == node {
                        break;
                    }
                }
                count += 1;
            }
            if let Some(&(parent, _)) = work.last() {
                low[parent] = low[parent].min(low[node]);
            }
        }
    }
    component
}

pub(super) fn move_type(ty: TypeRef, moved: &HashMap<TypeId, TypeId>) -> TypeRef {
    let again = |ty: Box<TypeRef>| Box::new(move_type(*ty, moved));
    match ty {
        TypeRef::Scalar(scalar) => TypeRef::Scalar(scalar),
        TypeRef::Named(id) => match moved.get(&id) {
            Some(id) => TypeRef::Named(*id),
            None => TypeRef::Scalar(Scalar::Any),
        },
        TypeRef::List(ty) => TypeRef::List(again(ty)),
        TypeRef::Map(ty) => TypeRef::Map(again(ty)),
        TypeRef::Nullable(ty) => TypeRef::Nullable(again(ty)),
        TypeRef::Boxed(ty) => TypeRef::Boxed(again(ty)),
        TypeRef::Tuple(items) => {
            TypeRef::Tuple(items.into_iter().map(|ty| move_type(ty, moved)).collect())
        }
    }
}

fn move_shape(shape: Shape, moved: &HashMap<TypeId, TypeId>) -> Shape {
    match shape {
        Shape::Alias(ty) => Shape::Alias(move_type(ty, moved)),
        Shape::Enum(enumeration) => Shape::Enum(enumeration),
        Shape::Union(mut union) => {
            for variant in &mut union.variants {
                variant.ty = move_type(variant.ty.clone(), moved);
            }
            Shape::Union(union)
        }
        Shape::Struct(mut structure) => {
            for field in &mut structure.fields {
                field.ty = move_type(field.ty.clone(), moved);
            }
            if let Rest::Typed(ty) = structure.rest {
                structure.rest = Rest::Typed(move_type(ty, moved));
            }
            structure.fields.sort_by(|a, b| order(a).cmp(&order(b)));
            Shape::Struct(structure)
        }
    }
}

/// What is required comes first, as in the constructor: identifiers, then enums and text, then
/// numbers, then the rest; then by name. The order of a document's map says nothing, and that of
/// its `required` depends on who wrote it.
fn order(field: &Field) -> (bool, u8, &str) {
    let required = matches!(field.presence, Presence::Required | Presence::Nullable);
    let rank = match &field.ty {
        _ if !required => 0,
        TypeRef::Scalar(Scalar::Uuid) => 0,
        TypeRef::Scalar(Scalar::String)
            if field.wire.ends_with("id") || field.wire.ends_with("Id") =>
        {
            0
        }
        TypeRef::Named(_) => 1,
        TypeRef::Scalar(
            Scalar::I8
            | Scalar::I16
            | Scalar::I32
            | Scalar::I64
            | Scalar::U8
            | Scalar::U16
            | Scalar::U32
            | Scalar::U64
            | Scalar::Number
            | Scalar::Decimal,
        ) => 2,
        TypeRef::Scalar(Scalar::String) => 1,
        TypeRef::Scalar(_) => 3,
        _ => 4,
    };
    (!required, rank, &field.wire)
}

/// What goes only one way cannot be demanded of the other: a required property that is read-only
/// or write-only is optional where the type goes both ways.
fn one_way(mut shape: Shape, draft: &Draft<'_>, usage: Usage) -> Shape {
    if !(usage.input && usage.output) {
        return shape;
    }
    if let Shape::Struct(Struct { fields, .. }) = &mut shape {
        for field in fields
            .iter_mut()
            .filter(|field| draft.one_way.contains(&field.wire))
        {
            field.presence = match field.presence {
                Presence::Required => Presence::Optional,
                Presence::Nullable => Presence::OptionalNullable,
                other => other,
            };
        }
        fields.sort_by(|a, b| order(a).cmp(&order(b)));
    }
    shape
}

/// Fills in what tells a union's variants apart, and what they are called.
fn describe_variants(types: &mut [Type], facts: &[Facts<'_>]) {
    let kinds = Kinds::of(types);
    let described: Vec<Option<Vec<UnionVariant>>> = types
        .iter()
        .zip(facts)
        .map(|(ty, own)| {
            let Shape::Union(union) = &ty.shape else {
                return None;
            };
            let names: Vec<String> = union
                .variants
                .iter()
                .map(|variant| type_label(types, &variant.ty))
                .collect();
            let mut labels = own.labels.clone();
            labels.resize(names.len(), None);
            let known = |at: usize| {
                let was = |id: usize| facts[id].was.to_owned();
                let key = known::type_key(&union.variants[at].ty, &was);
                own.member(&key, names::is_variant_name).map(str::to_owned)
            };
            let names = naming::variant_names(&names, &labels, known);
            let variants = union.variants.iter().zip(names).map(|(variant, name)| {
                let mut variant = variant.clone();
                variant.name = name;
                look(types, facts, &kinds, &variant.ty.clone(), &mut variant);
                variant
            });
            Some(variants.collect())
        })
        .collect();
    for (ty, variants) in types.iter_mut().zip(described) {
        if let (Shape::Union(union), Some(variants)) = (&mut ty.shape, variants) {
            union.variants = variants;
        }
    }
}

/// What a variant of this type looks like.
pub(super) fn look_of(types: &[Type], kinds: &Kinds, ty: &TypeRef) -> UnionVariant {
    let mut variant = UnionVariant {
        name: String::new(),
        ty: ty.clone(),
        boxed: false,
        discriminator_values: Vec::new(),
        kinds: JsonKinds::default(),
        required: Vec::new(),
        properties: Vec::new(),
        tags: Vec::new(),
        closed: false,
        values: Vec::new(),
        docs: Default::default(),
    };
    look(types, &[], kinds, ty, &mut variant);
    variant
}

/// Adds the look of a type to a variant. What is told by properties or values holds only where the
/// variant is one struct or one enum, and not again a union.
fn look(
    types: &[Type],
    facts: &[Facts<'_>],
    kinds: &Kinds,
    ty: &TypeRef,
    variant: &mut UnionVariant,
) {
    let (kinds, holds_struct, end) = kinds.look(ty);
    variant.kinds = kinds;
    // A struct directly in a variant is boxed: see `UnionVariant::boxed`.
    variant.boxed |= holds_struct;
    let Some((id, target)) = end.and_then(|id| Some((id, types.get(id.0)?))) else {
        return;
    };
    match &target.shape {
        Shape::Struct(structure) => {
            variant.closed = facts.get(id.0).is_some_and(|facts| facts.closed);
            look_of_struct(types, structure, variant);
        }
        Shape::Enum(enumeration) => {
            let values = enumeration.variants.iter();
            variant.values = values.map(|v| v.value.clone()).collect();
        }
        Shape::Union(_) | Shape::Alias(_) => {}
    }
}

fn look_of_struct(types: &[Type], structure: &Struct, variant: &mut UnionVariant) {
    for field in &structure.fields {
        variant.properties.push(field.wire.clone());
        if matches!(field.presence, Presence::Required | Presence::Nullable) {
            variant.required.push(field.wire.clone());
        }
        if let Some(enumeration) = string_enum(types, &field.ty) {
            let values = enumeration
                .variants
                .iter()
                .map(|variant| variant.value.clone())
                .collect();
            variant.tags.push(Tag {
                property: field.wire.clone(),
                values,
            });
        }
    }
}

/// More values than this tell little apart.
const MAX_TAG_VALUES: usize = 8;

fn string_enum<'t>(types: &'t [Type], ty: &TypeRef) -> Option<&'t Enum> {
    let TypeRef::Named(id) = ty else {
        return None;
    };
    match &types.get(id.0)?.shape {
        Shape::Enum(enumeration) if enumeration.variants.len() <= MAX_TAG_VALUES => {
            Some(enumeration)
        }
        _ => None,
    }
}

/// What a variant of this type is called.
fn type_label(types: &[Type], ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(id) => types
            .get(id.0)
            .map(|ty| ty.name.clone())
            .unwrap_or_default(),
        TypeRef::List(item) => format!("{}List", type_label(types, item)),
        TypeRef::Map(value) if **value == TypeRef::Scalar(Scalar::Any) => "Object".to_owned(),
        TypeRef::Map(value) => format!("{}Map", type_label(types, value)),
        TypeRef::Tuple(_) => "Tuple".to_owned(),
        TypeRef::Nullable(ty) | TypeRef::Boxed(ty) => type_label(types, ty),
        TypeRef::Scalar(scalar) => match scalar {
            Scalar::Bool => "Bool",
            Scalar::I8
            | Scalar::I16
            | Scalar::I32
            | Scalar::I64
            | Scalar::U8
            | Scalar::U16
            | Scalar::U32
            | Scalar::U64 => "Integer",
            Scalar::Number => "Number",
            Scalar::DateTime => "DateTime",
            Scalar::Date => "Date",
            Scalar::Time => "Time",
            Scalar::Duration => "Duration",
            Scalar::Uuid => "Uuid",
            Scalar::Secret => "Secret",
            Scalar::Decimal => "Decimal",
            Scalar::Any => "Any",
            Scalar::Null => "Null",
            Scalar::String | Scalar::Base64 | Scalar::Bytes | Scalar::File => "String",
        }
        .to_owned(),
    }
}

/// A variant's own discriminator has one legal value: its constructor fills it in.
fn fix_discriminators(types: &mut [Type]) {
    let mut fixed: Vec<(TypeId, String, Constant)> = Vec::new();
    for ty in types.iter() {
        let Shape::Union(Union {
            variants,
            discriminator: Some(property),
        }) = &ty.shape
        else {
            continue;
        };
        for variant in variants {
            let TypeRef::Named(id) = &variant.ty else {
                continue;
            };
            let Shape::Struct(structure) = &types[id.0].shape else {
                continue;
            };
            let Some(field) = structure
                .fields
                .iter()
                .find(|field| field.wire == *property)
            else {
                continue;
            };
            if let TypeRef::Named(enum_id) = field.ty
                && let Shape::Enum(Enum {
                    repr: EnumRepr::String,
                    variants,
                }) = &types[enum_id.0].shape
                && variants.len() == 1
                && field.presence == Presence::Required
            {
                fixed.push((*id, property.clone(), Constant::Variant(enum_id, 0)));
            }
        }
    }
    for (id, property, constant) in fixed {
        if let Shape::Struct(structure) = &mut types[id.0].shape {
            for field in structure
                .fields
                .iter_mut()
                .filter(|field| field.wire == property)
            {
                field.fixed = Some(constant.clone());
            }
        }
    }
}
