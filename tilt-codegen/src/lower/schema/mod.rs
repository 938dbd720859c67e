//! Schemas to types.
//!
//! A schema that stands under a name is built when its turn in the queue comes, so that a chain of
//! references costs no stack. An inline schema is built where it stands; equal ones become one.

pub(in crate::lower) mod arena;
mod array;
mod conditional;
pub(in crate::lower) mod constraints;
mod contradictions;
pub(in crate::lower) mod describe;
mod discriminator;
pub(in crate::lower) mod enumeration;
mod event_data;
mod exact;
pub(in crate::lower) mod flatten;
mod inheritance;
pub(in crate::lower) mod inherited;
mod labels;
mod mapped;
mod marks;
mod nested;
mod null;
pub(in crate::lower) mod object;
pub(in crate::lower) mod only_value;
mod reading;
mod references;
pub(in crate::lower) mod sample;
pub(in crate::lower) mod scalars;
pub(in crate::lower) mod union;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::diagnostic::{Code, Problem};
use crate::dialect::keyword;
use crate::dialect::openapi::{Edition, Editions};
use crate::dialect::schema::{JsonType, Schema, Types};
use crate::lower::budget::Cost;
use crate::lower::circles::circular;
use crate::lower::context::Context;
use crate::lower::draft::{Conjunction, ConjunctionKey, Draft, Origin, Root, Site, merge};
use crate::lower::naming::unnamed::Sent;
use crate::lower::schema::arena::{Arena, structural_key};
use crate::lower::schema::flatten::Flat;
use crate::lower::schema::inheritance::Heirs;
use crate::lower::schema::marks::Marks;
use crate::lower::schema::scalars::{integer, string};
use crate::model::{Scalar, Shape, TypeId, TypeRef};
use crate::place::pointer::Pointer;
use crate::source::{Node, NodeKey};

/// Builds drafts of all types of both documents.
pub(in crate::lower) struct TypeBuilder<'d, 'c> {
    pub(in crate::lower) context: &'c mut Context<'d>,
    pub(in crate::lower) arena: Arena<'d>,
    /// The versions of OpenAPI documents.
    editions: Editions,
    /// Whether null is valid at schemas that were looked at.
    null: HashMap<NodeKey, bool>,
    /// Whether schemas that references lead to are read-only or write-only.
    marks: HashMap<NodeKey, Marks>,
    /// The schemas that lists of alternatives name, by the schema and keyword that list them.
    alternatives: HashMap<(NodeKey, &'static str), HashSet<NodeKey>>,
    /// The schemas that others build on, once they are asked for.
    heirs: Option<Rc<Heirs<'d>>>,
    /// Whether schemas that were looked at are unions by inheritance.
    bases: HashMap<NodeKey, bool>,
    /// Schemas of which everything is said that no type shows.
    reported: HashSet<NodeKey>,
    /// Schemas that a setting maps and that are parts of others, with these.
    composed: HashSet<(NodeKey, ConjunctionKey)>,
    /// Places of schemas at which there is a file in a multipart form.
    pub(in crate::lower) files: HashSet<NodeKey>,
    /// Properties that have such a place in them, with the type of a file anywhere else.
    pub(in crate::lower) file_properties: HashMap<NodeKey, Scalar>,
    /// Multipart bodies that have a file.
    pub(in crate::lower) forms_with_files: HashSet<NodeKey>,
    /// How many things bodies are, by their schemas.
    pub(in crate::lower) sent: HashMap<NodeKey, Sent>,
    /// Pointers of what references lead to.
    pointers: Option<HashMap<NodeKey, Pointer>>,
}

/// A type, and whether null is allowed beside it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::lower) struct Typed {
    pub ty: TypeRef,
    pub nullable: bool,
}

impl Typed {
    pub(in crate::lower) fn scalar(scalar: Scalar, nullable: bool) -> Self {
        Self {
            ty: TypeRef::Scalar(scalar),
            nullable,
        }
    }

    /// As a type by itself, where no field's presence says that null is allowed.
    pub(in crate::lower) fn standalone(self) -> TypeRef {
        let holds_null = matches!(self.ty, TypeRef::Scalar(Scalar::Any | Scalar::Null));
        if self.nullable && !holds_null {
            TypeRef::Nullable(Box::new(self.ty))
        } else {
            self.ty
        }
    }
}

impl<'d, 'c> TypeBuilder<'d, 'c> {
    /// Nothing built yet; with the versions of OpenAPI documents.
    pub(in crate::lower) fn new(context: &'c mut Context<'d>, editions: Editions) -> Self {
        Self {
            editions,
            context,
            arena: Arena::default(),
            null: HashMap::new(),
            marks: HashMap::new(),
            alternatives: HashMap::new(),
            heirs: None,
            bases: HashMap::new(),
            reported: HashSet::new(),
            composed: HashSet::new(),
            files: HashSet::new(),
            file_properties: HashMap::new(),
            forms_with_files: HashSet::new(),
            sent: HashMap::new(),
            pointers: None,
        }
    }

    /// All drafts that were built.
    pub(in crate::lower) fn into_drafts(self) -> Vec<Draft<'d>> {
        self.arena.drafts
    }

    pub(in crate::lower) fn siblings_are_ignored(&self, node: Node<'_>) -> bool {
        let documents = self.context.documents();
        self.editions.ignore_ref_siblings(documents, node)
    }

    /// Whether a node is of OpenAPI 3.1 or later.
    pub(in crate::lower) fn is_of_3_1(&self, node: Node<'_>) -> bool {
        self.editions.of(self.context.documents(), node) >= Some(Edition::V3_1)
    }

    /// Makes a named schema a type.
    pub(in crate::lower) fn component(&mut self, name: &str, node: Node<'d>) -> TypeId {
        if let Some(id) = self.arena.targets.get(&node.key()) {
            return *id;
        }
        self.referred(node, Origin::Component(name.to_owned()))
    }

    /// Makes a named schema a type that is called after the places that refer to it.
    pub(in crate::lower) fn body(&mut self, node: Node<'d>) -> TypeId {
        let known = self.arena.targets.get(&node.key()).copied();
        known.unwrap_or_else(|| self.referred(node, Origin::Inline))
    }

    /// Builds what is waiting; call it until nothing more is asked for.
    pub(in crate::lower) fn run(&mut self) {
        while let Some(id) = self.arena.queue.pop_front() {
            if !self.context.within_limits() {
                self.arena.queue.clear();
                return;
            }
            let draft = &self.arena.drafts[id.0];
            let conjunction = Conjunction::one(draft.node);
            let site = Site::of_type(id);
            let node = draft.node;
            if let Some(typed) = self.mapped(&conjunction) {
                self.arena.drafts[id.0].shape = Some(Shape::Alias(typed.ty));
                continue;
            }
            if self.is_built_in_place(id, &conjunction) {
                continue;
            }
            let sole = self.sole_reference(&conjunction);
            // One of several kinds is not all of them.
            let flat = match sole.filter(|target| !self.is_heir(node, *target)) {
                Some(target) if target.key() != draft_key(&self.arena.drafts[id.0]) => {
                    let typed = self.reference(target, &site);
                    let schema = Schema::read(self.arena.drafts[id.0].node);
                    self.annotate(id, &schema);
                    self.arena.drafts[id.0].shape = Some(Shape::Alias(typed.ty));
                    continue;
                }
                Some(_) => None,
                None => Some(self.flatten(&conjunction)),
            };
            let Some(flat) = flat else {
                self.context.problem(circular(node));
                self.arena.drafts[id.0].shape = Some(Shape::Alias(TypeRef::Scalar(Scalar::Any)));
                continue;
            };
            self.annotate(id, &flat.first().schema.clone());
            let typed = self.build(&flat, &site, Some(id));
            if typed.ty != TypeRef::Named(id) {
                self.arena.drafts[id.0].shape = Some(Shape::Alias(typed.ty));
            }
        }
    }

    /// Makes what is referred to inside of another schema the type that it is there, if that was built. It is
    /// called after where it stands, and not after what refers to it.
    fn is_built_in_place(&mut self, id: TypeId, conjunction: &Conjunction<'d>) -> bool {
        if self.arena.drafts[id.0].origin != Origin::Inline {
            return false;
        }
        let there = *self.arena.inline.entry(conjunction.key()).or_insert(id);
        if there == id {
            return false;
        }
        self.arena.drafts[id.0].shape = Some(Shape::Alias(TypeRef::Named(there)));
        true
    }

    /// The type of one schema.
    pub(in crate::lower) fn node(&mut self, node: Node<'d>, site: &Site) -> Typed {
        self.typed(&Conjunction::one(node), site)
    }

    /// The type of schemas that hold together.
    pub(in crate::lower) fn typed(&mut self, conjunction: &Conjunction<'d>, site: &Site) -> Typed {
        if let Some(typed) = self.mapped(conjunction) {
            return typed;
        }
        let mut conjuncts = conjunction.conjuncts.iter();
        if conjuncts.any(|conjunct| self.files.contains(&conjunct.node.key())) {
            return Typed::scalar(Scalar::File, self.accepts_null(conjunction));
        }
        if let Some(target) = self.sole_reference(conjunction) {
            let mut typed = self.reference(target, site);
            let mut conjuncts = conjunction.conjuncts.iter();
            typed.nullable |= conjuncts.any(|conjunct| says_nullable(conjunct.node, 0));
            return typed;
        }
        if let Some(&id) = self.arena.inline.get(&conjunction.key()) {
            self.arena.drafts[id.0].referenced |= self.arena.drafts[id.0].shape.is_none();
            if self.arena.drafts[id.0].origin == Origin::Inline {
                self.arena.drafts[id.0].sites.push(site.clone());
            }
            let id = self.arena.merged(id);
            let nullable = self.accepts_null(conjunction);
            return Typed {
                ty: TypeRef::Named(id),
                nullable,
            };
        }
        let node = conjunction.conjuncts[0].node;
        if !self.context.afford(Cost::Depth, node) {
            return Typed::scalar(Scalar::Any, false);
        }
        let flat = self.flatten(conjunction);
        let typed = self.build(&flat, site, None);
        self.context.leave();
        typed
    }

    /// Builds the type of flattened schemas, as the draft `id` where it needs a name.
    pub(in crate::lower) fn build(
        &mut self,
        flat: &Flat<'d>,
        site: &Site,
        id: Option<TypeId>,
    ) -> Typed {
        let mut leaves = flat.leaves.iter();
        if leaves.any(|leaf| leaf.schema.boolean == Some(false)) {
            let problem = Problem::new(
                Code::FALSE_SCHEMA,
                flat.first().conjunct.node,
                "no value is valid here; any JSON is taken",
            );
            self.context.problem(problem);
            return Typed::scalar(Scalar::Any, false);
        }
        self.report_composed(flat);
        if let Some(typed) = self.enumeration(flat, site, id) {
            return typed;
        }
        if let Some(typed) = self.union(flat, site, id) {
            return typed;
        }
        if let Some(typed) = self.union_by_inheritance(flat, site, id) {
            return typed;
        }
        let types = flat.proper_types();
        let mut kinds = types.iter();
        match (kinds.next(), kinds.next()) {
            (None, _) if flat.types.has(JsonType::Null) => Typed::scalar(Scalar::Null, false),
            (None, _) => Typed::scalar(Scalar::Any, flat.nullable),
            (Some(kind), None) => {
                let ty = self.of_kind(flat, kind, site, id);
                Typed {
                    ty: flat.loose(ty),
                    nullable: flat.nullable,
                }
            }
            (Some(JsonType::Integer), Some(JsonType::Number))
                if types.without(JsonType::Integer) == Types::only(JsonType::Number) =>
            {
                let scalar = self.formatted(flat, JsonType::Number);
                let ty = TypeRef::Scalar(scalar.unwrap_or(Scalar::Number));
                Typed {
                    ty: flat.loose(ty),
                    nullable: flat.nullable,
                }
            }
            _ => self.union_of_kinds(flat, types, site, id),
        }
    }

    /// The type of what is known to be of one JSON type.
    pub(in crate::lower) fn of_kind(
        &mut self,
        flat: &Flat<'d>,
        kind: JsonType,
        site: &Site,
        id: Option<TypeId>,
    ) -> TypeRef {
        match kind {
            JsonType::Null => TypeRef::Scalar(Scalar::Null),
            JsonType::Boolean => TypeRef::Scalar(Scalar::Bool),
            JsonType::Integer | JsonType::Number | JsonType::String => {
                let scalar = self.formatted(flat, kind);
                TypeRef::Scalar(scalar.unwrap_or_else(|| match kind {
                    JsonType::Integer => integer(flat),
                    JsonType::Number => Scalar::Number,
                    _ => string(flat),
                }))
            }
            JsonType::Array => self.array(flat, site),
            JsonType::Object => self.object(flat, site, id),
        }
    }

    /// A draft to fill: the one that is asked for, or a new inline one.
    pub(in crate::lower) fn start(&mut self, flat: &Flat<'d>, id: Option<TypeId>) -> TypeId {
        if let Some(id) = id {
            return id;
        }
        let id = self.reserve(flat.first().conjunct.node, Origin::Inline);
        self.arena.drafts[id.0].conjuncts = flat.key.iter().map(|(node, _)| *node).collect();
        let leaf = flat.first().schema.clone();
        self.annotate(id, &leaf);
        // Only inline types are met again by their schemas; see `typed`. One that is there
        // already is the whole, of which this is a projection.
        self.arena.inline.entry(flat.key.clone()).or_insert(id);
        id
    }

    /// Gives a draft its shape. An inline type that was one with an earlier one becomes that one.
    pub(in crate::lower) fn finish(&mut self, id: TypeId, shape: Shape, site: &Site) -> TypeRef {
        if self.arena.drafts[id.0].origin == Origin::Inline {
            let draft = &self.arena.drafts[id.0];
            let is_projection = matches!(site.root, Root::Type(whole)
                if whole != id && self.arena.drafts[whole.0].conjuncts == draft.conjuncts);
            let previous = &self.context.previous;
            // An enum that a part restates has its values, or some of them.
            let restated = || match &shape {
                Shape::Enum(_) if !is_projection => previous.restated(&draft.conjuncts),
                _ => None,
            };
            let previous_name = previous.at(&draft.conjuncts, is_projection);
            let previous_name = previous_name.or_else(restated);
            let draft = &mut self.arena.drafts[id.0];
            (draft.is_projection, draft.previous_name) = (is_projection, previous_name);
        }
        let draft = &self.arena.drafts[id.0];
        if draft.origin != Origin::Inline || draft.referenced {
            self.arena.drafts[id.0].shape = Some(shape);
            if self.arena.drafts[id.0].origin == Origin::Inline
                && !self.arena.drafts[id.0].sites.contains(site)
                && site.root != Root::Type(id)
            {
                self.arena.drafts[id.0].sites.push(site.clone());
            }
            return TypeRef::Named(id);
        }
        let key = structural_key(&shape, draft, |ty| self.arena.canonical(ty));
        if let Some(equal) = self.arena.equal(&key, id) {
            self.arena.drafts[id.0].shape = Some(shape);
            merge(&mut self.arena.drafts, id.0, equal);
            return TypeRef::Named(equal);
        }
        self.arena.drafts[id.0].shape = Some(shape);
        self.arena.drafts[id.0].sites.push(site.clone());
        TypeRef::Named(id)
    }

    fn annotate(&mut self, id: TypeId, schema: &Schema<'d>) {
        let docs = self
            .context
            .documented(schema.node, || describe::schema(schema));
        let draft = &mut self.arena.drafts[id.0];
        draft.docs = docs;
        draft.title = schema.title;
        draft.deprecated = schema.deprecated;
    }
}

/// Whether a schema or a part of it says `nullable`.
fn says_nullable(node: Node<'_>, depth: usize) -> bool {
    const DEEPEST: usize = 8;
    let mut parts = keyword::all_of(node);
    keyword::is_nullable(node) || depth < DEEPEST && parts.any(|it| says_nullable(it, depth + 1))
}

fn draft_key(draft: &Draft<'_>) -> NodeKey {
    draft.node.key()
}
