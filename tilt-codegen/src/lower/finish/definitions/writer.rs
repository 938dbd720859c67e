//! Definitions as they are asked for, from those of the types on.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use serde_json::{Map, Value, json};

use super::classes::Classes;
use super::placed::{Placed, Statement};
use crate::dialect::schema::standard::{self, Definitions};
use crate::identifier;
use crate::lower::extent;
use crate::model::{Definition, EnumRepr, IdForm, Shape, Type, TypeId, TypeRef};
use crate::source::{Documents, Node, NodeKey};

/// A definition before it is written.
struct Planned<'d> {
    ty: Option<TypeId>,
    content: Content<'d>,
}

#[derive(Clone)]
enum Content<'d> {
    /// One schema, or several together.
    Stated(Statement<'d>),
    /// Any of these definitions.
    Any(Vec<String>),
    /// A text or an integer that has a type of its own.
    Id(IdForm),
    /// A definition, for values of one JSON type.
    Projection(String, Option<&'static str>),
}

pub(super) struct Writer<'p, 'd> {
    documents: &'d Documents,
    types: &'p [Type],
    placed: &'p Placed<'d>,
    planned: BTreeMap<String, Planned<'d>>,
    taken: HashSet<String>,
    /// The definition of each schema that has one.
    names: HashMap<NodeKey, String>,
    /// Those to write that nothing was written of.
    pending: VecDeque<String>,
    asked: HashSet<String>,
}

impl<'p, 'd> Writer<'p, 'd> {
    pub(super) fn new(
        documents: &'d Documents,
        types: &'p [Type],
        placed: &'p Placed<'d>,
        classes: &Classes,
    ) -> Self {
        let mut writer = Self {
            documents,
            types,
            placed,
            planned: BTreeMap::new(),
            taken: types.iter().map(|ty| ty.name.clone()).collect(),
            names: HashMap::new(),
            pending: VecDeque::new(),
            asked: HashSet::new(),
        };
        for at in 0..types.len() {
            writer.plan(TypeId(at), &classes.of_statements[at]);
        }
        writer
    }

    /// Plans the definition of a type.
    fn plan(&mut self, id: TypeId, classes: &[usize]) {
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
                let planned = Planned {
                    ty: (!several).then_some(id),
                    content: Content::Stated(statement.clone()),
                };
                self.planned.insert(own.clone(), planned);
                names.push(own);
            }
            if let [one] = statement.as_slice() {
                self.names.insert(one.key(), names[class].clone());
            }
        }
        if several {
            let content = Content::Any(names);
            self.planned.insert(
                name,
                Planned {
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

    pub(super) fn write(mut self, limit: usize) -> Vec<Definition> {
        self.plan_projections();
        self.plan_shared();
        for ty in self.types {
            if !matches!(ty.shape, Shape::Alias(_)) {
                self.ask(&ty.name);
            }
        }
        let mut written = Vec::new();
        let mut bytes = 0;
        while let Some(name) = self.pending.pop_front().filter(|_| bytes <= limit) {
            let Some(planned) = self.planned.get(&name) else {
                continue;
            };
            let (ty, content) = (planned.ty, planned.content.clone());
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
    fn plan_shared(&mut self) {
        let mut met = HashSet::new();
        for (at, statements) in self.placed.statements.iter().enumerate() {
            let together = statements.iter().filter(|statement| statement.len() > 1);
            for one in together.flatten() {
                let key = one.key();
                if met.insert(key) || self.names.contains_key(&key) {
                    continue;
                }
                let name = self.unique(&format!("{}Base", self.types[at].name));
                let content = Content::Stated(vec![*one]);
                self.planned
                    .insert(name.clone(), Planned { ty: None, content });
                self.names.insert(key, name);
            }
        }
    }

    /// Types without a schema of their own: projections of others.
    fn plan_projections(&mut self) {
        for (at, ty) in self.types.iter().enumerate() {
            if self.planned.contains_key(&ty.name) {
                continue;
            }
            let id = TypeId(at);
            let of = self.placed.projections.get(&id);
            let of = of.and_then(|one| self.names.get(&one.key()));
            let content = match (of, &ty.shape) {
                (Some(name), _) => Content::Projection(name.clone(), json_type(&ty.shape)),
                (None, Shape::Id(form)) => Content::Id(*form),
                (None, _) => Content::Stated(Vec::new()),
            };
            self.planned.insert(
                ty.name.clone(),
                Planned {
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
                [one] => standard::standard(*one, &mut self.naming(references)),
                several => {
                    let all = several.iter();
                    let all = all.map(|one| {
                        let mut naming = self.naming(references);
                        standard::within(*one, &mut naming)
                    });
                    json!({ "allOf": all.collect::<Vec<_>>() })
                }
            },
            Content::Any(names) => {
                references.extend(names.iter().cloned());
                let all: Vec<Value> = names.iter().map(|it| standard::reference(it)).collect();
                json!({ "anyOf": all })
            }
            Content::Id(form) => match form {
                IdForm::Integer | IdForm::Unsigned => json!({ "type": "integer" }),
                IdForm::Uuid => json!({ "type": "string", "format": "uuid" }),
                IdForm::Text => json!({ "type": "string" }),
            },
            Content::Projection(name, kind) => {
                references.insert(name.clone());
                let mut schema = standard::reference(name);
                if let (Some(kind), Some(members)) = (kind, schema.as_object_mut()) {
                    members.insert("type".to_owned(), json!(kind));
                }
                schema
            }
        }
    }

    fn naming<'w>(&'w mut self, references: &'w mut BTreeSet<String>) -> Naming<'w, 'p, 'd> {
        Naming {
            writer: self,
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
        Shape::Alias(_) | Shape::Id(_) | Shape::Union(_) => None,
    }
}

struct Naming<'w, 'p, 'd> {
    writer: &'w mut Writer<'p, 'd>,
    references: &'w mut BTreeSet<String>,
}

impl<'d> Definitions<'d> for Naming<'_, '_, 'd> {
    fn standing(&mut self, node: Node<'d>) -> Option<String> {
        let name = self.writer.names.get(&node.key())?.clone();
        self.references.insert(name.clone());
        Some(name)
    }

    fn referred(&mut self, node: Node<'d>, reference: &str) -> Option<String> {
        let target = self.writer.documents.resolve(node, reference).ok()?;
        if let Some(name) = self.standing(target) {
            return Some(name);
        }
        let last = reference.rsplit(['/', '#']).next().unwrap_or(reference);
        let name = self.writer.unique(&identifier::type_name(last));
        let content = Content::Stated(vec![target]);
        let planned = Planned { ty: None, content };
        self.writer.planned.insert(name.clone(), planned);
        self.writer.names.insert(target.key(), name);
        self.standing(target)
    }
}
