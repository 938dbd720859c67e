//! The JSON Schemas of the data types: the schemas that stand where the types come from, each under one
//! name, so that others refer to it.
//!
//! A type may stand in several places whose schemas differ in what no type shows, such as a pattern. Then
//! each of these has a definition of its own, and the type's is any of them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use serde_json::{Map, Value, json};

use crate::dialect::schema::standard::{self, Definitions};
use crate::identifier;
use crate::lower::{Sources, extent};
use crate::model::{Definition, EnumRepr, SchemaPlace, Sdk, Shape, Type, TypeId, TypeRef};
use crate::source::{DocumentId, Documents, Node, NodeKey};

/// The definitions of all types of an SDK and of what they refer to, sorted by name. None comes after the
/// one with which they are longer than a limit on their bytes.
pub(in crate::lower) fn of(sdk: &Sdk, sources: Sources<'_>, limit: usize) -> Vec<Definition> {
    let placed = Placed::of(&sdk.types, sources);
    let classes = Classes::of(&placed);
    Writer::new(&sdk.types, &placed, &classes).write(limit)
}

/// A node and the documents that its references lead through.
#[derive(Clone, Copy)]
struct Sited<'d> {
    documents: &'d Documents,
    node: Node<'d>,
}

/// Schemas that hold together.
type Statement<'d> = Vec<Sited<'d>>;

/// Where types come from.
struct Placed<'d> {
    /// Of each type, the places at which it stands by itself; where there are none, those at which
    /// several schemas make it together.
    statements: Vec<Vec<Statement<'d>>>,
    /// The type that a schema is the schema of.
    owners: HashMap<NodeKey, TypeId>,
    /// Types that are one alternative of the type that owns their schema.
    alternatives: HashMap<TypeId, Sited<'d>>,
}

impl<'d> Placed<'d> {
    fn of(types: &[Type], sources: Sources<'d>) -> Self {
        let index = Index::of(sources);
        let mut standing: HashMap<NodeKey, Vec<TypeId>> = HashMap::new();
        let places: Vec<Vec<Statement<'d>>> = types
            .iter()
            .map(|ty| {
                let places = ty.places.iter();
                places.flat_map(|place| index.statements(place)).collect()
            })
            .collect();
        let alone = |statement: &Statement<'d>| match statement.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        for (at, places) in places.iter().enumerate() {
            for one in places.iter().filter_map(alone) {
                let all = standing.entry(one.node.key()).or_default();
                if !all.contains(&TypeId(at)) {
                    all.push(TypeId(at));
                }
            }
        }
        let owners: HashMap<NodeKey, TypeId> = standing
            .iter()
            .filter_map(|(key, ids)| Some((*key, whole(types, ids)?)))
            .collect();
        let mut placed = Self {
            statements: Vec::new(),
            owners,
            alternatives: HashMap::new(),
        };
        for (at, places) in places.into_iter().enumerate() {
            let id = TypeId(at);
            let mut seen = HashSet::new();
            let (mut own, mut together) = (Vec::new(), Vec::new());
            for place in places {
                let keys: Vec<NodeKey> = place.iter().map(|one| one.node.key()).collect();
                if !seen.insert(keys) {
                    continue;
                }
                match alone(&place) {
                    Some(one) if placed.owners.get(&one.node.key()) == Some(&id) => own.push(place),
                    Some(one) => {
                        placed.alternatives.entry(id).or_insert(one);
                    }
                    None => together.push(place),
                }
            }
            let is_alternative = placed.alternatives.contains_key(&id);
            placed.statements.push(match own.is_empty() {
                false => own,
                true if is_alternative => Vec::new(),
                true => together,
            });
        }
        placed
    }
}

/// Of the types of one schema, the one that has the others for its alternatives.
fn whole(types: &[Type], ids: &[TypeId]) -> Option<TypeId> {
    let names_another = |id: &&TypeId| {
        let Some(Shape::Union(union)) = types.get(id.0).map(|ty| &ty.shape) else {
            return false;
        };
        let named = union.variants.iter().flat_map(|it| it.ty.named());
        named
            .into_iter()
            .any(|named| named != **id && ids.contains(&named))
    };
    ids.iter().find(names_another).or(ids.first()).copied()
}

/// Documents by name: one that both sets read is two.
struct Index<'d>(HashMap<&'d str, Vec<(&'d Documents, DocumentId)>>);

impl<'d> Index<'d> {
    fn of(sources: Sources<'d>) -> Self {
        let mut index: HashMap<&str, Vec<_>> = HashMap::new();
        for documents in [sources.openapi, sources.asyncapi].into_iter().flatten() {
            for document in documents.iter() {
                let named = index.entry(&document.name).or_default();
                named.push((documents, document.id));
            }
        }
        Self(index)
    }

    /// A place in each set of documents that has it.
    fn statements(&self, place: &[SchemaPlace]) -> Vec<Statement<'d>> {
        let first = place
            .first()
            .and_then(|first| self.0.get(first.document.as_str()));
        let sets = first.into_iter().flatten().map(|(documents, _)| *documents);
        sets.filter_map(|set| {
            let sited = |schema: &SchemaPlace| {
                let named = self.0.get(schema.document.as_str())?.iter();
                let (documents, id) = named
                    .copied()
                    .find(|(documents, _)| std::ptr::eq(*documents, set))?;
                let node = documents.at(id, &schema.pointer)?;
                Some(Sited { documents, node })
            };
            place.iter().map(sited).collect()
        })
        .collect()
    }
}

/// Statements of one type that say the same, though they may describe it in other words.
struct Classes {
    /// Of each type, the class of each statement; classes are numbered as they appear.
    of_statements: Vec<Vec<usize>>,
    /// The type of a schema and its class.
    of_nodes: HashMap<NodeKey, (TypeId, usize)>,
}

impl Classes {
    /// All statements of a type are one class until two of them turn out to differ: in what they say
    /// themselves, or in the class of what they refer to.
    fn of(placed: &Placed<'_>) -> Self {
        let mut classes = Self {
            of_statements: placed
                .statements
                .iter()
                .map(|statements| vec![0; statements.len()])
                .collect(),
            of_nodes: HashMap::new(),
        };
        loop {
            classes.index(placed);
            let refined: Vec<Vec<usize>> = placed
                .statements
                .iter()
                .zip(&classes.of_statements)
                .map(|(statements, before)| classes.refined(statements, before))
                .collect();
            if refined == classes.of_statements {
                return classes;
            }
            classes.of_statements = refined;
        }
    }

    fn index(&mut self, placed: &Placed<'_>) {
        for (at, statements) in placed.statements.iter().enumerate() {
            for (statement, class) in statements.iter().zip(&self.of_statements[at]) {
                if let [one] = statement.as_slice() {
                    self.of_nodes.insert(one.node.key(), (TypeId(at), *class));
                }
            }
        }
    }

    fn refined(&self, statements: &[Statement<'_>], before: &[usize]) -> Vec<usize> {
        if statements.len() < 2 {
            return before.to_vec();
        }
        let mut known: HashMap<(usize, Vec<String>), usize> = HashMap::new();
        let statements = statements.iter().zip(before);
        statements
            .map(|(statement, before)| {
                let said = statement.iter().map(|one| self.said(*one)).collect();
                let next = known.len();
                *known.entry((*before, said)).or_insert(next)
            })
            .collect()
    }

    /// All that a schema says of its instances, with classes in place of what it refers to.
    fn said(&self, one: Sited<'_>) -> String {
        let mut comparison = Comparison {
            documents: one.documents,
            classes: self,
        };
        let mut said = standard::assertions(one.node, &mut comparison);
        sort_sets(&mut said);
        said.to_string()
    }
}

/// The order of listed values says nothing.
fn sort_sets(schema: &mut Value) {
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.sort_by_cached_key(ToString::to_string);
    }
}

struct Comparison<'c, 'd> {
    documents: &'d Documents,
    classes: &'c Classes,
}

impl<'d> Definitions<'d> for Comparison<'_, 'd> {
    fn standing(&mut self, node: Node<'d>) -> Option<String> {
        let (id, class) = self.classes.of_nodes.get(&node.key())?;
        Some(format!("{}.{class}", id.0))
    }

    fn referred(&mut self, node: Node<'d>, reference: &str) -> Option<String> {
        let target = self.documents.resolve(node.document, reference).ok()?;
        // Of what is no type, each schema is known by its address, and compared with no other.
        self.standing(target)
            .or_else(|| Some(format!("{:?}", target.key())))
    }
}

/// A definition before it is written.
struct Draft<'d> {
    ty: Option<TypeId>,
    content: Content<'d>,
}

#[derive(Clone)]
enum Content<'d> {
    /// One schema, or several together.
    Stated(Statement<'d>),
    /// Any of these definitions.
    Any(Vec<String>),
    /// What a definition says of values of one JSON type.
    Narrowed(String, Option<&'static str>),
}

struct Writer<'p, 'd> {
    types: &'p [Type],
    placed: &'p Placed<'d>,
    drafts: BTreeMap<String, Draft<'d>>,
    taken: HashSet<String>,
    /// The definition of each schema that has one.
    names: HashMap<NodeKey, String>,
    /// Those to write that nothing was written of.
    pending: VecDeque<String>,
    asked: HashSet<String>,
}

impl<'p, 'd> Writer<'p, 'd> {
    fn new(types: &'p [Type], placed: &'p Placed<'d>, classes: &Classes) -> Self {
        let mut writer = Self {
            types,
            placed,
            drafts: BTreeMap::new(),
            taken: types.iter().map(|ty| ty.name.clone()).collect(),
            names: HashMap::new(),
            pending: VecDeque::new(),
            asked: HashSet::new(),
        };
        for at in 0..types.len() {
            writer.draft(TypeId(at), &classes.of_statements[at]);
        }
        writer
    }

    /// Plans the definition of a type.
    fn draft(&mut self, id: TypeId, classes: &[usize]) {
        let name = self.types[id.0].name.clone();
        let statements = &self.placed.statements[id.0];
        let several = classes.iter().any(|class| *class > 0);
        let mut names: Vec<String> = Vec::new();
        for (statement, &class) in statements.iter().zip(classes) {
            if class == names.len() {
                let own = match several {
                    true => self.unique(&format!("{name}{}", class + 1)),
                    false => name.clone(),
                };
                let draft = Draft {
                    ty: (!several).then_some(id),
                    content: Content::Stated(statement.clone()),
                };
                self.drafts.insert(own.clone(), draft);
                names.push(own);
            }
            if let [one] = statement.as_slice() {
                self.names.insert(one.node.key(), names[class].clone());
            }
        }
        if several {
            let content = Content::Any(names);
            self.drafts.insert(
                name,
                Draft {
                    ty: Some(id),
                    content,
                },
            );
        }
    }

    /// A name like this one that nothing has.
    fn unique(&mut self, name: &str) -> String {
        let mut name = name.to_owned();
        while !self.taken.insert(name.clone()) {
            name.push('_');
        }
        name
    }

    fn write(mut self, limit: usize) -> Vec<Definition> {
        self.draft_alternatives();
        self.draft_shared();
        for ty in self.types {
            if !matches!(ty.shape, Shape::Alias(_)) {
                self.ask(&ty.name);
            }
        }
        let mut written = Vec::new();
        let mut bytes = 0;
        while let Some(name) = self.pending.pop_front().filter(|_| bytes <= limit) {
            let Some(draft) = self.drafts.get(&name) else {
                continue;
            };
            let (ty, content) = (draft.ty, draft.content.clone());
            let mut references = BTreeSet::new();
            let schema = self.content(&content, &mut references);
            references.iter().for_each(|name| self.ask(name));
            let ty = ty.filter(|id| !matches!(self.types[id.0].shape, Shape::Alias(_)));
            let definition = Definition {
                name,
                ty,
                schema,
                references,
            };
            bytes += extent::definition(&definition);
            written.push(definition);
        }
        written.sort_by(|a, b| a.name.cmp(&b.name));
        written
    }

    /// Schemas that hold together with others in several places: written once.
    fn draft_shared(&mut self) {
        let mut met = HashSet::new();
        for (at, statements) in self.placed.statements.iter().enumerate() {
            let together = statements.iter().filter(|statement| statement.len() > 1);
            for one in together.flatten() {
                let key = one.node.key();
                if met.insert(key) || self.names.contains_key(&key) {
                    continue;
                }
                let name = self.unique(&format!("{}Base", self.types[at].name));
                let content = Content::Stated(vec![*one]);
                self.drafts
                    .insert(name.clone(), Draft { ty: None, content });
                self.names.insert(key, name);
            }
        }
    }

    /// Types without a schema of their own: the alternatives of others.
    fn draft_alternatives(&mut self) {
        for (at, ty) in self.types.iter().enumerate() {
            if self.drafts.contains_key(&ty.name) {
                continue;
            }
            let id = TypeId(at);
            let of = self.placed.alternatives.get(&id);
            let of = of.and_then(|one| self.names.get(&one.node.key()));
            let content = match of {
                Some(name) => Content::Narrowed(name.clone(), json_type(&ty.shape)),
                None => Content::Stated(Vec::new()),
            };
            self.drafts.insert(
                ty.name.clone(),
                Draft {
                    ty: Some(id),
                    content,
                },
            );
        }
    }

    fn ask(&mut self, name: &str) {
        if self.asked.insert(name.to_owned()) {
            self.pending.push_back(name.to_owned());
        }
    }

    fn content(&mut self, content: &Content<'d>, references: &mut BTreeSet<String>) -> Value {
        match content {
            Content::Stated(statement) => match statement.as_slice() {
                [] => Value::Object(Map::new()),
                [one] => standard::standard(one.node, &mut self.naming(*one, references)),
                several => {
                    let all = several.iter();
                    let all = all.map(|one| {
                        let mut naming = self.naming(*one, references);
                        standard::within(one.node, &mut naming)
                    });
                    json!({ "allOf": all.collect::<Vec<_>>() })
                }
            },
            Content::Any(names) => {
                references.extend(names.iter().cloned());
                let all: Vec<Value> = names.iter().map(|it| standard::reference(it)).collect();
                json!({ "anyOf": all })
            }
            Content::Narrowed(name, kind) => {
                references.insert(name.clone());
                let mut schema = standard::reference(name);
                if let (Some(kind), Some(members)) = (kind, schema.as_object_mut()) {
                    members.insert("type".to_owned(), json!(kind));
                }
                schema
            }
        }
    }

    fn naming<'w>(
        &'w mut self,
        one: Sited<'d>,
        references: &'w mut BTreeSet<String>,
    ) -> Naming<'w, 'p, 'd> {
        Naming {
            writer: self,
            documents: one.documents,
            references,
        }
    }
}

/// The one JSON type of a type's values.
fn json_type(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Struct(_) => Some("object"),
        Shape::Enum(enumeration) => match enumeration.repr {
            EnumRepr::String => Some("string"),
            EnumRepr::Integer => Some("integer"),
            EnumRepr::Any => None,
        },
        Shape::Alias(TypeRef::List(_) | TypeRef::Tuple(_)) => Some("array"),
        Shape::Alias(TypeRef::Map(_)) => Some("object"),
        Shape::Alias(_) | Shape::Union(_) => None,
    }
}

struct Naming<'w, 'p, 'd> {
    writer: &'w mut Writer<'p, 'd>,
    documents: &'d Documents,
    references: &'w mut BTreeSet<String>,
}

impl<'d> Definitions<'d> for Naming<'_, '_, 'd> {
    fn standing(&mut self, node: Node<'d>) -> Option<String> {
        let name = self.writer.names.get(&node.key())?.clone();
        self.references.insert(name.clone());
        Some(name)
    }

    fn referred(&mut self, node: Node<'d>, reference: &str) -> Option<String> {
        let target = self.documents.resolve(node.document, reference).ok()?;
        if let Some(name) = self.standing(target) {
            return Some(name);
        }
        let last = reference.rsplit(['/', '#']).next().unwrap_or(reference);
        let name = self.writer.unique(&identifier::type_name(last));
        let content = Content::Stated(vec![Sited {
            documents: self.documents,
            node: target,
        }]);
        let draft = Draft { ty: None, content };
        self.writer.drafts.insert(name.clone(), draft);
        self.writer.names.insert(target.key(), name);
        self.standing(target)
    }
}
