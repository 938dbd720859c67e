//! Schemas to types.
//!
//! A schema that stands under a name is built when its turn in the queue comes, so that a chain of
//! references costs no stack. An inline schema is built where it stands; equal ones become one.

pub(in crate::lower) mod budget;
pub(in crate::lower) mod constraints;
pub(in crate::lower) mod describe;
pub(in crate::lower) mod draft;
pub(in crate::lower) mod enumeration;
pub(in crate::lower) mod flatten;
pub(in crate::lower) mod object;
pub(in crate::lower) mod union;

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::Value;

use crate::diagnostic::{Problem, Problems};
use crate::dialect::schema::{JsonType, Schema, Types};
use crate::lower::Sources;
use crate::lower::naming::known::{Held, Known};
use crate::lower::schema::budget::{Cost, Spent};
use crate::lower::schema::draft::{
    Conjunction, ConjunctionKey, Draft, Home, Origin, Place, Root, Step,
};
use crate::lower::schema::flatten::Flat;
use crate::model::{Docs, EnumRepr, Presence, Rest, Scalar, Shape, TypeId, TypeRef};
use crate::source::{Documents, Node, NodeKey, Pointer};

/// Builds drafts of all types of both documents.
pub(in crate::lower) struct TypeBuilder<'d, 'p> {
    openapi: Option<&'d Documents>,
    asyncapi: Option<&'d Documents>,
    /// OpenAPI 3.0: siblings of `$ref` say nothing.
    openapi_3_0: bool,
    problems: &'p mut [Problems; 2],
    pub(in crate::lower) drafts: Vec<Draft<'d>>,
    /// Named schemas and targets of references.
    targets: HashMap<NodeKey, TypeId>,
    /// Inline schemas that became a type of their own.
    inline: HashMap<ConjunctionKey, TypeId>,
    /// Inline types by what they are.
    equal: HashMap<String, TypeId>,
    /// The same for those that had a name in the generation before, by that.
    equal_held: HashMap<(String, usize), TypeId>,
    known: &'d Known<'d>,
    queue: VecDeque<TypeId>,
    null: HashMap<NodeKey, bool>,
    /// The schemas that lists of alternatives name, by the schema and keyword that list them.
    alternatives: HashMap<(NodeKey, &'static str), HashSet<NodeKey>>,
    reported: HashSet<NodeKey>,
    /// Schemas that are files in a multipart form.
    pub(in crate::lower) files: HashSet<NodeKey>,
    /// Names of text properties that give access to something.
    pub(in crate::lower) secrets: Vec<String>,
    /// How many schemas are being built inside each other.
    pub(in crate::lower) depth: usize,
    pub(in crate::lower) spent: Spent,
    /// Pointers of what references lead to, by home.
    pointers: [Option<HashMap<NodeKey, Pointer>>; 2],
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

impl<'d, 'p> TypeBuilder<'d, 'p> {
    pub(in crate::lower) fn new(
        sources: Sources<'d>,
        openapi_3_0: bool,
        known: &'d Known<'d>,
        problems: &'p mut [Problems; 2],
    ) -> Self {
        Self {
            openapi: sources.openapi,
            asyncapi: sources.asyncapi,
            openapi_3_0,
            problems,
            drafts: Vec::new(),
            targets: HashMap::new(),
            inline: HashMap::new(),
            equal: HashMap::new(),
            equal_held: HashMap::new(),
            known,
            queue: VecDeque::new(),
            null: HashMap::new(),
            alternatives: HashMap::new(),
            reported: HashSet::new(),
            files: HashSet::new(),
            secrets: Vec::new(),
            depth: 0,
            spent: Spent::default(),
            pointers: [None, None],
        }
    }

    /// The document set of a home that schemas come from.
    pub(in crate::lower) fn documents(&self, home: Home) -> &'d Documents {
        match home {
            Home::OpenApi => self.openapi,
            Home::AsyncApi => self.asyncapi,
        }
        .expect("a schema of a document exists only where the document does")
    }

    /// Looks at something with the documents at hand, and may find problems.
    pub(in crate::lower) fn check(&mut self, check: impl FnOnce(&mut [Problems; 2])) {
        check(self.problems);
    }

    /// What was built.
    pub(in crate::lower) fn into_parts(self) -> (Vec<Draft<'d>>, &'p mut [Problems; 2]) {
        (self.drafts, self.problems)
    }

    pub(in crate::lower) fn problem(&mut self, home: Home, problem: Problem) {
        self.problems[home as usize].push(problem);
    }

    pub(in crate::lower) fn siblings_are_ignored(&self, home: Home) -> bool {
        home == Home::OpenApi && self.openapi_3_0
    }

    /// Reads a schema node and reports, once, what of it no type shows.
    pub(in crate::lower) fn read(&mut self, home: Home, node: Node<'d>) -> Schema<'d> {
        let schema = Schema::read(node);
        let quiet = schema.inexpressible.is_empty()
            && schema.unknown.is_empty()
            && schema.malformed.is_empty();
        if quiet || !self.reported.insert(node.key()) {
            return schema;
        }
        for keyword in &schema.inexpressible {
            let at = node.get(keyword).unwrap_or(node);
            self.problem(
                home,
                Problem::finding(
                    "inexpressible-keyword",
                    at,
                    format!(
                        "`{keyword}` narrows what is valid in a way that the type does not show"
                    ),
                ),
            );
        }
        for keyword in &schema.unknown {
            let at = node.get(keyword).unwrap_or(node);
            self.problem(
                home,
                Problem::finding(
                    "unknown-keyword",
                    at,
                    format!("`{keyword}` is no keyword of JSON Schema or OpenAPI; it is ignored"),
                ),
            );
        }
        for (keyword, expected) in &schema.malformed {
            let at = node.get(keyword).unwrap_or(node);
            let name = if keyword.is_empty() {
                "schema"
            } else {
                keyword
            };
            self.problem(
                home,
                Problem::finding(
                    "malformed-keyword",
                    at,
                    format!("`{name}` is ignored: expected {expected}"),
                ),
            );
        }
        schema
    }

    /// Makes a named schema a type.
    pub(in crate::lower) fn component(&mut self, home: Home, name: &str, node: Node<'d>) -> TypeId {
        if let Some(id) = self.targets.get(&node.key()) {
            return *id;
        }
        let id = self.reserve(home, node, Origin::Component(name.to_owned()));
        self.drafts[id.0].referenced = true;
        self.targets.insert(node.key(), id);
        self.queue.push_back(id);
        id
    }

    fn reserve(&mut self, home: Home, node: Node<'d>, origin: Origin) -> TypeId {
        // Whoever reserves too much notices where the next schema is built.
        self.afford(Cost::Type, home, node);
        let id = TypeId(self.drafts.len());
        self.drafts.push(Draft {
            home,
            node,
            held: self.known.held(&[node.key()], false),
            parts: vec![node.key()],
            part: false,
            origin,
            shape: None,
            docs: Docs::default(),
            title: None,
            deprecated: false,
            closed: false,
            one_way: Vec::new(),
            labels: Vec::new(),
            places: Vec::new(),
            referenced: false,
        });
        id
    }

    /// Builds what is waiting; call it until nothing more is asked for.
    pub(in crate::lower) fn run(&mut self) {
        while let Some(id) = self.queue.pop_front() {
            if !self.within_limits() {
                self.queue.clear();
                return;
            }
            let draft = &self.drafts[id.0];
            let conjunction = Conjunction::one(draft.home, draft.node);
            let place = Place::of_type(id);
            let flat = match self.sole_reference(&conjunction) {
                Some(target) if target.key() != draft_key(&self.drafts[id.0]) => {
                    let typed = self.reference(conjunction.home, target, &place);
                    let schema = Schema::read(self.drafts[id.0].node);
                    self.annotate(id, &schema);
                    self.drafts[id.0].shape = Some(Shape::Alias(typed.ty));
                    continue;
                }
                Some(_) => None,
                None => Some(self.flatten(&conjunction)),
            };
            let Some(flat) = flat else {
                self.drafts[id.0].shape = Some(Shape::Alias(TypeRef::Scalar(Scalar::Any)));
                continue;
            };
            self.annotate(id, &flat.first().schema.clone());
            let typed = self.build(&flat, &place, Some(id));
            if typed.ty != TypeRef::Named(id) {
                self.drafts[id.0].shape = Some(Shape::Alias(typed.ty));
            }
        }
    }

    /// The type of one schema.
    pub(in crate::lower) fn node(&mut self, home: Home, node: Node<'d>, place: &Place) -> Typed {
        self.typed(&Conjunction::one(home, node), place)
    }

    /// The type of schemas that hold together.
    pub(in crate::lower) fn typed(
        &mut self,
        conjunction: &Conjunction<'d>,
        place: &Place,
    ) -> Typed {
        if let Some(target) = self.sole_reference(conjunction) {
            let mut typed = self.reference(conjunction.home, target, place);
            typed.nullable |= conjunction.parts.iter().any(|part| {
                part.node
                    .get("nullable")
                    .is_some_and(|nullable| nullable.value == true)
            });
            return typed;
        }
        if let Some(&id) = self.inline.get(&conjunction.key()) {
            self.drafts[id.0].referenced |= self.drafts[id.0].shape.is_none();
            let id = self.merged(id);
            if self.drafts[id.0].origin == Origin::Inline {
                self.drafts[id.0].places.push(place.clone());
            }
            let nullable = self.accepts_null(conjunction);
            return Typed {
                ty: TypeRef::Named(id),
                nullable,
            };
        }
        let node = conjunction.parts[0].node;
        if !self.afford(Cost::Depth, conjunction.home, node) {
            return Typed::scalar(Scalar::Any, false);
        }
        let flat = self.flatten(conjunction);
        let typed = self.build(&flat, place, None);
        self.depth -= 1;
        typed
    }

    fn merged(&self, mut id: TypeId) -> TypeId {
        while let Origin::Merged(target) = self.drafts[id.0].origin {
            id = target;
        }
        id
    }

    /// The type of what a reference leads to.
    fn reference(&mut self, home: Home, target: Node<'d>, place: &Place) -> Typed {
        let nullable = self.target_accepts_null(home, target);
        let id = match self.targets.get(&target.key()) {
            Some(&id) => id,
            None => {
                let origin = self.target_origin(home, target);
                let id = self.reserve(home, target, origin);
                self.drafts[id.0].referenced = true;
                self.targets.insert(target.key(), id);
                self.queue.push_back(id);
                id
            }
        };
        if self.drafts[id.0].origin == Origin::Inline {
            self.drafts[id.0].places.push(place.clone());
        }
        Typed {
            ty: TypeRef::Named(id),
            nullable,
        }
    }

    /// A target outside of `components.schemas` has a name where its pointer ends in one.
    fn target_origin(&mut self, home: Home, target: Node<'d>) -> Origin {
        let documents = self.documents(home);
        let pointers = self.pointers[home as usize].get_or_insert_with(|| {
            let targets: Vec<NodeKey> = documents.reference_targets();
            let pointers = documents.pointers(&targets).into_iter().flatten();
            targets.iter().copied().zip(pointers).collect()
        });
        let pointer = pointers.get(&target.key()).cloned().unwrap_or_default();
        let Some((before, last)) = pointer.split_last() else {
            let name = &documents.get(target.document).name;
            let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
            let stem = file.split('.').next().unwrap_or(file);
            return Origin::Component(stem.to_owned());
        };
        let parent = before.split_last().map_or("", |(_, token)| token);
        let named = matches!(parent, "schemas" | "definitions" | "$defs" | "")
            || target.document.0 != 0
                && !matches!(parent, "properties" | "items" | "allOf" | "oneOf" | "anyOf");
        if named {
            Origin::Component(crate::source::unescape(last).into_owned())
        } else {
            Origin::Inline
        }
    }

    /// Whether null is valid for what a reference leads to.
    fn target_accepts_null(&mut self, home: Home, target: Node<'d>) -> bool {
        if let Some(&known) = self.null.get(&target.key()) {
            return known;
        }
        // What only refers on accepts what it refers to: a chain is walked once. A cycle adds nothing
        // to what its members accept.
        let mut way = Vec::new();
        let mut at = target;
        let accepts = loop {
            if let Some(&known) = self.null.get(&at.key()) {
                break known;
            }
            self.null.insert(at.key(), false);
            way.push(at.key());
            let only_refers = at
                .value
                .as_object()
                .is_some_and(|members| members.len() == 1);
            let reference = at.get("$ref").and_then(|reference| reference.as_str());
            let next = reference
                .filter(|_| only_refers)
                .and_then(|r| self.documents(home).resolve(at.document, r).ok());
            match next {
                Some(next) => at = next,
                None => break self.accepts_null(&Conjunction::one(home, at)),
            }
        };
        for key in way {
            self.null.insert(key, accepts);
        }
        accepts
    }

    pub(in crate::lower) fn accepts_null(&mut self, conjunction: &Conjunction<'d>) -> bool {
        self.accepts_null_within(conjunction, 0)
    }

    fn accepts_null_within(&mut self, conjunction: &Conjunction<'d>, depth: usize) -> bool {
        // Deeper alternatives than this are nobody's way of saying null.
        if depth > 16 {
            return false;
        }
        let flat = self.flatten(conjunction);
        if flat.nullable {
            return true;
        }
        if !flat.types.is_empty() {
            return false;
        }
        let alternatives: Vec<Node<'d>> = flat
            .leaves
            .iter()
            .flat_map(|leaf| leaf.schema.one_of.iter().chain(&leaf.schema.any_of))
            .copied()
            .collect();
        alternatives.iter().any(|node| {
            if let Some(&known) = self.null.get(&node.key()) {
                return known;
            }
            self.null.insert(node.key(), false);
            let one = Conjunction::one(conjunction.home, *node);
            let accepts = self.accepts_null_within(&one, depth + 1);
            self.null.insert(node.key(), accepts);
            accepts
        })
    }

    /// Builds the type of flattened schemas, as the draft `id` where it needs a name.
    pub(in crate::lower) fn build(
        &mut self,
        flat: &Flat<'d>,
        place: &Place,
        id: Option<TypeId>,
    ) -> Typed {
        if flat
            .leaves
            .iter()
            .any(|leaf| leaf.schema.boolean == Some(false))
        {
            let problem = Problem::finding(
                "false-schema",
                flat.first().part.node,
                "no value is valid here; any JSON is taken",
            );
            self.problem(flat.home, problem);
            return Typed::scalar(Scalar::Any, false);
        }
        if flat
            .leaves
            .iter()
            .any(|leaf| self.files.contains(&leaf.part.node.key()))
        {
            return Typed::scalar(Scalar::File, flat.nullable);
        }
        if let Some(typed) = self.enumeration(flat, place, id) {
            return typed;
        }
        if let Some(typed) = self.union(flat, place, id) {
            return typed;
        }
        let types = flat.proper_types();
        let mut kinds = types.iter();
        match (kinds.next(), kinds.next()) {
            (None, _) if flat.types.has(JsonType::Null) => Typed::scalar(Scalar::Null, false),
            (None, _) => Typed::scalar(Scalar::Any, flat.nullable),
            (Some(kind), None) => {
                let ty = self.of_kind(flat, kind, place, id);
                Typed {
                    ty,
                    nullable: flat.nullable,
                }
            }
            (Some(JsonType::Integer), Some(JsonType::Number))
                if types.without(JsonType::Integer) == Types::only(JsonType::Number) =>
            {
                Typed::scalar(Scalar::Number, flat.nullable)
            }
            _ => self.union_of_kinds(flat, types, place, id),
        }
    }

    /// The type of what is known to be of one JSON type.
    pub(in crate::lower) fn of_kind(
        &mut self,
        flat: &Flat<'d>,
        kind: JsonType,
        place: &Place,
        id: Option<TypeId>,
    ) -> TypeRef {
        match kind {
            JsonType::Null => TypeRef::Scalar(Scalar::Null),
            JsonType::Boolean => TypeRef::Scalar(Scalar::Bool),
            JsonType::Integer => TypeRef::Scalar(integer(flat)),
            JsonType::Number => TypeRef::Scalar(Scalar::Number),
            JsonType::String => TypeRef::Scalar(string(flat)),
            JsonType::Array => self.array(flat, place),
            JsonType::Object => self.object(flat, place, id),
        }
    }

    fn array(&mut self, flat: &Flat<'d>, place: &Place) -> TypeRef {
        let place = place.then(Step::Item);
        let prefix = flat
            .leaves
            .iter()
            .find(|leaf| !leaf.schema.prefix_items.is_empty());
        if let Some(leaf) = prefix {
            let schema = leaf.schema.clone();
            let length = schema.prefix_items.len() as u64;
            let least = schema.constraints.min_items.and_then(Value::as_u64);
            let exact = least == Some(length) && schema.max_items == Some(length);
            if exact && (2..=12).contains(&length) {
                let items = schema.prefix_items.iter();
                let items = items.map(|item| self.node(flat.home, *item, &place).standalone());
                return TypeRef::Tuple(items.collect());
            }
            let problem = Problem::finding(
                "open-tuple",
                leaf.part.node,
                "an array with positions but no exact length is a list of any JSON",
            );
            self.problem(flat.home, problem);
            return TypeRef::List(Box::new(TypeRef::Scalar(Scalar::Any)));
        }
        let parts: Vec<_> = flat
            .leaves
            .iter()
            .filter_map(|leaf| leaf.schema.items)
            .map(crate::lower::schema::draft::Part::whole)
            .collect();
        if parts.is_empty() {
            return TypeRef::List(Box::new(TypeRef::Scalar(Scalar::Any)));
        }
        let items = Conjunction {
            home: flat.home,
            parts,
        };
        TypeRef::List(Box::new(self.typed(&items, &place).standalone()))
    }

    /// A draft to fill: the one that is asked for, or a new inline one.
    pub(in crate::lower) fn start(&mut self, flat: &Flat<'d>, id: Option<TypeId>) -> TypeId {
        if let Some(id) = id {
            return id;
        }
        let id = self.reserve(flat.home, flat.first().part.node, Origin::Inline);
        self.drafts[id.0].parts = flat.key.iter().map(|(node, _)| *node).collect();
        let leaf = flat.first().schema.clone();
        self.annotate(id, &leaf);
        // Only inline types are met again by their schemas; see `typed`. What is there already is
        // the whole that this is a part of.
        self.inline.entry(flat.key.clone()).or_insert(id);
        id
    }

    /// Gives a draft its shape. An inline type equal to an earlier one becomes that one.
    pub(in crate::lower) fn finish(&mut self, id: TypeId, shape: Shape, place: &Place) -> TypeRef {
        if self.drafts[id.0].origin == Origin::Inline {
            let draft = &self.drafts[id.0];
            let part = matches!(place.root, Root::Type(whole)
                if whole != id && self.drafts[whole.0].parts == draft.parts);
            let held = self.known.held(&draft.parts, part);
            let draft = &mut self.drafts[id.0];
            (draft.part, draft.held) = (part, held);
        }
        let draft = &self.drafts[id.0];
        if draft.origin != Origin::Inline || draft.referenced {
            self.drafts[id.0].shape = Some(shape);
            if self.drafts[id.0].origin == Origin::Inline
                && !self.drafts[id.0].places.contains(place)
                && place.root != Root::Type(id)
            {
                self.drafts[id.0].places.push(place.clone());
            }
            return TypeRef::Named(id);
        }
        let key = structural_key(&shape, draft.closed);
        if let Some(equal) = self.equal(&key, id) {
            self.drafts[id.0].origin = Origin::Merged(equal);
            self.drafts[id.0].shape = Some(Shape::Alias(TypeRef::Named(equal)));
            self.drafts[equal.0].places.push(place.clone());
            return TypeRef::Named(equal);
        }
        self.drafts[id.0].shape = Some(shape);
        self.drafts[id.0].places.push(place.clone());
        TypeRef::Named(id)
    }

    /// An earlier inline type of this structure, but for one that was called otherwise than this one
    /// in the generation before: then both keep their names.
    fn equal(&mut self, key: &str, id: TypeId) -> Option<TypeId> {
        let Some(held) = self.drafts[id.0].held else {
            let first = self.equal.get(key).copied();
            if first.is_none() {
                self.equal.insert(key.to_owned(), id);
            }
            return first;
        };
        let of_name = (key.to_owned(), held.ty);
        let namesake = self.equal_held.get(&of_name).copied();
        // What has no name so far takes this one.
        let nameless = || {
            let first = self.equal.get(key).copied();
            first.filter(|first| self.drafts[first.0].held.is_none())
        };
        let equal = namesake.or_else(nameless);
        self.equal_held
            .entry(of_name)
            .or_insert(equal.unwrap_or(id));
        self.equal.entry(key.to_owned()).or_insert(id);
        if let Some(equal) = equal {
            // It stands at none of the places itself.
            let rank = usize::MAX;
            let heir = &mut self.drafts[equal.0].held;
            heir.get_or_insert(Held { rank, ..held });
        }
        equal
    }

    fn annotate(&mut self, id: TypeId, schema: &Schema<'d>) {
        let home = self.drafts[id.0].home;
        let docs = self.documented(home, schema.node, || describe::schema(schema));
        let draft = &mut self.drafts[id.0];
        draft.docs = docs;
        draft.title = schema.title;
        draft.deprecated = schema.deprecated;
    }
}

fn draft_key(draft: &Draft<'_>) -> NodeKey {
    draft.node.key()
}

fn string(flat: &Flat<'_>) -> Scalar {
    let schemas = || flat.leaves.iter().map(|leaf| &leaf.schema);
    if schemas().any(|s| matches!(s.content_encoding, Some("base64" | "base64url"))) {
        return Scalar::Base64;
    }
    match schemas().find_map(|schema| schema.format) {
        Some("date-time") => Scalar::DateTime,
        Some("date") => Scalar::Date,
        Some("time") => Scalar::Time,
        Some("duration") => Scalar::Duration,
        Some("uuid") => Scalar::Uuid,
        Some("password") => Scalar::Secret,
        Some("decimal") => Scalar::Decimal,
        Some("byte" | "base64" | "base64url") => Scalar::Base64,
        _ => Scalar::String,
    }
}

fn integer(flat: &Flat<'_>) -> Scalar {
    let schemas = || flat.leaves.iter().map(|leaf| &leaf.schema);
    let scalar = match schemas().find_map(|schema| schema.format) {
        Some("int8") => Scalar::I8,
        Some("int16") => Scalar::I16,
        Some("int32") => Scalar::I32,
        Some("uint8") => Scalar::U8,
        Some("uint16") => Scalar::U16,
        Some("uint32") => Scalar::U32,
        Some("uint64" | "uint") => Scalar::U64,
        _ => Scalar::I64,
    };
    let (low, high) = match scalar {
        Scalar::I8 => (f64::from(i8::MIN), f64::from(i8::MAX)),
        Scalar::I16 => (f64::from(i16::MIN), f64::from(i16::MAX)),
        Scalar::I32 => (f64::from(i32::MIN), f64::from(i32::MAX)),
        Scalar::U8 => (0.0, f64::from(u8::MAX)),
        Scalar::U16 => (0.0, f64::from(u16::MAX)),
        Scalar::U32 => (0.0, f64::from(u32::MAX)),
        Scalar::U64 => (0.0, f64::INFINITY),
        _ => (f64::NEG_INFINITY, I64_END),
    };
    // The format promises less than the bounds allow: believe the bounds. A default is one, too.
    let minimum = schemas().find_map(|schema| schema.minimum);
    let maximum = schemas().find_map(|schema| schema.maximum);
    let below = minimum.is_some_and(|minimum| minimum < low);
    let above = maximum.is_some_and(|maximum| maximum > high);
    if scalar == Scalar::U64 && !below {
        return scalar;
    }
    let is_huge = schemas().any(|schema| {
        // An `int64` is one: who writes its largest value as a float rounds it up.
        let maximum = schema.constraints.maximum;
        let maximum = maximum.filter(|_| schema.format != Some("int64"));
        let mut values = schema.default.into_iter().chain(maximum);
        values.any(|value| value.as_i64().is_none() && value.as_f64() >= Some(I64_END))
    });
    match (is_huge, minimum.is_some_and(|minimum| minimum >= 0.0)) {
        (true, true) => Scalar::U64,
        (true, false) => Scalar::Number,
        (false, _) if below || above => Scalar::I64,
        (false, _) => scalar,
    }
}

/// The first integer that is no `i64`.
const I64_END: f64 = 9_223_372_036_854_775_808.0;

/// Everything about a shape but its documentation.
fn structural_key(shape: &Shape, closed: bool) -> String {
    use std::fmt::Write as _;
    let mut key = String::new();
    // Writing to a string does not fail.
    let _ = match shape {
        Shape::Struct(structure) => {
            let _ = write!(key, "struct {closed} ");
            for field in &structure.fields {
                let presence = match field.presence {
                    Presence::Required => '!',
                    Presence::Optional => '?',
                    Presence::Nullable => '0',
                    Presence::OptionalNullable => '*',
                };
                let _ = write!(key, "{:?}{presence}{:?};", field.wire, field.ty);
            }
            match &structure.rest {
                Rest::Any => Ok(()),
                Rest::Typed(ty) => write!(key, "+{ty:?}"),
            }
        }
        Shape::Enum(enumeration) => {
            let repr = match enumeration.repr {
                EnumRepr::String => 's',
                EnumRepr::Integer => 'i',
                EnumRepr::Any => 'a',
            };
            let mut values: Vec<String> = enumeration
                .variants
                .iter()
                .map(|variant| variant.value.to_string())
                .collect();
            values.sort_unstable();
            write!(key, "enum {repr} {values:?}")
        }
        Shape::Union(union) => {
            let _ = write!(key, "union {:?} ", union.discriminator);
            for variant in &union.variants {
                let _ = write!(key, "{:?}{:?};", variant.ty, variant.discriminator_values);
            }
            Ok(())
        }
        Shape::Alias(ty) => write!(key, "alias {ty:?}"),
    };
    key
}
