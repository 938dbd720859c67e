//! Where types come from in the documents.

use std::collections::{HashMap, HashSet};

use crate::lower::Sources;
use crate::model::{SchemaPlace, Shape, Type, TypeId};
use crate::source::{DocumentId, Documents, Node, NodeKey};

/// A node and the documents that its references lead through.
#[derive(Clone, Copy)]
pub(super) struct Sited<'d> {
    pub(super) documents: &'d Documents,
    pub(super) node: Node<'d>,
}

/// Schemas that hold together.
pub(super) type Statement<'d> = Vec<Sited<'d>>;

/// Where types come from.
pub(super) struct Placed<'d> {
    /// Of each type, the places at which it stands by itself; where there are none, those at which
    /// several schemas make it together.
    pub(super) statements: Vec<Vec<Statement<'d>>>,
    /// The type that a schema is the schema of.
    pub(super) owners: HashMap<NodeKey, TypeId>,
    /// Projections, with the schema that another type owns.
    pub(super) projections: HashMap<TypeId, Sited<'d>>,
}

impl<'d> Placed<'d> {
    pub(super) fn of(types: &[Type], sources: Sources<'d>) -> Self {
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
            projections: HashMap::new(),
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
                        placed.projections.entry(id).or_insert(one);
                    }
                    None => together.push(place),
                }
            }
            let is_projection = placed.projections.contains_key(&id);
            placed.statements.push(match own.is_empty() {
                false => own,
                true if is_projection => Vec::new(),
                true => together,
            });
        }
        placed
    }
}

/// Of the types of one schema, the one that has the others for its projections.
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
