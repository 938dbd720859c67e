//! Types on their way into the model: shapes first, names last.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::lock::Way;
use crate::model::{Docs, Scalar, Shape, TypeId, TypeRef};
use crate::source::{Node, NodeKey};

/// Schemas that hold together, like those of an `allOf`.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Conjunction<'d> {
    pub conjuncts: Vec<Conjunct<'d>>,
}

/// A schema, without what was already taken out of it.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct Conjunct<'d> {
    pub node: Node<'d>,
    pub without: Taken,
}

/// Keywords of a schema that are dealt with elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(in crate::lower) struct Taken {
    /// `$ref` and `allOf`: their schemas are conjuncts of their own.
    pub composition: bool,
    /// One alternative was chosen, and is a conjunct of its own.
    pub one_of: bool,
    pub any_of: bool,
}

/// More values than this tell little apart.
pub(in crate::lower) const MAX_TAG_VALUES: usize = 8;

/// Tells conjunctions apart.
pub(in crate::lower) type ConjunctionKey = Vec<(NodeKey, Taken)>;

impl<'d> Conjunct<'d> {
    pub(in crate::lower) fn whole(node: Node<'d>) -> Self {
        Self {
            node,
            without: Taken::default(),
        }
    }
}

impl<'d> Conjunction<'d> {
    pub(in crate::lower) fn one(node: Node<'d>) -> Self {
        Self {
            conjuncts: vec![Conjunct::whole(node)],
        }
    }

    pub(in crate::lower) fn key(&self) -> ConjunctionKey {
        let conjuncts = self.conjuncts.iter();
        conjuncts
            .map(|conjunct| (conjunct.node.key(), conjunct.without))
            .collect()
    }
}

/// A type whose references are indexes of other drafts.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Draft<'d> {
    pub node: Node<'d>,
    /// The schemas that hold together where the type stands.
    pub conjuncts: Vec<NodeKey>,
    /// The type for one JSON type of a schema that has a type for all of them.
    pub is_projection: bool,
    /// The type that stood there in the generation before.
    pub previous_name: Option<PreviousName>,
    pub origin: Origin,
    /// The first inline type of the same structure; naming decides whether the two are one type.
    pub equal: Option<TypeId>,
    /// `None` while it is being built.
    pub shape: Option<Shape>,
    pub docs: Docs,
    pub title: Option<&'d str>,
    pub deprecated: bool,
    /// `additionalProperties: false`.
    pub closed: bool,
    /// The document allows other values than it lists.
    pub is_open: bool,
    /// The properties that a document marks as read-only or write-only, by wire name.
    pub one_way: BTreeMap<String, OneWay>,
    /// The properties that are files in forms, with their type anywhere else, by wire name.
    pub files: BTreeMap<String, Scalar>,
    /// The values of properties that a document lists and the type does not, by wire name.
    pub listed: BTreeMap<String, Vec<Value>>,
    /// Wire names of properties that the schema has and the type has not: they are of the other direction.
    pub absent: Vec<String>,
    /// The way on which it is this type that the schema has.
    pub way: Way,
    /// For unions: the document's own text for each variant.
    pub labels: Vec<Option<String>>,
    /// Where an inline type stands, without the places of those that were one with it in the generation before.
    pub sites: Vec<Site>,
    /// Something refers to it by index, so it cannot be merged away.
    pub referenced: bool,
}

/// Makes a draft one with an equal one: what either keeps, both do.
pub(in crate::lower) fn merge(drafts: &mut [Draft<'_>], index: usize, into: TypeId) {
    let shape = drafts[index]
        .shape
        .replace(Shape::Alias(TypeRef::Named(into)));
    drafts[index].origin = Origin::Merged(into);
    if let (Some(Shape::Struct(one)), Some(Shape::Struct(all))) = (shape, &mut drafts[into.0].shape)
    {
        all.takes_any |= one.takes_any;
    }
}

impl<'d> Draft<'d> {
    /// Still to be built.
    pub(in crate::lower) fn new(
        node: Node<'d>,
        origin: Origin,
        previous_name: Option<PreviousName>,
    ) -> Self {
        Self {
            node,
            previous_name,
            conjuncts: vec![node.key()],
            is_projection: false,
            origin,
            equal: None,
            shape: None,
            docs: Docs::default(),
            title: None,
            deprecated: false,
            closed: false,
            is_open: false,
            one_way: BTreeMap::new(),
            files: BTreeMap::new(),
            listed: BTreeMap::new(),
            absent: Vec::new(),
            way: Way::Both,
            labels: Vec::new(),
            sites: Vec::new(),
            referenced: false,
        }
    }
}

/// The name that stood at a place, as the type that had it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) struct PreviousName {
    /// Index of the type that had the name.
    pub ty: usize,
    /// Index of the place among those of that type; the earliest counts most.
    pub rank: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lower) enum Origin {
    /// Under a name in the document.
    Component(String),
    Inline,
    /// Merged into an equal type.
    Merged(TypeId),
    /// The same schema in the other direction.
    Twin(TypeId),
}

/// The direction that a property is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::lower) enum OneWay {
    /// `readOnly`: answers have it.
    Read,
    /// `writeOnly`: requests have it.
    Write,
}

/// Where an inline schema stands, for its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lower) struct Site {
    pub root: Root,
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lower) enum Root {
    Type(TypeId),
    Suggested(Suggestions),
}

/// Names that an operation or message suggests for what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lower) struct Suggestions {
    /// Those of the place alone, best first; never empty.
    pub own: Vec<String>,
    /// Those that suit an equal type at other places as well: an order is one whichever operation
    /// answers with it. The first tells these places from all others.
    pub shared: Vec<String>,
}

impl Suggestions {
    /// The same, and at last one that tells forms of one place apart.
    pub(in crate::lower) fn and(&self, label: &str) -> Self {
        let mut longer = self.clone();
        longer
            .own
            .extend(self.own.last().map(|last| format!("{last}{label}")));
        longer
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lower) enum Step {
    Property(String),
    Item,
    Value,
    Variant(String),
}

impl Site {
    pub(in crate::lower) fn of_type(id: TypeId) -> Self {
        Self {
            root: Root::Type(id),
            steps: Vec::new(),
        }
    }

    /// In a place that suggests these names, best first.
    pub(in crate::lower) fn suggested(own: Vec<String>) -> Self {
        let shared = Vec::new();
        Self::suggested_by(Suggestions { own, shared })
    }

    pub(in crate::lower) fn suggested_by(suggestions: Suggestions) -> Self {
        Self {
            root: Root::Suggested(suggestions),
            steps: Vec::new(),
        }
    }

    /// Names that the site suggests by itself, best first; none inside of a type.
    pub(in crate::lower) fn suggestions(&self) -> Vec<String> {
        match &self.root {
            Root::Suggested(names) => names.own.clone(),
            Root::Type(_) => Vec::new(),
        }
    }

    pub(in crate::lower) fn then(&self, step: Step) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step);
        Self {
            root: self.root.clone(),
            steps,
        }
    }
}
