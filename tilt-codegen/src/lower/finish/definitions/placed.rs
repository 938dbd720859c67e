//! Where types come from in the documents.

use std::collections::{HashMap, HashSet};

use crate::model::{SchemaPlace, Shape, Type, TypeId};
use crate::source::{DocumentId, Documents, Node, NodeKey};

/// Schemas that hold together.
pub(super) type Statement<'d> = Vec<Node<'d>>;

/// Where types come from.
pub(super) struct Placed<'d> {
    /// Of each type, the places at which it stands by itself; where there are none, those at which
    /// several schemas make it together.
    pub(super) statements: Vec<Vec<Statement<'d>>>,
    /// The type that a schema is the schema of.
    pub(super) owners: HashMap<NodeKey, TypeId>,
    /// Projections, with the schema that another type owns.
    pub(super) projections: HashMap<TypeId, Node<'d>>,
}

impl<'d> Placed<'d> {
    pub(super) fn of(types: &[Type], documents: &'d Documents) -> Self {
        let index = Index::of(documents);
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
                let all = standing.entry(one.key()).or_default();
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
                let keys: Vec<NodeKey> = place.iter().map(|one| one.key()).collect();
                if !seen.insert(keys) {
                    continue;
                }
                match alone(&place) {
                    Some(one) if placed.owners.get(&one.key()) == Some(&id) => own.push(place),
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

/// Documents by name: one that both roots lead to is two.
struct Index<'d> {
    documents: &'d Documents,
    by_name: HashMap<&'d str, Vec<DocumentId>>,
}

impl<'d> Index<'d> {
    fn of(documents: &'d Documents) -> Self {
        let mut by_name: HashMap<&str, Vec<DocumentId>> = HashMap::new();
        for document in documents.iter() {
            by_name.entry(&document.name).or_default().push(document.id);
        }
        Self { documents, by_name }
    }

    fn named(&self, name: &str) -> impl Iterator<Item = DocumentId> + '_ {
        self.by_name.get(name).into_iter().flatten().copied()
    }

    /// A place below each root that leads to its documents.
    fn statements(&self, place: &[SchemaPlace]) -> Vec<Statement<'d>> {
        let first = place.iter().take(1);
        let first = first.flat_map(|first| self.named(&first.document));
        let roots = first.map(|id| self.documents.root_of(id));
        roots
            .filter_map(|root| {
                let node = |schema: &SchemaPlace| {
                    let mut named = self.named(&schema.document);
                    let id = named.find(|id| self.documents.root_of(*id) == root)?;
                    self.documents.at(id, &schema.pointer)
                };
                place.iter().map(node).collect()
            })
            .collect()
    }
}
